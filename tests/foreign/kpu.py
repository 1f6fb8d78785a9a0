"""Workbooks of election offices, each with the habits of whoever keeps it."""

from __future__ import annotations

from typing import Final

from foreign.meant import Buku, Butir, Meant, blank, maker, more, ticks

DATA: Final = "Tersedianya data dan informasi pemilih"
SARANA: Final = "Terpenuhinya sarana kantor"
I_DATA: Final = "Persentase data pemilih yang mutakhir"
I_SARANA: Final = "Persentase sarana yang berfungsi"
I_BMN: Final = "Persentase barang milik negara yang tercatat"
RAPAT: Final = "Rapat koordinasi pemutakhiran data"
CETAK: Final = "Pencetakan daftar pemilih"
GEDUNG: Final = "Pemeliharaan gedung kantor"
CATAT: Final = "Pencatatan barang milik negara"
RENDATIN: Final = "Subbagian Perencanaan, Data dan Informasi"
KUL: Final = "Subbagian Keuangan, Umum dan Logistik"


def _kpu(
    baris: int, part: tuple[str, str], text: str, target: str, when: str, biaya: object, who: str
) -> Butir:
    isi = {"uraian": text, "target": target, "triwulan": ticks(when), "biaya": biaya, "pelaksana": who}
    return Butir(baris, *part, isi)


@maker
def kpu_by_hand() -> Buku:
    """A KPU that never merges: texts stand once, blanks below; the table begins at C7, costs are texts.

    The unit is a title line in capitals without a label, words are broken by hand, the NIP has an apostrophe.
    """
    book, page = blank("RAK")
    page.put("C2", "RENCANA AKSI KINERJA", bold=True)
    page.put("C3", "SEKRETARIAT KPU KABUPATEN HULU SUNGAI SELATAN", bold=True)
    page.put("C4", "TAHUN 2025", bold=True)
    page.row(
        "C7",
        "No",
        "Sasaran\nKinerja",
        "Indikator Ki-\nnerja",
        "Target\n(%)",
        "Rencana\nAksi",
        "Rencana Pelak-\nsanaan",
    )
    page.row("L7", "Anggaran\n(Rp)", "Penang-\ngung Jawab")
    page.row("H8", "TW I", "TW II", "TW III", "TW IV")
    page.row("C9", 1, DATA, I_DATA, 100, RAPAT, "v", None, "v", None, "Rp. 12.500.000,-", RENDATIN)
    page.row("F10", 100, CETAK, None, "v", None, None, "Rp 3.250.000", RENDATIN)
    page.row("C11", 2, SARANA, I_SARANA, "90%", GEDUNG, "v", "v", "v", "v", "45.000.000,00", KUL)
    page.row("E12", I_BMN, 100, CATAT, None, None, None, "v", "-", KUL)
    page.row("D13", "Total Pagu")
    page.put("L13", "60.750.000")
    page.frame("C7:M13")
    page.row("K16", "Kandangan, 2 Januari 2025")
    page.put("K17", "Plt. Sekretaris")
    page.put("K21", "AHMAD FAUZI", bold=True)
    page.put("K22", "'197504122005011003")
    page.put("C25", "Catatan: angka kas mengikuti DIPA revisi 1")
    butir = (
        _kpu(9, (DATA, I_DATA), RAPAT, "100", "1.3.", 12_500_000, RENDATIN),
        _kpu(10, (DATA, I_DATA), CETAK, "100", ".2..", 3_250_000, RENDATIN),
        _kpu(11, (SARANA, I_SARANA), GEDUNG, "90", "1234", 45_000_000, KUL),
        _kpu(12, (SARANA, I_BMN), CATAT, "100", "...4", None, KUL),
    )
    columns = {
        "sasaran": "D",
        "indikator": "E",
        "target": "F",
        "uraian": "G",
        "triwulan": "HIJK",
        "biaya": "L",
        "pelaksana": "M",
    }
    signed = {
        "jabatan": "Plt. Sekretaris",
        "nama": "AHMAD FAUZI",
        "nip": "197504122005011003",
        "tempat": "Kandangan",
        "tanggal": "2 Januari 2025",
    }
    cells = {
        "judul": "C2",
        "unit": "C3",
        "tahun": "C4",
        "jabatan": "K17",
        "nama": "K21",
        "nip": "K22",
        "tempat": "K16",
        "tanggal": "K16",
    }
    unit = "SEKRETARIAT KPU KABUPATEN HULU SUNGAI SELATAN"
    meant = Meant("RAK", columns, 7, butir, "RENCANA AKSI KINERJA", 2025, unit, (signed,), cells, ("C25",))
    return Buku(book, (meant,))


@maker
def kpu_page_copies() -> Buku:
    """A KPU that copies title and heading to each page of the sheet, with the goal "lanjutan" unmerged.

    A row of column numbers stands under each heading, blank rows between pages, one subtotal a page.
    """
    book, page = blank("Sekretariat")
    for top in (1, 12):
        page.put(f"A{top}", "RENCANA AKSI KINERJA")
        page.put(f"A{top + 1}", "TAHUN 2025")
        page.put(f"A{top + 2}", "Unit Organisasi : Sekretariat KPU Kota Banjarbaru")
        page.merge(f"A{top}:K{top} A{top + 1}:K{top + 1}")
        at = top + 4
        page.row(
            f"A{at}",
            "No.",
            "Sasaran Strategis",
            "Indikator Kinerja Strategis",
            "Target ( %)",
            "Kegiatan yang akan dilaksanakan",
            "Rencana Pelaksanaan",
        )
        page.row(f"J{at}", "Perkiraan Biaya", "Pelaksana")
        page.row(f"F{at + 1}", "T1", "T2", "T3", "T4")
        page.merge(f"F{at}:I{at} " + " ".join(f"{c}{at}:{c}{at + 1}" for c in "ABCDEJK"))
        page.row(f"A{at + 2}", *range(1, 12))
    page.row("A8", 1, DATA, I_DATA, 100, RAPAT, "√", None, "√", None, 12_500_000, RENDATIN)
    page.row("D9", 100, CETAK, None, "√", None, None, 3_250_000, RENDATIN)
    page.merge("A8:A9 B8:B9 C8:C9")
    page.row("A19", 2, SARANA, I_SARANA, 90, GEDUNG, "√", "√", "√", "√", 45_000_000, KUL)
    page.row("C20", I_BMN, 100, CATAT, None, None, None, "√", "-", KUL)
    page.merge("A19:A20 B19:B20")
    page.put("A21", "JUMLAH TOTAL")
    page.merge("A21:I21")
    page.put("J21", "=SUM(J8:J20)")
    page.put("J23", "Sekretaris,")
    page.put("J27", "SITI RAHMAH")
    page.put("J28", "NIP. 19800101 200501 2 004")
    butir = (
        _kpu(8, (DATA, I_DATA), RAPAT, "100", "1.3.", 12_500_000, RENDATIN),
        _kpu(9, (DATA, I_DATA), CETAK, "100", ".2..", 3_250_000, RENDATIN),
        _kpu(19, (SARANA, I_SARANA), GEDUNG, "90", "1234", 45_000_000, KUL),
        _kpu(20, (SARANA, I_BMN), CATAT, "100", "...4", None, KUL),
    )
    columns = {
        "sasaran": "B",
        "indikator": "C",
        "target": "D",
        "uraian": "E",
        "triwulan": "FGHI",
        "biaya": "J",
        "pelaksana": "K",
    }
    signed = {"jabatan": "Sekretaris", "nama": "SITI RAHMAH", "nip": "198001012005012004"}
    cells = {"judul": "A1", "unit": "A3", "tahun": "A2", "jabatan": "J23", "nama": "J27", "nip": "J28"}
    unit = "Sekretariat KPU Kota Banjarbaru"
    return Buku(
        book, (Meant("Sekretariat", columns, 5, butir, "RENCANA AKSI KINERJA", 2025, unit, (signed,), cells),)
    )


@maker
def kpu_sections() -> Buku:
    """A province's secretariat: the DIPA's activity over its rows, KEGIATAN 3355, and blank rows between."""
    book, page = blank("RAK 2025")
    page.put("A1", "RENCANA AKSI KINERJA\nSEKRETARIAT KPU PROVINSI KALIMANTAN TIMUR\nTAHUN 2025")
    page.merge("A1:I1")
    page.row(
        "A3", "Sasaran", "Indikator", "Target", "Kegiatan", "TW-I", "TW-II", "TW-III", "TW-IV", "Biaya", "PIC"
    )
    page.put("A4", "KEGIATAN 3355: Pelaksanaan Akuntabilitas Pengelolaan Keuangan")
    page.merge("A4:J4")
    page.row("A5", DATA, I_DATA, 100, RAPAT, "x", None, "x", None, 12_500_000, RENDATIN)
    page.row("A6", DATA, I_DATA, 100, CETAK, None, "x", None, None, 3_250_000, RENDATIN)
    page.put("A8", "KEGIATAN 3360: Penyelenggaraan Operasional dan Pemeliharaan Perkantoran")
    page.row("A9", SARANA, I_SARANA, 90, GEDUNG, "x", "x", "x", "x", 45_000_000, KUL)
    page.row("A11", SARANA, I_BMN, 100, CATAT, None, None, None, "x", "nihil", KUL)
    page.row("H12", "Jumlah", 60_750_000)
    page.put("H14", "Samarinda, 6 Januari 2025")
    page.put("H15", "Mengetahui")
    page.put("H16", "SEKRETARIS,")
    page.put("H20", "Dra. NURHAYATI, M.Si.")
    page.put("H21", "Pembina Tk. I / IV-b")
    page.put("H22", "NIP.197001011995032001")
    butir = (
        _kpu(5, (DATA, I_DATA), RAPAT, "100", "1.3.", 12_500_000, RENDATIN),
        _kpu(6, (DATA, I_DATA), CETAK, "100", ".2..", 3_250_000, RENDATIN),
        _kpu(9, (SARANA, I_SARANA), GEDUNG, "90", "1234", 45_000_000, KUL),
        _kpu(11, (SARANA, I_BMN), CATAT, "100", "...4", None, KUL),
    )
    columns = {
        "sasaran": "A",
        "indikator": "B",
        "target": "C",
        "uraian": "D",
        "triwulan": "EFGH",
        "biaya": "I",
        "pelaksana": "J",
    }
    signed = {
        "jabatan": "SEKRETARIS",
        "nama": "Dra. NURHAYATI, M.Si.",
        "nip": "197001011995032001",
        "pangkat": "Pembina Tk. I / IV-b",
        "tempat": "Samarinda",
        "tanggal": "6 Januari 2025",
        "pengantar": "Mengetahui",
    }
    cells = {
        "judul": "A1",
        "unit": "A1",
        "tahun": "A1",
        "jabatan": "H16",
        "nama": "H20",
        "nip": "H22",
        "pangkat": "H21",
        "tempat": "H14",
        "tanggal": "H14",
        "pengantar": "H15",
    }
    unit = "SEKRETARIAT KPU PROVINSI KALIMANTAN TIMUR"
    return Buku(
        book,
        (
            Meant(
                "RAK 2025",
                columns,
                3,
                butir,
                "RENCANA AKSI KINERJA",
                2025,
                unit,
                (signed,),
                cells,
                ("A4", "A8"),
            ),
        ),
    )


@maker
def kpu_two_tables() -> Buku:
    """A KPU that keeps the secretariat's plan and a subbagian's on one sheet, one below the other."""
    book, page = blank("Lembar1")
    butir = []
    columns = {
        "sasaran": "B",
        "indikator": "C",
        "target": "D",
        "uraian": "E",
        "triwulan": "FGHI",
        "biaya": "J",
        "pelaksana": "K",
    }
    meant = []
    plans = (
        (
            1,
            "Sekretariat KPU Kabupaten Tapin",
            (DATA, I_DATA, 100, RAPAT, "1.3.", 12_500_000, RENDATIN),
            ("Sekretaris", "RAHMAD", "197504122005011003"),
        ),
        (
            21,
            "Subbagian Hukum dan SDM",
            (SARANA, I_SARANA, 90, GEDUNG, "1234", 45_000_000, KUL),
            ("Kepala Subbagian Hukum dan SDM", "NORLAILA", "198001012005012004"),
        ),
    )
    for top, unit, (sasaran, indikator, target, uraian, when, biaya, who), (jabatan, nama, nip) in plans:
        page.put(f"A{top}", "RENCANA AKSI KINERJA")
        page.put(f"A{top + 1}", "TAHUN 2025")
        page.put(f"A{top + 2}", f"Unit Kerja : {unit}")
        at = top + 4
        page.row(f"A{at}", "No", "Sasaran Strategis", "Indikator Kinerja", "Target", "Kegiatan", "Triwulan")
        page.row(f"J{at}", "Anggaran", "Penanggungjawab")
        page.row(f"F{at + 1}", "I", "II", "III", "IV")
        page.merge(f"F{at}:I{at} " + " ".join(f"{c}{at}:{c}{at + 1}" for c in "ABCDEJK"))
        page.row(
            f"A{at + 2}",
            1,
            sasaran,
            indikator,
            target,
            uraian,
            *("√" if tick else None for tick in ticks(when)),
            biaya,
            who,
        )
        page.row(f"I{at + 3}", "Jumlah", biaya)
        page.put(f"J{at + 5}", f"{jabatan},")
        page.put(f"J{at + 9}", nama)
        page.put(f"J{at + 10}", f"NIP. {nip}")
        butir = [_kpu(at + 2, (sasaran, indikator), uraian, str(target), when, biaya, who)]
        cells = {
            "judul": f"A{top}",
            "tahun": f"A{top + 1}",
            "unit": f"A{top + 2}",
            "jabatan": f"J{at + 5}",
            "nama": f"J{at + 9}",
            "nip": f"J{at + 10}",
        }
        signed = {"jabatan": jabatan, "nama": nama, "nip": nip}
        meant.append(
            Meant("Lembar1", columns, at, tuple(butir), "RENCANA AKSI KINERJA", 2025, unit, (signed,), cells)
        )
    return Buku(book, tuple(meant))


@maker
def kpu_sheets() -> Buku:
    """A KPU with one sheet for each subbagian, a sheet of the budget beside them, hidden rows and columns."""
    book, first = blank("Rendatin")
    second, other = more(book, "KUL"), more(book, "DIPA")
    other.row("A1", "Akun", "Uraian", "Pagu")
    other.row("A2", "521211", "Belanja bahan", 12_500_000)
    columns = {
        "sasaran": "A",
        "indikator": "B",
        "target": "C",
        "uraian": "D",
        "triwulan": "EFGH",
        "biaya": "I",
        "pelaksana": "J",
    }
    meant = []
    for page, sasaran, indikator, rows, unit, nama in (
        (
            first,
            DATA,
            I_DATA,
            ((RAPAT, "1.3.", 12_500_000), (CETAK, ".2..", 3_250_000)),
            "SUBBAGIAN PERENCANAAN, DATA DAN INFORMASI",
            "HERLINA",
        ),
        (
            second,
            SARANA,
            I_SARANA,
            ((GEDUNG, "1234", 45_000_000), (CATAT, "...4", 0)),
            "SUBBAGIAN KEUANGAN, UMUM DAN LOGISTIK",
            "ARIFIN",
        ),
    ):
        page.put("A1", "TAHUN ANGGARAN 2025")
        page.put("A2", unit)
        page.put("A3", "RENCANA AKSI KINERJA")
        page.row(
            "A5", "SASARAN", "INDIKATOR", "TARGET", "RENCANA AKSI", "T1", "T2", "T3", "T4", "ANGGARAN", "PJ"
        )
        butir = []
        for at, (uraian, when, biaya) in enumerate(rows, 6):
            page.row(
                f"A{at}",
                sasaran,
                indikator,
                100,
                uraian,
                *("√" if tick else None for tick in ticks(when)),
                biaya,
                KUL,
            )
            butir.append(_kpu(at, (sasaran, indikator), uraian, "100", when, biaya, KUL))
        page.sheet.row_dimensions[7].hidden = True
        page.sheet.column_dimensions["I"].hidden = True
        page.row("A8", "JUMLAH")
        page.put("I8", "=SUM(I6:I7)")
        page.put("I11", "Kepala Subbagian,")
        page.put("I15", nama)
        page.put("I16", "NIP. -")
        cells = {"tahun": "A1", "unit": "A2", "judul": "A3", "jabatan": "I11", "nama": "I15", "nip": "I16"}
        signed = {"jabatan": "Kepala Subbagian", "nama": nama, "nip": ""}
        meant.append(
            Meant(
                page.sheet.title,
                columns,
                5,
                tuple(butir),
                "RENCANA AKSI KINERJA",
                2025,
                unit,
                (signed,),
                cells,
            )
        )
    return Buku(book, tuple(meant), told=(("DIPA", "A1"),))


@maker
def kpu_three_sign() -> Buku:
    """A KPU in which a divisi, the secretary and the chair sign side by side, PIHAK KESATU and so on."""
    book, page = blank("RAK")
    page.row("A1", "RENCANA AKSI KINERJA TAHUN 2025")
    page.row("A2", "KPU KABUPATEN BALANGAN")
    page.row(
        "A4",
        "No",
        "Sasaran Strategis",
        "Indikator Kinerja Strategis",
        "Target (%)",
        "Kegiatan",
        "T1",
        "T2",
        "T3",
        "T4",
        "Perkiraan Biaya",
        "Pelaksana",
    )
    page.row("A5", 1, DATA, I_DATA, 100, RAPAT, "√", None, "√", None, 12_500_000, RENDATIN)
    page.row("A6", None, None, None, 100, CETAK, None, "√", None, None, None, RENDATIN)
    page.merge("A5:A6 B5:B6 C5:C6 J5:J6")
    page.row("I7", "JUMLAH", 12_500_000)
    page.put("J9", "Paringin, 6 Januari 2025")
    people = (
        ("B", "Kepala Subbagian", "SALMAH", "198001012005012004"),
        ("E", "Sekretaris", "IRWANSYAH", "197504122005011003"),
        ("J", "Ketua", "M. YUSUF", ""),
    )
    signed = []
    for column, jabatan, nama, nip in people:
        page.put(f"{column}10", f"{jabatan},")
        page.put(f"{column}14", nama, bold=True)
        if nip:
            page.put(f"{column}15", f"NIP. {nip}")
        signed.append({"jabatan": jabatan, "nama": nama, "nip": nip})
    signed[2] |= {"tempat": "Paringin", "tanggal": "6 Januari 2025"}
    butir = (
        _kpu(5, (DATA, I_DATA), RAPAT, "100", "1.3.", 12_500_000, RENDATIN),
        _kpu(6, (DATA, I_DATA), CETAK, "100", ".2..", "bersama", RENDATIN),
    )
    columns = {
        "sasaran": "B",
        "indikator": "C",
        "target": "D",
        "uraian": "E",
        "triwulan": "FGHI",
        "biaya": "J",
        "pelaksana": "K",
    }
    cells = {
        "judul": "A1",
        "tahun": "A1",
        "unit": "A2",
        "jabatan": "BEJ10",
        "nama": "BEJ14",
        "nip": "BEJ15",
        "tempat": "J9",
        "tanggal": "J9",
    }
    return Buku(
        book,
        (
            Meant(
                "RAK",
                columns,
                4,
                butir,
                "RENCANA AKSI KINERJA",
                2025,
                "KPU KABUPATEN BALANGAN",
                tuple(signed),
                cells,
            ),
        ),
    )


@maker
def kpu_months() -> Buku:
    """A KPU with twelve months under Jadwal Pelaksanaan, Agt as it is written, and a Keterangan column."""
    book, page = blank("Jadwal")
    page.put("B2", "RENCANA AKSI KINERJA")
    page.put("B3", "KPU KABUPATEN TANAH LAUT")
    page.put("B4", "TAHUN 2025")
    page.row("B6", "Sasaran", "Indikator", "Target", "Rencana Aksi", "Jadwal Pelaksanaan")
    page.row("F7", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")
    page.row("R6", "Anggaran", "Penanggung Jawab", "Ket.")
    page.merge("F6:Q6 B6:B7 C6:C7 D6:D7 E6:E7 R6:R7 S6:S7 T6:T7")
    page.row(
        "B8",
        DATA,
        I_DATA,
        100,
        RAPAT,
        "x",
        None,
        None,
        "x",
        None,
        None,
        "x",
        None,
        None,
        "x",
        None,
        None,
        12_500_000,
        RENDATIN,
        "tiap triwulan",
    )
    page.row(
        "B9",
        None,
        None,
        100,
        CETAK,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        "x",
        "x",
        None,
        None,
        None,
        3_250_000,
        RENDATIN,
    )
    page.merge("B8:B9 C8:C9")
    page.put("B10", "JUMLAH")
    page.put("R10", 15_750_000)
    page.put("R12", "Dikeluarkan di : Pelaihari")
    page.put("R13", "Tanggal : 6 Januari 2025")
    page.put("R14", "Sekretaris,")
    page.put("R18", "HIDAYAT")
    page.put("R19", "NIP. 197504122005011003")
    months = ({1, 4, 7, 10}, {8, 9})
    butir = tuple(
        Butir(
            row,
            DATA,
            I_DATA,
            {
                "uraian": text,
                "target": "100",
                "bulan": tuple(n in when for n in range(1, 13)),
                "biaya": biaya,
                "pelaksana": RENDATIN,
            },
        )
        for row, text, when, biaya in ((8, RAPAT, months[0], 12_500_000), (9, CETAK, months[1], 3_250_000))
    )
    columns = {
        "sasaran": "B",
        "indikator": "C",
        "target": "D",
        "uraian": "E",
        "bulan": "FGHIJKLMNOPQ",
        "biaya": "R",
        "pelaksana": "S",
    }
    cells = {
        "judul": "B2",
        "unit": "B3",
        "tahun": "B4",
        "jabatan": "R14",
        "nama": "R18",
        "nip": "R19",
        "tempat": "R12",
        "tanggal": "R13",
    }
    signed = {
        "jabatan": "Sekretaris",
        "nama": "HIDAYAT",
        "nip": "197504122005011003",
        "tempat": "Pelaihari",
        "tanggal": "6 Januari 2025",
    }
    return Buku(
        book,
        (
            Meant(
                "Jadwal",
                columns,
                6,
                butir,
                "RENCANA AKSI KINERJA",
                2025,
                "KPU KABUPATEN TANAH LAUT",
                (signed,),
                cells,
                ("T8",),
            ),
        ),
    )

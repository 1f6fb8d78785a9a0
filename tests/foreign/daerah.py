"""Workbooks of kabupaten and what is below them, after the forms that their applications print."""

from __future__ import annotations

from typing import Final

from foreign.meant import Buku, Butir, Meant, blank, maker, ticks

SEHAT: Final = "Meningkatnya derajat kesehatan masyarakat"
GIZI: Final = "Menurunnya prevalensi gizi kurang"
I_AKI: Final = "Angka kematian ibu"
I_BBLR: Final = "Persentase bayi berat lahir rendah"
I_GIZI: Final = "Prevalensi gizi kurang pada balita"
KELAS: Final = "Kelas ibu hamil di puskesmas"
TIMBANG: Final = "Penimbangan balita di posyandu"
KESMAS: Final = "Bidang Kesehatan Masyarakat"
BINA: Final = "Seksi Gizi"


@maker
def banjarnegara() -> Buku:
    """Kab. Banjarnegara: all of the title in one line, a formula and a satuan beside the indicator."""
    book, page = blank("Sheet1")
    page.put("A1", "RENCANA AKSI TAHUN 2026 DINAS KESEHATAN KABUPATEN BANJARNEGARA")
    page.merge("A1:L1")
    page.row(
        "A3",
        "Sasaran",
        "Indikator",
        "Formula",
        "Satuan",
        "Target",
        "Rencana Aksi",
        "Anggaran",
        "Target Pelaksanaan Triwulan",
    )
    page.row("H4", "I", "II", "III", "IV")
    page.put("L3", "Penanggung Jawab")
    page.merge("H3:K3 " + " ".join(f"{c}3:{c}4" for c in "ABCDEFGL"))
    page.row(
        "A5",
        SEHAT,
        I_AKI,
        "jumlah kematian / kelahiran x 100.000",
        "per 100.000",
        85,
        KELAS,
        100_000_000,
        20,
        40,
        60,
        85,
        KESMAS,
    )
    page.row(
        "A6",
        SEHAT,
        I_BBLR,
        "bayi BBLR / bayi lahir x 100",
        "%",
        "4,5",
        KELAS + " lanjutan",
        25_000_000,
        5,
        5,
        5,
        "4,5",
        KESMAS,
    )
    page.row(
        "A7", GIZI, I_GIZI, "balita kurang / balita x 100", "%", 9, TIMBANG, 20_000_000, 12, 11, 10, 9, BINA
    )
    page.row("F8", "Total", "=SUM(G5:G7)")
    page.put("J10", "Banjarnegara, 5 Januari 2026")
    page.put("J11", "KEPALA DINAS KESEHATAN")
    page.put("J15", "LATIFA HESTI")
    page.put("J16", "NIP : 19680311 199903 2 001")
    rows = (
        (5, SEHAT, I_AKI, KELAS, "per 100.000", "85", 100_000_000, ("20", "40", "60", "85"), KESMAS),
        (6, SEHAT, I_BBLR, KELAS + " lanjutan", "%", "4.5", 25_000_000, ("5", "5", "5", "4.5"), KESMAS),
        (7, GIZI, I_GIZI, TIMBANG, "%", "9", 20_000_000, ("12", "11", "10", "9"), BINA),
    )
    butir = tuple(
        Butir(
            row,
            goal,
            one,
            {
                "uraian": text,
                "satuan": satuan,
                "target": target,
                "biaya": biaya,
                "triwulan": band,
                "pelaksana": who,
            },
        )
        for row, goal, one, text, satuan, target, biaya, band, who in rows
    )
    columns = {
        "sasaran": "A",
        "indikator": "B",
        "satuan": "D",
        "target": "E",
        "uraian": "F",
        "biaya": "G",
        "triwulan": "HIJK",
        "pelaksana": "L",
    }
    signed = {
        "jabatan": "KEPALA DINAS KESEHATAN",
        "nama": "LATIFA HESTI",
        "nip": "196803111999032001",
        "tempat": "Banjarnegara",
        "tanggal": "5 Januari 2026",
    }
    cells = {
        "judul": "A1",
        "tahun": "A1",
        "unit": "A1",
        "jabatan": "J11",
        "nama": "J15",
        "nip": "J16",
        "tempat": "J10",
        "tanggal": "J10",
    }
    unit = "DINAS KESEHATAN KABUPATEN BANJARNEGARA"
    return Buku(
        book,
        (
            Meant(
                "Sheet1", columns, 3, butir, "RENCANA AKSI", 2026, unit, (signed,), cells, ("C5", "C6", "C7")
            ),
        ),
    )


@maker
def wp_esakip() -> Buku:
    """WP-eSAKIP: three columns called INDIKATOR, AWAL and AKHIR around the quarters, two pagu."""
    book, page = blank("Rencana Aksi")
    page.put("A1", "RENCANA AKSI TAHUN 2025")
    page.put("A2", "BADAN PERENCANAAN KABUPATEN MAGETAN")
    page.row(
        "A4",
        "NO",
        "KEGIATAN UTAMA",
        "INDIKATOR KEGIATAN UTAMA",
        "RENCANA AKSI",
        "OUTCOME/OUTPUT",
        "URAIAN KEGIATAN RENCANA AKSI",
        "INDIKATOR",
        "SATUAN",
        "TARGET KEGIATAN PER TRIWULAN",
    )
    page.row("O4", "REALISASI KEGIATAN PER TRIWULAN")
    page.row("S4", "RENCANA PAGU", "ALOKASI PAGU", "KETERANGAN")
    page.row("I5", "AWAL", "TW-I", "TW-II", "TW-III", "TW-IV", "AKHIR", "TW-I", "TW-II", "TW-III", "TW-IV")
    page.merge("I4:N4 O4:R4 " + " ".join(f"{c}4:{c}5" for c in "ABCDEFGHSTU"))
    page.row(
        "A6",
        1,
        SEHAT,
        I_AKI,
        "Peningkatan kunjungan",
        "Ibu hamil terlayani",
        KELAS,
        "Jumlah kelas",
        "kelas",
        0,
        5,
        10,
        15,
        20,
        20,
        5,
        8,
        None,
        None,
        100_000_000,
        90_000_000,
        "lanjutan 2024",
    )
    page.row(
        "A7",
        2,
        GIZI,
        I_GIZI,
        "Pemantauan gizi",
        "Balita terpantau",
        TIMBANG,
        "Jumlah posyandu",
        "posyandu",
        0,
        3,
        6,
        9,
        12,
        12,
        3,
        6,
        None,
        None,
        20_000_000,
        20_000_000,
    )
    rows = (
        (6, SEHAT, I_AKI, KELAS, "kelas", ("5", "10", "15", "20"), 100_000_000, ("5", "8", False, False)),
        (7, GIZI, I_GIZI, TIMBANG, "posyandu", ("3", "6", "9", "12"), 20_000_000, ("3", "6", False, False)),
    )
    butir = tuple(
        Butir(
            row,
            goal,
            one,
            {"uraian": text, "satuan": satuan, "triwulan": band, "biaya": biaya, "realisasi_triwulan": done},
        )
        for row, goal, one, text, satuan, band, biaya, done in rows
    )
    columns = {
        "sasaran": "B",
        "indikator": "C",
        "uraian": "F",
        "satuan": "H",
        "triwulan": "JKLM",
        "realisasi_triwulan": "OPQR",
        "biaya": "S",
    }
    cells = {"judul": "A1", "tahun": "A1", "unit": "A2"}
    told = ("E6", "I6", "N6", "T6", "U6", "E7", "I7", "N7", "T7")
    return Buku(
        book,
        (
            Meant(
                "Rencana Aksi",
                columns,
                4,
                butir,
                "RENCANA AKSI",
                2025,
                "BADAN PERENCANAAN KABUPATEN MAGETAN",
                (),
                cells,
                told,
            ),
        ),
        right=False,
    )


@maker
def e_sakip() -> Buku:
    """An e-SAKIP's monev (Kab. Pringsewu): Tujuan before Sasaran, a baseline, the year in a column."""
    book, page = blank("Target")
    page.put("A1", "TARGET RENCANA AKSI TAHUN 2025")
    page.put("A2", "INSPEKTORAT KABUPATEN PRINGSEWU")
    page.row(
        "A4",
        "Tujuan",
        "Sasaran",
        "Indikator",
        "Rencana Aksi",
        "Satuan",
        "Baseline (Capaian)",
        "Tahun",
        "Target 2025",
        "Target Triwulan",
    )
    page.row("M4", "Capaian 2025")
    page.put("Q4", "Capaian Total")
    page.row("I5", 1, 2, 3, 4, 1, 2, 3, 4)
    page.merge("I4:L4 M4:P4 " + " ".join(f"{c}4:{c}5" for c in "ABCDEFGHQ"))
    page.row(
        "A6",
        "Tata kelola yang baik",
        SEHAT,
        I_AKI,
        KELAS,
        "kelas",
        80,
        2025,
        85,
        20,
        40,
        60,
        85,
        18,
        None,
        None,
        None,
        18,
    )
    page.row(
        "A7",
        "Tata kelola yang baik",
        GIZI,
        I_GIZI,
        TIMBANG,
        "posyandu",
        10,
        2025,
        12,
        3,
        6,
        9,
        12,
        3,
        None,
        None,
        None,
        3,
    )
    rows = (
        (6, SEHAT, I_AKI, KELAS, "kelas", "85", ("20", "40", "60", "85")),
        (7, GIZI, I_GIZI, TIMBANG, "posyandu", "12", ("3", "6", "9", "12")),
    )
    butir = tuple(
        Butir(row, goal, one, {"uraian": text, "satuan": satuan, "target": target, "triwulan": band})
        for row, goal, one, text, satuan, target, band in rows
    )
    columns = {
        "sasaran": "B",
        "indikator": "C",
        "uraian": "D",
        "satuan": "E",
        "target": "H",
        "triwulan": "IJKL",
    }
    cells = {"judul": "A1", "tahun": "A1", "unit": "A2"}
    told = ("A6", "A7", "F6", "F7", "G6", "M6", "Q6")
    return Buku(
        book,
        (
            Meant(
                "Target",
                columns,
                4,
                butir,
                "TARGET RENCANA AKSI",
                2025,
                "INSPEKTORAT KABUPATEN PRINGSEWU",
                (),
                cells,
                told,
            ),
        ),
        right=False,
    )


@maker
def action_plan_of_a_pk() -> Buku:
    """Rencana Aksi Pencapaian Indikator PK: year, unit, title in this order; 1 2 3 4 under Triwulan."""
    book, page = blank("PK")
    page.put("D1", "TAHUN 2025")
    page.put("D2", "KECAMATAN CEMPAKA")
    page.put("D3", "RENCANA AKSI PENCAPAIAN INDIKATOR PERJANJIAN KINERJA")
    page.row("B6", "No", "Sasaran", "Indikator", "Target Perjanjian Kinerja", "Satuan", "Triwulan")
    page.row("G7", 1, 2, 3, 4)
    page.merge("G6:J6")
    page.row("B8", 1, SEHAT, I_AKI, "80%", "%", "20%", "40%", "60%", "80%")
    page.row("B10", 2, GIZI, I_GIZI, "2 Lap", "Laporan", 0, 0, 1, 0)
    page.put("H12", "a.n. SEKRETARIS DAERAH\nCamat,")
    page.put("H16", "(Belum Ada Pejabat)")
    page.put("H17", "NIP. -")
    butir = (
        Butir(
            8,
            SEHAT,
            I_AKI,
            {"uraian": None, "target": "80", "satuan": "%", "triwulan": ("20", "40", "60", "80")},
        ),
        Butir(
            10,
            GIZI,
            I_GIZI,
            {"uraian": None, "target": "2 Lap", "satuan": "Laporan", "triwulan": ("0", "0", "1", "0")},
        ),
    )
    columns = {
        "sasaran": "C",
        "indikator": "D",
        "uraian": "D",
        "target": "E",
        "satuan": "F",
        "triwulan": "GHIJ",
    }
    cells = {"tahun": "D1", "unit": "D2", "judul": "D3", "jabatan": "H12", "nama": "H16", "nip": "H17"}
    signed = {"jabatan": "a.n. SEKRETARIS DAERAH\nCamat", "nama": "(Belum Ada Pejabat)", "nip": ""}
    judul = "RENCANA AKSI PENCAPAIAN INDIKATOR PERJANJIAN KINERJA"
    return Buku(book, (Meant("PK", columns, 6, butir, judul, 2025, "KECAMATAN CEMPAKA", (signed,), cells),))


@maker
def jombang() -> Buku:
    """Kab. Jombang's monev: labels and values in cells of their own, a numbered Rencana Aksi."""
    book, page = blank("MONEV")
    page.put("A1", "MONITORING DAN EVALUASI RENCANA AKSI PENCAPAIAN KINERJA")
    page.put("A2", "TRIBULAN 1 TAHUN 2024")
    for row, (label, value) in enumerate(
        (
            ("Nama:", "SRI WAHYUNI"),
            ("NIP:", "198001012005012004"),
            ("JABATAN:", "Analis"),
            ("UNIT KERJA:", "DINAS KESEHATAN"),
        ),
        3,
    ):
        page.row(f"A{row}", f"{row - 2}.", label, value)
    page.row(
        "A8",
        "No",
        "Kinerja",
        "Indikator Kinerja Individu",
        "Rencana Aksi",
        None,
        "Target",
        "Realisasi",
        "Capaian (%)",
        "Catatan Monev",
        "Tindak Lanjut",
    )
    page.merge("D8:E8")
    page.row(
        "A9", 1, SEHAT, I_AKI, "1.", KELAS, "4 kelas", "3 kelas", 75, "kurang satu kelas", "dijadwal ulang"
    )
    page.row("D10", "2.", TIMBANG, "2 posyandu", "2 posyandu", 100)
    page.merge("A9:A10 B9:B10 C9:C10")
    butir = (
        Butir(9, SEHAT, I_AKI, {"uraian": KELAS, "target": "4 kelas"}),
        Butir(10, SEHAT, I_AKI, {"uraian": TIMBANG, "target": "2 posyandu"}),
    )
    columns = {"sasaran": "B", "indikator": "C", "uraian": "DE", "target": "F"}
    cells = {"judul": "A1", "tahun": "A2", "unit": "C6"}
    judul = "MONITORING DAN EVALUASI RENCANA AKSI PENCAPAIAN KINERJA"
    told = ("B3", "B4", "B5", "G9", "H9", "I9", "J9")
    return Buku(
        book,
        (Meant("MONEV", columns, 8, butir, judul, 2024, "DINAS KESEHATAN", (), cells, told),),
        right=False,
    )


@maker
def schedule() -> Buku:
    """A schedule form: SCHEDULE TIME over twelve numbers, and the target after it."""
    book, page = blank("Schedule")
    page.put("A1", "RENCANA AKSI TAHUN 2025")
    page.put("A2", "PUSKESMAS SUKAMAJU")
    page.row("A4", "NO", "Kegiatan Utama", "Indikator", "Rencana Aksi Kegiatan", "SCHEDULE TIME")
    page.row("E5", *range(1, 13))
    page.row("Q4", "TARGET (%)", "OUTPUT", "PENANGGUNG JAWAB")
    page.merge("E4:P4 " + " ".join(f"{c}4:{c}5" for c in "ABCDQRS"))
    page.row(
        "A6",
        1,
        SEHAT,
        I_AKI,
        KELAS,
        "x",
        "x",
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        100,
        "laporan",
        KESMAS,
    )
    page.row(
        "A7",
        2,
        GIZI,
        I_GIZI,
        TIMBANG,
        None,
        None,
        "x",
        None,
        None,
        "x",
        None,
        None,
        None,
        None,
        None,
        None,
        90,
        None,
        BINA,
    )
    rows = ((6, SEHAT, I_AKI, KELAS, {1, 2}, "100", KESMAS), (7, GIZI, I_GIZI, TIMBANG, {3, 6}, "90", BINA))
    butir = tuple(
        Butir(
            row,
            goal,
            one,
            {
                "uraian": text,
                "bulan": tuple(n in when for n in range(1, 13)),
                "target": target,
                "pelaksana": who,
            },
        )
        for row, goal, one, text, when, target, who in rows
    )
    columns = {
        "sasaran": "B",
        "indikator": "C",
        "uraian": "D",
        "bulan": "EFGHIJKLMNOP",
        "target": "Q",
        "pelaksana": "S",
    }
    cells = {"judul": "A1", "tahun": "A1", "unit": "A2"}
    return Buku(
        book,
        (
            Meant(
                "Schedule", columns, 4, butir, "RENCANA AKSI", 2025, "PUSKESMAS SUKAMAJU", (), cells, ("R6",)
            ),
        ),
    )


@maker
def three_heading_rows() -> Buku:
    """An OPD with three heading rows: Rencana over all to the right, Triwulan below it, I to IV last."""
    book, page = blank("OPD")
    page.put("A1", "RENCANA AKSI")
    page.put("A2", "TAHUN 2025")
    page.put("A3", "Unit Kerja : DINAS KESEHATAN KABUPATEN LAHAT")
    page.row("A5", "Sasaran", "Indikator Kinerja", "Target", "Program", "Kegiatan", "Sub Kegiatan", "Rencana")
    page.row("G6", "Anggaran (Rp)", "Triwulan")
    page.row("L6", "Penanggung Jawab")
    page.row("H7", "I", "II", "III", "IV")
    page.merge("G5:L5 G6:G7 H6:K6 L6:L7 " + " ".join(f"{c}5:{c}7" for c in "ABCDEF"))
    page.row("A8", *(f"({n})" for n in range(1, 13)))
    page.row(
        "A9",
        SEHAT,
        I_AKI,
        85,
        "Kesehatan ibu",
        KELAS,
        "Kelas trimester kedua",
        100_000_000,
        "√",
        "√",
        None,
        None,
        KESMAS,
    )
    page.row(
        "D10", "Kesehatan ibu", KELAS, "Kelas trimester ketiga", "Rp100.000.000", None, None, "√", "√", KESMAS
    )
    page.row(
        "A11", GIZI, I_GIZI, 9, "Gizi", TIMBANG, "Penimbangan bulanan", "20.000.000", "√", "√", "√", "√", BINA
    )
    page.merge("A9:A10 B9:B10 C9:C10")
    page.put("A12", "GRAND TOTAL")
    page.put("G12", 220_000_000)
    page.put("I14", "Lahat, Januari 2025")
    page.put("I15", "Kepala Dinas Kesehatan,")
    page.put("I19", "TAUFIK")
    page.put("I20", "Pembina Utama Muda, IV/c")
    page.put("I21", "NIP. 196803111999031001")
    rows = (
        (9, SEHAT, I_AKI, "85", "Kesehatan ibu", KELAS, "Kelas trimester kedua", 100_000_000, "12..", KESMAS),
        (
            10,
            SEHAT,
            I_AKI,
            "85",
            "Kesehatan ibu",
            KELAS,
            "Kelas trimester ketiga",
            100_000_000,
            "..34",
            KESMAS,
        ),
        (11, GIZI, I_GIZI, "9", "Gizi", TIMBANG, "Penimbangan bulanan", 20_000_000, "1234", BINA),
    )
    butir = tuple(
        Butir(
            row,
            goal,
            one,
            {
                "uraian": text,
                "target": target,
                "program": program,
                "sub_kegiatan": sub,
                "biaya": biaya,
                "triwulan": ticks(when),
                "pelaksana": who,
            },
        )
        for row, goal, one, target, program, text, sub, biaya, when, who in rows
    )
    columns = {
        "sasaran": "A",
        "indikator": "B",
        "target": "C",
        "program": "D",
        "uraian": "E",
        "sub_kegiatan": "F",
        "biaya": "G",
        "triwulan": "HIJK",
        "pelaksana": "L",
    }
    signed = {
        "jabatan": "Kepala Dinas Kesehatan",
        "nama": "TAUFIK",
        "nip": "196803111999031001",
        "pangkat": "Pembina Utama Muda, IV/c",
        "tempat": "Lahat",
        "tanggal": "Januari 2025",
    }
    cells = {
        "judul": "A1",
        "tahun": "A2",
        "unit": "A3",
        "jabatan": "I15",
        "nama": "I19",
        "nip": "I21",
        "pangkat": "I20",
        "tempat": "I14",
        "tanggal": "I14",
    }
    return Buku(
        book,
        (
            Meant(
                "OPD",
                columns,
                5,
                butir,
                "RENCANA AKSI",
                2025,
                "DINAS KESEHATAN KABUPATEN LAHAT",
                (signed,),
                cells,
            ),
        ),
    )


@maker
def list_of_actions() -> Buku:
    """A bare list of renaksi: no goal and no indicator, the time in words; it is no plan."""
    book, page = blank("Daftar")
    page.put("A1", "DAFTAR RENCANA AKSI TAHUN 2025")
    page.row("A3", "NO", "RENCANA AKSI", "PELAKSANA", "WAKTU", "TARGET")
    page.row("A4", 1, KELAS, KESMAS, "Januari s.d. Maret", "4 kelas")
    page.row("A5", 2, TIMBANG, BINA, "Triwulan II", "2 posyandu")
    butir = (
        Butir(4, "", "", {"uraian": KELAS, "target": "4 kelas", "pelaksana": KESMAS}),
        Butir(5, "", "", {"uraian": TIMBANG, "target": "2 posyandu", "pelaksana": BINA}),
    )
    columns = {"sasaran": "A", "indikator": "A", "uraian": "B", "pelaksana": "C", "target": "E"}
    return Buku(
        book,
        (
            Meant(
                "Daftar",
                columns,
                3,
                butir,
                "DAFTAR RENCANA AKSI",
                2025,
                "",
                (),
                {"judul": "A1", "tahun": "A1", "unit": "A3"},
                ("D4", "D5"),
            ),
        ),
        right=False,
    )

"""Workbooks of offices of provinces, after the forms that their applications print."""

from __future__ import annotations

from typing import Final

from foreign.meant import Buku, Butir, Meant, blank, maker

SEHAT: Final = "Meningkatnya derajat kesehatan masyarakat"
GIZI: Final = "Menurunnya prevalensi gizi kurang"
I_AKI: Final = "Angka kematian ibu"
I_BBLR: Final = "Persentase bayi berat lahir rendah"
I_GIZI: Final = "Prevalensi gizi kurang pada balita"
KELAS: Final = "Kelas ibu hamil di puskesmas"
TIMBANG: Final = "Penimbangan balita di posyandu"


@maker
def kalsel() -> Buku:
    """Dinkes Prov. Kalsel: no kegiatan, no cost; the money is a second list below, with JUMLAH TOTAL."""
    book, page = blank("Renaksi")
    page.put(
        "A1",
        "RENCANA AKSI KINERJA TAHUN 2025\nKEPALA DINAS KESEHATAN\n"
        "DINAS KESEHATAN PROVINSI KALIMANTAN SELATAN",
    )
    page.merge("A1:H1")
    page.row("A3", "No", "Kinerja Utama", "Indikator Kinerja", "Target Tahunan", "Target Rencana Aksi")
    page.row("E4", "TW I", "TW II", "TW III", "TW IV")
    page.merge("A3:A4 B3:B4 C3:C4 D3:D4 E3:H3")
    page.row("A5", 1, SEHAT, I_AKI, 85, 20, 40, 60, 85)
    page.row("C6", I_BBLR, "4,5", "5,5", "5,2", "4,9", "4,5")
    page.row("A7", 2, GIZI, I_GIZI, 9, 12, 11, 10, 9)
    page.merge("A5:A6 B5:B6")
    page.row("B9", "Alokasi Anggaran Rencana Aksi (Per Program/Kegiatan/Sub Kegiatan)", "Pagu Anggaran")
    page.row("B10", "Pengelolaan pelayanan kesehatan ibu hamil", 150_000_000)
    page.row("B11", "Pengelolaan pelayanan gizi masyarakat", 90_000_000)
    page.row("B12", "JUMLAH TOTAL", 240_000_000)
    page.put("G14", "Banjarmasin, 2 Januari 2025")
    page.put("G15", "Kepala Dinas,")
    page.put("G19", "dr. H. MUSLIM")
    page.put("G20", "PEMBINA UTAMA MADYA")
    page.put("G21", "NIP. 196803111999031001")
    rows = (
        (5, SEHAT, I_AKI, "85", ("20", "40", "60", "85")),
        (6, SEHAT, I_BBLR, "4.5", ("5.5", "5.2", "4.9", "4.5")),
        (7, GIZI, I_GIZI, "9", ("12", "11", "10", "9")),
    )
    butir = tuple(
        Butir(row, goal, one, {"uraian": None, "target": target, "triwulan": band})
        for row, goal, one, target, band in rows
    )
    columns = {"sasaran": "B", "indikator": "C", "target": "D", "triwulan": "EFGH", "uraian": "C"}
    signed = {
        "jabatan": "Kepala Dinas",
        "nama": "dr. H. MUSLIM",
        "nip": "196803111999031001",
        "pangkat": "PEMBINA UTAMA MADYA",
        "tempat": "Banjarmasin",
        "tanggal": "2 Januari 2025",
    }
    cells = {
        "judul": "A1",
        "tahun": "A1",
        "unit": "A1",
        "jabatan": "G15",
        "nama": "G19",
        "nip": "G21",
        "pangkat": "G20",
        "tempat": "G14",
        "tanggal": "G14",
    }
    told = ("B9", "C9", "B10", "C10", "B11", "C11")
    return Buku(
        book,
        (
            Meant(
                "Renaksi",
                columns,
                3,
                butir,
                "RENCANA AKSI KINERJA",
                2025,
                "DINAS KESEHATAN PROVINSI KALIMANTAN SELATAN",
                (signed,),
                cells,
                told,
            ),
        ),
    )


@maker
def bbpom() -> Buku:
    """BBPOM Banjarmasin: nothing merged, the goal in every row, Target Tahunan over the months."""
    book, page = blank("RAPK")
    page.put("A1", "RENCANA AKSI PERJANJIAN KINERJA TAHUN 2025")
    page.put("A2", "BALAI BESAR POM DI BANJARMASIN")
    page.put("A3", "( Renstra 2020-2024 )")
    page.row("A5", "Sasaran Kinerja", "Indikator Kinerja", "Target Tahunan", "Target Tahunan")
    page.row("D6", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")
    page.merge("D5:O5 A5:A6 B5:B6 C5:C6")
    page.frame("A5:O6", "9DC3E6")
    bands = tuple(tuple(str(step * n) for n in range(1, 13)) for step in (8, 7, 5))
    for row, goal, one, target, band in (
        (7, SEHAT, I_AKI, 96, bands[0]),
        (8, SEHAT, I_BBLR, 84, bands[1]),
        (9, GIZI, I_GIZI, 60, bands[2]),
    ):
        page.row(f"A{row}", goal, one, target, *map(int, band))
    page.put("L11", "Banjarmasin, 2 Januari 2025")
    page.put("L12", "Kepala Balai Besar,")
    page.put("L16", "LEONARD DUMA")
    page.put("L17", "NIP. 196803111999031001")
    rows = (
        (7, SEHAT, I_AKI, "96", bands[0]),
        (8, SEHAT, I_BBLR, "84", bands[1]),
        (9, GIZI, I_GIZI, "60", bands[2]),
    )
    butir = tuple(
        Butir(row, goal, one, {"uraian": None, "target": target, "bulan": band})
        for row, goal, one, target, band in rows
    )
    columns = {"sasaran": "A", "indikator": "B", "uraian": "B", "target": "C", "bulan": "DEFGHIJKLMNO"}
    signed = {
        "jabatan": "Kepala Balai Besar",
        "nama": "LEONARD DUMA",
        "nip": "196803111999031001",
        "tempat": "Banjarmasin",
        "tanggal": "2 Januari 2025",
    }
    cells = {
        "judul": "A1",
        "tahun": "A1",
        "unit": "A2",
        "jabatan": "L12",
        "nama": "L16",
        "nip": "L17",
        "tempat": "L11",
        "tanggal": "L11",
    }
    return Buku(
        book,
        (
            Meant(
                "RAPK",
                columns,
                5,
                butir,
                "RENCANA AKSI PERJANJIAN KINERJA",
                2025,
                "BALAI BESAR POM DI BANJARMASIN",
                (signed,),
                cells,
                ("A3",),
            ),
        ),
        right=False,
    )


@maker
def jabar() -> Buku:
    """Prov. Jawa Barat: two bands, program, kegiatan and aktivitas, and a third heading row 1 … 14."""
    book, page = blank("Laporan")
    page.put("A1", "LAPORAN RENCANA AKSI TAHUN 2025")
    page.put("A2", "DINAS KESEHATAN")
    page.put("A3", "PEMERINTAH DAERAH PROVINSI JAWA BARAT")
    page.row("A5", "No.", "Sasaran", "Indikator Kinerja", "Target Kinerja")
    page.row("H5", "Program", "Kegiatan", "Aktivitas", "Target Keuangan")
    page.row("D6", "Triw I", "Triw II", "Triw III", "Triw IV")
    page.row("K6", "Triw I", "Triw II", "Triw III", "Triw IV")
    page.row("A7", *range(1, 15))
    page.merge("D5:G5 K5:N5 " + " ".join(f"{c}5:{c}6" for c in "ABCHIJ"))
    page.row(
        "A8",
        1,
        SEHAT,
        I_AKI,
        20,
        40,
        60,
        85,
        "Program Kesehatan Ibu",
        "Pelayanan kesehatan",
        KELAS,
        10_000_000,
        20_000_000,
        30_000_000,
        40_000_000,
    )
    page.row(
        "A9",
        2,
        GIZI,
        I_GIZI,
        12,
        11,
        10,
        9,
        "Program Gizi",
        "Pelayanan gizi",
        TIMBANG,
        5_000_000,
        5_000_000,
        5_000_000,
        5_000_000,
    )
    page.row("B10", "JUMLAH TOTAL")
    page.row("K10", 15_000_000, 25_000_000, 35_000_000, 45_000_000)
    page.put("L12", "Kepala Dinas,")
    page.put("L16", "VINI ADIANI DEWI")
    page.put("L17", "NIP. 196803111999032001")
    rows = (
        (
            8,
            SEHAT,
            I_AKI,
            KELAS,
            ("20", "40", "60", "85"),
            "Program Kesehatan Ibu",
            ("10000000", "20000000", "30000000", "40000000"),
        ),
        (9, GIZI, I_GIZI, TIMBANG, ("12", "11", "10", "9"), "Program Gizi", ("5000000",) * 4),
    )
    butir = tuple(
        Butir(
            row, goal, one, {"uraian": text, "triwulan": band, "program": program, "anggaran_triwulan": money}
        )
        for row, goal, one, text, band, program, money in rows
    )
    columns = {
        "sasaran": "B",
        "indikator": "C",
        "triwulan": "DEFG",
        "program": "H",
        "uraian": "J",
        "anggaran_triwulan": "KLMN",
    }
    signed = {"jabatan": "Kepala Dinas", "nama": "VINI ADIANI DEWI", "nip": "196803111999032001"}
    cells = {"judul": "A1", "tahun": "A1", "unit": "A2", "jabatan": "L12", "nama": "L16", "nip": "L17"}
    return Buku(
        book,
        (
            Meant(
                "Laporan",
                columns,
                5,
                butir,
                "LAPORAN RENCANA AKSI",
                2025,
                "DINAS KESEHATAN",
                (signed,),
                cells,
                ("A3", "I8", "I9"),
            ),
        ),
    )

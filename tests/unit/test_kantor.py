"""Another office's name and another year are found where they were left, and nowhere else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rak_excel.plan.kantor import Asal, asal, nama_kantor_lain, tahun_lain
from rak_excel.plan.wilayah import semua_wilayah


def asal_dari(unit: str) -> Asal:
    """The region of a unit that must be known."""
    hasil = asal(unit)
    assert hasil is not None, unit
    return hasil


LAHAT = asal_dari("Sekretariat KPU Kabupaten Lahat")
SEMUA = [Asal(jenis, nama.removeprefix("Administrasi "), kode) for kode, jenis, nama in semua_wilayah()]


# The plan's own region


@pytest.mark.parametrize(
    ("unit", "kode"),
    [
        ("Sekretariat KPU Kabupaten Lahat", "16.04"),
        ("SEKRETARIAT KPU KABUPATEN LAHAT", "16.04"),
        ("KPU Kab. Hulu Sungai Selatan", "63.06"),
        ("Sekretariat KPU Kab.Lahat", "16.04"),
        ("Sekretariat KPU Kab Lahat", "16.04"),
        ("Sekretariat KPU\nKabupaten  Lahat", "16.04"),
        ("Sekretariat KPU Prov. Kaltim", "64"),
        ("KPU Provinsi Sumatera Selatan", "16"),
        ("KPU Propinsi Sumatra Selatan", "16"),
        ("SEKRETARIAT KOMISI PEMILIHAN UMUM KOTA PALEMBANG", "16.71"),
        ("KIP Kabupaten Aceh Tamiang", "11.16"),
        ("Komisi Independen Pemilihan Kabupaten Aceh Tamiang", "11.16"),
        ("Sekretariat KIP Aceh", "11"),
        ("KPUD Lahat", "16.04"),
        ("KPU Kota Administrasi Jakarta Selatan", "31.74"),
        ("KPU Kota Jakarta Selatan", "31.74"),
        ("KPU Kab. Adm. Kep. Seribu", "31.01"),
        ("KPU DKI Jakarta", "31"),
        ("KPU Provinsi Daerah Khusus Jakarta", "31"),
        ("KPU Daerah Istimewa Yogyakarta", "34"),
        ("KPU D.I. Yogyakarta", "34"),
        ("KPU Kota Yogyakarta", "34.71"),
        ("KPU Kabupaten OKU Timur", "16.08"),
        ("KPU Kabupaten Bandung, Provinsi Jawa Barat", "32.04"),
        ("KPU Banjar Provinsi Kalimantan Selatan", "63.03"),
        ("Divisi Hukum KPU Kabupaten Muara Enim Provinsi Sumatera Selatan", "16.03"),
        ("Kabupaten Lahat", "16.04"),
        ("Lahat", "16.04"),
        ("KPU Kabupaten Kota Baru", "63.02"),
        ("KPU Kabupaten Merauke", "93.01"),
    ],
)
def test_the_region_of_a_unit_is_known_however_it_is_written(unit: str, kode: str) -> None:
    assert asal_dari(unit).kode == kode


@pytest.mark.parametrize(
    "unit",
    [
        "KPU RI",
        "KPU R.I.",
        "Komisi Pemilihan Umum Republik Indonesia",
        "Sekretariat Jenderal KPU",
        "SETJEN KPU RI",
        "Sekretariat KPU",
    ],
)
def test_the_national_office_is_pusat(unit: str) -> None:
    assert asal(unit) == Asal("pusat", "Republik Indonesia", "")


@pytest.mark.parametrize(
    "unit",
    [
        "",
        "Bagian Umum",
        "KPU Kabupaten Contoh",
        "KPU Bandung",
        "KPU Gorontalo",
        "Dinas Pertanian",
        "KPU Kabupaten/Kota",
    ],
)
def test_a_unit_that_names_no_region_or_may_name_two_is_unknown(unit: str) -> None:
    assert asal(unit) is None


def test_the_full_name_says_the_level() -> None:
    assert [asal_dari(unit).lengkap for unit in ("KPU Kota Batu", "KPU Prov. Babel", "KPU RI")] == [
        "Kota Batu",
        "Provinsi Kepulauan Bangka Belitung",
        "Republik Indonesia",
    ]


# Names that are foreign


@pytest.mark.parametrize(
    ("text", "lain"),
    [
        (
            "Persentase KPU Kabupaten \nPenukal Abab Lematang Ilir \nmenetapkan jadwal",
            "KPU Kabupaten Penukal Abab Lematang Ilir",
        ),
        ("persentase kpu kabupaten penukal abab lematang ilir", "kpu kabupaten penukal abab lematang ilir"),
        ("KPU KABUPATEN  MUARA\n ENIM", "KPU KABUPATEN MUARA ENIM"),
        ("Laporan KPU Kab. PALI", "KPU Kab. PALI"),
        ("Laporan KPU PALI", "KPU PALI"),
        ("Laporan KPU Kab.Empat Lawang", "KPU Kab.Empat Lawang"),
        ("Rapat di Kabupaten Muara Enim", "Kabupaten Muara Enim"),
        ("Rapat di Kota Palembang", "Kota Palembang"),
        ("Bawaslu Kabupaten Muara Enim", "Kabupaten Muara Enim"),
        ("KPU Provinsi Jawa Barat", "KPU Provinsi Jawa Barat"),
        ("se-Provinsi Lampung", "Provinsi Lampung"),
        ("KPU Prov. Kaltim", "KPU Prov. Kaltim"),
        ("KPU Kaltim", "KPU Kaltim"),
        ("Komisi Pemilihan Umum Kabupaten Ogan Ilir", "Komisi Pemilihan Umum Kabupaten Ogan Ilir"),
        ("Komisi Pemilihan\nUmum Ogan Ilir", "Komisi Pemilihan Umum Ogan Ilir"),
        ("Komisi Independen Pemilihan Kota Banda Aceh", "Komisi Independen Pemilihan Kota Banda Aceh"),
        ("KIP Kabupaten Aceh Tamiang", "KIP Kabupaten Aceh Tamiang"),
        ("KPU Kabupaten Aceh Tamiang", "KPU Kabupaten Aceh Tamiang"),
        ("KIP Aceh Barat Daya", "KIP Aceh Barat Daya"),
        ("Sosialisasi oleh KIP Aceh", "KIP Aceh"),
        ("KPU/KIP Kabupaten Pidie", "KPU/KIP Kabupaten Pidie"),
        ("KPU Kabupaten Hulu Sungai Selatan", "KPU Kabupaten Hulu Sungai Selatan"),
        ("KPU Kab. OKU Timur", "KPU Kab. OKU Timur"),
        ("KPU OKU", "KPU OKU"),
        ("KPU Kota Batu", "KPU Kota Batu"),
        ("KPU Batu", "KPU Batu"),
        ("KPU Kabupaten Batu Bara", "KPU Kabupaten Batu Bara"),
        ("KPU Kabupaten Batubara", "KPU Kabupaten Batubara"),
        ("KPU Pati", "KPU Pati"),
        ("kpu kabupaten pati", "kpu kabupaten pati"),
        ("KPU Malang", "KPU Malang"),
        ("KPU Bandung", "KPU Bandung"),
        ("KPU Kabupaten Bandung Barat", "KPU Kabupaten Bandung Barat"),
        ("KPU Kabupaten Lima Puluh Kota", "KPU Kabupaten Lima Puluh Kota"),
        ("KPU Kab. 50 Kota", "KPU Kab. 50 Kota"),
        ("KPU Kabupaten Kotabaru", "KPU Kabupaten Kotabaru"),
        ("KPU Kota Kotamobagu", "KPU Kota Kotamobagu"),
        ("KPU Kabupaten Puncak", "KPU Kabupaten Puncak"),
        ("KPU Kabupaten Puncak Jaya", "KPU Kabupaten Puncak Jaya"),
        ("KPU Kabupaten Minahasa Tenggara (Mitra)", "KPU Kabupaten Minahasa Tenggara"),
        ("KPU Kabupaten Mitra", "KPU Kabupaten Mitra"),
        ("KPU Kab. Kep. Siau Tagulandang Biaro", "KPU Kab. Kep. Siau Tagulandang Biaro"),
        ("KPU Kabupaten Kepulauan Siau Tagulandang Biaro", "KPU Kabupaten Kepulauan Siau Tagulandang Biaro"),
        ("KPU Kabupaten Aru", "KPU Kabupaten Aru"),
        ("KPU Kota Administrasi Jakarta Selatan", "KPU Kota Administrasi Jakarta Selatan"),
        ("KPU Kota Adm. Jakarta Selatan", "KPU Kota Adm. Jakarta Selatan"),
        ("KPU Jakarta Selatan", "KPU Jakarta Selatan"),
        ("KPU Kepulauan Seribu", "KPU Kepulauan Seribu"),
        ("KPU Kabupaten Administrasi Kepulauan Seribu", "KPU Kabupaten Administrasi Kepulauan Seribu"),
        ("KPU Daerah Khusus Jakarta", "KPU Daerah Khusus Jakarta"),
        ("KPU Provinsi DKI Jakarta", "KPU Provinsi DKI Jakarta"),
        ("KPU DI Yogyakarta", "KPU DI Yogyakarta"),
        ("KPU Provinsi D.I. Yogyakarta", "KPU Provinsi D.I. Yogyakarta"),
        ("KPU Daerah Istimewa Yogyakarta", "KPU Daerah Istimewa Yogyakarta"),
        ("KPU PROVINSI DI YOGYAKARTA", "KPU PROVINSI DI YOGYAKARTA"),
        ("KPU Provinsi Papua Barat Daya", "KPU Provinsi Papua Barat Daya"),
        ("KPU Provinsi Papua Pegunungan", "KPU Provinsi Papua Pegunungan"),
        ("Kabupaten/Kota Bandung", "Kabupaten/Kota Bandung"),
        ("Kab./Kota Bandung", "Kab./Kota Bandung"),
        ("KPU Kab Muara Enim, Lahat", "KPU Kab Muara Enim"),
        ("Kabupaten: Muara Enim", "Kabupaten: Muara Enim"),
        ("(KPU Kabupaten Muara Enim)", "KPU Kabupaten Muara Enim"),
        ("KPU\u00a0Kabupaten\u00a0Muara\u00a0Enim", "KPU Kabupaten Muara Enim"),
        ("KPU Kabupaten Palembang", "KPU Kabupaten Palembang"),
        ("İKPU Kota: İ KPU Kota Depok", "KPU Kota Depok"),
    ],
)  # fmt: skip
def test_another_offices_name_is_found_as_it_is_written(text: str, lain: str) -> None:
    assert nama_kantor_lain(text, LAHAT) == (lain,)


@pytest.mark.parametrize(
    ("nama", "kode"),
    [
        ("Kabupaten Toba Samosir", "12.12"),
        ("Kabupaten Toba", "12.12"),
        ("Kabupaten Mahakam Hulu", "64.11"),
        ("Kabupaten Mahakam Ulu", "64.11"),
        ("Kabupaten Pangkajene Kepulauan", "73.10"),
        ("Kabupaten Pangkajene dan Kepulauan", "73.10"),
        ("Kabupaten Pangkajene & Kepulauan", "73.10"),
        ("Kabupaten Pangkep", "73.10"),
        ("Kabupaten Tulangbawang", "18.05"),
        ("Kabupaten Tulang Bawang", "18.05"),
        ("Kabupaten Tulangbawang Barat", "18.12"),
        ("Kota Baubau", "74.72"),
        ("Kota Bau-Bau", "74.72"),
        ("Kota Bau Bau", "74.72"),
        ("Kota Palangka Raya", "62.71"),
        ("Kota Palangkaraya", "62.71"),
        ("Kota Pematangsiantar", "12.72"),
        ("Kota Pematang Siantar", "12.72"),
        ("Kabupaten Labuhan Batu Utara", "12.23"),
        ("Kota Padang Sidempuan", "12.77"),
        ("Kota Pagaralam", "16.72"),
        ("Kota Lubuklinggau", "16.73"),
        ("Kabupaten Gunung Kidul", "34.03"),
        ("Kabupaten Tolitoli", "72.04"),
        ("Kabupaten Tojo Una-Una", "72.09"),
        ("Kabupaten Fakfak", "92.03"),
        ("Kabupaten Muko-Muko", "17.06"),
        ("Kabupaten Mamuju Utara", "76.01"),
        ("Kabupaten Maluku Tenggara Barat", "81.03"),
        ("Kabupaten Kutai Kertanegara", "64.02"),
        ("Kota Pare-Pare", "73.72"),
        ("Kota Tanjungpinang", "21.72"),
        ("Provinsi Sumatra Utara", "12"),
        ("Provinsi Kepulauan Riau", "21"),
        ("Provinsi Kep. Babel", "19"),
        ("Provinsi Bangka Belitung", "19"),
        ("Provinsi NTT", "53"),
        ("Provinsi Nanggroe Aceh Darussalam", "11"),
    ],
)
def test_other_spellings_and_older_names_are_the_same_region(nama: str, kode: str) -> None:
    sendiri = next(satu for satu in SEMUA if satu.kode == kode)

    assert nama_kantor_lain(f"Rapat KPU {nama}", LAHAT) == (f"KPU {nama}",)
    assert nama_kantor_lain(f"Rapat KPU {nama}", sendiri) == ()


@pytest.mark.parametrize("sendiri", SEMUA, ids=lambda satu: satu.kode)
def test_every_region_is_foreign_in_another_plan_and_not_in_its_own(sendiri: Asal) -> None:
    lain = asal_dari("KPU Kabupaten Sleman" if sendiri.kode.startswith("16") else "KPU Kabupaten Lahat")
    text = f"Persentase KPU {sendiri.lengkap} menetapkan jadwal"

    assert asal(f"Sekretariat KPU {sendiri.lengkap}") == sendiri
    assert nama_kantor_lain(text, lain) == (f"KPU {sendiri.lengkap}",)
    assert nama_kantor_lain(text, sendiri) == ()
    assert nama_kantor_lain(text.upper(), lain) == (f"KPU {sendiri.lengkap}".upper(),)
    assert nama_kantor_lain(text.lower(), sendiri) == ()


def test_all_names_come_in_order_and_each_once() -> None:
    text = "KPU Kota Palembang dan KPU Kabupaten Muara Enim, lalu KPU Kota\nPalembang, KPU Kabupaten Lahat"

    assert nama_kantor_lain(text, LAHAT) == ("KPU Kota Palembang", "KPU Kabupaten Muara Enim")


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("KPU Kabupaten Bandung", "Rapat KPU Kota Bandung"),
        ("KPU Kota Bandung", "Rapat KPU Kabupaten Bandung"),
        ("KPU Kabupaten Bandung", "Rapat KPU Kabupaten Bandung Barat"),
        ("KPU Kabupaten Bandung Barat", "Rapat KPU Kabupaten Bandung"),
        ("KPU Kabupaten Solok", "Rapat KPU Kota Solok"),
        ("KPU Kabupaten Solok", "Rapat KPU Kabupaten Solok Selatan"),
        ("KPU Kota Bima", "Rapat KPU Kabupaten Bima"),
        ("KPU Kota Banjar", "Rapat KPU Kabupaten Banjar"),
        ("KPU Kota Gorontalo", "Rapat KPU Kabupaten Gorontalo"),
        ("KPU Kabupaten Lampung Barat", "Rapat KPU Kabupaten Lampung Timur"),
        ("KIP Kabupaten Aceh Barat Daya", "Rapat KIP Kabupaten Aceh Barat"),
        ("KIP Kabupaten Aceh Barat", "Rapat KIP Aceh Barat Daya"),
        ("KPU Provinsi Sumatera Selatan", "Rapat KPU Kabupaten Sleman"),
        ("KPU Provinsi Papua", "Rapat KPU Kabupaten Merauke"),
        ("KPU Kabupaten Merauke", "Rapat KPU Provinsi Papua"),
        ("KPU Kota Padang", "Rapat KPU Kota Padang Panjang"),
        ("KPU Kota Tangerang", "Rapat KPU Kota Tangerang Selatan"),
        ("KPU Kota Jakarta Pusat", "Rapat KPU Kota Jakarta Barat"),
    ],
)
def test_a_neighbour_with_a_like_name_is_foreign(unit: str, text: str) -> None:
    assert nama_kantor_lain(text, asal_dari(unit)) == (text.removeprefix("Rapat "),)


# Names that are not


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sekretariat KPU Kabupaten Lahat",
        "Peningkatan Kompetensi SDM KPU Kabupaten\nLahat",
        "KPU LAHAT",
        "KPU Kab. Lahat dan KPU Kabupaten  Lahat",
        "Pemeliharaan gedung di Kota Lahat",
        "KPU Provinsi Sumatera Selatan",
        "KPU Sumsel",
        "KPU RI",
        "Peraturan KPU RI",
        "Konsultasi ke KPU RI di Jakarta",
        "pengiriman logistik\nke Kab/Kota (gudang), bimtek badan adhoc",
        "Kabupaten/Kota",
        "Kota/Kabupaten se-Sumatera Selatan",
        "KPU Kabupaten/Kota",
        "KPU Provinsi dan KPU Kabupaten/Kota Penyelenggara Pemilihan",
        "KPU Provinsi/KIP Aceh dan KPU/KIP Kabupaten/Kota",
        "KPU Provinsi atau KIP Aceh",
        "Komisi Pemilihan Umum Provinsi/Komisi Independen Pemilihan Aceh dan KPU/KIP Kabupaten/Kota",
        "Monitoring KIP (Keterbukaan Informasi Publik)",
        "Nilai KIP Bali menjadi rujukan",
        "Evaluasi KIP Lahat",
        "Rapat di Bandung",
        "Perjalanan dinas ke Palembang",
        "batu pertama gedung KPU",
        "Pembelian batu, pati dan cat; nasib malang",
        "kpu malang melintang di media",
        "Bantuan untuk KPU batu bara",
        "Rapat KPU Puncak Peringatan Hari Pemungutan Suara",
        "KPU Mitra Kerja",
        "Rapat KPU di Yogyakarta",
        "RAPAT KPU DI YOGYAKARTA",
        "Bawaslu Muara Enim",
        "Peraturan PKPU Muara Enim",
        "PPK Kecamatan Kota Agung",
        "Kecamatan Kota Jambi",
        "jl. Kota Batu",
        "Kelurahan Kota Medan",
        "ibu kota Jakarta",
        "Ibu Kota Nusantara",
        "Pembangunan kota baru",
        "kotak suara dan kabel",
        "perjalanan dinas dalam kota",
        "Rapat KPU. Bandung menjadi tuan rumah",
        "Kabag Umum, Kabid dan Provokasi Bandung",
        "Divisi Hukum KPU, Bandung",
        "Kabupaten Contoh",
        "Proposal Bandung",
        "komisioner Bandung",
    ],
)
def test_no_name_is_found_where_no_other_office_is_named(text: str) -> None:
    assert nama_kantor_lain(text, LAHAT) == ()


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("KPU Kabupaten Bandung", "Rapat KPU Bandung"),
        ("KPU Kota Bandung", "Rapat KPU Bandung"),
        ("KPU Kabupaten Bandung", "Rapat Kabupaten/Kota Bandung"),
        ("KPU Kabupaten Solok", "Rapat KPU Solok"),
        ("KPU Kota Bima", "Rapat KPU Bima"),
        ("KPU Kabupaten Bandung Barat", "Rapat KPU Kabupaten Bandung barat"),
        ("KPU Kota Padang", "Rapat KPU Kota Padang panjang lebar"),
        ("KPU Kota Banjar", "Ketua KPU Kota Banjar baru dilantik"),
        ("KPU Kabupaten Lampung Selatan", "Rapat KPU Kabupaten Lampung selatan"),
        ("KIP Kabupaten Aceh Tamiang", "Rapat KPU Kabupaten Aceh Tamiang"),
        ("KIP Kabupaten Aceh Tamiang", "Rapat KIP Aceh"),
        ("KIP Kabupaten Aceh Tamiang", "Rapat KPU Aceh"),
        ("KPU Provinsi Sumatera Selatan", "Rapat KPU Kabupaten Lahat dan KPU Kota Palembang"),
        ("KPU Provinsi Aceh", "Rapat KIP Kabupaten Pidie dan KIP Kota Sabang"),
        ("KPU Provinsi DKI Jakarta", "Rapat KPU Kota Administrasi Jakarta Selatan dan KPU Kepulauan Seribu"),
        ("KPU Kota Jakarta Selatan", "Rapat KPU Provinsi Daerah Khusus Ibu Kota Jakarta dan KPU Jakarta"),
        ("KPU Kota Administrasi Jakarta Selatan", "Rapat KPU Jakarta Selatan"),
        ("KPU Kabupaten Sleman", "Rapat KPU DIY, KPU Yogyakarta, KPU Provinsi D.I. Yogyakarta"),
        ("KPU Kota Gorontalo", "Rapat KPU Gorontalo dan KPU Provinsi Gorontalo"),
        ("KPU Kabupaten Merauke", "Rapat KPU Provinsi Papua Selatan"),
        ("KPU Kota Batu", "Rapat KPU Batu"),
        ("KPU Kabupaten Kepulauan Aru", "Rapat KPU Kabupaten Aru"),
        ("KPU Kabupaten Hulu Sungai Selatan", "Rapat KPU Kab. HSS dan KPU Kalsel"),
        ("KPU RI", "Rapat KPU Kabupaten Lahat dan KPU Provinsi Bali"),
    ],
)
def test_a_plans_own_region_its_province_and_its_parts_are_not_foreign(unit: str, text: str) -> None:
    assert nama_kantor_lain(text, asal_dari(unit)) == ()


# Years


@pytest.mark.parametrize(
    ("text", "lain"),
    [
        ("Laporan Kinerja Tahun 2023", ("2023",)),
        ("laporan kinerja\ntahun  2023", ("2023",)),
        ("LAPORAN KINERJA TAHUN 2023", ("2023",)),
        ("Penyusunan RKA Tahun Anggaran 2025", ("2025",)),
        ("dalam tahun\nanggaran 2023 sesuai", ("2023",)),
        ("DIPA TA 2023", ("2023",)),
        ("DIPA TA. 2023", ("2023",)),
        ("DIPA T.A. 2023", ("2023",)),
        ("DIPA T.A 2023", ("2023",)),
        ("Realisasi anggaran 2022", ("2022",)),
        ("Realisasi anggaran tahun 2022", ("2022",)),
        ("Tahun Anggaran : 2023", ("2023",)),
        ("Tahun (2023)", ("2023",)),
        ("Laporan Triwulan 4 Tahun 2023", ("2023",)),
        ("Semester 1 Tahun 2023", ("2023",)),
        ("Laporan Tahun 2022, Tahun 2023 dan Tahun 2022", ("2022", "2023")),
        ("Sosialisasi Pemilu dan Laporan Kinerja Tahun 2023", ("2023",)),
        ("PKPU Nomor 8 Tahun 2022. Laporan Tahun 2023", ("2023",)),
        ("Penyelenggaraan Pemilu sesuai Tahun Anggaran 2023", ("2023",)),
        ("Daftar pemilih berkelanjutan Tahun 2023", ("2023",)),
        ("Sasaran Strategis Tahun 2023", ("2023",)),
        ("Laporan Kinerja Komisi Pemilihan Umum Kabupaten Lahat Tahun 2023", ("2023",)),
        ("Laporan Komisi Independen Pemilihan Tahun 2023", ("2023",)),
        ("Tahun 2023 - Rapat kerja", ("2023",)),
        ("Nomor Induk Pegawai Tahun 2023", ("2023",)),
        ("Penyusunan Peraturan Tahun 2023", ("2023",)),
    ],
)
def test_another_year_is_found_after_the_words_that_announce_one(text: str, lain: tuple[str, ...]) -> None:
    assert tahun_lain(text, 2024) == lain


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Laporan Kinerja Tahun 2024",
        "tahun anggaran 2024  sesuai",
        "PKPU Nomor 8 Tahun 2022",
        "PKPU No. 8 Tahun 2022",
        "PKPU 8 Tahun 2022",
        "PKPU Nomor 8\nTahun 2022",
        "UU No. 7 Tahun 2017",
        "UU Nomor: 7 Tahun 2017 tentang Pemilihan Umum",
        "UU 7 Tahun 2017",
        "Undang-Undang Nomor 7 Tahun 2017",
        "Undang-Undang Tahun 2017",
        "Peraturan Pemerintah Nomor 60 Tahun 2008",
        "Perpres Nomor 29 Tahun 2014",
        "Permenpan RB Nomor 53 Tahun 2014",
        "Peraturan Menteri PAN RB 88 Tahun 2021",
        "Peraturan KPU Nomor 3/2020 Tahun 2020",
        "Keputusan KPU Nomor 1219/HK.03.1-Kpt/01/KPU/X/2019 Tahun 2019",
        "Keputusan Nomor … Tahun 2023",
        "Keputusan Nomor ..... Tahun 2023",
        "PKPU Nomor 8 dan Nomor 9 Tahun 2022",
        "PKPU Nomor 8 dan 9 Tahun 2022",
        "UU Nomor 20 Tahun 2023 tentang APBN Tahun Anggaran 2025",
        "PKPU Nomor 2 Tahun 2024 tentang Tahapan dan Jadwal Laporan Tahun 2025",
        "Lembaran Negara Tahun 2017 Nomor 182",
        "Pemilu Tahun 2019",
        "Pemilu Serentak\nTahun 2019",
        "PEMILIHAN UMUM TAHUN 2019",
        "Pilkada Tahun 2020",
        "Pilkada Serentak Tahun 2020",
        "Pemilihan Tahun 2020",
        "Pemilihan Gubernur dan Wakil Gubernur Tahun 2018",
        "Pemilihan Bupati dan Wakil Bupati Lahat Tahun 2018",
        "Pemilihan Gubernur, Bupati dan Wakil Bupati, dan/atau Walikota dan Wakil Walikota Tahun 2020",
        "Pemilihan Kepala Daerah (Pilkada) Tahun 2020",
        "Laporan Pemilu/Pemilihan Tahun 2020",
        "anggaran Pemilu Tahun 2019",
        "persiapan Pemilu serentak pada Tahun 2029",
        "Pilkada TA 2023",
        "Tahun 2020-2025",
        "Tahun 2020 - 2025",
        "tahun 2020 – 2025",
        "Tahun 2020—2025",
        "Tahun 2023/2025",
        "tahun 2023/24",
        "Tahun 2023 s.d. 2025",
        "Tahun 2023 s/d 2025",
        "Tahun 2023 sd 2025",
        "Tahun 2023 s.d. Tahun 2025",
        "Tahun 2023 sampai dengan 2025",
        "Tahun 2023 sampai dengan Tahun 2025",
        "Tahun 2023 hingga tahun 2025",
        "TA 2023 - TA 2025",
        "2020 – Tahun 2025",
        "sejak Tahun 2020",
        "Renstra Tahun 2020-2025",
        "Renstra KPU 2020-2025",
        "Renstra KPU Kabupaten Lahat Tahun 2025",
        "Rencana Strategis Tahun 2025",
        "periode Tahun 2023",
        "Rapat tanggal 14 Februari 2023",
        "Surat 2023",
        "Tahun 1999",
        "Tahun 20231",
        "tahun 2100",
        "anggaran 2023.500.000",
        "data 2023",
        "Biaya 20.000.000",
    ],
)
def test_no_year_is_found_that_is_this_plans_a_regulations_an_elections_or_a_periods(text: str) -> None:
    assert tahun_lain(text, 2024) == ()


# The published document


# Every kind of text of it in which an office or a year could be seen, line breaks included.
TEKS_REFERENSI = """
Terlaksananya
perencanaan, program dan
anggaran serta
penyusunan peraturan
pelaksanaan
penyelenggaraan Pemilu
dan Pilkada
---
Penyusunan Program,
Kegiatan, dan Anggaran
KPU,
Pengelolaan Revisi
Anggaran,
Kajian/Analisa,
Prosedur dan
Mekanisme
Penganggaran
---
Peningkatan Kompetensi
SDM KPU Kabupaten
Lahat
---
Tersedianya data,
informasi, sarana dan
prasarana teknologi
informasi serta penerapan
egovernment
KPU
---
Persentase KPU Kabupaten Lahat
mendistribusikan logistik
Pemilu/Pemilihan tepat jenis,
jumlah dan waktu
---
Pelaksanaan tungsura,
rekap berjenjang,
pengiriman logistik
ke Kab/Kota (gudang),
bimtek badan adhoc
---
Terwujudnya Penyelesaian
sengketa penetapan
peserta pemilu yang
dimenangkan KPU
Kabupaten Lahat
---
Pemberian gaji dan
tunjangan pegawai dan
Uang Kehormatan
Anggota KPU serta gaji
dan tunjangan PPPK
---
Persentase KPU Kabupaten
Penukal Abab Lematang Ilir
menetapkan jadwal, tahapan dan
petunjuk teknis penyelenggaraan
Pemilu/Pilkada sesuai jadwal
---
Melaksanakan
seluruh kegiatan
dalam tahun
anggaran 2024
sesuai dengan
perjanjian kinerja dan
peraturan yang
ditetapkan KPU
---
Nilai Keterbukaan Informasi
Publik
---
KPU
Kabupaten
Lahat
---
Persentase Sengketa Hukum
yang dimenangkan KPU
---
Menyusun Produk
Hukum sesuai
dengan Peraturan
KPU RI
"""
REFERENSI = TEKS_REFERENSI.split("---")


def test_in_the_published_plan_goal_11_alone_names_another_office() -> None:
    lain = [nama for text in REFERENSI for nama in nama_kantor_lain(text, LAHAT)]

    assert lain == ["KPU Kabupaten Penukal Abab Lematang Ilir"]


def test_the_published_plan_names_no_other_year() -> None:
    assert [tahun for text in REFERENSI for tahun in tahun_lain(text, 2024)] == []


# What it costs


def test_importing_builds_no_table_and_compiles_no_pattern() -> None:
    """The rules run in every check, also of a plan that names no office."""
    program = (
        "from rak_excel.plan import kantor, wilayah\n"
        "kantor.nama_kantor_lain('Rapat', kantor.Asal('kabupaten', 'Lahat', '16.04'))\n"
        "kantor.tahun_lain('Rapat', 2024)\n"
        "print(wilayah.semua_wilayah.cache_info().misses + kantor._pola.cache_info().misses)"
    )

    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "0"


@pytest.mark.parametrize(
    "text",
    [
        "nomor " + "1," * 5000 + "x tahun 2023",
        "uu " + "1 dan " * 5000 + "x tahun 2023",
        "nomor 1 tentang " * 2000 + "tahun 2023 " * 500,
        "kpu kota " * 5000,
        "komisi " + " " * 20000 + "pemilihan",
        "kab/kota/" * 5000,
        "kota padang " * 2000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_makes_a_pattern_try_for_ever(text: str) -> None:
    """A pattern that tries every way would not end within a day."""
    for written in (nama_kantor_lain(text, LAHAT), tahun_lain(text, 2024)):
        assert all(name in " ".join(text.split()) for name in written)

"""Headings are known by what they mean, however an office prints them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rak_excel.plan.headings import field_of, heading_of, near_field, percent
from rak_excel.plan.model import BANDS

SCALARS = (
    "nomor",
    "sasaran",
    "indikator",
    "target",
    "satuan",
    "kegiatan",
    "kode",
    "program",
    "sub_kegiatan",
    "biaya",
    "pelaksana",
)
FIELDS = (*SCALARS, *(f"{band}[{number}]" for band, count in BANDS.items() for number in range(1, count + 1)))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("No.", "nomor"),
        ("NO", "nomor"),
        ("Nomor Urut", "nomor"),
        ("Sasaran Strategis", "sasaran"),
        ("SASARAN\nKINERJA", "sasaran"),
        ("Kinerja Utama", "sasaran"),
        ("Kegiatan Utama", "sasaran"),
        ("Indikator Kinerja Strategis", "indikator"),
        ("Indikator Kinerja Utama (IKU)", "indikator"),
        ("Target ( %)", "target"),
        ("TARGET (%)", "target"),
        ("Target Tahunan", "target"),
        ("Target 2025", "target"),
        ("Target Tahun 2025 (%)", "target"),
        ("Target Perjanjian Kinerja", "target"),
        ("Satuan", "satuan"),
        ("Kegiatan yang akan \ndilaksanakan", "kegiatan"),
        ("Rencana Aksi", "kegiatan"),
        ("Aktivitas", "kegiatan"),
        ("Program / Kegiatan / Sub Kegiatan", "kegiatan"),
        ("Program", "program"),
        ("Sub-Kegiatan", "sub_kegiatan"),
        ("Kode", "kode"),
        ("Perkiraan Biaya", "biaya"),
        ("Anggaran (Rp)", "biaya"),
        ("Anggaran (Rp.)", "biaya"),
        ("Pagu Anggaran TA 2024", "biaya"),
        ("Rp", "biaya"),
        ("Pelaksana", "pelaksana"),
        ("Penanggung\nJawab", "pelaksana"),
        ("Penanggungjawab", "pelaksana"),
        ("Penang-\ngung Jawab", "pelaksana"),
        ("P.J.", "pelaksana"),
        ("PIC", "pelaksana"),
    ],
)
def test_a_heading_is_known_by_its_meaning(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("T1", "triwulan[1]"),
        ("t 4", "triwulan[4]"),
        ("TW I", "triwulan[1]"),
        ("TW-IV", "triwulan[4]"),
        ("Tw.2", "triwulan[2]"),
        ("Triw III", "triwulan[3]"),
        ("Triwulan 1", "triwulan[1]"),
        ("Triwulan\nII", "triwulan[2]"),
        ("Triwulan (I)", "triwulan[1]"),
        ("Triwulan ke-3", "triwulan[3]"),
        ("Triwulan Kedua", "triwulan[2]"),
        ("Tribulan 1", "triwulan[1]"),
        ("TW Ⅱ", "triwulan[2]"),
        ("TW I (Jan-Mar)", "triwulan[1]"),
        ("Target TW I", "triwulan[1]"),
        ("T1 (%)", "triwulan[1]"),
        ("Jan", "bulan[1]"),
        ("Jan-24", "bulan[1]"),  # what Excel makes of “Jan 24”
        ("Pebruari", "bulan[2]"),
        ("MEI", "bulan[5]"),
        ("Agt", "bulan[8]"),
        ("Agu", "bulan[8]"),
        ("Des.", "bulan[12]"),
        ("B01", "bulan[1]"),
        ("B12", "bulan[12]"),
        ("Bulan 7", "bulan[7]"),
        ("Semester I", "semester[1]"),
        ("Smt. 2", "semester[2]"),
        ("Anggaran TW I", "anggaran_triwulan[1]"),
        ("Target Keuangan Triw IV", "anggaran_triwulan[4]"),
        ("T1 (Rp)", "anggaran_triwulan[1]"),
        ("Realisasi T1", "realisasi_triwulan[1]"),
    ],
)
def test_a_period_is_known_in_all_its_spellings(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    "heading",
    [
        "",
        " ",
        "%",
        "I",
        "1",
        "2024",
        "T5",
        "TW V",
        "B13",
        "Target1",
        "C1",
        "Capaian TW I",
        "Realisasi",
        "Keterangan",
        "Bukti",
        "Konsep",
        "Unit 1",
        "Triwulan",
        "Rencana Pelaksanaan",
        "Realisasi Anggaran",
    ],
)
def test_a_heading_that_is_no_field_of_ours_is_left_alone(heading: str) -> None:
    assert field_of(heading) is None


@pytest.mark.parametrize(
    "heading", ["Anggaran (ribuan Rp)", "Biaya (dalam jutaan rupiah)", "Pagu (Rp Miliar)"]
)
def test_money_in_thousands_is_never_read_as_rupiah(heading: str) -> None:
    assert field_of(heading) is None


@pytest.mark.parametrize(
    ("above", "heading", "field"),
    [
        ("Target Triwulan", "I", "triwulan[1]"),
        ("Triwulan", "4", "triwulan[4]"),
        ("Rencana Pelaksanaan", "T2", "triwulan[2]"),
        ("Rencana\nPelaksanaan", "III", "triwulan[3]"),
        ("TARGET KEGIATAN PER TRIWULAN", "TW-I", "triwulan[1]"),
        ("TARGET KEGIATAN PER TRIWULAN", "AWAL", None),
        ("Target Triwulan 2025", "1", "triwulan[1]"),
        ("Target Bulanan 2025", "3", "bulan[3]"),
        ("Semester 2025", "2", "semester[2]"),
        ("Target Tahunan", "Agt", "bulan[8]"),
        ("Bulan", "11", "bulan[11]"),
        ("Semester", "II", "semester[2]"),
        ("Target Kinerja", "Triw I", "triwulan[1]"),
        ("Target Keuangan", "Triw I", "anggaran_triwulan[1]"),
        ("Anggaran", "Target TW I", "anggaran_triwulan[1]"),
        ("Triwulan I", "Target", "triwulan[1]"),
        ("Triwulan I", "Rp", "anggaran_triwulan[1]"),
        ("TW II", "Realisasi", "realisasi_triwulan[2]"),
        ("REALISASI KEGIATAN PER TRIWULAN", "TW-I", "realisasi_triwulan[1]"),
        ("Realisasi", "Anggaran", None),
        ("Capaian 2025", "TW1", None),
        ("Anggaran", "Target", None),
        ("Indikator Kinerja", "Uraian", "indikator"),
        ("Indikator Kinerja", "Satuan", "satuan"),
        ("Indikator Kinerja", "1", None),
        ("RENCANA AKSI KINERJA TAHUN 2024", "T1", "triwulan[1]"),
    ],
)
def test_the_band_above_decides_what_a_heading_means(above: str, heading: str, field: str | None) -> None:
    assert field_of(heading, above) == field


def test_bare_numbers_under_a_band_that_says_nothing_count_what_their_number_suggests() -> None:
    months = [field_of(str(number), "Schedule Time", of=12) for number in range(1, 13)]

    assert months == [f"bulan[{number}]" for number in range(1, 13)]
    assert [field_of(number, "Schedule Time", of=2) for number in ("I", "II")] == [
        "semester[1]",
        "semester[2]",
    ]
    assert field_of("5", "Schedule Time") is None


@pytest.mark.parametrize("field", FIELDS)
def test_a_heading_that_is_written_is_read_as_its_field(field: str) -> None:
    """Also under the names that stand in YAML, which a user may well type."""
    assert (field_of(heading_of(field)), field_of(field)) == (field, field)


@given(st.sampled_from(FIELDS), st.sampled_from([" ", "\n", "  ", "\u00a0", "-", "_", ". "]), st.booleans())
def test_spaces_line_breaks_and_case_do_not_matter(field: str, gap: str, upper: bool) -> None:
    heading = heading_of(field).replace(" ", gap)

    assert field_of(heading.upper() if upper else heading.title()) == field


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Target ( %)", True), ("Target (persen)", True), ("Target Prosentase", True), ("Target", False)],
)
def test_a_heading_tells_whether_it_means_per_cent(heading: str, expected: bool) -> None:
    assert percent(heading) is expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Sasran", "sasaran"), ("Pelakasana", "pelaksana"), ("Keterangan", None), ("Lokasi", None)],
)
def test_a_slip_of_the_hand_is_recognised_as_one(written: str, meant: str | None) -> None:
    assert (field_of(written), near_field(written)) == (None, meant)


@given(st.text(), st.text(max_size=30), st.integers(0, 20))
def test_no_text_is_too_strange_to_be_asked(heading: str, above: str, of: int) -> None:
    assert field_of(heading, above, of) in (None, *FIELDS)


def test_difflib_is_not_loaded_before_a_slip_is_met() -> None:
    """It costs 4 ms, which a right file need not pay."""
    code = "import sys, rak_excel.plan.headings as h; h.field_of('Sasaran'); print('difflib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"

"""The table of regions is the whole list of the decree, and importing it costs nothing."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from rak_excel.plan.wilayah import semua_wilayah

TABLE = {kode: (jenis, nama) for kode, jenis, nama in semua_wilayah()}
TOOL = Path(__file__).parents[2] / "tools" / "make_wilayah.py"


def test_there_are_38_provinces_and_514_kabupaten_and_kota() -> None:
    assert Counter(jenis for _, jenis, _ in semua_wilayah()) == {"provinsi": 38, "kabupaten": 416, "kota": 98}


def test_no_code_is_given_twice() -> None:
    assert len(TABLE) == len(semua_wilayah()) == 38 + 514


def test_every_kabupaten_and_kota_lies_in_a_province_of_the_table() -> None:
    assert all(TABLE[kode[:2]][0] == "provinsi" for kode in TABLE)


def test_the_codes_stand_in_order() -> None:
    assert list(TABLE) == sorted(TABLE)


@pytest.mark.parametrize(
    ("kode", "jenis", "nama"),
    [
        ("11", "provinsi", "Aceh"),
        ("16.04", "kabupaten", "Lahat"),
        ("16.12", "kabupaten", "Penukal Abab Lematang Ilir"),
        ("13.07", "kabupaten", "Lima Puluh Kota"),
        ("31.01", "kabupaten", "Administrasi Kepulauan Seribu"),
        ("31.74", "kota", "Administrasi Jakarta Selatan"),
        ("32.04", "kabupaten", "Bandung"),
        ("32.73", "kota", "Bandung"),
        ("72.04", "kabupaten", "Toli-Toli"),
        ("93.01", "kabupaten", "Merauke"),
        ("96", "provinsi", "Papua Barat Daya"),
        ("96.71", "kota", "Sorong"),
    ],
)
def test_a_region_has_the_name_of_the_decree(kode: str, jenis: str, nama: str) -> None:
    assert TABLE[kode] == (jenis, nama)


def test_names_hold_no_trace_of_the_table_they_were_cut_from() -> None:
    assert not [
        nama
        for _, nama in TABLE.values()
        if nama != " ".join(nama.split()) or set(nama) & set(";:0123456789")
    ]


def test_the_generator_writes_the_module_as_it_stands() -> None:
    """The table is never edited by hand: the next decree comes by the generator too."""
    pytest.importorskip("lokal", reason="needs the extra 'generate'")
    spec = importlib.util.spec_from_file_location("make_wilayah", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    assert tool.TARGET.read_text(encoding="utf-8") == tool.render()

"""Between nodes and plans: what fits a field, where a fault stands, and the one meaning of all spellings."""

from __future__ import annotations

import json
import string
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rak_excel import api, loading
from rak_excel.files import csv_text, yaml_text
from rak_excel.plan.canonical import content_hash, to_json
from rak_excel.plan.codec import CELL_LIMIT, decode, label, near, sheet_name_fault
from rak_excel.plan.encode import encode
from rak_excel.plan.model import (
    BANDS,
    Band,
    Biaya,
    Form,
    Indikator,
    Kegiatan,
    Penandatangan,
    Period,
    Plan,
    Sasaran,
)

if TYPE_CHECKING:
    from pathlib import Path

    from rak_excel.loading import Loaded

TEXT: Final = """\
rak: 1
tahun: 2026
unit: KPU Kabupaten Lahat
sasaran:
  - uraian: Tersedianya data
    indikator:
      - uraian: Persentase data yang tersedia
        target: 100
        kegiatan:
          - uraian: Rapat
            triwulan: [1]
            biaya: 5000
            pelaksana: Sekretariat
          - uraian: Jaringan
            triwulan: [2]
            biaya: 6000
            pelaksana: Sekretariat
penandatangan:
  jabatan: Sekretaris
  nama: MERY ANGGRAINY
  nip: 198205062010122002
"""
FIRST, SECOND = "sasaran[0].indikator[0].kegiatan[0]", "sasaran[0].indikator[0].kegiatan[1]"


def changed(*changes: tuple[str, str]) -> str:
    """The plan with some of its lines written otherwise."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def load(text: str, layout: str | None = None) -> Loaded:
    return loading.load_bytes(text.encode(), "plan.yaml", layout)


def told(loaded: Loaded) -> list[tuple[str, int, int]]:
    return [(one.code, one.place.line, one.place.column) for one in loaded.findings if one.place is not None]


def right(text: str, layout: str | None = None) -> Plan:
    """The plan of a text in which nothing is found wrong."""
    loaded = load(text, layout)
    assert [finding.message("en") for finding in loaded.findings if finding.is_error] == []
    return loaded.plan


def hash_of(text: str, layout: str | None = None) -> str:
    return content_hash((right(text, layout),))


def kegiatan(text: str) -> list[Kegiatan]:
    return list(right(text).kegiatan)


# --- a right plan ----------------------------------------------------------------------------------------


def test_a_right_plan_is_read_without_a_word() -> None:
    assert load(TEXT).findings == ()


def test_a_plan_is_a_frozen_value_equal_to_its_like() -> None:
    rapat = Kegiatan("Rapat", "100", (True, False, False, False), 5000, "Sekretariat")
    jaringan = Kegiatan("Jaringan", "100", (False, True, False, False), 6000, "Sekretariat")

    assert right(TEXT) == Plan(
        tahun=2026,
        unit="KPU Kabupaten Lahat",
        sasaran=(
            Sasaran("Tersedianya data", (Indikator("Persentase data yang tersedia", (rapat, jaringan)),)),
        ),
        penandatangan=(Penandatangan("Sekretaris", "MERY ANGGRAINY", "198205062010122002"),),
    )


# --- every value at its place ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("tahun: 2026", "tahun: 26", ("RAK114", 2, 8)),
        ("tahun: 2026", "tahun: 2026/2027", ("RAK114", 2, 8)),
        ("tahun: 2026", "tahun: [2026]", ("RAK105", 2, 8)),
        ("rak: 1", "rak: 2", ("RAK107", 1, 6)),
        ("rak: 1", "rak: [1]", ("RAK105", 1, 6)),
        ("rak: 1", "rak: {a: b}", ("RAK105", 1, 6)),
        ("rak: 1\n", "", ("RAK108", 1, 1)),
        ("unit: KPU Kabupaten Lahat", "unit: {a: b}", ("RAK105", 3, 7)),
        ("tahun: 2026", "tahun: 2026\npagu: banyak", ("RAK110", 3, 7)),
        ("tahun: 2026", "tahun: 2026\nkertas: A3", ("RAK121", 3, 9)),
        ("tahun: 2026", "tahun: 2026\nlembar: a/b", ("RAK122", 3, 9)),
        ("tahun: 2026", "tahun: 2026\ntata_letak: tidakada", ("RAK125", 3, 13)),
        ("tahun: 2026", "tahun: 2026\ntahun: 2027", ("RAK102", 3, 1)),
        ("tahun: 2026", "tahun: 2026\nwarna: merah", ("RAK101", 3, 1)),
        ("tahun: 2026", "tahun: 2026\nwarna:\n  - merah", ("RAK101", 3, 1)),
        ("target: 100", "target: [100]", ("RAK105", 8, 17)),
        ("target: 100", "target: 1.500", ("RAK118", 8, 17)),
        ("biaya: 5000", "biaya: 64.80", ("RAK110", 12, 20)),
        ("biaya: 5000", "biaya: 306,461", ("RAK110", 12, 20)),
        ("biaya: 5000", "biaya: 1,5 juta", ("RAK110", 12, 20)),
        ("biaya: 5000", "biaya: -5", ("RAK110", 12, 20)),
        ("biaya: 5000", "biaya: 1.2e+006", ("RAK110", 12, 20)),
        ("biaya: 5000", "biaya: 1_000", ("RAK110", 12, 20)),
        ("biaya: 5000", "biaya: 306,461,000", ("RAK111", 12, 20)),
        ("biaya: 5000", "biaya: 1.000.000.000.000.000", ("RAK124", 12, 20)),
        ("biaya: 5000", "biaya: bersama", ("RAK207", 12, 20)),
        ("biaya: 5000", "biaya: [5000]", ("RAK105", 12, 20)),
        ("            biaya: 5000\n", "", ("RAK205", 10, 13)),
        ("biaya: 5000", "biaya:", ("RAK205", 12, 19)),
        ("triwulan: [1]", "triwulan: [1, 5]", ("RAK112", 11, 27)),
        ("triwulan: [1]", "triwulan: [1, x]", ("RAK112", 11, 27)),
        ("triwulan: [1]", "triwulan: [1, 2, 1]", ("RAK131", 11, 30)),
        ("triwulan: [1]", "triwulan: [1, [2]]", ("RAK105", 11, 27)),
        ("triwulan: [1]", "triwulan: T5", ("RAK112", 11, 23)),
        ("triwulan: [1]", "triwulan: {1: 25}", ("RAK113", 11, 27)),
        ("triwulan: [1]", "triwulan: {5: √}", ("RAK112", 11, 24)),
        ("triwulan: [1]", "triwulan: {1: √, T1: √}", ("RAK102", 11, 30)),
        ("            triwulan: [1]\n", "", ("RAK204", 10, 13)),
        ("triwulan: [1]", "triwulan: []", ("RAK204", 11, 23)),
        ("          - uraian: Rapat\n            triwulan", "          - triwulan", ("RAK106", 10, 13)),
        ("  jabatan: Sekretaris\n", "  jabatan: Sekretaris\n  nik: 1\n", ("RAK101", 20, 3)),
        ("nip: 198205062010122002", "nip: 19820506201012200", ("RAK115", 21, 8)),
        ("nip: 198205062010122002", "nip: 1.98205E+17", ("RAK116", 21, 8)),
        ("nip: 198205062010122002", "nip: 198205062010202002", ("RAK117", 21, 8)),
    ],
)  # fmt: skip
def test_one_fault_is_one_finding_at_its_place(old: str, new: str, finding: tuple[str, int, int]) -> None:
    assert told(load(changed((old, new)))) == [finding]


def test_one_bad_cost_does_not_hide_the_next() -> None:
    loaded = load(changed(("biaya: 5000", "biaya: 10.26"), ("biaya: 6000", "biaya: banyak")))

    assert told(loaded) == [("RAK110", 12, 20), ("RAK110", 16, 20)]


def test_all_faults_of_a_plan_come_in_the_order_of_the_file() -> None:
    text = changed(
        ("tahun: 2026", "tahun: dua"),
        ("biaya: 5000", "biaya: x"),
        ("triwulan: [2]", "triwulan: [9]"),
        ("nama: MERY ANGGRAINY", "nma: MERY ANGGRAINY"),
    )

    assert [code for code, _, _ in told(load(text))] == ["RAK114", "RAK110", "RAK112", "RAK101"]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_a_character_that_no_cell_can_hold_is_told_with_its_path(character: str) -> None:
    root = encode(replace(right(TEXT), unit=f"KPU{character}Lahat"))
    found = decode(root, loading.layout_named("kpu").layout.form).findings  # type: ignore[union-attr]

    assert [(one.code, one.path, one.value) for one in found] == [
        ("RAK120", "unit", f"U+{ord(character):04X}")
    ]


@pytest.mark.parametrize(("filling", "length"), [("x", CELL_LIMIT + 1), ("😀", CELL_LIMIT // 2 + 1)])
def test_a_text_longer_than_a_cell_is_told(filling: str, length: int) -> None:
    loaded = load(changed(("uraian: Rapat", f"uraian: {filling * length}")))

    assert told(loaded) == [("RAK119", 10, 21)]


def test_a_text_as_long_as_a_cell_fits_its_field() -> None:
    assert "RAK119" not in [
        code for code, _, _ in told(load(changed(("uraian: Rapat", f"uraian: {'x' * CELL_LIMIT}"))))
    ]


def test_a_near_key_is_told_with_what_was_meant_and_nothing_else() -> None:
    loaded = load(changed(("unit: KPU", "unt: KPU")))

    assert [(one.code, one.suggestion) for one in loaded.findings] == [("RAK101", "unit")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("sasaran:\n", "sasaran: banyak\nx:\n", "RAK104"),
        ("        kegiatan:\n", "        kegiatan: Rapat\n        x:\n", "RAK104"),
        ("          - uraian: Rapat\n", "          - Rapat\n          - uraian: Rapat\n", "RAK103"),
        ("penandatangan:\n", "penandatangan: MERY\nx:\n", "RAK103"),
    ],
)
def test_a_part_of_another_shape_is_told(old: str, new: str, code: str) -> None:
    assert code in [code for code, _, _ in told(load(changed((old, new))))]


# --- texts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"  Rapat  "', "Rapat"),
        ('"Rapat\\n  koordinasi"', "Rapat\n  koordinasi"),
        ('"Rapat  koordinasi"', "Rapat  koordinasi"),
        ('"Rapat\\r\\nlagi"', "Rapat\nlagi"),
        ('"Rapat\\rlagi"', "Rapat\nlagi"),
        ("=1+1", "=1+1"),
        ("_x0041_", "_x0041_"),
        ('"\'Rapat"', "'Rapat"),
        ('"a\\u200bb\\u00a0c"', "a\u200bb\u00a0c"),
        ("😀 √", "😀 √"),
    ],
)
def test_a_text_keeps_its_characters_and_loses_only_outer_white_space(written: str, text: str) -> None:
    assert kegiatan(changed(("uraian: Rapat", f"uraian: {written}")))[0].uraian == text


# --- target and satuan -------------------------------------------------------------------------------------


def test_a_target_at_the_indikator_is_inherited_and_overridden() -> None:
    text = changed(("          - uraian: Jaringan", "          - uraian: Jaringan\n            target: 90"))

    assert [one.target for one in kegiatan(text)] == ["100", "90"]


def test_a_blank_target_at_the_kegiatan_inherits() -> None:
    text = changed(("          - uraian: Jaringan", "          - uraian: Jaringan\n            target:"))

    assert [one.target for one in kegiatan(text)] == ["100", "100"]


def test_a_satuan_is_inherited_and_overridden() -> None:
    text = changed(
        ("target: 100", "target: 100\n        satuan: Dokumen"),
        ("          - uraian: Jaringan", "          - uraian: Jaringan\n            satuan: Laporan"),
    )

    assert [one.satuan for one in kegiatan(text)] == ["Dokumen", "Laporan"]


def test_a_target_missing_everywhere_is_told_once_for_its_indikator() -> None:
    assert told(load(changed(("        target: 100\n", "")))) == [("RAK203", 7, 9)]


def test_a_target_of_the_wrong_shape_is_told_once_and_not_missed_again() -> None:
    assert told(load(changed(("target: 100", "target: [1]")))) == [("RAK105", 8, 17)]


# --- costs -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["nihil", "Nihil", '"-"', "NIHIL"])
def test_a_cost_of_nothing_is_nil_and_not_zero(written: str) -> None:
    assert kegiatan(changed(("biaya: 5000", f"biaya: {written}")))[0].biaya is None


def test_zero_is_an_amount_and_not_nil() -> None:
    assert kegiatan(changed(("biaya: 5000", "biaya: 0")))[0].biaya == 0


@pytest.mark.parametrize("written", ["bersama", "Bersama", "BERSAMA"])
def test_a_shared_cost_is_counted_once(written: str) -> None:
    plan = right(changed(("biaya: 6000", f"biaya: {written}")))

    assert [one.biaya for one in plan.kegiatan] == [5000, "bersama"]
    assert plan.jumlah_biaya == 5000


def test_a_shared_cost_below_nil_has_no_amount_above_it() -> None:
    text = changed(("biaya: 5000", "biaya: nihil"), ("biaya: 6000", "biaya: bersama"))

    assert told(load(text)) == [("RAK207", 16, 20)]


def test_a_shared_cost_may_run_over_several_kegiatan_and_indikator() -> None:
    more = (
        "      - uraian: Persentase lain\n        target: 1\n        kegiatan:\n          - uraian: C\n"
        "            triwulan: 1\n            biaya: bersama\n            pelaksana: S\npenandatangan:"
    )
    text = changed(("biaya: 6000", "biaya: bersama"), ("penandatangan:", more))

    assert [one.biaya for one in kegiatan(text)] == [5000, "bersama", "bersama"]


def test_a_shared_cost_does_not_reach_over_its_sasaran() -> None:
    more = (
        "  - uraian: Lain\n    indikator:\n      - uraian: Persentase lain\n        target: 1\n"
        "        kegiatan:\n          - uraian: C\n            triwulan: 1\n            biaya: bersama\n"
        "            pelaksana: S\npenandatangan:"
    )

    assert told(load(changed(("penandatangan:", more)))) == [("RAK207", 25, 20)]


def test_a_total_of_many_digits_is_an_exact_integer() -> None:
    most = "999.999.999.999.999"
    plan = right(changed(("biaya: 5000", f"biaya: {most}"), ("biaya: 6000", f"biaya: {most}")))

    assert plan.jumlah_biaya == 1_999_999_999_999_998


# --- bands -------------------------------------------------------------------------------------------------

TICKS: Final = Form("uji", frozenset({"kegiatan.uraian"}), (Band("triwulan", "tick"),))


def band_of(written: str, form: Form, key: str = "triwulan") -> tuple[tuple[Period, ...], list[str]]:
    """The periods of one band and the codes of what was found."""
    one = f"{{uraian: C, {key}: {written}}}"
    text = f"rak: 1\nsasaran: [{{uraian: A, indikator: [{{uraian: B, kegiatan: [{one}]}}]}}]"
    (root,) = yaml_text.read(text.encode()).roots
    made = decode(root, form)
    (row,) = made.plan.kegiatan
    return getattr(row, key), [finding.code for finding in made.findings]


@pytest.mark.parametrize(
    ("written", "periods"),
    [
        ("[1, 2, 3, 4]", (True, True, True, True)),
        ("[]", (False, False, False, False)),
        ("T1 T3", (True, False, True, False)),
        ("1-4", (True, True, True, True)),
        ("[1-2, 4]", (True, True, False, True)),
        ("semua", (True, True, True, True)),
        ("3", (False, False, True, False)),
        ("[T4, T1]", (True, False, False, True)),
        ("{1: √, 3: v}", (True, False, True, False)),
        ("{1: √, 2: -}", (True, False, False, False)),
        ("{T1: ya, T2: tidak, T3: '', T4: 0}", (True, False, False, False)),
    ],
)
def test_ticks_are_written_in_many_ways(written: str, periods: tuple[Period, ...]) -> None:
    assert band_of(written, TICKS) == (periods, [])


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("{1: 25, 2: 50}", ["RAK113", "RAK113"]),
        ("{1: √, 2: 50}", ["RAK113"]),
        ("{5: √}", ["RAK112"]),
        ("{1-2: √}", ["RAK112"]),
        ("[0]", ["RAK112"]),
        ("[1, 1]", ["RAK131"]),
        ("[1-3, 2]", ["RAK131"]),
        ("1 1", ["RAK131"]),
        ("{1: [√]}", ["RAK105"]),
        ("[{1: √}]", ["RAK105"]),
    ],
)
def test_a_band_of_ticks_tells_what_is_none(written: str, codes: list[str]) -> None:
    assert band_of(written, TICKS)[1] == codes


def form_of(key: str, kind: Any) -> Form:
    return Form("uji", frozenset({"kegiatan.uraian"}), (Band(key, kind),))


@pytest.mark.parametrize(
    ("key", "kind", "written", "periods"),
    [
        ("triwulan", "value", "{1: 25, 2: '50,5%'}", ("25", "50.5", False, False)),
        ("triwulan", "value", "{1: 1 Dokumen}", ("1 Dokumen", False, False, False)),
        ("triwulan", "value", "{1: 1, 2: 0}", ("1", "0", False, False)),
        ("triwulan", "value", "{1: √}", ("√", False, False, False)),
        ("semester", "tick", "[2]", (False, True)),
        ("semester", "value", "{1: 40, 2: 100}", ("40", "100")),
        ("bulan", "tick", "Jan-Mar", (*[True] * 3, *[False] * 9)),
        ("bulan", "value", "{Januari: 8, 12: '100%'}", ("8", *[False] * 10, "100")),
        ("anggaran_triwulan", "rupiah", "{1: 1.500.000, 2: 0}", ("1500000", "0", False, False)),
        ("anggaran_triwulan", "rupiah", "{1: Rp 5.000}", ("5000", False, False, False)),
        ("realisasi_triwulan", "value", "{4: 99}", (False, False, False, "99")),
    ],
)
def test_other_bands_hold_what_their_layout_says(
    key: str, kind: str, written: str, periods: tuple[Period, ...]
) -> None:
    assert band_of(written, form_of(key, kind), key) == (periods, [])


@pytest.mark.parametrize(
    ("key", "kind", "written", "codes"),
    [
        ("triwulan", "value", "[1, 2]", ["RAK129"]),
        ("triwulan", "value", "semua", ["RAK129"]),
        ("bulan", "tick", "13", ["RAK112"]),
        ("semester", "tick", "[3]", ["RAK112"]),
        ("anggaran_triwulan", "rupiah", "{1: '1,5'}", ["RAK110"]),
        ("anggaran_triwulan", "rupiah", "{1: √}", ["RAK110"]),
        ("anggaran_triwulan", "rupiah", "[1]", ["RAK129"]),
    ],
)
def test_money_and_values_never_become_a_tick(key: str, kind: str, written: str, codes: list[str]) -> None:
    assert band_of(written, form_of(key, kind), key)[1] == codes


def test_a_value_band_that_is_not_laid_out_is_decided_as_a_whole() -> None:
    """One row of ones beside a row of percentages holds values, not ticks."""
    text = changed(
        ("triwulan: [1]", "triwulan: [1]\n            semester: {1: 1, 2: 1}"),
        ("triwulan: [2]", "triwulan: [2]\n            semester: {1: 25, 2: 50}"),
    )

    assert [one.semester for one in load(text).plan.kegiatan] == [("1", "1"), ("25", "50")]


# --- JSON --------------------------------------------------------------------------------------------------


def test_the_json_of_a_plan_is_the_shape_that_scripts_rest_on() -> None:
    text = changed(("biaya: 6000", "biaya: nihil"), ("target: 100", "target: '89,5 %'"))
    shown = to_json((right(text),))

    assert json.dumps({**shown, "hash": "…"}) == json.dumps(
        {
            "version": 1,
            "hash": "…",
            "plans": [
                {
                    "judul": "RENCANA AKSI KINERJA",
                    "tahun": 2026,
                    "unit": "KPU Kabupaten Lahat",
                    "tata_letak": "kpu",
                    "pagu": None,
                    "jumlah_biaya": 5000,
                    "sasaran": [
                        {
                            "uraian": "Tersedianya data",
                            "indikator": [
                                {
                                    "uraian": "Persentase data yang tersedia",
                                    "kegiatan": [
                                        {
                                            "uraian": "Rapat",
                                            "target": "89.5",
                                            "triwulan": [True, False, False, False],
                                            "biaya": 5000,
                                            "pelaksana": "Sekretariat",
                                        },
                                        {
                                            "uraian": "Jaringan",
                                            "target": "89.5",
                                            "triwulan": [False, True, False, False],
                                            "biaya": None,
                                            "pelaksana": "Sekretariat",
                                        },
                                    ],
                                }
                            ],
                        }
                    ],
                    "penandatangan": [
                        {
                            "jabatan": "Sekretaris",
                            "nama": "MERY ANGGRAINY",
                            "nip": "198205062010122002",
                            "pangkat": None,
                            "tempat": None,
                            "tanggal": None,
                            "pengantar": None,
                        }
                    ],
                }
            ],
        }
    )


def test_a_shared_cost_and_values_stand_in_the_json_as_text() -> None:
    one = Kegiatan(
        None, "B", ("25", "50.5", False, False), "bersama", "S", satuan="%", kode="1.2", bulan=(True,) * 12
    )
    plan = replace(right(TEXT), sasaran=(Sasaran("A", (Indikator("B", (one,)),)),), pagu=7)
    shown = to_json((plan,))["plans"][0]

    assert shown["pagu"] == 7
    assert shown["sasaran"][0]["indikator"][0]["kegiatan"] == [
        {
            "uraian": None,
            "target": "B",
            "satuan": "%",
            "kode": "1.2",
            "triwulan": ["25", "50.5", False, False],
            "bulan": [True] * 12,
            "biaya": "bersama",
            "pelaksana": "S",
        }
    ]


def kinds(told: Any) -> set[type]:
    """The types of all values of a JSON document."""
    if isinstance(told, dict):
        return {kind for value in told.values() for kind in kinds(value)}
    if isinstance(told, list):
        return {kind for value in told for kind in kinds(value)}
    return {type(told)}


def test_no_number_of_a_plan_is_ever_a_float() -> None:
    text = changed(
        ("biaya: 5000", "biaya: 306.461"), ("target: 100", "target: '89,5'"), ("rak: 1", "rak: 1\npagu: 9")
    )

    assert kinds(to_json((right(text),))) == {int, str, bool, type(None)}


def test_a_commissioner_has_no_nip_in_the_json() -> None:
    plan = right(changed(("  nip: 198205062010122002\n", "")))

    assert to_json((plan,))["plans"][0]["penandatangan"][0]["nip"] is None


# --- the hash is of the meaning --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tahun: 2026", "tahun: '2026'"),
        ("unit: KPU Kabupaten Lahat", "unit: '  KPU Kabupaten Lahat '"),
        ("rak: 1\n", "# komentar\n"),
        ("rak: 1", "rak: 1\njudul: RENCANA AKSI KINERJA"),
        ("rak: 1", "rak: 1\nlembar: Sekretariat"),
        ("rak: 1", "rak: 1\nkertas: A4"),
        ("rak: 1", "rak: 1\ntata_letak: kpu"),
        ("target: 100", "target: 100%"),
        ("target: 100", "target: '100,0'"),
        ("triwulan: [1]", "triwulan: T1"),
        ("triwulan: [1]", "triwulan: {1: √}"),
        ("triwulan: [1]", "triwulan: {1: √, 2: '-', 3: '', 4: 0}"),
        ("biaya: 5000", "biaya: 5.000"),
        ("biaya: 5000", "biaya: Rp 5.000,-"),
        ("biaya: 5000", "biaya: 5.000,00"),
        ("nip: 198205062010122002", "nip: 19820506 201012 2 002"),
        ("nip: 198205062010122002", "nip: NIP. 198205062010122002"),
        ("penandatangan:\n  jabatan", "penandatangan:\n- jabatan"),
    ],
)
def test_another_spelling_of_the_same_meaning_has_the_same_hash(old: str, new: str) -> None:
    assert hash_of(changed((old, new))) == hash_of(TEXT)


def test_a_target_given_at_each_kegiatan_has_the_hash_of_one_at_the_indikator() -> None:
    text = changed(
        ("        target: 100\n", ""),
        ("          - uraian: Rapat", "          - uraian: Rapat\n            target: 100"),
        ("          - uraian: Jaringan", "          - uraian: Jaringan\n            target: 100"),
    )

    assert hash_of(text) == hash_of(TEXT)


def test_flow_style_other_line_ends_and_encodings_have_the_same_hash() -> None:
    written = [TEXT.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + TEXT.encode(), TEXT.encode("utf-16")]
    hashes = {content_hash(loading.load_bytes(data, "plan.yaml").plans) for data in written}

    assert hashes == {hash_of(TEXT)}


CSV: Final = """\
rak,1
tahun,2026
unit,KPU Kabupaten Lahat
penandatangan.jabatan,Sekretaris
penandatangan.nama,MERY ANGGRAINY
penandatangan.nip,198205062010122002

no,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana
1,Tersedianya data,Persentase data yang tersedia,100,Rapat,v,,,,5000,Sekretariat
,,,,Jaringan,,√,-,,6.000,Sekretariat
"""


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_same_plan_as_csv_has_the_same_hash(separator: str) -> None:
    loaded = loading.load_bytes(CSV.replace(",", separator).encode("utf-8-sig"), "plan.csv")

    assert loaded.findings == ()
    assert content_hash(loaded.plans) == hash_of(TEXT)


def test_the_same_plan_on_another_layout_has_the_same_hash(tmp_path: Path) -> None:
    layout = tmp_path / "lain.yaml"
    text = (
        api.layout_text("kpu")
        .replace("layout: kpu", "layout: lain")
        .replace("heading: No.", "heading: Nomor")
    )
    layout.write_text(text)

    assert hash_of(TEXT, str(layout)) == hash_of(TEXT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tahun: 2026", "tahun: 2027"),
        ("unit: KPU Kabupaten Lahat", "unit: KPU Kab. Lahat"),
        ("rak: 1", "rak: 1\njudul: PERUBAHAN RENCANA AKSI KINERJA"),
        ("rak: 1", "rak: 1\npagu: 11000"),
        ("uraian: Rapat", "uraian: rapat"),
        ("uraian: Rapat", 'uraian: "Rapat\\nkoordinasi"'),
        ("target: 100", "target: 99"),
        ("target: 100", "target: 100\n        satuan: Dokumen"),
        ("triwulan: [1]", "triwulan: [1, 2]"),
        ("biaya: 5000", "biaya: 5001"),
        ("biaya: 5000", "biaya: nihil"),
        ("biaya: 5000", "biaya: 0"),
        ("biaya: 6000", "biaya: bersama"),
        ("nama: MERY ANGGRAINY", "nama: MERY ANGGRAINI"),
        ("nip: 198205062010122002", "nip: 198205062010122003"),
        ("  jabatan: Sekretaris\n", "  jabatan: Sekretaris\n  pangkat: Pembina\n"),
        ("  jabatan: Sekretaris\n", "  jabatan: Sekretaris\n  tempat: Lahat\n"),
    ],
)
def test_another_meaning_has_another_hash(old: str, new: str) -> None:
    assert hash_of(changed((old, new))) != hash_of(TEXT)


def test_nil_zero_and_shared_have_three_hashes() -> None:
    written = ("nihil", "0", "bersama", "6000")

    assert len({hash_of(changed(("biaya: 6000", f"biaya: {one}"))) for one in written}) == len(written)


def test_the_order_of_two_plans_is_meaning() -> None:
    one, other = right(TEXT), replace(right(TEXT), tahun=2027)

    assert content_hash((one, other)) != content_hash((other, one))


# --- there and back ----------------------------------------------------------------------------------------

LETTERS: Final = "".join(
    sorted({*string.ascii_letters, *string.digits, *" .,;:-_/()'\"&%#@!?*=+[]{}|<>~`\\√é\n\u00a0\u200b😀"})
)
texts = st.text(LETTERS, min_size=1, max_size=20).map(str.strip).filter(bool)
words = (
    st.sampled_from(["Rapat", "Jaringan", "Kajian/Analisa", "=1+1", "- butir", "a: b", "NO", "0123", "{x}"])
    | texts
)
targets = st.sampled_from(["100", "90", "89.5", "B", "WTP", "2 Lap", "0", "1.500"])
biaya: Final[st.SearchStrategy[Biaya]] = st.one_of(
    st.none(), st.integers(0, 10**15 - 1), st.sampled_from(["bersama", ""])
)
money: Final[st.SearchStrategy[Period]] = st.sampled_from(["1500000", "0", False])
ticks = st.lists(st.booleans(), min_size=4, max_size=4).map(tuple)
values = st.sampled_from(["25", "50.5", "1 Dokumen", "0"]) | st.just(False)


def kegiatan_of(draw: st.DrawFn) -> Kegiatan:
    return Kegiatan(
        draw(words),
        draw(targets | st.just("")),
        draw(ticks),
        draw(biaya),
        draw(words | st.just("")),
        satuan=draw(st.sampled_from(["", "", "Dokumen", "%"])),
        kode=draw(st.sampled_from(["", "", "1.2.3", "0123"])),
        program=draw(st.sampled_from(["", "", "Program A"])),
        sub_kegiatan=draw(st.sampled_from(["", "", "Sub B"])),
        anggaran_triwulan=draw(st.just(()) | st.tuples(money, money, money, money)),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans that fit a form of their own: ticks by quarter, and money by quarter beside it."""
    made = []
    for _ in range(draw(st.integers(0, 3))):
        indikator = []
        for _ in range(draw(st.integers(0, 2))):
            rows = tuple(kegiatan_of(draw) for _ in range(draw(st.integers(0, 3))))
            indikator.append(Indikator(draw(words | st.just("")), rows))
        made.append(Sasaran(draw(words | st.just("")), tuple(indikator)))
    signatories = tuple(
        Penandatangan(
            draw(words),
            draw(words),
            draw(st.sampled_from(["", "198205062010122002"])),
            draw(words | st.just("")),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    return Plan(
        tahun=draw(st.integers(2000, 2099)),
        unit=draw(words | st.just("")),
        sasaran=tuple(made),
        penandatangan=signatories,
        judul=draw(st.sampled_from(["RENCANA AKSI KINERJA", "PERUBAHAN RAK"])),
        pagu=draw(st.none() | st.integers(0, 10**15 - 1)),
        lembar=draw(st.sampled_from(["", "Sekretariat"])),
        kertas=draw(st.sampled_from(["", "F4", "A4"])),
    )


WIDE: Final = Form(
    "uji",
    frozenset({"kegiatan.uraian", "kegiatan.target", "kegiatan.biaya"}),
    (Band("triwulan", "tick"), Band("anggaran_triwulan", "rupiah")),
    signatories=3,
)


@given(plans())
def test_a_plan_made_nodes_and_read_again_is_the_same(plan: Plan) -> None:
    assert decode(encode(plan), WIDE).plan == plan


@given(plans())
def test_a_plan_written_as_yaml_and_read_again_is_the_same(plan: Plan) -> None:
    (root,) = yaml_text.read(yaml_text.write((encode(plan),)).encode()).roots

    assert decode(root, WIDE).plan == plan


@given(st.sampled_from(sorted(BANDS)), st.data())
def test_every_band_of_values_is_read_back(key: str, data: st.DataObject) -> None:
    """A value such as 1 or 0 must not come back as a tick."""
    periods = tuple(data.draw(st.lists(values, min_size=BANDS[key], max_size=BANDS[key])))
    one = Kegiatan("A", **{key: periods})  # type: ignore[arg-type]  # every band is such a tuple
    plan = Plan(2026, "KPU", (Sasaran("A", (Indikator("B", (one,)),)),), ())

    assert decode(encode(plan), form_of(key, "value")).plan == plan


def test_an_indikator_without_a_kegiatan_column_has_one_kegiatan_without_text() -> None:
    form = Form(
        "uji",
        frozenset({"sasaran.uraian", "indikator.uraian", "kegiatan.target"}),
        (Band("triwulan", "value"),),
    )
    text = (
        "rak: 1\nsasaran: [{uraian: A, indikator: [{uraian: B, target: 5, kegiatan: [{triwulan: {1: 5}}]}]}]"
    )
    (root,) = yaml_text.read(text.encode()).roots
    (one,) = decode(root, form).plan.kegiatan

    assert (one.uraian, one.target, one.triwulan) == (None, "5", ("5", False, False, False))


def test_a_plan_written_as_csv_has_the_same_hash(tmp_path: Path) -> None:
    plan = right(TEXT)
    api.save(plan, tmp_path / "plan.csv")

    assert content_hash(loading.load(tmp_path / "plan.csv").plans) == content_hash((plan,))
    assert csv_text.read((tmp_path / "plan.csv").read_bytes()).findings == ()


# --- small words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("sasaran[0].uraian", "uraian sasaran"),
        ("sasaran[0].indikator[0].uraian", "uraian indikator"),
        ("sasaran[1].indikator[2].kegiatan[3].uraian", "uraian kegiatan"),
        ("sasaran[1].indikator[2].kegiatan[3].biaya", "biaya"),
        ("penandatangan[0].nip", "NIP"),
    ],
)
def test_a_path_has_a_name_in_messages(path: str, words: str) -> None:
    assert label(path).id == words


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("sasran", ["sasaran", "unit"], "sasaran"),
        ("Unit", ["unit"], "unit"),
        ("tata letak", ["tata_letak"], "tata_letak"),
        ("warna", ["unit", "tahun"], None),
    ],
)
def test_a_near_word_is_found(written: str, known: list[str], meant: str | None) -> None:
    assert near(written, known) == meant


@pytest.mark.parametrize("name", ["RAK 2024", "x" * 31, "Sekretariat & Ketua", "é", "a'b"])
def test_a_name_that_excel_takes_is_right(name: str) -> None:
    assert sheet_name_fault(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "x" * 32,
        "a/b",
        "a\\b",
        "a?b",
        "a*b",
        "[a]",
        "a:b",
        "'a",
        "a'",
        "History",
        "_rak",
        "_RAK",
        "a\nb",
        "😀" * 16,
    ],
)
def test_a_name_that_excel_refuses_is_told(name: str) -> None:
    assert sheet_name_fault(name) is not None


def test_the_same_wrong_tick_is_told_in_every_row_that_has_it() -> None:
    wrong = TEXT.replace("triwulan: [1]", "triwulan: {1: 25}").replace("triwulan: [2]", "triwulan: {1: 25}")
    loaded = loading.load_bytes(wrong.encode(), "plan.yaml")

    assert told(loaded) == [("RAK113", 11, 27), ("RAK113", 15, 27)]


def test_rows_with_the_same_ticks_are_decoded_alike() -> None:
    same = TEXT.replace("triwulan: [1]", "triwulan: {2: √}").replace("triwulan: [2]", "triwulan: {2: √}")
    rows = loading.load_bytes(same.encode(), "plan.yaml").plan.kegiatan

    assert [row.triwulan for row in rows] == [(False, True, False, False)] * 2

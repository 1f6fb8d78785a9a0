"""What changed in a plan is written into its author's CSV, and every other byte stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rak_excel.files import csv_text
from rak_excel.files.csv_patch import patch
from rak_excel.plan.canonical import from_json, to_json
from rak_excel.plan.codec import decode
from rak_excel.plan.merge import merge
from rak_excel.plan.model import Band, Form, Plan

if TYPE_CHECKING:
    from collections.abc import Callable

FORM = Form("kpu", frozenset({"kegiatan.uraian", "kegiatan.biaya"}), ())
KEYS = """\
rak,1
tahun,2026
unit,"Sekretariat KPU"
penandatangan.jabatan,Ketua
penandatangan.nama,SARJANI

"""
ROWS = """\
no,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana,catatan
1,Satu,Persen,100,Rapat,v,,,,Rp 5.000.000,"Divisi Data",a
,,,,Bimtek,,v,,,bersama,Divisi,b
,,Jumlah,2 Lap,Jaringan,,,v,,nihil,Divisi,"c, d"
2,Dua,Indeks,B,Lain,v,v,v,v,7.000,Divisi,e
"""
TEXT = KEYS + ROWS


def plan_of(data: bytes) -> Plan:
    (root,) = csv_text.read(data).roots
    return decode(root, FORM).plan


def patched(data: bytes, edit: Callable[[Any], object]) -> bytes:
    """The file after somebody edited its plan, told as the JSON that scripts read."""
    ours = plan_of(data)
    told = to_json((ours,))
    edit(told["plans"][0])
    theirs = replace(from_json(told)[0], tata_letak=ours.tata_letak)
    merged = merge(ours, ours, theirs)
    after = patch(data, ours, merged.plan, merged.sources)
    assert plan_of(after) == merged.plan
    return after


def edited(text: str, edit: Callable[[Any], object]) -> str:
    return patched(text.encode(), edit).decode()


def rows(plan: Any, goal: int = 0, indikator: int = 0) -> Any:
    return plan["sasaran"][goal]["indikator"][indikator]["kegiatan"]


# --- cells ---------------------------------------------------------------------------------------------


def test_nothing_changed_is_the_same_file() -> None:
    assert edited(TEXT, lambda plan: plan) == TEXT


def test_a_changed_cell_is_written_as_it_was_and_as_the_others_are() -> None:
    def edit(plan: Any) -> None:
        rows(plan)[0].update(biaya=6000000, pelaksana="Divisi Hukum", triwulan=[False, True, False, False])
        rows(plan, 0, 1)[0].update(uraian="Jaringan; baru, lagi")
        rows(plan, 1)[0].update(biaya=None)

    assert edited(TEXT, edit) == TEXT.replace(
        '1,Satu,Persen,100,Rapat,v,,,,Rp 5.000.000,"Divisi Data",a',
        '1,Satu,Persen,100,Rapat,,v,,,Rp 6.000.000,"Divisi Hukum",a',
    ).replace(",Jaringan,", ',"Jaringan; baru, lagi",').replace("7.000", "nihil")


def test_a_text_that_rows_below_repeat_is_changed_where_it_stands() -> None:
    def edit(plan: Any) -> None:
        plan["sasaran"][0]["uraian"] = "Satu sekali"
        plan["sasaran"][0]["indikator"][1]["uraian"] = "Jumlah laporan"

    assert edited(TEXT, edit) == TEXT.replace("1,Satu,", "1,Satu sekali,").replace(
        "Jumlah,", "Jumlah laporan,"
    )


def test_a_target_is_written_again_where_a_blank_would_repeat_another_one() -> None:
    after = edited(TEXT, lambda plan: rows(plan)[0].update(target="90"))

    assert after == TEXT.replace("100,Rapat", "90,Rapat").replace(",,,,Bimtek", ",,,100,Bimtek")


def test_a_field_without_a_column_gets_one_behind_all_others() -> None:
    after = edited(TEXT, lambda plan: rows(plan, 1)[0].update(satuan="Dokumen"))

    assert after == TEXT.replace("pelaksana,catatan\n", "pelaksana,catatan,satuan\n").replace(
        "Divisi,e\n", "Divisi,e,Dokumen\n"
    )


def test_values_of_periods_are_written_as_amounts_where_they_are_amounts() -> None:
    told = {"anggaran_triwulan": ["7500", False, False, False]}
    text = TEXT.replace("catatan\n", "anggaran t1\n").replace(",a\n", ",2.500\n").replace(",b\n", ",1.500\n")
    money = Form("kpu", FORM.fields, (Band("anggaran_triwulan", "rupiah"),))
    text = text.replace(',"c, d"', ",").replace(",e\n", ",\n")
    (root,) = csv_text.read(text.encode()).roots
    ours = decode(root, money).plan
    shape = to_json((ours,))
    rows(shape["plans"][0])[0].update(told)
    merged = merge(ours, ours, replace(from_json(shape)[0], tata_letak=""))

    after = patch(text.encode(), ours, merged.plan, merged.sources)

    assert after.decode() == text.replace(",2.500\n", ",7.500\n")


# --- rows ----------------------------------------------------------------------------------------------


def test_a_row_moves_with_its_note_and_leaves_what_it_told_to_the_next() -> None:
    after = edited(
        TEXT, lambda plan: rows(plan, 1).append(rows(plan).pop(0)) or rows(plan)[0].update(biaya=5)
    )

    assert after == KEYS + (
        "no,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana,catatan\n"
        "1,Satu,Persen,100,Bimtek,,v,,,Rp 5,Divisi,b\n"
        ',,Jumlah,2 Lap,Jaringan,,,v,,nihil,Divisi,"c, d"\n'
        "2,Dua,Indeks,B,Lain,v,v,v,v,7.000,Divisi,e\n"
        ',,,100,Rapat,v,,,,Rp 5.000.000,"Divisi Data",a\n'
    )


def test_a_new_row_has_a_blank_cell_in_an_unknown_column() -> None:
    new = {
        "uraian": "Baru",
        "target": "100",
        "triwulan": [False, False, False, True],
        "biaya": 12000,
        "pelaksana": "X",
    }

    after = edited(TEXT, lambda plan: rows(plan).insert(0, new))

    assert after == TEXT.replace(
        "1,Satu,Persen,100,Rapat", "1,Satu,Persen,100,Baru,,,,v,Rp 12.000,X,\n,,,,Rapat"
    )


def test_goals_that_change_places_get_their_new_numbers_and_keep_the_rest() -> None:
    head, one, two, three, four = ROWS.splitlines(keepends=True)

    after = edited(TEXT, lambda plan: plan["sasaran"].reverse())

    assert after == KEYS + head + four.replace("2,", "1,", 1) + one.replace("1,", "2,", 1) + two + three


def test_numbers_that_are_no_sequence_stay() -> None:
    text = TEXT.replace("\n2,Dua", "\n7,Dua")
    new = {"uraian": "Tiga", "indikator": [{"uraian": "Baru", "kegiatan": []}]}

    after = edited(text, lambda plan: plan["sasaran"].insert(1, new))

    assert after == text.replace("7,Dua", "8,Tiga,Baru,,,,,,,,,\n7,Dua")


def test_a_deleted_goal_takes_its_rows_and_its_blank_line_but_not_the_total() -> None:
    text = TEXT.replace("\n2,Dua", "\n\n2,Dua") + ",JUMLAH,,,,,,,,5.007.000,,\n"

    after = edited(text, lambda plan: plan["sasaran"].pop())

    assert after == TEXT.partition("2,Dua")[0] + ",JUMLAH,,,,,,,,5.007.000,,\n"


def test_rows_of_their_own_for_goal_and_indikator_stay_above_their_kegiatan() -> None:
    text = (
        KEYS + "no,sasaran,indikator,target,kegiatan,biaya\n1,Satu\n,,Persen,100\n,,,,Rapat,5\n,,,,Bimtek,6\n"
    )

    after = edited(text, lambda plan: (rows(plan).reverse(), plan["sasaran"][0].update(uraian="Baru")))

    assert after == (
        KEYS + "no,sasaran,indikator,target,kegiatan,biaya\n1,Baru\n,,Persen,100\n,,,,Bimtek,6\n,,,,Rapat,5\n"
    )


def test_a_row_that_only_named_its_indikator_takes_the_first_kegiatan_in() -> None:
    text = KEYS + "no,sasaran,indikator,target,kegiatan,biaya,catatan\n1,Satu,Persen,,,,x\n"
    new = {"uraian": "Rapat", "target": "100", "triwulan": [], "biaya": 5000, "pelaksana": ""}

    after = edited(text, lambda plan: plan["sasaran"][0]["indikator"][0].update(kegiatan=[new]))

    assert after == text.replace("1,Satu,Persen,,,,x", "1,Satu,Persen,100,Rapat,5.000,x")


def test_a_file_without_a_table_gets_one() -> None:
    new = {"uraian": "Satu", "indikator": []}

    after = edited(KEYS, lambda plan: plan["sasaran"].append(new))

    assert after == KEYS + (
        "\nno,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana\n1,Satu,,,,,,,,,\n"
    )


# --- key lines -----------------------------------------------------------------------------------------


def test_key_lines_change_in_place_and_new_ones_come_behind_the_last() -> None:
    text = TEXT.replace("rak,1\n", "rak,1\nLokasi Kerja,Lahat\n").replace("tahun,", "Tahun Anggaran: , ")

    after = edited(text, lambda plan: plan.update(tahun=2027, pagu=5000, unit="Sekretariat KPU, Lahat"))

    assert after == text.replace(" 2026", "2027").replace(
        '"Sekretariat KPU"', '"Sekretariat KPU, Lahat"'
    ).replace("SARJANI\n", "SARJANI\npagu,5.000\n")


def test_a_blanked_key_keeps_its_line() -> None:
    text = TEXT.replace("unit,", "pagu,Rp 5.000\nunit,")

    assert edited(text, lambda plan: plan.update(pagu=None)) == text.replace("pagu,Rp 5.000", "pagu,")


def test_signatories_come_go_and_change_places() -> None:
    new = {
        "jabatan": "Sekretaris",
        "nama": "MERY",
        "nip": "",
        "pangkat": "",
        "tempat": "",
        "tanggal": "",
        "pengantar": "",
    }
    two = TEXT.replace(
        "SARJANI\n", "SARJANI\npenandatangan.2.jabatan,Sekretaris\npenandatangan.2.nama,MERY\n"
    )

    assert edited(TEXT, lambda plan: plan["penandatangan"].append(new)) == two
    assert edited(two, lambda plan: plan["penandatangan"].pop(1)) == TEXT
    assert edited(two, lambda plan: plan["penandatangan"].reverse()) == two.replace(
        "penandatangan.2.", "penandatangan.1."
    ).replace("penandatangan.jabatan", "penandatangan.2.jabatan").replace(
        "penandatangan.nama", "penandatangan.2.nama"
    )


# --- files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encoding_line_ends_and_separator_stay(encoding: str, newline: str, separator: str) -> None:
    text = "sep=,\n" + TEXT.replace("Dua", "“Dua”").replace('"c, d"', "c").removesuffix("\n")
    text = text.replace(",", separator).replace("\n", newline)
    data = text.encode(encoding)

    after = patched(data, lambda plan: rows(plan, 1)[0].update(biaya=8000))

    assert after == text.replace("7.000", "8.000").encode(encoding)


def test_a_text_that_the_encoding_cannot_hold_makes_the_file_utf_8() -> None:
    data = TEXT.replace("Dua", "Duà").encode("cp1252")

    after = patched(data, lambda plan: rows(plan)[0].update(uraian="Rapat √"))

    assert after.decode("utf-8-sig") == TEXT.replace("Dua", "Duà").replace("Rapat", "Rapat √")

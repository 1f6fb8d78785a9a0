"""Differences are told part by part, in the words of the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rak_excel.plan.diff import Change, apply, diff, excerpts, field_words, short, tell
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran

TICKS = (True, False, False, False)


def row(text: str, biaya: Any = 100, **fields: Any) -> Kegiatan:
    return Kegiatan(text, "100", TICKS, biaya, "Sub Bagian Umum", **fields)


def indikator(text: str, *rows: Kegiatan) -> Indikator:
    return Indikator(text, rows)


BASE = Plan(
    2024,
    "Sekretariat",
    (
        Sasaran(
            "Perencanaan",
            (
                indikator("Persentase", row("Rapat"), row("Bimtek", 200), row("Lapor", "bersama")),
                indikator("Jumlah", row("Supervisi")),
            ),
        ),
        Sasaran("Pelayanan", (indikator("Nilai", row("Survei")),)),
    ),
    (Penandatangan("Sekretaris", "Mery"),),
)


def edited(*rows: Kegiatan) -> Plan:
    """The base with other rows under its first indikator."""
    goal = BASE.sasaran[0]
    first = replace(goal.indikator[0], kegiatan=rows)
    return replace(BASE, sasaran=(replace(goal, indikator=(first, goal.indikator[1])), BASE.sasaran[1]))


ROWS = BASE.sasaran[0].indikator[0].kegiatan
K = "sasaran[0].indikator[0].kegiatan[{}]"


def told(after: Plan, before: Plan = BASE) -> list[str]:
    assert apply(diff(before, after), before) == after
    return [tell(change, before, after).id for change in diff(before, after)]


def test_a_changed_field_is_told_with_both_values() -> None:
    after = edited(ROWS[0], replace(ROWS[1], biaya=None), ROWS[2])

    assert diff(BASE, after) == (Change("changed", "kegiatan", K.format(1), K.format(1), "biaya", 200, None),)
    assert told(after) == ["kegiatan 1.1.2 “Bimtek”: biaya 200 → nihil"]


def test_each_period_is_a_field() -> None:
    after = edited(replace(ROWS[0], triwulan=(False, False, True, False)), *ROWS[1:])

    assert [change.field for change in diff(BASE, after)] == ["triwulan[0]", "triwulan[2]"]
    assert told(after) == [
        "kegiatan 1.1.1 “Rapat”: triwulan 1 √ → -",
        "kegiatan 1.1.1 “Rapat”: triwulan 3 - → √",
    ]


def test_a_band_that_comes_or_goes_is_one_change() -> None:
    after = edited(replace(ROWS[0], triwulan=(), bulan=(True, *[False] * 11)), *ROWS[1:])

    assert [change.field for change in diff(BASE, after)] == ["triwulan", "bulan"]
    assert told(after) == [
        "kegiatan 1.1.1 “Rapat”: triwulan 1 → (kosong)",
        "kegiatan 1.1.1 “Rapat”: bulan (kosong) → 1",
    ]


def test_values_in_a_band_are_told_with_their_periods() -> None:
    after = edited(replace(ROWS[0], anggaran_triwulan=("25", False, "50", False)), *ROWS[1:])

    assert told(after) == ["kegiatan 1.1.1 “Rapat”: anggaran triwulan (kosong) → 1: 25, 3: 50"]


def test_an_added_row_moves_nobody() -> None:
    after = edited(row("Pengadaan", 9), *ROWS)

    assert diff(BASE, after) == (Change("added", "kegiatan", "", K.format(0), "", None, row("Pengadaan", 9)),)
    assert told(after) == ["kegiatan 1.1.1 “Pengadaan” ditambahkan"]


def test_a_removed_row_is_told_where_it_stood() -> None:
    assert told(edited(ROWS[0], ROWS[2])) == ["kegiatan 1.1.2 “Bimtek” dihapus"]


def test_a_removed_goal_is_told_with_all_that_goes_with_it() -> None:
    after = replace(BASE, sasaran=BASE.sasaran[:1])

    assert told(after) == [
        "sasaran 2 “Pelayanan” dihapus",
        "indikator 2.1 “Nilai” dihapus",
        "kegiatan 2.1.1 “Survei” dihapus",
    ]


def test_an_added_goal_is_told_with_all_that_came_with_it() -> None:
    after = replace(BASE, sasaran=(Sasaran("Baru", (indikator("Angka", row("Uji", 7)),)), *BASE.sasaran))

    assert told(after) == [
        "sasaran 1 “Baru” ditambahkan",
        "indikator 1.1 “Angka” ditambahkan",
        "kegiatan 1.1.1 “Uji” ditambahkan",
    ]


def test_the_one_row_that_changed_places_has_moved() -> None:
    assert told(edited(ROWS[2], ROWS[0], ROWS[1])) == ["kegiatan 1.1.1 “Lapor” dipindah dari 1.1.3"]


def test_of_rows_that_changed_places_those_that_kept_their_number_have_not_moved() -> None:
    """A receipt that says a row moved to where it was would puzzle everybody."""
    assert told(edited(ROWS[2], ROWS[1], ROWS[0])) == [
        "kegiatan 1.1.1 “Lapor” dipindah dari 1.1.3",
        "kegiatan 1.1.3 “Rapat” dipindah dari 1.1.1",
    ]


def test_a_row_under_another_parent_has_moved_and_may_have_changed_too() -> None:
    goal = BASE.sasaran[0]
    moved = replace(ROWS[0], target="90")
    after = replace(
        BASE,
        sasaran=(
            Sasaran(
                goal.uraian,
                (indikator("Persentase", *ROWS[1:]), indikator("Jumlah", row("Supervisi"), moved)),
            ),
            BASE.sasaran[1],
        ),
    )

    assert told(after) == [
        "kegiatan 1.2.2 “Rapat” dipindah dari 1.1.1",
        "kegiatan 1.2.2 “Rapat”: target “100” → “90”",
    ]


def test_a_row_may_leave_an_indikator_that_goes() -> None:
    goal = BASE.sasaran[0]
    after = replace(
        BASE,
        sasaran=(Sasaran(goal.uraian, (indikator("Persentase", *ROWS, row("Supervisi")),)), BASE.sasaran[1]),
    )

    assert told(after) == [
        "kegiatan 1.1.4 “Supervisi” dipindah dari 1.2.1",
        "indikator 1.2 “Jumlah” dihapus",
    ]


def test_the_plans_own_fields_and_signatories_are_told() -> None:
    after = replace(BASE, tahun=2025, pagu=5000, penandatangan=(Penandatangan("Sekretaris", "Merry", "19"),))

    assert told(after) == [
        "tahun: 2024 → 2025",
        "pagu: (kosong) → 5.000",
        "penandatangan 1 “Sekretaris”: nama “Mery” → “Merry”",
        "penandatangan 1 “Sekretaris”: NIP (kosong) → “19”",
    ]


def test_both_languages_are_spoken() -> None:
    after = replace(edited(ROWS[1], row("Uji", 9)), unit="Kantor")

    assert [tell(change, BASE, after).en for change in diff(BASE, after)] == [
        "the unit: “Sekretariat” → “Kantor”",
        "activity 1.1.2 “Uji” added",
        "activity 1.1.1 “Rapat” removed",
        "activity 1.1.3 “Lapor” removed",
    ]


def test_a_shared_cost_is_told_as_such() -> None:
    assert told(edited(*ROWS[:2], replace(ROWS[2], biaya=50))) == [
        "kegiatan 1.1.3 “Lapor”: biaya bersama → 50"
    ]


def test_a_change_of_spaces_alone_is_told_as_such() -> None:
    assert told(edited(replace(ROWS[0], pelaksana="Sub  Bagian\nUmum"), *ROWS[1:])) == [
        "kegiatan 1.1.1 “Rapat”: pelaksana “Sub Bagian Umum” → hanya spasi atau ganti baris"
    ]


def test_long_texts_are_cut_to_where_they_differ() -> None:
    old = "Penyusunan laporan kinerja bulanan, triwulanan dan tahunan seluruh satuan kerja di provinsi"
    new = old.replace("tahunan", "semesteran")

    one, other = excerpts(old, new)

    assert "dan tahunan seluruh" in one
    assert "dan semesteran seluruh" in other
    assert max(len(one), len(other)) < 70


def test_a_form_without_kegiatan_names_its_rows_by_their_indikator() -> None:
    before = Plan(2024, "U", (Sasaran("S", (indikator("Nilai SAKIP", Kegiatan(None, "B")),)),), ())
    after = Plan(2024, "U", (Sasaran("S", (indikator("Nilai SAKIP", Kegiatan(None, "BB")),)),), ())

    assert told(after, before) == ["kegiatan 1.1.1 “Nilai SAKIP”: target “B” → “BB”"]


def test_a_change_that_only_dresses_is_told_too() -> None:
    assert told(replace(BASE, kertas="A4")) == ["kertas: (kosong) → “A4”"]


def test_hints_tell_which_of_equal_rows_changed() -> None:
    before = edited(row("Rapat", 1), row("Rapat", 2))
    after = edited(row("Rapat", 5), row("Rapat", 6))

    changes = diff(before, after, {K.format(0): K.format(1), K.format(1): K.format(0)})

    assert [(one.kind, one.old, one.new) for one in changes] == [
        ("moved", "Rapat", "Rapat"),
        ("changed", 2, 5),
        ("changed", 1, 6),
    ]
    assert apply(changes, before) == after


@pytest.mark.parametrize("text", ["", "Rapat", "x" * 200, "kata " * 40])
def test_a_name_stays_short(text: str) -> None:
    assert len(short(text)) <= 62


def test_every_field_has_a_name() -> None:
    for field in ("uraian", "biaya", "bulan[11]", "realisasi_triwulan[0]", "kode", "program", "sub_kegiatan"):
        assert field_words("kegiatan", field).en


def test_equal_plans_have_no_difference_whatever_the_hints_say() -> None:
    first, second = "sasaran[0].indikator[0].kegiatan[0]", "sasaran[0].indikator[0].kegiatan[1]"
    twins = replace(BASE, sasaran=(Sasaran("Satu", (indikator("Nilai", row("Rapat"), row("Rapat")),)),))

    assert diff(twins, twins, {first: second, second: first}) == ()

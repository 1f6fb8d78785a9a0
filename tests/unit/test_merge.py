"""Base, ours and theirs become one plan, or conflicts that show both sides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rak_excel.plan.conflict import Conflict, findings, tell
from rak_excel.plan.merge import Merged, merge
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran

TICKS = (True, False, False, False)
K = "sasaran[0].indikator[0].kegiatan[{}]"


def row(text: str | None, biaya: Any = 100, pelaksana: str = "Umum", **fields: Any) -> Kegiatan:
    return Kegiatan(
        **{
            "uraian": text,
            "target": "100",
            "triwulan": TICKS,
            "biaya": biaya,
            "pelaksana": pelaksana,
            **fields,
        }
    )


def plan(*indikator: tuple[Kegiatan, ...], **own: Any) -> Plan:
    """A plan of one goal; indikator are named A, B, C."""
    named = tuple(Indikator(f"Indikator {'ABCDE'[n]}", rows) for n, rows in enumerate(indikator))
    return Plan(2024, "Sekretariat", (Sasaran("Perencanaan", named),), (), **own)


def rows(merged: Merged, indikator: int = 0) -> tuple[Kegiatan, ...]:
    return merged.plan.sasaran[0].indikator[indikator].kegiatan


def texts(merged: Merged, indikator: int = 0) -> list[str | None]:
    return [one.uraian for one in rows(merged, indikator)]


def only(merged: Merged) -> Conflict:
    assert len(merged.conflicts) == 1, merged.conflicts
    return merged.conflicts[0]


def said(conflict: Conflict) -> str:
    """The sentence of a conflict; it is the same for both sides."""
    sentences = {one.finding.message() for one in findings(conflict)}
    assert len(sentences) == 1
    return sentences.pop()


RAPAT, BIMTEK, LAPOR = row("Rapat", 1), row("Bimtek", 2), row("Lapor", 3)
BASE = plan((RAPAT, BIMTEK, LAPOR))


# --- taking --------------------------------------------------------------------------------------------


def test_edits_of_different_fields_of_one_row_are_both_taken() -> None:
    ours, theirs = replace(RAPAT, biaya=9), replace(RAPAT, pelaksana="Hukum", triwulan=(True,) * 4)

    merged = merge(BASE, plan((ours, BIMTEK, LAPOR)), plan((theirs, BIMTEK, LAPOR)))

    assert rows(merged)[0] == row("Rapat", 9, "Hukum", triwulan=(True,) * 4)


def test_each_tick_of_a_row_is_a_field() -> None:
    ours, theirs = replace(RAPAT, triwulan=(True, True, False, False)), replace(RAPAT, triwulan=(False,) * 4)

    merged = merge(BASE, plan((ours, BIMTEK, LAPOR)), plan((theirs, BIMTEK, LAPOR)))

    assert (rows(merged)[0].triwulan, merged.conflicts) == ((False, True, False, False), ())


def test_rows_added_at_one_place_stand_with_ours_first() -> None:
    merged = merge(BASE, plan((RAPAT, row("X", 7), BIMTEK, LAPOR)), plan((RAPAT, row("Y", 8), BIMTEK, LAPOR)))

    assert texts(merged) == ["Rapat", "X", "Y", "Bimtek", "Lapor"]


def test_the_same_row_added_on_both_sides_is_one_row() -> None:
    merged = merge(
        BASE, plan((RAPAT, row("X"), row("X"), BIMTEK, LAPOR)), plan((RAPAT, row("X"), BIMTEK, LAPOR))
    )

    assert (texts(merged), merged.conflicts) == (["Rapat", "X", "X", "Bimtek", "Lapor"], ())


def test_a_row_renamed_by_both_and_repriced_by_one_is_one_row() -> None:
    """Theirs alone looks like a deletion and an addition; beside ours it is a rename."""
    ours, theirs = row("Pelatihan", 2), row("Pelatihan", 5, "Hukum")

    merged = merge(BASE, plan((RAPAT, ours, LAPOR)), plan((RAPAT, theirs, LAPOR)))

    assert (rows(merged), merged.conflicts) == ((RAPAT, theirs, LAPOR), ())


def test_what_one_side_left_blank_in_an_added_row_is_filled_by_the_other() -> None:
    ours, theirs = row("X", "", "Hukum"), row("X", 5, "")

    merged = merge(BASE, plan((RAPAT, BIMTEK, LAPOR, ours)), plan((RAPAT, BIMTEK, LAPOR, theirs)))

    assert rows(merged)[3] == row("X", 5, "Hukum")


def test_a_goal_added_on_both_sides_holds_the_rows_of_both() -> None:
    def grown(*added: Kegiatan) -> Plan:
        return replace(BASE, sasaran=(*BASE.sasaran, Sasaran("Baru", (Indikator("A", added),))))

    merged = merge(BASE, grown(row("X", 7), row("Y", 8)), grown(row("X", 7), row("Z", 9)))

    assert [one.uraian for one in merged.plan.sasaran[1].kegiatan] == ["X", "Y", "Z"]


def test_an_edit_follows_a_row_that_the_other_side_moved() -> None:
    base = plan((RAPAT, BIMTEK), (LAPOR,))

    merged = merge(base, plan((BIMTEK,), (LAPOR, RAPAT)), plan((replace(RAPAT, biaya=9), BIMTEK), (LAPOR,)))

    assert (texts(merged), texts(merged, 1), rows(merged, 1)[1].biaya) == (["Bimtek"], ["Lapor", "Rapat"], 9)


def test_a_row_deleted_where_the_other_side_only_reordered_goes() -> None:
    merged = merge(BASE, plan((LAPOR, BIMTEK, RAPAT)), plan((RAPAT, LAPOR)))

    assert (texts(merged), merged.conflicts) == (["Lapor", "Rapat"], ())


def test_a_whole_band_comes_or_goes() -> None:
    months = (True, *[False] * 11)
    ours, theirs = replace(RAPAT, triwulan=(), bulan=months), replace(RAPAT, biaya=9)

    merged = merge(BASE, plan((ours, BIMTEK, LAPOR)), plan((theirs, BIMTEK, LAPOR)))

    assert rows(merged)[0] == replace(RAPAT, triwulan=(), bulan=months, biaya=9)


def test_signatories_are_merged_by_role() -> None:
    def signed(*signatories: Penandatangan) -> Plan:
        return replace(BASE, penandatangan=signatories)

    mery, ketua = Penandatangan("Sekretaris", "Mery"), Penandatangan("Ketua", "Syarif")
    merged = merge(
        signed(mery, ketua), signed(ketua, mery), signed(replace(mery, nama="Baru", nip="1"), ketua)
    )

    assert merged.plan.penandatangan == (ketua, replace(mery, nama="Baru", nip="1"))


def test_every_part_that_ours_has_names_its_place_there() -> None:
    merged = merge(BASE, plan((RAPAT, row("X", 7), BIMTEK, LAPOR)), plan((row("Y", 8), RAPAT, LAPOR)))

    assert texts(merged) == ["Y", "Rapat", "X", "Lapor"]
    assert merged.sources == {
        "sasaran[0]": "sasaran[0]",
        "sasaran[0].indikator[0]": "sasaran[0].indikator[0]",
        K.format(1): K.format(0),
        K.format(2): K.format(1),
        K.format(3): K.format(3),
    }


# --- conflicts -----------------------------------------------------------------------------------------


def test_a_field_changed_on_both_sides_shows_both_places() -> None:
    ours = plan((row("X", 7), replace(RAPAT, biaya=8), BIMTEK, LAPOR))
    theirs = plan((replace(RAPAT, biaya=None), BIMTEK, LAPOR))

    merged = merge(BASE, ours, theirs)

    conflict = only(merged)
    assert conflict[:3] == ("changed", "kegiatan", "biaya")
    assert conflict[4:10] == (K.format(0), K.format(1), K.format(0), 1, 8, None)
    assert said(conflict) == (
        "biaya kegiatan 1.1.2 “Rapat” berubah di dua tempat: semula 1, di sumber 8, di buku kerja nihil"
    )
    assert [(one.side, one.finding.path) for one in findings(conflict)] == [
        ("ours", K.format(1) + ".biaya"),
        ("theirs", K.format(0) + ".biaya"),
    ]
    assert findings(conflict)[0].finding.rule.exit == 3


def test_a_target_that_both_changed_for_a_whole_indikator_is_one_conflict() -> None:
    def aimed(target: str) -> Plan:
        return plan(tuple(replace(one, target=target) for one in (RAPAT, BIMTEK, LAPOR)))

    merged = merge(BASE, aimed("90"), aimed("80"))

    conflict = only(merged)
    assert (conflict.part, conflict.field, conflict.ours_path) == (
        "indikator",
        "target",
        "sasaran[0].indikator[0]",
    )
    assert merge(BASE, aimed("90"), aimed("80"), choices={conflict.key: "theirs"})[:2] == (aimed("80"), ())


def test_a_target_that_differs_between_rows_is_a_conflict_for_each() -> None:
    ours = plan((replace(RAPAT, target="90"), replace(BIMTEK, target="91"), LAPOR))
    theirs = plan((replace(RAPAT, target="80"), replace(BIMTEK, target="80"), LAPOR))

    assert [one.ours_path for one in merge(BASE, ours, theirs).conflicts] == [K.format(0), K.format(1)]


@pytest.mark.parametrize(
    ("ours", "theirs", "field"),
    [
        (("25", False, False, False), (True, True, False, False), "triwulan"),
        ((), (True, True, False, False), "triwulan"),
        ((False, False, False, False), (), "triwulan"),
        (("25", "30", False, False), ("40", "30", False, False), "triwulan[0]"),
    ],
)
def test_ticks_and_values_are_never_mixed_in_one_band(ours: Any, theirs: Any, field: str) -> None:
    made = [plan((replace(RAPAT, triwulan=band), BIMTEK, LAPOR)) for band in (ours, theirs)]

    assert only(merge(BASE, *made)).field == field


def test_a_deleted_row_that_the_other_side_edited_is_a_conflict() -> None:
    merged = merge(BASE, plan((RAPAT, LAPOR)), plan((RAPAT, replace(BIMTEK, biaya=9, target="90"), LAPOR)))

    conflict = only(merged)
    assert (conflict.kind, conflict.base_path, conflict.ours_path, conflict.theirs_path) == (
        "deleted", K.format(1), "", K.format(1),
    )  # fmt: skip
    assert (conflict.base, conflict.ours) == (BIMTEK, None)
    assert [one.field for one in conflict.theirs_changes] == ["target", "biaya"]
    assert said(conflict) == (
        "kegiatan 1.1.2 “Bimtek” dihapus di sumber, tetapi di buku kerja berubah: "
        "target “100” → “90”; biaya 2 → 9"
    )
    assert [one.side for one in findings(conflict)] == ["theirs"]


def test_a_deleted_goal_in_which_the_other_side_worked_is_one_conflict_for_all_of_it() -> None:
    base = replace(
        BASE, sasaran=(*BASE.sasaran, Sasaran("Dua", (Indikator("Z", (row("Survei", 4), row("Uji", 5))),)))
    )
    new = Indikator("Baru", (row("Kirim", 6),))
    worked = Sasaran("Dua", (Indikator("Z", (row("Survei", 9), row("Uji", 5), row("X", 7))), new))
    theirs = replace(BASE, sasaran=(*BASE.sasaran, worked))

    conflict = only(merge(base, BASE, theirs))

    assert (conflict.base_path, len(conflict.theirs_changes)) == ("sasaran[1]", 4)
    assert said(conflict).endswith(
        "biaya 4 → 9; kegiatan “X” ditambahkan; indikator “Baru” ditambahkan; dan 1 perubahan lagi"
    )
    assert merge(base, BASE, theirs, choices={conflict.key: "ours"})[:2] == (BASE, ())
    assert merge(base, BASE, theirs, choices={conflict.key: "theirs"})[:2] == (theirs, ())


def test_a_row_moved_out_of_what_the_other_side_deleted_is_a_conflict_of_its_own() -> None:
    base = plan((RAPAT, BIMTEK), (LAPOR,))
    merged = merge(base, plan((BIMTEK,), (LAPOR, RAPAT)), deleted())

    conflict = only(merged)
    assert (conflict.kind, conflict.name.id) == ("deleted", "kegiatan 1.2.2 “Rapat”")
    assert said(conflict).endswith(
        "dihapus di buku kerja, tetapi di sumber berubah: kegiatan “Rapat” dipindah"
    )


def deleted() -> Plan:
    """Indikator A is gone, B is left."""
    return Plan(2024, "Sekretariat", (Sasaran("Perencanaan", (Indikator("Indikator B", (LAPOR,)),)),), ())


def test_a_row_moved_into_what_the_other_side_deleted_falls_back_to_its_place() -> None:
    base = plan((RAPAT,), (LAPOR, BIMTEK))
    ours = plan((RAPAT, BIMTEK), (LAPOR,))
    theirs = Plan(
        2024, "Sekretariat", (Sasaran("Perencanaan", (Indikator("Indikator B", (LAPOR, BIMTEK)),)),), ()
    )

    conflict = only(merge(base, ours, theirs))

    assert conflict.name.id == "indikator 1.1 “Indikator A”"
    assert merge(base, ours, theirs, choices={conflict.key: "theirs"})[:2] == (theirs, ())
    assert merge(base, ours, theirs, choices={conflict.key: "ours"})[:2] == (ours, ())


def test_a_row_added_to_what_moved_into_a_deleted_goal_is_never_lost() -> None:
    def made(first: tuple[Indikator, ...], *second: tuple[Indikator, ...]) -> Plan:
        goals = tuple(Sasaran(f"Sasaran {n}", inside) for n, inside in enumerate((first, *second)))
        return Plan(2024, "Sekretariat", goals, ())

    one, two, new = Indikator("Satu", (RAPAT,)), Indikator("Dua", (LAPOR,)), row("X", 7)
    grown = Indikator("Satu", (RAPAT, new))
    base, ours, theirs = made((one,), (two,)), made((), (two, grown)), made((one,))

    conflict = only(merge(base, ours, theirs))

    assert merge(base, ours, theirs, choices={conflict.key: "ours"}).plan == ours
    assert merge(base, ours, theirs, choices={conflict.key: "theirs"}).plan == made((grown,))


def test_a_row_moved_to_two_places_names_both() -> None:
    base = plan((RAPAT, BIMTEK), (LAPOR,), (row("Uji", 4),))
    ours = plan((BIMTEK,), (LAPOR, RAPAT), (row("Uji", 4),))
    theirs = plan((BIMTEK,), (LAPOR,), (row("Uji", 4), RAPAT))

    conflict = only(merge(base, ours, theirs))

    assert said(conflict) == (
        "kegiatan 1.2.2 “Rapat” dipindah ke dua tempat: di sumber ke bawah indikator 1.2 “Indikator B”, "
        "di buku kerja ke bawah indikator 1.3 “Indikator C”"
    )


def test_orders_that_contradict_each_other_are_a_conflict() -> None:
    ours, theirs = plan((BIMTEK, RAPAT, LAPOR)), plan((RAPAT, LAPOR, BIMTEK))

    conflict = only(merge(BASE, ours, theirs))

    assert conflict.ours == ("Bimtek", "Rapat", "Lapor")
    assert said(conflict).startswith("urutan kegiatan di bawah indikator 1.1 “Indikator A” diubah")
    assert tell(conflict).theirs.id == "Rapat · Lapor · Bimtek"
    assert merge(BASE, ours, theirs, choices={conflict.key: "theirs"}).plan == theirs


def test_one_new_row_at_two_places_is_a_conflict_of_order() -> None:
    new = row("X", 7)
    ours, theirs = plan((new, RAPAT, BIMTEK, LAPOR)), plan((RAPAT, BIMTEK, LAPOR, new))

    conflict = only(merge(BASE, ours, theirs))

    assert (conflict.kind, conflict.code) == ("order", "RAK505")
    assert merge(BASE, ours, theirs, choices={conflict.key: "theirs"}).plan == theirs


def test_orders_of_goals_and_signatories_are_told_as_such() -> None:
    def ordered(order: str) -> Plan:
        return Plan(
            2024,
            "U",
            tuple(Sasaran(f"Sasaran {one}") for one in order),
            tuple(Penandatangan(f"Jabatan {one}", one) for one in order),
        )

    conflicts = merge(ordered("ABC"), ordered("BAC"), ordered("ACB")).conflicts

    assert [said(one).partition(" diubah")[0] for one in conflicts] == [
        "urutan sasaran di bawah rencana",
        "urutan penandatangan di bawah rencana",
    ]
    assert len({one.key for one in conflicts}) == 2


def test_a_row_added_on_both_sides_with_other_values_is_a_conflict_for_each_value() -> None:
    ours = plan((RAPAT, BIMTEK, LAPOR, row("X", 7, "Hukum")))
    theirs = plan((RAPAT, BIMTEK, LAPOR, row("X", 8, "Data")))

    merged = merge(BASE, ours, theirs)

    assert [one.field for one in merged.conflicts] == ["biaya", "pelaksana"]
    assert said(merged.conflicts[0]) == (
        "kegiatan 1.1.4 “X” ditambahkan di sumber dan di buku kerja, tetapi biaya berbeda: 7 dan 8"
    )
    choices = dict(zip([one.key for one in merged.conflicts], ["ours", "theirs"], strict=True))
    assert rows(merge(BASE, ours, theirs, choices=choices))[3] == row("X", 7, "Data")


def test_the_plans_own_fields_conflict_too() -> None:
    conflict = only(merge(BASE, replace(BASE, pagu=5), replace(BASE, pagu=6)))

    assert (conflict.part, conflict.field) == ("plan", "pagu")
    assert {one.finding.path for one in findings(conflict)} == {"pagu"}
    assert said(conflict).startswith("pagu rencana berubah di dua tempat: semula (kosong), di sumber 5")


# --- columns that are gone -----------------------------------------------------------------------------


def without(field: str, source: Plan) -> Plan:
    blank: dict[str, Any] = {field: ""}
    kept = tuple(replace(one, **blank) for one in source.sasaran[0].indikator[0].kegiatan)
    return plan(kept)


def test_a_deleted_column_nobody_else_touched_is_gone() -> None:
    merged = merge(
        BASE, plan((replace(RAPAT, biaya=9), BIMTEK, LAPOR)), without("pelaksana", BASE),
        theirs_lost=frozenset({"pelaksana"}),
    )  # fmt: skip

    assert [(one.biaya, one.pelaksana) for one in rows(merged)] == [(9, ""), (2, ""), (3, "")]


def test_a_deleted_column_against_edited_cells_is_one_conflict() -> None:
    ours = plan((replace(RAPAT, pelaksana="Hukum"), replace(BIMTEK, pelaksana="Data"), LAPOR, row("X", 7)))
    theirs = without("pelaksana", BASE)
    lost = frozenset({"pelaksana"})

    conflict = only(merge(BASE, ours, theirs, theirs_lost=lost))

    assert said(conflict) == (
        "kolom pelaksana dihapus di buku kerja, tetapi di sumber isinya berubah: "
        "pelaksana “Umum” → “Hukum”; pelaksana “Umum” → “Data”; kegiatan “X” ditambahkan"
    )
    assert findings(conflict)[0].finding.path == K.format(0) + ".pelaksana"
    kept = merge(BASE, ours, theirs, theirs_lost=lost, choices={conflict.key: "ours"})
    gone = merge(BASE, ours, theirs, theirs_lost=lost, choices={conflict.key: "theirs"})
    assert kept.plan == ours
    assert gone.plan == without("pelaksana", ours)
    back = merge(BASE, theirs, ours, ours_lost=lost, choices={})
    assert only(back).kind == "column"


def test_a_lost_column_does_not_make_a_deleted_row_a_conflict() -> None:
    merged = merge(
        BASE, plan((RAPAT, LAPOR)), without("pelaksana", BASE), theirs_lost=frozenset({"pelaksana"})
    )

    assert (texts(merged), merged.conflicts) == (["Rapat", "Lapor"], ())


def test_a_column_of_periods_that_is_gone_is_blank() -> None:
    ours = plan((replace(RAPAT, triwulan=(True,) * 4), BIMTEK, LAPOR, row("X", 7)))
    theirs = plan(tuple(replace(one, triwulan=()) for one in (RAPAT, BIMTEK, LAPOR)))
    lost = frozenset({"triwulan"})

    conflict = only(merge(BASE, ours, theirs, theirs_lost=lost))

    gone = merge(BASE, ours, theirs, theirs_lost=lost, choices={conflict.key: "theirs"})
    assert {one.triwulan for one in rows(gone)} == {()}
    assert len(rows(gone)) == 4


# --- shared costs --------------------------------------------------------------------------------------

SHARED = plan((RAPAT, row("Bimtek", "bersama"), LAPOR))


def test_a_row_put_below_an_amount_stands_below_those_that_share_it() -> None:
    base = plan((RAPAT, BIMTEK))

    merged = merge(base, plan((RAPAT, row("X", 7), BIMTEK)), plan((RAPAT, row("Y", "bersama"), BIMTEK)))

    assert (texts(merged), merged.conflicts) == (["Rapat", "Y", "X", "Bimtek"], ())


def test_sharers_of_both_sides_stand_below_one_amount() -> None:
    ours = plan((RAPAT, row("S", "bersama"), row("X", 7), BIMTEK))
    theirs = plan((RAPAT, row("T", "bersama"), row("Y", 8), BIMTEK))

    merged = merge(plan((RAPAT, BIMTEK)), ours, theirs)

    assert (texts(merged), merged.conflicts) == (["Rapat", "S", "T", "X", "Y", "Bimtek"], ())


def test_rows_of_both_sides_change_places_where_a_shared_cost_needs_it() -> None:
    """Theirs moved an amount into indikator C, and C above the row that shares it; ours added a row to C."""
    uji, sharer, new = row("Uji", 5), row("Bimtek", "bersama"), row("X", 7)

    def made(**named: tuple[Kegiatan, ...]) -> Plan:
        inside = tuple(Indikator(f"Indikator {name}", rows) for name, rows in named.items())
        return Plan(2024, "Sekretariat", (Sasaran("Perencanaan", inside),), ())

    base = made(A=(uji, RAPAT), B=(sharer,), C=())
    ours = made(A=(uji, RAPAT), B=(sharer,), C=(new,))
    theirs = made(A=(uji,), C=(RAPAT,), B=(sharer,))

    for merged in (merge(base, ours, theirs), merge(base, theirs, ours)):
        assert (texts(merged, 1), merged.conflicts) == (["X", "Rapat"], ())


def test_a_sharer_whose_amount_the_other_side_took_away_is_a_conflict() -> None:
    base = plan((RAPAT, BIMTEK, LAPOR))
    ours, theirs = plan((RAPAT, row("Bimtek", "bersama"), LAPOR)), plan((row("Rapat", None), BIMTEK, LAPOR))

    conflict = only(merge(base, ours, theirs))

    assert (conflict.kind, conflict.theirs_path) == ("shared", K.format(1))
    assert said(conflict).endswith("di sumber bersama 1 dari “Rapat”, di buku kerja 2")
    assert merge(base, ours, theirs, choices={conflict.key: "ours"})[:2] == (ours, ())
    assert merge(base, ours, theirs, choices={conflict.key: "theirs"})[:2] == (theirs, ())


def test_an_amount_put_between_a_cost_and_its_new_sharer_is_a_conflict() -> None:
    base = plan((RAPAT, LAPOR, BIMTEK))
    ours = plan((RAPAT, row("Lapor", "bersama"), row("Bimtek", "bersama")))
    theirs = plan((RAPAT, LAPOR, row("X", 7), BIMTEK))

    assert only(merge(base, ours, theirs)).kind == "shared"


def test_edits_of_other_fields_are_kept_when_the_costs_go_to_one_side() -> None:
    ours = plan((RAPAT, row("Bimtek", "bersama"), replace(LAPOR, target="90")))
    theirs = plan((row("Rapat", None), BIMTEK, replace(LAPOR, pelaksana="Hukum")))

    conflict = only(merge(BASE, ours, theirs))

    merged = merge(BASE, ours, theirs, choices={conflict.key: "theirs"})
    assert rows(merged) == (row("Rapat", None), BIMTEK, replace(LAPOR, target="90", pelaksana="Hukum"))


def test_an_answer_about_an_amount_settles_who_shares_it() -> None:
    ours, theirs = (
        plan((row("Rapat", None), row("Bimtek", "bersama"), LAPOR)),
        plan((row("Rapat", 9), *SHARED.sasaran[0].indikator[0].kegiatan[1:])),
    )

    conflict = only(merge(SHARED, ours, theirs))

    assert (conflict.kind, conflict.field) == ("changed", "biaya")
    for side, made in (("ours", ours), ("theirs", theirs)):
        assert merge(SHARED, ours, theirs, choices={conflict.key: side})[:2] == (made, ())


def test_a_cost_that_shares_nothing_on_one_side_already_is_not_ours_to_judge() -> None:
    theirs = plan((row("Bimtek", "bersama"), LAPOR))

    assert merge(SHARED, SHARED, theirs)[:2] == (theirs, ())


def test_too_many_questions_about_one_goal_become_one() -> None:
    base = plan(tuple(row(f"Kegiatan {n}{n}{n}", n) for n in range(9)))
    ours = plan(tuple(row(f"Kegiatan {n}{n}{n}", "bersama" if n else 0) for n in range(9)))
    theirs = plan(tuple(row(f"Kegiatan {n}{n}{n}", None) for n in range(9)))

    conflicts = merge(base, ours, theirs).conflicts

    assert [one.kind for one in conflicts] == ["shared"]
    assert merge(base, ours, theirs, choices={conflicts[0].key: "theirs"})[:2] == (theirs, ())


# --- choices and hints ---------------------------------------------------------------------------------


def test_a_key_outlives_rows_that_come_and_go_elsewhere() -> None:
    theirs = plan((replace(RAPAT, biaya=8), BIMTEK, LAPOR))
    first = only(merge(BASE, plan((replace(RAPAT, biaya=9), BIMTEK, LAPOR)), theirs))

    later = merge(
        BASE, plan((row("X", 7), replace(RAPAT, biaya=9), LAPOR)), theirs, choices={first.key: "theirs"}
    )

    assert (later.conflicts, later.stale) == ((), ())
    assert rows(later)[1].biaya == 8


def test_a_choice_about_values_that_have_changed_since_is_told() -> None:
    theirs = plan((replace(RAPAT, biaya=8), BIMTEK, LAPOR))
    first = only(merge(BASE, plan((replace(RAPAT, biaya=9), BIMTEK, LAPOR)), theirs))

    later = merge(
        BASE, plan((replace(RAPAT, biaya=10), BIMTEK, LAPOR)), theirs, choices={first.key: "theirs"}
    )

    assert len(later.conflicts) == 1
    assert later.stale == (first.key,)
    assert [one.finding.code for one in later.notes] == ["RAK508"]


def test_a_word_that_is_no_choice_is_told_and_settles_nothing() -> None:
    ours, theirs = replace(BASE, pagu=5), replace(BASE, pagu=6)
    key = only(merge(BASE, ours, theirs)).key

    merged = merge(BASE, ours, theirs, choices={key: "keduanya"})

    assert (len(merged.conflicts), merged.stale) == (1, (key,))
    assert [one.finding.message() for one in merged.notes] == ["pilihan “keduanya” kosong atau tidak dikenal"]


def test_equal_questions_have_keys_of_their_own() -> None:
    ours = plan((RAPAT, BIMTEK, LAPOR, row("X", 7), row("X", 7)))
    theirs = plan((RAPAT, BIMTEK, LAPOR, row("X", 8), row("X", 8)))

    conflicts = merge(BASE, ours, theirs).conflicts

    assert len({one.key for one in conflicts}) == len(conflicts) == 2


def test_hints_that_were_not_followed_are_notes_on_their_side() -> None:
    theirs = plan((RAPAT, RAPAT, row("Lain", 50, "Data"), LAPOR))
    ids = {K.format(0): K.format(0), K.format(1): K.format(0), K.format(2): K.format(1)}

    merged = merge(BASE, BASE, theirs, theirs_of=ids)

    assert [(one.side, one.finding.code, one.finding.path) for one in merged.notes] == [
        ("theirs", "RAK520", K.format(1)),
        ("theirs", "RAK520", K.format(2)),
    ]
    assert merged.plan == theirs


def test_hints_keep_rows_with_one_text_apart() -> None:
    base = plan((row("Rapat", 1), row("Rapat", 2), LAPOR))
    ours = plan((row("Rapat", 1, triwulan=(True,) * 4), row("Rapat", 2), LAPOR))
    theirs = plan((row("Rapat", 20), row("Rapat", 10), LAPOR))

    merged = merge(base, ours, theirs, theirs_of={K.format(0): K.format(1), K.format(1): K.format(0)})

    assert [(one.biaya, one.triwulan[1]) for one in rows(merged)] == [(20, False), (10, True), (3, False)]


def test_a_form_without_kegiatan_is_merged_by_its_indikator() -> None:
    def formed(*targets: str) -> Plan:
        return plan(*((row(None, "", "", target=target),) for target in targets))

    merged = merge(formed("1", "2"), formed("9", "2"), formed("1", "8", "7"))

    assert (merged.plan, merged.conflicts) == (formed("9", "8", "7"), ())

"""Which part of one plan is which part of another."""

from __future__ import annotations

from typing import Any

import pytest

from rak_excel.plan import align as module
from rak_excel.plan.align import align, alike, pairs, tree
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran

K = "sasaran[0].indikator[0].kegiatan[{}]"


def row(text: str | None, biaya: Any = 100, pelaksana: str = "Umum", **fields: Any) -> Kegiatan:
    return Kegiatan(text, "100", biaya=biaya, pelaksana=pelaksana, **fields)


def plan(*rows: Kegiatan) -> Plan:
    """A plan of one indikator."""
    return Plan(2024, "U", (Sasaran("Satu", (Indikator("Indikator", rows),)),), ())


def goals(*named: tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]) -> Plan:
    """A plan given by its texts."""
    return Plan(
        2024,
        "U",
        tuple(
            Sasaran(goal, tuple(Indikator(text, tuple(map(row, below))) for text, below in inside))
            for goal, inside in named
        ),
        (),
    )


def rows(before: Plan, after: Plan, hints: dict[int, int] | None = None) -> dict[int, int]:
    """The kegiatan of the one indikator: index after -> index before."""
    told = {K.format(after): K.format(before) for after, before in (hints or {}).items()}
    prefix = K.format("")[:-1]
    return {
        int(after[len(prefix) : -1]): int(earlier[len(prefix) : -1])
        for after, earlier in pairs(before, after, told).items()
        if "kegiatan" in after
    }


def test_equal_plans_align_part_by_part() -> None:
    one = goals(("Satu", (("A", ("x", "y")), ("B", ()))), ("Dua", ()))

    found = pairs(one, goals(("Satu", (("A", ("x", "y")), ("B", ()))), ("Dua", ())))

    assert found == {path: path for path in found}
    assert len(found) == 6


def test_an_inserted_and_a_deleted_row_leave_the_others_what_they_are() -> None:
    before = plan(row("Rapat"), row("Bimtek"), row("Lapor"))

    assert rows(before, plan(row("Rapat"), row("Supervisi", 9, "Hukum"), row("Bimtek"), row("Lapor"))) == {
        0: 0,
        2: 1,
        3: 2,
    }
    assert rows(before, plan(row("Rapat"), row("Lapor"))) == {0: 0, 1: 2}


def test_white_space_in_a_text_does_not_matter() -> None:
    assert rows(plan(row("Rapat kerja"), row("B")), plan(row("B"), row("Rapat\n kerja"))) == {0: 1, 1: 0}


def test_a_copied_row_is_an_addition() -> None:
    assert rows(plan(row("Rapat")), plan(row("Rapat"), row("Rapat"))) == {0: 0}


def test_of_equal_texts_the_equal_row_is_the_same() -> None:
    before = plan(row("Rapat", 1), row("Rapat", 2), row("Rapat", 3))

    assert rows(before, plan(row("Rapat", 3), row("Rapat", 9), row("Rapat", 1))) == {0: 2, 1: 1, 2: 0}


def test_a_renamed_row_with_the_same_cost_and_doer_at_the_same_place_is_the_same() -> None:
    before = plan(row("Rapat", 5), row("Bimtek", 6), row("Lapor", 7))

    assert rows(before, plan(row("Rapat", 5), row("Pelatihan", 6), row("Lapor", 7))) == {0: 0, 1: 1, 2: 2}


@pytest.mark.parametrize("biaya", [None, "bersama", ""])
def test_a_cost_that_many_rows_have_does_not_tell_who_a_renamed_row_is(biaya: Any) -> None:
    before = plan(row("Rapat", biaya), row("Lapor", 7))

    assert rows(before, plan(row("Pelatihan", biaya, triwulan=(True,) * 4), row("Lapor", 7))) == {1: 1}
    assert rows(before, plan(row("Pelatihan", biaya), row("Lapor", 7))) == {0: 0, 1: 1}


def test_a_similar_text_with_another_cost_is_the_same_row() -> None:
    before = plan(row("Penyusunan rencana kerja tahunan", 5), row("Rapat koordinasi daerah", 6))

    found = rows(before, plan(row("Rapat koordinasi di daerah", 8), row("Penyusunan rencana kerja", 9)))

    assert found == {0: 1, 1: 0}


def test_rows_that_share_nothing_are_not_the_same() -> None:
    assert rows(plan(row("Rapat", 5)), plan(row("Bimtek", 6))) == {}


def test_a_kode_tells_more_than_cost_and_doer_but_not_without_them_or_the_text() -> None:
    before = plan(row("Rapat", 5, kode="01"), row("Bimtek", 6, kode="02"))

    assert rows(before, plan(row("Rapat kerja", 9, kode="02"), row("Rapat", 9, kode="01"))) == {1: 0}
    assert rows(before, plan(row("Baru", 6, kode="02"), row("Lain", 5, kode="01"))) == {0: 1, 1: 0}


def test_a_numbering_in_the_kode_column_does_not_shift_the_rows() -> None:
    before = plan(*(row(text, n, kode=str(n)) for n, text in enumerate(["Rapat", "Bimtek", "Lapor"])))
    after = plan(
        row("Supervisi", 9, kode="0"),
        *(row(text, n, kode=str(n + 1)) for n, text in enumerate(["Rapat", "Bimtek", "Lapor"])),
    )

    assert rows(before, after) == {1: 0, 2: 1, 3: 2}


def test_a_hint_decides_between_rows_with_one_text() -> None:
    before = plan(row("Rapat", 1), row("Rapat", 2))

    assert rows(before, plan(row("Rapat", 8), row("Rapat", 9)), {0: 1, 1: 0}) == {0: 1, 1: 0}


def test_a_hint_is_taken_where_cost_and_doer_agree() -> None:
    before = plan(row("Rapat", 5), row("Lapor", 6), row("Bimtek", 7))

    assert rows(before, plan(row("Bimtek", 7), row("Pelatihan", 5)), {0: 2, 1: 0}) == {0: 2, 1: 0}


def test_what_a_person_sees_wins_over_a_hint() -> None:
    """Someone sorted the texts and left the ids where they were."""
    before = plan(row("A satu", 5), row("B dua", 6))

    assert rows(before, plan(row("B dua", 6), row("A satu", 5)), {0: 0, 1: 1}) == {0: 1, 1: 0}
    assert rows(before, plan(row("B dua", 5), row("A satu", 6)), {0: 0, 1: 1}) == {0: 1, 1: 0}


def test_a_hint_that_was_not_followed_is_told() -> None:
    before, after = (
        tree(plan(row("Rapat"), row("Bimtek", 3))),
        tree(plan(row("Rapat"), row("Rapat"), row("Z", 9))),
    )

    found = align(before, after, {K.format(n): K.format(at) for n, at in enumerate([0, 0, 1])})

    assert found.refused == ((K.format(1), K.format(0)), (K.format(2), K.format(1)))


def test_hints_to_nowhere_are_no_hints() -> None:
    one = plan(row("Rapat"))

    assert rows(one, one) == {0: 0}
    assert "kegiatan" not in "".join(pairs(one, plan(row("Z", 1)), {K.format(0): "sasaran[7].indikator[x]"}))


def test_no_part_is_two_parts() -> None:
    before = plan(*(row("Rapat", n) for n in range(5)))

    found = rows(before, plan(*(row("Rapat", n % 2) for n in range(9))), dict.fromkeys(range(9), 3))

    assert len(set(found.values())) == len(found) == 5


def test_a_rewritten_indikator_is_known_by_its_kegiatan() -> None:
    before = goals(("Satu", (("Persentase", ("Rapat", "Bimtek")), ("Jumlah", ("Lapor",)))))
    after = goals(("Satu", (("Jumlah", ("Lapor",)), ("Nilai akhir", ("Rapat", "Bimtek")))))

    assert pairs(before, after)["sasaran[0].indikator[1]"] == "sasaran[0].indikator[0]"


def test_a_rewritten_goal_is_known_by_what_stands_below_it() -> None:
    before = goals(("Satu", (("A", ("x",)),)), ("Dua", (("B", ("y",)),)))
    after = goals(("Baru", (("C", ("z",)),)), ("Tertulis ulang", (("A", ("x",)),)), ("Dua", (("B", ("y",)),)))

    assert pairs(before, after)["sasaran[1]"] == "sasaran[0]"
    assert "sasaran[0]" not in pairs(before, after)


def test_of_goals_with_one_text_the_content_tells() -> None:
    before = goals(("Satu", (("A", ("x", "y")),)), ("Satu", (("B", ("z",)),)))
    after = goals(("Satu", (("B", ("z", "w")),)), ("Satu", (("A", ("x",)),)))

    found = pairs(before, after)

    assert (found["sasaran[0]"], found["sasaran[1]"]) == ("sasaran[1]", "sasaran[0]")


def test_a_row_that_moved_to_another_indikator_is_the_same() -> None:
    before = goals(("Satu", (("A", ("x", "y")), ("B", ("z",)))))
    after = goals(("Satu", (("A", ("y",)), ("B", ("z", "x")))))

    assert (
        pairs(before, after)["sasaran[0].indikator[1].kegiatan[1]"] == "sasaran[0].indikator[0].kegiatan[0]"
    )


def test_an_indikator_that_moved_to_another_goal_is_the_same() -> None:
    before = goals(("Satu", (("A", ("x",)), ("B", ("z",)))), ("Dua", ()))
    after = goals(("Satu", (("A", ("x",)),)), ("Dua", (("B", ("z", "baru")),)))

    assert pairs(before, after)["sasaran[1].indikator[0]"] == "sasaran[0].indikator[1]"


def test_a_form_without_kegiatan_is_aligned_by_its_indikator() -> None:
    before = Plan(2024, "U", (Sasaran("S", tuple(Indikator(t, (row(None, 1),)) for t in "ABC")),), ())
    after = Plan(2024, "U", (Sasaran("S", tuple(Indikator(t, (row(None, 2),)) for t in "CAX")),), ())

    found = pairs(before, after)

    assert found["sasaran[0].indikator[0].kegiatan[0]"] == "sasaran[0].indikator[2].kegiatan[0]"
    assert found["sasaran[0].indikator[1].kegiatan[0]"] == "sasaran[0].indikator[0].kegiatan[0]"


def test_blank_rows_are_aligned_by_what_they_hold() -> None:
    assert rows(plan(row("", 1), row("", 2)), plan(row("", 2), row("", 9))) == {0: 1}


def test_signatories_are_known_by_role_then_name_then_place() -> None:
    def signed(*pairs: tuple[str, str]) -> Plan:
        return Plan(2024, "U", (), tuple(Penandatangan(*pair) for pair in pairs))

    before = signed(("Sekretaris", "Mery"), ("Ketua", "Syarif"))

    swapped = pairs(before, signed(("Ketua", "Baru"), ("Sekretaris", "Mery")))
    promoted = pairs(before, signed(("Plt. Sekretaris", "Mery"), ("Ketua", "Syarif")))
    replaced = pairs(before, signed(("Kepala", "Orang lain"), ("Ketua", "Syarif")))

    assert swapped == {"penandatangan[0]": "penandatangan[1]", "penandatangan[1]": "penandatangan[0]"}
    assert promoted == replaced == {f"penandatangan[{n}]": f"penandatangan[{n}]" for n in range(2)}


def test_a_slip_of_the_pen_is_alike_and_another_sentence_is_not() -> None:
    assert alike("Penyusunan progam dan angaran", "Penyusunan program dan anggaran") > 0.8
    assert alike("Rapat koordinasi pengelolaan data", "Pengadaan barang dan jasa kantor") < 0.5
    assert alike("", "") == 0


def test_a_path_is_found_again() -> None:
    one = tree(goals(("Satu", (("A", ("x", "y")),))))

    for parts in one.parts.values():
        assert all(one.at(part.path) is part for part in parts)
    assert one.at("sasaran[0].indikator[0].kegiatan[2]") is None
    assert one.at("penandatangan[0]") is None


@pytest.mark.parametrize("count", [500, 2000])
def test_the_work_grows_with_the_plan_and_not_with_its_square(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every row renamed and repriced, all under one indikator: the worst that can be."""
    calls = 0

    def counted(one: str, other: str) -> float:
        nonlocal calls
        calls += 1
        return alike(one, other)

    monkeypatch.setattr(module, "alike", counted)
    before = plan(*(row(f"Penyusunan laporan {n} tahap {n % 7}", n) for n in range(count)))
    after = plan(*(row(f"Penyusunan laporan {n} tahap akhir", n + 10**6) for n in range(count)))

    found = rows(before, after)

    assert found == {n: n for n in range(count)}
    assert calls < 60 * count

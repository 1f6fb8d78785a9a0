"""When a kegiatan is scheduled, and what of its cost falls into each quarter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from rak_excel.plan.model import Indikator, Kegiatan, Plan, Sasaran
from rak_excel.plan.per_triwulan import costs_of, schedule, split, spread, weights

if TYPE_CHECKING:
    from rak_excel.plan.consolidation import Costs
    from rak_excel.plan.model import Biaya, Period

ALL: Final = (True, True, True, True)
FIRST: Final = (True, False, False, False)
LAST: Final = (False, False, False, True)
NEVER: Final = (False, False, False, False)


def kegiatan(biaya: Biaya, triwulan: tuple[Period, ...] = ALL, **more: tuple[Period, ...]) -> Kegiatan:
    return replace(Kegiatan("Rapat", "100", triwulan, biaya, "Umum"), **more)  # type: ignore[arg-type]  # bands


def plan(*rows: Kegiatan) -> Plan:
    return Plan(2026, "KPU Kabupaten Lahat", (Sasaran("S", (Indikator("I", rows),)),), ())


def costs(*rows: Kegiatan) -> Costs:
    return costs_of(plan(*rows))


# --- without a quarterly budget --------------------------------------------------------------------------


def test_a_cost_goes_in_equal_parts_to_the_scheduled_quarters() -> None:
    assert costs(kegiatan(900, (True, False, True, True))) == (300, 0, 300, 300, 0)


def test_what_a_division_leaves_over_goes_to_the_last_scheduled_quarter() -> None:
    assert costs(kegiatan(1_000_001, (True, True, True, False))) == (333_333, 333_333, 333_335, 0, 0)


def test_a_cost_without_a_schedule_has_no_quarter() -> None:
    assert costs(kegiatan(500, NEVER), kegiatan(7, ())) == (0, 0, 0, 0, 507)


@pytest.mark.parametrize("biaya", [None, ""])
def test_nihil_and_blank_cost_nothing(biaya: Biaya) -> None:
    assert costs(kegiatan(biaya)) == (0, 0, 0, 0, 0)


def test_months_count_in_their_quarters_by_their_number() -> None:
    bulan = (True, True, False, True, *(False,) * 8)

    assert costs(kegiatan(300, (), bulan=bulan)) == (200, 100, 0, 0, 0)


def test_a_semester_is_two_quarters() -> None:
    assert costs(kegiatan(100, (), semester=(False, True))) == (0, 0, 50, 50, 0)
    assert costs(kegiatan(100, (), semester=(True, True))) == (25, 25, 25, 25, 0)


def test_a_band_with_values_is_scheduled_where_they_are_neither_blank_nor_zero() -> None:
    one = kegiatan(100, ("25", "0", False, "rapat pleno"))

    assert weights(one) == (1, 0, 0, 1)
    assert costs(one) == (50, 0, 0, 50, 0)


def test_an_amount_too_small_to_divide_goes_to_the_last_quarter() -> None:
    assert split(3, (1, 1, 1, 1)) == (0, 0, 0, 3, 0)


# --- shared costs ----------------------------------------------------------------------------------------


def test_a_shared_cost_is_scheduled_whenever_one_of_its_kegiatan_is() -> None:
    rows = [kegiatan(100, FIRST), kegiatan("bersama", LAST), kegiatan("bersama", FIRST)]

    assert costs(*rows) == (50, 0, 0, 50, 0)


def test_a_shared_cost_stands_on_the_row_that_has_the_amount() -> None:
    told = [one.costs for one in spread(plan(kegiatan(100, FIRST), kegiatan("bersama", LAST)))]

    assert told == [(50, 0, 0, 50, 0), (0, 0, 0, 0, 0)]


def test_a_month_that_two_kegiatan_share_counts_once() -> None:
    march = (False, False, True, *(False,) * 9)
    both = (False, False, True, True, *(False,) * 8)
    rows = [kegiatan(100, (), bulan=march), kegiatan("bersama", (), bulan=both)]

    assert costs(*rows) == (50, 50, 0, 0, 0)


def test_a_shared_cost_ends_with_the_next_amount_and_with_its_sasaran() -> None:
    rows = (kegiatan(100, FIRST), kegiatan(10, LAST), kegiatan("bersama", LAST))
    two = replace(
        plan(*rows),
        sasaran=(
            *plan(*rows).sasaran,
            Sasaran("T", (Indikator("J", (kegiatan("bersama", (False, True, False, False)),)),)),
        ),
    )

    assert costs_of(two) == (100, 0, 0, 10, 0)


# --- with a quarterly budget -------------------------------------------------------------------------------


def test_a_quarterly_budget_that_adds_up_is_stronger_than_the_schedule() -> None:
    one = kegiatan(100, FIRST, anggaran_triwulan=("10", "20", "30", "40"))

    [told] = spread(plan(one))
    assert (told.costs, told.budget) == ((10, 20, 30, 40, 0), None)


def test_a_quarterly_budget_that_does_not_add_up_is_told_and_not_used() -> None:
    one = kegiatan(100, FIRST, anggaran_triwulan=("10", "20", "30", "41"))

    [told] = spread(plan(one))
    assert (told.costs, told.budget) == ((100, 0, 0, 0, 0), 101)


def test_a_quarterly_budget_of_what_costs_nothing_is_told() -> None:
    [told] = spread(plan(kegiatan(None, anggaran_triwulan=("10", False, False, False))))

    assert (told.costs, told.budget) == ((0, 0, 0, 0, 0), 10)


@pytest.mark.parametrize("budget", [(), (False,) * 4, ("0", "0", "0", "0"), ("-", "", "", "")])
def test_a_blank_quarterly_budget_says_nothing(budget: tuple[Period, ...]) -> None:
    [told] = spread(plan(kegiatan(100, FIRST, anggaran_triwulan=budget)))

    assert (told.costs, told.budget) == ((100, 0, 0, 0, 0), None)


def test_a_quarterly_budget_in_words_does_not_add_up() -> None:
    [told] = spread(plan(kegiatan(100, FIRST, anggaran_triwulan=("100", "sisanya", "", ""))))

    assert (told.costs, told.budget) == ((100, 0, 0, 0, 0), 100)


def test_the_quarterly_budgets_of_kegiatan_that_share_a_cost_add_up_together() -> None:
    rows = [
        kegiatan(100, FIRST, anggaran_triwulan=("60", "", "", "")),
        kegiatan("bersama", FIRST, anggaran_triwulan=("", "", "40", "")),
    ]

    assert costs(*rows) == (60, 0, 40, 0, 0)


# --- in words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (kegiatan(0, ALL), "TW I, TW II, TW III, TW IV"),
        (kegiatan(0, ("25", False, "100", False)), "TW I: 25, TW III: 100"),
        (kegiatan(0, (), bulan=(True, *(False,) * 10, True)), "Jan, Des"),
        (kegiatan(0, (), semester=(False, True)), "Semester II"),
        (kegiatan(0, NEVER), ""),
    ],
)
def test_a_schedule_is_told_in_the_words_of_its_own_form(one: Kegiatan, told: str) -> None:
    assert schedule(one) == told

"""Two orders of the same siblings become one order."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rak_excel.plan.order import insert, merge_orders


def before(order: tuple[int, ...], one: int, other: int) -> bool:
    return order.index(one) < order.index(other)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_result_turns_around_what_either_side_turned_around(count: int) -> None:
    """All orders of up to four against all others, judged pair by pair."""
    base = tuple(range(count))
    for ours in permutations(base):
        for theirs in permutations(base):
            merged = merge_orders(base, ours, theirs)
            fitting = [
                order
                for order in permutations(base)
                if all(
                    before(order, one, two) == (before(ours, one, two) and before(theirs, one, two))
                    for one, two in combinations(base, 2)
                )
            ]
            assert ([] if merged is None else [tuple(merged)]) == fitting


@given(st.permutations(range(12)), st.permutations(range(12)))
def test_stretches_that_only_one_side_ordered_never_clash(ours: list[int], theirs: list[int]) -> None:
    """Ours orders the first stretch, theirs the second; a long quiet stretch lies between."""
    quiet = list(range(12, 3000))
    last = [3000 + one for one in range(12)]

    merged = merge_orders(
        [*range(12), *quiet, *last],
        [*ours, *quiet, *last],
        [*range(12), *quiet, *(3000 + one for one in theirs)],
    )

    assert merged == [*ours, *quiet, *(3000 + one for one in theirs)]


def test_a_row_carried_over_thousands_by_each_side_is_no_clash() -> None:
    base = list(range(3000))

    assert merge_orders(base, [*base[1:], 0], [*base[:1], 2999, *base[1:-1]]) == [2999, *base[1:-1], 0]


def test_thousands_of_rows_shuffled_by_both_sides_are_a_clash() -> None:
    base = list(range(3000))

    assert merge_orders(base, base[::2] + base[1::2], base[1::2] + base[::2]) is None


def test_newcomers_stand_where_their_side_put_them() -> None:
    assert insert("abc", "axbc", "abcy") == list("axbcy")
    assert insert("abc", "xabc", "yabc") == list("xyabc")


def test_a_newcomer_at_the_end_stays_at_the_end_though_its_neighbour_moved() -> None:
    assert insert("cab", "abcx", "cab") == list("cabx")


def test_a_newcomer_between_what_the_other_side_mixed_stays_with_its_neighbour() -> None:
    assert insert("cba", "axbc", "cba") == list("cbax")
    assert insert("ba", "xab", "ba") == list("xba")


def test_what_clings_stands_first_at_its_place() -> None:
    assert insert("ab", "axb", "apqb", clinging="pq") == list("apqxb")
    assert insert("ab", "amxb", "apqb", clinging="mpq") == list("ampqxb")
    assert insert("ab", "axb", "aypb", clinging="p") == list("axypb")

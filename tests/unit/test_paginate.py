"""Page breaks counted by hand: goals whole, crossing texts whole, the tail never alone."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rak_excel.sheet.paginate import PIXEL, Group, Pages, grow, paginate


def rows(count: int, need: float = 0.0) -> tuple[Group, ...]:
    """Groups of one row each."""
    return tuple(Group(row, row + 1, need) for row in range(count))


def pages(
    heights: list[float],
    *levels: tuple[Group, ...],
    first: float,
    page: float | None = None,
    tail: float = 10.0,
    keep: int = 1,
) -> Pages:
    return paginate(
        heights,
        levels or (rows(len(heights)),),
        first=first,
        page=first if page is None else page,
        tail=tail,
        keep=keep,
    )


# --- growing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heights", "need", "grown"),
    [
        ([30.0, 30.0], 60.0, [30.0, 30.0]),
        ([30.0, 30.0], 59.0, [30.0, 30.0]),
        ([30.0, 30.0], 63.0, [31.5, 31.5]),
        ([30.0, 30.0], 62.0, [31.5, 30.75]),
        ([30.0, 30.0], 60.1, [30.75, 30.0]),
        ([15.0], 40.0, [40.5]),
        ([15.0, 15.0, 15.0], 50.0, [17.25, 16.5, 16.5]),
    ],
)
def test_a_merges_surplus_is_spread_over_its_rows_in_whole_pixels(
    heights: list[float], need: float, grown: list[float]
) -> None:
    grow(heights, 0, len(heights), need)

    assert heights == grown


def test_rows_outside_a_merge_keep_their_height() -> None:
    heights = [15.0, 15.0, 15.0, 15.0]
    grow(heights, 1, 3, 33.0)

    assert heights == [15.0, 16.5, 16.5, 15.0]


@given(
    st.lists(st.integers(20, 400).map(lambda pixels: pixels * PIXEL), min_size=1, max_size=9),
    st.floats(0, 999),
)
def test_a_merge_is_as_high_as_its_text_and_at_most_a_pixel_higher(heights: list[float], need: float) -> None:
    before = sum(heights)
    grow(heights, 0, len(heights), need)

    assert sum(heights) >= need
    assert sum(heights) == before or sum(heights) < need + PIXEL
    assert max(heights) - min(heights) >= 0


# --- breaks --------------------------------------------------------------------------------------------


def test_what_fits_on_one_page_has_no_break() -> None:
    assert pages([30.0, 30.0], first=70) == Pages((), [30.0, 30.0], frozenset(), apart=False)


def test_exactly_full_pages_break_where_they_are_full() -> None:
    found = pages([30.0] * 4, first=60, tail=30)

    assert found.breaks == (2, 3)


def test_a_row_that_is_a_pixel_too_much_goes_to_the_next_page() -> None:
    assert pages([30.0, 30.75], first=60, tail=0).breaks == (1,)


def test_the_first_page_may_be_smaller_than_the_others() -> None:
    assert pages([30.0] * 5, first=30, page=60, tail=0).breaks == (1, 3)


def test_a_table_that_does_not_fit_below_the_title_begins_on_the_second_page() -> None:
    assert pages([30.0], first=20, page=60).breaks == (0,)


def test_a_goal_is_not_cut() -> None:
    goals = (Group(0, 2, 0), Group(2, 5, 0))

    assert pages([20.0] * 5, goals, rows(5), first=80).breaks == (2,)


def test_a_goal_as_tall_as_a_page_is_not_cut() -> None:
    goals = (Group(0, 1, 0), Group(1, 4, 0), Group(4, 5, 0))

    assert pages([20.0] * 5, goals, rows(5), first=60).breaks == (1, 4)


def test_a_goal_taller_than_a_page_is_cut_between_its_indikator() -> None:
    goal, indikator = (Group(0, 6, 0),), (Group(0, 2, 0), Group(2, 4, 0), Group(4, 6, 0))

    assert pages([20.0] * 6, goal, indikator, first=70).breaks == (2, 4)


def test_an_indikator_taller_than_a_page_is_cut_between_its_kegiatan() -> None:
    whole = (Group(0, 6, 30.0),)
    found = pages([20.0] * 6, whole, whole, first=60, keep=2)

    assert found == Pages((3, 4), [20.0] * 6, frozenset(whole), apart=False)


def test_a_goal_taller_than_a_page_begins_where_there_is_room_for_it() -> None:
    """A goal that must be cut anyway need not begin on a new page."""
    goals = (Group(0, 1, 0), Group(1, 6, 0))

    assert pages([20.0] * 6, goals, (Group(0, 1, 0), Group(1, 6, 0)), first=60).breaks == (3, 5)


# --- texts that cross a break --------------------------------------------------------------------------


def test_the_text_of_a_cut_goal_is_whole_above_the_break() -> None:
    goal = (Group(0, 4, 25.0),)
    found = pages([10.5, 9.75, 10.5, 10.5], goal, goal, first=28, tail=3)

    assert found == Pages((2,), [13.5, 12.0, 10.5, 10.5], frozenset(goal), apart=False)


def test_a_text_that_cannot_be_whole_above_the_break_goes_below_it() -> None:
    goals = (Group(0, 1, 10), Group(1, 6, 50.0))
    found = pages([20.0] * 6, goals, (Group(0, 1, 10), Group(1, 6, 50.0)), first=60)

    assert found.breaks == (1, 4)
    assert found.crossing == frozenset({Group(1, 6, 50.0)})


def test_a_text_that_does_not_fit_on_a_small_first_page_leaves_it_empty() -> None:
    goal = (Group(0, 6, 50.0),)

    assert pages([20.0] * 6, goal, goal, first=40, page=60).breaks == (0, 3, 5)


def test_chains_that_cross_one_break_are_all_whole_above_it() -> None:
    goal, indikator, shared = (Group(0, 6, 30.0),), (Group(0, 6, 40.0),), (Group(0, 2, 0), Group(2, 6, 24.0))
    found = pages([12.0] * 6, goal, indikator, shared, first=48)

    assert found.breaks == (4,)
    assert sum(found.heights[0:4]) >= 40.0
    assert sum(found.heights[2:4]) >= 24.0
    assert found.crossing == frozenset({*goal, *indikator, shared[1]})


def test_a_group_that_ends_at_the_break_does_not_cross_it() -> None:
    goals = (Group(0, 2, 0), Group(2, 4, 0))

    assert pages([30.0] * 4, goals, first=60, tail=0).crossing == frozenset()


# --- the tail ------------------------------------------------------------------------------------------


def test_the_tail_takes_the_last_row_with_it() -> None:
    assert pages([20.0] * 3, first=60, tail=30).breaks == (2,)


def test_the_tail_keeps_as_many_rows_as_the_form_asks_for() -> None:
    assert pages([20.0] * 4, first=70, tail=30, keep=2).breaks == (2,)


def test_the_tail_keeps_as_many_rows_as_fit() -> None:
    assert pages([20.0] * 4, first=60, tail=30, keep=3).breaks == (3,)


def test_a_last_row_too_tall_for_the_tail_goes_on_beside_it() -> None:
    found = pages([20.0, 50.0], first=60, tail=30)

    assert found == Pages((1, 2), [20.0, 50.0], frozenset(), apart=True)


def test_a_last_row_that_just_fits_with_the_tail_is_not_apart() -> None:
    found = pages([20.0, 30.0], first=60, tail=30)

    assert (found.breaks, found.apart) == ((1,), False)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[float], tuple[tuple[Group, ...], ...], float]:
    """Rows, nested groups over them, and a page: no row and no text is taller than the page."""
    heights: list[float] = []
    goals: list[Group] = []
    indikator: list[Group] = []
    shared: list[Group] = []
    page = draw(st.integers(80, 400)) * PIXEL
    need = st.integers(10, int(page / PIXEL)).map(lambda pixels: pixels * PIXEL)
    for _ in range(draw(st.integers(1, 6))):
        start = len(heights)
        for _ in range(draw(st.integers(1, 3))):
            begin = len(heights)
            for _ in range(draw(st.integers(1, 4))):
                heights.append(draw(need))
                if draw(st.booleans()) and len(heights) - 1 > start:
                    shared[-1] = shared[-1]._replace(end=len(heights))
                else:
                    shared.append(Group(len(heights) - 1, len(heights), 10.0))
            indikator.append(Group(begin, len(heights), draw(need)))
        goals.append(Group(start, len(heights), draw(need)))
    levels = (tuple(goals), tuple(indikator), tuple(shared))
    for group in sorted(
        (group for level in levels for group in level), key=lambda group: group.end - group.start
    ):
        grow(heights, *group)
    return heights, levels, page


@given(tables(), st.integers(0, 400), st.integers(1, 60), st.integers(1, 4))
def test_no_page_is_fuller_than_it_is(
    table: tuple[list[float], tuple[tuple[Group, ...], ...], float], small: int, tail: int, keep: int
) -> None:
    """Excel would break by itself there, in the middle of a goal."""
    heights, levels, page = table
    first = min(small * PIXEL, page)
    found = paginate(heights, levels, first=first, page=page, tail=tail, keep=keep)
    edges = [0, *found.breaks, len(heights)]
    sums = [0.0, *accumulate(found.heights)]

    assert list(found.breaks) == sorted(found.breaks)
    for number, (start, end) in enumerate(pairwise(edges)):
        room = first if number == 0 else page
        own = tail if number == len(edges) - 2 else 0
        assert sums[end] - sums[start] + own <= room + 1e-6


@given(tables(), st.integers(0, 400))
def test_every_crossing_text_is_whole_on_the_page_it_begins_on(
    table: tuple[list[float], tuple[tuple[Group, ...], ...], float], small: int
) -> None:
    heights, levels, page = table
    found = paginate(heights, levels, first=min(small * PIXEL, page), page=page, tail=20, keep=2)

    for level in levels:
        for group in level:
            cut = next((row for row in found.breaks if group.start < row < group.end), None)
            assert (group in found.crossing) == (cut is not None)
            assert sum(found.heights[group.start : cut or group.end]) >= group.need - 1e-6


@given(tables())
def test_a_goal_is_cut_only_where_it_is_taller_than_a_page(
    table: tuple[list[float], tuple[tuple[Group, ...], ...], float],
) -> None:
    heights, levels, page = table
    found = paginate(heights, levels, first=page, page=page, tail=0, keep=1)

    for group in levels[0]:
        if any(group.start < row < group.end for row in found.breaks):
            assert sum(heights[group.start : group.end]) > page - 1e-6

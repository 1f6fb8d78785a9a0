"""LibreOffice prints plans of every shape, and cuts nothing; `tools/long_run.py` asks it about many more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pytest

from clients import paper
from properties import sheets, strategies
from rak_excel import api
from rak_excel.sheet.grid import Formula

if TYPE_CHECKING:
    from pathlib import Path

    from clients.paper import Printed, Seen
    from rak_excel.sheet.grid import Cell, Sheet

pytestmark = pytest.mark.client

# Of a line, as printed by LibreOffice 7.4 (and what it keeps around the lines).
PITCH: Final = 1.118
AROUND: Final = 2.0
SLACK: Final = 1.06
PIXEL: Final = 0.75
NUMBER: Final = 2026
PLANS: Final = 8
OF_EACH: Final = 2
"""Plans of each other form that we ship."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, profile: Path) -> list[Printed]:
    drawn = strategies.drawn(PLANS, NUMBER)
    for name in strategies.OTHERS:
        drawn += strategies.drawn(OF_EACH, NUMBER, partial(strategies.plans_for, strategies.LAYOUTS[name]))
    books = [api.build(plan) for plan in drawn]
    return paper.print_books(books, tmp_path_factory.mktemp("paper"), profile)


def test_nothing_on_any_page_is_cut(printed: list[Printed]) -> None:
    """A line that is cut on paper is missing in what is signed."""
    assert [one.cut_pages() for one in printed] == [[] for _ in printed]


def test_pages_end_where_we_say(printed: list[Printed]) -> None:
    """A page that LibreOffice breaks by itself ends in the middle of a goal."""
    expected = [sum(len(sheets.pages(sheet)) for sheet in one.book.sheets) for one in printed]

    assert [len(one.ink) for one in printed] == expected


def test_every_text_stands_whole_on_the_page_on_which_it_begins(printed: list[Printed]) -> None:
    """Nobody turns the page back to read the beginning of a sentence."""
    broken = [seen for one in printed for seen in paper.cells_seen(one) if not seen.whole]

    assert not broken


def test_no_row_is_much_higher_than_its_texts(printed: list[Printed]) -> None:
    """A line and 6 % of the text that decided the height may be empty: more looks like a mistake.

    We count lines for Excel, whose columns have less room.  In a row of two hundred at most that costs a
    text one line more, since two of its lines end within the points of that difference.
    """
    rows = sum(len(sheet.heights) for one in printed for sheet in one.book.sheets)
    loose = [row for one in printed for row in loose_rows(one)]

    assert len(loose) <= rows / 200, loose
    assert not [row for one in printed for row in loose_rows(one, empty=2)]


def loose_rows(printed: Printed, empty: int = 1) -> list[str]:
    """The rows that no text of their own and no merge over them asked to be so high, each with its texts.

    `empty` are the lines that may be empty, beside 6 %.
    """
    cells: dict[int, list[Seen]] = {}
    for seen in paper.cells_seen(printed):
        if seen.first:
            cells.setdefault(id(seen.sheet), []).append(seen)
    return [
        f"row {row + 1}, {sheet.heights[row]:g} pt: "
        + "; ".join(
            f"{len(seen.lines)} lines of {seen.cell.value!r} over {seen.cell.rows} rows"
            for seen in cells[id(sheet)]
            if row in sheets.rows(seen.cell) and isinstance(seen.cell.value, str)
        )
        for sheet in printed.book.sheets
        for row in _loose_rows(sheet, cells[id(sheet)], empty)
    ]


def _loose_rows(sheet: Sheet, cells: list[Seen], empty: int) -> list[int]:
    asked = set[int]()
    for seen in cells:
        rows = _above_the_break(sheet, seen.cell)
        if sheets.points(sheet, rows) <= _allowed(sheet, seen, empty) + PIXEL * len(rows):
            asked.update(rows)
    return sorted({seen.cell.row for seen in cells} - asked)


def _above_the_break(sheet: Sheet, cell: Cell) -> range:
    return range(cell.row, min([*sheets.crossed(sheet, cell), cell.row + cell.rows]))


def _allowed(sheet: Sheet, seen: Seen, empty: int) -> float:
    """Points that a cell may be high with the lines that it has on paper."""
    line = (sheet.looks[seen.cell.role].size or sheet.size) * PITCH
    value = seen.cell.value
    blank = sum(not one.strip() for one in value.split("\n")) if isinstance(value, str) else 0
    lines = len(seen.lines) + blank
    if isinstance(value, Formula):
        lines = 1
    return (lines * SLACK + empty) * line + AROUND

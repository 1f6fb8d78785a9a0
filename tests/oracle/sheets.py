"""A sheet that is edited as Excel does it: rows and columns move, and merges, ranges, formulas with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from rak_excel.findings import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Value: TypeAlias = str | int | float | bool | None

REF: Final = "#REF!"
_CELL: Final = re.compile(r"(?<![A-Za-z_!#])(\$?)([A-Z]{1,2})(\$?)(\d+)(?![\d(])")
_WHOLE: Final = re.compile(r"(?<![A-Za-z_!#$])([A-Z]{1,2}):([A-Z]{1,2})(?![A-Za-z\d(])")


class Cell:
    """One cell.  `formula` with `stored` false has never been calculated; an error is a text with `error`."""

    __slots__ = ("error", "formula", "stored", "style", "value")

    def __init__(self, value: Value = None, style: int = 0, formula: str = "") -> None:
        self.value = value
        self.style = style
        self.formula = formula
        self.stored = True
        self.error = False

    def put(self, value: Value, formula: str = "", *, stored: bool = True, error: bool = False) -> None:
        """Type something into the cell; its look stays."""
        self.value, self.formula, self.stored, self.error = value, formula, stored, error

    def take(self, other: Cell) -> None:
        """Paste what another cell holds, with its look."""
        self.put(other.value, other.formula, stored=other.stored, error=other.error)
        self.style = other.style

    @property
    def blank(self) -> bool:
        """Whether a person sees nothing in it."""
        return self.value in (None, "") and not self.formula


class Line:
    """One row of a sheet.  `slot` is the kegiatan that stands in it, as `truth` knows it."""

    __slots__ = ("cells", "height", "hidden", "slot")

    def __init__(self, cells: list[Cell], height: float | None) -> None:
        self.cells = cells
        self.height = height
        self.hidden = False
        self.slot: Any = None


@dataclass(slots=True)
class Column:
    """One column: the field that the form prints in it, or `""`."""

    field: str = ""
    width: float = 10
    hidden: bool = False


@dataclass(slots=True)
class Rect:
    """A rectangle of cells, ends included, from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right

    @property
    def a1(self) -> str:
        """The range as XML writes it."""
        first = f"{column_letters(self.left + 1)}{self.top + 1}"
        last = f"{column_letters(self.right + 1)}{self.bottom + 1}"
        return first if first == last else f"{first}:{last}"

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return self.top == self.bottom and self.left == self.right


@dataclass(slots=True)
class Help:
    """A validation or conditional format: its XML around the cells and formulas that move."""

    tag: str
    head: str
    cells: Rect | None
    formulas: list[str]


@dataclass(slots=True)
class Grid:
    """One sheet of a workbook."""

    name: str
    lines: list[Line]
    columns: list[Column]
    merges: list[Rect] = field(default_factory=list)
    names: dict[str, Rect | None] = field(default_factory=dict)
    helps: list[Help] = field(default_factory=list)
    state: str = "visible"
    view: str = ""
    setup: str = ""
    filtered: Rect | None = None
    breaks: list[int] = field(default_factory=list)

    # --- looking ---

    def merge_at(self, row: int, column: int) -> Rect | None:
        """The merge that covers a cell."""
        return next((rect for rect in self.merges if (row, column) in rect), None)

    def anchor(self, row: int, column: int) -> Cell:
        """The cell whose value is shown at a place."""
        rect = self.merge_at(row, column)
        return self.lines[rect.top].cells[rect.left] if rect else self.lines[row].cells[column]

    def places(self) -> dict[int, tuple[int, int]]:
        """Row and column from 1 of every cell, by its identity."""
        return {
            id(cell): (row, column)
            for row, line in enumerate(self.lines, 1)
            for column, cell in enumerate(line.cells, 1)
        }

    def row_of(self, line: Line) -> int:
        """The index of a line."""
        return next(row for row, one in enumerate(self.lines) if one is line)

    def formulas(self) -> Iterator[Cell]:
        """All cells with a formula."""
        return (cell for line in self.lines for cell in line.cells if cell.formula)

    # --- lines ---

    def insert_line(self, at: int, *, like: int | None = None) -> Line:
        """Insert a row: merges that it falls into grow, and it looks like the row above."""
        above = self.lines[at - 1 if like is None else like]
        line = Line([Cell(style=cell.style) for cell in above.cells], above.height)
        self.lines.insert(at, line)
        for rect in self.rects():
            rect.top += rect.top >= at
            rect.bottom += rect.bottom >= at
        self.breaks = [row + (row >= at) for row in self.breaks]
        self.shift(lambda row: row + (row >= at), lambda column: column)
        return line

    def delete_line(self, at: int, *, keep: bool = True) -> Line:
        """Delete a row.  Of a merge whose first row goes, Excel keeps the value (`keep`).

        LibreOffice 7.4 loses value and merge (seen with a macro); others may too.
        """
        headless = [rect for rect in self.merges if rect.top == at < rect.bottom]
        for rect in headless if keep else ():
            self.lines[at + 1].cells[rect.left].take(self.lines[at].cells[rect.left])
        gone = [rect for rect in self.merges if rect.top == rect.bottom == at] + ([] if keep else headless)
        self.merges = [rect for rect in self.merges if not any(rect is one for one in gone)]
        self.names = {
            name: None if rect and rect.top == rect.bottom == at else rect
            for name, rect in self.names.items()
        }
        for rect in self.rects():
            rect.top -= rect.top > at
            rect.bottom -= rect.bottom >= at
        self.merges = [rect for rect in self.merges if not rect.single]
        self.breaks = [row - (row > at) for row in self.breaks]
        self.shift(lambda row: None if row == at else row - (row > at), lambda column: column)
        return self.lines.pop(at)

    def move_lines(self, first: int, last: int, before: int) -> None:
        """Cut whole rows and insert them elsewhere; no merge may reach over an end of them."""
        bounds = [(self.lines[rect.top], self.lines[rect.bottom]) for rect in self.merges]
        block = self.lines[first : last + 1]
        rest = self.lines[:first] + self.lines[last + 1 :]
        at = before if before <= first else before - len(block)
        self.lines = rest[:at] + block + rest[at:]
        index = {id(line): row for row, line in enumerate(self.lines)}
        for rect, (top, bottom) in zip(self.merges, bounds, strict=True):
            rect.top, rect.bottom = index[id(top)], index[id(bottom)]

    # --- columns ---

    def insert_column(self, at: int, column: Column) -> None:
        """Insert a column: merges that it falls into grow, and it looks like the column to its left."""
        for line in self.lines:
            line.cells.insert(at, Cell(style=line.cells[max(0, at - 1)].style))
        self.columns.insert(at, column)
        for rect in self.rects():
            rect.left += rect.left >= at
            rect.right += rect.right >= at
        self.shift(lambda row: row, lambda index: index + (index >= at))

    def delete_column(self, at: int) -> None:
        """Delete a column with all that stands in it; a merge over more columns keeps its value."""
        for rect in self.merges:
            if rect.left == at < rect.right:
                # the cell itself goes on, since pages remember the cells of titles and signatures
                cells = self.lines[rect.top].cells
                cells[at], cells[at + 1] = cells[at + 1], cells[at]
        self.merges = [rect for rect in self.merges if not rect.left == rect.right == at]
        self.names = {
            name: None if rect and rect.left == rect.right == at else rect
            for name, rect in self.names.items()
        }
        for one in self.helps:
            if one.cells and one.cells.left == one.cells.right == at:
                one.cells = None
        for rect in self.rects():
            rect.left -= rect.left > at
            rect.right -= rect.right >= at
        self.merges = [rect for rect in self.merges if not rect.single]
        for line in self.lines:
            del line.cells[at]
        del self.columns[at]
        self.shift(lambda row: row, lambda index: None if index == at else index - (index > at))

    def swap_columns(self, left: int, top: int, bottom: int) -> None:
        """Cut the cells of a column between two rows and insert them one column further right."""
        for row in range(top, bottom + 1):
            cells = self.lines[row].cells
            cells[left], cells[left + 1] = cells[left + 1], cells[left]
        for rect in self.merges:
            if rect.left == rect.right and top <= rect.top <= bottom and rect.left in (left, left + 1):
                rect.left = rect.right = 2 * left + 1 - rect.left
        one, other = self.columns[left], self.columns[left + 1]
        one.field, other.field = other.field, one.field
        self.shift(
            lambda row: row, lambda column: 2 * left + 1 - column if column in (left, left + 1) else column
        )

    # --- merges ---

    def unmerge(self, rect: Rect) -> None:
        """Excel leaves the value in the first cell."""
        self.merges = [one for one in self.merges if one is not rect]

    def merge(self, rect: Rect, *, hide: bool = False) -> list[Cell]:
        """Merge cells; Excel keeps the first value only, others may `hide` the rest: these come back."""
        self.merges = [one for one in self.merges if (one.top, one.left) not in rect]
        hidden = []
        for row in range(rect.top, rect.bottom + 1):
            for column in range(rect.left, rect.right + 1):
                cell = self.lines[row].cells[column]
                if (row, column) == (rect.top, rect.left) or cell.blank:
                    continue
                if hide:
                    hidden.append(cell)
                else:
                    cell.put(None)
        if not rect.single:
            self.merges.append(rect)
        return hidden

    # --- what moves along ---

    def rects(self) -> Iterator[Rect]:
        """Everything that moves when rows or columns are inserted."""
        yield from self.merges
        yield from (rect for rect in self.names.values() if rect)
        yield from (one.cells for one in self.helps if one.cells)
        if self.filtered:
            yield self.filtered

    def shift(self, row_of: Callable[[int], int | None], column_of: Callable[[int], int | None]) -> None:
        """Let formulas follow; one that loses its cell becomes #REF!, as in Excel."""
        for cell in self.formulas():
            cell.formula = shifted(cell.formula, row_of, column_of)
            if REF in cell.formula:
                cell.value, cell.error = REF, True
        for one in self.helps:
            one.formulas = [shifted(text, row_of, column_of) for text in one.formulas]


def shifted(formula: str, row_of: Callable[[int], int | None], column_of: Callable[[int], int | None]) -> str:
    """A formula after its cells have moved; `None` for a cell that is gone.

    Examples:
        >>> shifted("SUM(J9:INDEX(J:J,ROW()-1))", lambda row: row + 1, lambda column: column)
        'SUM(J10:INDEX(J:J,ROW()-1))'
        >>> shifted("$E9<>1", lambda row: None, lambda column: column)
        '#REF!<>1'
    """
    if "!" in formula.replace(REF, ""):
        return formula

    def cell(match: re.Match[str]) -> str:
        row, column = row_of(int(match[4]) - 1), column_of(_index(match[2]))
        if row is None or column is None:
            return REF
        return f"{match[1]}{column_letters(column + 1)}{match[3]}{row + 1}"

    def whole(match: re.Match[str]) -> str:
        ends = [column_of(_index(match[end])) for end in (1, 2)]
        kept = [column_letters(end + 1) for end in ends if end is not None]
        return ":".join(kept) if len(kept) == 2 else REF

    return _WHOLE.sub(whole, _CELL.sub(cell, formula))


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def copied(grids: Iterable[Grid]) -> list[Grid]:
    """Grids that can be edited without changing the given ones; slots are left out."""
    made = []
    for grid in grids:
        lines = []
        for line in grid.lines:
            cells = [Cell(cell.value, cell.style, cell.formula) for cell in line.cells]
            lines.append(Line(cells, line.height))
        made.append(
            Grid(
                grid.name,
                lines,
                [Column(one.field, one.width, one.hidden) for one in grid.columns],
                [Rect(one.top, one.left, one.bottom, one.right) for one in grid.merges],
                {n: one and Rect(one.top, one.left, one.bottom, one.right) for n, one in grid.names.items()},
                [Help(one.tag, one.head, _copy(one.cells), list(one.formulas)) for one in grid.helps],
                grid.state,
                grid.view,
                grid.setup,
                breaks=list(grid.breaks),
            )
        )
    return made


def _copy(rect: Rect | None) -> Rect | None:
    return rect and Rect(rect.top, rect.left, rect.bottom, rect.right)

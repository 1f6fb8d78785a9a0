"""Cells, sheets and books, as they will stand on paper; knows no program that draws them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from rak_excel.findings import column_letters
from rak_excel.sheet.layout import Look, Page


class Formula(NamedTuple):
    """A live formula with the value it has now; viewers and phones do not calculate."""

    text: str
    result: int


Value: TypeAlias = str | int | float | Formula | None

HIDDEN_SHEET: Final = "_rak"
NO_COLUMN: Final = -1
"""The key column of a sheet that has none."""

ALARM: Final = "#FFC7CE"


class Cell(NamedTuple):
    """A cell, or the one value of a merge of `rows` x `columns`; rows and columns count from 0.

    `top` puts the text at the upper edge: the merge goes on over a page break.
    """

    row: int
    column: int
    role: str
    value: Value
    rows: int = 1
    columns: int = 1
    top: bool = False


class Range(NamedTuple):
    """A rectangle of cells, ends included, from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def a1(self) -> str:
        """The range as a formula writes it, absolute.

        Examples:
            >>> Range(0, 0, 9, 2).a1
            '$A$1:$C$10'
        """
        first = f"${column_letters(self.first_column + 1)}${self.first_row + 1}"
        last = f"${column_letters(self.last_column + 1)}${self.last_row + 1}"
        return first if first == last else f"{first}:{last}"


class Choice(NamedTuple):
    """A drop-down over cells: the words stand in `source` on a sheet, as a rule the hidden one.

    Of a list that `grows` only the part down to its last word is offered.  Where the list `answers`, whoever
    types another word is told; nothing is blocked.
    """

    cells: Range
    source: Range
    title: str
    prompt: str
    sheet: str = HIDDEN_SHEET
    grows: bool = False
    answers: bool = True


class Prompt(NamedTuple):
    """What is said of cells when one is chosen, and when something is typed that the formula does not allow.

    The formula is as of the first cell; anything else is answered, never blocked.  Without a formula anything
    goes.
    """

    cells: Range
    formula: str
    title: str
    prompt: str


class Alarm(NamedTuple):
    """A live warning: the cells are coloured while the formula, as of their first cell, is true."""

    cells: Range
    formula: str
    fill: str = ALARM


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a book, such as a plan as it will be printed.

    `widths` are Excel's column widths, `heights` points a row; `breaks` are the rows before which a new page
    begins; `heading` the first and last row repeated on every page; `key_column` holds the hidden ids.

    A sheet that `grows` is to be filled in: its rows become higher as somebody types.  `fold` are the first
    and last row that can be folded away, `digits` the cells in which digits are texts on purpose.
    """

    name: str
    cells: tuple[Cell, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    breaks: tuple[int, ...]
    heading: tuple[int, int]
    key_column: int
    scale: int
    page: Page
    font: str
    size: float
    looks: dict[str, Look]
    table: Range
    total: Range | None = None
    choices: tuple[Choice, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    grows: bool = False
    fold: tuple[int, int] | None = None
    digits: tuple[Range, ...] = ()

    def visible(self) -> Iterator[Cell]:
        """The cells a person sees, in reading order."""
        return (cell for cell in self.cells if cell.column != self.key_column)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its sheets, and what it carries unseen to be read back.

    `carried` are the rows of the hidden sheet, `properties` the custom document properties; `year` dates the
    file, since the clock of the day must not change its bytes.
    """

    sheets: tuple[Sheet, ...]
    title: str
    year: int
    carried: tuple[tuple[str, ...], ...]
    properties: tuple[tuple[str, str], ...]


def dump(book: Book) -> str:
    """The book as text, for a reviewer to read and for tests to compare."""
    return "".join(_dump_sheet(sheet) for sheet in book.sheets)


def _dump_sheet(sheet: Sheet) -> str:
    lines = [
        f"sheet    {sheet.name}",
        f"page     {sheet.page.paper} {'landscape' if sheet.page.landscape else 'portrait'} {sheet.scale} %",
        f"widths   {' '.join(f'{width:g}' for width in sheet.widths)}",
        f"breaks   {' '.join(str(row + 1) for row in sheet.breaks) or '-'}",
        f"heading  {sheet.heading[0] + 1}:{sheet.heading[1] + 1}",
    ]
    row = -1
    for cell in sheet.cells:
        if cell.row != row:
            lines.extend(f"{at + 1:<4} {sheet.heights[at]:g} pt" for at in range(row + 1, cell.row + 1))
            row = cell.row
        lines.append(
            f"  {_where(cell):<9} {cell.role + ('^' if cell.top else ''):<13} {_told(cell.value)}".rstrip()
        )
    return "\n".join(lines) + "\n"


def _where(cell: Cell) -> str:
    last_row, last_column = cell.row + cell.rows - 1, cell.column + cell.columns - 1
    return Range(cell.row, cell.column, last_row, last_column).a1.replace("$", "")


def _told(value: Value) -> str:
    if isinstance(value, Formula):
        return f"={value.text} -> {value.result}"
    return "" if value is None else repr(value) if isinstance(value, str) else str(value)

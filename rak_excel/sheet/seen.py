"""A workbook as it is handed in: what its cells hold, and what hides in it.  Nothing is understood yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from rak_excel.sheet.grid import Range

Kind = Literal["text", "number", "percent", "boolean", "date", "error"]


class Seen(NamedTuple):
    r"""One cell that is not empty.

    `text` is what it holds: a number in its shortest exact spelling (`306461000`, `89.5`, of a NIP that Excel
    took for a number `1.98205062010122e+17`), a percent times a hundred (`100` for a cell that shows 100 %),
    a boolean as `TRUE` or `FALSE`, a date as `2024-01-31`, with a time `2024-01-31 10:30`, a time alone
    `10:30`, an error as `#REF!`, a text with its line breaks as `\n`.  `formula` is the formula whose stored
    value this is, without its `=` (one that cells share as it stands in the first of them); `stored` tells
    that there is such a value: a file saved by openpyxl has none, and the text is empty.
    """

    text: str
    kind: Kind = "text"
    formula: str = ""
    stored: bool = True


class Worn(NamedTuple):
    """How one cell looks: its font, its fill as `#RRGGBB`, and how its text is aligned, in Excel's words."""

    font: str = ""
    size: float = 0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    fill: str = ""
    align: str = ""
    valign: str = ""


@dataclass(frozen=True, slots=True)
class Dress:
    """How a sheet looks: widths of columns as the file has them, Excel's code of the paper, margins in cm.

    Widths count the digits of the `normal` font.  What the file does not tell is `None` or not there; rows
    and columns count from 1.
    """

    normal: Worn
    widths: Mapping[int, float]
    usual_width: float
    paper: int | None
    landscape: bool | None
    margins: Mapping[str, float]
    footer: str
    looks: Mapping[tuple[int, int], Worn]


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """One sheet: `rows` maps row to column to cell, both from 1, in order; values under a merge are there.

    `merges` count from 0, as ranges do; hidden rows and columns, and the places of `notes` and of `pictures`
    (charts and shapes too), count from 1.
    `parsed` is false where it has no cells only because nobody looked: a chart, or a large hidden sheet.
    `dress` is read only for who asks.
    """

    name: str
    state: Literal["visible", "hidden", "veryHidden"]
    rows: Mapping[int, Mapping[int, Seen]]
    merges: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    parsed: bool = True
    pictures: tuple[tuple[int, int], ...] = ()
    dress: Dress | None = None

    def cells(self) -> Iterator[tuple[int, int, Seen]]:
        """Row, column and content of every cell that is not empty, in reading order."""
        for row, cells in self.rows.items():
            for column, cell in cells.items():
                yield row, column, cell


@dataclass(frozen=True, slots=True)
class SeenBook:
    """A workbook: its sheets in order, custom properties, and defined names with their references.

    A name that belongs to one sheet stands under `SHEET!NAME`.
    """

    sheets: tuple[SeenSheet, ...]
    properties: Mapping[str, str]
    names: Mapping[str, str]

    def sheet(self, name: str) -> SeenSheet | None:
        """The sheet of a name, without regard to case, as Excel compares them."""
        return next((sheet for sheet in self.sheets if sheet.name.lower() == name.lower()), None)

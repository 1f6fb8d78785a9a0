"""A listing: a sheet with a title, one table of many rows, its totals and charts; knows no program."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from rak_excel.findings import Language, Words, column_letters

Kind: TypeAlias = Literal["rekap", "temuan"]

MARKS: Final[dict[Kind, str]] = {"rekap": "rak_rekap", "temuan": "rak_temuan"}
"""The custom property that tells a recapitulation, or a report of findings; neither is a plan."""

FONT: Final = "Arial"
SIZE: Final = 9.0
HEIGHT: Final = 15.0
"""Points of a row of one line."""

ROWS: Final = 1_048_576
"""Rows of a sheet, Excel's limit since 2007."""

CHARACTERS: Final = 32_767
"""UTF-16 units of a cell's text, Excel's limit."""

DIGITS: Final = 999_999_999_999_999
"""The largest number that Excel holds to the last digit."""


class Live(NamedTuple):
    """A live formula, without its `=`, and the value that it has now."""

    text: str
    result: int | float | str


Plain: TypeAlias = str | int | float | None
"""What stands in a row of a table; in a column with a formula it is the result."""

Value: TypeAlias = Plain | Live


class Style(NamedTuple):
    """How a role looks; only the writer says it in Excel's words."""

    align: str = "left"
    indent: int = 0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    wrap: bool = False
    line: bool = True
    number: str = ""
    fill: str = ""
    ink: str = ""
    size: float = SIZE


_RUPIAH: Final = '#,##0_-_-;-#,##0_-_-;"–"_-_-'
"""Room to the right of a number is part of its format: LibreOffice indents only some numbers."""

_PERCENT: Final = '0.0%_-_-;-0.0%_-_-;"–"_-_-'
_DARK: Final = "#1F3864"
_LIGHT: Final = "#E7ECF4"

ROLES: Final[dict[str, Style]] = {
    "judul": Style(bold=True, line=False, ink=_DARK, size=14),
    "keterangan": Style(line=False, ink="#404040"),
    "aturan": Style(italic=True, wrap=True, line=False, ink="#595959"),
    "vonis": Style(bold=True, line=False, ink="#2E6B3E"),
    "subjudul": Style(bold=True, line=False, ink=_DARK, size=11),
    "kepala": Style(align="center", bold=True, wrap=True, fill=_DARK, ink="#FFFFFF"),
    "teks": Style(indent=1, wrap=True),
    "sebaris": Style(indent=1),
    "tengah": Style(align="center"),
    "urutan": Style(align="center", number='0;;"–"'),
    "centang": Style(align="center", number='"√";;'),
    "bilangan": Style(align="right", number=_RUPIAH),
    "rupiah": Style(align="right", number=_RUPIAH),
    "persen": Style(align="right", number=_PERCENT),
    "mirip": Style(align="center", number="0%"),
    "tautan": Style(align="center", underline=True, ink="#1F4E9E"),
    "jumlah": Style(indent=1, bold=True, fill=_LIGHT),
    "jumlah_bilangan": Style(align="right", bold=True, number=_RUPIAH, fill=_LIGHT),
    "jumlah_persen": Style(align="right", bold=True, number=_PERCENT, fill=_LIGHT),
}


class Column(NamedTuple):
    """A column of the table: its heading, the role of its cells, and Excel's width.

    Where there is a `formula`, each row that is not `None` is live and its value is the result; `{row}`
    stands for the row's number.  `total` is what stands in the row of totals; in a live one, `{cells}` is
    the column's range.
    """

    heading: str
    role: str
    width: float
    formula: str = ""
    total: Value = None


class Frame(NamedTuple):
    """Where a table stands on its sheet: rows above its heading, and rows of data.

    Rows and columns of formulas count from 1 and from A.  A table without rows keeps one blank row.
    """

    name: str
    head: int
    length: int

    @property
    def first(self) -> int:
        """The number of the first row of data, from 1."""
        return self.head + 2

    @property
    def last(self) -> int:
        """The number of the last row of data, from 1."""
        return self.head + 1 + max(self.length, 1)

    @property
    def quoted(self) -> str:
        """The sheet as a formula names it.

        Examples:
            >>> Frame("Data Jum'at", 4, 2).quoted
            "'Data Jum''at'"
        """
        return "'" + self.name.replace("'", "''") + "'"

    def here(self, column: int) -> str:
        """A column's data, from 0, as a formula on the same sheet names it.

        Examples:
            >>> Frame("Rekap", 4, 17).here(2)
            '$C$6:$C$22'
        """
        letters = column_letters(column + 1)
        return f"${letters}${self.first}:${letters}${self.last}"

    def there(self, column: int) -> str:
        """A column's data, from 0, as a formula on another sheet names it.

        Examples:
            >>> Frame("Per Sasaran", 4, 17).there(0)
            "'Per Sasaran'!$A$6:$A$22"
        """
        return f"{self.quoted}!{self.here(column)}"


class Field(NamedTuple):
    """A column before a language is chosen, by the name that formulas find it under."""

    name: str
    heading: Words
    role: str
    width: float


def _width(total: Value) -> float:
    """Excel's width of a column that shows a total in bold: what does not fit would be shown as ####."""
    return (
        0.9 * len(f"{total.result:,}") + 3 if isinstance(total, Live) and isinstance(total.result, int) else 0
    )


class Table(NamedTuple):
    """Where the columns of a table stand, so that formulas of this sheet and of others find them."""

    frame: Frame
    fields: tuple[Field, ...]

    def at(self, name: str) -> int:
        """The number of a column, from 0.

        Raises:
            StopIteration: there is none of that name.
        """
        return next(at for at, field in enumerate(self.fields) if field.name == name)

    def letter(self, name: str) -> str:
        """A column's letter."""
        return column_letters(self.at(name) + 1)

    def here(self, name: str) -> str:
        """A column's data, as a formula on the same sheet names it."""
        return self.frame.here(self.at(name))

    def there(self, name: str) -> str:
        """A column's data, as a formula on another sheet names it."""
        return self.frame.there(self.at(name))

    def columns(
        self,
        language: Language,
        formulas: Mapping[str, str],
        totals: Mapping[str, Value] = MappingProxyType({}),
    ) -> tuple[Column, ...]:
        """The columns, with the formulas and totals of some, each wide enough for its total."""
        return tuple(
            Column(
                getattr(field.heading, language),
                field.role,
                max(field.width, _width(totals.get(field.name))),
                formulas.get(field.name, ""),
                totals.get(field.name),
            )
            for field in self.fields
        )


class Spot(NamedTuple):
    """A cell outside of the table, over `span` columns; `row` and `column` count from 0."""

    row: int
    column: int
    role: str
    value: Value
    span: int = 1


class Tint(NamedTuple):
    """A live colour: cells of these columns (first, last) while a formula is true.

    The formula is as of the first cell.  `row` is the row of a spot, from 0; `None` are all rows of data.
    """

    columns: tuple[int, int]
    formula: str
    fill: str
    ink: str
    row: int | None = None


class Series(NamedTuple):
    """One series of a chart: ranges as formulas name them, with the values that stand there now."""

    name: str
    categories: str
    values: str
    labels: tuple[str, ...]
    numbers: tuple[int | float, ...]
    colour: str


class Chart(NamedTuple):
    """A native chart: horizontal bars, or columns; placed at a cell, from 0, its size in pixels."""

    kind: Literal["bar", "column"]
    title: str
    series: Series
    number: str
    row: int
    column: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One sheet.

    `rows` begins anew with each call and yields `frame.length` rows, each a value a column.  `table` is the
    name of the Excel table, unique in the book.  The totals stand below the table, or right above its
    heading where the table is long.  `heights` are points of rows outside of the table, by row from 0;
    `height` gives those of a row of the table, or `None` for the usual one.  `bars` are columns with data
    bars.  So many columns are `frozen` at the left; so many are `printed`, 0 for all of them.  A sheet of
    `one_page` is fitted to a single sheet of paper.
    """

    frame: Frame
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Sequence[Plain]]]
    table: str
    spots: tuple[Spot, ...] = ()
    heights: tuple[tuple[int, float], ...] = ()
    height: Callable[[Sequence[Plain]], float] | None = None
    totals: Literal["", "above", "below"] = ""
    bars: tuple[int, ...] = ()
    tints: tuple[Tint, ...] = ()
    charts: tuple[Chart, ...] = ()
    frozen: int = 0
    printed: int = 0
    one_page: bool = False

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return self.frame.name

    def total(self) -> tuple[Value, ...]:
        """The row of totals, each column's range in its formula."""
        return tuple(
            column.total._replace(text=column.total.text.replace("{cells}", self.frame.here(at)))
            if isinstance(column.total, Live)
            else column.total
            for at, column in enumerate(self.columns)
        )


@dataclass(frozen=True, slots=True)
class ListingBook:
    """Listings as one workbook; `year` stands for its date of creation, since no clock is asked.

    In the footer `{halaman}` and `{jumlah_halaman}` are numbers of pages.
    """

    title: str
    year: int
    kind: Kind
    listings: tuple[Listing, ...]
    footer: str

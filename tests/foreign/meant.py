"""What a foreign workbook means, written by hand, and a sheet of openpyxl to draw it on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

_THIN: Final = Side(style="thin")


class Lembar:
    """One sheet under somebody's hands."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet

    def put(self, cell: str, value: Any, *, bold: bool = False) -> None:
        """Type into a cell; a formula begins with `=`."""
        self.sheet[cell] = value
        self.sheet[cell].alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            self.sheet[cell].font = Font(bold=True)

    def row(self, cell: str, *values: Any) -> None:
        """Type into the cells from one to the right; `None` passes one over."""
        start = self.sheet[cell]
        for at, value in enumerate(values):
            if value is not None:
                target = self.sheet.cell(start.row, start.column + at, value)
                target.alignment = Alignment(wrap_text=True, vertical="top")

    def merge(self, ranges: str) -> None:
        """Merge the cells of each of these ranges."""
        for one in ranges.split():
            self.sheet.merge_cells(one)

    def frame(self, cells: str, fill: str = "") -> None:
        """Draw borders around cells, and a ground behind them."""
        for row in self.sheet[cells]:
            for cell in row:
                cell.border = Border(_THIN, _THIN, _THIN, _THIN)
                if fill:
                    cell.fill = PatternFill("solid", fgColor=fill)
                    cell.font = Font(bold=True)


@dataclass(frozen=True, slots=True)
class Butir:
    """One kegiatan: the row it stands in, the texts above it, and its own fields as a plan has them."""

    baris: int
    sasaran: str
    indikator: str
    isi: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Meant:
    """One plan of a sheet: `columns` tells where each field stands, `cells` where those around the table do.

    `told` are cells that belong to no field of a plan, which a finding must name.
    """

    sheet: str
    columns: dict[str, str]
    heading: int
    butir: tuple[Butir, ...]
    judul: str
    tahun: int
    unit: str
    penandatangan: tuple[dict[str, str], ...]
    cells: dict[str, str]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Buku:
    """A workbook with what it means; `right` says that nothing of it may be read otherwise."""

    book: Workbook
    meant: tuple[Meant, ...]
    right: bool = True
    told: tuple[tuple[str, str], ...] = field(default=())


MAKERS: dict[str, Callable[[], Buku]] = {}


def maker(make: Callable[[], Buku]) -> Callable[[], Buku]:
    """Count a function among the makers; its docstring says whose habits it shows."""
    MAKERS[make.__name__] = make
    return make


def blank(name: str = "Sheet1") -> tuple[Workbook, Lembar]:
    """A new workbook with one empty sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    return book, Lembar(sheet)


def more(book: Workbook, name: str) -> Lembar:
    """One more sheet of a workbook."""
    return Lembar(book.create_sheet(name))


def ticks(marks: str) -> tuple[bool, ...]:
    """Ticks as `1.34` writes those of the first, third and fourth period."""
    return tuple(mark != "." for mark in marks)

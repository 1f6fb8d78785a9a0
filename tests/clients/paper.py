"""A sheet as LibreOffice prints it, cell by cell: what of each text is seen, and what is cut.

The proof is ink.  A workbook is printed twice without borders: as it is, and with every row far taller on
paper as long as that takes.  Both have the same pages with the same texts; where a page has as much ink as
its tall twin, nothing on it is cut.  In the tall twin the texts lie far apart, so that each word is known to
be of one cell.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from bisect import bisect
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from clients import libreoffice
from properties import sheets
from rak_excel import api
from rak_excel.sheet.grid import Formula
from rak_excel.sheet.measure import pixels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clients.libreoffice import Word
    from rak_excel.sheet.grid import Book, Cell, Sheet

EXTRA: Final = 60.0
"""Points that every row of the tall twin is higher."""
DPI: Final = 96
DOT: Final = 255
"""The ink of one black dot: a page printed twice differs by less than a tenth of it, and the least that can
be cut from a letter is more."""
_PIXEL: Final = 0.75
_SAME_LINE: Final = 3.0


class Printed(NamedTuple):
    """A book on paper: each page's ink, that of its tall twin, and the words of both."""

    book: Book
    ink: list[int]
    tall_ink: list[int]
    words: list[Word]
    tall_words: list[Word]

    def cut_pages(self) -> list[int]:
        """The pages on which something cannot be seen."""
        if len(self.ink) != len(self.tall_ink):
            return list(range(max(len(self.ink), len(self.tall_ink))))
        return [
            at
            for at, (ink, tall) in enumerate(zip(self.ink, self.tall_ink, strict=True))
            if abs(ink - tall) > DOT
        ]


class Seen(NamedTuple):
    """A cell on one page: its words as printed, in lines from top to bottom.

    It is `first` on the page on which it begins.  A heading is repeated on later pages, and other cells go
    on there without their text: LibreOffice draws it again, clipped away, at its old place above them, so
    that such words stand among those of the heading, though nobody can see them.
    """

    sheet: Sheet
    cell: Cell
    page: int
    first: bool
    lines: list[str]

    @property
    def whole(self) -> bool:
        """Whether all of the text stands on the page on which it should, and no other."""
        if self.first:
            return plain("".join(self.lines)) == plain(told(self.cell))
        if self.cell.role == "kepala":
            return Counter(told(self.cell).split()) <= Counter(" ".join(self.lines).split())
        return not self.lines


def bare(book: Book, extra: float = 0.0) -> Book:
    """The book without borders, coloured cells and underlines, every row `extra` points higher.

    A thin line has more ink or less, as it falls between the dots.
    """
    return replace(
        book,
        sheets=tuple(
            replace(
                sheet,
                heights=tuple(points + extra for points in sheet.heights),
                looks={
                    role: look._replace(border=False, fill="", underline=False)
                    for role, look in sheet.looks.items()
                },
                alarms=(),
            )
            for sheet in book.sheets
        ),
    )


def _reach(book: Book, extra: float) -> float:
    """Points of the longest page, margins included."""
    return max(
        (sheets.points(sheet, rows) + (sheets.repeated(sheet) if number else 0)
         + extra * (len(rows) + sheet.heading[1] - sheet.heading[0] + 1)) * sheet.scale / 100
        + sheet.page.top + sheet.page.bottom + 20
        for sheet in book.sheets
        for number, rows in enumerate(sheets.pages(sheet))
    )  # fmt: skip


def _left_aligned(data: bytes, paper: tuple[float, float] | None) -> bytes:
    """The workbook with its pages not centred, and on paper of so many points by so many."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = part.replace(b' horizontalCentered="1"', b"")
                if paper is not None:
                    width, height = (f"{points / 72 * 25.4:.0f}mm" for points in paper)
                    size = f'<pageSetup paperWidth="{width}" paperHeight="{height}"'
                    part = re.sub(rb'<pageSetup paperSize="\d+"', size.encode(), part)
                    part = part.replace(b'orientation="landscape"', b'orientation="portrait"')
            target.writestr(name, part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def print_books(books: Sequence[Book], folder: Path, profile: Path) -> list[Printed]:
    """Print all books and their tall twins in one start of LibreOffice."""
    source, out = folder / "in", folder / "out"
    source.mkdir(parents=True)
    paths = []
    for at, book in enumerate(books):
        page = book.sheets[0].page
        width = max(sum(sheet.page.left + sheet.page.right for sheet in book.sheets), 0) + max(
            sum(map(pixels, sheet.widths)) * _PIXEL * sheet.scale / 100 for sheet in book.sheets
        )
        for name, extra in (("needed", 0.0), ("tall", EXTRA)):
            paper = (max(width + page.left, 700.0), _reach(book, extra)) if extra else None
            paths.append(source / f"{at}-{name}.xlsx")
            paths[-1].write_bytes(_left_aligned(api.render(bare(book, extra), ".xlsx"), paper))
    pdfs = libreoffice.convert(paths, "pdf", out, profile)
    return [
        Printed(
            book,
            libreoffice.darkness(needed, DPI),
            libreoffice.darkness(tall, DPI),
            libreoffice.words(needed),
            libreoffice.words(tall),
        )
        for book, needed, tall in zip(books, pdfs[::2], pdfs[1::2], strict=True)
    ]


def plain(text: str) -> str:
    """A text without blanks, and with ligatures resolved: how it is broken into lines does not matter."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def cells_seen(printed: Printed) -> list[Seen]:
    """Every cell that holds something, once for each page on which it stands; footers are left out."""
    found = []
    first_page = 0
    for sheet in printed.book.sheets:
        pages = sheets.pages(sheet)
        for number, rows in enumerate(pages):
            words = [word for word in printed.tall_words if word.page == first_page + number]
            found += _on_page(sheet, first_page + number, rows, words)
        first_page += len(pages)
    return found


def _on_page(sheet: Sheet, page: int, own: range, words: list[Word]) -> list[Seen]:
    scale = sheet.scale / 100
    heading = range(sheet.heading[0], sheet.heading[1] + 1)
    rows = [*own] if heading.start in own else [*heading, *own]
    tops, lefts = [sheet.page.top], [sheet.page.left]
    for row in rows:
        tops.append(tops[-1] + (sheet.heights[row] + EXTRA) * scale)
    for width in sheet.widths:
        lefts.append(lefts[-1] + pixels(width) * _PIXEL * scale)
    owner = {
        (row, column): cell
        for cell in sheet.visible()
        for row in sheets.rows(cell)
        for column in range(cell.column, cell.column + cell.columns)
    }
    lines: dict[Cell, dict[float, list[Word]]] = {owner[at]: {} for at in owner if at[0] in rows}
    for word in words:
        row = bisect(tops, (word.top + word.bottom) / 2) - 1
        column = min(max(bisect(lefts, (word.left + word.right) / 2) - 1, 0), len(sheet.widths) - 1)
        if 0 <= row < len(rows) and (cell := owner.get((rows[row], column))) is not None:
            of_cell = lines[cell]
            top = next((one for one in of_cell if abs(one - word.top) < _SAME_LINE), word.top)
            of_cell.setdefault(top, []).append(word)
    return [
        Seen(sheet, cell, page, cell.row in own, [_line(of_cell[top]) for top in sorted(of_cell)])
        for cell, of_cell in lines.items()
        if cell.value is not None
    ]


def _line(words: list[Word]) -> str:
    return " ".join(word.text for word in sorted(words, key=lambda word: word.left))


def told(cell: Cell) -> str:
    """What paper shows of a cell's value where Indonesian numbers are asked for."""
    value = cell.value.result if isinstance(cell.value, Formula) else cell.value
    if "rupiah" in cell.role and isinstance(value, int):
        return "-" if value == 0 and cell.role == "jumlah_rupiah" else f"{value:,}".replace(",", ".")
    return str(value)

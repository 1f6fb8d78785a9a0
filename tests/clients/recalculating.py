"""LibreOffice calculates every formula of a workbook anew, since none of them has a stored value any more."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

import openpyxl

from clients import libreoffice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STORED: Final = re.compile(rb' t="str"(?=><f>)|(?<=</f>)<v>[^<]*</v>')


class Calculated(NamedTuple):
    """A formula's cell, the value that is stored in it, and the one that LibreOffice comes to."""

    sheet: str
    cell: str
    formula: str
    stored: object
    found: object

    @property
    def agrees(self) -> bool:
        """Whether both are the same; whole numbers and texts exactly, parts of a whole to the 12th digit."""
        if isinstance(self.found, float) and isinstance(self.stored, int | float):
            return abs(self.stored - self.found) < 1e-12
        return self.stored == self.found


def without_values(data: bytes) -> bytes:
    """The workbook with its formulas, but without any value that they had."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, _STORED.sub(b"", part) if name.startswith("xl/worksheets/sheet") else part)
    return made.getvalue()


def calculated(data: bytes, folder: Path, profile: Path) -> Iterator[Calculated]:
    """Every formula of a workbook, with both its values."""
    source = folder / "tanpa-nilai" / "buku.xlsx"
    source.parent.mkdir()
    source.write_bytes(without_values(data))
    [saved] = libreoffice.convert([source], "xlsx", folder, profile)
    # one row at a time: a nation's recapitulation thrice would be a gigabyte of cells
    formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    stored = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found = openpyxl.load_workbook(saved, read_only=True, data_only=True)
    for sheet in formulas:
        books = (sheet, stored[sheet.title], found[sheet.title])
        rows = (book.iter_rows(min_row=1, min_col=1) for book in books)
        for row, values, new in zip_longest(*rows, fillvalue=()):
            for at, cell in enumerate(row):
                if cell.data_type == "f":
                    now = new[at].value if at < len(new) else None
                    yield Calculated(sheet.title, cell.coordinate, str(cell.value), values[at].value, now)

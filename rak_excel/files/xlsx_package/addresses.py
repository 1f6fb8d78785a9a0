"""Cells and ranges as a sheet's part writes them."""

import re
from functools import cache
from typing import Final, NamedTuple

from rak_excel.findings import column_letters

ROWS: Final = 1_048_576
COLUMNS: Final = 16_384
_CELL: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)


class Area(NamedTuple):
    """A rectangle of cells, ends included, from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def ref(self) -> str:
        """As a sheet writes it.

        Examples:
            >>> Area(1, 1, 10, 3).ref, Area(2, 2, 2, 2).ref
            ('A1:C10', 'B2')
        """
        first = f"{column_letters(self.left)}{self.top}"
        last = f"{column_letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"


@cache
def column_number(letters: str) -> int:
    """The number of a column, from 1.

    Examples:
        >>> column_number("A"), column_number("XFD")
        (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def cell_of(reference: str) -> tuple[int, int] | None:
    """Row and column of an address; `None` where it is none.

    Examples:
        >>> cell_of("$B$12"), cell_of("XFE1"), cell_of("A0")
        ((12, 2), None, None)
    """
    match = _CELL.fullmatch(reference)
    if match is None or int(match[2]) > ROWS or column_number(match[1]) > COLUMNS:
        return None
    return int(match[2]), column_number(match[1])


def area_of(reference: str) -> Area | None:
    """The rectangle of a reference; `None` where it is none.

    Examples:
        >>> area_of("B2:A1"), area_of("A:A")
        (Area(top=1, left=1, bottom=2, right=2), None)
    """
    corners = [cell_of(corner) for corner in reference.split(":")]
    found = [corner for corner in corners if corner is not None]
    if len(found) < len(corners) or len(found) > 2:
        return None
    rows, columns = zip(*found, strict=True)
    return Area(min(rows), min(columns), max(rows), max(columns))

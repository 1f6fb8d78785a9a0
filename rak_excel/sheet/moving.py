"""What shall become of a sheet that somebody owns: other values in cells, and its rows in another order."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from rak_excel.findings import Place, Words

Spot: TypeAlias = tuple[int, int]
"""A cell by its row and column, from 1."""


class CellEdit(NamedTuple):
    """What a cell shall hold: a text, a number, a tick, nothing; its place is as it is after rows moved.

    A number is as a person reads it: 90 in a cell of percents is written as 0.9.  With `result` it is the
    value that the cell's formula now has, and the formula stays.  `like` is a cell whose look it takes.
    """

    row: int
    column: int
    value: str | int | Decimal | None
    result: bool = False
    like: Spot | None = None


class Row(NamedTuple):
    """A row of the new order: an old one, or a new one that looks like an old one and is empty."""

    source: int
    is_new: bool = False


class Rows(NamedTuple):
    """Rows `first` to `last` as they will stand from above; one that is not in the order is taken out.

    What stands below moves up or down.

    Examples:
        >>> insert = Rows(5, 5, (Row(5), Row(5, is_new=True)))
        >>> delete = Rows(5, 6, (Row(6),))
        >>> swap = Rows(5, 6, (Row(6), Row(5)))
    """

    first: int
    last: int
    order: tuple[Row, ...]


class Box(NamedTuple):
    """Merged cells, ends included, from 1."""

    top: int
    left: int
    bottom: int
    right: int


class Extent(NamedTuple):
    """How large a sheet is drawn: widths as the file tells them, heights in points, the last row with cells.

    A column or a row that the file says nothing of is not there.
    """

    widths: Mapping[int, float]
    heights: Mapping[int, float]
    last: int


class Bound(NamedTuple):
    """Something that is bound to a row, where it stood; `lost` where it does not come along as it was."""

    what: Words
    place: Place
    lost: bool

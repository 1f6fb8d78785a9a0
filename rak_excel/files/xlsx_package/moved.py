"""Where rows go when some are taken out, put in or put into another order."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rak_excel.files.xlsx_package.addresses import ROWS, Area
from rak_excel.sheet.moving import Rows


class Span(NamedTuple):
    """Rows from `top` to `bottom`."""

    top: int
    bottom: int


class Moved:
    """The rows before and after.

    Raises:
        ValueError: a row stands in the order twice, or is none of `first` to `last`.
    """

    def __init__(self, rows: Rows) -> None:
        self.first, self.last = rows.first, rows.last
        self.delta = len(rows.order) - (rows.last - rows.first + 1)
        self.to = {row.source: at for at, row in enumerate(rows.order, rows.first) if not row.is_new}
        self.new = {at: row.source for at, row in enumerate(rows.order, rows.first) if row.is_new}
        known = range(rows.first, rows.last + 1)
        if len(self.to) + len(self.new) < len(rows.order) or not all(
            row.source in known for row in rows.order
        ):
            raise ValueError("a row is there twice, or comes from elsewhere")
        self.gone = tuple(row for row in known if row not in self.to)

    def row(self, row: int) -> int | None:
        """Where a row goes; `None` where it is taken out."""
        if row < self.first:
            return row
        return row + self.delta if row > self.last else self.to.get(row)

    def moves(self, row: int) -> bool:
        """Whether a row is another one afterwards, or none."""
        return self.row(row) != row

    def touches(self, top: int, bottom: int) -> bool:
        """Whether what spans these rows changes in any way."""
        return bottom >= self.first and (top <= self.last or bool(self.delta))

    def spans(self, top: int, bottom: int, *, grow: bool) -> list[Span]:
        """Where rows go, in as few spans as they make; with `grow` also the new rows that look like them."""
        found = []
        if top < self.first:
            found.append(Span(top, min(bottom, self.first - 1)))
        low, high = max(top, self.first), min(bottom, self.last)
        rows = [self.to[row] for row in range(low, high + 1) if row in self.to]
        if grow:
            rows += [at for at, source in self.new.items() if low <= source <= high]
        found += [Span(row, row) for row in rows]
        if bottom > self.last:
            end = bottom if bottom == ROWS else bottom + self.delta
            found.append(Span(max(top, self.last + 1) + self.delta, min(end, ROWS)))
        return _joined(found)

    def span(self, top: int, bottom: int, *, grow: bool) -> tuple[Span | None, bool]:
        """Where a range of rows goes, and whether it is sure: no other row has come between its rows.

        A new row between its rows belongs to it, as where Excel inserts one.
        """
        found = self.spans(top, bottom, grow=grow)
        if not found:
            return None, False
        whole = Span(found[0].top, found[-1].bottom)
        between = (row for one, other in pairwise(found) for row in range(one.bottom + 1, other.top))
        return whole, all(row in self.new for row in between)


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.top <= joined[-1].bottom + 1:
            joined[-1] = Span(joined[-1].top, max(span.bottom, joined[-1].bottom))
        else:
            joined.append(span)
    return joined


def areas(moved: Moved, held: Sequence[Area]) -> list[Area]:
    """Where areas of formats and checks go; new rows get those of the rows that they look like."""
    return [
        Area(span.top, area.left, span.bottom, area.right)
        for area in held
        for span in moved.spans(area.top, area.bottom, grow=True)
    ]

"""What becomes of the merges over an input sheet's table when its rows move or say other things."""

from collections.abc import Callable, Collection

from rak_excel.sheet.form_rows import Held, Line
from rak_excel.sheet.moving import Box, Spot
from rak_excel.sheet.seen import SeenSheet


class Merges:
    """The merges of a table: which are undone and made, and what lies under them afterwards.

    `goes_on` says of a field whether a row still says the same as the first row of its merge.  `covered` are
    cells of fields under a merge that are not its first, `ends` the last line of a merge by its first cell;
    both by line and column.
    """

    def __init__(
        self,
        seen: SeenSheet,
        held: Held,
        lines: list[Line],
        fields: dict[int, str],
        goes_on: Callable[[str, Line, Line], bool],
    ) -> None:
        self.held, self.lines, self.fields, self.goes_on = held, lines, fields, goes_on
        self.by_row = {line.old: line for line in lines if line.old is not None}
        self.parted: list[Box] = []
        self.joined: list[Box] = []
        self.covered: set[Spot] = set()
        self.ends: dict[Spot, int] = {}
        for top, first, bottom, last in seen.merges:
            if top + 1 >= held.first:
                self._follow(Box(top + 1, first + 1, bottom + 1, last + 1))

    def _follow(self, box: Box) -> None:
        rows = range(box.top, min(box.bottom, self.held.last) + 1)
        kept = sorted(self.by_row[row].at for row in rows if row in self.by_row)
        if not kept:
            return
        end = self._end(kept, rows, range(box.left, box.right + 1))
        goes_by_itself = end == kept[-1] and all(
            self._is_in(at, rows) or self.lines[at].old is None for at in range(kept[0], end + 1)
        )
        if not goes_by_itself:
            self.parted.append(box)
            made = Box(self.lines[kept[0]].row, box.left, self.lines[end].row, box.right)
            if made[:2] != made[2:]:
                self.joined.append(made)
        self.ends[kept[0], box.left] = end
        self.covered.update(
            (at, column)
            for at in range(kept[0], end + 1)
            for column in self.fields
            if box.left <= column <= box.right and (at, column) != (kept[0], box.left)
        )

    def _end(self, kept: list[int], rows: range, columns: Collection[int]) -> int:
        """The last line that a merge can reach; one from elsewhere must have nothing there to hide."""
        fields = [field for column, field in self.fields.items() if column in columns]
        first = self.lines[kept[0]]
        end = kept[0]
        for at in range(kept[0] + 1, kept[-1] + 1):
            line = self.lines[at]
            is_own = self._is_in(at, rows)
            fits = is_own or line.old is None or len(fields) == len(columns)
            if not fits or not all(self.goes_on(field, first, line) for field in fields):
                break
            end = at if is_own else end
        return end

    def _is_in(self, at: int, rows: range) -> bool:
        old = self.lines[at].old
        return old is not None and old in rows

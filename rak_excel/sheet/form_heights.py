"""The rows of an input sheet that must be higher for what is written into them."""

from collections.abc import Mapping, Sequence
from typing import Final

from rak_excel.sheet.form import HIGHEST, LINE, Column, columns_of, needs
from rak_excel.sheet.form_cells import Cells, Page
from rak_excel.sheet.form_rows import Line
from rak_excel.sheet.measure import Measure, pixels
from rak_excel.sheet.moving import CellEdit, Spot


class Heights:
    """Looks for them; a row whose height the file does not tell is fitted by every program.

    `ends` tell the last line under a merge by its first cell.
    """

    def __init__(
        self,
        page: Page,
        cells: Cells,
        columns: Mapping[str, int],
        lines: Sequence[Line],
        ends: Mapping[Spot, int],
    ) -> None:
        self.page, self.lines, self.ends = page, lines, ends
        self.measure = Measure()
        self.drawn = {columns[one.field]: one for one in columns_of(page.layout.form, columns)}
        self.written: dict[int, list[CellEdit]] = {}
        for edit in cells.edits.values():
            self.written.setdefault(edit.row, []).append(edit)
        self.points: dict[int, float] = {}

    def found(self) -> dict[int, float]:
        """Points by row."""
        for row, edits in self.written.items():
            if row < self.page.sheet.heading:
                self._raise(
                    row, self.page.extent.heights.get(row), [self._needs(edit, _FIELD) for edit in edits]
                )
        lines, ends = self.lines, self.ends
        for line in lines:
            own = [
                one
                for one in self.written.get(line.row, ())
                if ends.get((line.at, one.column), line.at) == line.at
            ]
            needs = [self._needs(edit) for edit in own]
            now = self._now(line)
            if line.old is None and now is not None:
                self.points[line.row] = min(HIGHEST, max([LINE, *needs]))
            else:
                self._raise(line.row, now, needs)
        for line in lines:
            for edit in self.written.get(line.row, ()):
                end = ends.get((line.at, edit.column), line.at)
                if end > line.at:
                    self._spread(edit, lines[line.at : end + 1])
        return self.points

    def _spread(self, edit: CellEdit, lines: Sequence[Line]) -> None:
        """Let the last row under a merge have what its text needs beyond all of them."""
        heights = [self._now(line) for line in lines]
        known = [height for height in heights if height is not None]
        last = heights[-1]
        if len(known) == len(heights) and last is not None:
            self._raise(lines[-1].row, last, [last + self._needs(edit) - sum(known)])

    def _raise(self, row: int, now: float | None, needs: list[float]) -> None:
        points = min(HIGHEST, max(needs, default=0.0))
        if now is not None and points > now:
            self.points[row] = points

    def _now(self, line: Line) -> float | None:
        told = self.page.extent.heights.get(line.like if line.old is None else line.old)
        return self.points.get(line.row, told)

    def _needs(self, edit: CellEdit, role: str = "") -> float:
        """Points that the text of a cell needs; what is no text is never wrapped."""
        drawn = self.drawn.get(edit.column)
        if not isinstance(edit.value, str) or (drawn is None and not role):
            return 0.0
        width = self._width(edit.column, drawn)
        return needs(self.measure, self.page.layout, edit.value, role or (drawn.role if drawn else ""), width)

    def _width(self, column: int, drawn: Column | None) -> float:
        """The width of a column: as the form draws it, or what somebody made of it, rather too narrow."""
        told = self.page.extent.widths.get(column, _USUAL)
        if drawn is not None and abs(told * _DIGIT - pixels(drawn.width)) <= _NEAR:
            return drawn.width
        return max(1.0, (told * _NARROW - _PADDING) / _NARROW)


_FIELD: Final = "isian"
_USUAL: Final = 8.43
"""The width of a column that nobody set."""
_DIGIT: Final = 8
"""Pixels of a digit in the font that the form's columns are measured by; a file may have a narrower one."""
_NARROW: Final = 7
_PADDING: Final = 5
_NEAR: Final = 3

"""In which order the rows of an input sheet stand once another plan is in its table."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from rak_excel.nodes import Mapping as MappingNode
from rak_excel.nodes import Node, Scalar
from rak_excel.nodes import Sequence as SequenceNode
from rak_excel.plan.model import Kegiatan, Plan, Sasaran
from rak_excel.sheet.form_reader import FormSheet
from rak_excel.sheet.moving import Extent, Row, Rows
from rak_excel.sheet.seen import SeenSheet

_NUMBERS: Final = re.compile(r"\d+")


class Line:
    """A row of the new table: which one it was, and what of the plan it tells.

    `old` is its former row, `None` where it is put in and looks like row `like`; `kegiatan` and `was` are its
    kegiatan and what that was; a row without one names its sasaran or indikator alone, a stray one (`goal` is
    `None`) is no part of the plan.
    """

    __slots__ = ("at", "goal", "indikator", "is_fresh", "kegiatan", "like", "old", "row", "was")

    def __init__(
        self,
        old: int | None,
        goal: int | None = None,
        indikator: int | None = None,
        kegiatan: Kegiatan | None = None,
        was: Kegiatan | None = None,
    ) -> None:
        self.old, self.goal, self.indikator = old, goal, indikator
        self.kegiatan, self.was = kegiatan, was
        self.is_fresh = old is None
        self.at = self.row = self.like = 0


class _Group(NamedTuple):
    """An indikator as it stands: rows of its own, and the row of each kegiatan."""

    heads: list[int]
    rows: list[int]


class _Goal(NamedTuple):
    """A sasaran as it stands.

    `behind` are the rows after one of its own that are no part of the plan, `trail` those after its last.
    """

    first: int
    heads: list[int]
    groups: list[_Group]
    behind: dict[int, list[int]]
    trail: list[int]

    def rows(self) -> Iterator[int]:
        """Its rows that are part of the plan."""
        yield from self.heads
        for group in self.groups:
            yield from group.heads
            yield from group.rows


class Held:
    """The rows of a table as they stand."""

    def __init__(self, sheet: FormSheet, seen: SeenSheet, extent: Extent) -> None:
        self.sheet, self.seen, self.extent = sheet, seen, extent
        self.first = sheet.heading + 1
        self.noted = {row for row, _ in seen.notes}
        nodes = _items(sheet.root.get("sasaran"))
        self.goals = [_goal(node) for node in nodes]
        own = [row for goal in self.goals for row in goal.rows()]
        self.last = max(self.first, extent.last, *seen.rows, *own)
        stops = [*(goal.first for goal in self.goals[1:]), self.last + 1]
        for goal, stop in zip(self.goals, stops, strict=False):
            self._strays(goal, stop)
        self.before = list(range(self.first, self.goals[0].first)) if self.goals else []
        self.after = self.goals[-1].trail if self.goals else list(range(self.first, self.last + 1))

    def _strays(self, goal: _Goal, stop: int) -> None:
        own = set(goal.rows())
        above = max(own)
        goal.trail.extend(range(above + 1, stop))
        last = goal.first
        for row in range(goal.first, above + 1):
            if row in own:
                last = row
            else:
                goal.behind.setdefault(last, []).append(row)

    def is_blank(self, row: int) -> bool:
        """Whether nothing stands in a row, and nothing is noted there."""
        cells = self.seen.rows.get(row, {})
        return row not in self.noted and not any(one.text.strip() or one.formula for one in cells.values())

    def homes(self) -> dict[int, tuple[int, ...]]:
        """The sasaran, and the indikator in it, to which each row belongs."""
        found: dict[int, tuple[int, ...]] = {}
        for number, goal in enumerate(self.goals):
            found.update((row, (number,)) for row in goal.heads)
            for at, group in enumerate(goal.groups):
                found.update((row, (number, at)) for row in (*group.heads, *group.rows))
        return found

    def begins(self) -> tuple[frozenset[int], frozenset[int]]:
        """The rows in which a sasaran, and those in which an indikator begins."""
        groups = (group for goal in self.goals for group in goal.groups)
        return (
            frozenset(goal.first for goal in self.goals),
            frozenset(min([*group.heads, *group.rows]) for group in groups if group.heads or group.rows),
        )


def _goal(node: MappingNode) -> _Goal:
    indikators = _items(node.get("indikator"))
    groups = []
    for one in indikators:
        rows = [kegiatan.line for kegiatan in _items(one.get("kegiatan"))]
        groups.append(_Group(sorted(_lines(one) - set(rows)), rows))
    taken = {row for group in groups for row in (*group.heads, *group.rows)}
    return _Goal(node.line, sorted(_lines(node) - taken), groups, {}, [])


def _lines(node: MappingNode) -> set[int]:
    """The rows in which a part begins, and in which its text stands."""
    text = node.get("uraian")
    return {node.line, text.line} if isinstance(text, Scalar) and text.text.strip() else {node.line}


def _items(node: Node | None) -> list[MappingNode]:
    items = node.items if isinstance(node, SequenceNode) else ()
    return [one for one in items if isinstance(one, MappingNode)]


class Order:
    """The lines of the merged table, from its first row to the last one with anything in it."""

    def __init__(self, held: Held, ours: Plan, merged: Plan, sources: Mapping[str, str]) -> None:
        self.held, self.ours, self.sources = held, ours, sources
        self.lines: list[Line] = [Line(row) for row in held.before]
        self.last_rows = {group.rows[-1] for goal in held.goals for group in goal.groups if group.rows}
        self.behind = {row: rows for goal in held.goals for row, rows in goal.behind.items()}
        self.gap = self._usual_gap()
        former = None
        for number, goal in enumerate(merged.sasaran):
            if number:
                self._between(former)
            former = self.former_goal(number)
            self._goal(number, goal, former)
        self._end()
        for at, line in enumerate(self.lines):
            line.at, line.row = at, held.first + at
        self._looks()

    # --- whence ---

    def former(self, path: str) -> tuple[int, ...]:
        """The numbers of a part's path in ours; none where it is new."""
        return tuple(map(int, _NUMBERS.findall(self.sources.get(path, ""))))

    def former_goal(self, number: int) -> int | None:
        """The number that a sasaran had in ours."""
        found = self.former(f"sasaran[{number}]")
        return found[0] if found else None

    # --- the lines ---

    def _usual_gap(self) -> int:
        """How many blank rows stand between any two sasaran."""
        trails = [goal.trail for goal in self.held.goals[:-1]]
        gaps = {len(one) for one in trails}
        is_blank = all(self.held.is_blank(row) for one in trails for row in one)
        return gaps.pop() if len(gaps) == 1 and is_blank else 0

    def _between(self, former: int | None) -> None:
        """What stands between a sasaran and the next: what stood there, or what usually does."""
        if former is not None and former + 1 < len(self.held.goals):
            self._strays(self.held.goals[former].trail)
        else:
            self.lines.extend(Line(None) for _ in range(self.gap))

    def _strays(self, rows: Iterable[int]) -> None:
        self.lines.extend(Line(row) for row in rows)

    def _goal(self, number: int, goal: Sasaran, former: int | None) -> None:
        begun = len(self.lines)
        for row in self.held.goals[former].heads if former is not None else ():
            self.lines.append(Line(row, number))
            self._strays(self.behind.get(row, ()))
        for i in range(len(goal.indikator)):
            self._indikator(number, i, goal)
        if len(self.lines) == begun:
            self.lines.append(Line(None, number))

    def _indikator(self, number: int, i: int, goal: Sasaran) -> None:
        path = f"sasaran[{number}].indikator[{i}]"
        found = self.former(path)
        held = self.held.goals[found[0]].groups[found[1]] if len(found) == 2 else None
        begun = len(self.lines)
        for row in held.heads if held is not None else ():
            self._line(Line(row, number, i), [])
        waiting: list[int] = []
        for k, kegiatan in enumerate(goal.indikator[i].kegiatan):
            place = self.former(f"{path}.kegiatan[{k}]")
            if len(place) == 3:
                g, j, n = place
                was = self.ours.sasaran[g].indikator[j].kegiatan[n]
                row = self.held.goals[g].groups[j].rows[n]
                self._line(Line(row, number, i, kegiatan, was), waiting)
            else:
                self.lines.append(Line(None, number, i, kegiatan))
        if len(self.lines) == begun:
            self.lines.append(Line(None, number, i))
        self._strays(waiting)

    def _line(self, line: Line, waiting: list[int]) -> None:
        """A row that stood there, with those behind it; what ended its indikator waits for the end."""
        self.lines.append(line)
        behind = self.behind.get(line.old or 0, [])
        if line.old in self.last_rows:
            waiting.extend(behind)
        else:
            self._strays(behind)

    def _end(self) -> None:
        """What stands behind the last sasaran; new rows take the blank ones that are there for it."""
        held = self.held
        used = {line.old for line in self.lines}
        apart = [row for goal in held.goals[:-1] for row in goal.trail]
        apart += [row for rows in self.behind.values() for row in rows]
        left = [row for row in sorted(apart) if row not in used and not held.is_blank(row)]
        after = list(held.after)
        fresh = len(self.lines)
        while not left and fresh and self.lines[fresh - 1].old is None:
            fresh -= 1
        for line in self.lines[fresh:]:
            if not after or after[0] > held.extent.last or not held.is_blank(after[0]):
                break
            line.old = after.pop(0)
        self._strays((*left, *after))

    def _looks(self) -> None:
        """Let each new row look like its neighbour, rather the one above."""
        near: int | None = None
        for line in [*self.lines, *reversed(self.lines)]:
            if line.old is not None and line.goal is not None:
                near = line.old
            line.like = line.like or near or 0
        for line in self.lines:
            line.like = line.like or self.held.first

    # --- what moves ---

    def rows(self) -> Rows | None:
        """The rows that go to other places; `None` where all stay."""
        first, last = self.held.first, self.held.last
        order = [Row(line.like, is_new=True) if line.old is None else Row(line.old) for line in self.lines]
        old = [Row(row) for row in range(first, last + 1)]
        if order == old:
            return None
        begin = next(
            (at for at, pair in enumerate(zip(order, old, strict=False)) if pair[0] != pair[1]),
            min(len(order), len(old)),
        )
        most = min(len(order), len(old)) - begin
        end = next((at for at in range(most) if order[-1 - at] != old[-1 - at]), most)
        news = [row.source for row in order if row.is_new]
        begin = min(begin, *(row - first for row in news), len(old) - 1)
        end = min(end, *(last - row for row in news), len(old) - begin - 1)
        return Rows(first + begin, last - end, tuple(order[begin : len(order) - end]))

    def moved(self) -> frozenset[int]:
        """The rows that pass others by, and those that go: not those that are only pushed on."""
        kept = [line.old for line in self.lines if line.old is not None]
        gone = set(range(self.held.first, self.held.last + 1)) - set(kept)
        return frozenset({*gone, *kept} - _rising(kept))


def _rising(numbers: Iterable[int]) -> set[int]:
    """The longest rising row of numbers among them.

    Examples:
        >>> sorted(_rising([1, 5, 2, 3]))
        [1, 2, 3]
    """
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found

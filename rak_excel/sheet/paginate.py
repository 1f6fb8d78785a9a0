"""Where pages end: goals stay whole, texts that cross a break stay whole on the page they begin on."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import ceil
from typing import Final, NamedTuple

PIXEL: Final = 0.75
"""Points of a pixel at 96 dots an inch; Excel's row heights are whole pixels."""


class Group(NamedTuple):
    """Rows `start` to `end` (not included) under one merged cell whose text is `need` points high."""

    start: int
    end: int
    need: float


class Pages(NamedTuple):
    """Rows before which a page begins, the heights after that, and the groups that cross a break.

    `apart` tells that the last row and the tail do not fit on one page together, so that the row must go on
    beside the tail.
    """

    breaks: tuple[int, ...]
    heights: list[float]
    crossing: frozenset[Group]
    apart: bool


def grow(heights: list[float], start: int, end: int, need: float) -> None:
    """Raise rows evenly, pixel by pixel, until together they are at least `need` points high."""
    missing = need - sum(heights[start:end])
    if missing <= 0:
        return
    each, rest = divmod(ceil(missing / PIXEL), end - start)
    for row in range(start, end):
        heights[row] += PIXEL * (each + (row - start < rest))


def paginate(
    heights: list[float],
    levels: tuple[tuple[Group, ...], ...],
    *,
    own: Sequence[float] = (),
    first: float,
    page: float,
    tail: float,
    keep: int,
) -> Pages:
    """Break rows into pages of `page` points; the first has `first`, and the last ends in a tail.

    `levels` are the groups to keep whole, the widest first; a group is cut only where it is taller than a
    page.  At least `keep` rows stand above the tail, or as many as fit.  `own` are the heights that rows
    need without the groups over them: below a break they need no more for a text that stands above it.
    """
    return _Paginator(list(heights), own or heights, levels, page, tail, keep).pages(first)


class _Paginator:
    def __init__(
        self,
        heights: list[float],
        own: Sequence[float],
        levels: tuple[tuple[Group, ...], ...],
        page: float,
        tail: float,
        keep: int,
    ) -> None:
        self.heights = heights
        self.own = own
        self.levels = levels
        self.starts = [[group.start for group in level] for level in levels]
        self.page = page
        self.apart = heights[-1] + tail > page
        self.tail = 0.0 if self.apart else tail
        self.sums = [0.0, *accumulate(heights)]
        self.glued = max(0, len(heights) - (1 if self.apart else keep))
        while self.glued < len(heights) - 1 and self.span(self.glued, len(heights)) > page:
            self.glued += 1

    def span(self, start: int, end: int) -> float:
        """Points from a row to another, with the tail if it follows."""
        return self.sums[end] - self.sums[start] + (self.tail if end == len(self.heights) else 0.0)

    def pages(self, first: float) -> Pages:
        breaks: list[int] = []
        crossing: set[Group] = set()
        start, room = 0, first
        while (end := self.fitting(start, room)) < len(self.heights):
            cut = self.cut(start, end) if end > start else start
            cut = self.whole_texts(start, cut, room)
            crossed = self.crossed(cut)
            crossing.update(crossed)
            self.lower(cut, max((group.end for group in crossed if group.start >= start), default=cut))
            breaks.append(cut)
            start, room = cut, self.page
        if self.apart:
            breaks.append(len(self.heights))
        return Pages(tuple(breaks), self.heights, frozenset(crossing), self.apart)

    def fitting(self, start: int, room: float) -> int:
        """The row after the last one that fits, never one that would part the tail from its rows."""
        end = bisect_right(self.sums, self.sums[start] + room + 1e-6, start) - 1
        if end >= len(self.heights):
            if self.span(start, len(self.heights)) <= room + 1e-6:
                return len(self.heights)
            end = len(self.heights) - 1
        return min(end, max(self.glued, start)) if self.glued >= start else end

    def cut(self, start: int, end: int) -> int:
        """The best row at or before `end` to begin a new page with."""
        for level, starts in zip(self.levels, self.starts, strict=True):
            group = level[bisect_right(starts, end) - 1]
            if group.start == end:
                return end
            if group.start > start and self.span(group.start, group.end) <= self.page:
                return group.start
        return end

    def crossed(self, cut: int) -> list[Group]:
        """The groups that a break before row `cut` cuts, the narrowest first."""
        found = []
        for level, starts in zip(self.levels, self.starts, strict=True):
            at = bisect_right(starts, cut) - 1
            if at >= 0 and level[at].start < cut < level[at].end:
                found.append(level[at])
        return sorted(found, key=lambda group: -group.start)

    def lower(self, cut: int, end: int) -> None:
        """Take from rows below a break what they were raised for texts that now stand above it."""
        if end == cut:
            return
        self.heights[cut:end] = self.own[cut:end]
        within = (
            level[bisect_left(starts, cut) : bisect_left(starts, end)]
            for level, starts in zip(self.levels, self.starts, strict=True)
        )
        for group in sorted(
            (group for level in within for group in level), key=lambda group: group.end - group.start
        ):
            grow(self.heights, *group)
        self.sums[cut:] = accumulate(self.heights[cut:], initial=self.sums[cut])

    def whole_texts(self, start: int, cut: int, room: float) -> int:
        """Raise rows until each crossing text is whole above the break, or break before it."""
        while True:
            trial = self.heights[start:cut]
            for group in self.crossed(cut):
                if group.start < start:
                    continue
                grow(trial, group.start - start, cut - start, group.need)
                if sum(trial) > room + 1e-6:
                    cut = group.start
                    break
            else:
                self.heights[start:cut] = trial
                return cut

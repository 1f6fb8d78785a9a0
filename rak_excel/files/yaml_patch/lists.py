"""Lists whose items come, go and move: every item takes along the lines it owns.

An item owns the comment lines directly above it, its trailing comment, and what is indented deeper than its
dash.  Blank lines between two items go with the lower one; other comments stay where they are.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rak_excel.files.yaml_patch.spots import (
    BREAKS,
    Edit,
    Lines,
    Spot,
    applied,
    comments,
    parsed,
    shifted,
    shifted_rest,
)
from rak_excel.files.yaml_text import quoted


@dataclass(frozen=True, slots=True)
class Piece:
    """An item taken out of its list, or a new one.

    `above` are the comment lines above it; `lead` is its dash with what stands between that and the `body`;
    `after` is the rest of its last line, and further lines that belong to it.  The lines of its body count
    their indentation from `column`.
    """

    body: str
    flow: bool
    column: int = 0
    above: str = ""
    lead: str = ""
    after: str = ""

    def block(self, column: int, dash: str, newline: str) -> str:
        """Whole lines, with the dash in a column."""
        if self.lead:
            by = column - self.column
            lines = shifted(f"{' ' * self.column}{self.lead}{self.body}{self.after}", by)
        else:
            by = column + len(dash) - self.column
            lines = f"{' ' * column}{dash}{shifted_rest(self.body + self.after, by)}"
        return f"{shifted(self.above, by if self.lead else column - self.column)}{lines}{newline}"

    def remarks(self) -> tuple[list[str], str]:
        """The comments to stand above and behind an item of which only what is in brackets can stay."""
        if self.flow:
            above, after = comments(self.above, ()), comments(self.after, ())
            return (above, f"  {after[0]}") if len(after) == 1 else ([*above, *after], "")
        lines = self.block(0, "- ", "\n")
        return comments(lines, parsed(lines)), ""

    def inline(self) -> str:
        """The item in brackets."""
        return self.body if self.flow else flow_text(parsed(self.block(0, "- ", "\n"))[0].items[0])


def flow_text(spot: Spot) -> str:
    """A node in brackets."""
    if spot.kind == "list":
        return f"[{', '.join(map(flow_text, spot.items))}]"
    if spot.kind == "map":
        return f"{{{', '.join(f'{name.text}: {flow_text(value)}' for name, value, _ in spot.entries)}}}"
    return quoted(spot.text.strip(), flow=True) if spot.text or spot.style else '""'


class Row(NamedTuple):
    """An item that begins a line, with the lines it owns: from `top` to `stop`; its own begin with `head`."""

    top: int
    head: int
    stop: int
    body: Spot


def rows(lines: Lines, spot: Spot, opened: int) -> list[Row]:
    """The rows of a list in whole lines; `opened` is where it is opened: its colon, or its bracket."""
    column = lines.column(spot.start)
    found: list[Row] = []
    floor = lines.number(opened - 1)
    heads = [lines.number(item.start if spot.flow else _dash(lines, item, column)) for item in spot.items]
    ends = [lines.number(max(item.end - 1, item.start)) for item in spot.items]
    tops = []
    for item, head, end in zip(spot.items, heads, ends, strict=True):
        # deeper than what it would stand above, a comment belongs to the item before
        deepest = lines.column(item.start) if lines.number(item.start) == head else column + 2
        top = head
        while top - 1 > floor and (at := lines.comment(top - 1)) is not None and (spot.flow or at <= deepest):
            top -= 1
            deepest = max(at, column)
        tops.append(top)
        floor = end
    for i, item in enumerate(spot.items):
        stop, most = ends[i], tops[i + 1] if i + 1 < len(tops) else len(lines.starts)
        while stop + 1 < most and not spot.flow and (lines.comment(stop + 1) or 0) > column:
            stop += 1
        found.append(Row(lines.starts[tops[i]], lines.starts[heads[i]], lines.end_of(stop), item))
    return found


def _dash(lines: Lines, item: Spot, column: int) -> int:
    """Where the dash of an item stands, on its line or above."""
    number = lines.number(item.start)
    while number and lines.line(number)[: column + 1] != f"{' ' * column}-":
        number -= 1
    return lines.starts[number] + column


def dash_of(lines: Lines, spot: Spot) -> str:
    """A dash with the spaces after it, as a list has them."""
    shown = lines.text[spot.start : spot.items[0].start]
    return shown if re.fullmatch("- +", shown) else "- "


def in_lines(lines: Lines, spot: Spot) -> bool:
    """Whether each item of a list in brackets begins a line of its own and ends one, as the bracket does."""
    if lines.text[lines.start(spot.end - 1) : spot.end - 1].strip():
        return False
    return all(
        not lines.text[lines.start(item.start) : item.start].strip()
        and lines.rest(item.end).lstrip(" \t,")[:1] in ("", "#")
        for item in spot.items
    )


def after(lines: Lines, spot: Spot, row: Row) -> str:
    """What follows an item on its last line, and below it; a comma is not told."""
    rest = lines.text[row.body.end : lines.bare_end(row.stop)]
    return re.sub(r"\A[ \t]*,", "", rest) if spot.flow else rest


def piece(lines: Lines, spot: Spot, row: Row, edits: Sequence[Edit]) -> Piece:
    """An item of a list in lines as a piece of text, its inner edits made."""
    text, body = lines.text, row.body
    begin, stop = row.head + lines.indent(row.head), lines.bare_end(row.stop)
    above, lead = text[row.top : row.head], "" if spot.flow else text[begin : body.start]
    if not body.flow:
        # a key may come in behind the trailing comment
        return Piece(applied(text, body.start, stop, edits), False, begin - row.head, above, lead)
    own = applied(text, body.start, body.end, edits)
    return Piece(own, True, begin - row.head, above, lead, after(lines, spot, row))


def bare_pieces(lines: Lines, spot: Spot, edits: Sequence[Sequence[Edit]]) -> tuple[list[Piece], list[str]]:
    """The items of a list in brackets that share lines, and the comments that belong to none of them."""
    text = lines.text
    found: list[Piece] = []
    ends = [spot.start + 1, *(item.end for item in spot.items)]
    starts = [*(item.start for item in spot.items), spot.end - 1]
    gaps = [_parted(text[end:start]) for end, start in zip(ends, starts, strict=True)]
    for at, item in enumerate(spot.items):
        above = [*(gaps[0][0] if not at else ()), *gaps[at][1]]
        found.append(
            Piece(
                applied(text, item.start, item.end, edits[at]),
                item.flow,
                lines.indent(item.start),
                "".join(f"{remark}{lines.newline}" for remark in above),
                after="".join(f"  {remark}" for remark in gaps[at + 1][0]),
            )
        )
    return found, gaps[-1][1]


def _parted(gap: str) -> tuple[list[str], list[str]]:
    """The comments on the first line of a gap, and those below."""
    first = min((at for at in map(gap.find, BREAKS) if at >= 0), default=len(gap))
    return comments(gap[:first], ()), comments(gap[first:], ())


# --- putting a list together anew ----------------------------------------------------------------------


class Placed(NamedTuple):
    """An item at its new place: its text up to where a comma would stand, and the rest of its last line."""

    at: int | None
    text: str
    rest: str


def arranged(
    lines: Lines,
    known: Sequence[Row],
    placed: Sequence[Placed],
    typical: str,
    commas: tuple[str, str] = ("", ""),
) -> str:
    """The lines of a list: kept gaps stay above the item they stood above, or above the next that stays.

    `commas` follow every item, and the last one.
    """
    gaps = ["", *(lines.text[above.stop : below.top] for above, below in pairwise(known))]
    waiting = [i for i, gap in enumerate(gaps) if gap.strip()]
    stay = unmoved([one.at for one in placed if one.at is not None], waiting)
    written: list[str] = []
    for number, one in enumerate(placed):
        due = [i for i in waiting if one.at in stay and i <= (one.at or 0)]
        waiting = waiting[len(due) :]
        written += [gaps[i] for i in due]
        if number and not due:
            written.append(gaps[one.at] if one.at and not gaps[one.at].strip() else typical)
        written += [one.text, commas[number == len(placed) - 1], one.rest]
    return "".join([*written, *(gaps[i] for i in waiting)])


def unmoved(places: Sequence[int], anchored: Sequence[int] = ()) -> set[int]:
    """The largest set of places that rise: all others have moved.

    Of two such sets that one counts which holds more of the `anchored` places.

    Examples:
        >>> sorted(unmoved([2, 0, 1, 3])), sorted(unmoved([0, 2, 1])), sorted(unmoved([0, 2, 1], [2]))
        ([0, 1, 3], [0, 1], [0, 2])
    """
    forward = _rising(places)
    backward = {-place for place in _rising([-place for place in reversed(places)])}
    return max(forward, backward, key=lambda one: len(one.intersection(anchored)))


def _rising(places: Sequence[int]) -> set[int]:
    tails: list[int] = []
    chains: list[tuple[int, ...]] = []
    for place in places:
        length = bisect_left(tails, place)
        tails[length : length + 1] = [place]
        chains[length : length + 1] = [(*(chains[length - 1] if length else ()), place)]
    return set(chains[-1]) if chains else set()


def usual_gap(lines: Lines, known: Iterable[Sequence[Row]]) -> str:
    """The blank lines that stand between most items."""
    gaps = Counter(
        gap
        for one in known
        for above, below in pairwise(one)
        if not (gap := lines.text[above.stop : below.top]).strip()
    )
    return gaps.most_common(1)[0][0] if gaps else ""


def brackets(pieces: Sequence[Piece], indent: int, newline: str, remarks: Sequence[str] = ()) -> str:
    """A list in brackets: on one line, or where comments come along on a line for each item."""
    told = [one.remarks() for one in pieces]
    if not remarks and not any(above or behind for above, behind in told):
        return f"[{', '.join(one.inline() for one in pieces)}]"
    lines = [
        line
        for one, (above, behind) in zip(pieces, told, strict=True)
        for line in (*above, f"{one.inline()},{behind}")
    ]
    margin = " " * (indent + 2)
    written = "".join(f"{margin}{line}{newline}" for line in (*lines, *remarks))
    return f"[{newline}{written}{' ' * indent}]"

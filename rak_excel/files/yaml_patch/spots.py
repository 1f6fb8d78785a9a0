"""A YAML text as spots: every node with the characters it takes, and the lines around it."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple

import yaml

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BREAKS: Final = "\r\n\x85\u2028\u2029"
_BREAK: Final = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_BLANK: Final = f" \t{BREAKS}"


class Spot:
    """A node: `end` is after its last own character, `style` is how a scalar is quoted (`""` for plain)."""

    __slots__ = ("end", "entries", "flow", "items", "kind", "maps", "start", "style", "text")

    def __init__(
        self,
        kind: Literal["scalar", "map", "list"],
        start: int,
        end: int,
        *,
        flow: bool = False,
        text: str = "",
        style: str = "",
    ) -> None:
        self.kind, self.start, self.end, self.flow = kind, start, end, flow
        self.text, self.style = text, style
        self.entries: list[Entry] = []
        self.items: list[Spot] = []
        self.maps: list[Spot] | None = None

    def entry(self, key: str) -> "Entry | None":
        """The first entry under a key."""
        return next((entry for entry in self.entries if entry.name.text == key), None)

    def get(self, key: str) -> "Spot | None":
        """The first value under a key."""
        entry = self.entry(key)
        return entry.value if entry is not None else None

    def parts(self) -> list["Spot"]:
        """The items that can be parts of a plan."""
        if self.maps is None:
            self.maps = [item for item in self.items if item.kind == "map"]
        return self.maps


class Entry(NamedTuple):
    """A key of a mapping with its value; `colon` is after the key's colon, or after a key that has none."""

    name: Spot
    value: Spot
    colon: int


class Edit(NamedTuple):
    """Characters of a text, and what takes their place."""

    start: int
    end: int
    text: str


def applied(text: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    """The characters from `start` to `end` with the edits inside them made."""
    pieces: list[str] = []
    at = start
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        pieces.extend((text[at : edit.start], edit.text))
        at = edit.end
    return "".join((*pieces, text[at:end]))


def documents(text: str) -> list[Spot]:
    """The root of every document that is a mapping."""
    return [root for root in _roots(text) if root.kind == "map"]


def _roots(text: str) -> list[Spot]:
    try:
        return _read(text, _LOADER)
    except yaml.YAMLError:
        return _read(text, yaml.SafeLoader)


def _read(text: str, loader: Any) -> list[Spot]:  # noqa: ANN401 - PyYAML's loaders have no common type
    roots: list[Spot] = []
    stack: list[Spot] = []
    items = roots
    scalar, starts = yaml.ScalarEvent, (yaml.MappingStartEvent, yaml.SequenceStartEvent)
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    reader = loader(text)
    event: Any
    for event in iter(reader.get_event, None):
        kind = type(event)
        if kind is scalar:
            items.append(_scalar(event, event.value, event.style or "", text))
        elif kind in ends:
            _close(stack.pop(), event, text)
            items = stack[-1].items if stack else roots
        elif kind in starts:
            start, end = event.start_mark.index, event.end_mark.index
            spot = Spot(
                "map" if kind is yaml.MappingStartEvent else "list", start, end, flow=bool(event.flow_style)
            )
            items.append(spot)
            stack.append(spot)
            items = spot.items
        elif kind is yaml.AliasEvent:
            items.append(_scalar(event, "", "", text))
    reader.dispose()
    return roots


def _scalar(event: Any, value: str, style: str, text: str) -> Spot:  # noqa: ANN401 - PyYAML's events
    start, end = event.start_mark.index, event.end_mark.index
    if start < end and text[end - 1] in _BLANK:
        # a block text's mark runs on over the blank lines below it
        end = start + len(text[start:end].rstrip(_BLANK))
    return Spot("scalar", start, end, text=value, style=style)


def _close(spot: Spot, event: Any, text: str) -> None:  # noqa: ANN401 - PyYAML's events have no common type
    """Give a collection its end and a mapping its entries."""
    if spot.kind == "map":
        names, values = spot.items[::2], spot.items[1::2]
        spot.items = []
        for name, value in zip(names, values, strict=True):
            colon = _colon(text, name.end)
            if value.kind == "scalar" and not value.style and value.start == value.end:
                # the parser sees a value that was left out where the next one begins
                value.start = value.end = colon
            spot.entries.append(Entry(name, value, colon))
    for item in spot.items:
        while item.kind == "scalar" and 0 < item.start == item.end and text[item.start - 1] in _BLANK:
            item.start = item.end = item.start - 1
    inside = [entry.value for entry in spot.entries] or spot.items
    spot.end = event.end_mark.index if spot.flow else inside[-1].end if inside else spot.start


def _colon(text: str, at: int) -> int:
    if text.startswith(":", at):
        return at + 1
    after = at
    while after < len(text) and text[after] in _BLANK:
        after += 1
    return after + 1 if text[after : after + 1] == ":" else at


def comments(text: str, roots: Iterable[Spot]) -> list[str]:
    """The comments of a text, each without the spaces around it."""
    found: list[str] = []
    at = 0
    for start, end in [*((one.start, one.end) for one in _scalars(roots)), (len(text), len(text))]:
        found += [comment.rstrip() for comment in re.findall(f"#[^{BREAKS}]*", text[at:start])]
        if start < end and text[start] in "|>":
            found += re.findall(rf"\A[|>][-+\d]*[ \t]+(#[^{BREAKS}]*)", text[start:end])
        at = max(at, end)
    return found


def _scalars(roots: Iterable[Spot]) -> Iterator[Spot]:
    for root in roots:
        if root.kind == "scalar":
            yield root
        yield from _scalars(root.items)
        for name, value, _ in root.entries:
            yield from _scalars((name, value))


def parsed(text: str) -> list[Spot]:
    """The roots of a text, whatever they are."""
    return _roots(text)


class Lines:
    """A text with its lines, which end where YAML says so."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in _BREAK.finditer(text))]
        if self.starts[-1] == len(text) and len(self.starts) > 1:
            self.starts.pop()

    @cached_property
    def newline(self) -> str:
        """What ends most lines."""
        counted = Counter(found[0] for found in _BREAK.finditer(self.text))
        return counted.most_common(1)[0][0] if counted else "\n"

    def number(self, at: int) -> int:
        """The line that a character stands in, from 0."""
        return bisect_right(self.starts, at) - 1

    def start(self, at: int) -> int:
        """Where the line of a character begins."""
        return self.starts[self.number(at)]

    def end(self, at: int) -> int:
        """Where the line after that of a character begins."""
        return self.end_of(self.number(at))

    def end_of(self, line: int) -> int:
        """Where a line ends, its break included."""
        return self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)

    def bare_end(self, end: int) -> int:
        """The end of a line without its break."""
        if self.text.endswith("\r\n", 0, end):
            return end - 2
        return end - 1 if end and self.text[end - 1] in BREAKS else end

    def column(self, at: int) -> int:
        """How many characters stand before this one in its line."""
        return at - self.start(at)

    def indent(self, at: int) -> int:
        """How many spaces the line of a character begins with."""
        line = self.line(self.number(at))
        return len(line) - len(line.lstrip(" "))

    def line(self, number: int) -> str:
        """A line without its break."""
        return self.text[self.starts[number] : self.end_of(number)].rstrip(BREAKS)

    def rest(self, at: int) -> str:
        """What follows in the line of a character, without the break."""
        return self.text[at : self.end(at)].rstrip(BREAKS)

    def comment(self, number: int) -> int | None:
        """The column of the comment that a line holds and nothing else, or `None`."""
        line = self.line(number)
        bare = line.lstrip(" \t")
        return len(line) - len(bare) if bare.startswith("#") else None


def without_break(text: str) -> str:
    """A text without the break of its last line."""
    return text[: Lines(text).bare_end(len(text))]


def shifted(text: str, by: int) -> str:
    """Lines with other indentation; a line that has none to lose keeps what it has."""
    if not by:
        return text
    lines = []
    for line in _with_breaks(text):
        bare = line.lstrip(" ")
        if not bare.strip(BREAKS) and bare == line:
            lines.append(line)  # an empty line stays empty
        else:
            lines.append(" " * max(len(line) - len(bare) + by, 0) + bare)
    return "".join(lines)


def shifted_rest(text: str, by: int) -> str:
    """All lines but the first with other indentation."""
    found = _BREAK.search(text)
    return text if found is None else text[: found.end()] + shifted(text[found.end() :], by)


def _with_breaks(text: str) -> Iterator[str]:
    at = 0
    for found in _BREAK.finditer(text):
        yield text[at : found.end()]
        at = found.end()
    if at < len(text):
        yield text[at:]

"""The keys of one mapping: values change in place, blanked keys go, new ones come to their usual place."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rak_excel.files.yaml_patch.spots import BREAKS, Edit, Entry, Lines, Spot
from rak_excel.files.yaml_text import quoted


class Keys:
    """What changes in a mapping, gathered key by key and told at once."""

    def __init__(self, lines: Lines, spot: Spot, order: Sequence[str]) -> None:
        self.lines = lines
        self.spot = spot
        self.order = order
        self.inner: list[Edit] = []
        self.dropped: set[int] = set()
        self.added: dict[str, str] = {}

    def put(self, key: str, written: str) -> None:
        """Set a key to what fits on its line."""
        entry = self.spot.entry(key)
        if entry is None:
            self.added[key] = f" {written}"
        else:
            self.inner += self.replaced(entry, written)

    def put_lines(self, key: str, below: str) -> None:
        """Set a key to lines below it, given without the last line's break."""
        entry = self.spot.entry(key)
        if entry is None:
            self.added[key] = f"{self.lines.newline}{below}"
            return
        _, value, colon = entry
        stop = self.stop(entry)
        self.inner += [Edit(colon, value.end, "")] if value.end > colon else []
        self.inner.append(Edit(stop, stop, f"{self.lines.newline}{below}"))

    def drop(self, key: str) -> None:
        """Take a key out, if it is there."""
        entry = self.spot.entry(key)
        if entry is not None:
            self.dropped.add(self.spot.entries.index(entry))

    def edits(self) -> list[Edit]:
        """All changes, those inside the values first."""
        if self.spot.flow:
            return [*self.inner, *self.added_in_brackets(), *self.dropped_in_brackets()]
        if self.dropped and len(self.dropped) == len(self.spot.entries):
            start, stop = self.spot.entries[0].name.start, self.stop(self.spot.entries[-1])
            lines = [f"{key}:{written}" for key, written in self.ordered()]
            return [Edit(start, stop, f"{self.lines.newline}{self.indent()}".join(lines) or "{}")]
        return [*self.inner, *self.added_lines(), *self.dropped_lines()]

    def indent(self) -> str:
        """The spaces before each key."""
        return " " * self.lines.column(self.spot.entries[0].name.start)

    def stop(self, entry: Entry) -> int:
        """The end of an entry's last line; comments that are indented deeper belong to it."""
        name, value, colon = entry
        column = self.lines.column(name.start)
        line = self.lines.number(max(value.end - 1, colon - 1))
        while line + 1 < len(self.lines.starts) and (self.lines.comment(line + 1) or 0) > column:
            line += 1
        return self.lines.bare_end(self.lines.end_of(line))

    # --- values ---

    def replaced(self, entry: Entry, written: str) -> Iterator[Edit]:
        """Another value in the place of a value."""
        name, value, colon = entry
        if not (value.flow or value.kind == "scalar"):
            # a list or mapping below its key: what stands on the key's line stays
            yield Edit(colon, colon, f" {written}")
            start = self.lines.bare_end(self.lines.start(value.start))
            yield Edit(start, self.lines.bare_end(self.lines.end(value.end - 1)), "")
        elif value.end > colon:
            yield Edit(value.start, value.end, written)
        else:
            yield Edit(colon, colon, f" {written}" if colon > name.end else f": {written}")

    # --- new keys ---

    def ordered(self) -> list[tuple[str, str]]:
        """The new keys in their usual order."""
        return sorted(self.added.items(), key=lambda pair: self.order.index(pair[0]))

    def anchor(self, key: str) -> int:
        """The entry that stays and that a new key follows; -1 for none."""
        for name in reversed(self.order[: self.order.index(key)]):
            entry = self.spot.entry(name)
            if entry is not None and (at := self.spot.entries.index(entry)) not in self.dropped:
                return at
        return -1

    def grouped(self) -> Iterator[tuple[int, list[str]]]:
        """The new keys by the entry they follow."""
        anchored = sorted(((self.anchor(key), key, written) for key, written in self.ordered()), key=_first)
        for at, group in groupby(anchored, key=_first):
            yield at, [f"{self.name(key)}:{written}" for _, key, written in group]

    def name(self, key: str) -> str:
        """A key, in quotation marks where its neighbours have them."""
        style = self.spot.entries[0].name.style if self.spot.entries else ""
        return f"{style}{key}{style}" if style in ("'", '"') else quoted(key, flow=self.spot.flow)

    def added_lines(self) -> Iterator[Edit]:
        """New keys on lines of their own."""
        joint = f"{self.lines.newline}{self.indent()}"
        for at, group in self.grouped():
            if at < 0:
                start = self.spot.entries[0].name.start
                yield Edit(start, start, "".join(f"{line}{joint}" for line in group))
            else:
                start = self.stop(self.spot.entries[at])
                yield Edit(start, start, "".join(f"{joint}{line}" for line in group))

    def added_in_brackets(self) -> Iterator[Edit]:
        """New keys in brackets, on lines of their own where the others are."""
        lines, entries = self.lines, self.spot.entries
        for at, group in self.grouped():
            begin = entries[max(at, 0)].name.start if entries else self.spot.start
            margin = lines.text[lines.start(begin) : begin]
            joint = f",{lines.newline}{margin}" if margin and not margin.strip() else ", "
            if at >= 0:
                start = max(entries[at].value.end, entries[at].colon)
                yield Edit(start, start, "".join(f"{joint}{pair}" for pair in group))
            else:
                start = begin if entries else self.spot.start + 1
                stays = len(self.dropped) < len(entries)
                yield Edit(start, start, joint.join(group) + (joint if stays else ""))

    # --- keys that go ---

    def dropped_lines(self) -> Iterator[Edit]:
        """Keys that go with their lines, and the comments on these."""
        lines, entries = self.lines, self.spot.entries
        first = entries[0].name.start
        rest = self.dropped
        if 0 in rest and lines.text[lines.start(first) : first].strip():
            # the first key shares its line with the dash: what comes next takes its place
            count = next(at for at in range(len(entries)) if at not in rest)
            at = self.stop(entries[count - 1])
            while lines.text[at] in f" {BREAKS}":
                at += 1
            yield Edit(first, at, "")
            rest = rest - set(range(count))
        for at in sorted(rest):
            name = entries[at].name
            start, stop = lines.start(name.start), self.line_stop(entries[at])
            if start:
                yield Edit(lines.bare_end(start), stop, "")
            else:
                yield Edit(start, lines.end(max(stop - 1, 0)), "")

    def line_stop(self, entry: Entry) -> int:
        """The end of the line that a value ends on."""
        _, value, colon = entry
        return self.lines.bare_end(self.lines.end(max(value.end - 1, colon - 1)))

    def dropped_in_brackets(self) -> Iterator[Edit]:
        """Runs of neighbouring keys, each with one of the commas around it."""
        entries = self.spot.entries
        ends = [max(entry.value.end, entry.colon) for entry in entries]
        ordered = sorted(self.dropped)
        for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
            numbers = [at for _, at in run]
            first, last = numbers[0], numbers[-1]
            if last + 1 < len(entries):
                start, stop = entries[first].name.start, entries[last + 1].name.start
                yield from self.cut(start, ends[last], stop)
            elif first:
                yield from self.cut_last(ends[first - 1], entries[first].name.start, ends[last])
            else:
                yield Edit(entries[0].name.start, self.spot.end - 1, "")

    def cut(self, start: int, end: int, stop: int) -> Iterator[Edit]:
        """Take out keys and the comma behind them; the lines after, and their comments, stay."""
        lines, text = self.lines, self.lines.text
        comma = _comma(text, end)
        if not any(mark in text[end:stop] for mark in f"#{BREAKS}"):
            yield Edit(start, stop, "")
        elif text[end:comma].strip(" \t"):
            yield Edit(start, end, "")
            yield Edit(comma, comma + 1, "")
        elif (
            not text[lines.start(start) : start].strip()
            and lines.rest(comma + 1).lstrip(" \t")[:1] in ("", "#")
            and lines.start(start) > self.spot.start
        ):
            # a line of its own goes with its comment
            yield Edit(lines.start(start), lines.end(comma), "")
        else:
            yield Edit(start, comma + 1, "")

    def cut_last(self, before: int, start: int, end: int) -> Iterator[Edit]:
        """Take out the last keys and the comma above them, which may stay where a comment follows it."""
        lines, text = self.lines, self.lines.text
        comma = _comma(text, end)
        if not any(mark in text[before:start] for mark in f"#{BREAKS}"):
            yield Edit(before, end, "")
            return
        alone = not text[lines.start(start) : start].strip()
        yield Edit(lines.bare_end(lines.start(start)) if alone else start, end, "")
        if comma >= 0:
            yield Edit(comma, comma + 1, "")


def _comma(text: str, at: int) -> int:
    """The next comma, if nothing but comments comes before it; else -1."""
    found = re.compile(rf"(?:[\s{BREAKS}]|#[^{BREAKS}]*)*,").match(text, at)
    return found.end() - 1 if found is not None else -1


def _first(pair: tuple[int, str, str]) -> int:
    return pair[0]

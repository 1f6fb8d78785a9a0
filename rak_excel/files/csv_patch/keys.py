"""The key lines of a CSV: changed in place, new ones after the last."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rak_excel.files.csv_patch.records import Record, Sheet, cell_of
from rak_excel.files.csv_text import key_of
from rak_excel.nodes import Mapping as MappingNode
from rak_excel.nodes import Scalar
from rak_excel.nodes import Sequence as SequenceNode
from rak_excel.plan.codec import SIGNATORY_KEYS
from rak_excel.plan.diff import PLAN_FIELDS
from rak_excel.plan.model import Penandatangan, Plan
from rak_excel.plan.spelling import amount_like

_SIGNATORY: Final = re.compile(r"penandatangan(?:\.(\d+))?\.(\w+)", re.ASCII)


class KeyLines:
    """The key lines of a file, and what becomes of them."""

    def __init__(self, sheet: Sheet, root: MappingNode, heading: Record | None) -> None:
        self.sheet = sheet
        self.root = root
        self.heading = heading
        lines = set(_lines(root))
        above = sheet.records[: sheet.records.index(heading)] if heading is not None else sheet.records
        own = [record for record in above if record.text(0).strip()]
        below = [
            one
            for one in sheet.records
            if heading is not None and one.line > heading.line and one.line in lines
        ]
        self.lines = [*own, *below]
        self.last = own[-1] if own else None
        self.signatories: dict[int, dict[str, Record]] = {}
        for record in self.lines:
            match = _SIGNATORY.fullmatch(key_of(record.text(0)))
            if match is not None:
                self.signatories.setdefault(int(match[1] or 1), {}).setdefault(match[2], record)

    def patch(self, ours: Plan, merged: Plan, sources: Mapping[str, str]) -> None:
        """Change what differs."""
        for key in PLAN_FIELDS:
            before, after = getattr(ours, key), getattr(merged, key)
            if before != after:
                self.set(key, after)
        if ours.penandatangan != merged.penandatangan:
            self.set_signatories(ours, merged, sources)

    def set(self, key: str, value: object) -> None:
        """Change the line of a key, or add one."""
        node = self.root.get(key)
        text = "" if value in (None, "", 0) and key != "pagu" else str(value)
        if key == "pagu":
            like = node.text if isinstance(node, Scalar) else ""
            text = amount_like(value, like) if isinstance(value, int) else ""
        record = None
        if isinstance(node, Scalar):
            record = next((one for one in self.sheet.records if one.line == node.line), None)
        if record is not None:
            record.put(1, text, self.separator)
        elif text:
            self.add(key, text, self.last)

    @property
    def separator(self) -> str:
        """What stands between cells."""
        return self.sheet.dialect.separator

    def add(self, key: str, text: str, above: Record | None) -> Record:
        """A new key line below another one, or on top of the file."""
        records, newline = self.sheet.records, self.sheet.dialect.newline
        like = above or self.last
        texts = [key, text, *[""] * (len(like.cells) - 2 if like is not None else 0)]
        quotes = [cell.quoted for cell in like.cells] if like is not None else []
        quotes += [False] * (len(texts) - len(quotes))
        record = Record(
            [cell_of(one, self.separator, quoted=mark) for one, mark in zip(texts, quotes, strict=True)],
            newline,
        )
        at = records.index(above) + 1 if above is not None else 0
        records.insert(at, record)
        if above is None and at + 1 < len(records) and records[at + 1] is self.heading:
            records.insert(at + 1, Record([cell_of("", self.separator, quoted=False)], newline))
        if above is self.last:
            self.last = record
        return record

    # --- signatories ---

    def set_signatories(self, ours: Plan, merged: Plan, sources: Mapping[str, str]) -> None:
        """Change the lines of the signatories; blank ones go where others change their numbers."""
        known = self.numbers(len(ours.penandatangan))
        former = [sources.get(f"penandatangan[{n}]") for n in range(len(merged.penandatangan))]
        places = [int(re.sub(r"\D", "", path)) if path is not None else None for path in former]
        kept = [known[place] if place is not None else None for place in places]
        groups = [self.signatories.get(number, {}) if number is not None else {} for number in kept]
        blank = [group for number, group in self.signatories.items() if number not in known]
        for number, group in self.signatories.items():
            if number in known and number not in kept:
                self.drop(group)
        numbers = _numbered(kept)
        for group in blank if numbers != kept else ():
            self.drop(group)
        for one, number, old, group in zip(merged.penandatangan, numbers, kept, groups, strict=True):
            if old is not None and old != number:
                self.rename(group, number)
            self.fill(one, group, number, single=len(numbers) == 1)

    def numbers(self, count: int) -> list[int]:
        """The numbers of the signatories that are not blank."""
        filled = [
            number
            for number, group in sorted(self.signatories.items())
            if any(record.text(1).strip() for record in group.values())
        ]
        return filled if len(filled) == count else sorted(self.signatories)[:count]

    def drop(self, group: Mapping[str, Record]) -> None:
        """Take out the lines of a signatory."""
        for record in group.values():
            if record in self.sheet.records:
                at = self.sheet.records.index(record)
                if record is self.last:
                    self.last = self.sheet.records[at - 1] if at else None
                del self.sheet.records[at]

    def rename(self, group: Mapping[str, Record], number: int) -> None:
        """Give a signatory another number."""
        for name, record in group.items():
            written = record.text(0)
            numbered = re.search(r"\d+", written)
            key = f"penandatangan.{number}.{name}"
            record.put(0, re.sub(r"\d+", str(number), written, count=1) if numbered else key, self.separator)

    def fill(self, one: Penandatangan, group: dict[str, Record], number: int, *, single: bool) -> None:
        """Write what a signatory has."""
        above = max(group.values(), key=self.sheet.records.index) if group else self.last
        plain = single and not any(re.search(r"\d", record.text(0)) for record in group.values())
        for key in SIGNATORY_KEYS:
            text = getattr(one, key)
            if key in group:
                group[key].put(1, text, self.separator)
            elif text:
                name = f"penandatangan.{key}" if plain else f"penandatangan.{number}.{key}"
                above = self.add(name, text, above)


def _lines(root: MappingNode) -> Iterator[int]:
    """The lines of all keys."""
    for key, value in root.entries:
        if key.text == "penandatangan":
            for one in value.items if isinstance(value, SequenceNode) else (value,):
                yield from (name.line for name, _ in one.entries) if isinstance(one, MappingNode) else ()
        elif key.text != "sasaran":
            yield key.line


def _numbered(kept: Sequence[int | None]) -> list[int]:
    """A number for each signatory: those they have where these rise, with new ones behind."""
    old = [number for number in kept if number is not None]
    behind = kept[len(old) :]
    if old == sorted(old) and not any(behind) and None not in kept[: len(old)]:
        first = old[-1] if old else 0
        return [*old, *(first + count for count in range(1, len(behind) + 1))]
    return list(range(1, len(kept) + 1))

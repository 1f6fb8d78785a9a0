"""How the author of a YAML text writes: quotation marks, indentation, amounts, ticks."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from rak_excel.files.yaml_patch.lists import Row, dash_of, rows, usual_gap
from rak_excel.files.yaml_patch.spots import BREAKS, Lines, Spot
from rak_excel.files.yaml_text import quoted
from rak_excel.plan.codec import ROOT_KEYS, SIGNATORY_KEYS
from rak_excel.plan.model import BANDS, Kegiatan, Period, Plan
from rak_excel.plan.spelling import amount_like, is_rupiah, period_like, periods_like, target_like
from rak_excel.plan.values import NIHIL, parse_tick, read_periods

ORDER: Final[Mapping[str, Sequence[str]]] = {
    "": ROOT_KEYS,
    "sasaran": ("uraian", "indikator"),
    "indikator": ("uraian", "target", "satuan", "kegiatan"),
    "kegiatan": (
        *("kode", "program", "uraian", "sub_kegiatan", "target", "satuan"),
        *BANDS,
        *("biaya", "pelaksana"),
    ),
    "penandatangan": SIGNATORY_KEYS,
}
"""The usual order of the keys of each part."""

BELOW: Final = {"": "sasaran", "sasaran": "indikator", "indikator": "kegiatan"}
"""What stands below a part."""

_LITERAL: Final = re.compile(
    "[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]"
)


class Listed(NamedTuple):
    """A list of parts, its key's column, and where it is opened."""

    spot: Spot
    column: int
    opened: int


class Style:
    """What the text of one document shows of its author's ways."""

    def __init__(self, lines: Lines, root: Spot, ours: Plan) -> None:
        self.lines = lines
        self.root = root
        self.ours = ours
        self.known: dict[int, list[Row]] = {}

    @cached_property
    def lists(self) -> dict[str, list[Listed]]:
        """Every list of parts, by their kind."""
        found: dict[str, list[Listed]] = {kind: [] for kind in ORDER}
        for kind, one in self.walk(self.root, ""):
            found[kind].append(one)
        return found

    def walk(self, owner: Spot, kind: str) -> Iterator[tuple[str, Listed]]:
        """The lists below a part, and below these."""
        for below in (BELOW.get(kind), "penandatangan" if owner is self.root else None):
            entry = owner.entry(below) if below is not None else None
            if below is None or entry is None or entry.value.kind != "list":
                continue
            value = entry.value
            opened = value.start + 1 if value.flow else entry.colon
            yield below, Listed(value, self.lines.column(entry.name.start), opened)
            for item in value.parts():
                yield from self.walk(item, below)

    def examples(self, kind: str) -> list[Spot]:
        """Every part of a kind."""
        if kind == "penandatangan" and (one := self.root.get(kind)) is not None and one.kind == "map":
            return [one]
        return [item for one in self.lists[kind] for item in one.spot.parts()]

    def rows(self, listed: Listed) -> list[Row]:
        """The rows of the parts of a list in lines."""
        key = id(listed.spot)
        if key not in self.known:
            made = rows(self.lines, listed.spot, listed.opened)
            self.known[key] = [row for row in made if row.body.kind == "map"]
        return self.known[key]

    # --- lists ---

    def offset(self, kind: str) -> int:
        """By how much a list's dashes stand in from its key."""
        return self._layout(kind)[0]

    def dash(self, kind: str) -> str:
        """A dash with the spaces after it."""
        return self._layout(kind)[1]

    def _layout(self, kind: str) -> tuple[int, str]:
        for name in (kind, *ORDER):
            for spot, column, _ in self.lists[name]:
                if not spot.flow and spot.items:
                    return self.lines.column(spot.start) - column, dash_of(self.lines, spot)
        return 2, "- "

    def gap(self, listed: Listed | None, kind: str) -> str:
        """The blank lines between two items."""
        known = [] if listed is None or listed.spot.flow else [self.rows(listed)]
        if not known or len(known[0]) < 2:
            known = [self.rows(one) for one in self.lists[kind] if not one.spot.flow]
        return usual_gap(self.lines, known)

    # --- values ---

    @cached_property
    def amounts(self) -> list[str]:
        """The amounts that are written, the usual way of writing them first."""
        nodes = [self.root.get("pagu"), *(one.get("biaya") for one in self.examples("kegiatan"))]
        texts = [node.text for node in nodes if node is not None and re.search(r"\d{4}|\d[.\s]\d", node.text)]
        shapes = Counter(re.sub(r"\d+", "0", text) for text in texts)
        ways = Counter(re.sub(r"0(?:([.\s])0)*", r"0\1", shape) for shape in shapes.elements())
        return sorted(
            texts, key=lambda text: -ways[re.sub(r"0(?:([.\s])0)*", r"0\1", re.sub(r"\d+", "0", text))]
        )

    def amount(self, value: int, like: Spot | None) -> str:
        """An amount as the author writes them."""
        return amount_like(value, *([like.text] if like is not None else []), *self.amounts[:1])

    @cached_property
    def nihil(self) -> str:
        """The word for a cost that is nil."""
        nodes = (one.get("biaya") for one in self.examples("kegiatan"))
        words = Counter(node.text.strip() for node in nodes if node is not None)
        return next((word for word, _ in words.most_common() if word.lower() in NIHIL), "nihil")

    def biaya(self, value: int | str | None, like: Spot | None) -> str:
        """A cost that is given."""
        if value is None:
            return self.nihil
        return self.amount(value, like) if isinstance(value, int) else value

    def scalar(self, value: str, like: Spot | None, *, flow: bool, column: int = 0) -> str:
        """A text in the quotation marks of another one, unless they would change it.

        The lines of a block count their indentation from `column`.
        """
        if like is not None and value and value == like.text.strip():
            typed = self.lines.text[like.start : like.end]
            if not any(mark in typed for mark in (BREAKS + ",[]{}" if flow else BREAKS)):
                return typed
        # where keys are in quotation marks, this is JSON
        style = self.root.entries[0].name.style if like is None or like.kind != "scalar" else like.style
        if style == "'" and value.isprintable():
            return "'" + value.replace("'", "''") + "'"
        if style == '"':
            written = quoted(value, flow=flow)
            bare = written.replace("\\", "\\\\").replace('"', '\\"')
            return written if written.startswith('"') else f'"{bare}"'
        if like is not None and style in ("|", ">") and not flow and value:
            block = _block(value, self.lines.text[like.start : like.end], self.lines.newline, column)
            return block or quoted(value)
        return quoted(value, flow=flow)

    # --- bands ---

    @cached_property
    def money(self) -> frozenset[str]:
        """The bands whose values were read as amounts."""
        found = set()
        for g, goal in enumerate(self.ours.sasaran):
            for i, indikator in enumerate(goal.indikator):
                for k, kegiatan in enumerate(indikator.kegiatan):
                    spot = at(self.root, f"sasaran[{g}].indikator[{i}].kegiatan[{k}]")
                    found |= {key for key in BANDS if spot is not None and _is_money(spot, key, kegiatan)}
        return frozenset(found)

    def value(self, key: str, value: str, like: str) -> str:
        """A period's value."""
        if key in self.money and value.isdigit():
            return amount_like(int(value), like, *self.amounts[:1])
        return target_like(value, like)

    def new_band(self, key: str, periods: Sequence[Period], like: Spot | None, *, flow: bool) -> str:
        """The periods of a band as another one writes them: a list, words, or a mapping."""
        chosen = [(number, period) for number, period in enumerate(periods, 1) if period is not False]
        texts = isinstance(like, Spot) and [entry.value for entry in like.entries]
        name = _first_name(like)
        names = [period_like(number, BANDS[key], name) for number, _ in chosen]
        if any(period is not True for _, period in chosen) or texts:
            sample = next(
                (one for one in texts or () if one.text.strip() and parse_tick(one.text) is not False), None
            )
            pairs = []
            for written, (_, period) in zip(names, chosen, strict=True):
                text = sample.text if sample is not None else ""
                cell = (
                    (text if parse_tick(text) else "√")
                    if period is True
                    else self.value(key, str(period), text)
                )
                pairs.append(f"{quoted(written, flow=True)}: {self.scalar(cell, sample, flow=True)}")
            return f"{{{', '.join(pairs)}}}"
        if like is not None and like.kind == "scalar" and names:
            words = periods_like([number for number, _ in chosen], BANDS[key], like.text)
            return self.scalar(words, like, flow=flow)
        item = like.items[0] if like is not None and like.items else None
        return f"[{', '.join(self.scalar(written, item, flow=True) for written in names)}]"


def _first_name(like: Spot | None) -> str:
    if like is None:
        return ""
    if like.entries:
        return like.entries[0].name.text
    first = next((item for item in like.items if item.kind == "scalar"), None)
    return first.text if first is not None else ""


def _is_money(spot: Spot, key: str, kegiatan: Kegiatan) -> bool:
    node, periods = spot.get(key), getattr(kegiatan, key)
    if node is None:
        return False
    for name, value, _ in node.entries:
        numbers = read_periods(name.text, BANDS[key]) or ()
        if (
            len(numbers) == 1
            and len(periods) >= numbers[0]
            and is_rupiah(value.text, periods[numbers[0] - 1])
        ):
            return True
    return False


def at(root: Spot, path: str) -> Spot | None:
    """The part at a path, as the decoder counts."""
    node: Spot | None = root
    for name, index in re.findall(r"(\w+)\[(\d+)\]", path):
        node = node.get(name) if node is not None else None
        if node is None or (node.kind == "map" and index == "0"):
            continue
        parts = node.parts()
        node = parts[int(index)] if int(index) < len(parts) else None
    return node


def _block(value: str, former: str, newline: str, column: int) -> str:
    """A text below `|` or `>`, or `""` where it would be read as another one."""
    lines = re.split(f"\r\n|[{BREAKS}]", former)
    indent = next(
        (line[column : len(line) - len(line.lstrip(" "))] for line in lines[1:] if line.strip()), ""
    )
    folded = lines[0].startswith(">")
    if not indent or _LITERAL.search(value) or re.search(r"^[ \t]", value, re.MULTILINE):
        return ""
    if folded:
        value = re.sub("\n+", lambda found: found[0] + "\n", value)
    return newline.join([lines[0], *(f"{indent}{line}" if line else "" for line in value.split("\n"))])

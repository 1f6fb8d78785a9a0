"""A plan's changes spliced into its author's YAML: what is untouched keeps its bytes, comments and order.

An item of a list owns the comment lines directly above it and its trailing comment: deletion takes them, a move
carries them.  New items are written like their neighbour, in block or in flow style.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import yaml

from rak_excel.files.yaml_text import flow_text, quoted
from rak_excel.nodes import Mapping as MappingNode
from rak_excel.nodes import Node, Scalar
from rak_excel.plan.codec import SIGNATORY_KEYS, biaya_text, encode_part
from rak_excel.plan.model import BANDS, Indikator, Kegiatan, Penandatangan, Period, Plan, Sasaran
from rak_excel.plan.values import read_target, rupiah

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ROOT_ORDER: Final = ("rak", "judul", "tahun", "unit", "lembar", "tata_letak", "kertas", "pagu")
_KEGIATAN_ORDER: Final = (
    "kode", "program", "uraian", "sub_kegiatan", "target", "satuan", *BANDS, "biaya", "pelaksana",
)  # fmt: skip

Part: TypeAlias = Sasaran | Indikator | Kegiatan | Penandatangan


@dataclass(slots=True)
class _Spot:
    """A node with the characters it takes: `end` is after its last own character."""

    kind: Literal["scalar", "map", "list"]
    start: int
    end: int
    flow: bool = False
    text: str = ""
    style: str = ""
    entries: list[tuple["_Spot", "_Spot"]] = field(default_factory=list)
    items: list["_Spot"] = field(default_factory=list)

    def get(self, key: str) -> "_Spot | None":
        return next((value for name, value in self.entries if name.text == key), None)


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def patch(text: str, document: int, ours: Plan, merged: Plan, sources: Mapping[str, str]) -> str:
    """The text with document number `document` changed from `ours` to `merged`.

    `sources` gives for a part of `merged` the path in `ours` it comes from; a part without one is new.
    """
    body = text.removeprefix("\ufeff")
    patcher = _Patcher(body, _documents(body)[document], sources)
    edits = patcher.plan(ours, merged)
    return text[: len(text) - len(body)] + _applied(body, 0, len(body), edits)


def _documents(text: str) -> list[_Spot]:
    """The root of every document that holds one."""
    roots: list[_Spot] = []
    stack: list[_Spot] = []
    event: Any
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            spot = _spot(event, text)
            if stack:
                stack[-1].items.append(spot)
            else:
                roots.append(spot)
            if spot.kind != "scalar":
                stack.append(spot)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            spot = stack.pop()
            inside = spot.items[-1].end if spot.items else spot.start
            spot.end = event.end_mark.index if spot.flow else inside
            if spot.kind == "map":
                spot.entries = list(zip(spot.items[::2], spot.items[1::2], strict=True))
    return [root for root in roots if root.kind == "map"]


def _spot(event: Any, text: str) -> _Spot:  # noqa: ANN401 - PyYAML's events have no common type
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.ScalarEvent):
        # a block scalar's mark runs on over the blank lines below it
        end = start + len(text[start:end].rstrip())
        return _Spot("scalar", start, end, text=event.value, style=text[start : start + 1])
    kind: Literal["map", "list"] = "map" if isinstance(event, yaml.MappingStartEvent) else "list"
    return _Spot(kind, start, end, flow=bool(event.flow_style))


def _applied(text: str, start: int, end: int, edits: Iterable[_Edit]) -> str:
    """The characters from `start` to `end` with the edits inside them made."""
    pieces, at = [], start
    for edit in sorted(edits):
        pieces.extend((text[at : edit.start], edit.text))
        at = edit.end
    return "".join((*pieces, text[at:end]))


class _Block(NamedTuple):
    """An item of a block list with the lines it owns, and the lines from there to the next item's."""

    start: int
    end: int
    gap: int


class _Patcher:
    """Finds what to change in one document."""

    def __init__(self, text: str, root: _Spot, sources: Mapping[str, str]) -> None:
        self.text = text
        self.root = root
        self.sources = sources
        self.newline = "\r\n" if "\r\n" in text else "\n"

    # --- places in the text ---

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """The character after the line's end."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    def column(self, at: int) -> int:
        return at - self.line_start(at)

    def spot(self, path: str) -> _Spot | None:
        """The node at a path of the former plan."""
        node: _Spot | None = self.root
        for name, index in re.findall(r"(\w+)\[(\d+)\]", path):
            node = node.get(name) if node is not None else None
            if node is None or (node.kind == "map" and index == "0"):
                continue
            node = node.items[int(index)] if int(index) < len(node.items) else None
        return node

    # --- parts ---

    def plan(self, ours: Plan, merged: Plan) -> list[_Edit]:
        edits: list[_Edit] = []
        for key in _ROOT_ORDER[1:]:
            before, after = getattr(ours, key), getattr(merged, key)
            if before != after:
                written = rupiah(after) if key == "pagu" and after is not None else str(after or "")
                edits.extend(self.field(self.root, key, written, _ROOT_ORDER))
        edits.extend(self.items(self.root, "sasaran", ours.sasaran, merged.sasaran, "", self.sasaran))
        node = self.root.get("penandatangan")
        if node is not None and node.kind == "map" and len(merged.penandatangan) == 1:
            edits.extend(self.penandatangan(node, ours.penandatangan[0], merged.penandatangan[0], ""))
        else:
            edits.extend(
                self.items(
                    self.root, "penandatangan", ours.penandatangan, merged.penandatangan, "", self.penandatangan
                )
            )
        return edits

    def sasaran(self, spot: _Spot, ours: Any, merged: Any, path: str) -> list[_Edit]:  # noqa: ANN401 - one of Part
        edits = self.text_field(spot, "uraian", ours.uraian, merged.uraian, ("uraian", "indikator"))
        return [
            *edits,
            *self.items(spot, "indikator", ours.indikator, merged.indikator, f"{path}.", self.indikator),
        ]

    def indikator(self, spot: _Spot, ours: Any, merged: Any, path: str) -> list[_Edit]:  # noqa: ANN401 - one of Part
        order = ("uraian", "target", "satuan", "kegiatan")
        edits = self.text_field(spot, "uraian", ours.uraian, merged.uraian, order)
        for key in ("target", "satuan"):
            written = spot.get(key)
            values = {getattr(one, key) for one in merged.kegiatan}
            below = [node for one in merged.kegiatan if (node := self.kegiatan_spot(one, merged, path)) is not None]
            if (
                written is not None
                and len(values) == 1
                and _same_value(key, written.text) not in values
                and all(node.get(key) is None for node in below)
            ):
                edits.extend(self.field(spot, key, _decimal(values.pop()), order))
        return [
            *edits,
            *self.items(spot, "kegiatan", ours.kegiatan, merged.kegiatan, f"{path}.", self.kegiatan, merged),
        ]

    def kegiatan_spot(self, one: Kegiatan, parent: Indikator, path: str) -> _Spot | None:
        at = next(i for i, other in enumerate(parent.kegiatan) if other is one)
        source = self.sources.get(f"{path}.kegiatan[{at}]")
        return self.spot(source) if source is not None else None

    def kegiatan(self, spot: _Spot, ours: Any, merged: Any, path: str) -> list[_Edit]:  # noqa: ANN401 - one of Part
        edits: list[_Edit] = []
        for key in ("kode", "program", "uraian", "sub_kegiatan", "pelaksana"):
            edits.extend(
                self.text_field(spot, key, getattr(ours, key) or "", getattr(merged, key) or "", _KEGIATAN_ORDER)
            )
        for key in BANDS:
            before, after = getattr(ours, key), getattr(merged, key)
            if before != after:
                edits.extend(self.band(spot, key, after))
        if ours.biaya != merged.biaya:
            edits.extend(self.field(spot, "biaya", self.amount(spot.get("biaya"), merged), _KEGIATAN_ORDER))
        for key in ("target", "satuan"):
            edits.extend(self.inherited(spot, key, getattr(merged, key), path))
        return edits

    def penandatangan(self, spot: _Spot, ours: Any, merged: Any, _: str) -> list[_Edit]:  # noqa: ANN401 - one of Part
        return [
            edit
            for key in SIGNATORY_KEYS
            for edit in self.text_field(spot, key, getattr(ours, key), getattr(merged, key), SIGNATORY_KEYS)
        ]

    # --- fields ---

    def text_field(self, spot: _Spot, key: str, ours: str, merged: str, order: Sequence[str]) -> list[_Edit]:
        return self.field(spot, key, merged, order) if ours != merged else []

    def inherited(self, spot: _Spot, key: str, value: str, path: str) -> list[_Edit]:
        """A target or satuan of its own where it is not the one that the indikator will have."""
        own = spot.get(key)
        parent = self.written_parent.get(path.rpartition(".")[0], {}).get(key, "")
        if own is not None:
            return self.field(spot, key, _decimal(value), _KEGIATAN_ORDER) if _same_value(key, own.text) != value else []
        return self.field(spot, key, _decimal(value), _KEGIATAN_ORDER) if value != parent else []

    written_parent: dict[str, dict[str, str]]

    def field(self, spot: _Spot, key: str, value: str, order: Sequence[str]) -> list[_Edit]:
        """Set one key of a mapping, take it out where the value is blank, or put it in."""
        node = spot.get(key)
        if node is not None and not value:
            return [self.without(spot, key)]
        if node is not None:
            return [self.scalar(node, value, in_flow=spot.flow)]
        return [self.with_new(spot, key, value, order)] if value else []

    def scalar(self, node: _Spot, value: str, *, in_flow: bool) -> _Edit:
        """The value keeps its quoting unless that would change it, then it gets double quotes."""
        if node.kind == "scalar" and node.style == "'" and "\n" not in value and value.isprintable():
            written = "'" + value.replace("'", "''") + "'"
        elif node.kind == "scalar" and node.style == '"':
            written = f'"{quoted(value)}"' if not quoted(value).startswith('"') else quoted(value)
        else:
            written = quoted(value, flow=in_flow)
        begin = "" if node.start != node.end or self.text[node.start - 1 : node.start] == " " else " "
        return _Edit(node.start, node.end, begin + written)

    def without(self, spot: _Spot, key: str) -> _Edit:
        at = next(i for i, (name, _) in enumerate(spot.entries) if name.text == key)
        name, value = spot.entries[at]
        if not spot.flow:
            if at == 0 and self.text[self.line_start(name.start) : name.start].strip():
                # the first key shares its line with the dash: the next one takes its place
                following = spot.entries[1][0].start if len(spot.entries) > 1 else value.end
                return _Edit(name.start, following, "")
            return _Edit(self.line_start(name.start), self.line_end(value.end), "")
        if at + 1 < len(spot.entries):
            return _Edit(name.start, spot.entries[at + 1][0].start, "")
        return _Edit(spot.entries[at - 1][1].end if at else name.start, value.end, "")

    def with_new(self, spot: _Spot, key: str, value: str, order: Sequence[str], raw: str = "") -> _Edit:
        """A new key after the last present one that comes before it in the usual order."""
        before = [name for name in order[: list(order).index(key)] if spot.get(name) is not None]
        written = raw or quoted(value, flow=spot.flow)
        if spot.flow:
            after = spot.get(before[-1]) if before else None
            if after is not None:
                return _Edit(after.end, after.end, f", {key}: {written}")
            begin = spot.entries[0][0].start if spot.entries else spot.end - 1
            return _Edit(begin, begin, f"{key}: {written}, " if spot.entries else f"{key}: {written}")
        indent = " " * self.column(spot.entries[0][0].start)
        if not before:
            begin = spot.entries[0][0].start
            return _Edit(begin, begin, f"{key}: {written}{self.newline}{indent}")
        node = spot.get(before[-1])
        end = self.line_end(node.end if node is not None else spot.end)
        lead = "" if self.text[end - 1 : end] == "\n" else self.newline
        return _Edit(end, end, f"{lead}{indent}{key}: {written}{self.newline}")

    def band(self, spot: _Spot, key: str, periods: tuple[Period, ...]) -> list[_Edit]:
        node = spot.get(key)
        ticks = [str(number) for number, period in enumerate(periods, 1) if period is True]
        if all(isinstance(period, bool) for period in periods):
            written = f"[{', '.join(ticks)}]"
            if node is not None and node.kind == "scalar" and ticks:
                lead = "T" if node.text[:1] in "Tt" and key == "triwulan" else ""
                written = quoted(" ".join(lead + number for number in ticks), flow=spot.flow)
        else:
            cells = (
                f"{number}: {quoted(_decimal('' if period is False else str(period)), flow=True)}"
                for number, period in enumerate(periods, 1)
            )
            written = f"{{{', '.join(cells)}}}"
        if not periods:
            return [self.without(spot, key)] if node is not None else []
        if node is None:
            return [self.with_new(spot, key, "", _KEGIATAN_ORDER, raw=written)]
        name = next(name for name, _ in spot.entries if name.text == key)
        # a list below its key would leave its dashes behind: the value begins after the colon
        begin = self.text.index(":", name.end) + 1 if not node.flow and node.kind != "scalar" else node.start
        lead = " " if self.text[begin - 1 : begin] == ":" else ""
        return [_Edit(begin, node.end, lead + written)]

    def amount(self, node: _Spot | None, kegiatan: Kegiatan) -> str:
        """The cost in the spelling that the author uses for amounts."""
        if not isinstance(kegiatan.biaya, int):
            return biaya_text(kegiatan.biaya) if kegiatan.biaya != "" else ""
        if node is None or not any(char.isdigit() for char in node.text):
            return rupiah(kegiatan.biaya)
        if re.fullmatch(r"\d{4,}", node.text):
            return str(kegiatan.biaya)
        lead = re.match(r"(?i)rp\.?\s*", node.text)
        return (lead[0] if lead else "") + rupiah(kegiatan.biaya)

    # --- lists ---

    def items(
        self,
        parent: _Spot,
        key: str,
        ours: Sequence[Part],
        merged: Sequence[Part],
        path: str,
        inside: Callable[[_Spot, Any, Any, str], list[_Edit]],
        owner: Indikator | None = None,
    ) -> list[_Edit]:
        """A list of parts: changed in place where its members stay, else put together anew."""
        del owner
        raise NotImplementedError(parent, key, ours, merged, path, inside)


def _same_value(key: str, written: str) -> str:
    return read_target(written.strip()).text if key == "target" else written.strip()


def _decimal(value: str) -> str:
    """A number with the decimal comma that a planner would write; a text as it is."""
    return value.replace(".", ",") if re.fullmatch(r"\d+\.(\d{1,2}|\d{4,})", value) else value


__all__ = ["MappingNode", "Node", "Scalar", "encode_part", "flow_text", "patch"]

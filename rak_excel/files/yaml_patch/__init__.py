"""A plan's changes spliced into its author's YAML: what is untouched keeps its bytes, comments and order.

An item of a list owns the comment lines directly above it and its trailing comment: deletion takes them, a
move carries them.  New items are written like their neighbour, in block or in flow style.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rak_excel.files.yaml_patch.bands import set_band
from rak_excel.files.yaml_patch.keys import Keys
from rak_excel.files.yaml_patch.lists import (
    Piece,
    Placed,
    after,
    arranged,
    bare_pieces,
    brackets,
    dash_of,
    in_lines,
    piece,
    rows,
)
from rak_excel.files.yaml_patch.spots import (
    Edit,
    Lines,
    Spot,
    applied,
    documents,
    shifted,
    shifted_rest,
    without_break,
)
from rak_excel.files.yaml_patch.style import BELOW, ORDER, Listed, Style, at
from rak_excel.plan.diff import PLAN_FIELDS
from rak_excel.plan.model import BANDS, Plan
from rak_excel.plan.spelling import target_like
from rak_excel.plan.values import read_target

__all__ = ["patch"]

_REQUIRED: Final = frozenset({"tahun", "unit", "uraian", "jabatan", "nama"})
"""The keys that stay when their value is blanked."""


def patch(text: str, document: int, ours: Plan, merged: Plan, sources: Mapping[str, str]) -> str:
    """The text with its document number `document` changed from `ours` to `merged`.

    `ours` is what the text was read as.  `sources` maps the path of a part of `merged` to the path of the
    part of `ours` that it comes from; a part without one is new.

    The caller reads the result again: if it is not `merged`, nothing may be written.
    """
    if ours == merged:
        return text
    body = text.removeprefix("\ufeff")
    root = documents(body)[document]
    edits = _Patcher(Lines(body), root, ours, merged, sources).edits()
    return text[: len(text) - len(body)] + applied(body, 0, len(body), edits)


class _Patcher:
    """Finds what to change in one document; paths are those of `merged`."""

    def __init__(
        self, lines: Lines, root: Spot, ours: Plan, merged: Plan, sources: Mapping[str, str]
    ) -> None:
        self.lines, self.root = lines, root
        self.ours, self.merged = ours, merged
        self.sources = sources
        self.style = Style(lines, root, ours)
        self.given: dict[tuple[str, str], str] = {}

    def edits(self) -> list[Edit]:
        keys = Keys(self.lines, self.root, ORDER[""])
        for key in PLAN_FIELDS:
            before, after = getattr(self.ours, key), getattr(self.merged, key)
            if before != after and key == "pagu" and after is not None:
                self.text(keys, key, self.style.amount(after, self.root.get(key)))
            elif before != after:
                self.text(keys, key, str(after) if after else "")
        self.items(keys, "sasaran", "")
        self.signatories(keys)
        return keys.edits()

    # --- parts ---

    def source(self, path: str) -> tuple[Spot, str] | None:
        """Where a part comes from, if it stands in the text."""
        former = self.sources.get(path)
        spot = at(self.root, former) if former is not None else None
        return (spot, former) if spot is not None and former is not None else None

    def part(self, kind: str, path: str) -> list[Edit]:
        """What changes inside a part that was there before."""
        found = self.source(path)
        if found is None:
            return []
        spot, former = found
        keys = Keys(self.lines, spot, ORDER[kind])
        before, after = _at(self.ours, former), _at(self.merged, path)
        for key in ORDER[kind]:
            if key in BANDS:
                self.band(keys, key, getattr(before, key), getattr(after, key))
            elif key == "biaya":
                if before.biaya != after.biaya:
                    self.biaya(keys, after.biaya)
            elif key in ("target", "satuan"):
                self.shared(keys, kind, key, path)
            elif key == BELOW.get(kind):
                self.items(keys, key, path)
            elif getattr(before, key) != getattr(after, key):
                self.text(keys, key, getattr(after, key))
        return keys.edits()

    def text(self, keys: Keys, key: str, value: str | None, like: Spot | None = None) -> None:
        node = keys.spot.get(key)
        if value or (value is not None and key in _REQUIRED):
            keys.put(key, self.style.scalar(value, node or like, flow=keys.spot.flow))
        else:
            keys.drop(key)

    def biaya(self, keys: Keys, value: Any) -> None:  # noqa: ANN401 - one of Biaya
        node = keys.spot.get("biaya")
        self.text(keys, "biaya", "" if value == "" else self.style.biaya(value, node))

    def band(self, keys: Keys, key: str, before: Sequence[Any], after: Sequence[Any]) -> None:
        if before == after:
            return
        likes = [one.get(key) for one in self.style.examples("kegiatan")]
        elements = set_band(keys, self.style, key, before, after, next(filter(None, likes), None))
        entry = keys.spot.entry(key)
        if elements is None or entry is None:
            return
        value = entry.value
        opened = value.start + 1 if value.flow else entry.colon
        known = Listed(value, self.lines.column(entry.name.start), opened)
        made = rows(self.lines, value, opened)
        keys.inner += _Relisting(self, known, made, [[] for _ in value.items]).edits(elements, "")

    # --- target and satuan ---

    def shared(self, keys: Keys, kind: str, key: str, path: str) -> None:
        """Set a target or satuan where it has to stand: at the indikator, or at the kegiatan."""
        node = keys.spot.get(key)
        own = _read(key, node)
        if kind == "indikator":
            wanted = self.given_above(path, key)
        else:
            wanted = getattr(_at(self.merged, path), key)
            if not own and wanted == self.given_above(path.rpartition(".")[0], key):
                return
        if own != wanted:
            like = node.text if node is not None else self.usual(key)
            self.text(keys, key, target_like(wanted, like) if key == "target" else wanted)

    def given_above(self, path: str, key: str) -> str:
        """What an indikator will give to those of its kegiatan that have no value of their own."""
        if (path, key) not in self.given:
            indikator = _at(self.merged, path)
            found = self.source(path)
            former = _read(key, found[0].get(key)) if found is not None else ""
            values = {getattr(one, key) for one in indikator.kegiatan}
            below = [self.source(f"{path}.kegiatan[{k}]") for k in range(len(indikator.kegiatan))]
            own = any(one is not None and _read(key, one[0].get(key)) for one in below)
            if "" in values:
                former = ""
            elif len(values) == 1 and (not own or found is None):
                former = values.pop()
            self.given[path, key] = former
        return self.given[path, key]

    def usual(self, key: str) -> str:
        """How the first one of these is written."""
        nodes = [one.get(key) for kind in ("indikator", "kegiatan") for one in self.style.examples(kind)]
        return next((node.text for node in nodes if node is not None and node.text), "")

    # --- lists ---

    def items(self, keys: Keys, kind: str, path: str) -> None:
        """Change a list of parts in place where they stay as they were, else put it together anew."""
        entry = keys.spot.entry(kind)
        paths = self.paths(kind, path)
        if entry is None or entry.value.kind != "list" or not entry.value.parts():
            if paths:
                self.filled(keys, kind, paths)
            return
        value = entry.value
        spots = value.parts()
        found = [self.source(one) for one in paths]
        if [one[0] if one is not None else None for one in found] == spots:
            for one in paths:
                # a kegiatan may have to say a target itself that its indikator no longer gives
                if kind == "kegiatan" or not self.is_untouched(kind, one):
                    keys.inner += self.part(kind, one)
            return
        opened = value.start + 1 if value.flow else entry.colon
        listed = Listed(value, self.lines.column(entry.name.start), opened)
        elements, inner = self.elements(kind, paths, spots, flow=value.flow)
        relisting = _Relisting(self, listed, self.style.rows(listed), inner)
        keys.inner += relisting.edits(elements, self.style.gap(listed, kind))

    def is_untouched(self, kind: str, path: str) -> bool:
        """Whether a part is as it was, with all that stands below it.

        A kegiatan that is may still have to say itself what its indikator does not give it any more.
        """
        former = self.sources.get(path)
        if former is None or kind == "kegiatan":
            return False
        part = _at(self.merged, path)
        return part == _at(self.ours, former) and self.is_together(kind, path, former, part)

    def is_together(self, kind: str, path: str, former: str, part: Any) -> bool:  # noqa: ANN401 - any part
        """Whether a part comes from another one with all that stands below it."""
        below = BELOW.get(kind)
        return self.sources.get(path) == former and all(
            self.is_together(below, f"{path}.{below}[{at}]", f"{former}.{below}[{at}]", one)
            for at, one in enumerate(getattr(part, below) if below is not None else ())
            if below is not None
        )

    def paths(self, kind: str, path: str) -> Sequence[str]:
        parts = getattr(_at(self.merged, path), kind)
        return [f"{path}.{kind}[{number}]".lstrip(".") for number in range(len(parts))]

    def elements(
        self, kind: str, paths: Sequence[str], spots: Sequence[Spot], *, flow: bool
    ) -> tuple[Sequence[int | Piece], Sequence[Sequence[Edit]]]:
        """The items of a list in their new order, and what changes inside those that were in it."""
        elements: list[int | Piece] = []
        inner: list[list[Edit]] = [[] for _ in spots]
        like: Spot | None = None
        for path in paths:
            found = self.source(path)
            if found is not None and found[0] in spots:
                place = spots.index(found[0])
                inner[place] = self.part(kind, path)
                elements.append(place)
                like = found[0]
            else:
                elements.append(self.piece(kind, path, like or (spots[0] if spots else None), flow=flow))
        return elements, inner

    def piece(self, kind: str, path: str, like: Spot | None, *, flow: bool) -> Piece:
        """A part that comes into a list: taken out of another one, or written anew."""
        found = self.source(path)
        if found is None:
            return self.new(kind, path, like, flow=flow)
        spot, _ = found
        edits = self.part(kind, path)
        for listed in self.style.lists[kind]:
            if spot in listed.spot.items:
                break
        else:
            return self.alone(spot, edits)
        if listed.spot.flow and not in_lines(self.lines, listed.spot):
            number = listed.spot.items.index(spot)
            inner = [edits if at == number else [] for at in range(len(listed.spot.items))]
            return bare_pieces(self.lines, listed.spot, inner)[0][number]
        row = next(row for row in self.style.rows(listed) if row.body is spot)
        return piece(self.lines, listed.spot, row, edits)

    def alone(self, spot: Spot, edits: Sequence[Edit]) -> Piece:
        """The only signatory, which may stand without a list."""
        stop = spot.end if spot.flow else self.lines.bare_end(self.lines.end(spot.end - 1))
        column = self.lines.column(spot.start)
        return Piece(applied(self.lines.text, spot.start, stop, edits), spot.flow, column)

    def filled(self, keys: Keys, kind: str, paths: Sequence[str]) -> None:
        """Write a list where there was none, or an empty one."""
        elements, _ = self.elements(kind, paths, (), flow=keys.spot.flow)
        pieces = [one for one in elements if isinstance(one, Piece)]
        first = next(iter(self.style.lists[kind]), None)
        begin = keys.spot.entries[0].name.start if keys.spot.entries else keys.spot.start
        if keys.spot.flow or (first is not None and first.spot.flow and all(one.flow for one in pieces)):
            keys.put(kind, brackets(pieces, self.lines.indent(begin), self.lines.newline))
        else:
            column = self.lines.column(begin) + self.style.offset(kind)
            keys.put_lines(kind, self.below(kind, pieces, column))

    def below(self, kind: str, pieces: Sequence[Piece], column: int) -> str:
        """The lines of a new list, without the last one's break."""
        newline, dash = self.lines.newline, self.style.dash(kind)
        gap = self.style.gap(None, kind)
        return gap.join(one.block(column, dash, newline) for one in pieces).removesuffix(newline)

    # --- new parts ---

    def new(self, kind: str, path: str, like: Spot | None, *, flow: bool) -> Piece:
        """A new part, written like another one."""
        like = like or next(iter(self.style.examples(kind)), None)
        below = BELOW.get(kind)
        pieces: dict[str, Sequence[Piece]] = {}
        if below is not None:
            made, _ = self.elements(below, self.paths(below, path), (), flow=flow)
            pieces[below] = [one for one in made if isinstance(one, Piece)]
        inline = flow or (
            like is not None and like.flow and all(one.flow for group in pieces.values() for one in group)
        )
        pairs = self.pairs(kind, path, like, flow=inline)
        name = Keys(self.lines, like, ORDER[kind]).name if like is not None else str
        if inline:
            pairs += [(key, brackets(group, 0, self.lines.newline)) for key, group in pieces.items()]
            return Piece(f"{{{', '.join(f'{name(key)}: {written}' for key, written in pairs)}}}", flow=True)
        lines = [f"{name(key)}: {written}" for key, written in pairs]
        for key, group in pieces.items():
            column = self.style.offset(key)
            lines.append(f"{key}:" if group else f"{key}: []")
            lines += [self.below(key, group, column)] if group else []
        return Piece(self.lines.newline.join(lines), flow=False)

    def pairs(self, kind: str, path: str, like: Spot | None, *, flow: bool) -> list[tuple[str, str]]:
        """The keys of a new part with their values, in the order of the one that it is written like."""
        part = _at(self.merged, path)
        pairs: dict[str, str] = {}
        for key in ORDER[kind]:
            node = like.get(key) if like is not None else None
            written = self.field(kind, key, part, path, node)
            if key in BANDS and getattr(part, key):
                pairs[key] = self.style.new_band(
                    key, getattr(part, key), self.band_like(key, node), flow=flow
                )
            elif written or (written is not None and key == "uraian"):
                pairs[key] = self.new_text(written, like, key, flow=flow)
        return [(key, pairs[key]) for key in _ordered(ORDER[kind], like) if key in pairs]

    def new_text(self, written: str, like: Spot | None, key: str, *, flow: bool) -> str:
        """A new value as another part has it; below a block only if it has several lines too."""
        entry = like.entry(key) if like is not None else None
        if entry is None or (entry.value.style in ("|", ">") and "\n" not in written):
            return self.style.scalar(written, None, flow=flow)
        column = self.lines.column(entry.name.start)
        return self.style.scalar(written, entry.value, flow=flow, column=column)

    def band_like(self, key: str, node: Spot | None) -> Spot | None:
        likes = (one.get(key) for one in self.style.examples("kegiatan"))
        return node or next(filter(None, likes), None)

    def field(self, kind: str, key: str, part: Any, path: str, node: Spot | None) -> str | None:  # noqa: ANN401 - any part
        """What a new part writes for a key that is no band and no list; blank or `None` for nothing."""
        if key in BANDS or key == BELOW.get(kind):
            return None
        if key == "biaya":
            return "" if part.biaya == "" else self.style.biaya(part.biaya, node)
        if key in ("target", "satuan"):
            above = self.given_above(path if kind == "indikator" else path.rpartition(".")[0], key)
            value: str = above if kind == "indikator" else getattr(part, key)
            if kind == "kegiatan" and value == above:
                return ""
            return target_like(value, self.usual(key)) if key == "target" else value
        text: str | None = getattr(part, key)
        return text

    # --- signatories ---

    def signatories(self, keys: Keys) -> None:
        """The signatories, which are a list, or a mapping where there is one."""
        kind = "penandatangan"
        entry, paths = keys.spot.entry(kind), self.paths(kind, "")
        if entry is None or entry.value.kind == "list" or not entry.value.entries:
            if len(paths) == 1 and (entry is None or not entry.value.items):
                self.one_signatory(keys, paths[0])
            else:
                self.items(keys, kind, "")
            return
        value = entry.value
        if not paths:
            keys.put(kind, "[]")
        elif len(paths) == 1 and self.source(paths[0]) is not None:
            keys.inner += self.part(kind, paths[0])
        else:
            keys.inner.append(self.other_signatories(value, paths))

    def one_signatory(self, keys: Keys, path: str) -> None:
        one = self.new("penandatangan", path, None, flow=keys.spot.flow)
        if one.flow:
            keys.put("penandatangan", one.body)
        else:
            keys.put_lines("penandatangan", shifted(one.body, self.style.offset("sasaran") or 2))

    def other_signatories(self, value: Spot, paths: Sequence[str]) -> Edit:
        """Another signatory in the place of the only one, or several."""
        pieces = [self.piece("penandatangan", path, value, flow=value.flow) for path in paths]
        column = self.lines.column(value.start)
        stop = value.end if value.flow else self.lines.bare_end(self.lines.end(value.end - 1))
        if value.flow:
            single = len(pieces) == 1
            written = (
                pieces[0].body
                if single
                else brackets(pieces, self.lines.indent(value.start), self.lines.newline)
            )
        elif len(pieces) == 1:
            written = shifted_rest(pieces[0].body, column - pieces[0].column)
        else:
            written = self.below("penandatangan", pieces, column).lstrip(" ")
        return Edit(value.start, stop, written)


class _Relisting:
    """A list that is put together anew."""

    def __init__(
        self, patcher: _Patcher, listed: Listed, known: Sequence[Any], inner: Sequence[Sequence[Edit]]
    ) -> None:
        self.lines = patcher.lines
        self.style = patcher.style
        self.listed, self.known, self.inner = listed, known, inner
        self.spot = listed.spot

    def edits(self, elements: Sequence[int | Piece], gap: str) -> list[Edit]:
        """The list with these items in this order; `gap` stands between new ones."""
        if self.spot.flow and not in_lines(self.lines, self.spot):
            return [self.in_brackets(elements)]
        first, last = self.known[0], self.known[-1]
        stop = self.lines.bare_end(last.stop)
        comma = "," if self.spot.flow else ""
        trailing = self.lines.rest(last.body.end).lstrip()[:1] == ","
        placed = [self.kept(one) if isinstance(one, int) else self.came(one) for one in elements]
        text = arranged(self.lines, self.known, placed, gap, (comma, comma if trailing else ""))
        if elements:
            return [Edit(first.top, stop, without_break(text))]
        start = first.top if text else self.lines.bare_end(first.top)
        edits = [Edit(start, stop, without_break(text))]
        if not self.spot.flow:
            edits.insert(0, Edit(self.listed.opened, self.listed.opened, " []"))
        return edits

    def kept(self, number: int) -> Placed:
        row = self.known[number]
        stop = self.lines.bare_end(row.stop)
        end = self.lines.text[stop : row.stop] or self.lines.newline
        if not self.spot.flow:
            return Placed(number, applied(self.lines.text, row.top, stop, self.inner[number]), end)
        text = applied(self.lines.text, row.top, row.body.end, self.inner[number])
        return Placed(number, text, after(self.lines, self.spot, row) + end)

    def came(self, one: Piece) -> Placed:
        newline = self.lines.newline
        if not self.spot.flow:
            column = self.lines.column(self.spot.start)
            text = one.block(column, dash_of(self.lines, self.spot), newline)
            return Placed(None, without_break(text), newline)
        margin = " " * self.lines.column(self.known[0].body.start)
        above, behind = one.remarks()
        lines = "".join(f"{margin}{remark}{newline}" for remark in above)
        return Placed(None, f"{lines}{margin}{one.inline()}", f"{behind}{newline}")

    def in_brackets(self, elements: Sequence[int | Piece]) -> Edit:
        """A list whose items share lines: on one line again, unless comments stand between them."""
        spot, lines = self.spot, self.lines
        places = {id(row.body): number for number, row in enumerate(self.known)}
        inner = [self.inner[places[id(item)]] if id(item) in places else () for item in spot.items]
        made, remarks = bare_pieces(lines, spot, inner)
        kept = [one for one, item in zip(made, spot.items, strict=True) if id(item) in places]
        pieces = [kept[one] if isinstance(one, int) else one for one in elements]
        # what is no part of the plan has been told, and stays
        pieces += [one for one, item in zip(made, spot.items, strict=True) if id(item) not in places]
        written = brackets(pieces, lines.indent(spot.start), lines.newline, remarks)
        if written.startswith(f"[{lines.newline}") or not pieces:
            return Edit(spot.start, spot.end, written)
        return Edit(spot.items[0].start, spot.items[-1].end, written[1:-1])


def _at(plan: Plan, path: str) -> Any:  # noqa: ANN401 - any part, or the plan
    part: Any = plan
    for step in path.replace("]", "").split("."):
        if step:
            name, number = step.split("[")
            part = getattr(part, name)[int(number)]
    return part


def _read(key: str, node: Spot | None) -> str:
    """A target or satuan as the decoder reads it."""
    if node is None or node.kind != "scalar":
        return ""
    text = node.text.strip().replace("\r\n", "\n").replace("\r", "\n")
    return read_target(text).text if key == "target" and text else text


def _ordered(usual: Sequence[str], like: Spot | None) -> list[str]:
    """The usual keys in the order in which another part has them; what it has not follows as usual."""
    order = (
        [entry.name.text for entry in like.entries if entry.name.text in usual] if like is not None else []
    )
    for number, key in enumerate(usual):
        if key not in order:
            before = next((name for name in reversed(usual[:number]) if name in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, key)
    return order

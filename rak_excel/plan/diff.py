"""What differs between two plans, in the words of the plan."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any, Final, Literal, NamedTuple, TypeAlias, cast

from rak_excel.findings import Words, shown
from rak_excel.plan.align import Alignment, Hints, Part, PartKind, Tree, Value, align, fold, tree
from rak_excel.plan.codec import LABELS
from rak_excel.plan.model import BANDS, Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.plan.values import BERSAMA, rupiah

PartName: TypeAlias = Literal["plan", "sasaran", "indikator", "kegiatan", "penandatangan"]

PLAN_FIELDS: Final = ("judul", "tahun", "unit", "pagu", "lembar", "tata_letak", "kertas")
DRESS: Final = frozenset({"lembar", "tata_letak", "kertas"})
"""The fields of a plan that are not meaning: two plans that differ in these alone have one content hash."""

FIELDS: Final[dict[PartKind, tuple[str, ...]]] = {
    "sasaran": ("uraian",),
    "indikator": ("uraian",),
    "kegiatan": tuple(field.name for field in fields_of(Kegiatan)),
    "penandatangan": tuple(field.name for field in fields_of(Penandatangan)),
}
"""The fields of each kind of part, the parts below it left out."""


class Change(NamedTuple):
    """One difference.

    `before` and `after` are the paths of the part (`sasaran[0].indikator[1].kegiatan[2]`, `""` for the plan
    itself) in the one plan and the other; an added part has no `before`, a removed one no `after`.  `field`
    is the field below the part (`biaya`, `triwulan[2]`, `uraian`) of a `changed` one, else `""`.  `old` and
    `new` are the values of the field; of an added or removed part the part itself without the parts below it,
    which have changes of their own; of a moved part its text.
    """

    kind: Literal["changed", "added", "removed", "moved"]
    part: PartName
    before: str
    after: str
    field: str
    old: object
    new: object


def diff(before: Plan, after: Plan, hints: Hints | None = None) -> tuple[Change, ...]:
    """All differences, in the reading order of the later plan; what is gone stands where its parent ends.

    A part has moved when it stands under another parent, or when it changed places with its siblings; that
    others came or went before it is no move.

    Examples:
        >>> one, other = Plan(2024, "U", (), ()), Plan(2025, "U", (), ())
        >>> diff(one, other)[0][:5], diff(one, one)
        (('changed', 'plan', '', '', 'tahun'), ())
    """
    if before == after:
        return ()
    trees = tree(before), tree(after)
    return differences(*trees, align(*trees, hints or {}))


def differences(before: Tree, after: Tree, alignment: Alignment) -> tuple[Change, ...]:
    """The differences between two plans whose parts are aligned."""
    return (
        *(
            Change("changed", "plan", "", "", field, old, new)
            for field in PLAN_FIELDS
            if (old := getattr(before.plan, field)) != (new := getattr(after.plan, field))
        ),
        *_Walk(before, after, alignment.of).changes(),
    )


class _Walk:
    """One pass over the later plan, with what is gone told at the end of its parent."""

    def __init__(self, before: Tree, after: Tree, of: Mapping[Part, Part]) -> None:
        self.before, self.after, self.of = before, after, of
        self.kept = {earlier: later for later, earlier in of.items()}

    def changes(self) -> Iterator[Change]:
        for kind in ("sasaran", "penandatangan"):
            yield from self.siblings(None, self.before.parts[kind], self.after.parts[kind])

    def siblings(self, home: Part | None, before: Sequence[Part], after: Sequence[Part]) -> Iterator[Change]:
        stays = [part for part in after if part in self.of and self.of[part].above is home]
        still = unmoved(stays, [self.of[part].at[-1] for part in stays])
        for part in after:
            yield from self.part(part, moved=part in self.of and part not in still)
        for part in before:
            if part not in self.kept:
                yield from self.gone(part)

    def part(self, part: Part, *, moved: bool) -> Iterator[Change]:
        earlier = self.of.get(part)
        below = self.after.below.get(part, ())
        if earlier is None:
            yield Change("added", part.kind, "", part.path, "", None, shell(part.value))
            yield from self.siblings(part, (), below)
            return
        if moved:
            yield Change("moved", part.kind, earlier.path, part.path, "", earlier.text, part.text)
        for field, old, new in field_changes(part.kind, earlier.value, part.value):
            yield Change("changed", part.kind, earlier.path, part.path, field, old, new)
        yield from self.siblings(earlier, self.before.below.get(earlier, ()), below)

    def gone(self, part: Part) -> Iterator[Change]:
        yield Change("removed", part.kind, part.path, "", "", shell(part.value), None)
        for below in self.before.below.get(part, ()):
            if below not in self.kept:
                yield from self.gone(below)


def unmoved(parts: Sequence[Part], places: Sequence[int]) -> set[Part]:
    """The largest set of siblings that stand in the order of their former places: all others have moved."""
    if all(places[at] < places[at + 1] for at in range(len(places) - 1)):
        return set(parts)
    tails: list[int] = []  # the least end of a rising run of each length, and where it stands
    ends: list[int] = []
    previous: list[int] = []
    for at, place in enumerate(places):
        length = bisect_left(tails, place)
        previous.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [at]
    # of several such sets the one that people see: those that keep their number
    same = {part for part, place, first in zip(parts, places, sorted(places), strict=True) if place == first}
    if len(same) == len(ends):
        return same
    found: set[Part] = set()
    at = ends[-1]
    while at >= 0:
        found.add(parts[at])
        at = previous[at]
    return found


def shell(value: Value) -> Value:
    """A part without the parts below it."""
    if isinstance(value, Sasaran):
        return Sasaran(value.uraian)
    return Indikator(value.uraian) if isinstance(value, Indikator) else value


def field_changes(kind: PartKind, old: Value, new: Value) -> Iterator[tuple[str, object, object]]:
    """The fields of a part that differ; the periods of a band that both have are fields of their own."""
    if old is new:
        return
    for field in FIELDS[kind]:
        was, now = getattr(old, field), getattr(new, field)
        if was == now:
            continue
        if field in BANDS and len(was) == len(now):
            for number, (one, other) in enumerate(zip(was, now, strict=True)):
                if one != other:
                    yield f"{field}[{number}]", one, other
        else:
            yield field, was, now


# --- applying ------------------------------------------------------------------------------------------


def apply(changes: Iterable[Change], before: Plan) -> Plan:
    """Make the changes of `diff(before, after)` to `before`: the result is `after`.

    Examples:
        >>> one, other = Plan(2024, "U", (), ()), Plan(2025, "U", (Sasaran("Baru"),), ())
        >>> apply(diff(one, other), one) == other
        True
    """
    return _Edit(tuple(changes), tree(before)).plan()


class _Edit:
    """The changes by the place where they act, and the later plan built from the top."""

    def __init__(self, changes: tuple[Change, ...], before: Tree) -> None:
        self.before = before
        self.leaves = {change.before for change in changes if change.kind in ("moved", "removed")}
        self.comes: dict[tuple[str, str], dict[int, Change]] = {}
        self.fields: dict[str, list[Change]] = {}
        for change in changes:
            if change.kind == "changed":
                self.fields.setdefault(change.after, []).append(change)
            elif change.kind != "removed":
                parent, _, last = change.after.rpartition(".")
                at = int(last[last.index("[") + 1 : -1])
                self.comes.setdefault((parent, change.part), {})[at] = change

    def plan(self) -> Plan:
        plan = self.before.plan
        own = {change.field: change.new for change in self.fields.get("", ())}
        signatories = self.siblings("", "penandatangan", self.before.parts["penandatangan"])
        goals = self.siblings("", "sasaran", self.before.parts["sasaran"])
        return replace(
            plan,
            sasaran=cast("tuple[Sasaran, ...]", goals),
            penandatangan=cast("tuple[Penandatangan, ...]", signatories),
            **cast("dict[str, Any]", own),
        )

    def siblings(self, parent: str, kind: PartKind, before: Sequence[Part]) -> tuple[Value, ...]:
        comes = self.comes.get((parent, kind), {})
        stays = [part for part in before if part.path not in self.leaves]
        made: list[Value] = []
        waiting = iter(stays)
        for at in range(len(comes) + len(stays)):
            path = f"{parent}.{kind}[{at}]".lstrip(".")
            change = comes.get(at)
            if change is None:
                made.append(self.part(path, next(waiting)))
            elif change.kind == "added":
                made.append(self.filled(path, cast("Value", change.new), ()))
            else:
                moved = self.before.at(change.before)
                if moved is not None:
                    made.append(self.part(path, moved))
        return tuple(made)

    def part(self, path: str, earlier: Part) -> Value:
        return self.filled(path, earlier.value, self.before.below.get(earlier, ()))

    def filled(self, path: str, value: Value, below: Sequence[Part]) -> Value:
        changes = self.fields.get(path, ())
        if changes:
            value = changed(value, {change.field: change.new for change in changes})
        if isinstance(value, Sasaran):
            inside = self.siblings(path, "indikator", below)
            return Sasaran(value.uraian, cast("tuple[Indikator, ...]", inside))
        if isinstance(value, Indikator):
            inside = self.siblings(path, "kegiatan", below)
            return Indikator(value.uraian, cast("tuple[Kegiatan, ...]", inside))
        return value


def changed(value: Value, fields: Mapping[str, object]) -> Value:
    """A part with other values in some fields, single periods of a band among them."""
    whole: dict[str, Any] = {}
    for field, new in fields.items():
        band, _, number = field.partition("[")
        if number:
            cells = list(whole.get(band, getattr(value, band)))
            cells[int(number[:-1])] = new
            whole[band] = tuple(cells)
        else:
            whole[band] = new
    return replace(value, **whole)


# --- telling -------------------------------------------------------------------------------------------

_BLANK: Final = Words("(kosong)", "(blank)")
_SPACES: Final = Words("hanya spasi atau ganti baris", "only spaces or line breaks")
_PARTS: Final[dict[str, Words]] = {
    "plan": Words("rencana", "plan"),
    "sasaran": Words("sasaran", "goal"),
    "indikator": Words("indikator", "indicator"),
    "kegiatan": Words("kegiatan", "activity"),
    "penandatangan": Words("penandatangan", "signatory"),
}
_OWN: Final[dict[str, Words]] = {
    # without the part, which is named beside it
    "uraian": Words("uraian", "the text"),
    "jabatan": Words("jabatan", "the role"),
    "nama": Words("nama", "the name"),
}
_NAME: Final = 60
_EXCERPT: Final = 40


def tell(change: Change, before: Plan, after: Plan) -> Words:
    """One change in one sentence: which part (its number and first words), which field, before and after.

    Examples:
        >>> one, other = Plan(2024, "U", (), (), pagu=5000), Plan(2024, "U", (Sasaran("Baru"),), ())
        >>> [tell(change, one, other).id for change in diff(one, other)]
        ['pagu: 5.000 → (kosong)', 'sasaran 1 “Baru” ditambahkan']
    """
    if change.kind == "changed":
        field, (old, new) = field_words(change.part, change.field), value_words(change)
        if change.part == "plan":
            return Words(f"{field.id}: {old.id} → {new.id}", f"{field.en}: {old.en} → {new.en}")
        name = part_words(after, change.after)
        return Words(
            f"{name.id}: {field.id} {old.id} → {new.id}", f"{name.en}: {field.en} {old.en} → {new.en}"
        )
    if change.kind == "removed":
        name = part_words(before, change.before)
        return Words(f"{name.id} dihapus", f"{name.en} removed")
    name = part_words(after, change.after)
    if change.kind == "added":
        return Words(f"{name.id} ditambahkan", f"{name.en} added")
    was = number_of_path(change.before)
    return Words(f"{name.id} dipindah dari {was}", f"{name.en} moved from {was}")


def number_of_path(path: str) -> str:
    """The number by which people call a part: those of its goal, indicator and activity, from 1.

    Examples:
        >>> number_of_path("sasaran[0].indikator[1].kegiatan[2]")
        '1.2.3'
    """
    return ".".join(str(int(number) + 1) for number in re.findall(r"\[(\d+)\]", path))


def part_words(plan: Plan, path: str) -> Words:
    """What people call the part at a path: its kind, number and first words."""
    if not path:
        return _PARTS["plan"]
    steps = [(name, int(at)) for name, at in re.findall(r"(\w+)\[(\d+)\]", path)]
    part: object = plan
    for name, at in steps:
        part = getattr(part, name)[at]
    text = part.jabatan if isinstance(part, Penandatangan) else getattr(part, "uraian", "") or ""
    if not text and isinstance(part, Kegiatan):
        # a form without kegiatan: its indikator names the row
        above: Any = plan.sasaran[steps[0][1]].indikator[steps[1][1]]
        text = above.uraian if part.uraian is None else ""
    kind = _PARTS[steps[-1][0]]
    number = number_of_path(path)
    name = f" “{short(text)}”" if text else ""
    return Words(f"{kind.id} {number}{name}", f"{kind.en} {number}{name}")


def short(text: str) -> str:
    """The first words of a text.

    Examples:
        >>> short("Penyusunan Program, Kegiatan, dan Anggaran Komisi Pemilihan Umum Kabupaten")
        'Penyusunan Program, Kegiatan, dan Anggaran Komisi Pemilihan…'
    """
    text = shown(fold(text))
    if len(text) <= _NAME:
        return text
    return (
        text[: text.rfind(" ", 20, _NAME + 1) if " " in text[20 : _NAME + 1] else _NAME].rstrip(" ,.;") + "…"
    )


def field_words(part: PartName, field: str) -> Words:
    """What people call a field; a period by its number."""
    band, _, number = field.partition("[")
    words = _OWN.get(band) or LABELS.get(band) or LABELS[f"{part}.{band}"]
    if number:
        at = int(number[:-1]) + 1
        return Words(f"{words.id} {at}", f"{words.en} {at}")
    return words


def value_words(change: Change) -> tuple[Words, Words]:
    """The values before and after, as people write them; of long texts the part that differs."""
    old, new = change.old, change.new
    if isinstance(old, str) and isinstance(new, str) and old and new and BERSAMA not in (old, new):
        if fold(old) == fold(new):
            return Words(f"“{short(old)}”", f"“{short(old)}”"), _SPACES
        return tuple(Words(f"“{text}”", f"“{text}”") for text in excerpts(fold(old), fold(new)))  # type: ignore[return-value]
    return told_value(change.field, old), told_value(change.field, new)


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Two long texts cut to where they differ, so that the difference can be seen.

    Examples:
        >>> excerpts("a " * 60 + "lama", "a " * 60 + "baru")[1][-8:]
        'a a baru'
    """
    if max(len(old), len(new)) <= _NAME:
        return shown(old), shown(new)
    same = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )
    start = max(0, same - _EXCERPT // 2)
    start = old.rfind(" ", 0, start + 1) + 1 if start else 0
    cut = [f"{'…' if start else ''}{text[start : same + _EXCERPT]}" for text in (old, new)]
    cut = [
        f"{part}…" if len(text) > same + _EXCERPT else part
        for part, text in zip(cut, (old, new), strict=True)
    ]
    return shown(cut[0]), shown(cut[1])


def told_value(field: str, value: object) -> Words:
    """A value of a field as people write it.

    Examples:
        >>> told_value("biaya", 306461000).id, told_value("biaya", None).en, told_value("bulan[0]", True).id
        ('306.461.000', 'nil', '√')
    """
    band = field.partition("[")[0]
    if value in ("", ()) or (value is None and field != "biaya"):
        return _BLANK
    if value is None:
        return Words("nihil", "nil")
    if value is True or value is False:
        mark = "√" if value else "-"
        return Words(mark, mark)
    if field == "biaya" and value == BERSAMA:
        return Words("bersama", "shared")
    if isinstance(value, int):
        text = str(value) if field == "tahun" else rupiah(value)
        return Words(text, text)
    if isinstance(value, tuple) and band in BANDS:
        text = _told_band(value)
        return Words(text, text) if text else Words("tanpa periode", "no period")
    text = f"“{short(str(value))}”"
    return Words(text, text)


def _told_band(cells: tuple[object, ...]) -> str:
    return ", ".join(
        str(number) if cell is True else f"{number}: {cell}"
        for number, cell in enumerate(cells, 1)
        if cell is not False
    )

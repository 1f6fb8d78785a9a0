"""The three-way merge: base, today's source and the workbook become one plan, and nothing is lost.

Changes on one side are taken.  Where both sides changed the same thing differently, there is a conflict; no
conflict is ever settled here but by a choice that somebody made.

What counts as what (the laws stand in tests/properties/test_merge_laws.py):

- A part that one side deleted and the other changed, filled, or moved to another parent is a conflict, one
  for everything that was deleted together.  Another place among the same siblings is no change of the part:
  it goes.
- Orders are merged by which of two siblings comes first, and conflict only where the sides contradict each
  other.
- What both sides added is one where it is equal.  With the same text and parent it is one too; a field in
  which it differs is a conflict: two rows would count a cost twice, and one would lose the other's values.
- A shared cost shares the amount that both sides mean, or there is a conflict for the rows and costs of its
  goal.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final, NamedTuple, cast

from rak_excel import rules
from rak_excel.findings import Words
from rak_excel.plan.align import Alignment, Hints, Part, Tree, align, tree
from rak_excel.plan.conflict import Conflict, Sided, key_of
from rak_excel.plan.diff import PLAN_FIELDS, Change, differences, part_words, short, told_value
from rak_excel.plan.disputes import Dispute, Disputes
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.plan.reading import Reading, heads, judge, read
from rak_excel.plan.threeway import SIDES, VERSIONS, Bound, Entity, Side, Version, biaya_of, bind
from rak_excel.plan.values import BERSAMA

_NONE: Final[frozenset[str]] = frozenset()


class Merged(NamedTuple):
    """What a merge made.

    While there are `conflicts`, `plan` holds ours at each of them and is no result.  `sources` maps the path
    of a part in `plan` to its path in ours; a part that is new to ours has none.  `notes` tell of hints that
    were not followed, of stale choices and of words that are no choice; `stale` are the keys of these two.
    """

    plan: Plan
    conflicts: tuple[Conflict, ...]
    sources: dict[str, str]
    notes: tuple[Sided, ...] = ()
    stale: tuple[str, ...] = ()


def merge(
    base: Plan,
    ours: Plan,
    theirs: Plan,
    *,
    ours_of: Hints | None = None,
    theirs_of: Hints | None = None,
    choices: Mapping[str, str] | None = None,
    ours_lost: frozenset[str] = _NONE,
    theirs_lost: frozenset[str] = _NONE,
) -> Merged:
    """Merge what ours and theirs did to base.

    `ours_of` and `theirs_of` map a part's path on that side to the part's path in base; they are hints.
    `choices` answer conflicts by their key with `ours` or `theirs`.  `ours_lost` and `theirs_lost` name
    fields of kegiatan whose whole column is gone on that side: where the other side changed such cells, that
    is one conflict for the column.

    Examples:
        >>> base = Plan(2024, "U", (Sasaran("Satu"),), ())
        >>> ours, theirs = replace(base, tahun=2025), replace(base, unit="V")
        >>> merge(base, ours, theirs).plan == replace(base, tahun=2025, unit="V")
        True
        >>> [one.code for one in merge(base, ours, replace(base, tahun=2026)).conflicts]
        ['RAK501']
    """
    choices = dict(choices or {})
    trees: dict[Version, Tree] = {"base": tree(base), "ours": tree(ours), "theirs": tree(theirs)}
    found = _aligned(trees, ours_of or {}, theirs_of or {})
    bound = bind(trees, found["ours"].of, found["theirs"].of)
    judged = judge(bound, {"ours": ours_lost, "theirs": theirs_lost})
    conflicts = _Telling(bound).conflicts(judged.found)
    chosen, open_ = _choose(conflicts, choices)
    stale = tuple(key for key in choices if key not in {one.key for one, _ in conflicts})
    wrong = tuple(key for key, word in choices.items() if key not in stale and word not in SIDES)
    return Merged(
        *_Building(read(bound, judged, chosen)).plan(conflicts=open_),
        notes=(*_refusals(bound, found), *_choice_notes(choices, stale, wrong)),
        stale=(*stale, *wrong),
    )


def _aligned(trees: Mapping[Version, Tree], ours_of: Hints, theirs_of: Hints) -> dict[Side, Alignment]:
    ours = align(trees["base"], trees["ours"], ours_of)
    theirs = align(trees["base"], trees["theirs"], theirs_of)
    if trees["ours"].plan == trees["theirs"].plan:
        # both did the same, whatever the hints make of it
        theirs = Alignment(_carried(trees, ours), theirs.refused)
    return {"ours": ours, "theirs": theirs}


def _carried(trees: Mapping[Version, Tree], alignment: Alignment) -> dict[Part, Part]:
    """An alignment of ours for theirs, where the two are equal."""
    pairs = (
        pair
        for kind, parts in trees["ours"].parts.items()
        for pair in zip(parts, trees["theirs"].parts[kind], strict=True)
    )
    return {theirs: alignment.of[ours] for ours, theirs in pairs if ours in alignment.of}


def _choose(
    conflicts: list[tuple[Conflict, Dispute]], choices: Mapping[str, str]
) -> tuple[dict[Dispute, Side], tuple[Conflict, ...]]:
    chosen: dict[Dispute, Side] = {}
    for side in SIDES:
        chosen |= {dispute: side for one, dispute in conflicts if choices.get(one.key) == side}
    return chosen, tuple(one for one, dispute in conflicts if dispute not in chosen)


def _refusals(bound: Bound, found: Mapping[Side, Alignment]) -> tuple[Sided, ...]:
    return tuple(
        Sided(
            side,
            rules.TANDA_TIDAK_COCOK.at(one.after, lain=part_words(bound.trees["base"].plan, one.before)),
        )
        for side in SIDES
        for one in found[side].refused
    )


def _choice_notes(
    choices: Mapping[str, str], stale: tuple[str, ...], wrong: tuple[str, ...]
) -> tuple[Sided, ...]:
    return (
        *(Sided("ours", rules.PILIHAN_USANG.at(value=key)) for key in stale),
        *(Sided("ours", rules.PILIHAN_TIDAK_DIKENAL.at(value=choices[key])) for key in wrong),
    )


# --- building ------------------------------------------------------------------------------------------


class _Building:
    """The merged plan from the top down, noting where each part stands in ours."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.sources: dict[str, str] = {}
        self.placed = 0

    def plan(self, conflicts: tuple[Conflict, ...]) -> tuple[Plan, tuple[Conflict, ...], dict[str, str]]:
        reading = self.reading
        goals = tuple(
            self.sasaran(entity, f"sasaran[{g}]") for g, entity in enumerate(reading.below("sasaran", None))
        )
        signatories = tuple(
            cast("Penandatangan", self.own(entity, f"penandatangan[{n}]"))
            for n, entity in enumerate(reading.below("penandatangan", None))
        )
        plan = replace(
            reading.bound.trees["ours"].plan, sasaran=goals, penandatangan=signatories, **self.fields()
        )
        if self.placed != sum(map(len, reading.children.values())):
            raise RuntimeError("a part of the merged plan has no place in it")
        return plan, conflicts, self.sources

    def fields(self) -> dict[str, Any]:
        """The plan's own fields where they are not as in ours."""
        base, ours, theirs = (self.reading.bound.trees[version].plan for version in VERSIONS)
        taken: dict[str, Any] = {}
        for field in PLAN_FIELDS:
            dispute = self.reading.found.cell.get((None, field))
            if dispute is not None:
                if self.reading.answer(dispute) == "theirs":
                    taken[field] = getattr(theirs, field)
            elif getattr(ours, field) == getattr(base, field):
                taken[field] = getattr(theirs, field)
        return taken

    def own(self, entity: Entity, path: str) -> object:
        self.placed += 1
        if entity.ours is not None:
            self.sources[path] = entity.ours.path
        return self.reading.value(entity)

    def sasaran(self, entity: Entity, path: str) -> Sasaran:
        own = cast("Sasaran", self.own(entity, path))
        below = self.reading.below("indikator", entity)
        return Sasaran(
            own.uraian,
            tuple(self.indikator(one, f"{path}.indikator[{i}]") for i, one in enumerate(below)),
        )

    def indikator(self, entity: Entity, path: str) -> Indikator:
        own = cast("Indikator", self.own(entity, path))
        below = self.reading.below("kegiatan", entity)
        return Indikator(
            own.uraian,
            tuple(cast("Kegiatan", self.own(one, f"{path}.kegiatan[{k}]")) for k, one in enumerate(below)),
        )


# --- telling -------------------------------------------------------------------------------------------


class _Telling:
    """Disputes as conflicts, in reading order."""

    def __init__(self, bound: Bound) -> None:
        self.bound = bound

    @cached_property
    def changes(self) -> dict[Side, tuple[Change, ...]]:
        """All that either side did."""
        base = self.bound.trees["base"]
        made: dict[Side, tuple[Change, ...]] = {}
        for side in SIDES:
            of = {
                part: entity.base
                for parts in self.bound.trees[side].parts.values()
                for part in parts
                if (entity := self.bound.of[part]).base is not None
            }
            made[side] = differences(base, self.bound.trees[side], Alignment(of, ()))
        return made

    @cached_property
    def heads(self) -> dict[Version, dict[Entity, Entity | None]]:
        """Which row's amount each row with a shared cost shares."""
        return {version: heads(self.bound, version) for version in VERSIONS}

    def conflicts(self, disputes: Disputes) -> list[tuple[Conflict, Dispute]]:
        """A conflict for each dispute; those that would have one key are numbered."""
        ordered = sorted(disputes.all, key=_reading_order)
        told: list[tuple[Conflict, Dispute]] = []
        seen: Counter[str] = Counter()
        for dispute in ordered:
            one = self.conflict(dispute)
            seen[one.key] += 1
            if seen[one.key] > 1:
                one = one._replace(key=f"{one.key}-{seen[one.key]}")
            told.append((one, dispute))
        return told

    def conflict(self, dispute: Dispute) -> Conflict:
        entity, kind, field = dispute.entity, dispute.kind, dispute.field or dispute.below or ""
        base, ours, theirs = self.values(dispute)
        changes = self.changes_of(dispute)
        paths = ["" if entity is None else self.path(entity, version) for version in VERSIONS]
        if kind == "column":
            # the column has no place of its own: the first of its changed cells stands for it
            firsts = [next(iter(changes[side]), None) for side in SIDES]
            paths = ["", *("" if first is None else first.after for first in firsts)]
        facts: object = (base, ours, theirs)
        if kind in ("deleted", "shared", "column"):
            facts = [(one[0], one[4:]) for side in SIDES for one in changes[side]]
        elif kind == "moved" and entity is not None:
            # the number of a place changes with what stands before it, its text does not
            parts = (entity.on(version) for version in VERSIONS)
            facts = [part.above.text for part in parts if part is not None and part.above is not None]
        return Conflict(
            kind,
            "plan" if entity is None else entity.kind,
            field,
            self.name(entity),
            paths[0],
            paths[1],
            paths[2],
            base,
            ours,
            theirs,
            changes["ours"],
            changes["theirs"],
            key_of(kind, self.anchor(dispute), field, facts),
        )

    def path(self, entity: Entity, version: Version) -> str:
        part = entity.on(version)
        return "" if part is None else part.path

    def name(self, entity: Entity | None) -> Words:
        for version in ("ours", "theirs", "base") if entity is not None else ():
            part = entity.on(version) if entity is not None else None
            if part is not None:
                return part_words(self.bound.trees[version].plan, part.path)
        return part_words(self.bound.trees["base"].plan, "")

    def anchor(self, dispute: Dispute) -> str:
        """What stays the same about the part of a dispute: its place in base, or under whose which text."""
        entity = dispute.entity
        if entity is None:
            return ""
        if entity.base is not None:
            return entity.base.path
        part = entity.ours or entity.theirs
        texts = []
        while part is not None:
            texts.append(part.text)
            part = part.above
        return f"+{entity.kind}({short(' < '.join(texts))})"

    def values(self, dispute: Dispute) -> tuple[object, object, object]:
        entity = dispute.entity
        if entity is None or dispute.kind in ("changed", "added", "order", "column"):
            return dispute.values
        tell = {"deleted": self.whole, "moved": self.home, "shared": self.share}[dispute.kind]
        base, ours, theirs = (tell(entity, version) for version in VERSIONS)
        return base, ours, theirs

    def whole(self, entity: Entity, version: Version) -> object:
        part = entity.on(version)
        return None if part is None else part.value

    def home(self, entity: Entity, version: Version) -> object:
        home = self.bound.home(entity, version)
        part = None if home is None else home.on(version)
        return None if part is None else part_words(self.bound.trees[version].plan, part.path)

    def share(self, entity: Entity, version: Version) -> object:
        part = entity.on(version)
        if part is None:
            return Words("(tidak ada)", "(none)")
        if biaya_of(part) != BERSAMA:
            return told_value("biaya", biaya_of(part))
        head = self.heads[version].get(entity)
        above = None if head is None else head.on(version)
        if above is None:
            return Words("bersama, tanpa jumlah di atasnya", "shared, with no amount above")
        amount, text = told_value("biaya", biaya_of(above)).id, short(above.text)
        return Words(f"bersama {amount} dari “{text}”", f"shared {amount} of “{text}”")

    def changes_of(self, dispute: Dispute) -> dict[Side, tuple[Change, ...]]:
        """What either side did to the parts that a dispute decides."""
        if dispute.kind == "column":
            return {
                side: () if side == dispute.deleter else tuple(self.cells(side, dispute.field))
                for side in SIDES
            }
        before = {one.base.path for one in dispute.members if one.base is not None}
        made: dict[Side, tuple[Change, ...]] = {}
        for side in SIDES if dispute.members else ():
            inside = {part.path for one in dispute.members if (part := one.on(side)) is not None}
            made[side] = tuple(
                change
                for change in self.changes[side]
                if (change.before in before if change.before else change.after in inside)
            )
        return made or {"ours": (), "theirs": ()}

    def cells(self, side: Side, field: str) -> list[Change]:
        """What a side wrote into a column."""
        return [
            change
            for change in self.changes[side]
            if change.part == "kegiatan"
            and (
                change.field.partition("[")[0] == field
                or (change.kind == "added" and getattr(change.new, field) not in ("", ()))
            )
        ]


def _reading_order(dispute: Dispute) -> tuple[object, ...]:
    entity = dispute.entity
    if entity is None:
        return (0, (), dispute.field, dispute.kind)
    part = entity.ours or entity.theirs or entity.base
    return (
        2 if entity.kind == "penandatangan" else 1,
        part.at if part is not None else (),
        dispute.field,
        dispute.kind,
    )

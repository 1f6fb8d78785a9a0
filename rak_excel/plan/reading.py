"""What the three plans make together, for given answers to what they disagree about."""

from collections.abc import Collection, Iterable, Mapping
from itertools import product
from typing import Final, NamedTuple, cast

from rak_excel.plan.align import KINDS, Part, PartKind, Value
from rak_excel.plan.diff import changed
from rak_excel.plan.disputes import Dispute, Disputes, Groups, disputes, with_shared
from rak_excel.plan.model import BANDS, Kegiatan
from rak_excel.plan.order import insert
from rak_excel.plan.threeway import (
    SIDES,
    VERSIONS,
    Bound,
    Entity,
    Lost,
    Side,
    Version,
    biaya_of,
    common_order,
    home_of,
    merge_fields,
    other,
)
from rak_excel.plan.values import BERSAMA

_MOST_ANSWERS: Final = 64
"""So many combinations of answers are tried for what they do to shared costs."""


class Reading:
    """What the three plans make together when each dispute is answered by `sides` (else by ours).

    At one place the rows that ours added come first, but under the parts in `turned` those of theirs.
    """

    def __init__(
        self,
        bound: Bound,
        found: Disputes,
        sides: Mapping[Dispute, Side],
        only: Iterable[Entity] | None = None,
        turned: Collection[Entity] = (),
    ) -> None:
        self.bound, self.found, self.sides, self.turned = bound, found, sides, turned
        entities = (one for kind in KINDS for one in bound.entities[kind]) if only is None else only
        self.children: dict[tuple[PartKind, Entity | None], list[Entity]] = {}
        for entity in entities:
            if self.exists(entity):
                self.children.setdefault((entity.kind, self.home(entity)), []).append(entity)

    def answer(self, dispute: Dispute) -> Side:
        """The side that a dispute goes to."""
        return self.sides.get(dispute, "ours")

    def decided(self, entity: Entity) -> Side | None:
        """The side that decides whether and where a part stands, if that is disputed."""
        dispute = self.found.place.get(entity)
        return None if dispute is None else self.answer(dispute)

    def exists(self, entity: Entity) -> bool:
        """Whether a part is in the merged plan."""
        side = self.decided(entity)
        if side is not None:
            return entity.on(side) is not None
        return entity.base is None or entity.everywhere

    def home(self, entity: Entity) -> Entity | None:
        """Under what a part stands in the merged plan."""
        side = self.decided(entity)
        return home_of(self.bound, entity) if side is None else self.bound.home(entity, side)

    def below(self, kind: PartKind, home: Entity | None) -> list[Entity]:
        """The parts under a part of the merged plan, in order."""
        mine = self.children.get((kind, home), [])
        if not mine:
            return []
        members = set(mine)
        ours, theirs = (
            [one for one in self.bound.siblings(kind, home, side) if one in members] for side in SIDES
        )
        place = self.found.place.get(home) if home is not None else None
        if place is not None and place.kind == "shared":
            return ours if self.answer(place) == "ours" else theirs
        if ours == theirs or not theirs:
            return ours
        if not ours:
            return theirs
        dispute = self.found.order.get((kind, home))
        order = common_order(
            self.bound, kind, home, "ours" if dispute is None else self.answer(dispute)
        ).order
        first, second = (theirs, ours) if home in self.turned else (ours, theirs)
        return insert(order, first, second, frozenset(filter(_clings, members)))

    def value(self, entity: Entity) -> Value:
        """A part's own fields in the merged plan."""
        part = entity.ours or entity.theirs
        if part is None:
            raise ValueError("no side has this part")
        taken, clashes = merge_fields(entity)
        new = dict(taken)
        for field, (_, _, theirs) in clashes:
            dispute = self.found.cell.get((entity, field))
            if dispute is not None and self.answer(dispute) == "theirs":
                new[field] = theirs
        if entity.kind == "kegiatan":
            for field, dispute in self.found.column.items():
                self.column(entity, dispute, field, new)
            self.shared(entity, new)
        return changed(part.value, new) if new else part.value

    def column(self, entity: Entity, dispute: Dispute, field: str, new: dict[str, object]) -> None:
        """A field whose column is disputed: as the chosen side has it, blank where the column goes."""
        side = self.answer(dispute)
        part = entity.on(side) or entity.on(other(side))
        for name in [name for name in new if name.partition("[")[0] == field]:
            del new[name]
        if part is not None:
            value = getattr(part.value, field)
            keeps = side != dispute.deleter or entity.on(side) is not None
            new[field] = value if keeps else () if field in BANDS else ""

    def shared(self, entity: Entity, new: dict[str, object]) -> None:
        """The cost of a row whose goal's costs go to one side."""
        place = self.found.place.get(entity)
        part = entity.on(self.answer(place)) if place is not None and place.kind == "shared" else None
        if part is not None:
            new["biaya"] = biaya_of(part)


def _clings(entity: Entity) -> bool:
    part = entity.ours or entity.theirs
    return entity.kind == "kegiatan" and part is not None and biaya_of(part) == BERSAMA


# --- shared costs --------------------------------------------------------------------------------------


def heads(bound: Bound, version: Version) -> dict[Entity, Entity | None]:
    """For every row with a shared cost in one of the plans, the row whose amount it shares, if any."""
    found: dict[Entity, Entity | None] = {}
    tree = bound.trees[version]
    for goal in tree.parts["sasaran"]:
        head: Part | None = None
        for indikator in tree.below[goal]:
            for part in tree.below[indikator]:
                if biaya_of(part) != BERSAMA:
                    head = part
                elif head is not None and isinstance(biaya_of(head), int):
                    found[bound.of[part]] = bound.of[head]
                else:
                    found[bound.of[part]] = None
    return found


class _Shares(NamedTuple):
    """Which amounts are shared in each plan."""

    heads: Mapping[Version, Mapping[Entity, Entity | None]]

    def any(self, entity: Entity) -> bool:
        """Whether a row shares a cost in any of the plans."""
        return any(entity in self.heads[version] for version in VERSIONS)

    def meant(self, entity: Entity) -> object:
        """The row whose amount a row should share after the merge; anything else where that is not clear."""
        base, ours, theirs = (
            "none" if entity.on(version) is None else self.heads[version].get(entity, "own")
            for version in VERSIONS
        )
        if "none" in (ours, theirs):
            return theirs if ours == "none" else ours
        if ours is theirs or ours is base or theirs is base:
            return theirs if ours is base else ours
        if "own" in (ours, theirs):
            return theirs if ours == "own" else ours
        return "unclear"


class Judged(NamedTuple):
    """Everything that the sides disagree about, and the goals whose shared costs need care."""

    found: Disputes
    shares: _Shares
    neighbourhoods: tuple[frozenset[Entity], ...]


def judge(bound: Bound, lost: Lost) -> Judged:
    """Find everything that the sides disagree about, broken shared costs among it.

    A shared cost breaks where a merge would leave it without its amount for some of the answers that may be
    given, in whichever order rows added at one place come.
    """
    found = disputes(bound, lost)
    shares = _Shares({version: heads(bound, version) for version in VERSIONS})
    neighbourhoods = _neighbourhoods(bound, shares)
    shared: list[Dispute] = []
    whole: list[frozenset[Entity]] = []
    for members in neighbourhoods:
        inside = frozenset(members)
        matter = [one for one in found.all if _matters(one, inside)]
        broken = [one for one in members if shares.any(one)] if 2 ** len(matter) > _MOST_ANSWERS else []
        for sides in product(SIDES, repeat=len(matter)) if not broken else ():
            answers = dict(zip(matter, sides, strict=True))
            readings = [Reading(bound, found, answers, members, turned) for turned in ((), inside)]
            both = [_broken(reading, shares, members) for reading in readings]
            broken += [*both[0], *both[1]] if all(both) else []
        if broken:
            shared.append(Dispute("shared", min(broken, key=_rank), members=inside))
        else:
            whole.append(inside)
    return Judged(with_shared(found, shared) if shared else found, shares, tuple(whole))


def read(bound: Bound, judged: Judged, sides: Mapping[Dispute, Side]) -> Reading:
    """What the three plans make together when disputes are answered by `sides`."""
    turned: set[Entity] = set()
    for members in judged.neighbourhoods:
        reading = Reading(bound, judged.found, sides, members)
        if _broken(reading, judged.shares, members):
            turned |= members
    return Reading(bound, judged.found, sides, turned=turned)


def _rank(entity: Entity) -> tuple[object, ...]:
    """The same row whichever side is ours: the first in base, else by its text."""
    part = entity.base or entity.ours or entity.theirs
    at = () if entity.base is None else entity.base.at
    return (entity.base is None, at, "" if part is None else part.text)


def _neighbourhoods(bound: Bound, shares: _Shares) -> list[list[Entity]]:
    """The parts of goals with shared costs, and of those between which something was moved, group by group.

    Goals that one side left as they were are as the other side has them: nothing can break there.
    """
    goals = {bound.goal(one, version) for version in VERSIONS for one in shares.heads[version]}
    if not goals:
        return []
    groups = Groups()
    at: dict[Entity, Entity] = {}
    for kind in ("sasaran", "indikator", "kegiatan"):
        for entity in bound.entities[kind]:
            found = {goal: None for version in VERSIONS if (goal := bound.goal(entity, version)) is not None}
            groups.join(found)
            at[entity] = next(iter(found))
    leaders = {groups.find(goal) for goal in goals if goal is not None}
    wanted = {one for one in leaders if not any(_same(groups.members(one), side) for side in SIDES)}
    inside: dict[Entity, list[Entity]] = {}
    for entity, goal in at.items():
        if groups.find(goal) in wanted:
            inside.setdefault(groups.find(goal), []).append(entity)
    return list(inside.values())


def _same(goals: Iterable[Entity], side: Side) -> bool:
    return all(
        goal.base is not None and (part := goal.on(side)) is not None and part.value == goal.base.value
        for goal in goals
    )


def _matters(one: Dispute, members: frozenset[Entity]) -> bool:
    """Whether the answer to a dispute can change which amount some row shares."""
    if one.kind in ("deleted", "moved"):
        return not members.isdisjoint(one.members)
    if one.kind == "order":
        return one.entity in members
    if one.field != "biaya" or (one.kind != "column" and one.entity not in members):
        return False
    return one.kind == "column" or not all(isinstance(value, int) for value in one.values[1:])


def _broken(reading: Reading, shares: _Shares, members: Iterable[Entity]) -> list[Entity]:
    """The rows of a reading that do not share the amount they should."""
    broken: list[Entity] = []
    for goal in members:
        if goal.kind != "sasaran" or not reading.exists(goal):
            continue
        head: Entity | None = None
        for indikator in reading.below("indikator", goal):
            for entity in reading.below("kegiatan", indikator):
                biaya = cast("Kegiatan", reading.value(entity)).biaya
                if biaya != BERSAMA:
                    head = entity if isinstance(biaya, int) else None
                elif shares.meant(entity) is not head and not _answered(reading, shares, entity, head):
                    broken.append(entity)
    return broken


def _answered(reading: Reading, shares: _Shares, entity: Entity, head: Entity | None) -> bool:
    """Whether the answer to a dispute about a row or its amounts is what makes it share this one."""
    found = reading.found
    about = [entity, *(one for version in VERSIONS if (one := shares.heads[version].get(entity)) is not None)]
    answered = [found.place.get(one) for one in about] + [found.cell.get((one, "biaya")) for one in about]
    return any(
        shares.heads[reading.answer(one)].get(entity, "own") is head for one in answered if one is not None
    )

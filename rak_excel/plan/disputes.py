"""What ours and theirs disagree about.

A *dispute* is one question to which the sides give different answers, with all the parts that its answer
decides.  Disputes do not overlap, so that each can be answered by itself, and
every answer gives a whole plan.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from rak_excel.plan.align import KINDS, PartKind
from rak_excel.plan.diff import FIELDS, PLAN_FIELDS
from rak_excel.plan.threeway import (
    BLANKS,
    SIDES,
    VERSIONS,
    Bound,
    Entity,
    Lost,
    Side,
    Version,
    common_order,
    merge_fields,
    other,
)

Values: TypeAlias = tuple[object, object, object]
"""What stands in base, ours and theirs."""

DisputeKind: TypeAlias = Literal["changed", "added", "deleted", "moved", "order", "shared", "column"]


@dataclass(frozen=True, slots=True, eq=False)
class Dispute:
    """One question.

    `entity` is the part it is about (`None` for the plan), `field` the field, `members` the parts whose being
    there and place it decides.  `cells` are the fields it decides: of one part, or of all kegiatan of an
    indikator whose target both sides changed alike.
    """

    kind: DisputeKind
    entity: Entity | None = None
    field: str = ""
    members: frozenset[Entity] = frozenset()
    cells: tuple[tuple[Entity | None, str], ...] = ()
    values: Values = (None, None, None)
    below: PartKind | None = None
    deleter: Side | None = None


class Disputes(NamedTuple):
    """All disputes, and by which of them a part, an order, a field or a column is decided."""

    all: tuple[Dispute, ...]
    place: Mapping[Entity, Dispute]
    order: Mapping[tuple[PartKind, Entity | None], Dispute]
    cell: Mapping[tuple[Entity | None, str], Dispute]
    column: Mapping[str, Dispute]


def disputes(bound: Bound, lost: Lost) -> Disputes:
    """Everything that the sides disagree about."""
    places = list(_place_disputes(bound, lost))
    columns = list(_column_disputes(bound, lost))
    fields = [*_plan_disputes(bound), *_field_disputes(bound, frozenset(one.field for one in columns))]
    return _index([*places, *_order_disputes(bound), *columns, *fields])


def with_shared(found: Disputes, shared: Sequence[Dispute]) -> Disputes:
    """A goal whose rows and costs are decided together leaves nothing of them to be decided singly."""
    members = frozenset(entity for one in shared for entity in one.members)
    left = [one for one in found.all if not _decided(one, members)]
    return _index([*left, *shared])


def _index(found: Sequence[Dispute]) -> Disputes:
    return Disputes(
        tuple(found),
        {entity: one for one in found for entity in one.members},
        {(one.below, one.entity): one for one in found if one.kind == "order" and one.below},
        {cell: one for one in found for cell in (one.cells or [(one.entity, one.field)]) if one.field},
        {one.field: one for one in found if one.kind == "column"},
    )


def _decided(one: Dispute, members: frozenset[Entity]) -> bool:
    if one.kind == "order":
        return one.entity in members
    if one.kind in ("deleted", "moved"):
        return not members.isdisjoint(one.members)
    return one.field == "biaya" and one.kind != "column" and one.entity in members


def _place_disputes(bound: Bound, lost: Lost) -> Iterator[Dispute]:
    """Deleted against changed, and moved to two places, with all that hangs on the answer."""
    raw = [*_deletions(bound, "theirs", lost), *_deletions(bound, "ours", lost), *_moves(bound)]
    if not raw:
        return
    groups = Groups()
    for one in raw:
        groups.join(one.members)
    told: set[Entity] = set()
    for one in raw:
        first = groups.find(next(iter(one.members)))
        if first not in told:
            told.add(first)
            yield Dispute(one.kind, one.entity, members=frozenset(groups.members(first)), deleter=one.deleter)


def _deletions(bound: Bound, deleter: Side, lost: Lost) -> Iterator[Dispute]:
    """What one side deleted although the other changed it, or something below it, or put something there."""
    keeper = other(deleter)
    gone = {
        entity: None
        for kind in KINDS
        for entity in bound.entities[kind]
        if entity.base is not None and entity.on(deleter) is None and entity.on(keeper) is not None
    }
    if not gone:
        return
    members: dict[Entity, list[Entity]] = {}
    touched: dict[Entity, bool] = {}
    root: dict[Entity, Entity] = {}
    for kind in KINDS:
        for entity in bound.entities[kind]:
            home = bound.home(entity, keeper)
            moved = home is not bound.home(entity, "base")
            if entity in gone:
                first = root[entity] = entity if home is None else root.get(home, entity)
                touch = moved or _changed(entity, keeper, lost[keeper])
            elif home is not None and home in root and moved:
                first, touch = root[home], True
                if not entity.everywhere:
                    root[entity] = first
            else:
                continue
            members.setdefault(first, []).append(entity)
            touched[first] = touched.get(first, False) or touch
    for entity, inside in members.items():
        # what the keeper put there stands or falls with it; what was there before has a place on both sides
        if touched[entity]:
            yield Dispute("deleted", entity, members=frozenset(inside), deleter=deleter)


def _changed(entity: Entity, side: Side, lost: frozenset[str]) -> bool:
    base, part = entity.base, entity.on(side)
    if base is None or part is None:
        return False
    return any(getattr(base.value, field) != getattr(part.value, field) for field in _own(entity.kind, lost))


def _own(kind: PartKind, lost: frozenset[str]) -> Iterator[str]:
    return (field for field in FIELDS[kind] if kind != "kegiatan" or field not in lost)


def _moves(bound: Bound) -> Iterator[Dispute]:
    for kind in KINDS:
        for entity in bound.entities[kind]:
            if entity.everywhere:
                homes = {bound.home(entity, version) for version in VERSIONS}
                if len(homes) == 3:
                    yield Dispute("moved", entity, members=frozenset({entity}))


class Groups:
    """Parts that must be decided together."""

    def __init__(self) -> None:
        self.leader: dict[Entity, Entity] = {}
        self.inside: dict[Entity, list[Entity]] = {}

    def find(self, entity: Entity) -> Entity:
        """The part that stands for a group."""
        leader = self.leader
        while leader[entity] is not entity:
            leader[entity] = leader[leader[entity]]  # a long way is half as long for the next who asks
            entity = leader[entity]
        return entity

    def members(self, entity: Entity) -> list[Entity]:
        """Everything in the group of a part."""
        return self.inside[self.find(entity)]

    def join(self, entities: Iterable[Entity]) -> bool:
        """Put parts into one group; whether that changed anything."""
        before: Entity | None = None
        grown = False
        for entity in entities:
            if entity not in self.leader:
                self.leader[entity] = entity
                self.inside[entity] = [entity]
                grown = True
            if before is not None:
                one, two = self.find(before), self.find(entity)
                if one is not two:
                    self.leader[two] = one
                    self.inside[one] += self.inside.pop(two)
                    grown = True
            before = entity
        return grown


def _order_disputes(bound: Bound) -> Iterator[Dispute]:
    """Siblings that both sides put into orders which contradict each other."""
    for kind, home in _parents(bound):
        if common_order(bound, kind, home).clash:
            base, ours, theirs = (
                tuple(_text(one, version) for one in bound.siblings(kind, home, version))
                for version in VERSIONS
            )
            yield Dispute("order", home, below=kind, values=(base, ours, theirs))


def _parents(bound: Bound) -> Iterator[tuple[PartKind, Entity | None]]:
    yield "sasaran", None
    yield "penandatangan", None
    for goal in bound.entities["sasaran"]:
        yield "indikator", goal
    for indikator in bound.entities["indikator"]:
        yield "kegiatan", indikator


def _text(entity: Entity, version: Version) -> str:
    part = entity.on(version)
    return "" if part is None else part.text


def _plan_disputes(bound: Bound) -> Iterator[Dispute]:
    plans = [bound.trees[version].plan for version in VERSIONS]
    for field in PLAN_FIELDS:
        base, ours, theirs = (getattr(plan, field) for plan in plans)
        if base not in (ours, theirs) and ours != theirs:
            yield Dispute("changed", None, field, cells=((None, field),), values=(base, ours, theirs))


def _field_disputes(bound: Bound, columns: frozenset[str]) -> Iterator[Dispute]:
    """Fields that both sides changed; a target that both changed for a whole indikator is one question."""
    alike: dict[tuple[Entity, str, Values], list[Dispute]] = {}
    for kind in KINDS:
        for entity in bound.entities[kind]:
            for field, values in merge_fields(entity).clashes:
                if kind == "kegiatan" and field.partition("[")[0] in columns:
                    continue
                what: DisputeKind = "added" if entity.base is None else "changed"
                one = Dispute(what, entity, field, cells=((entity, field),), values=values)
                homes = {bound.home(entity, version) for version in VERSIONS}
                home = homes.pop()
                if field in ("target", "satuan") and not homes and home is not None:
                    alike.setdefault((home, field, values), []).append(one)
                else:
                    yield one
    for (home, field, values), same in alike.items():
        rows = {len(bound.siblings("kegiatan", home, version)) for version in VERSIONS}
        if len(same) > 1 and rows == {len(same)}:
            cells = tuple((one.entity, field) for one in same)
            yield Dispute("changed", home, field, cells=cells, values=values)
        else:
            yield from same


def _column_disputes(bound: Bound, lost: Lost) -> Iterator[Dispute]:
    """Columns that one side no longer has, and in which the other side changed something."""
    for deleter in SIDES:
        keeper = other(deleter)
        for field in FIELDS["kegiatan"]:
            if field in lost[deleter] - lost[keeper] and any(
                _filled(entity, keeper, field) for entity in bound.entities["kegiatan"]
            ):
                yield Dispute("column", None, field, deleter=deleter)


def _filled(entity: Entity, side: Side, field: str) -> bool:
    """Whether a side changed a field, or filled it in where the base has no such row."""
    part = entity.on(side)
    if part is None:
        return False
    value = getattr(part.value, field)
    return bool(value not in BLANKS if entity.base is None else value != getattr(entity.base.value, field))

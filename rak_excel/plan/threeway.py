"""Base, ours and theirs side by side: which parts are one, and what becomes of their fields."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias, cast

from rak_excel.plan.align import KINDS, Part, PartKind, Tree
from rak_excel.plan.diff import FIELDS
from rak_excel.plan.model import BANDS, Biaya, Kegiatan
from rak_excel.plan.order import insert, merge_orders, places

Side: TypeAlias = Literal["ours", "theirs"]
Version: TypeAlias = Literal["base", "ours", "theirs"]
SIDES: Final[tuple[Side, Side]] = ("ours", "theirs")
Lost: TypeAlias = Mapping[Side, frozenset[str]]
"""The fields of kegiatan whose whole column a side no longer has."""

VERSIONS: Final[tuple[Version, ...]] = ("base", "ours", "theirs")


def other(side: Side) -> Side:
    """The other side."""
    return "theirs" if side == "ours" else "ours"


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """One part through the three plans; `None` where a plan does not have it."""

    kind: PartKind
    base: Part | None
    ours: Part | None
    theirs: Part | None

    def on(self, version: Version) -> Part | None:
        """The part in one of the plans."""
        return self.base if version == "base" else self.ours if version == "ours" else self.theirs

    @property
    def everywhere(self) -> bool:
        """Whether all three plans have it."""
        return self.base is not None and self.ours is not None and self.theirs is not None


class Bound(NamedTuple):
    """The three plans with their parts bound to each other."""

    trees: Mapping[Version, Tree]
    entities: Mapping[PartKind, Sequence[Entity]]
    of: Mapping[Part, Entity]

    def home(self, entity: Entity, version: Version) -> Entity | None:
        """Under what a part stands in one of the plans."""
        part = entity.on(version)
        return None if part is None or part.above is None else self.of[part.above]

    def siblings(self, kind: PartKind, home: Entity | None, version: Version) -> list[Entity]:
        """What stands under a part in one of the plans, in order."""
        tree = self.trees[version]
        if kind in ("sasaran", "penandatangan"):
            return [self.of[part] for part in tree.parts[kind]]
        above = home.on(version) if home is not None else None
        return [] if above is None else [self.of[part] for part in tree.below[above]]

    def goal(self, entity: Entity, version: Version) -> Entity | None:
        """The goal to which a part belongs in one of the plans."""
        part = entity.on(version)
        while part is not None and part.above is not None:
            part = part.above
        return None if part is None else self.of[part]


# --- binding -------------------------------------------------------------------------------------------


def bind(
    trees: Mapping[Version, Tree], of_ours: Mapping[Part, Part], of_theirs: Mapping[Part, Part]
) -> Bound:
    """Bind the parts of three plans; `of_ours` and `of_theirs` say which part of the base a side's part is.

    What both sides added is one where it is equal, or has the same text under the same parent.
    """
    of: dict[Part, Entity] = {}
    entities: dict[PartKind, list[Entity]] = {}
    for kind in KINDS:
        ours = {earlier: later for later, earlier in of_ours.items() if later.kind == kind}
        theirs = {earlier: later for later, earlier in of_theirs.items() if later.kind == kind}
        new_ours = [part for part in trees["ours"].parts[kind] if part not in of_ours]
        new_theirs = [part for part in trees["theirs"].parts[kind] if part not in of_theirs]
        base = trees["base"].parts[kind]
        # renamed on one side, and seen as gone and new on the other, which did the same and more
        for kept, gone, new in ((ours, theirs, new_theirs), (theirs, ours, new_ours)):
            earlier = {kept[part]: part for part in base if part in kept and part not in gone}
            met = _meet(list(earlier), new, of)
            gone.update((earlier[one], same) for one, same in met)
            taken = {same for _, same in met}
            new[:] = [part for part in new if part not in taken]
        both = dict(_meet(new_ours, new_theirs, of))
        taken = set(both.values())
        made = [Entity(kind, part, ours.get(part), theirs.get(part)) for part in base]
        made += [Entity(kind, None, part, both.get(part)) for part in new_ours]
        made += [Entity(kind, None, None, part) for part in new_theirs if part not in taken]
        of |= {part: one for one in made for version in VERSIONS if (part := one.on(version)) is not None}
        entities[kind] = made
    return Bound(trees, entities, of)


def _meet(ones: list[Part], others: list[Part], of: Mapping[Part, Entity]) -> list[tuple[Part, Part]]:
    """Parts of two plans that are equal under the same parent; of those left, parts with the same text."""
    if not ones or not others:
        return []
    found: list[tuple[Part, Part]] = []

    def home(part: Part) -> Entity | None:
        return None if part.above is None else of[part.above]

    def named(part: Part) -> Hashable:
        unnamed = isinstance(part.value, Kegiatan) and part.value.uraian is None
        return (home(part), part.text) if part.text or unnamed else None

    for key in (lambda part: (home(part), part.value), named):
        waiting: dict[Hashable, list[Part]] = {}
        for part in ones:
            waiting.setdefault(key(part), []).append(part)
        same = [
            (queue.pop(0), part)
            for part in others
            if (name := key(part)) is not None and (queue := waiting.get(name))
        ]
        met = {part for pair in same for part in pair}
        ones, others = ([part for part in parts if part not in met] for parts in (ones, others))
        found += same
    return found


def home_of(bound: Bound, entity: Entity) -> Entity | None:
    """Under what an undisputed part stands after the merge; `None` where it is gone, or at the top."""
    if entity.everywhere:
        base, ours = bound.home(entity, "base"), bound.home(entity, "ours")
        return ours if ours is not base else bound.home(entity, "theirs")
    if entity.base is not None:
        return None
    return bound.home(entity, "ours" if entity.ours is not None else "theirs")


class CommonOrder(NamedTuple):
    """The siblings that both sides have under one part; `clash`: the sides' orders contradict each other."""

    order: list[Entity]
    clash: bool


def common_order(bound: Bound, kind: PartKind, home: Entity | None, side: Side = "ours") -> CommonOrder:
    """Merge the orders of the siblings that both sides have; where they clash, that of one side is taken.

    Siblings that are new here on both sides clash if the sides put them between different ones.
    """
    base, ours, theirs = (bound.siblings(kind, home, version) for version in VERSIONS)
    if ours == theirs:
        return CommonOrder(ours, clash=False)
    both = set(ours).intersection(theirs)
    core = both.intersection(base)
    orders = [[one for one in order if one in core] for order in (base, ours, theirs)]
    order = merge_orders(*orders)
    clash = order is None
    if order is None:
        order = orders[1 if side == "ours" else 2]
    if len(both) > len(core):
        known = {one: at for at, one in enumerate(order)}
        new = [[one for one in seen if one in both] for seen in (ours, theirs)]
        clash = clash or dict(places(new[0], known)) != dict(places(new[1], known))
        order = insert(order, new[0 if side == "ours" else 1], ())
    return CommonOrder(order, clash)


def biaya_of(part: Part) -> Biaya:
    """The cost of a kegiatan."""
    return cast("Kegiatan", part.value).biaya


# --- fields --------------------------------------------------------------------------------------------

BLANKS: Final = ("", ())
"""What stands in a field that is not filled in."""

Clash: TypeAlias = tuple[str, tuple[object, object, object]]


class Fields(NamedTuple):
    """A part's fields after the merge as far as they differ from ours, and those that both sides changed.

    A clash is a field with its values in base, ours and theirs.
    """

    taken: Mapping[str, object]
    clashes: tuple[Clash, ...]


def merge_fields(entity: Entity) -> Fields:
    """Merge the fields of a part that both sides have."""
    base, ours, theirs = entity.base, entity.ours, entity.theirs
    if ours is None or theirs is None or ours.value == theirs.value:
        return Fields({}, ())
    taken: dict[str, object] = {}
    clashes: list[Clash] = []
    for field in FIELDS[entity.kind]:
        one, two = getattr(ours.value, field), getattr(theirs.value, field)
        if one == two:
            continue
        if base is None:
            _merge_added(field, one, two, taken, clashes)
        else:
            _merge_field(field, (getattr(base.value, field), one, two), taken, clashes)
    return Fields(taken, tuple(clashes))


def _merge_added(
    field: str, ours: object, theirs: object, taken: dict[str, object], clashes: list[Clash]
) -> None:
    """A field of what both sides added: filled in wins over not filled in, two values are a clash."""
    if ours in BLANKS:
        taken[field] = theirs
    elif theirs not in BLANKS:
        clashes.append((field, (None, ours, theirs)))


def _merge_field(
    field: str,
    values: tuple[object, object, object],
    taken: dict[str, object],
    clashes: list[Clash],
) -> None:
    base, ours, theirs = values
    if base == theirs:
        return
    if base == ours:
        taken[field] = theirs
    elif field in BANDS and _same_shape(*values):
        cells = zip(*(value for value in values if isinstance(value, tuple)), strict=True)
        for number, (was, one, two) in enumerate(cells):
            if one != two:
                _merge_field(f"{field}[{number}]", (was, one, two), taken, clashes)
    else:
        clashes.append((field, values))


def _same_shape(base: object, ours: object, theirs: object) -> bool:
    """Whether a band has as many periods in all plans, and ticks in both sides' or values in both.

    Whether a band holds ticks or values is decided for the whole band.
    """
    if not (isinstance(base, tuple) and isinstance(ours, tuple) and isinstance(theirs, tuple)):
        return False
    valued = [any(isinstance(cell, str) for cell in cells) for cells in (ours, theirs)]
    return len(base) == len(ours) == len(theirs) and valued[0] == valued[1]

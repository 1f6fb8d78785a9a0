"""Which part of one plan is which part of another.

Parts have no natural key, so several witnesses are heard, the surest first: hints (the ids that a workbook
carries), `kode`, equal text under the same parent, equal text anywhere, the same cost and doer at the same
place, similar text.  No part is ever two parts of the other plan; what finds no partner is new or gone.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final, Literal, NamedTuple, TypeAlias, cast

from rak_excel.plan.model import BANDS, Indikator, Kegiatan, Penandatangan, Plan, Sasaran

PartKind: TypeAlias = Literal["sasaran", "indikator", "kegiatan", "penandatangan"]
KINDS: Final[tuple[PartKind, ...]] = ("sasaran", "indikator", "kegiatan", "penandatangan")
"""Every kind of part, parents before what stands below them."""

Hints: TypeAlias = Mapping[str, str]
"""Path of a part in the later plan -> path of the part in the earlier one that it may be."""

Value: TypeAlias = Sasaran | Indikator | Kegiatan | Penandatangan


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part of one plan: its own identity, whatever it holds.

    `at` are the indices on the way to it; `text` is what names it, white space folded.
    """

    kind: PartKind
    at: tuple[int, ...]
    value: Value
    text: str
    above: "Part | None" = None

    @property
    def path(self) -> str:
        """Where it stands, such as `sasaran[0].indikator[1]`."""
        return _PATHS[self.kind].format(*self.at)


_PATHS: Final[dict[PartKind, str]] = {
    "sasaran": "sasaran[{}]",
    "indikator": "sasaran[{}].indikator[{}]",
    "kegiatan": "sasaran[{}].indikator[{}].kegiatan[{}]",
    "penandatangan": "penandatangan[{}]",
}


class Tree(NamedTuple):
    """A plan taken apart: all parts of each kind in reading order, and what stands below each."""

    plan: Plan
    parts: Mapping[PartKind, Sequence[Part]]
    below: Mapping[Part, Sequence[Part]]

    def at(self, path: str) -> Part | None:
        """The part at a path, or `None`."""
        steps = path.replace("]", "").replace("[", ".").split(".")
        if not all(step.isdecimal() for step in steps[1::2]):
            return None
        indices = tuple(int(step) for step in steps[1::2])
        if steps[0] == "penandatangan":
            found = self.parts["penandatangan"]
            return found[indices[0]] if len(indices) == 1 and indices[0] < len(found) else None
        below: Sequence[Part] = self.parts["sasaran"]
        part: Part | None = None
        for index in indices:
            if index >= len(below):
                return None
            part = below[index]
            below = self.below.get(part, ())
        return part


class Refused(NamedTuple):
    """A hint that was not followed: the row is not what the hint says, or another row is."""

    after: str
    before: str


class Alignment(NamedTuple):
    """Part of the later plan -> the same part of the earlier one."""

    of: Mapping[Part, Part]
    refused: tuple[Refused, ...]


def fold(text: str) -> str:
    r"""A text with every run of white space as one space.

    Examples:
        >>> fold("Rapat\n  koordinasi")
        'Rapat koordinasi'
    """
    folded = " ".join(text.split())
    return text if folded == text else folded  # a plan's texts are folded as a rule, and need no second copy


def tree(plan: Plan) -> Tree:
    """Take a plan apart."""
    parts: dict[PartKind, list[Part]] = {kind: [] for kind in KINDS}
    below: dict[Part, list[Part]] = {}
    for g, sasaran in enumerate(plan.sasaran):
        goal = Part("sasaran", (g,), sasaran, fold(sasaran.uraian))
        parts["sasaran"].append(goal)
        below[goal] = []
        for i, indikator in enumerate(sasaran.indikator):
            middle = Part("indikator", (g, i), indikator, fold(indikator.uraian), goal)
            below[goal].append(middle)
            below[middle] = [
                Part("kegiatan", (g, i, k), kegiatan, fold(kegiatan.uraian or ""), middle)
                for k, kegiatan in enumerate(indikator.kegiatan)
            ]
            parts["indikator"].append(middle)
            parts["kegiatan"].extend(below[middle])
    for n, one in enumerate(plan.penandatangan):
        parts["penandatangan"].append(Part("penandatangan", (n,), one, fold(one.jabatan)))
    return Tree(plan, parts, below)


def pairs(before: Plan, after: Plan, hints: Hints | None = None) -> dict[str, str]:
    """Path of a part in the later plan -> its path in the earlier one.

    Examples:
        >>> one, other = Sasaran("Satu"), Sasaran("Dua")
        >>> pairs(Plan(2024, "U", (one, other), ()), Plan(2024, "U", (other,), ()))
        {'sasaran[0]': 'sasaran[1]'}
    """
    found = align(tree(before), tree(after), hints or {})
    return {part.path: earlier.path for part, earlier in found.of.items()}


def align(before: Tree, after: Tree, hints: Hints) -> Alignment:
    """Find for every part of the later plan the part of the earlier one that it is, if there is one."""
    if before.plan == after.plan and all(one == other for one, other in hints.items()):
        same = (zip(after.parts[kind], before.parts[kind], strict=True) for kind in KINDS)
        return Alignment(dict(chain.from_iterable(same)), ())
    of: dict[Part, Part] = {}
    hinted = _hinted(before, after, hints)
    for kind in ("sasaran", "indikator"):
        _align_parents(_Level(before, after, of, kind), hinted)
    _align_kegiatan(_Level(before, after, of, "kegiatan"), hinted)
    _align_penandatangan(_Level(before, after, of, "penandatangan"), hinted)
    return Alignment(of, _refused(of, hinted) if hints else ())


# --- the witnesses -------------------------------------------------------------------------------------

_Key: TypeAlias = Callable[[Part, Part | None], Hashable]
_Score: TypeAlias = Callable[[Part, Part], float]

# a level larger than this many pairs is searched through the words it shares, so that it stays linear
_MOST_PAIRS: Final = 400
_RARE_WORDS: Final = 3
_MOST_BEARERS: Final = 8
_NOWHERE: Final = Part("sasaran", (-1,), Sasaran(""), "")


class _Level:
    """The parts of one kind that have no partner yet; `of` grows as partners are found."""

    def __init__(self, before: Tree, after: Tree, of: dict[Part, Part], kind: PartKind) -> None:
        self.trees = (before, after)
        self.kind = kind
        self.of = of
        self.before: list[Part] = list(before.parts[kind])
        self.after: list[Part] = list(after.parts[kind])

    def home(self, part: Part) -> Part | None:
        """The earlier plan's part under which a part of the later plan stands."""
        return None if part.above is None else self.of.get(part.above, _NOWHERE)

    def pair(self, found: Iterable[tuple[Part, Part]]) -> None:
        """Bind pairs (earlier, later), each part at most once."""
        free = set(self.before)
        for earlier, later in found:
            if earlier in free and later not in self.of:
                free.remove(earlier)
                self.of[later] = earlier
        self.before = [part for part in self.before if part in free]
        self.after = [part for part in self.after if part not in self.of]

    def join(self, key: _Key, *, alone: bool = False) -> None:
        """Bind parts with equal keys, the first with the first; `alone`: only where nobody else has the key.

        A key is made of the part and of the earlier plan's part under which it stands; `None` is no key.
        """
        if self.before and self.after:
            self.pair(
                found
                for earlier, later in self.groups(key).values()
                if not alone or (len(earlier) == 1 and len(later) == 1)
                for found in zip(earlier, later, strict=False)
            )

    def groups(self, key: _Key) -> dict[Hashable, tuple[list[Part], list[Part]]]:
        """The free parts of both plans by key, where both have some."""
        found: dict[Hashable, tuple[list[Part], list[Part]]] = {}
        for part in self.before:
            name = key(part, part.above)
            if name is not None:
                found.setdefault(name, ([], []))[0].append(part)
        for part in self.after:
            name = key(part, self.home(part))
            if name in found:
                found[name][1].append(part)
        return {name: both for name, both in found.items() if both[1]}

    def best(self, key: _Key, score: _Score) -> None:
        """Among parts with equal keys, bind the pairs that score highest; 0 is no pair."""
        if self.before and self.after:
            groups = self.groups(key).values()
            self.pair(found for earlier, later in groups for found in _best(earlier, later, score))

    def gaps(self, *, backwards: bool) -> dict[Part, tuple[Part | None, Part | None]]:
        """For every free part: under which earlier part, and next to which sibling with a partner."""
        found: dict[Part, tuple[Part | None, Part | None]] = {}
        partners = {earlier: later for later, earlier in self.of.items() if later.kind == self.kind}
        for number, parts in enumerate(one.parts[self.kind] for one in self.trees):
            parent: Part | None = _NOWHERE
            last: Part | None = None
            for part in reversed(parts) if backwards else parts:
                if part.above is not parent:
                    parent, last = part.above, None
                home = self.home(part) if number else part.above
                earlier = self.of.get(part) if number else (part if part in partners else None)
                if earlier is None:
                    found[part] = (home, last)
                elif number or self.home(partners[earlier]) is home:
                    last = earlier if earlier.above is home else last
        return found


def _best(before: list[Part], after: list[Part], score: _Score) -> list[tuple[Part, Part]]:
    """Pairs in falling order of their score, then of how near their places are."""
    scored = []
    for earlier, later in _candidates(before, after):
        points = score(earlier, later)
        if points > 0:
            near = abs(earlier.at[-1] - later.at[-1])
            scored.append((-points, near, earlier.at, later.at, earlier, later))
    scored.sort(key=lambda one: one[:4])
    return [(one[4], one[5]) for one in scored]


def _candidates(before: list[Part], after: list[Part]) -> Iterable[tuple[Part, Part]]:
    if len(before) * len(after) <= _MOST_PAIRS:
        return [(earlier, later) for earlier in before for later in after]
    bearers: dict[str, list[Part]] = {}
    for part in before:
        for word in _words(part.text):
            bearers.setdefault(word, []).append(part)
    found: dict[tuple[Part, Part], None] = {}
    for at, later in enumerate(after):
        known = sorted((len(bearers[word]), word) for word in _words(later.text) if word in bearers)
        for count, word in known[:_RARE_WORDS]:
            if count <= _MOST_BEARERS:
                found.update(((earlier, later), None) for earlier in bearers[word])
        # the same place in both, for texts that share no rare word
        found.update(((earlier, later), None) for earlier in before[at : at + 1])
    return found


@lru_cache(maxsize=8192)
def _words(text: str) -> Counter[str]:
    return Counter(text.casefold().split())


@lru_cache(maxsize=8192)
def _letters(text: str) -> Counter[str]:
    folded = text.casefold()
    return Counter(folded[at : at + 2] for at in range(len(folded) - 1))


def alike(one: str, other: str) -> float:
    """How much two texts share, from 0 to 1: their words, or for a slip of the pen their letters.

    Examples:
        >>> alike("Rapat koordinasi", "Rapat koordinasi persiapan")
        0.8
        >>> alike("Penyusunan progam", "Penyusunan program") > 0.9
        True
    """
    if not one or not other:
        return 0.0
    shared = _dice(_words(one), _words(other))
    # any two Indonesian sentences share half of their letter pairs, so that only nearly all of them tell
    letters = _dice(_letters(one), _letters(other)) if shared < 0.8 and len(one) + len(other) < 400 else 0.0
    return letters if letters >= 0.8 and letters > shared else shared


def _dice(one: Counter[str], other: Counter[str]) -> float:
    if dict.__eq__(one, other):  # as most are; a counter's own comparison is slow
        return 1.0 if one else 0.0
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0


# --- hints ---------------------------------------------------------------------------------------------


def _hinted(before: Tree, after: Tree, hints: Hints) -> dict[Part, Part]:
    """The hints as parts; parents get those that most of the hinted parts below them give."""
    found: dict[Part, Part] = {}
    # nearly all hints are of kegiatan
    rows = [{part.path: part for part in one.parts["kegiatan"]} for one in ((after, before) if hints else ())]
    for later_path, earlier_path in hints.items():
        later = rows[0].get(later_path) or after.at(later_path)
        earlier = rows[1].get(earlier_path) or before.at(earlier_path)
        if later is not None and earlier is not None and later.kind == earlier.kind:
            found[later] = earlier
    given = set(found)
    for kind in ("kegiatan", "indikator"):
        votes: dict[Part, dict[Part, int]] = {}
        for later, earlier in found.items():
            if later.kind == kind and later.above is not None and earlier.above is not None:
                counted = votes.setdefault(later.above, {})
                counted[earlier.above] = counted.get(earlier.above, 0) + 1
        found.update(
            (parent, max(counted, key=counted.__getitem__))
            for parent, counted in votes.items()
            if parent not in given
        )
    return found


def _refused(of: Mapping[Part, Part], hinted: Mapping[Part, Part]) -> tuple[Refused, ...]:
    return tuple(
        Refused(later.path, earlier.path)
        for later, earlier in hinted.items()
        if later.kind == "kegiatan" and of.get(later) is not earlier
    )


def _follow(level: _Level, hinted: Mapping[Part, Part], fits: _Score) -> None:
    """Bind hinted parts where what a person sees agrees; of several with one hint, the one that fits best."""
    found = [
        (-fits(earlier, later), later.at, earlier, later)
        for later, earlier in hinted.items()
        if later.kind == level.kind and later not in level.of
    ]
    found.sort(key=lambda one: one[:2])
    level.pair((earlier, later) for points, _, earlier, later in found if points < 0)


# --- goals and indicators --------------------------------------------------------------------------------


def _align_parents(level: _Level, hinted: Mapping[Part, Part]) -> None:
    contents = [_Contents(one) for one in level.trees]

    def shared(earlier: Part, later: Part) -> float:
        return _dice(contents[0].of(earlier), contents[1].of(later))

    def equal_text(part: Part, home: Part | None) -> Hashable:
        return (home, part.text)

    if hinted:
        _follow(
            level, hinted, lambda one, other: 1 + shared(one, other) if one.text == other.text != "" else 0
        )
    level.join(lambda part, home: (home, part.text) if part.text else None, alone=True)
    level.join(lambda part, home: (home, part.value))
    level.best(equal_text, lambda one, other: shared(one, other) if one.text else 0)
    level.join(lambda part, home: (home, part.text) if part.text else None)
    if level.kind == "indikator":
        level.join(lambda part, _: part.value if part.text else None, alone=True)
        level.join(lambda part, _: part.text or None, alone=True)
    if hinted:
        _follow(level, hinted, lambda one, other: max(0, shared(one, other) - 0.49))
    for backwards in (False, True):
        gaps = level.gaps(backwards=backwards) if level.before and level.after else {}
        level.best(lambda part, _: gaps.get(part), lambda one, other: _kin(one, other, shared, 0.5))  # noqa: B023
    level.best(lambda _, home: (home,), lambda one, other: _kin(one, other, shared, 0.6))
    if level.kind == "indikator":
        level.best(
            lambda _, __: True,
            lambda one, other: (
                _kin(one, other, shared, 0.75)
                if alike(one.text, other.text) >= 0.3 or len(level.trees[0].below[one]) > 1
                else 0
            ),
        )
    level.join(lambda part, home: (home, "") if not part.text else None)


def _kin(one: Part, other: Part, shared: _Score, least: float) -> float:
    """A rewritten parent is known by its text or by what stands below it."""
    text, content = alike(one.text, other.text), shared(one, other)
    return text + content if text >= least or content >= 0.5 else 0


class _Contents:
    """What stands below a part, as texts to be counted."""

    def __init__(self, one: Tree) -> None:
        self.below = one.below
        self.known: dict[Part, Counter[str]] = {}

    def of(self, part: Part) -> Counter[str]:
        if part not in self.known:
            self.known[part] = Counter(self.texts(part))
        return self.known[part]

    def texts(self, part: Part) -> Iterator[str]:
        for child in self.below[part]:
            yield child.text or _stand_in(child)
            if child.kind == "indikator":
                yield from self.texts(child)


def _stand_in(part: Part) -> str:
    """What tells a kegiatan without a text from another."""
    value = part.value
    return f"\n{value.biaya}\n{value.pelaksana}" if isinstance(value, Kegiatan) else ""


# --- activities and signatories --------------------------------------------------------------------------


def _align_kegiatan(level: _Level, hinted: Mapping[Part, Part]) -> None:
    if hinted:
        _follow(
            level, hinted, lambda one, other: 1 + (one.value == other.value) if _same_name(one, other) else 0
        )
    level.best(_kode, lambda one, other: _renamed(one, other, 0.5, 0))
    level.join(lambda part, home: (home, part.text) if _named(part) else None, alone=True)
    level.join(lambda part, home: (home, part.value))
    level.join(lambda part, home: (home, part.text, *_cost_and_doer(part)) if _named(part) else None)
    level.best(lambda part, home: (home, part.text) if _named(part) else None, _in_common)
    level.join(lambda part, _: part.value if part.text else None)
    level.join(lambda part, _: (part.text, *_cost_and_doer(part)) if part.text else None)
    level.join(lambda part, _: part.text or None, alone=True)
    if hinted:
        _follow(level, hinted, lambda one, other: _cost_and_doer(one) == _cost_and_doer(other) != ("", ""))
    for backwards in (False, True):
        gaps = level.gaps(backwards=backwards) if level.before and level.after else {}
        level.best(lambda part, _: gaps.get(part), lambda one, other: _renamed(one, other, 0.5, 0))  # noqa: B023
    level.best(lambda _, home: (home,), lambda one, other: _renamed(one, other, 0.6, 0.4))
    level.best(lambda _, __: True, lambda one, other: _renamed(one, other, 0.75, 0.5))


def _kegiatan(part: Part) -> Kegiatan:
    return cast("Kegiatan", part.value)


def _named(part: Part) -> bool:
    """Whether a text, or that its form has none, tells which kegiatan it is; a blank one does not."""
    return bool(part.text) or _kegiatan(part).uraian is None


def _same_name(one: Part, other: Part) -> bool:
    return one.text == other.text and _named(one) and _named(other)


def _kode(part: Part, _: Part | None) -> Hashable:
    return _kegiatan(part).kode or None


def _cost_and_doer(part: Part) -> tuple[object, object]:
    return (_kegiatan(part).biaya, _kegiatan(part).pelaksana)


def _in_common(one: Part, other: Part) -> float:
    """How many fields two kegiatan of one name have in common, and one more, since they may be one."""
    a, b = _kegiatan(one), _kegiatan(other)
    same = [a.biaya == b.biaya, a.pelaksana == b.pelaksana, a.target == b.target]
    for key in BANDS:
        same += [mine == yours for mine, yours in zip(getattr(a, key), getattr(b, key), strict=False)]
    return 1 + sum(same)


def _agree(one: Part, other: Part) -> bool:
    """Whether cost and doer tell that two kegiatan are the same.

    Nil, shared and blank costs are too common to tell anything: there the rest must be equal too.
    """
    a, b = _kegiatan(one), _kegiatan(other)
    if a.biaya != b.biaya or a.pelaksana != b.pelaksana:
        return False
    if isinstance(a.biaya, int):
        return True
    return (
        bool(a.pelaksana)
        and a.target == b.target
        and all(getattr(a, key) == getattr(b, key) for key in BANDS)
    )


def _renamed(one: Part, other: Part, least: float, least_agreeing: float) -> float:
    text, agree = alike(one.text, other.text), _agree(one, other)
    return text + agree / 2 if text >= (least_agreeing if agree else least) else 0


def _align_penandatangan(level: _Level, hinted: Mapping[Part, Part]) -> None:
    def name(part: Part) -> str:
        return fold(cast("Penandatangan", part.value).nama)

    if hinted:
        _follow(level, hinted, lambda one, other: one.text == other.text or name(one) == name(other))
    level.join(lambda part, _: (part.text, name(part)))
    level.join(lambda part, _: part.text or None)
    level.join(lambda part, _: name(part) or None)
    level.join(lambda part, _: part.at)

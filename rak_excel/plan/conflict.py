"""A conflict of a three-way merge as a value: both sides' places, what each did, and the words for it."""

import hashlib
from collections.abc import Sequence
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Rule, Words
from rak_excel.plan.align import fold
from rak_excel.plan.diff import Change, PartName, excerpts, field_words, short, told_value, value_words
from rak_excel.plan.disputes import DisputeKind
from rak_excel.plan.model import Plan
from rak_excel.plan.threeway import SIDES, Side
from rak_excel.plan.values import BERSAMA

RULES: Final[dict[DisputeKind, Rule]] = {
    "changed": rules.BERUBAH_DI_DUA_TEMPAT,
    "deleted": rules.BERUBAH_DAN_DIHAPUS,
    "moved": rules.DIPINDAH_KE_DUA_TEMPAT,
    "shared": rules.BIAYA_BERSAMA_PUTUS,
    "order": rules.URUTAN_BERTENTANGAN,
    "added": rules.DITAMBAH_BERBEDA,
    "column": rules.KOLOM_DIHAPUS_DAN_DIISI,
}

SIDE: Final[dict[Side, Words]] = {
    "ours": Words("sumber", "the source"),
    "theirs": Words("buku kerja", "the workbook"),
}
"""What people call the two sides."""

_ABSENT: Final = Words("(dihapus)", "(deleted)")
_NEW: Final = Words("(tidak ada)", "(none)")
_SHOWN: Final = 3
_SIBLINGS: Final[dict[str, Words]] = {
    "sasaran": Words("sasaran", "goals"),
    "indikator": Words("indikator", "indicators"),
    "kegiatan": Words("kegiatan", "activities"),
    "penandatangan": Words("penandatangan", "signatories"),
}


class Conflict(NamedTuple):
    """One question that a merge does not answer by itself.

    `kind` says what happened: a field `changed` on both sides; a part `deleted` on one and changed on the
    other; `moved` to two places; an `order` changed on both; rows or costs changed so that a `shared` cost
    would lose its amount; a part `added` on both with different values; a `column` deleted on one side and
    filled in on the other.

    `name` is what people call the part.  A path is `""` where that plan does not have the part.  `base`,
    `ours` and `theirs` are values of the field; whole parts where one is deleted (`None` where it is gone);
    `Words` for places and shared costs; texts in their order for an order, whose `field` says of what.  The
    changes are what either side did to the parts that the answer decides, for the kinds that decide whole
    parts.

    `key` stays the same while base path and values stay the same, wherever other rows come and go.
    """

    kind: DisputeKind
    part: PartName
    field: str
    name: Words
    base_path: str
    ours_path: str
    theirs_path: str
    base: object
    ours: object
    theirs: object
    ours_changes: tuple[Change, ...]
    theirs_changes: tuple[Change, ...]
    key: str

    @property
    def code(self) -> str:
        """The code of its rule, such as `RAK501`."""
        return RULES[self.kind].code

    def path(self, side: Side) -> str:
        """Where the part stands on a side."""
        return self.ours_path if side == "ours" else self.theirs_path

    def value(self, side: Side) -> object:
        """What the side has."""
        return self.ours if side == "ours" else self.theirs

    def changes(self, side: Side) -> tuple[Change, ...]:
        """What the side did to the parts that the answer decides."""
        return self.ours_changes if side == "ours" else self.theirs_changes


class Sided(NamedTuple):
    """A finding, and in which side's file its path is to be looked up."""

    side: Side
    finding: Finding


class Told(NamedTuple):
    """A conflict in words: what it is about, and what base and both sides have."""

    what: Words
    base: Words
    ours: Words
    theirs: Words


def key_of(kind: DisputeKind, anchor: str, field: str, facts: object) -> str:
    """A key that names the question and goes stale with its facts.

    Examples:
        >>> key_of("changed", "sasaran[0]", "uraian", ("a", "b", "c"))
        'RAK501:sasaran[0].uraian:36acf91c'
    """
    digest = hashlib.sha256(repr((kind, field, facts)).encode("utf-8", "backslashreplace")).hexdigest()
    where = ".".join(step for step in (anchor, field) if step)
    return f"{RULES[kind].code}:{where}:{digest[:8]}"


def of_deleted_plan(name: Words, base: Plan, theirs: Plan, changes: Sequence[Change]) -> Conflict:
    """The conflict over a whole plan that the source deleted and the workbook changed."""
    key = key_of("deleted", "", "", (base, theirs))
    return Conflict(
        kind="deleted",
        part="plan",
        field="",
        name=name,
        base_path="",
        ours_path="",
        theirs_path="",
        base=base,
        ours=None,
        theirs=theirs,
        ours_changes=(),
        theirs_changes=tuple(changes),
        key=key,
    )


def tell(conflict: Conflict) -> Told:
    """What a sheet or a report shows of a conflict."""
    field = field_words(
        conflict.part if conflict.kind != "column" else "kegiatan", conflict.field or "uraian"
    )
    name = conflict.name
    if conflict.kind in ("changed", "added"):
        what = field if conflict.part == "plan" else Words(f"{name.id}: {field.id}", f"{name.en}: {field.en}")
        base = _NEW if conflict.kind == "added" else told_value(conflict.field, conflict.base)
        return Told(what, base, *_both(conflict))
    if conflict.kind == "column":
        what = Words(f"kolom {field.id}", f"column of {field.en}")
        return Told(what, Words("", ""), *(_deeds(conflict, side) for side in SIDES))
    if conflict.kind == "order":
        orders = [_order(order) for order in (conflict.base, conflict.ours, conflict.theirs)]
        return Told(Words(f"{name.id}: urutan", f"{name.en}: order"), *orders)
    if conflict.kind == "deleted":
        base = Words(name.id, name.en)
        return Told(name, base, *(_deeds(conflict, side) for side in SIDES))
    return Told(name, _words(conflict.base), _words(conflict.ours), _words(conflict.theirs))


def findings(conflict: Conflict) -> tuple[Sided, ...]:
    """A conflict as findings, one for each side that has a place for it."""
    finding = _finding(conflict)
    placed = []
    for side in SIDES:
        path = conflict.path(side)
        if path or conflict.part == "plan":
            # a column that is gone is missing in the table as a whole
            field = conflict.field if path or conflict.kind != "column" else "sasaran"
            where = ".".join(step for step in (path, field) if step)
            value = conflict.value(side)
            shown = value if isinstance(value, str) and conflict.field else None
            placed.append(Sided(side, Finding(finding.rule, where, shown, finding.facts)))
    return tuple(placed)


def _finding(conflict: Conflict) -> Finding:
    rule, told, name = RULES[conflict.kind], tell(conflict), conflict.name
    field = field_words(
        conflict.part if conflict.kind != "column" else "kegiatan", conflict.field or "uraian"
    )
    if conflict.kind == "changed":
        return rule.at(bagian=name, bidang=field, base=told.base, ours=told.ours, theirs=told.theirs)
    if conflict.kind == "added":
        return rule.at(bagian=name, bidang=field, ours=told.ours, theirs=told.theirs)
    if conflict.kind == "order":
        return rule.at(bagian=name, isi=_SIBLINGS[conflict.field])
    if conflict.kind in ("moved", "shared"):
        return rule.at(bagian=name, ours=told.ours, theirs=told.theirs)
    deleter = _gone(conflict)
    keeper: Side = "theirs" if deleter == "ours" else "ours"
    deeds = told.theirs if keeper == "theirs" else told.ours
    if conflict.kind == "column":
        return rule.at(bidang=field, penghapus=SIDE[deleter], pengubah=SIDE[keeper], ubahan=deeds)
    return rule.at(bagian=name, penghapus=SIDE[deleter], pengubah=SIDE[keeper], ubahan=deeds)


def _gone(conflict: Conflict) -> Side:
    """The side that deleted."""
    if conflict.kind == "column":
        return "ours" if not conflict.ours_changes else "theirs"
    return "ours" if conflict.ours is None else "theirs"


def _both(conflict: Conflict) -> tuple[Words, Words]:
    ours, theirs = conflict.ours, conflict.theirs
    texts = isinstance(ours, str) and isinstance(theirs, str) and ours and theirs
    if texts and BERSAMA not in (ours, theirs) and fold(str(ours)) != fold(str(theirs)):
        one, two = excerpts(fold(str(ours)), fold(str(theirs)))
        return Words(f"“{one}”", f"“{one}”"), Words(f"“{two}”", f"“{two}”")
    return told_value(conflict.field, ours), told_value(conflict.field, theirs)


def _words(value: object) -> Words:
    return value if isinstance(value, Words) else Words(str(value or ""), str(value or ""))


def _order(texts: object) -> Words:
    names = " · ".join(short(text) for text in texts) if isinstance(texts, Sequence) else ""
    return Words(names, names)


def _deeds(conflict: Conflict, side: Side) -> Words:
    """The first few things that a side did, and how many more there are."""
    if _gone(conflict) == side:
        return _ABSENT
    changes = conflict.changes(side)
    told = [deed(change) for change in changes[:_SHOWN]]
    more = len(changes) - _SHOWN
    if more > 0:
        told.append(Words(f"dan {more} perubahan lagi", f"and {more} more changes"))
    return Words("; ".join(one.id for one in told), "; ".join(one.en for one in told))


def deed(change: Change) -> Words:
    """One change in a few words, without the name of its part.

    Examples:
        >>> deed(Change("changed", "kegiatan", "", "", "biaya", 100, None)).id
        'biaya 100 → nihil'
    """
    if change.kind == "changed":
        field, (old, new) = field_words(change.part, change.field), value_words(change)
        return Words(f"{field.id} {old.id} → {new.id}", f"{field.en} {old.en} → {new.en}")
    value = change.new if change.kind in ("added", "moved") else change.old
    text = short(value if isinstance(value, str) else getattr(value, "uraian", "") or "")
    words = {
        "added": Words(f"{change.part} “{text}” ditambahkan", f"“{text}” added"),
        "removed": Words(f"{change.part} “{text}” dihapus", f"“{text}” removed"),
        "moved": Words(f"{change.part} “{text}” dipindah", f"“{text}” moved"),
    }
    return words[change.kind]

"""Whether a re-import read what a person meant: right, loud, or silently wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from oracle.truth import FLOORS, OWN, PERIODS, Expected, Fact, Notice, Reading, Row, Sheaf, Spot
from rak_excel import api
from rak_excel.findings import Finding, RakError, column_letters
from rak_excel.plan.codec import LABELS
from rak_excel.plan.model import Kegiatan, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Result: TypeAlias = tuple[Sequence[Plan], Sequence[Finding]]
Reader: TypeAlias = Callable[[bytes], Result]

_HEAD_FIELDS: Final = ("judul", "tahun", "unit", "pagu")
_LEAST_TEXT: Final = 4
_ANYWHERE: Final = Spot(frozenset(), 0)


class Outcome(StrEnum):
    """What came of a sequence.

    `right`: the plan is the meant one, and nothing was lost.  `told`: the same where the edits themselves
    lost or left open something, and each such place is named.  `loud`: the plan differs, or is refused, and
    findings name each difference; or it is the meant one, with an error that nothing gave cause for.
    `silent`: a difference or a loss that no finding names.  `crash`: an exception.
    """

    RIGHT = "right"
    TOLD = "told"
    LOUD = "loud"
    SILENT = "silent"
    CRASH = "crash"

    @property
    def bad(self) -> bool:
        """Whether the promise is broken."""
        return self in (Outcome.SILENT, Outcome.CRASH)


class Difference(NamedTuple):
    """One fact that was not read as meant.

    A finding tells it that is at one of its spots or names their cell, or a column's name among the `names`;
    one of the `texts` is enough only where finding or difference has no place.
    """

    what: str
    expected: object
    got: object
    sheet: str
    spots: tuple[Spot, ...]
    texts: tuple[str, ...] = ()
    field: str = ""
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.what}: diharapkan {self.expected!r}, terbaca {self.got!r}"


class Verdict(NamedTuple):
    """An outcome with its reasons: differences, demands not met, errors that nothing gave cause for."""

    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    untold: tuple[Difference, ...] = ()
    unmet: tuple[Notice, ...] = ()
    beyond: tuple[Finding, ...] = ()
    trace: str = ""


def demanded(reading: Reading, plans: Sequence[Plan] = ()) -> tuple[Notice, ...]:
    """All findings that a reading needs: what edits ask for, and a word for each lost value.

    `plans` are what was read: where that has nothing of a column without a known heading, its name will do.
    """
    read = list(zip_longest(reading.plans, plans[: len(reading.plans)]))
    holes = [hole for sheaf, _ in read for hole in _told_holes(sheaf)]
    of = {sheaf.sheet: plan for sheaf, plan in read if plan is not None}
    return tuple(
        one._replace(texts=(*one.texts, *one.names))
        if one.names and one.sheet in of and _is_unread(of[one.sheet], one.field)
        else one
        for one in (*reading.notices, *holes)
    )


def judge(expected: Expected, result: Result) -> Verdict:
    """Judge a result by the reading that suits it best."""
    plans, findings = result
    verdicts = [_judged(reading, tuple(plans), tuple(findings)) for reading in expected.readings]
    order = list(Outcome)
    return min(verdicts, key=lambda one: (order.index(one.outcome), len(one.differences) + len(one.unmet)))


def _judged(reading: Reading, plans: tuple[Plan, ...], findings: tuple[Finding, ...]) -> Verdict:
    if not plans:  # refused as a whole: loud if it says so
        lost = (Difference("rencana", len(reading.plans), 0, "", ()),)
        refused = any(one.is_error for one in findings)
        return Verdict(Outcome.LOUD, lost) if refused else Verdict(Outcome.SILENT, lost, lost)
    differences = list(_differences(reading, plans))
    demands = demanded(reading, plans)
    unmet = tuple(notice for notice in demands if not _met(notice, findings))
    untold = tuple(one for one in differences if not _covered(one, findings))
    if untold or unmet:
        return Verdict(Outcome.SILENT, tuple(differences), untold, unmet)
    if differences:
        return Verdict(Outcome.LOUD, tuple(differences))
    beyond = tuple(_beyond(reading, demands, findings))
    if beyond:
        return Verdict(Outcome.LOUD, beyond=beyond)
    tells = any(one.floor != "note" for one in demands)
    return Verdict(Outcome.TOLD if tells else Outcome.RIGHT)


# --- differences -----------------------------------------------------------------------------------------


def _differences(reading: Reading, plans: tuple[Plan, ...]) -> Iterator[Difference]:
    if len(plans) != len(reading.plans):
        yield Difference("banyak rencana", len(reading.plans), len(plans), "", ())
    for sheaf, plan in zip(reading.plans, plans, strict=False):
        yield from _head_differences(sheaf, plan)
        yield from row_differences(sheaf, plan)


def _head_differences(sheaf: Sheaf, plan: Plan) -> Iterator[Difference]:
    for name in _HEAD_FIELDS:
        fact, got = sheaf.scalars[name], getattr(plan, name)
        if not _accepted(fact, got):
            yield _difference(name, fact, got, sheaf.sheet, sheaf.spots.get(name), name)
    if len(sheaf.signatories) != len(plan.penandatangan):
        yield Difference(
            "banyak penandatangan", len(sheaf.signatories), len(plan.penandatangan), sheaf.sheet, ()
        )
    for number, (one, signed) in enumerate(zip(sheaf.signatories, plan.penandatangan, strict=False)):
        for name, fact in one.items():
            got = getattr(signed, name)
            if not _accepted(fact, got):
                spot = sheaf.spots.get(f"{number}.{'tanggal' if name == 'tempat' else name}")
                yield _difference(f"penandatangan {number + 1}, {name}", fact, got, sheaf.sheet, spot, name)


class _Got(NamedTuple):
    """One kegiatan as read."""

    goal: int
    ind: int
    sasaran: str
    indikator: str
    kegiatan: Kegiatan


def _flat(plan: Plan) -> list[_Got]:
    rows = []
    inds = 0
    for goal, sasaran in enumerate(plan.sasaran, 1):
        for indikator in sasaran.indikator:
            inds += 1
            rows += [_Got(goal, inds, sasaran.uraian, indikator.uraian, one) for one in indikator.kegiatan]
    return rows


def row_differences(sheaf: Sheaf, plan: Plan) -> Iterator[Difference]:
    """What differs in the table."""
    got = _flat(plan)
    unread = {name for name in OWN if _is_unread(plan, name)}
    for sasaran in plan.sasaran:
        if not any(True for _ in sasaran.kegiatan):
            yield Difference(
                "sasaran tanpa kegiatan", None, sasaran.uraian, sheaf.sheet, (), (sasaran.uraian,)
            )
    for one, read in _pairs(sheaf.rows, got):
        if one is None and read is not None:
            text = str(read.kegiatan.uraian)
            yield Difference("kegiatan muncul", None, text, sheaf.sheet, (), (text,))
        elif one is not None and read is None:
            text = str(one.facts["uraian"].value)
            yield Difference(
                f"kegiatan baris {min(one.rows)} hilang",
                text,
                None,
                sheaf.sheet,
                (Spot(one.rows, 0),),
                (text,),
            )
        elif one is not None and read is not None:
            yield from _field_differences(one, read, sheaf, unread)
    if not sheaf.loose:
        yield from _border_differences(sheaf, got)


def _pairs(rows: tuple[Row, ...], got: list[_Got]) -> Iterator[tuple[Row | None, _Got | None]]:
    """Expected and read rows beside each other; where their number differs, by their texts."""
    if len(rows) == len(got):
        yield from zip(rows, got, strict=True)
        return
    matcher = SequenceMatcher(
        None,
        [row.facts["uraian"].value for row in rows],
        [one.kegiatan.uraian for one in got],
        autojunk=False,
    )
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        both = min(i2 - i1, j2 - j1)
        yield from zip(rows[i1 : i1 + both], got[j1 : j1 + both], strict=True)
        yield from ((row, None) for row in rows[i1 + both : i2])
        yield from ((None, one) for one in got[j1 + both : j2])


def _field_differences(row: Row, read: _Got, sheaf: Sheaf, unread: Container[str]) -> Iterator[Difference]:
    told: dict[str, object] = {name: getattr(read.kegiatan, name) for name in OWN if name not in PERIODS}
    ticks = read.kegiatan.triwulan or (False,) * len(PERIODS)
    told |= dict(zip(PERIODS, ticks, strict=True))
    if not sheaf.loose:
        told |= {"sasaran": read.sasaran, "indikator": read.indikator}
    facts = {**row.facts, "sasaran": row.sasaran, "indikator": row.indikator}
    anywhere = Spot(row.rows, 0)
    for name, got in told.items():
        if not _accepted(facts[name], got):
            what, spot = f"baris {min(row.rows)}, {name}", row.spots.get(name, anywhere)
            yield _difference(what, facts[name], got, sheaf.sheet, spot, name, unread=name in unread)


def _border_differences(sheaf: Sheaf, got: list[_Got]) -> Iterator[Difference]:
    """Where goals and indikator begin, which their texts alone do not say.

    A border lies between two rows: it is told at the group's cell of the one or the other.
    """
    if len(sheaf.rows) != len(got):
        return
    for name, columns in (("goal", ("nomor", "sasaran")), ("ind", ("nomor", "sasaran", "indikator"))):
        meant = _starts([getattr(row, name) for row in sheaf.rows])
        read = _starts([getattr(one, name) for one in got])
        for at, (row, one, other) in enumerate(zip(sheaf.rows, meant, read, strict=True)):
            if one != other:
                near = (row, *sheaf.rows[max(0, at - 1) : at])
                spots = tuple(
                    Spot(beside.rows, beside.spots[column].column)
                    for beside in near
                    for column in columns
                    if column in beside.spots
                )
                yield Difference(f"baris {min(row.rows)} memulai {name}", one, other, sheaf.sheet, spots)


def _starts(numbers: list[int]) -> list[bool]:
    return [at == 0 or numbers[at - 1] != number for at, number in enumerate(numbers)]


def _accepted(fact: Fact, got: object) -> bool:
    if fact.hole is not None and fact.hole.kind in ("told", "free"):
        return True
    return type(fact.value) is type(got) and fact.value == got


def _is_unread(plan: Plan, name: str) -> bool:
    """Whether nothing of a column of texts was read."""
    return all(getattr(one, name, None) == "" for one in plan.kegiatan)


def _difference(
    what: str,
    fact: Fact,
    got: object,
    sheet: str,
    spot: Spot | None,
    name: str,
    *,
    unread: bool = False,
) -> Difference:
    texts = tuple(str(one) for one in (fact.value, got) if one not in (None, "", True, False))
    names = fact.hole.names if fact.hole and unread else ()
    return Difference(what, fact.value, got, sheet, (spot,) if spot else (), texts, name, names)


# --- what findings tell ----------------------------------------------------------------------------------


def _told_holes(sheaf: Sheaf) -> Iterator[Notice]:
    """A lost value must be named at its cell, or its column if nothing of that was read."""
    if sheaf.loose:
        return
    seen: set[int] = set()
    for row in sheaf.rows:
        for name, fact in {**row.facts, "sasaran": row.sasaran, "indikator": row.indikator}.items():
            if fact.hole and fact.hole.kind == "told" and (name in OWN or id(fact) not in seen):
                seen.add(id(fact))
                spot = row.spots.get(name, Spot(row.rows, 0))
                where = spot if name in OWN else Spot(spot.rows, 0)
                yield Notice(name, sheaf.sheet, (where,), (), "warning", False, name, fact.hole.names)
    for number, one in enumerate(sheaf.signatories):
        for name, fact in one.items():
            if fact.hole and fact.hole.kind == "told":
                spot = sheaf.spots.get(f"{number}.{name}", _ANYWHERE)
                yield Notice(name, sheaf.sheet, (spot,), (LABELS[name].id,), "warning", False)


def _met(notice: Notice, findings: Iterable[Finding]) -> bool:
    return any(
        notice.anywhere or _names(one, notice.sheet, notice.spots, notice.texts, notice.why)
        for one in findings
        if one.severity in FLOORS[notice.floor]
    )


def _covered(one: Difference, findings: Iterable[Finding]) -> bool:
    for finding in findings:
        if finding.severity not in FLOORS["warning"]:
            continue
        texts = one.names if finding.place is not None and one.spots else (*one.texts, *one.names)
        if _names(finding, one.sheet, one.spots, texts, one.field):
            return True
    return False


def _names(finding: Finding, sheet: str, spots: Sequence[Spot], texts: Sequence[str], name: str) -> bool:
    place = finding.place
    said = " ".join((finding.value or "", finding.message("id"), *(str(fact) for _, fact in finding.facts)))
    if place is not None and (place.sheet is None or not sheet or place.sheet == sheet):
        for spot in spots:
            if place.line in spot.rows and (
                spot.column in (0, place.column) or (name and name.partition("[")[0] in finding.path)
            ):
                return True
            cells = [f"{column_letters(spot.column)}{row}" for row in spot.rows if spot.column]
            if any(re.search(rf"\b{cell}\b", said) for cell in cells):
                return True
    flat = " ".join(said.split())
    return any(_said(" ".join(text.split())[:60], flat) for text in texts)


def _said(text: str, sentence: str) -> bool:
    """Whether a sentence names a text; a short one as a word of its own, and signs alone say nothing."""
    if len(text) >= _LEAST_TEXT:
        return text in sentence
    return any(char.isalnum() for char in text) and text in re.findall(r"\w+", sentence)


def _beyond(reading: Reading, demands: tuple[Notice, ...], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Errors that neither a loss nor the meant plan itself gives cause for."""
    errors = [one for one in findings if one.is_error]
    if not errors:
        return
    allowed: set[str] = set()
    for sheaf in reading.plans:
        try:
            allowed |= {one.code for one in api.check(sheaf.plan) if one.is_error}
        except RakError as error:
            allowed |= {one.code for one in error.findings}
    for one in errors:
        told = any(_names(one, notice.sheet, notice.spots, notice.texts, notice.why) for notice in demands)
        if not told and one.code not in allowed and not any(sheaf.loose for sheaf in reading.plans):
            yield one


def adapted(made: Any) -> Result:
    """The plans and findings of whatever a reader returns: a pair, or a value with these two names."""
    if isinstance(made, tuple) and not hasattr(made, "plans"):
        plans, findings = made
    else:
        plans, findings = made.plans, made.findings
    return tuple(plans), tuple(findings)

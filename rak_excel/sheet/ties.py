"""What ties a sheet to the base: the sheet to a plan, and each row to a kegiatan of that plan.

An id is a hint, never a proof: it counts only where the row's text, or both its cost and its doer, agree.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from rak_excel.plan.model import Indikator, Kegiatan, Plan, Sasaran
from rak_excel.sheet.base import Carried
from rak_excel.sheet.body import Body, Line


class BaseRow(NamedTuple):
    """One kegiatan of the base with its parents and its place."""

    at: tuple[int, int, int]
    sasaran: Sasaran
    indikator: Indikator
    kegiatan: Kegiatan

    @property
    def path(self) -> str:
        """Its path in the base plan."""
        return "sasaran[{}].indikator[{}].kegiatan[{}]".format(*self.at)


def rows_of(plan: Plan) -> tuple[BaseRow, ...]:
    """The kegiatan of a plan in reading order, as ids number them."""
    return tuple(
        BaseRow((g, i, k), sasaran, indikator, kegiatan)
        for g, sasaran in enumerate(plan.sasaran)
        for i, indikator in enumerate(sasaran.indikator)
        for k, kegiatan in enumerate(indikator.kegiatan)
    )


# --- sheets ------------------------------------------------------------------------------------------------


class Shown(NamedTuple):
    """What tells which plan a sheet shows: its name, the texts above and below its table, its rows."""

    name: str
    above: frozenset[str]
    below: frozenset[str]
    body: Body


def tie_sheets(sheets: Sequence[Shown], base: Carried, plans: Sequence[Plan]) -> list[int | None]:
    """The index of the base plan of every sheet; `None` for one that the base does not have.

    The sheet's name and its ids speak first, then unit and role, then the order for what is left.
    """
    pairs = [
        (-_evidence(sheet, base, plans, number), abs(at - number), at, number)
        for at, sheet in enumerate(sheets)
        for number in range(len(plans))
    ]
    tied: list[int | None] = [None] * len(sheets)
    # a sheet that plainly shows one plan is a copy where another shows it already, and shows no other
    plain = {at for evidence, _, at, _ in pairs if evidence <= -1}
    for evidence, _, at, number in sorted(pairs):
        fits = evidence <= -1 if at in plain else evidence < 0
        if fits and tied[at] is None and number not in tied:
            tied[at] = number
    free = [number for number in range(len(plans)) if number not in tied]
    loose = [at for at, number in enumerate(tied) if number is None and at not in plain]
    if len(free) == len(loose):
        for at, number in zip(loose, free, strict=True):
            tied[at] = number
    return tied


def plan_of_keys(sheet: Shown, base: Carried) -> int | None:
    """The base plan that most of a sheet's ids speak of, though another sheet shows it already."""
    keys = [line.key for line in sheet.body.lines if line.key is not None]
    counts = Counter(key.plan - 1 for key in keys if key.document == base.document[:8])
    number = max(counts, key=lambda one: counts[one], default=-1)
    return number if 0 <= number < len(base.plans) and counts[number] * 2 > len(keys) else None


def _evidence(sheet: Shown, base: Carried, plans: Sequence[Plan], number: int) -> float:
    """How much speaks for a sheet showing a plan; 0 where nothing but the order does."""
    plan = plans[number]
    keys = [line.key for line in sheet.body.lines if line.key is not None]
    ours = [key for key in keys if key.document == base.document[:8]]
    share = sum(key.plan == number + 1 for key in ours) / len(ours) if ours else 0.0
    named = number < len(base.sheets) and base.sheets[number].lower() == sheet.name.lower()
    unit = any(_unit_of(text, plans) == plan.unit for text in sheet.above)
    roles = all(" ".join(one.jabatan.split()) in sheet.below for one in plan.penandatangan)
    return 3 * (share > 0.5) + 2 * named + 1.0 * (unit and roles) + 0.25 * unit


def _unit_of(text: str, plans: Sequence[Plan]) -> str:
    """The unit that a line above a table ends with: of a secretariat and its office the longer one."""
    units = (plan.unit for plan in plans if text.endswith(" ".join(plan.unit.split())))
    return max(units, key=len, default="")


# --- rows --------------------------------------------------------------------------------------------------


class Tied(NamedTuple):
    """Rows whose id was not followed: copies of a row, and ids that the row's content speaks against."""

    copies: tuple[int, ...]
    unfit: tuple[int, ...]


def tie_rows(body: Body, rows: Sequence[BaseRow], document: str, number: int) -> Tied:
    """Give each line its kegiatan in the base, by its id or, failing that, by its text."""
    copies: list[int] = []
    unfit: list[int] = []
    claims: dict[int, list[tuple[int, int, int]]] = {}
    lines = [line for line in body.lines if line.filled]
    for at, line in enumerate(lines):
        key = line.key
        if key is None or key.document != document[:8]:
            continue
        index = key.number - 1
        if key.plan != number + 1 or index >= len(rows):
            continue
        agreed = _agrees(body, line, rows[index])
        if agreed is None:
            unfit.append(line.row)
        else:
            claims.setdefault(index, []).append((agreed, -_closeness(line, rows[index]), at))
    for index, claimed in claims.items():
        *_, best = min(claimed)
        lines[best].hint = index
        copies.extend(lines[at].row for *_, at in claimed if at != best)
    _by_text(body, lines, rows, set(claims))
    return Tied(tuple(sorted(copies)), tuple(unfit))


def _agrees(body: Body, line: Line, base: BaseRow) -> int | None:
    """How well a line agrees with a kegiatan: 0 by its text, 1 by cost and doer, `None` not at all."""
    if line.text(body.text_field) == _text(body, base):
        return 0
    if "biaya" not in line.values or "pelaksana" not in line.values:
        return None
    doer = " ".join(base.kegiatan.pelaksana.split())
    return 1 if line.biaya == base.kegiatan.biaya and line.text("pelaksana") == doer else None


def _text(body: Body, base: BaseRow) -> str:
    text = base.kegiatan.uraian if body.text_field == "kegiatan" else base.indikator.uraian
    return " ".join((text or "").split())


def _by_text(body: Body, lines: Sequence[Line], rows: Sequence[BaseRow], taken: set[int]) -> None:
    """Tie what is left by equal texts, below the same parents first."""
    left: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if index not in taken:
            left.setdefault(_text(body, row), []).append(index)
    if not left:
        return
    loose = [line for line in lines if line.hint is None and line.text(body.text_field)]
    for close, alike in product((2, 1, 0), (True, False)):
        for line in loose:
            found = left.get(line.text(body.text_field), ()) if line.hint is None else ()
            near = (index for index in found if _closeness(line, rows[index]) >= close)
            fit = next((index for index in near if not alike or _alike(line, rows[index])), None)
            if fit is not None:
                line.hint = fit
                left[line.text(body.text_field)].remove(fit)


def _alike(line: Line, base: BaseRow) -> bool:
    """Whether cost and doer of a line are those of a kegiatan of the base."""
    return line.biaya == base.kegiatan.biaya and line.text("pelaksana") == " ".join(
        base.kegiatan.pelaksana.split()
    )


def _closeness(line: Line, base: BaseRow) -> int:
    """How many of a line's parents are those of a kegiatan of the base."""
    return sum(_same(line, base))


def _same(line: Line, base: BaseRow) -> Iterator[bool]:
    for field, part in (("sasaran", base.sasaran), ("indikator", base.indikator)):
        yield line.text(field) == " ".join(part.uraian.split())

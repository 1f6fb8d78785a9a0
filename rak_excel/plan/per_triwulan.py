"""The four quarters of a plan: when a kegiatan is scheduled, and what of its cost falls into which.

The rule, which the recapitulation states too: a quarterly budget that adds up to the cost says it; else the
cost goes in equal parts to the scheduled periods, months and semesters counted in their quarters, and what a
division leaves over goes to the last of them.  A shared cost is scheduled whenever one of its kegiatan is.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from rak_excel.findings import Words
from rak_excel.plan.consolidation import NO_COSTS, Costs
from rak_excel.plan.model import Kegiatan, Period, Plan
from rak_excel.plan.values import BERSAMA, NIHIL, number_of

Quarters: TypeAlias = tuple[int, int, int, int]
"""Something counted in each of the four quarters."""

RULE: Final = Words(
    "Biaya per triwulan: anggaran triwulan bila jumlahnya sama dengan biaya; bila tidak, biaya dibagi rata "
    "ke periode yang dijadwalkan (bulan dan semester masuk ke triwulannya), sisa pembagian ke yang terakhir.",
    "Cost a quarter: the quarterly budget where it adds up to the cost; else the cost in equal parts over "
    "the scheduled periods (months and semesters in their quarters), the rest of the division to the last.",
)
"""The rule in one sentence."""

_OF_SEMESTER: Final = ((0, 1), (2, 3))


def is_scheduled(period: Period) -> bool:
    """Whether a period has a tick, or a value that is neither blank nor zero.

    Examples:
        >>> [is_scheduled(one) for one in (True, False, "25", "0", "0.0", "-", "rapat")]
        [True, False, True, False, False, False, True]
    """
    if isinstance(period, bool):
        return period
    text = period.strip()
    return bool(text) and text not in NIHIL and number_of(text) != 0


def weights(kegiatan: Kegiatan) -> Quarters:
    """How many scheduled periods of a kegiatan fall into each quarter; a semester is in two of them.

    Examples:
        >>> weights(Kegiatan("Rapat", bulan=(True, True, *(False,) * 9, True)))
        (2, 0, 0, 1)
    """
    return _counted([kegiatan])


def _counted(shared: Sequence[Kegiatan]) -> Quarters:
    """The scheduled periods of kegiatan that share a cost, each counted once."""
    months = {at for one in shared for at, period in enumerate(one.bulan) if is_scheduled(period)}
    quarters = {at for one in shared for at, period in enumerate(one.triwulan) if is_scheduled(period)}
    halves = {at for one in shared for at, period in enumerate(one.semester) if is_scheduled(period)}
    if months:  # a plan uses one band throughout; one made in Python may not
        return _tally(at // 3 for at in months)
    return _tally(quarters or (at for half in halves if half < 2 for at in _OF_SEMESTER[half]))


def _tally(numbers: Iterable[int]) -> Quarters:
    count = [0, 0, 0, 0]
    for number in numbers:
        if number < 4:
            count[number] += 1
    return count[0], count[1], count[2], count[3]


def split(amount: int, periods: Quarters) -> Costs:
    """An amount in whole rupiah over the quarters, by their numbers of periods.

    Examples:
        >>> split(100, (1, 0, 1, 1)), split(100, (0, 0, 0, 0))
        ((33, 0, 33, 34, 0), (0, 0, 0, 0, 100))
    """
    whole = sum(periods)
    if not whole:
        return 0, 0, 0, 0, amount
    parts = [amount * one // whole for one in periods]
    last = max(at for at, one in enumerate(periods) if one)
    parts[last] += amount - sum(parts)
    return parts[0], parts[1], parts[2], parts[3], 0


class Spread(NamedTuple):
    """A kegiatan's own cost over the quarters.

    `budget` is what its quarterly budget comes to where that is not the cost.  `at` says where it stands:
    number of sasaran, indikator and kegiatan, from 0.
    """

    kegiatan: Kegiatan
    at: tuple[int, int, int]
    costs: Costs
    budget: int | None = None


def spread(plan: Plan) -> Iterator[Spread]:
    """Every kegiatan of a plan with its cost over the quarters; a shared cost is on the row that has it."""
    for g, sasaran in enumerate(plan.sasaran):
        rows = [
            (one, (g, i, k))
            for i, indikator in enumerate(sasaran.indikator)
            for k, one in enumerate(indikator.kegiatan)
        ]
        for at, (one, place) in enumerate(rows):
            if one.biaya == BERSAMA:
                yield Spread(one, place, NO_COSTS)
                continue
            end = at + 1
            while end < len(rows) and rows[end][0].biaya == BERSAMA:
                end += 1
            yield _of_group(place, [row for row, _ in rows[at:end]])


def _of_group(place: tuple[int, int, int], group: Sequence[Kegiatan]) -> Spread:
    """The cost of a kegiatan, and of those below it that share it."""
    first = group[0]
    amount = first.biaya if isinstance(first.biaya, int) else 0
    budget = [0, 0, 0, 0]
    known = True
    for one in group:
        for at, period in enumerate(one.anggaran_triwulan[:4]):
            if is_scheduled(period):
                rupiah = period if isinstance(period, str) and period.isascii() and period.isdigit() else None
                known = known and rupiah is not None
                budget[at] += int(rupiah or 0)
    whole = sum(budget)
    given = whole > 0 or not known
    if given and known and whole == amount:
        return Spread(first, place, (budget[0], budget[1], budget[2], budget[3], 0))
    return Spread(first, place, split(amount, _counted(group)), whole if given else None)


def costs_of(plan: Plan) -> Costs:
    """The costs of a plan over the quarters."""
    told = [one.costs for one in spread(plan)]
    return added(NO_COSTS, *told)


def added(*costs: Costs) -> Costs:
    """The sum of costs, quarter by quarter."""
    one, two, three, four, none = map(sum, zip(*costs, strict=True))
    return one, two, three, four, none


# --- in words --------------------------------------------------------------------------------------------

_NAMES: Final = {
    "triwulan": ("TW I", "TW II", "TW III", "TW IV"),
    "bulan": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "semester": ("Semester I", "Semester II"),
}


def schedule(kegiatan: Kegiatan) -> str:
    """The schedule of a kegiatan in words; where its periods hold values, with these.

    Examples:
        >>> schedule(Kegiatan("Rapat", triwulan=(True, False, True, False)))
        'TW I, TW III'
        >>> schedule(Kegiatan("Rapat", semester=("50", "100")))
        'Semester I: 50, Semester II: 100'
    """
    told = []
    for band, names in _NAMES.items():
        for name, period in zip(names, getattr(kegiatan, band), strict=False):
            if isinstance(period, str) and period.strip():
                told.append(f"{name}: {period}")
            elif period is True:
                told.append(name)
    return ", ".join(told)

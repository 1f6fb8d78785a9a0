"""A plan with errors as something that can be drawn: every part has a row, and stands where it stood."""

from collections.abc import Collection
from dataclasses import replace

from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.plan.values import BERSAMA


def drawable(plan: Plan, papers: Collection[str], signatories: Collection[int]) -> Plan:
    """The plan with blank parts where a sheet cannot do without one; what it has keeps its path.

    `papers` and `signatories` are those that the layout knows.

    Examples:
        >>> drawn = drawable(Plan(2026, "KPU", (Sasaran("Tertib"),), ()), ["F4"], [1])
        >>> len([*drawn.kegiatan]), len(drawn.penandatangan)
        (1, 1)
    """
    goals = tuple(_goal(sasaran) for sasaran in plan.sasaran) or (_goal(Sasaran("")),)
    first = goals[0].indikator[0].kegiatan[0]
    if first.biaya == BERSAMA:  # with nothing above it
        goals = (_with_first(goals[0], replace(first, biaya="")), *goals[1:])
    count = min(signatories, key=lambda one: abs(one - len(plan.penandatangan)))
    return replace(
        plan,
        kertas=plan.kertas if plan.kertas in papers else "",
        sasaran=goals,
        penandatangan=(*plan.penandatangan, *(Penandatangan("", ""),) * count)[:count],
    )


def _goal(sasaran: Sasaran) -> Sasaran:
    indikator = sasaran.indikator or (Indikator(""),)
    return replace(
        sasaran,
        indikator=tuple(one if one.kegiatan else replace(one, kegiatan=(Kegiatan(""),)) for one in indikator),
    )


def _with_first(sasaran: Sasaran, kegiatan: Kegiatan) -> Sasaran:
    first, *others = sasaran.indikator
    return replace(sasaran, indikator=(replace(first, kegiatan=(kegiatan, *first.kegiatan[1:])), *others))

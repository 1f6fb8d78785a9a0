"""An edited workbook beside the plan it is said to show, for a reviewer: every kind of edit, once."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING, Final

from oracle.kinds import KINDS, perform
from oracle.truth import OWN, PERIODS, desk, expected
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran

if TYPE_CHECKING:
    from oracle.sheets import Cell, Rect
    from oracle.truth import Desk, Expected, Fact, Notice, Page, Row, Sheaf

_TICKS: Final = (True, False, True, True)
_LONG: Final = " ".join(f"kata{number}" for number in range(170))


def _row(uraian: str, biaya: int | str | None, pelaksana: str = "Umum", target: str = "100") -> Kegiatan:
    return Kegiatan(uraian, target, _TICKS, biaya, pelaksana)  # type: ignore[arg-type]


SMALL: Final = (
    Plan(
        2024,
        "Sekretariat KPU Kabupaten Lahat",
        (
            Sasaran(
                "Sasaran A",
                (
                    Indikator(
                        "Indikator a1",
                        (_row("Rapat satu", 1000), _row("Rapat dua", None), _row("Rapat tiga", 3000, "SDM")),
                    ),
                    Indikator("Indikator a2", (_row("Laporan", 4000, target="B"),)),
                ),
            ),
            Sasaran("Sasaran B", (Indikator("Indikator b1", (_row("Bimtek", 5000),)),)),
            Sasaran(
                "Sasaran C",
                (
                    Indikator(
                        "Indikator c1",
                        (_row("Logistik", 6000), _row("Distribusi", "bersama"), _row("Gudang", 6500)),
                    ),
                ),
            ),
            Sasaran("Sasaran D", (Indikator("Indikator d1", (_row(_LONG, 7000),)),)),
        ),
        (Penandatangan("Sekretaris", "MERY", "198205062010122002", "Pembina", "Lahat", "2 Januari 2024"),),
        pagu=1_000_000,
        lembar="Satu",
    ),
    Plan(
        2024,
        "KPU Kabupaten Lahat",
        (Sasaran("Sasaran E", (Indikator("Indikator e1", (_row("Kampanye", 8000), _row("Debat", 9000))),)),),
        (Penandatangan("Ketua", "SARJANI"),),
        lembar="Dua",
    ),
)
"""Two plans with all that merges: two indikator in a goal, a goal of one row, a shared cost, a split row."""


def every_kind() -> str:
    """Each kind of edit, done once."""
    return "\n".join(_shown(name) for name in KINDS)


def _shown(name: str) -> str:
    for plans in (SMALL[:1], SMALL):
        for seed in range(60):
            now = desk(plans)
            done = perform(now, [name], seed)
            if done:
                return f"# {name}\n{done[0].words}\n{workbook(now, plans)}{meaning(expected(now), plans)}"
    raise AssertionError(f"{name} never finds anything to do")


def workbook(now: Desk, plans: tuple[Plan, ...]) -> str:
    """What the edit did to the rows; a merge's other cells are `^` and `<`."""
    built = [line for page in desk(plans).pages for line in _lines(page)]
    made = [line for page in now.pages for line in _lines(page)]
    return _difference(built, made)


def _difference(before: list[str], after: list[str]) -> str:
    """The lines that went and came, each group with the line above it."""
    told = list(unified_diff(before, after, n=1, lineterm=""))[2:]
    return "".join(f"  {line}\n" for line in told if not line.startswith("@@"))


def _lines(page: Page) -> list[str]:
    made = []
    for row, line in enumerate(page.grid.lines):
        cells = [_cell(cell, page.grid.merge_at(row, at), row, at) for at, cell in enumerate(line.cells)]
        text = " | ".join(cells).rstrip(" |")
        made.append(("(tersembunyi) " if line.hidden else "") + text)
    return made


def _cell(cell: Cell, rect: Rect | None, row: int, at: int) -> str:
    if rect and (row, at) != (rect.top, rect.left) and cell.blank:
        return "^" if at == rect.left else "<"
    told = "" if cell.value is None else str(cell.value)
    told = f"={cell.formula}" + (f"→{told}" if cell.stored else "→?") if cell.formula else told
    return re.sub(r"^[0-9a-f]{8}-(\d+-\d+)$", r"id \1", told.replace("\n", "⏎")[:28])


def meaning(wanted: Expected, plans: tuple[Plan, ...]) -> str:
    """Every reading in short: how it differs from the built plans, and what must be told."""
    lines = []
    built = [line for sheaf in expected(desk(plans)).readings[0].plans for line in _plan_lines(sheaf)]
    for number, reading in enumerate(wanted.readings, 1):
        lines.append("=> " + ("rencana" if number == 1 else "atau") + "\n")
        made = [line for sheaf in reading.plans for line in _plan_lines(sheaf)]
        lines.append(_difference(built, made) or "   seperti semula\n")
        lines += [f"   harus disebut: {_notice(notice)}\n" for notice in reading.notices]
    return "".join(lines)


def _plan_lines(sheaf: Sheaf) -> list[str]:
    if sheaf.loose:
        return ["rencana apa pun"]
    lines = [" ".join(f"{name}={_fact(fact)}" for name, fact in sheaf.scalars.items())]
    last: tuple[int, int] = (0, 0)
    for row in sheaf.rows:
        if row.goal != last[0]:
            lines.append(f"{row.goal} {_fact(row.sasaran)}")
        if (row.goal, row.ind) != last:
            lines.append(f"  {row.ind} {_fact(row.indikator)}")
        last = row.goal, row.ind
        lines.append(f"    {_facts(row)}")
    lines.extend(
        " ".join(f"{name}={_fact(fact)}" for name, fact in one.items() if fact.value or fact.hole)
        for one in sheaf.signatories
    )
    return lines


def _facts(row: Row) -> str:
    ticks = "".join(_tick(row.facts[name]) for name in PERIODS)
    return " | ".join([_fact(row.facts[name]) for name in OWN if name not in PERIODS] + [ticks])


def _tick(fact: Fact) -> str:
    return "?" if fact.hole else "√" if fact.value else "·"


def _fact(fact: Fact) -> str:
    told = "nihil" if fact.value is None else str(fact.value).replace("\n", "⏎")[:28]
    return told if fact.hole is None else f"{told}?{fact.hole.kind}"


def _notice(notice: Notice) -> str:
    spots = [f"{min(spot.rows)}:{spot.column}" for spot in notice.spots if spot.rows]
    return f"{notice.why} ({notice.floor}) {' '.join(spots)} {' / '.join(notice.texts)}".rstrip()

"""What a person reads in the cells, column by column: a second way to the plan, to check the oracle itself.

It knows from the edits which column is which and where the table ends, so that it is far simpler than a
reader must be.  Nothing of the product is asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oracle.truth import PERIODS
from rak_excel.plan.model import Indikator, Kegiatan, Plan, Sasaran

if TYPE_CHECKING:
    from oracle.sheets import Cell, Line
    from oracle.truth import Desk, Page
    from rak_excel.plan.model import Biaya

TRUE = {"√", "✓", "✔", "☑", "v", "x", "1", "ya", "y", "true"}


def plans(desk: Desk) -> tuple[Plan, ...]:
    """The plans as seen; a value that no person could read is `""` or not ticked."""
    return tuple(_plan(desk, page) for page in desk.pages)


def _plan(desk: Desk, page: Page) -> Plan:
    first, last = page.table()
    goals: list[tuple[tuple[str, str], list[tuple[str, list[Kegiatan]]]]] = []
    for row in range(first, last + 1):
        told = {
            name: _shown(page, row, name) for name in ("target", "uraian", "biaya", "pelaksana", *PERIODS)
        }
        if not any(isinstance(text, str) and text for text in told.values()):
            continue
        goal = (_shown(page, row, "nomor") or "", _shown(page, row, "sasaran") or "")
        if not goals or _another(goal, goals[-1][0]):
            goals.append((goal, []))
        inds = goals[-1][1]
        ind = _shown(page, row, "indikator") or ""
        if not inds or (ind and ind != inds[-1][0]):
            inds.append((ind, []))
        inds[-1][1].append(_kegiatan(page, row, told))
    sasaran = tuple(
        Sasaran(goal[1], tuple(Indikator(text, tuple(rows)) for text, rows in inds)) for goal, inds in goals
    )
    del desk
    scalars = {name: fact.value for name, fact in page.scalars.items()}
    return Plan(sasaran=sasaran, penandatangan=(), **scalars)


def _another(goal: tuple[str, str], above: tuple[str, str]) -> bool:
    """Whether number and text name another goal than the ones above; what is blank is as above."""
    return bool(goal[1]) and (goal[1] != above[1] or (goal[0] not in ("", above[0])))


def _shown(page: Page, row: int, name: str) -> str | None:
    """The text that a cell shows; `None` where the kegiatan above covers it."""
    column = page.column(name)
    if column is None:
        return ""
    rect = page.grid.merge_at(row, column)
    own = rect is None or name in ("nomor", "sasaran", "indikator") or rect.top == row
    if not own:
        return None
    return _text(page.grid.anchor(row, column))


def _text(cell: Cell) -> str:
    if cell.value is None or cell.error or (isinstance(cell.value, float) and not cell.value.is_integer()):
        return "" if cell.value is None else str(cell.value)
    if isinstance(cell.value, float):
        return str(int(cell.value))
    return str(cell.value).strip()


def _kegiatan(page: Page, row: int, told: dict[str, str | None]) -> Kegiatan:
    ticks = tuple((told[name] or "").lower() in TRUE for name in PERIODS)
    line: Line = page.grid.lines[row]
    biaya: Biaya = _biaya(told["biaya"])
    column = page.column("target")
    target = (told["target"] or "").removesuffix("%").strip().replace(",", ".")
    if column is not None and isinstance(line.cells[column].value, float | int):
        number = float(line.cells[column].value or 0)
        is_percent = number <= 1 and number != 0
        target = f"{number * 100 if is_percent else number:g}"
    return Kegiatan(told["uraian"] or "", target, ticks, biaya, told["pelaksana"] or "")


def _biaya(text: str | None) -> Biaya:
    if text is None:
        return "bersama"
    if text.lower() in ("-", "–", "nihil"):
        return None
    bare = re.sub(r"(?i)^rp\.?|,-$|,00$", "", text).strip()
    bare = re.sub(r"[.\s\u00a0]", "", bare)
    if re.fullmatch(r"\d+(,\d{3}){2,}|\d+,\d{3}", bare):
        bare = bare.replace(",", "")
    return int(bare) if bare.isdigit() else ""

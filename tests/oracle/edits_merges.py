"""Merges taken apart, put together again, and made wider or narrower by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from oracle.edits_rows import in_cost_merge, movable
from oracle.kinds import a_page, edit, where
from oracle.plans import sentence
from oracle.sheets import Rect
from oracle.truth import GROUPS, Fact, Goal, Hole, Ind

if TYPE_CHECKING:
    from random import Random

    from oracle.sheets import Value
    from oracle.truth import Desk, Page, Slot


def group_merges(page: Page, names: tuple[str, ...]) -> list[Rect]:
    """The merges in the columns of number, goal and indikator, below the heading."""
    first, last = page.table()
    columns = [page.column(name) for name in names]
    return [
        rect
        for rect in page.grid.merges
        if rect.left in columns and first <= rect.top and rect.bottom <= last
    ]


@edit("gabungan dibatalkan, sisanya kosong", "gabungan", weight=2, nothing=True)
def unmerge(desk: Desk, draw: Random) -> str | None:
    return _unmerge(desk, draw, down=False)


@edit("gabungan dibatalkan dan diisi ke bawah", "gabungan", weight=2, nothing=True)
def unmerge_and_fill(desk: Desk, draw: Random) -> str | None:
    return _unmerge(desk, draw, down=True)


def _unmerge(desk: Desk, draw: Random, *, down: bool) -> str | None:
    """One group, or the whole table."""
    page = a_page(desk, draw)
    names = draw.choice([GROUPS, GROUPS, ("sasaran",), ("indikator",), ("nomor",)])
    rects = group_merges(page, names)
    if not rects or page.settled:
        return None
    if draw.random() < 0.5:
        one = draw.choice(rects)
        rects = [rect for rect in rects if one.top <= rect.top and rect.bottom <= one.bottom]
    for rect in rects:
        page.grid.unmerge(rect)
        source = page.grid.lines[rect.top].cells[rect.left]
        for row in range(rect.top + 1, rect.bottom + 1):
            if down:
                page.grid.lines[row].cells[rect.left].take(source)
    told = ", ".join(rect.a1 for rect in rects[:4])
    return f"batalkan gabungan {page.grid.name}!{told}" + (", isi ke bawah" if down else "")


def clean(page: Page, slots: list[Slot], names: tuple[str, ...]) -> bool:
    """Whether a group's texts stand once, in its first row."""
    first, last = page.span(slots)
    for name in names:
        column = page.column(name)
        if column is None or page.grid.lines[first].cells[column].blank:
            return False
        if any(not line.cells[column].blank for line in page.grid.lines[first + 1 : last + 1]):
            return False
    return True


@edit("dua sasaran digabung menjadi satu", "gabungan")
def join_goals(desk: Desk, draw: Random) -> str | None:
    return _join(desk, draw, hide=False)


@edit("dua sasaran digabung, teks lama tersembunyi", "taksa", weight=0.6)
def join_goals_hidden(desk: Desk, draw: Random) -> str | None:
    """As programs do that leave values under a merge: what is seen wins, and what hides must be told."""
    return _join(desk, draw, hide=True)


def _join(desk: Desk, draw: Random, *, hide: bool) -> str | None:
    page = movable(desk, draw)
    if page is None:
        return None
    pairs = [(one, two) for (_, one), (_, two) in pairwise(page.goals())]
    pairs = [
        (one, two)
        for one, two in pairs
        if clean(page, one, ("nomor", "sasaran"))
        and clean(page, two, ("nomor", "sasaran"))
        and clean(page, [slot for slot in two if slot.ind is two[0].ind], ("indikator",))
        and one[-1].ind.uraian.value != two[0].ind.uraian.value
    ]
    if not pairs:
        return None
    upper, lower = draw.choice(pairs)
    told = f"gabung sasaran {where(page, upper[0])} dengan {where(page, lower[0])}"
    first, last = page.span([*upper, *lower])
    for name in ("nomor", "sasaran"):
        column = page.column(name)
        if column is not None:
            hidden = page.grid.merge(Rect(first, column, last, column), hide=hide)
            if name == "sasaran":
                for cell in hidden:
                    page.demand("teks di bawah gabungan", cell, texts=(str(cell.value),), hidden=True)
    for slot in lower:
        slot.goal = upper[0].goal
    page.settled = page.settled or hide
    return told + (", teks lama tertinggal di bawahnya" if hide else "")


@edit("gabungan dipersempit, sel sisanya kosong", "gabungan", nothing=True)
def narrow(desk: Desk, draw: Random) -> str | None:
    page = movable(desk, draw)
    if page is None:
        return None
    slots = draw.choice([slots for _, slots in page.goals()])
    if len(slots) < 2:
        return None
    start = page.rows(slots[-1])[0]
    rects = [rect for rect in group_merges(page, GROUPS) if rect.top < start <= rect.bottom]
    if not rects:
        return None
    for rect in rects:
        rect.bottom = start - 1
    page.grid.merges = [rect for rect in page.grid.merges if not rect.single]
    return f"gabungan di atas {where(page, slots[-1])} dipersempit"


@edit("gabungan dipersempit, sasaran baru diketik", "gabungan")
def split_goal(desk: Desk, draw: Random) -> str | None:
    page = movable(desk, draw)
    if page is None:
        return None
    goals = [
        slots for _, slots in page.goals() if len(slots) > 1 and slots[-1].facts["biaya"].value != "bersama"
    ]
    goals = [slots for slots in goals if slots[-1].ind is slots[-2].ind]
    if not goals:
        return None
    slots = draw.choice(goals)
    slot = slots[-1]
    rows = page.rows(slot)
    texts: dict[str, Value] = {
        "nomor": len(page.goals()) + 1,
        "sasaran": sentence(draw, 5, "Terwujudnya"),
        "indikator": sentence(draw, 5, "Persentase"),
    }
    for name, typed in texts.items():
        column = page.column(name)
        if column is None:
            continue
        rect = page.grid.merge_at(rows[0], column)
        if rect and rect.top < rows[0]:
            rect.bottom = rows[0] - 1
        for row in rows:
            page.grid.lines[row].cells[column].put(typed if row == rows[0] else None)
        if len(rows) > 1:
            page.grid.merge(Rect(rows[0], column, rows[-1], column))
    page.grid.merges = [rect for rect in page.grid.merges if not rect.single]
    told = f"{where(page, slot)} dijadikan sasaran baru “{texts['sasaran']}”"
    slot.goal, slot.ind = Goal(Fact(texts["sasaran"])), Ind(Fact(texts["indikator"]))
    return told


# --- shared costs ----------------------------------------------------------------------------------------


def cost_chains(page: Page) -> list[list[Slot]]:
    """Neighbouring kegiatan under one merged cost, or one alone."""
    made: list[list[Slot]] = []
    for slot in page.slots():
        if made and in_cost_merge(page, slot):
            made[-1].append(slot)
        else:
            made.append([slot])
    return made


def _merge_costs(desk: Desk, draw: Random, *, hide: bool, across: bool) -> str | None:
    page = movable(desk, draw)
    column = page.column("biaya") if page else None
    if page is None or column is None:
        return None
    pairs = [
        (one, two)
        for one, two in pairwise(cost_chains(page))
        if isinstance(one[0].facts["biaya"].value, int)
        and not (one[0].facts["biaya"].hole or two[0].facts["biaya"].hole)
        and two[0].facts["biaya"].value != "bersama"
        and (one[-1].goal is not two[0].goal) == across
    ]
    if not pairs:
        return None
    upper, lower = draw.choice(pairs)
    told = f"gabung biaya {where(page, upper[0])} sampai {where(page, lower[-1])}"
    first, last = page.span([*upper, *lower])
    hidden = page.grid.merge(Rect(first, column, last, column), hide=hide)
    for cell in hidden:
        page.demand("biaya di bawah gabungan", cell, texts=(str(cell.value),), hidden=True)
    lower[0].facts["biaya"] = Fact("bersama")
    if across:
        for slot in lower:
            slot.facts["biaya"] = Fact("bersama", Hole("told"))
        page.settled = True
    return told + (", angka lama tertinggal di bawahnya" if hide else "")


@edit("biaya digabung untuk lebih banyak kegiatan", "gabungan", weight=2)
def merge_costs(desk: Desk, draw: Random) -> str | None:
    return _merge_costs(desk, draw, hide=False, across=False)


@edit("biaya digabung, angka lama tersembunyi", "taksa", weight=0.6)
def merge_costs_hidden(desk: Desk, draw: Random) -> str | None:
    return _merge_costs(desk, draw, hide=True, across=False)


@edit("biaya digabung melewati batas sasaran", "kehilangan", weight=0.4)
def merge_costs_across(desk: Desk, draw: Random) -> str | None:
    return _merge_costs(desk, draw, hide=False, across=True)


@edit("gabungan biaya dibatalkan, sisanya kosong", "gabungan", weight=1.5)
def unmerge_costs(desk: Desk, draw: Random) -> str | None:
    return _unmerge_costs(desk, draw, typed=False)


@edit("gabungan biaya dibatalkan, sisanya diisi", "gabungan")
def unmerge_costs_and_type(desk: Desk, draw: Random) -> str | None:
    return _unmerge_costs(desk, draw, typed=True)


def _unmerge_costs(desk: Desk, draw: Random, *, typed: bool) -> str | None:
    page = movable(desk, draw)
    column = page.column("biaya") if page else None
    if page is None or column is None:
        return None
    chains = [chain for chain in cost_chains(page) if len(chain) > 1]
    if not chains:
        return None
    chain = draw.choice(chains)
    rect = page.grid.merge_at(page.rows(chain[0])[0], column)
    if rect is None:
        return None
    page.grid.unmerge(rect)
    for slot in chain[1:]:
        row = page.rows(slot)[0]
        cell = page.grid.lines[row].cells[column]
        if typed:
            amount = draw.randrange(1, 900_000) * 1_000
            cell.put(amount)
            slot.facts["biaya"] = Fact(amount)
        else:
            cell.put(None)
            slot.facts["biaya"] = Fact("bersama", Hole("shared"))
    return f"batalkan gabungan biaya {page.grid.name}!{rect.a1}" + (", sisanya diisi" if typed else "")

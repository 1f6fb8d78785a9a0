"""Rows: inserted, deleted, sorted, moved, copied, filled down."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from oracle.kinds import a_page, edit, where
from oracle.plans import UNITS, sentence
from oracle.truth import GROUPS, OWN, PERIODS, Demand, Fact, Goal, Hole, Ind, Slot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from oracle.sheets import Line, Value
    from oracle.truth import Desk, Page

LEAST: Final = 3
"""Kegiatan that stay in a plan, whatever is deleted."""


def movable(desk: Desk, draw: Random) -> Page | None:
    """A plan whose rows say clearly where they belong."""
    page = a_page(desk, draw)
    clear = (
        not page.settled and not page.loose and all(page.column(name) is not None for name in (*GROUPS, *OWN))
    )
    return page if clear and page.slots() else None


def fill(page: Page, draw: Random, line: Line, slot: Slot) -> None:
    """Type a whole new kegiatan into an empty row; a cost under a merge is shared."""
    line.slot = slot
    bits = draw.randint(1, 15)
    cost = draw.choice([None, draw.randrange(1, 900_000) * 1_000])
    told: dict[str, tuple[Value, Value]] = {
        "uraian": (text := sentence(draw, 5, "Kegiatan"), text),
        "target": (90, "90"),
        "biaya": ("-" if cost is None else cost, cost),
        "pelaksana": (unit := draw.choice(UNITS), unit),
    }
    for at, name in enumerate(PERIODS):
        told[name] = ("√" if bits >> at & 1 else None, bool(bits >> at & 1))
    row = page.grid.row_of(line)
    for name, (typed, value) in told.items():
        column = page.column(name)
        if column is None:
            continue
        if name == "biaya" and page.grid.merge_at(row, column):
            slot.facts[name] = Fact("bersama")
            continue
        shown, fact = page.looked(line.cells[column], typed, Fact(value))
        line.cells[column].put(shown)
        slot.facts[name] = fact


def new_slot(goal: Goal, ind: Ind) -> Slot:
    """A kegiatan that is not filled yet."""
    return Slot(goal, ind, {name: Fact("") for name in OWN})


def inside(page: Page) -> list[Slot]:
    """The kegiatan before which a row falls into the merges of their indikator."""
    return [slot for group in page.groups() for slot in group[1:]]


def _ids(ids: bool) -> str:
    return "id ikut" if ids else "id tertinggal"


# --- inserting -------------------------------------------------------------------------------------------


@edit("baris disisipkan di dalam indikator", "baris", weight=3)
def insert_inside(desk: Desk, draw: Random) -> str | None:
    page = movable(desk, draw)
    below = inside(page) if page else []
    if page is None or not below:
        return None
    slot = draw.choice(below)
    at = page.rows(slot)[0]
    if cost_is_open(slot):
        return None
    line = page.grid.insert_line(at)
    fill(page, draw, line, new_slot(slot.goal, slot.ind))
    return f"sisip baris {page.grid.name}!{at + 1} di dalam indikator, diisi kegiatan baru"


def cost_is_open(slot: Slot) -> bool:
    """Whether its cost was shared, unmerged and left blank: a row above it leaves open what is shared."""
    hole = slot.facts["biaya"].hole
    return hole is not None and hole.kind == "shared"


@edit("baris disisipkan di batas kelompok", "taksa", weight=1.5)
def insert_at_border(desk: Desk, draw: Random) -> str | None:
    """A row between two groups, with blank group cells: blank means as above, or it belongs below."""
    page = movable(desk, draw)
    if page is None:
        return None
    slots = page.slots()
    borders = [
        (one, two) for one, two in pairwise(slots) if one.goal is not two.goal or one.ind is not two.ind
    ]
    if not borders:
        return None
    above, below = draw.choice(borders)
    if len(page.rows(below)) == 0 or not heads(page, below) or cost_is_open(below):
        return None
    at = page.rows(below)[0]
    line = page.grid.insert_line(at)
    slot = new_slot(above.goal, above.ind)
    slot.other = (below.goal, below.ind)
    fill(page, draw, line, slot)
    page.settled = True
    return f"sisip baris {page.grid.name}!{at + 1} di batas kelompok, kolom kelompok kosong"


def heads(page: Page, slot: Slot) -> bool:
    """Whether the texts of a group stand in this kegiatan's row."""
    row = page.rows(slot)[0]
    slots = page.slots()
    above = slots[slots.index(slot) - 1]
    names = ("sasaran", "indikator") if above.goal is not slot.goal else ("indikator",)
    columns = [page.column(name) for name in names]
    return all(at is not None and not page.grid.lines[row].cells[at].blank for at in columns)


@edit("baris disisipkan di atas kegiatan pertama", "taksa", weight=0.7)
def insert_on_top(desk: Desk, draw: Random) -> str | None:
    """Nothing stands above it: it can only belong to the first goal, and that must be told."""
    page = movable(desk, draw)
    if page is None:
        return None
    first = page.slots()[0]
    at = page.rows(first)[0]
    line = page.grid.insert_line(at)
    slot = new_slot(first.goal, first.ind)
    slot.placed = False
    fill(page, draw, line, slot)
    page.settled = True
    return f"sisip baris {page.grid.name}!{at + 1} di atas kegiatan pertama"


@edit("baris disisipkan tepat di atas JUMLAH", "baris", weight=1.5)
def insert_above_total(desk: Desk, draw: Random) -> str | None:
    page = movable(desk, draw)
    if page is None or page.total is None:
        return None
    last = page.slots()[-1]
    at = page.grid.row_of(page.total)
    line = page.grid.insert_line(at)
    fill(page, draw, line, new_slot(last.goal, last.ind))
    return f"sisip baris {page.grid.name}!{at + 1} tepat di atas JUMLAH"


@edit("indikator baru disisipkan", "baris")
def insert_indikator(desk: Desk, draw: Random) -> str | None:
    """At a border of two indikator in one goal, or at the end of a goal above another."""
    page = movable(desk, draw)
    if page is None:
        return None
    groups = page.groups()
    borders = [two[0] for one, two in pairwise(groups) if one[0].goal is two[0].goal]
    borders = [slot for slot in borders if heads(page, slot) and not cost_is_open(slot)]
    column = page.column("indikator")
    if not borders or column is None:
        return None
    below = draw.choice(borders)
    at = page.rows(below)[0]
    line = page.grid.insert_line(at)
    text = sentence(draw, 5, "Persentase")
    line.cells[column].put(text)
    fill(page, draw, line, new_slot(below.goal, Ind(Fact(text))))
    return f"sisip baris {page.grid.name}!{at + 1}: indikator baru “{text}”"


@edit("sasaran baru disisipkan", "baris")
def insert_sasaran(desk: Desk, draw: Random) -> str | None:
    page = movable(desk, draw)
    if page is None or page.total is None:
        return None
    firsts = [slots[0] for _, slots in page.goals()[1:] if heads(page, slots[0])]
    below = draw.choice([*firsts, None])
    at = page.rows(below)[0] if below else page.grid.row_of(page.total)
    line = page.grid.insert_line(at)
    texts = {"sasaran": sentence(draw, 5, "Terwujudnya"), "indikator": sentence(draw, 5, "Persentase")}
    typed_in: dict[str, Value] = {"nomor": len(page.goals()) + 1, **texts}
    for name, typed in typed_in.items():
        column = page.column(name)
        if column is not None:
            line.cells[column].put(typed)
    fill(page, draw, line, new_slot(Goal(Fact(texts["sasaran"])), Ind(Fact(texts["indikator"]))))
    return f"sisip baris {page.grid.name}!{at + 1}: sasaran baru “{texts['sasaran']}”"


@edit("baris kosong sebagai jarak", "tampilan", weight=1.5, nothing=True)
def spacer(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    first, last = page.table()
    at = draw.randint(first, last + 1)
    above, below = page.grid.lines[at - 1].slot, page.grid.lines[at].slot
    line = page.grid.insert_line(at)
    if above is not None and above is below:
        line.slot = above
        return f"baris kosong {page.grid.name}!{at + 1} di dalam satu kegiatan"
    return f"baris kosong {page.grid.name}!{at + 1}"


@edit("baris kosong di atas judul", "tampilan", weight=0.5, nothing=True)
def space_on_top(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    page.grid.insert_line(0, like=len(page.grid.lines) - 1)
    return f"baris kosong {page.grid.name}!1 di atas judul"


# --- deleting --------------------------------------------------------------------------------------------


def orphans(page: Page, slot: Slot) -> bool:
    """Whether a group's text stands only in this kegiatan's rows, and others would stay without it."""
    rows = page.rows(slot)
    for name, part in (("nomor", slot.goal), ("sasaran", slot.goal), ("indikator", slot.ind)):
        column = page.column(name)
        if column is None or page.grid.lines[rows[0]].cells[column].blank:
            continue
        rect = page.grid.merge_at(rows[0], column)
        if (
            rect
            and rect.bottom > rows[-1]
            and any(line.slot is not None for line in page.grid.lines[rows[-1] + 1 : rect.bottom + 1])
        ):
            continue
        others = [one for one in page.slots() if one is not slot and part in (one.goal, one.ind)]
        if others and page.grid.lines[page.rows(others[0])[0]].cells[column].blank:
            return True
    return False


def remove(page: Page, slot: Slot, *, keep: bool = True) -> None:
    """Delete the rows of a kegiatan; who shared its cost in a merge now shows the amount."""
    slots = page.slots()
    below = slots[slots.index(slot) + 1 :]
    cost = slot.facts["biaya"]
    column = page.column("biaya")
    rows = page.rows(slot)
    rect = column is not None and page.grid.merge_at(rows[0], column)
    if cost.value != "bersama" and rect and rect.bottom > rows[-1]:
        sharing = [one for one in below if page.rows(one)[0] <= rect.bottom]
        for one in sharing:
            one.facts["biaya"] = Fact("bersama") if keep else Fact("bersama", Hole("shared"))
        for one in sharing[:1]:
            one.facts["biaya"] = cost if keep else Fact("", Hole("told"))
    for row in reversed(rows):
        page.grid.delete_line(row, keep=keep)


@edit("baris dihapus", "baris", weight=3)
def delete_row(desk: Desk, draw: Random) -> str | None:
    page = movable(desk, draw)
    if page is None or len(page.slots()) <= LEAST:
        return None
    slot = draw.choice(page.slots())
    alone = sum(one.goal is slot.goal for one in page.slots()) == 1
    first = page.rows(slot)[0] == page.span([one for one in page.slots() if one.goal is slot.goal])[0]
    if orphans(page, slot):
        return None
    told = f"{where(page, slot)} dihapus" + (
        " (satu-satunya baris sasaran)" if alone else " (baris pertama gabungan)" if first else ""
    )
    remove(page, slot)
    return told


@edit("baris pertama gabungan dihapus, teksnya ikut hilang", "kehilangan", weight=0.5)
def delete_first_and_text(desk: Desk, draw: Random) -> str | None:
    """As programs do that do not keep the value of a merge whose first row goes."""
    page = movable(desk, draw)
    if page is None or len(page.slots()) <= LEAST or any(one.hidden for one in page.demands):
        return None
    firsts = [slots for _, slots in page.goals() if len(slots) > 1 and merged(page, slots)]
    if not firsts:
        return None
    slots = draw.choice(firsts)
    told = f"{where(page, slots[0])} dihapus, teks sasaran hilang"
    above = page.slots()[: page.slots().index(slots[0])][-1:]
    remove(page, slots[0], keep=False)
    column, indikator = page.column("sasaran"), page.cell(slots[1], "indikator")
    bare = indikator is not None and indikator.blank
    slots[1].placed = bool(above)
    for slot in slots[1:]:
        if above:
            own = above[0].ind if bare and slot.ind is slots[1].ind else slot.ind
            slot.fallen = above[0].goal, own
    slots[0].goal.uraian = Fact("", Hole("told"))
    if bare:
        slots[1].ind.uraian = Fact("", Hole("told"))
    if column is not None:
        first, last = page.span(slots[1:])
        cells = tuple(page.grid.lines[row].cells[column] for row in range(first, last + 1))
        page.demands.append(Demand("teks sasaran hilang", cells, by_base=bool(above)))
    page.settled = True
    return told


def merged(page: Page, slots: list[Slot]) -> bool:
    """Whether number, goal and (of its own rows) indikator are merged as built."""
    first, last = page.span(slots)
    for name in ("nomor", "sasaran"):
        column = page.column(name)
        rect = None if column is None else page.grid.merge_at(first, column)
        if rect is None or (rect.top, rect.bottom) != (first, last):
            return False
    return True


@edit("seluruh sasaran dihapus", "baris")
def delete_sasaran(desk: Desk, draw: Random) -> str | None:
    page = movable(desk, draw)
    if page is None:
        return None
    goals = page.goals()
    _, slots = draw.choice(goals)
    if len(goals) < 2 or len(page.slots()) - len(slots) < 1:
        return None
    first, last = page.span(slots)
    for row in range(last, first - 1, -1):
        page.grid.delete_line(row)
    return f"hapus baris {page.grid.name}!{first + 1}:{last + 1} (seluruh sasaran)"


@edit("satu baris dari kegiatan yang terpecah dihapus", "tampilan", weight=0.5, nothing=True)
def delete_part(desk: Desk, draw: Random) -> str | None:
    page = movable(desk, draw)
    split = [slot for slot in page.slots() if len(page.rows(slot)) > 1] if page else []
    if page is None or not split:
        return None
    slot = draw.choice(split)
    columns = [page.column(name) for name in OWN]
    rows = page.rows(slot)
    if any(at is None or not page.grid.merge_at(rows[0], at) for at in columns):
        return None
    row = draw.choice(rows)
    page.grid.delete_line(row)
    return f"hapus {page.grid.name}!{row + 1}, satu bagian dari kegiatan yang terpecah"


# --- sorting and moving within a group -------------------------------------------------------------------


def sortable(desk: Desk, draw: Random) -> tuple[Page, list[Slot]] | None:
    """Kegiatan of one indikator whose cells Excel would sort: one row each, unmerged, without gaps."""
    page = movable(desk, draw)
    if page is None:
        return None
    groups = []
    for slots in page.groups():
        first, last = page.span(slots)
        if len(slots) > 1 and last - first + 1 == len(slots) and all(page.simple(slot) for slot in slots):
            groups.append(slots)
    return (page, draw.choice(groups)) if groups else None


def permute(page: Page, slots: list[Slot], order: list[int], names: Sequence[str], *, ids: bool) -> None:
    """Put the cells of rows in another order: the texts, and what is known of them, move; the rows stay."""
    columns = [
        at for at in (page.column(name) for name in (*names, *(["id"] if ids else []))) if at is not None
    ]
    lines = [page.grid.lines[page.rows(slot)[0]] for slot in slots]
    cells = [[line.cells[at] for at in columns] for line in lines]
    facts = [dict(slot.facts) for slot in slots]
    origins = [slot.origin for slot in slots]
    for to, source in enumerate(order):
        for at, cell in zip(columns, cells[source], strict=True):
            lines[to].cells[at] = cell
        slots[to].facts |= {name: facts[source][name] for name in names}
        if "uraian" in names:
            slots[to].origin = origins[source]


def shuffled(draw: Random, count: int) -> list[int]:
    """An order that is another one."""
    order = list(range(count))
    while order == sorted(order):
        draw.shuffle(order)
    return order


@edit("baris satu indikator diurutkan", "baris", weight=2)
def sort_rows(desk: Desk, draw: Random) -> str | None:
    found = sortable(desk, draw)
    if found is None:
        return None
    page, slots = found
    ids = draw.random() < 0.5
    permute(page, slots, shuffled(draw, len(slots)), OWN, ids=ids)
    first, last = page.span(slots)
    return f"urutkan {page.grid.name}!{first + 1}:{last + 1}, {_ids(ids)}"


@edit("separuh kolom diurutkan", "baris")
def sort_half(desk: Desk, draw: Random) -> str | None:
    found = sortable(desk, draw)
    if found is None:
        return None
    page, slots = found
    names = draw.choice(
        [
            ("uraian",),
            ("target", "uraian"),
            ("biaya",),
            ("uraian", *PERIODS),
            ("pelaksana",),
            ("biaya", "pelaksana"),
        ]
    )
    ids = draw.random() < 0.3
    permute(page, slots, shuffled(draw, len(slots)), names, ids=ids)
    first, last = page.span(slots)
    return f"urutkan hanya {', '.join(names)} di {page.grid.name}!{first + 1}:{last + 1}, {_ids(ids)}"


@edit("baris dipindah di dalam indikator", "baris", weight=2)
def move_inside(desk: Desk, draw: Random) -> str | None:
    found = sortable(desk, draw)
    if found is None:
        return None
    page, slots = found
    source, to = draw.sample(range(len(slots)), 2)
    order = [at for at in range(len(slots)) if at != source]
    order.insert(to, source)
    ids = draw.random() < 0.6
    told = f"{where(page, slots[source])} dipindah ke baris {page.rows(slots[to])[0] + 1}, {_ids(ids)}"
    permute(page, slots, order, OWN, ids=ids)
    return told


@edit("baris dipindah ke sasaran lain", "baris", weight=2)
def move_to_goal(desk: Desk, draw: Random) -> str | None:
    page = movable(desk, draw)
    if page is None:
        return None
    sources = [slot for slot in page.slots() if page.simple(slot) and not orphans(page, slot)]
    sources = [slot for slot in sources if sum(one.goal is slot.goal for one in page.slots()) > 1]
    if not sources:
        return None
    slot = draw.choice(sources)
    targets = [one for one in inside(page) if one.goal is not slot.goal]
    targets = [one for one in targets if not cost_is_open(one) and not in_cost_merge(page, one)]
    if not targets:
        return None
    below = draw.choice(targets)
    told = f"{where(page, slot)} dipindah ke atas {where(page, below)}"
    ids = draw.random() < 0.6
    paste(page, slot, below, ids=ids)
    remove(page, slot)
    return f"{told}, {_ids(ids)}"


def in_cost_merge(page: Page, slot: Slot) -> bool:
    """Whether a row inserted above would fall under a shared cost."""
    column = page.column("biaya")
    row = page.rows(slot)[0]
    rect = None if column is None else page.grid.merge_at(row, column)
    return bool(rect and rect.top < row)


def paste(page: Page, slot: Slot, below: Slot, *, ids: bool) -> Slot:
    """Insert a row above another kegiatan and paste the cells of `slot` into it."""
    line = page.grid.insert_line(page.rows(below)[0])
    source = page.grid.lines[page.rows(slot)[0]]
    for name in (*OWN, *(["id"] if ids else [])):
        column = page.column(name)
        if column is not None:
            line.cells[column].take(source.cells[column])
    made = Slot(below.goal, below.ind, dict(slot.facts), slot.origin)
    if cost_is_open(slot):
        made.facts["biaya"] = Fact("", Hole("told"))
    line.slot = made
    return made


@edit("seluruh sasaran dipindah", "baris", weight=1.5)
def move_goal(desk: Desk, draw: Random) -> str | None:
    page = movable(desk, draw)
    if page is None or page.total is None or len(page.goals()) < 2:
        return None
    goals = page.goals()
    at = draw.randrange(len(goals))
    to = draw.choice([one for one in range(len(goals) + 1) if one not in (at, at + 1)])
    first, last = page.span(goals[at][1])
    before = page.rows(goals[to][1][0])[0] if to < len(goals) else page.grid.row_of(page.total)
    for rect in page.grid.merges:
        if (
            rect.top < first <= rect.bottom
            or rect.top <= last < rect.bottom
            or rect.top < before <= rect.bottom
        ):
            return None
    if page.grid.filtered:
        return None
    page.grid.move_lines(first, last, before)
    renumbered = draw.random() < 0.5
    if renumbered:
        renumber(page)
    return f"pindah {page.grid.name}!{first + 1}:{last + 1} (seluruh sasaran) ke atas baris {before + 1}" + (
        ", nomor diperbarui" if renumbered else ""
    )


def renumber(page: Page) -> None:
    """Type the numbers of the goals anew, wherever one stands."""
    column = page.column("nomor")
    if column is None:
        return
    for number, (_, slots) in enumerate(page.goals(), 1):
        first, last = page.span(slots)
        for line in page.grid.lines[first : last + 1]:
            if not line.cells[column].blank:
                line.cells[column].put(number)


# --- copying and filling ---------------------------------------------------------------------------------


@edit("baris disalin (id ikut tersalin)", "baris", weight=2)
def copy_row(desk: Desk, draw: Random) -> str | None:
    page = movable(desk, draw)
    if page is None:
        return None
    targets = inside(page)
    targets = [one for one in targets if not cost_is_open(one) and not in_cost_merge(page, one)]
    sources = [slot for slot in page.slots() if page.simple(slot)]
    if not targets or not sources:
        return None
    below, slot = draw.choice(targets), draw.choice(sources)
    told = f"{where(page, slot)} disalin ke atas {where(page, below)}"
    made = paste(page, slot, below, ids=True)
    made.origin = None
    changed = draw.choice(["uraian", "pelaksana", "biaya", "triwulan[2]", ""])
    if changed == "biaya":
        amount = draw.randrange(1, 900_000) * 1_000
        page.put(made, "biaya", amount, amount)
    elif changed.startswith("triwulan"):
        page.put(made, changed, "√", Fact(True))
    elif changed:
        text = sentence(draw, 5)
        page.put(made, changed, text, text)
    return f"{told}, lalu {changed or 'tidak ada yang'} diubah"


@edit("satu baris utuh disalin di bawahnya", "baris")
def copy_whole_row(desk: Desk, draw: Random) -> str | None:
    """A goal of one row: number and texts are copied too, so that both rows name the same goal."""
    page = movable(desk, draw)
    if page is None:
        return None
    alone = [slots[0] for _, slots in page.goals() if len(slots) == 1 and page.simple(slots[0])]
    alone = [slot for slot in alone if not any((page.rows(slot)[0], 0) in rect for rect in page.grid.merges)]
    if not alone or any(page.column(name) is None for name in GROUPS):
        return None
    slot = draw.choice(alone)
    row = page.rows(slot)[0]
    if any(page.grid.merge_at(row, at) for at in range(len(page.grid.columns))):
        return None
    line = page.grid.insert_line(row + 1)
    for cell, source in zip(line.cells, page.grid.lines[row].cells, strict=True):
        cell.take(source)
    line.slot = Slot(slot.goal, slot.ind, dict(slot.facts))
    text = sentence(draw, 5)
    page.put(line.slot, "uraian", text, text)
    return f"{where(page, slot)} disalin utuh di bawahnya, uraiannya diubah"


@edit("isi ke bawah (fill down)", "baris", weight=2)
def fill_down(desk: Desk, draw: Random) -> str | None:
    found = sortable(desk, draw)
    if found is None:
        return None
    page, slots = found
    name = draw.choice(["uraian", "pelaksana", "target", "biaya", *PERIODS])
    column = page.column(name)
    first = draw.randrange(len(slots) - 1)
    if column is None or (
        name == "biaya" and any(slot.facts["biaya"].value == "bersama" for slot in page.slots())
    ):
        return None
    source = page.grid.lines[page.rows(slots[first])[0]].cells[column]
    for slot in slots[first + 1 :]:
        page.grid.lines[page.rows(slot)[0]].cells[column].take(source)
        slot.facts[name] = slots[first].facts[name]
    return f"isi ke bawah {name} mulai {where(page, slots[first])}"


@edit("id diisi ke bawah", "pembawa", nothing=True)
def fill_ids(desk: Desk, draw: Random) -> str | None:
    found = sortable(desk, draw)
    if found is None:
        return None
    page, slots = found
    column = page.column("id")
    if column is None:
        return None
    source = page.grid.lines[page.rows(slots[0])[0]].cells[column]
    for slot in slots[1:]:
        page.grid.lines[page.rows(slot)[0]].cells[column].take(source)
    return f"id diisi ke bawah mulai {where(page, slots[0])}"

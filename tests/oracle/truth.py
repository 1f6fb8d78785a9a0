"""What the plan now is, kept beside the cells by whoever edits them; nothing here reads a cell back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from oracle import package
from oracle.sheets import Cell, Grid, Line, Rect, Value, copied
from rak_excel import api
from rak_excel.loading import layout_named
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rak_excel.sheet.grid import Sheet

PERIODS: Final = tuple(f"triwulan[{number}]" for number in range(1, 5))
OWN: Final = ("target", "uraian", *PERIODS, "biaya", "pelaksana")
"""The fields of a kegiatan, as its columns are named."""

GROUPS: Final = ("nomor", "sasaran", "indikator")
FLOORS: Final = {"note": ("note", "warning", "error"), "warning": ("warning", "error")}

Floor = Literal["note", "warning"]


class Hole(NamedTuple):
    """What a value may be besides the expected one.

    `told`: the value itself is lost, so that any is as good if a finding says so.  `either`: it may be lost
    with its column.  `free`: a demand of its own speaks of it.  `shared`: the cell of a shared cost is blank,
    and only the base can say that it is shared.  `names` are those of a column whose heading nobody knows:
    where nothing of it is read, naming it tells of all its values.
    """

    kind: Literal["told", "either", "free", "shared"]
    names: tuple[str, ...] = ()


class Fact(NamedTuple):
    """One value of the plan."""

    value: Any
    hole: Hole | None = None
    calculated: bool | None = None
    """Whether the formula that the value comes from has a stored result; `None` without formula."""


@dataclass(eq=False, slots=True)
class Goal:
    """A sasaran."""

    uraian: Fact


@dataclass(eq=False, slots=True)
class Ind:
    """An indikator."""

    uraian: Fact


@dataclass(eq=False, slots=True)
class Slot:
    """A kegiatan in its place.  `other` is where it could stand as well, if a finding says so.

    `origin` is its number in the built plan.
    """

    goal: Goal
    ind: Ind
    facts: dict[str, Fact]
    origin: int | None = None
    other: tuple[Goal, Ind] | None = None
    placed: bool = True
    """Whether the sheet says where it belongs; if not, the reading must be told."""
    fallen: tuple[Goal, Ind] | None = None
    """Where it stands for who has no base: its group's texts are gone, and blank means as above."""


class Demand(NamedTuple):
    """A finding that must be there: at one of the cells or rows, or naming one of the texts."""

    why: str
    cells: tuple[Cell, ...] = ()
    lines: tuple[Line, ...] = ()
    texts: tuple[str, ...] = ()
    floor: Floor = "warning"
    anywhere: bool = False
    hidden: bool = False
    """It speaks of a value under a merge, which openpyxl would not save."""
    by_base: bool = False
    """Only the base can show that something is gone."""
    blank: bool = False
    """It speaks of a blank cell, and is settled once something is typed there."""


@dataclass(slots=True)
class Page:
    """One plan and the sheet that shows it."""

    grid: Grid
    scalars: dict[str, Fact]
    signatories: list[dict[str, Fact]]
    base: Plan
    cells: dict[str, Cell] = field(default_factory=dict)
    heading: tuple[Line, ...] = ()
    total: Line | None = None
    demands: list[Demand] = field(default_factory=list)
    settled: bool = False
    """Whether rows may no longer be moved: a person could read them in two ways already."""
    looks: dict[str, int] = field(default_factory=dict)
    strange: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What may be named for a column whose heading nobody knows, by its field."""
    loose: bool = False
    """Whether a column is lost without which nobody can say which rows belong together."""

    def slots(self) -> list[Slot]:
        """All kegiatan in the order of their rows."""
        made: dict[int, Slot] = {}
        for line in self.grid.lines:
            if line.slot is not None:
                made.setdefault(id(line.slot), line.slot)
        return list(made.values())

    def rows(self, slot: Slot) -> list[int]:
        """The rows of one kegiatan."""
        return [row for row, line in enumerate(self.grid.lines) if line.slot is slot]

    def column(self, name: str) -> int | None:
        """The column of a field, if it is still there."""
        return next((at for at, column in enumerate(self.grid.columns) if column.field == name), None)

    def cell(self, slot: Slot, name: str) -> Cell | None:
        """The cell that shows a field of a kegiatan."""
        column = self.column(name)
        return None if column is None else self.grid.anchor(self.rows(slot)[0], column)

    def goals(self) -> list[tuple[Goal, list[Slot]]]:
        """The goals with their kegiatan."""
        made: list[tuple[Goal, list[Slot]]] = []
        for slot in self.slots():
            if made and made[-1][0] is slot.goal:
                made[-1][1].append(slot)
            else:
                made.append((slot.goal, [slot]))
        return made

    def groups(self) -> list[list[Slot]]:
        """The kegiatan of each indikator."""
        made: list[list[Slot]] = []
        for slot in self.slots():
            if made and made[-1][0].ind is slot.ind and made[-1][0].goal is slot.goal:
                made[-1].append(slot)
            else:
                made.append([slot])
        return made

    def span(self, slots: list[Slot]) -> tuple[int, int]:
        """The first and last row of neighbouring kegiatan."""
        return self.rows(slots[0])[0], self.rows(slots[-1])[-1]

    def table(self) -> tuple[int, int]:
        """The rows between heading and total."""
        first = self.grid.row_of(self.heading[-1]) + 1
        total = self.total
        last = len(self.grid.lines) if total is None else self.grid.row_of(total)
        return first, last - 1

    def simple(self, slot: Slot) -> bool:
        """Whether a kegiatan is one row without merges of its own, as sorting and moving need it."""
        rows = self.rows(slot)
        columns = [self.column(name) for name in OWN]
        return len(rows) == 1 and not any(
            at is not None and self.grid.merge_at(rows[0], at) for at in columns
        )

    def put(self, slot: Slot, name: str, cell: Value, fact: Fact | Any, formula: str = "") -> Cell | None:
        """Type into the cell of a field, and know what that means."""
        where = self.cell(slot, name)
        if where is not None:
            told = fact if isinstance(fact, Fact) else Fact(fact)
            where.put(cell, formula, stored=told.calculated is not False)
            slot.facts[name] = told
        return where

    def looked(self, cell: Cell, value: Value, fact: Fact) -> tuple[Value, Fact]:
        """What Excel makes of a typed number by the cell's look: 75 is 75 %, and among dates a day."""
        if not isinstance(value, int | float) or cell.style not in self.looks.values():
            return value, fact
        if cell.style == self.looks["percent"]:
            return value / 100, fact
        return value, Fact("", Hole("told"))

    def demand(
        self, why: str, *cells: Cell, texts: tuple[str, ...] = (), hidden: bool = False, blank: bool = False
    ) -> None:
        """Expect a finding at cells."""
        self.demands.append(Demand(why, cells, texts=texts, hidden=hidden, blank=blank))


@dataclass(slots=True)
class Desk:
    """A workbook under somebody's hands."""

    pages: list[Page]
    others: list[Grid]
    parts: dict[str, str]
    looks: dict[str, int]
    order: list[Grid]
    base: bool = True
    resaved: Literal["", "openpyxl", "libreoffice"] = ""
    reordered: bool = False
    doubled: list[tuple[Page, Grid]] = field(default_factory=list)
    known: int = 0
    """How many plans the base holds."""

    def data(self) -> bytes:
        """The workbook as Excel would save it, the totals calculated."""
        for page in self.pages:
            _calculate(page)
        return package.write(package.Package(tuple(self.order), self.parts, self.looks))


def _calculate(page: Page) -> None:
    """Excel calculates the total after every edit: numbers count, texts do not."""
    column = page.column("biaya")
    if page.total is None or column is None:
        return
    cell = page.total.cells[column]
    if not cell.formula or cell.error:
        return
    first, last = page.table()
    values = [line.cells[column] for line in page.grid.lines[first : last + 1]]
    cell.value = sum(
        one.value for one in values if isinstance(one.value, int | float) and not isinstance(one.value, bool)
    )


# --- from a built workbook -------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def built(plans: tuple[Plan, ...]) -> tuple[package.Package, tuple[Sheet, ...], bytes]:
    """The official workbook of plans: as grids, as the product's sheets, and as bytes."""
    book = api.build(plans)
    data = api.render(book, ".xlsx")
    return package.read(data), book.sheets, data


def desk(plans: tuple[Plan, ...]) -> Desk:
    """A fresh copy of the official workbook, each row tied to its kegiatan."""
    made, sheets, _ = built(plans)
    grids = copied(made.grids)
    pages = [_page(plan, sheet, grid) for plan, sheet, grid in zip(plans, sheets, grids, strict=False)]
    for page in pages:
        page.looks = dict(made.looks)
    return Desk(pages, grids[len(pages) :], dict(made.parts), dict(made.looks), list(grids), known=len(plans))


def _page(plan: Plan, sheet: Sheet, grid: Grid) -> Page:
    layout = layout_named("kpu").layout
    assert layout is not None
    for column, form in zip(grid.columns, layout.columns, strict=False):
        part, _, name = form.field.rpartition(".")
        column.field = f"{name}[{form.period}]" if form.period else name if part != "sasaran" else "sasaran"
        if part == "indikator":
            column.field = "indikator"
    grid.columns[sheet.key_column].field = "id"
    scalars = {name: Fact(getattr(plan, name)) for name in ("judul", "tahun", "unit", "pagu")}
    page = Page(grid, scalars, [_signatory(one) for one in plan.penandatangan], plan)
    page.heading = tuple(grid.lines[sheet.heading[0] : sheet.heading[1] + 1])
    assert sheet.total is not None
    page.total = grid.lines[sheet.total.first_row]
    _tie_rows(page, sheet)
    _tie_texts(page, sheet)
    return page


def _tie_rows(page: Page, sheet: Sheet) -> None:
    """Each row of the table to its kegiatan: it begins where the product put an id."""
    slots = iter(_slots(page.base))
    starts = {cell.row for cell in sheet.cells if cell.role == "kunci"}
    now: Slot | None = None
    first, last = page.table()
    for row in range(first, last + 1):
        if row in starts:
            now = next(slots)
        page.grid.lines[row].slot = now


def _slots(plan: Plan) -> Iterator[Slot]:
    number = 0
    for sasaran in plan.sasaran:
        goal = Goal(Fact(sasaran.uraian))
        for indikator in sasaran.indikator:
            ind = Ind(Fact(indikator.uraian))
            for one in indikator.kegiatan:
                yield Slot(goal, ind, facts_of(one), number)
                number += 1


def facts_of(kegiatan: Kegiatan) -> dict[str, Fact]:
    """The values of a kegiatan, the four ticks each for itself."""
    told = {name: Fact(getattr(kegiatan, name)) for name in ("target", "uraian", "biaya", "pelaksana")}
    return told | {name: Fact(tick) for name, tick in zip(PERIODS, kegiatan.triwulan, strict=True)}


def _signatory(one: Penandatangan) -> dict[str, Fact]:
    return {
        name: Fact(getattr(one, name))
        for name in ("jabatan", "nama", "nip", "pangkat", "tempat", "tanggal", "pengantar")
    }


def _tie_texts(page: Page, sheet: Sheet) -> None:
    """The cells above and below the table, by what was printed in them."""
    plan, cells = page.base, page.cells
    head = [cell for cell in sheet.cells if cell.role in ("judul", "keterangan")]
    for name, cell in zip(("judul", "tahun", "unit", "tahun anggaran"), head, strict=True):
        cells[name] = page.grid.lines[cell.row].cells[0]
    foot = [cell for cell in sheet.cells if cell.role in ("penandatangan", "nama")]
    firsts = sorted({cell.column for cell in foot})
    for number, (one, column) in enumerate(zip(plan.penandatangan, firsts, strict=True)):
        printed = {
            f"{one.jabatan},": "jabatan",
            one.nama: "nama",
            f"NIP. {one.nip}": "nip",
            one.pangkat: "pangkat",
            one.pengantar: "pengantar",
            f"{one.tempat}, {one.tanggal}": "tanggal",
        }
        for cell in foot:
            if cell.column == column and isinstance(cell.value, str) and cell.value in printed:
                cells[f"{number}.{printed[cell.value]}"] = page.grid.lines[cell.row].cells[column]


# --- what it says now ------------------------------------------------------------------------------------


class Spot(NamedTuple):
    """Where a value stands: rows and column from 1 (0: any column)."""

    rows: frozenset[int]
    column: int


class Row(NamedTuple):
    """One expected kegiatan; goals and indikator are numbered through the plan."""

    goal: int
    ind: int
    sasaran: Fact
    indikator: Fact
    facts: dict[str, Fact]
    spots: dict[str, Spot]
    rows: frozenset[int]


class Notice(NamedTuple):
    """A finding that must be there, in places of the finished file."""

    why: str
    sheet: str
    spots: tuple[Spot, ...]
    texts: tuple[str, ...]
    floor: Floor
    anywhere: bool
    field: str = ""
    names: tuple[str, ...] = ()
    """What tells it as well, where nothing of the field's column was read."""


class Sheaf(NamedTuple):
    """One expected plan with the places of its values."""

    sheet: str
    rows: tuple[Row, ...]
    scalars: dict[str, Fact]
    signatories: tuple[dict[str, Fact], ...]
    spots: dict[str, Spot]
    loose: bool

    @property
    def plan(self) -> Plan:
        """The plan as a value."""
        goals: list[tuple[int, str, list[tuple[int, str, list[Kegiatan]]]]] = []
        for row in self.rows:
            if not goals or goals[-1][0] != row.goal:
                goals.append((row.goal, row.sasaran.value, []))
            inds = goals[-1][2]
            if not inds or inds[-1][0] != row.ind:
                inds.append((row.ind, row.indikator.value, []))
            inds[-1][2].append(_kegiatan(row.facts))
        return Plan(
            sasaran=tuple(
                Sasaran(text, tuple(Indikator(name, tuple(rows)) for _, name, rows in inds))
                for _, text, inds in goals
            ),
            penandatangan=tuple(
                Penandatangan(**{name: fact.value for name, fact in one.items()}) for one in self.signatories
            ),
            **{name: fact.value for name, fact in self.scalars.items()},
        )


class Reading(NamedTuple):
    """One document that the workbook can be taken for, and the findings that it then needs."""

    plans: tuple[Sheaf, ...]
    notices: tuple[Notice, ...]


class Expected(NamedTuple):
    """All readings that a person would accept, the first one meant."""

    readings: tuple[Reading, ...]

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans as meant."""
        return tuple(one.plan for one in self.readings[0].plans)


def _kegiatan(facts: dict[str, Fact]) -> Kegiatan:
    ticks = tuple(facts[name].value for name in PERIODS)
    told = {name: facts[name].value for name in ("uraian", "target", "biaya", "pelaksana")}
    return Kegiatan(triwulan=ticks, **told)


def expected(now: Desk) -> Expected:
    """What the workbook says, as known from the edits."""
    readings = [_reading(now, other=False)]
    if any(slot.other for page in now.pages for slot in page.slots()):
        readings.append(_reading(now, other=True))
    if now.reordered:
        readings += [Reading(tuple(reversed(one.plans)), one.notices) for one in readings]
    for page, copy in now.doubled:
        readings += [_with_double(one, page.grid.name, copy.name) for one in list(readings)]
    return Expected(tuple(readings))


def _with_double(one: Reading, sheet: str, copy: str) -> Reading:
    """A sheet that was copied is a plan more."""
    twice = next(sheaf for sheaf in one.plans if sheaf.sheet == sheet)._replace(sheet=copy)
    return Reading((*one.plans, twice), one.notices)


def _reading(now: Desk, *, other: bool) -> Reading:
    notices: list[Notice] = []
    sheaves = []
    for page in now.pages:
        sheaves.append(_sheaf(now, page, other=other, notices=notices))
        notices += _notices(now, page)
    return Reading(tuple(sheaves), tuple(notices))


def _notices(now: Desk, page: Page) -> Iterator[Notice]:
    """The demands of a page that still stand: what they speak of is still there, and as it was."""
    places = page.grid.places()
    lines = {id(line): row for row, line in enumerate(page.grid.lines, 1)}
    for demand in page.demands:
        if (demand.hidden and now.resaved == "openpyxl") or (demand.by_base and not now.base):
            continue
        found = [places[id(cell)] for cell in demand.cells if id(cell) in places]
        if demand.hidden:
            found = [at for at in found if _is_covered(page, *at)]
        field = ""
        if demand.blank:
            found = [at for at in found if _is_unfilled(page, *at)]
            field = next((page.grid.columns[column - 1].field for _, column in found), "")
        rows = [lines[id(line)] for line in demand.lines if id(line) in lines]
        if (demand.cells or demand.lines) and not found and not rows:
            continue
        spots = [Spot(frozenset({row}), column) for row, column in found]
        spots += [Spot(frozenset({row}), 0) for row in rows]
        yield Notice(
            demand.why,
            page.grid.name,
            tuple(spots),
            demand.texts,
            demand.floor,
            demand.anywhere,
            field,
            page.strange.get(field, ()),
        )


def _is_covered(page: Page, row: int, column: int) -> bool:
    """Whether something still hides under a merge: it may have been cleared, or have come to its head."""
    rect = page.grid.merge_at(row - 1, column - 1)
    hides = not page.grid.lines[row - 1].cells[column - 1].blank
    return hides and rect is not None and (rect.top, rect.left) != (row - 1, column - 1)


def _is_unfilled(page: Page, row: int, column: int) -> bool:
    """Whether the field that a cell shows still has nothing in it."""
    slot = page.grid.lines[row - 1].slot
    fact = slot.facts.get(page.grid.columns[column - 1].field) if slot is not None else None
    return fact is None or fact.value == ""


def _sheaf(now: Desk, page: Page, *, other: bool, notices: list[Notice]) -> Sheaf:
    places = page.grid.places()
    slots = page.slots()
    rows: list[Row] = []
    numbers = [0, 0]
    above: tuple[Goal, Ind] | None = None
    for slot in slots:
        goal, ind = slot.goal, slot.ind
        if slot.fallen and not now.base:
            goal, ind = slot.fallen
        elif other and slot.other:
            goal, ind = slot.other
        if above is None or above[0] is not goal:
            numbers = [numbers[0] + 1, numbers[1] + 1]
        elif above[1] is not ind:
            numbers[1] += 1
        above = goal, ind
        rows.append(_row(now, page, slot, (goal, ind), (numbers[0], numbers[1])))
        if (other and slot.other) or not slot.placed:
            notices.append(
                Notice("tempat baris", page.grid.name, (Spot(rows[-1].rows, 0),), (), "warning", False)
            )
    spots = {
        name: Spot(frozenset({places[id(cell)][0]}), places[id(cell)][1])
        for name, cell in page.cells.items()
        if id(cell) in places
    }
    scalars = dict(page.scalars)
    if not now.base and scalars["pagu"].value is not None:
        scalars["pagu"] = Fact(None)
        notices.append(Notice("pagu tidak tercetak", page.grid.name, (), (), "note", True))
    return Sheaf(page.grid.name, tuple(rows), scalars, tuple(page.signatories), spots, page.loose)


def _row(now: Desk, page: Page, slot: Slot, parents: tuple[Goal, Ind], numbers: tuple[int, int]) -> Row:
    own = page.rows(slot)
    rows = frozenset(row + 1 for row in own)
    spots = {}
    for name in (*GROUPS, *OWN):
        column = page.column(name)
        if column is not None:
            rect = page.grid.merge_at(own[0], column) or Rect(own[0], column, own[-1], column)
            spots[name] = Spot(frozenset(range(rect.top + 1, rect.bottom + 2)), column + 1)
    facts = {name: _settled(now, page, slot, name, fact) for name, fact in slot.facts.items()}
    return Row(*numbers, parents[0].uraian, parents[1].uraian, facts, spots, rows)


def _settled(now: Desk, page: Page, slot: Slot, name: str, fact: Fact) -> Fact:
    """A value as the finished file still tells it."""
    if fact.calculated is not None:
        if now.resaved != "libreoffice" and (now.resaved or not fact.calculated):
            fact = fact._replace(hole=Hole("told"))
    elif fact.hole and fact.hole.kind == "shared":
        shared = now.base and _still_shared(page, slot)
        fact = Fact("bersama") if shared else fact._replace(hole=Hole("told"))
    if name in page.strange:
        hole = fact.hole or Hole("either")
        return fact._replace(hole=hole._replace(names=page.strange[name]))
    return fact


def _still_shared(page: Page, slot: Slot) -> bool:
    """Whether the base says that a blank cost is shared, and the amount above still stands.

    The row above is the base's by its text, or by its cost and doer.
    """
    base = list(page.base.kegiatan)
    slots = page.slots()
    number = slot.origin
    if number is None or slot.facts["uraian"].value != base[number].uraian:
        return False
    for upper in reversed(slots[: slots.index(slot)]):
        if number == 0 or base[number].biaya != "bersama" or upper.goal is not slot.goal:
            return False
        number -= 1
        cost, doer = upper.facts["biaya"], upper.facts["pelaksana"]
        stands = cost.hole is None and cost.value == base[number].biaya
        if upper.origin != number and not (stands and doer.value == base[number].pelaksana):
            return False
        if cost.value != "bersama":
            return stands
    return False

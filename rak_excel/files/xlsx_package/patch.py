"""An input sheet with other values in some cells and its rows in another order; all else stays as it is."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from rak_excel.files.xlsx_package.addresses import COLUMNS, ROWS, Area, area_of
from rak_excel.files.xlsx_package.archive import unsure
from rak_excel.files.xlsx_package.beside import Beside
from rak_excel.files.xlsx_package.book import Entry, Workbook
from rak_excel.files.xlsx_package.formulas import Used, used
from rak_excel.files.xlsx_package.moved import Moved
from rak_excel.files.xlsx_package.package import Package
from rak_excel.files.xlsx_package.rows import RowMover, may_share, unshare
from rak_excel.files.xlsx_package.sheet import ORDER, Sheet
from rak_excel.files.xlsx_package.styles import percents
from rak_excel.files.xlsx_package.xml import Element, stored, utf8, whole
from rak_excel.sheet.moving import Bound, Box, CellEdit, Extent, Rows

_Cell: TypeAlias = tuple[str, tuple[int, int]]
"""A cell by its sheet's name in small letters, its row and column."""

_MANY: Final = 20_000
"""Formulas up to which is looked for those that have to be calculated anew; beyond, it is all of them."""


_LOOKS: Final = 2_000_000


class Patched(NamedTuple):
    """The new workbook, and what was bound to rows that moved or went, with what of it is lost."""

    data: bytes
    bound: tuple[Bound, ...]

    @property
    def lost(self) -> tuple[Bound, ...]:
        """What did not come along as it was."""
        return tuple(one for one in self.bound if one.lost)


def patched(
    data: bytes,
    sheet: str,
    edits: Sequence[CellEdit],
    rows: Rows | None = None,
    heights: Mapping[int, float] = MappingProxyType({}),
    parted: Collection[Box] = (),
    joined: Sequence[Box] = (),
) -> Patched:
    """A workbook whose sheet has its rows moved first, and then its cells given other values.

    `heights` are points of rows, as they are after rows moved: where a row has a height, a text that grew is
    cut off.  `parted` are merges that are undone before rows move, `joined` those that are made afterwards.

    Raises:
        RakError: there is no such sheet, or a part cannot be changed without doubt.
    """
    package = Package(data)
    book = Workbook(package)
    entry = _entry(package, book, sheet)
    bound: tuple[Bound, ...] = ()
    seeds: list[_Changed] = []
    dropped = False
    _part(package, entry.part, parted)
    if rows is not None:
        moved = Moved(rows)
        bound, dropped, cells = _move(package, book, entry, moved)
        seeds = [_NOWHERE, *(_Changed(name, Area(*cell, *cell)) for name, cell in cells)]
    writer = _Writer(package, entry, edits)
    dropped = writer.run() or dropped
    _set_heights(package, entry.part, heights)
    _join(package, entry.part, joined)
    seeds += [_Changed(entry.name, Area(edit.row, edit.column, edit.row, edit.column)) for edit in edits]
    kept = {(edit.row, edit.column) for edit in edits if edit.result}
    stale = _forget_results(package, book, entry, seeds, kept)
    if dropped:
        _drop_chain(package)
    if dropped or stale or rows is not None:
        book.calculate_on_load()
    book.save()
    return Patched(package.archive.packed(), bound)


def what_is_bound(data: bytes, sheet: str, rows: Rows) -> tuple[Bound, ...]:
    """What is bound to rows that would move or go: notes, pictures, formulas, merges, checks, links.

    Raises:
        RakError: the rows cannot be moved without doubt.
    """
    return patched(data, sheet, (), rows).bound


def _move(
    package: Package, book: Workbook, entry: Entry, moved: Moved
) -> tuple[tuple[Bound, ...], bool, set[_Cell]]:
    """Move the rows; what was bound to them, whether formulas moved, and which may have other values now."""
    unshare(package, entry.part)
    sheet = Sheet(package, entry.part, lambda _: True, formulas=True)
    mover = RowMover(sheet, entry.name, moved)
    mover.run()
    beside = Beside(package, book, entry.part, entry.name, moved)
    beside.run()
    sheet.save()
    bound = sorted({*mover.bound, *beside.bound}, key=lambda one: (one.place, one.what, one.lost))
    return tuple(bound), mover.formula_moved or beside.formula_moved, mover.stale | beside.stale


def _set_heights(package: Package, part: str, heights: Mapping[int, float]) -> None:
    """Give rows a height; whether programs may fit them anew stays as it is."""
    if not heights:
        return
    sheet = Sheet(package, part, lambda _: False)
    for number, row in sheet.rows:
        if number in heights:
            sheet.tree.set(row, ht=f"{heights[number]:g}")
    sheet.save()


def _part(package: Package, part: str, parted: Collection[Box]) -> None:
    """Undo merges."""
    if not parted:
        return
    sheet = Sheet(package, part, lambda _: False)
    held = sheet.tree.root.first("mergeCells")
    listed = held.all("mergeCell") if held is not None else []
    gone = [one for one in listed if area_of(one.attributes.get("ref", "")) in {Area(*box) for box in parted}]
    if held is not None and len(gone) == len(listed):
        sheet.tree.remove(held)
    elif held is not None:
        for one in gone:
            sheet.tree.remove(one)
        if "count" in held.attributes:
            sheet.tree.set(held, count=str(len(listed) - len(gone)))
    sheet.save()


def _join(package: Package, part: str, joined: Sequence[Box]) -> None:
    """Make merges."""
    if not joined:
        return
    sheet = Sheet(package, part, lambda _: False)
    prefix = sheet.tree.root.prefix
    held = sheet.tree.root.first("mergeCells")
    made = "".join(f'<{prefix}mergeCell ref="{Area(*box).ref}"/>' for box in joined)
    if held is None:
        new = f'<{prefix}mergeCells count="{len(joined)}">{made}</{prefix}mergeCells>'
        sheet.tree.put(new, "mergeCells", ORDER)
    else:
        sheet.tree.append(held, made)
        if "count" in held.attributes:
            sheet.tree.set(held, count=str(len(held.all("mergeCell")) + len(joined)))
    sheet.save()


def extent(data: bytes, sheet: str) -> Extent:
    """How large a sheet is drawn.

    Raises:
        RakError: there is no such sheet, or a part is not as it should be.
    """
    package = Package(data)
    entry = _entry(package, Workbook(package), sheet)
    held = Sheet(package, entry.part, lambda _: True, styles=frozenset())
    filled = (number for number, row in held.rows if not row.is_closed)
    heights = {number: points for number, row in held.rows if (points := _points(row.attributes.get("ht")))}
    return Extent(held.widths(), heights, max(filled, default=0))


def _points(text: str | None) -> float | None:
    try:
        points = float(text) if text else 0.0
    except ValueError:
        return None
    return points if 0 < points < _HIGHEST else None


_HIGHEST: Final = 2_000
"""Points above which a height is none that any program writes."""


def _entry(package: Package, book: Workbook, sheet: str) -> Entry:
    entry = book.sheet(sheet)
    if entry is None:
        raise unsure(package.workbook, f"lembar {sheet} tidak ada", f"there is no sheet {sheet}")
    return entry


# --- values ------------------------------------------------------------------------------------------------


class _Writer:
    """Puts values into the cells of one sheet."""

    def __init__(self, package: Package, entry: Entry, edits: Sequence[CellEdit]) -> None:
        self.package, self.entry = package, entry
        self.edits = {(edit.row, edit.column): edit for edit in edits}
        if any(not (0 < row <= ROWS and 0 < column <= COLUMNS) for row, column in self.edits):
            raise ValueError("a cell outside of the sheet")
        self.percents = percents(package) if edits else frozenset[int]()
        self.styles: dict[tuple[int, int], int] = {}
        self.dropped = False

    def run(self) -> bool:
        """Write all; whether a formula went with it."""
        if not self.edits:
            return False
        rows = {row for row, _ in self.edits} | {edit.like[0] for edit in self.edits.values() if edit.like}
        self._prepare(rows)
        sheet = Sheet(self.package, self.entry.part, rows.__contains__, formulas=True)
        self.styles = {
            (number, column): whole(cell.attributes.get("s"))
            for number in rows
            for row in sheet.by_row.get(number, [])
            for column, cell in sheet.cells_of(row)
        }
        missing: dict[tuple[int, int], CellEdit] = dict(self.edits)
        for number in rows:
            for row in sheet.by_row.get(number, []):
                for column, cell in sheet.cells_of(row):
                    edit = missing.pop((number, column), None)
                    if edit is not None:
                        self._write(sheet, cell, edit)
        for edit in missing.values():
            if edit.result:
                raise ValueError("a result for a cell without a formula")
        sheet.create(
            {
                cell: partial(self._cell, sheet.tree.root.prefix, edit)
                for cell, edit in missing.items()
                if edit.value not in {None, ""} or edit.like
            }
        )
        sheet.save()
        return self.dropped

    def _prepare(self, rows: set[int]) -> None:
        """A formula that others share is written out before its cell is given a value."""
        if not may_share(self.package, self.entry.part):
            return
        sheet = Sheet(self.package, self.entry.part, rows.__contains__, formulas=True)
        for number, row in sheet.rows:
            for column, cell in sheet.cells_of(row):
                one = cell.first("f")
                edit = self.edits.get((number, column))
                if one is None or edit is None or edit.result:
                    continue
                if one.attributes.get("t") == "shared" and one.text:
                    unshare(self.package, self.entry.part)
                    return

    def _write(self, sheet: Sheet, cell: Element, edit: CellEdit) -> None:
        style = whole(cell.attributes.get("s"))
        formula = cell.first("f")
        if edit.result:
            if formula is None:
                raise ValueError("a result for a cell without a formula")
            self._result(sheet, cell, edit)
            return
        if formula is not None:
            self.dropped = True
            area = area_of(formula.attributes.get("ref", ""))
            if formula.attributes.get("t") in {"array", "dataTable"} and area and area[:2] != area[2:]:
                raise unsure(
                    self.entry.part,
                    f"rumus larik {area.ref}",
                    f"the array formula {area.ref} covers more cells",
                )
        sheet.tree.replace(cell.start, cell.end, self._cell(cell.prefix, edit, style))

    def _result(self, sheet: Sheet, cell: Element, edit: CellEdit) -> None:
        """Give a formula's cell another stored value."""
        held = cell.first("v")
        is_text = isinstance(edit.value, str)
        prefix = cell.prefix
        value = (
            stored(edit.value)
            if isinstance(edit.value, str)
            else self._number(whole(cell.attributes.get("s")), edit.value)
        )
        if held is not None:
            sheet.tree.replace(held.start, held.end, f"<{prefix}v>{value}</{prefix}v>")
        else:
            sheet.tree.append(cell, f"<{prefix}v>{value}</{prefix}v>")
        sheet.tree.set(cell, t="str" if is_text else None)

    def _number(self, style: int, value: int | Decimal | None) -> str:
        number = Decimal(value or 0)
        if style in self.percents:
            number /= 100
        return f"{number:f}"

    def _cell(self, prefix: str, edit: CellEdit, style: int) -> str:
        """A cell as it is written."""
        name = f'{prefix}c r="{Area(edit.row, edit.column, edit.row, edit.column).ref}"'
        if edit.like is not None:
            style = self.styles.get(edit.like, style)
        if style:
            name += f' s="{style}"'
        if edit.value is None or edit.value == "":
            return f"<{name}/>"
        if isinstance(edit.value, str):
            text = (
                f'<{prefix}is><{prefix}t xml:space="preserve">{stored(edit.value)}</{prefix}t></{prefix}is>'
            )
            return f'<{name} t="inlineStr">{text}</{prefix}c>'
        if isinstance(edit.value, bool):
            return f'<{name} t="b"><{prefix}v>{int(edit.value)}</{prefix}v></{prefix}c>'
        return f"<{name}><{prefix}v>{self._number(style, edit.value)}</{prefix}v></{prefix}c>"


# --- formulas whose stored values are no longer true -------------------------------------------------------


class _Changed(NamedTuple):
    """Cells that hold another value."""

    sheet: str
    area: Area


_NOWHERE: Final = _Changed("", Area(0, 0, 0, 0))
"""Rows have moved: a row holds what it held, but who knows what `INDIRECT` reads."""


class _Calculated(NamedTuple):
    """A cell with a formula, and what it reads."""

    sheet: str
    cell: tuple[int, int]
    reads: tuple[Used, ...]


def _forget_results(
    package: Package, book: Workbook, entry: Entry, seeds: Sequence[_Changed], kept: set[tuple[int, int]]
) -> bool:
    """Take the stored value from every formula that reads what changed: no program shows a wrong one then."""
    held = {
        one.name: Sheet(package, one.part, lambda _: True, formulas=True, alone=True)
        for one in book.sheets
        if seeds and one.part and _FORMULA.search(utf8(one.part, package.archive.read(one.part)))
    }
    found = [
        _Calculated(
            name, cell, tuple(one if one.sheet else Used(name, one.area) for one in used(formula.text))
        )
        for name, cell, _, formula in _formulas(held)
    ]
    stale = _stale(found, seeds)
    changed = False
    for name, cell, element, _ in _formulas(held):
        value = element.first("v")
        if (name.lower(), cell) in stale and value is not None and not (name == entry.name and cell in kept):
            held[name].tree.remove(value)
            held[name].tree.set(element, t=None)
            changed = True
    for sheet in held.values():
        sheet.save()
    return changed


def _formulas(held: Mapping[str, Sheet]) -> Iterable[tuple[str, tuple[int, int], Element, Element]]:
    for name, sheet in held.items():
        for number, row in sheet.rows:
            for column, cell in sheet.cells_of(row):
                formula = cell.first("f")
                if formula is not None:
                    yield name, (number, column), cell, formula


_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")


def _stale(found: Sequence[_Calculated], seeds: Sequence[_Changed]) -> set[_Cell]:
    """The formulas that read what changed, or what reads it; what only Excel can tell counts as changed."""
    if len(found) > _MANY:
        return {(one.sheet.lower(), one.cell) for one in found}
    own = {(one.sheet.lower(), (one.area.top, one.area.left)) for one in seeds}
    stale = {(one.sheet.lower(), one.cell) for one in found} & own
    changed = list(seeds) if len(seeds) * len(found) < _LOOKS else _around(seeds)
    while changed:
        fresh = []
        for one in found:
            key = (one.sheet.lower(), one.cell)
            if key not in stale and any(_meet(read, change) for read in one.reads for change in changed):
                stale.add(key)
                fresh.append(_Changed(one.sheet, Area(*one.cell, *one.cell)))
        changed = fresh
    return stale


def _around(seeds: Sequence[_Changed]) -> list[_Changed]:
    """The rectangles around what changed, one a sheet: rather too much than to look at each cell."""
    by_sheet: dict[str, Area] = {}
    for sheet, area in seeds:
        held = by_sheet.get(sheet, area)
        low, high = map(min, held[:2], area[:2]), map(max, held[2:], area[2:])
        by_sheet[sheet] = Area(*low, *high)
    return [_Changed(*one) for one in by_sheet.items()]


def _meet(one: Used, other: _Changed) -> bool:
    if one.area is None:
        return True
    return (
        one.sheet.lower() == other.sheet.lower()
        and one.area.top <= other.area.bottom
        and other.area.top <= one.area.bottom
        and one.area.left <= other.area.right
        and other.area.left <= one.area.right
    )


def _drop_chain(package: Package) -> None:
    """Excel makes the order of its calculations anew where it is not there."""
    chain = next((one.part for one in package.relations(package.workbook) if one.kind == "calcChain"), "")
    if chain and chain in package.archive:
        package.forget(chain)

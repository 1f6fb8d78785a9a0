"""A merged plan put into somebody's input sheet: which cells change, and which rows stand where.

What did not change is not touched.  A blank cell that says *as above* stays blank where it still says so, and
a merge stays where what is under it still is one thing.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Place, Words, shown
from rak_excel.plan.codec import ROOT_TEXTS, label
from rak_excel.plan.model import Penandatangan, Plan
from rak_excel.sheet.form_cells import Cells, Page, Told
from rak_excel.sheet.form_heights import Heights
from rak_excel.sheet.form_reader import FormRead
from rak_excel.sheet.form_table import Table
from rak_excel.sheet.form_totals import totals
from rak_excel.sheet.form_typing import Typed
from rak_excel.sheet.labels import ROOT_LABELS, SIGNATORY_LABELS
from rak_excel.sheet.layout import Layout
from rak_excel.sheet.moving import Bound, Box, CellEdit, Extent, Rows, Spot
from rak_excel.sheet.seen import SeenBook
from rak_excel.sheet.sight import Sight


def pages(
    book: SeenBook, filled: FormRead, layouts: Iterable[Layout], extents: Iterable[Extent]
) -> Iterator[Page]:
    """The input sheets of a workbook, in the order of their plans."""
    by_name = {sheet.name: sheet for sheet in book.sheets}
    for sheet, layout, extent in zip(filled.sheets, layouts, extents, strict=True):
        yield Page(sheet, by_name[sheet.sheet], extent, layout)


class Revision(NamedTuple):
    """What shall become of a sheet.

    `moved` are the former rows that go, or pass others by; `shown` the formulas that stay, by the cells in
    which they are then: what the plan has there must still be read there.  `gone` is what stood beside the
    plan in rows that go.
    """

    sheet: str
    edits: tuple[CellEdit, ...]
    rows: Rows | None
    heights: Mapping[int, float]
    parted: tuple[Box, ...]
    joined: tuple[Box, ...]
    moved: frozenset[int]
    shown: Mapping[Spot, Told]
    findings: tuple[Finding, ...]
    gone: tuple[Bound, ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether anything changes."""
        return bool(self.edits or self.rows or self.parted or self.joined)

    def frozen(self, places: Iterable[Place]) -> "Revision":
        """The same, where the formulas at these places are replaced by what the plan has there."""
        spots = [place[:2] for place in places if place.sheet == self.sheet and place[:2] in self.shown]
        told = [self.shown[at] for at in spots]
        return self._replace(
            edits=(*self.edits, *(CellEdit(*at, one.value) for at, one in zip(spots, told, strict=True))),
            shown={at: one for at, one in self.shown.items() if at not in spots},
            findings=(*self.findings, *(one.finding for one in told)),
        )

    def bound(self, things: Iterable[Bound]) -> Iterator[Finding]:
        """What is to be told of the things that are bound to rows which move or go."""
        lost: list[Bound] = []
        going: list[Bound] = []
        for one in (*self.gone, *things):
            if one.lost:
                lost.append(one)
            elif one.place.line in self.moved:
                going.append(one)
        for rule, found in ((rules.LEPAS_DARI_BARIS, lost), (rules.IKUT_BARIS, going)):
            if found:
                yield rule.at(place=found[0].place, isi=_listed(found))


def _listed(found: Sequence[Bound]) -> Words:
    """Things with their cells, the first few of many."""
    names = [Words(*(f"{word} ({one.place.cell})" for word in one.what)) for one in found]
    more = len(names) - _LISTED
    told = Words(*(", ".join(words) for words in zip(*names[:_LISTED], strict=True)))
    return told if more <= 0 else Words(f"{told.id}, … (+{more})", f"{told.en}, … (+{more})")


_LISTED: Final = 5


def revised(page: Page, ours: Plan, merged: Plan, sources: Mapping[str, str]) -> Revision:
    """What makes the page that was read as `ours` say `merged`.

    `sources` maps the path of a part of `merged` to the path of the part of `ours` that it comes from; a part
    without one is new.

    The caller reads the result again: if it is not `merged`, nothing may be written.  A table cannot tell
    everything apart, such as a kegiatan without a target below one that has one.
    """
    cells = Cells(page.seen)
    _Above(page, cells).write(ours, merged)
    if ours.sasaran == merged.sasaran:
        return _fields_only(page, cells, ours)
    table = Table(page.sheet, cells, page.extent, page.layout, (ours, merged), sources)
    table.write()
    rows = table.order.rows()
    costs, pagu = table.columns.get("biaya"), page.sheet.values.get("pagu")
    if rows is not None or any(at[1] == costs or at == pagu for at in cells.edits):
        new = {line.old: line.row for line in table.lines if line.old is not None}
        for edit in [*totals(page.sheet, cells, new)]:
            cells.edits[edit[:2]] = edit
    return Revision(
        page.seen.name,
        tuple(cells.edits.values()),
        rows,
        Heights(page, cells, table.columns, table.lines, table.merges.ends).found(),
        tuple(table.merges.parted),
        tuple(table.merges.joined),
        table.order.moved(),
        cells.shown,
        tuple(cells.findings),
        tuple(_beside(page, {line.old for line in table.lines})),
    )


def _beside(page: Page, kept: Container[int | None]) -> Iterator[Bound]:
    """What somebody wrote beside the plan in rows that go."""
    known = set(page.sheet.columns.values())
    for row, column, cell in page.seen.cells():
        if row > page.sheet.heading and row not in kept and column not in known and cell.text.strip():
            text = shown(cell.text.strip())
            yield Bound(
                Words(f"isi “{text}”", f"the text “{text}”"), Place(row, column, page.seen.name), lost=True
            )


def _fields_only(page: Page, cells: Cells, plan: Plan) -> Revision:
    """A sheet whose table stays as it is: no cell of it is looked at but for its formulas."""
    apart = Cells(page.seen)
    table = Table(
        page.sheet, apart, page.extent, page.layout, (plan, plan), {path: path for path in _paths(plan)}
    )
    table.write()
    if page.sheet.values.get("pagu") in cells.edits:
        same = {row: row for row in page.seen.rows}
        for edit in [*totals(page.sheet, cells, same)]:
            cells.edits[edit[:2]] = edit
    heights = Heights(page, cells, page.sheet.columns, [], {}).found()
    formulas = {**cells.shown, **apart.shown}
    edits, told = tuple(cells.edits.values()), tuple(cells.findings)
    return Revision(page.seen.name, edits, None, heights, (), (), frozenset(), formulas, told)


def _paths(plan: Plan) -> Iterator[str]:
    for g, goal in enumerate(plan.sasaran):
        yield f"sasaran[{g}]"
        for i, indikator in enumerate(goal.indikator):
            yield f"sasaran[{g}].indikator[{i}]"
            yield from (f"sasaran[{g}].indikator[{i}].kegiatan[{k}]" for k in range(len(indikator.kegiatan)))


# --- above the table -----------------------------------------------------------------------------------


class _Above:
    """The fields above the table."""

    def __init__(self, page: Page, cells: Cells) -> None:
        self.sheet, self.cells = page.sheet, cells
        self.sight = Sight(page.seen)

    def write(self, ours: Plan, merged: Plan) -> None:
        """Every field that changes."""
        for key in ROOT_TEXTS:
            self._field(key, self.sheet.values.get(key), getattr(ours, key), getattr(merged, key))
        own = len(ours.penandatangan)
        kept = [self._block(number) for number in range(own)]
        blocks = kept if len(merged.penandatangan) <= own else list(self.sheet.blocks)
        held = dict(zip(map(_first, kept), ours.penandatangan, strict=True))
        blank = Penandatangan("", "")
        count = max(len(blocks), len(merged.penandatangan))
        for number in range(count):
            block = blocks[number] if number < len(blocks) else {}
            before = held.get(_first(block), blank)
            after = merged.penandatangan[number] if number < len(merged.penandatangan) else blank
            for key in SIGNATORY_LABELS:
                path = f"penandatangan[{number}].{key}"
                self._field(path, block.get(key), getattr(before, key), getattr(after, key))

    def _block(self, number: int) -> dict[str, Spot]:
        """The cells of a signatory that was filled in."""
        cells = {key: self.sheet.values.get(f"penandatangan[{number}].{key}") for key in SIGNATORY_LABELS}
        return {key: at for key, at in cells.items() if at is not None}

    def _field(self, path: str, at: Spot | None, before: object, after: object) -> None:
        if before == after:
            if at is not None:
                self.cells.keep(at, self._typed(path, at, after), at)
            return
        if at is not None:
            self.cells.put(at, self._typed(path, at, after), at)
            return
        free = self._free() if path in ROOT_LABELS else None
        if free is None:
            place = Place(1, 1, self.sheet.sheet)
            told = rules.BIDANG_TANPA_SEL.at(path, str(after), place=place, bidang=label(path))
            self.cells.findings.append(told)
            return
        row, column, like = free
        self.cells.put((row, column - 1), ROOT_LABELS[path], None, (like, column - 1))
        self.cells.put((row, column), self._typed(path, (row, column), after), None, (like, column))

    def _typed(self, path: str, at: Spot, value: object) -> Typed:
        if path == "tahun" and isinstance(value, int):
            raw = self.cells.raw(*at)
            is_text = raw is not None and raw.kind == "text" and bool(raw.text.strip())
            return (str(value) if is_text else value) if value else None
        return value if isinstance(value, int) else str(value or "") or None

    def _free(self) -> tuple[int, int, int] | None:
        """Row and column of a free cell below the fields, with room for a label, and the row above it."""
        used = [*self.sheet.values.values(), *(at for block in self.sheet.blocks for at in block.values())]
        used += [edit[:2] for edit in self.cells.edits.values()]
        for column in sorted({at[1] for at in used}):
            like = max(row for row, other in used if other == column)
            near = [(like + 1, other) for other in range(column - 2, column + 1)]
            if like + 1 < self.sheet.heading and all(self._is_blank(at) for at in near):
                return like + 1, column, like
        return None

    def _is_blank(self, at: Spot) -> bool:
        raw = self.cells.raw(*at)
        return (raw is None or not (raw.text.strip() or raw.formula)) and not self.sight.is_hidden(*at)


def _first(block: Mapping[str, Spot]) -> Spot:
    """What tells one block from the others."""
    return min(block.values(), default=(0, 0))

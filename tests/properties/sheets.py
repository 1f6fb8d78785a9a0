"""What a reader sees of a sheet: its pages, and the parts of the plan on it; told by the sheet alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rak_excel import api, loading
from rak_excel.sheet.measure import merged

if TYPE_CHECKING:
    from rak_excel.plan.model import Plan
    from rak_excel.sheet.grid import Cell, Sheet
    from rak_excel.sheet.layout import Layout

LAYOUTS: Final = [
    made for name in loading.layout_names() if (made := loading.layout_named(name).layout) is not None
]


def sheet_of(plan: Plan, layout: Layout | None = None) -> Sheet:
    """The one sheet of a plan's workbook."""
    (sheet,) = api.build(plan, layout).sheets
    return sheet


def endless(plan: Plan) -> Sheet:
    """The sheet on paper that never ends: rows have the heights that their texts ask for, and no breaks."""
    layout = layout_of(sheet_of(plan))
    return sheet_of(plan, replace(layout, page=replace(layout.page, top=-1_000_000.0)))


def layout_of(sheet: Sheet) -> Layout:
    """The layout that a sheet was built with: no two have the same headings over the same widths."""
    headings = {cell.value for cell in sheet.cells if cell.role == "kepala"}
    (layout,) = (
        one
        for one in LAYOUTS
        if tuple(column.width for column in one.columns) == sheet.widths
        and {column.heading for column in one.columns} <= headings
    )
    return layout


def row_field(sheet: Sheet) -> str:
    """The column that has one cell for each kegiatan: its text, or its indikator's where forms have none."""
    fields = {column.field for column in layout_of(sheet).columns}
    return "kegiatan.uraian" if "kegiatan.uraian" in fields else "indikator.uraian"


def pages(sheet: Sheet) -> list[range]:
    """The rows of each page, without the heading that is repeated on it."""
    starts = (0, *sheet.breaks)
    return [range(*one) for one in zip(starts, (*sheet.breaks, len(sheet.heights)), strict=True)]


def repeated(sheet: Sheet) -> float:
    """Points of the heading that stands on each page."""
    return sum(sheet.heights[sheet.heading[0] : sheet.heading[1] + 1])


def paper(sheet: Sheet) -> float:
    """Points that a page has between its margins, as the print scale lets the sheet see them."""
    return layout_of(sheet).on_paper(sheet.page.paper).paper_points[1] * 100 / sheet.scale


def body(sheet: Sheet) -> range:
    """The rows of the table that hold the plan, without heading and total."""
    return range(sheet.heading[1] + 1, sheet.table.last_row + 1)


def column(sheet: Sheet, field: str, period: int = 0) -> list[Cell]:
    """The cells of one column of the plan, from top to bottom."""
    at = [(one.field, one.period) for one in layout_of(sheet).columns].index((field, period))
    rows = body(sheet)
    return sorted(cell for cell in sheet.cells if cell.column == at and cell.row in rows)


def rows(cell: Cell) -> range:
    """The rows under a cell."""
    return range(cell.row, cell.row + cell.rows)


def points(sheet: Sheet, of: range) -> float:
    """The height of these rows together."""
    return sum(sheet.heights[of.start : of.stop])


def crossed(sheet: Sheet, cell: Cell) -> list[int]:
    """The page breaks that cut a cell."""
    return [row for row in sheet.breaks if cell.row < row < cell.row + cell.rows]


def width(sheet: Sheet, cell: Cell) -> float:
    """The width of a cell, as one column of the same room for text."""
    return merged(sheet.widths[cell.column : cell.column + cell.columns])

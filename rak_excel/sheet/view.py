"""A sheet as plain values, for a screen to draw: measures in points, texts as Excel shows them, faults."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, Final

from rak_excel.findings import Finding, Severity
from rak_excel.plan.model import BANDS, Plan
from rak_excel.plan.values import rupiah
from rak_excel.sheet.grid import Cell, Formula, Sheet, Value
from rak_excel.sheet.layout import PAPERS, Column, Layout, Look
from rak_excel.sheet.measure import pixels

MOST_ROWS: Final = 3_000
"""Rows of a file that a screen is given; nobody looks through a hundred pages, and each costs it memory."""

_POINTS: Final = 0.75
_STEP: Final = re.compile(r"(?:\.|^)[^.\[]*$|\[\d+\]$")
_INHERITED: Final = re.compile(r"(indikator\[\d+\])\.(target|satuan)$")
_WORST: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_BAND: Final = re.compile(rf"\.({'|'.join(BANDS)})(\[\d+\])?$")
_PERIOD: Final = re.compile(rf"\.({'|'.join(BANDS)})\[\d+\]$")


def view(
    sheet: Sheet,
    plan: Plan,
    layout: Layout,
    findings: Mapping[int, Finding],
    *,
    periods: bool,
    most: int = MOST_ROWS,
) -> dict[str, Any]:
    """The sheet of a plan, with what was found at its cells; findings are told by their keys in `findings`.

    `periods` says that a path such as `triwulan[1]` counts the periods of the form; in YAML it counts what
    the author listed.  Of more than `most` rows the others are left out.
    """
    cells = [cell for cell in sheet.visible() if cell.row < most]
    shown = _shown_by(cells, _Places(sheet, plan, layout))
    found: dict[int, list[int]] = {}
    for key, finding in findings.items():
        path = finding.path if periods else _PERIOD.sub(r".\1", finding.path)
        for at in _cells_at(path, cells, shown, sheet):
            found.setdefault(at, []).append(key)
    page, kertas = sheet.page, plan.kertas or sheet.page.paper
    paper = PAPERS[kertas]
    return {
        "name": sheet.name,
        "font": sheet.font,
        "scale": sheet.scale,
        "paper": kertas,
        "width": paper.long if page.landscape else paper.short,
        "height": paper.short if page.landscape else paper.long,
        "margins": [page.top, page.right, page.bottom, page.left],
        "columns": [_POINTS * pixels(width) for width in sheet.widths],
        "rows": list(sheet.heights[:most]),
        "left_out": max(0, len(sheet.heights) - most),
        "breaks": [row for row in sheet.breaks if row < most],
        "heading": list(sheet.heading),
        "looks": {role: _look(look, sheet) for role, look in sheet.looks.items()},
        "cells": [_cell(cell, sheet, found.get(at, []), findings) for at, cell in enumerate(cells)],
    }


def _look(look: Look, sheet: Sheet) -> dict[str, Any]:
    shown = ("align", "valign", "bold", "italic", "underline", "wrap", "border", "indent", "fill")
    return {name: getattr(look, name) for name in shown} | {"size": look.size or sheet.size}


def _cell(cell: Cell, sheet: Sheet, keys: Sequence[int], findings: Mapping[int, Finding]) -> dict[str, Any]:
    text = _shown(cell.value, sheet.looks[cell.role])
    told = [findings[key] for key in keys]
    made: dict[str, Any] = {
        "row": cell.row,
        "column": cell.column,
        "rows": cell.rows,
        "columns": cell.columns,
        "role": cell.role,
        "top": cell.top,
        "text": text,
    }
    if told:
        made["findings"] = list(keys)
        made["severity"] = str(min((one.severity for one in told), key=_WORST.index))
        # what did not fit its field is no part of the plan, and the cell is blank on paper
        bad = (one for one in told if one.is_error and one.value and not _BAND.search(one.path))
        made["written"] = None if text else next((one.value for one in bad), None)
    return made


def _shown(value: Value, look: Look) -> str:
    """What Excel shows of a value, on a computer that is set to Indonesian."""
    number = value.result if isinstance(value, Formula) else value
    if number is None or isinstance(number, str):
        return number or ""
    if look.number and float(number).is_integer():
        return "-" if number == 0 and look.number.endswith('"-"') else rupiah(int(number))
    return str(int(number)) if float(number).is_integer() else f"{number:.15g}".replace(".", ",")


# --- which part of the plan a cell shows ---------------------------------------------------------------


class _Places:
    """Where on a sheet the parts of its plan stand."""

    def __init__(self, sheet: Sheet, plan: Plan, layout: Layout) -> None:
        self.columns = layout.columns
        self.first, self.last = sheet.heading[1] + 1, sheet.table.last_row
        self.starts = [
            cell.row
            for cell in sheet.cells
            if cell.column == sheet.key_column and self.first <= cell.row <= self.last and cell.value
        ]
        self.kegiatan = [
            f"sasaran[{g}].indikator[{i}].kegiatan[{k}]"
            for g, sasaran in enumerate(plan.sasaran)
            for i, indikator in enumerate(sasaran.indikator)
            for k in range(len(indikator.kegiatan))
        ]
        self.above = {"judul": plan.judul, "tahun": str(plan.tahun), "unit": plan.unit}
        self.below = {
            f"penandatangan[{n}].{field}": getattr(one, field)
            for n, one in enumerate(plan.penandatangan)
            for field in one.__dataclass_fields__
        }


def _paths_of(cell: Cell, places: _Places) -> tuple[str, ...]:
    """The paths of what a cell shows; outside the table those whose text it holds."""
    if places.first <= cell.row <= places.last and cell.column < len(places.columns):
        at = bisect_right(places.starts, cell.row) - 1
        if 0 <= at < len(places.kegiatan):
            return (_path_in(places.columns[cell.column], places.kegiatan[at]),)
        return ()
    texts = places.above if cell.row < places.first else places.below
    return tuple(path for path, text in texts.items() if text and text in str(cell.value or ""))


def _path_in(column: Column, kegiatan: str) -> str:
    part, _, field = column.field.partition(".")
    if part in ("nomor", "sasaran"):
        sasaran = kegiatan.partition(".")[0]
        return sasaran if part == "nomor" else f"{sasaran}.uraian"
    if part == "indikator":
        return f"{kegiatan.rpartition('.')[0]}.{field}"
    return f"{kegiatan}.{field}[{column.period - 1}]" if column.period else f"{kegiatan}.{field}"


def _shown_by(cells: Sequence[Cell], places: _Places) -> dict[str, list[int]]:
    """The cells that show what stands at a path; at that of a band those of all its periods."""
    shown: dict[str, list[int]] = {}
    for at, cell in enumerate(cells):
        for path in _paths_of(cell, places):
            shown.setdefault(path, []).append(at)
            band = _PERIOD.sub(r".\1", path)
            if band != path:
                shown.setdefault(band, []).append(at)
    return shown


def _cells_at(
    path: str, cells: Sequence[Cell], shown: Mapping[str, list[int]], sheet: Sheet
) -> Sequence[int]:
    """The cells of what stands at a path: itself, all periods of a band, or the nearest part around it.

    A part that takes many cells is shown by its `uraian`, a value that kegiatan inherit by the first of them.
    """
    if path == "pagu" and sheet.total is not None:
        return [at for at, cell in enumerate(cells) if cell.row == sheet.total.first_row and cell.value][-1:]
    inherited = _INHERITED.sub(r"\1.kegiatan[0].\2", path)
    while path:
        for wanted in (inherited, path, f"{path}.uraian"):
            found = shown.get(wanted)
            if found:
                return found if path.rpartition(".")[2] in BANDS else found[:1]
        inherited = path = _STEP.sub("", path)
    return []

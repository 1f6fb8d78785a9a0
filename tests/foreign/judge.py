"""Whether a foreign workbook was read right, or loud where it was not: a finding at the very cell."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from rak_excel import loading
from rak_excel.findings import Severity
from rak_excel.nodes import Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from openpyxl import Workbook

    from foreign.meant import Butir, Meant
    from rak_excel.findings import Finding
    from rak_excel.loading import Loaded
    from rak_excel.plan.model import Kegiatan, Plan

_LOUD: Final = (Severity.ERROR, Severity.WARNING)
_BANDS: Final = ("triwulan", "bulan", "anggaran_triwulan")


class Wrong(NamedTuple):
    """One thing that was not read as meant, and the cells of which one must be told."""

    what: str
    expected: object
    got: object
    cells: frozenset[str]


def data_of(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data: bytes) -> Loaded:
    """A workbook as `rak import` reads it."""
    return loading.load_bytes(data, "asing.xlsx")


def silent(meant: Iterable[Meant], loaded: Loaded) -> list[Wrong]:
    """What was read otherwise and no warning or error tells at its cell."""
    return [one for sheet, one in wrongs(meant, loaded) if not _told(loaded, sheet, one.cells, _LOUD)]


def wrongs(meant: Iterable[Meant], loaded: Loaded) -> Iterator[tuple[str, Wrong]]:
    """All that was read otherwise than meant, with its sheet."""
    left = list(_plans(loaded))
    for one in meant:
        at = next((number for number, (sheet, _) in enumerate(left) if sheet == one.sheet), None)
        if at is None:
            rows = frozenset(
                f"{column}{one.heading}" for columns in one.columns.values() for column in columns
            )
            yield one.sheet, Wrong("rencana", one.unit, None, rows | {"A1"})
            continue
        for wrong in _of_plan(one, left.pop(at)[1]):
            yield one.sheet, wrong
    for sheet, plan in left:
        yield sheet, Wrong("rencana muncul", None, plan.unit, frozenset())


def untold(meant: Meant, loaded: Loaded) -> list[str]:
    """Cells that are no part of a plan, and that no finding names."""
    return [cell for cell in meant.told if not told_cell(loaded, meant.sheet, cell)]


def told_cell(loaded: Loaded, sheet: str, cell: str) -> bool:
    """Whether a finding stands at a cell or at the heading that tells of its column, or lists it."""
    if _told(loaded, sheet, frozenset({cell}), tuple(Severity)):
        return True
    recognised = loaded.recognised
    page = recognised.book.sheet(sheet) if recognised is not None else None
    column, row = coordinate_from_string(cell)
    seen = page.rows[row][column_index_from_string(column)] if page is not None else None
    return seen is not None and _is_quoted(loaded, sheet, row, seen.text.strip())


def unaccounted(loaded: Loaded) -> list[str]:
    """Cells of recognised sheets that are neither read, nor decoration, nor told."""
    recognised = loaded.recognised
    if recognised is None:
        return []
    left = []
    known: dict[str, set[tuple[int, int]]] = {}
    for one in recognised.sheets:
        known.setdefault(one.sheet, set()).update({*_places(one.root), *one.decoration, *one.outside})
    for name, cells in known.items():
        sheet = recognised.book.sheet(name)
        for row, column, cell in sheet.cells() if sheet is not None else ():
            if cell.text.strip() and (row, column) not in cells:
                left.append(f"{name}!{get_column_letter(column)}{row} {cell.text}")
    return left


def unnamed(loaded: Loaded) -> list[str]:
    """Cells that the reader says it told of, and that no finding names."""
    recognised = loaded.recognised
    if recognised is None:
        return []
    left = []
    for one in recognised.sheets:
        sheet = recognised.book.sheet(one.sheet)
        for row, column in one.outside:
            cell = sheet.rows.get(row, {}).get(column) if sheet is not None else None
            name = f"{get_column_letter(column)}{row}"
            if cell is not None and cell.text.strip() and not told_cell(loaded, one.sheet, name):
                left.append(f"{one.sheet}!{name} {cell.text}")
    return left


def _is_quoted(loaded: Loaded, sheet: str, row: int, text: str) -> bool:
    """Whether a finding in the row of a cell quotes it."""
    return any(
        text in (one.value or "")
        for one in loaded.findings
        if one.place is not None and one.place.sheet == sheet and one.place.line == row
    )


def _places(node: Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, Scalar):
        yield node.line, node.column
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _places(item)
    else:
        for _, below in node.entries:
            yield from _places(below)


def _plans(loaded: Loaded) -> Iterator[tuple[str, Plan]]:
    recognised = loaded.recognised
    sheets = [one.sheet for one in recognised.sheets] if recognised is not None else []
    yield from zip(sheets, loaded.plans, strict=True)


# --- one plan --------------------------------------------------------------------------------------------


def _of_plan(meant: Meant, plan: Plan) -> Iterator[Wrong]:
    for name in ("judul", "tahun", "unit"):
        expected, got = getattr(meant, name), getattr(plan, name)
        if _flat(expected) != _flat(got):
            yield Wrong(name, expected, got, frozenset({meant.cells[name], *_around(meant)}))
    yield from _of_signatures(meant, plan)
    rows = [
        (sasaran.uraian, indikator.uraian, kegiatan)
        for sasaran in plan.sasaran
        for indikator in sasaran.indikator
        for kegiatan in indikator.kegiatan
    ]
    if len(rows) != len(meant.butir):
        cells = frozenset(
            f"{column}{one.baris}" for one in meant.butir for column in "".join(meant.columns.values())
        )
        yield Wrong("banyak kegiatan", len(meant.butir), len(rows), cells)
        return
    for butir, (sasaran, indikator, kegiatan) in zip(meant.butir, rows, strict=True):
        yield from _of_row(meant, butir, sasaran, indikator, kegiatan)
    goals = {one.sasaran for one in meant.butir}
    if len(plan.sasaran) != len(goals) and goals != {""}:
        cells = frozenset(f"{meant.columns['sasaran']}{one.baris}" for one in meant.butir)
        yield Wrong("banyak sasaran", len(goals), len(plan.sasaran), cells)


def _around(meant: Meant) -> set[str]:
    """The first heading cell: where it is told that a title is missing."""
    letters = "".join(meant.columns.values())
    return {f"{letter}{meant.heading}" for letter in (*letters, "A")}


def _of_signatures(meant: Meant, plan: Plan) -> Iterator[Wrong]:
    if len(plan.penandatangan) != len(meant.penandatangan):
        cells = frozenset(_spread(meant.cells.get("nama", "A1"))) | _around(meant) | {_first_title(meant)}
        cells |= {one for key in ("jabatan", "nip") for one in _spread(meant.cells.get(key, "A1"))}
        yield Wrong(
            "banyak penandatangan", len(meant.penandatangan), len(plan.penandatangan), frozenset(cells)
        )
        return
    for at, (one, signed) in enumerate(zip(meant.penandatangan, plan.penandatangan, strict=True)):
        for name in ("jabatan", "nama", "nip", "pangkat", "tempat", "tanggal", "pengantar"):
            expected, got = one.get(name, ""), getattr(signed, name)
            if expected != got:
                spread = _spread(meant.cells.get(name, meant.cells["nama"]))
                yield Wrong(f"{name} {at + 1}", expected, got, frozenset(spread))


def _first_title(meant: Meant) -> str:
    return meant.cells["judul"]


def _spread(cells: str) -> list[str]:
    """The cells of `BEJ10`: one in each of the columns."""
    letters, digits = re.findall(r"\D+|\d+", cells)
    return [f"{letter}{digits}" for letter in letters]


def _of_row(meant: Meant, butir: Butir, sasaran: str, indikator: str, kegiatan: Kegiatan) -> Iterator[Wrong]:
    got = {"sasaran": sasaran, "indikator": indikator}
    got |= {name: getattr(kegiatan, name) for name in kegiatan.__dataclass_fields__}
    blank: dict[str, object] = {
        "target": "",
        "biaya": "",
        "pelaksana": "",
        "satuan": "",
        "program": "",
        "sub_kegiatan": "",
        "kode": "",
    }
    blank |= dict.fromkeys((*_BANDS, "semester", "realisasi_triwulan"), ())
    expected = {**blank, **butir.isi, "sasaran": butir.sasaran, "indikator": butir.indikator}
    for name, value in expected.items():
        if _flat(value) == _flat(got[name]):
            continue
        letters = meant.columns.get(name, "")
        if name in _BANDS and letters and len(got[name]) == len(value):
            letters = "".join(
                letter for letter, one, other in zip(letters, value, got[name], strict=True) if one != other
            )
        cells = {f"{letter}{butir.baris}" for letter in letters}
        if got[name] in ("", ()):  # of a column that is lost it is told once, below the heading
            cells |= {f"A{meant.heading + below}" for below in range(3)}
        yield Wrong(f"baris {butir.baris}, {name}", value, got[name], frozenset(cells))


def _flat(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


# --- what is told ------------------------------------------------------------------------------------------


def _told(loaded: Loaded, sheet: str, cells: frozenset[str], severities: tuple[Severity, ...]) -> bool:
    return any(_names(one, sheet, cells) for one in loaded.findings if one.severity in severities)


def _names(finding: Finding, sheet: str, cells: frozenset[str]) -> bool:
    place = finding.place
    if place is None or place.sheet != sheet:
        return False
    if place.cell in cells:
        return True
    facts = " ".join(str(fact) for _, fact in finding.facts)
    named = set(re.findall(r"\b[A-Z]{1,3}\d+\b", facts))
    # a long list ends in (+5): the heading above says that the whole column is meant
    column = re.sub(r"\d", "", place.cell or "")
    return not cells.isdisjoint(named) or (
        "(+" in facts and any(re.sub(r"\d", "", one) == column for one in cells)
    )

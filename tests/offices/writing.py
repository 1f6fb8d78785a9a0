"""Plans in any form, as people keep them, and where each value of them stands.

YAML and CSV are written here, line by line; workbooks are drawn by the product, and looked through with
openpyxl, which knows nothing of it.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import openpyxl

from rak_excel import api, loading
from rak_excel.files import xlsx_writer
from rak_excel.sheet import form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from rak_excel.plan.model import Kegiatan, Penandatangan, Plan

At = tuple[int, int, int]
"""Sasaran, indikator and kegiatan by their numbers, from 0."""


class Spot(NamedTuple):
    """A kegiatan of a plan with its field, or a field of the plan itself where `at` is `None`."""

    at: At | None
    name: str


@dataclass
class Raw:
    """What an author typed otherwise than the plan says: other texts by their spot, and lines of his own.

    A text of `None` leaves the field out.  `column` is another column of a table, with a cell at `column_at`.
    """

    texts: dict[Spot, str | None] = field(default_factory=dict)
    key: tuple[At, str] | None = None
    column: str = ""
    column_at: At | None = None


class Written(NamedTuple):
    """A file's bytes, and the line of each spot; of a kegiatan `""` is where it begins."""

    data: bytes
    lines: dict[Spot, int]


def rows(plan: Plan) -> Iterator[tuple[At, Kegiatan]]:
    """Every kegiatan with its numbers."""
    for g, sasaran in enumerate(plan.sasaran):
        for i, indikator in enumerate(sasaran.indikator):
            for k, kegiatan in enumerate(indikator.kegiatan):
                yield (g, i, k), kegiatan


def dots(amount: int) -> str:
    """Rupiah as people write it."""
    return f"{amount:,}".replace(",", ".")


def _biaya(one: Kegiatan) -> str | None:
    if one.biaya is None:
        return "nihil"
    return dots(one.biaya) if isinstance(one.biaya, int) else one.biaya or None


# --- YAML --------------------------------------------------------------------------------------------------


class _Yaml:
    """Writes one plan after another, and keeps the line of each spot of the last."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.spots: dict[Spot, int] = {}

    def put(self, indent: int, key: str, text: str | None, spot: Spot) -> None:
        if text is None:
            return
        self.out.append(f"{' ' * indent}{key}: {text}")
        self.spots[spot] = len(self.out)

    def plan(self, plan: Plan, raw: Raw) -> None:
        self.spots = {}
        self.out.append("rak: 1")
        head = {"tahun": str(plan.tahun), "unit": plan.unit, "tata_letak": plan.tata_letak}
        if plan.pagu is not None:
            head["pagu"] = dots(plan.pagu)
        for name, text in head.items():
            self.put(0, name, raw.texts.get(Spot(None, name), text), Spot(None, name))
        self.out.append("sasaran:")
        for g, sasaran in enumerate(plan.sasaran):
            self.out += [f"  - uraian: {sasaran.uraian}", "    indikator:"]
            for i, indikator in enumerate(sasaran.indikator):
                self.out.append(f"      - uraian: {indikator.uraian}")
                first = indikator.kegiatan[0]
                self.put(
                    8,
                    "target",
                    raw.texts.get(Spot((g, i, 0), "target"), first.target),
                    Spot((g, i, 0), "target"),
                )
                if first.satuan:
                    self.out.append(f'        satuan: "{first.satuan}"')
                self.out.append("        kegiatan:")
                for k, one in enumerate(indikator.kegiatan):
                    self.kegiatan((g, i, k), one, raw)
        self.out.append("penandatangan:")
        several = plan.penandatangan
        for number, who in enumerate(several):
            self.signatory(number, who, raw, several=len(several) > 1)

    def kegiatan(self, at: At, one: Kegiatan, raw: Raw) -> None:
        fields: dict[str, str | None] = {
            "uraian": one.uraian,
            "program": one.program or None,
            "sub_kegiatan": one.sub_kegiatan or None,
            "triwulan": _periods(one.triwulan),
            "bulan": _periods(one.bulan),
            "biaya": _biaya(one),
            "anggaran_triwulan": _periods(one.anggaran_triwulan),
            "pelaksana": one.pelaksana,
        }
        if raw.key is not None and raw.key[0] == at:
            fields[raw.key[1]] = "ya"
        begin = len(self.out)
        for name, text in fields.items():
            self.put(12, name, raw.texts.get(Spot(at, name), text), Spot(at, name))
        self.out[begin] = f"          - {self.out[begin].lstrip()}"
        self.spots[Spot(at, "")] = begin + 1

    def signatory(self, number: int, who: Penandatangan, raw: Raw, *, several: bool) -> None:
        begin = len(self.out)
        for name in ("jabatan", "nama", "nip", "tempat", "tanggal"):
            spot = Spot(None, name if not number else f"{name}.{number}")
            self.put(4 if several else 2, name, raw.texts.get(spot, getattr(who, name)) or None, spot)
        if several:
            self.out[begin] = f"  - {self.out[begin].lstrip()}"


def _periods(band: tuple[bool | str, ...]) -> str | None:
    """A band as an author writes it."""
    given = {number: value for number, value in enumerate(band, 1) if value}
    if not given:
        return None
    if all(value is True for value in given.values()):
        return "semua" if len(given) == len(band) else f"[{', '.join(map(str, given))}]"
    return "{" + ", ".join(f'{number}: "{value}"' for number, value in given.items()) + "}"


def yaml_of(plan: Plan, raw: Raw | None = None, *more: Plan) -> Written:
    """A plan as YAML, with others behind it in the same file."""
    writer = _Yaml()
    writer.plan(plan, raw or Raw())
    lines = writer.spots
    for other in more:
        writer.out.append("---")
        writer.plan(other, Raw())
    return Written("\n".join([*writer.out, ""]).encode(), lines)


# --- CSV ---------------------------------------------------------------------------------------------------


def csv_of(plan: Plan, raw: Raw | None = None, separator: str = ",") -> Written:
    """A plan as CSV, as Excel saves it."""
    raw = raw or Raw()
    out: list[list[str]] = []
    lines: dict[Spot, int] = {}

    def pair(key: str, text: str | None, name: str) -> None:
        if text:
            out.append([key, text])
            lines[Spot(None, name)] = len(out)

    pair("rak", "1", "rak")
    for name in ("tahun", "unit", "tata_letak"):
        pair(name, raw.texts.get(Spot(None, name), str(getattr(plan, name))), name)
    if plan.pagu is not None:
        pair("pagu", dots(plan.pagu), "pagu")
    several = len(plan.penandatangan) > 1
    for number, who in enumerate(plan.penandatangan):
        prefix = f"penandatangan.{number + 1}." if several else "penandatangan."
        for name in ("jabatan", "nama", "nip", "tempat", "tanggal"):
            spot = name if not number else f"{name}.{number}"
            pair(prefix + name, raw.texts.get(Spot(None, spot), getattr(who, name)), spot)
    out.append([])
    columns = _columns(plan)
    out.append([*columns, raw.column] if raw.column else list(columns))
    for at, one in rows(plan):
        out.append(_row(plan, at, one, raw, columns))
        lines.update({Spot(at, name): len(out) for name in ("", *columns, "uraian", "triwulan", "bulan")})
    text = "".join(separator.join(_cell(cell, separator) for cell in row) + "\r\n" for row in out)
    return Written(b"\xef\xbb\xbf" + text.encode(), lines)


def _columns(plan: Plan) -> dict[str, tuple[str, int]]:
    """Headings, each with a field of a kegiatan, and for a band with the number of its period."""
    months = plan.tata_letak == "bulanan"
    band = (
        {f"b{n:02}": ("bulan", n) for n in range(1, 13)}
        if months
        else {f"t{n}": ("triwulan", n) for n in range(1, 5)}
    )
    costs = any(one.biaya != "" for one in plan.kegiatan)
    drawn = plan.tata_letak == "dua-pita"
    found = {
        "no": ("no", 0),
        "sasaran": ("sasaran", 0),
        "indikator": ("indikator", 0),
        "target": ("target", 0),
    }
    if plan.tata_letak == "target-triwulan":
        found |= {"satuan": ("satuan", 0)}
    else:
        found |= {"kegiatan": ("uraian", 0)}
    if plan.tata_letak == "opd":
        found |= {"program": ("program", 0), "sub_kegiatan": ("sub_kegiatan", 0)}
        del found["no"]
    found |= band
    found |= {"biaya": ("biaya", 0)} if costs else {}
    found |= {f"anggaran t{n}": ("anggaran_triwulan", n) for n in range(1, 5)} if drawn else {}
    return found | {"pelaksana": ("pelaksana", 0)}


def _row(plan: Plan, at: At, one: Kegiatan, raw: Raw, columns: dict[str, tuple[str, int]]) -> list[str]:
    g, i, k = at
    sasaran = plan.sasaran[g]
    indikator = sasaran.indikator[i].uraian if k == 0 else ""
    above = {
        "no": str(g + 1) if (i, k) == (0, 0) else "",
        "sasaran": sasaran.uraian if (i, k) == (0, 0) else "",
        "indikator": indikator,
        "target": raw.texts.get(Spot(at, "target"), one.target) or "",
        "biaya": raw.texts.get(Spot(at, "biaya"), _biaya(one)) or "",
    }
    if Spot((g, i, 0), "target") in raw.texts:
        above["target"] = raw.texts[Spot((g, i, 0), "target")] or ""
    cells = []
    for name, period in columns.values():
        if name in above:
            cells.append(above[name])
            continue
        value = raw.texts.get(Spot(at, name), getattr(one, name)) or ""
        if period:
            value = value[period - 1] if len(value) >= period else ""
        cells.append("√" if value is True else str(value or ""))
    return [*cells, "ada" if at == raw.column_at else ""] if raw.column else cells


def _cell(text: str, separator: str) -> str:
    return '"' + text.replace('"', '""') + '"' if separator in text or '"' in text else text


# --- workbooks ---------------------------------------------------------------------------------------------


def official(*plans: Plan) -> bytes:
    """The official workbook."""
    return api.render(api.build(plans), ".xlsx")


def input_sheet(plan: Plan) -> bytes:
    """The input sheet, filled in."""
    layout = loading.layout_named(plan.tata_letak).layout
    assert layout is not None
    return xlsx_writer.write(form.filled(plan, layout))


class Desk:
    """A workbook open on somebody's desk: cells are found by what they show."""

    def __init__(self, data: bytes, sheet: str | None = None) -> None:
        self.book: Workbook = openpyxl.load_workbook(io.BytesIO(data))
        self.page: Worksheet = self.book[sheet] if sheet else self.book.worksheets[0]

    def row_of(self, text: str) -> int:
        """The only row in which a text stands."""
        (row,) = {cell.row for cells in self.page.iter_rows() for cell in cells if cell.value == text}
        return row

    def cell_of(self, row: int, value: object) -> str:
        """The first cell of a row that holds a value."""
        found = [cell.coordinate for cell in self.page[row] if cell.value == value]
        return str(found[0])

    def saved(self) -> bytes:
        """The workbook as openpyxl saves it, with dates of its own so that its bytes are always the same."""
        out = io.BytesIO()
        self.book.save(out)
        return _undated(out.getvalue())


_WHEN: Final = (2026, 1, 15, 8, 0, 0)


def _undated(data: bytes) -> bytes:
    """A workbook without the moment at which it was saved."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-01-15T08:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name, _WHEN), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def resaved(data: bytes) -> bytes:
    """A workbook as another program saves it again."""
    return Desk(data).saved()

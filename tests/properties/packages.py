"""Workbooks with one of everything, and what strangers see in them."""

from __future__ import annotations

import io
import warnings
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Final

import openpyxl
import xlsxwriter
from openpyxl.utils.cell import coordinate_to_tuple

from rak_excel.files.xlsx_package import marked
from rak_excel.files.xlsx_reader import read
from rak_excel.findings import Finding, Place, Rule, Severity, Words
from rak_excel.sheet.mark import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from rak_excel.sheet.seen import Seen, SeenBook

ISI: Final = "Isi '24 A"
DOT: Final = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x03\x00\x08\xfc\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)


# --- workbooks -----------------------------------------------------------------------------------------


@cache
def rich() -> bytes:
    """A workbook with one of everything that a user may put beside a plan."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet("Isi '24 A")
    yellow = book.add_format({"bg_color": "#FFFF00", "bold": True, "border": 1})
    money = book.add_format({"num_format": "#,##0", "bg_color": "#FFC7CE"})
    page.write_row(0, 0, ["No", "Kegiatan", "Biaya", "Pelaksana"], yellow)
    for row in range(1, 9):
        page.write_row(row, 0, [row, f"Kegiatan {row}"])
        page.write_number(row, 2, row * 1_000, money)
    page.write_rich_string(9, 1, "tebal ", yellow, "kuning", " biasa")
    page.write_formula(10, 2, "=SUM(C2:C9)", money, 36_000)
    page.merge_range(11, 0, 12, 1, "gabungan", yellow)
    page.write_comment(1, 1, "catatan lama", {"author": "Budi"})
    page.write_comment(8, 3, "di sel kosong")
    page.insert_image(2, 6, "titik.png", {"image_data": io.BytesIO(DOT)})
    page.insert_textbox(6, 6, "kotak teks")
    page.write_url(4, 3, "https://example.com/", string="tautan")
    page.conditional_format("C2:C9", {"type": "cell", "criteria": ">", "value": 3, "format": yellow})
    page.conditional_format("C2:C9", {"type": "data_bar", "data_bar_2010": True})
    page.data_validation("A2:A9", {"validate": "integer", "criteria": ">", "value": 0})
    page.autofilter("A1:D9")
    page.set_header("&L&G", {"image_left": "titik.png", "image_data_left": io.BytesIO(DOT)})
    other = book.add_worksheet("Lain")
    other.add_table(0, 0, 3, 1, {"columns": [{"header": "Nama"}, {"header": "Nilai"}]})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Isi ''24 A'!$C$2:$C$9"})
    other.insert_chart(5, 0, chart)
    book.add_chartsheet("Bagan").set_chart(_chart(book))
    book.define_name("Pagu", "='Isi ''24 A'!$C$11")
    book.close()
    return made.getvalue()


def _chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Lain!$B$2:$B$4"})
    return chart


def plain(fill: Callable[[Worksheet], None]) -> bytes:
    """A workbook that openpyxl saved, with one sheet *RAK*."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "RAK"
    fill(page)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def opened(data: bytes) -> openpyxl.Workbook:
    """The workbook as openpyxl sees it; it warns of what it will lose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data))


@cache
def written_by_openpyxl() -> bytes:
    made = io.BytesIO()
    opened(rich()).save(made)
    return made.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return made.getvalue()


def changed(data: bytes, part: str, *pairs: tuple[bytes, bytes]) -> bytes:
    """The workbook with text replaced in a part."""
    parts = parts_of(data)
    for before, after in pairs:
        assert before in parts[part]
        parts[part] = parts[part].replace(before, after)
    return packed(parts)


# --- findings ------------------------------------------------------------------------------------------


def found(
    sheet: str | None, cell: str = "", severity: Severity = Severity.ERROR, words: str = "salah"
) -> Finding:
    """A finding in a cell such as `B3`."""
    rule = Rule("RAK999", "contoh", severity, Words("{apa}", "{apa}"), Words("ubah", "change"))
    place = None
    if sheet is not None:
        row, column = coordinate_to_tuple(cell)
        place = Place(row, column, sheet)
    return rule.at(apa=words, place=place)


def marked_at(data: bytes, *findings: Finding) -> bytes:
    marking = mark(findings)
    return marked(data, marking.marks, marking.rows)


def seen(data: bytes) -> SeenBook:
    book = read(data, "a.xlsx").book
    assert book is not None
    return book


def values(book: SeenBook) -> dict[tuple[str, int, int], Seen]:
    return {(sheet.name, row, column): cell for sheet in book.sheets for row, column, cell in sheet.cells()}


def colours(data: bytes, sheet: str) -> dict[str, str]:
    """The colours of the solid fills of a sheet, as a stranger sees them."""
    page = opened(data)[sheet]
    return {
        cell.coordinate: str(cell.fill.fgColor.rgb)
        for cell in page._cells.values()
        if cell.fill.fill_type == "solid"
    }


def notes(data: bytes, sheet: str) -> dict[str, str]:
    page = opened(data)[sheet]
    return {cell.coordinate: cell.comment.text for cell in page._cells.values() if cell.comment}


SOURCES: Final = {"XlsxWriter": rich, "openpyxl": written_by_openpyxl}

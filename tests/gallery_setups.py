"""What the hand did to the workbook of a case in tests/cases/findings: one function for each rule.

Most of them change the workbook that is built from the case's own `plan.yaml`, as somebody who opens it
would; those of damaged files change its parts.  A case says the same in its `command`, below the command.
"""

from __future__ import annotations

import os
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import openpyxl
from openpyxl.chart import BarChart
from openpyxl.comments import Comment

from gallery_hands import (
    SET_UP,
    SHEET,
    before,
    built,
    by_hand,
    cleared,
    copied,
    cut,
    edited,
    in_parts,
    insert_row,
    packed,
    parts_of,
    put,
    replaced,
    run,
    swapped,
    typed,
)
from rak_excel import batch, digest, loading
from rak_excel.files import crew, spool
from rak_excel.files.store import Store
from rak_excel.files.xlsx_writer import listings
from rak_excel.plan import checks, codec

if TYPE_CHECKING:
    import pytest
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from gallery_hands import Hand, Parts

__all__ = ["SET_UP"]

A_DAY: Final = datetime(2026, 1, 2)  # noqa: DTZ001 - Excel knows no time zones


# --- RAK0xx: files ----------------------------------------------------------------------------------------


@before("RAK014")
def large_file(_: pytest.MonkeyPatch) -> None:
    """Some other, very large file has the plan's name."""
    with Path("plan.yaml").open("wb") as file:
        file.truncate(65 << 20)


@before("RAK024")
def no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice is not installed."""
    monkeypatch.setenv("PATH", "")


@before("RAK028")
def a_character_more(_: pytest.MonkeyPatch) -> None:
    """Excel saved the CSV as it does in Windows; the workbook got a letter that Windows-1252 lacks."""
    text = Path("plan.csv").read_text(encoding="utf-8")
    Path("plan.csv").write_bytes(text.encode("cp1252"))
    run("build", "plan.csv")
    edited("plan.xlsx", lambda _, sheet: typed(sheet, 9, E="Rapat ≥ 3 kali"))


@before("RAK030")
def an_empty_file(_: pytest.MonkeyPatch) -> None:
    """The download ended before it began."""
    Path("plan.xlsx").touch()


@before("RAK031")
def half_a_file(_: pytest.MonkeyPatch) -> None:
    """The download ended half-way."""
    data = packed(built())
    Path("plan.xlsx").write_bytes(data[: len(data) // 2])


@before("RAK032")
def a_password(_: pytest.MonkeyPatch) -> None:
    """Somebody saved the workbook with a password: Excel puts it into a container of another kind."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    Path("plan.xlsx").write_bytes(head + "EncryptedPackage".encode("utf-16-le").ljust(512, b"\0"))


@in_parts("RAK036")
def a_part_is_gone(parts: Parts) -> None:
    """A program that repaired the archive lost the sheet."""
    del parts[SHEET]


@in_parts("RAK037")
def a_part_is_cut(parts: Parts) -> None:
    """The sheet ends in the middle of an element."""
    parts[SHEET] = parts[SHEET][: len(parts[SHEET]) // 2]


@in_parts("RAK038")
def texts_are_gone(parts: Parts) -> None:
    """A program wrote a cell with a text that it did not put into the table of texts."""
    put(parts, SHEET, b"<v>0</v>", b"<v>9999</v>")


@in_parts("RAK039")
def a_style_is_gone(parts: Parts) -> None:
    """A cell has a style that the workbook does not have."""
    put(parts, SHEET, b'<c r="A9" s="', b'<c r="A9" s="9')


@in_parts("RAK040")
def a_sheet_swells(parts: Parts) -> None:
    """The sheet is small as it is packed and huge when it is unpacked."""
    put(parts, SHEET, b"<sheetData>", b"<sheetData>" + b" " * (17 << 20))


@in_parts("RAK041")
def a_document_type(parts: Parts) -> None:
    """Somebody who means ill declared entities, with which a small file can fill the memory."""
    put(parts, SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><worksheet')


@in_parts("RAK042")
def a_part_outside(parts: Parts) -> None:
    """A part is named so that whoever unpacks it writes into a folder above."""
    parts["../../rencana.bat"] = b"echo"


@in_parts("RAK043")
def a_cell_in_a_wrong_row(parts: Parts) -> None:
    """A program wrote a cell into a row that is not its own."""
    put(parts, SHEET, b'<c r="J9"', b'<c r="J90"')


@in_parts("RAK044", "plan.xlsm")
def macros(parts: Parts) -> None:
    """Somebody recorded a macro."""
    rels = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    relation = f'<Relationship Id="rIdVba" Type="{kind}" Target="vbaProject.bin"/></Relationships>'
    put(parts, rels, b"</Relationships>", relation.encode())
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"


@before("RAK045")
def a_large_hidden_sheet(_: pytest.MonkeyPatch) -> None:
    """Another program keeps its data on a hidden sheet."""
    Path("plan.xlsx").write_bytes(packed(built()))

    def hide(book: Workbook, _: Worksheet) -> None:
        book.create_sheet("Referensi").sheet_state = "hidden"

    edited("plan.xlsx", hide)
    parts = parts_of("plan.xlsx")
    put(parts, "xl/worksheets/sheet3.xml", b"<sheetData", b" " * (17 << 20) + b"<sheetData")
    Path("plan.xlsx").write_bytes(packed(parts, zipfile.ZIP_STORED))


@before("RAK046")
def notes_are_gone(_: pytest.MonkeyPatch) -> None:
    """A program lost the notes, but not what points to them; and the total was typed over."""
    run("build", "plan.yaml")

    def note(_: Workbook, sheet: Worksheet) -> None:
        sheet["J9"].comment = Comment("dari DIPA", "Operator")
        sheet["J11"] = 5_000_000

    edited("plan.xlsx", note)
    parts = parts_of("plan.xlsx").items()
    Path("plan.xlsx").write_bytes(packed({name: part for name, part in parts if "comments/" not in name}))


@before("RAK048")
def a_copy_that_somebody_works_in(_: pytest.MonkeyPatch) -> None:
    """The marked copy was saved in Excel since it was made."""
    Path("plan.xlsx").write_bytes(packed(built()))
    run("check", "plan.xlsx", "--mark", "tanda.xlsx")
    edited("tanda.xlsx", lambda _, sheet: typed(sheet, 9, K="Umum, sudah ditanya"))


# --- RAK4xx: headings, sheets, and what stands around the table -------------------------------------------


@before("RAK401")
def another_workbook(_: pytest.MonkeyPatch) -> None:
    """It is another list altogether."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Hadir"
    sheet.append(["No.", "Nama", "Jabatan"])
    sheet.append([1, "SARJANI", "Ketua"])
    book.save("hadir.xlsx")


@by_hand("RAK402")
def a_column_is_deleted(_: Workbook, sheet: Worksheet) -> None:
    """The column of the target was emptied, its heading too."""
    cleared(sheet, "D", 7)


@by_hand("RAK403")
def a_heading_of_ones_own(_: Workbook, sheet: Worksheet) -> None:
    """The heading of the costs was replaced by a word that no form has."""
    sheet["J7"] = "DIPA"


@by_hand("RAK404")
def a_newer_layout(book: Workbook, _: Worksheet) -> None:
    """It was built by a rak whose layout has another version."""
    book["_rak"]["B2"] = "kpu/2"


@by_hand("RAK405")
def another_sheet(book: Workbook, _: Worksheet) -> None:
    """A sheet for notes was added."""
    book.create_sheet("Notulen").append(["rapat hari Senin"])


@by_hand("RAK406")
def a_hidden_sheet(book: Workbook, _: Worksheet) -> None:
    """A sheet was added and hidden."""
    sheet = book.create_sheet("Rincian")
    sheet.append(["ATK", 400_000])
    sheet.sheet_state = "hidden"


@by_hand("RAK407")
def a_sheet_is_deleted(book: Workbook, _: Worksheet) -> None:
    """One of two sheets was deleted."""
    del book[book.sheetnames[1]]


@by_hand("RAK408")
def a_sheet_is_renamed(_: Workbook, sheet: Worksheet) -> None:
    """The sheet was given another name."""
    sheet.title = "RAK Final"


@by_hand("RAK409")
def a_sheet_more(book: Workbook, sheet: Worksheet) -> None:
    """The sheet was copied, and made the plan of another."""
    more = book.copy_worksheet(sheet)
    more.title = "Sekretaris"
    more["F13"], more["F17"] = "Sekretaris,", "MERY ANGGRAINY"


@by_hand("RAK410")
def a_value_under_a_merge(_: Workbook, sheet: Worksheet) -> None:
    """Two cells were merged by a program that keeps the second one's content below, as LibreOffice may."""
    sheet.merged_cells.add("K9:K10")


@by_hand("RAK411")
def a_formula(_: Workbook, sheet: Worksheet) -> None:
    """A program wrote a formula, and nobody has opened the workbook in Excel since."""
    sheet["J9"] = "=4*250000"


@in_parts("RAK412")
def a_calculated_formula(parts: Parts) -> None:
    """Somebody calculates the cost in its cell."""
    put(parts, SHEET, b"<v>1000000</v>", b"<f>4*250000</f><v>1000000</v>")


@by_hand("RAK413")
def another_year(_: Workbook, sheet: Worksheet) -> None:
    """The year was changed in one of its two places."""
    sheet["A2"] = "TAHUN 2027"


@by_hand("RAK414")
def a_total_of_ones_own(_: Workbook, sheet: Worksheet) -> None:
    """The total was typed over."""
    sheet["J11"] = 5_000_000


@by_hand("RAK305")
def a_heading_that_no_layout_can_have(_: Workbook, sheet: Worksheet) -> None:
    """A column was added, under a heading of its own."""
    sheet["L7"] = "Hambatan"


@by_hand("RAK415")
def a_remark_beside_the_table(_: Workbook, sheet: Worksheet) -> None:
    """A remark was typed right of the table."""
    sheet["N9"] = "menunggu revisi DIPA"


@by_hand("RAK416")
def a_remark_below_the_signature(_: Workbook, sheet: Worksheet) -> None:
    """A remark was typed below the table."""
    sheet["A19"] = "Tembusan: arsip"


@by_hand("RAK417")
def a_line_of_its_own(_: Workbook, sheet: Worksheet) -> None:
    """A row was inserted for a heading over the whole table."""
    insert_row(sheet, 9)
    sheet["A9"] = "PROGRAM DUKUNGAN MANAJEMEN"
    sheet.merge_cells("A9:K9")


@by_hand("RAK418")
def a_row_below_the_total(_: Workbook, sheet: Worksheet) -> None:
    """An activity was typed below the total."""
    typed(sheet, 12, D=100, E="Penataan arsip", H="√", J=500_000, K="Umum")


@by_hand("RAK419")
def a_tick_for_several_quarters(_: Workbook, sheet: Worksheet) -> None:
    """Four ticks were merged into one."""
    sheet.merge_cells("F9:I9")


@by_hand("RAK420")
def a_hidden_row(_: Workbook, sheet: Worksheet) -> None:
    """A row was hidden."""
    sheet.row_dimensions[10].hidden = True


@by_hand("RAK421")
def a_hidden_column(_: Workbook, sheet: Worksheet) -> None:
    """A column was hidden."""
    sheet.column_dimensions["K"].hidden = True


@by_hand("RAK422")
def goals_in_another_order(_: Workbook, sheet: Worksheet) -> None:
    """The first goal was given the number 3."""
    sheet["A9"] = 3


@by_hand("RAK423")
def the_indicator_again(_: Workbook, sheet: Worksheet) -> None:
    """A row was added, and the indicator of the row above typed once more."""
    insert_row(sheet, 11)
    typed(sheet, 11, C=sheet["C9"].value, D=100, E="Penataan arsip", H="√", J=500_000, K="Umum")


@by_hand("RAK424")
def an_activity_over_two_rows(_: Workbook, sheet: Worksheet) -> None:
    """The texts of two activities were merged."""
    sheet.merge_cells("E9:E10")


@by_hand("RAK425")
def a_shared_cost_is_unmerged(_: Workbook, sheet: Worksheet) -> None:
    """A shared cost was unmerged."""
    sheet.unmerge_cells("J9:J10")


@by_hand("RAK426")
def a_blank_target(_: Workbook, sheet: Worksheet) -> None:
    """A target was deleted."""
    sheet["D10"] = None


@by_hand("RAK427")
def a_row_moved_up(_: Workbook, sheet: Worksheet) -> None:
    """The last activity was cut out, and put below the last one of the indicator above."""
    insert_row(sheet, 11)
    cut(sheet, 13, 11)


@by_hand("RAK428")
def a_note(_: Workbook, sheet: Worksheet) -> None:
    """A note was put on a cell."""
    sheet["J9"].comment = Comment("sesuai DIPA", "Operator")


@by_hand("RAK429")
def a_row_above_the_first(_: Workbook, sheet: Worksheet) -> None:
    """A row was inserted above the first activity."""
    insert_row(sheet, 9)
    typed(sheet, 9, D=100, E="Penataan arsip", H="√", J=500_000, K="Umum")


@by_hand("RAK437")
def a_chart(_: Workbook, sheet: Worksheet) -> None:
    """A chart was put beside the table."""
    sheet.add_chart(BarChart(), "M3")


@by_hand("RAK430")
def ids_are_gone(_: Workbook, sheet: Worksheet) -> None:
    """The hidden column beside the table was deleted."""
    cleared(sheet, "L")


@by_hand("RAK431")
def the_base_is_cut(book: Workbook, _: Worksheet) -> None:
    """A program cut the long text on the hidden sheet."""
    (base,) = (row for row in book["_rak"].iter_rows() if row[0].value == "base")
    base[1].value = str(base[1].value)[:200]


@by_hand("RAK432")
def nothing_is_carried(book: Workbook, sheet: Worksheet) -> None:
    """The table was copied into a new workbook."""
    cleared(sheet, "L")
    del book["_rak"]
    book.custom_doc_props.props.clear()  # type: ignore[attr-defined]  # the stubs know no custom properties


@by_hand("RAK433")
def a_copied_row(_: Workbook, sheet: Worksheet) -> None:
    """A row was copied, and only its text changed: its id came along."""
    insert_row(sheet, 11)
    copied(sheet, 10, 11)
    sheet["E11"] = "Pemeliharaan kendaraan"


@by_hand("RAK434")
def half_sorted(_: Workbook, sheet: Worksheet) -> None:
    """The columns of the table were sorted, the hidden one beside it was not."""
    swapped(sheet, 9, 10, "EFGHIJK")


@by_hand("RAK435")
def a_copied_sheet(book: Workbook, sheet: Worksheet) -> None:
    """The sheet was copied, as people do before they try something."""
    book.copy_worksheet(sheet).title = "Salinan"


@by_hand("RAK436")
def no_base(book: Workbook, sheet: Worksheet) -> None:
    """A cost was changed, and a program lost what the workbook carries."""
    sheet["J9"] = 1_250_000
    nothing_is_carried(book, sheet)


@by_hand("RAK440")
def no_title(_: Workbook, sheet: Worksheet) -> None:
    """The title was deleted."""
    sheet["A1"] = None


@by_hand("RAK441")
def a_line_below_the_name(_: Workbook, sheet: Worksheet) -> None:
    """A row was inserted below the name, and a line typed into it."""
    insert_row(sheet, 17)
    sheet["F17"] = "Berlaku sampai diganti"


@by_hand("RAK442")
def a_place_with_a_comma(_: Workbook, sheet: Worksheet) -> None:
    """The province was typed behind the place."""
    sheet["F12"] = "Lahat, Sumatera Selatan, 2 Januari 2026"


@by_hand("RAK443")
def a_unit_without_a_label(book: Workbook, sheet: Worksheet) -> None:
    """The table was copied into a new workbook, and its unit typed as one more title line."""
    nothing_is_carried(book, sheet)
    sheet["A4"], sheet["A5"] = "KPU KABUPATEN LAHAT", None


@by_hand("RAK444")
def another_list(_: Workbook, sheet: Worksheet) -> None:
    """A list of the budget was typed below the table."""
    for row, texts in enumerate((("Kegiatan", "Pagu Anggaran"), ("Layanan perkantoran", "1.000.000")), 12):
        sheet[f"B{row}"], sheet[f"C{row}"] = texts


@by_hand("RAK445")
def values_in_the_quarters(book: Workbook, sheet: Worksheet) -> None:
    """The table was copied into a new workbook, and percentages typed into its quarters."""
    nothing_is_carried(book, sheet)
    for column, value in zip("FGHI", (25, 50, 75, 100), strict=True):
        sheet[f"{column}9"] = value


@by_hand("RAK446")
def a_total_of_nothing(book: Workbook, sheet: Worksheet) -> None:
    """The table was copied into a new workbook, and its column of costs emptied."""
    nothing_is_carried(book, sheet)
    cleared(sheet, "J", 7)


@by_hand("RAK450")
def an_error(_: Workbook, sheet: Worksheet) -> None:
    """A reference to a deleted cell was pasted as its value."""
    sheet["J9"] = "#REF!"


@by_hand("RAK451")
def a_date(_: Workbook, sheet: Worksheet) -> None:
    """Somebody typed a target of 2/1, and Excel made it a date."""
    sheet["D9"] = A_DAY


@by_hand("RAK452")
def a_logical_value(_: Workbook, sheet: Worksheet) -> None:
    """A link to a tick box stands where the doer should."""
    sheet["K9"] = True


@before("RAK453")
def a_date_of_signing(_: pytest.MonkeyPatch) -> None:
    """The day of the signature was typed into the input sheet, and Excel made it a date."""
    run("import", "plan.yaml", "-o", "masukan.xlsx")

    def sign(_: Workbook, sheet: Worksheet) -> None:
        cells = (cell for row in sheet.iter_rows() for cell in row)
        label = next(cell for cell in cells if cell.value == "Tanggal")
        sheet.cell(label.row, label.column + 1).value = A_DAY

    edited("masukan.xlsx", sign)


# --- RAK5xx: edits and merges ----------------------------------------------------------------------------


@by_hand("RAK501", ("2.000.000", "2.500.000"))
def two_costs(_: Workbook, sheet: Worksheet) -> None:
    """One cost was changed in both."""
    sheet["J10"] = 3_000_000


GEDUNG: Final = """\
          - {uraian: Pemeliharaan gedung, triwulan: [2], biaya: 2.000.000, pelaksana: Umum}
"""
KEGIATAN: Final = "        kegiatan:\n"
ARSIP: Final = """\
          - {uraian: Penataan arsip, triwulan: [3], biaya: 500.000, pelaksana: Umum}
"""


@by_hand("RAK502", (GEDUNG, ""))
def changed_and_deleted(_: Workbook, sheet: Worksheet) -> None:
    """The cost of an activity was changed that is deleted in the source."""
    sheet["J10"] = 3_000_000


@by_hand("RAK503", (GEDUNG, ""), (ARSIP, ARSIP + GEDUNG))
def moved_twice(_: Workbook, sheet: Worksheet) -> None:
    """An activity was moved below the last indicator; in the source it was moved below the second."""
    insert_row(sheet, 13)
    cut(sheet, 10, 13)
    sheet.merge_cells("C12:C13")


@by_hand("RAK504", ("biaya: 2.000.000", "biaya: bersama"))
def an_amount_that_is_shared(_: Workbook, sheet: Worksheet) -> None:
    """A cost was deleted that another activity of the source shares since."""
    sheet["J9"] = "-"


@by_hand("RAK505", (GEDUNG, ""), (KEGIATAN, KEGIATAN + GEDUNG))
def two_orders(_: Workbook, sheet: Worksheet) -> None:
    """The last two activities changed places; in the source the second became the first."""
    swapped(sheet, 10, 11, "DEFGHIJKL")


@by_hand("RAK506", (GEDUNG, GEDUNG + ARSIP.replace("500.000", "750.000")))
def one_activity_twice(_: Workbook, sheet: Worksheet) -> None:
    """One activity was added in both, with different costs."""
    insert_row(sheet, 11)
    typed(sheet, 11, D=100, E="Penataan arsip", H="√", J=500_000, K="Umum")


@by_hand("RAK507", ("biaya: 2.000.000, pelaksana: Umum", "biaya: 2.000.000, pelaksana: Divisi Data"))
def a_column_that_was_filled_in(_: Workbook, sheet: Worksheet) -> None:
    """A column was deleted in which the source has changed since."""
    cleared(sheet, "K", 7)


def conflict(answer: str | None, *more: str) -> None:
    """A cost that was changed on both sides, and the sheet that asks which one holds."""
    run("build", "plan.yaml")
    edited("plan.xlsx", lambda _, sheet: typed(sheet, 9, J=2_000_000))
    replaced(("1.000.000", "3.000.000"))
    run("import", "plan.xlsx", "--into", "plan.yaml", "--conflicts", "konflik.xlsx", code=3)

    def choose(_: Workbook, sheet: Worksheet) -> None:
        sheet["F4"] = answer
        for row, key in enumerate(more, 5):
            typed(sheet, row, F=answer, G=key)

    edited("konflik.xlsx", choose)


@before("RAK508")
def choice_from_an_older_sheet(_: pytest.MonkeyPatch) -> None:
    """A row of an older sheet of conflicts was copied into the new one."""
    conflict("sumber", "0|RAK501:sasaran[0].uraian:0a1b2c3d")


@before("RAK509")
def no_choice(_: pytest.MonkeyPatch) -> None:
    """The sheet of conflicts was saved without a choice."""
    conflict(None)


@by_hand("RAK510")
def an_edit_that_would_be_lost(_: Workbook, sheet: Worksheet) -> None:
    """The title was changed in the workbook alone."""
    sheet["A1"] = "DISUNTING"


@before("RAK511")
def source_changed_again(_: pytest.MonkeyPatch) -> None:
    """The source changed after the sheet of conflicts was written."""
    conflict("sumber")
    replaced(("3.000.000", "4.000.000"))


@by_hand("RAK512")
def another_workbook_for_the_answers(book: Workbook, _: Worksheet) -> None:
    """The workbook itself was saved under the name of a sheet of conflicts."""
    book.save("konflik.xlsx")


@by_hand("RAK513")
def a_sheet_that_would_be_lost(book: Workbook, _: Worksheet) -> None:
    """A sheet for notes was added."""
    book.create_sheet("Catatan").append(["rapat hari Senin"])


@by_hand("RAK514")
def saved_again(_: Workbook, __: Worksheet) -> None:
    """The workbook was saved without an edit."""


def formed(form: Hand, workbook: Hand) -> None:
    """The plan becomes an input sheet, which is filled in further; its workbook is built and edited."""
    run("import", "plan.yaml", "-o", "masukan.xlsx")
    edited("masukan.xlsx", form)
    run("build", "masukan.xlsx")
    edited("masukan-RAK.xlsx", workbook)


@before("RAK515")
def a_calculated_cost(_: pytest.MonkeyPatch) -> None:
    """A cost is calculated in the input sheet, and was changed in the workbook."""
    formed(nothing, lambda _, sheet: typed(sheet, 10, J=3_000_000))
    parts = parts_of("masukan.xlsx")
    put(parts, SHEET, b"<v>2000000</v>", b"<f>4*500000</f><v>2000000</v>")
    Path("masukan.xlsx").write_bytes(packed(parts))


@before("RAK516")
def a_note_on_a_row_that_moves(_: pytest.MonkeyPatch) -> None:
    """A row of the input sheet has a note; in the workbook the rows were sorted the other way round."""
    formed(note_on_the_last_row, lambda _, sheet: swapped(sheet, 9, 10, "DEFGHIJKL"))


@before("RAK517")
def a_note_on_a_row_that_goes(_: pytest.MonkeyPatch) -> None:
    """A row of the input sheet has a note; in the workbook the row was deleted."""
    formed(note_on_the_last_row, lambda _, sheet: cleared(sheet, "DEFGHIJKL", 10))


def note_on_the_last_row(_: Workbook, sheet: Worksheet) -> None:
    """A note on the last activity of an input sheet."""
    sheet["E12"].comment = Comment("tanya bagian umum", "Operator")


def nothing(_: Workbook, __: Worksheet) -> None:
    """The workbook is saved as it is."""


@before("RAK518")
def a_plan_without_a_sheet(_: pytest.MonkeyPatch) -> None:
    """In the workbook the sheet was copied, and made the plan of another."""
    formed(nothing, a_sheet_more)


@before("RAK519")
def a_field_without_a_cell(_: pytest.MonkeyPatch) -> None:
    """The label of the NIP was deleted from the input sheet, and a NIP typed into the workbook."""
    formed(
        lambda _, sheet: typed(sheet, 4, D=None, J=None),
        lambda _, sheet: typed(sheet, 18, F="NIP. 198205062010122002"),
    )


@by_hand("RAK520")
def texts_sorted_alone(_: Workbook, sheet: Worksheet) -> None:
    """The column of the activities was sorted without the others."""
    swapped(sheet, 9, 10, "E")


@before("RAK521")
def a_plan_that_is_gone(_: pytest.MonkeyPatch) -> None:
    """The second plan was deleted from the source after the workbook had been built and saved."""
    run("build", "plan.yaml")
    edited("plan.xlsx", nothing)
    text = Path("plan.yaml").read_text(encoding="utf-8")
    Path("plan.yaml").write_text(text.partition("---\n")[0], encoding="utf-8")


# --- RAK60x: many plans -----------------------------------------------------------------------------------


@by_hand("RAK602")
def an_amount_changed(_: Workbook, sheet: Worksheet) -> None:
    """The office changed a cost in the workbook and sent both files."""
    typed(sheet, 9, J=1_500_000)


@before("RAK618")
def saved_with_semicolons(_: pytest.MonkeyPatch) -> None:
    """Excel saved the table as it does where the comma is the decimal sign."""
    run("consolidate", "lahat.yaml", "-o", "rekap.csv")
    text = Path("rekap.csv").read_text(encoding="utf-8")
    Path("rekap.csv").write_text(text.replace(",", ";"), encoding="utf-8")


# --- RAK63x: many files -----------------------------------------------------------------------------------


def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files are treated as hundreds are: read by two processes, and kept."""
    monkeypatch.setattr(batch, "KEEPING_PAYS", 0)
    monkeypatch.setattr(batch, "WORKERS_PAY", 0)
    monkeypatch.setattr(crew, "cores", lambda: 2)
    monkeypatch.setenv("RAK_CACHE", "simpanan")


@before("RAK630")
def a_damaged_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk has lost the middle of the database."""
    many(monkeypatch)
    run("check", "ketua.yaml", "sekretaris.yaml")
    kept = Path("simpanan/rak.sqlite")
    data = kept.read_bytes()
    kept.write_bytes(data[:100] + bytes(len(data) - 100))


@before("RAK631")
def a_cache_of_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of rak filled it."""
    many(monkeypatch)
    Store("lama").close()


@before("RAK632")
def a_cache_of_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program has a file of that name."""
    many(monkeypatch)
    Path("simpanan").mkdir()
    Path("simpanan/rak.sqlite").write_text("milik program lain", encoding="utf-8")


@before("RAK633")
def a_file_that_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system ends every process that reads the second file."""
    many(monkeypatch)
    monkeypatch.setattr(batch, "tune", second_ends)


def second_ends() -> None:
    """What each of the processes begins with."""
    real = digest.read

    def read(path: str, layout: str | None = None, given: bytes | None = None) -> digest.Read:
        if path == "sekretaris.yaml":
            os._exit(9)
        return real(path, layout, given)

    digest.read = read


@before("RAK634")
def a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no room for a temporary file."""

    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    many(monkeypatch)
    monkeypatch.setattr(spool, "IN_MEMORY", 0)
    monkeypatch.setattr("tempfile.TemporaryFile", full)


# --- RAK65x: the recapitulation for programs ----------------------------------------------------------


@before("RAK651")
def no_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pyarrow is not installed."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)


@before("RAK652")
def larger_amounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No plan can hold such an amount, since Excel could not; so let plans hold larger ones."""
    monkeypatch.setattr(codec, "EXACT_DIGITS", 30)
    monkeypatch.setattr(checks, "EXACT_DIGITS", 30)


# --- RAK64x: the recapitulation as a workbook -------------------------------------------------------------


@before("RAK640")
def a_recapitulation(_: pytest.MonkeyPatch) -> None:
    """The plan was added up, and the recapitulation is taken for one more plan."""
    run("consolidate", "plan.yaml", "-o", "rekap.xlsx")


@before("RAK641")
def a_short_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet has no more rows than the example needs."""
    monkeypatch.setattr(listings, "ROWS", 16)


@before("RAK643")
def a_small_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell holds less than the example needs: a plan with a text too long for a real one does not count."""
    monkeypatch.setattr(listings, "CHARACTERS", 300)
    monkeypatch.setattr(listings, "_SHORT", 150)


# --- RAK9xx: ours ---------------------------------------------------------------------------------------


@before("RAK900")
def fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Something in rak fails."""

    def fail(*_: object) -> None:
        raise RuntimeError("contoh")

    monkeypatch.setattr(loading, "load", fail)

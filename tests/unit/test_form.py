"""The input sheet: it asks for what its layout prints, and says what the rules say."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

import openpyxl
import pytest

from rak_excel import loading, rules
from rak_excel.files import xlsx_writer
from rak_excel.plan.checks import check
from rak_excel.plan.codec import KERTAS
from rak_excel.plan.headings import field_of
from rak_excel.plan.model import BANDS, Band, Form, Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.plan.values import FALSE, TRUE
from rak_excel.sheet import form, form_words, labels
from rak_excel.sheet.grid import NO_COLUMN, Formula, Range

if TYPE_CHECKING:
    from rak_excel.findings import Rule
    from rak_excel.sheet.grid import Book, Cell, Choice, Prompt, Sheet
    from rak_excel.sheet.layout import Layout

OTHER: Final = "tests/cases/build/formulir-lain/formulir.yaml"


def layout_of(name: str) -> Layout:
    made = loading.layout_named(name).layout
    assert made is not None
    return made


KPU: Final = layout_of("kpu")
LAYOUTS: Final = pytest.mark.parametrize("layout", [KPU, layout_of(OTHER)], ids=lambda one: one.name)


def plan(*kegiatan: Kegiatan) -> Plan:
    goal = Sasaran("Tersedianya data", (Indikator("Persentase data", kegiatan),))
    return Plan(2026, "KPU Kabupaten Lahat", (goal,), (Penandatangan("Ketua", "SARJANI"),))


RAPAT: Final = Kegiatan("Rapat", "100", (True, False, False, True), 5000, "Sekretariat")


@cache
def empty() -> Sheet:
    return form.blank(KPU).sheets[0]


def column(sheet: Sheet, heading: str) -> int:
    return next(cell.column for cell in sheet.cells if cell.row == sheet.heading[0] and cell.value == heading)


def under(sheet: Sheet, heading: str) -> list[Cell]:
    """The cells below a heading, from top to bottom."""
    at = column(sheet, heading)
    return sorted(cell for cell in sheet.cells if cell.column == at and cell.row > sheet.heading[0])


def beside(sheet: Sheet, label: str, number: int = 0) -> Cell:
    """The cell right of a label; of several of one text the one of that number, from left."""
    places = [cell[:2] for cell in sheet.cells if cell.value == label]
    row, at = sorted(places, key=lambda place: (place[1], place[0]))[number]
    return next(cell for cell in sheet.cells if cell[:2] == (row, at + 1))


def said_on(sheet: Sheet) -> list[Choice | Prompt]:
    """Everything that is said when a cell is chosen."""
    return [*sheet.choices, *sheet.prompts]


def prompt_at(sheet: Sheet, cell: Cell) -> str:
    """What is said when a cell is chosen."""
    said = [
        one.prompt
        for one in said_on(sheet)
        if one.cells.first_row <= cell.row <= one.cells.last_row
        and one.cells.first_column <= cell.column <= one.cells.last_column
    ]
    assert len(said) <= 1  # Excel has one validation a cell
    return said[0] if said else ""


# --- what it asks for ------------------------------------------------------------------------------------


def test_the_columns_are_those_of_the_layout() -> None:
    row = empty().heading[0]
    headings = [cell.value for cell in sorted(empty().cells) if cell.row == row]

    assert headings == [
        "No", "Sasaran", "Indikator", "Target (%)", "Kegiatan", "T1", "T2", "T3", "T4", "Biaya (Rp)",
        "Pelaksana",
    ]  # fmt: skip


def test_another_layout_asks_for_its_own_columns_and_signatories() -> None:
    sheet = form.blank(layout_of(OTHER)).sheets[0]
    headings = [str(cell.value) for cell in sorted(sheet.cells) if cell.row == sheet.heading[0]]

    assert headings[:5] + headings[-2:] == [
        "Sasaran",
        "Indikator",
        "Target",
        "Satuan",
        "Jan",
        "Des",
        "Pelaksana",
    ]
    assert sum(cell.value == "NIP" for cell in sheet.cells) == 3
    assert beside(sheet, "Tata letak").value == "formulir-lain"


@pytest.mark.parametrize("percent", [False, True])
def test_every_heading_means_its_field(percent: bool) -> None:
    plain = (
        "nomor",
        "sasaran",
        "indikator",
        "target",
        "satuan",
        "kegiatan",
        "kode",
        "program",
        "sub_kegiatan",
    )
    fields = [*plain, "biaya", "pelaksana"]
    fields += [f"{key}[{number}]" for key, count in BANDS.items() for number in range(1, count + 1)]

    assert [field_of(labels.head_of(field, percent=percent)) for field in fields] == fields


def test_there_is_room_for_five_hundred_rows_with_borders() -> None:
    cells = under(empty(), "Kegiatan")

    assert len(cells) == form.ROOM == 500
    assert {empty().looks[cell.role].border for cell in cells} == {True}
    assert {empty().looks[cell.role].wrap for cell in cells} == {True}


def test_a_long_plan_has_room_for_more() -> None:
    rows = tuple(replace(RAPAT, uraian=f"Rapat {number}") for number in range(600))

    assert len(under(form.filled(plan(*rows), KPU).sheets[0], "Kegiatan")) == 700


def test_a_nip_a_target_and_a_date_are_kept_as_they_are_typed() -> None:
    sheet = empty()
    cells = [
        beside(sheet, "NIP"),
        beside(sheet, "NIP", 1),
        beside(sheet, "Tanggal"),
        under(sheet, "Target (%)")[0],
    ]

    assert [sheet.looks[cell.role].number for cell in cells] == ["@"] * 4
    assert sheet.looks[under(sheet, "Biaya (Rp)")[0].role].number == "[$-421]#,##0"
    nip = beside(sheet, "NIP")
    assert Range(nip.row, nip.column, nip.row, nip.column) in sheet.digits


def test_nothing_is_hidden_and_every_sheet_has_a_name_that_says_what_it_is() -> None:
    book = form.blank(KPU)

    assert [sheet.name for sheet in book.sheets] == ["Isian", "Petunjuk", "Daftar"]
    assert book.carried == ()
    assert {sheet.key_column for sheet in book.sheets} == {NO_COLUMN}


def test_nothing_in_the_workbook_is_protected() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_writer.write(form.blank(KPU))))

    assert [sheet.protection.sheet for sheet in workbook.worksheets] == [False] * 3
    assert [sheet.sheet_state for sheet in workbook.worksheets] == ["visible"] * 3
    assert workbook.security is None or not workbook.security.lockStructure


# --- what it says ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "rule"),
    [
        ("Biaya (Rp)", rules.KEGIATAN_TANPA_BIAYA),
        ("Biaya (Rp)", rules.BUKAN_RUPIAH),
        ("Pelaksana", rules.KEGIATAN_TANPA_PELAKSANA),
        ("Target (%)", rules.TANPA_TARGET),
        ("T1", rules.BUKAN_CENTANG),
    ],
    ids=lambda one: getattr(one, "code", one),
)
def test_a_prompt_says_what_the_check_says(label: str, rule: Rule) -> None:
    said = prompt_at(empty(), under(empty(), label)[0])

    assert rule.remedy.id in said[0].lower() + said[1:] or rule.remedy.id[1:] in said


@pytest.mark.parametrize(
    ("label", "rule"),
    [("Tahun *", rules.BUKAN_TAHUN), ("NIP", rules.NIP_SALAH_PANJANG), ("Kertas", rules.BUKAN_KERTAS)],
    ids=lambda one: getattr(one, "code", one),
)
def test_a_prompt_above_the_table_says_what_the_check_says(label: str, rule: Rule) -> None:
    assert rule.remedy.id[1:] in prompt_at(empty(), beside(empty(), label))


@LAYOUTS
def test_no_prompt_is_longer_than_excel_takes(layout: Layout) -> None:
    """XlsxWriter leaves out a validation whose title is over 32 or whose words are over 255 characters."""
    said = [one for sheet in form.blank(layout).sheets for one in said_on(sheet)]

    assert [one for one in said if len(one.title) > 32 or len(one.prompt) > 255] == []


@LAYOUTS
def test_no_cell_has_two_prompts_and_no_formula_is_longer_than_excel_takes(layout: Layout) -> None:
    sheet = form.blank(layout).sheets[0]
    cells = [cell for cell in sheet.cells if cell.row <= sheet.heading[0] + 2]

    assert all(prompt_at(sheet, cell) is not None for cell in cells)
    assert max(len(alarm.formula) for alarm in sheet.alarms) < 8192
    assert max(len(prompt.formula) for prompt in sheet.prompts) <= 255


def test_ticks_and_units_are_offered_and_any_other_word_is_taken_without_a_word() -> None:
    choices = {choice.title: choice for choice in empty().choices}

    assert not choices["Triwulan"].answers
    assert not choices["Pelaksana"].answers
    assert choices["Pelaksana"].grows
    assert {choice.sheet for choice in choices.values()} == {"Daftar"}


def test_the_list_begins_with_the_units_of_the_plan() -> None:
    rows = (replace(RAPAT, pelaksana="Divisi Hukum"), replace(RAPAT, uraian="Cetak", pelaksana="Sekretariat"))
    lists = form.filled(plan(*rows), KPU).sheets[-1]
    words = [cell.value for cell in sorted(lists.cells) if cell.column == 0 and cell.value]

    assert words == ["Pelaksana", "Divisi Hukum", "Sekretariat"]
    assert [cell.value for cell in sorted(lists.cells) if cell.column == 2] == ["Kertas", *KERTAS]


def test_a_drop_down_offers_the_list_as_far_as_it_goes() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_writer.write(form.blank(KPU))))
    sources = {
        one.formula1: one.errorStyle
        for one in workbook["Isian"].data_validations.dataValidation
        if one.type == "list"
    }

    assert set(sources) == {
        "'Daftar'!$B$2:$B$3",
        "'Daftar'!$C$2:$C$3",
        "OFFSET('Daftar'!$A$2,0,0,MAX(1,COUNTA('Daftar'!$A$2:$A$201)),1)",
    }
    assert {one.errorStyle for one in workbook["Isian"].data_validations.dataValidation} == {"information"}


def test_a_word_for_a_tick_that_the_reader_knows_is_never_red() -> None:
    ticks = column(empty(), "T1")
    alarm = next(
        one.formula for one in empty().alarms if one.cells.first_column == ticks and "LOWER" in one.formula
    )

    assert set(re.findall(r'LOWER\(F11\)="([^"]+)"', alarm)) == {word for word in TRUE | FALSE if word}


# --- what it counts --------------------------------------------------------------------------------------


def test_the_total_is_live_and_stored_with_its_value() -> None:
    """A reader on a phone does not calculate."""
    rows = (
        RAPAT,
        replace(RAPAT, uraian="Cetak", biaya="bersama"),
        replace(RAPAT, uraian="Kirim", biaya=7000),
    )
    total = beside(form.filled(plan(*rows), KPU).sheets[0], labels.TOTAL)

    assert total.value == Formula("SUM(J10:J10001)", 12000)
    assert beside(empty(), labels.TOTAL).value == Formula("SUM(J10:J10001)", 0)


def test_what_is_left_of_the_pagu_stands_beside_the_total() -> None:
    sheet = form.filled(replace(plan(RAPAT), pagu=4000), KPU).sheets[0]
    left = next(cell for cell in sheet.cells if cell.role == "sisa")

    assert left.value == Formula("IF(ISNUMBER($C$5),$C$5-$J$9,0)", -1000)
    assert [alarm.formula for alarm in sheet.alarms][-2:] == ["AND(ISNUMBER($C$5),$J$9>$C$5)"] * 2


# --- a plan in it ----------------------------------------------------------------------------------------


def test_a_plan_is_written_as_a_planner_would_type_it() -> None:
    rows = (
        RAPAT,
        replace(RAPAT, uraian="Cetak", biaya="bersama"),
        replace(RAPAT, uraian="Kirim", biaya=None, target="90"),
    )
    sheet = form.filled(plan(*rows), KPU).sheets[0]
    told = {
        heading: [cell.value for cell in under(sheet, heading)[:3]]
        for heading in ("No", "Sasaran", "Indikator", "Target (%)", "Kegiatan", "T1", "T2", "Biaya (Rp)")
    }

    assert told == {
        "No": [1, None, None],
        "Sasaran": ["Tersedianya data", None, None],
        "Indikator": ["Persentase data", None, None],
        "Target (%)": ["100", None, "90"],
        "Kegiatan": ["Rapat", "Cetak", "Kirim"],
        "T1": ["√", "√", "√"],
        "T2": [None, None, None],
        "Biaya (Rp)": [5000, "bersama", "nihil"],
    }


def test_what_a_layout_does_not_print_has_a_place_too() -> None:
    """Nothing of a plan is lost in a form."""
    row = replace(RAPAT, kode="3355.EBA", anggaran_triwulan=("1000", False, False, "4000"))
    made = replace(plan(row), lembar="Sekretariat", tata_letak="lain.yaml", kertas="A4", pagu=9000)
    sheet = form.filled(made, KPU).sheets[0]

    assert under(sheet, "Kode")[0].value == "3355.EBA"
    assert [under(sheet, f"Anggaran T{number}")[0].value for number in (1, 4)] == ["1000", "4000"]
    values = [beside(sheet, label).value for label in ("Nama lembar", "Tata letak", "Kertas", "Pagu (Rp)")]
    assert values == ["Sekretariat", "lain.yaml", "A4", 9000]


def test_several_plans_have_a_sheet_each_and_one_page_of_instructions() -> None:
    book = form.book([(plan(RAPAT), KPU), (None, KPU)])

    assert [sheet.name for sheet in book.sheets] == ["Isian 1", "Isian 2", "Petunjuk", "Daftar"]


def test_the_row_of_a_long_text_is_high_enough_and_fits_itself_later() -> None:
    sheet = form.filled(plan(replace(RAPAT, uraian="Rapat koordinasi " * 20)), KPU).sheets[0]
    row = under(sheet, "Kegiatan")[0].row

    assert sheet.heights[row] > 100
    assert sheet.grows
    assert b"customHeight" not in _part(form.filled(plan(RAPAT), KPU), "xl/worksheets/sheet1.xml")


def _part(book: Book, name: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(xlsx_writer.write(book))) as archive:
        return archive.read(name)


def test_the_fields_can_be_folded_away_and_the_headings_stay() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_writer.write(form.blank(KPU))))
    sheet = workbook["Isian"]

    assert sheet.freeze_panes == "A11"
    assert [row for row in range(1, 12) if sheet.row_dimensions[row].outlineLevel] == list(range(2, 9))
    assert sheet.print_title_rows == "$10:$10"


def test_the_same_form_has_the_same_bytes() -> None:
    assert xlsx_writer.write(form.blank(KPU)) == xlsx_writer.write(form.blank(KPU))


# --- the page of instructions ----------------------------------------------------------------------------


@LAYOUTS
def test_the_example_is_a_plan_without_a_fault(layout: Layout) -> None:
    """A planner who copies it must not be told that it is wrong."""
    guide = form.blank(layout).sheets[1]
    top, _, bottom, _ = guide.table
    sheet = form.blank(layout).sheets[0]
    moved = {
        (cell.row - top + sheet.heading[0], cell.column): cell
        for cell in guide.cells
        if top < cell.row <= bottom
    }
    cells = [
        cell._replace(value=moved[cell[:2]].value) if cell[:2] in moved else cell for cell in sheet.cells
    ]
    for label, value in (
        ("Tahun *", 2026),
        ("Unit organisasi *", "KPU"),
        ("Jabatan *", "Ketua"),
        ("Nama *", "A"),
    ):
        at = beside(sheet, label)[:2]
        cells = [cell._replace(value=value) if cell[:2] == at else cell for cell in cells]
    book = form.blank(layout)
    made = replace(book, sheets=(replace(sheet, cells=tuple(cells)), *book.sheets[1:]))
    file = "x.xlsx" if layout is KPU else OTHER
    read = loading.load_bytes(xlsx_writer.write(made), "x.xlsx", None if layout is KPU else file)

    assert [(one.code, one.place) for one in read.findings] == []
    assert check(read.plan, layout.form) == ()
    assert len([*read.plan.kegiatan]) == bottom - top


@LAYOUTS
def test_every_text_of_the_page_is_known_again(layout: Layout) -> None:
    guide = form.blank(layout).sheets[1]

    assert {str(cell.value) for cell in guide.cells if cell.value is not None} <= form_words.guide_texts()


def test_the_page_lists_every_warning_with_its_code() -> None:
    told = [legend.rule.code for legend in form_words.legends(KPU.form)]

    assert told == [
        "RAK114", "RAK115", "RAK203", "RAK204", "RAK113", "RAK205", "RAK110", "RAK207", "RAK210", "RAK206",
    ]  # fmt: skip


def test_a_form_without_costs_says_nothing_of_costs() -> None:
    bare = Form("x", frozenset({"kegiatan.uraian"}), (Band("semester", "tick"),))

    assert not any("iaya" in step for step in form_words.steps(bare))
    assert [legend.rule.code for legend in form_words.legends(bare)] == [
        "RAK114",
        "RAK115",
        "RAK204",
        "RAK113",
    ]

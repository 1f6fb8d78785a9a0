"""Every layout that we ship goes the whole way: drawn, filled in as each form, checked, edited, read back.

A layout added to `templates/layouts` is found by these tests; it needs an example of its name.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.cell.cell import MergedCell

from rak_excel import api, loading
from rak_excel.cli import rak
from rak_excel.files import xlsx_reader, xlsx_writer
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.codec import decode
from rak_excel.sheet import form
from rak_excel.sheet.base import key_of
from rak_excel.sheet.grid import HIDDEN_SHEET, dump
from rak_excel.sheet.recognise import recognise

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result
    from openpyxl.worksheet.worksheet import Worksheet

    from conftest import Golden
    from rak_excel.plan.model import Plan
    from rak_excel.sheet.layout import Layout
    from rak_excel.sheet.seen import SeenBook

ROOT: Final = Path(__file__).parents[1]
BUILT: Final = Path(__file__).parent / "cases" / "layouts"
NAMES: Final = loading.layout_names()
every_layout = pytest.mark.parametrize("name", NAMES)
ENDINGS: Final = (".yaml", ".csv", ".xlsx")
BLANK: Final = {"RAK106", "RAK201", "RAK203", "RAK204", "RAK205", "RAK206"}
"""What a blank is told: fields that are not filled in, and parts that have none of theirs."""
every_form = pytest.mark.parametrize("ending", ENDINGS)


def example(name: str) -> Path:
    """The filled example of a layout; the usual one's is the reference."""
    return ROOT / "examples" / ("lahat-2024.yaml" if name == loading.DEFAULT_LAYOUT else f"{name}.yaml")


def filled(name: str) -> tuple[Plan, Layout]:
    """The first plan of a layout's example."""
    loaded = loading.load(example(name))
    return loaded.plans[0], loaded.layouts[0]


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(rak, list(words), prog_name="rak")
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- drawn -----------------------------------------------------------------------------------------------


@every_layout
def test_its_example_is_drawn_as_expected(name: str, golden: Golden) -> None:
    book = api.build(loading.load(example(name)).plans)

    golden(BUILT / f"{name}.grid", dump(book))


@every_layout
def test_its_example_fills_the_layout_and_nothing_is_found_in_it(name: str) -> None:
    """An example with a warning teaches the warning; one with another layout shows nothing."""
    loaded = loading.load(example(name))

    assert {layout.name for layout in loaded.layouts} == {name}
    if name != loading.DEFAULT_LAYOUT:  # the reference is kept as it was published
        assert loaded.findings == ()


@every_layout
def test_its_page_has_a_picture_that_the_documentation_shows(name: str) -> None:
    page = (ROOT / "docs" / "layouts.md").read_text("utf-8")
    picture = "lahat-1" if name == loading.DEFAULT_LAYOUT else name

    assert f"`{name}`" in page
    assert f"(gambar/{picture}.png)" in page
    assert (ROOT / "docs" / "gambar" / f"{picture}.png").stat().st_size < 120_000


def test_every_layout_is_listed_with_a_word_on_what_it_is() -> None:
    told = run("layout", "list").output.splitlines()

    assert [line.split()[0] for line in told] == list(NAMES)
    assert all(len(line.split()) > 3 for line in told)


# --- filled in -------------------------------------------------------------------------------------------


@every_layout
@every_form
def test_a_blank_input_asks_for_what_the_layout_prints_and_for_nothing_else(
    name: str, ending: str, folder: Path
) -> None:
    """What is blank is told; no key or column of our own blank may be unknown, missing or without a place."""
    run("init", f"isian{ending}", "--layout", name)
    loaded = loading.load(folder / f"isian{ending}")

    assert {layout.name for layout in loaded.layouts} == {name}
    assert {one.code for one in loaded.findings} <= BLANK
    assert [one.code for one in loaded.findings if one.place is None] == []


@every_layout
@pytest.mark.parametrize("ending", loading.TEXTS)
def test_a_blank_text_asks_for_all_who_sign_the_form(name: str, ending: str, folder: Path) -> None:
    """A form with words above two names is signed by two; an input sheet has room for them anyway."""
    run("init", f"isian{ending}", "--layout", name)
    text = (folder / f"isian{ending}").read_text("utf-8")

    assert text.count("jabatan") == (2 if name == "dua-penandatangan" else 1)


@every_layout
@every_form
def test_a_filled_input_is_the_same_plan_in_each_form(name: str, ending: str) -> None:
    plan, layout = filled(name)
    sheet = ending == ".xlsx"
    data = xlsx_writer.write(form.filled(plan, layout)) if sheet else api.render(plan, ending)
    loaded = loading.load_bytes(data, f"isian{ending}")

    assert [one.code for one in loaded.findings if one.is_error] == []
    assert content_hash(loaded.plans) == content_hash((plan,))
    assert loaded.layouts == (layout,)


@every_layout
def test_its_example_can_be_shown(name: str) -> None:
    shown = json.loads(run("show", str(example(name)), "--format", "json").stdout)

    assert {plan["tata_letak"] for plan in shown["plans"]} == {name}
    assert run("show", str(example(name))).output != ""


# --- read back -------------------------------------------------------------------------------------------


def source(name: str, ending: str) -> Path:
    """The first plan of an example as a source in the current folder, and its workbook `rak.xlsx`."""
    plan, layout = filled(name)
    path = Path(f"sumber{ending}")
    if ending == ".yaml" and name != loading.DEFAULT_LAYOUT:
        shutil.copy(example(name), path)
    elif ending == ".xlsx":
        path.write_bytes(xlsx_writer.write(form.filled(plan, layout)))
    else:
        path.write_bytes(api.render(plan, ending))
    run("build", str(path), "-o", "rak.xlsx")
    return path


def edit_last_row(text: str) -> str:
    """Type another text over the last filled cell of the table's last column; returns the old text."""
    book = openpyxl.load_workbook("rak.xlsx")
    sheet: Worksheet = next(one for one in book.worksheets if one.title != HIDDEN_SHEET)
    key = next(
        (row, column)
        for row in range(sheet.max_row, 0, -1)
        for column in range(1, sheet.max_column + 1)
        if key_of(str(sheet.cell(row, column).value or "")) is not None
    )
    cell = sheet.cell(key[0], key[1] - 1)
    old = str(cell.value)
    cell.value = text
    book.save("rak.xlsx")
    return old


@every_layout
@every_form
def test_an_unedited_workbook_changes_no_byte_of_its_source(name: str, ending: str, folder: Path) -> None:
    path = source(name, ending)
    before = path.read_bytes()
    told = run("import", "rak.xlsx", "--into", path.name).output

    assert (folder / path).read_bytes() == before
    assert "sumber sudah sama" in told


@every_layout
@every_form
def test_an_edit_reaches_its_source_and_nothing_else_changes(name: str, ending: str, folder: Path) -> None:
    path = source(name, ending)
    before = loading.load(folder / path).plans[0]
    old = edit_last_row("Bidang yang baru")
    told = run("diff", path.name, "rak.xlsx", code=1).output
    run("import", "rak.xlsx", "--into", path.name)
    after = loading.load(folder / path).plans[0]

    assert old[:20] in told
    assert "Bidang yang baru" in told
    assert [one.pelaksana for one in after.kegiatan] == [
        *[one.pelaksana for one in before.kegiatan][:-1], "Bidang yang baru",
    ]  # fmt: skip
    assert repr(after).replace("Bidang yang baru", old) == repr(before)


def bare(data: bytes) -> SeenBook:
    """A workbook that lost all that it carried, as it is seen."""
    read = xlsx_reader.read(data, "rak.xlsx")
    assert read.book is not None
    visible = read.book.sheets[0]
    rows = {
        row: {column: cell for column, cell in cells.items() if key_of(cell.text) is None}
        for row, cells in visible.rows.items()
    }
    return replace(read.book, sheets=(replace(visible, rows=rows),), properties={}, names={})


@every_layout
def test_without_anything_carried_a_workbook_is_known_by_its_headings(name: str) -> None:
    """Of all layouts its own is chosen, and what it prints is read as it was written."""
    plan, layout = filled(name)
    known = [loading.layout_named(one).layout for one in NAMES]
    made = recognise(bare(api.render(api.build(plan), ".xlsx")), [one for one in known if one is not None])
    (sheet,) = made.sheets

    assert sheet.layout == layout
    assert {one.code for one in sheet.findings} <= {"RAK432"}
    assert decode(sheet.root, layout.form).plan.sasaran == plan.sasaran
    assert decode(sheet.root, layout.form).plan.penandatangan == plan.penandatangan


def edit_columns(change: Callable[[Worksheet], None], *, carries: bool) -> None:
    """Change the table of `rak.xlsx` by columns; without what it carries it is somebody else's."""
    book: Any = openpyxl.load_workbook("rak.xlsx")
    (sheet,) = (one for one in book.worksheets if one.title != HIDDEN_SHEET)
    change(sheet)
    if not carries:
        for row in sheet.iter_rows():
            for cell in row:
                if key_of(str(cell.value or "")) is not None:
                    cell.value = None
        del book[HIDDEN_SHEET]
        for one in list(book.custom_doc_props.names):
            del book.custom_doc_props[one]
    book.save("rak.xlsx")


def lose_costs(sheet: Worksheet) -> None:
    """Clear the column of costs, heading and total with it."""
    (at,) = {cell.column for row in sheet.iter_rows() for cell in row if cell.value == "Perkiraan Biaya"}
    for row in sheet.iter_rows(min_col=at, max_col=at):
        if not isinstance(row[0], MergedCell):
            row[0].value = None


@pytest.mark.parametrize("carries", [True, False])
def test_lost_costs_are_told_and_do_not_make_another_form_of_it(folder: Path, carries: bool) -> None:
    """The form without costs has all other headings; its base says which of both the workbook is."""
    path = source(loading.DEFAULT_LAYOUT, ".yaml")
    before = path.read_bytes()
    edit_last_row("Bidang yang baru")
    edit_columns(lose_costs, carries=carries)
    told = run("import", "rak.xlsx", "--into", str(folder / path), code=1).output

    assert "salah RAK402" in told
    assert path.read_bytes() == before
    assert "ditulis: " not in told


def test_somebody_elses_form_without_costs_is_read_as_one(folder: Path) -> None:
    source(loading.DEFAULT_LAYOUT, ".yaml")
    edit_columns(lose_costs, carries=False)
    loaded = loading.load(folder / "rak.xlsx")

    assert [layout.name for layout in loaded.layouts] == ["kpu-tanpa-biaya"]
    assert [one.code for one in loaded.findings if one.is_error] == []


def test_a_column_that_was_added_does_not_make_another_form_of_it(folder: Path) -> None:
    """Costs beside a form without them are told: it prints none."""
    path = source("kpu-tanpa-biaya", ".yaml")

    def add(sheet: Worksheet) -> None:
        (heading,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "Pelaksana")
        at = heading.column + 2
        sheet.cell(heading.row, at).value = "Perkiraan Biaya"
        sheet.cell(heading.row + 2, at).value = 5_000_000

    edit_columns(add, carries=True)
    run("import", "rak.xlsx", "--into", path.name)
    loaded = loading.load(folder / path)

    assert [layout.name for layout in loaded.layouts] == ["kpu-tanpa-biaya"]
    assert [one.biaya for one in loaded.plan.kegiatan] == [5_000_000, "", "", "", ""]
    assert [one.code for one in loaded.findings] == ["RAK223"]


FOREIGN: Final = (
    "No",
    "Sasaran",
    "Indikator Kinerja",
    "Target",
    "Kegiatan",
    "TW I",
    "TW II",
    "TW III",
    "TW IV",
)


@pytest.mark.parametrize(
    ("beside", "usual"),
    [(("Anggaran (Rp)", "Penanggung Jawab"), "kpu"), (("PIC",), "kpu-tanpa-biaya")],
)
def test_a_form_of_somebody_else_is_read_by_a_layout_with_its_columns(
    beside: tuple[str, ...], usual: str, folder: Path
) -> None:
    """Headings are other forms' words; a form with more columns would miss these in every row."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    costs = ("5000000",) * (len(beside) - 1)
    for row in (
        ("RENCANA AKSI KINERJA",), ("TAHUN 2026",), ("Unit Organisasi : KPU Kota Batu",), (),
        (*FOREIGN, *beside),
        (1, "Tertibnya arsip", "Nilai arsip", 100, "Penataan arsip", "√", None, "√", None, *costs, "Umum"),
        (None, None, None, 100, "Pemusnahan arsip", None, "√", None, None, *costs, "Umum"),
        (), ("Sekretaris,",), (), (), (), ("BUDI SANTOSO",), ("NIP. 197903142005011004",),
    ):  # fmt: skip
        sheet.append(row)
    book.save("lain.xlsx")
    loaded = loading.load(folder / "lain.xlsx")

    assert [layout.name for layout in loaded.layouts] == [usual]
    assert loaded.plan.unit == "KPU Kota Batu"
    assert [one.uraian for one in loaded.plan.kegiatan] == ["Penataan arsip", "Pemusnahan arsip"]
    assert [one.code for one in loaded.findings if one.code == "RAK402"] == []


def test_a_total_of_a_quarter_that_was_typed_over_is_told_at_its_cell(folder: Path) -> None:
    path = source("dua-pita", ".yaml")

    def type_over(sheet: Worksheet) -> None:
        (label,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "JUMLAH TOTAL")
        sheet.cell(label.row, 12).value = 1

    edit_columns(type_over, carries=True)
    told = run("import", "rak.xlsx", "--into", path.name).output

    assert "!L12: peringatan RAK414" in told
    assert "1.477.750.000" in told
    assert (folder / path).read_bytes() == example("dua-pita").read_bytes()


def test_a_word_of_the_form_is_no_word_of_the_plan(folder: Path) -> None:
    """*Mengetahui* is the layout's; another word typed over it is the plan's, and is printed from then on."""
    path = source("dua-penandatangan", ".yaml")

    def type_over(sheet: Worksheet) -> None:
        (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "Mengetahui,")
        cell.value = "Menyetujui,"

    edit_columns(type_over, carries=True)
    run("import", "rak.xlsx", "--into", path.name)
    run("build", path.name, "-o", "lagi.xlsx")
    plan = loading.load(folder / path).plan

    assert [one.pengantar for one in plan.penandatangan] == ["Menyetujui,", ""]
    assert loading.load(folder / "lagi.xlsx").plan == plan


@every_layout
def test_only_the_layout_that_a_workbook_was_built_with_is_read(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every layout's file takes a command's time."""
    source(name, ".yaml")
    asked: list[str] = []
    named = loading.layout_named

    def noted(name: str, folder: Path = Path()) -> loading.LoadedLayout:
        asked.append(name)
        return named(name, folder)

    monkeypatch.setattr(loading, "layout_named", noted)
    loading.load(folder / "rak.xlsx")

    assert set(asked) == {name}


# --- layouts with a fault --------------------------------------------------------------------------------

FAULTS: Final = sorted((Path(__file__).parent / "cases" / "layout-faults").iterdir())


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.name)
def test_a_fault_is_told_once_at_its_line_and_column(case: Path, folder: Path, golden: Golden) -> None:
    """Whoever writes a form has no other guide; each case has one fault, and one finding."""
    shutil.copy(case / "layout.yaml", folder)
    told = run("layout", "check", "layout.yaml", code=1).output
    english = run("layout", "check", "layout.yaml", "--lang", "en", code=1).output
    found = loading.read_layout((case / "layout.yaml").read_bytes(), "layout.yaml").findings

    golden(case / "expected.txt", told)
    golden(case / "expected.en.txt", english)
    assert [one.is_error for one in found] == [True]
    assert all(one.place is not None and one.place.line > 1 for one in found)


def test_no_two_cases_show_the_same_fault() -> None:
    kinds = {(case / "expected.txt").read_text("utf-8").partition("\n")[0] for case in FAULTS}

    assert len(kinds) == len(FAULTS) > 25

"""`rak import`: what an edited workbook becomes, what is told, and what is written, or not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import openpyxl.cell.cell
import openpyxl.comments
import pytest
from click.testing import CliRunner
from openpyxl.chart import BarChart

from commands import run
from rak_excel import api, loading
from rak_excel.cli import rak
from rak_excel.findings import RakError
from rak_excel.merging import new_source
from rak_excel.plan.canonical import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

PLAN = """\
# Rencana kantor, disusun bersama
tahun: 2026
unit: KPU Kabupaten Contoh
pagu: Rp 100.000
sasaran:
  - uraian: Tersedianya data
    indikator:
      - uraian: Persentase sarana terpasang
        target: 100
        kegiatan:
          # dibahas di pleno
          - {uraian: Rapat, triwulan: [1], biaya: 10.000, pelaksana: Divisi Hukum}
          - {uraian: Jaringan, triwulan: [2], biaya: 20.000, pelaksana: Divisi Data}   # lelang
          - {uraian: Laporan, triwulan: [4], biaya: nihil, pelaksana: Divisi Data}
penandatangan: {jabatan: Ketua, nama: SARJANI}
"""
TWIN = """\
      - uraian: Persentase sarana terpasang B
        target: 100
        kegiatan:
          - {uraian: Arsip, triwulan: [1], biaya: 10.000, pelaksana: Divisi Hukum}
"""
ORIGIN = ["terbaca: 1 sasaran, 3 kegiatan, jumlah 30.000", "tidak ada yang berubah dari asalnya"]


@pytest.fixture(autouse=True)
def folder(own_folder: Path) -> None:  # noqa: ARG001 - it stands there
    """A source and the workbook that was built from it."""
    Path("a.yaml").write_bytes(PLAN.encode())
    assert run("build", "a.yaml").exit_code == 0


def cell_of(sheet: Worksheet, value: object) -> Cell:
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == value]
    assert len(found) == 1
    return found[0]  # type: ignore[return-value]  # a merged cell has no value


def edit(change: Callable[[openpyxl.Workbook, Worksheet], None], name: str = "a.xlsx") -> None:
    """Change the workbook as somebody who opens it would, the carried base left alone."""
    book = openpyxl.load_workbook(name)
    change(book, book.worksheets[0])
    book.save(name)


def put(old: object, new: float | str | None) -> None:
    def change(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        cell_of(sheet, old).value = new

    edit(change)


def lose_column(heading: str) -> None:
    def change(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        column = cell_of(sheet, heading).column
        for row in sheet.iter_rows(min_col=column, max_col=column, min_row=7, max_row=11):
            for cell in row:
                if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                    cell.value = None

    edit(change)


def drop_base(book: openpyxl.Workbook, _: Worksheet) -> None:
    del book["_rak"]


def source(*edits: tuple[str, str]) -> str:
    """Change today's source; what it is now."""
    text = Path("a.yaml").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    Path("a.yaml").write_text(text, encoding="utf-8")
    return text


def files() -> set[str]:
    return {path.name for path in Path().iterdir()}


# --- neither -o nor --into -------------------------------------------------------------------------------


def test_an_unedited_workbook_differs_in_nothing() -> None:
    result = run("import", "a.xlsx")

    assert (result.stdout.splitlines(), result.stderr, result.exit_code) == (ORIGIN, "", 0)


def test_an_edit_is_told_in_the_words_of_the_plan_and_nothing_is_written() -> None:
    put(20000, 25000)
    before = files()

    result = run("import", "a.xlsx")

    assert result.stdout.splitlines() == [
        "terbaca: 1 sasaran, 3 kegiatan, jumlah 35.000",
        "berbeda dari asalnya: 1",
        "  kegiatan 1.1.2 “Jaringan”: biaya 20.000 → 25.000",
    ]
    assert (result.exit_code, files()) == (0, before)


def test_the_receipt_speaks_english_too() -> None:
    assert run("import", "a.xlsx", "--lang", "en").stdout.splitlines() == [
        "read: 1 goals, 3 activities, total 30.000",
        "nothing differs from its base",
    ]


def test_without_its_base_a_workbook_is_read_and_a_note_says_what_is_not_known() -> None:
    edit(drop_base)

    result = run("import", "a.xlsx")

    assert result.stdout.splitlines() == ["terbaca: 1 sasaran, 3 kegiatan, jumlah 30.000"]
    assert "catatan RAK432" in result.stderr
    assert result.exit_code == 0


def test_a_text_form_is_read_too() -> None:
    assert run("import", "a.yaml").stdout.splitlines() == ORIGIN[:1]


def test_a_file_that_cannot_be_read_ends_with_4() -> None:
    Path("rusak.xlsx").write_bytes(b"PK\x03\x04")

    assert run("import", "rusak.xlsx").exit_code == 4
    assert run("import", "tidak-ada.xlsx").exit_code == 4


def test_standard_input_gives_a_plan() -> None:
    result = CliRunner().invoke(rak, ["import", "-"], input=PLAN, prog_name="rak")

    assert (result.stdout.splitlines(), result.exit_code) == (ORIGIN[:1], 0)


def test_the_receipt_is_told_before_anything_is_written() -> None:
    put(20000, 25000)

    result = run("import", "a.xlsx", "-o", "a.yaml/b.yaml")  # a folder that cannot be

    assert result.exit_code == 4
    assert "  kegiatan 1.1.2 “Jaringan”: biaya 20.000 → 25.000\n" in result.stderr
    assert "ditulis: a.yaml/b.yaml" not in result.stderr


# --- -o --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["b.yaml", "b.csv", "b.xlsx"])
def test_an_unedited_workbook_becomes_a_plan_of_the_same_hash(name: str) -> None:
    result = run("import", "a.xlsx", "-o", name)

    assert (result.stdout, result.stderr.splitlines(), result.exit_code) == (
        "", [*ORIGIN, f"ditulis: {name}"], 0
    )  # fmt: skip
    assert content_hash(loading.load(name).plans) == content_hash(loading.load("a.yaml").plans)


def test_what_the_form_does_not_print_comes_from_the_base() -> None:
    run("import", "a.xlsx", "-o", "b.yaml")

    assert loading.load("b.yaml").plan.pagu == 100_000


def test_standard_output_takes_a_plan() -> None:
    result = run("import", "a.xlsx", "-o", "-")

    assert loading.load_bytes(result.stdout_bytes, "-").plans == loading.load("a.yaml").plans


def test_an_existing_file_is_kept_unless_force_is_given() -> None:
    Path("b.yaml").write_text("milik orang lain", encoding="utf-8")

    refused = run("import", "a.xlsx", "-o", "b.yaml")

    assert (refused.exit_code, Path("b.yaml").read_text(encoding="utf-8")) == (2, "milik orang lain")
    assert "RAK020" in refused.stderr
    assert run("import", "a.xlsx", "-o", "b.yaml", "--force").exit_code == 0
    assert loading.load("b.yaml").plans == loading.load("a.yaml").plans


def test_an_input_is_not_written_over() -> None:
    before = Path("a.xlsx").read_bytes()

    result = run("import", "a.xlsx", "-o", "a.xlsx", "--force")

    assert (result.exit_code, Path("a.xlsx").read_bytes()) == (2, before)


def test_an_ending_of_no_form_is_refused() -> None:
    assert run("import", "a.xlsx", "-o", "b.docx").exit_code == 4
    assert "b.docx" not in files()


def test_only_one_target_may_be_named() -> None:
    result = run("import", "a.xlsx", "-o", "b.yaml", "--into", "a.yaml")

    assert (result.exit_code, "b.yaml" in files()) == (2, False)


def two_plans() -> None:
    other = PLAN.replace("jabatan: Ketua", "jabatan: Sekretaris").replace("# Rencana", "# Rencana kedua")
    Path("dua.yaml").write_text(f"{PLAN}---\n{other}", encoding="utf-8")
    assert run("build", "dua.yaml").exit_code == 0


def test_several_plans_do_not_fit_into_one_csv() -> None:
    two_plans()

    result = run("import", "dua.xlsx", "-o", "b.csv")

    assert (result.exit_code, "b.csv" in files()) == (2, False)
    assert "salah RAK026" in result.stderr


def test_several_plans_fit_into_one_yaml() -> None:
    two_plans()

    assert run("import", "dua.xlsx", "-o", "b.yaml").exit_code == 0
    assert loading.load("b.yaml").plans == loading.load("dua.yaml").plans


def test_a_workbook_with_errors_writes_nothing() -> None:
    put(20000, "banyak")

    result = run("import", "a.xlsx", "-o", "b.yaml")

    assert (result.exit_code, "b.yaml" in files()) == (1, False)
    assert "salah RAK110" in result.stderr


def test_partial_writes_what_does_not_fit_its_field_as_it_stands() -> None:
    put(20000, "banyak")

    result = run("import", "a.xlsx", "-o", "b.yaml", "--partial")
    again = run("check", "b.yaml")

    assert result.exit_code == 1
    assert "salah RAK110" in result.stderr
    assert "biaya: banyak" in Path("b.yaml").read_text(encoding="utf-8")
    assert "salah RAK110" in again.stdout


# --- --into ----------------------------------------------------------------------------------------------


def test_an_unedited_workbook_changes_no_byte_of_its_source() -> None:
    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert (Path("a.yaml").read_bytes(), files(), result.exit_code) == (
        PLAN.encode(), {"a.yaml", "a.xlsx"}, 0
    )  # fmt: skip
    assert result.stderr.splitlines()[-1] == "sumber sudah sama, tidak ditulis ulang"


def test_a_changed_cost_changes_its_line_alone() -> None:
    put(20000, 25000)

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert Path("a.yaml").read_text(encoding="utf-8") == PLAN.replace("20.000", "25.000")
    assert Path("a.yaml.bak").read_bytes() == PLAN.encode()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[-1] == "ditulis: a.yaml"


def test_no_backup_leaves_none() -> None:
    put(20000, 25000)

    run("import", "a.xlsx", "--into", "a.yaml", "--no-backup")

    assert files() == {"a.yaml", "a.xlsx"}


def test_line_ends_and_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode()
    Path("a.yaml").write_bytes(data)
    put(20000, 25000)

    run("import", "a.xlsx", "--into", "a.yaml")

    assert Path("a.yaml").read_bytes() == data.replace(b"20.000", b"25.000")


def test_edits_on_both_sides_are_both_kept() -> None:
    put(20000, 25000)
    text = source(("Divisi Hukum", "Divisi SDM"), ("pagu: Rp 100.000", "pagu: Rp 200.000"))

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert Path("a.yaml").read_text(encoding="utf-8") == text.replace("20.000", "25.000")
    assert result.exit_code == 0


def test_the_same_edit_on_both_sides_is_no_conflict() -> None:
    put(20000, 25000)
    text = source(("20.000", "25.000"))

    assert run("import", "a.xlsx", "--into", "a.yaml").exit_code == 0
    assert Path("a.yaml").read_text(encoding="utf-8") == text


def test_a_second_import_changes_nothing_more() -> None:
    put(20000, 25000)
    run("import", "a.xlsx", "--into", "a.yaml")
    after = Path("a.yaml").read_bytes()

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert (Path("a.yaml").read_bytes(), result.exit_code) == (after, 0)


def test_a_conflict_names_both_places_and_writes_nothing() -> None:
    put(20000, 25000)
    text = source(("20.000", "26.000"))

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert (result.exit_code, Path("a.yaml").read_text(encoding="utf-8"), files()) == (
        3, text, {"a.yaml", "a.xlsx"}
    )  # fmt: skip
    assert "a.yaml:13:54: salah RAK501" in result.stderr
    assert "a.xlsx[RAK 2026]!" in result.stderr


def test_a_deleted_row_is_deleted_in_the_source() -> None:
    def change(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        row = cell_of(sheet, "Laporan").row
        for merged in list(sheet.merged_cells.ranges):
            if merged.max_row == row and merged.min_row < row:
                sheet.merged_cells.remove(merged)
                merged.shrink(bottom=1)
                sheet.merge_cells(str(merged))
        for cell in sheet[row]:
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                cell.value = None

    edit(change)

    assert run("import", "a.xlsx", "--into", "a.yaml").exit_code == 0
    assert Path("a.yaml").read_text(encoding="utf-8") == "".join(
        line for line in PLAN.splitlines(keepends=True) if "Laporan" not in line
    )


def test_without_its_base_the_source_stands_in_for_it_and_what_it_loses_is_told() -> None:
    edit(drop_base)
    put(20000, 25000)
    text = source(("{uraian: Rapat,", "{uraian: Rapat pleno,"))

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert Path("a.yaml").read_text(encoding="utf-8") == PLAN.replace("20.000", "25.000")
    assert Path("a.yaml.bak").read_text(encoding="utf-8") == text
    assert "peringatan RAK436" in result.stderr
    assert result.stderr.splitlines()[-4:] == [
        "berbeda dari a.yaml: 2",
        "  kegiatan 1.1.1 “Rapat”: uraian “Rapat pleno” → “Rapat”",
        "  kegiatan 1.1.2 “Jaringan”: biaya 20.000 → 25.000",
        "ditulis: a.yaml",
    ]


def test_without_its_base_and_without_edits_no_byte_changes_and_nothing_warns() -> None:
    edit(drop_base)

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert (result.exit_code, Path("a.yaml").read_bytes()) == (0, PLAN.encode())
    assert "peringatan" not in result.stderr
    assert "tidak ada yang berubah dari a.yaml" in result.stderr


def test_values_that_the_layout_of_a_yaml_has_no_place_for_are_refused_with_what_would_change() -> None:
    """A workbook of another form says how much in a quarter, where the source's form has a tick."""
    whole = loading.load("a.yaml")
    (plan,) = whole.plans
    goal, indicator = plan.sasaran[0], plan.sasaran[0].indikator[0]
    first = replace(indicator.kegiatan[0], triwulan=("25 %", False, False, False))
    changed = replace(indicator, kegiatan=(first, *indicator.kegiatan[1:]))
    wanted = replace(plan, sasaran=(replace(goal, indikator=(changed,)),))

    with pytest.raises(RakError) as refused:
        new_source("baru.yaml", (wanted,), whole.layouts)

    (finding,) = refused.value.findings
    assert finding.code == "RAK027"
    assert "25 %" in finding.message("id")


@pytest.mark.parametrize("words", [("-o", "c.csv"), ("--into", "b.csv")])
def test_a_plan_that_a_csv_cannot_hold_is_refused_with_what_would_change(words: tuple[str, str]) -> None:
    twin = PLAN.replace("penandatangan:", TWIN + "penandatangan:")
    Path("b.yaml").write_text(twin.replace("Persentase sarana terpasang B", "Lain"), encoding="utf-8")
    assert run("import", "b.yaml", "-o", "b.csv").exit_code == 0
    before = Path("b.csv").read_bytes()
    Path("b.yaml").write_text(twin.replace(" B\n", "\n"), encoding="utf-8")

    result = run("import", "b.yaml", *words)

    assert (result.exit_code, Path("b.csv").read_bytes(), "c.csv" in files()) == (2, before, False)
    assert "salah RAK027" in result.stderr
    assert "dipindah dari 1.2.1" in result.stderr


def test_a_layout_that_only_the_source_names_is_no_difference() -> None:
    text = source(("unit: KPU", "tata_letak: kpu\nunit: KPU"))

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert (result.exit_code, Path("a.yaml").read_text(encoding="utf-8")) == (0, text)


def test_a_csv_takes_the_edits_and_keeps_its_bytes() -> None:
    api.save(loading.load("a.yaml").plan, "c.csv")
    written = Path("c.csv").read_bytes()
    put(20000, 25000)

    result = run("import", "a.xlsx", "--into", "c.csv")

    assert result.exit_code == 0
    assert Path("c.csv").read_bytes() == written.replace(b"20.000", b"25.000").replace(b"20000", b"25000")
    assert Path("c.csv.bak").read_bytes() == written


def test_an_unedited_workbook_changes_no_byte_of_a_csv() -> None:
    api.save(loading.load("a.yaml").plan, "c.csv")
    written = Path("c.csv").read_bytes()

    assert run("import", "a.xlsx", "--into", "c.csv").exit_code == 0
    assert (Path("c.csv").read_bytes(), "c.csv.bak" in files()) == (written, False)


def test_each_of_several_plans_is_merged_into_its_own() -> None:
    two_plans()
    book = openpyxl.load_workbook("dua.xlsx")
    cell_of(book.worksheets[1], 20000).value = 25000
    book.save("dua.xlsx")
    first, second = Path("dua.yaml").read_text(encoding="utf-8").split("---\n")

    assert run("import", "dua.xlsx", "--into", "dua.yaml").exit_code == 0
    assert Path("dua.yaml").read_text(encoding="utf-8") == (
        f"{first}---\n{second.replace('20.000', '25.000')}"
    )


def test_a_source_with_errors_is_told_and_kept() -> None:
    put(20000, 25000)
    text = source(("10.000", "sedikit"))

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert (result.exit_code, Path("a.yaml").read_text(encoding="utf-8")) == (1, text)
    assert "a.yaml:12:" in result.stderr


def test_a_source_that_is_not_there_ends_with_4() -> None:
    assert run("import", "a.xlsx", "--into", "tidak-ada.yaml").exit_code == 4
    assert "tidak-ada.yaml" not in files()


def test_partial_keeps_the_value_of_the_source_where_the_workbook_has_none_that_fits() -> None:
    put(20000, "banyak")
    put(10000, 11000)

    refused = run("import", "a.xlsx", "--into", "a.yaml")
    assert (refused.exit_code, Path("a.yaml").read_bytes()) == (1, PLAN.encode())
    result = run("import", "a.xlsx", "--into", "a.yaml", "--partial")

    assert Path("a.yaml").read_text(encoding="utf-8") == PLAN.replace("10.000", "11.000")
    assert (result.exit_code, "salah RAK110" in result.stderr) == (1, True)


def test_partial_keeps_a_column_that_the_workbook_has_lost() -> None:
    put(10000, 11000)
    lose_column("Pelaksana")

    refused = run("import", "a.xlsx", "--into", "a.yaml")
    assert (refused.exit_code, Path("a.yaml").read_bytes()) == (1, PLAN.encode())
    assert "salah RAK402" in refused.stderr
    assert run("import", "a.xlsx", "--into", "a.yaml", "--partial").exit_code == 1
    assert Path("a.yaml").read_text(encoding="utf-8") == PLAN.replace("10.000", "11.000")


def test_a_column_that_the_workbook_has_lost_conflicts_with_edits_of_it_in_the_source() -> None:
    lose_column("Pelaksana")
    before = source(("Divisi Hukum", "Divisi Teknis"))

    result = run("import", "a.xlsx", "--into", "a.yaml", "--partial")

    assert (result.exit_code, Path("a.yaml").read_text(encoding="utf-8")) == (3, before)
    assert "salah RAK507" in result.stderr


def test_a_sheet_that_was_added_becomes_a_plan_at_the_end_of_the_source() -> None:
    def change(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        cell_of(book.copy_worksheet(sheet), "Ketua,").value = "Sekretaris,"

    edit(change)

    assert run("import", "a.xlsx", "--into", "a.yaml").exit_code == 0
    assert Path("a.yaml").read_text(encoding="utf-8").startswith(f"{PLAN}---\n")
    two_plans()
    assert loading.load("a.yaml").plans == loading.load("dua.yaml").plans


def test_a_name_with_a_space_is_quoted_in_the_command_that_is_told() -> None:
    Path("a.yaml").rename("rencana kantor.yaml")
    run("build", "rencana kantor.yaml", "-o", "a.xlsx")
    put(20000, 25000)

    result = run("build", "rencana kantor.yaml", "-o", "a.xlsx")

    assert 'rak import a.xlsx --into "rencana kantor.yaml"' in result.stderr


# --- conflicts in Excel ----------------------------------------------------------------------------------


def conflict() -> str:
    """A cost that was changed on both sides, and a doer that the workbook alone changed."""
    put(20000, 25000)
    put("Divisi Hukum", "Divisi SDM")
    return source(("20.000", "26.000"))


def ask() -> openpyxl.Workbook:
    assert run("import", "a.xlsx", "--into", "a.yaml", "--conflicts", "k.xlsx").exit_code == 3
    return openpyxl.load_workbook("k.xlsx")


def choose(book: openpyxl.Workbook, *answers: str | None) -> None:
    for row, answer in enumerate(answers, 4):
        book.worksheets[0].cell(row, 6).value = answer
    book.save("k.xlsx")


def resolve(*words: str) -> Result:
    return run("import", "a.xlsx", "--into", "a.yaml", "--resolve", "k.xlsx", *words)


def test_the_sheet_of_conflicts_shows_base_workbook_and_source() -> None:
    text = conflict()

    sheet = ask().worksheets[0]
    shown = [cell.value for cell in sheet[4]][:6]

    assert sheet.title == "Konflik"
    assert [cell.value for cell in sheet[3]][:6] == [
        "No.", "Yang dipersoalkan", "Semula", "Buku kerja\na.xlsx", "Sumber\na.yaml", "Pilihan"
    ]  # fmt: skip
    assert shown == [1, "kegiatan 1.1.2 “Jaringan”: biaya", "20.000", "25.000", "26.000", None]
    assert "\nrak import a.xlsx --into a.yaml --resolve k.xlsx" in sheet["A2"].value
    assert Path("a.yaml").read_text(encoding="utf-8") == text


def test_the_sheet_of_conflicts_offers_its_answers_in_a_list() -> None:
    conflict()

    (validation,) = ask().worksheets[0].data_validations.dataValidation

    assert (str(validation.sqref), validation.formula1) == ("F4", "_rak!$D$1:$D$2")


def test_the_sheet_of_conflicts_speaks_english_too() -> None:
    conflict()
    run("import", "a.xlsx", "--into", "a.yaml", "--conflicts", "k.xlsx", "--lang", "en")

    book = openpyxl.load_workbook("k.xlsx")

    assert [cell.value for cell in book.worksheets[0][3]][2:6] == [
        "Before", "Workbook\na.xlsx", "Source\na.yaml", "Choice"
    ]  # fmt: skip
    choose(book, "source")
    assert resolve().exit_code == 0


@pytest.mark.parametrize(
    ("answer", "amount"), [("buku kerja", "25.000"), ("Sumber ", "26.000"), ("theirs", "25.000")]
)
def test_a_choice_settles_its_conflict_and_all_else_is_merged(answer: str, amount: str) -> None:
    text = conflict()
    choose(ask(), answer)

    result = resolve()

    assert result.exit_code == 0
    assert Path("a.yaml").read_text(encoding="utf-8") == text.replace("26.000", amount).replace(
        "Divisi Hukum", "Divisi SDM"
    )
    assert Path("a.yaml.bak").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("answer", [None, "entah"])
def test_an_unfilled_or_unknown_choice_is_told_at_its_cell(answer: str | None) -> None:
    text = conflict()
    choose(ask(), answer)

    result = resolve()

    assert (result.exit_code, Path("a.yaml").read_text(encoding="utf-8")) == (3, text)
    assert result.stderr.startswith("k.xlsx[Konflik]!F4: salah RAK509")


def test_two_answers_to_one_conflict_are_told_and_neither_is_taken() -> None:
    """A row was copied, and each of the two says something else."""
    text = conflict()
    book = ask()
    sheet = book.worksheets[0]
    for column, cell in enumerate(sheet[4], 1):
        sheet.cell(5, column).value = cell.value
    choose(book, "buku kerja", "sumber")

    result = resolve()

    assert (result.exit_code, Path("a.yaml").read_text(encoding="utf-8")) == (3, text)
    assert result.stderr.startswith("k.xlsx[Konflik]!F5: salah RAK509: pilihan “buku kerja / sumber”")


def test_a_source_that_has_changed_since_is_told_and_kept() -> None:
    conflict()
    choose(ask(), "sumber")
    text = source(("Laporan", "Laporan akhir"))

    result = resolve()

    assert (result.exit_code, Path("a.yaml").read_text(encoding="utf-8")) == (3, text)
    assert result.stderr.startswith("k.xlsx: salah RAK511: “a.yaml”")


def test_a_choice_that_was_copied_from_an_older_sheet_is_told_at_its_cell() -> None:
    text = conflict()
    book = ask()
    book.worksheets[0]["G5"] = "0|RAK501:sasaran[0].uraian:00000000"
    choose(book, "sumber", "sumber")

    result = resolve()

    assert (result.exit_code, Path("a.yaml").read_text(encoding="utf-8")) == (3, text)
    assert result.stderr.startswith("k.xlsx[Konflik]!F5: salah RAK508")


def test_a_file_that_is_no_sheet_of_conflicts_is_refused() -> None:
    text = conflict()
    assert run("build", "a.yaml", "-o", "k.xlsx").exit_code == 0

    result = resolve()

    assert (result.exit_code, Path("a.yaml").read_text(encoding="utf-8")) == (2, text)
    assert "RAK512" in result.stderr


def test_without_conflicts_no_sheet_of_them_is_written() -> None:
    put(20000, 25000)

    assert run("import", "a.xlsx", "--into", "a.yaml", "--conflicts", "k.xlsx").exit_code == 0
    assert files() == {"a.yaml", "a.yaml.bak", "a.xlsx"}


@pytest.mark.parametrize(
    "words",
    [("--conflicts", "k.xlsx"), ("--resolve", "k.xlsx"),
     ("--into", "a.yaml", "--conflicts", "k.xlsx", "--resolve", "k.xlsx")],
)  # fmt: skip
def test_options_that_make_no_sense_together_are_a_usage_error(words: tuple[str, ...]) -> None:
    assert run("import", "a.xlsx", *words).exit_code == 2


@pytest.mark.parametrize("name", ["a.xlsx", "a.yaml"])
def test_a_sheet_of_conflicts_never_takes_the_place_of_an_input(name: str) -> None:
    conflict()
    before = Path(name).read_bytes()

    result = run("import", "a.xlsx", "--into", "a.yaml", "--conflicts", name, "--force")

    assert (result.exit_code, Path(name).read_bytes()) == (2, before)


def test_conflicts_of_several_plans_are_told_apart() -> None:
    two_plans()
    book = openpyxl.load_workbook("dua.xlsx")
    for sheet in book.worksheets[:2]:
        cell_of(sheet, 20000).value = 25000
    book.save("dua.xlsx")
    text = Path("dua.yaml").read_text(encoding="utf-8").replace("20.000", "26.000")
    Path("dua.yaml").write_text(text, encoding="utf-8")
    run("import", "dua.xlsx", "--into", "dua.yaml", "--conflicts", "k.xlsx")
    choose(openpyxl.load_workbook("k.xlsx"), "buku kerja", "sumber")

    result = run("import", "dua.xlsx", "--into", "dua.yaml", "--resolve", "k.xlsx")

    first, second = text.split("---\n")
    assert result.exit_code == 0
    assert Path("dua.yaml").read_text(encoding="utf-8") == (
        f"{first.replace('26.000', '25.000')}---\n{second}"
    )


# --- building over an edited workbook --------------------------------------------------------------------


def test_build_over_an_edit_that_the_source_lacks_stops_and_says_the_command() -> None:
    put(20000, 25000)
    before = Path("a.xlsx").read_bytes()

    result = run("build", "a.yaml")

    assert (result.exit_code, Path("a.xlsx").read_bytes()) == (3, before)
    assert "salah RAK510" in result.stderr
    assert "rak import a.xlsx --into a.yaml" in result.stderr


def test_build_over_an_edit_that_the_source_has_builds() -> None:
    put(20000, 25000)
    run("import", "a.xlsx", "--into", "a.yaml")

    result = run("build", "a.yaml")

    assert result.exit_code == 0
    assert "catatan RAK514" in result.stderr
    assert run("diff", "a.yaml", "a.xlsx").exit_code == 0


def test_build_from_a_source_that_went_on_over_a_workbook_that_did_not_builds() -> None:
    edit(lambda _book, sheet: sheet.column_dimensions.__getitem__("B").__setattr__("width", 50))
    source(("10.000", "15.000"))

    result = run("build", "a.yaml")

    assert result.exit_code == 0
    assert run("diff", "a.yaml", "a.xlsx").exit_code == 0


def test_build_over_an_edit_that_contradicts_the_source_stops() -> None:
    conflict()

    assert run("build", "a.yaml").exit_code == 3


def add_sheet(book: openpyxl.Workbook, _: Worksheet) -> None:
    book.create_sheet("Catatan")["A1"] = "rapat hari Senin"


def add_note(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    cell_of(sheet, 20000).comment = openpyxl.comments.Comment("periksa lagi", "Kepala")


def add_chart(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.add_chart(BarChart(), "M3")


@pytest.mark.parametrize("change", [add_sheet, add_note, add_chart])
def test_build_over_cells_that_no_plan_holds_stops(
    change: Callable[[openpyxl.Workbook, Worksheet], None],
) -> None:
    edit(change)
    before = Path("a.xlsx").read_bytes()

    result = run("build", "a.yaml")

    assert (result.exit_code, Path("a.xlsx").read_bytes()) == (3, before)
    assert "salah RAK513" in result.stderr
    assert run("build", "a.yaml", "--force").exit_code == 0


def test_build_over_a_workbook_with_a_fault_stops() -> None:
    put(20000, "banyak")

    assert run("build", "a.yaml").exit_code == 3


# --- the face --------------------------------------------------------------------------------------------


def test_bytes_are_read_back_without_a_file() -> None:
    put(20000, 25000)

    again = api.reimport(Path("a.xlsx").read_bytes())

    assert again.plans[0].jumlah_biaya == 35_000
    assert [told.id for one in again.differences for told in one.told] == [
        "kegiatan 1.1.2 “Jaringan”: biaya 20.000 → 25.000"
    ]

"""The ring from a YAML or CSV source to its workbook and back: nothing lost, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from commands import run
from rak_excel import api, loading

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

PLAN = """\
# Rencana kantor
tahun: 2026
unit: KPU Kabupaten Contoh
sasaran:
  - uraian: Tersedianya data
    indikator:
      - uraian: Persentase sarana terpasang
        target: 100
        kegiatan:
          - uraian: Rapat
            triwulan: [1]
            biaya: 10.000
            pelaksana: Divisi Hukum
          - uraian: Jaringan
            triwulan: {2: x}     # lelang
            biaya: 20.000
            pelaksana: Divisi Data
penandatangan: {jabatan: Ketua, nama: SARJANI}
"""
SECOND = PLAN.replace("# Rencana kantor", "# Rencana sekretariat").replace("Ketua", "Sekretaris")
BOTH = f"{PLAN}---\n{SECOND}"
CSV = """\
tahun;2026
unit;KPU Kabupaten Contoh
penandatangan.jabatan;Ketua
penandatangan.nama;SARJANI

no;sasaran;indikator;target;kegiatan;t1;t2;t3;t4;biaya;pelaksana
1;Tersedianya data – sarana;Persentase sarana terpasang;100;Rapat;x;;;;10.000;Divisi Hukum
;;;;Jaringan;;x;;;20.000;Divisi Data
"""


pytestmark = pytest.mark.usefixtures("own_folder")


def build(text: str, name: str = "a.yaml", encoding: str = "utf-8") -> None:
    """A source, and the workbook that is built from it."""
    Path(name).write_bytes(text.encode(encoding))
    assert run("build", name).exit_code == 0


def edit(change: Callable[[Worksheet], None], sheet: int = 0) -> None:
    book = openpyxl.load_workbook("a.xlsx")
    change(book.worksheets[sheet])
    book.save("a.xlsx")


def put(old: object, new: int | str | None) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        cell_of(sheet, old).value = new

    return change


def cell_of(sheet: Worksheet, value: object) -> Cell:
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == value]
    assert len(found) == 1
    return found[0]  # type: ignore[return-value]  # a merged cell has no value


def unchanged(_: Worksheet) -> None:
    """The workbook is saved as it is."""


def added_row(sheet: Worksheet) -> None:
    """Another kegiatan below the last one, typed over the row of the total, which goes one down."""
    row = cell_of(sheet, "JUMLAH").row
    for merged in list(sheet.merged_cells.ranges):
        if merged.min_row >= row:
            sheet.unmerge_cells(str(merged))
    sheet.insert_rows(row)
    sheet[f"D{row}"], sheet[f"E{row}"], sheet[f"F{row}"] = 100, "Laporan", "√"
    sheet[f"J{row}"], sheet[f"K{row}"] = 5_000, "Divisi Data"


def source(name: str = "a.yaml") -> str:
    return Path(name).read_text(encoding="utf-8")


# --- build never loses what was typed --------------------------------------------------------------------


def an_extra_column(sheet: Worksheet) -> None:
    sheet["M7"], sheet["M9"] = "Keterangan", "menunggu SK"


def a_typed_total(sheet: Worksheet) -> None:
    cell_of(sheet, "JUMLAH").offset(0, 9).value = 45_000


@pytest.mark.parametrize(
    ("change", "told"), [(an_extra_column, "menunggu SK"), (a_typed_total, "yang tertulis 45.000")]
)
def test_build_stops_over_what_was_typed_beside_the_plan(
    change: Callable[[Worksheet], None], told: str
) -> None:
    build(PLAN)
    edit(change)
    before = Path("a.xlsx").read_bytes()

    result = run("build", "a.yaml")

    assert (result.exit_code, Path("a.xlsx").read_bytes()) == (3, before)
    assert "salah RAK513" in result.stderr
    assert told in result.stderr


def test_build_over_a_saved_workbook_takes_a_plan_that_is_new_in_the_source() -> None:
    build(PLAN)
    edit(put(20_000, 25_000))
    Path("a.yaml").write_text(BOTH, encoding="utf-8")
    assert run("import", "a.xlsx", "--into", "a.yaml").exit_code == 0

    assert run("build", "a.yaml").exit_code == 0
    assert run("diff", "a.yaml", "a.xlsx").exit_code == 0


def a_copied_sheet(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.copy_worksheet(sheet)


def test_build_takes_a_copied_sheet_once_the_source_has_its_plan() -> None:
    build(PLAN)
    edit(a_copied_sheet)
    assert run("build", "a.yaml").exit_code == 3
    assert run("import", "a.xlsx", "--into", "a.yaml").exit_code == 0

    assert run("build", "a.yaml").exit_code == 0


def test_build_over_a_workbook_that_lost_a_sheet_names_the_plan_and_no_command_that_cannot_help() -> None:
    build(BOTH)
    edit(lambda sheet: sheet.parent.remove(sheet), 1)  # type: ignore[union-attr]

    result = run("build", "a.yaml")

    assert result.exit_code == 3
    assert "salah RAK513" in result.stderr
    assert "RAK 2026 Sekretaris" in result.stderr
    assert "rak import" not in result.stderr


# --- a plan that the source has no more ------------------------------------------------------------------


def test_a_plan_that_was_deleted_in_the_source_does_not_come_back() -> None:
    """merge(b, x, b) = x, of whole plans too."""
    build(BOTH)
    Path("a.yaml").write_text(PLAN, encoding="utf-8")
    edit(unchanged)

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert (result.exit_code, source()) == (0, PLAN)
    assert "a.xlsx[RAK 2026 Sekretaris]!A1: catatan RAK521" in result.stderr
    assert run("build", "a.yaml").exit_code == 0


def test_a_plan_that_was_deleted_in_the_source_and_edited_in_the_workbook_is_a_conflict() -> None:
    build(BOTH)
    Path("a.yaml").write_text(PLAN, encoding="utf-8")
    edit(put(20_000, 25_000), 1)

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert (result.exit_code, source()) == (3, PLAN)
    assert "a.xlsx[RAK 2026 Sekretaris]!A1: salah RAK502" in result.stderr
    assert "biaya 20.000 → 25.000" in result.stderr
    assert run("build", "a.yaml").exit_code == 3


@pytest.mark.parametrize(("answer", "plans"), [("sumber", 1), ("buku kerja", 2)])
def test_a_choice_says_whether_a_deleted_plan_comes_back(answer: str, plans: int) -> None:
    build(BOTH)
    Path("a.yaml").write_text(PLAN, encoding="utf-8")
    edit(put(20_000, 25_000), 1)
    assert run("import", "a.xlsx", "--into", "a.yaml", "--conflicts", "k.xlsx").exit_code == 3
    book = openpyxl.load_workbook("k.xlsx")
    book.worksheets[0]["F4"] = answer
    book.save("k.xlsx")

    result = run("import", "a.xlsx", "--into", "a.yaml", "--resolve", "k.xlsx")

    assert result.exit_code == 0
    assert source().startswith(PLAN)
    assert [plan.jumlah_biaya for plan in loading.load("a.yaml").plans] == [30_000, 35_000][:plans]


# --- the receipt says what was understood ----------------------------------------------------------------


def test_a_value_that_cannot_be_read_is_not_told_as_a_deletion() -> None:
    build(PLAN)
    edit(put(20_000, "banyak"))

    result = run("import", "a.xlsx")

    assert "salah RAK110" in result.stderr
    assert "(kosong)" not in result.stdout
    assert result.stdout.splitlines()[1] == "tidak ada yang berubah dari asalnya, selain yang tidak terbaca"


def test_a_blanked_value_is_told() -> None:
    build(PLAN)
    edit(put(20_000, None))

    assert "kegiatan 1.1.2 “Jaringan”: biaya 20.000 → (kosong)" in run("import", "a.xlsx").stdout


def test_a_sheet_name_that_the_plan_keeps_is_told_before_it_is_written() -> None:
    build(f"lembar: Rencana\n{PLAN}")
    edit(lambda sheet: setattr(sheet, "title", "RAK Final"))

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert source().startswith("lembar: RAK Final\n")
    assert "  lembar: “Rencana” → “RAK Final”" in result.stderr


def test_what_changes_in_a_source_that_went_on_is_told_beside_what_differs_from_the_base() -> None:
    build(PLAN)
    edit(put(20_000, 25_000))
    edit(put("Divisi Hukum", "Divisi SDM"))
    Path("a.yaml").write_text(PLAN.replace("20.000", "25.000"), encoding="utf-8")

    told = run("import", "a.xlsx", "--into", "a.yaml").stderr.splitlines()

    assert told[-6:] == [
        "berbeda dari asalnya: 2",
        "  kegiatan 1.1.1 “Rapat”: pelaksana “Divisi Hukum” → “Divisi SDM”",
        "  kegiatan 1.1.2 “Jaringan”: biaya 20.000 → 25.000",
        "yang berubah di a.yaml: 1",
        "  kegiatan 1.1.1 “Rapat”: pelaksana “Divisi Hukum” → “Divisi SDM”",
        "ditulis: a.yaml",
    ]


def test_where_both_are_the_same_it_is_told_once() -> None:
    build(PLAN)
    edit(put(20_000, 25_000))

    assert "yang berubah" not in run("import", "a.xlsx", "--into", "a.yaml").stderr


def test_partial_keeps_an_edit_that_stands_where_another_plan_has_a_fault() -> None:
    build(BOTH)
    edit(put(20_000, "banyak"))
    edit(put(20_000, 25_000), 1)

    result = run("import", "a.xlsx", "--into", "a.yaml", "--partial")

    assert result.exit_code == 1
    assert source() == f"{PLAN}---\n{SECOND.replace('20.000', '25.000')}"


# --- how it is written -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [">-", ">", "|", "|-"])
def test_a_new_kegiatan_below_a_folded_one_is_written_on_one_line(mark: str) -> None:
    build(PLAN.replace("uraian: Jaringan\n", f"uraian: {mark}\n              Jaringan\n"))
    before = source()
    edit(added_row)

    assert run("import", "a.xlsx", "--into", "a.yaml").exit_code == 0
    added = (
        "          - uraian: Laporan\n            triwulan: {1: x}\n            biaya: 5.000\n"
        "            pelaksana: Divisi Data\n"
    )
    assert source() == before.replace("penandatangan:", f"{added}penandatangan:")


def test_a_tick_that_changes_its_quarter_leaves_no_comma_behind() -> None:
    build(PLAN)

    def change(sheet: Worksheet) -> None:
        row = cell_of(sheet, "Jaringan").row
        sheet[f"G{row}"], sheet[f"H{row}"] = None, "√"

    edit(change)

    assert run("import", "a.xlsx", "--into", "a.yaml").exit_code == 0
    assert source() == PLAN.replace("{2: x} ", "{3: x} ")


def test_a_csv_whose_encoding_cannot_hold_a_text_is_written_in_another_and_that_is_told() -> None:
    build(CSV, "a.csv", "cp1252")
    edit(put("Rapat", "Rapat Ω"))

    result = run("import", "a.xlsx", "--into", "a.csv")

    assert Path("a.csv").read_text(encoding="utf-8-sig") == CSV.replace("Rapat", "Rapat Ω")
    assert (result.exit_code, "a.csv: catatan RAK028" in result.stderr) == (0, True)


def test_a_csv_that_keeps_its_encoding_is_not_told_of() -> None:
    build(CSV, "a.csv", "cp1252")
    edit(put("Rapat", "Rapat é"))

    result = run("import", "a.xlsx", "--into", "a.csv")

    assert Path("a.csv").read_bytes() == CSV.replace("Rapat", "Rapat é").encode("cp1252")
    assert "RAK028" not in result.stderr


def test_a_signatory_below_the_table_of_a_csv_is_changed_there() -> None:
    head, _, table = CSV.partition("penandatangan.jabatan;Ketua\npenandatangan.nama;SARJANI\n")
    text = f"{head}{table}\npenandatangan.jabatan;Ketua\npenandatangan.nama;SARJANI"
    build(text, "a.csv")
    edit(put("SARJANI", "BUDI"))

    assert run("import", "a.xlsx", "--into", "a.csv").exit_code == 0
    assert source("a.csv") == text.replace("SARJANI", "BUDI")


# --- after a choice --------------------------------------------------------------------------------------


def test_after_the_source_was_chosen_the_command_that_goes_on_is_told() -> None:
    """The workbook still has what was not chosen, so it would be asked again and again."""
    build(PLAN)
    edit(put(20_000, 25_000))
    Path("a.yaml").write_text(PLAN.replace("20.000", "26.000"), encoding="utf-8")
    run("import", "a.xlsx", "--into", "a.yaml", "--conflicts", "k.xlsx")
    book = openpyxl.load_workbook("k.xlsx")
    book.worksheets[0]["F4"] = "sumber"
    book.save("k.xlsx")

    result = run("import", "a.xlsx", "--into", "a.yaml", "--resolve", "k.xlsx")

    assert result.exit_code == 0
    assert "rak build a.yaml -o a.xlsx --force" in result.stderr
    assert run("build", "a.yaml", "-o", "a.xlsx", "--force").exit_code == 0
    assert run("import", "a.xlsx", "--into", "a.yaml").exit_code == 0


# --- a layout of one's own --------------------------------------------------------------------------------


def test_a_layout_beside_the_source_is_found_for_a_workbook_in_another_folder() -> None:
    Path("sumber").mkdir()
    own = api.layout_text("kpu").replace("layout: kpu", "layout: kami").replace("Pelaksana", "Ditangani oleh")
    Path("sumber/kami.yaml").write_text(own, encoding="utf-8")
    text = f"tata_letak: kami.yaml\n{PLAN}"
    Path("sumber/a.yaml").write_text(text, encoding="utf-8")
    assert run("build", "sumber/a.yaml", "-o", "a.xlsx").exit_code == 0
    edit(put("Divisi Hukum", "Divisi SDM"))

    result = run("import", "a.xlsx", "--into", "sumber/a.yaml")

    assert (result.exit_code, source("sumber/a.yaml")) == (0, text.replace("Divisi Hukum", "Divisi SDM"))
    assert "RAK404" not in result.stderr
    assert run("build", "sumber/a.yaml", "-o", "a.xlsx").exit_code == 0


def test_a_layout_named_at_the_command_is_known_on_the_way_back() -> None:
    Path("formulir").mkdir()
    own = api.layout_text("kpu").replace("layout: kpu", "layout: kami").replace("Pelaksana", "Ditangani oleh")
    Path("formulir/lain.yaml").write_text(own, encoding="utf-8")
    Path("a.yaml").write_text(PLAN, encoding="utf-8")
    assert run("build", "a.yaml", "--layout", "formulir/lain.yaml").exit_code == 0
    edit(put("Divisi Hukum", "Divisi SDM"))

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert (result.exit_code, source()) == (0, PLAN.replace("Divisi Hukum", "Divisi SDM"))
    assert "RAK404" not in result.stderr
    assert run("build", "a.yaml", "--layout", "formulir/lain.yaml").exit_code == 0
    assert run("import", "a.xlsx", "-o", "b.yaml").exit_code == 0
    assert "tata_letak: formulir/lain.yaml\n" in source("b.yaml")


# --- rows of one text -------------------------------------------------------------------------------------

MEETINGS = """\
tahun: 2026
unit: KPU Kabupaten Contoh
sasaran:
  - uraian: Tersedianya data
    indikator:
      - uraian: Persentase sarana terpasang
        target: 100
        kegiatan:
          - {uraian: Rapat, triwulan: [1], biaya: 1.000, pelaksana: Umum}   # pertama
          - {uraian: Rapat, triwulan: [2], biaya: 2.000, pelaksana: Umum}   # kedua
          - {uraian: Rapat, triwulan: [3], biaya: 3.000, pelaksana: Umum}   # ketiga
penandatangan: {jabatan: Ketua, nama: SARJANI}
"""
FIRST = "          - {uraian: Rapat, triwulan: [1], biaya: 1.000, pelaksana: Umum}   # pertama\n"


def first_row_deleted(sheet: Worksheet) -> None:
    """The rows below it are one row higher, and the last one is blank."""
    row = cell_of(sheet, 1_000).row
    for below in (row, row + 1, row + 2):
        for column in "DEFGHIJKL":
            sheet[f"{column}{below}"] = sheet[f"{column}{below + 1}"].value if below < row + 2 else None


def without_carriers(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    del sheet.parent["_rak"]
    for row in range(1, sheet.max_row + 1):
        sheet[f"L{row}"] = None


def test_of_rows_with_one_text_the_one_that_is_most_like_it_is_followed() -> None:
    build(MEETINGS)
    edit(put(2_000, 2_500))
    text = MEETINGS.replace(FIRST, "")
    Path("a.yaml").write_text(text, encoding="utf-8")

    first = run("import", "a.xlsx", "--into", "a.yaml")
    again = run("import", "a.xlsx", "--into", "a.yaml")

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert source() == text.replace("2.000", "2.500")


def test_of_rows_with_one_text_and_no_ids_the_one_that_went_is_found() -> None:
    build(MEETINGS)
    edit(without_carriers)
    edit(first_row_deleted)

    result = run("import", "a.xlsx", "--into", "a.yaml")

    assert source() == MEETINGS.replace(FIRST, "")
    assert result.stderr.splitlines()[-3:] == [
        "berbeda dari a.yaml: 1", "  kegiatan 1.1.1 “Rapat” dihapus", "ditulis: a.yaml"
    ]  # fmt: skip

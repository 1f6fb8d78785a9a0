"""Strangers read the published plan of 2024 as we built it: openpyxl, LibreOffice, the OOXML validator.

What they must find is told by the plan's own tree, or by the document itself, never by our arranging.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from clients import libreoffice, paper
from properties import sheets, strategies
from rak_excel import api, loading
from rak_excel.files import xlsx_writer
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.plan.values import BERSAMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from clients.paper import Printed
    from rak_excel.sheet.grid import Book

pytestmark = pytest.mark.client

ROOT: Final = Path(__file__).parents[2]
TOTAL: Final = 41_815_844_000
SHARED: Final = 203_660_000
HEADINGS: Final = (
    "No.", "Sasaran Strategis", "Indikator Kinerja Strategis", "Target (%)",
    "Kegiatan yang akan dilaksanakan", "Rencana Pelaksanaan", "T1", "T2", "T3", "T4", "Perkiraan Biaya",
    "Pelaksana",
)  # fmt: skip
# Columns as they stand on the form, from 1.
NOMOR, SASARAN, INDIKATOR, KEGIATAN, T1, BIAYA, PELAKSANA = 1, 2, 3, 5, 6, 10, 11


@pytest.fixture(scope="module")
def plans() -> tuple[Plan, ...]:
    return loading.load(ROOT / "examples" / "lahat-2024.yaml").plans


@pytest.fixture(scope="module")
def book(plans: tuple[Plan, ...]) -> Book:
    return api.build(plans)


@pytest.fixture(scope="module")
def workbook(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lahat") / "lahat.xlsx"
    api.save(book, path)
    return path


@pytest.fixture(scope="module")
def resaved(workbook: Path, tmp_path_factory: pytest.TempPathFactory, profile: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    [path] = libreoffice.convert([workbook], "xlsx", tmp_path_factory.mktemp("resaved"), profile)
    return path


@pytest.fixture(scope="module")
def printed(book: Book, tmp_path_factory: pytest.TempPathFactory, profile: Path) -> Printed:
    [one] = paper.print_books([book], tmp_path_factory.mktemp("paper"), profile)
    return one


@pytest.fixture(scope="module")
def pdf(workbook: Path, tmp_path_factory: pytest.TempPathFactory, profile: Path) -> Path:
    """The workbook as it is printed, with all its lines and colours."""
    [path] = libreoffice.convert([workbook], "pdf", tmp_path_factory.mktemp("pdf"), profile)
    return path


def visible(path: Path, *, values: bool = False) -> list[Worksheet]:
    book = openpyxl.load_workbook(path, data_only=values)
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def first_row(sheet: Worksheet) -> int:
    """The row of the first kegiatan: below the heading, whose second row tells the periods."""
    return next(row for row in range(1, 20) if sheet.cell(row, T1).value == "T1") + 1


# --- a second reader --------------------------------------------------------------------------------------


def merges_of(plan: Plan, first: int) -> set[str]:
    """The merges of the table as the plan's tree says them, its first kegiatan in row `first`."""
    made = set()

    def merge(column: int, lengths: list[int]) -> None:
        row = first
        for length in lengths:
            letter = get_column_letter(column)
            if length > 1:
                made.add(f"{letter}{row}:{letter}{row + length - 1}")
            row += length

    goals = [sum(len(one.kegiatan) for one in goal.indikator) for goal in plan.sasaran]
    merge(NOMOR, goals)
    merge(SASARAN, goals)
    merge(INDIKATOR, [len(one.kegiatan) for goal in plan.sasaran for one in goal.indikator])
    amounts = [at for at, one in enumerate(plan.kegiatan) if one.biaya != BERSAMA]
    merge(BIAYA, [end - start for start, end in pairwise([*amounts, sum(goals)])])
    return made


def test_both_plans_are_there_whole(workbook: Path, plans: tuple[Plan, ...]) -> None:
    told: list[list[Any]] = []
    for sheet in visible(workbook):
        first = first_row(sheet)
        last = next(row for row in range(first, 100) if sheet.cell(row, NOMOR).value == "JUMLAH")
        told.append([sheet.cell(row, KEGIATAN).value for row in range(first, last)])

    assert told == [[one.uraian for one in plan.kegiatan] for plan in plans]
    assert (len(told), sum(map(len, told)), sum(len(plan.sasaran) for plan in plans)) == (2, 28, 14)


def test_merges_are_the_tree_of_the_plan(workbook: Path, plans: tuple[Plan, ...]) -> None:
    for sheet, plan in zip(visible(workbook), plans, strict=True):
        first = first_row(sheet)
        last = first + sum(1 for _ in plan.kegiatan) - 1
        found = {one.coord for one in sheet.merged_cells.ranges if first <= one.min_row <= last}

        assert found == merges_of(plan, first)


def test_the_heading_is_two_rows_with_the_periods_under_their_own(workbook: Path) -> None:
    for sheet in visible(workbook):
        first = first_row(sheet)
        found = {one.coord for one in sheet.merged_cells.ranges if first - 2 <= one.min_row < first}
        over_both = {f"{letter}{first - 2}:{letter}{first - 1}" for letter in "ABCDEJK"}

        assert found == {*over_both, f"F{first - 2}:I{first - 2}"}


def test_the_shared_cost_is_one_cell_over_its_two_rows(workbook: Path) -> None:
    sheet = visible(workbook)[0]
    [row] = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, BIAYA).value == SHARED]

    assert f"J{row}:J{row + 1}" in sheet.merged_cells
    assert sheet.cell(row, KEGIATAN).value == "Pelaksanaan Pelatihan Teknis Kepemiluan kepada Badan Adhoc"


def total_of(path: Path, *, values: bool) -> Any:
    sheet = visible(path, values=values)[0]
    [row] = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, NOMOR).value == "JUMLAH"]
    return sheet.cell(row, BIAYA).value


def test_the_total_is_a_live_sum_with_its_value(workbook: Path, plans: tuple[Plan, ...]) -> None:
    """Viewers, phones and Protected View show what is stored, and calculate nothing."""
    assert str(total_of(workbook, values=False)).startswith("=SUM(")
    assert total_of(workbook, values=True) == TOTAL == plans[0].jumlah_biaya


# --- LibreOffice calculates ---------------------------------------------------------------------------------


def test_libreoffice_calculates_the_stored_total(workbook: Path, tmp_path: Path, profile: Path) -> None:
    """It trusts stored values; openpyxl drops them, so that it has to calculate."""
    (tmp_path / "in").mkdir()
    without = tmp_path / "in" / "without.xlsx"
    openpyxl.load_workbook(workbook).save(without)
    [calculated] = libreoffice.convert([without], "xlsx", tmp_path, profile)

    assert total_of(without, values=True) is None
    assert total_of(calculated, values=True) == TOTAL


INSERT: Final = """
Sub Main(source, target, row, column, amount)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  On Error Goto Done
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  filter(0).Name = "FilterName"
  filter(0).Value = "Calc MS Excel 2007 XML"
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  sheet = doc.Sheets.getByIndex(0)
  sheet.Rows.insertByIndex(CLng(row), 1)
  sheet.getCellByPosition(CLng(column), CLng(row)).setValue(CDbl(amount))
  doc.storeToURL(ConvertToURL(target), filter())
Done:
  StarDesktop.terminate()
End Sub
"""


def test_a_row_inserted_directly_above_the_total_is_in_it(
    workbook: Path, book: Book, tmp_path: Path, profile: Path
) -> None:
    """Staff add a forgotten kegiatan at the end of the table, and trust the sum."""
    source, target = shutil.copy(workbook, tmp_path / "source.xlsx"), tmp_path / "inserted.xlsx"
    row = book.sheets[0].table.last_row + 1
    libreoffice.run_basic(INSERT, [str(source), str(target), str(row), str(BIAYA - 1), "1000"], profile)

    assert visible(target)[0].cell(row + 1, BIAYA).value == 1000
    assert total_of(target, values=True) == TOTAL + 1000


# --- LibreOffice saves --------------------------------------------------------------------------------------


def carried(path: Path) -> dict[str, Any]:
    """What a workbook carries unseen, as openpyxl reads it."""
    book: Any = openpyxl.load_workbook(path)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    [base] = [sheet for sheet in book.worksheets if sheet.sheet_state != "visible"]
    return {
        "base": (base.title, [[cell.value for cell in row] for row in base.iter_rows()]),
        "ids": [
            [cell.value for row in sheet.iter_rows(min_col=PELAKSANA + 1) for cell in row if cell.value]
            for sheet in shown
        ],
        "hidden ids": [sheet.column_dimensions["L"].hidden for sheet in shown],
        "properties": {one.name: one.value for one in book.custom_doc_props.props},
        "names": [
            {name: one.attr_text.replace("'", "") for name, one in sheet.defined_names.items()}
            for sheet in shown
        ],
    }


def test_all_that_is_carried_survives_libreoffice(workbook: Path, resaved: Path) -> None:
    """What is carried is the way back into the plan, whoever saved the workbook in between."""
    before, after = carried(workbook), carried(resaved)

    assert after == before
    assert [len(ids) for ids in before["ids"]] == [22, 6]
    assert xlsx_writer.untouched(workbook.read_bytes()) is True
    assert xlsx_writer.untouched(resaved.read_bytes()) is False


def test_every_cell_survives_libreoffice(workbook: Path, resaved: Path) -> None:
    def told(path: Path) -> list[list[Any]]:
        return [
            [(cell.coordinate, cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
            for sheet in visible(path, values=True)
        ]

    assert told(resaved) == told(workbook)


# --- on paper -----------------------------------------------------------------------------------------------


def test_every_word_of_every_text_is_seen(printed: Printed, plans: tuple[Plan, ...]) -> None:
    """Text by text where it stands on its page, and nothing of the ink is cut."""
    seen = [one for one in paper.cells_seen(printed) if one.first]
    shown = Counter(paper.plain("".join(one.lines)) for one in seen)
    texts = [
        text
        for plan in plans
        for goal in plan.sasaran
        for text in (
            goal.uraian,
            *(one.uraian for one in goal.indikator),
            *(text for one in goal.indikator for row in one.kegiatan for text in (row.uraian, row.pelaksana)),
        )
    ]

    assert not Counter(paper.plain(str(text)) for text in texts) - shown
    assert not [one for one in seen if not one.whole]
    assert printed.cut_pages() == []


def test_the_real_print_has_the_same_words_on_the_same_pages(pdf: Path, printed: Printed) -> None:
    """Also with borders and colours, and centred; how a line ends is no matter."""

    def letters(words: list[libreoffice.Word]) -> list[Counter[str]]:
        pages: list[Counter[str]] = [Counter() for _ in printed.ink]
        for word in words:
            pages[word.page].update(paper.plain(word.text))
        return pages

    real = libreoffice.words(pdf)
    seen = paper.cells_seen(printed)
    own = Counter((one.page, word) for one in seen for line in one.lines for word in line.split())

    assert letters(real) == letters(printed.words)
    assert own <= Counter((word.page, word.text) for word in real)


def test_headings_and_page_numbers_stand_on_each_page(pdf: Path, printed: Printed) -> None:
    headed = {
        page: {
            paper.told(seen.cell) for seen in paper.cells_seen(printed) if seen.page == page and seen.whole
        }
        for page in range(len(printed.ink))
    }
    pages = libreoffice.pages_text(pdf)

    assert all(set(HEADINGS) <= texts for texts in headed.values())
    for number, text in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in " ".join(text.split())


def pages_of(printed: Printed, role: str, column: int) -> Iterator[int]:
    for seen in paper.cells_seen(printed):
        if seen.first and seen.cell.role == role and seen.cell.column == column - 1:
            yield seen.page


def test_total_and_signature_have_rows_above_them(printed: Printed) -> None:
    """A signature alone on a page could be put under any table."""
    kegiatan = Counter(pages_of(printed, "teks", KEGIATAN))
    totals = list(pages_of(printed, "jumlah", NOMOR))
    names = [seen.page for seen in paper.cells_seen(printed) if seen.cell.role == "nama"]

    assert totals == names
    assert len(totals) == 2
    assert all(kegiatan[page] >= 2 for page in totals)


def test_no_goal_is_cut_over_pages(printed: Printed) -> None:
    """A goal over two pages is signed by people who saw half of it."""
    seen = [one for one in paper.cells_seen(printed) if one.first]
    for sheet in printed.book.sheets:
        page_of = {one.cell.row: one.page for one in seen if one.sheet is sheet}
        for goal in sheets.column(sheet, "sasaran.uraian"):
            assert len({page_of[row] for row in sheets.rows(goal)}) == 1


# --- the validator ------------------------------------------------------------------------------------------


def strange() -> Plan:
    """A plan whose texts look like what a program could take for its own."""
    texts = [
        "=1+1", "{=1}", "+62", "- a", "@SUM(A1)", "http://kpu.go.id", "mailto:a@b", "Infinity", "NaN", "TRUE",
        "#N/A", "0123", "1e5", "198205062010122002", "<r>x</r>", "]]>", "&amp;", "_x0041_", "_x000D_", "“√”",
        "\U0001f600", "e\u0301", "\u200b\u00ad\u00a0.", "\u0645\u0631\u062d\u0628\u0627", "a\tb", "a\nb",
        "'x", "x" * 300, "\"';--", "\\", "&P", "{tahun}",
    ]  # fmt: skip
    rows = tuple(
        Kegiatan(text, target=text[:12], triwulan=(True,) * 4, biaya=at, pelaksana=text)
        for at, text in enumerate(texts)
    )
    one = Penandatangan("=Ketua", "<b>SARJANI</b>", pangkat="&", tempat="'", tanggal="1/2", pengantar="=A1")
    goals = (Sasaran("=SUM(J:J)", (Indikator("<is><t>x</t></is>", rows),)),)
    return Plan(2024, "KPU & <Kabupaten> 'Lahat'", goals, (one,), judul="=RENCANA", lembar="R & 'K!")


def three_hundred() -> Plan:
    goal = strategies.drawn(1, 11)[0].sasaran[0]
    row = goal.indikator[0].kegiatan[0]
    goals = tuple(
        Sasaran(f"{goal.uraian} {g}", (Indikator(f"Persentase {g}", tuple([row] * 5)),)) for g in range(60)
    )
    return Plan(2024, "KPU Kabupaten Lahat", goals, (Penandatangan("Ketua", "SARJANI"),))


CASES: Final = {"strange": strange, "three-hundred": three_hundred}


@pytest.mark.parametrize("name", ["lahat", *CASES])
def test_the_validator_has_no_complaint(
    name: str, plans: tuple[Plan, ...], validator: str, tmp_path: Path
) -> None:
    """Excel offers to repair a workbook that breaks these rules, and staff do not trust it after that."""
    path = tmp_path / "book.xlsx"
    api.save(api.build(CASES[name]() if name in CASES else plans), path)
    done = subprocess.run([validator, str(path)], capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, json.loads(done.stdout).get("errors")) == (0, []), done.stdout + done.stderr


def test_strange_texts_are_read_as_they_were_written(tmp_path: Path) -> None:
    """Nothing that was written becomes a formula, a number, a link or an error."""
    path = tmp_path / "book.xlsx"
    plan = strange()
    api.save(api.build(plan), path)
    [sheet] = visible(path)
    cells = [sheet.cell(row, KEGIATAN) for row in range(first_row(sheet), sheet.max_row + 1)]
    written = [one.uraian for one in plan.kegiatan]
    # openpyxl does not undo the escape of what looks like one
    shown = [str(cell.value).replace("_x005F_", "_") for cell in cells[: len(written)]]

    assert shown == [str(one).replace("_x005F_", "_") for one in written]
    assert {cell.data_type for cell in cells[: len(written)]} == {"s"}
    assert not any(cell.hyperlink for cell in cells)

"""A recapitulation before strangers: LibreOffice calculates and prints it, others read it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

import openpyxl
import pytest

import recaps
from clients import libreoffice, ooxml, recalculating
from rak_excel.files.xlsx_writer import is_recap, untouched
from rak_excel.loading import load
from rak_excel.rules import REKAP_BUKAN_RENCANA
from rak_excel.sheet import rekap, temuan
from rak_excel.sheet.listing import MARKS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rak_excel.plan.consolidation import Consolidation

pytestmark = [
    pytest.mark.client,
    pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning:openpyxl"),
]

STRANGE: Final = (
    "=1+1", "@SUM(A1)", "<r>x</r>", "_x0041_", "Jum'at & Sabtu", "a\nb", "\U0001f600", "]]>", "x" * 300,
    "a\x01b",
)  # fmt: skip


def strange() -> Consolidation:
    """Texts, names of files and of sheets that a program could take for its own."""
    rows = [
        recaps.kegiatan(
            1, number, kegiatan=text, pelaksana="", sasaran=text, berkas=f"{number} #50% {text[:5]}.xlsx",
            lembar=text[:20], target=text[:9],
        )
        for number, text in enumerate(STRANGE)
    ]  # fmt: skip
    return recaps.recap(rows, ["belum"])


def apart() -> Consolidation:
    """A sheet that does not come to what the others come to."""
    made = recaps.usual()
    return replace(made, sasaran=made.sasaran[:-1])


CASES: Final[dict[str, Callable[[], Consolidation]]] = {
    "a-province": lambda: recaps.usual(17, each=12),
    "more-units-than-bars": lambda: recaps.usual(45, each=3),
    "strange": strange,
    "apart": apart,
    "nothing": lambda: recaps.recap([], ["belum", "salah"]),
    "nobody": lambda: recaps.recap([]),
    "no-costs": lambda: recaps.recap([recaps.kegiatan(unit, 6) for unit in range(1, 40)]),
}
EVERY: Final = pytest.mark.parametrize("name", CASES)
FOUND: Final = [row.finding for row in recaps.usual().findings()]
FILES: Final = [
    temuan.Checked(f"kiriman/{one:02d} rencana.xlsx", "buku kerja", ("KPU",), 9) for one in range(1, 6)
]


@cache
def data(name: str) -> bytes:
    return recaps.written(rekap.book(CASES[name]())).data


@cache
def report() -> bytes:
    return recaps.written(temuan.report(FILES, lambda: iter(FOUND), 2026)).data


@EVERY
def test_libreoffice_calculates_every_formula_to_the_stored_value(
    name: str, tmp_path: Path, profile: Path
) -> None:
    every = list(recalculating.calculated(data(name), tmp_path, profile))

    assert [one for one in every if not one.agrees] == []
    assert {one.sheet for one in every} >= {
        "Rekap",
        "Grafik",
        "Per Pelaksana",
        "Per Triwulan",
        "Semua Kegiatan",
    }


def test_libreoffice_calculates_every_formula_of_a_report(tmp_path: Path, profile: Path) -> None:
    every = list(recalculating.calculated(report(), tmp_path, profile))

    assert [one for one in every if not one.agrees] == []
    assert {one.sheet for one in every} == {"Ringkasan", "Temuan", "Berkas"}


def test_a_value_that_is_stored_wrong_would_be_found(tmp_path: Path, profile: Path) -> None:
    """The judge calculates by itself."""
    book = rekap.book(recaps.usual())
    rows = [*book.listings[0].rows()]
    wrong = replace(book.listings[0], rows=lambda: iter([(*rows[0][:8], 1.0, *rows[0][9:]), *rows[1:]]))
    made = recaps.written(replace(book, listings=(wrong, *book.listings[1:]))).data
    every = recalculating.calculated(made, tmp_path, profile)

    assert [(one.sheet, one.cell) for one in every if not one.agrees] == [("Rekap", "I6")]


@EVERY
def test_the_validator_has_no_complaint(name: str, validator: str, tmp_path: Path) -> None:
    """Excel offers to repair a workbook that breaks these rules, and nobody trusts it after that."""
    assert complaints(validator, data(name), tmp_path) == []


def test_the_validator_has_no_complaint_about_a_report(validator: str, tmp_path: Path) -> None:
    assert complaints(validator, report(), tmp_path) == []


def complaints(validator: str, made: bytes, folder: Path) -> object:
    """What the validator says of a workbook."""
    path = folder / "buku.xlsx"
    path.write_bytes(made)
    return ooxml.complaints(validator, path)


@EVERY
def test_another_reader_finds_each_table_with_the_headings_of_its_cells(name: str) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(data(name))):
        [table] = sheet.tables.values()
        heading, *rows = sheet[table.ref]
        assert [one.name for one in table.tableColumns] == [cell.value for cell in heading]
        assert rows
        assert sheet.freeze_panes is not None
        assert int(re.findall(r"\d+", str(sheet.freeze_panes))[0]) == rows[0][0].row


def test_charts_are_native() -> None:
    with zipfile.ZipFile(io.BytesIO(data("a-province"))) as archive:
        charts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/charts/chart")]

    assert [b'<c:barDir val="bar"/>' in chart for chart in charts] == [True, False, False, False, False]


def test_what_libreoffice_saves_again_is_known_as_no_plan(tmp_path: Path, profile: Path) -> None:
    path = tmp_path / "asal" / "rekap.xlsx"
    path.parent.mkdir()
    path.write_bytes(data("a-province"))
    [saved] = libreoffice.convert([path], "xlsx", tmp_path, profile)

    assert is_recap(saved.read_bytes())
    assert untouched(saved.read_bytes(), MARKS["rekap"]) is False
    assert [one.rule for one in load(saved).findings] == [REKAP_BUKAN_RENCANA]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory, profile: Path) -> list[str]:
    """The pages of a province's recapitulation, as text."""
    folder = tmp_path_factory.mktemp("paper")
    (folder / "asal").mkdir()
    path = folder / "asal" / "rekap.xlsx"
    path.write_bytes(data("a-province"))
    [printed] = libreoffice.convert([path], "pdf", folder, profile)
    return libreoffice.pages_text(printed)


def test_every_page_has_its_number_and_the_name_of_its_sheet(paper: list[str]) -> None:
    numbers = [re.search(r"(\S.*?) +halaman (\d+) dari (\d+)\s*$", page) for page in paper]

    assert [(int(one[2]), int(one[3])) for one in numbers if one] == [
        (page, len(paper)) for page in range(1, len(paper) + 1)
    ]
    assert [one[1] for one in numbers if one][:5] == [
        "Rekap", "Grafik", "Per Pelaksana", "Per Sasaran", "Per Triwulan",
    ]  # fmt: skip


def test_a_province_fits_on_one_page_a_sheet_but_for_its_lists(paper: list[str]) -> None:
    pages = [page.split("halaman")[-2].split("\n")[-1].strip() for page in paper]

    assert [pages.count(name) for name in ("Rekap", "Grafik", "Per Triwulan", "Berkas")] == [1, 1, 1, 1]


def test_every_page_of_a_long_list_has_its_heading(paper: list[str]) -> None:
    pages = [page for page in paper if page.rstrip().split("\n")[-1].strip().startswith("Semua Kegiatan")]

    assert len(pages) > 2
    assert [page for page in pages if "Pelaksana" not in page.split("KPU Kabupaten")[0]] == []


def test_no_number_is_shown_as_hashes(paper: list[str]) -> None:
    assert [page for page in paper if "###" in page] == []


def test_a_link_leads_to_the_file_its_sheet_and_its_cell(tmp_path: Path, profile: Path) -> None:
    """LibreOffice writes into HTML where a click would lead; `%` and `#` of a name are escaped there."""
    row = recaps.kegiatan(1, 0, berkas="dari email/a #1 (50%).xlsx", lembar="Jum'at", sel="E5")
    text = recaps.kegiatan(1, 1, berkas="b.yaml", lembar="", sel="12")
    path = tmp_path / "asal" / "rekap.xlsx"
    path.parent.mkdir()
    path.write_bytes(recaps.written(rekap.book(recaps.recap([row, text]))).data)
    [page] = libreoffice.convert([path], "html", tmp_path, profile)
    links = set(re.findall(r'<a href="([^"#][^"]*)"', page.read_text("utf-8")))

    assert "dari email/a %231 (50%25).xlsx#'Jum''at'!E5" in links
    assert "b.yaml" in links

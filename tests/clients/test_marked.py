"""A marked copy is opened by strangers: LibreOffice and the validator find nothing that was not there."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from clients import libreoffice
from properties import packages
from rak_excel import api
from rak_excel.files.xlsx_package import patched
from rak_excel.findings import Severity
from rak_excel.loading import load, load_bytes
from rak_excel.sheet.moving import Row, Rows
from rak_excel.sheet.unmark import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.client

EXAMPLE: Final = "examples/lahat-2024.yaml"
ISI: Final = "Isi '24 A"
FINDINGS: Final = (
    packages.found(ISI, "C3"),
    packages.found(ISI, "B2", Severity.WARNING),
    packages.found(ISI, "B13", Severity.NOTE),
    packages.found(ISI, "H30"),
    packages.found("Lain", "A1"),
)


@pytest.fixture(scope="session")
def complaints(validator: str) -> Callable[[Path], list[str]]:
    """What the OOXML validator says of a file: each fault with its part and the element's name."""

    def told(path: Path) -> list[str]:
        ran = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False)
        return sorted(f"{one['path']} {one['description']}" for one in json.loads(ran.stdout)["errors"])

    return told


@pytest.mark.parametrize("source", packages.SOURCES.values(), ids=packages.SOURCES)
def test_the_validator_complains_of_nothing_new(
    source: Callable[[], bytes], tmp_path: Path, complaints: Callable[[Path], list[str]]
) -> None:
    before, after, again = (tmp_path / name for name in ("a.xlsx", "b.xlsx", "c.xlsx"))
    before.write_bytes(source())
    after.write_bytes(packages.marked_at(source(), *FINDINGS))
    again.write_bytes(packages.marked_at(after.read_bytes()))

    assert complaints(after) == complaints(before)
    assert complaints(again) == complaints(before)


def test_a_marked_lahat_is_read_and_printed_as_it_was(
    tmp_path: Path, profile: Path, request: pytest.FixtureRequest, complaints: Callable[[Path], list[str]]
) -> None:
    data = api.render(api.build(load(request.config.rootpath / EXAMPLE).plans), ".xlsx")
    loaded = load_bytes(data, "lahat.xlsx")
    (tmp_path / "in").mkdir()
    before, after = tmp_path / "in" / "a.xlsx", tmp_path / "in" / "b.xlsx"
    before.write_bytes(data)
    after.write_bytes(api.mark(loaded, data))
    papers = libreoffice.convert([before, after], "pdf", tmp_path, profile)
    pages = [libreoffice.pages_text(paper) for paper in papers]

    assert loaded.findings
    assert complaints(after) == []
    assert load(after).plans == loaded.plans
    assert [page.rpartition("Halaman")[0] for page in pages[1][: len(pages[0])]] == [
        page.rpartition("Halaman")[0] for page in pages[0]
    ]
    assert "Yang harus dilakukan" in pages[1][len(pages[0])]


def test_marks_are_known_again_after_libreoffice_saved_them(tmp_path: Path, profile: Path) -> None:
    (tmp_path / "in").mkdir()
    before, once = tmp_path / "in" / "a.xlsx", tmp_path / "in" / "b.xlsx"
    before.write_bytes(packages.rich())
    once.write_bytes(packages.marked_at(packages.rich(), *FINDINGS))
    saved = [path.read_bytes() for path in libreoffice.convert([before, once], "xlsx", tmp_path, profile)]
    mended = packages.marked_at(saved[1])

    assert packages.colours(mended, ISI) == packages.colours(saved[0], ISI)
    assert set(packages.notes(mended, ISI)) == set(packages.notes(saved[0], ISI))
    assert packages.values(unmarked(packages.seen(mended))) == packages.values(packages.seen(saved[0]))


MACRO: Final = """
Sub Main(source As String, target As String, kind As String, row As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim document : document = StarDesktop.loadComponentFromURL(ConvertToUrl(source), "_blank", 0, hidden())
  Dim rows : rows = document.Sheets.getByIndex(0).Rows
  If kind = "insert" Then
    rows.insertByIndex(CInt(row) - 1, 1)
  Else
    rows.removeByIndex(CInt(row) - 1, 1)
  End If
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName" : filter(0).Value = "Calc MS Excel 2007 XML"
  document.storeToURL(ConvertToUrl(target), filter())
  document.close(True)
End Sub
"""


@pytest.mark.parametrize(
    ("kind", "row", "rows"),
    [
        ("insert", 5, Rows(4, 4, (Row(4), Row(4, is_new=True)))),
        ("insert", 13, Rows(12, 12, (Row(12), Row(12, is_new=True)))),
        ("remove", 4, Rows(4, 4, ())),
        ("remove", 9, Rows(9, 9, ())),
    ],
)
def test_rows_go_where_libreoffice_would_put_them(
    kind: str, row: int, rows: Rows, tmp_path: Path, profile: Path, complaints: Callable[[Path], list[str]]
) -> None:
    (tmp_path / "in").mkdir()
    before, ours, theirs = (tmp_path / "in" / name for name in ("a.xlsx", "ours.xlsx", "theirs.xlsx"))
    before.write_bytes(packages.rich())
    ours.write_bytes(patched(packages.rich(), ISI, (), rows).data)
    libreoffice.run_basic(MACRO, [str(before), str(theirs), kind, str(row)], profile)
    saved = [
        packages.seen(path.read_bytes())
        for path in libreoffice.convert([ours, theirs], "xlsx", tmp_path, profile)
    ]

    assert complaints(ours) == complaints(before)
    assert packages.values(saved[0]) == packages.values(saved[1])
    assert [(sheet.merges, sheet.notes) for sheet in saved[0].sheets] == [
        (sheet.merges, sheet.notes) for sheet in saved[1].sheets
    ]
    assert saved[0].names == saved[1].names

"""Runs every folder of tests/cases/build: the sheet is the expected one, and building again changes nothing.

`pytest --update` rewrites `expected.grid`; git shows what changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from rak_excel import api, loading
from rak_excel.sheet.grid import dump

if TYPE_CHECKING:
    from conftest import Golden
    from rak_excel.sheet.grid import Book

BUILD: Final = Path(__file__).parent / "cases" / "build"
FOLDERS: Final = sorted(path for path in BUILD.iterdir() if path.is_dir())
every_case = pytest.mark.parametrize("case", FOLDERS, ids=lambda path: path.name)


def book_of(case: Path) -> Book:
    """The book of a case's plan, read anew."""
    loaded = loading.load(case / "plan.yaml")
    assert [finding.message("en") for finding in loaded.findings if finding.is_error] == []
    drawn = api.draw(loaded.plans, loaded.layouts)
    assert drawn.findings == ()
    assert drawn.book is not None
    return drawn.book


@every_case
def test_the_sheet_is_the_expected_one(case: Path, golden: Golden) -> None:
    golden(case / "expected.grid", dump(book_of(case)))


@every_case
def test_building_again_changes_nothing(case: Path) -> None:
    assert book_of(case) == book_of(case)


@every_case
def test_writing_again_gives_the_same_bytes(case: Path) -> None:
    assert api.render(book_of(case), ".xlsx") == api.render(book_of(case), ".xlsx")


@every_case
def test_a_case_says_what_it_is_for(case: Path) -> None:
    assert (case / "plan.yaml").read_text().startswith("# ")
    assert {path.name for path in case.iterdir()} <= {"plan.yaml", "expected.grid", "formulir.yaml"}


def test_there_are_cases() -> None:
    assert len(FOLDERS) >= 8

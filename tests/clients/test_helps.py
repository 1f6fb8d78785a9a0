"""What helps whoever edits the workbook, as LibreOffice calculates it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import openpyxl
import pytest
import xlsxwriter

from clients import libreoffice
from rak_excel import api, loading

ROOT: Final = Path(__file__).parents[2]

TYPED: Final[list[tuple[object, bool]]] = [
    (306461000, True),
    (0, True),
    ("-", True),
    ("nihil", True),
    ("NIHIL", True),
    ("bersama", True),
    (-5, False),
    (306.461, False),
    ("seratus", False),
    ("306.461", False),
]


@pytest.mark.client
def test_the_check_of_costs_accepts_every_word_that_the_form_knows(tmp_path: Path, profile: Path) -> None:
    """A formula that fails counts as a refusal: Excel would object to the `-` that the form itself prints."""
    plan = loading.load(ROOT / "examples" / "terkecil.yaml").plan
    (amount,) = api.build(plan).sheets[0].prompts
    first = amount.cells.a1.split(":")[0].replace("$", "")
    path = tmp_path / "in" / "a.xlsx"
    path.parent.mkdir()
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet()
    for row, (typed, _) in enumerate(TYPED, 1):
        sheet.write(f"A{row}", typed)
        sheet.write_formula(f"B{row}", "=" + amount.formula.replace(first, f"A{row}"), None, "")
    workbook.close()

    (saved,) = libreoffice.convert([path], "xlsx", tmp_path / "out", profile)
    answers = openpyxl.load_workbook(saved, data_only=True).worksheets[0]

    assert [answers[f"B{row}"].value for row in range(1, len(TYPED) + 1)] == [right for _, right in TYPED]

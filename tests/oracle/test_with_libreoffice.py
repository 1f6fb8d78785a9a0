"""The edited workbooks in a real program: it opens, prints and saves them with all their texts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from clients import libreoffice
from oracle import runner
from oracle.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.client

SEEDS = range(5000, 5040)
READ = range(5040, 5145)
READER = "rak_excel.api:reimport"


def _texts(data: bytes) -> dict[str, dict[tuple[int, int], object]]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        sheet.title: {
            (cell.row, cell.column): cell.value
            for row in sheet
            for cell in row
            if isinstance(cell.value, str)
        }
        for sheet in book
    }


def test_libreoffice_saves_every_text_of_an_edited_workbook(tmp_path: Path, profile: Path) -> None:
    trials = [runner.trial(seed, libreoffice=True) for seed in SEEDS]

    for one, data in runner.resaved(trials, tmp_path, profile):
        assert _texts(data) == _texts(one.data), one.seed


def test_what_libreoffice_saved_is_read_as_meant_or_told(tmp_path: Path, profile: Path) -> None:
    tally = runner.run_libreoffice(READ, runner.reader_named(READER), tmp_path, profile)

    assert tally.total.total() >= 100
    assert tally.failures == []
    assert tally.right >= 0.95


def test_libreoffice_prints_an_edited_workbook(tmp_path: Path, profile: Path) -> None:
    paths = []
    for number, kind in enumerate(KINDS):
        paths.append(tmp_path / f"{number}.xlsx")
        paths[-1].write_bytes(runner.trial(number * 4, only=[kind]).data)

    for path in libreoffice.convert(paths, "pdf", tmp_path / "pdf", profile):
        assert "JUMLAH" in "".join(libreoffice.pages_text(path))

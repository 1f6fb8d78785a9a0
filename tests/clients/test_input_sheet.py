"""LibreOffice opens the form, saves it and prints it; what a planner filled in is what it was."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pytest

from clients import libreoffice
from rak_excel import api, loading
from rak_excel.files import xlsx_writer
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.sheet import form

if TYPE_CHECKING:
    from rak_excel.sheet.layout import Layout

pytestmark = pytest.mark.client

ROOT: Final = Path(__file__).parents[2]
EXAMPLE: Final = "examples/lahat-2024.yaml"
EMPTY: Final = [("RAK106", "C2"), ("RAK106", "E2"), ("RAK106", "C3"), ("RAK106", "E3"), ("RAK106", "B11")]
TICKS: Final = (True, False, False, False)


def kpu() -> Layout:
    made = loading.layout_named("kpu").layout
    assert made is not None
    return made


def saved(data: bytes, folder: Path, profile: Path) -> Path:
    """The form as LibreOffice opens and saves it."""
    (folder / "asal").mkdir()
    path = folder / "asal" / "masukan.xlsx"
    path.write_bytes(data)
    [again] = libreoffice.convert([path], "xlsx", folder, profile)
    return again


def codes(path: Path) -> list[tuple[str, str | None]]:
    return [(one.code, one.place.cell if one.place else None) for one in loading.load(path).findings]


def test_a_filled_form_that_libreoffice_saved_is_the_same_plan(
    tmp_path: Path, profile: Path, request: pytest.FixtureRequest
) -> None:
    plan = loading.load(request.config.rootpath / EXAMPLE).plans[0]
    path = saved(xlsx_writer.write(form.filled(plan, kpu())), tmp_path, profile)
    loaded = loading.load(path)

    assert loaded.plan == plan
    assert content_hash(loaded.plans) == content_hash((plan,))
    assert {code for code, _ in codes(path)} == {"RAK214", "RAK216", "RAK220"}


def test_an_empty_form_that_libreoffice_saved_says_the_same(tmp_path: Path, profile: Path) -> None:
    assert codes(saved(api.blank(".xlsx", None, "x.xlsx"), tmp_path, profile)) == EMPTY


def test_a_form_that_openpyxl_filled_and_libreoffice_saved_is_the_plan(tmp_path: Path, profile: Path) -> None:
    """As a planner does it: type, tick, merge, save."""
    path = tmp_path / "ketik.xlsx"
    path.write_bytes(api.blank(".xlsx", None, "x.xlsx"))
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Isian"]
    rows: dict[str, Any] = {
        "C2": 2026, "C3": "KPU Kabupaten Lahat", "E2": "Ketua", "E3": "SARJANI", "E4": "198205062010122002",
        "A11": 1, "B11": "Tersedianya data", "C11": "Persentase data", "D11": 1, "E11": "Rapat", "F11": True,
        "J11": 5000, "K11": "Sekretariat", "E12": "Cetak", "F12": "x", "J12": "Rp 7.000,-",
        "K12": "Sekretariat",
    }  # fmt: skip
    for cell, value in rows.items():
        sheet[cell] = value
    sheet["D11"].number_format = "0%"
    sheet.merge_cells("B11:B12")
    workbook.save(path)
    rapat = Kegiatan("Rapat", "100", TICKS, 5000, "Sekretariat")
    cetak = Kegiatan("Cetak", "100", TICKS, 7000, "Sekretariat")
    goal = Sasaran("Tersedianya data", (Indikator("Persentase data", (rapat, cetak)),))
    signed = Penandatangan("Ketua", "SARJANI", "198205062010122002")
    expected = Plan(2026, "KPU Kabupaten Lahat", (goal,), (signed,))

    assert loading.load(path).plan == expected
    assert loading.load(saved(path.read_bytes(), tmp_path, profile)).plan == expected


def test_libreoffice_prints_the_total_what_is_left_and_the_instructions(
    tmp_path: Path, profile: Path
) -> None:
    row = Kegiatan("Rapat", "100", TICKS, 5_000_000, "Sekretariat")
    goal = Sasaran("Tersedianya data", (Indikator("Persentase data", (row,)),))
    plan = Plan(2026, "KPU Kabupaten Lahat", (goal,), (Penandatangan("Ketua", "SARJANI"),), pagu=1_000_000)
    path = tmp_path / "masukan.xlsx"
    path.write_bytes(xlsx_writer.write(form.filled(plan, kpu())))
    (tmp_path / "pdf").mkdir()
    [paper] = libreoffice.convert([path], "pdf", tmp_path / "pdf", profile)
    first, guide, _ = libreoffice.pages_text(paper)

    assert "5.000.000" in first
    assert "Di atas pagu 4.000.000" in first
    assert "PETUNJUK PENGISIAN" in guide


@pytest.mark.parametrize("layout", ["kpu", "tests/cases/build/formulir-lain/formulir.yaml"])
def test_the_validator_has_no_complaint_about_a_form(layout: str, tmp_path: Path, validator: str) -> None:
    path = tmp_path / "masukan.xlsx"
    path.write_bytes(api.blank(".xlsx", layout, "masukan.xlsx"))
    done = subprocess.run([validator, str(path)], capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, done.stdout

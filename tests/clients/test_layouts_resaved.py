"""LibreOffice saves each layout's example anew, with a cell edited or not; what comes back is the plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from clients import editing, libreoffice
from clients.editing import typed
from rak_excel import api, loading
from rak_excel.findings import column_letters
from rak_excel.plan.canonical import content_hash
from rak_excel.reimport import reimport

if TYPE_CHECKING:
    from rak_excel.plan.model import Plan

pytestmark = pytest.mark.client

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
NAMES: Final = [name for name in loading.layout_names() if name != loading.DEFAULT_LAYOUT]
every_layout = pytest.mark.parametrize("name", NAMES)


def plan_of(name: str) -> Plan:
    return loading.load(EXAMPLES / f"{name}.yaml").plan


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory, profile: Path) -> dict[str, bytes]:
    """Each example's workbook, saved by LibreOffice; all in one start."""
    folder = tmp_path_factory.mktemp("resaved")
    paths = [folder / f"{name}.xlsx" for name in NAMES]
    for path in paths:
        api.save(api.build(plan_of(path.stem)), path)
    made = libreoffice.convert(paths, "xlsx", folder / "out", profile)
    return {path.stem: path.read_bytes() for path in made}


@every_layout
def test_saved_anew_by_libreoffice_it_is_the_same_plan(name: str, resaved: dict[str, bytes]) -> None:
    again = reimport(resaved[name], f"{name}.xlsx")

    assert [one.code for one in again.findings if one.is_error] == []
    assert [layout.name for layout in again.loaded.layouts] == [name]
    assert again.plans == (plan_of(name),)
    assert content_hash(again.plans) == content_hash((plan_of(name),))
    assert [one.told for one in again.differences if one.told] == []


@every_layout
def test_a_cell_edited_in_libreoffice_comes_back_alone(name: str, tmp_path: Path, profile: Path) -> None:
    """The first row's unit in charge is typed anew; nothing else may differ."""
    plan = plan_of(name)
    book = api.build(plan)
    (sheet,) = book.sheets
    row, column = sheet.heading[1] + 2, sheet.key_column
    api.save(book, tmp_path / "rak.xlsx")
    step = typed(f"{column_letters(column)}{row}", "Bidang yang baru")
    editing.edit(tmp_path / "rak.xlsx", tmp_path / "edited.xlsx", [step], profile)
    again = reimport((tmp_path / "edited.xlsx").read_bytes(), "edited.xlsx")
    first = next(iter(plan.kegiatan)).pelaksana

    assert [one.code for one in again.findings if one.is_error] == []
    assert repr(again.plans[0]) == repr(plan).replace(repr(first), repr("Bidang yang baru"), 1)

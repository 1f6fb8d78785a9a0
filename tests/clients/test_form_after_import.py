"""LibreOffice opens a form that an import wrote into and calculates what is stored; it may have saved it."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Final

import openpyxl
import pytest

from clients import libreoffice
from rak_excel.files import xlsx_writer
from rak_excel.files.xlsx_package import patched
from rak_excel.loading import layout_named, load, load_bytes
from rak_excel.merging import Merging, patched_source
from rak_excel.plan.merge import merge
from rak_excel.plan.model import Kegiatan, Plan, Sasaran
from rak_excel.sheet import form
from rak_excel.sheet.moving import Box, CellEdit

pytestmark = pytest.mark.client

ROOT: Final = Path(__file__).parents[2]


def ours() -> Plan:
    plan = load(ROOT / "examples" / "lahat-2024.yaml").plans[0]
    return replace(plan, pagu=50_000_000_000)


def theirs(plan: Plan) -> Plan:
    """What a head made of it: a row in another sasaran, one deleted, one added, one longer, another cost."""
    first, second, third, *others = plan.sasaran
    rows = first.indikator[0].kegiatan
    new = Kegiatan(
        "Penyusunan laporan bulanan pelaksanaan anggaran beserta lampirannya " * 2 + "dan pengirimannya",
        "100", (True, True, True, True), 12_345_000, rows[0].pelaksana,
    )  # fmt: skip
    kept, _ = second.indikator[0].kegiatan
    moved, below = third.indikator[0].kegiatan

    def of(goal: Sasaran, *inside: Kegiatan) -> Sasaran:
        return replace(goal, indikator=(replace(goal.indikator[0], kegiatan=inside), *goal.indikator[1:]))

    return replace(
        plan,
        pagu=60_000_000_000,
        sasaran=(
            of(first, rows[0], new, replace(rows[1], biaya=1), *rows[2:], moved),
            of(second, kept),
            of(third, below),
            *others,
        ),
    )


def drawn(folder: Path) -> Path:
    """The form, with a column and a merge of its owner's own."""
    layout = layout_named("kpu").layout
    assert layout is not None
    data = xlsx_writer.write(form.filled(ours(), layout))
    own = [CellEdit(11, 13, "Catatan saya"), CellEdit(16, 13, "tanya bendahara")]
    path = folder / "masukan.xlsx"
    path.write_bytes(patched(data, "Isian", own, joined=[Box(12, 2, 15, 2)]).data)
    return path


def saved_by_openpyxl(path: Path) -> None:
    openpyxl.load_workbook(path).save(path)


def brought(path: Path) -> bytes:
    """The form with what the head did."""
    data = path.read_bytes()
    source = load_bytes(data, "masukan.xlsx")
    (plan,) = source.plans
    made = patched_source(source, data, Merging((merge(plan, plan, theirs(plan)),), (), (), (), source))
    assert load_bytes(made.data, "masukan.xlsx").plans == (theirs(plan),)
    return made.data


def shown(path: Path, cell: str) -> object:
    return openpyxl.load_workbook(path, data_only=True).worksheets[0][cell].value


@pytest.mark.parametrize("saver", ["rak", "openpyxl", "LibreOffice"])
def test_libreoffice_calculates_what_is_stored(saver: str, tmp_path: Path, profile: Path) -> None:
    (tmp_path / "asal").mkdir()
    (tmp_path / "lagi").mkdir()
    (tmp_path / "akhir").mkdir()
    path = drawn(tmp_path / "asal")
    if saver == "openpyxl":
        saved_by_openpyxl(path)
    if saver == "LibreOffice":
        [path] = libreoffice.convert([path], "xlsx", tmp_path, profile)
    made = tmp_path / "lagi" / "masukan.xlsx"
    made.write_bytes(brought(path))
    [again] = libreoffice.convert([made], "xlsx", tmp_path / "akhir", profile)
    plan = theirs(load(path).plans[0])

    assert load(again).plans == (plan,)
    assert shown(made, "J10") == shown(again, "J10") == plan.jumlah_biaya
    assert shown(made, "K10") == shown(again, "K10") == 60_000_000_000 - plan.jumlah_biaya


def test_the_validator_has_no_complaint(tmp_path: Path, validator: str) -> None:
    path = drawn(tmp_path)
    path.write_bytes(brought(path))
    done = subprocess.run([validator, str(path)], capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, done.stdout

"""What docs/scale.md says beyond one machine is run here on one: its blocks as they stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import dask
import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from commands import run
from offices import folder as offices
from rak_excel import consolidating, frames

if TYPE_CHECKING:
    from rak_excel.plan.consolidation import Consolidation

PAGE: Final = (Path(__file__).parents[1] / "docs" / "scale.md").read_text(encoding="utf-8")
DASK, FRAMES = re.findall(r"(?ms)^```python\n(.*?)^```", PAGE)
(QUERY,) = re.findall(r"(?ms)^```sql\n(.*?)^```", PAGE)
UNREADABLE: Final = 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Offices with all that can happen to their plans."""
    path = tmp_path_factory.mktemp("skala")
    offices.made(36).write(path / "masuk")
    return path


@pytest.fixture(scope="module")
def made(folder: Path) -> Consolidation:
    """What the command adds up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return consolidating.consolidate("masuk")


def executed(block: str) -> dict[str, Any]:
    """What a block of the page leaves behind."""
    names: dict[str, Any] = {}
    exec(compile(block, "docs/scale.md", "exec"), names)
    return names


def rows(path: str) -> list[dict[str, Any]]:
    return sorted(
        pq.read_table(path).to_pylist(), key=lambda row: (row["berkas"], row["no_kegiatan"], str(row))
    )


def test_the_same_functions_under_dask_write_the_same_rows(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    result = run("consolidate", "masuk", "-o", "rekap.parquet", "--no-cache")
    with dask.config.set(scheduler="threads"):
        left = executed(DASK)

    assert result.exit_code == UNREADABLE
    assert len(left["written"]) == (len(left["names"]) + 99) // 100
    assert rows("rekap") == rows("rekap.parquet")


def test_the_query_adds_up_to_what_the_frames_say(
    folder: Path, made: Consolidation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    run("consolidate", "masuk", "-o", "rekap/semua.parquet", "--no-cache")
    for path in folder.glob("rekap/masuk-*.parquet"):
        path.unlink()
    found = duckdb.connect().execute(QUERY).fetchall()
    rekap = frames.rekap(made).query("rencana > 0")
    columns = ["provinsi", "unit", "kegiatan", "biaya", "biaya_t1", "biaya_t2", "biaya_t3", "biaya_t4"]

    # a unit whose forms print no cost has none to add up: no amount, which is not zero
    assert sorted([*unit[:3], *(amount or 0 for amount in unit[3:])] for unit in found) == sorted(
        rekap[columns].to_numpy().tolist()
    )


def test_the_frames_of_the_page_are_those_of_the_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    run("consolidate", "masuk", "-o", "rekap.csv", "--no-cache")
    kegiatan = executed(FRAMES)["kegiatan"]
    read = pd.read_csv("rekap.csv", keep_default_na=False, dtype=frames.KEGIATAN | {"biaya": "string"})

    assert kegiatan.drop(columns="biaya").equals(read.drop(columns="biaya"))
    assert kegiatan["biaya"].astype("string").fillna("").tolist() == read["biaya"].tolist()


def test_the_page_lists_the_columns_of_every_frame() -> None:
    listed = {
        name: dict(re.findall(r"`(\w+)` (\w+)", columns))
        for name, columns in re.findall(r"(?m)^\| `(\w+)` \| (.*) \|$", PAGE)
    }

    assert listed == frames.TABLES

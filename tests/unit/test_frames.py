"""The tables of a consolidation as pandas frames: documented columns, exact rupiah."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pytest

from consolidations import ROW, consolidation, row
from rak_excel import frames
from rak_excel.findings import RakError

if TYPE_CHECKING:
    from collections.abc import Callable

MOST: Final = 9_223_372_036_854_775_807
BIG: Final = 9_007_199_254_740_993
"""The first whole number that a float cannot hold."""
EVERY: Final[dict[str, Callable[..., Any]]] = {name: getattr(frames, name) for name in frames.TABLES}

every_table = pytest.mark.parametrize("name", EVERY)


@every_table
def test_a_frame_has_the_columns_and_dtypes_that_are_documented(name: str) -> None:
    """Also where there is nothing to show."""
    full, empty = EVERY[name](consolidation()), EVERY[name](consolidation(rows=()))

    for frame in (full, empty):
        assert {column: str(kind) for column, kind in frame.dtypes.items()} == frames.TABLES[name]


@every_table
def test_rupiah_are_never_floats(name: str) -> None:
    frame = EVERY[name](consolidation([row(biaya=BIG)], biaya=BIG))

    assert {str(frame[column].dtype) for column in frame if column.startswith("biaya")} <= {"int64", "Int64"}
    if "biaya" in frame and name != "per_triwulan":
        assert int(frame["biaya"].sum()) == BIG


@pytest.mark.parametrize("name", [name for name in EVERY if name != "temuan"])
def test_an_amount_beyond_64_bits_is_an_error(name: str) -> None:
    made = consolidation([row(biaya=MOST + 1)], biaya=2 * MOST)
    with pytest.raises(RakError) as caught:
        EVERY[name](made)

    assert [finding.code for finding in caught.value.findings] == ["RAK652"]


def test_a_cost_that_is_none_is_missing_and_not_zero() -> None:
    frame = frames.kegiatan(consolidation([ROW, row(biaya=None, jenis_biaya="bersama"), row(biaya=0)]))

    assert list(frame["biaya"].isna()) == [False, True, False]
    assert frame["biaya"].sum() == ROW.biaya
    assert list(frame["t1"]) == [True] * 3


def test_every_activity_is_a_row_in_the_order_of_the_recapitulation() -> None:
    """Frames are made of pieces; their seams do not show."""
    rows = [row(no_kegiatan=number) for number in range(45_001)]
    frame = frames.kegiatan(consolidation(rows))

    assert list(frame["no_kegiatan"]) == list(range(45_001))
    assert list(frame.index) == list(range(45_001))


def test_a_frame_holds_the_rows_of_the_recapitulation() -> None:
    made = consolidation()

    assert frames.kegiatan(made).to_dict("records") == [ROW._asdict()]
    rekap = frames.rekap(made)[["unit", "ejaan", "status", "biaya", "biaya_t4", "kesalahan"]]
    assert rekap.to_numpy().tolist() == [
        [ROW.unit, "KPU Kab. Lahat", "masuk", 5_000_001, 2_500_001, 1],
        ["KPU Kota Palembang", "", "belum", 0, 0, 0],
    ]
    assert frames.per_pelaksana(made)["ejaan"].tolist() == ["Sub Bagian Hukum (1)"]
    assert frames.per_sasaran(made)["mirip_no"].tolist() == [pd.NA, 1]
    assert frames.per_triwulan(made).set_index("triwulan")["biaya"].to_dict() == {
        1: 2_500_000, 2: 0, 3: 0, 4: 2_500_001, 0: 0,
    }  # fmt: skip
    assert frames.berkas(made)[["berkas", "status", "sel"]].to_numpy().tolist() == [
        ["masuk/lahat.xlsx", "dipakai", "A2"],
        ["masuk/rusak.xlsx", "tidak-terbaca", ""],
    ]


def test_findings_have_a_cell_or_a_line() -> None:
    frame = frames.temuan(consolidation(), "en")

    assert frame[["kode", "tingkat", "berkas", "lembar", "sel"]].to_numpy().tolist() == [
        ["RAK205", "error", "masuk/lahat.xlsx", "RAK 2026", "J10"],
        ["RAK114", "error", "masuk/tanpa.yaml", "", ""],
    ]
    assert frame["baris"].tolist() == [pd.NA, 2]
    assert frame["pesan"].str.contains("activity “Rapat”").tolist() == [True, False]


def test_without_pandas_it_is_said_how_to_install_it() -> None:
    code = "import sys; sys.modules['pandas'] = None; import rak_excel.frames"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert ran.returncode == 1
    assert 'pip install "rak-excel[frames]"' in ran.stderr

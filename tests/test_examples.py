"""The examples are what the README says they are, and each can be built."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from rak_excel import api, loading
from rak_excel.plan.canonical import content_hash

EXAMPLES: Final = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize("name", ["lahat-2024.yaml", "lahat-2024-sekretariat.csv", "terkecil.yaml"])
def test_an_example_becomes_a_workbook(name: str) -> None:
    loaded = loading.load(EXAMPLES / name)
    data, findings = api.workbook(loaded)

    assert loaded.ok
    assert findings == ()
    assert data.startswith(b"PK")


def test_the_reference_raises_what_a_careful_reader_would_say_and_no_more() -> None:
    """Goal 4 counts a number under %, goal 8 has two targets, goal 11 names a neighbour regency."""
    loaded = loading.load(EXAMPLES / "lahat-2024.yaml")

    assert [(finding.code, finding.path) for finding in loaded.findings] == [
        ("RAK214", "sasaran[3].indikator[0].uraian"),
        ("RAK216", "sasaran[7].indikator[0].target"),
        ("RAK220", "sasaran[10].indikator[0].uraian"),
    ]


def test_the_reference_is_whole() -> None:
    plans = loading.load(EXAMPLES / "lahat-2024.yaml").plans

    assert [len(plan.sasaran) for plan in plans] == [11, 3]
    assert [sum(1 for _ in plan.kegiatan) for plan in plans] == [22, 6]
    assert [plan.jumlah_biaya for plan in plans] == [41_815_844_000, 0]


def test_the_csv_is_the_first_plan_of_the_reference() -> None:
    plans = loading.load(EXAMPLES / "lahat-2024.yaml").plans
    table = loading.load(EXAMPLES / "lahat-2024-sekretariat.csv").plans

    assert content_hash(table) == content_hash(plans[:1])


def test_the_faulty_example_shows_several_faults_at_once() -> None:
    loaded = loading.load(EXAMPLES / "belum-benar.yaml")

    assert [finding.code for finding in loaded.findings] == ["RAK220", "RAK110", "RAK112", "RAK101", "RAK115"]

"""Damaged workbooks that LibreOffice had saved before go through the commands, too."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from clients import libreoffice
from properties import ordeal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.client


def test_no_damage_to_a_resaved_workbook_breaks_a_command(
    tmp_path: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "asli").mkdir()
    monkeypatch.chdir(tmp_path / "asli")
    _, bases = ordeal.prepared()
    paths = []
    for name in ("resmi", "isian-satu"):
        paths.append(tmp_path / f"{name}.xlsx")
        paths[-1].write_bytes(bases[name].data)
    saved = libreoffice.convert(paths, "xlsx", tmp_path / "simpanan", profile)
    required = os.environ.get("RAK_REQUIRE_CLIENTS") == "1"

    made = ordeal.apart(
        *("0", "400" if required else "40", "--commands", "8" if required else "4"),
        *("--more", *(f"{path.stem}-lo={path}" for path in saved)),
        *("--only", *(f"{path.stem}-lo" for path in saved)),
        seconds=4_000,
    )

    assert made.faults == []
    assert made.exits.keys() >= {"0", "1", "4"}
    assert made.written > 10
    assert made.megabytes < 1_024

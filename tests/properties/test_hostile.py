"""Damaged official workbooks go through the commands: no traceback, no hang, nothing written on failure.

    RAK_LONG=5000 pytest tests/properties/test_hostile.py

tries as many.  Some of the commands run over each; `python -m properties.ordeal 0 1000`, in the
folder `tests`, runs all.
"""

from __future__ import annotations

from properties.ordeal import half


def test_no_damage_to_an_official_workbook_breaks_a_command() -> None:
    made = half(0, ["resmi", "resmi-satu"])

    assert made.faults == []
    assert made.exits.keys() >= {"0", "1", "3", "4"}
    assert made.written > 20
    assert made.megabytes < 1_024

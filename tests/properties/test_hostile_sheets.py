"""Damaged input sheets, sheets of conflicts and marked copies go through the commands, as in `test_hostile`.

Two files, so that two workers share the work.
"""

from __future__ import annotations

from properties.ordeal import half


def test_no_damage_to_a_sheet_that_rak_made_breaks_a_command() -> None:
    made = half(100_000, ["isian", "isian-satu", "konflik", "bertanda"])

    assert made.faults == []
    assert made.exits.keys() >= {"0", "1", "3", "4"}
    assert made.written > 20
    assert made.megabytes < 1_024

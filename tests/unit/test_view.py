"""What a screen is given to draw: the sheet's own measures and texts, and which cell a finding is about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from rak_excel import api, loading, rules
from rak_excel.findings import Finding
from rak_excel.plan.values import rupiah
from rak_excel.sheet import view as views
from steps import steps

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
LAHAT: Final = loading.load(EXAMPLES / "lahat-2024.yaml")
WRONG: Final = "          - {uraian: Rapat, triwulan: [1], biaya: banyak, pelaksana: Divisi Hukum}\n"


def faulty(rows: int) -> str:
    """A plan of so many kegiatan, every cost of which is wrong."""
    return f"""\
rak: 1
tahun: 2026
unit: KPU Kabupaten Contoh
sasaran:
  - uraian: Tersedianya data
    indikator:
      - uraian: Persentase sarana terpasang
        target: 100
        kegiatan:
{WRONG * rows}
penandatangan: {{jabatan: Ketua, nama: SARJANI}}
"""


def drawn(*paths: str, periods: bool = True, most: int = views.MOST_ROWS) -> dict[str, Any]:
    """A sheet of the Lahat plans, with an error at each of these paths."""
    book = api.build(LAHAT.plans)
    found = {number: Finding(rules.BELUM_DIISI, path, "x") for number, path in enumerate(paths)}
    return views.view(book.sheets[0], LAHAT.plans[0], LAHAT.layouts[0], found, periods=periods, most=most)


def marked(path: str, *, periods: bool = True) -> list[tuple[int, int]]:
    """Row and column, as Excel counts them, of the cells that are marked for a path."""
    cells = drawn(path, periods=periods)["cells"]
    return [(cell["row"] + 1, cell["column"] + 1) for cell in cells if "findings" in cell]


def test_the_measures_are_those_of_the_sheet() -> None:
    sheet, shown = api.build(LAHAT.plans).sheets[0], drawn()

    assert (shown["rows"], shown["breaks"], shown["heading"]) == (
        list(sheet.heights), list(sheet.breaks), list(sheet.heading),
    )  # fmt: skip
    assert sum(shown["columns"]) == pytest.approx(LAHAT.layouts[0].column_points)
    assert (shown["paper"], shown["width"], shown["height"]) == ("F4", 936.0, 612.0)
    assert len(shown["cells"]) == len([*sheet.visible()])


def test_a_paper_of_the_plan_is_the_one_that_is_drawn() -> None:
    plan = replace(LAHAT.plans[0], kertas="A4")
    [sheet] = api.build(plan).sheets

    assert views.view(sheet, plan, LAHAT.layouts[0], {}, periods=True)["paper"] == "A4"


def test_amounts_ticks_and_totals_read_as_on_paper() -> None:
    texts = [cell["text"] for cell in drawn()["cells"]]

    assert {"306.461.000", "√", "100", "NIP. 198205062010122002"} <= set(texts)
    assert rupiah(LAHAT.plans[0].jumlah_biaya) in texts


@pytest.mark.parametrize(
    ("value", "number", "shown"),
    [(0, '#,##0;-#,##0;"-"', "-"), (0, "#,##0", "0"), (89.5, "", "89,5"), (1e15, "", "1000000000000000")],
)
def test_a_number_is_shown_as_an_indonesian_excel_shows_it(value: float, number: str, shown: str) -> None:
    look = LAHAT.layouts[0].looks["teks"]._replace(number=number)

    assert views._shown(value, look) == shown


@pytest.mark.parametrize(
    ("path", "cells"),
    [
        ("sasaran[0].uraian", [(9, 2)]),
        ("sasaran[0]", [(9, 1)]),
        ("sasaran[0].indikator[0].uraian", [(9, 3)]),
        ("sasaran[0].indikator[0]", [(9, 3)]),
        ("sasaran[0].indikator[0].target", [(9, 4)]),
        ("sasaran[0].indikator[0].kegiatan[1].uraian", [(10, 5)]),
        ("sasaran[0].indikator[0].kegiatan[1].triwulan", [(10, 6), (10, 7), (10, 8), (10, 9)]),
        ("sasaran[0].indikator[0].kegiatan[1].triwulan[2]", [(10, 8)]),
        ("sasaran[0].indikator[0].kegiatan[1].biaya", [(10, 10)]),
        ("sasaran[0].indikator[0].kegiatan[1].biya", [(10, 5)]),
        ("sasaran[1].indikator[0].kegiatan[0].pelaksana", [(13, 11)]),
        ("unit", [(4, 1)]),
        ("lembar", []),
        ("", []),
    ],
)
def test_a_finding_is_at_the_cell_that_shows_its_part_of_the_plan(
    path: str, cells: list[tuple[int, int]]
) -> None:
    assert marked(path) == cells


def test_a_shared_cost_has_one_cell() -> None:
    """The second kegiatan has none of its own: it is found by its text."""
    path = "sasaran[1].indikator[0].kegiatan[1]"

    assert LAHAT.plans[0].sasaran[1].indikator[0].kegiatan[1].biaya == "bersama"
    assert marked(f"{path}.biaya") == marked(f"{path}.uraian") == [(14, 5)]


def test_the_ceiling_is_at_the_total_and_the_signatory_below() -> None:
    shown = drawn("pagu", "penandatangan[0].nip", "penandatangan[0].nama")["cells"]
    texts = {cell["findings"][0]: cell["text"] for cell in shown if "findings" in cell}

    total = rupiah(LAHAT.plans[0].jumlah_biaya)

    assert texts == {0: total, 1: "NIP. 198205062010122002", 2: "MERY ANGGRAINY"}


def test_what_an_author_lists_is_not_taken_for_a_period() -> None:
    """In YAML `triwulan[1]` is the second that was listed."""
    path = "sasaran[0].indikator[0].kegiatan[1].triwulan[1]"

    assert len(marked(path, periods=False)) == 4


def test_the_worst_of_several_findings_gives_the_colour_and_all_are_named() -> None:
    book = api.build(LAHAT.plans)
    found = {
        3: Finding(rules.JUMLAH_DI_BAWAH_PERSEN, "sasaran[0].uraian"),
        7: Finding(rules.BELUM_DIISI, "sasaran[0].uraian"),
    }
    shown = views.view(book.sheets[0], LAHAT.plans[0], LAHAT.layouts[0], found, periods=True)
    [cell] = [cell for cell in shown["cells"] if "findings" in cell]

    assert (cell["findings"], cell["severity"]) == ([3, 7], "error")


def test_of_a_very_long_sheet_the_screen_is_given_the_beginning() -> None:
    whole = api.build(LAHAT.plans).sheets[0]
    shown = drawn(most=12)

    assert (len(shown["rows"]), shown["left_out"]) == (12, len(whole.heights) - 12)
    assert max(cell["row"] for cell in shown["cells"]) == 11
    assert all(row < 12 for row in shown["breaks"])


def test_of_very_many_sheets_the_screen_is_given_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [len(sheet["rows"]) for sheet in api.views(LAHAT, ())]
    monkeypatch.setattr(views, "MOST_ROWS", whole[0] + 5)
    drawn = api.views(LAHAT, ())

    assert [(len(sheet["rows"]), sheet["left_out"]) for sheet in drawn] == [
        (whole[0], 0), (5, whole[1] - 5),
    ]  # fmt: skip
    assert max(cell["row"] for cell in drawn[1]["cells"]) == 4


def test_drawing_takes_steps_that_grow_with_the_faults() -> None:
    """Every fault was once looked for in every cell: eight times the rows took sixty times the steps."""
    few, many = (loading.load_bytes(faulty(rows).encode(), "panjang.yaml") for rows in (80, 640))
    marked_cells = [cell for sheet in api.views(many, many.findings) for cell in sheet["cells"]]

    assert sum("findings" in cell for cell in marked_cells) >= 640
    assert steps(lambda: api.views(many, many.findings)) < 8 * steps(lambda: api.views(few, few.findings))

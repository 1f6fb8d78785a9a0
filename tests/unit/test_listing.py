"""A listing knows where its columns stand, before any program draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rak_excel.findings import Words
from rak_excel.sheet.listing import Field, Frame, Listing, Live, Table

if TYPE_CHECKING:
    from rak_excel.sheet.listing import Value

FIELDS = (
    Field("unit", Words("Unit", "Office"), "teks", 20),
    Field("biaya", Words("Biaya", "Cost"), "rupiah", 12),
)


def table(rows: int = 3) -> Table:
    return Table(Frame("Data Jum'at", 4, rows), FIELDS)


def test_a_column_is_found_by_its_name_from_its_own_sheet_and_from_others() -> None:
    assert table().here("biaya") == "$B$6:$B$8"
    assert table().there("biaya") == "'Data Jum''at'!$B$6:$B$8"
    assert table().letter("biaya") == "B"


def test_a_table_without_rows_keeps_one_blank_row() -> None:
    assert table(0).here("unit") == table(1).here("unit") == "$A$6:$A$6"


def test_an_unknown_column_is_a_mistake_of_ours() -> None:
    with pytest.raises(StopIteration):
        table().at("pagu")


def test_headings_are_in_the_language_asked_for() -> None:
    assert [column.heading for column in table().columns("id", {})] == ["Unit", "Biaya"]
    assert [column.heading for column in table().columns("en", {})] == ["Office", "Cost"]


def test_a_total_knows_the_cells_of_its_column() -> None:
    totals: dict[str, Value] = {"unit": "Jumlah", "biaya": Live("SUBTOTAL(109,{cells})", 60)}
    columns = table().columns("id", {}, totals)
    made = Listing(table().frame, columns, lambda: iter(()), "Tabel")

    assert made.total() == ("Jumlah", Live("SUBTOTAL(109,$B$6:$B$8)", 60))


def test_a_column_is_wide_enough_for_its_total() -> None:
    """What does not fit into its cell is shown as ####."""
    narrow, wide = (
        table().columns("id", {}, {"biaya": Live("SUM({cells})", total)})[1].width for total in (60, 10**14)
    )

    assert narrow == 12
    assert wide > len("100.000.000.000.000")

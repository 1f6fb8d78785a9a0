"""What a workbook carries unseen: ids, fingerprint and base."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

import pytest

from rak_excel import api, loading
from rak_excel.plan.canonical import content_hash, to_json
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.sheet import carriers
from rak_excel.sheet.grid import Book, Formula, Sheet

TICKS: Final = (True, False, False, True)
CELL: Final = 30_000


def plan(*uraian: str, **fields: Any) -> Plan:
    rows = tuple(Kegiatan(text, "100", TICKS, 5000, "Sekretariat") for text in uraian or ("Rapat",))
    goals = (Sasaran("Tersedianya data", (Indikator("Persentase data", rows),)),)
    made = Plan(2026, "KPU Kabupaten Lahat", goals, (Penandatangan("Ketua", "SARJANI"),))
    return replace(made, **fields)


def base_of(book: Book) -> dict[str, Any]:
    """The base, put together again from the cells of the hidden sheet."""
    told: dict[str, Any] = json.loads("".join(row[1] for row in book.carried if row[0] == "base"))
    return told


def without_dress(told: dict[str, Any]) -> dict[str, Any]:
    for one in told["plans"]:
        for key in ("lembar", "kertas", "tata_letak"):
            one.pop(key, None)
    return told


# --- the base ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 400])
def test_the_base_is_the_plan_with_the_same_hash(count: int) -> None:
    one = plan(*[f"Rapat “{number}” √ 😀\n=1+1 _x0041_ <r>x</r>" for number in range(count)])
    base = without_dress(base_of(api.build(one)))

    assert base == without_dress(to_json((one,)))
    assert base["hash"] == content_hash((one,))


def test_a_layout_that_nobody_named_is_not_named_by_the_base() -> None:
    (told,) = base_of(api.build(plan()))["plans"]

    assert told["tata_letak"] == ""


def test_the_base_keeps_the_dress_that_the_hash_leaves_out() -> None:
    (told,) = base_of(api.build(plan(lembar="Sekretariat", kertas="A4", tata_letak="kpu")))["plans"]

    assert (told["lembar"], told["kertas"], told["tata_letak"]) == ("Sekretariat", "A4", "kpu")


def test_what_the_form_does_not_print_is_in_the_base() -> None:
    one = plan(pagu=9_000_000)
    signed = replace(one, penandatangan=(replace(one.penandatangan[0], pangkat="Pembina"),))

    assert base_of(api.build(signed))["plans"][0]["pagu"] == 9_000_000
    assert base_of(api.build(signed))["plans"][0]["penandatangan"][0]["pangkat"] == "Pembina"


def test_every_cell_of_the_hidden_sheet_is_short_ascii() -> None:
    book = api.build(plan(*["é√😀" * 3000] * 3, *["x" * 9000] * 9), wide())
    cells = [cell for row in book.carried for cell in row if cell not in ("√", "-")]

    assert max(map(len, cells)) < CELL
    assert len([row for row in book.carried if row[0] == "base"]) > 3
    assert [cell[:20] for cell in cells if not cell.isascii()] == []


def wide() -> Any:
    """The official form with a column so wide, and a page so tall, that very long texts fit on it."""
    kpu = loading.layout_named("kpu").layout
    assert kpu is not None
    columns = tuple(
        replace(column, width=5000) if column.field == "kegiatan.uraian" else column for column in kpu.columns
    )
    return replace(kpu, columns=columns)


def test_the_base_holds_no_comment_of_the_author() -> None:
    text = (
        "rak: 1\ntahun: 2026\nunit: KPU Kabupaten Lahat  # RAHASIA\nsasaran: [{uraian: A, "
        "indikator: [{uraian: B, target: 1, kegiatan: [{uraian: C, triwulan: 1, biaya: 5, pelaksana: D}]}]}]"
        "  # RAHASIA\n"
        "penandatangan: {jabatan: Ketua, nama: SARJANI}\n"
    )
    book = api.build(loading.load_bytes(text.encode(), "plan.yaml").unwrap())

    assert "RAHASIA" not in repr(book)


# --- identity ------------------------------------------------------------------------------------------


def test_ids_tell_the_document_the_plan_and_the_row() -> None:
    ids = [carriers.keys("0123456789abcdef", number, 2) for number in (0, 1)]

    assert ids == [["01234567-1-1", "01234567-1-2"], ["01234567-2-1", "01234567-2-2"]]


def test_ids_of_two_plans_in_one_book_are_all_different() -> None:
    sheets = api.build((plan("A", "B"), plan("A", "B", tahun=2027))).sheets
    ids = [cell.value for sheet in sheets for cell in sheet.cells if cell.role == "kunci"]

    assert len(ids) == len(set(ids)) == 4


def test_the_properties_tell_format_layout_document_and_fingerprint() -> None:
    one = plan()
    book = api.build(one)

    assert book.properties == (
        ("rak_format", "1"),
        ("rak_layout", "kpu/1"),
        ("rak_document", content_hash((one,))),
        ("rak_fingerprint", carriers.fingerprint(book.sheets)),
    )
    assert max(len(value) for _, value in book.properties) <= 255


def test_the_hidden_sheet_tells_the_same_as_the_properties() -> None:
    """Either may get lost on the way through another program."""
    book = api.build(plan())
    facts = {row[0]: row[1] for row in book.carried}

    assert {f"rak_{key}": facts[key] for key in ("format", "layout", "document", "fingerprint")} == dict(
        book.properties
    )


def test_the_document_is_named_by_its_meaning_alone() -> None:
    one, other = api.build(plan()), api.build(plan(lembar="Lain", kertas="A4"))

    assert dict(one.properties)["rak_document"] == dict(other.properties)["rak_document"]


# --- the fingerprint -----------------------------------------------------------------------------------


def changes() -> dict[str, Sheet]:
    """Sheets that differ from the first in one thing that a person sees."""
    (sheet,) = api.build(plan("A", "B")).sheets
    at = next(number for number, cell in enumerate(sheet.cells) if cell.value == "A")

    def with_cell(**fields: Any) -> Sheet:
        cells = list(sheet.cells)
        cells[at] = cells[at]._replace(**fields)
        return replace(sheet, cells=tuple(cells))

    tick = next(number for number, cell in enumerate(sheet.cells) if cell.value == "√")
    return {
        "none": sheet,
        "value": with_cell(value="a"),
        "space": with_cell(value="A "),
        "blank": with_cell(value=None),
        "number": with_cell(value=1),
        "text of the number": with_cell(value="1"),
        "row": with_cell(row=sheet.cells[at].row + 1),
        "column": with_cell(column=sheet.cells[at].column + 1),
        "merge down": with_cell(rows=2),
        "merge right": with_cell(columns=2),
        "tick": replace(sheet, cells=sheet.cells[:tick] + sheet.cells[tick + 1 :]),
        "sheet": replace(sheet, name="Lain"),
    }


def test_the_fingerprint_changes_with_whatever_a_person_sees() -> None:
    marks = {name: carriers.fingerprint([sheet]) for name, sheet in changes().items()}

    assert len(set(marks.values())) == len(marks)


def test_the_fingerprint_counts_a_formulas_result_and_not_its_words() -> None:
    """Programs write the same formula in different words."""
    (sheet,) = api.build(plan()).sheets
    at = next(number for number, cell in enumerate(sheet.cells) if isinstance(cell.value, Formula))

    def with_formula(text: str, result: int) -> str:
        cells = list(sheet.cells)
        cells[at] = cells[at]._replace(value=Formula(text, result))
        return carriers.fingerprint([replace(sheet, cells=tuple(cells))])

    assert with_formula("SUM(J1:J2)", 5) == with_formula("sum(J1;J2)", 5) != with_formula("SUM(J1:J2)", 6)


def test_the_fingerprint_does_not_see_hidden_ids() -> None:
    (sheet,) = api.build(plan()).sheets
    cells = tuple(cell._replace(value="lain") if cell.role == "kunci" else cell for cell in sheet.cells)

    assert carriers.fingerprint([sheet]) == carriers.fingerprint([replace(sheet, cells=cells)])


# --- words of the drop-down ----------------------------------------------------------------------------


def test_the_drop_down_offers_the_tick_and_its_absence() -> None:
    book = api.build(plan())
    (choice,) = book.sheets[0].choices
    source = choice.source
    words = [book.carried[row][source.first_column] for row in range(source.first_row, source.last_row + 1)]

    assert words == ["√", "-"]


def test_each_sheet_of_a_book_offers_the_tick_of_its_own_form() -> None:
    kpu = loading.layout_named("kpu").layout
    assert kpu is not None
    drawn = api.draw((plan(), plan(tahun=2027)), [kpu, replace(kpu, name="lain", tick="v")])
    assert drawn.book is not None
    offered = [
        drawn.book.carried[choice.source.first_row][choice.source.first_column]
        for sheet in drawn.book.sheets
        for choice in sheet.choices
    ]

    assert offered == ["√", "v"]

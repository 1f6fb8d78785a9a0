"""A merged plan is written back into somebody's input sheet; all that is theirs stays, or is told first."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from properties.packages import notes, opened, packed, parts_of
from rak_excel.cli import rak
from rak_excel.files import xlsx_writer
from rak_excel.findings import RakError
from rak_excel.loading import Loaded, layout_named, load_bytes
from rak_excel.merging import Merging, Patched, patched_source
from rak_excel.plan.merge import merge
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.sheet import form
from rak_excel.sheet.form_merges import Merges

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from rak_excel.sheet.moving import Box

_LAYOUT = layout_named("kpu").layout
assert _LAYOUT is not None
KPU: Final = _LAYOUT
SHEET: Final = "xl/worksheets/sheet1.xml"
Q1: Final = (True, False, False, False)


def row(name: str, biaya: object = 1_000_000, target: str = "100") -> Kegiatan:
    return Kegiatan(name, target, Q1, biaya, "Sekretariat")  # type: ignore[arg-type]  # any cost


def goal(name: str, *rows: Kegiatan) -> Sasaran:
    return Sasaran(name, (Indikator(f"Persentase {name}", rows),))


@cache
def plan() -> Plan:
    """Two sasaran with three kegiatan each, in rows 11 to 16."""
    return Plan(
        2026,
        "KPU Kabupaten Lahat",
        (
            goal("Tersedianya data", row("Rapat"), row("Cetak", "bersama"), row("Kirim", 3_000_000)),
            goal("Terwujudnya layanan", row("Gaji", 4_000_000), row("Listrik", None), row("Air", 6_000_000)),
        ),
        (Penandatangan("Ketua", "SARJANI", "198205062010122002"),),
        pagu=20_000_000,
    )


def filled(change: Callable[[Worksheet], object] | None = None, of: Plan | None = None) -> bytes:
    """The form of a plan, after somebody worked in it with openpyxl."""
    data = xlsx_writer.write(form.filled(of or plan(), KPU))
    if change is None:
        return data
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def brought(data: bytes, theirs: Plan, file: str = "masukan.xlsx") -> Patched:
    """The form with what a workbook made of its plan."""
    source = load_bytes(data, file)
    assert [one for one in source.findings if one.is_error] == []
    ours = source.plans[0]
    made = patched_source(source, data, merging(source, (theirs, *source.plans[1:])))
    assert load_bytes(made.data, file).plans[0] == theirs or ours == theirs
    return made


def merging(source: Loaded, theirs: tuple[Plan, ...]) -> Merging:
    pairs = zip(source.plans, theirs, strict=False)
    return Merging(tuple(merge(ours, ours, one) for ours, one in pairs), (), (), (), source)


def with_rows(number: int, *rows: Kegiatan) -> Plan:
    """The plan with other kegiatan in one of its sasaran."""
    goals = list(plan().sasaran)
    goals[number] = replace(goals[number], indikator=(replace(goals[number].indikator[0], kegiatan=rows),))
    return replace(plan(), sasaran=tuple(goals))


def rows_in(number: int) -> tuple[Kegiatan, ...]:
    return plan().sasaran[number].indikator[0].kegiatan


def page(data: bytes) -> Worksheet:
    return opened(data).worksheets[0]


def cells(data: bytes) -> dict[str, bytes]:
    """Every cell as it is written."""
    found = re.findall(rb'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)', parts_of(data)[SHEET], re.DOTALL)
    whole = re.finditer(rb'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)', parts_of(data)[SHEET], re.DOTALL)
    made = {match[1].decode(): match[0] for match in whole}
    assert len(made) == len(found)
    return made


def changed(before: bytes, after: bytes) -> set[str]:
    first, second = cells(before), cells(after)
    return {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}


def codes(made: Patched) -> list[str]:
    return [one.code for one in made.findings]


def column(data: bytes, letter: str, first: int = 11, last: int = 20) -> list[object]:
    sheet = page(data)
    return [sheet[f"{letter}{number}"].value for number in range(first, last + 1)]


# --- cells ---------------------------------------------------------------------------------------------


def test_an_untouched_plan_changes_no_byte() -> None:
    assert brought(filled(), plan()).data == filled()


def test_only_the_cells_that_changed_change() -> None:
    first, *others = rows_in(1)
    other = replace(
        first, biaya=9_000_000, pelaksana="Sub Bagian Hukum dan SDM", triwulan=(True, True, False, False)
    )
    data = brought(filled(), with_rows(1, other, *others)).data

    assert changed(filled(), data) == {"G14", "J14", "K14", "J9", "K9"}
    parts = parts_of(filled()), parts_of(data)
    assert {name for name in parts[0] if parts[0][name] != parts[1][name]} == {SHEET}
    sheet = load_bytes(data, "a.xlsx").filled
    assert sheet is not None


def test_the_stored_total_and_what_is_left_are_those_of_the_merged_plan() -> None:
    theirs = with_rows(1, *rows_in(1), row("Telepon", 5_000_000))
    data = brought(filled(), theirs).data
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]

    assert (book["J9"].value, book["K9"].value) == (theirs.jumlah_biaya, 20_000_000 - theirs.jumlah_biaya)
    assert page(data)["J9"].value == page(filled())["J9"].value


def test_a_cost_that_is_typed_as_a_text_is_not_in_the_stored_total() -> None:
    """The stored value is what the formula gives: a program that calculates must not show another one."""
    data = filled(lambda sheet: sheet.__setitem__("J16", "Rp 6.000.000"))
    theirs = with_rows(0, replace(rows_in(0)[0], biaya=2_000_000), *rows_in(0)[1:])
    made = openpyxl.load_workbook(io.BytesIO(brought(data, theirs).data), data_only=True).worksheets[0]

    assert made["J9"].value == 2_000_000 + 3_000_000 + 4_000_000


def test_a_value_is_typed_as_the_cells_around_it_are() -> None:
    def typed(sheet: Worksheet) -> None:
        for number in range(11, 17):
            sheet[f"F{number}"] = "v"
        sheet["J15"] = "-"
        sheet["D11"], sheet["D11"].number_format = 1, "0%"
        sheet["A11"], sheet["A14"] = "1.", "2."

    first, *others = rows_in(0)
    other = replace(first, target="90", triwulan=(True, True, False, False), biaya=None)
    theirs = with_rows(0, other, *others)
    new = goal("Meningkatnya kompetensi", row("Latih"))
    data = brought(filled(typed), replace(theirs, sasaran=(new, *theirs.sasaran))).data
    sheet = page(data)

    assert (sheet["G12"].value, sheet["J12"].value, sheet["D12"].value) == ("v", "-", 0.9)
    assert [sheet[f"A{number}"].value for number in (11, 12, 15)] == ["1.", "2.", "3."]


def test_a_row_grows_with_its_text_and_never_shrinks() -> None:
    first, *others = rows_in(1)
    theirs = with_rows(1, replace(first, uraian="Pembayaran gaji dan tunjangan " * 6 + "pegawai"), *others)
    before, after, drawn = (
        {at: page(data).row_dimensions[at].height for at in range(11, 17)}
        for data in (filled(), brought(filled(), theirs).data, filled(of=theirs))
    )

    assert after == drawn
    assert {at for at in before if after[at] != before[at]} == {14}
    assert {
        at: page(brought(filled(of=theirs), plan()).data).row_dimensions[at].height for at in drawn
    } == drawn


# --- rows ----------------------------------------------------------------------------------------------


def test_a_new_row_looks_like_its_neighbour_and_has_its_help() -> None:
    def coloured(sheet: Worksheet) -> None:
        sheet["E12"].fill = PatternFill("solid", fgColor="FFCCFFCC")

    first, second, third = rows_in(0)
    data = brought(filled(coloured), with_rows(0, first, second, row("Jilid"), third)).data
    sheet = page(data)

    assert column(data, "E", 11, 17) == ["Rapat", "Cetak", "Jilid", "Kirim", "Gaji", "Listrik", "Air"]
    assert sheet["E13"].fill.fgColor.rgb == "FFCCFFCC"
    assert column(data, "B", 11, 15) == ["Tersedianya data", None, None, None, "Terwujudnya layanan"]
    checked = {str(one.sqref) for one in sheet.data_validations.dataValidation}
    assert checked >= {"F11:I511", "K11:K511", "B11:B511"}
    held = {str(one.sqref): [rule.formula[0] for rule in one.rules] for one in sheet.conditional_formatting}
    assert held["B11:B511"] == ['AND($E11<>"",COUNTA(B$11:B11)=0)']


def test_new_rows_at_the_end_take_the_blank_ones_that_wait_there() -> None:
    data = brought(filled(), with_rows(1, *rows_in(1), row("Telepon"), row("Internet"))).data

    assert column(data, "E", 16, 19) == ["Air", "Telepon", "Internet", None]
    assert b'sqref="F11:I510"' in parts_of(data)[SHEET]
    assert not any(name.startswith("E1") and name > "E18" for name in changed(filled(), data))


def test_a_form_that_is_full_takes_new_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form, "ROOM", 6)
    monkeypatch.setattr(form, "_SPARE", 0)
    data = brought(filled(), with_rows(1, *rows_in(1), row("Telepon"))).data

    assert column(data, "E", 15, 17) == ["Listrik", "Air", "Telepon"]
    assert b'sqref="F11:I17"' in parts_of(data)[SHEET]
    assert page(data)["J17"].number_format == page(data)["J16"].number_format


def test_the_row_below_a_deleted_first_one_says_whose_it_is() -> None:
    data = brought(filled(), with_rows(1, *rows_in(1)[1:])).data

    assert column(data, "B", 14, 15) == ["Terwujudnya layanan", None]
    assert column(data, "C", 14, 15) == ["Persentase Terwujudnya layanan", None]
    assert (column(data, "A", 14, 15), column(data, "D", 14, 15)) == ([2, None], ["100", None])


def test_no_formula_breaks_where_every_row_goes() -> None:
    new = replace(plan(), sasaran=(goal("Baru sama sekali", row("Satu-satunya")),))
    data = brought(filled(), new).data

    assert b"#REF!" not in parts_of(data)[SHEET]
    assert column(data, "E", 11, 12) == ["Satu-satunya", None]


def test_a_sasaran_that_moves_takes_its_rows_and_its_number_follows() -> None:
    first, second = plan().sasaran
    data = brought(filled(), replace(plan(), sasaran=(second, first))).data

    assert column(data, "E", 11, 16) == ["Gaji", "Listrik", "Air", "Rapat", "Cetak", "Kirim"]
    assert column(data, "A", 11, 16) == [1, None, None, 2, None, None]
    assert column(data, "B", 11, 14) == ["Terwujudnya layanan", None, None, "Tersedianya data"]


def test_a_first_row_that_moves_no_longer_says_whose_it_was() -> None:
    first, *others = rows_in(0)
    gone = with_rows(0, replace(others[0], biaya=7), *others[1:]).sasaran[0]
    second = with_rows(1, *rows_in(1), first).sasaran[1]
    data = brought(filled(), replace(plan(), sasaran=(gone, second))).data

    assert column(data, "E", 11, 16) == ["Cetak", "Kirim", "Gaji", "Listrik", "Air", "Rapat"]
    assert column(data, "B", 11, 16) == ["Tersedianya data", None, "Terwujudnya layanan", None, None, None]
    assert column(data, "D", 11, 16) == ["100", None, "100", None, None, None]


def test_a_blank_row_between_two_indikator_stays_between_them() -> None:
    first, second = plan().sasaran
    both = replace(first, indikator=(*first.indikator, *second.indikator))
    data = filled(lambda sheet: sheet.insert_rows(14), replace(plan(), sasaran=(both,)))
    above = replace(both.indikator[0], kegiatan=(*both.indikator[0].kegiatan, row("Jilid")))
    theirs = replace(plan(), sasaran=(replace(both, indikator=(above, both.indikator[1])),))

    assert column(brought(data, theirs).data, "E", 13, 16) == ["Kirim", "Jilid", None, "Gaji"]


def test_an_empty_form_takes_a_plan() -> None:
    empty = replace(plan(), sasaran=(goal("Ada", row("Satu")),))
    data = brought(filled(of=empty), replace(plan(), sasaran=(*empty.sasaran, *plan().sasaran))).data

    assert column(data, "A", 11, 17) == [1, 2, None, None, 3, None, None]


def test_blank_rows_between_sasaran_stay_between_them() -> None:
    def spaced(sheet: Worksheet) -> None:
        for number in (16, 15, 14):
            for letter in "ABCDEFGHIJK":
                sheet[f"{letter}{number + 1}"] = sheet[f"{letter}{number}"].value
                sheet[f"{letter}{number}"] = None

    theirs = with_rows(0, *rows_in(0), row("Jilid"))
    data = brought(
        filled(spaced), replace(theirs, sasaran=(*theirs.sasaran, goal("Baru", row("Akhir"))))
    ).data

    assert column(data, "E", 14, 21) == ["Jilid", None, "Gaji", "Listrik", "Air", None, "Akhir", None]


# --- what is the owner's -------------------------------------------------------------------------------


def own_things(sheet: Worksheet) -> None:
    """A column with notes of the owner's own, and a note on a cell."""
    sheet["L10"] = "Catatan saya"
    for number in range(11, 17):
        sheet[f"L{number}"] = f"catatan {number}"
    sheet["E15"].comment = Comment("tanya bendahara", "Budi")
    sheet["E16"].comment = Comment("sudah lunas", "Budi")


def test_the_owners_column_and_notes_go_with_their_rows_and_are_told() -> None:
    first, second, third = rows_in(1)
    made = brought(filled(own_things), with_rows(1, third, first, second))

    assert column(made.data, "L", 14, 16) == ["catatan 16", "catatan 14", "catatan 15"]
    assert notes(made.data, "Isian") == {"E14": "sudah lunas", "E16": "tanya bendahara"}
    assert [(one.code, one.place.cell if one.place else "", one.message()) for one in made.findings] == [
        ("RAK516", "E16", "yang ikut pindah bersama barisnya: catatan (E16)")
    ]


def test_what_goes_with_a_deleted_row_is_told_before() -> None:
    made = brought(filled(own_things), with_rows(1, *rows_in(1)[:1], *rows_in(1)[2:]))

    (told,) = made.findings
    assert (told.code, told.file) == ("RAK517", "masukan.xlsx")
    assert "isi “catatan 15” (L15)" in told.message()
    assert "catatan (E15)" in told.message()


def test_another_sheet_stays_as_it_is() -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled()))
    book.create_sheet("Rapat").append(["hari Senin", "=Isian!J9"])
    made = io.BytesIO()
    book.save(made)
    data = brought(made.getvalue(), with_rows(0, *rows_in(0)[:2])).data

    held = [[cell.value for cell in line] for line in opened(data)["Rapat"].iter_rows()]
    assert held == [["hari Senin", "=Isian!J9"]]


# --- merges --------------------------------------------------------------------------------------------


def merged_cells(data: bytes) -> set[str]:
    return {str(one) for one in page(data).merged_cells.ranges}


def joined(*areas: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for area in areas:
            sheet.merge_cells(area)

    return change


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((0, 1, 2, "baru"), {"B14:B16"}),
        ((0, "baru", 1, 2), {"B14:B17"}),
        ((1, 2), {"B14:B15"}),
        ((2, 0, 1), {"B14:B16"}),
        ((0,), set()),
    ],
    ids=["behind", "between", "first-gone", "sorted", "one-left"],
)
def test_a_merge_over_a_sasaran_follows_its_rows(rows: tuple[int | str, ...], expected: set[str]) -> None:
    kept = tuple(rows_in(1)[one] if isinstance(one, int) else row(one) for one in rows)
    data = brought(filled(joined("B14:B16")), with_rows(1, *kept)).data

    assert merged_cells(data) == expected
    assert page(data)["B14"].value == "Terwujudnya layanan"


def test_a_row_from_elsewhere_comes_under_the_merge_of_its_new_sasaran_alone() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["L10"] = "Catatan saya"
        sheet["L14"], sheet["L12"] = "untuk tiga baris", "sendiri"
        joined("B14:B16", "L14:L16")(sheet)

    first, moved, third = rows_in(0)
    above, *below = rows_in(1)
    second = with_rows(1, above, replace(moved, biaya=5), *below).sasaran[1]
    theirs = replace(plan(), sasaran=(with_rows(0, first, third).sasaran[0], second))
    data = brought(filled(change), theirs).data

    assert merged_cells(data) == {"B13:B16"}
    assert column(data, "L", 13, 15) == ["untuk tiga baris", "sendiri", None]


def test_a_merged_cost_is_parted_where_a_row_has_its_own() -> None:
    def shared(sheet: Worksheet) -> None:
        sheet["J12"] = sheet["J13"] = None
        sheet.merge_cells("J11:J13")

    source = with_rows(0, *rows_in(0)[:2], replace(rows_in(0)[2], biaya="bersama"))
    first, second, third = source.sasaran[0].indikator[0].kegiatan
    theirs = with_rows(0, first, second, replace(third, biaya=7_000_000))
    data = brought(filled(shared, source), theirs).data

    assert merged_cells(data) == {"J11:J12"}
    assert column(data, "J", 11, 13) == [1_000_000, None, 7_000_000]
    alone = with_rows(0, first, replace(second, biaya=5), third)
    assert merged_cells(brought(filled(shared, source), alone).data) == set()
    assert column(brought(filled(shared, source), alone).data, "J", 11, 13) == [1_000_000, 5, "bersama"]


# --- formulas ------------------------------------------------------------------------------------------


def calculated(cells_of: dict[str, tuple[str, str]]) -> bytes:
    """The form with formulas that a program has calculated."""

    def typed(sheet: Worksheet) -> None:
        for name, (text, _) in cells_of.items():
            sheet[name] = f"={text}"

    data = filled(typed)
    parts = parts_of(data)
    text = parts[SHEET].decode()
    for name, (formula, value) in cells_of.items():
        pattern = rf'(<c r="{name}"[^>]*><f>){re.escape(formula)}</f><v ?/?>(</v>)?'
        text, count = re.subn(pattern, rf"\g<1>{formula}</f><v>{value}</v>", text)
        assert count == 1
    return packed({**parts, SHEET: text.encode()})


def test_a_formula_that_a_merged_value_replaces_is_told() -> None:
    data = calculated({"J14": ("2000000*2", "4000000")})
    made = brought(data, with_rows(1, replace(rows_in(1)[0], biaya=5_000_000), *rows_in(1)[1:]))

    assert [(one.code, one.place.cell if one.place else "", one.message()) for one in made.findings] == [
        ("RAK515", "J14", "rumus “=2000000*2” diganti dengan nilainya: “5.000.000”")
    ]
    assert page(made.data)["J14"].value == 5_000_000


def test_a_formula_that_goes_on_showing_the_plan_stays() -> None:
    data = calculated({"J14": ("2000000*2", "4000000")})
    made = brought(data, with_rows(1, rows_in(1)[0], replace(rows_in(1)[1], biaya=1), rows_in(1)[2]))

    assert codes(made) == []
    assert page(made.data)["J14"].value == "=2000000*2"


def test_a_formula_that_would_show_something_else_is_replaced_by_what_the_plan_has() -> None:
    data = calculated({"J13": ("J11*3", "3000000"), "C5": ("J11*20", "20000000")})
    made = brought(data, with_rows(0, replace(rows_in(0)[0], biaya=500), *rows_in(0)[1:]))

    assert sorted((one.code, one.place.cell if one.place else "") for one in made.findings) == [
        ("RAK515", "C5"), ("RAK515", "J13")
    ]  # fmt: skip
    assert (page(made.data)["J13"].value, page(made.data)["C5"].value) == (3_000_000, 20_000_000)


# --- above the table -----------------------------------------------------------------------------------


def test_the_fields_above_the_table_change_alone() -> None:
    theirs = replace(plan(), tahun=2027, pagu=30_000_000, unit="KPU Kota Pagar Alam")
    data = brought(filled(), theirs).data

    assert changed(filled(), data) == {"C2", "C3", "C5", "K9"}
    assert openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]["K9"].value == 16_000_000


def test_a_second_signatory_goes_where_the_form_has_room_for_one() -> None:
    theirs = replace(plan(), penandatangan=(*plan().penandatangan, Penandatangan("Sekretaris", "BUDI")))
    data = brought(filled(), theirs).data

    assert changed(filled(), data) == {"K2", "K3"}
    assert changed(data, brought(data, plan()).data) == {"K2", "K3"}


def test_a_field_without_a_cell_gets_a_label_and_a_cell() -> None:
    data = brought(filled(), replace(plan(), lembar="RAK")).data

    assert [name for name in changed(filled(), data) if page(data)[name].value == "Nama lembar"] == ["D9"]
    assert page(data)["E9"].value == "RAK"


def test_a_signatory_that_has_no_cells_is_told_and_nothing_is_written() -> None:
    more = tuple(Penandatangan("Anggota", name) for name in ("A", "B", "C"))
    with pytest.raises(RakError) as told:
        brought(filled(), replace(plan(), penandatangan=more))

    assert {one.code for one in told.value.findings} == {"RAK519"}


def test_a_value_without_a_column_gets_one() -> None:
    theirs = with_rows(0, replace(rows_in(0)[0], kode="994.001"), *rows_in(0)[1:])
    data = brought(filled(), theirs).data

    assert column(data, "L", 10, 12) == ["Kode", "994.001", None]


# --- files ---------------------------------------------------------------------------------------------


def two_plans() -> bytes:
    second = replace(plan(), unit="KPU Kota Pagar Alam")
    return xlsx_writer.write(form.book([(plan(), KPU), (second, KPU)]))


def test_each_sheet_of_a_workbook_gets_its_own_plan() -> None:
    source = load_bytes(two_plans(), "masukan.xlsx")
    theirs = (replace(source.plans[0], pagu=1), replace(source.plans[1], pagu=2))
    made = patched_source(source, two_plans(), merging(source, theirs))

    assert load_bytes(made.data, "masukan.xlsx").plans == theirs


def test_a_plan_without_a_sheet_is_told_and_nothing_is_written() -> None:
    source = load_bytes(filled(), "masukan.xlsx")
    workbook = load_bytes(two_plans(), "lain.xlsx")
    with pytest.raises(RakError) as told:
        patched_source(source, filled(), Merging((None,), (1,), (), (), workbook))

    (finding,) = told.value.findings
    assert (finding.code, finding.rule.exit) == ("RAK518", 2)
    assert "KPU Kota Pagar Alam" in finding.message()


def test_a_workbook_with_macros_is_patched_too() -> None:
    parts = parts_of(filled())
    plain = b"openxmlformats-officedocument.spreadsheetml.sheet.main"
    types = parts["[Content_Types].xml"].replace(plain, b"ms-excel.sheet.macroEnabled.main", 1)
    data = packed({**parts, "[Content_Types].xml": types, "xl/vbaProject.bin": b"VBA"})
    made = brought(data, with_rows(0, *rows_in(0)[:1]), "masukan.xlsm").data

    assert parts_of(made)["xl/vbaProject.bin"] == b"VBA"


def test_the_command_brings_an_edited_workbook_into_its_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = filled(own_things)
    Path("masukan.xlsx").write_bytes(before)
    assert CliRunner().invoke(rak, ["build", "masukan.xlsx"]).exit_code == 0
    book = openpyxl.load_workbook("masukan-RAK.xlsx")
    for line in book.worksheets[0].iter_rows():
        for cell in line:
            if cell.value == 4_000_000:
                cell.value = 4_500_000
    book.save("masukan-RAK.xlsx")
    ran = CliRunner().invoke(rak, ["import", "masukan-RAK.xlsx", "--into", "masukan.xlsx"])

    assert ran.exit_code == 0, ran.output
    assert column(Path("masukan.xlsx").read_bytes(), "J", 14, 14) == [4_500_000]
    assert Path("masukan.xlsx.bak").read_bytes() == before


def test_a_merge_as_wide_as_excels_sheet_is_followed_in_the_columns_of_fields_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Beside the table it would otherwise be walked over cell by cell: eight million of them in 490 rows."""
    data = filled()
    parts = parts_of(data)
    wide = b'</sheetData><mergeCells count="1"><mergeCell ref="M12:XFD500"/></mergeCells>'
    assert b"mergeCells" not in parts[SHEET]
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", wide)
    made: list[Merges] = []
    real = Merges._follow

    def follow(merges: Merges, box: Box) -> None:
        made.append(merges)
        real(merges, box)

    monkeypatch.setattr(Merges, "_follow", follow)
    brought(packed(parts), with_rows(1, row("Gaji", 5_000_000), *rows_in(1)[1:]))

    assert [merges.covered for merges in made] == [set()]

"""The verbs for Python and for the commands: what they return, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rak_excel
from rak_excel import api, loading
from rak_excel.findings import Finding, RakError
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.codec import sheet_name_fault
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran

TICKS: Final = (True, False, False, True)


def plan(**fields: Any) -> Plan:
    one = Kegiatan("Rapat", "100", TICKS, 5000, "Sekretariat")
    goals = (Sasaran("Tersedianya data", (Indikator("Persentase data", (one,)),)),)
    made = Plan(2026, "KPU Kabupaten Lahat", goals, (Penandatangan("Ketua", "SARJANI"),))
    return replace(made, **fields)


def with_kegiatan(**fields: Any) -> Plan:
    (sasaran,) = plan().sasaran
    (indikator,) = sasaran.indikator
    one = replace(indikator.kegiatan[0], **fields)
    return plan(sasaran=(replace(sasaran, indikator=(replace(indikator, kegiatan=(one,)),)),))


def refused(call: Any, *args: Any, **options: Any) -> tuple[Finding, ...]:
    with pytest.raises(RakError) as caught:
        call(*args, **options)
    assert caught.value.findings
    return caught.value.findings


# --- check ---------------------------------------------------------------------------------------------


def test_a_right_plan_built_in_python_has_no_findings() -> None:
    assert rak_excel.check(plan()) == ()


def test_findings_of_a_plan_built_in_python_have_paths_and_no_places() -> None:
    (finding,) = rak_excel.check(with_kegiatan(biaya=""))

    assert (finding.code, finding.path) == ("RAK205", "sasaran[0].indikator[0].kegiatan[0].biaya")
    assert (finding.place, finding.file) == (None, None)


def test_an_unknown_layout_is_refused() -> None:
    assert [finding.code for finding in refused(rak_excel.check, plan(), "tidakada")] == ["RAK125"]


def test_a_layout_may_be_given_as_a_name_a_path_or_itself(tmp_path: Path) -> None:
    path = tmp_path / "uji.yaml"
    path.write_text(api.layout_text("kpu").replace("layout: kpu", "layout: uji"))
    itself = loading.layout_named(str(path)).layout

    assert [rak_excel.check(plan(), one) for one in ("kpu", str(path), itself, None)] == [()] * 4


# --- build ---------------------------------------------------------------------------------------------


def test_a_plan_with_errors_is_not_drawn() -> None:
    findings = refused(rak_excel.build, with_kegiatan(biaya="", pelaksana=""))

    assert [finding.code for finding in findings] == ["RAK205", "RAK206"]


def test_warnings_do_not_keep_a_plan_from_being_drawn() -> None:
    one = plan(pagu=1)

    assert [finding.code for finding in rak_excel.check(one)] == ["RAK210"]
    assert len(rak_excel.build(one).sheets) == 1


def test_building_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no plan"):
        rak_excel.build(())


@pytest.mark.parametrize(
    "one",
    [
        plan(unit="KPU\x01"),
        plan(unit="KPU \ud800"),
        plan(judul="\x00"),
        plan(unit="x" * 32_768),
        plan(penandatangan=(Penandatangan("Ketua", "A\x0bB"),)),
        plan(sasaran=(replace(plan().sasaran[0], uraian="\ufffe"),)),
        with_kegiatan(uraian="a\x02"),
        with_kegiatan(pelaksana="x" * 32_768),
        with_kegiatan(uraian="😀" * 16_384),
        with_kegiatan(target="\x7f\x00"),
        with_kegiatan(biaya=-5),
        with_kegiatan(biaya=10**15),
        with_kegiatan(biaya="banyak"),
        with_kegiatan(triwulan=(True, False)),
        with_kegiatan(triwulan=(True,) * 5),
        with_kegiatan(triwulan=("25", False, False, False)),
        plan(tahun=26),
        plan(tahun=0),
        plan(lembar="a/b"),
        plan(kertas="A3"),
        plan(penandatangan=(Penandatangan("Ketua", "A", "123"),)),
        plan(pagu=-1),
    ],
)
def test_a_value_that_no_workbook_can_hold_is_a_finding_before_anything_is_drawn(one: Plan) -> None:
    """A plan made in Python passes the same gates as one that was typed."""
    assert all(finding.is_error for finding in refused(rak_excel.build, one))


def test_building_again_gives_an_equal_book() -> None:
    assert rak_excel.build(plan()) == rak_excel.build(plan())


# --- names of sheets -----------------------------------------------------------------------------------


def test_one_plans_sheet_is_named_after_its_year() -> None:
    assert api.sheet_names((plan(),)) == ("RAK 2026",)


def test_two_plans_sheets_are_named_after_their_signatories() -> None:
    other = plan(penandatangan=(Penandatangan("Sekretaris", "MERY"),))

    assert api.sheet_names((plan(), other)) == ("RAK 2026 Ketua", "RAK 2026 Sekretaris")


def test_the_authors_name_is_taken() -> None:
    assert api.sheet_names((plan(lembar="Sekretariat"), plan())) == ("Sekretariat", "RAK 2026 Ketua")


def test_no_two_sheets_have_names_that_excel_takes_for_the_same() -> None:
    plans = (plan(lembar="Rencana"), plan(lembar="RENCANA"), plan(lembar="rencana (2)"), plan(), plan())
    names = api.sheet_names(plans)

    assert len({name.lower() for name in names}) == len(plans)


def test_a_hundred_plans_of_one_name_have_a_hundred_names() -> None:
    names = api.sheet_names((plan(lembar="x" * 31),) * 120)

    assert len(set(names)) == 120
    assert [name for name in names if sheet_name_fault(name) is not None] == []


roles = st.text(max_size=40) | st.text("KetuaSkrt '[]:*?/\\\n", max_size=40)


@given(st.lists(st.tuples(roles, roles), min_size=1, max_size=4))
def test_every_sheet_has_a_name_that_excel_takes(drawn: list[tuple[str, str]]) -> None:
    plans = tuple(
        plan(lembar=lembar, penandatangan=(Penandatangan(jabatan, "A"),)) for lembar, jabatan in drawn
    )
    names = api.sheet_names(plans)

    assert [name for name in names if sheet_name_fault(name) is not None or not name] == []
    assert len({name.lower() for name in names}) == len(plans)


# --- save ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.csv", "A.YAML"])
def test_a_saved_plan_is_loaded_again_with_the_same_hash(name: str, tmp_path: Path) -> None:
    one = plan(pagu=9000)
    rak_excel.save(one, tmp_path / name)

    assert content_hash(rak_excel.load(tmp_path / name).plans) == content_hash((one,))


def test_several_plans_are_saved_as_one_stream_of_yaml(tmp_path: Path) -> None:
    plans = (plan(), plan(tahun=2027))
    rak_excel.save(plans, tmp_path / "a.yaml")

    assert rak_excel.load(tmp_path / "a.yaml").plans == plans


def test_several_plans_do_not_go_into_one_csv(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one plan, not 2"):
        rak_excel.save((plan(), plan(tahun=2027)), tmp_path / "a.csv")

    assert not (tmp_path / "a.csv").exists()


def test_a_book_is_saved_as_a_workbook(tmp_path: Path) -> None:
    rak_excel.save(rak_excel.build(plan()), tmp_path / "a.xlsx")

    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["RAK 2026", "_rak"]


@pytest.mark.parametrize(("content", "name"), [(plan(), "a.xlsx"), (plan(), "a.txt"), (plan(), "a")])
def test_a_plan_has_no_other_form(content: Plan, name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="yaml"):
        rak_excel.save(content, tmp_path / name)


def test_a_book_has_no_other_form(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="xlsx"):
        rak_excel.save(rak_excel.build(plan()), tmp_path / "a.yaml")


# --- where workbooks go --------------------------------------------------------------------------------


def codes(*args: Any, **options: Any) -> list[tuple[str, int]]:
    return [(finding.code, finding.rule.exit) for finding in refused(*args, **options)]


def test_a_workbook_goes_beside_its_input_under_the_same_stem() -> None:
    assert api.targets(["a/b.yaml", "c.csv"], None) == [Path("a/b.xlsx"), Path("c.xlsx")]


def test_a_workbook_of_a_workbook_gets_another_name() -> None:
    assert api.targets(["a/b.xlsx"], None) == [Path("a/b-RAK.xlsx")]


def test_a_workbook_goes_where_it_is_asked_to() -> None:
    assert api.targets(["a.yaml"], "keluar/x.XLSX") == [Path("keluar/x.XLSX")]


def test_several_workbooks_go_into_a_folder() -> None:
    assert api.targets(["a.yaml", "b/c.csv"], "keluar") == [Path("keluar/a.xlsx"), Path("keluar/c.xlsx")]


def test_a_folder_that_is_there_may_be_named_for_one_input(tmp_path: Path) -> None:
    assert api.targets(["a.yaml"], str(tmp_path)) == [tmp_path / "a.xlsx"]


@pytest.mark.parametrize(
    ("files", "output", "code"),
    [
        (["a.yaml"], "x.pdf", "RAK025"),
        (["a.yaml"], "x", "RAK025"),
        (["a.yaml"], "-", "RAK025"),
        (["-"], None, "RAK025"),
        (["a/x.yaml", "b/x.yaml"], "keluar", "RAK022"),
        (["x.yaml", "x.csv"], None, "RAK022"),
        (["x.yaml", "./x.csv"], None, "RAK022"),
    ],
)
def test_an_output_that_makes_no_sense_is_a_usage_error(
    files: list[str], output: str | None, code: str
) -> None:
    assert codes(api.targets, files, output) == [(code, 2)]


def test_an_input_is_never_its_own_output(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("x")

    assert codes(api.targets, [str(tmp_path / "a.xlsx")], str(tmp_path / "." / "a.xlsx")) == [("RAK021", 2)]


def test_another_input_is_no_output_either(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("x")
    (tmp_path / "a.xlsx").write_text("x")
    files = [str(tmp_path / "a.xlsx"), str(tmp_path / "a.yaml")]

    assert codes(api.targets, files, None) == [("RAK021", 2)]


@pytest.mark.parametrize("name", ["x" * 300 + ".xlsx", "a\0b.xlsx"])
def test_an_impossible_output_is_refused_and_no_crash(name: str) -> None:
    (target,) = api.targets(["a.yaml"], name)

    assert codes(api.write, target, b"") == [("RAK010", 4)]


# --- what is not overwritten ---------------------------------------------------------------------------


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    rak_excel.save(rak_excel.build(plan()), tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def resave(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.save(path)


def test_a_workbook_as_we_made_it_may_be_replaced(ours: Path) -> None:
    api.refuse_losses([ours], force=False)


def test_an_edited_workbook_is_replaced_only_by_force(ours: Path) -> None:
    resave(ours)

    assert codes(api.refuse_losses, [ours], force=False) == [("RAK510", 3)]
    api.refuse_losses([ours], force=True)


@pytest.mark.parametrize("force", [False, True])
def test_a_file_that_is_not_ours_is_never_replaced(force: bool, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("catatan")

    assert codes(api.refuse_losses, [tmp_path / "a.xlsx"], force=force) == [("RAK023", 2)]


def test_every_output_that_would_be_lost_is_looked_at_before_the_first_is_written(ours: Path) -> None:
    other = ours.with_name("b.xlsx")
    other.write_text("catatan")

    assert codes(api.refuse_losses, [ours, other], force=False) == [("RAK023", 2)]


def test_a_new_input_never_replaces_a_file_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    api.write_new(path, b"1", force=False)

    assert codes(api.write_new, path, b"2", force=False) == [("RAK020", 2)]
    assert path.read_bytes() == b"1"
    api.write_new(path, b"2", force=True)
    assert path.read_bytes() == b"2"


# --- the commands' own needs ---------------------------------------------------------------------------


def test_a_layouts_file_is_shown_as_it_stands() -> None:
    path = loading.layout_path("kpu")
    assert path is not None

    assert api.layout_text("kpu") == path.read_text()


def test_an_empty_input_of_no_known_form_is_refused() -> None:
    assert [code for code, _ in codes(api.blank, ".txt", None, "a.txt")] == ["RAK004"]


def test_an_empty_input_for_an_unknown_layout_is_refused() -> None:
    assert [code for code, _ in codes(api.blank, ".yaml", "tidakada", "a.yaml")] == ["RAK125"]


def test_plans_as_json_are_one_document() -> None:
    assert list(api.as_json((plan(),))) == ["version", "hash", "plans"]


def test_a_plan_that_a_csv_would_change_is_not_written_as_one(tmp_path: Path) -> None:
    """A blank cell says "as above", so two neighbours of one text would be one when read again."""
    one = Indikator("Persentase layanan", (Kegiatan("Rapat", "100", (True,) * 4, None, "Sekretariat"),))
    twins = plan(sasaran=(Sasaran("Terwujudnya layanan", (one, one)),))

    with pytest.raises(ValueError, match="cannot hold this plan"):
        rak_excel.save(twins, tmp_path / "a.csv")
    assert not (tmp_path / "a.csv").exists()

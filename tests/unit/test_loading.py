"""From a file to plans: the form known, the layout found, every finding in its file and order."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import TYPE_CHECKING, Final

import pytest

from rak_excel import api, digest, loading
from rak_excel.findings import RakError, exit_code
from rak_excel.plan.canonical import content_hash

if TYPE_CHECKING:
    from pathlib import Path

    from rak_excel.loading import Loaded

TEXT: Final = """\
rak: 1
tahun: 2026
unit: KPU Kabupaten Lahat
sasaran:
  - uraian: Tersedianya data
    indikator:
      - uraian: Persentase data yang tersedia
        target: 100
        kegiatan:
          - {uraian: Rapat, triwulan: [1], biaya: 5000, pelaksana: Sekretariat}
penandatangan: {jabatan: Ketua, nama: SARJANI}
"""
CSV: Final = """\
rak,1
tahun,2026
unit,KPU Kabupaten Lahat
penandatangan.jabatan,Ketua
penandatangan.nama,SARJANI

no,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana
1,Tersedianya data,Persentase data yang tersedia,100,Rapat,v,,,,5000,Sekretariat
"""


def load(text: str | bytes, name: str = "plan.yaml", layout: str | None = None) -> Loaded:
    return loading.load_bytes(text if isinstance(text, bytes) else text.encode(), name, layout)


def told(loaded: Loaded) -> list[tuple[str, int, int]]:
    return [(one.code, one.place.line, one.place.column) for one in loaded.findings if one.place is not None]


# --- forms -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plan.yaml", "plan.yml", "PLAN.YAML", "a.b.yaml", "-"])
def test_yaml_is_known_by_its_name_or_its_beginning(name: str) -> None:
    assert load(TEXT, name).findings == ()


@pytest.mark.parametrize("name", ["plan.csv", "PLAN.CSV", "-"])
def test_csv_is_known_by_its_name_or_its_beginning(name: str) -> None:
    loaded = load(CSV, name)

    assert loaded.findings == ()
    assert content_hash(loaded.plans) == content_hash(load(TEXT).plans)


@pytest.mark.parametrize("begin", ["# komentar\n", "---\n", "\ufeff", "\n\n"])
def test_yaml_from_standard_input_is_known_with_what_may_stand_before_it(begin: str) -> None:
    assert load(begin + TEXT, "-").findings == ()


@pytest.mark.parametrize("begin", ["\ufeff", "sep=,\n", "\n", "  \n"])
def test_csv_from_standard_input_is_known_with_what_may_stand_before_it(begin: str) -> None:
    assert load(begin + CSV, "-").findings == ()


@pytest.mark.parametrize("name", ["plan.txt", "plan", "plan.json", "plan.yaml.bak", ".yaml"])
def test_a_file_of_no_known_form_cannot_be_read(name: str) -> None:
    loaded = load(TEXT, name)

    assert [(one.code, one.value, one.file) for one in loaded.findings] == [("RAK004", name, name)]
    assert exit_code(loaded.findings) == 4


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04....", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"<html><body>", "HTML"),
        (b"{\\rtf1", "RTF"),
    ],
)
@pytest.mark.parametrize("name", ["plan.yaml", "plan.csv", "-"])
def test_a_file_that_is_not_what_its_name_says_is_named_for_what_it_is(
    name: str, data: bytes, what: str
) -> None:
    loaded = load(data, name)

    assert [one.code for one in loaded.findings] == ["RAK012"]
    assert what in loaded.findings[0].message("id")
    assert exit_code(loaded.findings) == 4


def test_how_a_csv_was_read_is_remembered() -> None:
    told_of = load("\ufeff" + CSV.replace(",", ";"), "plan.csv").sniffed

    assert [word for word in ("utf-8-sig", ";") if word not in told_of] == []
    assert load(TEXT).sniffed == ""


# --- what comes back ---------------------------------------------------------------------------------------


def test_a_plan_with_faults_is_there_too_blank_where_a_value_did_not_fit() -> None:
    loaded = load(TEXT.replace("5000", "banyak"))
    (one,) = loaded.plan.kegiatan

    assert not loaded.ok
    assert (one.uraian, one.biaya) == ("Rapat", "")


def test_warnings_and_notes_leave_a_file_right() -> None:
    loaded = load(TEXT.replace("rak: 1\n", ""))

    assert [one.code for one in loaded.findings] == ["RAK108"]
    assert loaded.ok
    assert loaded.unwrap() == loaded.plan


def test_unwrapping_a_faulty_file_raises_its_errors_alone() -> None:
    with pytest.raises(RakError) as caught:
        load(TEXT.replace("rak: 1\n", "").replace("5000", "banyak")).unwrap()

    assert [finding.code for finding in caught.value.findings] == ["RAK110"]


def test_several_plans_are_no_plan() -> None:
    loaded = load(f"{TEXT}---\n{TEXT}")

    assert len(loaded.plans) == 2
    with pytest.raises(ValueError, match="too many"):
        _ = loaded.plan


def test_what_was_loaded_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        load(TEXT).file = "lain"  # type: ignore[misc]  # that it cannot be set is what is tested


def test_a_missing_file_is_a_finding_and_no_exception(tmp_path: Path) -> None:
    loaded = loading.load(tmp_path / "tidakada.yaml")

    assert [(one.code, one.file) for one in loaded.findings] == [("RAK001", str(tmp_path / "tidakada.yaml"))]
    assert (loaded.plans, exit_code(loaded.findings)) == ((), 4)


def test_findings_come_in_the_order_of_the_file_over_all_its_plans() -> None:
    faulty = TEXT.replace("5000", "banyak").replace("2026", "26")
    lines = [line for _, line, _ in told(load(f"{faulty}---\n{faulty}"))]

    assert lines == [2, 10, 14, 22]


def test_a_fault_in_the_stream_does_not_hide_the_plans_before_it() -> None:
    loaded = load(f"{TEXT.replace('5000', 'banyak')}---\na: [\n")

    assert [code for code, _, _ in told(loaded)] == ["RAK110", "RAK003"]


@pytest.mark.parametrize("name", ["sama", "SAMA"])
def test_two_sheets_of_one_name_are_told_at_the_second(name: str) -> None:
    text = TEXT.replace("rak: 1\n", "rak: 1\nlembar: sama\n")
    other = TEXT.replace("rak: 1\n", f"rak: 1\nlembar: {name}\n")

    assert told(load(f"{text}---\n{other}")) == [("RAK122", 15, 9)]


def test_every_finding_tells_its_file() -> None:
    faulty = TEXT.replace("5000", "banyak").replace("2026", "26").replace("nama:", "nma:")

    assert {one.file for one in load(faulty, "folder/plan.yaml").findings} == {"folder/plan.yaml"}


# --- layouts -----------------------------------------------------------------------------------------------


@pytest.fixture
def layouts(tmp_path: Path) -> Path:
    text = api.layout_text("kpu").replace("layout: kpu", "layout: sendiri")
    (tmp_path / "sendiri.yaml").write_text(text)
    (tmp_path / "rusak.yaml").write_text(text.replace("version: 1", "version: x"))
    (tmp_path / "plan.yaml").write_text(TEXT.replace("rak: 1\n", "rak: 1\ntata_letak: sendiri.yaml\n"))
    return tmp_path


def test_a_plans_own_layout_is_looked_for_beside_the_plan(layouts: Path) -> None:
    loaded = loading.load(layouts / "plan.yaml")

    assert loaded.findings == ()
    assert [layout.name for layout in loaded.layouts] == ["sendiri"]


@pytest.mark.parametrize(
    ("name", "is_looked_for"),
    [("sendiri.yaml", True), ("//server/x.yaml", False), ("\\\\server\\x.yaml", False)],
)
def test_what_a_workbook_carries_leads_to_no_other_computer(
    name: str, is_looked_for: bool, layouts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = loading.load(layouts / "plan.yaml")
    drawn = api.draw((replace(loaded.plan, tata_letak=name),), loaded.layouts)
    assert drawn.book is not None
    data = api.render(drawn.book, ".xlsx")
    asked = []
    real = loading.layout_named

    def named(name: str, folder: Path) -> loading.LoadedLayout:
        asked.append(name)
        return real(name, folder)

    monkeypatch.setattr(loading, "layout_named", named)
    loading.load_bytes(data, str(layouts / "a.xlsx"))

    assert (name in asked) == is_looked_for


def test_a_layout_that_is_asked_for_is_looked_for_where_one_stands(
    layouts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = layouts / "lain"
    folder.mkdir()
    (folder / "milik.yaml").write_text((layouts / "sendiri.yaml").read_text().replace("sendiri", "milik"))
    monkeypatch.chdir(folder)

    assert loading.load(layouts / "plan.yaml", "milik.yaml").layouts[0].name == "milik"


def test_a_layout_that_is_asked_for_is_stronger_than_the_plans_own(layouts: Path) -> None:
    assert [layout.name for layout in loading.load(layouts / "plan.yaml", "kpu").layouts] == ["kpu"]


def test_an_unknown_layout_is_told_at_its_place_and_near_ones_are_named() -> None:
    loaded = load(TEXT.replace("rak: 1\n", "rak: 1\ntata_letak: kpuu\n"))

    assert told(loaded) == [("RAK125", 2, 13)]
    assert loaded.findings[0].suggestion == "kpu"


def test_a_layout_file_that_is_not_there_is_told_at_its_place() -> None:
    assert told(load(TEXT.replace("rak: 1\n", "rak: 1\ntata_letak: tidakada.yaml\n"))) == [("RAK125", 2, 13)]


def test_a_fault_of_the_layout_is_told_in_the_layouts_file(layouts: Path) -> None:
    loaded = load(TEXT, layout=str(layouts / "rusak.yaml"))

    assert [(one.code, one.file) for one in loaded.findings] == [("RAK301", str(layouts / "rusak.yaml"))]
    assert str(layouts / "rusak.yaml") in loaded.sources


def test_a_layout_edited_between_two_loads_is_read_again(layouts: Path) -> None:
    path = layouts / "sendiri.yaml"
    before = loading.load(layouts / "plan.yaml").layouts[0].version
    path.write_text(path.read_text().replace("version: 1", "version: 2"))

    assert (before, loading.load(layouts / "plan.yaml").layouts[0].version) == (1, 2)


def test_the_layouts_of_the_package_are_known_by_name() -> None:
    assert "kpu" in loading.layout_names()
    assert loading.layout_path("kpu") is not None
    assert loading.layout_path("tidakada") is None


@pytest.mark.parametrize("name", ["../layouts/kpu", "kpu/../kpu", "", "/etc/passwd", "a\0b", "x" * 5000])
def test_a_name_never_leads_out_of_the_layouts(name: str) -> None:
    assert loading.layout_path(name) is None
    assert [one.code for one in loading.layout_named(name).findings] == ["RAK125"]


# --- tables ------------------------------------------------------------------------------------------------


def test_a_column_that_a_table_lacks_is_told_once_and_not_in_every_row() -> None:
    lines = [line.rsplit(",", 1)[0] if "," in line and line[0] in "n1" else line for line in CSV.splitlines()]
    loaded = load("\n".join([*lines, lines[-1].replace("Rapat", "Jaringan")]) + "\n", "plan.csv")

    assert [code for code, _, _ in told(loaded)] == ["RAK128"]
    assert "pelaksana" in loaded.findings[0].message("id")


def test_a_value_of_a_table_has_the_line_of_its_record_and_its_number_in_it() -> None:
    text = CSV.replace("5000", "banyak").replace("Rapat", '"Rapat\nlanjutan"')

    assert told(load(text, "plan.csv")) == [("RAK110", 8, 10)]


# --- folders -----------------------------------------------------------------------------------------------


def test_of_a_folder_all_plans_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in (
        "b.yaml",
        "a.csv",
        "c/d.yml",
        ".tersembunyi/x.yaml",
        ".x.yaml",
        "~$a.csv",
        "catatan.txt",
        "c/e.xlsx",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)

    assert loading.files_in(str(tmp_path)) == tuple(
        str(tmp_path / name) for name in ("a.csv", "b.yaml", "c/d.yml", "c/e.xlsx")
    )


@pytest.mark.parametrize("name", ["lama.XLS", "biner.xlsb", "bebas.ods"])
def test_a_workbook_of_another_program_is_not_passed_over_and_says_how_to_save_it(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')
    (tmp_path / "surat.pdf").write_bytes(b"%PDF-1.7")
    (file,) = loading.files_in(str(tmp_path))
    (finding,) = loading.load(file).findings

    assert file == str(tmp_path / name)
    assert "buka di Excel" in finding.hint("id")


@pytest.mark.parametrize("name", ["plan.yaml", "-", "tidakada", "x" * 300, "a\0b"])
def test_a_file_is_itself(name: str) -> None:
    assert loading.files_in(name) == (name,)


def test_a_folder_without_plans_is_told(tmp_path: Path) -> None:
    (file,) = loading.files_in(str(tmp_path))
    (finding,) = loading.load(file).findings

    assert exit_code([finding]) == 4
    assert "folder ini tidak memuat rencana" in finding.message("id")
    assert digest.digest_file(file).findings == (finding,)

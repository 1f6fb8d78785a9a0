"""`rak diff`: what differs, in the words of the plan, and the exit code that scripts rest on."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from commands import run
from rak_excel import api, loading

PLAN = """\
# catatan penulis
tahun: 2026
unit: KPU Kabupaten Contoh
sasaran:
  - uraian: Tersedianya data
    indikator:
      - uraian: Persentase sarana terpasang
        target: 100
        kegiatan:
          - {uraian: Rapat, triwulan: [1], biaya: 10.000, pelaksana: Divisi Hukum}
          - {uraian: Jaringan, triwulan: [2], biaya: 20.000, pelaksana: Divisi Data}
penandatangan: {jabatan: Ketua, nama: SARJANI}
"""


@pytest.fixture(autouse=True)
def folder(own_folder: Path) -> None:  # noqa: ARG001 - it stands there
    Path("a.yaml").write_text(PLAN, encoding="utf-8")


def write(name: str, *edits: tuple[str, str]) -> None:
    text = PLAN
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    Path(name).write_text(text, encoding="utf-8")


def test_a_changed_cost_is_told_with_both_amounts_and_the_exit_code_is_1() -> None:
    write("b.yaml", ("10.000", "15.000"))

    result = run("diff", "a.yaml", "b.yaml")

    assert (result.stdout, result.stderr, result.exit_code) == (
        "kegiatan 1.1.1 “Rapat”: biaya 10.000 → 15.000\n", "", 1
    )  # fmt: skip


def test_the_same_sentence_in_english() -> None:
    write("b.yaml", ("10.000", "15.000"))

    assert run("diff", "a.yaml", "b.yaml", "--lang", "en").stdout.startswith("activity 1.1.1 “Rapat”: ")


def test_comments_and_quotes_are_no_difference() -> None:
    write("b.yaml", ("# catatan penulis\n", ""), ("uraian: Rapat", 'uraian: "Rapat"'))

    result = run("diff", "a.yaml", "b.yaml")

    assert (result.stdout, result.stderr, result.exit_code) == ("", "tidak ada yang berbeda\n", 0)


def test_paper_and_name_of_the_sheet_are_no_meaning() -> None:
    write("b.yaml", ("tahun: 2026", "tahun: 2026\nkertas: A4\nlembar: Lembar lain"))

    assert run("diff", "a.yaml", "b.yaml").exit_code == 0


def test_a_workbook_is_the_same_as_the_plan_it_was_built_from() -> None:
    assert run("build", "a.yaml").exit_code == 0

    assert run("diff", "a.yaml", "a.xlsx").exit_code == 0


def test_a_csv_is_the_same_as_the_yaml_it_was_written_from() -> None:
    api.save(loading.load("a.yaml").plan, "a.csv")

    assert run("diff", "a.csv", "a.yaml").exit_code == 0


def test_an_edit_in_the_workbook_differs_from_the_source() -> None:
    run("build", "a.yaml")
    book = openpyxl.load_workbook("a.xlsx")
    (cell,) = (cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "Jaringan")
    cell.value = "Jaringan baru"
    book.save("a.xlsx")

    result = run("diff", "a.yaml", "a.xlsx")

    assert result.exit_code == 1
    assert result.stdout == "kegiatan 1.1.2 “Jaringan baru”: uraian “Jaringan” → “Jaringan baru”\n"


def test_json_holds_paths_and_values_for_scripts() -> None:
    write("b.yaml", ("10.000", "nihil"), ("tahun: 2026", "tahun: 2026\npagu: 50.000"))

    result = run("diff", "a.yaml", "b.yaml", "--format", "json")
    told = json.loads(result.stdout)

    assert (told["version"], told["same"], told["summary"], result.exit_code) == (
        1, False, {"differences": 2}, 1
    )  # fmt: skip
    ceiling, cost = told["plans"][0]["changes"]
    assert [ceiling["part"], ceiling["field"]] == ["plan", "pagu"]
    assert [ceiling["old"], ceiling["new"]] == [None, 50000]
    assert [cost["after"], cost["field"], cost["old"], cost["new"]] == [
        "sasaran[0].indikator[0].kegiatan[0]", "biaya", 10000, None
    ]  # fmt: skip
    assert set(cost["message"]) == {"id", "en"}


def test_json_of_an_added_activity_holds_its_fields() -> None:
    row = "          - {uraian: Sosialisasi, triwulan: [4], biaya: 1.000, pelaksana: Divisi Hukum}\n"
    write("b.yaml", ("penandatangan:", f"{row}penandatangan:"))

    (plan,) = json.loads(run("diff", "a.yaml", "b.yaml", "--format", "json").stdout)["plans"]
    (change,) = plan["changes"]

    assert [change["kind"], change["before"], change["old"]] == ["added", None, None]
    assert change["new"]["uraian"] == "Sosialisasi"
    assert change["new"]["triwulan"] == [False, False, False, True]


def test_plans_are_paired_by_unit_and_role_before_order() -> None:
    other = PLAN.replace("jabatan: Ketua", "jabatan: Sekretaris")
    Path("a.yaml").write_text(f"{PLAN}---\n{other}", encoding="utf-8")
    Path("b.yaml").write_text(f"{other.replace('10.000', '15.000')}---\n{PLAN}", encoding="utf-8")

    result = run("diff", "a.yaml", "b.yaml")

    assert result.stdout.splitlines() == [
        "rencana KPU Kabupaten Contoh 2026, Sekretaris:",
        "  kegiatan 1.1.1 “Rapat”: biaya 10.000 → 15.000",
    ]


def test_a_plan_that_only_one_file_has_is_told_as_a_whole() -> None:
    other = PLAN.replace("jabatan: Ketua", "jabatan: Sekretaris")
    Path("b.yaml").write_text(f"{PLAN}---\n{other}", encoding="utf-8")

    added, removed = run("diff", "a.yaml", "b.yaml"), run("diff", "b.yaml", "a.yaml")

    assert (added.stdout, added.exit_code) == (
        "rencana KPU Kabupaten Contoh 2026, Sekretaris ditambahkan\n", 1
    )  # fmt: skip
    assert (removed.stdout, removed.exit_code) == (
        "rencana KPU Kabupaten Contoh 2026, Sekretaris dihapus\n", 1
    )  # fmt: skip


def test_a_file_with_errors_is_told_and_not_compared() -> None:
    write("b.yaml", ("biaya: 10.000", "biaya: banyak"))

    result = run("diff", "a.yaml", "b.yaml")

    assert (result.stdout, result.exit_code) == ("", 1)
    assert result.stderr.startswith("b.yaml:10:51: salah RAK110: ")


@pytest.mark.parametrize("names", [("a.yaml", "tidak-ada.yaml"), ("tidak-ada.yaml", "a.yaml")])
def test_a_file_that_cannot_be_read_ends_with_4(names: tuple[str, str]) -> None:
    result = run("diff", *names)

    assert (result.stdout, result.exit_code) == ("", 4)
    assert "salah RAK001" in result.stderr


def test_two_files_are_needed() -> None:
    assert run("diff", "a.yaml").exit_code == 2

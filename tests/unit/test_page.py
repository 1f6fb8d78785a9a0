"""What the page in a browser asks: bytes in, the same answers as the commands give, new files out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pytest

from commands import run
from rak_excel import loading, page

if TYPE_CHECKING:
    from rak_excel.page import Answer, File

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
CASES: Final = Path(__file__).parents[1] / "cases"
FILES: Final = sorted(
    path for path in CASES.rglob("*") if path.suffix in (".yaml", ".csv", ".xlsx") and path.is_file()
)
PLAN: Final = """\
# disusun bersama
rak: 1
tahun: 2026
unit: KPU Kabupaten Contoh
sasaran:
  - uraian: Tersedianya data
    indikator:
      - uraian: Persentase sarana terpasang
        target: 100
        kegiatan:
          - {uraian: Rapat, triwulan: [1], biaya: 10.000, pelaksana: Divisi Hukum}
          - {uraian: Jaringan, triwulan: [2], biaya: 20.000, pelaksana: Divisi Data}   # lelang
penandatangan: {jabatan: Ketua, nama: SARJANI}
"""


@pytest.fixture(autouse=True)
def folder(own_folder: Path) -> None:  # noqa: ARG001 - it stands there
    """A plan, and the workbook that was built from it."""
    Path("a.yaml").write_bytes(PLAN.encode())
    assert run("build", "a.yaml").exit_code == 0


def file(name: str) -> File:
    return name, Path(name).read_bytes()


def codes(answer: Answer) -> list[str]:
    return [one["code"] for one in answer.shown["check"]["findings"]]


def put(old: object, new: object) -> None:
    """Change one cell of the workbook."""
    book = openpyxl.load_workbook("a.xlsx")
    [cell] = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == old]
    cell.value = new  # type: ignore[assignment]  # a merged cell has no value
    book.save("a.xlsx")


# --- begin -----------------------------------------------------------------------------------------------


def test_the_usual_form_comes_first() -> None:
    names = [one["name"] for one in page.layouts().shown["layouts"]]

    assert names[0] == loading.DEFAULT_LAYOUT
    assert sorted(names) == list(loading.layout_names())


@pytest.mark.parametrize("ending", ["xlsx", "yaml", "csv"])
def test_an_empty_input_is_the_one_that_init_makes(ending: str) -> None:
    run("init", f"kosong.{ending}", "--layout", "opd")

    assert page.blank("opd", f"kosong.{ending}").files == (file(f"kosong.{ending}"),)


def test_an_empty_input_of_no_form_is_a_finding() -> None:
    assert codes(page.blank("tidak-ada")) == ["RAK125"]


# --- check and build -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["belum-benar.yaml", "lahat-2024.yaml", "lahat-2024-sekretariat.csv", "opd.yaml"]
)
def test_the_findings_are_the_same_json_as_the_command_prints(name: str) -> None:
    Path(name).write_bytes((EXAMPLES / name).read_bytes())

    assert page.examine(file(name)).shown["check"] == json.loads(
        run("check", name, "--format", "json").stdout
    )


@pytest.mark.parametrize("name", ["lahat-2024.yaml", "lahat-2024-sekretariat.csv", "bulanan.yaml"])
def test_the_workbook_is_the_one_that_build_writes(name: str) -> None:
    Path(name).write_bytes((EXAMPLES / name).read_bytes())
    made = page.examine(file(name))
    run("build", name)

    assert made.files == (file(str(Path(name).with_suffix(".xlsx"))),)


def test_a_workbook_is_built_from_a_workbook_under_another_name() -> None:
    assert [name for name, _ in page.examine(file("a.xlsx")).files] == ["a-RAK.xlsx"]


def test_the_workbook_is_told_by_its_name_whatever_that_is() -> None:
    """A text may be called like the marked copy of a workbook."""
    answer = page.examine(("a-ditandai.yaml", PLAN.encode()))

    assert (answer.shown["official"], answer.shown["marked"]) == ("a-ditandai.xlsx", None)
    assert [name for name, _ in answer.files] == ["a-ditandai.xlsx"]


def test_the_marked_copy_is_the_one_that_check_writes() -> None:
    put(10000, "banyak")
    run("check", "a.xlsx", "--mark", "tanda.xlsx", "--lang", "en")

    answer = page.examine(file("a.xlsx"), "en")

    assert answer.files == (("a-ditandai.xlsx", Path("tanda.xlsx").read_bytes()),)
    assert (answer.shown["official"], answer.shown["marked"]) == (None, "a-ditandai.xlsx")


def test_nothing_is_built_while_something_is_wrong_but_the_form_is_drawn() -> None:
    answer = page.examine(("a.yaml", PLAN.replace("10.000", "64.80").encode()))
    [sheet] = answer.shown["drawn"]
    [marked] = [cell for cell in sheet["cells"] if "findings" in cell]

    assert answer.files == ()
    assert codes(answer) == ["RAK110"]
    assert (marked["findings"], marked["severity"], marked["written"]) == ([0], "error", "64.80")


def test_of_a_file_with_two_plans_each_finding_is_at_its_own_sheet() -> None:
    other = PLAN.replace("Contoh", "Lain").replace("20.000", "64.80")
    answer = page.examine(("a.yaml", f"{PLAN.replace('10.000', 'x')}---\n{other}".encode()))
    found = [
        (sheet["name"], cell["written"])
        for sheet in answer.shown["drawn"]
        for cell in sheet["cells"]
        if "findings" in cell
    ]

    assert [written for _, written in found] == ["x", "64.80"]
    assert len({name for name, _ in found}) == 2


def test_what_is_shown_can_be_said_as_json() -> None:
    answer = page.examine(("belum-benar.yaml", (EXAMPLES / "belum-benar.yaml").read_bytes()))

    assert json.loads(json.dumps(answer.shown)) == answer.shown


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.yaml", b"x" * ((page.MOST_OF_TEXT << 20) + 1), "RAK014"),
        ("a.xlsx", b"P" * ((page.MOST << 20) + 1), "RAK014"),
        ("a.pdf", b"%PDF-1.7", "RAK049"),
        ("a.xlsx", b"bukan arsip", "RAK034"),
        ("a.yaml", b"[" * 100_000, "RAK008"),
    ],
)
def test_what_cannot_be_read_is_a_finding(name: str, data: bytes, code: str) -> None:
    for answer in (
        page.examine((name, data)),
        page.bring((name, data)),
        page.bring(file("a.xlsx"), (name, data)),
        page.compare((name, data), file("a.yaml")),
    ):
        assert code in codes(answer)
        assert answer.files == ()


@pytest.mark.parametrize("case", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_that_something_is_wrong_with_is_drawn_or_told(case: Path) -> None:
    """A plan may be half filled in: drawing it must not break."""
    answer = page.examine((case.name, case.read_bytes()))

    assert answer.shown["drawn"] or answer.shown["check"]["summary"]["errors"]
    assert json.dumps(answer.shown)


@pytest.mark.parametrize(
    "name", ["-", "../a.yaml", "a\0b.yaml", "C:\\x\\a.yaml", ".xlsx", "", "<img src=x onerror=alert(1)>.yaml"]
)
def test_no_name_leads_anywhere(name: str) -> None:
    """A browser gives the name a file has; whoever made the file chose it."""
    answer = page.examine((name, PLAN.encode()))

    assert all("/" not in made and "\\" not in made and "\0" not in made for made, _ in answer.files)


# --- back ------------------------------------------------------------------------------------------------


def test_edits_come_into_the_source_as_import_brings_them() -> None:
    put("Rapat", "Rapat kerja")
    answer = page.bring(file("a.xlsx"), file("a.yaml"))
    assert run("import", "a.xlsx", "--into", "a.yaml", "--no-backup").exit_code == 0

    assert answer.files == (file("a.yaml"),)
    assert "# lelang" in answer.files[0][1].decode()
    assert answer.shown["receipt"][1]["id"] == "berbeda dari asalnya: 1"


def test_an_unedited_workbook_changes_nothing() -> None:
    answer = page.bring(file("a.xlsx"), file("a.yaml"))

    assert answer.files == ()
    assert answer.shown["merged"]
    assert answer.shown["differences"]["same"]


def test_files_in_each_others_place_are_put_right() -> None:
    put("Rapat", "Rapat kerja")
    run("init", "isian.xlsx", "--from", "a.xlsx", "--tahun", "2026")
    right, wrong = (
        page.bring(file("a.xlsx"), file("isian.xlsx")),
        page.bring(file("isian.xlsx"), file("a.xlsx")),
    )

    assert wrong.shown == right.shown | {"swapped": True}
    assert wrong.files == right.files


def test_two_files_of_one_name_are_told_apart() -> None:
    run("import", "a.xlsx", "-o", "isian.xlsx")
    put("Rapat", "Rapat kerja")
    answer = page.bring(file("a.xlsx"), ("a.xlsx", Path("isian.xlsx").read_bytes()))

    [(name, data)] = answer.files
    assert (name, loading.load_bytes(data, name).plan.sasaran[0].indikator[0].kegiatan[0].uraian) == (
        "a.xlsx",
        "Rapat kerja",
    )


def test_without_a_source_a_new_one_is_made_in_two_forms() -> None:
    answer = page.bring(file("a.xlsx"))
    plans = {name: loading.load_bytes(data, name).plan for name, data in answer.files}

    assert [*plans] == ["a-isian.xlsx", "a.yaml"]
    assert {plan.jumlah_biaya for plan in plans.values()} == {30000}


def conflicting() -> Answer:
    put(10000, 11000)
    Path("a.yaml").write_text(PLAN.replace("10.000", "12.000"))
    return page.bring(file("a.xlsx"), file("a.yaml"))


def test_conflicts_are_asked_and_nothing_is_made() -> None:
    answer = conflicting()
    [question] = answer.shown["conflicts"]

    assert codes(answer)[-1] == "RAK501"
    assert (question["code"], question["base"]["id"], question["ours"]["id"], question["theirs"]["id"]) == (
        "RAK501", "10.000", "12.000", "11.000",
    )  # fmt: skip
    assert (answer.files, answer.shown["merged"]) == ((), False)


@pytest.mark.parametrize(("side", "word"), [("ours", "sumber"), ("theirs", "buku kerja")])
def test_an_answer_settles_a_conflict_as_the_sheet_of_them_does(side: str, word: str) -> None:
    [question] = conflicting().shown["conflicts"]
    settled = page.bring(file("a.xlsx"), file("a.yaml"), [[question["plan"], question["key"], side]])
    run("import", "a.xlsx", "--into", "a.yaml", "--conflicts", "k.xlsx")
    book = openpyxl.load_workbook("k.xlsx")
    book.worksheets[0]["F4"] = word
    book.save("k.xlsx")
    before = Path("a.yaml").read_bytes()
    assert run("import", "a.xlsx", "--into", "a.yaml", "--resolve", "k.xlsx", "--no-backup").exit_code == 0
    after = Path("a.yaml").read_bytes()

    assert settled.shown["conflicts"] == []
    assert settled.files == ((("a.yaml", after),) if after != before else ())


def test_an_answer_to_another_question_is_told_and_settles_nothing() -> None:
    conflicting()
    answer = page.bring(file("a.xlsx"), file("a.yaml"), [[0, "RAK501:sasaran[9].uraian:00000000", "ours"]])

    assert "RAK508" in codes(answer)
    assert (len(answer.shown["conflicts"]), answer.files) == (1, ())


# --- compare ---------------------------------------------------------------------------------------------


def test_two_files_differ_as_diff_says() -> None:
    put("Rapat", "Rapat kerja")
    said: dict[str, Any] = json.loads(run("diff", "a.yaml", "a.xlsx", "--format", "json").stdout)

    assert said["summary"] == {"differences": 1}
    assert page.compare(file("a.yaml"), file("a.xlsx")).shown["differences"] == said


def test_nothing_is_compared_with_a_file_that_is_wrong() -> None:
    answer = page.compare(("b.yaml", PLAN.replace("10.000", "x").encode()), file("a.yaml"))

    assert codes(answer) == ["RAK110"]
    assert "differences" not in answer.shown

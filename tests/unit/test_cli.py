"""The commands as a terminal sees them: exit codes, what goes where, two languages, never a traceback."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import openpyxl
import pytest
from click.testing import CliRunner

from rak_excel import api, cli, loading
from rak_excel.cli import rak
from rak_excel.files import office

if TYPE_CHECKING:
    from click.testing import Result

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
FAULTY: Final = TEXT.replace("biaya: 5000", "biaya: banyak")
WARNED: Final = TEXT.replace("rak: 1", "rak: 1\npagu: 1")
CSV: Final = """\
rak,1
tahun,2026
unit,KPU Kabupaten Lahat
penandatangan.jabatan,Ketua
penandatangan.nama,SARJANI

no,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana
1,Tersedianya data,Persentase data yang tersedia,100,Rapat,v,,,,5000,Sekretariat
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to stand in, and no settings from outside."""
    for name in ("RAK_LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str | bytes = TEXT) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def run(*args: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(rak, list(args), input=stdin, env=env)


def resave(name: str) -> None:
    openpyxl.load_workbook(name).save(name)


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "rak_excel", *args]


def clean(**env: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(cli.__file__).parents[1]),
        "LC_ALL": "C.UTF-8",
        **env,
    }


# --- check ---------------------------------------------------------------------------------------------


def test_a_right_file_is_good() -> None:
    write("a.yaml")
    found = run("check", "a.yaml")

    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr == "1 berkas: 0 salah, 0 peringatan, 0 catatan\n"


@pytest.mark.parametrize(
    ("text", "code"), [(TEXT, 0), (WARNED, 0), (FAULTY, 1), ("\0", 1), (b"PK\x03\x04", 4)]
)
def test_the_exit_code_tells_how_bad_it_is(text: str | bytes, code: int) -> None:
    write("a.yaml", text)

    assert run("check", "a.yaml").exit_code == code


def test_the_exit_code_is_the_highest_of_all_files() -> None:
    write("a.yaml", FAULTY)
    write("b.yaml")

    assert run("check", "a.yaml", "b.yaml").exit_code == 1
    assert run("check", "a.yaml", "tidakada.yaml", "b.yaml").exit_code == 4


def test_one_bad_file_does_not_hide_the_next() -> None:
    write("a.yaml", FAULTY)
    write("b.yaml", FAULTY)
    found = run("check", "tidakada.yaml", "a.yaml", "b.yaml").stdout

    assert re.findall(r"^(\S+?):.* (RAK\d+):", found, re.MULTILINE) == [
        ("tidakada.yaml", "RAK001"),
        ("a.yaml", "RAK110"),
        ("b.yaml", "RAK110"),
    ]


def test_findings_go_to_standard_output_and_talk_to_standard_error() -> None:
    write("a.yaml", FAULTY)
    found = run("check", "a.yaml")

    assert found.stdout.startswith("a.yaml:10:51: salah RAK110: ")
    assert found.stderr == "1 berkas: 1 salah, 0 peringatan, 0 catatan\n"


def test_a_finding_shows_the_users_own_line_with_a_caret() -> None:
    write("a.yaml", FAULTY)
    _, line, caret, remedy = run("check", "a.yaml").stdout.splitlines()

    assert line.startswith("    10 |           - {uraian: Rapat")
    assert line[caret.index("^") :].startswith("banyak")
    assert remedy.startswith("       = ")


def test_findings_as_json_are_one_stable_document() -> None:
    write("a.yaml", FAULTY)
    write("b.yaml", WARNED)
    found = run("check", "--format", "json", "a.yaml", "b.yaml", "tidakada.yaml")
    told = json.loads(found.stdout)

    assert (found.exit_code, found.stderr) == (4, "")
    assert list(told) == ["version", "findings", "summary"]
    assert told["version"] == 1
    assert told["summary"] == {"files": 3, "errors": 2, "warnings": 1, "notes": 0}
    assert [list(one) for one in told["findings"]] == [
        [
            "code",
            "name",
            "severity",
            "file",
            "line",
            "column",
            "sheet",
            "cell",
            "path",
            "value",
            "message",
            "hint",
        ]
    ] * 3
    assert {
        key: told["findings"][0][key]
        for key in ("code", "severity", "file", "line", "column", "sheet", "cell")
    } == {
        "code": "RAK110",
        "severity": "error",
        "file": "a.yaml",
        "line": 10,
        "column": 51,
        "sheet": None,
        "cell": None,
    }
    assert told["findings"][0]["value"] == "banyak"
    assert told["findings"][0]["path"] == "sasaran[0].indikator[0].kegiatan[0].biaya"
    assert [list(one["message"]) + list(one["hint"]) for one in told["findings"]] == [
        ["id", "en", "id", "en"]
    ] * 3
    assert (told["findings"][2]["line"], told["findings"][2]["file"]) == (None, "tidakada.yaml")


def test_json_of_a_right_file_has_no_findings() -> None:
    write("a.yaml")

    assert json.loads(run("check", "--format", "json", "a.yaml").stdout)["findings"] == []


def test_a_folder_stands_for_all_its_plans() -> None:
    for name in ("rak/b.yaml", "rak/a.csv", "rak/c/d.yaml"):
        write(name, FAULTY if name.endswith("yaml") else CSV.replace("5000", "banyak"))
    found = run("check", "rak")

    assert re.findall(r"^(\S+?):\d", found.stdout, re.MULTILINE) == [
        "rak/a.csv",
        "rak/b.yaml",
        "rak/c/d.yaml",
    ]
    assert found.stderr.startswith("3 berkas: 3 salah")


@pytest.mark.parametrize("text", [FAULTY, CSV.replace("5000", "banyak")])
def test_a_plan_may_come_from_standard_input(text: str) -> None:
    found = run("check", "-", stdin=text)

    assert found.exit_code == 1
    assert found.stdout.startswith("-:")
    assert "RAK110" in found.stdout


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device_is_refused(device: str) -> None:
    assert run("check", device).exit_code == 4


@pytest.mark.parametrize("name", ["a\0b.yaml", "x" * 300 + ".yaml", "x" * 300, ""])
def test_an_odd_name_is_a_finding_and_no_crash(name: str) -> None:
    found = run("check", name)

    assert found.exit_code == 4
    assert "RAK900" not in found.output


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_whose_name_is_no_text_is_checked_like_any_other(form: str) -> None:
    """A name from an old computer holds bytes that are no UTF-8."""
    write("a.yaml", FAULTY).rename(os.fsdecode(b"a\xff.yaml"))
    found = subprocess.run(
        [*command("check", "--format", form), b"a\xff.yaml"], capture_output=True, check=False, env=clean()
    )

    assert found.returncode == 1
    assert b"RAK110" in found.stdout
    assert b"RAK900" not in found.stderr


# --- how it speaks -------------------------------------------------------------------------------------


def test_quiet_leaves_errors_alone() -> None:
    write("a.yaml", WARNED.replace("5000", "5000").replace("nama: SARJANI", "nma: S"))
    loud, quiet = run("check", "a.yaml"), run("check", "-q", "a.yaml")

    assert "RAK210" in loud.stdout
    assert ("RAK210" in quiet.stdout, "RAK101" in quiet.stdout, quiet.stderr) == (False, True, "")
    assert loud.exit_code == quiet.exit_code == 1


@pytest.mark.parametrize("args", [("-q", "check"), ("check", "-q"), ("--quiet", "check")])
def test_options_that_all_commands_have_may_stand_before_or_after_the_command(args: tuple[str, ...]) -> None:
    write("a.yaml")

    assert run(*args, "a.yaml").output == ""


def test_verbose_tells_how_a_csv_was_read() -> None:
    write("a.csv", CSV.replace(",", ";").encode("utf-16"))
    found = run("check", "-v", "a.csv")

    assert found.exit_code == 0
    assert "utf-16" in found.stderr.lower()
    assert ";" in found.stderr
    assert "Dialect(" not in found.stderr


@pytest.mark.parametrize(
    ("args", "env", "word"),
    [
        ((), {}, "salah"),
        (("--lang", "en"), {}, "error"),
        (("--lang=en",), {}, "error"),
        ((), {"RAK_LANG": "en"}, "error"),
        (("--lang", "id"), {"RAK_LANG": "en"}, "salah"),
        ((), {"RAK_LANG": "fr"}, "salah"),
        ((), {"LANG": "en_US.UTF-8"}, "salah"),
    ],
)
def test_the_language_is_indonesian_unless_english_is_asked_for(
    args: tuple[str, ...], env: dict[str, str], word: str
) -> None:
    write("a.yaml", FAULTY)
    found = run("check", "a.yaml", *args, env=env)

    assert f": {word} RAK110: " in found.stdout
    assert f" {word}" in found.stderr


def test_a_pipe_gets_no_colour_and_no_progress() -> None:
    write("a.yaml", FAULTY)

    assert "\x1b" not in run("check", "a.yaml").output


def on_a_terminal(*args: str, **env: str) -> str:
    """What a terminal is sent."""
    leader, follower = pty.openpty()
    with subprocess.Popen(command(*args), stdout=follower, stderr=follower, env=clean(**env)) as process:
        os.close(follower)
        seen = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            seen += part
        process.wait(20)
    os.close(leader)
    return seen.decode()


def test_a_terminal_gets_colour_unless_it_asks_for_none() -> None:
    write("a.yaml", FAULTY)

    assert "\x1b[31msalah RAK110:\x1b[0m" in on_a_terminal("check", "a.yaml")
    assert "\x1b" not in on_a_terminal("check", "a.yaml", NO_COLOR="1")


@pytest.mark.parametrize(
    "args", [("show", "a.yaml"), ("check", "b.yaml"), ("show", "--format", "json", "a.yaml")]
)
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437"])
def test_a_console_that_lacks_a_character_survives(args: tuple[str, ...], encoding: str) -> None:
    write("a.yaml")
    write("b.yaml", FAULTY.replace("banyak", "√√ “banyak” 😀"))
    found = subprocess.run(
        command(*args), capture_output=True, check=False, env=clean(PYTHONIOENCODING=encoding)
    )

    assert found.returncode == (1 if "b.yaml" in args else 0)
    assert b"Traceback" not in found.stderr
    assert b"RAK900" not in found.stderr
    assert found.stdout


def test_a_reader_that_goes_away_is_no_fault() -> None:
    write("a.yaml", TEXT.replace("uraian: Rapat", f"uraian: {'Rapat ' * 5000}"))
    with subprocess.Popen(
        command("show", "--format", "json", "a.yaml"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
        process.wait(20)

    assert (process.returncode, told) == (0, b"")


def test_ctrl_c_ends_with_its_own_code_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "load", interrupted)
    found = run("check", "a.yaml")

    assert (found.exit_code, found.output.strip()) == (130, "")


@pytest.mark.parametrize(
    ("language", "word"), [("id", "kesalahan rak sendiri"), ("en", "a fault of rak itself")]
)
def test_a_fault_of_ours_is_a_sentence_and_no_traceback(
    language: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError("uji")

    monkeypatch.setattr(loading, "load", broken)
    found = run("check", "a.yaml", "--lang", language)

    assert found.exit_code == 4
    assert "RAK900" in found.stderr
    assert word in found.stderr
    assert "Traceback" not in found.output
    assert "Traceback" in run("check", "-v", "a.yaml").stderr


# --- show ----------------------------------------------------------------------------------------------


def test_a_plan_is_shown_as_one_stable_json() -> None:
    write("a.yaml")
    found = run("show", "a.yaml", "--format", "json")
    told = json.loads(found.stdout)

    assert (found.exit_code, found.stderr) == (0, "")
    assert told == json.loads(json.dumps(api.as_json(loading.load("a.yaml").plans)))
    assert told["plans"][0]["sasaran"][0]["indikator"][0]["kegiatan"][0] == {
        "uraian": "Rapat",
        "target": "100",
        "triwulan": [True, False, False, False],
        "biaya": 5000,
        "pelaksana": "Sekretariat",
    }


def test_yaml_and_csv_of_one_plan_show_the_same_json() -> None:
    write("a.yaml")
    write("a.csv", CSV)

    assert run("show", "a.yaml", "--format", "json").stdout == run("show", "a.csv", "--format", "json").stdout


def test_a_plan_is_shown_as_a_table_for_people() -> None:
    write("a.yaml")
    found = run("show", "a.yaml")

    assert found.exit_code == 0
    assert [
        word for word in ("Tersedianya data", "Rapat", "√···", "5.000", "SARJANI") if word not in found.stdout
    ] == []


def test_a_faulty_plan_is_not_shown() -> None:
    write("a.yaml", FAULTY)
    found = run("show", "a.yaml", "--format", "json")

    assert (found.exit_code, found.stdout) == (1, "")
    assert "RAK110" in found.stderr


def test_two_plans_are_shown_one_after_the_other() -> None:
    write("a.yaml", f"{TEXT}---\n{TEXT.replace('2026', '2027')}")

    assert [
        one["tahun"] for one in json.loads(run("show", "a.yaml", "--format", "json").stdout)["plans"]
    ] == [2026, 2027]
    assert run("show", "a.yaml").stdout.count("KPU Kabupaten Lahat") == 2


# --- build ---------------------------------------------------------------------------------------------


def test_a_workbook_stands_beside_its_input() -> None:
    write("rak/a.yaml")
    found = run("build", "rak/a.yaml")

    assert (found.exit_code, found.stdout) == (0, "")
    assert re.match(r"dibuat: rak/a\.xlsx .*\b5\.000\b", found.stderr)
    assert openpyxl.load_workbook("rak/a.xlsx").sheetnames == ["RAK 2026", "_rak"]


def test_a_receipt_has_two_languages() -> None:
    write("a.yaml")

    assert re.match(r"built: a\.xlsx .*\b5\.000\b", run("build", "a.yaml", "--lang", "en").stderr)


def test_a_workbook_goes_where_o_says() -> None:
    write("a.yaml")

    assert run("build", "a.yaml", "-o", "x.xlsx").exit_code == 0
    assert Path("x.xlsx").exists()
    assert not Path("a.xlsx").exists()


def test_several_workbooks_go_into_a_folder_that_need_not_be_there() -> None:
    write("a.yaml")
    write("b.csv", CSV)

    assert run("build", "a.yaml", "b.csv", "-o", "keluar").exit_code == 0
    assert sorted(path.name for path in Path("keluar").iterdir()) == ["a.xlsx", "b.xlsx"]


def test_a_folder_of_plans_is_built() -> None:
    write("rak/a.yaml")
    write("rak/b.yaml")

    assert run("build", "rak").exit_code == 0
    assert Path("rak/a.xlsx").exists()
    assert Path("rak/b.xlsx").exists()


def test_a_folder_is_built_again_and_its_workbooks_are_no_sources() -> None:
    write("rak/a.yaml")
    assert run("init", "rak/b.xlsx").exit_code == 0
    assert run("build", "rak").exit_code == 1  # the input sheet is a source, and not filled in
    Path("rak/b.xlsx").unlink()

    assert [run("build", "rak").exit_code for _ in range(2)] == [0, 0]
    assert sorted(path.name for path in Path("rak").iterdir()) == ["a.xlsx", "a.yaml"]


def test_the_workbooks_of_a_folder_are_checked() -> None:
    write("rak/a.yaml")
    run("build", "rak")

    assert run("check", "rak").stderr.startswith("2 berkas: 0 salah")


def test_all_files_are_checked_before_the_first_is_written() -> None:
    write("a.yaml")
    write("b.yaml", FAULTY)
    found = run("build", "a.yaml", "b.yaml")

    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.index("b.yaml:10:51: salah RAK110") < found.stderr.index("dibuat: a.xlsx")
    assert [path.name for path in sorted(Path().glob("*.xlsx"))] == ["a.xlsx"]


def test_a_text_too_tall_for_a_page_keeps_its_own_file_from_being_written() -> None:
    write("a.yaml")
    write("b.yaml", TEXT.replace("uraian: Rapat", f"uraian: {'Rapat koordinasi ' * 900}"))
    found = run("build", "a.yaml", "b.yaml")

    assert found.exit_code == 1
    assert found.stderr.count("b.yaml:10:22: salah RAK310") == 1
    assert [path.name for path in sorted(Path().glob("*.xlsx"))] == ["a.xlsx"]


def test_warnings_are_told_and_the_workbook_is_built() -> None:
    write("a.yaml", WARNED)
    found = run("build", "a.yaml")

    assert found.exit_code == 0
    assert "RAK210" in found.stderr
    assert Path("a.xlsx").exists()


def test_building_again_replaces_our_own_workbook() -> None:
    write("a.yaml")
    run("build", "a.yaml")
    write("a.yaml", TEXT.replace("5000", "6000"))

    assert run("build", "a.yaml").exit_code == 0
    assert openpyxl.load_workbook("a.xlsx").worksheets[0]["J9"].value == 6000


def test_an_edited_workbook_is_a_conflict_without_force() -> None:
    write("a.yaml")
    run("build", "a.yaml")
    book = openpyxl.load_workbook("a.xlsx")
    book.worksheets[0]["A1"] = "DISUNTING"
    book.save("a.xlsx")
    edited = Path("a.xlsx").read_bytes()
    found = run("build", "a.yaml")

    assert found.exit_code == 3
    assert "RAK510" in found.stderr
    assert Path("a.xlsx").read_bytes() == edited
    assert run("build", "a.yaml", "--force").exit_code == 0
    assert Path("a.xlsx").read_bytes() != edited


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_workbook_that_is_not_ours_is_never_overwritten(force: tuple[str, ...]) -> None:
    write("a.yaml")
    openpyxl.Workbook().save("a.xlsx")
    before = Path("a.xlsx").read_bytes()
    found = run("build", "a.yaml", *force)

    assert found.exit_code == 2
    assert "RAK023" in found.stderr
    assert Path("a.xlsx").read_bytes() == before


def test_two_inputs_with_one_output_are_a_usage_error() -> None:
    write("a.yaml")
    write("a.csv", CSV)
    found = run("build", "a.yaml", "a.csv")

    assert found.exit_code == 2
    assert "RAK022" in found.stderr
    assert not Path("a.xlsx").exists()


def test_an_output_that_is_an_input_is_a_usage_error() -> None:
    write("b.xlsx", "catatan")
    Path("c.xlsx").symlink_to("b.xlsx")

    assert run("build", "b.xlsx", "-o", "c.xlsx").exit_code == 2
    assert Path("b.xlsx").read_text() == "catatan"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("build", "a.yaml", "-o", "x.pdf"), 2),
        (("build", "a.yaml", "-o", "-"), 2),
        (("build", "-"), 2),
        (("build", "a.yaml", "-o", "a.yaml"), 2),
        (("build", "tidakada.yaml"), 4),
        (("build", "a.yaml", "-o", "a.yaml/x.xlsx"), 4),
        (("build", "a.yaml", "-o", "x" * 300 + ".xlsx"), 4),
        (("build", "a.yaml", "--layout", "tidakada"), 1),
    ],
)
def test_what_cannot_be_built_says_so_and_leaves_no_file(args: tuple[str, ...], code: int) -> None:
    write("a.yaml")
    found = run(*args)

    assert found.exit_code == code
    assert "RAK900" not in found.output
    assert [path.name for path in Path().iterdir()] == ["a.yaml"]


def test_standard_input_is_built_where_o_says() -> None:
    assert run("build", "-", "-o", "x.xlsx", stdin=TEXT).exit_code == 0
    assert Path("x.xlsx").exists()


def test_a_locked_workbook_gets_a_sentence() -> None:
    write("a.yaml")
    write("~$a.xlsx", "")
    found = run("build", "a.yaml")

    assert found.exit_code == 4
    assert "RAK011" in found.stderr
    assert not Path("a.xlsx").exists()


def test_a_layout_may_be_given_by_its_path() -> None:
    write("a.yaml")
    write(
        "uji.yaml",
        api.layout_text("kpu")
        .replace("layout: kpu", "layout: uji")
        .replace("heading: No.", "heading: Nomor"),
    )

    assert run("build", "a.yaml", "--layout", "uji.yaml").exit_code == 0
    assert openpyxl.load_workbook("a.xlsx").worksheets[0]["A7"].value == "Nomor"


def test_without_libreoffice_the_pdf_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.yaml")
    monkeypatch.setattr(office, "program", lambda: None)
    found = run("build", "a.yaml", "--pdf")

    assert found.exit_code == 4
    assert "RAK024" in found.stderr
    assert not Path("a.pdf").exists()


def test_a_pdf_stands_beside_the_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.yaml")
    monkeypatch.setattr(office, "pdf", lambda data, name: b"%PDF " + name.encode() + data[:2])

    assert run("build", "a.yaml", "--pdf").exit_code == 0
    assert Path("a.pdf").read_bytes() == b"%PDF aPK"


# --- init ----------------------------------------------------------------------------------------------


def places(name: str) -> list[tuple[str, str, int, int]]:
    told = json.loads(run("check", name, "--format", "json").stdout)["findings"]
    return [(one["code"], one["path"], one["line"], one["column"]) for one in told]


def test_an_empty_yaml_lacks_exactly_what_is_to_be_filled_in() -> None:
    assert run("init", "a.yaml").exit_code == 0
    lines = Path("a.yaml").read_text().splitlines()
    found = places("a.yaml")

    assert [
        (code, path.rpartition(".")[2], lines[line - 1].split(":")[0].strip(" -"))
        for code, path, line, _ in found
    ] == [
        ("RAK106", "tahun", "tahun"),
        ("RAK106", "unit", "unit"),
        ("RAK106", "uraian", "uraian"),
        ("RAK106", "uraian", "uraian"),
        ("RAK203", "target", "target"),
        ("RAK106", "uraian", "uraian"),
        ("RAK204", "triwulan", "triwulan"),
        ("RAK205", "biaya", "biaya"),
        ("RAK206", "pelaksana", "pelaksana"),
        ("RAK106", "jabatan", "jabatan"),
        ("RAK106", "nama", "nama"),
    ]
    assert [
        column - 1 - lines[line - 1].index(":") for _, _, line, column in found if "[]" not in lines[line - 1]
    ] == [1] * 10


def test_an_empty_csv_lacks_exactly_what_is_to_be_filled_in() -> None:
    assert run("init", "a.csv").exit_code == 0

    assert places("a.csv") == [
        ("RAK106", "tahun", 2, 2),
        ("RAK106", "unit", 3, 2),
        ("RAK106", "penandatangan[0].jabatan", 4, 2),
        ("RAK106", "penandatangan[0].nama", 5, 2),
        ("RAK106", "sasaran[0].uraian", 9, 2),
        ("RAK201", "sasaran[0].indikator", 9, 2),
    ]


def test_an_empty_yaml_that_was_filled_in_is_built() -> None:
    run("init", "a.yaml")
    filled = Path("a.yaml").read_text()
    for key, value in (("tahun", "2026"), ("unit", "KPU Kabupaten Lahat"), ("target", "100"), ("biaya",
    "5000"),
                       ("pelaksana", "Sekretariat"), ("jabatan", "Ketua"), ("nama", "SARJANI")):  # fmt: skip
        filled = re.sub(rf"(?m)^( *){key}:", rf"\1{key}: {value}", filled, count=1)
    filled = filled.replace("uraian:", "uraian: Layanan").replace("[]", "[1, 4]")
    write("a.yaml", filled)

    assert run("build", "a.yaml").exit_code == 0


def test_an_existing_file_is_not_replaced_without_force() -> None:
    write("a.yaml", "catatan")
    found = run("init", "a.yaml")

    assert (found.exit_code, Path("a.yaml").read_text()) == (2, "catatan")
    assert "RAK020" in found.stderr
    assert run("init", "a.yaml", "--force").exit_code == 0
    assert Path("a.yaml").read_text().startswith("# Rencana")


def test_an_empty_input_may_go_to_standard_output() -> None:
    found = run("init", "-")

    assert found.exit_code == 0
    assert found.stdout.startswith("# Rencana")
    assert found.stderr == ""


def test_an_empty_input_of_no_known_form_is_refused() -> None:
    found = run("init", "a.txt")

    assert found.exit_code == 4
    assert "RAK004" in found.stderr
    assert not Path("a.txt").exists()


def test_an_empty_input_follows_its_layout() -> None:
    text = api.layout_text("kpu").replace("layout: kpu", "layout: uji")
    write("uji.yaml", re.sub(r"(?m)^  - \{field: kegiatan\.biaya.*\n|^total:.*\n", "", text))

    assert run("init", "a.yaml", "--layout", "uji.yaml").exit_code == 0
    assert "biaya:" not in Path("a.yaml").read_text()
    assert [code for code, _, _, _ in places("a.yaml")].count("RAK205") == 0


@pytest.mark.parametrize("ending", ["yaml", "csv", "xlsx"])
def test_an_empty_input_names_its_layout_as_from_its_own_folder(ending: str) -> None:
    write("form/uji kantor.yaml", api.layout_text("kpu").replace("layout: kpu", "layout: uji"))

    assert run("init", f"rak/a.{ending}", "--layout", "form/uji kantor.yaml").exit_code == 0
    codes = {code for code, *_ in places(f"rak/a.{ending}")}
    assert "RAK106" in codes
    assert "RAK125" not in codes


# --- explain and layout --------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["RAK110", "rak110", "110"])
@pytest.mark.parametrize(
    ("language", "word"), [("id", "bukan jumlah rupiah"), ("en", "not an amount in rupiah")]
)
def test_a_rule_is_explained_in_both_languages(code: str, language: str, word: str) -> None:
    found = run("explain", code, "--lang", language)

    assert found.exit_code == 0
    assert found.stdout.startswith("RAK110 biaya-bukan-rupiah")
    assert word in found.stdout


@pytest.mark.parametrize(("language", "word"), [("id", "tidak ada"), ("en", "there is no rule")])
def test_an_unknown_rule_is_a_usage_error(language: str, word: str) -> None:
    found = run("explain", "RAK999", "--lang", language)

    assert (found.exit_code, found.stdout) == (2, "")
    assert word in found.stderr


def test_layouts_are_listed_shown_and_checked() -> None:
    assert re.search(r"(?m)^kpu  +Rencana Aksi Kinerja KPU", run("layout", "list").stdout)
    assert run("layout", "show", "kpu").stdout == api.layout_text("kpu")
    write("uji.yaml", api.layout_text("kpu").replace("version: 1", "version: x"))
    found = run("layout", "check", "uji.yaml")

    assert found.exit_code == 1
    assert re.match(r"uji\.yaml:4:10: salah RAK301: ", found.stdout)
    assert run("layout", "check", "tidakada.yaml").exit_code == 4


def test_a_layouts_findings_are_told_as_json_too() -> None:
    write("uji.yaml", api.layout_text("kpu").replace("version: 1", "version: x"))
    told = json.loads(run("layout", "check", "uji.yaml", "--format", "json").stdout)

    assert [(one["code"], one["line"], one["column"]) for one in told["findings"]] == [("RAK301", 4, 10)]
    assert told["summary"]["files"] == 1


def test_an_unknown_layout_is_not_shown() -> None:
    found = run("layout", "show", "tidakada")

    assert found.exit_code != 0
    assert found.stdout == ""
    assert "kpu" in found.stderr


# --- usage ---------------------------------------------------------------------------------------------

USAGE: Final = [
    ((), "Perintah:", "Commands:"),
    (("tidakada",), "perintah “tidakada” tidak dikenal", "command “tidakada” is not known"),
    (("check",), "belum disebut", "Missing argument"),
    (("check", "--warna", "a"), "opsi --warna tidak dikenal", "No such option"),
    (("check", "--formt", "json", "a"), "--format", "--format"),
    (("check", "--format", "xml", "a"), "yang dikenal: text, json", "is not one of"),
    (("build", "a", "-o"), "opsi -o perlu satu nilai", "requires an argument"),
    (("show", "a", "b"), "argumen terlalu banyak", "unexpected extra argument"),
    (("layout",), "Perintah:", "Commands:"),
    (("layout", "hapus"), "perintah “hapus” tidak dikenal", "command “hapus” is not known"),
]


@pytest.mark.parametrize(("args", "indonesian", "english"), USAGE)
def test_a_wrong_usage_is_told_in_both_languages(
    args: tuple[str, ...], indonesian: str, english: str
) -> None:
    here, there = run(*args), run(*args, env={"RAK_LANG": "en"})

    assert (here.exit_code, there.exit_code) == (2, 2)
    assert (here.stdout, there.stdout) == ("", "")
    assert indonesian in here.stderr
    assert english.lower() in there.stderr.lower()


@pytest.mark.parametrize(
    ("args", "usage"), [((), "Pemakaian: rak "), (("layout",), "Pemakaian: rak layout ")]
)
def test_a_group_without_a_command_shows_its_help_once(args: tuple[str, ...], usage: str) -> None:
    found = run(*args)

    assert found.stderr.count(usage) == 1
    assert "salah:" not in found.stderr


def commands(group: click.Group = rak, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [before]
    for name, one in sorted(group.commands.items()):
        found += commands(one, (*before, name)) if isinstance(one, click.Group) else [(*before, name)]
    return found


@pytest.mark.parametrize("args", commands(), ids=" ".join)
def test_every_command_has_help_in_both_languages_and_the_options_all_have(args: tuple[str, ...]) -> None:
    here, there = run(*args, "--help"), run(*args, "--help", "--lang", "en")

    assert (here.exit_code, here.stderr) == (0, "")
    assert here.stdout.startswith("Pemakaian: rak")
    assert [
        one for one in ("--quiet", "--verbose", "--lang", "Tampilkan bantuan ini.") if one not in here.stdout
    ] == []
    assert "Show this help." in run(*args, "--help", env={"RAK_LANG": "en"}).stdout
    assert there.exit_code == 0


def test_the_commands_are_those_of_the_specification() -> None:
    assert sorted(rak.commands) == [
        *("build", "check", "consolidate", "diff", "explain", "import", "init", "layout", "show")
    ]


def test_the_version_is_told() -> None:
    found = run("--version")

    assert found.exit_code == 0
    assert re.fullmatch(r"rak-excel \d+\.\d+\.\d+\n", found.stdout)

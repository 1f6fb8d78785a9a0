"""Runs every folder of tests/cases; `pytest --update` rewrites what is expected, git shows it."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import openpyxl.cell.cell
import pytest
import yaml
from click.testing import CliRunner

from rak_excel import api, loading
from rak_excel.cli import rak
from rak_excel.files import yaml_text
from rak_excel.report import SEVERITY
from rak_excel.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result
    from conftest import Golden

CASES: Final = Path(__file__).parent / "cases"
RULE: Final = {rule.code: rule for rule in RULES}


def folders(kind: str) -> list[Path]:
    return sorted(path for path in (CASES / kind).iterdir() if path.is_dir())


FINDINGS: Final = folders("findings")
BY_CODE: Final = pytest.mark.parametrize("case", FINDINGS, ids=lambda case: case.name)


# --- the gallery of findings -----------------------------------------------------------------------------


def nothing(_: pytest.MonkeyPatch) -> None:
    """Most cases are their folder."""


def large_file(_: pytest.MonkeyPatch) -> None:
    with Path("plan.yaml").open("wb") as file:
        file.truncate(65 << 20)


def no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def edited_workbook(_: pytest.MonkeyPatch) -> None:
    assert CliRunner().invoke(rak, ["build", "plan.yaml"]).exit_code == 0
    book = openpyxl.load_workbook("plan.xlsx")
    book.worksheets[0]["A1"] = "DISUNTING"
    book.save("plan.xlsx")


def build_and_edit(change: Callable[[openpyxl.Workbook], object], source: str = "") -> None:
    """Build the plan, change the workbook, then the source."""
    assert CliRunner().invoke(rak, ["build", "plan.yaml"]).exit_code == 0
    book = openpyxl.load_workbook("plan.xlsx")
    change(book)
    book.save("plan.xlsx")
    text = Path("plan.yaml").read_text(encoding="utf-8")
    Path("plan.yaml").write_text(text.replace("1.000.000", source or "1.000.000"), encoding="utf-8")


def with_another_sheet(_: pytest.MonkeyPatch) -> None:
    build_and_edit(lambda book: book.create_sheet("Catatan").append(["rapat hari Senin"]))


def saved_again(_: pytest.MonkeyPatch) -> None:
    build_and_edit(lambda _: None)


def other_workbook(_: pytest.MonkeyPatch) -> None:
    build_and_edit(lambda book: book.save("konflik.xlsx"))


def conflict(answer: str | None, *more: str) -> None:
    """A cost that was changed on both sides, and the sheet that asks which one holds."""

    def change(book: openpyxl.Workbook) -> None:
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                if cell.value == 1_000_000 and not isinstance(cell, openpyxl.cell.cell.MergedCell):
                    cell.value = 2_000_000

    build_and_edit(change, "3.000.000")
    words = ["import", "plan.xlsx", "--into", "plan.yaml", "--conflicts", "konflik.xlsx"]
    assert CliRunner().invoke(rak, words).exit_code == 3
    book = openpyxl.load_workbook("konflik.xlsx")
    sheet = book.worksheets[0]
    sheet["F4"] = answer
    for row, key in enumerate(more, 5):
        sheet[f"F{row}"], sheet[f"G{row}"] = answer, key
    book.save("konflik.xlsx")


def choice_from_an_older_sheet(_: pytest.MonkeyPatch) -> None:
    conflict("sumber", "0|RAK501:sasaran[0].uraian:0a1b2c3d")


def no_choice(_: pytest.MonkeyPatch) -> None:
    conflict(None)


def source_changed_again(_: pytest.MonkeyPatch) -> None:
    conflict("sumber")
    text = Path("plan.yaml").read_text(encoding="utf-8")
    Path("plan.yaml").write_text(text.replace("3.000.000", "4.000.000"), encoding="utf-8")


def fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("contoh")

    monkeypatch.setattr(loading, "load", fail)


SET_UP: Final[dict[str, Callable[[pytest.MonkeyPatch], None]]] = {
    "RAK014": large_file,
    "RAK024": no_program,
    "RAK508": choice_from_an_older_sheet,
    "RAK509": no_choice,
    "RAK510": edited_workbook,
    "RAK511": source_changed_again,
    "RAK512": other_workbook,
    "RAK513": with_another_sheet,
    "RAK514": saved_again,
    "RAK900": fault_of_ours,
}
"""What a case needs that no file in its folder can be."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command of a case with more options, each time in a fresh copy of its folder."""

    def run_case(case: Path, *options: str) -> Result:
        copy = tmp_path / "-".join((case.name, *options))
        shutil.copytree(case, copy, ignore=shutil.ignore_patterns("command", "expected*.txt"))
        monkeypatch.chdir(copy)
        with monkeypatch.context() as patch:
            patch.delenv("RAK_LANG", raising=False)
            SET_UP.get(case.name, nothing)(patch)
            words = [*shlex.split(api.read_example(case).command), *options]
            return CliRunner().invoke(rak, words[1:], prog_name=words[0])

    return run_case


def codes(output: str, language: str) -> list[str]:
    words = "|".join(getattr(word, language) for word in SEVERITY.values())
    return re.findall(rf"(?m)^(?:.*?: )?(?:{words}) (RAK\d+): ", output)


@BY_CODE
def test_a_case_raises_its_rule_and_nothing_else(
    case: Path, run: Callable[..., Result], golden: Golden
) -> None:
    """What `rak` prints is the expected text in both languages, and the exit code is the rule's."""
    result = run(case)
    english = run(case, "--lang", "en")
    rule = RULE[case.name]

    golden(case / "expected.txt", result.output)
    golden(case / "expected.en.txt", english.output)

    assert codes(result.output, "id") == codes(english.output, "en") == [rule.code]
    assert result.exit_code == english.exit_code == (rule.exit if rule.severity == "error" else 0)


INDONESIAN: Final = re.compile(
    r"\b(?:atau|baris|belum|berisi|berkas|bukan|catatan|dapat|dengan|di|dibaca|diisi|hapus|harus|isi|kolom"
    r"|misalnya|peringatan|periksa|perlu|pilih|salah|sudah|terlalu|tidak|tulis|untuk|yang)\b",
    re.IGNORECASE,
)


@BY_CODE
def test_no_word_of_one_language_is_left_in_the_other(case: Path) -> None:
    """Only what the user wrote, in quotes or in the quoted line, stays as it is."""
    english = re.sub(r"(?m)“[^”]*”|^ +\d* \|.*", "", api.read_example(case).output.en)

    assert INDONESIAN.findall(english) == []


def is_check(case: Path) -> bool:
    return " check " in api.read_example(case).command and case.name != "RAK900"


CHECKS: Final = pytest.mark.parametrize("case", [*filter(is_check, FINDINGS)], ids=lambda case: case.name)
KEYS: Final = [
    *("code", "name", "severity", "file", "line", "column", "sheet", "cell", "path", "value"),
    *("message", "hint"),
]


@CHECKS
def test_json_tells_a_script_what_the_text_tells_a_reader(case: Path, run: Callable[..., Result]) -> None:
    told = json.loads(run(case, "--format", "json").stdout)
    (finding,) = told["findings"]
    rule = RULE[case.name]

    assert list(told) == ["version", "findings", "summary"]
    assert told["version"] == 1
    assert list(finding) == KEYS
    assert [finding["code"], finding["name"], finding["severity"]] == [rule.code, rule.name, rule.severity]
    assert list(told["summary"]) == ["files", "errors", "warnings", "notes"]
    assert told["summary"]["files"] == 1
    assert told["summary"][f"{rule.severity}s"] == 1
    for language in ("id", "en"):
        output = getattr(api.read_example(case).output, language)
        word = getattr(SEVERITY[rule.severity], language)
        begin = f"{where(finding)}: {word} {rule.code}: {finding['message'][language]}\n"
        assert output.startswith(begin)
        assert f"\n       = {finding['hint'][language]}\n" in output


def where(finding: dict[str, Any]) -> str:
    place = [finding["file"], finding["line"], finding["column"]]
    return ":".join(str(part) for part in place if part is not None)


@BY_CODE
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_rule_is_explained_with_its_case(case: Path, language: str) -> None:
    """`rak explain` shows the file, the command and what it prints, in the language that was asked for."""
    rule = RULE[case.name]
    words = ["explain", case.name.removeprefix("RAK"), "--lang", language]
    shown = CliRunner().invoke(rak, words, prog_name="rak").output
    head, _, example = shown.partition("\n\n")

    assert head == f"{rule.code} {rule.name} ({getattr(SEVERITY[rule.severity], language)})"
    assert "{" not in example.partition("\n")[0]
    assert f"$ {api.read_example(case).command}" in example
    assert example.endswith(getattr(api.read_example(case).output, language))


def test_every_rule_has_a_case() -> None:
    """No rule without an example, no example without a rule."""
    assert [case.name for case in FINDINGS] == [rule.code for rule in RULES]


@BY_CODE
def test_a_case_says_what_it_is_for(case: Path) -> None:
    """A CSV and a file that is not what its name says have no comments."""
    for path in case.glob("*.yaml"):
        assert case.name == "RAK012" or path.read_bytes().startswith(b"# ")


# --- what holds for every finding ------------------------------------------------------------------------


def texts() -> Iterator[tuple[str, bytes]]:
    """The files of the gallery, and the example with each of its lines left out, doubled or torn."""
    for case in FINDINGS:
        for path in sorted(case.rglob("*")):
            if path.suffix in loading.ENDINGS:
                yield f"{case.name}/{path.name}", path.read_bytes()
    for case in (CASES / "findings" / "RAK110" / "plan.yaml", CASES / "findings" / "RAK137" / "plan.csv"):
        lines = case.read_text(encoding="utf-8").splitlines(keepends=True)
        for at, line in enumerate(lines):
            instead = {"without": "", "twice": line * 2, "torn": line[: len(line) // 2] + "\n"}
            for name, changed in instead.items():
                text = "".join([*lines[:at], changed, *lines[at + 1 :]])
                yield f"{name}-line-{at + 1}{case.suffix}", text.encode()


TEXTS: Final = tuple(texts())


def findings_of(name: str, data: bytes) -> loading.LoadedLayout | loading.Loaded:
    if name.endswith("layout.yaml"):
        return loading.read_layout(data, name)
    return loading.load_bytes(data, name)


@pytest.mark.parametrize(("name", "data"), TEXTS, ids=[name for name, _ in TEXTS])
def test_every_place_lies_inside_the_file(name: str, data: bytes) -> None:
    """An editor jumps to it."""
    loaded = findings_of(name, data)

    for finding in loaded.findings:
        source = loaded.sources.get(finding.file or "")
        if source is None:
            assert finding.place is None
            continue
        assert finding.place is not None
        line, column, sheet = finding.place
        lines = source.text.split("\n")
        assert sheet is None
        assert 1 <= line <= len(lines)
        fields = max(one.count(",") for one in lines) + 1
        assert 1 <= column <= (fields if name.endswith(".csv") else len(lines[line - 1]) + 1)


YAML_TEXTS: Final = [(name, data) for name, data in TEXTS if name.endswith(".yaml")]


@pytest.mark.parametrize(("name", "data"), YAML_TEXTS, ids=[name for name, _ in YAML_TEXTS])
def test_both_parsers_of_yaml_lead_to_the_same_findings(
    name: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyYAML's C parser is not on every computer."""
    with_c = findings_of(name, data).findings
    monkeypatch.setattr(yaml_text, "_LOADER", getattr(yaml_text, "_Python", yaml.SafeLoader))

    assert findings_of(name, data).findings == with_c

"""Runs every folder of tests/cases; `pytest --update` rewrites what is expected, git shows it."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from click.testing import CliRunner

from gallery_setups import SET_UP
from rak_excel import api, loading
from rak_excel.cli import rak
from rak_excel.files import yaml_text
from rak_excel.findings import SEVERITY
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


BESIDE: Final = {
    "RAK046": ["RAK414"],
    "RAK401": ["RAK405"],
    "RAK424": ["RAK211"],
    "RAK431": ["RAK432"],
    "RAK443": ["RAK432"],
    "RAK445": ["RAK432"],
    "RAK446": ["RAK432"],
    "RAK507": ["RAK402"],
    "RAK605": ["RAK604"],
}
"""What cannot but be told together with a rule."""

TWICE: Final = ("RAK429", "RAK501", "RAK503", "RAK504", "RAK505", "RAK506", "RAK507", "RAK520")
"""Rules that tell of two places: of the source and the workbook, or of two cells."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command of a case with more options, each time in a fresh copy of its folder."""

    def run_case(case: Path, *options: str) -> Result:
        copy = tmp_path / "-".join((case.name, *options))
        shutil.copytree(case, copy, ignore=shutil.ignore_patterns("command", "expected*.txt"))
        monkeypatch.chdir(copy)
        with monkeypatch.context() as patch:
            patch.delenv("RAK_LANG", raising=False)
            if case.name in SET_UP:
                SET_UP[case.name](patch)
            words = [*shlex.split(api.read_example(case).command), *options]
            return CliRunner().invoke(rak, words[1:], prog_name=words[0])

    return run_case


def codes(output: str, language: str) -> list[str]:
    words = "|".join(getattr(word, language) for word in SEVERITY.values())
    return re.findall(rf"(?m)^(?:.*?: )?(?:{words}) (RAK\d+): ", output)


def expected_codes(case: Path) -> list[str]:
    """Its rule, and what cannot but be told with it."""
    return sorted([case.name] * (1 + (case.name in TWICE)) + BESIDE.get(case.name, []))


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

    told = codes(result.output, "id")
    assert told == codes(english.output, "en")
    assert sorted(told) == expected_codes(case)
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
    """Whether a case prints a report and nothing else."""
    command = api.read_example(case).command
    return " check " in command and " --mark " not in command and case.name != "RAK900"


CHECKS: Final = pytest.mark.parametrize("case", [*filter(is_check, FINDINGS)], ids=lambda case: case.name)
KEYS: Final = [
    *("code", "name", "severity", "file", "line", "column", "sheet", "cell", "path", "value"),
    *("message", "hint"),
]


@CHECKS
def test_json_tells_a_script_what_the_text_tells_a_reader(case: Path, run: Callable[..., Result]) -> None:
    told = json.loads(run(case, "--format", "json").stdout)
    rule = RULE[case.name]
    findings = [one for one in told["findings"] if one["code"] == rule.code]
    finding = findings[0]

    assert list(told) == ["version", "findings", "summary"]
    assert told["version"] == 1
    assert list(finding) == KEYS
    assert [finding["code"], finding["name"], finding["severity"]] == [rule.code, rule.name, rule.severity]
    assert list(told["summary"]) == ["files", "errors", "warnings", "notes"]
    assert told["summary"]["files"] == 1
    assert sorted(one["code"] for one in told["findings"]) == expected_codes(case)
    assert told["summary"][f"{rule.severity}s"] == sum(
        RULE[one].severity is rule.severity for one in expected_codes(case)
    )
    for language in ("id", "en"):
        output = getattr(api.read_example(case).output, language)
        word = getattr(SEVERITY[rule.severity], language)
        begin = f"{where(finding)}: {word} {rule.code}: {finding['message'][language]}\n"
        assert f"\n{begin}" in f"\n{output}"
        assert f"\n       = {finding['hint'][language]}\n" in output


def where(finding: dict[str, Any]) -> str:
    if finding["sheet"] is not None:
        return f"{finding['file']}[{finding['sheet']}]!{finding['cell']}"
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
            if path.suffix in loading.TEXTS:
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

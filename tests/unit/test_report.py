"""Findings and plans as people and scripts read them."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rak_excel import loading, report, rules
from rak_excel.findings import SEVERITY, Finding, Place, Rule, Severity
from rak_excel.loading import Source
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran

BAD: Final = rules.BUKAN_TAHUN
TEXT: Final = "rak: 1\ntahun: dua\n"


def finding(value: str = "dua", line: int = 2, column: int = 8, file: str | None = "plan.yaml") -> Finding:
    return BAD.at("tahun", value, place=Place(line, column)).placed(None, file)


def told(one: Finding, text: str = TEXT, *, colour: bool = False) -> list[str]:
    return report.text([one], {"plan.yaml": Source(text)}, colour=colour).splitlines()


# --- as text -------------------------------------------------------------------------------------------


def test_a_finding_is_its_place_the_users_line_a_caret_and_what_to_do() -> None:
    first, line, caret, remedy = told(finding())

    assert first == f"plan.yaml:2:8: salah RAK114: {finding().message()}"
    assert line == "     2 | tahun: dua"
    assert caret == "       |        ^"
    assert remedy == f"       = {finding().hint()}"


@pytest.mark.parametrize(
    ("severity", "indonesian", "english"),
    [
        (Severity.ERROR, "salah", "error"),
        (Severity.WARNING, "peringatan", "warning"),
        (Severity.NOTE, "catatan", "note"),
    ],
)
def test_a_severity_has_its_word_in_both_languages(severity: Severity, indonesian: str, english: str) -> None:
    words = SEVERITY[severity]

    assert (words.id, words.en) == (indonesian, english)


def test_a_finding_in_a_workbook_is_placed_as_excel_says_it() -> None:
    one = BAD.at("tahun", "dua", place=Place(12, 10, "RAK 2024")).placed(None, "lahat.xlsx")

    assert report.text([one], {}).startswith("lahat.xlsx[RAK 2024]!J12: salah RAK114: ")


def test_a_finding_without_a_file_is_placed_by_its_path() -> None:
    assert report.text([BAD.at("tahun", "dua")], {}).startswith("tahun: salah RAK114: ")


def test_a_finding_about_a_whole_file_has_no_line() -> None:
    one = rules.SUDAH_ADA.at(value="a.yaml").placed(None, "a.yaml")

    assert report.text([one], {}).startswith("a.yaml: salah RAK020: ")


@pytest.mark.parametrize(
    ("before", "caret"),
    [("tahun: ", 7), ("😀: ", 4), ("中: ", 4), ("e\u0301: ", 3), ("é√: ", 4)],
)
def test_the_caret_stands_under_the_value_as_a_terminal_shows_it(before: str, caret: int) -> None:
    """An emoji is two columns wide, a combining accent none."""
    _, _, shown, _ = told(finding(line=1, column=len(before) + 1), f"{before}dua\n")

    assert shown == f"       | {' ' * caret}^"


@pytest.mark.parametrize("length", [10, 90, 200, 5000])
def test_a_long_line_is_cut_around_the_value(length: int) -> None:
    text = f"{'x' * length}dua{'y' * length}"
    _, line, caret, _ = told(finding(line=1, column=length + 1), text)

    assert len(line) <= 120
    assert line[caret.index("^") :].startswith("dua")


def test_control_characters_of_a_line_are_not_sent_to_the_terminal() -> None:
    _, line, caret, _ = told(finding(line=1, column=4), "a\x1b[dua\t\x07\n")

    assert line.isprintable()
    assert line[caret.index("^") :].startswith("dua")


@pytest.mark.parametrize("value", ["\x1b[31mmerah", "a\u202eb", "a\nb\r\nc", "x" * 500, "\udc80"])
def test_what_was_written_cannot_break_a_message(value: str) -> None:
    first = told(finding(value))[0]

    assert first.isprintable()
    assert len(first) < 250


def test_a_name_of_a_file_cannot_break_a_message() -> None:
    shown = report.text([finding(file="a\x1b[2J\nb\udcff.yaml")], {})

    assert shown.startswith("a\\x1b[2J b\\xdcff.yaml:2:8: salah RAK114: ")


def test_a_fact_of_a_message_cannot_break_it() -> None:
    one = rules.DUA_TARGET.at("sasaran[0].indikator[0].target", target="1\t00, 9\n0")

    assert "1 00, 9 0" in report.text([one], {}).splitlines()[0]


@pytest.mark.parametrize("line", [0, 3, 99])
def test_a_place_outside_the_text_shows_no_line(line: int) -> None:
    assert len(told(finding(line=line))) == 2


def test_colour_marks_the_severity_alone() -> None:
    coloured, plain = told(finding(), colour=True), told(finding())

    assert [re.sub(r"\x1b\[\d*m", "", line) for line in coloured] == plain
    assert coloured[0].count("\x1b") == 2


def test_a_suggestion_is_asked_in_both_languages() -> None:
    one = rules.KUNCI_TIDAK_DIKENAL
    near = loading.load_bytes(b"rak: 1\nunt: KPU\n", "plan.yaml").findings
    asked = next(found for found in near if found.rule is one)

    assert asked.hint("id").startswith("maksud Anda “unit”? ")
    assert asked.hint("en").startswith("did you mean “unit”? ")


# --- summary -------------------------------------------------------------------------------------------


def test_a_summary_counts_files_and_severities() -> None:
    found = [finding(), finding(), rules.TANPA_VERSI.at("rak")]

    assert report.count(found, 3) == {"files": 3, "errors": 2, "warnings": 0, "notes": 1}
    assert report.summary(found, 3) == "3 berkas: 2 salah, 0 peringatan, 1 catatan"
    assert report.summary(found, 3, "en") == "3 file(s): 2 error(s), 0 warning(s), 1 note(s)"


# --- as JSON -------------------------------------------------------------------------------------------


def test_a_finding_as_json_has_null_where_a_place_does_not_apply() -> None:
    in_text, in_sheet = (
        report.as_json(finding()),
        report.as_json(BAD.at("tahun", "dua", place=Place(12, 28, "RAK")).placed(None, "a.xlsx")),
    )
    keys = ("file", "line", "column", "sheet", "cell")

    assert [in_text[key] for key in keys] == ["plan.yaml", 2, 8, None, None]
    assert [in_sheet[key] for key in keys] == ["a.xlsx", None, None, "RAK", "AB12"]
    assert [report.as_json(BAD.at("tahun", "dua"))[key] for key in keys] == [None] * 5


def test_json_keeps_the_value_whole_where_text_shortens_it() -> None:
    assert report.as_json(finding("x" * 500))["value"] == "x" * 500


def test_json_is_utf_8_that_any_parser_reads() -> None:
    shown = report.json_text([finding("√ 😀 “x”")], 1)

    assert "√ 😀 “x”" in shown
    assert json.loads(shown)["findings"][0]["value"] == "√ 😀 “x”"


@given(st.text(max_size=40))
def test_any_value_is_told_in_text_and_json(value: str) -> None:
    one = finding(value)

    assert "".join(told(one)).isprintable()
    assert json.loads(report.json_text([one], 1))["findings"][0]["value"] == value


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.code)
def test_every_rule_is_explained_in_both_languages_without_holes(rule: Rule) -> None:
    shown = [report.rule_text(rule, None, "id"), report.rule_text(rule, None, "en")]

    assert shown[0] != shown[1]
    assert [
        text
        for text in shown
        if not text.startswith(f"{rule.code} {rule.name} (") or "{" in re.sub(r"\{1: 25.*?\}", "", text)
    ] == []


# --- a plan for people ---------------------------------------------------------------------------------


def plan() -> Plan:
    rows = (
        Kegiatan("Rapat", "100", (True, False, False, True), 5_000_000, "Sekretariat"),
        Kegiatan("Jaringan", "89.5", (False,) * 4, "bersama", "Sekretariat"),
        Kegiatan("Kajian " * 20, "B", ("25", False, False, "50"), None, "Sub Bagian " * 9),
        Kegiatan(None, "", (), "", ""),
    )
    goals = (Sasaran("Tersedianya\ndata", (Indikator("Persentase data", rows),)),)
    return Plan(
        2026, "KPU Kabupaten Lahat", goals, (Penandatangan("Ketua", "SARJANI", "198205062010122002"),)
    )


def test_a_plan_for_people_has_a_line_for_everything() -> None:
    lines = report.plan_text(plan()).splitlines()

    assert lines[:2] == ["RENCANA AKSI KINERJA 2026", "KPU Kabupaten Lahat"]
    assert [line for line in lines if line.startswith("1. ")] == ["1. Tersedianya data"]
    assert [
        word for word in ("√··√", "5.000.000", "bersama", "89.5") if not any(word in line for line in lines)
    ] == []
    assert any("Jumlah" in line and "5.000.000" in line for line in lines)
    assert lines[-1] == "Ketua: SARJANI (NIP 198205062010122002)"
    assert max(map(len, lines)) <= 140


def test_what_other_forms_print_is_shown_too() -> None:
    """Units of measure, values of periods, levels above a kegiatan, and money for each quarter."""
    row = Kegiatan(
        "Servis", "40", ("10", False, "30", "40"), "", "Bidang", "Orang", "5.01", "Program Umum", "Sub Umum",
        anggaran_triwulan=("1500000", "-", False, "0"),
    )  # fmt: skip
    goals = (Sasaran("Tertib", (Indikator("Pegawai", (row,)),)),)
    shown = report.plan_text(Plan(2026, "Dinas", goals, ()))

    assert " 40 Orang 10 · 30 40 " in shown
    assert "kode: 5.01; program: Program Umum; sub_kegiatan: Sub Umum" in shown
    assert "anggaran triwulan: 1.500.000 - · 0" in shown
    assert "Jumlah" not in shown
    assert "the quarterly budget: 1.500.000 - · 0" in report.plan_text(Plan(2026, "Dinas", goals, ()), "en")


def test_a_plan_for_people_has_its_total_in_english_too() -> None:
    assert "Total" in report.plan_text(plan(), "en")

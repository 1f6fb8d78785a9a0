"""What a user typed stays text in every file that is written, and nothing in a workbook is ever run."""

from __future__ import annotations

import io
import socket
import subprocess
import zipfile
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from commands import run
from properties.packages import packed, parts_of
from rak_excel.loading import load

WILD: Final = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.com/")',
    "{=1}",
    "http://example.com/",
    "<f>1</f>",
)
PLAN: Final = """\
rak: 1
judul: {0}
tahun: 2026
unit: {0}
sasaran:
  - uraian: {0}
    indikator:
      - uraian: {0}
        target: {0}
        kegiatan:
          - {{uraian: {0}, triwulan: [1], biaya: 10.000, pelaksana: {0}}}
          - {{uraian: Rapat, triwulan: [1], biaya: {1}, pelaksana: Sekretariat}}
penandatangan: {{jabatan: {0}, nama: {0}}}
"""
SHEET: Final = "xl/worksheets/sheet1.xml"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def plan(text: str, cost: str = "20.000") -> str:
    return PLAN.format(quoted(text), quoted(cost))


@pytest.fixture(autouse=True)
def folder(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - it stands there
    """An empty folder; whoever asks the network or starts a program is at fault."""

    def forbidden(*_: Any, **__: Any) -> None:
        raise AssertionError("nothing in a workbook may be run or followed")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    monkeypatch.setattr(subprocess, "Popen", forbidden)


Cells = list[tuple[str, str, Any]]


def cells(name: str) -> Cells:
    """Every cell that holds something, as openpyxl sees it: its place, its type and what it holds."""
    return [
        (f"{sheet.title}!{cell.coordinate}", cell.data_type, cell.value)
        for sheet in openpyxl.load_workbook(name)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def formulas(found: Cells) -> dict[str, str]:
    """The formulas of a workbook by their cells."""
    return {
        place: str(value.text) if isinstance(value, ArrayFormula) else str(value)
        for place, kind, value in found
        if kind == "f"
    }


def texts(found: Cells) -> list[str]:
    return [str(value) for _, kind, value in found if kind == "s"]


def holds_as_text(name: str, text: str, count: int) -> Cells:
    """The cells: the text stands in so many, in none as anything but text, and nothing links out."""
    found = cells(name)
    assert sum(one == text for one in texts(found)) >= count
    assert [place for place, kind, value in found if str(value) == text and kind != "s"] == []
    assert [formula for formula in formulas(found).values() if text.lstrip("=+-@") in formula] == []
    with zipfile.ZipFile(name) as archive:
        rels = b"".join(archive.read(part) for part in archive.namelist() if part.endswith(".rels"))
    assert b"External" not in rels
    return found


# --- what is written ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", WILD)
def test_a_text_stays_text_in_the_workbook_and_comes_back(text: str) -> None:
    Path("a.yaml").write_text(plan(text), encoding="utf-8")
    assert run("build", "a.yaml").exit_code == 0

    holds_as_text("a.xlsx", text, 3)
    assert run("import", "a.xlsx", "--into", "a.yaml").exit_code == 0
    assert Path("a.yaml").read_text(encoding="utf-8") == plan(text)


@pytest.mark.parametrize("text", WILD)
def test_a_text_stays_text_in_an_input_sheet_and_comes_back(text: str) -> None:
    Path("a.yaml").write_text(plan(text), encoding="utf-8")
    assert run("import", "a.yaml", "-o", "isian.xlsx").exit_code == 0

    found = holds_as_text("isian.xlsx", text, 5)
    assert run("init", "kosong.xlsx").exit_code == 0
    assert set(formulas(found).values()) <= set(formulas(cells("kosong.xlsx")).values())
    assert load("isian.xlsx").plans == load("a.yaml").plans


@pytest.mark.parametrize("text", WILD)
def test_a_text_stays_text_in_a_marked_copy(text: str) -> None:
    """Where it is itself at fault it stands in the note and on the sheet *Temuan* too."""
    Path("a.yaml").write_text(plan("biasa"), encoding="utf-8")
    assert run("build", "a.yaml").exit_code == 0
    book = openpyxl.load_workbook("a.xlsx")
    (cost,) = [cell for row in book.worksheets[0] for cell in row if cell.value == 20_000]
    cost.value, cost.data_type = text, "s"
    book.save("suntingan.xlsx")
    before = formulas(cells("suntingan.xlsx"))

    assert run("check", "suntingan.xlsx", "--mark", "tanda.xlsx").exit_code == 1
    found = cells("tanda.xlsx")
    after = {place: one for place, one in formulas(found).items() if not place.startswith("Temuan!")}
    links = [one for place, one in formulas(found).items() if place.startswith("Temuan!")]

    assert after == before
    assert [one for one in links if not one.startswith('=HYPERLINK("#')] == []
    assert text in texts(found)
    assert [one for one in texts(found) if one != text and text in one] != []


@pytest.mark.parametrize("text", WILD)
def test_a_text_stays_text_on_the_sheet_of_conflicts_and_in_what_is_settled(text: str) -> None:
    Path("a.yaml").write_text(plan("biasa"), encoding="utf-8")
    assert run("build", "a.yaml").exit_code == 0
    book = openpyxl.load_workbook("a.xlsx")
    for cell in [cell for row in book.worksheets[0] for cell in row if cell.value == "Sekretariat"]:
        cell.value, cell.data_type = text, "s"
    book.save("suntingan.xlsx")
    source = plan("biasa").replace("pelaksana: Sekretariat", "pelaksana: '=2+2'")
    Path("a.yaml").write_text(source, encoding="utf-8")
    words = ("import", "suntingan.xlsx", "--into", "a.yaml")

    assert run(*words, "--conflicts", "k.xlsx").exit_code == 3
    found = cells("k.xlsx")
    assert formulas(found) == {}
    for side in (text, "=2+2"):
        assert [kind for _, kind, value in found if side in str(value) and kind != "s"] == []
        assert [one for one in texts(found) if side in one] != []

    book = openpyxl.load_workbook("k.xlsx")
    book.worksheets[0]["F4"] = "buku kerja"
    book.save("k.xlsx")
    assert run(*words, "--resolve", "k.xlsx").exit_code == 0
    assert load("a.yaml").plan.sasaran[0].indikator[0].kegiatan[1].pelaksana == text


@pytest.mark.parametrize("text", WILD)
def test_a_text_stays_text_in_an_input_sheet_that_it_is_merged_into(text: str) -> None:
    Path("a.yaml").write_text(plan("biasa"), encoding="utf-8")
    assert run("build", "a.yaml").exit_code == 0
    assert run("import", "a.yaml", "-o", "isian.xlsx").exit_code == 0
    before = formulas(cells("isian.xlsx"))
    book = openpyxl.load_workbook("a.xlsx")
    for cell in [cell for row in book.worksheets[0] for cell in row if cell.value == "Sekretariat"]:
        cell.value, cell.data_type = text, "s"
    book.save("suntingan.xlsx")

    assert run("import", "suntingan.xlsx", "--into", "isian.xlsx").exit_code == 0
    assert formulas(holds_as_text("isian.xlsx", text, 1)) == before
    assert load("isian.xlsx").plan.sasaran[0].indikator[0].kegiatan[1].pelaksana == text


# --- what is read ------------------------------------------------------------------------------------------


def with_cell(formula: str, stored: str, name: str = "jahat.xlsx") -> str:
    """A workbook whose last doer is a formula with a stored value."""
    Path("a.yaml").write_text(plan("biasa"), encoding="utf-8")
    assert run("build", "a.yaml").exit_code == 0
    book = openpyxl.load_workbook("a.xlsx")
    (cell,) = [cell for row in book.worksheets[0] for cell in row if cell.value == "Sekretariat"]
    cell.value = formula
    made = io.BytesIO()
    book.save(made)
    parts = parts_of(made.getvalue())
    start = parts[SHEET].index(f'<c r="{cell.coordinate}"'.encode())
    end = parts[SHEET].index(b"</c>", start)
    spelt = parts[SHEET][start:end].replace(b"<v />", b"<v>%b</v>" % stored.encode())
    spelt = spelt.replace(b"<c ", b'<c t="str" ', 1) if b" t=" not in spelt else spelt
    parts[SHEET] = parts[SHEET][:start] + spelt + parts[SHEET][end:]
    Path(name).write_bytes(packed(parts))
    return name


@pytest.mark.parametrize(
    "formula",
    [
        "=cmd|'/C calc'!A0",
        '=WEBSERVICE("http://example.com/")',
        '=HYPERLINK("http://example.com/","Sekretariat")',
        "=[1]Lain!$A$1",
        "='file:///etc/[passwd]x'!A1",
        '=CALL("kernel32","WinExec","JC","calc",0)',
        '=INDIRECT("A1")',
    ],
)
def test_a_formula_is_read_for_its_stored_value_and_told(formula: str) -> None:
    name = with_cell(formula, "Divisi Hukum")
    result = run("import", name, "-o", "baru.yaml")

    assert result.exit_code == 0, result.output
    assert load("baru.yaml").plan.sasaran[0].indikator[0].kegiatan[1].pelaksana == "Divisi Hukum"
    assert "RAK412" in result.output
    assert formula not in Path("baru.yaml").read_text(encoding="utf-8")


def test_links_of_a_workbook_are_never_followed(tmp_path: Path) -> None:
    """The shared texts stand in a file outside, or on a server: the cells have no text, which is told."""
    Path("a.yaml").write_text(plan("biasa"), encoding="utf-8")
    assert run("build", "a.yaml").exit_code == 0
    parts = parts_of(Path("a.xlsx").read_bytes())
    (tmp_path / "luar.xml").write_bytes(parts["xl/sharedStrings.xml"])
    inside = b'Target="sharedStrings.xml"'
    for target in (
        f'Target="{(tmp_path / "luar.xml").as_uri()}" TargetMode="External"',
        f'Target="{(tmp_path / "luar.xml").as_uri()}"',
        f'Target="{tmp_path}/luar.xml"',
        f'Target="../../../../../..{tmp_path}/luar.xml"',
        'Target="http://example.com/sharedStrings.xml" TargetMode="External"',
        'Target="\\\\example.com\\luar.xml"',
    ):
        rels = parts["xl/_rels/workbook.xml.rels"].replace(inside, target.encode())
        assert rels != parts["xl/_rels/workbook.xml.rels"]
        Path("jahat.xlsx").write_bytes(packed({**parts, "xl/_rels/workbook.xml.rels": rels}))
        result = run("import", "jahat.xlsx", "-o", "baru.yaml")

        assert result.exit_code == 4, result.output
        assert not Path("baru.yaml").exists()


def with_macros() -> bytes:
    """A workbook of ours to which somebody added macros, saved as .xlsm; the macros."""
    Path("a.yaml").write_text(plan("biasa"), encoding="utf-8")
    assert run("build", "a.yaml").exit_code == 0
    parts = parts_of(Path("a.xlsx").read_bytes())
    macros = parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Auto_Open" * 300
    relation = (
        b'<Relationship Id="rId99" Target="vbaProject.bin" '
        b'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/></Relationships>'
    )
    for part, pairs in {
        "xl/_rels/workbook.xml.rels": (b"</Relationships>", relation),
        "[Content_Types].xml": (
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    }.items():
        assert pairs[0] in parts[part]
        parts[part] = parts[part].replace(*pairs)
    parts[SHEET] = parts[SHEET].replace(b"<v>20000</v>", b"<v>21000</v>")
    Path("makro.xlsm").write_bytes(packed(parts))
    return macros


def test_macros_are_told_and_never_run_and_their_workbook_is_read_as_data() -> None:
    with_macros()
    result = run("import", "makro.xlsm", "--into", "a.yaml")

    assert result.exit_code == 0, result.output
    assert "RAK044" in result.output
    assert "21" in Path("a.yaml").read_text(encoding="utf-8")


def test_a_marked_copy_keeps_the_macros_as_they_are_and_a_built_workbook_has_none() -> None:
    macros = with_macros()

    assert run("check", "makro.xlsm", "--mark", "tanda.xlsm").exit_code == 0
    assert parts_of(Path("tanda.xlsm").read_bytes())["xl/vbaProject.bin"] == macros
    assert run("build", "makro.xlsm", "-o", "baru.xlsx").exit_code == 0
    assert [name for name in parts_of(Path("baru.xlsx").read_bytes()) if "vba" in name] == []

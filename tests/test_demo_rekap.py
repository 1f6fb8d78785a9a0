"""`make demo-rekap`: forty plausible offices, and a recapitulation that says what is planted among them."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path
from typing import Final

import openpyxl
import pytest

from commands import run
from rak_excel import consolidating

ROOT: Final = Path(__file__).parents[1]
MAKEFILE: Final = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGET: Final = re.search(r"(?ms)^demo-rekap:.*?^\n", MAKEFILE)
UNREADABLE: Final = 4


def words(program: str) -> list[str]:
    """A command of the target, as make types it."""
    assert TARGET is not None
    line = re.search(rf"\$\(BIN\)/{program} (.*?)(?:\|\||$)", TARGET[0].replace("\\\n", " "), re.MULTILINE)
    assert line is not None
    return shlex.split(line[1])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the first command of the target has been run."""
    path = tmp_path_factory.mktemp("demo")
    (path / "demo").mkdir()
    tool, *rest = words("python")
    subprocess.run([sys.executable, str(ROOT / tool), *rest], cwd=path, check=True, capture_output=True)
    return path


def test_the_demo_shows_all_that_can_happen(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo)
    result = run(*words("rak"), "--no-cache")
    files = tuple(word for word in words("rak")[1:2])
    asked = consolidating.Asked(files, "x.xlsx", "demo/rekap-unit.csv", ("*-konsep.*",), cache=False)
    made = consolidating.bring(asked).made

    assert result.exit_code == UNREADABLE
    assert (demo / "demo" / "rekap.xlsx").is_file()
    assert made is not None
    assert len(made.units) == 40
    assert {plan.status for plan in made.plans} == {
        *("dipakai", "salinan", "digantikan", "perlu-dipilih", "tahun-lain", "salah", "dikecualikan"),
        "tidak-terbaca",
    }
    assert Counter(unit.status for unit in made.units)["masuk"] > 30
    assert {unit.status for unit in made.units} == {
        *("masuk", "salah", "perlu-dipilih", "tahun-lain", "belum")
    }


def test_links_lead_to_files_from_the_folder_of_the_recapitulation(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command is typed in another folder than the one it writes to."""
    monkeypatch.chdir(demo)
    run(*words("rak"), "--no-cache")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not know Excel's newer conditional formats
        book = openpyxl.load_workbook("demo/rekap.xlsx", data_only=True)
    named = set()
    for page in (book["Temuan"], book["Berkas"], book["Semua Kegiatan"]):
        (table,) = page.tables.values()
        head, *rows = page[table.ref]
        (column,) = [number for number, cell in enumerate(head) if cell.value == "Berkas"]
        named |= {row[column].value for row in rows}

    assert "rekap-unit.csv" in named
    assert [name for name in named - {None} if not (demo / "demo" / name).is_file()] == []


def test_the_tool_leaves_a_folder_alone_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "penting.txt").write_text("jangan hilang")
    command = [sys.executable, str(ROOT / "tools" / "many_offices.py"), str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, check=False)

    assert ran.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["penting.txt"]

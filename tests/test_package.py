"""What is installed is whole, and its core runs anywhere: pure Python, one process, no thread."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
SMALLEST: Final = ROOT / "examples" / "terkecil.yaml"
LAHAT: Final = ROOT / "examples" / "lahat-2024.yaml"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as for a release; the builder comes from the registry where it is not here."""
    folder = tmp_path_factory.mktemp("wheel")
    here = ["--no-isolation"] if importlib.util.find_spec("hatchling") else []
    command = [sys.executable, "-m", "build", "--wheel", *here, "--outdir", str(folder), str(ROOT)]
    run_or_skip(command, "the wheel cannot be built")
    [made] = folder.glob("*.whl")
    return made


def run_or_skip(command: list[str], told: str) -> None:
    """Run what may need the registry: without it the test is skipped, or fails where clients are required."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = f"{told}, perhaps for want of a network: {(done.stdout + done.stderr).strip()[-300:]}"
        if os.environ.get("RAK_REQUIRE_CLIENTS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel and what it asks for, nothing else."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run_or_skip([*pip, str(wheel)], "the wheel cannot be installed")
    return programs


def test_the_wheel_holds_the_layouts_and_the_types(wheel: Path) -> None:
    """Without its layouts an installed rak can build nothing."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    layouts = {f"rak_excel/templates/layouts/{path.name}" for path in (ROOT / "templates/layouts").iterdir()}
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "rak_excel").rglob("*.py")}

    assert {"rak_excel/templates/layouts/kpu.yaml", "rak_excel/py.typed"} <= names
    assert layouts | modules <= names
    assert not [name for name in names if name.startswith(("tests", "tools", "examples", "benchmarks"))]


def test_the_installed_command_checks_and_builds(installed: Path, tmp_path: Path) -> None:
    """From a folder that knows nothing of the checkout, the same bytes as in it."""
    plan = shutil.copy(SMALLEST, tmp_path)
    world = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    for command in (
        ["check", str(plan)],
        ["build", str(plan)],
        ["layout", "show", "kpu"],
        ["explain", "RAK310"],
    ):
        done = subprocess.run(
            [str(installed / "rak"), *command],
            cwd=tmp_path,
            env=world,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    ours = tmp_path / "ours.xlsx"
    subprocess.run(
        [sys.executable, "-m", "rak_excel", "build", str(SMALLEST), "-o", str(ours), "-q"],
        cwd=ROOT,
        check=True,
    )

    assert (tmp_path / "terkecil.xlsx").read_bytes() == ours.read_bytes()


# --- a core that runs anywhere ------------------------------------------------------------------------------

# Some hosts have no C compiler, one process and no thread: a phone, a browser, a locked-down server.
BARE: Final = """
import runpy, sys

REFUSED = {refused!r}

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name in REFUSED or name.split(".")[0] in REFUSED:
            raise ImportError("refused: " + name)
        return None

sys.meta_path.insert(0, Refuse())

def watch(event, args):
    if event in {events!r}:
        raise RuntimeError("refused: " + event)

sys.addaudithook(watch)
import _thread, threading
def start(*args, **kwargs):
    raise RuntimeError("refused: a thread")
_thread.start_new_thread = threading._start_new_thread = start
sys.argv[0] = "rak"
try:
    runpy.run_module("rak_excel", run_name="__main__")
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""
REFUSED: Final = (
    "pandas", "numpy", "openpyxl", "lxml", "multiprocessing", "subprocess", "concurrent.futures", "asyncio",
    "ctypes", "socket", "ssl", "yaml._yaml",
)  # fmt: skip
EVENTS: Final = ("subprocess.Popen", "os.fork", "os.forkpty", "os.exec", "os.posix_spawn", "os.system")


def bare(*arguments: str, refused: tuple[str, ...] = REFUSED) -> set[str]:
    """Run a command where little is to be had; the modules that it imported."""
    script = BARE.format(refused=set(refused), events=set(EVENTS))
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


def test_a_plan_is_checked_without_anything_special() -> None:
    imported = bare("check", str(LAHAT))

    assert "yaml" in imported
    assert not imported & set(REFUSED)


def test_a_workbook_is_built_without_anything_special(tmp_path: Path) -> None:
    """Without PyYAML's C parser, threads and other processes the bytes are the same."""
    bare("build", str(LAHAT), "-o", str(tmp_path / "bare.xlsx"), "-q")
    bare("build", str(LAHAT), "-o", str(tmp_path / "rich.xlsx"), "-q", refused=())

    assert (tmp_path / "bare.xlsx").read_bytes() == (tmp_path / "rich.xlsx").read_bytes()


def test_checking_imports_nothing_that_only_building_needs() -> None:
    """Whoever checks in an editor at each save should not wait for a writer of workbooks."""
    imported = bare("check", str(LAHAT), refused=())

    assert not {name for name in imported if name.split(".")[0] in ("xlsxwriter", "openpyxl", "zipfile")}

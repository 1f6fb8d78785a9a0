"""One LibreOffice profile for the workbooks that are saved with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clients import libreoffice

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty profile folder."""
    missing = libreoffice.available()
    if missing:
        pytest.skip(missing)
    return tmp_path_factory.mktemp("profile")

"""The oracle is a package of test code, found beside this folder; LibreOffice is asked where there is one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from clients import libreoffice

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh LibreOffice profile; skipped without LibreOffice, unless clients are required."""
    missing = libreoffice.available()
    if missing and os.environ.get("RAK_REQUIRE_CLIENTS") == "1":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    return tmp_path_factory.mktemp("profile")

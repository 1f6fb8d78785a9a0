"""Whether a real program is here to be asked, and where it may keep its settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from clients import libreoffice

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh LibreOffice profile; the test is skipped, or fails where clients are required, without one.

    RAK_REQUIRE_CLIENTS=1 is set where a silent skip would hide that nothing was proved.
    """
    missing = libreoffice.available()
    if missing and os.environ.get("RAK_REQUIRE_CLIENTS") == "1":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    return tmp_path_factory.mktemp("profile")

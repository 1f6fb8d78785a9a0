"""The page in its folder, and a browser that has it open."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from browser import bidi
from browser.watch import Watch
from conftest import not_here

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
PICTURES: Final = ROOT / "build" / "pictures"
"""What the screens looked like; no part of the repository."""


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as `make page` makes it, alone in a folder."""
    target = tmp_path_factory.mktemp("alone") / "rak.html"
    made = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_page.py"), str(target)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        not_here(
            f"the page cannot be made, perhaps for want of a network: {(made.stdout + made.stderr)[-300:]}"
        )
    return target


@pytest.fixture(scope="session")
def watch() -> Iterator[Watch]:
    """Where everything goes that a browser asks for."""
    with Watch() as listening:
        yield listening


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def running(
    request: pytest.FixtureRequest, watch: Watch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[bidi.Browser]:
    """A browser, headless, with a profile of its own."""
    missing = bidi.missing(request.param)
    if missing:
        not_here(missing)
    made = bidi.Browser(request.param, tmp_path_factory.mktemp(request.param), watch.port)
    yield made
    made.close()


@pytest.fixture
def browser(running: bidi.Browser, page: Path) -> bidi.Browser:
    """A browser that has just opened the page, with nothing downloaded yet."""
    shutil.rmtree(running.downloads)
    running.downloads.mkdir()
    running.complaints.clear()
    running.resize(1280, 900)
    running.open(page)
    return running

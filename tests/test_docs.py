"""The pages of docs/ say what the program does."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from conftest import Golden

ROOT: Final = Path(__file__).parents[1]


def tool(name: str) -> Any:
    """A program of tools/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_findings_shows_the_gallery(golden: Golden) -> None:
    """Its console blocks are those of tests/cases/findings, which test_cases.py runs."""
    golden(ROOT / "docs" / "findings.md", tool("make_findings_page").page())

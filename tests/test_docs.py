"""The pages of docs/ say what the program does."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from click.testing import CliRunner

from rak_excel.cli import rak

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


def test_the_page_of_commands_is_what_the_program_prints(golden: Golden) -> None:
    """A command without a page cannot be: the page is made from the commands."""
    golden(ROOT / "docs" / "commands.md", tool("make_commands_page").page())


# the gallery's own page is run by test_cases.py, each block in its folder
PAGES: Final = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    if path.name != "findings.md" and "\n$ rak" in path.read_text("utf-8")
)
_BLOCK: Final = re.compile(r"(?ms)^```(console|yaml|diff)\n(.*?)^```$")
_SAVED: Final = re.compile(r"# berkas: (\S+)\n")


@pytest.mark.parametrize("page", PAGES)
def test_a_console_block_prints_what_it_shows(
    page: str, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader saves the files and types the commands of a page in its order, beside the examples."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / page).read_text("utf-8")

    golden(ROOT / page, _BLOCK.sub(_followed, text))


def _followed(block: re.Match[str]) -> str:
    """A block as it must stand: commands with what they print; files are saved and mended on the way."""
    kind, body = block.groups()
    if kind == "console" and body.startswith("$ rak"):
        return _typed(body)
    name = _SAVED.match(body)
    if kind == "yaml" and name is not None:
        Path(name[1]).write_text(body, "utf-8")
    elif kind == "diff":
        _mended(body)
    return block[0]


def _mended(body: str) -> None:
    """Replace lines of the one file that has them."""
    old, new = (
        "".join(line[1:] for line in body.splitlines(keepends=True) if line[0] == sign) for sign in "-+"
    )
    (path,) = (path for path in Path().glob("*.yaml") if path.read_text("utf-8").count(old) == 1)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def _typed(body: str) -> str:
    lines = [line for line in body.splitlines() if line.startswith("$ rak")]
    shown = (
        f"{line}\n{CliRunner().invoke(rak, shlex.split(line)[2:], prog_name='rak').output}" for line in lines
    )
    return f"```console\n{''.join(shown)}```"


def test_the_pictures_and_pages_that_are_named_are_there() -> None:
    """A page that points at nothing helps nobody."""
    missing = [
        f"{path.name}: {target}"
        for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]

    assert missing == []

"""Commands as somebody types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from rak_excel.cli import rak

if TYPE_CHECKING:
    from click.testing import Result


def run(*words: str, given: str | bytes | None = None) -> Result:
    """What comes of `rak` with these words; `given` stands on its standard input."""
    return CliRunner().invoke(rak, words, given, prog_name="rak")

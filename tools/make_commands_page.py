"""Writes docs/commands.md: the help of every command, as the program prints it."""

from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from rak_excel.cli import rak

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
_HEAD = """# Commands

Made by `tools/make_commands_page.py` from the program's own help; Indonesian first, then English
(`--lang en`).

Exit codes: 0 good, 1 findings of severity error, 2 usage, 3 an edit would be lost, 4 cannot read or
write. `-` means standard input or output where a text form is meant. Results go to standard output, talk
to standard error; `NO_COLOR` is honoured. Shell completion is click's:
`eval "$(_RAK_COMPLETE=bash_source rak)"`.
"""


def page() -> str:
    """The page as it should be."""
    return "\n".join([_HEAD, *(section for words in commands(rak, ()) for section in _section(words))])


def commands(group: click.Group, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words of every command, in order of their names."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))
        else:
            yield (*above, name)


def _section(words: tuple[str, ...]) -> list[str]:
    helps = []
    for language in ("id", "en"):
        asked = [*words, "--help", "--lang", language]
        helps.append(CliRunner().invoke(rak, asked, prog_name="rak", terminal_width=100).output)
    fenced = [f"```\n{shown}```\n" for shown in helps]
    return [f"## rak {' '.join(words)}\n", *fenced]


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")

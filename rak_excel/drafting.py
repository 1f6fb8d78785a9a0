"""`rak layout new`: a layout drafted from somebody's workbook, checked before anybody sees it."""

import re
from dataclasses import dataclass
from pathlib import Path

from rak_excel import rules
from rak_excel.files import disk, xlsx_reader
from rak_excel.findings import Finding, RakError, Words, exit_code, typed
from rak_excel.loading import (
    DEFAULT_LAYOUT,
    STDIN,
    WORKBOOKS,
    YAML,
    Source,
    layout_named,
    layout_names,
    read_layout,
)
from rak_excel.sheet.base import unladen
from rak_excel.sheet.layout_draft import draft
from rak_excel.sheet.unmark import unmarked


@dataclass(frozen=True, slots=True)
class Made:
    """A layout's file, empty where there is none to write; what was found in the workbook and in the file."""

    path: str
    data: bytes
    findings: tuple[Finding, ...]
    sources: dict[str, Source]
    told: Words | None = None

    @property
    def exit(self) -> int:
        """The exit code."""
        return exit_code(self.findings)


def drafted(name: str, workbook: str, *, force: bool = False, given: bytes | None = None) -> Made:
    """Draft the layout of a name, or of a path that ends in .yaml; `given` is what the workbook holds.

    Raises:
        RakError: the file may not be written, or the workbook cannot be read.
    """
    path = name if name == STDIN or name.lower().endswith(YAML) else f"{name}.yaml"
    if Path(name).suffix.lower() in (*WORKBOOKS, ".csv"):
        raise RakError(rules.BENTUK_TIDAK_DIKENAL.at(value=name))
    if path != STDIN:
        disk.must_be_new(Path(path), force=force)
    data = disk.read(Path(workbook)) if given is None else given
    read = xlsx_reader.read(data, workbook, dressed=True)
    if read.book is None:
        return Made(path, b"", read.findings, {})
    names = [DEFAULT_LAYOUT, *(one for one in layout_names() if one != DEFAULT_LAYOUT)]
    layouts = [made.layout for one in names if (made := layout_named(one)).layout is not None]
    called = _named(Path(workbook if path == STDIN else path).stem)
    form = draft(unladen(unmarked(read.book)), layouts, called, Path(workbook).name)
    findings = (*read.findings, *(one.placed(None, workbook) for one in form.findings))
    if not form.text:
        return Made(path, b"", findings, {})
    checked = read_layout(form.text.encode(), path)
    told = _receipt(path, form.guesses)
    return Made(path, form.text.encode(), (*findings, *checked.findings), checked.sources, told)


def _named(stem: str) -> str:
    """A layout's name of the letters that it may have."""
    return re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-") or "formulir"


def _receipt(path: str, guesses: int) -> Words:
    run = f"rak layout check {typed(path)}"
    if not guesses:
        return Words(f"dibuat: {path}; periksa dengan: {run}", f"made: {path}; then: {run}")
    return Words(
        f"dibuat: {path}; {guesses} baris bertanda “diduga”, periksa, lalu: {run}",
        f"made: {path}; {guesses} lines say “diduga” (guessed): look at them, then: {run}",
    )

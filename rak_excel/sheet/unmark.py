"""What a marked copy shows of findings, told apart from what its owner wrote: for who reads it back."""

import re
from dataclasses import replace
from typing import Final

from rak_excel.sheet.seen import SeenBook, SeenSheet

NAME: Final = "RAK_Temuan"
"""The defined name that tells the sheet with the list of findings, whatever it is called."""

FENCE: Final = "— rak —"
"""The first and the last line of what a note says of findings."""

OURS: Final = re.compile(rf"\n?{FENCE}\n.*?\n{FENCE}", re.DOTALL)


def unmarked(book: SeenBook) -> SeenBook:
    """The workbook without the list of findings and without our words in its notes; colours are not seen."""
    listed = sheet_of(book.names.get(NAME, "")).lower()
    sheets = tuple(_unmarked(sheet) for sheet in book.sheets if sheet.name.lower() != listed)
    names = {name: reference for name, reference in book.names.items() if name != NAME}
    return replace(book, sheets=sheets, names=names)


def _unmarked(sheet: SeenSheet) -> SeenSheet:
    if not any(FENCE in note for note in sheet.notes.values()):
        return sheet
    notes = {cell: OURS.sub("", note) for cell, note in sheet.notes.items()}
    return replace(sheet, notes={cell: note for cell, note in notes.items() if note.strip()})


def sheet_of(reference: str) -> str:
    """The sheet that a reference to cells names; `""` where it names none.

    Examples:
        >>> sheet_of("'RAK 2024'!$A$1"), sheet_of("'it''s'!A1"), sheet_of("Temuan!$A$1"), sheet_of("#REF!")
        ('RAK 2024', "it's", 'Temuan', '')
    """
    before, mark, _ = reference.rpartition("!")
    if not mark or before.startswith("#"):
        return ""
    if before.startswith("'") and before.endswith("'"):
        return before[1:-1].replace("''", "'")
    return before

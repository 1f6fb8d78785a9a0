"""A plan's changes put into its author's CSV: untouched goals keep their bytes, else cells change."""

from collections.abc import Mapping

from rak_excel.files import csv_text
from rak_excel.files.csv_patch.keys import KeyLines
from rak_excel.files.csv_patch.records import Record, Sheet, sheet_of
from rak_excel.files.csv_patch.rows import patched
from rak_excel.files.csv_patch.table import Table, new_table
from rak_excel.nodes import Mapping as MappingNode
from rak_excel.plan.model import Plan

__all__ = ["patch"]


def patch(data: bytes, ours: Plan, merged: Plan, sources: Mapping[str, str]) -> bytes:
    """The file changed from `ours` to `merged`.

    `ours` is what the file was read as.  `sources` maps the path of a part of `merged` to the path of the
    part of `ours` that it comes from; a part without one is new.

    The caller reads the result again: if it is not `merged`, nothing may be written.  A table cannot tell
    everything apart, such as a kegiatan without a target below one that has one.
    """
    if ours == merged:
        return data
    read = csv_text.read(data)
    root = read.roots[0]
    sheet = sheet_of(data, read.sniffed)
    ended = not sheet.records or bool(sheet.records[-1].end)
    heading = _heading(sheet, root)
    keys = KeyLines(sheet, root, heading)
    if ours.sasaran != merged.sasaran:
        heading = heading or new_table(sheet)
        start = sheet.records.index(heading) + 1
        table = Table(sheet, root, heading, keys.lines, ours)
        table.add_columns(merged)
        sheet.records[start:] = patched(table, merged, sources)
    keys.patch(ours, merged, sources)
    if sheet.records and not ended:
        sheet.records[-1].end = ""
    written = sheet.bytes()
    # what is left of a text in cp1252 may look like UTF-8
    doubtful = read.sniffed.encoding == "cp1252" and not written.isascii()
    if doubtful and csv_text.read(written).sniffed.encoding != "cp1252":
        return sheet.bytes(safe=True)
    return written


def _heading(sheet: Sheet, root: MappingNode) -> Record | None:
    line = next((key.line for key, _ in root.entries if key.text == "sasaran"), None)
    return next((record for record in sheet.records if record.line == line), None)

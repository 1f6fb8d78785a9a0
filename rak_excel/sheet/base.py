"""What a workbook still carries unseen: its identity, and the base, the plan that it was built from.

The other half of `carriers`.  Any of it may be lost on the way through other programs.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Words
from rak_excel.plan.canonical import from_json
from rak_excel.plan.model import FORMAT_VERSION, Plan
from rak_excel.sheet.carriers import Shown, checksum, seal
from rak_excel.sheet.grid import HIDDEN_SHEET
from rak_excel.sheet.seen import SeenBook, SeenSheet

_KEY: Final = re.compile(r"([0-9a-f]{8})-([1-9]\d{0,3})-([1-9]\d{0,6})", re.ASCII)
_FACTS: Final = frozenset({"format", "layout", "document", "fingerprint", "sheet", "sum", "base"})
_TEXTS: Final = frozenset({"uraian", "pelaksana"})
"""The keys of a base under which long texts stand."""


class Key(NamedTuple):
    """The id of a row: the document it was built in, the plan, and the kegiatan, counted from 1."""

    document: str
    plan: int
    number: int


def key_of(text: str) -> Key | None:
    """The id that a cell holds, or `None`.

    Examples:
        >>> key_of("01234567-1-12")
        Key(document='01234567', plan=1, number=12)
        >>> key_of("0123-1") is None
        True
    """
    match = _KEY.fullmatch(text)
    return Key(match[1], int(match[2]), int(match[3])) if match else None


class Carried(NamedTuple):
    """What a workbook carries, as far as it is there; `ours` tells that anything of it is.

    `layouts` are names and versions, `sheets` the sheets' names when it was built, one a plan; `plans` is
    the base, empty where it is lost.
    """

    ours: bool
    document: str
    layouts: tuple[tuple[str, int], ...]
    fingerprint: str
    sheets: tuple[str, ...]
    plans: tuple[Plan, ...]
    findings: tuple[Finding, ...]


def carried(book: SeenBook) -> Carried:
    """Read what a workbook carries; what is lost or damaged is a note, as long as something is left."""
    hidden = book.sheet(HIDDEN_SHEET)
    facts = list(_facts(hidden)) if hidden is not None else []
    first = dict(reversed(facts))
    properties = {
        name: book.properties.get(f"rak_{name}", "") for name in ("layout", "document", "fingerprint")
    }
    has_sheet, has_properties = bool(facts), any(properties.values())
    has_keys = any(True for _ in keys_of(book))
    ours = has_sheet or has_properties or has_keys
    findings: list[Finding] = []
    if ours and not has_sheet:
        apa = Words(
            f"lembar {HIDDEN_SHEET} dengan rencana asalnya", f"sheet {HIDDEN_SHEET} with its base plan"
        )
        findings.append(rules.PEMBAWA_HILANG.at(apa=apa))
    if ours and not has_properties:
        apa = Words("sifat dokumen rak_…", "the document properties rak_…")
        findings.append(rules.PEMBAWA_HILANG.at(apa=apa))
    document = first.get("document") or properties["document"]
    text = "".join(value for key, value in facts if key == "base")
    plans, fault = _base(text, first, document, _shown(book))
    if has_sheet and fault is not None:
        findings.append(rules.DASAR_RUSAK.at(sebab=fault))
    return Carried(
        ours=ours,
        document=document,
        layouts=tuple(_layouts(first.get("layout") or properties["layout"])),
        fingerprint=first.get("fingerprint") or properties["fingerprint"],
        sheets=tuple(value for key, value in facts if key == "sheet"),
        plans=plans,
        findings=tuple(findings),
    )


def unladen(book: SeenBook) -> SeenBook:
    """The workbook without the cells of what it carries."""
    sheets = (
        replace(sheet, rows={}) if sheet.name.lower() == HIDDEN_SHEET else sheet for sheet in book.sheets
    )
    return replace(book, sheets=tuple(sheets))


def _facts(sheet: SeenSheet) -> Iterator[tuple[str, str]]:
    """The keys of the hidden sheet with their values."""
    for cells in sheet.rows.values():
        key = cells.get(1)
        if key is not None and key.text in _FACTS:
            value = cells.get(2)
            yield key.text, value.text if value is not None else ""


def _layouts(told: str) -> Iterator[tuple[str, int]]:
    for one in told.split():
        name, _, version = one.partition("/")
        yield name, int(version) if re.fullmatch(r"[0-9]{1,4}", version) else 0


def _shown(book: SeenBook) -> dict[str, str]:
    """The texts that the sheets show."""
    shown = (sheet for sheet in book.sheets if sheet.name.lower() != HIDDEN_SHEET)
    return {
        cell.text: cell.text for sheet in shown for cells in sheet.rows.values() for cell in cells.values()
    }


def _base(
    text: str, facts: Mapping[str, str], document: str, shown: Mapping[str, str]
) -> tuple[tuple[Plan, ...], Words | None]:
    """The base plans, or why there are none; of a text that the sheets show there is no second copy."""

    def shared(told: dict[str, Any]) -> dict[str, Any]:
        for key in _TEXTS & told.keys():
            told[key] = shown.get(told[key], told[key])
        return told

    version = facts.get("format", str(FORMAT_VERSION))
    if version != str(FORMAT_VERSION):
        return (), Words(f"bentuknya versi {version}", f"its format is version {version}")
    if facts.get("sum") != checksum(text):
        return (), _NOT_WHOLE
    try:
        told: Any = json.loads(text, object_hook=shared)
        plans = from_json(told)
        content = str(told["hash"])
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return (), _NOT_WHOLE
    if document and content[: len(document)] != document:
        return (), Words("milik dokumen lain", "it is another document's")
    return plans, None


_NOT_WHOLE: Final = Words("isinya terpotong atau berubah", "it is cut off or changed")


def keys_of(book: SeenBook) -> Iterator[tuple[str, int, int, Key]]:
    """Every id of the workbook: sheet, row, column and what it says."""
    for sheet in book.sheets:
        for row, column, cell in sheet.cells():
            if cell.text[8:9] == "-" and (key := key_of(cell.text)) is not None:
                yield sheet.name, row, column, key


def fingerprint_of(book: SeenBook) -> str:
    """The fingerprint of a workbook as it is now: equal to the carried one where nothing was edited."""
    return seal(
        Shown(
            sheet.name,
            (
                (row - 1, column - 1, cell.kind, cell.text)
                for row, column, cell in sheet.cells()
                if cell.text and not (cell.text[8:9] == "-" and _KEY.fullmatch(cell.text))
            ),
            sheet.merges,
        )
        for sheet in book.sheets
        if sheet.state == "visible" and sheet.name != HIDDEN_SHEET
    )

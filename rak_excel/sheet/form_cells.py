"""The cells of an input sheet that change, as they stand once its rows have moved."""

from decimal import Decimal
from typing import NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Place, Words
from rak_excel.plan.values import rupiah
from rak_excel.sheet.form_reader import FormSheet
from rak_excel.sheet.form_typing import Typed
from rak_excel.sheet.layout import Layout
from rak_excel.sheet.moving import CellEdit, Extent, Spot
from rak_excel.sheet.seen import Seen, SeenSheet

_EMPTY = Words("kosong", "blank")


class Page(NamedTuple):
    """An input sheet: how it was read, what its cells hold, how large it is drawn, and its form."""

    sheet: FormSheet
    seen: SeenSheet
    extent: Extent
    layout: Layout


class Told(NamedTuple):
    """A formula whose value the plan has: where it stood, and what the plan has there."""

    place: Place
    formula: str
    value: Typed

    @property
    def finding(self) -> Finding:
        """What is told where the value is written over the formula."""
        value = self.value
        shown = rupiah(value) if isinstance(value, int) and not isinstance(value, bool) else value
        isi = _EMPTY if shown in (None, "") else f"“{shown}”"
        return rules.RUMUS_DIGANTI.at(place=self.place, rumus=f"={self.formula}", isi=isi)


class Cells:
    """Gathers what is written; formulas that are written over are told, those that stay are remembered."""

    def __init__(self, seen: SeenSheet) -> None:
        self.seen = seen
        self.edits: dict[Spot, CellEdit] = {}
        self.shown: dict[Spot, Told] = {}
        self.findings: list[Finding] = []

    def raw(self, row: int | None, column: int) -> Seen | None:
        """What a cell holds, whether or not a merge lies over it."""
        return self.seen.rows.get(row, {}).get(column) if row is not None else None

    def put(self, at: Spot, value: Typed, old: Spot | None, like: Spot | None = None) -> None:
        """Write a value into the cell that stood at `old`."""
        raw = self.raw(*old) if old is not None else None
        if raw is not None and raw.formula and old is not None:
            self.findings.append(self._told(old, raw, value).finding)
        self.edits[at] = CellEdit(*at, value, like=like)

    def keep(self, at: Spot, value: Typed, old: Spot) -> None:
        """Leave a cell as it is; if it is a formula, what the plan has must still be read there."""
        raw = self.raw(*old)
        if raw is not None and raw.formula:
            self.shown[at] = self._told(old, raw, value)

    def _told(self, old: Spot, raw: Seen, value: Typed) -> Told:
        return Told(Place(*old, self.seen.name), raw.formula, value)


def number_in(edit: CellEdit | None, raw: Seen | None) -> Decimal | None:
    """The number that a cell holds after an edit, as a sum counts it; `None` where it holds none."""
    if edit is not None:
        value = edit.value
        return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
    if raw is None or raw.kind not in ("number", "percent"):
        return None
    return Decimal(raw.text) / (100 if raw.kind == "percent" else 1)

"""A form as data: paper, columns, bands, merges, titles and signature.

A layout holds data and never logic; what varies between forms is a named option of this module.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from rak_excel.plan.model import Band, Form, Penandatangan
from rak_excel.sheet.measure import pixels

Merge = Literal["", "sasaran", "indikator", "bersama"]
CM: Final = 72 / 2.54
"""Points in a centimetre."""

LEAST_SCALE: Final = 40
"""Per cent; below it a 10 point text is printed at less than 4 points."""


class Paper(NamedTuple):
    """A paper: Excel's code for it, and its short and long side in points (ECMA-376, 18.3.1.63)."""

    code: int
    short: float
    long: float


PAPERS: Final[dict[str, Paper]] = {"F4": Paper(14, 612.0, 936.0), "A4": Paper(9, 595.3, 841.9)}


class Look(NamedTuple):
    """How a role looks; only the writer says it in Excel's words."""

    align: str = "left"
    valign: str = "center"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    wrap: bool = True
    border: bool = False
    shrink: bool = False
    indent: int = 0
    number: str = ""
    fill: str = ""
    size: float = 0


# Indonesian grouping on any computer that honours the mark (LibreOffice); others show their own
_RUPIAH: Final = "[$-421]#,##0"

ROLES: Final[dict[str, Look]] = {
    "judul": Look(align="center", bold=True),
    "keterangan": Look(),
    "kepala": Look(align="center", bold=True, border=True),
    "teks": Look(border=True),
    "tengah": Look(align="center", border=True),
    "kanan": Look(align="right", border=True),
    "centang": Look(align="center", border=True),
    "rupiah": Look(align="right", border=True, wrap=False, shrink=True, indent=1, number=_RUPIAH),
    "jumlah": Look(align="center", bold=True, border=True),
    "jumlah_rupiah": Look(
        align="right",
        bold=True,
        border=True,
        wrap=False,
        shrink=True,
        indent=1,
        number=f'{_RUPIAH};-#,##0;"-"',
    ),
    "penandatangan": Look(align="center"),
    "nama": Look(align="center", bold=True),
    "kunci": Look(wrap=False),
}
"""The roles a cell can have, and how they look unless a layout says otherwise."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table.  `period` counts from 1 inside a band; `band` is the heading above it."""

    field: str
    heading: str
    width: float
    style: str
    merge: Merge = ""
    band: str = ""
    period: int = 0

    @property
    def is_money(self) -> bool:
        """Whether the column holds rupiah: costs, or the periods of a band of amounts."""
        return self.field == "kegiatan.biaya" or (self.period > 0 and self.style == "rupiah")


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins, in points."""

    paper: str
    landscape: bool
    top: float
    right: float
    bottom: float
    left: float
    footer: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block: lines above the room to sign, the name, lines below.

    `blocks` gives for each number of signatories the first and last column of every block.  A line is a
    tuple of choices, of which the first without a blank placeholder is printed.  `opening` gives, as `blocks`
    does, what a block prints for a signatory whose `pengantar` is blank.
    """

    keep_with_rows: int
    space: int
    blocks: dict[int, tuple[tuple[int, int], ...]]
    above: tuple[tuple[str, ...], ...]
    name: str
    below: tuple[tuple[str, ...], ...]
    opening: dict[int, tuple[str, ...]]

    def told(self, signatories: Sequence[Penandatangan]) -> list[dict[str, str]]:
        """What each block tells of its signatory, by the fields that lines can ask for."""
        openings = self.opening.get(len(signatories), ("",) * len(signatories))
        made = [{key: getattr(one, key) for key in Penandatangan.__dataclass_fields__} for one in signatories]
        for one, opening in zip(made, openings, strict=True):
            one["pengantar"] = one["pengantar"] or opening
        return made


@dataclass(frozen=True, slots=True)
class Layout:
    """One form, whole."""

    name: str
    version: int
    about: str
    page: Page
    font: str
    size: float
    title: tuple[str, ...]
    info: tuple[str, ...]
    columns: tuple[Column, ...]
    looks: dict[str, Look]
    signature: Signature
    total: str = ""
    total_fields: tuple[str, ...] = ()
    tick: str = "√"
    column_numbers: bool = False

    @property
    def form(self) -> Form:
        """What a plan must contain to be printed on this layout."""
        bands = {column.field: None for column in self.columns if column.period}
        kinds = {column.field: column.style for column in self.columns}
        return Form(
            name=self.name,
            fields=frozenset(column.field for column in self.columns),
            bands=tuple(Band(field.removeprefix("kegiatan."), _kind_of(kinds[field])) for field in bands),
            percent=any(
                column.field == "kegiatan.target" and "%" in column.heading for column in self.columns
            ),
            signatories=max(self.signature.blocks),
            usual_signatories=max(self.signature.opening, default=1),
        )

    @property
    def totals(self) -> list[int]:
        """The columns that the total row sums, from 0."""
        return [at for at, column in enumerate(self.columns) if column.field in self.total_fields]

    def on_paper(self, kertas: str) -> "Layout":
        """The same form on another paper; `""` leaves it as it is."""
        return replace(self, page=replace(self.page, paper=kertas)) if kertas else self

    @property
    def column_points(self) -> float:
        """The table's width on paper, in points, the same in Excel and LibreOffice."""
        return sum(0.75 * pixels(column.width) for column in self.columns)

    @property
    def paper_points(self) -> tuple[float, float]:
        """Width and height of the paper's printable part in points."""
        paper = PAPERS[self.page.paper]
        width, height = (paper.long, paper.short) if self.page.landscape else (paper.short, paper.long)
        return width - self.page.left - self.page.right, height - self.page.top - self.page.bottom

    @property
    def scale(self) -> int:
        """The print scale in per cent at which the columns fit the paper's width."""
        return min(100, int(100 * self.paper_points[0] / self.column_points))


def _kind_of(style: str) -> Literal["tick", "value", "rupiah"]:
    return "tick" if style == "centang" else "rupiah" if style == "rupiah" else "value"


PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
"""A bare field name in braces: all that a layout's texts can ask for."""


def fill(template: str, values: dict[str, str]) -> str:
    """Put values into a template; `""` where one of them is blank.

    Examples:
        >>> fill("NIP. {nip}", {"nip": ""})
        ''
        >>> fill("{tempat}, {tanggal}", {"tempat": "Lahat", "tanggal": "2 Januari 2024"})
        'Lahat, 2 Januari 2024'
    """
    names = PLACEHOLDER.findall(template)
    if any(not values[name] for name in names):
        return ""
    return PLACEHOLDER.sub(lambda found: values[found[1]], template)

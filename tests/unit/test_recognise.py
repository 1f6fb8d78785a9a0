"""An edited workbook is read for what a person sees; what cannot be read is told with its cell."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from rak_excel import api, loading, report
from rak_excel.findings import column_letters
from rak_excel.nodes import Node, Scalar, Sequence
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.checks import check
from rak_excel.plan.codec import decode
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.sheet.grid import Formula, Range
from rak_excel.sheet.recognise import Recognised, SheetRead, recognise
from rak_excel.sheet.seen import Kind, Seen, SeenBook, SeenSheet
from rak_excel.sheet.sight import Sight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rak_excel.findings import Finding
    from rak_excel.sheet.grid import Book, Value
    from rak_excel.sheet.layout import Layout

_KPU = loading.layout_named("kpu").layout
assert _KPU is not None
KPU: Final[Layout] = _KPU

# --- a workbook under somebody's hands -------------------------------------------------------------------


def seen(value: Value) -> Seen:
    """A drawn value as a reader hands it over."""
    if isinstance(value, Formula):
        return Seen(str(value.result), "number", value.text)
    return Seen(str(value), "text" if isinstance(value, str) else "number")


@dataclass
class Page:
    """One sheet that is edited; cells are named as Excel names them."""

    name: str
    cells: dict[tuple[int, int], Seen]
    merges: list[Range]
    state: Any = "visible"
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)

    def put(
        self, cell: str, text: str, kind: Kind = "text", formula: str = "", *, stored: bool = True
    ) -> None:
        """Type into a cell; an empty text clears it."""
        self.cells[place(cell)] = Seen(text, kind, formula, stored)
        if not text and not formula:
            del self.cells[place(cell)]

    def clear(self, *cells: str) -> None:
        """Delete what cells hold."""
        for cell in cells:
            self.cells.pop(place(cell), None)

    def merge(self, area: str, *, keep: bool = False) -> None:
        """Merge cells as Excel does: only the first value stays, unless another program keeps the others."""
        one = rectangle(area)
        self.merges = [other for other in self.merges if not inside(one, other)]
        self.merges.append(one)
        for row in range(one.first_row + 1, one.last_row + 2):
            for column in range(one.first_column + 1, one.last_column + 2):
                if not keep and (row, column) != (one.first_row + 1, one.first_column + 1):
                    self.cells.pop((row, column), None)

    def unmerge(self, cell: str) -> None:
        """Take the merge away that begins in a cell."""
        row, column = place(cell)
        before = len(self.merges)
        self.merges = [one for one in self.merges if one[:2] != (row - 1, column - 1)]
        assert len(self.merges) < before

    def insert_row(self, at: int) -> None:
        """Insert a blank row: merges that it falls into grow."""
        self.cells = {(row + (row >= at), column): cell for (row, column), cell in self.cells.items()}
        self.merges = [
            one._replace(
                first_row=one.first_row + (one.first_row + 1 >= at),
                last_row=one.last_row + (one.last_row + 1 >= at),
            )
            for one in self.merges
        ]

    def delete_row(self, at: int) -> None:
        """Delete a row; of a merge whose first row goes, Excel keeps the value."""
        for one in self.merges:
            corner = (one.first_row + 1, one.first_column + 1)
            if one.first_row + 1 == at <= one.last_row and corner in self.cells:
                self.cells[corner[0] + 1, corner[1]] = self.cells[corner]
        self.cells = {
            (row - (row > at), column): cell for (row, column), cell in self.cells.items() if row != at
        }
        self.merges = [
            one._replace(
                first_row=one.first_row - (one.first_row + 1 > at),
                last_row=one.last_row - (one.last_row + 1 >= at),
            )
            for one in self.merges
            if not one.first_row + 1 == one.last_row + 1 == at
        ]
        self.merges = [one for one in self.merges if one[:2] != one[2:]]

    def insert_column(self, letter: str) -> None:
        """Insert a blank column."""
        at = place(f"{letter}1")[1]
        self.cells = {(row, column + (column >= at)): cell for (row, column), cell in self.cells.items()}
        self.merges = [
            one._replace(
                first_column=one.first_column + (one.first_column + 1 >= at),
                last_column=one.last_column + (one.last_column + 1 >= at),
            )
            for one in self.merges
        ]

    def delete_column(self, letter: str) -> None:
        """Delete a column that no merge over several columns begins in."""
        at = place(f"{letter}1")[1]
        self.cells = {
            (row, column - (column > at)): cell for (row, column), cell in self.cells.items() if column != at
        }
        kept = [one for one in self.merges if not one.first_column + 1 == one.last_column + 1 == at]
        self.merges = [
            one._replace(
                first_column=one.first_column - (one.first_column + 1 > at),
                last_column=one.last_column - (one.last_column + 1 >= at),
            )
            for one in kept
        ]

    def copy_row(self, source: int, target: int) -> None:
        """Paste the values of a row over another."""
        for (row, column), cell in list(self.cells.items()):
            if row == source:
                self.cells[target, column] = cell

    def swap_rows(self, one: int, other: int, columns: str = "ABCDEFGHIJKL") -> None:
        """Exchange the cells of two rows in some columns, as sorting them does."""
        for letter in columns:
            first, second = place(f"{letter}{one}"), place(f"{letter}{other}")
            cells = self.cells.pop(first, None), self.cells.pop(second, None)
            for where, cell in ((second, cells[0]), (first, cells[1])):
                if cell is not None:
                    self.cells[where] = cell

    def seen(self) -> SeenSheet:
        """The sheet as a reader hands it over."""
        rows: dict[int, dict[int, Seen]] = {}
        for row, column in sorted(self.cells):
            rows.setdefault(row, {})[column] = self.cells[row, column]
        return SeenSheet(
            self.name,
            self.state,
            rows,
            tuple(self.merges),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.notes,
        )


def place(cell: str) -> tuple[int, int]:
    """Row and column of a cell by its name."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert match is not None, cell
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def rectangle(area: str) -> Range:
    """A range by its name."""
    first, _, last = area.partition(":")
    (top, left), (bottom, right) = place(first), place(last)
    return Range(top - 1, left - 1, bottom - 1, right - 1)


def inside(outer: Range, inner: Range) -> bool:
    """Whether a range begins within another."""
    return (
        outer.first_row <= inner.first_row <= outer.last_row
        and outer.first_column <= inner.first_column <= outer.last_column
    )


@dataclass
class Workbook:
    """The pages of a workbook, with what it carries unseen."""

    pages: list[Page]
    carried: list[tuple[str, ...]]
    properties: dict[str, str]

    @property
    def page(self) -> Page:
        """The first page."""
        return self.pages[0]

    def lose_base(self) -> None:
        """The hidden sheet is gone."""
        self.carried = []

    def lose_ids(self) -> None:
        """The hidden column is gone."""
        for page in self.pages:
            page.cells = {at: cell for at, cell in page.cells.items() if not is_id(cell)}

    def lose_properties(self) -> None:
        """The document properties are gone."""
        self.properties = {}

    def seen(self) -> SeenBook:
        """The workbook as a reader hands it over."""
        sheets = [page.seen() for page in self.pages]
        if self.carried:
            rows = {
                row: {column: Seen(text) for column, text in enumerate(texts, 1) if text}
                for row, texts in enumerate(self.carried, 1)
            }
            sheets.append(SeenSheet("_rak", "veryHidden", rows))
        return SeenBook(tuple(sheets), self.properties, {})


def is_id(cell: Seen) -> bool:
    """Whether a cell holds the id of a row."""
    return re.fullmatch(r"[0-9a-f]{8}-\d+-\d+", cell.text) is not None


def workbook(book: Book) -> Workbook:
    """A drawn book, opened."""
    pages = [
        Page(
            sheet.name,
            {(c.row + 1, c.column + 1): seen(c.value) for c in sheet.cells if c.value not in (None, "")},
            [
                Range(c.row, c.column, c.row + c.rows - 1, c.column + c.columns - 1)
                for c in sheet.cells
                if c.rows * c.columns > 1
            ],
        )
        for sheet in book.sheets
    ]
    return Workbook(pages, list(book.carried), dict(book.properties))


# --- what was understood ---------------------------------------------------------------------------------


def places(node: Node) -> Iterator[tuple[int, int]]:
    """The places of all values below a node."""
    if isinstance(node, Scalar):
        yield node.line, node.column
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from places(item)
    else:
        for _, below in node.entries:
            yield from places(below)


@dataclass
class Reading:
    """A workbook as understood: plans, and the codes of findings with their cells."""

    recognised: Recognised
    plans: list[Plan]
    findings: list[Finding]

    @property
    def plan(self) -> Plan:
        """The only plan."""
        (plan,) = self.plans
        return plan

    @property
    def kegiatan(self) -> list[Kegiatan]:
        """All kegiatan of the only plan."""
        return list(self.plan.kegiatan)

    @property
    def sheet(self) -> SheetRead:
        """The first sheet."""
        return self.recognised.sheets[0]

    @property
    def told(self) -> list[str]:
        """Code and cell of every finding but what the checks say of texts, in order of the cells."""
        cells = [(one.code, one.place.cell if one.place else "") for one in self.findings]
        return [f"{code} {cell}".strip() for code, cell in cells]


def read(opened: Workbook, layouts: list[Layout] | None = None) -> Reading:
    """Recognise and decode; whatever the edit was, every cell of a plan's sheet is accounted for."""
    book = opened.seen()
    made = recognise(book, layouts or [KPU])
    findings = list(made.findings)
    plans = []
    for one in made.sheets:
        decoded = decode(one.root, one.layout.form)
        plans.append(decoded.plan)
        findings += one.findings
        findings += [
            replace(found, place=found.place and found.place._replace(sheet=one.sheet))
            for found in decoded.findings
        ]
        sheet = book.sheet(one.sheet)
        assert sheet is not None
        known = {*places(one.root), *one.decoration, *one.outside}
        left = [f"{column_letters(c)}{r} {cell.text}" for r, c, cell in sheet.cells() if (r, c) not in known]
        assert left == []
        assert not set(places(one.root)) & one.outside
    return Reading(made, plans, findings)


# --- the plan that is edited -----------------------------------------------------------------------------


def kegiatan(
    uraian: str, biaya: Any, ticks: str = "1010", pelaksana: str = "Umum", target: str = "100"
) -> Kegiatan:
    """A kegiatan of the form."""
    return Kegiatan(uraian, target, tuple(tick == "1" for tick in ticks), biaya, pelaksana)


PLAN: Final = Plan(
    tahun=2024,
    unit="Sekretariat KPU Kabupaten Lahat",
    sasaran=(
        Sasaran(
            "Terlaksananya perencanaan",
            (
                Indikator(
                    "Persentase perencanaan",
                    (
                        kegiatan("Rapat", 5_000_000),
                        kegiatan("Cetak", "bersama", "0100", "Hukum"),
                        kegiatan("Kirim", 750_000, "0001"),
                    ),
                ),
                Indikator("Persentase revisi", (kegiatan("Revisi", 1_000, target="90"),)),
            ),
        ),
        Sasaran(
            "Tersedianya data", (Indikator("Nilai data", (kegiatan("Pemutakhiran", None, "1111", "Data"),)),)
        ),
    ),
    penandatangan=(Penandatangan("Sekretaris", "MERY ANGGRAINY", "198205062010122002"),),
    pagu=100_000_000,
)
# rows: 1-2 title, 4-5 unit and year, 7-8 heading, 9-13 kegiatan, 14 JUMLAH, 16 Sekretaris, 20 name, 21 NIP
RAPAT, CETAK, KIRIM, REVISI, DATA = list(PLAN.kegiatan)


@pytest.fixture
def opened() -> Workbook:
    """The official workbook of the plan, open to be edited."""
    return workbook(api.build(PLAN))


def changed(at: int, **fields: Any) -> list[Kegiatan]:
    """The kegiatan of the plan with one of them edited."""
    rows = list(PLAN.kegiatan)
    rows[at] = replace(rows[at], **fields)
    return rows


# Nothing was edited


def test_an_unedited_workbook_is_the_plan_it_was_built_from(opened: Workbook) -> None:
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == []
    assert reading.recognised.unedited


def test_every_kegiatan_is_tied_to_its_own_in_the_base(opened: Workbook) -> None:
    sheet = read(opened).sheet

    assert sheet.base == 0
    assert len(sheet.hints) == 5
    assert all(now == before for now, before in sheet.hints.items())


def test_a_changed_value_or_merge_is_an_edit(opened: Workbook) -> None:
    opened.page.put("J9", "6000000", "number")
    typed = read(opened).recognised.unedited
    other = workbook(api.build(PLAN))
    other.page.unmerge("J9")

    assert (typed, read(other).recognised.unedited) == (False, False)


def test_a_page_with_everything_lost_is_still_the_printed_plan(opened: Workbook) -> None:
    opened.lose_base()
    opened.lose_ids()
    opened.lose_properties()
    reading = read(opened)

    assert reading.plan == replace(PLAN, pagu=None)
    assert reading.told == ["RAK432 A7"]


@pytest.mark.parametrize(
    ("lose", "told"),
    [
        (Workbook.lose_base, ["RAK430", "RAK432 A7"]),
        (Workbook.lose_ids, ["RAK430 A8"]),
        (Workbook.lose_properties, ["RAK430"]),
    ],
)
def test_losing_one_carrier_is_a_note(opened: Workbook, lose: Any, told: list[str]) -> None:
    lose(opened)
    reading = read(opened)

    assert content_hash((replace(reading.plan, pagu=PLAN.pagu),)) == content_hash((PLAN,))
    assert reading.told == told


def test_a_base_that_is_cut_off_is_a_note(opened: Workbook) -> None:
    opened.carried = [
        (key, value[:-9] if key == "base" else value, *rest) for key, value, *rest in opened.carried
    ]
    reading = read(opened)

    assert reading.plan == replace(PLAN, pagu=None)
    assert reading.told == ["RAK431", "RAK432 A7"]


def damaged_base(old: str, new: str, *, sealed: bool) -> Callable[[Workbook], None]:
    """A base with one thing changed in its text; `sealed` by whoever knows how its hash is made."""

    def damage(opened: Workbook) -> None:
        base = "".join(value for key, value, *_ in opened.carried if key == "base")
        assert old in base
        told = json.loads(base.replace(old, new, 1))
        document = told["hash"]
        if sealed:
            meaning = [
                {key: value for key, value in one.items() if key not in ("lembar", "kertas", "tata_letak")}
                for one in told["plans"]
            ]
            text = json.dumps({"plans": meaning, "version": 1}, sort_keys=True, separators=(",", ":"))
            document = told["hash"] = hashlib.sha256(text.encode()).hexdigest()
        others = [row for row in opened.carried if row[0] not in ("base", "document")]
        opened.carried = [*others, ("document", document), ("base", json.dumps(told))]

    return damage


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"pagu":100000000', '"pagu":"100000000"'), ('"pagu":100000000', '"pagu":1.5'),
        ('"tahun":2024', '"tahun":"2024"'), ('"tahun":2024', '"tahun":true'),
        ('"judul":"', '"judul":7,"x":"'), ('"uraian":"', '"uraian":7,"x":"'),
        ('"indikator":[', '"indikator":[null,'), ('"biaya":', '"biaya":1.5,"x":'),
        ('"pelaksana":"', '"pelaksana":["x"],"x":"'), ('"triwulan":[', '"triwulan":[1,'),
        ('"triwulan":[', '"triwulan":"abcd","x":['), ('"nip":"', '"nip":["1"],"x":"'),
        ('"sasaran":[', '"sasaran":{"a":1},"x":['),
    ],
)  # fmt: skip
def test_a_base_of_another_shape_is_a_note_whoever_sealed_it(old: str, new: str, opened: Workbook) -> None:
    damaged_base(old, new, sealed=True)(opened)
    reading = read(opened)

    assert reading.plan == replace(PLAN, pagu=None)
    assert reading.told[:1] == ["RAK431"]


def test_a_base_that_says_other_than_its_hash_invents_no_pagu(opened: Workbook) -> None:
    damaged_base('"pagu":100000000', '"pagu":100000001', sealed=False)(opened)
    reading = read(opened)

    assert reading.plan == replace(PLAN, pagu=None)
    assert reading.told == ["RAK431", "RAK432 A7"]


def test_a_merge_beyond_the_last_cell_is_not_walked_over() -> None:
    """A thousand of them, each as wide as Excel's sheet, would take seconds."""
    below, right, over = Range(5, 0, 5, 16_383), Range(0, 9, 3, 16_383), Range(0, 0, 9, 9)
    cells = {1: {1: Seen("a")}, 2: {2: Seen("b")}}
    sight = Sight(SeenSheet("RAK", "visible", cells, (below, right, over), frozenset(), frozenset(), {}))

    assert sight.boxes == {(1, 1): (2, 2)}
    assert {column: [*rows] for column, rows in sight.over.items()} == {1: [2], 2: [1, 2]}


# Values


@pytest.mark.parametrize(
    ("cell", "text", "kind", "at", "fields"),
    [
        ("J11", "800000", "number", 2, {"biaya": 800_000}),
        ("J11", "Rp 800.000", "text", 2, {"biaya": 800_000}),
        ("J11", "-", "text", 2, {"biaya": None}),
        ("J11", "0", "number", 2, {"biaya": 0}),
        ("J9", "8e+6", "number", 0, {"biaya": 8_000_000}),
        ("J12", "bersama", "text", 3, {"biaya": "bersama"}),
        ("E9", "Rapat besar", "text", 0, {"uraian": "Rapat besar"}),
        ("K13", "Umum", "text", 4, {"pelaksana": "Umum"}),
        ("D9", "95", "percent", 0, {"target": "95"}),
        ("D9", "1.125", "number", 0, {"target": "1.125"}),
        ("D9", "WTP", "text", 0, {"target": "WTP"}),
        ("G9", "TRUE", "boolean", 0, {"triwulan": (True, True, True, False)}),
        ("G9", "1", "number", 0, {"triwulan": (True, True, True, False)}),
        ("F9", "FALSE", "boolean", 0, {"triwulan": (False, False, True, False)}),
        ("F9", "-", "text", 0, {"triwulan": (False, False, True, False)}),
    ],
)
def test_a_value_is_read_as_it_was_typed(
    opened: Workbook, cell: str, text: str, kind: Kind, at: int, fields: dict[str, Any]
) -> None:
    opened.page.put(cell, text, kind)
    reading = read(opened)

    assert reading.kegiatan == changed(at, **fields)
    assert reading.told == []


@pytest.mark.parametrize(
    ("cell", "text", "kind", "code"),
    [
        ("J11", "306.461", "number", "RAK110"),
        ("J11", "50", "percent", "RAK110"),
        ("J11", "-5", "number", "RAK110"),
        ("J11", "#REF!", "error", "RAK450"),
        ("J11", "2024-01-02", "date", "RAK451"),
        ("J11", "TRUE", "boolean", "RAK452"),
        ("D9", "2024-03-01", "date", "RAK451"),
        ("E9", "#N/A", "error", "RAK450"),
        ("K9", "TRUE", "boolean", "RAK452"),
        ("F9", "25", "number", "RAK113"),
        ("F9", "#NAME?", "error", "RAK450"),
    ],
)
def test_a_value_that_lost_what_was_typed_is_an_error_at_its_cell(
    opened: Workbook, cell: str, text: str, kind: Kind, code: str
) -> None:
    opened.page.put(cell, text, kind)

    assert read(opened).told == [f"{code} {cell}"]


@pytest.mark.parametrize("digits", ["1.98205062010122e+17", "198205062010122002", "198205062010122000"])
def test_a_nip_that_became_a_number_is_ruined(opened: Workbook, digits: str) -> None:
    opened.page.put("F21", digits, "number")

    assert read(opened).told == ["RAK116 F21"]


def test_a_formula_that_was_never_calculated_is_an_error(opened: Workbook) -> None:
    opened.page.put("J11", "", "number", "J9*2", stored=False)
    reading = read(opened)

    assert reading.told == ["RAK411 J11"]
    assert reading.findings[0].path == "sasaran[0].indikator[0].kegiatan[2].biaya"


def test_a_formula_with_a_value_is_read_with_a_note(opened: Workbook) -> None:
    opened.page.put("J11", "10000000", "number", "J9*2")
    reading = read(opened)

    assert reading.kegiatan == changed(2, biaya=10_000_000)
    assert reading.told == ["RAK412 J11"]


def test_a_checkbox_that_libreoffice_made_a_formula_is_a_tick(opened: Workbook) -> None:
    opened.page.put("G9", "TRUE", "boolean", "TRUE()")

    assert read(opened).told == []


# Rows


def test_a_row_inserted_into_a_group_belongs_to_it(opened: Workbook) -> None:
    opened.page.insert_row(10)
    for cell, text in (("D10", "100"), ("E10", "Undang"), ("F10", "√"), ("K10", "Umum")):
        opened.page.put(cell, text)
    reading = read(opened)

    assert [one.uraian for one in reading.kegiatan] == [
        "Rapat",
        "Undang",
        "Cetak",
        "Kirim",
        "Revisi",
        "Pemutakhiran",
    ]
    assert [one.biaya for one in reading.kegiatan[:3]] == [5_000_000, "bersama", "bersama"]
    assert len(reading.plan.sasaran[0].indikator[0].kegiatan) == 4
    assert len(reading.sheet.hints) == 5


def test_a_row_inserted_directly_above_the_total_is_read(opened: Workbook) -> None:
    opened.page.insert_row(14)
    for cell, text in (("D14", "50"), ("E14", "Arsip"), ("I14", "v"), ("J14", "1.000"), ("K14", "Umum")):
        opened.page.put(cell, text)

    assert read(opened).plan.sasaran[1].indikator[0].kegiatan[1] == kegiatan(
        "Arsip", 1000, "0001", target="50"
    )


def test_a_new_goal_with_its_own_number_needs_no_merge(opened: Workbook) -> None:
    opened.page.insert_row(13)
    new = {
        "A": "2",
        "B": "Terbitnya laporan",
        "C": "Jumlah",
        "D": "2 Lap",
        "E": "Tulis",
        "F": "√",
        "J": "-",
        "K": "Umum",
    }
    for column, text in new.items():
        opened.page.put(f"{column}13", text)
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran] == [
        "Terlaksananya perencanaan",
        "Terbitnya laporan",
        "Tersedianya data",
    ]
    assert reading.told == ["RAK422 A14"]


def test_a_deleted_row_is_gone(opened: Workbook) -> None:
    opened.page.delete_row(11)
    reading = read(opened)

    assert [one.uraian for one in reading.kegiatan] == ["Rapat", "Cetak", "Revisi", "Pemutakhiran"]
    assert reading.sheet.hints["sasaran[0].indikator[1].kegiatan[0]"] == "sasaran[0].indikator[1].kegiatan[0]"


def test_the_first_row_of_a_group_can_be_deleted(opened: Workbook) -> None:
    opened.page.delete_row(9)
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran] == [one.uraian for one in PLAN.sasaran]
    assert reading.kegiatan[0] == replace(CETAK, biaya=5_000_000)


def test_blank_rows_and_hidden_rows_do_not_matter(opened: Workbook) -> None:
    opened.page.insert_row(10)
    opened.page.insert_row(15)
    opened.page.hidden_rows = {11, 12}
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK420 A11"]


def test_sorted_rows_keep_their_ids(opened: Workbook) -> None:
    for cell in ("A9", "B9", "C9", "J9"):
        opened.page.unmerge(cell)
    opened.page.swap_rows(9, 11, "DEFGHIJKL")
    reading = read(opened)

    assert [one.uraian for one in reading.kegiatan[:3]] == ["Kirim", "Cetak", "Rapat"]
    assert reading.sheet.hints["sasaran[0].indikator[0].kegiatan[0]"] == "sasaran[0].indikator[0].kegiatan[2]"


def test_half_sorted_columns_are_read_as_seen_and_the_ids_are_not_followed(opened: Workbook) -> None:
    opened.page.swap_rows(12, 13, "EK")
    reading = read(opened)

    assert [(one.uraian, one.biaya) for one in reading.kegiatan[3:]] == [
        ("Pemutakhiran", 1_000),
        ("Revisi", None),
    ]
    assert reading.told == ["RAK434 A12"]
    assert reading.sheet.hints["sasaran[1].indikator[0].kegiatan[0]"] == "sasaran[0].indikator[1].kegiatan[0]"


def test_a_copied_row_is_new_and_the_first_keeps_the_id(opened: Workbook) -> None:
    opened.page.insert_row(13)
    opened.page.copy_row(12, 13)
    reading = read(opened)

    assert [one.uraian for one in reading.kegiatan[3:]] == ["Revisi", "Revisi", "Pemutakhiran"]
    assert reading.told == ["RAK433 A13", "RAK423 C13"]
    assert "sasaran[0].indikator[1].kegiatan[1]" not in reading.sheet.hints


def test_the_copy_that_was_edited_is_the_new_one_even_if_it_stands_first(opened: Workbook) -> None:
    opened.page.insert_row(12)
    opened.page.copy_row(13, 12)
    opened.page.put("E12", "Revisi kedua")
    reading = read(opened)
    hints = reading.sheet.hints

    assert [one.uraian for one in reading.kegiatan[3:5]] == ["Revisi kedua", "Revisi"]
    assert "sasaran[0].indikator[1].kegiatan[0]" not in hints
    assert hints["sasaran[0].indikator[1].kegiatan[1]"] == "sasaran[0].indikator[1].kegiatan[0]"


def test_rows_pasted_from_another_workbook_are_new(opened: Workbook) -> None:
    opened.page.put("L12", "deadbeef-1-4")
    opened.page.put("E12", "Kegiatan lain")

    assert "sasaran[0].indikator[1].kegiatan[0]" not in read(opened).sheet.hints


def test_a_kegiatan_moved_under_another_goal_is_told_as_that(opened: Workbook) -> None:
    opened.page.insert_row(14)
    opened.page.copy_row(11, 14)
    opened.page.delete_row(11)
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran[1].kegiatan] == ["Pemutakhiran", "Kirim"]
    assert reading.told == ["RAK427 B13", "RAK427 C13"]
    assert reading.sheet.hints["sasaran[1].indikator[0].kegiatan[1]"] == "sasaran[0].indikator[0].kegiatan[2]"


# Merges


def test_unmerged_cells_mean_as_above(opened: Workbook) -> None:
    for cell in ("A9", "B9", "C9"):
        opened.page.unmerge(cell)

    assert read(opened).plan == PLAN
    assert read(opened).told == []


def test_unmerged_and_filled_down_is_the_same_as_merged(opened: Workbook) -> None:
    for cell in ("A9", "B9", "C9"):
        opened.page.unmerge(cell)
    for row in (10, 11, 12):
        opened.page.put(f"A{row}", "1", "number")
        opened.page.put(f"B{row}", PLAN.sasaran[0].uraian)
        if row < 12:
            opened.page.put(f"C{row}", PLAN.sasaran[0].indikator[0].uraian)
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == []


def test_without_base_two_cells_of_one_text_are_read_as_one_with_a_note(opened: Workbook) -> None:
    opened.lose_base()
    opened.page.unmerge("C9")
    opened.page.put("C10", PLAN.sasaran[0].indikator[0].uraian)
    reading = read(opened)

    assert reading.plan == replace(PLAN, pagu=None)
    assert "RAK423 C10" in reading.told


def test_neighbours_of_one_text_that_the_base_holds_apart_stay_apart() -> None:
    twins = (Indikator("Sama", (kegiatan("Satu", 1),)), Indikator("Sama", (kegiatan("Dua", 2),)))
    plan = replace(PLAN, sasaran=(Sasaran("A", twins),))
    reading = read(workbook(api.build(plan)))

    assert reading.plan == plan
    assert reading.told == []


def test_a_cost_merged_by_hand_is_shared_and_counted_once(opened: Workbook) -> None:
    opened.page.unmerge("J9")
    opened.page.merge("J9:J12")
    reading = read(opened)

    assert [one.biaya for one in reading.kegiatan] == [5_000_000, "bersama", "bersama", "bersama", None]


def test_nil_merged_by_hand_is_nil_in_each_row(opened: Workbook) -> None:
    opened.page.unmerge("J9")
    opened.page.put("J9", "-")
    opened.page.merge("J9:J11")

    assert [one.biaya for one in read(opened).kegiatan[:3]] == [None, None, None]


def test_a_shared_cost_that_was_unmerged_is_shared_as_the_base_says(opened: Workbook) -> None:
    opened.page.unmerge("J9")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK425 J10"]


def test_a_shared_cost_that_was_unmerged_under_another_amount_is_blank(opened: Workbook) -> None:
    opened.page.unmerge("J9")
    opened.page.put("J9", "6000000", "number")

    assert read(opened).kegiatan[1].biaya == ""


def test_a_shared_cost_that_was_unmerged_without_base_is_blank(opened: Workbook) -> None:
    opened.lose_base()
    opened.page.unmerge("J9")

    assert read(opened).kegiatan[1].biaya == ""


def test_a_doer_merged_over_rows_is_the_doer_of_each(opened: Workbook) -> None:
    opened.page.merge("K9:K11")

    assert [one.pelaksana for one in read(opened).kegiatan[:3]] == ["Umum", "Umum", "Umum"]


def test_a_kegiatan_split_over_rows_is_one(opened: Workbook) -> None:
    opened.page.insert_row(13)
    opened.page.insert_row(13)
    for column in "ABCDEFGHIJK":
        for one in [one for one in opened.page.merges if inside(rectangle(f"{column}12:{column}12"), one)]:
            opened.page.merges.remove(one)
        opened.page.merge(f"{column}12:{column}14")
    opened.page.merges = [one for one in opened.page.merges if one != rectangle("A12:A14")]
    reading = read(opened)

    assert [one.uraian for one in reading.kegiatan] == [one.uraian for one in PLAN.kegiatan]


def test_a_text_merged_over_rows_that_differ_is_told(opened: Workbook) -> None:
    opened.page.merge("E9:E10")
    reading = read(opened)

    assert [one.uraian for one in reading.kegiatan[:2]] == ["Rapat", "Rapat"]
    assert reading.told == ["RAK424 E10"]


def test_a_value_under_a_merge_is_told_with_its_cell(opened: Workbook) -> None:
    opened.page.merge("K9:K10", keep=True)
    reading = read(opened)

    assert reading.kegiatan[1].pelaksana == "Umum"
    assert reading.told == ["RAK410 K10"]
    assert reading.findings[0].value == "Hukum"


def test_a_tick_merged_over_several_quarters_is_no_plain_tick(opened: Workbook) -> None:
    opened.page.clear("F9", "H9")
    opened.page.put("F9", "√")
    opened.page.merge("F9:I9")

    assert read(opened).told == ["RAK419 F9"]


def test_a_goal_merged_over_the_next_one_takes_its_rows(opened: Workbook) -> None:
    opened.page.unmerge("B9")
    opened.page.merge("B9:B13")
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran] == ["Terlaksananya perencanaan"]
    assert len(reading.kegiatan) == 5


def test_a_blank_target_is_the_one_above_with_a_note(opened: Workbook) -> None:
    opened.page.clear("D10")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK426 D10"]


def test_a_goal_whose_text_was_cleared_is_no_part_of_the_one_above(opened: Workbook) -> None:
    opened.page.clear("B13")
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran] == ["Terlaksananya perencanaan", ""]


def test_renumbering_does_not_cut_a_merged_goal(opened: Workbook) -> None:
    opened.page.unmerge("A9")
    for row in range(9, 14):
        opened.page.put(f"A{row}", str(row - 8), "number")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK422 A13"]


# Columns


def test_columns_may_be_inserted_anywhere(opened: Workbook) -> None:
    for letter in ("F", "C", "A"):
        opened.page.insert_column(letter)

    assert read(opened).plan == PLAN
    assert read(opened).told == []


def test_a_column_moved_to_the_end_is_found_by_its_heading(opened: Workbook) -> None:
    page = opened.page
    page.cells = {(row, 13 if column == 11 else column): cell for (row, column), cell in page.cells.items()}
    page.merges = [
        one._replace(first_column=12, last_column=12) if one.first_column == one.last_column == 10 else one
        for one in page.merges
    ]

    assert read(opened).plan == PLAN


def test_what_stands_in_a_new_column_is_listed(opened: Workbook) -> None:
    opened.page.insert_column("K")
    opened.page.put("K7", "Keterangan")
    opened.page.put("K10", "menunggu revisi")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK126 K7"]
    assert "menunggu revisi" in reading.findings[0].message("id")
    assert (10, 11) in reading.sheet.outside


def test_a_cell_right_of_the_table_is_told(opened: Workbook) -> None:
    opened.page.put("N11", "cek lagi")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK415 N11"]


def test_hidden_columns_are_read_with_a_note(opened: Workbook) -> None:
    opened.page.hidden_columns = {4, 10, 12}
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK421 D7"]


@pytest.mark.parametrize("heading", ["Anggaran (Rp)", "PERKIRAAN\nBIAYA", "Biaya"])
def test_a_heading_renamed_to_another_word_for_it_is_known(opened: Workbook, heading: str) -> None:
    opened.page.put("J7", heading)

    assert read(opened).plan == PLAN
    assert read(opened).told == []


@pytest.mark.parametrize(
    ("cell", "text"), [("J7", "Duit"), ("K7", "Siapa"), ("B7", ""), ("G8", "kapan"), ("E7", "")]
)
def test_a_heading_that_no_one_knows_is_known_by_what_stands_below(
    opened: Workbook, cell: str, text: str
) -> None:
    opened.page.put(cell, text)
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == [f"RAK403 {cell if text else cell[0] + '7'}"]


@pytest.mark.parametrize(
    ("letter", "lost"),
    [
        ("J", "biaya"),
        ("K", "pelaksana"),
        ("B", "sasaran"),
        ("C", "indikator"),
        ("E", "kegiatan"),
        ("G", "triwulan[2]"),
    ],
)
def test_a_deleted_column_is_an_error_that_names_it(opened: Workbook, letter: str, lost: str) -> None:
    opened.page.delete_column(letter)
    reading = read(opened)
    missing = [one for one in reading.findings if one.code == "RAK402"]

    assert len(missing) == 1
    assert reading.sheet.lost == (lost,)


def test_the_checks_do_not_speak_of_a_deleted_column_in_every_row(opened: Workbook) -> None:
    opened.page.delete_column("J")
    reading = read(opened)

    assert [one.code for one in check(reading.plan, reading.sheet.form) if one.is_error] == []


def test_the_number_column_can_be_deleted(opened: Workbook) -> None:
    opened.page.unmerge("A14")
    opened.page.clear("A14")
    opened.page.put("B14", "JUMLAH")
    opened.page.delete_column("A")
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran] == [one.uraian for one in PLAN.sasaran]
    assert [one.code for one in reading.findings if one.is_error] == []


def test_a_column_copied_beside_itself_is_twice(opened: Workbook) -> None:
    opened.page.put("N7", "Perkiraan Biaya")
    opened.page.put("N9", "1", "number")

    assert "RAK127 N7" in read(opened).told


def test_an_unmerged_heading_is_still_one(opened: Workbook) -> None:
    for letter in "ABCDEFJK":
        opened.page.unmerge(f"{letter}7")

    assert read(opened).plan == PLAN


def test_headings_repeated_by_copied_pages_are_passed_over(opened: Workbook) -> None:
    opened.page.insert_row(12)
    opened.page.insert_row(12)
    opened.page.copy_row(7, 12)
    opened.page.copy_row(8, 13)
    opened.page.merges = [
        one for one in opened.page.merges if not (one.first_row < 11 <= one.last_row and one.first_column < 2)
    ]
    reading = read(opened)

    assert [one.uraian for one in reading.kegiatan] == [one.uraian for one in PLAN.kegiatan]
    assert len(reading.plan.sasaran) == 2


def test_a_table_may_stand_anywhere(opened: Workbook) -> None:
    for _ in range(3):
        opened.page.insert_row(1)
        opened.page.insert_column("A")

    assert read(opened).plan == PLAN


# Total


def test_a_total_typed_over_is_told_with_both_numbers(opened: Workbook) -> None:
    opened.page.put("J14", "9000000", "number")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK414 J14"]
    assert reading.findings[0].message() == (
        "jumlah yang tertulis 9.000.000, sedangkan biaya semuanya 5.751.000"
    )


def test_a_total_typed_over_with_the_right_number_is_no_news(opened: Workbook) -> None:
    opened.page.put("J14", "5751000", "number")

    assert read(opened).told == []


@pytest.mark.parametrize("label", ["TOTAL", "Jumlah Total", "jumlah:", "Grand Total"])
def test_a_total_may_have_another_name(opened: Workbook, label: str) -> None:
    opened.page.put("A14", label)

    assert read(opened).plan == PLAN


def test_without_total_the_table_ends_above_the_signature(opened: Workbook) -> None:
    opened.page.delete_row(14)
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == []


def test_a_kegiatan_below_the_total_is_read_and_told(opened: Workbook) -> None:
    opened.page.insert_row(15)
    for cell, text in (("D15", "50"), ("E15", "Arsip"), ("I15", "v"), ("J15", "1.000"), ("K15", "Umum")):
        opened.page.put(cell, text)
    reading = read(opened)

    assert reading.kegiatan[5] == kegiatan("Arsip", 1000, "0001", target="50")
    assert reading.told == ["RAK418 E15"]


def test_a_subtotal_is_left_out_and_told(opened: Workbook) -> None:
    opened.page.insert_row(13)
    opened.page.put("B13", "Jumlah")
    opened.page.put("J13", "5751000", "number")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK137 B13"]


def test_a_line_of_its_own_in_the_table_is_told(opened: Workbook) -> None:
    opened.page.insert_row(13)
    opened.page.put("A13", "KEGIATAN 3355: Dukungan")
    opened.page.merge("A13:K13")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK417 A13"]


# Above the table


@pytest.mark.parametrize(
    ("cell", "text", "fields"),
    [
        ("A1", "PERUBAHAN RENCANA AKSI KINERJA", {"judul": "PERUBAHAN RENCANA AKSI KINERJA"}),
        ("A4", "Unit Organisasi: KPU Kota Batu", {"unit": "KPU Kota Batu"}),
        ("A4", "UNIT ORGANISASI :KPU Kota Batu", {"unit": "KPU Kota Batu"}),
    ],
)
def test_title_lines_are_read(opened: Workbook, cell: str, text: str, fields: dict[str, Any]) -> None:
    opened.page.put(cell, text)
    reading = read(opened)

    assert reading.plan == replace(PLAN, **fields)
    assert reading.told == []


@pytest.mark.parametrize(("cell", "text"), [("A2", "TAHUN 2025"), ("A5", "Tahun Anggaran : 2025")])
def test_a_year_changed_in_one_of_two_places_is_an_error(opened: Workbook, cell: str, text: str) -> None:
    opened.page.put(cell, text)

    assert read(opened).told == ["RAK413 A5"]


def test_a_year_changed_in_both_places_is_the_year(opened: Workbook) -> None:
    opened.page.put("A2", "TAHUN 2025")
    opened.page.put("A5", "Tahun Anggaran : 2025")
    reading = read(opened)

    assert reading.plan.tahun == 2025
    assert reading.told == []


def test_a_year_that_is_none_is_an_error(opened: Workbook) -> None:
    opened.page.put("A2", "TAHUN 2O24")
    opened.page.clear("A5")

    assert read(opened).told == ["RAK114 A2"]


def test_title_lines_may_change_places(opened: Workbook) -> None:
    for cell, text in (("A1", "TAHUN 2024"), ("A2", "RENCANA AKSI KINERJA")):
        opened.page.put(cell, text)
    reading = read(opened)

    assert reading.plan == PLAN


def test_label_and_value_may_stand_in_cells_of_their_own(opened: Workbook) -> None:
    opened.page.unmerge("A4")
    opened.page.put("A4", "Unit Organisasi :")
    opened.page.put("C4", "KPU Kota Batu")

    assert read(opened).plan == replace(PLAN, unit="KPU Kota Batu")


def test_another_line_above_the_table_is_told(opened: Workbook) -> None:
    opened.page.insert_row(1)
    opened.page.put("H1", "Lampiran I")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK416 H1"]


def test_a_deleted_title_is_the_base_s_with_a_note(opened: Workbook) -> None:
    opened.page.clear("A1")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK440 A7"]


# Below the table

FULL: Final = Penandatangan(
    "Sekretaris",
    "MERY ANGGRAINY",
    "198205062010122002",
    pangkat="Pembina (IV/a)",
    tempat="Lahat",
    tanggal="2 Januari 2024",
    pengantar="Mengetahui,",
)


def signed(*signatories: Penandatangan) -> Workbook:
    """The workbook of the plan, signed by others."""
    return workbook(api.build(replace(PLAN, penandatangan=signatories)))


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize(
    "signatories",
    [
        (FULL,),
        (FULL, Penandatangan("Ketua", "SARJANI")),
        (Penandatangan("Ketua", "SARJANI"), FULL),
        (replace(FULL, tempat=""),),
        (replace(FULL, tanggal=""), replace(FULL, nip="", pengantar="", nama="BUDI")),
        (replace(FULL, pengantar="", pangkat=""), replace(FULL, tempat="", tanggal="", nama="BUDI")),
        (replace(FULL, jabatan="a.n. KETUA\nPlt. Sekretaris"),),
    ],
)
def test_signatories_are_read_with_all_that_is_given(
    signatories: tuple[Penandatangan, ...], lost: bool
) -> None:
    opened = signed(*signatories)
    if lost:
        opened.lose_base()

    assert read(opened).plan.penandatangan == signatories


@pytest.mark.parametrize(
    ("cell", "text", "fields"),
    [
        ("F16", "Plt. Sekretaris,", {"jabatan": "Plt. Sekretaris"}),
        ("F16", "Sekretaris", {}),
        ("F20", "SARJANI", {"nama": "SARJANI"}),
        ("F21", "NIP. 19820506 201012 2 002", {}),
        ("F21", "NIP: -", {"nip": ""}),
        ("F21", "'198205062010122002", {}),
    ],
)
def test_lines_of_a_signature_may_be_edited(
    opened: Workbook, cell: str, text: str, fields: dict[str, str]
) -> None:
    opened.page.put(cell, text)
    reading = read(opened)

    assert reading.plan.penandatangan == (replace(PLAN.penandatangan[0], **fields),)
    assert reading.told == []


def test_a_date_typed_into_the_signature_is_read() -> None:
    opened = signed(FULL)
    opened.page.put("F17", "Lahat, 5 Maret 2024")

    assert read(opened).plan.penandatangan == (replace(FULL, tanggal="5 Maret 2024"),)


def test_a_place_with_commas_is_told_as_it_was_read() -> None:
    opened = signed(FULL)
    opened.page.put("F17", "Lahat, Sumatera Selatan, 5 Maret 2024")
    reading = read(opened)

    assert reading.plan.penandatangan[0].tempat == "Lahat, Sumatera Selatan"
    assert reading.told == ["RAK442 F17"]


def test_text_below_the_signature_is_told(opened: Workbook) -> None:
    opened.page.put("A24", "Catatan: biaya belum termasuk pajak,")
    opened.page.put("A25", "lihat lampiran")
    opened.page.put("F24", "Tembusan: arsip")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK416 A24", "RAK416 A25"]
    assert (24, 6) in reading.sheet.outside


def test_a_line_below_the_name_that_is_no_rank_is_told(opened: Workbook) -> None:
    opened.page.insert_row(21)
    opened.page.put("F21", "Berlaku sampai diganti")
    reading = read(opened)

    assert reading.plan.penandatangan[0].pangkat == "Berlaku sampai diganti"
    assert reading.told == ["RAK441 F21"]


def test_a_name_moved_a_column_aside_is_still_the_name(opened: Workbook) -> None:
    opened.page.unmerge("F20")
    opened.page.clear("F20")
    opened.page.put("H20", "MERY ANGGRAINY")

    assert read(opened).plan == PLAN


def test_without_signature_there_is_no_signatory(opened: Workbook) -> None:
    for row in (16, 20, 21):
        opened.page.clear(f"F{row}")

    assert read(opened).plan.penandatangan == ()


# Sheets


TWO: Final = (
    replace(PLAN, lembar="Sekretariat"),
    replace(
        PLAN,
        unit="KPU Kabupaten Lahat",
        sasaran=(Sasaran("Terpilihnya anggota", (Indikator("Jumlah", (kegiatan("Seleksi", 9),)),)),),
        penandatangan=(Penandatangan("Ketua", "SARJANI"),),
    ),
)


def test_each_sheet_is_tied_to_its_plan() -> None:
    reading = read(workbook(api.build(TWO)))

    assert tuple(reading.plans) == TWO
    assert [one.base for one in reading.recognised.sheets] == [0, 1]


def test_a_sheet_given_another_name_has_it_if_the_plan_names_its_sheet() -> None:
    opened = workbook(api.build(TWO))
    opened.pages[0].name = "Sekretariat KPU"
    opened.pages[1].name = "Pimpinan"
    reading = read(opened)

    assert [one.lembar for one in reading.plans] == ["Sekretariat KPU", ""]
    assert [one.base for one in reading.recognised.sheets] == [0, 1]
    assert reading.told == ["RAK408 A1"]


def test_sheets_in_another_order_keep_their_plans() -> None:
    opened = workbook(api.build(TWO))
    opened.pages.reverse()

    assert [one.base for one in read(opened).recognised.sheets] == [1, 0]


def test_sheets_without_names_and_ids_are_known_by_unit_and_role() -> None:
    opened = workbook(api.build(TWO))
    opened.lose_ids()
    opened.pages.reverse()
    opened.pages[0].name, opened.pages[1].name = "Sheet1", "Sheet2"

    assert [one.base for one in read(opened).recognised.sheets] == [1, 0]


def test_a_copied_sheet_is_a_plan_more() -> None:
    opened = workbook(api.build(TWO))
    copy = opened.pages[0]
    opened.pages.insert(0, Page("Sekretariat (2)", dict(copy.cells), list(copy.merges)))
    reading = read(opened)

    assert [one.base for one in reading.recognised.sheets] == [None, 0, 1]
    assert reading.plans[0].sasaran == TWO[0].sasaran


def test_a_deleted_sheet_is_told() -> None:
    opened = workbook(api.build(TWO))
    del opened.pages[1]
    reading = read(opened)

    assert reading.plans == [TWO[0]]
    assert reading.told == ["RAK407"]


def test_other_sheets_are_told_with_their_cells(opened: Workbook) -> None:
    opened.pages.append(Page("Lampiran", {(2, 2): Seen("rincian")}, []))
    opened.pages.append(Page("Arsip", {(1, 1): Seen("rahasia")}, [], state="hidden"))
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK405 B2", "RAK406 A1"]
    assert reading.recognised.extra == ("Lampiran", "Arsip")


def test_a_workbook_without_a_table_is_an_error() -> None:
    opened = Workbook([Page("Sheet1", {(1, 1): Seen("halo"), (2, 1): Seen("Sasaran")}, [])], [], {})

    assert [one for one in read(opened).told if one.startswith("RAK401")] == ["RAK401"]


def test_notes_on_cells_are_told(opened: Workbook) -> None:
    opened.page.notes = {(9, 10): "benarkah?"}

    assert read(opened).told == ["RAK428 J9"]


# What is nowhere plain


def test_a_row_inserted_above_the_first_goal_is_read_as_one_of_it(opened: Workbook) -> None:
    opened.page.insert_row(9)
    for cell, text in (("D9", "100"), ("E9", "Persiapan"), ("F9", "√"), ("J9", "-"), ("K9", "Umum")):
        opened.page.put(cell, text)
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran[0].kegiatan][:2] == ["Persiapan", "Rapat"]
    assert reading.told == ["RAK429 B9", "RAK429 C9"]


def test_a_goal_whose_text_went_with_its_first_row_is_still_a_goal(opened: Workbook) -> None:
    for cell in ("A9", "B9", "C9"):
        opened.page.clear(cell)
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran] == ["", "Tersedianya data"]


def test_a_last_row_whose_goal_lost_its_text_is_no_part_of_the_goal_above(opened: Workbook) -> None:
    opened.page.clear("A13", "B13", "C13")
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran] == ["Terlaksananya perencanaan", ""]


def inserted(opened: Workbook, at: int, uraian: str) -> None:
    """Insert a row and type a kegiatan into it, the cells of its groups left blank."""
    opened.page.insert_row(at)
    for column, text in (("D", "100"), ("E", uraian), ("F", "√"), ("J", "-"), ("K", "Umum")):
        opened.page.put(f"{column}{at}", text)


def test_a_new_row_above_a_goal_that_is_not_number_one_belongs_to_it_too(opened: Workbook) -> None:
    opened.page.put("A9", "2", "number")
    opened.page.put("A13", "1", "number")
    inserted(opened, 9, "Persiapan")
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran[0].kegiatan][:2] == ["Persiapan", "Rapat"]
    assert reading.told == ["RAK429 B9", "RAK429 C9", "RAK422 A10"]


def goals(*rows: tuple[str, ...]) -> Workbook:
    """The official workbook of goals `Sasaran 1`, `Sasaran 2` and so on, each with these kegiatan."""
    parts = tuple(
        Sasaran(
            f"Sasaran {number}",
            (Indikator(f"Indikator {number}", tuple(kegiatan(uraian, 1_000) for uraian in texts)),),
        )
        for number, texts in enumerate(rows, 1)
    )
    return workbook(api.build(replace(PLAN, sasaran=parts)))


def lose_first(opened: Workbook, row: int) -> None:
    """Delete the first row of a goal with its texts and merges, as programs do that do not keep these."""
    page = opened.page
    page.delete_row(row)
    page.merges = [one for one in page.merges if not (one.first_row == row - 1 and one.first_column < 3)]
    page.clear(f"A{row}", f"B{row}", f"C{row}")


def test_a_row_moved_to_a_goal_brings_no_other_row_along() -> None:
    opened = goals(("a", "b"), ("x", "y", "z"))
    opened.page.insert_row(10)
    opened.page.copy_row(12, 10)
    opened.page.clear("A10", "B10", "C10")
    opened.page.delete_row(12)
    lose_first(opened, 12)
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran[0].kegiatan] == ["a", "x", "b", "z"]
    assert reading.told == ["RAK427 B12", "RAK427 C12"]


def test_a_new_row_above_one_whose_goal_lost_its_text_is_told() -> None:
    opened = goals(("a", "b"), ("x", "y", "z"))
    lose_first(opened, 11)
    inserted(opened, 11, "baru")
    reading = read(opened)

    assert [[one.uraian for one in goal.kegiatan] for goal in reading.plan.sasaran] == [
        ["a", "b", "baru"],
        ["y", "z"],
    ]
    assert reading.told == ["RAK427 B11"]


def test_a_row_moved_above_one_whose_goal_lost_its_text_is_told() -> None:
    opened = goals(("a", "b", "c"), ("x", "y", "z"))
    lose_first(opened, 12)
    opened.page.swap_rows(10, 11, "DEFGHIJKL")
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran[0].kegiatan] == ["a", "c", "b"]
    assert reading.told == []

    for row in (9, 11):
        opened.page.clear(f"A{row}", f"B{row}", f"C{row}")
    for column in "ABC":
        opened.page.unmerge(f"{column}9")
    opened.page.put("B9", "Sasaran 1")
    opened.page.put("C9", "Indikator 1")

    assert read(opened).told == ["RAK427 B11"]


def test_rows_below_a_new_goal_whose_own_goal_lost_its_text_are_told() -> None:
    opened = goals(("a",), ("x", "y", "z"))
    inserted(opened, 10, "baru")
    opened.page.put("B10", "Sasaran baru")
    opened.page.put("C10", "Indikator baru")
    lose_first(opened, 11)
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran[1].kegiatan] == ["baru", "y", "z"]
    assert reading.told == ["RAK427 B11", "RAK427 C11"]


def test_goals_that_were_merged_and_unmerged_are_one(opened: Workbook) -> None:
    for column in "AB":
        opened.page.merge(f"{column}9:{column}13")
        opened.page.unmerge(f"{column}9")
    reading = read(opened)

    assert [one.uraian for one in reading.plan.sasaran] == ["Terlaksananya perencanaan"]
    assert [one.uraian for one in reading.plan.sasaran[0].indikator][2] == "Nilai data"
    assert reading.told == ["RAK427 B13"]


def test_a_row_that_was_moved_to_the_head_of_a_goal_and_has_its_text_is_of_it() -> None:
    opened = goals(("a", "b"), ("x", "y", "z"))
    opened.page.copy_row(10, 11)
    opened.page.delete_row(10)
    for column in "ABC":
        opened.page.unmerge(f"{column}10")
        for row in (11, 12):
            opened.page.cells[place(f"{column}{row}")] = opened.page.cells[place(f"{column}10")]
    opened.page.put("B10", "Sasaran 2")
    opened.page.put("C10", "Indikator 2")
    reading = read(opened)

    assert [[one.uraian for one in goal.kegiatan] for goal in reading.plan.sasaran] == [
        ["a"],
        ["b", "y", "z"],
    ]


def test_a_copied_row_does_not_take_the_place_of_the_one_that_was_copied() -> None:
    opened = goals(("a", "b"), ("x", "y", "z"))
    for column in "ABC":
        opened.page.unmerge(f"{column}9")
    opened.page.insert_row(10)
    opened.page.copy_row(13, 10)
    reading = read(opened)

    assert [[one.uraian for one in goal.kegiatan] for goal in reading.plan.sasaran] == [
        ["a", "y", "b"],
        ["x", "y", "z"],
    ]
    assert reading.told == ["RAK433 A10"]


def test_a_copy_above_rows_that_lost_their_goal_is_told_with_them() -> None:
    opened = goals(("a", "b"), ("x", "y", "z"))
    opened.page.insert_row(10)
    opened.page.copy_row(13, 10)
    opened.page.clear("A10", "B10", "C10")
    lose_first(opened, 12)

    assert sorted(read(opened).told) == [
        "RAK427 B12",
        "RAK427 B13",
        "RAK427 C12",
        "RAK427 C13",
        "RAK433 A12",
    ]


def test_a_formula_without_value_in_a_merged_cost_does_not_make_the_others_blank(opened: Workbook) -> None:
    opened.page.put("J9", "", "number", "A1", stored=False)
    reading = read(opened)

    assert [one.biaya for one in reading.kegiatan[:2]] == ["", "bersama"]
    assert reading.told == ["RAK411 J9"]


def test_a_formula_without_value_in_a_title_is_told(opened: Workbook) -> None:
    opened.page.put("A2", "", "text", "X1", stored=False)
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK411 A2"]


def test_a_deleted_name_leaves_the_rest_of_the_signature() -> None:
    opened = signed(FULL)
    opened.page.clear("F22")

    assert read(opened).plan.penandatangan == (replace(FULL, nama=""),)


def test_a_role_alone_is_a_signature_without_name(opened: Workbook) -> None:
    opened.page.clear("F20", "F21")
    reading = read(opened)

    assert reading.plan.penandatangan == (Penandatangan("Sekretaris", ""),)


@pytest.mark.parametrize("note", ["Tembusan: Ketua KPU Provinsi", "Dicetak dari Excel"])
def test_a_note_below_is_not_the_name_that_was_deleted(note: str) -> None:
    opened = signed(Penandatangan("Ketua", "SARJANI"), FULL)
    opened.page.clear("A22")
    opened.page.put("A26", note)
    reading = read(opened)

    assert reading.plan.penandatangan == (Penandatangan("Ketua", ""), FULL)
    assert reading.told == ["RAK416 A26"]


def test_notes_below_with_room_between_them_are_no_signatory(opened: Workbook) -> None:
    opened.page.put("A24", "Dicetak dari Excel")
    opened.page.put("A28", "Untuk arsip")
    reading = read(opened)

    assert reading.plan == PLAN
    assert reading.told == ["RAK416 A24", "RAK416 A28"]


def test_a_role_without_comma_and_a_nip_are_a_signatory_without_name(opened: Workbook) -> None:
    opened.page.put("F16", "Kepala Sub Bagian Hukum")
    opened.page.clear("F20")

    assert read(opened).plan.penandatangan == (
        replace(PLAN.penandatangan[0], jabatan="Kepala Sub Bagian Hukum", nama=""),
    )


def test_without_base_an_opening_and_a_role_are_a_signatory_without_name() -> None:
    opened = signed(Penandatangan("Ketua", "SARJANI", pengantar="Mengetahui,"), FULL)
    opened.lose_base()
    opened.page.clear("A22")

    assert read(opened).plan.penandatangan == (
        Penandatangan("Ketua", "", pengantar="Mengetahui,"),
        FULL,
    )


def test_a_copied_sheet_is_not_the_one_that_was_deleted() -> None:
    opened = workbook(api.build(TWO))
    copy = opened.pages[0]
    opened.pages[1] = Page("Sekretariat (2)", dict(copy.cells), list(copy.merges))
    reading = read(opened)

    assert [one.base for one in reading.recognised.sheets] == [0, None]
    assert reading.told == ["RAK407", "RAK435 A1"]


def test_a_copied_sheet_is_not_that_of_the_office_whose_head_signs_it_too() -> None:
    secretariat, office = TWO
    both = (*office.penandatangan, *secretariat.penandatangan)
    opened = workbook(api.build((replace(secretariat, penandatangan=both), office)))
    copy = opened.pages[0]
    opened.pages[1] = Page("Sekretariat (2)", dict(copy.cells), list(copy.merges))

    assert read(opened).told == ["RAK407", "RAK435 A1"]


def test_a_copied_sheet_has_what_its_twin_does_not_print() -> None:
    opened = workbook(api.build(TWO))
    copy = opened.pages[0]
    opened.pages.append(Page("Sekretariat (2)", dict(copy.cells), list(copy.merges)))
    reading = read(opened)

    assert reading.plans[2] == replace(TWO[0], lembar="Sekretariat (2)")
    assert reading.recognised.sheets[2].hints == {}
    assert reading.told == ["RAK435 A1"]


def test_a_quarter_that_was_deleted_asks_no_row_for_a_period(opened: Workbook) -> None:
    opened.page.delete_column("G")
    reading = read(opened)

    assert not any(check_one.code == "RAK204" for check_one in check(reading.plan, reading.sheet.form))


def test_what_the_form_does_not_print_comes_from_the_base() -> None:
    coded = tuple(replace(one, kode=f"5.0{at}", satuan="%") for at, one in enumerate(PLAN.kegiatan))
    sasaran = PLAN.sasaran[0]
    first, second = sasaran.indikator
    plan = replace(
        PLAN,
        sasaran=(
            replace(
                sasaran, indikator=(replace(first, kegiatan=coded[:3]), replace(second, kegiatan=coded[3:4]))
            ),
            replace(PLAN.sasaran[1], indikator=(replace(PLAN.sasaran[1].indikator[0], kegiatan=coded[4:]),)),
        ),
    )
    edited = workbook(api.build(plan))
    edited.page.swap_rows(9, 11, "DEFGHIKL")
    reading = read(edited)

    assert [(one.uraian, one.kode) for one in reading.kegiatan[:3]] == [
        ("Kirim", "5.02"),
        ("Cetak", "5.01"),
        ("Rapat", "5.00"),
    ]
    edited.lose_base()
    assert [one.kode for one in read(edited).kegiatan[:3]] == ["", "", ""]


def test_without_ids_rows_are_tied_by_their_text(opened: Workbook) -> None:
    opened.lose_ids()
    opened.page.swap_rows(12, 13, "DEFGHIJK")

    assert (
        read(opened).sheet.hints["sasaran[0].indikator[1].kegiatan[0]"]
        == "sasaran[1].indikator[0].kegiatan[0]"
    )


def test_an_edited_row_without_id_is_tied_to_nothing(opened: Workbook) -> None:
    opened.lose_ids()
    opened.page.put("E12", "Revisi besar")

    assert "sasaran[0].indikator[1].kegiatan[0]" not in read(opened).sheet.hints


def test_an_edited_text_keeps_its_id_by_cost_and_doer(opened: Workbook) -> None:
    opened.page.put("E12", "Revisi besar")
    reading = read(opened)

    assert reading.sheet.hints["sasaran[0].indikator[1].kegiatan[0]"] == "sasaran[0].indikator[1].kegiatan[0]"
    assert reading.told == []


def test_a_base_of_another_document_is_not_used(opened: Workbook) -> None:
    facts = [(key, "f" * 64 if key == "document" else value, *rest) for key, value, *rest in opened.carried]
    opened.carried = facts

    assert "RAK431" in read(opened).told


def test_a_tall_kegiatan_whose_text_was_cleared_is_not_lost() -> None:
    long = kegiatan("Pemutakhiran data pemilih " * 60, 5)
    plan = replace(PLAN, sasaran=(Sasaran("A", (Indikator("x", (long, RAPAT)),)),))
    opened = workbook(api.build(plan))
    row = next(
        row for (row, column), cell in opened.page.cells.items() if cell.text.startswith("Pemutakhiran")
    )
    opened.page.clear(f"E{row}")
    reading = read(opened)

    assert [(one.uraian, one.biaya) for one in reading.kegiatan] == [("", 5), ("Rapat", 5_000_000)]


# Through `load`, as commands read it


def test_a_file_of_ours_is_one_more_form_of_the_plan() -> None:
    loaded = loading.load_bytes(api.render(api.build(PLAN), ".xlsx"), "rencana.xlsx")

    assert loaded.unwrap() == PLAN
    assert api.as_json(loaded.plans)["hash"] == api.as_json((PLAN,))["hash"]
    assert loaded.recognised is not None
    assert loaded.recognised.base == (PLAN,)


def test_a_finding_names_file_sheet_and_cell() -> None:
    plan = replace(PLAN, pagu=1, lembar="RAK & Co")
    loaded = loading.load_bytes(api.render(api.build(plan), ".xlsx"), "rencana.xlsx")
    (finding,) = [one for one in loaded.findings if one.code == "RAK210"]

    assert report.text([finding], loaded.sources).startswith("rencana.xlsx[RAK & Co]!A7: peringatan RAK210:")


def test_a_file_that_is_no_workbook_is_told_for_what_it_is() -> None:
    loaded = loading.load_bytes(b"rak: 1\n", "rencana.xlsx")

    assert loaded.plans == ()
    assert [one.is_error for one in loaded.findings] == [True]


def test_a_layout_can_be_asked_for() -> None:
    data = api.render(api.build(PLAN), ".xlsx")

    assert loading.load_bytes(data, "rencana.xlsx", "kpu").unwrap() == PLAN
    assert [one.code for one in loading.load_bytes(data, "rencana.xlsx", "tidak-ada").findings] == ["RAK125"]

"""The parts of a workbook joined: which sheets there are, and what each holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from rak_excel import rules
from rak_excel.files.xlsx_reader.archive import Archive, Part, Refused, Relations, over, relation_id
from rak_excel.files.xlsx_reader.cells import Cells
from rak_excel.files.xlsx_reader.shared import Drawing, Notes, Strings, Styles
from rak_excel.findings import Finding, Words
from rak_excel.sheet.grid import HIDDEN_SHEET
from rak_excel.sheet.seen import Dress, SeenBook, SeenSheet

if TYPE_CHECKING:
    from rak_excel.files.xlsx_reader.dress import Wardrobe

SHEET_LIMIT: Final = 1_000
NAME_LIMIT: Final = 100_000
HIDDEN_LIMIT: Final = 16
"""Megabytes up to which a hidden sheet is read: somebody may have hidden a plan, but not a data base."""

State = Literal["visible", "hidden", "veryHidden"]
Wanted = Callable[[str, State, int], bool]
_NO_CELLS: Final = frozenset({"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})
_STATES: Final[dict[str, State]] = {"hidden": "hidden", "veryHidden": "veryHidden"}


@dataclass(frozen=True, slots=True)
class Read:
    """A workbook, or `None` where a finding is an error: nothing is read by halves."""

    book: SeenBook | None
    findings: tuple[Finding, ...]


def worth_reading(name: str, state: State, megabytes: int) -> bool:
    """Every sheet but a large hidden one that is not ours."""
    return state == "visible" or megabytes <= HIDDEN_LIMIT or name == HIDDEN_SHEET


def read(data: bytes, name: str, wanted: Wanted = worth_reading, *, dressed: bool = False) -> Read:
    """Read a workbook of any origin; what cannot be read is a finding, never an exception.

    `name` is the file's, for the findings.  `wanted` is asked for each sheet with its name, its state and
    its size in megabytes; a sheet that is not wanted is in the book without cells, and a note tells of it.
    `dressed` asks how the sheets look too.
    """
    reader = _Reader(data, wanted, dressed=dressed)
    try:
        book = reader.book()
    except Refused as refused:
        reader.findings.append(refused.finding)
        book = None
    if any(finding.is_error for finding in reader.findings):
        book = None
    return Read(book, tuple(finding.placed(None, name) for finding in reader.findings))


class _Entry(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    state: State
    relation: str


class _Workbook(Part):
    """The list of sheets, the defined names, and from which day the workbook counts."""

    root = "workbook"

    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__(archive, name)
        self.sheets: list[_Entry] = []
        self.taken: set[str] = set()
        self.listing = False
        self.names: list[tuple[str, str, str]] = []
        self.from_1904 = False
        self.name_attributes: dict[str, str] = {}
        self.read()

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Take a sheet, or the beginning of a defined name."""
        if tag == "sheet":
            state, name = _STATES.get(attributes.get("state", ""), "visible"), attributes.get("name", "")
            if not self.listing:  # who writes into the workbook would not know of it
                raise self.broken(Words("ada lembar di luar daftarnya", "a sheet outside of their list"))
            if name.lower() in self.taken:  # a place in one of them would be a place in the other
                raise self.broken(Words(f"dua lembar bernama “{name}”", f"two sheets are named “{name}”"))
            self.taken.add(name.lower())
            self.sheets.append(_Entry(name, state, relation_id(attributes)))
            if len(self.sheets) > SHEET_LIMIT:
                raise over(self.name, "lebih dari 1.000 lembar", "more than 1,000 sheets")
        elif tag == "sheets":
            self.listing = True
        elif tag == "definedName":
            self.name_attributes = attributes
        elif tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}

    def finish(self, tag: str, text: str) -> None:
        """Take a defined name with its reference; or the list of sheets ends."""
        if tag == "sheets":
            self.listing = False
        elif tag == "definedName":
            attributes = self.name_attributes
            self.names.append((attributes.get("name", ""), attributes.get("localSheetId", ""), text))
            if len(self.names) > NAME_LIMIT:
                raise over(self.name, "terlalu banyak nama", "too many names")

    def references(self) -> dict[str, str]:
        """The defined names; one of a single sheet is told with the sheet's name before it."""
        found = {}
        for name, local, reference in self.names:
            index = int(local) if local.isdecimal() and len(local) < 5 else len(self.sheets)
            sheet = f"{self.sheets[index].name}!" if index < len(self.sheets) else ""
            found[f"{sheet}{name}"] = reference
        return found


class _Properties(Part):
    """The custom properties as texts."""

    root = "Properties"

    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__(archive, name)
        self.values: dict[str, str] = {}
        self.property = ""
        if name in archive:
            self.read()

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """A property begins."""
        if tag == "property":
            self.property = attributes.get("name", "")

    def finish(self, tag: str, text: str) -> None:
        """A property's value ends."""
        if tag not in {"property", "Properties", ""}:
            self.values[self.property] = text


class _Reader:
    """Follows the relations from the archive's root to the sheets and their notes, and no further."""

    def __init__(self, data: bytes, wanted: Wanted, *, dressed: bool) -> None:
        self.data = data
        self.wanted = wanted
        self.dressed = dressed
        self.findings: list[Finding] = []

    def book(self) -> SeenBook:
        """The whole workbook."""
        self.archive = archive = Archive(self.data)
        root = Relations(archive, "")
        part = root.first("officeDocument") or "xl/workbook.xml"
        self.must(part)
        workbook = _Workbook(archive, part)
        self.relations = Relations(archive, part)
        if self.relations.first("vbaProject") in archive:
            self.findings.append(rules.MAKRO_TIDAK_DIJALANKAN.at())
        self.strings = Strings(archive, self.relations.first("sharedStrings"))
        self.styles = Styles(archive, self.relations.first("styles"))
        self.wardrobe = self.looks()
        self.from_1904 = workbook.from_1904
        if not workbook.sheets:
            raise Refused(rules.BAGIAN_HILANG.at(value="<sheet>"))
        sheets = tuple(self.sheet(entry) for entry in workbook.sheets)
        custom = root.first("custom-properties") or root.first("customProperties")
        properties = _Properties(archive, custom).values
        return SeenBook(sheets, properties, workbook.references())

    def looks(self) -> "Wardrobe | None":
        """The looks of cells, where somebody asks for them."""
        if not self.dressed:
            return None
        from rak_excel.files.xlsx_reader.dress import Wardrobe  # what no other reading need pay for

        return Wardrobe(self.archive, self.relations.first("styles"), self.relations.first("theme"))

    def dress(self, part: str) -> Dress | None:
        """How a sheet looks."""
        if self.wardrobe is None:
            return None
        from rak_excel.files.xlsx_reader.dress import Dressing  # as above

        return Dressing(self.archive, part, self.wardrobe).dress

    def must(self, part: str) -> None:
        """Go on only where a part is there."""
        if part not in self.archive:
            raise Refused(rules.BAGIAN_HILANG.at(value=part))

    def sheet(self, entry: _Entry) -> SeenSheet:
        """One sheet; a chart or a sheet of old macros holds no cells that count."""
        kind, part = self.relations.by_id.get(entry.relation, ("worksheet", ""))
        if kind in _NO_CELLS:
            return SeenSheet(entry.name, entry.state, {}, parsed=False)
        self.must(part or f"({entry.name})")
        megabytes = self.archive.megabytes(part)
        if not self.wanted(entry.name, entry.state, megabytes):
            self.findings.append(rules.LEMBAR_TIDAK_DIBACA.at(value=entry.name, ukuran=megabytes))
            return SeenSheet(entry.name, entry.state, {}, parsed=False)
        cells = Cells(self.archive, part, entry.name, self.strings, self.styles, from_1904=self.from_1904)
        self.findings.extend(cells.findings())
        relations = Relations(self.archive, part)
        notes, drawing = relations.first("comments"), relations.first("drawing")
        return SeenSheet(
            entry.name,
            entry.state,
            cells.rows,
            tuple(cells.merges),
            frozenset(cells.hidden_rows),
            frozenset(cells.hidden_columns),
            Notes(self.archive, notes).notes if notes in self.archive else {},
            pictures=tuple(Drawing(self.archive, drawing).places) if drawing in self.archive else (),
            dress=self.dress(part),
        )

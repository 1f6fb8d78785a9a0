"""Between the flat rows of a table and the nested nodes of a plan, in both directions.

A row stands for one kegiatan; what belongs to its sasaran or indikator is written once and left blank below.
A blank never reaches over its parent: a new sasaran does not inherit the last one's indikator.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Place, Rule, Words
from rak_excel.nodes import Mapping, Node, Scalar, Sequence
from rak_excel.plan.headings import near_field
from rak_excel.plan.model import BANDS, SCHEDULES
from rak_excel.plan.values import read_periods

TICK: Final = "√"

_ABOVE: Final = ("nomor", "sasaran", "indikator")
_INHERITED: Final = ("target", "satuan")
_LABELS: Final = ("nomor", "sasaran", "indikator", "program", "kegiatan", "sub_kegiatan")
# total rows as forms print them (Kalsel: JUMLAH TOTAL, Total Pagu)
_TOTAL: Final = re.compile(
    r"(?:grand )?(?:jumlah|total)(?: total| keseluruhan| semua)?(?: pagu| biaya| anggaran)?", re.IGNORECASE
)
_LISTED: Final = 5


class Table(NamedTuple):
    """A table as a reader found it: its headings, the field of each, and the rows under them.

    A field is named as `headings.field_of` names it, `None` where a heading is unknown or blank.
    """

    headings: tuple[Scalar, ...]
    fields: tuple[str | None, ...]
    rows: tuple[tuple[Scalar, ...], ...]


class Nested(NamedTuple):
    """The list of sasaran that a plan's nodes hold, and what was doubtful in the rows."""

    sasaran: Sequence
    findings: tuple[Finding, ...]


def nest(table: Table) -> Nested:
    """Make nested nodes of rows; each typed cell ends in a node or in a finding.

    A sasaran begins where its number or its text changes, an indikator where its text changes or its
    sasaran does.  The same number and text written again on each row are the same one.  Where no kegiatan
    column exists, each row is one indikator with one kegiatan.

    Blank cells are nodes too, so that what is missing has a place.

    Examples:
        >>> fields = ("sasaran", "indikator", "kegiatan")
        >>> lines = (fields, ("A", "x", "Rapat"), ("", "", "Rapat lagi"))
        >>> head, *rows = [
        ...     tuple(Scalar(text, line, column) for column, text in enumerate(texts, 1))
        ...     for line, texts in enumerate(lines, 1)
        ... ]
        >>> sasaran = nest(Table(head, fields, tuple(rows))).sasaran
        >>> [row["kegiatan"] for row in unnest(Mapping(((head[0], sasaran),), 1, 1))]
        ['Rapat', 'Rapat lagi']
    """
    nesting = _Nesting(table)
    for row in table.rows:
        nesting.add(row)
    nesting.unknown_columns()
    return Nested(nesting.sequence(), tuple(nesting.findings))


class _Indikator:
    """An indikator that is being filled.

    `own` is what it was given on a line of its own, `last` what the next row inherits.
    """

    __slots__ = ("kegiatan", "last", "own", "place", "text", "uraian")

    def __init__(self, text: str, uraian: Scalar | None, place: Scalar) -> None:
        self.text = text
        self.uraian = uraian
        self.place = place
        self.own: dict[str, Scalar] = {}
        self.last: dict[str, Scalar] = {}
        self.kegiatan: list[Mapping] = []


class _Sasaran:
    """A sasaran that is being filled; `lines` tells where each text of an indikator began."""

    __slots__ = ("indikator", "lines", "nomor", "place", "text", "uraian")

    def __init__(self, nomor: str, text: str, uraian: Scalar | None, place: Scalar) -> None:
        self.nomor = nomor
        self.text = text
        self.uraian = uraian
        self.place = place
        self.indikator: list[_Indikator] = []
        self.lines: dict[str, int] = {}

    def goes_on(self, nomor: str, text: str) -> bool:
        """Whether a row with this number and text still speaks of this sasaran."""
        fresh = not self.text and not self.indikator  # a number alone on its line: the text comes below it
        numbered = not nomor or nomor == self.nomor or (not self.nomor and text != "" and text == self.text)
        return numbered and (not text or text == self.text or fresh)


class _Nesting:
    """One pass over the rows of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.findings: list[Finding] = []
        self.sasaran: list[_Sasaran] = []
        self.numbers: dict[str, int] = {}
        self.lines: dict[str, int] = {}
        self.column: dict[str, int] = {}
        for i, field in enumerate(table.fields):
            if field is None:
                continue
            if field in self.column:
                self.tell(rules.KOLOM_BERULANG, table.headings[i], "", table.headings[i].text)
            self.column.setdefault(field, i)
        self.unheaded = [
            i for i, field in enumerate(table.fields) if field is None and not table.headings[i].text.strip()
        ]
        self.values, self.bands = self.keys()
        schedules = [key.text for key, _ in self.bands if key.text in SCHEDULES]
        # blank ticks have their place for the checks; any other blank band is no band of the kegiatan
        self.schedule = schedules[0] if len(schedules) == 1 else None
        self.own = [i for field, i in self.column.items() if field not in (*_ABOVE, *_INHERITED)]
        self.labels = [self.column[field] for field in _LABELS if field in self.column]

    def keys(self) -> tuple[list[tuple[Scalar, int]], list[tuple[Scalar, list[tuple[Scalar, int]]]]]:
        """The keys of a kegiatan with their columns, and those of its bands; a key stands in its heading."""
        values: list[tuple[Scalar, int]] = []
        bands: dict[str, list[tuple[Scalar, int]]] = {}
        for field, i in self.column.items():
            _, line, column, _ = self.table.headings[i]
            band, _, number = field.partition("[")
            if band in BANDS:
                bands.setdefault(band, []).append((Scalar(number[:-1], line, column), i))
            elif field not in (*_ABOVE, *_INHERITED):
                values.append((Scalar("uraian" if field == "kegiatan" else field, line, column), i))
        return values, [
            (Scalar(band, periods[0][0].line, periods[0][0].column), periods)
            for band, periods in bands.items()
        ]

    def tell(self, rule: Rule, at: Scalar, path: str, value: str, **facts: object) -> None:
        suggestion = facts.pop("suggestion", None)
        place = Place(at.line, at.column)
        self.findings.append(
            rule.at(
                path,
                value,
                place=place,
                suggestion=suggestion if isinstance(suggestion, str) else None,
                **facts,
            )
        )

    # --- rows ---

    def add(self, row: tuple[Scalar, ...]) -> None:
        headings = self.table.headings
        if len(row) < len(headings):
            line = row[0].line
            row += tuple(Scalar("", line, heading.column) for heading in headings[len(row) :])
        if self.unheaded or len(row) > len(headings):
            self.outside(row)
        filled = any(row[i].text.strip() for i in self.own)
        if not filled and not any(self.text(row, field) for field in (*_ABOVE, *_INHERITED)):
            return
        if self.is_total(row):
            return
        sasaran = self.sasaran_of(row)
        begun = len(sasaran.indikator)
        indikator = self.indikator_of(row, sasaran, filled=filled)
        if indikator is None:
            return
        typed = self.inherit(row, indikator)
        is_new = len(sasaran.indikator) > begun
        if filled or (typed and not is_new) or "kegiatan" not in self.column:
            indikator.kegiatan.append(self.kegiatan(row, indikator))
        elif is_new:
            indikator.own = dict(indikator.last)

    def text(self, row: tuple[Scalar, ...], field: str) -> str:
        """A cell's text with its white space squeezed, to be compared; `""` where there is no such column."""
        i = self.column.get(field)
        return "" if i is None else " ".join(row[i].text.split())

    def cell(self, row: tuple[Scalar, ...], field: str) -> Scalar | None:
        i = self.column.get(field)
        return None if i is None else row[i]

    def sasaran_of(self, row: tuple[Scalar, ...]) -> _Sasaran:
        """The sasaran a row belongs to, begun here where its number or text is a new one."""
        nomor, text = bare_nomor(self.text(row, "nomor")), self.text(row, "sasaran")
        if self.sasaran and self.sasaran[-1].goes_on(nomor, text):
            current = self.sasaran[-1]
            if nomor and not current.nomor:
                current.nomor = nomor
                self.doubt(row, nomor, "")
            if text and not current.text:
                current.text, current.uraian = text, self.cell(row, "sasaran")
                self.doubt(row, "", text)
            return current
        uraian = self.cell(row, "sasaran")
        self.sasaran.append(_Sasaran(nomor, text, uraian, uraian or row[0]))
        self.doubt(row, nomor, text)
        return self.sasaran[-1]

    def doubt(self, row: tuple[Scalar, ...], nomor: str, text: str) -> None:
        """Tell where a number or a text speaks against beginning a new sasaran with it."""
        number, line = len(self.sasaran), row[0].line
        path = f"sasaran[{number - 1}]"
        at, uraian = self.cell(row, "nomor") or row[0], self.cell(row, "sasaran") or row[0]
        if nomor in self.numbers:
            self.tell(rules.NOMOR_SUDAH_DIPAKAI, at, path, at.text.strip(), baris=self.numbers[nomor])
        elif text in self.lines:
            bagian = Words("sasaran", "goal")
            self.tell(
                rules.BUTIR_BERULANG, uraian, f"{path}.uraian", text, bagian=bagian, baris=self.lines[text]
            )
        elif nomor and nomor != str(number):
            self.tell(rules.NOMOR_BUKAN_URUTAN, at, path, at.text.strip(), nomor=number)
        if nomor:
            self.numbers.setdefault(nomor, line)
        if text:
            self.lines.setdefault(text, line)

    def indikator_of(self, row: tuple[Scalar, ...], sasaran: _Sasaran, *, filled: bool) -> _Indikator | None:
        """The indikator a row belongs to, begun here where its text is new; `None` where the row has none."""
        text = self.text(row, "indikator")
        if sasaran.indikator and "kegiatan" in self.column:
            current = sasaran.indikator[-1]
            if not text or text == current.text:
                return current
        if not (text or filled or any(self.text(row, field) for field in _INHERITED)):
            return None
        uraian = self.cell(row, "indikator")
        new = _Indikator(text, uraian, uraian or row[0])
        sasaran.indikator.append(new)
        if text in sasaran.lines:
            path = f"sasaran[{len(self.sasaran) - 1}].indikator[{len(sasaran.indikator) - 1}].uraian"
            bagian = Words("indikator", "indicator")
            self.tell(rules.BUTIR_BERULANG, new.place, path, text, bagian=bagian, baris=sasaran.lines[text])
        elif text:
            sasaran.lines[text] = new.place.line
        return new

    def inherit(self, row: tuple[Scalar, ...], indikator: _Indikator) -> bool:
        """Keep the target and its satuan for the rows below; whether this row has typed one."""
        target, satuan = self.cell(row, "target"), self.cell(row, "satuan")
        typed_target = target is not None and bool(target.text.strip())
        typed_satuan = satuan is not None and bool(satuan.text.strip())
        # a satuan belongs to the target beside it: both blank repeat together
        if target is not None and (typed_target or "target" not in indikator.last):
            indikator.last["target"] = target
        if satuan is not None and (
            typed_target or typed_satuan or target is None or "satuan" not in indikator.last
        ):
            indikator.last["satuan"] = satuan
        return typed_target or typed_satuan

    def kegiatan(self, row: tuple[Scalar, ...], indikator: _Indikator) -> Mapping:
        entries: list[tuple[Scalar, Node]] = [(key, row[i]) for key, i in self.values]
        entries.extend((self.key(field), cell) for field, cell in indikator.last.items())
        for key, periods in self.bands:
            if key.text == self.schedule or any(row[i].text.strip() for _, i in periods):
                first = row[periods[0][1]]
                cells = tuple([(number, row[i]) for number, i in periods])
                entries.append((key, Mapping(cells, first.line, first.column)))
        _, line, column, _ = self.cell(row, "kegiatan") or row[0]
        return Mapping(tuple(entries), line, column)

    def key(self, field: str) -> Scalar:
        _, line, column, _ = self.table.headings[self.column[field]]
        return Scalar(field, line, column)

    # --- what is no part of the plan ---

    def outside(self, row: tuple[Scalar, ...]) -> None:
        """Tell of the cells that have no heading over them, once a row."""
        width = len(self.table.headings)
        stray = [row[i] for i in self.unheaded if row[i].text.strip()]
        stray += [cell for cell in row[width:] if cell.text.strip()]
        if stray:
            value = ", ".join(cell.text.strip() for cell in stray)
            self.tell(rules.SEL_BERLEBIH, stray[0], "", value, suggestion=_torn_amount(row))

    def is_total(self, row: tuple[Scalar, ...]) -> bool:
        """Whether a row only prints a total; it is told and left out."""
        named = [row[i] for i in self.labels if row[i].text.strip()]
        if len(named) != 1 or _TOTAL.fullmatch(" ".join(named[0].text.split()).rstrip(" :.")) is None:
            return False
        money = [i for field, i in self.column.items() if field.startswith(("biaya", "anggaran_"))]
        others = [i for i in self.column.values() if i not in self.labels and row[i].text.strip()]
        if not others or set(others) - set(money):
            return False
        isi = ", ".join(row[i].text.strip() for i in others)
        self.tell(rules.BARIS_JUMLAH, named[0], "", named[0].text.strip(), isi=isi)
        return True

    def unknown_columns(self) -> None:
        """Tell of the columns that mean no field, with what stands in them."""
        for i, (heading, field) in enumerate(zip(self.table.headings, self.table.fields, strict=True)):
            name = heading.text.strip()
            if field is not None or not name:
                continue
            cells = [row[i].text.strip() for row in self.table.rows if len(row) > i and row[i].text.strip()]
            self.tell(
                rules.KOLOM_TIDAK_DIKENAL, heading, "", name, isi=_listed(cells), suggestion=near_field(name)
            )

    # --- nodes ---

    def sequence(self) -> Sequence:
        first = self.table.headings[0]
        return Sequence(tuple(self.sasaran_node(one) for one in self.sasaran), first.line, first.column)

    def sasaran_node(self, sasaran: _Sasaran) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        line, column = sasaran.place.line, sasaran.place.column
        if sasaran.uraian is not None:
            entries.append((Scalar("uraian", line, column), sasaran.uraian))
        below = Sequence(tuple(self.indikator_node(one) for one in sasaran.indikator), line, column)
        entries.append((Scalar("indikator", line, column), below))
        return Mapping(tuple(entries), line, column)

    def indikator_node(self, indikator: _Indikator) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        line, column = indikator.place.line, indikator.place.column
        if indikator.uraian is not None:
            entries.append((Scalar("uraian", line, column), indikator.uraian))
        entries.extend(
            (self.key(field), cell)
            for field, cell in indikator.own.items()
            if not any(kegiatan.get(field) is cell for kegiatan in indikator.kegiatan)
        )
        below = Sequence(tuple(indikator.kegiatan), line, column)
        entries.append((Scalar("kegiatan", line, column), below))
        return Mapping(tuple(entries), line, column)


def bare_nomor(text: str) -> str:
    """A typed number in one spelling: `1`, `1.`, `01` and `1)` are the same."""
    bare = text.rstrip(".) ")
    return str(int(bare)) if bare.isascii() and bare.isdigit() and len(bare) < 10 else bare.casefold()


def renumbered(written: list[str], formers: Iterable[int | None], first: str) -> list[str]:
    """The numbers of sasaran after a change: counted anew where they were in order, else as somebody chose.

    `written` are the texts before; for each sasaran there is now, `formers` says which it was, `None` for a
    new one.  `first` is how a number looks where there was none.

    Examples:
        >>> renumbered(["1.", "2."], [1, None, 0], "1.")
        ['1.', '2.', '3.']
        >>> renumbered(["4", "7"], [1, None], "4"), renumbered(["", ""], [None], "")
        (['7', '8'], [''])
    """
    plain = [re.sub(r"\D", "", text) for text in written]
    ordered = [text.lstrip("0") for text in plain] == [str(at + 1) for at in range(len(written))]
    most = max((int(text) for text in plain if text), default=0)
    numbers = []
    for at, former in enumerate(formers):
        old = written[former] if former is not None else first
        if ordered:
            width = len(re.sub(r"\D", "", old)) if old.startswith("0") else 0
            numbers.append(re.sub(r"\d+", f"{at + 1:0{width}}", old, count=1))
        elif former is not None or not any(written):
            numbers.append(old if former is not None else "")
        else:
            most += 1
            numbers.append(str(most))
    return numbers


def _torn_amount(row: tuple[Scalar, ...]) -> str | None:
    """The amount that a row was torn at, as it must be typed: 306 | 461 | 000 was 306,461,000."""
    texts = [cell.text.strip() for cell in row]
    for i, text in enumerate(texts):
        if re.fullmatch(r"(?:Rp\.? ?)?\d{1,3}", text, re.IGNORECASE | re.ASCII):
            end = i + 1
            while end < len(texts) and re.fullmatch(r"\d{3}", texts[end], re.ASCII):
                end += 1
            if end - i >= 3:
                return '"' + ",".join(texts[i:end]) + '"'
    return None


def _listed(cells: list[str]) -> object:
    """The cells of a column as a message names them, the first few of many."""
    if not cells:
        return Words("tidak ada", "nothing")
    told = ", ".join(f"“{' '.join(cell.split())[:40]}”" for cell in cells[:_LISTED])
    more = len(cells) - _LISTED
    return told if more <= 0 else Words(f"{told} dan {more} lagi", f"{told} and {more} more")


# --- and back ------------------------------------------------------------------------------------------


def unnest(root: Mapping) -> Iterator[dict[str, str]]:
    """The rows of a plan's nodes: the text of each field that is not blank.

    The number, the sasaran and the indikator stand in their first row only, the target in every row.

    What rows cannot tell reads back otherwise: neighbouring indikator of one text, or a later one without
    a text, become one indikator, and a target missing below one that is given is taken from it.

    Examples:
        >>> from rak_excel.plan.encode import encode
        >>> from rak_excel.plan.model import Indikator, Kegiatan, Plan, Sasaran
        >>> kegiatan = Kegiatan("Rapat", "100", (True, False, False, True), 5000, "Sekretariat")
        >>> plan = Plan(2026, "KPU", (Sasaran("A", (Indikator("x", (kegiatan,)),)),), ())
        >>> for row in unnest(encode(plan)):
        ...     print(row["nomor"], row["indikator"], row["target"], row["triwulan[4]"], row["biaya"])
        1 x 100 √ 5.000
    """
    for number, sasaran in enumerate(_items(root.get("sasaran")), 1):
        head = {"nomor": str(number), "sasaran": _text(sasaran, "uraian")}
        for indikator in _items(sasaran.get("indikator")):
            head["indikator"] = _text(indikator, "uraian")
            shared = {field: _text(indikator, field) for field in _INHERITED}
            for kegiatan in _items(indikator.get("kegiatan")):
                yield {**head, **{key: text for key, text in shared.items() if text}, **_fields_of(kegiatan)}
                head = {}
            if head:
                yield {**head, **shared}
                head = {}
        if head:
            yield head


def _items(node: Node | None) -> list[Mapping]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return [item for item in items if isinstance(item, Mapping)]


def _text(node: Mapping, key: str) -> str:
    below = node.get(key)
    return below.text if isinstance(below, Scalar) else ""


def _fields_of(kegiatan: Mapping) -> dict[str, str]:
    row: dict[str, str] = {}
    for key, node in kegiatan.entries:
        if key.text in BANDS:
            row.update((f"{key.text}[{number}]", text) for number, text in _periods(node, BANDS[key.text]))
        elif isinstance(node, Scalar) and node.text.strip():
            row["kegiatan" if key.text == "uraian" else key.text] = node.text
    return row


def _periods(node: Node, count: int) -> Iterator[tuple[int, str]]:
    """The periods of a band with their cells, however its author wrote it."""
    if isinstance(node, Mapping):
        for name, below in node.entries:
            numbers = _numbers(name.text, count)
            if numbers and isinstance(below, Scalar):
                yield numbers[0], below.text
        return
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar):
            yield from ((number, TICK) for number in _numbers(item.text, count))


@lru_cache(maxsize=256)
def _numbers(text: str, count: int) -> tuple[int, ...]:
    return read_periods(text, count) or ()

"""A workbook as it is seen becomes nodes again, by the layouts that drew it: the way back of `arrange`.

It makes nodes and no plan, so that a workbook passes the very decoder that YAML passes.  Every cell of a
plan's sheet ends in a node, is known decoration, or is told in a finding.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Place, Words, column_letters
from rak_excel.nodes import Mapping, Node, Scalar
from rak_excel.nodes import Sequence as Items
from rak_excel.plan.codec import LABELS, SIGNATORY_KEYS
from rak_excel.plan.model import BANDS, FORMAT_VERSION, SCHEDULES, Form, Penandatangan, Plan
from rak_excel.plan.values import rupiah
from rak_excel.sheet.base import Carried, carried, fingerprint_of
from rak_excel.sheet.body import Body
from rak_excel.sheet.frame import Block, read_signatures, read_titles
from rak_excel.sheet.grid import HIDDEN_SHEET
from rak_excel.sheet.layout import PLACEHOLDER, Layout
from rak_excel.sheet.parts import parts
from rak_excel.sheet.seen import SeenBook, SeenSheet
from rak_excel.sheet.sight import Sight, listed, rows_named
from rak_excel.sheet.table import Found, find_table, guess_columns, name_of, tell_columns, tell_values
from rak_excel.sheet.ties import BaseRow, Shown, plan_of_keys, rows_of, tie_rows, tie_sheets
from rak_excel.sheet.tree import Tree


@dataclass(frozen=True, slots=True)
class SheetRead:
    """One sheet that holds a plan.

    `form` is what the layout asks for less the columns that are gone; these are in `lost`, as headings
    name them.  `base` is the number of the base plan it is tied to; `hints` give for the path of a kegiatan
    its path in that plan.  `decoration` are cells that say nothing of the
    plan, `outside` those that findings tell because they are no part of it.
    """

    root: Mapping
    sheet: str
    layout: Layout
    form: Form
    base: int | None
    hints: dict[str, str]
    lost: tuple[str, ...]
    findings: tuple[Finding, ...]
    decoration: frozenset[tuple[int, int]]
    outside: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a workbook holds: a sheet for each plan, what it carries unseen, and the findings of the rest.

    `base` are the plans it was built from, empty where that is lost; `extra` the sheets that hold no plan.
    """

    book: SeenBook
    sheets: tuple[SheetRead, ...]
    carried: Carried
    base: tuple[Plan, ...]
    extra: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def unedited(self) -> bool:
        """Whether all that a person sees is as it was when the workbook was built."""
        mark = self.carried.fingerprint
        return bool(mark) and mark == fingerprint_of(self.book)


class _Opened(NamedTuple):
    """A sheet with a table, before it is tied to the base."""

    sight: Sight
    found: Found
    body: Body


def recognise(
    book: SeenBook,
    layouts: Sequence[Layout],
    held: Carried | None = None,
    usual: str | None = None,
    more: Callable[[], Sequence[Layout]] = tuple,
) -> Recognised:
    """Recognise every plan of a workbook.

    `layouts` are the forms that are known, and `more` gives others, which are asked for where a sheet is not
    plainly of one of these; `usual` names the one that a plan need not name, as a rule the first.  `held` is
    what the workbook carries, if it was read already; a caller who knows a base that is lost may put it in.
    """
    if held is None:
        held = carried(book)
    plans = held.plans
    name = layouts[0].name if usual is None else usual
    findings = list(held.findings)
    opened: list[_Opened] = []
    extra: list[str] = []
    for sheet in book.sheets:
        made = []
        if sheet.state == "visible" and sheet.name.lower() != HIDDEN_SHEET:
            # what we built has one table on a sheet, and its base knows it
            pieces = (sheet,) if plans else parts(sheet, layouts or more())
            made = [one for piece in pieces if (one := _open(piece, layouts, held, name, more)) is not None]
        opened.extend(made)
        if not made and sheet.name.lower() != HIDDEN_SHEET and sheet.rows:
            extra.append(sheet.name)
            findings.append(_extra(sheet))
    if not opened:
        findings.append(rules.TABEL_TIDAK_ADA.at())
    shown = [_shown(one) for one in opened]
    tied = tie_sheets(shown, held, plans)
    for number, plan in enumerate(plans):
        if number not in tied and opened:
            value = held.sheets[number] if number < len(held.sheets) else plan.unit
            findings.append(rules.LEMBAR_HILANG.at("", value))
    findings.extend(_unexpected(shown, tied, plans))
    like = [_source(at, shown, tied, held) for at in range(len(shown))]
    sheets = [
        _SheetReader(one, held, number, name, source).read()
        for one, number, source in zip(opened, tied, like, strict=True)
    ]
    return Recognised(book, tuple(sheets), held, plans, tuple(extra), tuple(findings))


def _open(
    sheet: SeenSheet,
    layouts: Sequence[Layout],
    held: Carried,
    usual: str,
    more: Callable[[], Sequence[Layout]],
) -> _Opened | None:
    sight = Sight(sheet)
    built_with = _built_with(sheet, held)[0] or _of_base(held.plans, usual)
    found = find_table(sight, layouts, built_with) if layouts else None
    if (found is None or found.missing or found.layout.name != built_with) and (others := more()):
        found = find_table(sight, [*layouts, *others], built_with)
    if found is None:
        return None
    if found.missing:
        guess_columns(sight, found, held.plans)
    if not held.plans:
        tell_values(sight, found)
    return _Opened(sight, found, Body(sight, found))


def _built_with(sheet: SeenSheet, held: Carried) -> tuple[str, int]:
    """The layout that a sheet was built with, by its name among the carried sheets, and its version."""
    names = [name.lower() for name in held.sheets]
    at = names.index(sheet.name.lower()) if sheet.name.lower() in names else 0
    return held.layouts[at] if at < len(held.layouts) else ("", 0)


def _of_base(plans: Sequence[Plan], usual: str) -> str:
    """The layout that all plans of a base name, or `""`."""
    names = {plan.tata_letak or usual for plan in plans}
    return names.pop() if len(names) == 1 else ""


def _extra(sheet: SeenSheet) -> Finding:
    """The finding that a sheet is not read, with the first of its cells."""
    cells = [(row, column, cell.text) for row, column, cell in sheet.cells() if cell.text.strip()]
    first = cells[0][:2] if cells else (1, 1)
    rule = rules.LEMBAR_LAIN if sheet.state == "visible" else rules.LEMBAR_TERSEMBUNYI
    place = Place(*first, sheet.name)
    return rule.at("", sheet.name, place=place, isi=listed(cells) or Words("tidak ada", "nothing"))


def _shown(one: _Opened) -> Shown:
    sight, found, last = one.sight, one.found, one.body.last
    above = frozenset(
        " ".join(cell.text.split()) for row in sight.filled(1, found.first - 1) for _, cell in sight.seen(row)
    )
    below = frozenset(
        " ".join(cell.text.split()).rstrip(",")
        for row in sight.filled(last + 1, sight.last_row)
        for _, cell in sight.seen(row)
    )
    return Shown(sight.sheet.name, above, below, one.body)


def _unexpected(
    shown: Sequence[Shown], tied: Sequence[int | None], plans: Sequence[Plan]
) -> Iterator[Finding]:
    """Sheets that the base does not have, and copies of another sheet."""
    for at, one in enumerate(shown):
        place = Place(1, 1, one.name)
        twin = next((other for other in shown if other is not one and _twins(one, other)), None)
        if twin is not None and tied[at] is None and (plans or twin in shown[:at]):
            yield rules.LEMBAR_KEMBAR.at("", one.name, place=place, lain=twin.name)
        elif tied[at] is None and plans:
            yield rules.LEMBAR_BARU.at("", one.name, place=place)


def _source(at: int, shown: Sequence[Shown], tied: Sequence[int | None], held: Carried) -> int | None:
    """The base plan of a sheet, or of the sheet that it is a copy of."""
    if tied[at] is not None:
        return tied[at]
    twins = (tied[number] for number, other in enumerate(shown) if number != at and _twins(shown[at], other))
    return next(twins, plan_of_keys(shown[at], held))


def _twins(one: Shown, other: Shown) -> bool:
    """Whether two sheets have one title and one signature."""
    return one.above == other.above and one.below == other.below


class _SheetReader:
    """One sheet, tied to its base plan, becomes nodes."""

    def __init__(
        self, opened: _Opened, held: Carried, number: int | None, usual: str, source: int | None
    ) -> None:
        self.sight, self.found, self.body = opened
        self.held = held
        # a copy of another sheet has what that one does not print, and is no plan of the base itself
        self.tied = number is not None
        self.number = source
        self.plan = held.plans[source] if source is not None else None
        self.rows: tuple[BaseRow, ...] = rows_of(self.plan) if self.plan is not None else ()
        self.usual = usual

    def read(self) -> SheetRead:
        sight, found, body = self.sight, self.found, self.body
        if self.number is not None:
            self.tie(self.number)
        for line in body.lines:
            line.key = None  # it has done its work
        tree = Tree(sight, body, self.rows)
        body.tell_sum()
        root = self.root(tree)
        told = body.tell_formulas({line.row: line.path for line in body.lines if line.path})
        sight.hidden_values()
        if body.total is not None:
            told.update((body.total, column) for column in body.money)
        sight.other_formulas(told)
        self.decorations()
        tell_columns(sight, found)
        self.tell_strays()
        self.tell_carriers()
        return SheetRead(
            root=root,
            sheet=sight.sheet.name,
            layout=found.layout,
            form=_form(found),
            base=self.number if self.tied else None,
            hints=self.hints() if self.tied else {},
            lost=tuple(name_of(column) for column in found.missing),
            findings=tuple(sight.findings),
            decoration=frozenset().union(sight.decoration, sight.read),
            outside=frozenset(sight.outside),
        )

    def hints(self) -> dict[str, str]:
        """For the path of each kegiatan that is tied its path in the base, mostly the same text."""
        hints = {}
        for line in self.body.lines:
            if line.path and line.hint is not None:
                path = self.rows[line.hint].path
                hints[line.path] = line.path if line.path == path else path
        return hints

    def tie(self, number: int) -> None:
        """Tie the rows to the base plan, and tell which ids were not followed."""
        tied = tie_rows(self.body, self.rows, self.held.document, number)
        for rule, rows in ((rules.PENGENAL_GANDA, tied.copies), (rules.PENGENAL_TIDAK_COCOK, tied.unfit)):
            if rows:
                self.sight.tell(rule, (rows[0], 1), baris=rows_named(rows))

    # --- nodes ---

    def root(self, tree: Tree) -> Mapping:
        sight, found, plan = self.sight, self.found, self.plan
        titles = read_titles(sight, found.layout, found.first, plan)
        signed = plan.penandatangan if plan is not None else ()
        known = self.body.keys | self.body.lists
        blocks = read_signatures(sight, found.layout, self.body.last, known, signed, self.signature_columns())
        entries: list[tuple[str, Node]] = [("rak", Scalar(str(FORMAT_VERSION), found.first, 1))]
        entries.extend(titles.items())
        entries.extend((key, Scalar(text, found.first, 1)) for key, text in self.dress() if text)
        if plan is not None:
            unprinted = {"judul", "tahun", "unit"} - _placeholders((*found.layout.title, *found.layout.info))
            entries.extend(
                (key, Scalar(str(getattr(plan, key)), found.first, 1)) for key in sorted(unprinted)
            )
        entries.append(("sasaran", tree.sequence()))
        if blocks:
            nodes = tuple(self.signatory(block, at) for at, block in enumerate(blocks))
            entries.append(("penandatangan", Items(nodes, nodes[0].line, nodes[0].column)))
        first = min((node.line for key, node in entries if key in titles), default=found.first)
        return _mapping(entries, first, 1)

    def signature_columns(self) -> set[int]:
        """The columns of the sheet in which the layout begins a signature."""
        layout = self.found.layout
        firsts = {first for blocks in layout.signature.blocks.values() for first, _ in blocks}
        names = (name_of(layout.columns[first]) for first in firsts)
        return {self.found.columns[name] for name in names if name in self.found.columns}

    def dress(self) -> Iterator[tuple[str, str]]:
        """What the sheet does not print: the base's, as far as the sheet does not say otherwise."""
        plan, name = self.plan, self.sight.sheet.name
        if plan is None:
            layout = self.found.layout.name
            yield "tata_letak", layout if layout != self.usual else ""
            return
        yield "tata_letak", plan.tata_letak
        yield "kertas", plan.kertas
        yield "pagu", rupiah(plan.pagu) if plan.pagu is not None else ""
        number = self.number or 0
        built = self.held.sheets[number] if number < len(self.held.sheets) else plan.lembar or name
        yield "lembar", name if plan.lembar and name != built else plan.lembar
        if name != built and not plan.lembar and self.tied:
            self.sight.tell(rules.LEMBAR_BERGANTI_NAMA, (1, 1), name, lama=built)

    def signatory(self, block: Block, at: int) -> Mapping:
        """One signatory, with what the form does not print from the one in the base."""
        entries: list[tuple[str, Node]] = list(block.values.items())
        first = next(iter(block.values.values()))
        signature = self.found.layout.signature
        lines = [*signature.above, (signature.name,), *signature.below]
        printed = _placeholders([choice for choices in lines for choice in choices])
        known = self.known_signatory(block, at)
        entries.extend(
            (key, Scalar(getattr(known, key), first.line, first.column))
            for key in SIGNATORY_KEYS
            if known is not None and key not in printed and getattr(known, key)
        )
        return _mapping(entries, first.line, first.column)

    def known_signatory(self, block: Block, at: int) -> Penandatangan | None:
        """The base's signatory of that name, else the one at that place."""
        if self.plan is None:
            return None
        name = block.values["nama"].text if "nama" in block.values else ""
        named = [one for one in self.plan.penandatangan if one.nama == name]
        return named[0] if named else next(iter(self.plan.penandatangan[at : at + 1]), None)

    # --- what else there is ---

    def decorations(self) -> None:
        """Headings, numbers and ids say nothing that the plan does not say."""
        sight, found = self.sight, self.found
        for row in range(found.first, found.last + 1):
            sight.decoration.update((row, column) for column, _ in sight.seen(row))
        sight.decoration.update(self.body.keys)
        for line in self.body.lines:
            for cell, top in line.parents.values():
                if top == line.row and cell.text:
                    sight.decoration.add((cell.line, cell.column))

    def tell_strays(self) -> None:
        """Cells of the table in columns without a heading, column by column; and notes on cells."""
        sight, found = self.sight, self.found
        columns: dict[int, list[tuple[int, int, str]]] = {}
        headed = {*found.columns.values(), *found.unknown}
        for row, column in sorted(sight.outside):
            inside = found.last < row <= self.body.last and row != self.body.total
            if inside and column not in headed and not sight.is_hidden(row, column):
                columns.setdefault(column, []).append((row, column, sight.text(row, column)))
        for cells in columns.values():
            sight.tell(rules.SEL_TANPA_JUDUL, cells[0][:2], cells[0][2], isi=listed(cells))
        notes = sorted(sight.sheet.notes.items())
        if notes:
            isi = listed((row, column, text) for (row, column), text in notes)
            sight.tell(rules.CATATAN_SEL, notes[0][0], isi=isi)
        pictures = sorted(sight.sheet.pictures)
        if pictures:
            sel = ", ".join(f"{column_letters(column)}{row}" for row, column in pictures)
            sight.tell(rules.GAMBAR, pictures[0], sel=sel)

    def tell_carriers(self) -> None:
        """What the sheet lost on its way, and what follows from it."""
        sight, found, held = self.sight, self.found, self.held
        name, version = _built_with(sight.sheet, held)
        if name and (name, version) != (found.layout.name, found.layout.version):
            dipakai = f"{found.layout.name}/{found.layout.version}"
            sight.tell(rules.TATA_LETAK_LAIN, (found.first, 1), f"{name}/{version}", dipakai=dipakai)
        if held.ours and not self.body.keys:
            apa = Words("tanda pengenal baris", "the ids of the rows")
            sight.tell(rules.PEMBAWA_HILANG, (found.last, 1), apa=apa)
        if self.plan is None:
            bidang = ", ".join(LABELS[key].id for key in _unprinted(found))
            english = ", ".join(LABELS[key].en for key in _unprinted(found))
            sight.tell(rules.TANPA_DASAR, (found.first, 1), bidang=Words(bidang, english))


def _placeholders(templates: Sequence[str]) -> set[str]:
    return {key for template in templates for key in PLACEHOLDER.findall(template)}


def _unprinted(found: Found) -> list[str]:
    """The fields a plan may have that neither the form nor the sheet shows."""
    printed = {column.field.removeprefix("kegiatan.") for column in found.layout.columns}
    printed.update(field.partition("[")[0] for field in found.columns)
    # a plan has one of the schedules
    bands = (band for band in BANDS if band not in SCHEDULES or printed.isdisjoint(SCHEDULES))
    fields = ("kode", "program", "sub_kegiatan", "satuan", *bands)
    return ["pagu", "kertas", "lembar", *(field for field in fields if field not in printed)]


def _form(found: Found) -> Form:
    """What the layout asks for, less the columns that the sheet has lost."""
    form = found.layout.form
    lost = {column.field for column in found.missing}
    # a band of which a part is left is printed, but nobody can say of a row that it has no period
    kept = {column.field for column in found.layout.columns if name_of(column) in found.columns}
    return replace(
        form,
        fields=form.fields - (lost - kept),
        bands=tuple(band for band in form.bands if f"kegiatan.{band.key}" not in lost),
    )


def _mapping(entries: Sequence[tuple[str, Node]], line: int, column: int) -> Mapping:
    return Mapping(tuple((Scalar(key, node.line, node.column), node) for key, node in entries), line, column)

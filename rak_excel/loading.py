"""From a file to plans: the form is known, the layout found, the nodes decoded, checked and placed.

A format is imported when it is first asked for, since every command pays for what it imports.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from rak_excel import rules
from rak_excel.files import disk
from rak_excel.findings import Finding, Place, RakError, Words
from rak_excel.nodes import Mapping, Node, Scalar, find
from rak_excel.plan.checks import check as run_checks
from rak_excel.plan.codec import decode, near
from rak_excel.plan.model import BANDS, USUAL_LAYOUT, Form, Plan
from rak_excel.sheet.layout import Layout

if TYPE_CHECKING:
    from rak_excel.sheet.form_reader import FormRead
    from rak_excel.sheet.recognise import Recognised

DEFAULT_LAYOUT: Final = USUAL_LAYOUT
STDIN: Final = "-"
YAML: Final = (".yaml", ".yml")
WORKBOOK: Final = ".xlsx"
WORKBOOKS: Final = (WORKBOOK, ".xlsm")
_OTHER_WORKBOOKS: Final = (".xls", ".xlsb", ".ods")
"""Workbooks that are not read, and told with what to do: an office that sent one has sent something."""
TEXTS: Final = (*YAML, ".csv")
"""The endings of the forms that are text."""
OFFICIAL: Final = "buku kerja"
"""The form of an official workbook."""
OURS: Final = "rekapitulasi"
"""The form of what was made of many plans: no plan, and no input."""

TEMPLATES: Final = next(
    (
        folder
        for folder in (Path(__file__).with_name("templates"), Path(__file__).parent.with_name("templates"))
        if folder.is_dir()
    ),
    Path(__file__).with_name("templates"),
)
"""The layouts: inside the package where it is installed, beside it in a checkout."""


class Source(NamedTuple):
    """A file's text, to show the user's own line.

    `caret` gives the character at which a place begins, where places count the fields of a table.
    """

    text: str
    caret: Callable[[Place], int | None] | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file holds: its plans, all that was found in it, and where in the file each value stands.

    A plan with errors is there too, blank where a value did not fit.  Of an official workbook `recognised`
    tells how it was read, what it carries, and what ties its rows to the plans it was built from; of an input
    sheet `filled` tells where its fields and columns stand.
    """

    file: str
    plans: tuple[Plan, ...] = ()
    findings: tuple[Finding, ...] = ()
    layouts: tuple[Layout, ...] = ()
    origins: tuple[Mapping, ...] = ()
    sources: dict[str, Source] = field(default_factory=dict)
    sniffed: str = ""
    recognised: "Recognised | None" = None
    filled: "FormRead | None" = None

    @property
    def ok(self) -> bool:
        """Whether a workbook can be built: no finding is an error."""
        return not any(finding.is_error for finding in self.findings)

    @property
    def form(self) -> str:
        """What kind of file it is, in a word of the form; `""` where that is not known."""
        if self.recognised is not None:
            return OFFICIAL
        if self.filled is not None:
            return "lembar isian"
        if any(one.rule is rules.REKAP_BUKAN_RENCANA for one in self.findings):
            return OURS
        if self.file not in self.sources:  # it was not read as a text
            return ""
        return "CSV" if self.sniffed else "YAML"

    @property
    def plan(self) -> Plan:
        """The only plan of the file.

        Raises:
            ValueError: the file holds none, or several.
        """
        (plan,) = self.plans
        return plan

    def unwrap(self) -> Plan:
        """The only plan of a file without errors.

        Raises:
            RakError: there are errors; it carries them.
            ValueError: the file holds several plans.
        """
        if not self.ok:
            raise RakError(*(finding for finding in self.findings if finding.is_error))
        return self.plan

    def placed(self, number: int, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Findings about plan `number` of the file, each with its place."""
        book = self.recognised or self.filled
        sheet = book.sheets[number].sheet if book is not None else None
        return _placed(findings, self.origins[number], self.file, sheet)


def _placed(
    findings: Iterable[Finding], root: Mapping, file: str, sheet: str | None = None
) -> Iterator[Finding]:
    for finding in findings:
        place = finding.place
        if place is None:
            node = _inherited(root, finding.path) or find(root, finding.path)
            place = Place(node.line, node.column)
        yield replace(finding, place=place._replace(sheet=sheet), file=file)


_INHERITED: Final = re.compile(r"(.*)\.kegiatan\[\d+\]\.(target|satuan)")


def _inherited(root: Mapping, path: str) -> Node | None:
    """Where a target or its satuan stands that a kegiatan has from its indikator."""
    match = _INHERITED.fullmatch(path)
    if match is None or isinstance(find(root, path), Scalar):
        return None
    node = find(root, f"{match[1]}.{match[2]}")
    return node if isinstance(node, Scalar) and node.text.strip() else None


# --- reading ---------------------------------------------------------------------------------------------


def opened(path: str) -> bytes:
    """The bytes of an input.

    Raises:
        RakError: it cannot be read, or is a folder without plans.
    """
    try:
        return disk.read(Path(path))
    except RakError as error:
        if disk.is_folder(Path(path)) and os.access(path, os.R_OK | os.X_OK) and files_in(path) == (path,):
            raise RakError(rules.TIDAK_TERBACA.at(sebab=_NO_PLANS).placed(None, path)) from error
        raise


_NO_PLANS: Final = Words(
    "folder ini tidak memuat rencana (.yaml, .csv, .xlsx)", "this folder holds no plan (.yaml, .csv, .xlsx)"
)


def load(path: str | Path, layout: str | None = None) -> Loaded:
    """Read a file of any form we know; what is wrong with it is in `findings`.

    `layout` is a name or a path, and is stronger than the plan's own `tata_letak`.
    """
    try:
        return load_bytes(opened(str(path)), str(path), layout)
    except RakError as error:
        return Loaded(str(path), findings=error.findings)


def load_bytes(
    data: bytes,
    file: str,
    layout: str | None = None,
    base: tuple[Plan, ...] = (),
    source: str | None = None,
) -> Loaded:
    """Read a file's content; by the ending of its name the form is known; `-` may be YAML or CSV.

    `base` stands for the plans an official workbook was built from, where it no longer carries them; beside
    its `source` stand the layouts that these name.
    """
    form = _form_of(data, file)
    if isinstance(form, Finding):
        return Loaded(file, findings=(form.placed(None, file),))
    if form == "xlsx":
        return _load_workbook(data, file, layout, base, source)
    if form == "yaml":
        from rak_excel.files import yaml_text

        read = yaml_text.read(data)
        return _Loader(file, layout, read.findings).loaded(read.roots, Source(read.text))
    from rak_excel.files import csv_text

    table = csv_text.read(data)
    loader = _Loader(file, layout, table.findings, frozenset(table.fields))
    return loader.loaded(table.roots, Source(table.text, table.caret), str(table.sniffed))


_CONTENTS: Final = (
    (b"PK\x03\x04", Words("arsip ZIP atau buku kerja Excel", "a ZIP archive or an Excel workbook")),
    (
        b"\xd0\xcf\x11\xe0",
        Words("buku kerja Excel lama (.xls) atau terkunci sandi", "an old (.xls) or encrypted workbook"),
    ),
    (b"%PDF", Words("PDF", "a PDF")),
    (b"<!DOCTYPE html", Words("halaman HTML", "an HTML page")),
    (b"<html", Words("halaman HTML", "an HTML page")),
    (b"{\\rtf", Words("dokumen RTF", "an RTF document")),
)


def _form_of(data: bytes, file: str) -> Literal["yaml", "csv", "xlsx"] | Finding:
    """The form a file has by its name, unless the content is plainly something else."""
    ending = Path(file).suffix.lower() if file != STDIN else ""
    if ending in (*WORKBOOKS, *_OTHER_WORKBOOKS):
        return "xlsx"
    for begin, isi in _CONTENTS:
        if data[: len(begin)].lower() == begin.lower() and ending in (*TEXTS, ""):
            return rules.ISI_BUKAN_NAMANYA.at(akhiran=ending or "-", isi=isi)
    if ending in YAML:
        return "yaml"
    if ending == ".csv":
        return "csv"
    if file == STDIN:
        head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
        return "yaml" if re.match(rb"(#|---|\w+:(\s|$))", head) else "csv"
    rule = rules.PDF_TIDAK_DIBACA if ending == ".pdf" else rules.BENTUK_TIDAK_DIKENAL
    return rule.at(value=Path(file).name)


def _load_workbook(
    data: bytes, file: str, layout: str | None, base: tuple[Plan, ...], source: str | None
) -> Loaded:
    """Read an input sheet or an official workbook, whoever saved it last."""
    from rak_excel.files import xlsx_reader, xlsx_writer
    from rak_excel.sheet.base import carried, unladen
    from rak_excel.sheet.form_reader import read_form
    from rak_excel.sheet.recognise import recognise
    from rak_excel.sheet.unmark import unmarked

    if xlsx_writer.is_recap(data):  # it lists activities as a plan does, and may be far larger
        return Loaded(file, findings=(rules.REKAP_BUKAN_RENCANA.at().placed(None, file),))
    read = xlsx_reader.read(data, file)
    if read.book is None:
        return Loaded(file, findings=read.findings)
    book = unmarked(read.book)
    form = read_form(book)
    if form is not None:
        return _filled_in(form, file, layout, read.findings)
    held = carried(book)
    held = held if held.plans else held._replace(plans=base)
    findings, book = read.findings, unladen(book)
    del read  # what the workbook carries is as large as what it shows, and is known now
    asked = None if layout is None else layout_named(layout)
    if asked is not None and asked.layout is None:
        return Loaded(file, findings=(*findings, *asked.findings), sources=asked.sources)
    one = asked.layout if asked is not None else None
    if one is not None:
        return _recognised(recognise(book, [one], held, DEFAULT_LAYOUT), file, findings)
    named = [name for name, _ in held.layouts if name in layout_names()]
    named += [plan.tata_letak or DEFAULT_LAYOUT for plan in held.plans]
    files = (file, source or file)
    first = _layouts_named(named, *files)
    # each file that is read takes a command's time, and mostly none but the first is needed
    made = recognise(
        book, first, held, DEFAULT_LAYOUT, lambda: _layouts_named([DEFAULT_LAYOUT, *layout_names()], *files)
    )
    return _recognised(made, file, findings)


def _filled_in(form: "FormRead", file: str, layout: str | None, findings: tuple[Finding, ...]) -> Loaded:
    """The plans of an input sheet, each read as a CSV is."""
    read = [
        _Loader(file, layout, one.findings, frozenset(one.columns), one.sheet).loaded((one.root,), None)
        for one in form.sheets
    ]
    plans = [plan for one in read for plan in one.plans]
    roots = tuple(sheet.root for sheet in form.sheets)
    told = [*findings, *(finding.placed(None, file) for finding in form.findings)]
    told += [finding for one in read for finding in one.findings]
    told += _placed_names(plans, roots, file, [sheet.sheet for sheet in form.sheets])
    layouts = tuple(layout for one in read for layout in one.layouts)
    sources = {name: source for one in read for name, source in one.sources.items()}
    return Loaded(file, tuple(plans), tuple(told), layouts, roots, sources, filled=form)


def _layouts_named(names: Iterable[str], *files: str) -> list[Layout]:
    """The layouts of these names that there are, or of these paths beside the files."""
    near = (name for name in dict.fromkeys(names) if name and not name.startswith(_SHARE))
    folders = dict.fromkeys(Path(file).parent for file in files)
    found = (layout_named(name, folder).layout for name in near for folder in folders)
    # a layout of ours is the same from every folder
    return list({id(one): one for one in found if one is not None}.values())


_SHARE: Final = ("//", "\\\\")
"""How a name begins that leads to another computer: what a workbook carries is never followed there."""


def _recognised(recognised: "Recognised", file: str, findings: tuple[Finding, ...]) -> Loaded:
    """The plans of a recognised workbook, through the decoder and checks of every other form."""
    found = [*findings, *(finding.placed(None, file) for finding in recognised.findings)]
    plans = []
    for sheet in recognised.sheets:
        decoded = decode(sheet.root, sheet.layout.form)
        faulty = decoded.faulty | {one.path for one in sheet.findings if one.is_error and one.path}
        told = [*sheet.findings, *decoded.findings, *run_checks(decoded.plan, sheet.form, faulty)]
        found.extend(sorted(_placed(told, sheet.root, file, sheet.sheet), key=_order))
        plans.append(decoded.plan)
    return Loaded(
        file,
        tuple(plans),
        tuple(found),
        tuple(sheet.layout for sheet in recognised.sheets),
        tuple(sheet.root for sheet in recognised.sheets),
        recognised=recognised,
    )


class _Loader:
    """From roots to plans: finds each plan's layout, decodes, checks, and places what was found."""

    def __init__(
        self,
        file: str,
        layout: str | None,
        findings: tuple[Finding, ...],
        columns: frozenset[str] | None = None,
        sheet: str | None = None,
    ) -> None:
        self.file = file
        self.sheet = sheet
        self.layout = layout
        self.findings = findings
        self.columns = columns
        self.sources: dict[str, Source] = {}
        self.headless = any(one.rule is rules.PEMISAH_TIDAK_JELAS for one in findings)
        self.misspelt = {
            one.suggestion or "": one for one in findings if one.rule is rules.KOLOM_TIDAK_DIKENAL
        }
        self.retold: list[Finding] = []
        # an amount with commas in it has spilt into the cells to its right
        self.torn = {one.place.line for one in findings if one.place and one.rule is rules.SEL_BERLEBIH}
        # what stands behind an alias or a formula was not read: that it is missing goes without saying
        self.unread = {
            one.place
            for one in findings
            if one.rule is rules.RUMUS_BELUM_DIHITUNG
            or (one.rule in (rules.ALIAS_DITOLAK, rules.STRIP_TANPA_KUTIP) and (one.value or "")[:1] in "*<-")
        }

    def loaded(self, roots: tuple[Mapping, ...], source: Source | None, sniffed: str = "") -> Loaded:
        """Every root as a plan, with all that was found in the order of the file."""
        if source is not None:
            self.sources[self.file] = source
        if self.headless:  # no table: where there is no key either, the file is none of ours
            roots = tuple(root for root in roots if root.entries)
        found: list[Finding] = []
        plans, layouts = [], []
        for root in roots:
            plan, layout, told = self.plan(root)
            plans.append(plan)
            layouts.append(layout)
            found.extend(told)
        found.extend(_placed_names(plans, roots, self.file))
        found[:0] = [one.placed(None, self.file) for one in self.findings if one not in self.retold]
        # an inherited value can be at fault in many rows; it stands in the file once
        once: dict[tuple[object, ...], Finding] = {}
        for finding in found:
            once.setdefault((finding.code, finding.place, finding.value, finding.facts), finding)
        ordered = sorted(once.values(), key=lambda one: (one.file != self.file, *_order(one)))
        return Loaded(self.file, tuple(plans), tuple(ordered), tuple(layouts), roots, self.sources, sniffed)

    def plan(self, root: Mapping) -> tuple[Plan, Layout, list[Finding]]:
        """One root as a plan, with its layout and what was found in both."""
        layout, faults = self.layout_of(root)
        decoded = decode(root, layout.form)
        form, missing = self.without_columns(root, layout.form)
        faulty = decoded.faulty | {"sasaran"} if self.headless else decoded.faulty
        told = [*decoded.findings, *missing, *run_checks(decoded.plan, form, faulty)]
        if faults and not any(finding.suggestion for finding in faults):
            told = [finding for finding in told if not _depends_on_form(finding)]
        placed = _placed(told, root, self.file, self.sheet)
        plan = replace(decoded.plan, tata_letak=self.asked()) if self.layout else decoded.plan
        return plan, layout, [*faults, *(one for one in placed if not self.goes_without_saying(one))]

    def asked(self) -> str:
        """The layout that is stronger than the plan's own, as the plan would name it."""
        name = self.layout or ""
        if not name.lower().endswith(YAML) or self.file == STDIN:
            return name
        return disk.seen_from(Path(self.file).parent, name)

    def goes_without_saying(self, finding: Finding) -> bool:
        """Whether a finding only follows from one that the reader told."""
        torn = finding.rule is rules.PELAKSANA_TANPA_HURUF
        line = finding.place.line if finding.place is not None else 0
        return finding.place in self.unread or (torn and line in self.torn)

    def layout_of(self, root: Mapping) -> tuple[Layout, list[Finding]]:
        """The layout a plan asks for; the one meant or the default, with findings, where it cannot be had."""
        node = root.get("tata_letak")
        own = node.text.strip() if isinstance(node, Scalar) else ""
        name = self.layout or own or DEFAULT_LAYOUT
        made = layout_named(
            name, Path(self.file).parent if not self.layout and self.file != STDIN else Path()
        )
        if made.layout is not None:
            return made.layout, []
        self.sources.update(made.sources)
        findings = list(made.findings)
        meant = next((one.suggestion for one in findings if one.rule is rules.TATA_LETAK_TIDAK_DIKENAL), None)
        default = layout_named(meant or DEFAULT_LAYOUT, Path()).layout
        if default is None:
            raise RuntimeError("the default layout is damaged")
        if node is not None and not self.layout:
            place = Place(node.line, node.column, self.sheet)
            findings = [
                not_found(own).placed(place, self.file)
                if finding.rule in (rules.TATA_LETAK_TIDAK_DIKENAL, rules.TIDAK_TERBACA)
                else finding
                for finding in findings
            ]
        return default, findings

    def without_columns(self, root: Mapping, form: Form) -> tuple[Form, list[Finding]]:
        """The form less the columns that a table lacks: each is told once, not in every row."""
        if self.columns is None or root.get("sasaran") is None:
            return form, []
        node = root.get("sasaran") or root
        place = Place(node.line, 1)
        bands = {f"kegiatan.{band.key}": band for band in form.bands}
        lacking = [
            name
            for name in sorted(form.fields - {"nomor"} - bands.keys())
            if column_of(name) not in self.columns
        ]
        told = [self.lacks(column_of(name), place) for name in lacking]
        whole = []
        for name, band in bands.items():
            absent = [n for n in range(1, BANDS[band.key] + 1) if f"{band.key}[{n}]" not in self.columns]
            if absent:
                kolom = ", ".join(f"{band.key} {n}" for n in absent)
                told.append(rules.KOLOM_TIDAK_ADA.at("sasaran", kolom=kolom, place=place))
            if len(absent) < BANDS[band.key]:
                whole.append(band)
            else:
                lacking.append(name)
        return replace(form, fields=form.fields - set(lacking), bands=tuple(whole)), told

    def lacks(self, column: str, place: Place) -> Finding:
        """The finding that a column is missing, told at its misspelt heading and instead of it."""
        typed = self.misspelt.get(column)
        if typed is None:
            return rules.KOLOM_TIDAK_ADA.at("sasaran", kolom=column, place=place)
        self.retold.append(typed)
        return rules.KOLOM_TIDAK_ADA.at(
            "sasaran", typed.value, kolom=column, place=typed.place, suggestion=column
        )


_OF_THE_FORM: Final = (
    rules.BUKAN_CENTANG,
    rules.NILAI_BUKAN_PERIODE,
    rules.KOLOM_TIDAK_ADA,
    rules.TANPA_TARGET,
    rules.KEGIATAN_TANPA_PERIODE,
    rules.KEGIATAN_TANPA_BIAYA,
    rules.KEGIATAN_TANPA_PELAKSANA,
    rules.JUMLAH_DI_BAWAH_PERSEN,
    rules.PERSEN_DI_ATAS_SERATUS,
    rules.SATU_KEGIATAN,
    rules.TIDAK_DICETAK,
    rules.PENANDATANGAN_BERLEBIH,
)


def _depends_on_form(finding: Finding) -> bool:
    """Whether a finding may be false because the plan's own form could not be had."""
    is_blank_part = finding.rule is rules.BELUM_DIISI and finding.path.startswith("sasaran[")
    return is_blank_part or finding.rule in _OF_THE_FORM


def column_of(name: str) -> str:
    """The column of a table that holds a field of the form.

    Examples:
        >>> column_of("sasaran.uraian"), column_of("kegiatan.biaya"), column_of("nomor")
        ('sasaran', 'biaya', 'nomor')
    """
    part, _, below = name.partition(".")
    return part if below in ("", "uraian") else below


def columns_of(layout: Layout) -> tuple[str, ...]:
    """The columns of a table that asks for what a layout prints."""
    return tuple(
        f"{column_of(column.field)}[{column.period}]" if column.period else column_of(column.field)
        for column in layout.columns
    )


def _order(finding: Finding) -> tuple[int, int]:
    return (finding.place.line, finding.place.column) if finding.place is not None else (0, 0)


def _placed_names(
    plans: list[Plan], roots: tuple[Mapping, ...], file: str, sheets: Iterable[str | None] | None = None
) -> Iterator[Finding]:
    """Two sheets of one workbook cannot have one name (Excel compares them without case)."""
    seen: set[str] = set()
    for plan, root, sheet in zip(plans, roots, sheets or [None] * len(roots), strict=True):
        name = plan.lembar.lower()
        if name and name in seen:
            alasan = Words("dipakai dua kali", "it is used twice")
            told = [rules.NAMA_LEMBAR.at("lembar", plan.lembar, alasan=alasan)]
            yield from _placed(told, root, file, sheet)
        seen.add(name)


# --- layouts ---------------------------------------------------------------------------------------------


class LoadedLayout(NamedTuple):
    """A layout, or `None` with findings, and the text it was read from."""

    layout: Layout | None
    findings: tuple[Finding, ...]
    sources: dict[str, Source]


def layout_names() -> tuple[str, ...]:
    """The layouts that come with the package."""
    return tuple(sorted(path.stem for path in (TEMPLATES / "layouts").glob("*.yaml")))


def layout_path(name: str, folder: Path = Path()) -> Path | None:
    """The file of a layout, by its name or by a path that ends in .yaml; `None` where the name is unknown."""
    if name.lower().endswith(YAML):
        return folder / name
    return TEMPLATES / "layouts" / f"{name}.yaml" if name in layout_names() else None


def layout_named(name: str, folder: Path = Path()) -> LoadedLayout:
    """A layout by its name, or by a path from `folder`."""
    path = layout_path(name, folder)
    return LoadedLayout(None, (not_found(name),), {}) if path is None else _layout_at(path, *_state(path))


def not_found(name: str) -> Finding:
    """The finding that there is no such layout."""
    known = layout_names()
    return rules.TATA_LETAK_TIDAK_DIKENAL.at(
        "tata_letak", name, dikenal=", ".join(known), suggestion=near(name, known)
    )


def _state(path: Path) -> tuple[Path, int]:
    """What tells whether a file is still the one that was read."""
    try:
        return path.absolute(), path.stat().st_mtime_ns
    except (OSError, ValueError):
        return path.absolute(), 0


@cache
def _layout_at(path: Path, _absolute: Path, _changed: int) -> LoadedLayout:
    try:
        return read_layout(disk.read(path), str(path))
    except RakError as error:
        return LoadedLayout(None, error.findings, {})


def read_layout(data: bytes, file: str) -> LoadedLayout:
    """A layout from a file's content, with every fault of it."""
    from rak_excel.files import yaml_text
    from rak_excel.sheet import layout_reader

    read = yaml_text.read(data)
    findings = list(read.findings)
    layout = None
    for root in read.roots[:1]:
        made = layout_reader.read_layout(root)
        layout = made.layout
        findings.extend(made.findings)
    for root in read.roots[1:]:
        alasan = Words("satu berkas memuat satu tata letak", "one file holds one layout")
        place = Place(root.line, root.column)
        findings.append(rules.LAYOUT_NILAI.at("", "---", bidang="layout", alasan=alasan, place=place))
    placed = sorted((finding.placed(None, file) for finding in findings), key=_order)
    return LoadedLayout(layout if not findings else None, tuple(placed), {file: Source(read.text)})


def files_in(path: str) -> tuple[str, ...]:
    """A file as it is; of a folder all plans in it and below, in order of their names.

    Hidden files and the lock files of office programs are passed over.  A folder below that may not be looked
    into stands for what is in it, so that it is told.
    """
    folder = Path(path)
    if path == STDIN or not disk.is_folder(folder):
        return (path,)
    found: list[Path] = []
    for above, below, names in os.walk(folder, onerror=lambda error: found.append(Path(error.filename))):
        below[:] = (name for name in below if not name.startswith(_HIDDEN))
        endings = (*TEXTS, *WORKBOOKS, *_OTHER_WORKBOOKS)
        plain = (name for name in names if not name.startswith(_HIDDEN))
        found.extend(Path(above, name) for name in plain if name.lower().endswith(endings))
    return tuple(str(file) for file in sorted(found)) or (path,)


_HIDDEN: Final = (".", "~$")

"""The verbs, and what they return: the only place that joins the floors."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rak_excel import rules
from rak_excel.files import disk
from rak_excel.findings import Finding, Language, RakError, Words, exit_code
from rak_excel.loading import (
    DEFAULT_LAYOUT,
    STDIN,
    TEMPLATES,
    WORKBOOK,
    WORKBOOKS,
    YAML,
    Loaded,
    LoadedLayout,
    columns_of,
    layout_named,
    layout_path,
    load_bytes,
    read_layout,
)
from rak_excel.plan.canonical import content_hash, to_json
from rak_excel.plan.checks import check as run_checks
from rak_excel.plan.codec import LABELS, decode, sheet_name_fault
from rak_excel.plan.encode import encode
from rak_excel.plan.model import BANDS, Form, Kegiatan, Plan
from rak_excel.report import Example
from rak_excel.sheet.layout import Layout

if TYPE_CHECKING:
    from rak_excel.reimport import Reimported
    from rak_excel.sheet.grid import Book

# --- checking and building -------------------------------------------------------------------------------


def _layout(layout: "str | Layout | None", plan: Plan) -> Layout:
    if isinstance(layout, Layout):
        return layout
    made = layout_named(layout or plan.tata_letak or DEFAULT_LAYOUT)
    if made.layout is None:
        raise RakError(*made.findings)
    return made.layout


def check(plan: Plan, layout: "str | Layout | None" = None) -> tuple[Finding, ...]:
    """All that is wrong with a plan; findings have paths, and no places.

    Raises:
        RakError: the layout is not known, or has faults.
    """
    return _told(plan, _layout(layout, plan).form)


def _told(plan: Plan, form: Form) -> tuple[Finding, ...]:
    """What would be told of a plan if it had been typed: values that fit no field, then the checks."""
    decoded = decode(encode(plan), form)
    told = [replace(finding, place=None) for finding in decoded.findings]
    for g, sasaran in enumerate(plan.sasaran):
        for i, indikator in enumerate(sasaran.indikator):
            for k, kegiatan in enumerate(indikator.kegiatan):
                told.extend(_short_bands(kegiatan, f"sasaran[{g}].indikator[{i}].kegiatan[{k}]"))
    return (*told, *run_checks(plan, form, decoded.faulty))


def _short_bands(kegiatan: Kegiatan, path: str) -> Iterator[Finding]:
    """Every band has all its periods or none; only a plan made in Python can be otherwise."""
    for key, count in BANDS.items():
        periods = getattr(kegiatan, key)
        if periods and len(periods) != count:
            shown = ", ".join(str(period) for period in periods)
            yield rules.BUKAN_PERIODE.at(f"{path}.{key}", shown, pita=LABELS[key], banyak=count)


def build(plans: Plan | Iterable[Plan], layout: "str | Layout | None" = None) -> "Book":
    """The official workbook of one or more plans, one sheet each.

    Raises:
        RakError: a plan has errors, or holds a text that no page can show; it carries the findings.
        ValueError: there is no plan at all.
    """
    several = (plans,) if isinstance(plans, Plan) else tuple(plans)
    if not several:
        raise ValueError("there is no plan to build")
    layouts = [_layout(layout, plan) for plan in several]
    findings = [
        finding
        for plan, one in zip(several, layouts, strict=True)
        for finding in _told(plan, one.form)
        if finding.is_error
    ]
    drawn = Drawn(None, ()) if findings else draw(several, layouts)
    if drawn.book is None:
        raise RakError(*findings, *(finding for _, finding in drawn.findings))
    return drawn.book


class Drawn(NamedTuple):
    """A book, or `None` with findings, each with the number of its plan."""

    book: "Book | None"
    findings: tuple[tuple[int, Finding], ...]


def draw(plans: tuple[Plan, ...], layouts: Iterable[Layout]) -> Drawn:
    """Arrange plans that have passed their checks."""
    from rak_excel.sheet import arrange, carriers
    from rak_excel.sheet.measure import Measure

    several = list(layouts)
    told = carriers.document(plans)
    measure = Measure()
    sheets = []
    findings: list[tuple[int, Finding]] = []
    for number, (plan, layout, name) in enumerate(zip(plans, several, sheet_names(plans), strict=True)):
        keys = carriers.keys(str(told["hash"]), number, sum(1 for _ in plan.kegiatan))
        made = arrange.arrange(plan, layout, name, keys, measure)
        findings.extend((number, finding) for finding in made.findings)
        if made.sheet is not None:
            sheets.append(made.sheet)
    if findings:
        return Drawn(None, tuple(findings))
    return Drawn(carriers.bind(plans, several, tuple(sheets), told), ())


def sheet_names(plans: tuple[Plan, ...]) -> tuple[str, ...]:
    """A name for each plan's sheet: the author's, else from year and role; no two alike for Excel."""
    names: list[str] = []
    taken: set[str] = set()
    next_number: dict[str, int] = {}  # those below it are taken
    for plan in plans:
        role = plan.penandatangan[0].jabatan if len(plans) > 1 and plan.penandatangan else ""
        plain = " ".join(re.sub(r"[\[\]:*?/\\\s']+", " ", f"RAK {plan.tahun} {role}").split())
        name = plan.lembar if plan.lembar and sheet_name_fault(plan.lembar) is None else _clipped(plain)
        number, unique = next_number.get(name, 2), name
        while unique.lower() in taken:
            unique = _clipped(name, f" ({number})")
            number += 1
        next_number[name] = number
        taken.add(unique.lower())
        names.append(unique)
    return tuple(names)


def _clipped(name: str, end: str = "") -> str:
    """A sheet's name with an end, as long as Excel allows: 31 characters in UTF-16."""
    while len(f"{name}{end}".encode("utf-16-le", "replace")) > 2 * 31:
        name = name[:-1]
    return f"{name.strip()}{end}"


def as_json(plans: tuple[Plan, ...]) -> dict[str, Any]:
    """The plans in the one stable shape that scripts rest on, with their content hash."""
    return to_json(plans)


# --- the way back ----------------------------------------------------------------------------------------


def reimport(data: bytes, name: str = "") -> "Reimported":
    """Read a workbook, or any other form, back into plans, and compare them with what it was built from."""
    from rak_excel import reimport as way_back

    return way_back.reimport(data, name)


# --- writing ---------------------------------------------------------------------------------------------


def save(content: "Plan | Book | Iterable[Plan]", path: str | Path) -> None:
    """Write a book as .xlsx, or plans as .yaml or .csv, by the name's ending, in one step.

    Raises:
        RakError: the file cannot be written.
        ValueError: the ending does not fit the content, or a CSV cannot hold it: several plans, or two
            neighbours of one text.
    """
    disk.write(Path(path), render(content, Path(path).suffix.lower()))


def render(content: "Plan | Book | Iterable[Plan]", ending: str) -> bytes:
    """The bytes that `save` would write for an ending such as `.yaml`."""
    from rak_excel.sheet.grid import Book

    if isinstance(content, Book):
        if ending != ".xlsx":
            raise ValueError(f"a book is written as .xlsx, not {ending}")
        from rak_excel.files import xlsx_writer

        return xlsx_writer.write(content)
    plans = (content,) if isinstance(content, Plan) else tuple(content)
    if ending in YAML:
        from rak_excel.files import yaml_text

        return yaml_text.write(tuple(encode(plan) for plan in plans)).encode()
    if ending == ".csv":
        from rak_excel.files import csv_text

        if len(plans) != 1:
            raise ValueError(f"a CSV holds one plan, not {len(plans)}: write .yaml")
        data = csv_text.write(encode(plans[0]), columns_of(_layout(None, plans[0])))
        if content_hash(load_bytes(data, "plan.csv").plans) != content_hash(plans):
            # blank cells say "as above": two neighbours of one text would be one when read again
            raise ValueError("a CSV cannot hold this plan: write .yaml")
        return data
    raise ValueError(f"a plan is written as .yaml or .csv, not {ending}")


# --- commands' own needs ---------------------------------------------------------------------------------


def targets(files: Sequence[str], output: str | None) -> list[Path]:
    """Where each input's workbook goes: beside it, or at `output`, a folder where there are several.

    Raises:
        RakError: two inputs would write one file, or an input would be overwritten.
    """
    out = Path(output) if output is not None else None
    if out is not None and (len(files) > 1 or disk.is_folder(out)):
        made = [out / _workbook_name(file) for file in files]
    elif out is not None:
        if out.suffix.lower() != ".xlsx":
            raise RakError(rules.KELUARAN_BUKAN_XLSX.at(value=out.name, akhiran=WORKBOOK))
        made = [out]
    else:
        made = [Path(file).with_name(_workbook_name(file)) for file in files]
    taken: dict[object, str] = {}
    inputs = {disk.identity(Path(file)) for file in files if file != STDIN}
    for file, target in zip(files, made, strict=True):
        if file == STDIN and out is None:
            raise RakError(rules.KELUARAN_BUKAN_XLSX.at(value=STDIN, akhiran=WORKBOOK))
        place = disk.identity(target)
        if place in taken:
            raise RakError(rules.SATU_KELUARAN.at(value=str(target), masukan=f"{taken[place]}, {file}"))
        taken[place] = file
        if place in inputs:
            raise RakError(rules.KELUARAN_ADALAH_MASUKAN.at(value=str(target)))
    return made


def _workbook_name(file: str) -> str:
    path = Path(file)
    return f"{path.stem}-RAK.xlsx" if path.suffix.lower() == ".xlsx" else f"{path.stem}.xlsx"


def refuse_losses(
    made: Sequence[Path], *, force: bool, sources: Sequence[Loaded] = ()
) -> tuple[Finding, ...]:
    """Go on only where no file is lost that somebody made or edited by hand; notes on what else goes.

    A workbook that was saved since is merged with its source in memory: where the source has all of its
    edits, it may be built again.

    Raises:
        RakError: a workbook is not ours, or (without `force`) holds what would be lost.
    """
    from rak_excel.files import xlsx_writer

    notes = []
    for number, target in enumerate(made):
        if not disk.exists(target) or disk.is_folder(target):
            continue
        untouched = xlsx_writer.untouched(disk.read(target))
        if untouched is None:
            raise RakError(rules.BUKAN_BUATAN_KAMI.at(value=str(target)))
        if not untouched and not force:
            from rak_excel import merging

            source = sources[number] if sources else Loaded(STDIN)
            told = merging.told_of_edits(source, target)
            if told.is_error:
                raise RakError(told)
            notes.append(told)
    return tuple(notes)


def workbook(loaded: Loaded) -> tuple[bytes, tuple[Finding, ...]]:
    """The workbook of a file that has passed its checks, or findings with their places."""
    drawn = draw(loaded.plans, loaded.layouts)
    if drawn.book is None:
        return b"", _placed_in(loaded, drawn)
    return render(drawn.book, ".xlsx"), ()


def views(loaded: Loaded, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The sheets of a file as plain values, for a screen to draw; cells name findings by number.

    Plans with errors are drawn too, blank where a value did not fit.  Of a text that no page can show there
    is no drawing; of a file with very many rows the last are left out.
    """
    from rak_excel.plan.draft import drawable
    from rak_excel.reimport import about
    from rak_excel.sheet.layout import PAPERS
    from rak_excel.sheet.view import MOST_ROWS, view

    plans = tuple(
        drawable(plan, PAPERS, layout.signature.blocks)
        for plan, layout in zip(loaded.plans, loaded.layouts, strict=True)
    )
    book = draw(plans, loaded.layouts).book if plans else None
    if book is None:
        return []
    numbers = {id(finding): number for number, finding in enumerate(findings)}
    periods = Path(loaded.file).suffix.lower() not in YAML
    drawn: list[dict[str, Any]] = []
    left = MOST_ROWS
    for at, sheet in enumerate(book.sheets):
        told = {numbers[id(one)]: one for one in about(loaded, at, findings)}
        drawn.append(view(sheet, plans[at], loaded.layouts[at], told, periods=periods, most=left))
        left -= len(drawn[-1]["rows"])
    return drawn


def _placed_in(loaded: Loaded, drawn: Drawn) -> tuple[Finding, ...]:
    return tuple(one for number, finding in drawn.findings for one in loaded.placed(number, [finding]))


def too_tall(loaded: Loaded) -> tuple[Finding, ...]:
    """Texts of a file without errors that no page can show whole.

    The sheet is arranged only where a text is long enough to be one, so that most checks need not.
    """
    long = any(
        len(text) * 2 / column.width + text.count("\n") > _LONG_LINES
        for plan, layout in zip(loaded.plans, loaded.layouts, strict=True)
        for column in layout.columns
        for text in _texts_of(plan, column.field)
    )
    return _placed_in(loaded, draw(loaded.plans, loaded.layouts)) if long and loaded.ok else ()


_LONG_LINES: Final = 20
"""Half a page; no character is wider than two of the units that widths are counted in, emoji apart."""


def _texts_of(plan: Plan, field: str) -> Iterator[str]:
    part, _, name = field.partition(".")
    if part == "sasaran":
        yield from (sasaran.uraian for sasaran in plan.sasaran)
    elif part == "indikator":
        yield from (indikator.uraian for sasaran in plan.sasaran for indikator in sasaran.indikator)
    elif part == "kegiatan":
        values = (getattr(kegiatan, name) for kegiatan in plan.kegiatan)
        yield from (value for value in values if isinstance(value, str))


def can_print() -> bool:
    """Whether LibreOffice is there."""
    from rak_excel.files import office

    return office.program() is not None


def print_pdf(workbook: Path, paper: Path) -> None:
    """Print a workbook to a PDF with LibreOffice.

    Raises:
        RakError: LibreOffice is not there, or made nothing; or a file cannot be read or written.
    """
    from rak_excel.files import office

    disk.write(paper, office.pdf(disk.read(workbook), workbook.stem))


def write(path: Path, data: bytes) -> None:
    """Put a file in its place in one step; its folder is made where it is missing.

    Raises:
        RakError: it cannot be written, or is open in an office program.
    """
    disk.write(path, data)


def write_new(path: Path, data: bytes, *, force: bool) -> None:
    """Put a new file in its place.

    Raises:
        RakError: it exists and `force` is not given, or it cannot be written.
    """
    disk.must_be_new(path, force=force)
    disk.write(path, data)


def blank(ending: str, layout: str | None, path: str) -> bytes:
    """An empty input for a layout, by its ending; a layout's own file is named as from the input's folder.

    Raises:
        RakError: the layout is not known, or the ending is of no input form.
    """
    from rak_excel.plan.blank import blank_root, blank_yaml

    made = layout_named(layout or DEFAULT_LAYOUT)
    if made.layout is None:
        raise RakError(*made.findings)
    asked = made.layout
    if layout is not None and layout.lower().endswith(YAML):
        asked = replace(asked, name=disk.seen_from(Path(path).parent, layout))
    if ending in YAML:
        return blank_yaml(asked.form).encode()
    if ending == ".csv":
        from rak_excel.files import csv_text

        return csv_text.write(blank_root(asked.form), columns_of(asked))
    if ending == ".xlsx":
        from rak_excel.files import xlsx_writer
        from rak_excel.sheet import form

        return xlsx_writer.write(form.blank(asked))
    raise RakError(rules.BENTUK_TIDAK_DIKENAL.at(value=Path(path).name))


def mark_target(files: Sequence[str], output: str) -> Path:
    """Where the marked copy of the only input goes.

    Raises:
        RakError: the input is no workbook, or something is lost that the copy would be written over.
    """
    file = files[0]
    if len(files) > 1:
        raise RakError(rules.TIDAK_DAPAT_DITANDAI.at(value=", ".join(files)))
    ending = Path(file).suffix.lower()
    if file == STDIN or ending not in WORKBOOKS:
        raise RakError(rules.TIDAK_DAPAT_DITANDAI.at(value=file))
    target = Path(output)
    if target.suffix.lower() != ending:  # Excel opens neither of them under the other's name
        raise RakError(rules.KELUARAN_BUKAN_XLSX.at(value=target.name, akhiran=ending))
    if disk.same(Path(file), target):
        raise RakError(rules.KELUARAN_ADALAH_MASUKAN.at(value=output))
    if disk.exists(target):
        from rak_excel.files import xlsx_package

        if disk.is_folder(target) or not xlsx_package.is_marked(disk.read(target)):
            raise RakError(rules.SALINAN_SUDAH_ADA.at(value=output))
    return target


def listing_target(files: Sequence[str], output: str) -> Path:
    """Where a report of findings goes: in the place of nothing but a report that nobody edited.

    Raises:
        RakError: the name does not end in .xlsx, or something is lost that the report would be written over.
    """
    from rak_excel.files import xlsx_writer
    from rak_excel.sheet.listing import MARKS

    target = Path(output)
    if target.suffix.lower() != WORKBOOK:
        raise RakError(rules.KELUARAN_BUKAN_XLSX.at(value=target.name, akhiran=WORKBOOK))
    if any(disk.same(Path(file), target) for file in files if file != STDIN):
        raise RakError(rules.KELUARAN_ADALAH_MASUKAN.at(value=output))
    if disk.exists(target) and not disk.is_folder(target):
        untouched = xlsx_writer.untouched(disk.read(target), MARKS["temuan"])
        if untouched is None:
            raise RakError(rules.BUKAN_BUATAN_KAMI.at(value=output))
        if not untouched:
            raise RakError(rules.REKAP_DISUNTING.at(value=output))
    return target


def mark(
    loaded: Loaded, data: bytes, findings: Sequence[Finding] | None = None, language: Language = "id"
) -> bytes:
    """A copy of the workbook `loaded` was read from, with what was found coloured, noted and listed.

    Raises:
        RakError: a part of the workbook cannot be changed without doubt.
    """
    from rak_excel.files import xlsx_package
    from rak_excel.sheet.mark import mark as marks_of

    marking = marks_of(loaded.findings if findings is None else findings, language)
    return xlsx_package.marked(data, marking.marks, marking.rows)


def write_marked(file: str, target: Path, findings: Sequence[Finding], language: Language = "id") -> bool:
    """Put the marked copy in its place; not of a workbook that cannot be opened, which was told already.

    Raises:
        RakError: a part of the workbook cannot be changed without doubt, or the copy cannot be written.
    """
    unreadable = exit_code([*findings]) == _UNREADABLE
    if unreadable and all(one.place is None for one in findings):
        return False  # no cell is at fault
    try:
        made = mark(Loaded(file), disk.read(Path(file)), findings, language)
    except RakError:
        if unreadable:
            return False
        raise
    disk.write(target, made)
    return True


_UNREADABLE: Final = 4


def layout_text(name: str) -> str:
    """The file of a layout as it stands.

    Raises:
        RakError: there is none of that name, or it cannot be read.
    """
    path = layout_path(name)
    if path is None:
        raise RakError(*layout_named(name).findings)
    return disk.read(path).decode("utf-8", "replace")


def layout_file(file: str) -> LoadedLayout:
    """A layout's file, checked."""
    try:
        return read_layout(disk.read(Path(file)), file)
    except RakError as error:
        return LoadedLayout(None, error.findings, {})


def example(code: str) -> Example | None:
    """The smallest file that raises a rule, with what `rak` says to it; `None` where none is at hand."""
    folder = TEMPLATES / "findings"
    if not folder.is_dir():
        folder = TEMPLATES.with_name("tests") / "cases" / "findings"
    return read_example(folder / code) if (folder / code).is_dir() else None


_WITH_AN_EXAMPLE: Final = ("command", "expected.txt", "expected.en.txt")


def read_example(folder: Path) -> Example:
    """An example from its folder: input files, `command` with remarks below it, and what is printed."""
    texts = {
        path.relative_to(folder).as_posix(): disk.read(path).decode("utf-8", "backslashreplace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    command, *remarks = texts.get("command", "rak check plan.yaml").splitlines()
    return Example(
        files=tuple((name, text) for name, text in texts.items() if name not in _WITH_AN_EXAMPLE),
        remarks=tuple(remark.removeprefix("# ") for remark in remarks),
        command=command,
        output=Words(texts.get("expected.txt", ""), texts.get("expected.en.txt", "")),
    )

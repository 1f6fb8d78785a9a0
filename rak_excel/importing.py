"""`rak import`: what it is asked for, what comes of it, and the files that are written at the very end.

What merges is imported when something is to be written: telling what a workbook says needs none of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from rak_excel import rules
from rak_excel.files import disk
from rak_excel.findings import NOTHING_WRITTEN, Finding, Language, RakError, Words, exit_code, typed
from rak_excel.loading import STDIN, Loaded, Source, load_bytes
from rak_excel.reimport import Reimported, against_base, receipt, reimport, will_change

if TYPE_CHECKING:
    from rak_excel.plan.threeway import Side
    from rak_excel.sheet.konflik import Choices, Question


class Answer(NamedTuple):
    """Which side of a conflict holds: the number of its plan in the source, its key, and the side."""

    plan: int
    key: str
    side: "Side"


@dataclass(frozen=True, slots=True)
class Asked:
    """What `rak import` is asked for: where to read, where to write, and what may be lost on the way.

    `answers` settle conflicts without a sheet of them, as `resolve` does with one.
    """

    workbook: str
    output: str | None = None
    into: str | None = None
    force: bool = False
    partial: bool = False
    backup: bool = True
    conflicts: str | None = None
    resolve: str | None = None
    language: Language = "id"
    answers: tuple[Answer, ...] = ()


class Write(NamedTuple):
    """A file that is to be written."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of an import: nothing is written until `carry_out` is called with it.

    `target` is the file that takes the plans, `None` where none does; `writes` the files to write for it, in
    their order.  `conflicts` are the questions that keep a merge from being written, `asked` the sheet of
    them; `differing` says that the workbook still has what was not chosen; `changing` tells what changes in a
    source that went on since the workbook was built.
    """

    again: Reimported
    findings: tuple[Finding, ...]
    sources: Mapping[str, Source]
    target: str | None = None
    writes: tuple[Write, ...] = ()
    conflicts: "tuple[Question, ...]" = ()
    asked: str | None = None
    differing: bool = False
    changing: tuple[Words, ...] = ()

    @property
    def exit(self) -> int:
        """The exit code: 0 where all went well, else nothing is written, but for what `partial` let go."""
        return exit_code(self.findings)

    @property
    def receipt(self) -> tuple[Words, ...]:
        """What was understood and what differs, to be told before anything is written."""
        return (*receipt(self.again), *self.changing)

    @property
    def printed(self) -> bytes | None:
        """What goes to standard output instead of a file."""
        return next((one.data for one in self.writes if one.path == STDIN), None)


def bring(asked: Asked, given: Mapping[str, bytes] | None = None) -> Brought:
    """Read a workbook back, and say what it becomes where that is asked for.

    `given` is what some of the files hold, by their names: those are not looked for on any disk.

    Raises:
        RakError: a target may not be written, or a file cannot be read.
    """
    _refuse_targets(asked)
    given = given or {}
    data = _content(asked.workbook, given)
    again = reimport(data, asked.workbook, asked.into)
    made = Brought(again, again.findings, again.loaded.sources)
    if made.exit == _UNREADABLE or not again.plans or (made.exit and not asked.partial):
        return made
    if asked.output is not None:
        return replace(
            made, target=asked.output, writes=(Write(asked.output, as_new(again.loaded, asked.output)),)
        )
    if asked.into is not None:
        return _merged(asked, made, data, _content(asked.into, given))
    return made


_UNREADABLE: Final = 4


def _content(name: str, given: Mapping[str, bytes]) -> bytes:
    return given[name] if name in given else disk.read(Path(name))


def carry_out(made: Brought) -> None:
    """Write the files, each in one step.

    Raises:
        RakError: one of them cannot be written, so none is.
    """
    disk.write_all((Path(path), data) for path, data in made.writes if path != STDIN)


def _refuse_targets(asked: Asked) -> None:
    """Go on only where nothing is overwritten that nobody offered."""
    new = [name for name in (asked.output, asked.conflicts) if name is not None and name != STDIN]
    pairs = [(target, source) for target in new for source in (asked.workbook, asked.into)]
    for target, source in [*pairs, (asked.into, asked.workbook)]:
        if target is not None and source not in (None, STDIN) and disk.same(Path(str(source)), Path(target)):
            raise RakError(rules.KELUARAN_ADALAH_MASUKAN.at(value=target))
    for target in new:
        disk.must_be_new(Path(target), force=asked.force)


def as_new(loaded: Loaded, name: str) -> bytes:
    """The plans of a file in the form that a name's ending tells; what did not fit its field as it stands.

    Raises:
        RakError: the ending is of no input form, or of one that cannot hold them all.
    """
    from rak_excel.merging import new_source

    return new_source(name, loaded.plans, loaded.layouts, None if loaded.ok else loaded.origins)


def _merged(asked: Asked, made: Brought, data: bytes, text: bytes) -> Brought:
    """The source with the workbook's edits; or the conflicts, and the source is left alone."""
    from rak_excel.merging import merge_into, patched_source

    name = str(asked.into)
    source = load_bytes(text, name)
    sources = {**made.sources, **source.sources}
    if not source.ok:
        return replace(made, findings=(*made.findings, *source.findings), sources=sources)
    if not made.again.has_base and made.again.loaded.recognised is not None:
        made = _against_the_source(asked, made, data, source)
        if made.exit and not asked.partial:
            return replace(made, sources=sources)
    seals = (_seal(data), _seal(text))
    choices, told = _choices(asked, seals)
    if any(one.rule is rules.BERUBAH_SEJAK_KONFLIK for one in told):
        return replace(made, findings=(*made.findings, *told), sources=sources)
    merging = merge_into(made.again.loaded, source, choices)
    settled = (one if one.file is not None else one.placed(None, asked.resolve) for one in merging.findings)
    findings = (*made.findings, *settled, *told)
    made = replace(made, findings=findings, sources=sources, conflicts=merging.conflicts)
    if merging.conflicts and asked.conflicts is not None:
        return _asked_in_a_sheet(asked.conflicts, made, seals, asked)
    if merging.blocked or any(one.is_error for one in told):
        return made
    patched = patched_source(source, text, merging)
    made = replace(made, findings=(*made.findings, *patched.findings))
    if any(one.is_error for one in patched.findings):
        return made
    differing = choices is not None and any(row.side == "ours" for row in choices.rows)
    writes = _replacing(name, text, patched.data, backup=asked.backup)
    changing = () if made.again.against else will_change(source, merging.plans(source), made.again)
    return replace(made, target=name, writes=writes, differing=differing, changing=changing)


def _against_the_source(asked: Asked, made: Brought, data: bytes, source: Loaded) -> Brought:
    """A workbook without its base, read against the source.

    What the form does not print is the source's; where the two differ the workbook speaks, and is told.
    """
    loaded = load_bytes(data, asked.workbook, base=source.plans, source=source.file)
    again = against_base(loaded)._replace(against=source.file)
    differs = any(one.told for one in again.differences)
    told = rules.SUMBER_JADI_DASAR.at(value=source.file).placed(None, asked.workbook)
    return replace(made, again=again, findings=(*again.findings, told) if differs else again.findings)


def _replacing(name: str, before: bytes, after: bytes, *, backup: bool) -> tuple[Write, ...]:
    """The writes that put a file in another's place; the former one goes beside it first."""
    if before == after:
        return ()
    kept = (Write(f"{name}.bak", before),) if backup else ()
    return (*kept, Write(name, after))


# --- what is said of it ----------------------------------------------------------------------------------


def contradiction(asked: Asked) -> Words | None:
    """Why no command can do what it is asked for."""
    if asked.output is not None and asked.into is not None:
        return Words("-o dan --into tidak dapat dipakai bersama", "-o and --into exclude each other")
    if asked.conflicts is not None and asked.resolve is not None:
        return Words(
            "--conflicts dan --resolve tidak dapat dipakai bersama",
            "--conflicts and --resolve exclude each other",
        )
    if (asked.conflicts or asked.resolve) and asked.into is None:
        return Words("--conflicts dan --resolve perlu --into", "--conflicts and --resolve need --into")
    return None


def outcome(asked: Asked, made: Brought) -> Words | None:
    """What was written, in one sentence; `None` where that goes without saying."""
    if made.asked is not None:
        run = _settling(asked, made.asked)
        return Words(
            f"ditulis: {made.asked}; pilih, lalu: {run}", f"written: {made.asked}; choose, then: {run}"
        )
    if made.target is None and (asked.into or asked.output):
        return NOTHING_WRITTEN
    if made.target in (None, STDIN):
        return None
    if not made.writes:
        told = Words(
            "sumber sudah sama, tidak ditulis ulang", "the source is the same already, it is not written"
        )
    else:
        told = Words(f"ditulis: {made.target}", f"written: {made.target}")
    return _with_next(asked, told) if made.differing else told


def _with_next(asked: Asked, told: Words) -> Words:
    """What was written, and the command that makes the workbook follow what was chosen against it."""
    run = f"rak build {typed(asked.into)} -o {typed(asked.workbook)} --force"
    return Words(
        f"{told.id}; buku kerja masih memuat yang tidak dipilih, bangun ulang: {run}",
        f"{told.en}; the workbook still has what was not chosen, build it again: {run}",
    )


# --- conflicts on a sheet --------------------------------------------------------------------------------


def _seal(data: bytes) -> str:
    """What tells whether a file is still the one that conflicts were found in."""
    import hashlib  # 4 MB that only telling what changed need not pay

    return hashlib.sha256(data).hexdigest()


def _asked_in_a_sheet(name: str, made: Brought, seals: tuple[str, str], asked: Asked) -> Brought:
    """The conflicts on a sheet of their own; the source is left alone."""
    from rak_excel.files import xlsx_writer
    from rak_excel.sheet import konflik

    year = made.again.plans[0].tahun or _YEAR
    names = (Path(asked.workbook).name, Path(str(asked.into)).name)
    between = konflik.Between(names, seals, _settling(asked, name))
    data = xlsx_writer.write(konflik.book(made.conflicts, between, year, asked.language))
    return replace(made, asked=name, writes=(Write(name, data),))


def _settling(asked: Asked, sheet: str) -> str:
    """The command that reads the choices back from a sheet of conflicts."""
    workbook, source, settled = (typed(name) for name in (asked.workbook, asked.into, sheet))
    return f"rak import {workbook} --into {source} --resolve {settled}"


_YEAR: Final = 2024
"""The date of a sheet whose plan has no year."""


def _choices(asked: Asked, seals: tuple[str, str]) -> "tuple[Choices | None, list[Finding]]":
    """What was chosen on a sheet of conflicts, and what is wrong with it."""
    name = asked.resolve
    if name is None and not asked.answers:
        return None, []
    from rak_excel.sheet import konflik

    if name is None:
        return konflik.answered(asked.answers, seals), []
    from rak_excel.files import xlsx_reader

    read = xlsx_reader.read(disk.read(Path(name)), name)
    if read.book is None:
        raise RakError(*read.findings)
    if konflik.MARK not in read.book.properties:
        raise RakError(rules.BUKAN_LEMBAR_KONFLIK.at(value=name))
    choices = konflik.read(read.book)
    files = zip((asked.workbook, asked.into), seals, choices.seals, strict=True)
    told = [rules.BERUBAH_SEJAK_KONFLIK.at(value=file) for file, seal, before in files if seal != before]
    return choices, [finding.placed(None, name) for finding in told or choices.findings]

"""The way back: what a workbook says now, against the plan it was built from and against today's source.

`api` and the commands ask here; it is imported when the first of them does.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from rak_excel import rules
from rak_excel.files import disk
from rak_excel.findings import Finding, Language, RakError, Words, exit_code
from rak_excel.loading import STDIN, WORKBOOK, YAML, Loaded, Source, columns_of, load_bytes
from rak_excel.plan.align import Hints, fold
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.conflict import findings as findings_of
from rak_excel.plan.diff import DRESS, Change, apply, diff, short, tell
from rak_excel.plan.encode import encode
from rak_excel.plan.merge import Merged, merge
from rak_excel.plan.model import Plan
from rak_excel.plan.values import rupiah
from rak_excel.sheet import konflik
from rak_excel.sheet.konflik import Choices, Question

WORKBOOK_NAME: Final = "buku-kerja.xlsx"

Pair: TypeAlias = tuple[int | None, int | None]
"""The numbers of one plan in two files; `None` in the file that does not have it."""


class Difference(NamedTuple):
    """What differs between two plans; `before` or `after` is `None` where its file has no such plan.

    `told` says every change in the words of the plan.
    """

    name: Words
    before: Plan | None
    after: Plan | None
    changes: tuple[Change, ...]
    told: tuple[Words, ...]


class Reimported(NamedTuple):
    """A workbook read back, and what differs from the plans it was built from."""

    loaded: Loaded
    differences: tuple[Difference, ...]

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans it shows, blank where a value did not fit."""
        return self.loaded.plans

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found while it was read."""
        return self.loaded.findings

    @property
    def has_base(self) -> bool:
        """Whether the plans it was built from are known."""
        return self.loaded.recognised is not None and bool(self.loaded.recognised.base)


def reimport(data: bytes, name: str = "") -> Reimported:
    """Read a workbook, or any other form, back into plans."""
    return against_base(load_bytes(data, name or WORKBOOK_NAME))


def against_base(loaded: Loaded) -> Reimported:
    """What a file that was read says, compared with the plans it was built from."""
    if loaded.recognised is None or not loaded.recognised.base:
        return Reimported(loaded, ())
    base, sheets = loaded.recognised.base, loaded.recognised.sheets
    pairs: list[Pair] = [(sheet.base, number) for number, sheet in enumerate(sheets)]
    pairs += [(number, None) for number in range(len(base)) if number not in {before for before, _ in pairs}]
    return Reimported(loaded, tuple(_differences(base, loaded, pairs)))


def compare(before: Loaded, after: Loaded) -> tuple[Difference, ...]:
    """The meaning that differs between two files; plans are paired by unit and role, then by order."""
    return tuple(_differences(before.plans, after, pair(before.plans, after.plans)))


def hints_of(loaded: Loaded, number: int, base: Plan) -> Hints:
    """The paths in `base` that the rows of a plan speak of, if they speak of that plan at all."""
    read = loaded.recognised
    if read is None:
        return {}
    return read.sheets[number].hints if plan_of_base(loaded, number) == base else {}


def plan_of_base(loaded: Loaded, number: int) -> Plan | None:
    """The plan that plan `number` of a workbook was built from."""
    read = loaded.recognised
    at = read.sheets[number].base if read is not None else None
    return read.base[at] if read is not None and at is not None else None


def pair(before: Sequence[Plan], after: Sequence[Plan]) -> list[Pair]:
    """Plans of two files that are the same one, in the order of the later file; then those that are gone.

    Examples:
        >>> one, other = Plan(2024, "A", (), ()), Plan(2024, "B", (), ())
        >>> pair((one, other), (other, one)), pair((one,), (other, one))
        ([(1, 0), (0, 1)], [(None, 0), (0, 1)])
    """
    left = list(range(len(before)))
    found: dict[int, int] = {}
    for same in (_name, _order):
        for at, plan in enumerate(after):
            fit = next((one for one in left if same(before[one]) == same(plan)), None)
            if at not in found and fit is not None:
                found[at] = fit
                left.remove(fit)
    return [*((found.get(at), at) for at in range(len(after))), *((one, None) for one in left)]


def _name(plan: Plan) -> tuple[str, ...]:
    """What people tell plans apart by."""
    return fold(plan.unit).lower(), *(fold(one.jabatan).lower() for one in plan.penandatangan)


def _order(_: Plan) -> None:
    """Nothing but the order tells which is which."""


def _differences(before: Sequence[Plan], after: Loaded, pairs: Sequence[Pair]) -> Iterator[Difference]:
    for one, other in pairs:
        was = before[one] if one is not None else None
        now = after.plans[other] if other is not None else None
        if was is None or now is None or other is None:
            yield _whole(was, now)
            continue
        changes = tuple(
            change
            for change in diff(was, now, hints_of(after, other, was))
            if change.part != "plan" or change.field not in DRESS
        )
        yield Difference(plan_words(now), was, now, changes, tuple(tell(one, was, now) for one in changes))


def _whole(before: Plan | None, after: Plan | None) -> Difference:
    """A plan that one of the files does not have."""
    plan = after or before
    if plan is None:
        raise ValueError("a pair has a plan")
    name = plan_words(plan)
    if before is None:
        told = Words(f"{name.id} ditambahkan", f"{name.en} added")
    else:
        told = Words(f"{name.id} dihapus", f"{name.en} removed")
    return Difference(name, before, after, (), (told,))


def plan_words(plan: Plan) -> Words:
    """What people call a plan: its unit and year, and the role that signs it."""
    role = f", {short(plan.penandatangan[0].jabatan)}" if plan.penandatangan else ""
    name = f"{short(plan.unit)} {plan.tahun}{role}"
    return Words(f"rencana {name}", f"plan {name}")


# --- bringing a workbook in ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What `rak import` is asked for: where to read, where to write, and what may be lost on the way."""

    workbook: str
    output: str | None = None
    into: str | None = None
    force: bool = False
    partial: bool = False
    backup: bool = True
    conflicts: str | None = None
    resolve: str | None = None
    language: Language = "id"


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of an import.

    `data` is what stands at `target` now, `None` where nothing was written; `same` tells that it stood there
    before.  `conflicts` are the questions that kept a merge from being written, `asked` the sheet of them.
    """

    again: Reimported
    findings: tuple[Finding, ...]
    sources: Mapping[str, Source]
    target: str | None = None
    data: bytes | None = None
    same: bool = False
    conflicts: tuple[Question, ...] = ()
    asked: str | None = None

    @property
    def exit(self) -> int:
        """The exit code: 0 where all went well, else nothing was written, but for what `partial` let go."""
        return exit_code(self.findings)


def bring(asked: Asked) -> Brought:
    """Read a workbook back and write what it says where that is asked for.

    Raises:
        RakError: the target may not be written, or cannot be.
    """
    _refuse_targets(asked)
    data = disk.read(Path(asked.workbook))
    again = reimport(data, asked.workbook)
    made = Brought(again, again.findings, again.loaded.sources)
    if made.exit == _UNREADABLE or not again.plans or (made.exit and not asked.partial):
        return made
    if asked.output is not None:
        return _written(asked, made, as_new(again.loaded, asked.output))
    if asked.into is not None:
        return _merged(asked, made, data, asked.into)
    return made


_UNREADABLE: Final = 4


def _refuse_targets(asked: Asked) -> None:
    """Go on only where nothing is overwritten that nobody offered."""
    new = [name for name in (asked.output, asked.conflicts) if name is not None and name != STDIN]
    pairs = [(target, source) for target in new for source in (asked.workbook, asked.into)]
    for target, source in [*pairs, (asked.into, asked.workbook)]:
        if target is not None and source is not None and disk.same(Path(source), Path(target)):
            raise RakError(rules.KELUARAN_ADALAH_MASUKAN.at(value=target))
    for target in new:
        if disk.exists(Path(target)) and not asked.force:
            raise RakError(rules.SUDAH_ADA.at(value=target))


def as_new(loaded: Loaded, name: str) -> bytes:
    """The plans of a file in the form that a name's ending tells; what did not fit its field as it stands.

    Raises:
        RakError: the ending is of no input form, or of one that cannot hold them all.
    """
    ending = Path(name).suffix.lower() if name != STDIN else YAML[0]
    roots = tuple(encode(plan) for plan in loaded.plans) if loaded.ok else loaded.origins
    if ending in YAML:
        from rak_excel.files import yaml_text

        made = yaml_text.write(roots).encode()
    elif ending == ".csv":
        from rak_excel.files import csv_text

        if len(roots) != 1:
            raise RakError(rules.BEBERAPA_RENCANA_DI_CSV.at(value=name, banyak=len(roots)))
        made = csv_text.write(roots[0], columns_of(loaded.layouts[0]))
    elif ending == WORKBOOK:
        from rak_excel.files import xlsx_writer
        from rak_excel.sheet import form

        made = xlsx_writer.write(form.book([*zip(loaded.plans, loaded.layouts, strict=True)]))
    else:
        raise RakError(rules.BENTUK_TIDAK_DIKENAL.at(value=name))
    if loaded.ok:
        again = load_bytes(made, name)
        if content_hash(again.plans) != content_hash(loaded.plans):
            raise RakError(_fault(name))
    return made


def _fault(name: str) -> Finding:
    """The finding that what was made for a file would not be read as it was meant."""
    sebab = Words(
        f"“{name}” akan terbaca lain dari yang dimaksud; tidak ditulis",
        f"“{name}” would not be read as it was meant; it is not written",
    )
    return rules.KESALAHAN_KAMI.at(sebab=sebab)


def _written(asked: Asked, made: Brought, data: bytes) -> Brought:
    """The new file in its place; at `-` the caller prints it."""
    if asked.output is not None and asked.output != STDIN:
        disk.write(Path(asked.output), data)
    return replace(made, target=asked.output, data=data)


def _merged(asked: Asked, made: Brought, data: bytes, name: str) -> Brought:
    """The source with the workbook's edits, in its place; or the conflicts, and nothing is written."""
    text = disk.read(Path(name))
    source = load_bytes(text, name)
    sources = {**made.sources, **source.sources}
    if not source.ok:
        return replace(made, findings=(*made.findings, *source.findings), sources=sources)
    if not made.again.has_base and made.again.loaded.recognised is not None:
        # what the form does not print is the source's, and where the two differ the workbook speaks
        told = [one for one in made.findings if one.rule is rules.TANPA_DASAR]
        loaded = load_bytes(data, asked.workbook, base=source.plans)
        again = against_base(replace(loaded, findings=(*loaded.findings, *told)))
        made = replace(made, again=again, findings=again.findings)
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
    if patched != text:
        if asked.backup:
            disk.write(Path(f"{name}.bak"), text)
        disk.write(Path(name), patched)
    return replace(made, target=name, data=patched, same=patched == text)


# --- what is said of it ---------------------------------------------------------------------------------


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
        names = (_typed(name) for name in (asked.workbook, asked.into, made.asked))
        run = "rak import {} --into {} --resolve {}".format(*names)
        return Words(
            f"ditulis: {made.asked}; pilih, lalu: {run}", f"written: {made.asked}; choose, then: {run}"
        )
    if made.data is None or made.target == STDIN:
        return None
    if made.same:
        return Words(
            "sumber sudah sama, tidak ditulis ulang", "the source is the same already, it is not written"
        )
    return Words(f"ditulis: {made.target}", f"written: {made.target}")


def receipt(again: Reimported) -> tuple[Words, ...]:
    """What was understood, and what differs from the plans it was built from, in the words of the plan."""
    if not again.plans:
        return ()
    goals = sum(len(plan.sasaran) for plan in again.plans)
    rows = sum(1 for plan in again.plans for _ in plan.kegiatan)
    total = rupiah(sum(plan.jumlah_biaya for plan in again.plans))
    lines = [
        Words(
            f"terbaca: {goals} sasaran, {rows} kegiatan, jumlah {total}",
            f"read: {goals} goals, {rows} activities, total {total}",
        )
    ]
    count = sum(len(one.told) for one in again.differences)
    if again.has_base and not count:
        lines.append(Words("tidak ada yang berubah dari asalnya", "nothing differs from its base"))
    elif count:
        lines.append(Words(f"berbeda dari asalnya: {count}", f"differs from its base: {count}"))
    for one in again.differences:
        several = len(again.differences) > 1 and bool(one.changes)
        lines.extend([Words(f"{one.name.id}:", f"{one.name.en}:")] if several else [])
        lines.extend(Words(f"  {told.id}", f"  {told.en}") for told in one.told)
    return tuple(lines)


# --- conflicts on a sheet --------------------------------------------------------------------------------


def _seal(data: bytes) -> str:
    """What tells whether a file is still the one that conflicts were found in."""
    return hashlib.sha256(data).hexdigest()


def _asked_in_a_sheet(name: str, made: Brought, seals: tuple[str, str], asked: Asked) -> Brought:
    """Put the conflicts on a sheet of their own; the source is left alone."""
    from rak_excel.files import xlsx_writer

    year = made.again.plans[0].tahun or _YEAR
    disk.write(Path(name), xlsx_writer.write(konflik.book(made.conflicts, seals, year, asked.language)))
    return replace(made, asked=name)


_YEAR: Final = 2024
"""The date of a sheet whose plan has no year."""


def _choices(asked: Asked, seals: tuple[str, str]) -> tuple[Choices | None, list[Finding]]:
    """What was chosen on a sheet of conflicts, and what is wrong with it."""
    name = asked.resolve
    if name is None:
        return None, []
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


# --- building over an edited workbook --------------------------------------------------------------------


def told_of_edits(source: Loaded, target: Path) -> Finding:
    """What becomes of a workbook that somebody saved if it is built again from its source.

    An error where an edit would be lost: one that is not in the source, or that no plan can hold.
    """
    name = str(target)
    workbook = load_bytes(disk.read(target), name, base=source.plans)
    lost = rules.SUNTINGAN_AKAN_HILANG.at(value=name, perintah=_command_for(source.file, name))
    if not workbook.plans or not workbook.ok:
        return lost
    merging = merge_into(workbook, source)
    if merging.blocked or merging.plans(source) != source.plans or None in merging.merged:
        return lost
    outside = [one for one in workbook.findings if one.rule in _OUTSIDE]
    if outside:
        isi = Words(
            "; ".join(one.message("id") for one in outside), "; ".join(one.message("en") for one in outside)
        )
        return rules.ISI_LUAR_AKAN_HILANG.at(value=name, isi=isi)
    return rules.TAMPILAN_HILANG.at(value=name)


_OUTSIDE: Final = (
    rules.LEMBAR_LAIN,
    rules.LEMBAR_TERSEMBUNYI,
    rules.NILAI_DI_BAWAH_GABUNGAN,
    rules.SEL_TANPA_JUDUL,
    rules.TEKS_DI_LUAR_TABEL,
    rules.BARIS_BUKAN_KEGIATAN,
    rules.BARIS_DI_BAWAH_JUMLAH,
    rules.CATATAN_SEL,
    rules.LEMBAR_KEMBAR,
)
"""What tells of cells that are no part of a plan."""


def _command_for(source: str, workbook: str) -> str:
    """The command that brings the edits of a workbook in."""
    target = "-o rencana.yaml" if source == STDIN else f"--into {_typed(source)}"
    return f"rak import {_typed(workbook)} {target}"


def _typed(name: str | None) -> str:
    """A name as it is typed in a command."""
    return f'"{name}"' if name is not None and " " in name else str(name)


# --- merging ---------------------------------------------------------------------------------------------


class Merging(NamedTuple):
    """What became of a source's plans, and the plans that are new to it.

    `merged` holds one for each plan of the source; `None` where the workbook does not show it.
    """

    merged: tuple[Merged | None, ...]
    added: tuple[int, ...]
    findings: tuple[Finding, ...]
    conflicts: tuple[Question, ...]
    workbook: Loaded

    @property
    def blocked(self) -> bool:
        """Whether something must be settled before anything is written."""
        return any(one.is_error for one in self.findings)

    def plans(self, source: Loaded) -> tuple[Plan, ...]:
        """The plans that the source holds afterwards."""
        kept = (
            plan if merged is None else merged.plan
            for plan, merged in zip(source.plans, self.merged, strict=True)
        )
        return (*kept, *(self.workbook.plans[number] for number in self.added))


def merge_into(workbook: Loaded, source: Loaded, choices: Choices | None = None) -> Merging:
    """Merge what a workbook says into the plans of a source, the source without errors."""
    found = _ties(workbook, source)
    merged: list[Merged | None] = [None] * len(source.plans)
    findings: list[Finding] = []
    conflicts: list[Question] = []
    for number, (base, at) in found.items():
        if at is None:
            continue
        ours = source.plans[at]
        before = ours if base is None else base
        theirs = understood(workbook, number, before)
        one = merge(
            before,
            ours,
            theirs,
            theirs_of=hints_of(workbook, number, before),
            choices=choices.of(at) if choices is not None else None,
        )
        told = [*(note for note in one.notes if note.finding.rule not in _OF_CHOICES)]
        # one that stands on the sheet of conflicts without an answer is told there
        asked = {row.key for row in choices.rows if row.plan == at} if choices is not None else set()
        told.extend(
            sided
            for conflict in one.conflicts
            if conflict.key not in asked
            for sided in findings_of(conflict)
        )
        for sided in told:
            side = (source, at) if sided.side == "ours" else (workbook, number)
            findings.extend(side[0].placed(side[1], [sided.finding]))
        merged[at] = one
        name = plan_words(ours) if len(source.plans) > 1 else None
        conflicts.extend(Question(at, conflict, name) for conflict in one.conflicts)
        findings.extend(
            rules.PILIHAN_USANG.at(value=row.key, place=row.place)
            for row in (choices.rows if choices is not None else ())
            if row.plan == at and row.key in one.stale
        )
    added = tuple(number for number, (_, at) in found.items() if at is None)
    return Merging(tuple(merged), added, tuple(findings), tuple(conflicts), workbook)


_OF_CHOICES: Final = (rules.PILIHAN_USANG, rules.PILIHAN_TIDAK_DIKENAL)
"""What is told at the cell of the choice instead."""


def understood(workbook: Loaded, number: int, base: Plan) -> Plan:
    """A plan of a workbook, where what did not fit its field stays as it was in the base.

    It is blank in the plan that was read, and would be merged as if somebody had deleted it.
    """
    theirs = workbook.plans[number]
    faulty = {one.path for one in workbook.findings if one.is_error and one.path}
    lost = set(workbook.recognised.sheets[number].lost) if workbook.recognised is not None else set()
    if not faulty and not lost:
        return theirs
    kept = (
        change
        for change in diff(base, theirs, hints_of(workbook, number, base))
        if change.kind != "changed" or not _is_faulty(change, faulty, lost)
    )
    return apply(kept, base)


def _is_faulty(change: Change, faulty: set[str], lost: set[str]) -> bool:
    band = change.field.partition("[")[0]
    paths = (".".join(step for step in (change.after, field) if step) for field in (change.field, band))
    name = change.part if change.field == "uraian" else change.field
    return name in lost or band in lost or any(path in faulty for path in paths)


def _ties(workbook: Loaded, source: Loaded) -> dict[int, tuple[Plan | None, int | None]]:
    """For each plan of a workbook its base, and the number of the plan of the source that it is.

    The base ties them, then unit and role, then the order.
    """
    read = workbook.recognised
    base = read.base if read is not None else ()
    numbers = [sheet.base for sheet in read.sheets] if read is not None else [None] * len(workbook.plans)
    in_source = {before: at for before, at in pair(base, source.plans) if before is not None}
    ties: dict[int, tuple[Plan | None, int | None]] = {}
    for number, before in enumerate(numbers):
        at = in_source.get(before) if before is not None else None
        ties[number] = (base[before] if before is not None else None, at)
    loose = [number for number, before in enumerate(numbers) if before is None]
    free = [at for at in range(len(source.plans)) if at not in {tied for _, tied in ties.values()}]
    paired = pair([source.plans[at] for at in free], [workbook.plans[number] for number in loose])
    for here, there in paired:
        if there is not None:
            ties[loose[there]] = (None, free[here] if here is not None else None)
    return ties


def patched_source(source: Loaded, data: bytes, merging: Merging) -> bytes:
    """The bytes of a source with a merge in it, read again before anyone may write them.

    Raises:
        RakError: its form cannot hold the plans, or it would not be read as the merge.
    """
    wanted = merging.plans(source)
    if wanted == source.plans:
        return data
    ending = Path(source.file).suffix.lower()
    if ending == ".csv":
        made = _patched_csv(source, data, merging)
    elif ending in YAML:
        made = _patched_yaml(source, data, merging)
    else:
        raise RakError(rules.BENTUK_TIDAK_DIKENAL.at(value=source.file))
    if load_bytes(made, source.file).plans != wanted:
        raise RakError(_fault(source.file))
    return made


def _patched_yaml(source: Loaded, data: bytes, merging: Merging) -> bytes:
    from rak_excel.files import yaml_patch, yaml_text

    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2], "utf-8")
    text = data.decode(encoding)
    for document, (plan, merged) in enumerate(zip(source.plans, merging.merged, strict=True)):
        if merged is not None:
            text = yaml_patch.patch(text, document, plan, merged.plan, merged.sources)
    for number in merging.added:
        written = yaml_text.write((encode(merging.workbook.plans[number]),))
        text = f"{text}{'' if text.endswith(chr(10)) else chr(10)}---\n{written}"
    return text.encode(encoding)


def _patched_csv(source: Loaded, data: bytes, merging: Merging) -> bytes:
    from rak_excel.files import csv_patch

    if merging.added:
        many = len(source.plans) + len(merging.added)
        raise RakError(rules.BEBERAPA_RENCANA_DI_CSV.at(value=source.file, banyak=many))
    (merged,) = merging.merged
    return data if merged is None else csv_patch.patch(data, source.plan, merged.plan, merged.sources)

"""What a workbook says, merged into today's source: in plans first, then in the bytes of its file."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from rak_excel import rules
from rak_excel.files import disk
from rak_excel.findings import Finding, RakError, Words, typed
from rak_excel.loading import STDIN, WORKBOOK, YAML, Loaded, columns_of, load_bytes
from rak_excel.nodes import Mapping
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.conflict import Conflict, of_deleted_plan
from rak_excel.plan.conflict import findings as findings_of
from rak_excel.plan.diff import DRESS, apply, diff, tell
from rak_excel.plan.encode import encode
from rak_excel.plan.merge import Merged, merge
from rak_excel.plan.model import Plan
from rak_excel.reimport import errors_of, hints_of, is_at, lost_columns, pair, plan_words
from rak_excel.sheet.konflik import Choices, Question
from rak_excel.sheet.layout import Layout
from rak_excel.sheet.moving import Extent

if TYPE_CHECKING:
    from rak_excel.sheet.form_patch import Revision
    from rak_excel.sheet.form_reader import FormRead


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
    merged: list[Merged | None] = [None] * len(source.plans)
    added: list[int] = []
    findings: list[Finding] = []
    conflicts: list[Question] = []
    for number, (base, at) in _ties(workbook, source).items():
        if at is None:
            back = _deleted(workbook, number, base, len(source.plans) + number, choices)
            added.extend([number] if back.comes else [])
            findings.extend(back.findings)
            conflicts.extend(back.conflicts)
            continue
        ours = source.plans[at]
        before = ours if base is None else base
        theirs = understood(workbook, number, before)
        one = merge(
            before,
            ours,
            theirs,
            theirs_of=hints_of(workbook, number, before),
            theirs_lost=lost_columns(workbook, number),
            choices=choices.of(at) if choices is not None else None,
        )
        told = [note for note in one.notes if note.finding.rule not in _OF_CHOICES]
        told.extend(
            sided
            for conflict in one.conflicts
            if not _on_sheet(choices, at, conflict)
            for sided in findings_of(conflict)
        )
        for sided in told:
            side = (source, at) if sided.side == "ours" else (workbook, number)
            findings.extend(side[0].placed(side[1], [sided.finding]))
        merged[at] = one
        name = plan_words(ours) if len(source.plans) > 1 else None
        conflicts.extend(Question(at, conflict, name) for conflict in one.conflicts)
        findings.extend(_stale(choices, at, one.stale))
    return Merging(tuple(merged), tuple(added), tuple(findings), tuple(conflicts), workbook)


def _on_sheet(choices: Choices | None, plan: int, conflict: Conflict) -> bool:
    """Whether a conflict stands on the sheet of conflicts: without an answer it is told there."""
    return choices is not None and any((row.plan, row.key) == (plan, conflict.key) for row in choices.rows)


def _stale(choices: Choices | None, plan: int, keys: Collection[str]) -> Iterator[Finding]:
    """The choices that no longer fit, each at its cell."""
    for row in choices.rows if choices is not None else ():
        if row.plan == plan and row.key in keys:
            yield rules.PILIHAN_USANG.at(value=row.key, place=row.place)


class _Back(NamedTuple):
    """Whether a plan that the source does not have comes into it, and what is told or asked of it."""

    comes: bool
    findings: tuple[Finding, ...] = ()
    conflicts: tuple[Question, ...] = ()


def _deleted(
    workbook: Loaded, number: int, base: Plan | None, asked_as: int, choices: Choices | None
) -> _Back:
    """A plan that the source does not have: it is new, or the source had it and somebody deleted it there.

    A deleted one stays away, unless the workbook has changed it: then that is a conflict.
    """
    if base is None:
        return _Back(comes=True)
    theirs, name = understood(workbook, number, base), plan_words(workbook.plans[number])
    changes = tuple(
        one
        for one in diff(base, theirs, hints_of(workbook, number, base))
        if one.part != "plan" or one.field not in DRESS
    )
    if not changes:
        note = rules.RENCANA_SUDAH_DIHAPUS.at(rencana=name)
        return _Back(False, tuple(workbook.placed(number, [note])))
    conflict = of_deleted_plan(name, base, theirs, changes)
    keys = {row.key for row in choices.rows if row.plan == asked_as} if choices is not None else set()
    stale = tuple(_stale(choices, asked_as, keys - {conflict.key}))
    answer = choices.of(asked_as).get(conflict.key) if choices is not None else None
    if answer is not None:
        return _Back(answer == "theirs", stale)
    told = [one.finding for one in findings_of(conflict) if one.side == "theirs"]
    shown = () if conflict.key in keys else tuple(workbook.placed(number, told))
    return _Back(False, (*shown, *stale), (Question(asked_as, conflict),))


_OF_CHOICES: Final = (rules.PILIHAN_USANG, rules.PILIHAN_TIDAK_DIKENAL)
"""What is told at the cell of the choice instead."""


def understood(workbook: Loaded, number: int, base: Plan) -> Plan:
    """A plan of a workbook, where what did not fit its field stays as it was in the base.

    It is blank in the plan that was read, and would be merged as if somebody had deleted it.
    """
    theirs = workbook.plans[number]
    faulty = {one.path for one in errors_of(workbook, number)}
    lost = lost_columns(workbook, number)
    if not faulty and not lost:
        return theirs
    kept = (
        change
        for change in diff(base, theirs, hints_of(workbook, number, base))
        if change.kind != "changed" or not is_at(change, faulty, lost)
    )
    return apply(kept, base)


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


# --- a new source ----------------------------------------------------------------------------------------


def new_source(
    name: str, plans: tuple[Plan, ...], layouts: Sequence[Layout], roots: tuple[Mapping, ...] | None = None
) -> bytes:
    """The bytes of plans in the form that a name's ending tells; `roots` where they are not to be checked.

    Raises:
        RakError: the ending is of no input form, or of one that cannot hold them all.
    """
    ending = Path(name).suffix.lower() if name != STDIN else YAML[0]
    written = tuple(encode(plan) for plan in plans) if roots is None else roots
    if ending in YAML:
        from rak_excel.files import yaml_text

        made = yaml_text.write(written).encode()
    elif ending == ".csv":
        from rak_excel.files import csv_text

        if len(written) != 1:
            raise RakError(rules.BEBERAPA_RENCANA_DI_CSV.at(value=name, banyak=len(written)))
        made = csv_text.write(written[0], columns_of(layouts[0]))
    elif ending == WORKBOOK:
        from rak_excel.files import xlsx_writer
        from rak_excel.sheet import form

        made = xlsx_writer.write(form.book([*zip(plans, layouts, strict=True)]))
    else:
        raise RakError(rules.BENTUK_TIDAK_DIKENAL.at(value=name))
    if roots is None:
        again = load_bytes(made, name)
        if content_hash(again.plans) != content_hash(plans):
            raise RakError(_does_not_hold(name, ending, plans, again))
    return made


def _does_not_hold(name: str, ending: str, plans: tuple[Plan, ...], again: Loaded) -> Finding:
    """The finding that plans would become others in a file, with the first thing that would change.

    YAML holds whatever its layout has a place for: what it was read from may be of another one.
    """
    if (ending in YAML and again.ok) or len(plans) != len(again.plans):
        return _fault(name)
    pairs = zip(plans, again.plans, strict=True)
    told = (tell(one, was, now) for was, now in pairs for one in diff(was, now))
    return rules.BENTUK_TIDAK_MEMUAT.at(value=name, beda=next(told))


def _fault(name: str) -> Finding:
    """The finding that what was made for a file would not be read as it was meant."""
    sebab = Words(
        f"“{name}” akan terbaca lain dari yang dimaksud; tidak ditulis",
        f"“{name}” would not be read as it was meant; it is not written",
    )
    return rules.KESALAHAN_KAMI.at(sebab=sebab)


# --- in the bytes of the source -------------------------------------------------------------------------


class Patched(NamedTuple):
    """A source with a merge in it, and what is to be told before it is written."""

    data: bytes
    findings: tuple[Finding, ...] = ()


def patched_source(source: Loaded, data: bytes, merging: Merging) -> Patched:
    """The bytes of a source with a merge in it, read again before anyone may write them.

    Raises:
        RakError: its form cannot hold the plans, or it would not be read as the merge.
    """
    wanted = merging.plans(source)
    if wanted == source.plans:
        return Patched(data)
    ending = Path(source.file).suffix.lower()
    if ending == ".csv":
        made = _patched_csv(source, data, merging)
    elif ending in YAML:
        made = Patched(_patched_yaml(source, data, merging))
    elif source.filled is not None:
        made = _patched_sheet(source, data, merging)
    else:
        raise RakError(rules.BENTUK_TIDAK_DIKENAL.at(value=source.file))
    if load_bytes(made.data, source.file).plans != wanted:
        # either its form cannot hold them, which is told, or the patch is at fault
        new_source(
            source.file, wanted, [*source.layouts, *(merging.workbook.layouts[n] for n in merging.added)]
        )
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


def _patched_csv(source: Loaded, data: bytes, merging: Merging) -> Patched:
    from rak_excel.files import csv_patch

    if merging.added:
        many = len(source.plans) + len(merging.added)
        raise RakError(rules.BEBERAPA_RENCANA_DI_CSV.at(value=source.file, banyak=many))
    (merged,) = merging.merged
    if merged is None:
        return Patched(data)
    made = csv_patch.patch(data, source.plan, merged.plan, merged.sources)
    if not made.startswith(_BOM) or data.startswith(_BOM):
        return Patched(made)
    told = rules.PENYANDIAN_DIGANTI.at(value=source.file, dulu="Windows-1252")
    return Patched(made, (told.placed(None, source.file),))


_BOM: Final = b"\xef\xbb\xbf"


def _patched_sheet(source: Loaded, data: bytes, merging: Merging) -> Patched:
    """An input sheet with the merged plans; a formula that may show something else then is replaced."""
    from rak_excel.files import xlsx_reader
    from rak_excel.sheet import form_patch
    from rak_excel.sheet.unmark import unmarked

    if merging.added:
        names = [plan_words(merging.workbook.plans[number]) for number in merging.added]
        rencana = Words(*(", ".join(words) for words in zip(*names, strict=True)))
        raise RakError(rules.RENCANA_TANPA_LEMBAR.at(value=source.file, rencana=rencana))
    read = xlsx_reader.read(data, source.file).book
    if read is None or source.filled is None:
        raise RakError(rules.BENTUK_TIDAK_DIKENAL.at(value=source.file))
    pages = form_patch.pages(unmarked(read), source.filled, source.layouts, _extents(data, source.filled))
    revisions = []
    for page, ours, merged in zip(pages, source.plans, merging.merged, strict=True):
        plan, sources = (ours, {}) if merged is None else (merged.plan, merged.sources)
        revisions.append(form_patch.revised(page, ours, plan, sources))
    told = [finding for one in revisions for finding in one.findings]
    if any(one.is_error for one in told):
        raise RakError(*(one.placed(None, source.file) for one in told if one.is_error))
    made = _revised(data, revisions)
    while any(one.shown for one in revisions):
        again = load_bytes(made.data, source.file)
        lost = [one.place for one in again.findings if one.rule is rules.RUMUS_BELUM_DIHITUNG and one.place]
        frozen = [one.frozen(lost) for one in revisions]
        if frozen == revisions:
            break
        revisions = frozen
        made = _revised(data, revisions)
    return Patched(made.data, tuple(one.placed(None, source.file) for one in made.findings))


def _extents(data: bytes, filled: "FormRead") -> list[Extent]:
    from rak_excel.files import xlsx_package

    return [xlsx_package.extent(data, sheet.sheet) for sheet in filled.sheets]


def _revised(data: bytes, revisions: "Sequence[Revision]") -> Patched:
    """The workbook with all its sheets revised, and what is to be told of it."""
    from rak_excel.files import xlsx_package

    told: list[Finding] = []
    for one in revisions:
        if not one.is_change:
            continue
        made = xlsx_package.patched(data, one.sheet, one.edits, one.rows, one.heights, one.parted, one.joined)
        data = made.data
        told += [*one.findings, *one.bound(made.bound)]
    return Patched(data, tuple(told))


# --- building over an edited workbook --------------------------------------------------------------------


def told_of_edits(source: Loaded, target: Path) -> Finding:
    """What becomes of a workbook that somebody saved if it is built again from its source.

    An error where an edit would be lost: one that is not in the source, or that no plan can hold.
    """
    name = str(target)
    workbook = load_bytes(disk.read(target), name, base=source.plans, source=source.file)
    lost = rules.SUNTINGAN_AKAN_HILANG.at(value=name, perintah=_command_for(source.file, name))
    if not source.plans or not workbook.plans or not workbook.ok:
        return lost
    merging = merge_into(workbook, source)
    if merging.blocked or merging.plans(source) != source.plans:
        return lost
    outside = [
        one
        for one in workbook.findings
        if one.rule in _OUTSIDE or (one.rule is rules.LEMBAR_HILANG and None in merging.merged)
    ]
    if outside:
        isi = Words(
            "; ".join(one.message("id") for one in outside), "; ".join(one.message("en") for one in outside)
        )
        return rules.ISI_LUAR_AKAN_HILANG.at(value=name, isi=isi)
    return rules.TAMPILAN_HILANG.at(value=name)


_OUTSIDE: Final = (
    rules.LEMBAR_TIDAK_DIBACA,
    rules.KOLOM_TIDAK_DIKENAL,
    rules.LEMBAR_LAIN,
    rules.LEMBAR_TERSEMBUNYI,
    rules.NILAI_DI_BAWAH_GABUNGAN,
    rules.SEL_TANPA_JUDUL,
    rules.TEKS_DI_LUAR_TABEL,
    rules.BARIS_BUKAN_KEGIATAN,
    rules.BARIS_DI_BAWAH_JUMLAH,
    rules.CATATAN_SEL,
    rules.GAMBAR,
    rules.JUMLAH_DITIMPA,
)
"""What tells of cells that are no part of a plan."""


def _command_for(source: str, workbook: str) -> str:
    """The command that brings the edits of a workbook in."""
    target = "-o rencana.yaml" if source == STDIN else f"--into {typed(source)}"
    return f"rak import {typed(workbook)} {target}"

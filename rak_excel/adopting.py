"""`rak init --from`: last year's file, whoever made it, becomes the input of a new year.

What was understood is written also where the old file has errors: a file made by hand mostly has some, and
its owner wants a beginning.  What could not be read is told first, what is left to do in the new file last.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rak_excel import rules
from rak_excel.files import disk
from rak_excel.findings import Finding, RakError, Words, exit_code, typed
from rak_excel.loading import DEFAULT_LAYOUT, STDIN, YAML, Loaded, Source, load_bytes
from rak_excel.merging import new_source
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.encode import asking
from rak_excel.plan.model import Plan, size_of
from rak_excel.plan.tahun_baru import Moved, cleared, moved


@dataclass(frozen=True, slots=True)
class Asked:
    """What `rak init --from` is asked for: the old file and the new one, the year, and what is cleared.

    `tahun` is as it was typed, and `contradiction` has nothing against it.
    """

    old: str
    path: str
    tahun: str
    unit: str | None = None
    clear: tuple[str, ...] = ()
    layout: str | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Adopted:
    """What came of it: `data` is the new file, `None` where the old one holds no plan.

    `findings` are of the old file, `left` of the new one: where an old year or another office's name stands,
    and what was moved; `asks` counts what `rak check` says of it besides.
    """

    findings: tuple[Finding, ...]
    sources: Mapping[str, Source]
    data: bytes | None = None
    left: tuple[Finding, ...] = ()
    told: Words | None = None

    @property
    def exit(self) -> int:
        """The exit code: 1 where the old file had errors, although what was understood is written."""
        return exit_code(self.findings)


def adopt(asked: Asked, given: bytes | None = None) -> Adopted:
    """Read last year's file and make the new one of it; `given` is what the old one holds.

    Raises:
        RakError: the new file may not be written, the old one cannot be read, or the new form cannot hold it.
    """
    _refuse(asked)
    data = disk.read(Path(asked.old)) if given is None else given
    old = load_bytes(data, asked.old, asked.layout)
    findings = tuple(one for one in old.findings if one.rule not in _AGAIN)
    if not old.plans:
        return Adopted(findings, old.sources)
    made = [moved(plan, int(asked.tahun), asked.unit) for plan in old.plans]
    plans = tuple(
        _dressed(cleared(one.plan, asked.clear, layout.form), asked, layout.name)
        for one, layout in zip(made, old.layouts, strict=True)
    )
    written = _written(asked.path, plans, old)
    new = load_bytes(written, asked.path)
    told = [one for number, (_, _, found) in enumerate(made) for one in new.placed(number, found)]
    left = [*told, *(one for one in new.findings if one.rule in _AGAIN and not _is_told(one, told))]
    left.sort(key=lambda one: one.place[:2] if one.place is not None else (0, 0))
    asks = sum(one.is_error for one in new.findings)
    return Adopted(
        findings, {**old.sources, **new.sources}, written, tuple(left), _receipt(asked, made, asks)
    )


_AGAIN: Final = (rules.KANTOR_LAIN, rules.TAHUN_LAIN)
"""What is told of the new file, not of the old one."""


def _is_told(finding: Finding, told: Iterable[Finding]) -> bool:
    """Whether a year was told already as the old one."""
    return any(
        (one.path, one.value, one.rule) == (finding.path, finding.value, rules.TAHUN_LAMA) for one in told
    )


def _refuse(asked: Asked) -> None:
    """Go on only where nothing is overwritten that nobody offered."""
    if asked.path == STDIN:
        return
    if asked.old != STDIN and disk.same(Path(asked.old), Path(asked.path)):
        raise RakError(rules.KELUARAN_ADALAH_MASUKAN.at(value=asked.path))
    disk.must_be_new(Path(asked.path), force=asked.force)


def _dressed(plan: Plan, asked: Asked, layout: str) -> Plan:
    """The plan with its layout as the new file names it, which may stand in another folder."""
    name = asked.layout or plan.tata_letak
    if not name and layout != DEFAULT_LAYOUT:
        name = layout
    folder = Path() if asked.path == STDIN else Path(asked.path).parent
    if name.lower().endswith(YAML):
        beside = Path() if asked.layout or asked.old == STDIN else Path(asked.old).parent
        name = disk.seen_from(folder, str(beside / name))
    return replace(plan, tata_letak="" if name == DEFAULT_LAYOUT else name)


def _written(name: str, plans: tuple[Plan, ...], old: Loaded) -> bytes:
    """The new file; in YAML with a key for all that its form asks for."""
    if name == STDIN or Path(name).suffix.lower() in YAML:
        pairs = zip(plans, old.layouts, strict=True)
        roots = tuple(asking(plan, layout.form) for plan, layout in pairs)
        made = new_source(name, plans, old.layouts, roots)
        if content_hash(load_bytes(made, name).plans) == content_hash(plans):
            return made
    return new_source(name, plans, old.layouts)


# --- what is said of it ----------------------------------------------------------------------------------


def _receipt(asked: Asked, made: Sequence[Moved], asks: int) -> Words:
    goals, rows, _ = size_of(one.plan for one in made)
    years = ", ".join(dict.fromkeys(str(one.dari or "?") for one in made))
    indonesian = f"{goals} sasaran, {rows} kegiatan; tahun {years} menjadi {asked.tahun}"
    english = f"goals: {goals}, activities: {rows}; year {years} becomes {asked.tahun}"
    if asked.clear:
        indonesian += f"; dikosongkan: {', '.join(asked.clear)}"
        english += f"; cleared: {', '.join(asked.clear)}"
    run = f"rak check {typed(asked.path)}"
    if not asks:
        return Words(
            f"dibuat: {asked.path} ({indonesian}); periksa dengan: {run}",
            f"made: {asked.path} ({english}); then: {run}",
        )
    return Words(
        f"dibuat: {asked.path} ({indonesian}); {asks} hal masih harus diisi atau dibetulkan: {run}",
        f"made: {asked.path} ({english}); {asks} things are left to fill in or to mend: {run}",
    )


def contradiction(old: str | None, tahun: str | None) -> Words | None:
    """Why nothing can be adopted, where something of it was asked for."""
    if old is None:
        return Words("--tahun, --unit dan --clear perlu --from", "--tahun, --unit and --clear need --from")
    if tahun is None:
        return Words("--from perlu --tahun", "--from needs --tahun")
    if re.fullmatch(r"20\d\d", tahun, re.ASCII) is None:
        return Words(
            f"--tahun “{tahun}” bukan tahun; tulis empat angka, misalnya 2026",
            f"--tahun “{tahun}” is no year; write four digits, such as 2026",
        )
    return None

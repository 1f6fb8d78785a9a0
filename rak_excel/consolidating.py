"""`rak consolidate`: many plans into one recapitulation; and the same for Python.

What a run came to is kept with the hashes of all that it was made of.  So a second run over the same files
finds its outcome and writes nothing.  The face imports this module, so what adds up is imported late.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from rak_excel import api, batch, loading, report, rules
from rak_excel.files import disk
from rak_excel.findings import Finding, Language, Place, RakError, Severity, Words
from rak_excel.loading import STDIN
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.model import Plan
from rak_excel.plan.values import rupiah

if TYPE_CHECKING:
    from rak_excel.digest import Digest
    from rak_excel.plan.consolidation import Consolidation, Status
    from rak_excel.plan.deciding import Listed

FORMS: Final = (".xlsx", ".parquet", ".csv", ".json")
"""The endings of what a recapitulation is written as."""
TOLD_ALONE: Final = 20
"""More of our own findings than these are only counted, as those of the files are."""
NAMED: Final = 10
"""So many plans that do not count are named, each with its reason."""


# --- the face ------------------------------------------------------------------------------------------


def consolidate(
    sources: "str | Path | Plan | Iterable[str | Path | Plan]", *, workers: int = 0
) -> "Consolidation":
    """Add up many plans: of files and folders, plans made in Python, or both.

    A file that cannot be read or has errors raises nothing: it does not count, and `plans` says why.

    `workers` is the number of processes that read files, besides this one; as always in Python, they run the
    main script too, whose own work must therefore stand below `if __name__ == "__main__":`.
    """
    from rak_excel.plan import consolidate as adding  # 15 ms that no other verb need pay for

    several = (sources,) if isinstance(sources, str | Path | Plan) else tuple(sources)
    names = _once(name for one in several if not isinstance(one, Plan) for name in loading.files_in(str(one)))
    files = batch.digests(sorted(names), cache=False, workers=workers)
    here = _made_here(one for one in several if isinstance(one, Plan))
    made = tuple(sorted(here, key=lambda one: one.file))

    def both() -> "Iterator[Digest]":
        yield from files
        yield from made

    heads = [adding.head(one) for one in both()]
    return adding.consolidate(heads, both)


def _once(names: Iterable[str]) -> list[str]:
    """The names without those that lead to a file that was named before."""
    return list({disk.identity(Path(name)): name for name in reversed([*names])}.values())


def _made_here(plans: Iterable[Plan]) -> "Iterator[Digest]":
    """Plans that stand in no file, each under the beginning of its hash."""
    from rak_excel.digest import Digest  # what packs digests, which other verbs need not pay for

    seen: Counter[str] = Counter()
    for plan in plans:
        content = content_hash((plan,))
        seen[content] += 1
        name = f"Plan {content[:8]}" + (f" ({seen[content]})" if seen[content] > 1 else "")
        found = tuple(one.placed(None, name) for one in api.check(plan))
        yield Digest(
            name,
            plans=(plan,),
            hashes=(content,),
            bases=(None,),
            units=(None,),
            places=((),),
            findings=found,
            owners=(0,) * len(found),
            quotes=((),) * len(found),
        )


# --- the command ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What `rak consolidate` is asked for; `again` asks to do it all even where nothing has changed."""

    files: tuple[str, ...]
    output: str
    expect: str | None = None
    exclude: tuple[str, ...] = ()
    cache: bool = True
    again: bool = False
    language: Language = "id"


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a consolidation; nothing is written until `carry_out` is called with it.

    `told` gives findings by file: all of them where they are asked for or few, else our own alone.  `says`
    is told after them, `exit` is the exit code.  `made` is `None` where the output of an earlier run still
    holds.  `own` are our own findings that are worth their place even among many.
    """

    own: tuple[Finding, ...]
    says: tuple[Words, ...]
    exit: int
    made: "Consolidation | None" = None
    everything: Callable[[], Iterator[report.Told]] | None = None
    key: str = ""

    def told(self) -> Iterator[report.Told]:
        """What is told of each file, one at a time."""
        if self.everything is not None:
            return self.everything()
        return iter([report.Told("", "", "", [(one, ()) for one in self.own])])


def bring(
    asked: Asked, progress: batch.Progress | None = None, given: Callable[[], bytes] | None = None
) -> Brought:
    """Read all files, and add up what counts; `given` tells what standard input holds, where it is an input.

    Raises:
        RakError: the output may not be written, no input is there, or the list of units cannot be read.
    """
    inputs = _inputs(asked)
    _refuse_output(asked, inputs)
    _refuse_nothing(inputs)
    key = _key(asked, inputs) if _keeping_pays(asked, inputs) else ""
    before = _kept(key, Path(asked.output)) if key and not asked.again else None
    if before is not None:
        return before
    listed, told = _expected(asked)
    held = given() if given is not None and STDIN in inputs.names else None
    named = [name for name in inputs.names if name not in inputs.walked]
    files = batch.digests(inputs.names, cache=asked.cache, progress=progress, given=held, named=named)
    idle = [rules.POLA_TANPA_BERKAS.at("", pattern) for pattern in inputs.idle]
    return _added_up(asked, inputs, files, listed, (*files.findings, *told, *idle), key)


def carry_out(asked: Asked, brought: Brought) -> tuple[Finding, ...]:
    """Write the recapitulation, and keep what the run came to; what its form cannot hold as it is.

    Raises:
        RakError: it cannot be written, or its form cannot hold it; a former one is whole then.
    """
    if brought.made is None:
        return ()
    target = Path(asked.output)
    found = tuple(one.placed(None, asked.output) for one in _written(target, brought.made, asked.language))
    if brought.key:
        _keep(replace(brought, own=(*brought.own, *found)), target)
    return found


# --- what is read --------------------------------------------------------------------------------------


class _Inputs(NamedTuple):
    """The files to read, in the order of the names that are shown of them.

    `shown` gives the latter, as seen from the folder of the output, `given` the former, of the list of units
    too.  `excluded` are files with the pattern that leaves each out, `idle` the patterns that leave out none,
    `walked` the names found in a folder.
    """

    names: tuple[str, ...]
    shown: Mapping[str, str]
    given: Mapping[str, str]
    excluded: tuple[tuple[str, str], ...]
    idle: tuple[str, ...]
    walked: frozenset[str]


def _inputs(asked: Asked) -> _Inputs:
    folder = Path(asked.output).parent
    found: dict[object, tuple[bool, str, str, str]] = {}
    for path in asked.files:
        for name in loading.files_in(path):
            below = "" if name == path else Path(name).relative_to(path).as_posix()
            one = (bool(below), _seen_from(folder, name), name, below)  # what is named is asked for
            identity = disk.identity(Path(name))
            found[identity] = min(one, found.get(identity, one))
    ours = [disk.identity(Path(name)) for name in (asked.output, asked.expect) if name is not None]
    shown, excluded, used = {}, [], set()
    for identity, (walked, seen, name, below) in found.items():
        if walked and (identity in ours or _is_tidy(name)):
            continue
        fitting = [one for one in asked.exclude if _fits(one, Path(name).as_posix(), below, seen)]
        used.update(fitting)
        if fitting:
            excluded.append((seen, fitting[0]))
        else:
            shown[name] = seen
    given = {name: called for called, name in shown.items()}
    if asked.expect is not None:
        given.setdefault(_seen_from(folder, asked.expect), asked.expect)
    return _Inputs(
        tuple(sorted(shown, key=lambda name: shown[name])),
        shown,
        given,
        tuple(sorted(excluded)),
        tuple(one for one in dict.fromkeys(asked.exclude) if one not in used),
        frozenset(name for walked, _, name, _ in found.values() if walked),
    )


def _refuse_nothing(inputs: _Inputs) -> None:
    """Where no input is there at all, a former recapitulation must not become an empty one.

    Raises:
        RakError: every name was mistyped, or leads to a folder without plans.
    """
    if inputs.excluded or any(_is_there(name) for name in inputs.names):
        return
    raise RakError(*(finding for name in inputs.names for finding in loading.load(name).findings))


def _is_there(name: str) -> bool:
    return name == STDIN or (disk.exists(Path(name)) and not disk.is_folder(Path(name)))


def _fits(pattern: str, *names: str) -> bool:
    """Whether a pattern fits the name of a file, or any of the paths by which it may be called."""
    return any(fnmatchcase(name, pattern) for path in names for name in (path, Path(path).name) if name)


def _is_tidy(name: str) -> bool:
    """Whether a file is a recapitulation of ours that lists activities as a plan does."""
    if not name.lower().endswith(".csv"):
        return False
    from rak_excel.files import tidy  # what no single plan needs

    try:
        return tidy.csv_untouched(disk.read_parts(Path(name))) is not None
    except RakError:  # it is told where it is read
        return False


def _seen_from(folder: Path, name: str) -> str:
    """A file's name as links in the output say it: from its folder, where the two have one in common."""
    if name == STDIN:
        return name
    whole = Path(os.path.abspath(name))  # noqa: PTH100 - links are not followed: they may lead elsewhere
    here = Path(os.path.abspath(folder))  # noqa: PTH100 - as above
    common = [one for one, other in zip(whole.parts, here.parts, strict=False) if one == other]
    return disk.seen_from(here, str(whole)) if len(common) > 1 else whole.as_posix()


def _expected(asked: Asked) -> "tuple[Listed | None, tuple[Finding, ...]]":
    """The units that should be there, and what is wrong with their list.

    Raises:
        RakError: it cannot be read, or has no column of units.
    """
    if asked.expect is None:
        return None, ()
    from rak_excel.files import csv_text  # what reads tables, which few commands need
    from rak_excel.plan import consolidate as adding  # as above

    column = csv_text.column(disk.read(Path(asked.expect)), "unit")
    if not column.found:
        raise RakError(rules.DAFTAR_TANPA_UNIT.at(place=Place(1, 1)).placed(None, asked.expect))
    name = _seen_from(Path(asked.output).parent, asked.expect)
    listed, told = adding.listed(name, column.cells)
    return listed, (*(one.placed(None, name) for one in column.findings), *told)


class _Sources:
    """The files as the recapitulation shows them, as often as they are asked for."""

    def __init__(self, inputs: _Inputs, files: batch.Digests) -> None:
        self.inputs, self.files = inputs, files

    def __call__(self) -> "Iterator[Digest]":
        return map(self.shown, self.files)

    def some(self, numbers: Iterable[int]) -> "Iterator[Digest]":
        """Some of them, by their numbers; the others stay packed."""
        return (self.shown(self.files[number]) for number in numbers)

    def shown(self, one: "Digest") -> "Digest":
        """A file under the name that is shown of it."""
        name = self.inputs.shown[one.file]
        found = tuple(replace(told, file=name) if told.file == one.file else told for told in one.findings)
        return replace(one, file=name, findings=found)


# --- what it comes to ----------------------------------------------------------------------------------


def _added_up(
    asked: Asked,
    inputs: _Inputs,
    files: batch.Digests,
    listed: "Listed | None",
    told: Sequence[Finding],
    key: str,
) -> Brought:
    from rak_excel.plan import consolidate as adding  # as above
    from rak_excel.plan.consolidation import FileHead  # as above

    sources = _Sources(inputs, files)
    heads = [FileHead(name, "", (), excluded=pattern) for name, pattern in inputs.excluded]
    tally = report.Tally()
    faulty = []
    lasting = True
    for number, source in enumerate(sources()):
        # a file without a plan is what its bytes are, if these were to be had
        passing = bool(source.plans) and inputs.given[source.file] in files.passing
        lasting = lasting and bool(source.content) and not passing
        heads.append(adding.head(source))
        found = [_called(one, inputs) for _, one in adding.told_in(source)]
        if found:
            _count(tally, found)
            faulty.append(number)
    made = adding.consolidate(heads, sources, listed, told, lambda: sources.some(faulty))
    own = [_called(one, inputs) for one in made.own]
    by_file: dict[str | None, list[Finding]] = defaultdict(list)
    for one in own:
        by_file[one.file].append(one)
    for of_file in by_file.values():
        _count(tally, of_file)
    tally.files = len(files)
    return Brought(
        own=tuple([one for one in own if one.severity is not Severity.NOTE][:TOLD_ALONE]),
        says=(Words(tally.text("id"), tally.text("en")), *_not_counted(made, inputs), _receipt(asked, made)),
        exit=tally.exit,
        made=made,
        everything=(lambda: _everything(sources, own)) if asked.again or len(files) <= report.MANY else None,
        key=key if lasting else "",
    )


def _count(tally: report.Tally, findings: Iterable[Finding]) -> None:
    for _ in tally.of_file((one, ()) for one in findings):
        pass


def _called(finding: Finding, inputs: _Inputs) -> Finding:
    """A finding at the name by which the user called its file."""
    return replace(finding, file=inputs.given.get(finding.file or "", finding.file))


def _everything(sources: _Sources, own: Sequence[Finding]) -> Iterator[report.Told]:
    """All findings: our own that are about no input, then each file's with our own about it."""
    from rak_excel.plan import consolidate as adding  # as above

    inputs = sources.inputs
    yield report.Told("", "", "", [(one, ()) for one in own if one.file not in inputs.shown])
    for source in sources():
        quotes = {id(one): quote for one, quote in zip(source.findings, source.quotes, strict=True)}
        told = [(_called(one, inputs), quotes.get(id(one), ())) for _, one in adding.told_in(source)]
        name = inputs.given[source.file]
        told += [(one, ()) for one in own if one.file == name]
        yield report.Told(name, source.form, source.sniffed, told)


_STATUS: Final["dict[Status, Words]"] = {
    "salinan": Words("salinan", "copies"),
    "digantikan": Words("digantikan", "superseded"),
    "perlu-dipilih": Words("perlu dipilih", "to be chosen"),
    "tahun-lain": Words("tahun lain", "of another year"),
    "salah": Words("salah", "with errors"),
    "tidak-terbaca": Words("tidak terbaca", "unreadable"),
    "dikecualikan": Words("dikecualikan", "excluded"),
}


def _not_counted(made: "Consolidation", inputs: _Inputs) -> Iterator[Words]:
    """How many plans and files do not count for which reason; where they are few, each of them."""
    left = [plan for plan in made.plans if plan.status != "dipakai"]
    if not left:
        return
    counts = Counter(plan.status for plan in left)
    parts = [(counts[status], words) for status, words in _STATUS.items() if counts[status]]
    yield Words(
        "tidak dihitung: " + ", ".join(f"{count} {words.id}" for count, words in parts),
        "not counted: " + ", ".join(f"{count} {words.en}" for count, words in parts),
    )
    if len(left) <= NAMED:
        in_file = Counter(plan.file for plan in made.plans)
        for plan in left:
            name = inputs.given.get(plan.file, plan.file)
            if in_file[plan.file] > 1:
                name += f" ({plan.jabatan or (plan.number or 0) + 1})"
            yield Words(f"  {name}: {plan.because.id}", f"  {name}: {plan.because.en}")


def _receipt(asked: Asked, made: "Consolidation") -> Words:
    units = [unit for unit in made.units if unit.status == "masuk"]
    plans = sum(unit.rencana for unit in units)
    missing = len(made.units) - len(units)
    total = rupiah(made.biaya)
    left = Words(f"; {missing} unit belum masuk", f"; units missing: {missing}") if missing else Words("", "")
    return Words(
        f"dibuat: {asked.output} ({len(units)} unit, {plans} rencana, {made.kegiatan} kegiatan, "
        f"jumlah {total}{left.id})",
        f"built: {asked.output} (units: {len(units)}, plans: {plans}, activities: {made.kegiatan}, "
        f"total: {total}{left.en})",
    )


# --- what is written -----------------------------------------------------------------------------------


def _refuse_output(asked: Asked, inputs: _Inputs) -> None:
    """Go on only where the output has a form of ours, and nothing is lost that somebody made or edited.

    Raises:
        RakError: not so.
    """
    output = Path(asked.output)
    if output.suffix.lower() not in FORMS:
        raise RakError(rules.KELUARAN_REKAP.at(value=asked.output))
    if output.suffix.lower() == ".parquet":
        from rak_excel.files import parquet  # as below

        next(parquet.parts(()))  # what writes it may not be installed, which is said before all is read
    others = [*inputs.names, *([asked.expect] if asked.expect is not None else [])]
    if any(name != STDIN and disk.same(Path(name), output) for name in others):
        raise RakError(rules.KELUARAN_ADALAH_MASUKAN.at(value=asked.output))
    lock = disk.lock_of(output)
    if lock is not None:
        raise RakError(rules.SEDANG_DIBUKA.at(value=output.name, kunci=lock.name).placed(None, asked.output))
    if not disk.exists(output):
        return
    untouched = None if disk.is_folder(output) else _untouched(output)
    if untouched is None:
        raise RakError(rules.BUKAN_REKAP.at(value=asked.output))
    if not untouched:
        raise RakError(rules.REKAP_DISUNTING.at(value=asked.output))


def _untouched(output: Path) -> bool | None:
    """Whether a recapitulation is as we wrote it; `None` where the file is none of ours."""
    from rak_excel.files import parquet, tidy, xlsx_writer  # what only a recapitulation is written with
    from rak_excel.sheet.listing import MARKS  # as above

    ending = output.suffix.lower()
    if ending == ".xlsx":
        return xlsx_writer.untouched(disk.read(output), MARKS["rekap"])
    of = {".csv": tidy.csv_untouched, ".json": tidy.json_untouched, ".parquet": parquet.untouched}
    return of[ending](disk.read_parts(output))


def _written(output: Path, made: "Consolidation", language: Language) -> tuple[Finding, ...]:
    """Write it in the form that the name tells; what the form cannot hold as it is."""
    from rak_excel.files import parquet, tidy, xlsx_writer  # as above

    ending = output.suffix.lower()
    if ending == ".xlsx":
        from rak_excel.sheet import rekap  # as above

        return disk.write_with(output, partial(xlsx_writer.write_listings, rekap.book(made, language)))
    of = {".csv": tidy.csv_parts, ".json": tidy.json_parts, ".parquet": parquet.parts}
    disk.write_parts(output, of[ending](made.rows()))
    return ()


# --- what is kept of a run -----------------------------------------------------------------------------

_KIND: Final = "rekap"


def _keeping_pays(asked: Asked, inputs: _Inputs) -> bool:
    return asked.cache and len(inputs.names) > report.MANY and STDIN not in inputs.names


def _key(asked: Asked, inputs: _Inputs) -> str:
    """A hash of all that decides what a run comes to; `""` where a file cannot be read."""
    import hashlib  # 3 ms that importing rak_excel need not pay
    import json  # 1 ms, as above

    lists = () if asked.expect is None else (asked.expect,)
    try:
        hashes = [_hash(Path(name)) for name in (*inputs.names, *lists)]
    except RakError:  # it is told where it is read
        return ""
    shown = [(name, inputs.shown[name], name in inputs.walked) for name in inputs.names]
    options = (asked.language, asked.output, asked.expect, asked.exclude, inputs.excluded)
    return hashlib.sha256(json.dumps([batch.version(), options, shown, hashes]).encode()).hexdigest()


def _hash(path: Path) -> str:
    import hashlib  # as above

    found = hashlib.sha256()
    for part in disk.read_parts(path):
        found.update(part)
    return found.hexdigest()


def _kept(key: str, output: Path) -> Brought | None:
    """What an earlier run over the same files came to, where its output is still there."""
    import json  # as above

    from rak_excel.digest import from_bytes  # what packs findings, which few files need not pay for
    from rak_excel.files.store import Store  # SQLite, which the same need not pay for

    store = Store(batch.version())
    data = store.kept(_KIND, key)
    store.close()
    if data is None or not disk.exists(output):
        return None
    head, _, packed = data.partition(b"\n")
    told = json.loads(head)
    if _hash(output) != told["output"]:
        return None
    says = [Words(*one) for one in told["says"]]
    receipt = says.pop()
    says.append(
        Words(
            receipt.id.replace("dibuat", "sudah mutakhir, tidak ditulis ulang", 1),
            receipt.en.replace("built", "up to date, not written again", 1),
        )
    )
    return Brought(from_bytes(packed, "").findings, tuple(says), told["exit"])


def _keep(done: Brought, output: Path) -> None:
    import json  # as above

    from rak_excel.digest import Digest, to_bytes  # as above
    from rak_excel.files.store import Store  # as above

    told = {"exit": done.exit, "says": done.says, "output": _hash(output)}
    count = len(done.own)
    packed = to_bytes(Digest("", findings=done.own, owners=(None,) * count, quotes=((),) * count))
    store = Store(batch.version())
    store.keep(_KIND, done.key, json.dumps(told).encode() + b"\n" + packed)
    store.close()

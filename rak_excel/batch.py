"""Many files: read once, by several processes where that pays, and kept for the next run.

Neither the order of the work nor the number of processes changes what comes out: everything is handed on in
the order of the names.
"""

import gc
import sys
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import count, starmap
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from rak_excel import api, loading, report, rules
from rak_excel.files import disk
from rak_excel.findings import Finding, Language, RakError
from rak_excel.loading import OURS, STDIN, WORKBOOKS, YAML, Loaded
from rak_excel.plan.model import Size, size_of
from rak_excel.report import Quoted, Told

if TYPE_CHECKING:
    from rak_excel.digest import Digest
    from rak_excel.files.crew import Message
    from rak_excel.files.spool import Spool
    from rak_excel.files.store import Store

COLLECTOR: Final = (10_000_000, 10, 10)
"""Thresholds of Python's search for garbage: plans and nodes make no cycles, so it would find little."""

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with how many are done, of how many, and the name of the last."""

_WORKBOOK_IS: Final = 3
"""A workbook's bytes take as long to read as three times as many of a text."""
KEEPING_PAYS: Final = 500_000
"""Bytes of text whose reading takes longer than asking the cache: a tenth of a second."""
WORKERS_PAY: Final = 3_000_000
"""Bytes of text whose reading takes longer than starting processes: half a second."""


def tune() -> None:
    """Look for garbage less often, in a process that ends with its work.

    To look through all that a plan is made of, again and again while it grows, would take a tenth of a
    build's time, half of a large one's; and the modules stay until the end.
    """
    gc.freeze()
    gc.set_threshold(*COLLECTOR)


_SWEPT: Final = count(1)
_SWEEP: Final = 50
"""Files after which garbage is looked for: the parsers of a workbook's parts do make cycles."""


def _sweep() -> None:
    if next(_SWEPT) % _SWEEP == 0:
        gc.collect()


def effort(names: Iterable[str]) -> int:
    """How long files take to read, in bytes of text."""
    total = 0
    for name in names:
        path = Path(name)
        is_workbook = path.suffix.lower() in WORKBOOKS
        total += disk.size(path) * (_WORKBOOK_IS if is_workbook else 1)
    return total


# --- reading -------------------------------------------------------------------------------------------


class Digests:
    """Files, read and checked, in the order of their names; again and again, and never all in memory.

    `findings` tell what was wrong with the cache or the disk while they were read; they are about no file.
    `passing` are the names of those that may be read otherwise tomorrow, though their bytes are the same.
    """

    def __init__(
        self,
        names: Sequence[str],
        layout: str | None,
        spool: "Spool",
        findings: tuple[Finding, ...],
        given: bytes | None,
        *,
        passing: frozenset[str],
    ) -> None:
        self.layout = layout
        self.passing = passing
        self._at = tuple(number for number in range(len(names)) if number in spool)
        self.names = tuple(names[number] for number in self._at)
        self.findings = findings
        self.given = given
        self._spool = spool

    def __len__(self) -> int:
        """How many files."""
        return len(self.names)

    def __getitem__(self, number: int) -> "Digest":
        """One of them."""
        from rak_excel import digest

        return digest.from_bytes(self._spool.get(self._at[number]), self.names[number])

    def __iter__(self) -> Iterator["Digest"]:
        """All of them, one at a time."""
        return (self[number] for number in range(len(self.names)))

    def told(self) -> Iterator[Told]:
        """What a report needs of each; plans stay packed."""
        from rak_excel import digest

        for number, name in zip(self._at, self.names, strict=True):
            yield digest.told_in(self._spool.get(number), name)

    def loaded(self, number: int) -> Loaded:
        """One of them, read once more to be built: it may have been spoilt meanwhile."""
        _sweep()
        name = self.names[number]
        return _loaded(name, self.layout, self.given if name == STDIN else None, alone=False)

    def close(self) -> None:
        """Let go of what was read."""
        self._spool.close()


def digests(
    names: Sequence[str],
    layout: str | None = None,
    *,
    cache: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
    given: bytes | None = None,
    named: Collection[str] = (),
) -> Digests:
    """Read and check many files; what is wrong with one is in its digest, and stops no other.

    What we made of many plans is passed over, unless it is one of `named`.

    `workers` is the number of processes besides this one, 0 for none; without it as many as pay.  They run
    the main module, which must be guarded.  `given` is what standard input holds, where a name is `-`.
    Without `cache` nothing of an earlier run is used, and nothing kept.
    """
    from rak_excel.files.spool import Spool

    reading = _Reading(names, layout, Spool(), progress, given, frozenset(named))
    if cache and not _is_file(layout) and len(names) > 1 and effort(names) >= KEEPING_PAYS:
        from rak_excel.files.store import Store

        reading.store = Store(version())
    reading.look_up()
    reading.read_rest(workers)
    told = reading.close()
    return Digests(names, layout, reading.spool, told, given, passing=frozenset(reading.passing))


class _Reading:
    """Reads files into a spool: what was kept is taken, the rest read here or by a crew."""

    def __init__(
        self,
        names: Sequence[str],
        layout: str | None,
        spool: "Spool",
        progress: Progress | None,
        given: bytes | None,
        named: frozenset[str],
    ) -> None:
        self.names, self.layout, self.spool, self.given = names, layout, spool, given
        self.named, self.known = named, set[int]()
        self.progress = progress
        self.store: Store | None = None
        self.passing: set[str] = set()

    def look_up(self) -> None:
        """Take what was kept of files with the same content."""
        if self.store is None:
            return
        from rak_excel.digest import content_of

        for number, name in enumerate(self.names):
            try:
                data = disk.read(Path(name))
            except RakError:  # it is told where it is read
                continue
            kept = self.store.kept("digest", self.key(content_of(data), name))
            if kept is not None:
                self.enter(number, kept)

    def key(self, content: str, name: str) -> str:
        """What decides how a file is read, besides the package."""
        return f"{content}{Path(name).suffix.lower()}/{self.layout or ''}"

    def enter(self, number: int, data: bytes) -> None:
        """Hold what is known of a file."""
        from rak_excel.digest import is_ours

        name = self.names[number]
        if name in self.named or not is_ours(data):
            self.spool.put(number, data)
        self.known.add(number)
        if self.progress is not None:
            self.progress(len(self.known), len(self.names), name)

    def read_rest(self, workers: int | None) -> None:
        """Read what is not known yet."""
        rest = [number for number in range(len(self.names)) if number not in self.known]
        files = [number for number in rest if self.names[number] != STDIN]
        several = _processes([self.names[number] for number in files], workers)
        works = {number: partial(_read, self.names[number], self.layout) for number in files if several}
        with closing(_answered(works, several)) as answers:
            for number, told in answers:
                if told is None:
                    self.enter(number, _ended(self.names[number]))
                else:
                    self.take(number, told)
        for number in rest:
            if number not in self.known:
                name = self.names[number]
                self.take(number, _read(name, self.layout, self.given if name == STDIN else None))

    def take(self, number: int, told: "Message") -> None:
        """Enter what was read, and keep it where it lasts."""
        content, data = told
        if not content:
            self.passing.add(self.names[number])
        if self.store is not None and content:
            self.store.keep("digest", self.key(content.decode(), self.names[number]), data)
        self.enter(number, data)

    def close(self) -> tuple[Finding, ...]:
        """Let go of the cache; what was wrong with it, and with the disk."""
        told: list[Finding] = []
        if self.store is not None:
            self.store.close()
            told.extend(self.store.findings)
        if self.spool.full is not None:
            told.append(rules.SEMENTARA_DI_MEMORI.at(sebab=disk.reason(self.spool.full)))
        return tuple(told)


class AtHand:
    """Few files, as they were read: nothing is packed, hashed or kept of them."""

    findings: Final[tuple[Finding, ...]] = ()

    def __init__(self, several: Sequence[Loaded]) -> None:
        self.names = tuple(one.file for one in several)
        self._several = tuple((one, (*one.findings, *api.too_tall(one))) for one in several)

    def told(self) -> Iterator[Told]:
        """What a report needs of each."""
        for loaded, findings in self._several:
            plans = tuple((plan.unit, plan.tahun, sum(1 for _ in plan.kegiatan)) for plan in loaded.plans)
            yield Told(loaded.file, loaded.form, loaded.sniffed, _quoted(findings, loaded), plans)

    def loaded(self, number: int) -> Loaded:
        """One of them, to be built."""
        return self._several[number][0]

    def close(self) -> None:
        """Let go of nothing."""


def read(
    names: Sequence[str],
    layout: str | None = None,
    *,
    cache: bool = True,
    progress: Progress | None = None,
    given: bytes | None = None,
    named: Collection[str] = (),
) -> AtHand | Digests:
    """Read and check files for a report, in the way that is the quickest for so many of this size.

    What we made of many plans is passed over, unless it is one of `named`.
    """
    if len(names) > 1 and effort(names) >= KEEPING_PAYS:
        return digests(names, layout, cache=cache, progress=progress, given=given, named=named)
    several = []
    for number, name in enumerate(names, 1):
        if progress is not None:
            progress(number, len(names), name)
        several.append(_loaded(name, layout, given if name == STDIN else None, alone=len(names) == 1))
    return AtHand([one for one in several if one.form != OURS or one.file in named])


def _loaded(name: str, layout: str | None, given: bytes | None, *, alone: bool) -> Loaded:
    """A file, whatever it holds; a fault of ours in one of several must not hide the others."""
    try:
        if given is not None:
            return loading.load_bytes(given, name, layout)
        return loading.load(name, layout)
    except Exception as error:
        if alone:
            raise
        return Loaded(name, findings=(_fault(error, name),))


def _fault(error: Exception, name: str) -> Finding:
    return rules.KESALAHAN_KAMI.at(sebab=f"{type(error).__name__}: {error}").placed(None, name)


def _quoted(findings: Sequence[Finding], loaded: Loaded | None = None) -> tuple[Quoted, ...]:
    sources = loaded.sources if loaded is not None else {}
    return tuple(zip(findings, report.quotes(findings, sources), strict=True))


def _is_file(layout: str | None) -> bool:
    """Whether a layout is named by its file, which may change."""
    return layout is not None and layout.lower().endswith(YAML)


def version() -> str:
    """A hash of all that decides how a file is read: our code and layouts, the reader of YAML, Python."""
    import hashlib  # 3 ms that few files need not pay
    from importlib.util import find_spec  # as above

    told = hashlib.sha256(sys.version.encode())
    package = Path(__file__).parent
    yaml = find_spec("yaml")
    files = [*package.rglob("*.py"), *(loading.TEMPLATES / "layouts").glob("*.yaml")]
    for path in sorted(files):
        told.update(path.name.encode() + disk.read(path))
    if yaml is not None and yaml.origin is not None:
        told.update(disk.read(Path(yaml.origin)))  # its version stands in it
    return told.hexdigest()


def write_report(inputs: AtHand | Digests, target: Path, language: Language) -> tuple[Finding, ...]:
    """Write all findings to a workbook with links, and tell what Excel cannot hold of them.

    Raises:
        RakError: there are more findings than rows of a sheet, or it cannot be written.
    """
    from rak_excel.files import xlsx_writer
    from rak_excel.sheet import temuan

    def seen(name: str) -> str:
        return name if name == STDIN else disk.seen_from(target.parent, name)

    def findings() -> Iterator[Finding]:
        for one in inputs.told():
            for finding, _ in one.findings:
                yield finding if finding.file is None else finding.placed(None, seen(finding.file))

    files = []
    years: Counter[int] = Counter()
    for one in inputs.told():
        units = tuple(unit for unit, _, _ in one.plans)
        years.update(tahun for _, tahun, _ in one.plans)
        kegiatan = sum(count for _, _, count in one.plans)
        files.append(temuan.Checked(seen(one.file), one.form, units, kegiatan))
    year = max(years, key=lambda tahun: (years[tahun], tahun), default=0)
    book = temuan.report(files, findings, year, language)
    return disk.write_with(target, partial(xlsx_writer.write_listings, book))


# --- building ------------------------------------------------------------------------------------------


class Built(NamedTuple):
    """What became of one input; `size` is of what its workbook holds, `None` where none was written."""

    file: str
    target: Path
    size: Size | None
    findings: tuple[Quoted, ...]


class Order(NamedTuple):
    """One workbook to make: the number of its input, and where it goes."""

    number: int
    target: Path


def built(
    inputs: AtHand | Digests,
    orders: Sequence[Order],
    *,
    force: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Built]:
    """Make and write workbooks of inputs without errors; what happens to each, in their order.

    What cannot be built or written stops no other.
    """
    waiting: dict[int, Built] = {}
    told = 0
    with closing(_made_all(inputs, orders, force, workers)) as made:
        for at, one in made:
            waiting[at] = _written(inputs.names[orders[at].number], orders[at].target, one)
            if progress is not None:
                progress(told + len(waiting), len(orders), waiting[at].file)
            while told in waiting:
                yield waiting.pop(told)
                told += 1


class _Made(NamedTuple):
    """The bytes of a workbook, or none; the size of what is in it; what there is to tell."""

    data: bytes
    size: Size
    findings: tuple[Quoted, ...]


def _made(loaded: Loaded, target: Path, *, force: bool) -> _Made:
    """The workbook of an input, unless that was spoilt meanwhile, or something would be lost."""
    size = size_of(loaded.plans)
    if not loaded.ok:
        return _Made(b"", size, _quoted(loaded.findings, loaded))
    try:
        notes = api.refuse_losses([target], force=force, sources=[loaded])
    except RakError as error:
        return _Made(b"", size, _quoted(error.findings))
    data, told = api.workbook(loaded)
    return _Made(b"" if told else data, size, (*_quoted(notes), *_quoted(told, loaded)))


def _written(file: str, target: Path, made: _Made) -> Built:
    if not made.data:
        return Built(file, target, None, made.findings)
    try:
        api.write(target, made.data)
    except RakError as error:
        return Built(file, target, None, (*made.findings, *_quoted(error.findings)))
    return Built(file, target, made.size, made.findings)


def _made_all(
    inputs: AtHand | Digests, orders: Sequence[Order], force: bool, workers: int | None
) -> Generator[tuple[int, _Made], None, None]:
    """Workbooks as they come: of inputs that have to be read once more by several processes, if they pay."""
    files = [inputs.names[one.number] for one in orders]
    several, works = 0, {}
    if isinstance(inputs, Digests) and (several := _processes(files, workers)):
        works = {
            at: partial(_packed, file, inputs.layout, orders[at].target, force)
            for at, file in enumerate(files)
            if file != STDIN
        }
    alone = len(inputs.names) == 1
    done: set[int] = set()
    with closing(_answered(works, several)) as answers:
        for at, told in answers:
            done.add(at)
            yield at, _unpacked(told, files[at])
    for at, (number, target) in enumerate(orders):
        if at not in done:
            load = partial(inputs.loaded, number)
            yield at, _guarded(load, files[at], target, force=force, alone=alone)


def _guarded(
    load: Callable[[], Loaded], file: str, target: Path, *, force: bool, alone: bool = False
) -> _Made:
    """A workbook made from an input; a fault of ours in one of several must not hide the others."""
    try:
        return _made(load(), target, force=force)
    except Exception as error:
        if alone:
            raise
        return _Made(b"", Size(0, 0, 0), _quoted([_fault(error, file)]))


# --- in several processes ------------------------------------------------------------------------------


def _processes(names: Sequence[str], workers: int | None) -> int:
    """How many processes to read files with, 0 for none besides this one."""
    few = len(names) < 2 or effort(names) < WORKERS_PAY if workers is None else workers < 1
    if few or not names:
        return 0
    try:
        from rak_excel.files.crew import cores
    except ImportError:  # this Python has no processes
        return 0
    if workers is None:
        workers = cores() if cores() > 1 else 0
    return min(workers, len(names))


def _answered(
    works: "Mapping[int, Callable[[], Message]]", several: int
) -> "Generator[tuple[int, Message | None], None, None]":
    """Answers of a crew as they come; all there are where no crew can be had, the caller does the rest."""
    if not works:
        return
    from rak_excel.files import crew

    try:
        for answer in crew.answers(starmap(crew.Job, works.items()), several, tune):
            yield answer.number, answer.told
    except crew.NoCrewError:
        return


def _read(name: str, layout: str | None, given: bytes | None = None) -> "Message":
    """The content of a file where its digest lasts, else nothing; and its digest."""
    from rak_excel import digest

    _sweep()
    try:
        made, lasting = digest.read(name, layout, given)
        return made.content.encode() if lasting else b"", digest.to_bytes(made)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one file must not stop the others
        return b"", digest.to_bytes(digest.unreadable(name, (_fault(error, name),)))


def _ended(name: str) -> bytes:
    """The digest of a file that ended two processes."""
    from rak_excel import digest

    return digest.to_bytes(digest.unreadable(name, (_dead(name),)))


def _dead(name: str) -> Finding:
    return rules.BERKAS_MENGHENTIKAN.at().placed(None, name)


def _packed(file: str, layout: str | None, target: Path, force: bool) -> "Message":
    """The workbook of a file, and what there is to tell, for another process."""
    from rak_excel import digest

    _sweep()
    made = _guarded(partial(_loaded, file, layout, None, alone=False), file, target, force=force)
    findings = tuple(finding for finding, _ in made.findings)
    quotes = tuple(quote for _, quote in made.findings)
    told = digest.Digest(file, findings=findings, owners=(None,) * len(findings), quotes=quotes)
    return made.data, repr(tuple(made.size)).encode(), digest.to_bytes(told)


def _unpacked(told: "Message | None", file: str) -> _Made:
    from rak_excel import digest

    if told is None:
        return _Made(b"", Size(0, 0, 0), _quoted([_dead(file)]))
    data, size, findings = told
    sasaran, kegiatan, biaya = (int(one) for one in size.decode().strip("()").split(","))
    return _Made(data, Size(sasaran, kegiatan, biaya), tuple(digest.told_in(findings, file).findings))

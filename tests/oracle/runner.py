"""Thousands of sequences against a reader: counted by kind of edit, each failure made small and kept."""

from __future__ import annotations

import traceback
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, NamedTuple

from oracle import edits_dress, edits_merges, edits_rows, edits_values
from oracle.judging import Outcome, Reader, Verdict, adapted, judge
from oracle.kinds import Done, perform, sequence
from oracle.plans import document
from oracle.truth import Expected, built, desk, expected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from rak_excel.plan.model import Plan

EDITS: Final = (edits_values, edits_rows, edits_merges, edits_dress)
"""The modules that register the kinds of edit."""

PER_DOCUMENT: Final = 20
"""Neighbouring seeds that edit the same document, so that it is built once."""

CHUNK: Final = 100


class Trial(NamedTuple):
    """One edited workbook: what was built, what was done to it, and what it now says."""

    seed: int
    plans: tuple[Plan, ...]
    done: tuple[Done, ...]
    data: bytes
    expected: Expected

    @property
    def kinds(self) -> list[str]:
        """The kinds of edit that were made."""
        return [one.kind for one in self.done]


def trial(
    seed: int, *, only: Sequence[str] = (), keep: Sequence[int] | None = None, libreoffice: bool = False
) -> Trial:
    """The workbook of a seed; with `libreoffice`, what is expected once that has saved it again."""
    plans = document(seed // PER_DOCUMENT)
    now = desk(plans)
    names = [name for name in sequence(seed, only=only) if not (libreoffice and "openpyxl" in name)]
    done = perform(now, names, seed, keep)
    data = now.data()
    if now.resaved == "openpyxl":
        data = edits_dress.through_openpyxl(data)
    elif libreoffice:
        now.resaved = "libreoffice"
    return Trial(seed, plans, tuple(done), data, expected(now))


def verdict(one: Trial, reader: Reader) -> Verdict:
    """What a reader made of a trial's workbook."""
    return verdict_on(one.expected, one.data, reader)


def verdict_on(wanted: Expected, data: bytes, reader: Reader) -> Verdict:
    """What a reader made of a workbook; a traceback is an outcome too."""
    try:
        return judge(wanted, adapted(reader(data)))
    except Exception:  # noqa: BLE001 - whatever the reader raises is its failure
        return Verdict(Outcome.CRASH, trace=traceback.format_exc())


def reader_named(name: str) -> Reader:
    """The reader of a name such as `rak_excel.api:reimport`."""
    module, _, function = name.partition(":")
    made: Reader = getattr(import_module(module), function)
    return made


# --- counting --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """Outcomes, altogether and by kind: of edits alone, and of sequences that hold the kind."""

    total: Counter[Outcome] = field(default_factory=Counter)
    alone: dict[str, Counter[Outcome]] = field(default_factory=lambda: defaultdict(Counter))
    among: dict[str, Counter[Outcome]] = field(default_factory=lambda: defaultdict(Counter))
    failures: list[tuple[int, Outcome]] = field(default_factory=list)

    def add(self, seed: int, kinds: Sequence[str], outcome: Outcome) -> None:
        """Count one sequence."""
        self.total[outcome] += 1
        table = self.alone if len(kinds) == 1 else self.among
        for kind in set(kinds):
            table[kind][outcome] += 1
        if outcome.bad:
            self.failures.append((seed, outcome))

    def join(self, other: Tally) -> None:
        """Count another's sequences too."""
        self.total.update(other.total)
        for mine, theirs in ((self.alone, other.alone), (self.among, other.among)):
            for kind, counts in theirs.items():
                mine[kind].update(counts)
        self.failures += other.failures

    @property
    def right(self) -> float:
        """The share of sequences read as meant, what was lost in the file being told."""
        count = self.total.total()
        return (self.total[Outcome.RIGHT] + self.total[Outcome.TOLD]) / count if count else 0.0

    @property
    def bad(self) -> int:
        """Sequences that were read wrongly without a word, or not at all."""
        return sum(count for outcome, count in self.total.items() if outcome.bad)


def run(seeds: Iterable[int], reader: str | Reader, *, only: Sequence[str] = ()) -> Tally:
    """Count what a reader makes of the workbooks of these seeds; sequences without effect are left out."""
    read = reader_named(reader) if isinstance(reader, str) else reader
    tally = Tally()
    for seed in seeds:
        one = trial(seed, only=only)
        if one.done:
            tally.add(seed, one.kinds, verdict(one, read).outcome)
    return tally


def run_many(seeds: range, reader: str, *, only: Sequence[str] = (), jobs: int = 1) -> Tally:
    """The same, in several processes."""
    chunks = [seeds[at : at + CHUNK] for at in range(0, len(seeds), CHUNK)]
    work: Callable[[range], Tally] = partial(run, reader=reader, only=only)
    tally = Tally()
    if jobs == 1:
        for chunk in chunks:
            tally.join(work(chunk))
        return tally
    with get_context("spawn").Pool(jobs) as pool:
        for made in pool.imap(work, chunks):
            tally.join(made)
    return tally


def run_libreoffice(seeds: Iterable[int], reader: Reader, folder: Path, profile: Path) -> Tally:
    """The same for workbooks that LibreOffice opened and saved, all in one start of it."""
    tally = Tally()
    for one, data in resaved([trial(seed, libreoffice=True) for seed in seeds], folder, profile):
        tally.add(one.seed, one.kinds, verdict_on(one.expected, data, reader).outcome)
    return tally


def resaved(trials: Sequence[Trial], folder: Path, profile: Path) -> Iterator[tuple[Trial, bytes]]:
    """The workbooks of trials as LibreOffice saves them."""
    from clients import libreoffice

    before, after = folder / "sebelum", folder / "sesudah"
    before.mkdir(parents=True, exist_ok=True)
    after.mkdir(parents=True, exist_ok=True)
    paths = []
    for one in trials:
        paths.append(before / f"{one.seed}.xlsx")
        paths[-1].write_bytes(one.data)
    for one, path in zip(trials, libreoffice.convert(paths, "xlsx", after, profile), strict=True):
        yield one, path.read_bytes()


# --- failures --------------------------------------------------------------------------------------------


def smallest(seed: int, reader: Reader, *, only: Sequence[str] = ()) -> tuple[list[int], Trial, Verdict]:
    """The fewest edits of a sequence that still fail: edits are left out one by one while it does."""
    keep = list(range(len(sequence(seed, only=only))))
    one = trial(seed, only=only, keep=keep)
    found = verdict(one, reader)
    for at in list(keep):
        fewer = [number for number in keep if number != at]
        candidate = trial(seed, only=only, keep=fewer)
        judged = verdict(candidate, reader)
        if candidate.done and judged.outcome.bad:
            keep, one, found = fewer, candidate, judged
    return keep, one, found


def story(one: Trial, judged: Verdict, keep: Sequence[int] | None = None) -> str:
    """A trial in words: how to repeat it, what was done, and what is wrong."""
    again = f"{one.seed}" + ("" if keep is None else ":" + ",".join(map(str, keep)))
    lines = [f"{judged.outcome}  python -m oracle --show {again}", "suntingan:"]
    lines += [f"  {number}. {done.kind} - {done.words}" for number, done in enumerate(one.done, 1)]
    told = (
        ("berbeda", judged.differences),
        ("berbeda tanpa temuan", judged.untold),
        ("kehilangan tanpa temuan", judged.unmet),
        ("temuan salah di luar suntingan", tuple(f"{x.code} {x.place} {x.message()}" for x in judged.beyond)),
    )
    for heading, items in told:
        if items:
            lines += [f"{heading}:", *(f"  {item}" for item in items[:20])]
    return "\n".join([*lines, judged.trace]).rstrip() + "\n"


def keep_failure(seed: int, reader: Reader, folder: Path, *, only: Sequence[str] = ()) -> str:
    """Write a failing workbook, as small as it gets, with the built one and its story; returns the story."""
    folder.mkdir(parents=True, exist_ok=True)
    keep, one, judged = smallest(seed, reader, only=only)
    told = story(one, judged, keep)
    (folder / f"{seed}.xlsx").write_bytes(one.data)
    (folder / f"{seed}-asal.xlsx").write_bytes(built(one.plans)[2])
    (folder / f"{seed}.txt").write_text(told, encoding="utf-8")
    return told

"""What both benchmarks measure with: whole processes, calls, stages of a call, and tables of all that."""

import contextlib
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from rak_excel import batch

ROOT: Final = Path(__file__).resolve().parent.parent
RUNS: Final = {28: 21, 300: 15, 3_000: 9, 30_000: 3}
"""How many pairs of each size."""


class Spread(NamedTuple):
    """Least, median and greatest of several measurements."""

    least: float
    median: float
    greatest: float

    @classmethod
    def of(cls, values: Iterable[float]) -> "Spread":
        """Sum up measurements."""
        ordered = sorted(values)
        return cls(ordered[0], statistics.median(ordered), ordered[-1])

    def __str__(self) -> str:
        return f"{self.least:.2f} / {self.median:.2f} / {self.greatest:.2f}"


class Used(NamedTuple):
    """What a process took: seconds of the processor, seconds of the clock, megabytes at most."""

    processor: float
    clock: float
    memory: float


# the kernel charges a process with the peak of the one it was started from, so it is started from a small one
_LAUNCHER: Final = """
import json, os, sys, time
began = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
told = used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / 1024
print(json.dumps([os.waitstatus_to_exitcode(status), *told]), file=sys.stderr)
"""


def run(*arguments: str | Path, code: int = 0) -> Used:
    """Run Python with these arguments, as on a user's machine: compiled modules are kept.

    It has to end with `code`.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _LAUNCHER, sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    ended, *used = json.loads(told.stderr.splitlines()[-1])
    if ended != code:
        raise RuntimeError(f"{arguments} ended with {ended}: {told.stdout}{told.stderr}")
    return Used(*used)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of a call."""
    began = time.process_time()
    work()
    return time.process_time() - began


def median(many: Iterable[Used]) -> Used:
    """The median of each figure."""
    return Used(*(statistics.median(column) for column in zip(*many, strict=True)))


@contextlib.contextmanager
def collector(*, usual: bool) -> Iterator[None]:
    """Search for garbage as the command does, or as often as Python usually does."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()  # what is there by now is searched on neither side
    if not usual:
        gc.set_threshold(*batch.COLLECTOR)
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


class Stages:
    """A stop-watch for one call after another."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}

    def run(self, stage: str, work: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - any call
        """Call something, and keep how long that took."""
        began = time.process_time()
        made = work(*arguments)
        self.took[stage] = time.process_time() - began
        return made


# --- telling -----------------------------------------------------------------------------------------------


class Table:
    """A table with a title, as plain text or as Markdown."""

    def __init__(self, title: str, *columns: str) -> None:
        self.title = title
        self.rows = [columns]

    def add(self, *cells: object) -> None:
        """Add a row."""
        self.rows.append(tuple(map(str, cells)))

    def tell(self, *, markdown: bool) -> None:
        """Print it."""
        widths = [max(map(len, column)) for column in zip(*self.rows, strict=True)]
        print(f"\n### {self.title}\n" if markdown else f"\n{self.title}")
        for at, row in enumerate(self.rows):
            cells = [
                cell.ljust(width) if not number else cell.rjust(width)
                for number, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            print(f"| {' | '.join(cells)} |" if markdown else f"  {'   '.join(cells)}".rstrip())
            if markdown and at == 0:
                rules = ["-" * (width + 1) + (":" if number else "-") for number, width in enumerate(widths)]
                print(f"|{'|'.join(rules)}|")
        sys.stdout.flush()


def of(number: float) -> str:
    """A time in the unit that suits it."""
    return f"{number:.2f} s" if number >= 1 else f"{number * 1000:.0f} ms"


def tell_stages(table: Table, columns: list[dict[str, float]], *, markdown: bool) -> None:
    """A table of stages: for each size how long each took, and what share of all that is."""
    sums = [sum(column.values()) for column in columns]
    for stage in columns[0]:
        shares = zip((column[stage] for column in columns), sums, strict=True)
        table.add(stage, *(f"{of(took)} ({took / whole:.0%})" for took, whole in shares))
    table.add("together", *map(of, sums))
    table.tell(markdown=markdown)

"""Every command over damaged workbooks: what must hold whatever stands in a file.

    cd tests; python -m properties.ordeal 0 500                    a range of seeds, every command
    cd tests; python -m properties.ordeal 7 8 --only resmi --keep .

It runs in a process of its own, with less than 1 GiB of memory and 10 s of computing for a command: what goes
over either ends it, and the seed it was at is the last word on standard error.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from click.testing import CliRunner

from properties.mutants import mutant
from properties.packages import changed
from rak_excel import api, loading
from rak_excel.batch import COLLECTOR
from rak_excel.cli import rak
from rak_excel.files import xlsx_writer
from rak_excel.findings import exit_code
from rak_excel.sheet import form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "lahat-2024.yaml"
MEMORY: Final = 1 << 30
SECONDS: Final = 10.0
SHEET: Final = "xl/worksheets/sheet1.xml"
SAID: Final = frozenset({"RAK900", "Traceback"})
"""What no command may say: both are our own fault."""


class Trial(NamedTuple):
    """A command over a mutant, and what it may write.

    `lenient` tells that a file may be written in spite of findings: a marked copy, or what `--partial` left.
    """

    words: tuple[str, ...]
    writes: tuple[str, ...] = ()
    lenient: bool = False


class Base(NamedTuple):
    """A right workbook to damage, and what is done with what comes of it."""

    data: bytes
    trials: tuple[Trial, ...]


X: Final = "x.xlsx"
ASKED: Final = "k.xlsx"
"""The sheet of conflicts, which is no plan."""
READING: Final = (
    Trial(("import", X)),
    Trial(("import", X, "-o", "baru.yaml"), ("baru.yaml",)),
    Trial(("import", X, "-o", "baru.csv"), ("baru.csv",)),
    Trial(("import", X, "-o", "baru.xlsx"), ("baru.xlsx",)),
    Trial(("import", X, "-o", "baru.yaml", "--partial"), ("baru.yaml",), lenient=True),
    Trial(("import", X, "--into", "dua.yaml"), ("dua.yaml", "dua.yaml.bak")),
    Trial(("import", X, "--into", "satu.csv"), ("satu.csv", "satu.csv.bak")),
    Trial(("import", X, "--into", "isian.xlsx"), ("isian.xlsx", "isian.xlsx.bak")),
    Trial(("import", X, "--into", "dua.yaml", "--partial"), ("dua.yaml", "dua.yaml.bak"), lenient=True),
    Trial(
        ("import", X, "--into", "lain.yaml", "--conflicts", ASKED),
        ("lain.yaml", "lain.yaml.bak", ASKED),
        lenient=True,
    ),
    Trial(("init", "baru.yaml", "--from", X, "--tahun", "2027"), ("baru.yaml",), lenient=True),
    Trial(("layout", "new", "-", "--from", X)),
    Trial(("check", X, "--format", "json")),
    Trial(("check", X, "--mark", "tanda.xlsx"), ("tanda.xlsx",), lenient=True),
    Trial(("show", X, "--format", "json")),
    Trial(("diff", "dua.yaml", X)),
    Trial(("build", X, "-o", "hasil.xlsx"), ("hasil.xlsx",)),
    Trial(("build", "dua.yaml", "-o", X), (X,)),
    Trial(("import", "suntingan.xlsx", "--into", X), (X, f"{X}.bak")),
    Trial(("check", "suntingan.xlsx", "--mark", X), (X,), lenient=True),
)  # fmt: skip
CHOOSING: Final = (
    Trial(
        ("import", "suntingan.xlsx", "--into", "lain.yaml", "--resolve", X), ("lain.yaml", "lain.yaml.bak")
    ),
    Trial(("import", X)),
    Trial(("check", X, "--mark", "tanda.xlsx"), ("tanda.xlsx",), lenient=True),
)


def run(*words: str) -> Result:
    """A command as it is typed."""
    return CliRunner().invoke(rak, [*words])


def prepared() -> tuple[dict[str, bytes], dict[str, Base]]:
    """The right files that stand beside a mutant, in this folder too, and the workbooks that are damaged."""
    plans = loading.load(EXAMPLE)
    one = replace(plans, plans=plans.plans[:1], layouts=plans.layouts[:1], origins=plans.origins[:1])
    official = api.workbook(plans)[0]
    text = EXAMPLE.read_bytes()
    right = {
        "dua.yaml": text,
        "lain.yaml": text.replace(b"306.461.000", b"306.461.999"),
        "satu.csv": api.render(plans.plans[0], ".csv"),
        "isian.xlsx": _input_sheet(plans),
        "suntingan.xlsx": changed(official, SHEET, (b"<v>306461000</v>", b"<v>306461111</v>")),
    }
    for name, data in right.items():
        Path(name).write_bytes(data)
    asked = run("import", "suntingan.xlsx", "--into", "lain.yaml", "--conflicts", "konflik.xlsx")
    marked = run("check", "suntingan.xlsx", "--mark", "bertanda.xlsx")
    if (asked.exit_code, marked.exit_code) != (3, 0):
        raise RuntimeError(asked.output + marked.output)
    bases = {
        "resmi": Base(official, READING),
        "resmi-satu": Base(api.workbook(one)[0], READING),
        "isian": Base(right["isian.xlsx"], READING),
        "isian-satu": Base(_input_sheet(one), READING),
        "konflik": Base(Path("konflik.xlsx").read_bytes(), CHOOSING),
        "bertanda": Base(Path("bertanda.xlsx").read_bytes(), READING),
    }
    for name in ("konflik.xlsx", "bertanda.xlsx"):
        Path(name).unlink()
    return right, bases


def _input_sheet(loaded: loading.Loaded) -> bytes:
    return xlsx_writer.write(form.book([*zip(loaded.plans, loaded.layouts, strict=True)]))


# --- judging ---------------------------------------------------------------------------------------------


class Ended(NamedTuple):
    """How a command ended: its exit code, the files it touched, and what is wrong with that."""

    code: int
    touched: tuple[str, ...]
    faults: tuple[str, ...]


def tried(trial: Trial, before: dict[str, bytes]) -> Ended:
    """Run a command in this folder, in which `before` stands, and judge it."""
    result = run(*trial.words)
    after = standing()
    touched = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    faults = [*_said(trial, result), *_left(trial, result.exit_code, touched, before, after)]
    if result.exit_code == 0 and "--into" in trial.words and touched and not trial.lenient:
        again = run(*trial.words, "--no-backup")
        if again.exit_code or standing() != after:
            faults.append(f"once more ends with {again.exit_code}, another file: {again.output[-300:]}")
    return Ended(result.exit_code, tuple(touched), tuple(faults))


def _said(trial: Trial, result: Result) -> Iterator[str]:
    """What is wrong with how a command ended."""
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        yield f"raised {result.exception!r}"
    yield from (f"said {word}: {result.output[-300:]}" for word in SAID if word in result.output)
    if result.exit_code not in ((0, 1, 2, 3, 4) if trial.writes else (0, 1, 3, 4)):
        yield f"ended with {result.exit_code}: {result.output[-300:]}"


def _left(
    trial: Trial, code: int, touched: list[str], before: dict[str, bytes], after: dict[str, bytes]
) -> Iterator[str]:
    """What is wrong with the files that a command left behind."""
    yield from (f"touched {name}" for name in touched if name not in trial.writes)
    if code and touched and not trial.lenient:
        yield f"ended with {code} and wrote {', '.join(touched)}"
    for name in touched:
        if name not in after:
            yield f"{name} is gone"
        elif name.endswith(".bak"):
            if after[name] != before[name.removesuffix(".bak")]:
                yield f"{name} is not what stood there"
        elif name != ASKED and exit_code(loading.load(name).findings) > (code if trial.lenient else 0):
            yield f"{name} cannot be read again"


def standing() -> dict[str, bytes]:
    """Every file of this folder."""
    return {entry.name: Path(entry.path).read_bytes() for entry in os.scandir()}


def put_back(before: dict[str, bytes]) -> None:
    """Let the files of this folder be these and no others."""
    found = standing()
    for name in found.keys() - before.keys():
        Path(name).unlink()
    for name, data in before.items():
        if found.get(name) != data:
            Path(name).write_bytes(data)


class Ordeal(NamedTuple):
    """What came of a range of seeds: the faults, how often commands ended and wrote, and memory in MB."""

    faults: list[str]
    exits: dict[str, int]
    written: int
    megabytes: int


def endured(asked: argparse.Namespace) -> Ordeal:
    """Every command, or some of them, over the mutants of a range of seeds."""
    faults: list[str] = []
    exits: Counter[str] = Counter()
    right, bases = prepared()
    more = {name: Path(path).read_bytes() for name, _, path in map(_named, asked.more)}
    bases |= {name: Base(data, READING) for name, data in more.items()}
    names = [name for name in bases if not asked.only or name in asked.only]
    written = 0
    gc.freeze()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for seed in range(asked.first, asked.stop):
        name = names[seed % len(names)]
        sys.stderr.write(f"{name} {seed}\n")
        made = mutant(bases[name].data, f"{name} {seed}")
        before = {**right, X: made.data}
        trials = bases[name].trials
        several = min(asked.commands or len(trials), len(trials))
        for trial in random.Random(seed).sample(trials, several):
            put_back(before)
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            gc.collect()  # a command is a process of its own, and leaves nothing to the next
            ended = tried(trial, before)
            exits[str(ended.code)] += 1
            written += bool(ended.touched)
            what = f"{name} {seed} ({', '.join(made.told)}): rak {' '.join(trial.words)}"
            faults += [f"{what}: {fault}" for fault in ended.faults]
            if ended.faults and asked.keep:
                (asked.keep / f"{name}-{seed}.xlsx").write_bytes(made.data)
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Ordeal(faults, dict(exits), written, peak() >> 10)


def peak() -> int:
    """The most memory of this process, in KiB; the kernel charges it with the peak of its parent too."""
    status = Path("/proc/self/status")
    if status.exists():
        own = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        if own is not None:
            return int(own[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _named(one: str) -> tuple[str, str, str]:
    return one.partition("=")


def apart(*arguments: str, seconds: float) -> Ordeal:
    """Run this module in a process of its own; `seconds` end it where it hangs without computing."""
    command = [sys.executable, "-m", "properties.ordeal", *arguments]
    found = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds, env=found)
    if ran.returncode:
        raise RuntimeError(f"the ordeal ended with {ran.returncode}: {ran.stderr[-3_000:]}")
    return Ordeal(*json.loads(ran.stdout))


def half(first: int, names: list[str]) -> Ordeal:
    """What a suite runs: 150 mutants, or 800 where clients are required; 400 more are re-saved."""
    required = os.environ.get("RAK_REQUIRE_CLIENTS") == "1"
    count = int(os.environ.get("RAK_LONG", "800" if required else "150"))
    several = "6" if required else "4"
    words = (str(first), str(first + count), "--commands", several, "--only", *names)
    return apart(*words, seconds=60 + 10 * count)


def main(arguments: list[str]) -> None:
    """Run a range of seeds and print what came of it as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("first", type=int)
    parser.add_argument("stop", type=int)
    parser.add_argument("--only", nargs="*", default=[], help="the workbooks to damage; all without it")
    parser.add_argument("--more", nargs="*", default=[], help="NAME=WORKBOOK to damage too")
    parser.add_argument("--commands", type=int, help="how many of the commands for each mutant")
    parser.add_argument("--keep", type=lambda name: Path(name).absolute(), help="where mutants at fault go")
    asked = parser.parse_args(arguments)
    asked.more = [f"{name}={Path(path).absolute()}" for name, _, path in map(_named, asked.more)]
    os.environ.pop("RAK_LANG", None)
    faulthandler.enable()
    faulthandler.register(signal.SIGPROF, chain=True)
    gc.set_threshold(*COLLECTOR)
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        made = endured(asked)
        os.chdir(here)
    sys.stdout.write(json.dumps(made))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Every command over damaged workbooks: what must hold whatever stands in a file.

    python tests/properties/ordeal.py 0 500                     a range of seeds, every command
    python tests/properties/ordeal.py 7 8 --only resmi --keep .

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
import resource
import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from click.testing import CliRunner

from rak_excel import api, loading
from rak_excel.cli import COLLECTOR, rak
from rak_excel.files import xlsx_writer
from rak_excel.findings import exit_code
from rak_excel.sheet import form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from click.testing import Result

sys.path.insert(0, str(Path(__file__).parent))

from mutants import mutant
from packages import changed

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
    Trial(("import", X, "--into", "lain.yaml", "--conflicts", "k.xlsx"), ("lain.yaml", "lain.yaml.bak", "k.xlsx"), lenient=True),
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
    """The right files that stand beside a mutant, and the workbooks that are damaged; written to this folder."""
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


def judged(trial: Trial, before: dict[str, bytes]) -> Iterator[str]:
    """What is wrong with how a command ended, and with what it left behind."""
    result = run(*trial.words)
    code = result.exit_code
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        yield f"raised {result.exception!r}"
    yield from (f"said {word}: {result.output[-300:]}" for word in SAID if word in result.output)
    if code not in ((0, 1, 2, 3, 4) if trial.writes else (0, 1, 3, 4)):
        yield f"ended with {code}: {result.output[-300:]}"
    after = standing()
    touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    yield from (f"touched {name}" for name in touched - set(trial.writes))
    if code and touched and not trial.lenient:
        yield f"ended with {code} and wrote {', '.join(touched)}"
    for name in touched & after.keys():
        if name.endswith(".bak"):
            if after[name] != before[name.removesuffix(".bak")]:
                yield f"{name} is not what stood there"
        elif name == "k.xlsx":
            continue
        elif exit_code(loading.load(name).findings) > (code if trial.lenient else 0):
            yield f"{name} cannot be read again"
    if code == 0 and "--into" in trial.words and touched and not trial.lenient:
        again = run(*trial.words, "--no-backup")
        if again.exit_code or standing() != after:
            yield f"once more ends with {again.exit_code} and another file: {again.output[-300:]}"


def standing() -> dict[str, bytes]:
    """Every file of this folder."""
    return {entry.name: Path(entry.path).read_bytes() for entry in os.scandir()}


def faults(name: str, base: Base, seed: int, right: dict[str, bytes], commands: int | None) -> Iterator[str]:
    """What is wrong with any command over the mutant of a seed; of `commands` of them where that is told."""
    made = mutant(base.data, f"{name} {seed}")
    before = {**right, X: made.data}
    dice = random.Random(seed)
    trials = base.trials if commands is None else dice.sample(base.trials, min(commands, len(base.trials)))
    for trial in trials:
        for file in standing().keys() - before.keys():
            Path(file).unlink()
        for file, data in before.items():
            path = Path(file)
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        gc.collect()  # a command is a process of its own, and leaves nothing to the next
        for told in judged(trial, before):
            yield f"{name} {seed} ({', '.join(made.told)}): rak {' '.join(trial.words)}: {told}"
    signal.setitimer(signal.ITIMER_PROF, 0)


def main(arguments: list[str]) -> int:
    """Run a range of seeds and print what was wrong as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("first", type=int)
    parser.add_argument("stop", type=int)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--commands", type=int)
    parser.add_argument("--keep", help="a folder for the mutants at fault")
    parser.add_argument("--more", nargs="*", default=[], help="NAME=WORKBOOK to damage, too")
    asked = parser.parse_args(arguments)
    faulthandler.enable()
    faulthandler.register(signal.SIGPROF, chain=True)
    gc.set_threshold(*COLLECTOR)
    found: list[str] = []
    more = {name: Path(path).read_bytes() for name, _, path in (one.partition("=") for one in asked.more)}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        right, bases = prepared()
        bases |= {name: Base(data, READING) for name, data in more.items()}
        names = [name for name in bases if not asked.only or name in asked.only]
        gc.freeze()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        for seed in range(asked.first, asked.stop):
            name = names[seed % len(names)]
            print(name, seed, file=sys.stderr, flush=True)
            told = [*faults(name, bases[name], seed, right, asked.commands)]
            found += told
            if told and asked.keep:
                (Path(asked.keep) / f"{name}-{seed}.xlsx").write_bytes(
                    mutant(bases[name].data, f"{name} {seed}").data
                )
                print(*told, sep="\n", file=sys.stderr, flush=True)
        os.chdir("/")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"faults": found, "megabytes": peak >> 10}))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

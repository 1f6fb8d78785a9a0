"""How long `rak build` takes beside a bare XlsxWriter script that draws the same cells.

The way back, `rak import` beside a bare openpyxl, is measured by `back.py`, which can be run by itself.

    python benchmarks/bench.py                  all tables; some twenty minutes
    python benchmarks/bench.py --most 3000      without the largest plan; four minutes
    python benchmarks/bench.py --markdown       the tables as docs/performance.md shows them

Machines differ, and this one may be busy: both sides run in turn, pair by pair, processor time (user and
system) is compared instead of the clock's, and the ratios are given as least, median and greatest.

* *In-process*: reading, checking, arranging and writing a plan from text to bytes, against `bare.draw`
  with its cells in memory.  Both sides with the garbage collector set as the command sets it, and once
  more as Python sets it.
* *Whole process*: `python -m rak_excel build`, against `python bare.py`.  What the bare script needs to
  read its prepared cells is measured by itself (a run that only reads, less a run that does nothing) and
  taken off, since drawing is all it is to do; its start-up and imports stay.
* *Memory*: the peak of the resident set of both, by the kernel.  Each runs below a small launcher: a
  process is charged with the peak of the one that started it.
"""

import argparse
import contextlib
import gc
import io
import os
import pickle
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest import mock

import back
import bare
import yaml
from measuring import (
    ROOT,
    RUNS,
    Spread,
    Stages,
    Table,
    Used,
    collector,
    median,
    of,
    run,
    seconds,
    tell_stages,
)
from random_plans import book_of, plan_text

from rak_excel import api, loading
from rak_excel.files import xlsx_writer, yaml_text
from rak_excel.files.xlsx_writer import archive
from rak_excel.plan import values
from rak_excel.plan.checks import check
from rak_excel.plan.codec import decode
from rak_excel.sheet import arrange, carriers
from rak_excel.sheet.grid import Book, Cell, Formula, Sheet
from rak_excel.sheet.layout import PAPERS, Look
from rak_excel.sheet.measure import NORMAL, Measure, pixels

SIZES: Final = (28, 300, 3_000, 30_000)
SMALLEST: Final = ROOT / "examples" / "terkecil.yaml"
BARE: Final = Path(bare.__file__).resolve()

# --- the bare script's cells -----------------------------------------------------------------------------


def drawings(book: Book) -> list[tuple[bare.Drawing, list[list[bare.Drawn]]]]:
    """What the bare script is to draw: all that is seen of the book, none of what it carries unseen."""
    return [_drawing(sheet) for sheet in book.sheets]


def _drawing(sheet: Sheet) -> tuple[bare.Drawing, list[list[bare.Drawn]]]:
    numbers: dict[tuple[str, bool], int] = {}
    rows = [
        [_drawn(cell, numbers.setdefault((cell.role, cell.top), len(numbers))) for cell in cells]
        for _, cells in groupby(sheet.visible(), key=lambda cell: cell.row)
    ]
    page = sheet.page
    drawing = bare.Drawing(
        name=sheet.name,
        default_format={"font_name": NORMAL[0], "font_size": NORMAL[1]},
        formats=[_format(sheet, sheet.looks[role], top) for role, top in numbers],
        widths=[pixels(width) for width in sheet.widths],
        heights=list(sheet.heights),
        page={
            "paper": PAPERS[page.paper].code,
            "landscape": page.landscape,
            "margins": [points / 72 for points in (page.left, page.right, page.top, page.bottom)],
            "scale": sheet.scale,
            "repeated": sheet.heading,
            "area": (0, 0, len(sheet.heights) - 1, len(sheet.widths) - 1),
            "breaks": list(sheet.breaks),
            "footer": "&CHalaman &P dari &N",
            "frozen": (sheet.heading[1] + 1, 0),
        },
    )
    return drawing, rows


def _drawn(cell: Cell, number: int) -> bare.Drawn:
    value = tuple(cell.value) if isinstance(cell.value, Formula) else cell.value
    return cell.row, cell.column, number, value, cell.rows, cell.columns


def _format(sheet: Sheet, look: Look, top: bool) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "font_name": sheet.font,
        "font_size": look.size or sheet.size,
        "align": look.align,
        "valign": "top" if top else {"center": "vcenter"}.get(look.valign, look.valign),
        "text_wrap": look.wrap,
        "bold": look.bold,
        "border": int(look.border),
        "shrink": look.shrink,
        "indent": look.indent,
    }
    if look.number:
        properties["num_format"] = look.number
    return properties


def prepare(book: Book, target: Path) -> None:
    """Write the bare script's cells, in pieces that it can read one by one."""
    with target.open("wb") as stream:
        sheets = drawings(book)
        pickle.dump(len(sheets), stream)
        for drawing, rows in sheets:
            pickle.dump(tuple(drawing), stream)
            pickle.dump(len(rows), stream)
            for cells in rows:
                pickle.dump(cells, stream)


def build(text: str) -> bytes:
    """What `rak build` does from a file's bytes to the workbook's, nothing remembered from before."""
    values.read_rupiah.cache_clear()
    values.read_target.cache_clear()
    made, findings = api.workbook(loading.load_bytes(text.encode(), "plan.yaml"))
    if findings:
        raise RuntimeError("the plan has findings")
    return made


@contextlib.contextmanager
def parser(*, c: bool) -> Iterator[None]:
    """Read YAML with PyYAML's C parser, or without."""
    with mock.patch.object(yaml_text, "_LOADER", yaml.CSafeLoader if c else yaml_text._Python):
        yield


def in_process(text: str, runs: int, *, c: bool = True, usual: bool = False) -> tuple[Spread, float, float]:
    """Ratios of ours to the bare drawing; with the median seconds of each."""
    sheets = drawings(book_of(text))
    pairs = []
    with parser(c=c), collector(usual=usual):
        for _ in range(runs):
            gc.collect()
            ours = seconds(lambda: build(text))
            pairs.append((ours, seconds(lambda: bare.draw(sheets, io.BytesIO()))))
    return (
        Spread.of(ours / theirs for ours, theirs in pairs),
        statistics.median(ours for ours, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
    )


class Whole(NamedTuple):
    """Whole processes, ours and the bare script's: ratios, median seconds and megabytes."""

    processor: Spread
    clock: Spread
    ours: Used
    theirs: Used
    reading: float


_WITHOUT_C: Final = "import yaml; del yaml.CSafeLoader; from rak_excel.cli import main; main()"


def whole_process(folder: Path, plan: Path, runs: int, *, c: bool = True) -> Whole:
    """Ratios of `rak build` to the bare script."""
    cells, made = folder / "cells.pickle", folder / "made.xlsx"
    prepare(book_of(plan.read_text(encoding="utf-8")), cells)
    command = ("-m", "rak_excel") if c else ("-c", _WITHOUT_C)
    pairs, readings = [], []
    for number in range(runs + 1):
        made.unlink(missing_ok=True)
        ours = run(*command, "build", plan, "-o", made)
        theirs = run(BARE, cells, folder / "bare.xlsx")
        only_reading, nothing = run(BARE, cells), run(BARE)
        if number:  # the first round compiles modules
            pairs.append((ours, theirs))
            readings.append((only_reading.processor - nothing.processor, only_reading.clock - nothing.clock))
    reading = [max(0.0, statistics.median(column)) for column in zip(*readings, strict=True)]
    return Whole(
        Spread.of(ours.processor / (theirs.processor - reading[0]) for ours, theirs in pairs),
        Spread.of(ours.clock / (theirs.clock - reading[1]) for ours, theirs in pairs),
        median(ours for ours, _ in pairs),
        median(theirs for _, theirs in pairs),
        reading[0],
    )


def start_up(runs: int) -> tuple[Spread, Spread]:
    """Ratios of `rak check` of the smallest plan to a Python that only imports click and yaml.

    By the processor, and by the clock.
    """
    command = Path(sys.executable).with_name("rak")
    rak = (command,) if command.exists() else ("-m", "rak_excel")
    pairs = []
    for number in range(runs + 1):
        ours, theirs = run(*rak, "check", SMALLEST), run("-c", "import click, yaml")
        if number:
            pairs.append((ours, theirs))
    return (
        Spread.of(ours.processor / theirs.processor for ours, theirs in pairs),
        Spread.of(ours.clock / theirs.clock for ours, theirs in pairs),
    )


def stages(text: str) -> dict[str, float]:
    """Seconds that each stage of a build takes."""
    clock = Stages()
    layout = clock.run("layout", loading.layout_named, loading.DEFAULT_LAYOUT).layout
    if layout is None:
        raise RuntimeError("the default layout is damaged")
    root = clock.run("YAML to nodes", yaml_text.read, text.encode()).roots[0]
    decoded = clock.run("nodes to plan", decode, root, layout.form)
    clock.run("checks", check, decoded.plan, layout.form, decoded.faulty)
    plans = (decoded.plan,)
    told = clock.run("base and its hash", carriers.document, plans)
    keys = carriers.keys(str(told["hash"]), 0, sum(1 for _ in decoded.plan.kegiatan))
    made = clock.run("arranging", arrange.arrange, decoded.plan, layout, "RAK", keys, Measure())
    if made.sheet is None:
        raise RuntimeError("the plan cannot be arranged")
    book = clock.run("fingerprint and carriers", carriers.bind, plans, [layout], (made.sheet,), told)
    packed = archive.packed
    began = time.process_time()
    with mock.patch.object(archive, "packed", lambda parts: clock.run("deflating", packed, parts)):
        xlsx_writer.write(book)
    clock.took["sheets to XML"] = time.process_time() - began - clock.took["deflating"]
    clock.took["deflating"] = clock.took.pop("deflating")  # it comes last
    return clock.took


# --- telling -----------------------------------------------------------------------------------------------


_COLUMNS: Final = ("activities", "min / median / max", "ours", "bare")


def tell_builds(sizes: Sequence[int], folder: Path, *, markdown: bool) -> None:
    """The tables of builds: in-process, whole process, memory, growth, stages."""
    plans = {size: folder / f"plan-{size}.yaml" for size in sizes}
    for size, plan in plans.items():
        plan.write_text(plan_text(size), encoding="utf-8")
    inside = Table("In-process, processor time, ratio to the bare drawing", *_COLUMNS, "usual collector")
    grown: dict[int, float] = {}
    for size, plan in plans.items():
        text = plan.read_text(encoding="utf-8")
        ratio, ours, theirs = in_process(text, RUNS[size])
        usual, _, _ = in_process(text, max(3, RUNS[size] // 3), usual=True)
        grown[size] = ours
        inside.add(f"{size:,}", ratio, of(ours), of(theirs), usual)
    inside.tell(markdown=markdown)
    outside = Table(
        "Whole process, ratio to the bare script",
        "activities",
        "processor: min / median / max",
        "clock: min / median / max",
        "ours",
        "bare",
        "of that reading",
    )
    memory = Table("Peak memory", "activities", "ratio", "ours", "bare")
    grown_whole: dict[int, float] = {}
    for size, plan in plans.items():
        whole = whole_process(folder, plan, RUNS[size])
        grown_whole[size] = whole.ours.processor
        outside.add(
            f"{size:,}",
            whole.processor,
            whole.clock,
            of(whole.ours.processor),
            of(whole.theirs.processor),
            of(whole.reading),
        )
        most = (whole.ours.memory, whole.theirs.memory)
        memory.add(f"{size:,}", f"{most[0] / most[1]:.2f}", *(f"{one:.0f} MB" for one in most))
    outside.tell(markdown=markdown)
    memory.tell(markdown=markdown)
    growth = Table("Growth: the time of ten times as many", "activities", "in-process", "whole process")
    for size in sizes:
        if size * 10 in grown:
            times = (column[size * 10] / column[size] for column in (grown, grown_whole))
            growth.add(f"{size:,} to {size * 10:,}", *(f"{one:.1f} times" for one in times))
    growth.tell(markdown=markdown)


def tell_build_stages(sizes: Sequence[int], *, markdown: bool) -> None:
    """Where the time of a build goes, in the quickest of several runs of each stage."""
    table = Table("Where the time goes, in-process", "stage", *(f"{size:,}" for size in sizes))
    columns = []
    for size in sizes:
        text = plan_text(size)
        many = []
        with collector(usual=False):
            for _ in range(RUNS[size]):
                loading._layout_at.cache_clear()
                values.read_rupiah.cache_clear()
                many.append(stages(text))
        columns.append({stage: min(one[stage] for one in many) for stage in many[0]})
    tell_stages(table, columns, markdown=markdown)


def tell_parsers(sizes: Sequence[int], folder: Path, *, markdown: bool) -> None:
    """What PyYAML's C parser is worth."""
    table = Table(
        "With and without PyYAML's C parser, medians of ratios",
        "activities",
        "in-process, C",
        "in-process, Python",
        "whole process, C",
        "whole process, Python",
    )
    for size in sizes:
        plan = folder / f"plan-{size}.yaml"
        text = plan_text(size)
        plan.write_text(text, encoding="utf-8")
        runs = max(3, RUNS[size] // 3)
        inside = [in_process(text, runs, c=c)[0].median for c in (True, False)]
        outside = [whole_process(folder, plan, runs, c=c).processor.median for c in (True, False)]
        table.add(f"{size:,}", *(f"{ratio:.2f}" for ratio in (*inside, *outside)))
    table.tell(markdown=markdown)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description="How long rak takes beside a bare XlsxWriter script.")
    asked.add_argument("--most", type=int, default=SIZES[-1], help="activities of the largest plan")
    asked.add_argument("--markdown", action="store_true", help="print Markdown")
    told = asked.parse_args()
    sizes = [size for size in SIZES if size <= told.most]
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors")
    by_processor, by_clock = start_up(RUNS[28])
    table = Table("Start-up of `rak check`, ratio to importing click and yaml", "", "min / median / max")
    table.add("processor", by_processor)
    table.add("clock", by_clock)
    table.tell(markdown=told.markdown)
    with tempfile.TemporaryDirectory() as name:
        tell_builds(sizes, Path(name), markdown=told.markdown)
        tell_parsers(sizes[:3], Path(name), markdown=told.markdown)
    tell_build_stages(sizes, markdown=told.markdown)
    with tempfile.TemporaryDirectory() as name:
        back.tell([size for size in sizes if size in back.SIZES], Path(name), markdown=told.markdown)


if __name__ == "__main__":
    main()

"""How long `rak import` takes beside a script that loads the same workbook with openpyxl and does nothing.

    python benchmarks/back.py                  all tables; some eight minutes
    python benchmarks/back.py --most 3000      without the largest workbook; two minutes
    python benchmarks/back.py --markdown       the tables as docs/performance.md shows them

Each workbook was built by `rak build`.  In the edited one every fiftieth row has another cost, or another
text.  All are whole processes, which run in turn, round by round, beside `bare_load.py` with the same
workbook; processor time and peak memory are measured as `bench.py` does.
"""

import argparse
import gc
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from measuring import ROOT, RUNS, Spread, Stages, Table, Used, collector, median, of, run, tell_stages
from random_plans import book_of, plan_text

from rak_excel import loading, merging, reimport
from rak_excel.files import xlsx_reader, xlsx_writer
from rak_excel.plan import values
from rak_excel.plan.checks import check
from rak_excel.plan.codec import decode
from rak_excel.sheet.base import carried, unladen
from rak_excel.sheet.grid import Book
from rak_excel.sheet.recognise import recognise

SIZES: Final = (300, 3_000, 30_000)
BARE: Final = ROOT / "benchmarks" / "bare_load.py"
STEP: Final = 50


class Files(NamedTuple):
    """A plan, its workbook, the same edited, and where to write."""

    plan: Path
    built: Path
    edited: Path
    into: Path
    new: Path


def prepare(size: int, folder: Path) -> Files:
    """Write a plan with its workbooks."""
    names = ("plan.yaml", "built.xlsx", "edited.xlsx", "into.yaml", "new.yaml")
    files = Files(*(folder / f"{size}-{name}" for name in names))
    text = plan_text(size)
    files.plan.write_text(text, encoding="utf-8")
    book = book_of(text)
    files.built.write_bytes(xlsx_writer.write(book))
    files.edited.write_bytes(xlsx_writer.write(edited(book)))
    return files


def edited(book: Book) -> Book:
    """A book in which somebody typed other costs, and other words, over some of what was built."""
    sheet = book.sheets[0]
    cells = list(sheet.cells)
    costs = [at for at, cell in enumerate(cells) if cell.role == "rupiah" and isinstance(cell.value, int)]
    for number, at in enumerate(costs[STEP - 1 :: STEP]):
        cell = cells[at]
        if number % 2 and isinstance(cell.value, int):
            cells[at] = cell._replace(value=cell.value + 1_000)
        else:  # the doer stands beside the cost
            cells[at + 1] = cells[at + 1]._replace(value=f"{cells[at + 1].value} (baru)")
    return replace(book, sheets=(replace(sheet, cells=tuple(cells)), *book.sheets[1:]))


# --- whole processes ---------------------------------------------------------------------------------------

COMMANDS: Final = {
    "import, unedited": ("import", "{built}"),
    "import": ("import", "{edited}"),
    "import -o": ("import", "{edited}", "-o", "{new}"),
    "import --into": ("import", "{edited}", "--into", "{into}"),
    "check": ("check", "{edited}"),
    "diff": ("diff", "{plan}", "{edited}"),
}


def measured(files: Files, runs: int) -> dict[str, list[tuple[Used, Used]]]:
    """Ours and the bare load's, for each command, round by round."""
    pairs: dict[str, list[tuple[Used, Used]]] = {name: [] for name in COMMANDS}
    for number in range(runs + 1):
        theirs = run(BARE, files.built)
        for name, words in COMMANDS.items():
            shutil.copyfile(files.plan, files.into)
            files.new.unlink(missing_ok=True)
            arguments = [word.format_map(files._asdict()) for word in words]
            ours = run("-m", "rak_excel", *arguments, code=1 if name == "diff" else 0)
            if number:  # the first round compiles modules
                pairs[name].append((ours, theirs))
    return pairs


def tell_commands(files: dict[int, Files], *, markdown: bool) -> None:
    """The tables of whole processes: time, memory, growth."""
    found = {size: measured(one, RUNS[size]) for size, one in files.items()}
    time = Table(
        "The way back, whole process, ratio to a bare openpyxl load",
        "command",
        "activities",
        "processor: min / median / max",
        "clock: median",
        "ours",
        "bare",
    )
    memory = Table("The way back, peak memory", "command", "activities", "ratio", "ours", "bare")
    steps = [(size, 10 * size) for size in SIZES if 10 * size in found]
    growth = Table("The way back, growth", "command", *(f"{least:,} to {most:,}" for least, most in steps))
    took: dict[str, dict[int, float]] = {"bare": {}}
    for name in COMMANDS:
        for size, pairs in ((size, of_size[name]) for size, of_size in found.items()):
            ours, theirs = median(one for one, _ in pairs), median(other for _, other in pairs)
            took["bare"][size] = theirs.processor
            took.setdefault(name, {})[size] = ours.processor
            processor = Spread.of(one.processor / other.processor for one, other in pairs)
            clock = Spread.of(one.clock / other.clock for one, other in pairs)
            seconds = of(ours.processor), of(theirs.processor)
            time.add(name, f"{size:,}", processor, f"{clock.median:.2f}", *seconds)
            most = (ours.memory, theirs.memory)
            memory.add(name, f"{size:,}", f"{most[0] / most[1]:.2f}", *(f"{one:.0f} MB" for one in most))
    for name, by_size in took.items():
        growth.add(name, *(f"{by_size[most] / by_size[least]:.1f} times" for least, most in steps))
    for table in (time, memory, growth):
        table.tell(markdown=markdown)


# --- stages ------------------------------------------------------------------------------------------------


def stages(files: Files) -> dict[str, float]:
    """Seconds that each stage of bringing an edited workbook into its source takes."""
    clock = Stages()
    layout = loading.layout_named(loading.DEFAULT_LAYOUT).layout
    if layout is None:
        raise RuntimeError("the default layout is damaged")
    data, text = files.edited.read_bytes(), files.plan.read_bytes()
    book = clock.run("XLSX to cells", xlsx_reader.read, data, "e.xlsx").book
    held = clock.run("base", carried, book)
    recognised = clock.run("recognising", recognise, unladen(book), [layout], held)
    sheet = recognised.sheets[0]
    decoded = clock.run("nodes to plan", decode, sheet.root, layout.form)
    clock.run("checks", lambda: list(check(decoded.plan, sheet.form, decoded.faulty)))
    workbook = loading.Loaded(
        "e.xlsx", (decoded.plan,), layouts=(layout,), origins=(sheet.root,), recognised=recognised
    )
    clock.run("what differs", reimport.against_base, workbook)
    source = clock.run("--into: the source to plan, checked", loading.load_bytes, text, "plan.yaml")
    merged = clock.run("--into: merging", merging.merge_into, workbook, source)
    clock.run("--into: into its text, read again", merging.patched_source, source, text, merged)
    return clock.took


def tell_import_stages(files: dict[int, Files], *, markdown: bool) -> None:
    """Where the time goes, in the quickest of several runs of each stage."""
    table = Table(
        "Where the time of the way back goes, in-process", "stage", *(f"{size:,}" for size in files)
    )
    columns = []
    for size, one in files.items():
        many = []
        with collector(usual=False):
            for _ in range(RUNS[size]):
                values.read_rupiah.cache_clear()
                gc.collect()
                many.append(stages(one))
        columns.append({stage: min(took[stage] for took in many) for stage in many[0]})
    tell_stages(table, columns, markdown=markdown)


def tell(sizes: Sequence[int], folder: Path, *, markdown: bool) -> None:
    """All tables of the way back."""
    if not sizes:
        return
    files = {size: prepare(size, folder) for size in sizes}
    tell_commands(files, markdown=markdown)
    tell_import_stages(files, markdown=markdown)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description="How long rak import takes beside a bare openpyxl load.")
    asked.add_argument("--most", type=int, default=SIZES[-1], help="activities of the largest workbook")
    asked.add_argument("--markdown", action="store_true", help="print Markdown")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        tell([size for size in SIZES if size <= told.most], Path(name), markdown=told.markdown)


if __name__ == "__main__":
    main()

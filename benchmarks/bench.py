"""How long `rak build` takes beside a bare XlsxWriter script that draws the same cells.

    python benchmarks/bench.py                  all tables; some ten minutes
    python benchmarks/bench.py --most 3000      without the largest plan; two minutes
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
import json
import os
import pickle
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest import mock

import bare
import yaml

from rak_excel import api, cli, loading
from rak_excel.files import xlsx_writer, yaml_text
from rak_excel.plan import values
from rak_excel.plan.checks import check
from rak_excel.plan.codec import decode
from rak_excel.sheet import arrange, carriers
from rak_excel.sheet.grid import Book, Cell, Formula, Sheet
from rak_excel.sheet.layout import PAPERS, Look
from rak_excel.sheet.measure import NORMAL, Measure, pixels

ROOT: Final = Path(__file__).resolve().parent.parent
SIZES: Final = (28, 300, 3_000, 30_000)
RUNS: Final = {28: 21, 300: 15, 3_000: 9, 30_000: 3}
"""How many pairs of each size."""

SMALLEST: Final = ROOT / "examples" / "terkecil.yaml"
BARE: Final = Path(bare.__file__).resolve()

# --- plans -----------------------------------------------------------------------------------------------

_TEXT: Final = """
penyusunan program kegiatan dan anggaran pengelolaan revisi kajian analisa prosedur mekanisme penganggaran
kebijakan supervisi monitoring pelaksanaan konsolidasi nasional penguatan kelembagaan organisasi pelatihan
teknis kepemiluan badan adhoc sosialisasi kepada masyarakat stakeholder rapat koordinasi lintas sektor ATK
layanan jaringan infrastruktur pemeliharaan pembayaran honorarium dukungan operasional bimtek kampanye debat
materi pengadaan barang jasa logistik pendistribusian inventarisasi pemungutan penghitungan suara rekapitulasi
berjenjang pengiriman gudang laporan penggandaan dokumentasi publikasi pendidikan pemilih pemutakhiran data
berkelanjutan penyelesaian sengketa penetapan peserta advokasi hukum penyuluhan peraturan keputusan arsip
persuratan kepegawaian disiplin kinerja gaji tunjangan pegawai perjalanan dinas keuangan verifikasi faktual
administrasi pencalonan pasangan calon partai politik dana tahapan pemilu pilkada serta untuk dalam rangka
peningkatan kompetensi yang tepat waktu sesuai dengan ketentuan berlaku kabupaten Lahat akuntabilitas
pelayanan informasi publik pengawasan internal reformasi birokrasi evaluasi tindak lanjut hasil pemeriksaan
"""
_WORDS: Final = _TEXT.split()
_GOALS: Final = ("Terlaksananya", "Terwujudnya", "Tersedianya", "Meningkatnya", "Terselesaikannya")
_DOERS: Final = (
    "Sub Bagian Perencanaan, Data dan Informasi",
    "Sub Bagian Keuangan, Umum, dan Logistik",
    "Sub Bagian Hukum dan SDM",
    "Sub Bagian Teknis Penyelenggaraan Pemilu, Partisipasi dan Hubungan Masyarakat",
)
_HEAD: Final = "rak: 1\ntahun: 2024\nunit: Sekretariat KPU Kabupaten Lahat\nsasaran:\n"
_TAIL: Final = (
    "penandatangan:\n  jabatan: Sekretaris\n  nama: MERY ANGGRAINY\n  nip: 198205062010122002\n"
    "  tempat: Lahat\n  tanggal: 2 Januari 2024\n"
)


def plan_text(kegiatan: int, seed: int = 1) -> str:
    """A plan without faults, of the shape and the texts of the published ones: two kegiatan to a sasaran."""
    chance = random.Random(seed)
    lines = [_HEAD]
    left = kegiatan
    while left:
        lines.append(f"  - uraian: {_phrase(chance, chance.choice(_GOALS), 4, 16)}\n    indikator:\n")
        for _ in range(chance.choice((1, 1, 1, 1, 2))):
            count = min(left, chance.choice((1, 1, 2, 2, 3, 4)))
            if not count:
                break
            left -= count
            lines.append(f"      - uraian: {_phrase(chance, 'Persentase', 5, 18)}\n")
            lines.append(f"        target: {chance.choice((100, 100, 100, 90, '89,5'))}\n        kegiatan:\n")
            lines.extend(_kegiatan(chance, first=number == 0) for number in range(count))
    return "".join([*lines, _TAIL])


def _phrase(chance: random.Random, begin: str, least: int, most: int) -> str:
    words = [begin, *chance.choices(_WORDS, k=chance.randint(least, most))]
    if chance.random() < 0.3:
        words[len(words) // 2] += ","
    if chance.random() < 0.15:
        words.append("KPU Kabupaten Lahat")
    return " ".join(words)


def _kegiatan(chance: random.Random, *, first: bool) -> str:
    biaya = f"{chance.randint(1_000, 9_000_000) * 1_000:,}".replace(",", ".")
    if not first and chance.random() < 0.1:
        biaya = "bersama"
    quarters = sorted(chance.sample(range(1, 5), chance.choice((2, 4, 4))))
    text = _phrase(chance, chance.choice(_WORDS).capitalize(), 2, 13)
    return (
        f"          - uraian: {text}\n            triwulan: {quarters}\n"
        f"            biaya: {biaya}\n            pelaksana: {chance.choice(_DOERS)}\n"
    )


def book_of(text: str) -> Book:
    """The book of a plan's text, by all that `rak build` does before writing."""
    loaded = loading.load_bytes(text.encode(), "plan.yaml")
    drawn = api.draw(loaded.plans, loaded.layouts)
    if loaded.findings or drawn.book is None:
        raise RuntimeError(f"the plan has findings: {loaded.findings[:3]}")
    return drawn.book


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


# --- measuring ---------------------------------------------------------------------------------------------


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


def run(*arguments: str | Path) -> Used:
    """Run Python with these arguments, as on a user's machine: compiled modules are kept."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _LAUNCHER, sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    code, *used = json.loads(told.stderr.splitlines()[-1])
    if code:
        raise RuntimeError(f"{arguments} ended with {code}: {told.stdout}{told.stderr}")
    return Used(*used)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of a call."""
    began = time.process_time()
    work()
    return time.process_time() - began


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


@contextlib.contextmanager
def collector(*, usual: bool) -> Iterator[None]:
    """Search for garbage as the command does, or as often as Python usually does."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()  # what is there by now is searched on neither side
    if not usual:
        gc.set_threshold(*cli.COLLECTOR)
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


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
        _median(ours for ours, _ in pairs),
        _median(theirs for _, theirs in pairs),
        reading[0],
    )


def _median(many: Iterable[Used]) -> Used:
    return Used(*(statistics.median(column) for column in zip(*many, strict=True)))


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
    clock = _Stages()
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
    packed = xlsx_writer._packed
    began = time.process_time()
    with mock.patch.object(xlsx_writer, "_packed", lambda parts: clock.run("deflating", packed, parts)):
        xlsx_writer.write(book)
    clock.took["sheets to XML"] = time.process_time() - began - clock.took["deflating"]
    clock.took["deflating"] = clock.took.pop("deflating")  # it comes last
    return clock.took


class _Stages:
    """A stop-watch for one call after another."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}

    def run(self, stage: str, work: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - any call
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


_COLUMNS: Final = ("activities", "min / median / max", "ours", "bare")


def of(number: float) -> str:
    """A time in the unit that suits it."""
    return f"{number:.2f} s" if number >= 1 else f"{number * 1000:.0f} ms"


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


def tell_stages(sizes: Sequence[int], *, markdown: bool) -> None:
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
    sums = [sum(column.values()) for column in columns]
    for stage in columns[0]:
        shares = zip((column[stage] for column in columns), sums, strict=True)
        table.add(stage, *(f"{of(took)} ({took / whole:.0%})" for took, whole in shares))
    table.add("together", *map(of, sums))
    table.tell(markdown=markdown)


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
    tell_stages(sizes, markdown=told.markdown)


if __name__ == "__main__":
    main()

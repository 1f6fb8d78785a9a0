"""How long the page takes in a browser: until it can be used, to build the Lahat workbook, to read it back.

    make page && python benchmarks/page.py

Each browser starts anew for every round, from a profile that has never seen the page.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

import openpyxl

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser.bidi import PROGRAMS, Browser, Name, missing  # noqa: E402 - the tests drive it, too
from browser.watch import Watch  # noqa: E402

PAGE: Final = ROOT / "dist" / "rak.html"
LAHAT: Final = ROOT / "examples" / "lahat-2024.yaml"
ROUNDS: Final = 5
READY: Final = "document.getElementById('state').dataset.state === 'ready'"


def round_of(name: Name, watch: Watch) -> tuple[float, ...]:
    """Seconds until the page is ready, to build, to build again, to read back alone and into the source."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(name, Path(folder), watch.port)
        try:
            began = time.perf_counter()
            browser.open(PAGE)
            browser.wait(READY)
            times = [time.perf_counter() - began]
            times += [answered(browser, "examine", 1, LAHAT) for _ in range(2)]
            browser.ask("document.querySelector('#examine a.main').click()")
            workbook = browser.downloads / "lahat-2024.xlsx"
            edited(workbook, browser.downloaded(workbook.name))
            times.append(answered(browser, "bring", 1, workbook))
            times.append(answered(browser, "bring", 2, LAHAT))
        finally:
            browser.close()
    return tuple(times)


def edited(workbook: Path, data: bytes) -> None:
    """Another cost in the workbook, typed and saved."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    [cell] = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == 306461000]
    cell.value = 307000000
    book.save(workbook)


def answered(browser: Browser, task: str, zone: int, file: Path) -> float:
    """Seconds from choosing a file until its answer is drawn."""
    browser.ask(f"document.querySelector('#{task} .result').replaceChildren()")
    began = time.perf_counter()
    browser.choose(f"#{task} .drops .zone:nth-child({zone}) input", file)
    browser.wait(f"document.querySelector('#{task} article') && {READY}")
    return time.perf_counter() - began


def main() -> None:
    """Print a table: median and greatest of all rounds."""
    print(f"{PAGE.name}: {PAGE.stat().st_size / (1 << 20):.1f} MB\n")
    print("| browser | start to usable | first build | next build | read back | into its source |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    with Watch() as watch:
        for name in PROGRAMS:
            if missing(name):
                continue
            rounds = [round_of(name, watch) for _ in range(ROUNDS)]
            cells = [f"{median(times):.2f} s (most {max(times):.2f})" for times in zip(*rounds, strict=True)]
            print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()

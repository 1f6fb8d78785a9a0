"""`PYTHONPATH=.:tests python -m oracle`: run sequences against a reader, or look at one."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from oracle.judging import Outcome
from oracle.page import page
from oracle.runner import keep_failure, reader_named, run_many, story, trial, verdict
from oracle.shown import every_kind

READER = "rak_excel.api:reimport"


def main() -> int:
    """Exit 1 where anything is silently wrong."""
    parser = argparse.ArgumentParser(prog="oracle", description=__doc__)
    parser.add_argument("first", type=int, nargs="?", default=0)
    parser.add_argument("end", type=int, nargs="?", default=500)
    parser.add_argument(
        "--reader", default=READER, help="MODULE:FUNCTION, takes bytes, returns plans and findings"
    )
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], help="only this kind of edit; may be repeated")
    parser.add_argument("--failures", type=Path, help="folder for what is silently wrong, made small")
    parser.add_argument("--most", type=int, default=20, help="how many failures to make small")
    parser.add_argument("--markdown", type=Path, help="write docs/suntingan.md here")
    parser.add_argument("--show", help="SEED or SEED:0,2 - one sequence in words")
    parser.add_argument("--write", type=Path, help="with --show: write the workbook here")
    parser.add_argument("--golden", type=Path, help="write what each kind of edit means here, for review")
    given = parser.parse_args()
    if given.golden:
        given.golden.write_text(every_kind(), encoding="utf-8")
        return 0
    if given.show:
        return show(given.show, given.reader, given.write, given.only)
    started = time.perf_counter()
    tally = run_many(range(given.first, given.end), given.reader, only=given.only, jobs=given.jobs)
    spent = time.perf_counter() - started
    count = tally.total.total()
    print(f"{count} urutan, {count / spent:.0f} tiap detik, benar {tally.right:.2%}")  # noqa: T201
    print(", ".join(f"{outcome} {tally.total[outcome]}" for outcome in Outcome))  # noqa: T201
    if given.markdown:
        given.markdown.write_text(page(tally, range(given.first, given.end)), encoding="utf-8")
    reader = reader_named(given.reader)
    for seed, _ in tally.failures[: given.most]:
        folder = given.failures or Path("oracle-failures")
        print(keep_failure(seed, reader, folder, only=given.only))  # noqa: T201
    return 1 if tally.bad else 0


def show(told: str, reader: str, to: Path | None, only: list[str]) -> int:
    """One sequence: what was done, what came of it, and its workbook."""
    seed, _, kept = told.partition(":")
    keep = [int(one) for one in kept.split(",")] if kept else None
    one = trial(int(seed), keep=keep, only=only)
    if to is not None:
        to.write_bytes(one.data)
    judged = verdict(one, reader_named(reader))
    print(story(one, judged, keep))  # noqa: T201
    return 1 if judged.outcome.bad else 0


if __name__ == "__main__":
    sys.exit(main())

"""Folders of plans for the tests of many files, and the processes that read them."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

from rak_excel import batch

ROOT: Final = Path(batch.__file__).parents[1]
_HEAD: Final = "rak: 1\ntahun: 2026\nunit: {unit}\nsasaran:\n"
_GOAL: Final = """\
  - uraian: Terwujudnya layanan {number}
    indikator:
      - uraian: Persentase layanan {number} yang terpenuhi
        target: 100
        kegiatan:
          - {{uraian: Rapat {number}, triwulan: [1, 3], biaya: {biaya}, pelaksana: Umum}}
          - {{uraian: Laporan {number}, triwulan: [2, 4], biaya: 250.000, pelaksana: Umum}}
"""
_TAIL: Final = "penandatangan: {jabatan: Ketua, nama: SARJANI}\n"
WRONG: Final = "banyak"
"""A cost that is no amount: RAK110."""


def plan(unit: str = "KPU Kabupaten Lahat", goals: int = 2, biaya: str = "1.000.000") -> str:
    """A plan in YAML, right unless the cost of its first kegiatan is not."""
    rest = [_GOAL.format(number=number, biaya="1.000.000") for number in range(2, goals + 1)]
    return "".join([_HEAD.format(unit=unit), _GOAL.format(number=1, biaya=biaya), *rest, _TAIL])


def office(number: int, *, wrong: bool = False, goals: int = 2) -> str:
    """The plan of one of many offices, unlike all others."""
    biaya = WRONG if wrong else f"{number + 1}.000"
    return plan(goals=goals, biaya=biaya).replace("SARJANI", f"SARJANI {number}")


def folder(many: int, wrong: frozenset[int] = frozenset(), goals: int = 2) -> list[str]:
    """Write plans into the folder `rak`, in files named by their number; their names."""
    Path("rak").mkdir(exist_ok=True)
    names = [f"rak/{number:03}.yaml" for number in range(many)]
    for number, name in enumerate(names):
        Path(name).write_text(office(number, wrong=number in wrong, goals=goals), encoding="utf-8")
    return names


def children() -> set[int]:
    """The processes that this one has put to work and that still run (Linux)."""
    return children_of(os.getpid())


def children_of(process: int) -> set[int]:
    """The processes that another has put to work and that still run; the tracker of semaphores is none."""
    found = set()
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # a thread, or all of it, that has ended meanwhile
            found |= {int(one) for one in task.read_text(encoding="ascii").split()}
    return {one for one in found if runs(one) and b"spawn_main" in _called(one)}


def _called(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def runs(process: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def dies_while_it_answers(flag: Path) -> tuple[bytes, ...]:
    """A job whose process is killed in the middle of its long answer, once."""

    def kill() -> None:
        while True:
            frame = sys._current_frames()[main]
            if frame.f_code.co_name in ("_send", "write_bytes"):
                os.kill(os.getpid(), signal.SIGKILL)

    main = threading.main_thread().ident or 0
    if not flag.exists():
        flag.touch()
        threading.Thread(target=kill, daemon=True).start()
    return bytes(100 << 20), b"!"


def rak(*words: str, before: str = "") -> list[str]:
    """`rak` as a process of its own in which many files pay at once, and two cores are seen."""
    script = (
        "import os; os.sched_getaffinity = lambda _: {0, 1}; "
        "from rak_excel import batch; batch.KEEPING_PAYS = batch.WORKERS_PAY = 0; "
        f"{before}\nfrom rak_excel.cli import main; main()"
    )
    return [sys.executable, "-c", script, *words]


def environment(**more: str) -> dict[str, str]:
    """Of such a process: our own package, and no cache but the one that is named."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **more}

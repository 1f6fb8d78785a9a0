"""Work in several processes by the standard library's pool; what becomes of one that dies is known.

Answers go through files, and only their lengths through the pool's pipe: a process that is killed in the
middle of a message longer than the pipe takes at once leaves such a pool waiting for the rest for ever.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from itertools import accumulate, islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    if sys.platform == "win32":
        from multiprocessing.connection import PipeConnection as Connection
    else:
        from multiprocessing.connection import Connection

Message: TypeAlias = tuple[bytes, ...]
_T = TypeVar("_T")

_MOST: Final = 61
"""Processes of one pool: Windows cannot wait for more."""
_BREATH: Final = 0.5
"""Seconds between two looks at the keyboard where waiting cannot be interrupted (Windows)."""


class Job(NamedTuple):
    """One piece of work: its number, by which the answer is known, and what another process is to call."""

    number: int
    work: Callable[[], Message]


class Answer(NamedTuple):
    """What came of a job; `told` is `None` where it ended its process twice."""

    number: int
    told: Message | None


class NoCrewError(Exception):
    """No process can be started, or none of them says that it is there."""


def cores() -> int:
    """How many processes can work at the same time."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def answers(jobs: Iterable[Job], workers: int, begin: Callable[[], object]) -> Iterator[Answer]:
    """Answers as they come, each job done by one of `workers` processes that have called `begin`.

    Where a process dies its pool is lost, and another does what was not begun.  What was begun is done again
    after all else, one job at a time: it may be the memory that is too small for several.  A job that raises
    has no answer.  Whoever stops early (Ctrl-C too) leaves no process behind.

    Each process runs the main module of this one, under another name: that module must be guarded by
    `if __name__ == "__main__":`.

    Raises:
        NoCrewError: no process can be started.  What was not answered is not done then.
    """
    workers = min(workers, _MOST)
    left, begun = iter(jobs), list[Job]()
    while lost := (yield from _pooled(left, workers, 2 * workers, begin)):
        begun += lost
    left = iter(begun)
    while lost := (yield from _pooled(left, 1, 1, begin)):
        yield from (Answer(job.number, None) for job in lost)


def _pooled(
    jobs: Iterator[Job], workers: int, most: int, begin: Callable[[], object]
) -> Generator[Answer, None, list[Job]]:
    """Answers of one pool, which is given `most` jobs at a time; what it was lost with, where it was."""
    lost: list[Job] = []
    more = list(islice(jobs, most))
    if not more:
        return lost
    given: dict[Future[tuple[int, ...]], Job] = {}
    with _pool(workers, begin) as (pool, room):
        hello = _submitted(pool, os.getpid)
        while more or given:
            for job in more:
                try:
                    given[_submitted(pool, _do, job, room)] = job
                except BrokenProcessPool:
                    lost.append(job)
            for future in wait(given, _BREATH, FIRST_COMPLETED).done:
                job = given.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    lost.append(job)
                elif (told := _fetched(future, job, room)) is not None:
                    yield Answer(job.number, told)
            more = [] if lost else list(islice(jobs, most - len(given)))
        if lost and hello.exception() is not None:
            raise NoCrewError(str(hello.exception()))
    return lost


@contextmanager
def _pool(workers: int, begin: Callable[[], object]) -> Iterator[tuple[ProcessPoolExecutor, Path]]:
    """A pool, and a folder for its answers; whatever its processes do, they end when it is left."""
    spawn = multiprocessing.get_context("spawn")  # a fork would copy locks that threads of others hold
    with ExitStack() as held:
        try:
            room = held.enter_context(TemporaryDirectory(prefix="rak-", ignore_cleanup_errors=True))
            ears, mouth = map(held.enter_context, spawn.Pipe(duplex=False))
            pool = ProcessPoolExecutor(workers, spawn, _enter, (ears, begin))
        except (OSError, NotImplementedError) as error:  # no room, or no semaphores, as in some containers
            raise NoCrewError(str(error)) from error
        held.callback(_shut, pool)
        held.callback(mouth.close)
        yield pool, Path(room)


def _shut(pool: ProcessPoolExecutor) -> None:
    """Wait until a pool has ended."""
    with suppress(RuntimeError):  # its own thread was never started
        pool.shutdown(cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, work: Callable[..., _T], *asked: object) -> "Future[_T]":
    """Give work to a pool, which may start a process for it.

    Raises:
        BrokenProcessPool: one of its processes has died.
        NoCrewError: none can be started.
        RuntimeError: this is such a process itself, and its main module is not guarded.
    """
    try:
        with _without_ctrl_c():
            return pool.submit(work, *asked)
    except BrokenProcessPool:
        raise
    except (OSError, AssertionError) as error:  # a daemon of `multiprocessing` asserts that it has no child
        raise NoCrewError(str(error)) from error
    except RuntimeError as error:
        if multiprocessing.parent_process() is not None:
            raise
        raise NoCrewError(str(error)) from error  # no thread can be started


@contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Keep Ctrl-C back for a moment; a process that is started meanwhile never hears of it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _fetched(future: "Future[tuple[int, ...]]", job: Job, room: Path) -> Message | None:
    """What a job put into its file; `None` where it could not."""
    path = room / str(job.number)
    if future.exception() is not None:
        return None
    try:
        text = memoryview(path.read_bytes())
        path.unlink()
    except OSError:
        return None
    ends = [*accumulate(future.result(), initial=0)]
    return tuple(bytes(text[begin:end]) for begin, end in pairwise(ends))


# --- those who answer ----------------------------------------------------------------------------------


def _enter(ears: "Connection", begin: Callable[[], object]) -> None:
    """Begin to work, for as long as somebody is there who asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks decides what Ctrl-C means
    threading.Thread(target=_leave, args=(ears,), daemon=True).start()
    begin()


def _leave(ears: "Connection") -> None:
    """End with who asks, however that ended; by itself such a process would wait for ever."""
    with suppress(EOFError, OSError):
        ears.recv_bytes()
    os._exit(1)


def _do(job: Job, room: Path) -> tuple[int, ...]:
    """Do a job, and put the answer into a file; the lengths of its parts."""
    told = job.work()
    (room / str(job.number)).write_bytes(b"".join(told))
    return tuple(len(part) for part in told)

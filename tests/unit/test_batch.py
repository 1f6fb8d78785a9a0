"""Many files by several processes: what comes out is the same whatever happens to one of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from many_files import ROOT, WRONG, children, children_of, environment, folder, office, plan, rak, runs
from rak_excel import api, batch, digest, loading
from rak_excel.files import crew, disk, store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rak_excel.digest import Digest

MANY: Final = 24
WRONG_ONES: Final = frozenset({3, 17})

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, which pays however small the files are."""
    made = tmp_path_factory.mktemp("simpanan")
    monkeypatch.setenv("RAK_CACHE", str(made))
    monkeypatch.setattr(batch, "KEEPING_PAYS", 0)
    return made


def read(names: list[str], workers: int = 0, *, cache: bool = False) -> list[Digest]:
    many = batch.digests(names, cache=cache, workers=workers)
    assert many.findings == ()
    return [*many]


def codes(many: batch.Digests) -> dict[str, list[str]]:
    """What was told of each file that anything was told of."""
    return {one.file: [finding.code for finding in one.findings] for one in many if one.findings}


# --- the same, however it is done ------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_the_number_of_processes_changes_nothing(workers: int) -> None:
    names = folder(MANY, WRONG_ONES)
    one_by_one = [digest.digest_file(name) for name in names]

    assert read(names) == one_by_one
    assert read(names, workers) == one_by_one


def test_files_are_given_back_in_the_order_they_were_named_and_again_and_again() -> None:
    names = folder(MANY)[::-1]
    many = batch.digests(names, workers=2)

    assert [one.file for one in many] == [one.file for one in many] == list(many.names) == names
    assert many[3] == digest.digest_file(names[3])


def test_two_files_of_one_content_have_each_their_own_name() -> None:
    for name in ("lahat", "muara-enim"):
        Path(name).mkdir()
        Path(name, "rak.yaml").write_text(plan(biaya=WRONG), encoding="utf-8")
    names = ["lahat/rak.yaml", "muara-enim/rak.yaml"]

    for _ in range(2):
        found = batch.digests(names)
        assert [finding.file for one in found for finding in one.findings] == names


def test_what_cannot_be_read_stops_nothing_else() -> None:
    names = folder(MANY)
    Path(names[2]).unlink()
    Path(names[5]).write_bytes(b"\xff\xfe\0")
    Path(names[7]).unlink()
    Path(names[7]).mkdir()
    os.rename(names[9], odd := os.fsdecode(b"rak/\xff\n.yaml"))  # noqa: PTH104 - a name that is no text
    names[9] = odd
    here, there = batch.digests(names), batch.digests(names, workers=2)

    assert [*codes(here)] == [names[2], names[5], names[7]]
    assert [*here] == [*there]
    assert here[9].plans == (loading.load_bytes(office(9).encode(), "a.yaml").plan,)


def test_standard_input_is_one_of_many() -> None:
    names = [*folder(3), "-"]
    many = batch.digests(names, workers=2, given=plan(biaya=WRONG).encode())

    assert codes(many) == {"-": ["RAK110"]}


@pytest.mark.parametrize("workers", [0, 2])
def test_a_fault_of_ours_in_one_file_stops_no_other(workers: int, plant: Callable[[str], None]) -> None:
    names = folder(6)
    plant("raise ZeroDivisionError('uji')")

    assert codes(batch.digests(names, workers=workers)) == {names[4]: ["RAK900"]}


def test_progress_tells_each_file_once() -> None:
    names = folder(MANY)
    told: list[tuple[int, int, str]] = []
    batch.digests(names, workers=2, progress=lambda *one: told.append(one))

    assert [one[:2] for one in told] == [(number, MANY) for number in range(1, MANY + 1)]
    assert sorted(name for _, _, name in told) == names


# --- processes that die ----------------------------------------------------------------------------------


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], None]:
    """Makes every process do something before it reads the file with the number 4."""

    def sow(what: str) -> None:
        place = tmp_path_factory.mktemp("tanam")
        place.joinpath("tanam.py").write_text(
            "import os, signal\n"
            "from pathlib import Path\n"
            "from rak_excel import digest\n"
            f"flag = Path({str(place / 'pernah')!r})\n"
            "real = digest.read\n"
            "def read(path, *more):\n"
            f"    if path.endswith('004.yaml'):\n        {what}\n"
            "    return real(path, *more)\n"
            "def begin():\n    digest.read = read\n"
        )
        monkeypatch.syspath_prepend(str(place))
        monkeypatch.delitem(sys.modules, "tanam", raising=False)
        import tanam  # type: ignore[import-not-found]  # written just now

        monkeypatch.setattr(batch, "tune", tanam.begin)
        monkeypatch.setattr(digest, "read", tanam.read)

    return sow


DIES: Final = "os.kill(os.getpid(), signal.SIGKILL)"
DIES_ONCE: Final = f"flag.exists() or (flag.touch(), {DIES})"


def test_what_a_killed_process_held_is_done_again(plant: Callable[[str], None]) -> None:
    names = folder(MANY, WRONG_ONES)
    expected = read(names)
    plant(DIES_ONCE)

    assert read(names, workers=2) == expected


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_kills_its_process_twice_is_told_and_all_others_are_read(
    workers: int, plant: Callable[[str], None]
) -> None:
    names = folder(MANY, WRONG_ONES)
    expected = read(names)
    plant(DIES)
    found = read(names, workers)

    assert [finding.code for finding in found[4].findings] == ["RAK633"]
    assert [*found[:4], *found[5:]] == [*expected[:4], *expected[5:]]


def test_a_file_that_killed_its_process_is_not_kept_and_read_the_next_time(
    plant: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = folder(MANY)
    tune = batch.tune
    plant(DIES)
    assert codes(batch.digests(names, workers=2)) == {names[4]: ["RAK633"]}
    monkeypatch.setattr(batch, "tune", tune)

    assert codes(batch.digests(names, workers=2)) == {}


def test_processes_that_are_killed_from_outside_lose_nothing() -> None:
    names = folder(120, WRONG_ONES, goals=40)
    expected = read(names)
    killed: set[int] = set()

    def kill(number: int, *_: object) -> None:
        if number % 40 == 10:
            victim = min(children(), default=None)
            if victim is not None:
                os.kill(victim, signal.SIGKILL)
                killed.add(victim)

    many = batch.digests(names, cache=False, workers=2, progress=kill)

    assert killed
    assert [*many] == expected


def test_no_process_is_left_when_the_work_is_done() -> None:
    before = children()
    batch.digests(folder(MANY), workers=2)

    assert children() <= before


def test_whoever_stops_early_leaves_no_process() -> None:
    before = children()
    names = folder(MANY)
    seen: set[int] = set()

    def interrupted(number: int, *_: object) -> None:
        if number == 3:
            seen.update(children() - before)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.digests(names, workers=2, progress=interrupted)
    assert seen
    assert not any(runs(one) for one in seen)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("multiprocessing.util.spawnv_passfds", BlockingIOError(11, "Resource temporarily unavailable")),
        ("multiprocessing.synchronize.SemLock.__init__", PermissionError(13, "Permission denied")),
        ("concurrent.futures.process._check_system_limits", NotImplementedError("no semaphores")),
        ("tempfile.mkdtemp", OSError(28, "No space left on device")),
        ("threading.Thread.start", RuntimeError("can't start new thread")),
    ],
)
def test_where_no_process_can_be_started_the_work_is_done_here(
    place: str, reason: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = folder(MANY, WRONG_ONES)
    expected = read(names)
    refusals = []

    def refused(*_: object, **__: object) -> None:
        refusals.append(place)
        raise reason

    with monkeypatch.context() as patch:
        patch.setattr(place, refused)
        assert read(names, workers=2) == expected
    assert refusals


def test_where_python_has_no_processes_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    names = folder(MANY, WRONG_ONES)
    expected = read(names)
    monkeypatch.setitem(sys.modules, "rak_excel.files.crew", None)  # as its imports fail there

    assert read(names, workers=2) == expected


def test_where_no_process_lives_to_say_that_it_is_there_the_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = folder(MANY, WRONG_ONES)
    expected = read(names)
    monkeypatch.setattr(batch, "tune", partial(os._exit, 1))

    assert read(names, workers=2) == expected


def test_processes_end_with_the_one_that_started_them_however_that_ends() -> None:
    folder(400, goals=60)
    with started("check", "rak") as running:
        workers = workers_of(running)
        running.kill()
    until = time.monotonic() + 60
    while any(runs(one) for one in workers) and time.monotonic() < until:
        time.sleep(0.01)

    assert [one for one in workers if runs(one)] == []


@pytest.mark.parametrize("command", ["check", "build"])
def test_ctrl_c_ends_with_its_own_code_and_leaves_no_process(command: str) -> None:
    folder(400, goals=60)
    with started(command, "rak") as running:
        workers = workers_of(running)
        running.send_signal(signal.SIGINT)
        told = running.communicate(timeout=60)[1]

    assert running.returncode == 130
    assert b"Traceback" not in told
    assert [one for one in workers if runs(one)] == []


def started(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        rak(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(RAK_CACHE=os.environ["RAK_CACHE"], TMPDIR=str(Path.cwd())),
    )  # fmt: skip


def workers_of(running: subprocess.Popen[bytes]) -> set[int]:
    """Its two workers, as soon as there are two."""
    workers: set[int] = set()
    while len(workers) < 2 and running.poll() is None:
        workers |= children_of(running.pid)
        time.sleep(0.005)
    assert len(workers) == 2
    return workers


UNGUARDED: Final = "import rak_excel\nprint(len(rak_excel.consolidate('rak').plans))\n"
GUARDED: Final = """\
import sys
import rak_excel
if __name__ == "__main__":
    made = rak_excel.consolidate("rak", workers=2)
    print(len(made.plans), "concurrent.futures.process" in sys.modules)
"""


@pytest.mark.parametrize(
    ("script", "said"), [(UNGUARDED, f"{MANY}\n"), (GUARDED, f"{MANY} True\n")], ids=["plain", "guarded"]
)
def test_a_script_of_a_user_runs_once(script: str, said: str) -> None:
    """Processes run the main module again, which nobody who asked for none has guarded."""
    folder(MANY)
    pays = "from rak_excel import batch\nbatch.WORKERS_PAY = 0\n"
    Path("skrip.py").write_text(pays + script, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "skrip.py"], capture_output=True, text=True, check=True, env=environment()
    )

    assert (ran.stdout, ran.stderr) == (said, "")


# --- what is kept ------------------------------------------------------------------------------------------


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read, and not only looked up."""
    seen: list[str] = []
    real = digest.read

    def watched(path: str, *more: object) -> digest.Read:
        seen.append(path)
        return real(path, *more)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(digest, "read", watched)
    return seen


def test_a_second_run_reads_only_what_changed(looked_at: list[str]) -> None:
    names = folder(MANY, WRONG_ONES)
    first = read(names, cache=True)
    assert looked_at == names
    looked_at.clear()
    Path(names[5]).write_text(office(5, wrong=True), encoding="utf-8")
    second = read(names, cache=True)

    assert looked_at == [names[5]]
    assert [*second[:5], *second[6:]] == [*first[:5], *first[6:]]
    assert second[5] == digest.digest_file(names[5])


def test_what_was_kept_is_found_under_another_name_and_not_for_another_ending(looked_at: list[str]) -> None:
    names = folder(3)
    read(names, cache=True)
    looked_at.clear()
    moved = [str(Path(names[0]).rename("pindah.yaml")), str(Path(names[1]).rename("pindah.csv"))]
    read(moved, cache=True)

    assert looked_at == ["pindah.csv"]


def test_another_layout_is_another_reading(looked_at: list[str]) -> None:
    names = folder(3)
    kpu, other = [*batch.digests(names, "kpu")], [*batch.digests(names, "kpu-ringkas")]

    assert len(looked_at) == 6
    assert kpu != other


def test_a_layout_that_changes_is_never_served_from_the_cache() -> None:
    text = (loading.TEMPLATES / "layouts" / "kpu.yaml").read_text(encoding="utf-8")
    names = folder(3)
    for name in names:
        Path(name).write_text(plan() + "tata_letak: milik.yaml\n", encoding="utf-8")
    Path("rak/milik.yaml").write_text(text, encoding="utf-8")
    assert codes(batch.digests(names)) == {}
    Path("rak/milik.yaml").write_text(text.replace("version:", "versi:"), encoding="utf-8")

    assert set(codes(batch.digests(names))) == set(names)
    assert set(codes(batch.digests(names, "rak/milik.yaml"))) == set(names)


def test_without_the_cache_nothing_is_used_and_nothing_kept(cache: Path, looked_at: list[str]) -> None:
    names = folder(3)
    read(names)
    read(names)

    assert looked_at == [*names, *names]
    assert [*cache.iterdir()] == []


def test_what_is_kept_is_of_this_very_package(monkeypatch: pytest.MonkeyPatch, looked_at: list[str]) -> None:
    names = folder(3)
    read(names, cache=True)
    monkeypatch.setattr(batch, "version", lambda: "lain")
    many = batch.digests(names)

    assert [finding.code for finding in many.findings] == ["RAK631"]
    assert looked_at == [*names, *names]


def test_the_version_follows_every_module_and_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    before = batch.version()
    assert batch.version() == before
    seen = []
    real = disk.read

    def watched(path: Path) -> bytes:
        seen.append(path.name)
        return real(path)

    monkeypatch.setattr(disk, "read", watched)
    batch.version()
    monkeypatch.setattr(disk, "read", lambda path: real(path) + b"#" * (path.name == "checks.py"))

    assert {"checks.py", "loading.py", "archive.py", "kpu.yaml"} <= set(seen)
    assert batch.version() != before


def test_a_cache_that_cannot_be_used_changes_nothing_but_is_told(cache: Path) -> None:
    names = folder(MANY, WRONG_ONES)
    expected = read(names)
    (cache / store.NAME).write_bytes(b"milik program lain")
    many = batch.digests(names, workers=2)

    assert [*many] == expected
    assert [finding.code for finding in many.findings] == ["RAK632"]


def test_what_was_kept_and_is_damaged_is_read_again(cache: Path) -> None:
    names = folder(MANY, WRONG_ONES)
    expected = read(names, cache=True)
    data = (cache / store.NAME).read_bytes()
    (cache / store.NAME).write_bytes(data.replace(b'["YAML"', b'["YUML"'))
    many = batch.digests(names)

    assert [*many] == expected
    assert [finding.code for finding in many.findings] == ["RAK630"]
    assert read(names, cache=True) == expected


def test_a_full_temporary_folder_is_told_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    names = folder(MANY, WRONG_ONES)
    expected = read(names)
    monkeypatch.setattr("rak_excel.files.spool.IN_MEMORY", 1000)
    monkeypatch.setattr("tempfile.TemporaryFile", full)
    many = batch.digests(names, cache=False)

    assert [*many] == expected
    assert [(one.code, "ruang simpan penuh" in one.message()) for one in many.findings] == [("RAK634", True)]


# --- answers of processes ----------------------------------------------------------------------------------


def test_an_answer_of_any_bytes_arrives() -> None:
    parts = [(b"\0\n\xff" * number, b"", bytes(number * 10_000)) for number in range(50)]
    jobs = [crew.Job(number, partial(tuple, told)) for number, told in enumerate(parts)]

    assert sorted(crew.answers(jobs, 3, int)) == [*map(crew.Answer, range(50), parts)]


def test_a_process_that_is_killed_in_the_middle_of_a_long_answer_stops_nothing() -> None:
    """The pool of the standard library waits for ever for the rest of a message."""
    Path("skrip.py").write_text(
        "from functools import partial\n"
        "from pathlib import Path\n"
        "from many_files import dies_while_it_answers\n"
        "from rak_excel.files import crew\n"
        "if __name__ == '__main__':\n"
        "    jobs = [crew.Job(0, partial(dies_while_it_answers, Path('pernah')))]\n"
        "    jobs += [crew.Job(number, partial(tuple, [b'?'])) for number in range(1, 9)]\n"
        "    found = sorted(crew.answers(jobs, 2, int))\n"
        "    print(*[len(told) for _, told in found], len(found[0].told[0]))\n",
        encoding="utf-8",
    )
    places = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    ran = subprocess.run(
        [sys.executable, "skrip.py"], capture_output=True, text=True, check=True, timeout=120,
        env=environment() | {"PYTHONPATH": places},
    )  # fmt: skip

    assert Path("pernah").exists()
    assert (ran.stdout, ran.stderr) == (f"2 {'1 ' * 8}{100 << 20}\n", "")


def test_a_job_that_cannot_be_done_there_has_no_answer_and_stops_no_other() -> None:
    jobs = [crew.Job(number, partial(divmod, 1, number % 2)) for number in range(6)]
    jobs += [crew.Job(number, partial(tuple, [b"!"])) for number in range(6, 9)]

    assert sorted(crew.answers(jobs, 2, int)) == [crew.Answer(number, (b"!",)) for number in range(6, 9)]


def test_no_more_answers_wait_than_memory_should_hold() -> None:
    asked: list[int] = []

    def jobs() -> Iterator[crew.Job]:
        for number in range(200):
            asked.append(number)
            yield crew.Job(number, tuple)

    answers = crew.answers(jobs(), 2, int)
    next(answers)
    time.sleep(0.3)
    assert len(asked) <= 2 * 2 + 2
    assert len([*answers]) == 199


# --- building ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [0, 2])
def test_workbooks_are_the_same_whoever_makes_them(workers: int) -> None:
    names = folder(MANY)
    expected = [api.workbook(loading.load(name))[0] for name in names]
    many = batch.digests(names, workers=workers)
    orders = [batch.Order(number, Path(name).with_suffix(".xlsx")) for number, name in enumerate(names)]
    told = [*batch.built(many, orders, workers=workers)]

    assert [one.file for one in told] == names
    assert [one.findings for one in told] == [()] * MANY
    assert [order.target.read_bytes() for order in orders] == expected


@pytest.mark.parametrize("workers", [0, 2])
def test_a_file_that_was_spoilt_since_it_was_checked_is_told_and_not_built(workers: int) -> None:
    names = folder(6)
    many = batch.digests(names, workers=workers)
    Path(names[1]).write_text(office(1, wrong=True), encoding="utf-8")
    Path(names[2]).unlink()
    orders = [batch.Order(number, Path(name).with_suffix(".xlsx")) for number, name in enumerate(names)]
    told = [*batch.built(many, orders, workers=workers)]

    assert [[finding.code for finding, _ in one.findings] for one in told[:3]] == [[], ["RAK110"], ["RAK001"]]
    assert [order.target.exists() for order in orders] == [True, False, False, True, True, True]

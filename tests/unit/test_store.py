"""What is kept between runs: whatever happens to its database, the work goes on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from many_files import environment
from rak_excel.files import store
from rak_excel.files.spool import Spool
from rak_excel.files.store import NAME, Store

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION: Final = "satu"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that is not there yet."""
    monkeypatch.setenv("RAK_CACHE", str(tmp_path / "simpanan"))
    return tmp_path / "simpanan"


def filled(many: int = 3, version: str = VERSION) -> None:
    one = Store(version)
    for number in range(many):
        one.keep("digest", str(number), f"isi {number}".encode() * 500)
    one.close()
    assert one.findings == ()


def codes(one: Store) -> list[str]:
    return [finding.code for finding in one.findings]


def held(version: str = VERSION, many: int = 3) -> tuple[int, list[str]]:
    """How many of the first keys are found, and what is told; the store works as long as it is open."""
    one = Store(version)
    found = sum(one.kept("digest", str(number)) == f"isi {number}".encode() * 500 for number in range(many))
    one.keep("digest", "baru", b"baru")
    one.close()
    return found, codes(one)


# --- what it is for ------------------------------------------------------------------------------------


def test_what_is_kept_is_found_by_kind_and_key_in_the_next_run() -> None:
    one = Store(VERSION)
    one.keep("digest", "a", b"\0satu")
    one.keep("rekap", "a", b"dua")
    one.keep("digest", "b", b"")
    one.close()
    other = Store(VERSION)

    assert [other.kept(*at) for at in (("digest", "a"), ("rekap", "a"), ("digest", "b"), ("rekap", "b"))] == [
        b"\0satu",
        b"dua",
        b"",
        None,
    ]
    other.close()


def test_what_was_just_kept_is_found_at_once_and_replaced_by_what_is_kept_later() -> None:
    one = Store(VERSION)
    for number in range(200):
        one.keep("digest", str(number), b"lama")
    one.keep("digest", "7", b"baru")

    assert (one.kept("digest", "7"), one.kept("digest", "8")) == (b"baru", b"lama")
    one.close()
    assert Store(VERSION).kept("digest", "7") == b"baru"


def test_a_store_that_is_not_persistent_keeps_nothing_and_makes_no_file(cache: Path) -> None:
    one = Store(VERSION, persistent=False)
    one.keep("digest", "a", b"satu")

    assert (one.kept("digest", "a"), one.findings, cache.exists()) == (None, (), False)
    one.close()


def test_nobody_else_may_look_into_the_cache(cache: Path) -> None:
    filled()

    assert cache.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("platform", "variable", "value", "end"),
    [
        ("linux", "XDG_CACHE_HOME", "/singgah", "/singgah/rak-excel"),
        ("linux", "XDG_CACHE_HOME", "nisbi", "/rumah/.cache/rak-excel"),
        ("linux", "HOME", "/rumah", "/rumah/.cache/rak-excel"),
        ("darwin", "HOME", "/rumah", "/rumah/Library/Caches/rak-excel"),
        ("win32", "LOCALAPPDATA", "/lokal", "/lokal/rak-excel/Cache"),
    ],
)
def test_the_cache_stands_where_a_platform_keeps_what_can_be_made_again(
    platform: str, variable: str, value: str, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RAK_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/rumah")
    monkeypatch.setenv(variable, value)
    monkeypatch.setattr(sys, "platform", platform)

    assert str(store.folder()) == end


# --- what can be wrong with it -------------------------------------------------------------------------


def test_what_another_version_kept_is_not_used_and_told_once() -> None:
    filled()

    assert held("dua") == (0, ["RAK631"])
    assert held("dua") == (0, [])


def test_a_database_that_is_damaged_is_told_and_begun_anew(cache: Path) -> None:
    filled()
    data = bytearray((cache / NAME).read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)
    (cache / NAME).write_bytes(data)
    (cache / f"{NAME}-wal").write_bytes(b"sisa")

    assert held() == (0, ["RAK630"])
    filled()
    assert held() == (3, [])


def test_a_database_that_is_cut_is_told_and_begun_anew(cache: Path) -> None:
    filled(400)
    data = (cache / NAME).read_bytes()
    (cache / NAME).write_bytes(data[: len(data) // 2])

    found, told = held()
    assert told == ["RAK630"]
    assert found <= 3
    assert held()[1] == []


def test_what_a_disk_has_changed_within_a_page_is_not_taken_for_what_was_kept(cache: Path) -> None:
    """SQLite itself does not see it."""
    filled()
    data = (cache / NAME).read_bytes()
    assert b"isi 1isi 1" in data
    (cache / NAME).write_bytes(data.replace(b"isi 1isi 1", b"isi 1isi 7"))

    assert held() == (2, ["RAK630"])


@pytest.mark.parametrize("content", [b"bukan basis data", b"SQLite format 3\0" + b"\1" * 200, b"x" * 5000])
def test_a_file_that_we_did_not_make_is_left_alone(content: bytes, cache: Path) -> None:
    cache.mkdir()
    (cache / NAME).write_bytes(content)

    assert held() == (0, ["RAK632"])
    assert (cache / NAME).read_bytes() == content


def test_the_database_of_another_program_is_left_alone(cache: Path) -> None:
    cache.mkdir()
    other = sqlite3.connect(cache / NAME)
    other.execute("PRAGMA application_id = 77")
    other.execute("CREATE TABLE kept (apa)")
    other.commit()
    other.close()
    before = (cache / NAME).read_bytes()

    assert held() == (0, ["RAK632"])
    assert (cache / NAME).read_bytes() == before


def test_a_cache_folder_that_is_a_file_is_told(cache: Path) -> None:
    cache.write_bytes(b"bukan folder")

    assert held() == (0, ["RAK632"])


def test_a_cache_folder_that_may_not_be_made_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    one = Store(VERSION)

    assert codes(one) == ["RAK632"]
    assert "tidak ada izin" in one.findings[0].message()


def test_a_user_without_a_home_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "folder", lambda: None)

    assert held() == (0, ["RAK632"])


@pytest.fixture
def locked(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another program holds the database, and does not let go."""
    monkeypatch.setattr(store, "_PATIENCE", 0.05)
    filled()
    other = sqlite3.connect(cache / NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.close()


@pytest.mark.usefixtures("locked")
def test_a_database_that_another_program_holds_is_read_and_not_written() -> None:
    assert held() == (3, ["RAK632"])


def test_a_full_disk_is_told_and_what_was_kept_before_stays(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled()
    real = sqlite3.connect

    def small(*args: object, **more: object) -> sqlite3.Connection:
        base: sqlite3.Connection = real(*args, **more)  # type: ignore[call-overload]  # handed through
        base.execute(f"PRAGMA max_page_count = {(cache / NAME).stat().st_size // 4096}")
        return base

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", small)
        one = Store(VERSION)
        for number in range(200):
            one.keep("digest", f"baru {number}", os.urandom(4000))
        one.close()
    assert codes(one) == ["RAK632"]
    assert "ruang simpan penuh" in one.findings[0].message()
    assert held() == (3, [])


def test_a_file_that_may_not_grow_is_told_and_the_run_goes_on(cache: Path) -> None:
    """The system's own limit, in a process of its own: SQLite's writes fail in earnest."""
    script = """
import os, resource, signal
from rak_excel.files.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
one = Store("satu")
one.keep("digest", "a", b"a" * 100)
one._write()
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
for number in range(300):
    one.keep("digest", str(number), os.urandom(4000))
one.close()
print(*(finding.code for finding in one.findings))
"""
    ran = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, check=True, env=environment(RAK_CACHE=str(cache)),
    )  # fmt: skip

    assert ran.stdout == "RAK632\n"
    assert Store(VERSION).kept("digest", "a") == b"a" * 100


def test_a_database_past_its_size_loses_what_was_kept_first(monkeypatch: pytest.MonkeyPatch) -> None:
    filled(100)
    with monkeypatch.context() as patch:
        patch.setattr(store, "_LARGEST", 10_000)
        filled(1)

    one = Store(VERSION)
    assert (one.kept("digest", "2"), one.kept("digest", "99")) == (None, b"isi 99" * 500)


def test_several_processes_may_use_one_cache_at_once(cache: Path) -> None:
    script = """
import sys
from rak_excel.files.store import Store
one = Store("satu")
for number in range(300):
    one.keep("digest", f"{sys.argv[1]} {number}", sys.argv[1].encode() * 700)
one.close()
print(*(finding.code for finding in one.findings))
"""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, name],
            stdout=subprocess.PIPE, env=environment(RAK_CACHE=str(cache)),
        )
        for name in "abcd"
    ]  # fmt: skip

    assert [process.communicate()[0] for process in running] == [b"\n"] * 4
    one = Store(VERSION)
    assert [one.kept("digest", f"{name} {n}") for name in "abcd" for n in range(300)] == [
        name.encode() * 700 for name in "abcd" for _ in range(300)
    ]


# --- what one run works out ----------------------------------------------------------------------------


def test_a_spool_gives_back_what_it_was_given_from_memory_and_from_its_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rak_excel.files.spool.IN_MEMORY", 100)
    spool = Spool()
    for number in range(20):
        spool.put(number, bytes([number]) * (number * 10))

    assert [spool.get(number) for number in range(20)] == [bytes([n]) * (n * 10) for n in range(20)]
    assert (19 in spool, 20 in spool, spool.full) == (True, False, None)
    spool.close()


@pytest.mark.parametrize("written", [0, 60])
def test_a_spool_whose_disk_is_full_goes_on_in_memory_and_says_why(
    written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        """A file on a disk with room for a few bytes."""

        def __init__(self) -> None:
            self.data = b""

        def seek(self, at: int) -> None:
            self.data = self.data[:at]

        def write(self, data: memoryview) -> int:
            room = written - len(self.data)
            if room <= 0:
                raise OSError(28, "No space left on device")
            self.data += bytes(data[:room])
            return min(room, len(data))

        def close(self) -> None:
            pass

    monkeypatch.setattr("rak_excel.files.spool.IN_MEMORY", 10)
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: Full())
    spool = Spool()
    for number in range(5):
        spool.put(number, bytes([number]) * 100)

    assert [spool.get(number) for number in range(5)] == [bytes([number]) * 100 for number in range(5)]
    assert spool.full is not None
    spool.close()

"""Files in and out: whole or not at all, nothing that hangs, every refusal with its reason."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner

from rak_excel.cli import rak
from rak_excel.files import disk
from rak_excel.findings import RakError

if TYPE_CHECKING:
    from rak_excel.findings import Finding

OLD, NEW = b"lama", b"baru"
MOMENTS = 60 if os.environ.get("RAK_REQUIRE_CLIENTS") == "1" else 4


def refused(call: Any, *args: Any) -> Finding:
    """The one finding that a call ends with; it tells its file, in two languages."""
    with pytest.raises(RakError) as caught:
        call(*args)
    (finding,) = caught.value.findings
    assert finding.message("id") != finding.message("en")
    assert finding.file == str(args[0])
    assert caught.value.exit == 4
    return finding


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "rencana.xlsx"
    path.write_bytes(OLD)
    return path


def only(path: Path) -> list[str]:
    return sorted(one.name for one in path.iterdir())


# --- reading -----------------------------------------------------------------------------------------------


def test_a_file_is_read_whole(target: Path) -> None:
    assert disk.read(target) == OLD


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("tidakada.yaml", "tidak ada"),
        ("ada/tidakada.yaml", "tidak ada"),
        (".", "folder"),
        ("a\0b", ""),
        ("x" * 300, "panjang"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, word: str, tmp_path: Path) -> None:
    finding = refused(disk.read, tmp_path / name)

    assert finding.code == "RAK001"
    assert word in finding.message("id")


def test_a_file_inside_a_file_is_refused(target: Path) -> None:
    assert "bukan folder" in refused(disk.read, target / "x.yaml").message("id")


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/stdin"])
def test_a_device_is_refused_and_never_read(device: str) -> None:
    path = Path(device)
    if not path.exists() or path.is_file():
        path = Path("/dev/null")

    assert refused(disk.read, path).code == "RAK001"


def test_a_pipe_without_a_writer_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.yaml")
    found: list[Finding] = []
    reading = threading.Thread(
        target=lambda: found.append(refused(disk.read, tmp_path / "pipa.yaml")), daemon=True
    )
    reading.start()
    reading.join(2)

    assert [finding.code for finding in found] == ["RAK001"]


def test_a_file_larger_than_any_plan_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "besar.yaml"
    with path.open("wb") as file:
        file.truncate((disk.READ_LIMIT << 20) + 1)

    assert refused(disk.read, path).code == "RAK014"


def test_a_file_without_permission_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)

    assert "izin" in refused(disk.read, target).message("id")


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")

    assert "berputar" in refused(disk.read, tmp_path / "a").message("id")


# --- writing -----------------------------------------------------------------------------------------------


def test_a_file_is_replaced_in_one_step_and_nothing_is_left_beside_it(target: Path) -> None:
    disk.write(target, NEW)

    assert target.read_bytes() == NEW
    assert only(target.parent) == ["rencana.xlsx"]


def test_a_new_file_gets_the_permissions_that_any_new_file_gets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        disk.write(tmp_path / "baru.xlsx", NEW)
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "baru.xlsx").stat().st_mode) == 0o640


def test_a_replaced_file_keeps_its_permissions(target: Path) -> None:
    target.chmod(0o604)
    disk.write(target, NEW)

    assert stat.S_IMODE(target.stat().st_mode) == 0o604


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def torn(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_full_disk_leaves_the_old_file_whole(
    step: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    finding = refused(disk.write, target, NEW)
    monkeypatch.undo()

    assert (finding.code, finding.value) == ("RAK010", "rencana.xlsx")
    assert "penuh" in finding.message("id")
    assert target.read_bytes() == OLD
    assert only(target.parent) == ["rencana.xlsx"]


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_an_interruption_leaves_nothing_behind(
    step: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os if step == "fsync" else Path, step, torn)
    with pytest.raises(KeyboardInterrupt):
        disk.write(target, NEW)
    monkeypatch.undo()

    assert target.read_bytes() == OLD
    assert only(target.parent) == ["rencana.xlsx"]


def test_a_read_only_file_is_not_replaced(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser may write anything, so the system's answer is given here."""
    target.chmod(0o444)
    monkeypatch.setattr(
        os, "access", lambda path, mode: bool(Path(path).stat().st_mode & 0o222) or mode != os.W_OK
    )
    finding = refused(disk.write, target, NEW)

    assert "izin" in finding.message("id")
    assert target.read_bytes() == OLD
    assert only(target.parent) == ["rencana.xlsx"]


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "rencana.xlsx").mkdir()

    assert refused(disk.write, tmp_path / "rencana.xlsx", NEW).code == "RAK010"


def test_a_folder_that_is_a_file_is_refused(target: Path) -> None:
    finding = refused(disk.write, target / "x.xlsx", NEW)

    assert finding.code == "RAK010"
    assert "bukan folder" in finding.message("id")


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """`rak build a.yaml b.yaml -o keluar` puts both into a folder that need not be there yet."""
    disk.write(tmp_path / "keluar" / "2026" / "a.xlsx", NEW)

    assert (tmp_path / "keluar" / "2026" / "a.xlsx").read_bytes() == NEW


@pytest.mark.parametrize("name", ["a\0b.xlsx", "x" * 300 + ".xlsx"])
def test_an_impossible_name_is_refused(name: str, tmp_path: Path) -> None:
    assert refused(disk.write, tmp_path / name, NEW).code == "RAK010"
    assert only(tmp_path) == []


def test_a_link_leads_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "asli.xlsx").write_bytes(OLD)
    (tmp_path / "tautan.xlsx").symlink_to("asli.xlsx")
    disk.write(tmp_path / "tautan.xlsx", NEW)

    assert (tmp_path / "tautan.xlsx").is_symlink()
    assert (tmp_path / "asli.xlsx").read_bytes() == NEW


def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    """Where /dev/null would become a file, every program of the computer would fill it."""
    os.mkfifo(tmp_path / "pipa.xlsx")
    (tmp_path / "tautan.xlsx").symlink_to(tmp_path / "pipa.xlsx")

    assert refused(disk.write, tmp_path / "tautan.xlsx", NEW).code == "RAK010"
    assert stat.S_ISFIFO((tmp_path / "pipa.xlsx").stat().st_mode)


@pytest.mark.parametrize("lock", ["~$rencana.xlsx", ".~lock.rencana.xlsx#"])
def test_a_workbook_that_is_open_is_not_replaced(lock: str, target: Path) -> None:
    (target.parent / lock).write_bytes(b"")
    finding = refused(disk.write, target, NEW)

    assert finding.code == "RAK011"
    assert lock in finding.hint("id")
    assert target.read_bytes() == OLD


def test_another_workbooks_lock_is_no_matter(target: Path) -> None:
    (target.parent / "~$lain.xlsx").write_bytes(b"")
    disk.write(target, NEW)

    assert target.read_bytes() == NEW


# --- several files at once ---------------------------------------------------------------------------------


def test_several_files_take_their_places_in_order(target: Path) -> None:
    disk.write_all([(target.with_name("a.bak"), OLD), (target, NEW)])

    assert (target.with_name("a.bak").read_bytes(), target.read_bytes()) == (OLD, NEW)
    assert only(target.parent) == ["a.bak", "rencana.xlsx"]


def test_where_one_of_several_files_cannot_be_written_none_is(target: Path) -> None:
    """Else a backup is lost to a source that its user has open in Excel."""
    backup = target.with_name("rencana.xlsx.bak")
    backup.write_bytes(b"lebih lama")
    (target.parent / "~$rencana.xlsx").write_bytes(b"")

    with pytest.raises(RakError):
        disk.write_all([(backup, OLD), (target, NEW)])
    assert (backup.read_bytes(), target.read_bytes()) == (b"lebih lama", OLD)
    assert only(target.parent) == ["rencana.xlsx", "rencana.xlsx.bak", "~$rencana.xlsx"]


# --- killed ------------------------------------------------------------------------------------------------

PLAN = """\
tahun: 2026
unit: KPU Kabupaten Contoh
sasaran:
  - uraian: Tersedianya data
    indikator:
      - uraian: Persentase sarana terpasang
        target: 100
        kegiatan:
          - {uraian: Rapat, triwulan: [1], biaya: 10.000, pelaksana: Divisi Hukum}
penandatangan: {jabatan: Ketua, nama: SARJANI}
"""
COMMANDS = {
    "import --into": ("import", "suntingan.xlsx", "--into", "a.yaml"),
    "import -o": ("import", "suntingan.xlsx", "-o", "baru.yaml", "--force"),
    "build": ("build", "a.yaml", "-o", "a.xlsx"),
}
DYING = """
import itertools, os, sys
at, words = int(sys.argv[1]), sys.argv[2:]
from rak_excel.cli import rak
steps = itertools.count(1)
def step(*_):
    if next(steps) == at:
        os.kill(os.getpid(), 9)
def after_a_step(do):
    def done(*args, **more):
        step()
        return do(*args, **more)
    return done
for name in ("open", "replace", "fsync", "chmod", "unlink"):
    setattr(os, name, after_a_step(getattr(os, name)))
real = os.fdopen
def opened(*args, **more):
    out = real(*args, **more)
    class Slow:
        fileno, flush = out.fileno, staticmethod(after_a_step(out.flush))
        def write(self, data):
            for half in (data[: len(data) // 2], data[len(data) // 2 :]):
                step()
                out.write(half)
                out.flush()
        __enter__ = lambda self: self
        __exit__ = lambda self, *_: out.close()
    return Slow()
os.fdopen = opened
rak.main(words)
"""
"""Runs a command that kills itself at its n-th step of writing: before each call, and between two writes."""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source that went on, the workbook that was built from it before, and the same with an edit."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(PLAN, encoding="utf-8")
    assert CliRunner().invoke(rak, ["build", "a.yaml"]).exit_code == 0
    book = openpyxl.load_workbook("a.xlsx")
    (cost,) = [cell for row in book.worksheets[0] for cell in row if cell.value == 10_000]
    cost.value = 11_000
    book.save("suntingan.xlsx")
    Path("a.yaml").write_text(PLAN.replace("Divisi Hukum", "Divisi Data"), encoding="utf-8")
    Path("a.yaml.bak").write_bytes(b"lebih lama")
    Path("baru.yaml").write_bytes(b"lama")
    return tmp_path


def standing(folder: Path) -> dict[str, bytes]:
    """Every file that a person sees; what a killed command leaves begins with a dot."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".rak-")}


def stages(command: tuple[str, ...], folder: Path) -> list[dict[str, bytes]]:
    """What may stand in a folder at any moment of a command: nothing new, the backup, the new file too."""
    before = standing(folder)
    assert CliRunner().invoke(rak, [*command]).exit_code == 0
    after = standing(folder)
    for name, data in before.items():
        (folder / name).write_bytes(data)
    changed = [name for name in sorted(after, reverse=True) if before[name] != after[name]]
    kept = [{**before, name: after[name]} for name in changed if name.endswith(".bak")]
    return [before, *kept, after]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_killed_at_any_step_of_writing_the_old_files_stand_or_the_new(
    command: tuple[str, ...], office: Path
) -> None:
    may_stand = stages(command, office)
    seen = set()
    for at in range(1, 100):
        died = subprocess.run(
            [sys.executable, "-c", DYING, str(at), *command], check=False, cwd=office, capture_output=True
        )
        found = standing(office)

        assert found in may_stand
        seen.add(may_stand.index(found))
        for name, data in may_stand[0].items():
            (office / name).write_bytes(data)
        if died.returncode != -signal.SIGKILL:
            break

    assert died.returncode == 0
    assert at > 7
    assert seen == set(range(len(may_stand)))


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_killed_at_a_random_moment_the_old_files_stand_or_the_new(
    command: tuple[str, ...], office: Path
) -> None:
    may_stand = stages(command, office)
    dice = random.Random(str(command))
    for _ in range(MOMENTS):
        running = subprocess.Popen(
            [sys.executable, "-m", "rak_excel", *command], cwd=office, stderr=subprocess.DEVNULL
        )
        with suppress(subprocess.TimeoutExpired):
            running.wait(dice.uniform(0, 0.4))
        running.kill()
        running.wait()

        assert standing(office) in may_stand
        for name, data in may_stand[0].items():
            (office / name).write_bytes(data)


# --- which file is which -----------------------------------------------------------------------------------


def test_other_spellings_and_links_lead_to_the_same_file(target: Path) -> None:
    link = target.with_name("tautan.xlsx")
    link.symlink_to(target)
    hard = target.with_name("keras.xlsx")
    os.link(target, hard)
    same = [target.parent / "." / target.name, target.parent / "x" / ".." / target.name, link, hard]

    assert [disk.same(one, target) for one in same] == [True] * 4


def test_two_files_and_two_names_not_yet_there_are_told_apart(tmp_path: Path) -> None:
    assert not disk.same(tmp_path / "a", tmp_path / "b")
    assert disk.same(tmp_path / "a", tmp_path / "." / "a")


def test_a_link_to_nowhere_stands_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "tautan").symlink_to(tmp_path / "tidakada")

    assert disk.exists(tmp_path / "tautan")
    assert not disk.exists(tmp_path / "tidakada")

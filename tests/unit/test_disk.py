"""Files in and out: whole or not at all, nothing that hangs, every refusal with its reason."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rak_excel.files import disk
from rak_excel.findings import RakError

if TYPE_CHECKING:
    from rak_excel.findings import Finding

OLD, NEW = b"lama", b"baru"


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
    assert refused(disk.write, target / "x.xlsx", NEW).code == "RAK010"


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

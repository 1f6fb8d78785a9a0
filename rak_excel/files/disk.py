"""Bytes in, bytes out: the only module that opens files.

Every write is atomic: the former file is whole until the new one takes its place.
"""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import RakError, Words

READ_LIMIT: Final = 64
"""Megabytes of an input; 30,000 activities are ten."""


def read(path: Path) -> bytes:
    """The bytes of an ordinary file.

    Raises:
        RakError: it is missing, a folder, a device, too large, or may not be read.
    """
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            raise _unreadable(path, Words("ini folder, bukan berkas", "it is a folder, not a file"))
        if not stat.S_ISREG(kind.st_mode):
            raise _unreadable(path, Words("ini bukan berkas biasa", "it is no ordinary file"))
        if kind.st_size > READ_LIMIT << 20:
            raise RakError(rules.BERKAS_TERLALU_BESAR.at(batas=READ_LIMIT).placed(None, str(path)))
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise _unreadable(path, _reason(error)) from error


def exists(path: Path) -> bool:
    """Whether something stands at a path."""
    return os.path.lexists(path)


def must_be_new(path: Path, *, force: bool) -> None:
    """Go on only where nothing stands, or where that may go.

    Raises:
        RakError: something stands there, and `force` is not given.
    """
    if exists(path) and not force:
        raise RakError(rules.SUDAH_ADA.at(value=str(path)))


def is_folder(path: Path) -> bool:
    """Whether a folder stands at a path; no name is too odd to ask."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises for a name that is too long (3.11)


def seen_from(folder: Path, name: str) -> str:
    """A path from the working folder as it is written in a file of another folder."""
    try:
        return Path(os.path.relpath(name, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return Path(name).absolute().as_posix()


def same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, also over links and other spellings."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        pass
    try:
        return os.path.realpath(one) == os.path.realpath(other)
    except ValueError:  # a name with a NUL
        return one == other


def write(path: Path, data: bytes) -> None:
    """Put a file in its place in one step; its folder is made where it is missing.

    Raises:
        RakError: it is open in an office program, or cannot be written; the former file is whole then.
    """
    write_all([(path, data)])


def write_all(files: Iterable[tuple[Path, bytes]]) -> None:
    """Put files in their places, each in one step and in this order.

    All of them stand whole on the disk before the first takes its place.

    Raises:
        RakError: one is open in an office program, or cannot be written; the former files are whole then.
    """
    staged: list[_Staged] = []
    try:
        for path, data in files:
            _stage(path, data, staged)
        for one in staged:
            try:
                Path(one.temporary).replace(one.target)
            except OSError as error:
                raise _unwritable(one.path, _reason(error)) from error
    finally:  # also where Ctrl-C ends it
        for one in staged:
            if os.path.lexists(one.temporary):
                Path(one.temporary).unlink()


class _Staged(NamedTuple):
    """A file that is whole beside its place."""

    path: Path
    target: Path
    temporary: str


def _stage(path: Path, data: bytes, staged: list[_Staged]) -> None:
    """Write a file beside its place; it is in the list from its first byte on."""
    import tempfile  # 4 ms that reading need not pay

    lock = lock_of(path)
    if lock is not None:
        raise RakError(rules.SEDANG_DIBUKA.at(value=path.name, kunci=lock.name).placed(None, str(path)))
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            raise _unwritable(path, _OTHER[target.is_dir()])
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = _mode(target)
        handle, temporary = tempfile.mkstemp(prefix=".rak-", suffix=".tmp", dir=target.parent)
        staged.append(_Staged(path, target, temporary))
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(mode)
    except (OSError, ValueError) as error:
        raise _unwritable(path, _reason(error)) from error


_OTHER: Final = {
    True: Words("di situ ada folder", "a folder stands there"),
    False: Words("di situ bukan berkas biasa", "what stands there is no ordinary file"),
}


def _mode(target: Path) -> int:
    """The permissions a file has, or that a new one would get."""
    if target.exists():
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "read-only")
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def lock_of(path: Path) -> Path | None:
    """The lock file of an office program that has the workbook open, if there is one.

    Excel writes `~$NAME`, LibreOffice `.~lock.NAME#` beside it.
    """
    names = (f"~${path.name}", f".~lock.{path.name}#")
    return next((found for name in names if os.path.lexists(found := path.with_name(name))), None)


def _unreadable(path: Path, reason: Words) -> RakError:
    return RakError(rules.TIDAK_TERBACA.at(sebab=reason).placed(None, str(path)))


def _unwritable(path: Path, reason: Words) -> RakError:
    return RakError(rules.TIDAK_TERTULIS.at(value=path.name, sebab=reason).placed(None, str(path)))


def _reason(error: OSError | ValueError) -> Words:
    known = {
        FileNotFoundError: Words("berkas atau foldernya tidak ada", "the file or its folder is not there"),
        PermissionError: Words("tidak ada izin", "permission is missing"),
        IsADirectoryError: Words("ini folder, bukan berkas", "it is a folder, not a file"),
        NotADirectoryError: Words("bagian dari letaknya bukan folder", "a part of its path is no folder"),
    }
    for kind, words in known.items():
        if isinstance(error, kind):
            return words
    number = getattr(error, "errno", None)
    by_number = {
        28: Words("ruang simpan penuh", "no space is left"),
        30: Words("media hanya dapat dibaca", "the medium is read-only"),
        36: Words("namanya terlalu panjang", "its name is too long"),
        40: Words("tautannya berputar", "its links go in a circle"),
    }
    text = getattr(error, "strerror", None) or str(error)
    return by_number.get(number or 0, Words(text, text))

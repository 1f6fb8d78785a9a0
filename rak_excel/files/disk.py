"""Bytes in, bytes out: the only module that opens files.

Every write is atomic: the former file is whole until the new one takes its place.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Final, NamedTuple, TypeVar

from rak_excel import rules
from rak_excel.findings import RakError, Words

_Told = TypeVar("_Told")

READ_LIMIT: Final = 64
"""Megabytes of an input; 30,000 activities are ten."""


def read(path: Path) -> bytes:
    """The bytes of an ordinary file.

    Raises:
        RakError: it is missing, a folder, a device, too large, or may not be read.
    """
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode) and not os.access(path, os.R_OK | os.X_OK):
            raise PermissionError(13, "Permission denied")
        if stat.S_ISDIR(kind.st_mode):
            raise _unreadable(path, Words("ini folder, bukan berkas", "it is a folder, not a file"))
        if not stat.S_ISREG(kind.st_mode):
            raise _unreadable(path, Words("ini bukan berkas biasa", "it is no ordinary file"))
        if kind.st_size > READ_LIMIT << 20:
            raise RakError(rules.BERKAS_TERLALU_BESAR.at(batas=READ_LIMIT).placed(None, str(path)))
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise _unreadable(path, reason(error)) from error


def size(path: Path) -> int:
    """How many bytes a file has; 0 where that is not known."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def read_parts(path: Path) -> Iterator[bytes]:
    """The bytes of a file of any size, piece by piece.

    Raises:
        RakError: it is missing, or may not be read.
    """
    try:
        with path.open("rb") as file:
            while part := file.read(_PART):
                yield part
    except (OSError, ValueError) as error:
        raise _unreadable(path, reason(error)) from error


_PART: Final = 1 << 20


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
    return identity(one) == identity(other)


def identity(path: Path) -> object:
    """What is equal for two paths that lead to one file, there or not yet there."""
    try:
        real = os.path.realpath(path)
    except ValueError:  # a name with a NUL
        return str(path)
    for one in (path, real):  # a folder that is not there may stand before `..`
        try:
            found = os.stat(one)  # noqa: PTH116 - of a path or a text
        except (OSError, ValueError):
            continue
        return found.st_dev, found.st_ino
    return os.path.normcase(real)


def write(path: Path, data: bytes) -> None:
    """Put a file in its place in one step; its folder is made where it is missing.

    Raises:
        RakError: it is open in an office program, or cannot be written; the former file is whole then.
    """
    write_all([(path, data)])


def write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Put a file in its place in one step, made piece by piece, so that it need not be in memory as a whole.

    Raises:
        RakError: it is open in an office program, or cannot be written; the former file is whole then, as it
            is where making a piece raises something.
    """
    _write_all([(path, lambda out: out.writelines(parts))])


def write_with(path: Path, fill: Callable[[IO[bytes]], _Told]) -> _Told:
    """Put a file in its place in one step, as `fill` writes it; what `fill` returns.

    Raises:
        RakError: it is open in an office program, or cannot be written; the former file is whole then, as it
            is where `fill` raises something.
    """
    told: list[_Told] = []
    _write_all([(path, lambda out: told.append(fill(out)))])
    return told[0]


def write_all(files: Iterable[tuple[Path, bytes]]) -> None:
    """Put files in their places, each in one step and in this order.

    All of them stand whole on the disk before the first takes its place.

    Raises:
        RakError: one is open in an office program, or cannot be written; the former files are whole then.
    """
    _write_all((path, partial(_put, data)) for path, data in files)


def _put(data: bytes, out: IO[bytes]) -> None:
    out.write(data)


def _write_all(files: Iterable[tuple[Path, Callable[[IO[bytes]], None]]]) -> None:
    staged: list[_Staged] = []
    try:
        for path, fill in files:
            _stage(path, fill, staged)
        for one in staged:
            try:
                Path(one.temporary).replace(one.target)
            except OSError as error:
                raise _unwritable(one.path, reason(error)) from error
    finally:  # also where Ctrl-C ends it
        for one in staged:
            if os.path.lexists(one.temporary):
                Path(one.temporary).unlink()


class _Staged(NamedTuple):
    """A file that is whole beside its place."""

    path: Path
    target: Path
    temporary: str


def _stage(path: Path, fill: Callable[[IO[bytes]], None], staged: list[_Staged]) -> None:
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
    except (OSError, ValueError) as error:
        raise _unwritable(path, reason(error)) from error
    staged.append(_Staged(path, target, temporary))
    try:
        with os.fdopen(handle, "wb") as out:
            fill(out)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(mode)
    except OSError as error:
        raise _unwritable(path, reason(error)) from error


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


def reason(error: OSError | ValueError) -> Words:
    """Why the system refuses, in two languages where we know them."""
    known = {
        FileNotFoundError: Words("berkas atau foldernya tidak ada", "the file or its folder is not there"),
        PermissionError: Words("tidak ada izin", "permission is missing"),
        IsADirectoryError: Words("ini folder, bukan berkas", "it is a folder, not a file"),
        FileExistsError: Words("bagian dari letaknya bukan folder", "a part of its path is no folder"),
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

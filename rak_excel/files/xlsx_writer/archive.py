"""The archive of a workbook: the same bytes every time, sealed by a hash of its parts."""

import hashlib
import io
import struct
import zipfile
import zlib
from typing import IO, Final

from rak_excel.sheet.listing import MARKS

DOCUMENT: Final = "rak_document"
"""The custom property of a workbook of plans."""

PARTS: Final = "rak_parts"
"""The custom property with a hash of all other parts: it tells a file that nobody has saved since."""

NO_HASH: Final = "0" * 64
"""What stands in that property until the parts are known."""

CUSTOM: Final = "docProps/custom.xml"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_LEVEL: Final = 4
"""How hard to deflate: zlib's usual 6 makes a plan 4 to 9 % smaller in 2.3 times the time."""

_CHUNK: Final = 1 << 18
_SMALL: Final = 1 << 20
_LARGE: Final = 256 << 20
_HUGE: Final = 4 << 30
_MANY: Final = 5_000
"""Parts, and bytes in them, up to which a workbook is looked through; a recapitulation has far more."""

_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError,
    ValueError, OverflowError,
)  # fmt: skip


class Archive:
    """An archive of our own, without clock or computer in it; parts go into a stream, one after the other."""

    def __init__(self, out: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(out, "w")
        self.hashes: dict[str, str] = {}
        self.custom = b""
        self.open: IO[bytes] | None = None

    def add(self, name: str, part: bytes) -> None:
        """Put a whole part in; the one with the custom properties waits for the hash of all others."""
        if name == CUSTOM:
            self.custom = part
            return
        self.hashes[name] = hashlib.sha256(part).hexdigest()
        self.zip.writestr(_entry(name), part, zipfile.ZIP_DEFLATED, _LEVEL)

    def stream(self, name: str) -> "Stream":
        """Begin a part that is written piece by piece, and must be closed before the next."""
        self.open = self.zip.open(_entry(name), "w")
        return Stream(self, name, self.open)

    def abandon(self) -> None:
        """Give up, also amid a part: else the archive would complain when it is cleared away."""
        if self.open is not None:
            self.open.close()
        self.zip.close()

    def finish(self) -> None:
        """Seal the parts; with that the archive is done."""
        sealed = self.custom.replace(NO_HASH.encode(), _digest(self.hashes).encode())
        self.zip.writestr(_entry(CUSTOM), sealed, zipfile.ZIP_DEFLATED, _LEVEL)
        self.zip.close()


class Stream(io.StringIO):
    """A part as it is written: its text goes on deflated, and is never held as a whole.

    XlsxWriter writes into a StringIO, or opens a file by its name.
    """

    def __init__(self, archive: Archive, name: str, entry: IO[bytes]) -> None:
        super().__init__()
        self.archive = archive
        self.part = name
        self.entry = entry
        self.hash = hashlib.sha256()

    def pour(self, text: str) -> None:
        """Write so much text that it is worth handing on."""
        self.write(text)
        self.hand_on()

    def hand_on(self) -> None:
        """Deflate what was written so far."""
        piece = self.getvalue().encode()
        self.hash.update(piece)
        self.entry.write(piece)
        self.seek(0)
        self.truncate()

    def finish(self) -> None:
        """End the part."""
        self.hand_on()
        self.entry.close()
        self.archive.hashes[self.part] = self.hash.hexdigest()


def packed(parts: dict[str, bytes]) -> bytes:
    """Parts that are all at hand as an archive."""
    made = io.BytesIO()
    archive = Archive(made)
    for name, part in parts.items():
        archive.add(name, part)
    archive.finish()
    return made.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = _UNIX
    entry.external_attr = 0o600 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # `open` takes it from nowhere else
    return entry


def _digest(hashes: dict[str, str]) -> str:
    """One hash of all parts, in whatever order they stand."""
    lines = (f"{name}\0{hashes[name]}\n" for name in sorted(hashes))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def untouched(data: bytes, mark: str = DOCUMENT) -> bool | None:
    """Whether nobody has saved a workbook of ours since we wrote it; `None` where it is not ours.

    `mark` is the custom property that tells what it is: of a recapitulation or report one of `MARKS`.
    """
    try:
        sealed = _Sealed(data)
        if f'"{mark}"'.encode() not in sealed.custom:
            return None
        return sealed.unpacked <= (_LARGE if mark == DOCUMENT else _HUGE) and sealed.whole()
    except _BROKEN:
        return None


def is_recap(data: bytes) -> bool:
    """Whether a file is a recapitulation or a report of findings that we made, edited or not."""
    try:
        custom = _Sealed(data).custom
    except _BROKEN:
        return False
    return any(f'"{mark}"'.encode() in custom for mark in MARKS.values())


class _Sealed:
    """A workbook that may be ours.

    Raises:
        any of `_BROKEN`: it is no archive, or a damaged one.
    """

    def __init__(self, data: bytes) -> None:
        if data[:2] != b"PK" or data.count(b"PK\x01\x02") > _MANY:  # before zipfile makes an object of each
            raise zipfile.BadZipFile
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.zip.namelist()
        held = CUSTOM in self.names and self.zip.getinfo(CUSTOM).file_size <= _SMALL
        self.custom = self.zip.read(CUSTOM) if held else b""

    @property
    def unpacked(self) -> int:
        """How many bytes all parts are."""
        return sum(entry.file_size for entry in self.zip.infolist())

    def whole(self) -> bool:
        """Whether the parts are those that were sealed."""
        hashes = {name: self.hash(name) for name in self.names if name != CUSTOM}
        return _digest(hashes).encode() in self.custom

    def hash(self, name: str) -> str:
        """The hash of one part, which need not be in memory as a whole."""
        found = hashlib.sha256()
        with self.zip.open(name) as part:
            while piece := part.read(_CHUNK):
                found.update(piece)
        return found.hexdigest()

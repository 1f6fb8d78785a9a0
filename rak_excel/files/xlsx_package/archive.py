"""The archive itself: a part that nobody changes goes over as it is packed, byte for byte, in its place."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, RakError, Words

ARCHIVE_LIMIT: Final = 64 << 20
PART_LIMIT: Final = 128 << 20
READ_LIMIT: Final = 256 << 20
"""What all parts together may hold that are unpacked to be changed."""
PARTS_LIMIT: Final = 5_000

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_UTF8: Final = 0x800
_DESCRIPTOR: Final = 0x8
_ENCRYPTED: Final = 0x1
_VERSION: Final = 20
_EPOCH: Final = (0, 33)  # 1980-01-01 00:00: a part of ours tells no clock
_LEVEL: Final = 6
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError,
    ValueError, OverflowError, IndexError,
)  # fmt: skip


def damaged(indonesian: str, english: str) -> RakError:
    """The archive is not whole."""
    return RakError(rules.BUKU_KERJA_RUSAK.at(sebab=Words(indonesian, english)))


def _strange() -> RakError:
    return damaged("daftar isinya tidak wajar", "its directory is not as it should be")


def unsure(part: str, indonesian: str, english: str) -> RakError:
    """A part is not as we need it to change it without a doubt, so nothing is changed."""
    return RakError(unsure_finding(part, indonesian, english))


def unsure_finding(part: str, indonesian: str, english: str) -> Finding:
    """The finding of `unsure`."""
    return rules.BAGIAN_TIDAK_TERTAMBAL.at(bagian=part, sebab=Words(indonesian, english))


class _Entry(NamedTuple):
    """A part as it is packed, with what the directory tells of it."""

    name: bytes
    flags: int
    method: int
    moment: tuple[int, int]
    crc: int
    size: int
    packed: bytes
    system: int
    external: int


class Archive:
    """The parts by name, and what becomes of them.  Names are compared without regard to case.

    Raises:
        RakError: it is no archive, or larger than we open.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > ARCHIVE_LIMIT:
            raise RakError(
                rules.MELAMPAUI_BATAS.at(
                    bagian=Words("berkas", "the file"), sebab=Words("lebih dari 64 MB", "more than 64 MB")
                )
            )
        if data.count(b"PK\x01\x02") > PARTS_LIMIT:  # before zipfile makes an object of each
            raise _strange()
        self.data = data
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise damaged("daftar isinya tidak ditemukan", f"its directory is not found ({error})") from error
        listed = self.zip.infolist()
        self.entries = {entry.filename.replace("\\", "/").lower(): entry for entry in listed}
        if len(self.entries) < len(listed):
            raise _strange()
        self.changed: dict[str, bytes] = {}
        self.names: dict[str, str] = {}
        self.left = READ_LIMIT

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.entries or part.lower() in self.changed

    def read(self, part: str) -> bytes:
        """A part as it is now.

        Raises:
            RakError: it is missing, too large or not whole.
        """
        key = part.lower()
        if key in self.changed:
            return self.changed[key]
        entry = self.entries.get(key)
        if entry is None:
            raise RakError(rules.BAGIAN_HILANG.at(value=part))
        if entry.flag_bits & _ENCRYPTED:
            raise RakError(rules.BERSANDI.at())
        self.left -= entry.file_size
        if entry.file_size > PART_LIMIT or self.left < 0:
            sebab = Words("terlalu besar", "it is too large")
            raise RakError(rules.MELAMPAUI_BATAS.at(bagian=part, sebab=sebab))
        try:
            return self.zip.read(entry)
        except _BROKEN as error:
            raise damaged(f"bagian {part} tidak utuh", f"part {part} is not whole ({error})") from error

    def write(self, part: str, content: bytes) -> None:
        """Give a part another content, or add it behind all others."""
        self.changed[part.lower()] = content
        self.names.setdefault(part.lower(), part)

    def drop(self, part: str) -> None:
        """Leave a part out."""
        self.entries.pop(part.lower(), None)
        self.changed.pop(part.lower(), None)

    def unused(self, name: Callable[[int], str]) -> str:
        """The first name of a row of names, from 1, that no part has."""
        number = 1
        while name(number) in self:
            number += 1
        return name(number)

    def parts(self) -> list[str]:
        """Every part's name in small letters."""
        return [*self.entries, *(key for key in self.changed if key not in self.entries)]

    def sums(self) -> list[tuple[str, int, int]]:
        """Every part's name in small letters, its checksum and its size, in order of the names."""
        held = {key: (entry.CRC, entry.file_size) for key, entry in self.entries.items()}
        held.update((key, (zlib.crc32(content), len(content))) for key, content in self.changed.items())
        return [(key, *held[key]) for key in sorted(held)]

    def packed(self) -> bytes:
        """The archive with what was changed: the others as they are packed, in their order."""
        made = [self._made(entry) for entry in self.entries.values()]
        made += [
            _deflated(self.names[key].encode(), content)
            for key, content in self.changed.items()
            if key not in self.entries
        ]
        out = io.BytesIO()
        directory = []
        for entry in made:
            directory.append(_central(entry, out.tell()))
            out.write(_local(entry))
            out.write(entry.packed)
        start = out.tell()
        out.write(b"".join(directory))
        size = out.tell() - start
        out.write(_END.pack(b"PK\x05\x06", 0, 0, len(made), len(made), size, start, 0))
        return out.getvalue()

    def _made(self, entry: zipfile.ZipInfo) -> _Entry:
        name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437")
        moment = (
            entry.date_time[3] << 11 | entry.date_time[4] << 5 | entry.date_time[5] // 2,
            (entry.date_time[0] - 1980) << 9 | entry.date_time[1] << 5 | entry.date_time[2],
        )
        content = self.changed.get(entry.filename.replace("\\", "/").lower())
        if content is not None:
            one = _deflated(name, content)
            return one._replace(
                flags=entry.flag_bits & _UTF8,
                moment=moment,
                system=entry.create_system,
                external=entry.external_attr,
            )
        return _Entry(
            name,
            entry.flag_bits & ~_DESCRIPTOR,
            entry.compress_type,
            moment,
            entry.CRC,
            entry.file_size,
            self._raw(entry),
            entry.create_system,
            entry.external_attr,
        )

    def _raw(self, entry: zipfile.ZipInfo) -> bytes:
        """A part's bytes as they are packed."""
        if entry.flag_bits & _ENCRYPTED:
            raise RakError(rules.BERSANDI.at())
        at = entry.header_offset
        try:
            local = _LOCAL.unpack_from(self.data, at)
        except _BROKEN as error:
            raise damaged("letak isinya salah", "its content is not where it says") from error
        begin = at + _LOCAL.size + local[-2] + local[-1]
        raw = self.data[begin : begin + entry.compress_size]
        if local[0] != b"PK\x03\x04" or at < 0 or len(raw) != entry.compress_size:
            raise damaged("letak isinya salah", "its content is not where it says")
        return raw


def _deflated(name: bytes, content: bytes) -> _Entry:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    packed = deflate.compress(content) + deflate.flush()
    flags = 0 if name.isascii() else _UTF8
    return _Entry(
        name, flags, zipfile.ZIP_DEFLATED, _EPOCH, zlib.crc32(content), len(content), packed, 3, 0o600 << 16
    )


def _local(entry: _Entry) -> bytes:
    head = _LOCAL.pack(
        b"PK\x03\x04",
        _VERSION,
        entry.flags,
        entry.method,
        *entry.moment,
        entry.crc,
        len(entry.packed),
        entry.size,
        len(entry.name),
        0,
    )
    return head + entry.name


def _central(entry: _Entry, offset: int) -> bytes:
    head = _CENTRAL.pack(
        b"PK\x01\x02",
        entry.system << 8 | _VERSION,
        _VERSION,
        entry.flags,
        entry.method,
        *entry.moment,
        entry.crc,
        len(entry.packed),
        entry.size,
        len(entry.name),
        0,
        0,
        0,
        0,
        entry.external,
        offset,
    )
    return head + entry.name

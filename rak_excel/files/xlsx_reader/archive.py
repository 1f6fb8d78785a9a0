"""The archive and its XML parts, opened with suspicion: everything that may be large is bounded."""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote
from xml.parsers import expat

from rak_excel import rules
from rak_excel.files.xlsx_reader import identity
from rak_excel.findings import Finding, Words

MEGABYTE: Final = 1 << 20
ARCHIVE_LIMIT: Final = 64 * MEGABYTE
PARTS_LIMIT: Final = 5_000
TOTAL_LIMIT: Final = 1024 * MEGABYTE
"""What all parts would unpack to; those that are read are bounded by `READ_LIMIT`."""
PART_LIMIT: Final = 128 * MEGABYTE
READ_LIMIT: Final = 256 * MEGABYTE
RATIO_LIMIT: Final = 300
"""How many times a part of more than 16 MB may be larger than packed; sheets are 10 to 50."""
_RATIO_FROM: Final = 16 * MEGABYTE
ELEMENT_LIMIT: Final = 5_000_000
NAME_LIMIT: Final = 20_000
"""Different names of elements and attributes in a part; the standard has some hundreds."""
DEPTH_LIMIT: Final = 100
TOKEN_LIMIT: Final = 256 << 10
"""Bytes of one start tag with its attributes: expat holds it whole, and reads it again with each chunk."""
TEXT_LIMIT: Final = MEGABYTE
"""Characters in one element; Excel's own limit for a cell is 32,767."""
CHUNK: Final = 128 << 10

_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError,
    ValueError, OverflowError,
)  # fmt: skip


class Refused(Exception):  # noqa: N818 - it ends a reading, it is no error of the program
    """Carries the one finding after which reading cannot go on."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def over(bagian: str | Words, indonesian: str, english: str) -> Refused:
    """Something is larger than we open."""
    return Refused(rules.MELAMPAUI_BATAS.at(bagian=bagian, sebab=Words(indonesian, english)))


class Archive:
    """The parts of a workbook by name, without regard to case, as the packaging standard compares them."""

    def __init__(self, data: bytes) -> None:
        whole = Words("berkas", "the file")
        if len(data) > ARCHIVE_LIMIT:
            raise over(whole, "lebih dari 64 MB", "more than 64 MB")
        wrong = identity.refused(data)
        if wrong is not None:
            raise Refused(wrong)
        # before zipfile makes an object of each
        if data.count(b"PK\x01\x02") > PARTS_LIMIT:
            raise over(whole, f"lebih dari {PARTS_LIMIT} bagian", f"more than {PARTS_LIMIT} parts")
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise _broken(None, error) from error
        self.entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self.zip.infolist():
            self._enter(entry)
        if sum(entry.file_size for entry in self.entries.values()) > TOTAL_LIMIT:
            raise over(whole, "isinya lebih dari 1 GB", "its content is more than 1 GB")
        self.left = READ_LIMIT
        self.elements = self.cells = self.merged = self.filled = 0
        mimetype = b"".join(self.chunks("mimetype")) if self._size("mimetype") < CHUNK else b""
        other = identity.other_archive(list(self.entries), mimetype)
        if other is not None:
            raise Refused(other)

    def _enter(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or re.match("[A-Za-z]:", name) or ".." in name.split("/"):
            why = Words("menunjuk ke luar arsip", "it points out of the archive")
            raise Refused(rules.NAMA_BAGIAN_DITOLAK.at(value=name, sebab=why))
        if name.endswith("/"):
            return
        if name.lower() in self.entries:
            why = Words("ada dua bagian bernama sama", "two parts have one name")
            raise Refused(rules.NAMA_BAGIAN_DITOLAK.at(value=name, sebab=why))
        self.entries[name.lower()] = entry

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.entries

    def _size(self, part: str) -> int:
        entry = self.entries.get(part.lower())
        return entry.file_size if entry is not None else 0

    def megabytes(self, part: str) -> int:
        """The size of a part as the archive tells it, rounded up."""
        return -(-self._size(part) // MEGABYTE)

    def chunks(self, part: str) -> Iterator[bytes]:
        """A part's bytes; nothing for a part that is not there."""
        entry = self.entries.get(part.lower())
        if entry is None:
            return
        if entry.flag_bits & 1:
            raise Refused(rules.BERSANDI.at())
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _broken(part, None)
        if entry.file_size > PART_LIMIT:
            raise over(part, "lebih dari 128 MB", "more than 128 MB")
        if entry.file_size > _RATIO_FROM and entry.file_size > RATIO_LIMIT * entry.compress_size:
            raise over(
                part,
                f"mengembang lebih dari {RATIO_LIMIT} kali",
                f"it unpacks to more than {RATIO_LIMIT} times its size",
            )
        size = 0
        try:
            with self.zip.open(entry) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    self.left -= len(chunk)
                    if self.left < 0:
                        raise over(
                            part, "buku kerja lebih dari 256 MB", "the workbook holds more than 256 MB"
                        )
                    yield chunk
        except _BROKEN as error:
            raise _broken(part, error) from error
        if size != entry.file_size:
            raise _broken(part, EOFError("its size is another"))


def _broken(part: str | None, error: Exception | None) -> Refused:
    """The archive is damaged; zipfile's own words say more to those who mend it."""
    if error is None:
        why = Words(f"cara pemampatan {part} tidak dikenal", f"{part} is compressed in an unknown way")
    elif part is not None:
        why = Words(f"bagian {part} tidak utuh", f"part {part} is not whole ({error})")
    else:
        why = Words("daftar isinya tidak ditemukan", f"its directory is not found ({error})")
    return Refused(rules.BUKU_KERJA_RUSAK.at(sebab=why))


class Part:
    """One XML part, told element by element to `begin` and `finish` of whoever reads it.

    A tag is told by its local name where its namespace is one of the spreadsheet's, also in their strict
    form, and as `""` where it is foreign.
    """

    root = ""
    """The tag that the part has to begin with."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.archive = archive
        self.name = name
        self.begun = self.ended = 0
        self.texts: list[str] = []
        self.tags: dict[str, str] = {}
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = 64 << 10
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._first
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.texts.append
        self.parser = parser

    def read(self) -> None:
        """Read the part to its end.

        Raises:
            Refused: it is damaged, too large, or declares entities.
        """
        fed = 0
        parser = self.parser
        try:
            for chunk in self.archive.chunks(self.name):
                fed += len(chunk)
                parser.Parse(chunk, False)
                self._bounded(fed - parser.CurrentByteIndex)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise self.broken(_reason(error, begun=self.begun > 0)) from error
        finally:
            self.archive.elements += self.begun
            # handlers that are methods of the parser's owner are a circle, which holds the texts for long
            parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
            parser.StartDoctypeDeclHandler = None

    def broken(self, why: Words) -> Refused:
        """The part is damaged where the parser stands."""
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return Refused(rules.BAGIAN_RUSAK.at(bagian=self.name, baris=line, kolom=column, sebab=why))

    def _bounded(self, token: int) -> None:
        if self.begun - self.ended > DEPTH_LIMIT:
            raise over(self.name, f"lebih dari {DEPTH_LIMIT} tingkat", f"more than {DEPTH_LIMIT} levels")
        if self.archive.elements + self.begun > ELEMENT_LIMIT or len(self.parser.intern) > NAME_LIMIT:
            raise over(self.name, "terlalu banyak unsur", "too many elements")
        if token > TOKEN_LIMIT:
            raise over(self.name, "ada unsur yang terlalu besar", "an element is too large")
        if len(self.texts) > 8 and sum(map(len, self.texts)) > TEXT_LIMIT:
            raise over(self.name, "ada teks yang terlalu panjang", "a text is too long")

    def _refuse_doctype(self, *_: Any) -> None:  # noqa: ANN401 - what it declares does not matter
        raise Refused(rules.TIPE_DOKUMEN_DITOLAK.at(bagian=self.name))

    def _first(self, name: str, attributes: dict[str, str]) -> None:
        """The root tells which of the namespaces the part is written in."""
        if self.tag(name) != self.root:
            isi = name.rpartition(" ")[2]
            raise self.broken(Words(f"berisi “{isi}”", f"it holds “{isi}”"))
        self.space = name.rpartition(" ")[0]
        self.parser.StartElementHandler = self.start
        self.start(name, attributes)

    def tag(self, name: str) -> str:
        """The local name of a tag of ours."""
        known = self.tags.get(name)
        if known is None:
            space, _, local = name.rpartition(" ")
            known = self.tags[name] = local if space in _SPACES else ""
        return known

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Expat's word that an element begins."""
        self.begun += 1
        self.texts.clear()
        self.begin(self.tag(name), attributes)

    def end(self, name: str) -> None:
        """Expat's word that an element ends."""
        self.ended += 1
        self.finish(self.tag(name), "".join(self.texts))
        self.texts.clear()

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def finish(self, tag: str, text: str) -> None:
        """An element ends; `text` is what stands in it after its last child."""


def _reason(error: Exception, *, begun: bool) -> Words:
    known = {
        # expat says so too of a part that ends within an element
        3: Words("terpotong", "it is cut off") if begun else Words("tidak ada isinya", "it holds nothing"),
        4: Words("XML tidak tersusun dengan benar", "not well-formed XML"),
        5: Words("terpotong", "it is cut off"),
        7: Words("awal dan akhir unsur tidak berpasangan", "tags that do not match"),
        8: Words("atribut ditulis dua kali", "an attribute is written twice"),
        9: Words("ada isi setelah akhir dokumen", "there is content after the end"),
        11: Words("entitas tidak dikenal", "an unknown entity"),
    }
    english = str(error).partition(":")[0]
    code = getattr(error, "code", 0)
    return known.get(code, Words("XML tidak tersusun dengan benar", english))


_SPACES: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
        "http://purl.oclc.org/ooxml/officeDocument/customProperties",
        "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
        "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
        "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
    }
)
_RELATION_IDS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)


def relation_id(attributes: dict[str, str]) -> str:
    """The id of the relation that an element names."""
    return next((attributes[name] for name in _RELATION_IDS if name in attributes), "")


class Relations(Part):
    """What a part is related to: by id the last word of the type, and the target's part name.

    A target outside of the workbook is `""`: it is never followed.
    """

    root = "Relationships"

    def __init__(self, archive: Archive, source: str) -> None:
        folder, name = posixpath.split(source)
        super().__init__(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
        self.folder = folder
        self.by_id: dict[str, tuple[str, str]] = {}
        if self.name in archive:
            self.read()

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Take a relation."""
        if tag == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            external = attributes.get("TargetMode", "").lower() == "external"
            target = "" if external else self._part(attributes.get("Target", ""))
            self.by_id[attributes.get("Id", "")] = (kind, target)

    def _part(self, target: str) -> str:
        path = unquote(target.replace("\\", "/").partition("#")[0])
        joined = posixpath.normpath(posixpath.join("/", self.folder, path)).lstrip("/")
        return "" if joined == "." else joined

    def first(self, kind: str) -> str:
        """The target of the first relation of a kind; `""` where there is none."""
        return next((target for one, target in self.by_id.values() if one == kind and target), "")

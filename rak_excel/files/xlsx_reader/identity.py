"""What a file really is, whatever its name says: told from its bytes before anything opens it."""

import re
from typing import Final

from rak_excel import rules
from rak_excel.findings import Finding, Words

_HEAD: Final = 8192
_PREFIXES: Final = (
    (b"%PDF", Words("dokumen PDF", "a PDF document")),
    (b"{\\rtf", Words("dokumen RTF", "an RTF document")),
    (b"\x89PNG", Words("gambar", "a picture")),
    (b"\xff\xd8\xff", Words("gambar", "a picture")),
    (b"GIF8", Words("gambar", "a picture")),
    (b"Rar!", Words("arsip RAR", "a RAR archive")),
    (b"7z\xbc\xaf", Words("arsip 7z", "a 7z archive")),
    (b"\x1f\x8b", Words("arsip gzip", "a gzip archive")),
    (b"MZ", Words("program Windows", "a Windows program")),
    (b"SQLite format 3", Words("basis data SQLite", "an SQLite database")),
)
_OLD_EXCEL: Final = Words("buku kerja Excel lama (.xls)", "an old Excel workbook (.xls)")
_BIFF: Final = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
_HTML: Final = Words("halaman web (HTML)", "a web page (HTML)")
_MARKUP: Final = (
    (re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|progid=.Excel\.Sheet", re.IGNORECASE),
     Words("buku kerja Excel 2003 berbentuk XML", "an Excel 2003 workbook in XML")),
    (re.compile(r"<office:document\b"),
     Words("lembar OpenDocument (.fods)", "an OpenDocument sheet (.fods)")),
    (re.compile(r"<(!doctype html|html|head|body|table|meta|style)\b|^mime-version:", re.IGNORECASE), _HTML),
)  # fmt: skip
_BLANK: Final = Words("kosong belaka", "nothing but blanks")
_XML: Final = Words("dokumen XML", "an XML document")

_MIMETYPES: Final = (
    (b"application/vnd.oasis.opendocument.spreadsheet",
     Words("lembar OpenDocument (.ods)", "an OpenDocument sheet (.ods)"), True),
    (b"application/vnd.oasis.opendocument", Words("dokumen OpenDocument", "an OpenDocument file"), False),
    (b"application/epub+zip", Words("buku elektronik (EPUB)", "an electronic book (EPUB)"), False),
)  # fmt: skip
_PARTS: Final = (
    ("xl/workbook.bin", Words("buku kerja Excel biner (.xlsb)", "a binary Excel workbook (.xlsb)"), True),
    ("index/document.iwa", Words("berkas Apple iWork", "an Apple iWork file"), True),
    ("word/", Words("dokumen Word (.docx)", "a Word document (.docx)"), False),
    ("ppt/", Words("presentasi PowerPoint (.pptx)", "a PowerPoint presentation (.pptx)"), False),
    ("visio/", Words("gambar Visio", "a Visio drawing"), False),
)  # fmt: skip


def refused(data: bytes) -> Finding | None:
    """What a file is that can be no archive of Excel's; `None` where it may be one."""
    if not data:
        return rules.BUKU_KERJA_KOSONG.at()
    if data.startswith(b"PK\x03\x04"):
        return None
    if data.startswith(b"PK\x05\x06"):
        return rules.BUKAN_BUKU_KERJA.at(isi=Words("arsip ZIP kosong", "an empty ZIP archive"))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole(data)
    if data.startswith(_BIFF):
        return rules.BENTUK_LAIN.at(isi=_OLD_EXCEL)
    for prefix, isi in _PREFIXES:
        if data.startswith(prefix):
            return rules.BUKAN_BUKU_KERJA.at(isi=isi)
    if not data.strip(b"\0 \t\r\n"):
        return rules.BUKAN_BUKU_KERJA.at(isi=_BLANK)
    text = _text(data[:_HEAD])
    if text is not None:
        return _written(text)
    if b"PK\x05\x06" in data[-66_000:]:
        awal = Words("awal berkas bukan awal arsip", "it does not begin as an archive does")
        return rules.BUKU_KERJA_RUSAK.at(sebab=awal)
    return rules.BUKAN_BUKU_KERJA.at(isi=Words("data yang tidak dikenal", "content of no known kind"))


def _ole(data: bytes) -> Finding:
    """An old compound file: its streams are named in UTF-16 in its directory."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return rules.BERSANDI.at()
    for stream, isi in (
        ("WordDocument", Words("dokumen Word lama (.doc)", "an old Word document (.doc)")),
        ("PowerPoint Document", Words("presentasi PowerPoint lama (.ppt)", "an old PowerPoint file (.ppt)")),
        ("__properties_version", Words("pesan Outlook (.msg)", "an Outlook message (.msg)")),
    ):
        if stream.encode("utf-16-le") in data:
            return rules.BUKAN_BUKU_KERJA.at(isi=isi)
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook\0", "Book\0")):
        return rules.BENTUK_LAIN.at(isi=_OLD_EXCEL)
    return rules.BUKAN_BUKU_KERJA.at(isi=Words("berkas Office lama", "an old Office file"))


def _text(head: bytes) -> str | None:
    """The beginning of a text in the encodings that spreadsheets export; `None` where it is no text."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace")
    if re.search(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]", head):
        return None
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # a character may be cut at the end of the head
        encoding = "utf-8-sig" if error.start >= _HEAD - 3 else "cp1252"
        return head.decode(encoding, "replace")


def _written(text: str) -> Finding:
    """What a text is: markup, a table with separators, or just words."""
    begin = text.lstrip("\ufeff \t\r\n")
    if begin.startswith("<") or begin[:13].lower() == "mime-version:":
        for pattern, isi in _MARKUP:
            if pattern.search(begin):
                return rules.BENTUK_LAIN.at(isi=isi)
        return rules.BUKAN_BUKU_KERJA.at(isi=_XML)
    lines = [line for line in begin.splitlines() if line.strip()][:5]
    if not lines:
        return rules.BUKAN_BUKU_KERJA.at(isi=_BLANK)
    if any(all(mark in line for line in lines) for mark in ",;\t") or lines[0].lower().startswith("sep="):
        return rules.TEKS_BERNAMA_XLSX.at(isi=Words("teks CSV", "CSV text"), akhiran=".csv")
    if re.match(r"(---|#|[\w ]+:(\s|$))", begin):
        return rules.TEKS_BERNAMA_XLSX.at(isi=Words("teks YAML", "YAML text"), akhiran=".yaml")
    return rules.BUKAN_BUKU_KERJA.at(isi=Words("teks biasa", "plain text"))


def other_archive(names: list[str], mimetype: bytes) -> Finding | None:
    """What an archive is that is no workbook of ours; `None` where nothing speaks against it."""
    for begin, isi, is_table in _MIMETYPES:
        if mimetype.startswith(begin):
            return _archive(isi, is_table=is_table)
    for part, isi, is_table in _PARTS:
        if any(name.startswith(part) for name in names):
            return _archive(isi, is_table=is_table)
    if "[content_types].xml" not in names and not any(name.startswith("xl/") for name in names):
        return rules.BUKAN_BUKU_KERJA.at(isi=Words("arsip ZIP", "a ZIP archive"))
    return None


def _archive(isi: Words, *, is_table: bool) -> Finding:
    return (rules.BENTUK_LAIN if is_table else rules.BUKAN_BUKU_KERJA).at(isi=isi)

"""What is no workbook, whatever its name says, is named for what it is wherever a workbook is taken."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from commands import run
from properties.packages import packed

if TYPE_CHECKING:
    from collections.abc import Callable


PLAN: Final = """\
rak: 1
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
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
HTML: Final = b"<html><head><meta charset='utf-8'></head><table><tr><td>Biaya</td></tr></table></html>"


def ole(*streams: str) -> bytes:
    """An old compound file with streams of these names in its directory."""
    return (
        OLE + b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in streams) + bytes(2_048)
    )


def official() -> bytes:
    """A workbook of ours, built in this folder."""
    assert run("build", "a.yaml", "-o", "asli.xlsx").exit_code == 0
    return Path("asli.xlsx").read_bytes()


def bomb(megabytes: int) -> bytes:
    """A stranger's workbook, one of whose parts unpacks to very much more than it is."""
    made = io.BytesIO(official())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", bytes(megabytes << 20))
    with zipfile.ZipFile(made) as archive:
        whole = {name: archive.read(name) for name in archive.namelist() if "custom" not in name}
    whole["xl/_rels/workbook.xml.rels"] = whole["xl/_rels/workbook.xml.rels"].replace(
        b"worksheets/sheet1.xml", b"worksheets/sheet9.xml"
    )
    return packed(whole)


def of_many_parts() -> bytes:
    return packed({"[Content_Types].xml": b"", **{f"xl/{number}": b"" for number in range(100_000)}})


def quoted() -> bytes:
    """A workbook inside of an archive, as a mail program hands it on."""
    return packed({"rencana.xlsx": official()})


CONTENTS: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "xls": (lambda: ole("Root Entry", "Workbook"), ".xls"),
    "xls without its container": (lambda: b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(600), ".xls"),
    "doc": (lambda: ole("Root Entry", "WordDocument"), ".doc"),
    "encrypted": (lambda: ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), "sandi"),
    "ods": (lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), ".ods"),
    "docx": (lambda: packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), ".docx"),
    "xlsb": (lambda: packed({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}), ".xlsb"),
    "zip": (quoted, "ZIP"),
    "html": (lambda: HTML, "HTML"),
    "mht": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "HTML"),
    "xml 2003": (lambda: b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><x/>", "2003"),
    "csv": (lambda: b"no,sasaran,biaya\n1,a,2\n", ".csv"),
    "yaml": (PLAN.encode, ".yaml"),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n", "gambar"),
    "empty": (lambda: b"", "kosong"),
    "blank": (lambda: bytes(4_096), "kosong"),
    "truncated": (lambda: official()[:-900], "rusak"),
    "cut in half": (lambda: official()[:4_000], "rusak"),
    "bomb": (lambda: bomb(20), "mengembang"),
    "many parts": (of_many_parts, "5000 bagian"),
}  # fmt: skip
PLACES: Final = {
    "import": ("import", "x.xlsx"),
    "import -o": ("import", "x.xlsx", "-o", "baru.yaml"),
    "import --partial": ("import", "x.xlsx", "-o", "baru.yaml", "--partial"),
    "--into": ("import", "suntingan.xlsx", "--into", "x.xlsx"),
    "--resolve": ("import", "suntingan.xlsx", "--into", "a.yaml", "--resolve", "x.xlsx"),
    "check": ("check", "x.xlsx"),
    "--mark": ("check", "x.xlsx", "--mark", "tanda.xlsx"),
    "show": ("show", "x.xlsx"),
    "diff": ("diff", "a.yaml", "x.xlsx"),
    "build": ("build", "x.xlsx"),
}


@pytest.fixture(autouse=True)
def folder(own_folder: Path) -> None:  # noqa: ARG001 - it stands there
    """A source, and a workbook that was built from another state of it."""
    Path("a.yaml").write_text(PLAN, encoding="utf-8")
    assert run("build", "a.yaml", "-o", "suntingan.xlsx").exit_code == 0


def standing() -> dict[str, bytes | None]:
    return {path.name: path.read_bytes() if path.is_file() else None for path in Path().iterdir()}


def told(*words: str) -> str:
    """What a command says that cannot read a file: with 4, what it is and what to do; nothing is written."""
    before = standing()
    result = run(*words)

    assert result.exit_code == 4, result.output
    assert standing() == before
    assert "x.xlsx" in result.output
    assert "\n       = " in result.output
    assert "RAK900" not in result.output
    return result.output


@pytest.mark.parametrize("content", CONTENTS)
def test_what_is_no_workbook_is_named_wherever_a_workbook_is_taken(content: str) -> None:
    make, word = CONTENTS[content]
    Path("x.xlsx").write_bytes(make())

    assert [place for place, words in PLACES.items() if word not in told(*words)] == []


@pytest.mark.parametrize("content", CONTENTS)
def test_what_is_no_workbook_is_never_written_over(content: str) -> None:
    """Neither by a build nor by a marked copy: whose file it is we do not know."""
    Path("x.xlsx").write_bytes(CONTENTS[content][0]())
    before = standing()

    assert run("build", "a.yaml", "-o", "x.xlsx", "--force").exit_code == 2
    assert run("check", "suntingan.xlsx", "--mark", "x.xlsx").exit_code == 2
    assert run("import", "suntingan.xlsx", "-o", "x.xlsx").exit_code == 2
    assert standing() == before


@pytest.mark.parametrize("place", PLACES)
def test_a_name_that_is_not_there_is_told(place: str) -> None:
    assert "tidak ada" in told(*PLACES[place])


@pytest.mark.parametrize("place", [place for place in PLACES if place not in ("check", "--mark", "build")])
def test_a_folder_is_told_where_one_file_is_wanted(place: str) -> None:
    Path("x.xlsx").mkdir()

    assert "folder" in told(*PLACES[place])


@pytest.mark.parametrize("place", PLACES)
def test_a_pipe_is_told_and_never_waited_for(place: str) -> None:
    os.mkfifo("x.xlsx")

    assert "bukan berkas biasa" in told(*PLACES[place])


@pytest.mark.parametrize("place", PLACES)
def test_a_file_without_permission_is_told(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser may read anything, so the system's answer is given here."""
    Path("x.xlsx").write_bytes(b"")
    real = Path.read_bytes
    denied = PermissionError(13, "Permission denied")

    def read(path: Path) -> bytes:
        if path.name == "x.xlsx":
            raise denied
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    result = run(*PLACES[place])
    monkeypatch.undo()

    assert result.exit_code == 4
    assert "izin" in result.output


@pytest.mark.parametrize("place", PLACES)
def test_a_file_of_a_gigabyte_is_told_unread(place: str) -> None:
    with Path("x.xlsx").open("wb") as file:
        file.truncate(1 << 30)
    before = {path.name for path in Path().iterdir()}
    result = run(*PLACES[place])

    assert result.exit_code == 4
    assert "64 MB" in result.output
    assert {path.name for path in Path().iterdir()} == before


@pytest.mark.parametrize("content", ["xls", "encrypted", "docx", "zip", "html", "pdf", "bomb"])
@pytest.mark.parametrize("ending", [".yaml", ".csv"])
def test_what_is_no_text_is_named_under_the_name_of_a_text(content: str, ending: str) -> None:
    """Most of all where it is the source that a merge would be written to."""
    name = f"x.xlsx{ending}"
    Path(name).write_bytes(CONTENTS[content][0]())

    for words in (("import", name), ("check", name), ("import", "suntingan.xlsx", "--into", name)):
        assert "RAK012" in told(*words)

"""LibreOffice and poppler as judges: what a workbook looks like when a stranger prints or saves it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

PROGRAMS: Final = ("soffice", "pdftotext", "pdftoppm")
# A soffice that was never started before takes some seconds for its profile.
TIMEOUT: Final = 180.0


class Word(NamedTuple):
    """One word on paper: points from the upper left corner of its page, pages from 0."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def available() -> str | None:
    """Say what is missing, or `None` if all programs are here."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    return f"not installed: {', '.join(missing)}" if missing else None


def convert(
    paths: Iterable[Path], to: Literal["pdf", "xlsx", "html"], outdir: Path, profile: Path
) -> list[Path]:
    """Print or save again all files in one start of LibreOffice; the outputs, in the same order.

    `outdir` must not be the folder of the inputs, and no two inputs may have one name.  LibreOffice
    exits 0 even when it loaded nothing, so only a fresh output counts.
    """
    inputs = list(paths)
    outputs = [outdir / f"{path.stem}.{to}" for path in inputs]
    if len(set(outputs)) < len(inputs) or any(path.parent.resolve() == outdir.resolve() for path in inputs):
        raise ValueError("inputs of one name, or outdir is the folder of an input")
    for output in outputs:
        output.unlink(missing_ok=True)
    command = ["soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless"]
    shown = _run([*command, "--convert-to", to, "--outdir", str(outdir), *map(str, inputs)])
    lost = [output.name for output in outputs if not output.is_file() or not output.stat().st_size]
    if lost:
        raise RuntimeError(f"LibreOffice did not write {', '.join(lost)}: {shown.decode(errors='replace')}")
    return outputs


def pages_text(pdf: Path) -> list[str]:
    """The text of each page, laid out as on paper."""
    return _run(["pdftotext", "-layout", str(pdf), "-"]).decode().split("\f")[:-1]


_TAG: Final = re.compile(r'<page |<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')


def words(pdf: Path) -> list[Word]:
    """Every word with its place.

    A clipped word is missing only if all of it was outside its cell, and boxes are higher
    than the letters: whether something is cut is told by `darkness` alone.
    """
    found: list[Word] = []
    page = -1
    for tag in _TAG.finditer(_run(["pdftotext", "-bbox", str(pdf), "-"]).decode()):
        if tag[1] is None:
            page += 1
        else:
            left, top, right, bottom = map(float, tag.groups()[:4])
            found.append(Word(page, left, top, right, bottom, unescape(tag[5])))
    return found


def darkness(pdf: Path, dpi: int = 192) -> list[int]:
    """The ink of each page: 0 is white, and each pixel adds up to 255.

    At 96 or 192 dots an inch rows of whole pixels begin on whole dots, so that the same text
    in a row of another height makes the very same ink.
    """
    with tempfile.TemporaryDirectory() as folder:
        _run(["pdftoppm", "-gray", "-r", str(dpi), str(pdf), f"{folder}/page"])
        return [_ink(path.read_bytes()) for path in sorted(Path(folder).iterdir())]


def _ink(picture: bytes) -> int:
    """The ink of a binary PGM picture: header `P5 width height 255`, then a byte a pixel."""
    kind, width, height, most = picture.split(maxsplit=4)[:4]
    pixels = picture[-int(width) * int(height) :]
    if (kind, most) != (b"P5", b"255"):
        raise ValueError(f"not a gray picture: {kind!r} {most!r}")
    return 255 * len(pixels) - sum(pixels)


def run_basic(basic: str, arguments: Iterable[str], profile: Path) -> None:
    """Let LibreOffice run a Basic macro `Main` in a start of its own; what it does must end in files.

    LibreOffice joins bare numbers to one, so all arguments are texts, and a Basic that fails says nothing.
    """
    command = ["soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless"]
    library = profile / "user" / "basic" / "Standard"
    if not library.is_dir():  # the first start makes its own, over what is there
        _run([*command, "--terminate_after_init"])
    for name, text in (("script.xlb", _LIBRARY), ("Rak.xba", _MODULE.format(basic=escape(basic)))):
        (library / name).write_text(text)
    told = ",".join(f'"{argument}"' for argument in arguments)
    _run([*command, f"macro:///Standard.Rak.Main({told})"])


_LIBRARY: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Rak"/>
</library:library>
"""
_MODULE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Rak" script:language="StarBasic"
>{basic}</script:module>
"""


def _run(command: list[str]) -> bytes:
    """What the program says; a program that fails or hangs is an error, and does not live on."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env=environment, start_new_session=True
    ) as running:
        try:
            shown, _ = running.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)  # soffice is a starter, and would leave its office behind
            raise
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command, shown)
    return shown

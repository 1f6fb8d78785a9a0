"""LibreOffice as a printer: a workbook becomes a PDF."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from rak_excel import rules
from rak_excel.findings import RakError, Words

_NAMES: Final = ("soffice", "libreoffice")
_SECONDS: Final = 180


def program() -> str | None:
    """Where LibreOffice is, or `None`."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def pdf(data: bytes, name: str) -> bytes:
    """Print a workbook's bytes; `name` is its file name without ending.

    LibreOffice ends with 0 even where it made nothing, so the result is looked at.

    Raises:
        RakError: LibreOffice is not there, or made no PDF in three minutes.
    """
    office = program()
    if office is None:
        raise _refused(Words("LibreOffice tidak ditemukan", "LibreOffice is not found"))
    with tempfile.TemporaryDirectory(prefix="rak-") as folder:
        source, out = Path(folder, f"{name}.xlsx"), Path(folder, "pdf")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [
            office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
            "--outdir", str(out), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - a list, no shell
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _refused(Words("LibreOffice tidak menjawab", "LibreOffice does not answer")) from error
        made = out / f"{name}.pdf"
        if not made.is_file():
            raise _refused(Words("LibreOffice tidak menghasilkan berkas", "LibreOffice made no file"))
        return made.read_bytes()


def _refused(reason: Words) -> RakError:
    return RakError(rules.TANPA_LIBREOFFICE.at(sebab=reason))

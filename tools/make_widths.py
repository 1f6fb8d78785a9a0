"""Writes rak_excel/sheet/widths.py: how wide each character of the form's fonts is.

Run it where the Liberation fonts are installed (Debian and Ubuntu: `fonts-liberation`),
with the folder that holds them if it is not the usual one:

    python tools/make_widths.py [FOLDER]

Liberation Sans and Serif were drawn to the advance widths of Arial and Times New Roman, so
one table serves Excel, which has those, and LibreOffice, which takes Liberation for them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

FOLDER: Final = Path("/usr/share/fonts/truetype/liberation")
TARGET: Final = Path(__file__).parent.parent / "rak_excel" / "sheet" / "widths.py"
FACES: Final = {
    ("Arial", False): "LiberationSans-Regular.ttf",
    ("Arial", True): "LiberationSans-Bold.ttf",
    ("Times New Roman", False): "LiberationSerif-Regular.ttf",
    ("Times New Roman", True): "LiberationSerif-Bold.ttf",
}
BASIC_PLANE: Final = 0x10000
A_LINE: Final = 32

HEAD: Final = '''"""Advance widths of Arial and Times New Roman, written by tools/make_widths.py; do not edit.

Read from Liberation Sans and Liberation Serif {version} (copyright Red Hat, Inc. and
others), which have the widths of Arial and Times New Roman.  No outline, name or
program of the fonts is copied: the widths of characters are facts, free of their licence.

`FACES` maps (family, bold) to the widths of one face: each line is the code of a first
character in hexadecimal, then three hexadecimal digits for it and for each one after it,
in `UNITS` to the em.  All characters of the basic plane that the face has are there.
`LINE` is the height of a line of a family in the same units: ascent plus descent (`hhea`).
"""

from __future__ import annotations

from typing import Final

UNITS: Final = {units}

LINE: Final = {line}

FACES: Final[dict[tuple[str, bool], str]] = {{
'''


def runs(widths: dict[int, int]) -> list[str]:
    """The lines of one face: neighbouring characters, at most `A_LINE` of them."""
    lines: list[str] = []
    start, follows = 0, -1
    for code, width in sorted(widths.items()):
        if code != follows or code - start == A_LINE:
            start = code
            lines.append(f"{code:04x} ")
        lines[-1] += f"{width:03x}"
        follows = code + 1
    return lines


def main(folder: Path) -> None:
    """Write the module, with every number as the fonts in `folder` have it."""
    fonts = {face: TTFont(folder / name) for face, name in FACES.items()}
    version = {font["name"].getDebugName(5).split()[1] for font in fonts.values()}
    units = {font["head"].unitsPerEm for font in fonts.values()}
    line = {family: font["hhea"].ascent - font["hhea"].descent for (family, _), font in fonts.items()}
    text = HEAD.format(
        version=" and ".join(sorted(version)), units=units.pop(), line=repr(line).replace("'", '"')
    )
    if units:
        raise SystemExit("the fonts differ in units per em")
    for (family, bold), font in fonts.items():
        advances = font["hmtx"].metrics
        widths = {code: advances[name][0] for code, name in font.getBestCmap().items() if code < BASIC_PLANE}
        text += f'    ("{family}", {bold}): """\n' + "\n".join(runs(widths)) + '\n""",\n'
    TARGET.write_text(text + "}\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(text)} characters, {len(fonts)} faces of Liberation {version}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

"""Workbooks that somebody, or a bad cable, has damaged: each made from a right one by its seed alone."""

from __future__ import annotations

import io
import json
import random
import re
import warnings
import zipfile
import zlib
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

Parts = dict[str, bytes]

NUMBERS: Final = (
    *(
        "0",
        "1",
        "2",
        "-1",
        "-0",
        "00",
        "007",
        "+5",
        " 3 ",
        "2147483647",
        "4294967296",
        "99999999999999999999",
    ),
    *("9" * 400, "1e400", "-1e400", "1e-400", "NaN", "INF", "-INF", "inf", "0x10", "1,5", "1.5", "1_000"),
    *("٣", "²", "", " ", "true", "x", "1e308", "306.461", "198205062010122002", "1.98205062010122E+17"),
)
PLACES: Final = (
    *("A0", "A1", "XFD1048576", "XFE1", "A1048577", "ZZZZ99999999", "A", "1", "", "$A$1", "a1", "A01", "A-1"),
    *(
        "A1:A1",
        "A1:XFD1048576",
        "B2:A1",
        "A1:B2:C3",
        "A1:",
        ":",
        "A9:K9",
        "B9:B20",
        "A1 B2",
        "Lain!A1",
        "#REF!",
    ),
    *("A:A", "1:1", "R1C1", "A٣"),
)
NAMES: Final = (
    *(
        "",
        "n",
        "s",
        "str",
        "inlineStr",
        "b",
        "e",
        "d",
        "z",
        "shared",
        "array",
        "dataTable",
        "hidden",
        "visible",
    ),
    *(
        "veryHidden",
        "rId1",
        "rId2",
        "rId99",
        "R1",
        "../../../etc/passwd",
        "/etc/passwd",
        "\\\\server\\x",
        ".",
    ),
    *("file:///etc/passwd", "https://example.com/x", "xl/workbook.xml", "worksheets/sheet1.xml", "%2e%2e/x"),
    *("Sekretariat", "Ketua", "_rak", "a" * 300, "&amp;", "&#0;", "&#x1F600;", "&x;", "_x0000_", "_xD800_"),
)
TEXTS: Final = (
    *(
        "",
        " ",
        "-",
        "√",
        "v",
        "x",
        "Jumlah",
        "JUMLAH",
        "No.",
        "Biaya",
        "T1",
        "Kegiatan",
        "Sasaran",
        "TW I",
        "nihil",
    ),
    *(
        "bersama",
        "=1+1",
        "+1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "'",
        "a\nb",
        "&#10;",
        "&#13;",
        "\t",
        "_x000D_",
    ),
    *(
        "_x0001_",
        "_xD83D_",
        "&lt;r&gt;",
        "x" * 40_000,
        "a " * 20_000,
        "9" * 5_000,
        "Rp 306.461.000,-",
        "306,46",
    ),
    *(
        "100%",
        "TAHUN 2025",
        "Tahun Anggaran : 2031",
        "NIP. 198205062010122002",
        "01234567-1-1",
        "7b77410d-1-1",
    ),
    *("7b77410d-1-2", "7b77410d-2-1", "7b77410d-9-9999999", "\u202e", "\ufeff", "é" * 300, "2024-01-01"),
)
_KINDS: Final = ("", "t='str'", "t='b'", "t='e'", "t='d'", "t='inlineStr'", "s='7'")
WIDE: Final = (
    "r",
    "s",
    "t",
    "ref",
    "count",
    "uniqueCount",
    "si",
    "sqref",
    "min",
    "max",
    "ht",
    "hidden",
    "sheetId",
)

_TAG: Final = re.compile(rb"""<(/?)([A-Za-z_][\w:.-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(/?)>""")
_ATTRIBUTE: Final = re.compile(rb'''\s([\w:]{1,40})="([^"<]*)"''')
_TEXT: Final = re.compile(rb">([^<]+)<")
_BASE: Final = re.compile(rb">(\{&quot;|\{\")")


class Mutant(NamedTuple):
    """What became of a workbook, and what was done to it."""

    told: tuple[str, ...]
    data: bytes


def mutant(data: bytes, seed: str) -> Mutant:
    """The workbook of a seed: one to four things done to the parts, or one to the archive, or both."""
    dice = random.Random(seed)
    told: list[str] = []
    parts = unpacked(data)
    kind = dice.random()
    if kind < 0.85:
        for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 4))):
            change = dice.choices(*zip(*_IN_PARTS.items(), strict=True))[0]
            told.append(change.__name__)
            change(parts, dice)
        data = packed(parts)
    if kind > 0.8:
        harm = dice.choices(*zip(*_IN_BYTES.items(), strict=True))[0]
        told.append(harm.__name__)
        data = harm(data, dice)
    return Mutant(tuple(told), data)


def unpacked(data: bytes) -> Parts:
    """The parts of a workbook that is whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(
    parts: Parts, more: tuple[tuple[str, bytes], ...] = (), method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """An archive of the parts, and of `more` that may have their names."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", method, compresslevel=1) as target:
        warnings.simplefilter("ignore")
        for name, part in (*parts.items(), *more):
            target.writestr(zipfile.ZipInfo(name), part, method)
    return made.getvalue()


def _some(dice: random.Random, parts: Parts) -> str:
    """A part, one that says something rather than one of dress."""
    weights = [
        6 if "sheet" in name else 4 if "haredStrings" in name or "workbook.xml" in name else 2
        for name in parts
    ]
    return dice.choices([*parts], weights)[0] if parts else ""


def _sheet(dice: random.Random, parts: Parts) -> str:
    sheets = [name for name in parts if "worksheets/sheet" in name]
    return dice.choice(sheets) if sheets else _some(dice, parts)


# --- elements --------------------------------------------------------------------------------------------


def _spans(part: bytes) -> list[tuple[int, int]]:
    """Where every element begins and ends, as far as the tags are paired."""
    found, stack = [], []
    for tag in _TAG.finditer(part):
        if tag[4]:
            found.append(tag.span())
        elif not tag[1]:
            stack.append((tag[2], tag.start()))
        elif stack and stack[-1][0] == tag[2]:
            found.append((stack.pop()[1], tag.end()))
    return found


def _element(part: bytes, dice: random.Random) -> tuple[int, int]:
    """An element; one out of five times of any size, else a small one."""
    spans = _spans(part)
    small = [span for span in spans if span[1] - span[0] < 400]
    return dice.choice(spans if not small or dice.random() < 0.2 else small) if spans else (0, len(part))


def element_dropped(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    start, end = _element(parts[name], dice)
    parts[name] = parts[name][:start] + parts[name][end:]


def element_doubled(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    part = parts[name]
    start, end = _element(part, dice)
    times = dice.choice((1, 1, 1, 50)) if end - start < 400 else 1
    parts[name] = part[:end] + part[start:end] * times + part[end:]


def elements_swapped(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    part = parts[name]
    one, other = sorted((_element(part, dice), _element(part, dice)))
    if one[1] <= other[0]:
        between = part[one[1] : other[0]]
        parts[name] = part[: one[0]] + part[slice(*other)] + between + part[slice(*one)] + part[other[1] :]


def element_moved_to_another_part(parts: Parts, dice: random.Random) -> None:
    source, target = _some(dice, parts), _some(dice, parts)
    start, end = _element(parts[source], dice)
    at = _element(parts[target], dice)[0]
    parts[target] = parts[target][:at] + parts[source][start:end] + parts[target][at:]


def element_renamed(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    tags = [tag for tag in _TAG.finditer(parts[name]) if not tag[1]]
    if tags:
        old = dice.choice(tags)[2]
        new = dice.choice(
            (b"c", b"v", b"f", b"is", b"t", b"row", b"si", b"x", b"sheet", b"mergeCell", b"rPh", b"r")
        )
        parts[name] = re.sub(
            rb"(</?)" + old + rb"(?=[ />])", rb"\g<1>" + new, parts[name], count=dice.choice((0, 2))
        )


def attribute_changed(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    part = parts[name]
    found = [*_ATTRIBUTE.finditer(part)]
    telling = [match for match in found if match[1].decode() in WIDE]
    if not found:
        return
    match = dice.choice(telling if telling and dice.random() < 0.6 else found)
    pool = dice.choice((NUMBERS, PLACES, NAMES, tuple(one[2].decode("utf-8", "replace") for one in found)))
    new = dice.choice(pool).encode()
    parts[name] = part[: match.start(2)] + new + part[match.end(2) :]


def attribute_dropped(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    found = [*_ATTRIBUTE.finditer(parts[name])]
    if found:
        match = dice.choice(found)
        every = dice.random() < 0.3
        cut = re.compile(rb"\s" + match[1] + rb'="[^"]*"') if every else re.compile(re.escape(match[0]))
        parts[name] = cut.sub(b"", parts[name], count=0 if every else 1)


def attribute_doubled(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    found = [*_ATTRIBUTE.finditer(parts[name])]
    if found:
        match = dice.choice(found)
        extra = dice.choice((match[0], b'x="' + b"a" * 300_000 + b'"', b'hidden="1"', b't="s"', b's="9999"'))
        parts[name] = parts[name][: match.end()] + b" " + extra + parts[name][match.end() :]


def text_changed(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    part = parts[name]
    found = [*_TEXT.finditer(part)]
    for _ in range(dice.choice((1, 1, 5))):
        if not found:
            return
        match = found.pop(dice.randrange(len(found)))
        pool = dice.choice(
            (TEXTS, NUMBERS, tuple(one[1].decode("utf-8", "replace") for one in found) or TEXTS)
        )
        new = dice.choice(pool).encode()
        start, end = match.span(1)
        part = part[:start] + new + part[end:] if part[start:end] == match[1] else part
    parts[name] = part


# --- sheets ----------------------------------------------------------------------------------------------


def _before(part: bytes, tag: bytes, new: bytes) -> bytes:
    at = part.find(tag)
    return part if at < 0 else part[:at] + new + part[at:]


def merges_added(parts: Parts, dice: random.Random) -> None:
    """Merges over each other, over the whole sheet, over half of a goal, or very many."""
    name = _sheet(dice, parts)

    def any_area() -> str:
        row, column = dice.randrange(1, 40), dice.randrange(11)
        last = dice.randrange(column, 12)
        return f"{'ABCDEFGHIJKL'[column]}{row}:{'ABCDEFGHIJKL'[last]}{row + dice.randrange(9)}"

    areas = dice.choice(
        (
            [any_area()], [any_area() for _ in range(5)], ["A1:XFD1048576"],
            ["A9:A1048576", "A9:XFD9"], ["M12:XFD500"],
            [f"A{row}:XFD{row}" for row in range(1, 2_000)], [dice.choice(PLACES)],
        )
    )  # fmt: skip
    told = "".join(f'<mergeCell ref="{area}"/>' for area in areas).encode()
    if b"</mergeCells>" in parts[name]:
        parts[name] = _before(parts[name], b"</mergeCells>", told)
    else:
        at = parts[name].find(b"</sheetData>") + len(b"</sheetData>")
        parts[name] = parts[name][:at] + b"<mergeCells>" + told + b"</mergeCells>" + parts[name][at:]


def merges_lost(parts: Parts, dice: random.Random) -> None:
    name = _sheet(dice, parts)
    chance = dice.choice((1.0, 0.3))
    parts[name] = re.sub(
        rb"<mergeCell [^>]*/>", lambda match: b"" if dice.random() < chance else match[0], parts[name]
    )


def rows_added(parts: Parts, dice: random.Random) -> None:
    """Rows of cells far away, in strange places, with strange content."""
    name = _sheet(dice, parts)
    row = dice.choice(("38", "39", "60", "1048576", "1048577", "5", "0", "-1", "x", "9" * 30))
    cells = "".join(
        f'<c r="{column}{row}" {dice.choice(_KINDS)}>{_content(dice)}</c>'
        for column in dice.choice(
            (["A"], ["A", "B", "C", "E", "J", "K"], ["XFD"], ["K", "A"], ["A", "A"], ["XFE"])
        )
    )
    times = dice.choice((1, 1, 1, 3))
    parts[name] = _before(parts[name], b"</sheetData>", f'<row r="{row}">{cells}</row>'.encode() * times)


def _content(dice: random.Random) -> str:
    formula = dice.choice(
        (
            "", "", "", "<f>1/0</f>", '<f t="array" ref="A1:XFD1048576">1</f>', '<f t="shared" si="0"/>',
            '<f>WEBSERVICE("http://example.com/")</f>', "<f>cmd|'/C calc'!A0</f>", "<f>[1]Lain!A1</f>",
            f"<f>{'(' * 5_000}</f>", "<f>TRUE()</f>", '<f t="dataTable" ref="A1:B2"/>',
        )
    )  # fmt: skip
    value = dice.choice((*NUMBERS, *(escape(text) for text in TEXTS)))
    return formula + dice.choice((f"<v>{value}</v>", f"<is><t>{value}</t></is>", "", f"<v>{value}</v>" * 2))


def rows_shuffled(parts: Parts, dice: random.Random) -> None:
    """Whole rows dropped, doubled or renumbered, so that cells stand in other rows than they say."""
    name = _sheet(dice, parts)
    rows = re.findall(rb"<row [^>]*?/>|<row .*?</row>", parts[name], re.DOTALL)
    if len(rows) < 3:
        return
    what = dice.randrange(4)
    one, other = dice.sample(rows, 2)
    if what == 0:
        parts[name] = parts[name].replace(one, b"", 1)
    elif what == 1:
        parts[name] = parts[name].replace(one, one + one, 1)
    elif what == 2:
        parts[name] = parts[name].replace(one, b"\0", 1).replace(other, one, 1).replace(b"\0", other, 1)
    else:  # a row takes the content of another, as a copy in Excel does
        old, new = (re.match(rb'<row r="(\d+)"', row) for row in (one, other))
        if old and new:
            moved = re.sub(rb'(r="[A-Z]*)' + old[1] + b'"', rb"\g<1>" + new[1] + b'"', one)
            parts[name] = parts[name].replace(other, moved, 1)


def rows_hidden(parts: Parts, dice: random.Random) -> None:
    name = _sheet(dice, parts)
    new = dice.choice((b'<row hidden="1" ', b'<row ht="0" ', b'<row outlineLevel="7" collapsed="1" '))
    parts[name] = re.sub(rb"<row (?=r)", lambda match: new if dice.random() < 0.3 else match[0], parts[name])
    columns = b'<cols><col min="1" max="16384" width="0" hidden="1"/></cols>' * dice.choice((0, 1, 5))
    parts[name] = _before(parts[name], b"<sheetData>", columns)


def strings_out_of_range(parts: Parts, dice: random.Random) -> None:
    name = _sheet(dice, parts)
    most = dice.choice((3, 200, 10**6))
    parts[name] = re.sub(
        rb't="s"><v>\d+</v>',
        lambda match: b't="s"><v>%d</v>' % dice.randrange(most) if dice.random() < 0.1 else match[0],
        parts[name],
    )


# --- what the workbook carries ---------------------------------------------------------------------------


def base_damaged(parts: Parts, dice: random.Random) -> None:
    """The plan on the hidden sheet is cut off, of another shape, or has numbers that no plan has."""
    for name, part in parts.items():
        match = re.search(rb">(\{(?:\"|&quot;)[^<]*)<", part)
        if match is None:
            continue
        text = unescape(match[1].decode("utf-8", "replace"))
        new = dice.choice((_cut, _spoilt, _reshaped, _reshaped))(text, dice)
        parts[name] = (
            part[: match.start(1)]
            + escape(new, quote=False).encode("utf-8", "replace")
            + part[match.end(1) :]
        )
        return


def _cut(text: str, dice: random.Random) -> str:
    return text[: dice.randrange(len(text))] + dice.choice(("", '"}', "]}]}"))


def _spoilt(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text))
    put = dice.choice(("NaN", "1e400", "9" * 5_000, "[" * 3_000, "null", '"', "\\ud800", "{}", "-1", "√"))
    return text[:at] + put + text[at + dice.randrange(9) :]


_JSON_VALUES: Final[tuple[Any, ...]] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        10**30,
        1.5,
        float("inf"),
        "",
        " ",
        "x" * 5_000,
        "=1+1",
        [],
        {},
        [[]],
        [None],
    ),
    *({"uraian": 1}, ["a"], "bersama", "2024", 10**400, "\ud800", [1, 2, 3, 4], [True] * 4, [{}]),
)


def _reshaped(text: str, dice: random.Random) -> str:
    """The same JSON with a value of another type, a key more or less, or a list of another length."""
    try:
        told = json.loads(text)
    except ValueError:
        return _cut(text, dice)
    for _ in range(dice.choice((1, 1, 3))):
        nodes = [*_nodes(told)]
        node = dice.choice(nodes)
        keys = [*node] if isinstance(node, dict) else [*range(len(node))]
        if not keys:
            continue
        key = dice.choice(keys)
        what = dice.random()
        if what < 0.6:
            node[key] = dice.choice((*_JSON_VALUES, node[dice.choice(keys)]))
        elif what < 0.8:
            del node[key]
        elif isinstance(node, dict):
            node[dice.choice(("uraian", "sasaran", "triwulan", "lembar", "x", "bulan", "pangkat"))] = node[
                key
            ]
        else:
            node.append(node[key])
    return json.dumps(told, ensure_ascii=True, separators=(",", ":"))


def _nodes(told: Any) -> list[Any]:
    if isinstance(told, dict):
        return [told, *(node for value in told.values() for node in _nodes(value))]
    if isinstance(told, list):
        return [told, *(node for value in told for node in _nodes(value))]
    return []


def properties_damaged(parts: Parts, dice: random.Random) -> None:
    for name in [name for name in parts if name.lower() == "docprops/custom.xml"]:
        found = [*re.finditer(rb"<vt:lpwstr>([^<]*)<", parts[name])]
        if found:
            match = dice.choice(found)
            new = dice.choice(
                (*NUMBERS, "kpu/99999 kpu/x", "../../x/1", "0" * 64, match[1].decode()[:8])
            ).encode()
            parts[name] = parts[name][: match.start(1)] + new + parts[name][match.end(1) :]
        if dice.random() < 0.3:
            parts[name] = re.sub(
                rb"rak_\w+", b"rak_" + dice.choice((b"form", b"layout", b"konflik", b"x")), parts[name]
            )


# --- parts -----------------------------------------------------------------------------------------------


def part_dropped(parts: Parts, dice: random.Random) -> None:
    del parts[_some(dice, parts)]
    if not parts:
        parts["x"] = b""


def part_emptied(parts: Parts, dice: random.Random) -> None:
    parts[_some(dice, parts)] = dice.choice(
        (b"", b" ", b"<a/>", b"\0" * 200, b"{}", b"<?xml version='1.0'?>")
    )


def part_cut(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    parts[name] = parts[name][: dice.randrange(len(parts[name]) + 1)]


def part_bytes_changed(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    part = bytearray(parts[name])
    for _ in range(dice.choice((1, 1, 1, 9))):
        at = dice.randrange(len(part) + 1)
        new = dice.choice(
            (
                b"",
                b"<",
                b">",
                b"&",
                b'"',
                b"\0",
                b"\x01",
                b"\x1b",
                b"\xff",
                b"\xef\xbf\xbe",
                dice.randbytes(2),
            )
        )
        part[at : at + dice.randrange(6)] = new
    parts[name] = bytes(part)


def parts_exchanged(parts: Parts, dice: random.Random) -> None:
    one, other = _some(dice, parts), _some(dice, parts)
    parts[one], parts[other] = parts[other], parts[one]


def part_copied(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    new = dice.choice(
        (f"{name}.bak", name.upper() + "x", "xl/worksheets/sheet9.xml", "xl/vbaProject.bin", "a/b/c.xml")
    )
    parts[new] = parts[name]


def relation_changed(parts: Parts, dice: random.Random) -> None:
    found = [name for name in parts if name.endswith(".rels")]
    if not found:
        return
    name = dice.choice(found)
    targets = [*re.finditer(rb'Target="([^"]*)"', parts[name])]
    if not targets:
        return
    match = dice.choice(targets)
    other = dice.choice(targets)[1]
    new = dice.choice(
        (
            other, b"/" + match[1], b"../" * 9 + match[1], b"../xl/" + match[1], b"tidak/ada", b".",
            b'https://example.com/" TargetMode="External', match[1] + b'" TargetMode="External', b"", b"..",
            b"file:///etc/passwd", b"%2e%2e/%2e%2e/etc/passwd", match[1].upper(), b"#" + match[1],
            b"workbook.xml", match[1].replace(b"/", b"\\"), b"a" * 5_000, b"%ff%fe", b"\\\\server\\x",
        )
    )  # fmt: skip
    parts[name] = parts[name][: match.start(1)] + new + parts[name][match.end(1) :]


def encoding_changed(parts: Parts, dice: random.Random) -> None:
    """Another encoding: declared, used, or both."""
    name = _some(dice, parts)
    text = parts[name].decode("utf-8", "replace")
    told = dice.choice(
        ("utf-16", "latin-1", "us-ascii", "cp1252", "x-none", "hex", "utf-7", "UTF-8", "idna", "utf-32")
    )
    used = dice.choice(
        ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "utf-32")
    )
    if dice.random() < 0.8:
        text = text.replace('encoding="UTF-8"', f'encoding="{told}"', 1)
    parts[name] = text.encode(used, "replace")


def declared_type(parts: Parts, dice: random.Random) -> None:
    """A document type, with entities that grow, that name a file, or with none."""
    name = _some(dice, parts)
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    told = dice.choice(
        (
            f"<!DOCTYPE x [{entities}]>", '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE x SYSTEM "http://example.com/x.dtd">', "<!DOCTYPE x>", f"<!--{'-' * 50}-->", "<?x y?>",
            '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>', f"<!--{'x' * 400_000}-->",
        )
    ).encode()  # fmt: skip
    at = max(parts[name].find(b"?>") + 2, 0) if parts[name].startswith(b"<?xml") else 0
    parts[name] = parts[name][:at] + told + parts[name][at:]
    if dice.random() < 0.5:
        parts[name] = parts[name].replace(b"</t>", b"&a11;</t>", 1)


def nested(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    depth = dice.choice((20, 99, 101, 199, 201, 3_000, 60_000))
    tag = dice.choice((b"x", b"is", b"si", b"row", b"c", b"r", b"rPh", b"extLst"))
    at = dice.choice([tag.end() for tag in _TAG.finditer(parts[name])] or [0])
    parts[name] = parts[name][:at] + b"<%b>" % tag * depth + b"</%b>" % tag * depth + parts[name][at:]


def long_text(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    at = dice.choice([tag.end() for tag in _TAG.finditer(parts[name])] or [0])
    size = dice.choice((33_000, 300_000, 1_200_000))
    parts[name] = (
        parts[name][:at] + dice.choice((b"x", b"\n", b"<![CDATA[<x>]]>", b"&#10;")) * size + parts[name][at:]
    )


def namespace_changed(parts: Parts, dice: random.Random) -> None:
    name = _some(dice, parts)
    pairs = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (b"http://schemas.openxmlformats.org", b"http://example.com"),
        (b'xmlns="', b'xmlns:x="'),
        (b'xmlns:r="', b'xmlns:q="'),
        (b"spreadsheetml", b"presentationml"),
    )
    parts[name] = parts[name].replace(*dice.choice(pairs))


def types_changed(parts: Parts, dice: random.Random) -> None:
    for name in [name for name in parts if "Content_Types" in name]:
        pairs = (
            (b"spreadsheetml.sheet.main", b"spreadsheetml.template.main"), (b"spreadsheetml.worksheet", b"x"),
            (b"/xl/", b"/ada/"), (b"Override", b"Default"), (b"ContentType", b"Jenis"), (b"sheet1", b"x"),
            (b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
             b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        )  # fmt: skip
        parts[name] = parts[name].replace(*dice.choice(pairs))


_IN_PARTS: Final[dict[Callable[[Parts, random.Random], None], int]] = {
    **dict.fromkeys((element_dropped, element_doubled, elements_swapped, attribute_changed, text_changed), 6),
    **dict.fromkeys((merges_added, merges_lost, rows_added, rows_shuffled, strings_out_of_range), 5),
    **dict.fromkeys((base_damaged, properties_damaged, relation_changed, attribute_dropped, rows_hidden), 4),
    **dict.fromkeys(
        (element_renamed, element_moved_to_another_part, attribute_doubled, part_bytes_changed), 3
    ),
    **dict.fromkeys(
        (part_dropped, part_emptied, part_cut, parts_exchanged, part_copied, encoding_changed), 2
    ),
    **dict.fromkeys((declared_type, nested, long_text, namespace_changed, types_changed), 2),
}


# --- the archive -----------------------------------------------------------------------------------------


def flipped(data: bytes, dice: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(dice.choice((1, 1, 3, 20))):
        spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
    return bytes(spoilt)


def directory_flipped(data: bytes, dice: random.Random) -> bytes:
    """A byte of what the archive tells of its parts, where a flip hurts most."""
    spoilt = bytearray(data)
    heads = [match.start() for match in re.finditer(b"PK\x01\x02|PK\x03\x04|PK\x05\x06", data)]
    for _ in range(dice.choice((1, 1, 4))):
        at = dice.choice(heads or [0]) + dice.randrange(46)
        spoilt[min(at, len(spoilt) - 1)] = dice.choice((0, 1, 0xFF, dice.randrange(256)))
    return bytes(spoilt)


def truncated(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.choice((0, 1, 3, 4, 22, dice.randrange(len(data)), len(data) - dice.randrange(1, 60)))]


def inserted(data: bytes, dice: random.Random) -> bytes:
    at = dice.choice((0, len(data), dice.randrange(len(data))))
    new = dice.choice(
        (
            b"\0",
            b"PK\x03\x04",
            b"PK\x05\x06",
            b"PK\x01\x02" * 6_000,
            dice.randbytes(40),
            b"\xef\xbb\xbf",
            b" ",
        )
    )
    return data[:at] + new + data[at:]


def torn_out(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + data[at + dice.randrange(1, 3_000) :]


def doubled(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return dice.choice((data + data, data + data[:at], data[:at] + data))


def names_changed(data: bytes, dice: random.Random) -> bytes:
    """Two parts of one name, one that points out of the archive, or a thousand of them."""
    parts = _parts_of(data)
    name = dice.choice([*parts]) if parts else "x"
    content = parts.get(name, b"")
    more = dice.choice(
        (
            [(name, b"<x/>")], [(name.upper(), content)], [("../" + name, b"x")], [("/" + name, b"x")],
            [("C:\\" + name, b"x")], [(name.replace("/", "\\") + "x", b"x")], [("mimetype", b"x" * 200_000)],
            [(f"x/{number}", b"") for number in range(6_000)], [("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")],
            [("xl/workbook.bin", b"x")], [("é/\udcff".encode("utf-8", "replace").decode(), b"x")],
            [("bom.bin", bytes(20 << 20))], [("word/document.xml", b"<x/>")], [("x" * 60_000, b"")],
        )
    )  # fmt: skip
    return packed(parts, tuple(more))


def stored(data: bytes, _: random.Random) -> bytes:
    return packed(_parts_of(data), method=zipfile.ZIP_STORED)


def method_changed(data: bytes, dice: random.Random) -> bytes:
    parts = _parts_of(data)
    if dice.random() < 0.5:
        return packed(parts, method=dice.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)))
    flags = dice.choice((b"\x01\x00", b"\x00\x20", b"\x08\x00", b"\x20\x00"))
    return re.sub(
        rb"(PK\x01\x02....)..",
        lambda match: match[1] + flags,
        data,
        count=dice.choice((0, 1)),
        flags=re.DOTALL,
    )


def other_way_round(data: bytes, _: random.Random) -> bytes:
    return packed(dict(reversed(_parts_of(data).items())))


def _parts_of(data: bytes) -> Parts:
    """The parts of a workbook as far as they can be had: names may have been doubled before."""
    try:
        return unpacked(data)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError):
        return {}


_IN_BYTES: Final[dict[Callable[[bytes, random.Random], bytes], int]] = {
    **dict.fromkeys((flipped, directory_flipped, names_changed), 4),
    **dict.fromkeys((truncated, inserted, torn_out, method_changed), 2),
    **dict.fromkeys((doubled, stored, other_way_round), 1),
}

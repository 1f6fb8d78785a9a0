"""What stands around the table in a drafted layout: its title lines, and the blocks in which people sign."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Words
from rak_excel.nodes import Mapping, Node, Scalar
from rak_excel.nodes import Sequence as Items
from rak_excel.sheet.draft_page import Line, plain
from rak_excel.sheet.seen import Worn
from rak_excel.sheet.sight import Sight, name

Cell = tuple[int, int]
Span = tuple[str, int, int, float]

_GUESS: Final = "diduga: "
_MOST: Final = 20
"""Lines above a table that are looked at."""


class Around(NamedTuple):
    """A layout's lines for what stands around the table; how the title and an underlined name look."""

    titles: tuple[Line, ...]
    signature: tuple[Line, ...]
    findings: tuple[Finding, ...]
    title: Worn | None
    name: Worn | None


def around(sight: Sight, first: int, last: int, root: Mapping, spans: Sequence[Span]) -> Around:
    """Draft what stands above row `first` and below row `last` of a sheet; `root` is what was read there."""
    titles = _Titles(sight, first, root)
    lines = tuple(titles.lines())
    blocks = _blocks(sight, root, last)
    looks = sight.sheet.dress.looks if sight.sheet.dress is not None else {}
    names = [looks.get(block["nama"][0]) for block in blocks if "nama" in block]
    return Around(
        lines,
        tuple(_signature(sight, blocks, spans)),
        tuple(titles.findings),
        titles.look,
        next((look for look in names if look is not None and look.underline), None),
    )


# --- above the table -----------------------------------------------------------------------------------

_YEAR: Final = re.compile(r"(?i)(\b(?:tahun(?:\s+anggaran)?|t\.?\s?a\.?)[\s:.]*)(20\d\d)(?!\d|\s*[-–/]\s*\d)")
_JUDUL: Final = re.compile(r"(?i)\b(?:rencana|renaksi|rencanaaksi|laporan|monitoring|penetapan|perjanjian)\b")
_LABEL: Final = re.compile(r"^([^:]{2,40}?\s*:\s*)(\S.*)$", re.DOTALL)
_OF_UNIT: Final = re.compile(
    r"(?i)^(?:nama )?(?:unit|opd|skpd|perangkat daerah|satuan kerja|satker|instansi|lembaga)\b"
)
_OFFICE: Final = re.compile(
    r"(?i)\b(?:kpu|kip|komisi|sekretariat|dinas|badan|balai|kantor|inspektorat|kecamatan|kelurahan|puskesmas"
    r"|rsud|rumah sakit|bagian|biro|direktorat|kementerian|satuan|universitas|politeknik|sekolah)\b"
)


class _Titles:
    """Gives the lines above a table to `title` and `info`, with placeholders for what a plan tells."""

    def __init__(self, sight: Sight, first: int, root: Mapping) -> None:
        self.sight = sight
        self.first = first
        self.values = {
            key: node.text
            for key in ("unit", "judul")
            if isinstance(node := root.get(key), Scalar) and node.line < first and node.text.strip()
        }
        self.findings: list[Finding] = []
        self.look: Worn | None = None
        self.known: set[str] = set()

    def lines(self) -> Iterator[Line]:
        """The two lists, and what has no place in them."""
        texts = [*self.texts()][:_MOST]
        self.choose(texts)
        title: list[tuple[str, str]] = []
        info: list[tuple[str, str]] = []
        lost: list[Line] = []
        for at, text in texts:
            template, guess = self.template(text)
            labelled = _LABEL.match(text) is not None
            if labelled and "{" not in template:
                sebab = Words("isinya bukan judul, tahun atau unit", "it is no title, year or unit")
                place = self.sight.place(*at)
                self.findings.append(rules.TIDAK_DITEMPATKAN.at("", text, place=place, sebab=sebab))
                lost.append(
                    Line(f"#   {json.dumps(plain(text), ensure_ascii=False)}", f"{name(*at)}: {sebab.id}")
                )
            else:
                (info if labelled or self.is_left(at) else title).append((template, guess))
        if not self.known:
            title = [
                (one, f"{_GUESS}tidak ada di atas tabel itu")
                for one in ("{judul}", "TAHUN {tahun}", "{unit}")
            ]
        yield from _list("title", title)
        if info:
            yield from _list("info", info)
        yield from lost

    def texts(self) -> Iterator[tuple[Cell, str]]:
        """The lines above the table, each with its cell; cells of one row are one line."""
        dress = self.sight.sheet.dress
        for row in self.sight.filled(1, self.first - 1):
            cells = [(column, cell.text) for column, cell in self.sight.seen(row)]
            if not cells:
                continue
            at = (row, cells[0][0])
            if self.look is None and dress is not None:
                self.look = dress.looks.get(at)
            if len(cells) == 1:
                yield from ((at, " ".join(line.split())) for line in cells[0][1].split("\n") if line.strip())
            else:
                yield at, " ".join(" ".join(text.split()) for _, text in cells)

    def is_left(self, at: Cell) -> bool:
        """Whether a line stands at the left, while the first one is centred."""
        dress = self.sight.sheet.dress
        look = dress.looks.get(at) if dress is not None else None
        if look is None or self.look is None:
            return False
        return self.look.align == "center" and look.align in ("", "general", "left")

    def choose(self, texts: Sequence[tuple[Cell, str]]) -> None:
        """Say which line is the title and which the unit, where the reader did not."""
        plain_lines = [text for _, text in texts if _LABEL.match(text) is None]
        if "judul" not in self.values:
            told = next((text for text in plain_lines if _JUDUL.search(text)), "")
            self.values["judul"] = told
        judul = self.values["judul"] = _YEAR.split(self.values["judul"])[0].strip()
        if "unit" not in self.values:
            rest = [text.removeprefix(judul) for text in plain_lines]
            rest = [re.sub(_YEAR, "", text).strip(" ,-–") for text in rest]
            offices = [text for text in rest if _OFFICE.search(text)]
            labelled = (_LABEL.match(text) for _, text in texts)
            named = [match[2] for match in labelled if match and _OF_UNIT.match(match[1])]
            self.values["unit"] = next(iter([*named, *offices]), "")

    def template(self, text: str) -> tuple[str, str]:
        """A line with placeholders for what the plan tells; with a word where it tells nothing."""
        made = text.replace("{", "(").replace("}", ")")
        for key in ("judul", "unit"):
            value = " ".join(self.values[key].split()) if self.values[key] else ""
            if value and key not in self.known and value in made:
                made = made.replace(value, f"{{{key}}}", 1)
                self.known.add(key)
        dated = _YEAR.sub(r"\1{tahun}", made)
        if dated != made:
            self.known.add("tahun")
        return dated, "" if "{" in dated else f"{_GUESS}teks tetap"


def _list(key: str, items: Sequence[tuple[str, str]]) -> Iterator[Line]:
    """A list of templates, one a line where there is something to say of one."""
    texts = [json.dumps(plain(text), ensure_ascii=False) for text, _ in items]
    if not any(guess for _, guess in items):
        yield Line(f"{key}: [{', '.join(texts)}]")
        return
    yield Line(f"{key}:")
    yield from (Line(f"  - {text}", guess) for text, (_, guess) in zip(texts, items, strict=True))


# --- below the table -----------------------------------------------------------------------------------

_OPENING: Final = re.compile(
    r"(?i)mengetahui|menyetujui|mengesahkan|pembuat|pihak|atasan|disusun|dibuat|disetujui|disahkan"
)
_WIDE: Final = 30.0
"""Width that a name and a NIP need."""

Block = dict[str, tuple[Cell, str]]
"""The fields of one signatory, each with its cell and the cell's text."""


def _blocks(sight: Sight, root: Mapping, last: int) -> list[Block]:
    """The signatories that were read, from left to right."""
    node = root.get("penandatangan")
    items: Iterable[Node] = node.items if isinstance(node, Items) else (node,) if node is not None else ()
    blocks = []
    for item in items:
        if not isinstance(item, Mapping):
            continue
        told = [(key.text, value) for key, value in item.entries if isinstance(value, Scalar)]
        block = {
            key: ((value.line, value.column), sight.text(value.line, value.column).strip())
            for key, value in told
            if value.line > last
        }
        if block:
            blocks.append(block)
    return sorted(blocks, key=lambda block: min(at[1] for at, _ in block.values()))


def _signature(sight: Sight, blocks: Sequence[Block], spans: Sequence[Span]) -> Iterator[Line]:
    """The signature of a layout."""
    if not spans:
        return
    yield Line("signature:")
    yield Line("  keep_with_rows: 2")
    fullest = max(blocks, key=len, default={})
    yield Line(f"  space: {_space(sight, fullest)}")
    guess = "" if blocks else f"{_GUESS}tidak ada penanda tangan yang terbaca"
    yield Line("  blocks:", guess)
    placed = _placed(sight, blocks, spans) or [_widened(len(spans) - 1, 0, len(spans) - 1, spans)]
    for many in range(1, len(placed) + 1):
        chosen = placed[-1:] if many == 1 else [placed[0], *placed[len(placed) - many + 1 :]]
        pairs = ", ".join(f"[{spans[first][0]}, {spans[end][0]}]" for first, end in chosen)
        yield Line(f"    {many}: [{pairs}]")
    openings = [block["pengantar"][1] if "pengantar" in block else "" for block in blocks]
    openings = [text if _OPENING.search(text) else "" for text in openings]
    if len(blocks) > 1 and any(openings):
        yield Line("  opening:")
        told = ", ".join(json.dumps(plain(text), ensure_ascii=False) for text in openings)
        yield Line(f"    {len(blocks)}: [{told}]")
    yield Line(f"  above: [{', '.join(_above(fullest))}]")
    yield Line('  name: "{nama}"')
    yield Line(f"  below: [{', '.join(_below(fullest))}]")


def _space(sight: Sight, block: Block) -> int:
    """The empty rows above a name."""
    if "nama" not in block:
        return 3
    row = block["nama"][0][0]
    above = [sight.box(*at)[0] for at, _ in block.values() if at[0] < row]
    return min(max(row - max(above) - 1, 1), 9) if above else 3


def _placed(sight: Sight, blocks: Sequence[Block], spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The first and last entry of the columns that each block stands over; each is wide enough for a name."""
    firsts = []
    for block in blocks:
        columns = [at[1] for at, _ in block.values()]
        column = min(columns)
        at = next((at for at, span in enumerate(spans) if span[2] >= column), len(spans) - 1)
        firsts.append(at)
    ends = [
        max((at for at, span in enumerate(spans) if span[1] <= _end(sight, block)), default=0)
        for block in blocks
    ]
    placed: list[tuple[int, int]] = []
    for at, (first, end) in enumerate(zip(firsts, ends, strict=True)):
        least = placed[-1][1] + 1 if placed else 0
        most = firsts[at + 1] - 1 if at + 1 < len(firsts) else len(spans) - 1
        if least > most or max(first, least) > most:
            continue
        first = max(first, least)  # noqa: PLW2901 - two blocks over one column stand side by side
        placed.append(_widened(first, least, most, spans, min(max(end, first), most)))
    return placed


def _end(sight: Sight, block: Block) -> int:
    """The last column that a block's cells cover."""
    return max(sight.box(*at)[1] for at, _ in block.values())


def _widened(
    first: int, least: int, most: int, spans: Sequence[Span], end: int | None = None
) -> tuple[int, int]:
    """A range of entries, made wider to the right and then to the left until a name fits."""
    last = first if end is None else end
    while sum(span[3] for span in spans[first : last + 1]) < _WIDE:
        if last < most:
            last += 1
        elif first > least:
            first -= 1
        else:
            break
    return first, last


_DATE: Final = '["{tempat}, {tanggal}", "{tempat}", "{tanggal}"]'


def _above(block: Block) -> list[str]:
    """The lines above the room to sign, in the order in which they stand."""
    role = block["jabatan"][1] if "jabatan" in block else ","
    told = {
        "tanggal": _DATE,
        "pengantar": '"{pengantar}"',
        "jabatan": '"{jabatan},"' if role.endswith(",") else '"{jabatan}"',
    }
    rows = {"tempat" if key == "tanggal" and "tempat" in block else key: at for key, (at, _) in block.items()}
    order = {
        "tanggal": rows.get("tempat", rows.get("tanggal", (-2, 0))),
        "pengantar": rows.get("pengantar", (10**7, 0)),
    }
    before = sorted(order, key=lambda key: order[key])
    return [told[key] for key in (*before, "jabatan")]


def _below(block: Block) -> list[str]:
    """The lines below a name."""
    nip = block["nip"][1] if "nip" in block else ""
    match = re.match(r"'?\s*(NIP[\s.:]*)", nip, re.IGNORECASE)
    lead = match[1].strip() if match else "NIP."
    told = {"pangkat": '"{pangkat}"', "nip": json.dumps(f"{lead} {{nip}}")}
    rows = {key: block[key][0] for key in told if key in block}
    order = sorted(told, key=lambda key: rows.get(key, (0, 0)))
    return [told[key] for key in order]

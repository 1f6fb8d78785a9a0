"""Authors of YAML: each writes plans in ways of their own, with comments whose owner is known."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from rak_excel.files.yaml_text import quoted
from rak_excel.plan.values import rupiah

if TYPE_CHECKING:
    from .edits import Doc, Node

BELOW = {0: "sasaran", 1: "indikator", 2: "kegiatan"}
ROOT = 0


@dataclass
class Line:
    """A line of a text, with the numbers of the parts that it tells of."""

    text: str
    owners: frozenset[int]


@dataclass
class Written:
    """A text, and who owns each of its comments.

    `comments` maps a comment to its part and, where it stands behind a value, to the field of that.
    """

    lines: list[Line]
    comments: dict[str, tuple[int, str]] = field(default_factory=dict)
    newline: str = "\n"
    bom: str = ""
    ended: bool = True

    @property
    def text(self) -> str:
        """The text as the file holds it."""
        body = self.newline.join(line.text for line in self.lines)
        return self.bom + body + (self.newline if self.ended else "")


class Author:
    """Somebody who writes plans in one style, more or less."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        one = self.dice.choice
        self.remarks = one([0, 0.2, 0.6])
        self.gaps = one([0, 0.2, 1])
        self.offset = one([0, 2, 2, 4])
        self.uneven = one([False, False, True])
        self.dash = one(["- ", "- ", "-   "])
        self.flows = one([0, 0, 0.3, 1])
        self.lists = one(["block", "block", "block", "inline", "lines", "ragged"])
        self.quotes = one([("", "", "", "'", '"'), ("",), ('"',), ("'",), ("", "", "|", ">", "long")])
        self.money = one(["306461000", "306.461.000", "Rp 306.461.000", "Rp. 306.461.000,-"])
        self.ticks = one(["list", "list", "names", "words", "range", "block", "map", "flowmap"])
        self.nil = one(["nihil", "-"])
        self.shuffles = one([False, False, True])
        self.loose = one([True, False])
        self.count = 0
        self.out = Written(
            [], newline=one(["\n", "\n", "\r\n"]), bom=one(["", "", "\ufeff"]), ended=one([True, True, False])
        )

    # --- comments ---

    def remark(self, owner: int, name: str = "") -> str:
        """A comment that is known to be somebody's."""
        self.count += 1
        text = f"# c{self.count}c {self.dice.choice(['penting', 'a: b', '- x', 'kata “itu”'])}"
        self.out.comments[text.split()[1]] = (owner, name)
        return text

    def chance(self, likely: float) -> bool:
        """Whether something happens this time."""
        return self.dice.random() < likely

    def line(self, text: str, *owners: int) -> None:
        """Write a line that tells of some parts."""
        self.out.lines.append(Line(text, frozenset(owners)))

    def above(self, indent: str, owner: int) -> None:
        """Comment lines directly above an item."""
        while self.chance(self.remarks / 2):
            self.line(f"{indent}{self.remark(owner)}", owner)

    def between(self, indent: str, parent: int) -> None:
        """What stands between two items: blank lines, or a comment that is nobody's."""
        if self.loose and self.chance(self.remarks):
            self.line("", -1)
            self.line(f"{indent}{self.remark(parent)}", parent)
            self.line("", -1)
        elif self.chance(self.gaps):
            self.line("", -1)

    def behind(self, owner: int, name: str) -> str:
        """A comment behind a value, or nothing."""
        return f"  {self.remark(owner, name)}" if self.chance(self.remarks / 2) else ""

    # --- documents ---

    def document(self, doc: Doc, *, opened: bool) -> None:
        """Write one document of a stream."""
        if opened:
            self.line("---", -1)
        if self.chance(self.remarks):
            self.line(self.remark(ROOT), ROOT)
            self.line("", -1)
        keys = ["rak", *doc.own, "sasaran", "penandatangan"]
        for key in keys:
            if key == "sasaran":
                self.items(doc.root, key, "")
            elif key == "penandatangan":
                self.signatories(doc)
            elif key == "rak":
                self.line("rak: 1", ROOT)
            elif doc.own[key] not in ("", None):
                value = doc.own[key]
                text = self.amount(value) if key == "pagu" else self.scalar(str(value))
                self.fields([(key, text)], "", "", ROOT)

    def signatories(self, doc: Doc) -> None:
        """Write the signatories, a single one perhaps without a list."""
        if len(doc.signatories) == 1 and self.chance(0.6):
            one = doc.signatories[0]
            self.line("penandatangan:", ROOT)
            self.fields(
                [(key, self.scalar(text)) for key, text in one.fields.items()], "  ", "  ", one.number
            )
            return
        parent = type(doc.root)(ROOT, 8, {}, doc.signatories)
        self.items(parent, "penandatangan", "")

    # --- lists ---

    def items(self, parent: Node, key: str, indent: str) -> None:
        """Write a list of parts in the author's style."""
        style = self.lists if key == "kegiatan" else "block"
        if not parent.below:
            if self.chance(0.5):
                self.line(
                    f"{indent}{key}: []{self.behind(parent.number, '[]')}", parent.number, -parent.number
                )
            return
        if style == "ragged":
            self.ragged(parent, f"{indent}{key}: [{' ' * self.dice.randrange(2)}", f"{indent}   ")
            return
        behind = self.behind(parent.number, "[]")
        if style == "inline" and not behind:
            owners = [one.number for node in parent.below for one in node.walk()]
            items = ", ".join(self.brackets(node) for node in parent.below)
            self.line(f"{indent}{key}: [{items}]", parent.number, -parent.number, *owners)
            return
        if style == "lines":
            self.line(f"{indent}{key}: [{behind}", parent.number, -parent.number)
            self.lined(parent, f"{indent}  ")
            self.line(f"{indent}]", parent.number, -parent.number)
            return
        self.line(f"{indent}{key}:{behind}", parent.number, -parent.number)
        inner = f"{indent}{' ' * (self.dice.choice([0, 2, 3]) if self.uneven else self.offset)}"
        if self.loose and self.chance(self.remarks / 3):
            self.line(f"{inner}{self.remark(parent.number)}", parent.number)
            self.line("", -1)
        for number, node in enumerate(parent.below):
            if number:
                self.between(inner, parent.number)
            self.above(inner, node.number)
            self.item(node, inner)

    def lined(self, parent: Node, indent: str) -> None:
        """The items of a list in brackets, each on a line."""
        for number, node in enumerate(parent.below):
            if number:
                self.between(indent, parent.number)
            self.above(indent, node.number)
            comma = "," if node is not parent.below[-1] or self.chance(0.5) else ""
            owners = (*(one.number for one in node.walk()), *((-parent.number,) if not comma else ()))
            self.line(
                f"{indent}{self.brackets(node)}{comma}{self.behind(node.number, '')}", *owners, -parent.number
            )

    def ragged(self, parent: Node, lead: str, indent: str) -> None:
        """A list in brackets whose items share lines, or do not."""
        owners = [
            parent.number,
            -parent.number,
            *(one.number for node in parent.below for one in node.walk()),
        ]
        line = lead
        for node in parent.below:
            line += self.brackets(node) + ("," if node is not parent.below[-1] else "")
            if node is not parent.below[-1] and self.chance(0.5):
                self.line(line + self.behind(node.number, ""), *owners)
                line = indent
            elif node is not parent.below[-1]:
                line += " "
        self.line(f"{line} ]", *owners)

    def item(self, node: Node, indent: str) -> None:
        """An item below its dash."""
        if self.chance(self.flows) and node.level in (3, 9):
            self.line(f"{indent}{self.dash}{self.brackets(node)}{self.behind(node.number, '')}", node.number)
            return
        inner = indent + " " * len(self.dash)
        lead = f"{indent}{self.dash}"
        if self.chance(0.05):
            self.line(f"{indent}-{self.behind(node.number, '')}", node.number)
            lead = inner
        pairs = self.pairs(node)
        self.fields(pairs, lead, inner, node.number)
        if node.level in (1, 2):
            if node.below and self.chance(self.remarks / 2):
                self.line(f"{inner}{self.remark(node.number)}", node.number)
            self.items(node, BELOW[node.level], inner)
        elif self.out.lines[-1].text and self.chance(self.remarks / 2):
            self.line(f"{inner} {self.remark(node.number)}", node.number)

    def pairs(self, node: Node) -> list[tuple[str, str]]:
        """The keys of a part with their values as they are typed."""
        fields = dict(node.fields)
        pairs = []
        if node.level == 2 and node.below:
            values = {row.fields["target"] for row in node.below}
            self.common = (
                ""
                if "" in values
                else self.dice.choice([*sorted(values), *([""] if len(values) > 1 else [])])
            )
            if self.common:
                pairs.append(("target", self.scalar(self.common)))
        for key, value in fields.items():
            text = self.value(node, key, value)
            if text is not None:
                pairs.append((key, text))
        if self.shuffles:
            self.dice.shuffle(pairs)
        return pairs

    def fields(self, pairs: list[tuple[str, str]], lead: str, inner: str, owner: int) -> None:
        """Write the keys of a part on lines of their own."""
        for number, (key, text) in enumerate(pairs):
            if number and self.chance(self.remarks / 3):
                self.line(f"{inner}{self.remark(owner)}", owner)
            first, *rest = text.split("\n")
            open_ = first[:1] in ("|", ">") or rest
            behind = "" if open_ else self.behind(owner, key)
            space = "" if not first else " "
            self.line(f"{lead if not number else inner}{key}:{space}{first}{behind}", owner)
            for line in rest:
                self.line(f"{inner}{line}" if line else "", owner)

    def brackets(self, node: Node) -> str:
        """A part in brackets."""
        quotes, self.quotes = self.quotes, tuple(q for q in self.quotes if q in ("", "'", '"')) or ("",)
        ticks, self.ticks = self.ticks, {"block": "list", "map": "flowmap"}.get(self.ticks, self.ticks)
        self.inside = True
        pairs = self.pairs(node)
        self.inside = False
        self.quotes, self.ticks = quotes, ticks
        return f"{{{', '.join(f'{key}: {text}' for key, text in pairs)}}}"

    # --- values ---

    inside = False
    common = ""

    def value(self, node: Node, key: str, value: Any) -> str | None:
        """A value as it is typed, or `None` where its key is left out."""
        if isinstance(value, tuple):
            return self.band(node.number, key, value)
        if key == "biaya":
            if value == "":
                return None
            return (
                self.scalar(self.nil)
                if value is None
                else self.amount(value)
                if isinstance(value, int)
                else value
            )
        if key == "target" and (value == self.common and self.chance(0.9)):
            return None
        if not value and key != "uraian":
            return None
        return self.scalar(value)

    def amount(self, value: int) -> str:
        """An amount in the author's way of writing them."""
        grouped = rupiah(value)
        text = {
            "306461000": str(value),
            "306.461.000": grouped,
            "Rp 306.461.000": f"Rp {grouped}",
            "Rp. 306.461.000,-": f"Rp. {grouped},-",
        }[self.money]
        return self.scalar(text) if "," in text else text

    def scalar(self, text: str) -> str:
        """A text in some quotation marks."""
        style = self.dice.choice(self.quotes)
        if style == "'" and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        if style == '"' and quoted(text) == text and '"' not in text and "\\" not in text:
            return f'"{text}"'
        if style in ("|", ">") and text and text.isprintable() and not self.inside:
            return f"{style}{self.dice.choice(['', '-', '+'])}\n  {text}" + self.dice.choice(["", "\n"])
        if style == "long" and " " in text and quoted(text) == text and not self.inside:
            first, rest = text.split(" ", 1)
            return f"{first}\n    {rest}" if quoted(rest) == rest else quoted(text)
        return quoted(text, flow=self.inside)

    def band(self, owner: int, key: str, cells: tuple[Any, ...]) -> str | None:
        """The periods of a band as they are typed."""
        if not cells:
            return None
        numbers = [number for number, cell in enumerate(cells, 1) if cell is not False]
        if any(isinstance(cell, str) for cell in cells):
            pairs = ", ".join(f"{number}: {quoted(cells[number - 1], flow=True)}" for number in numbers)
            return f"{{{pairs}}}"
        if not numbers:
            return "[]"
        letter = "T" if key == "triwulan" else ""
        names = [f"{letter}{number}" for number in numbers]
        if self.ticks == "words":
            return " ".join(names)
        if self.ticks == "range" and numbers == list(range(numbers[0], numbers[-1] + 1)):
            return f"{numbers[0]}-{numbers[-1]}" if len(numbers) < len(cells) else "semua"
        if self.ticks == "names":
            return f"[{', '.join(names)}]"
        if self.ticks == "block":
            return "\n" + "\n".join(f"  - {number}{self.behind(owner, key)}" for number in numbers)
        if self.ticks == "map":
            return "\n" + "\n".join(
                f"  {at}: {'√' if cell else self.dice.choice(['', chr(34) * 2])}"
                for at, cell in enumerate(cells, 1)
            )
        if self.ticks == "flowmap":
            return (
                "{"
                + ", ".join(f"T{at}: {'x' if cell else 'tidak'}" for at, cell in enumerate(cells, 1))
                + "}"
                if key == "triwulan"
                else f"[{', '.join(map(str, numbers))}]"
            )
        return f"[{', '.join(map(str, numbers))}]"


# --- CSV -----------------------------------------------------------------------------------------------


class Clerk:
    """Somebody who keeps plans as CSV in one way, with a note beside every row."""

    FIELDS = (
        "nomor",
        "sasaran",
        "indikator",
        "target",
        "kegiatan",
        "t1",
        "t2",
        "t3",
        "t4",
        "biaya",
        "pelaksana",
    )
    HEADS: ClassVar[dict[str, list[str]]] = {
        "nomor": ["no", "No.", "Nomor"],
        "sasaran": ["sasaran", "Sasaran Strategis"],
        "indikator": ["indikator", "Indikator Kinerja"],
        "target": ["target", "Target (%)"],
        "kegiatan": ["kegiatan", "Rencana Aksi"],
        "biaya": ["biaya", "Perkiraan Biaya"],
        "pelaksana": ["pelaksana", "Penanggung Jawab"],
    }

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        one = self.dice.choice
        self.separator = one([",", ";", "\t"])
        self.encoding = one(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
        self.newline = one(["\n", "\r\n", "\r\n", "\r"])
        self.declared = one([False, False, True])
        self.quotes = one([0, 0, 0.3, 1])
        self.money = one(["306461000", "306.461.000", "Rp 306.461.000"])
        self.tick = one(["√", "v", "x", "1"])
        self.cross = one(["", "", "-"])
        self.nil = one(["nihil", "-"])
        self.repeats = {name for name in ("nomor", "sasaran", "indikator", "target") if self.chance(0.3)}
        self.fields = [name for name in self.FIELDS if name != "nomor" or self.chance(0.8)]
        if self.chance(0.3):
            self.dice.shuffle(self.fields)
        self.width = one([0, 0, len(self.fields) + 1])
        self.noted = one([True, False])
        self.heads = one([False, False, True])
        self.spaced = one([False, False, True])
        self.numbered = one([True, True, False])
        self.ended = one([True, True, False])
        self.blocks: dict[int, str] = {}
        self.rows: dict[int, dict[str, str]] = {}
        self.raws: dict[str, dict[str, str]] = {}

    def chance(self, likely: float) -> bool:
        """Whether something happens this time."""
        return self.dice.random() < likely

    def cell(self, text: str) -> str:
        """A cell as it is typed."""
        needs = any(mark in text for mark in (self.separator, '"', "\n")) or text != text.strip()
        return '"' + text.replace('"', '""') + '"' if needs or self.chance(self.quotes) else text

    def line(self, texts: list[str]) -> str:
        """Write the cells of a record."""
        cells = [self.cell(text) for text in texts]
        if texts[-1].startswith("catatan "):
            self.raws[texts[-1]] = dict(zip(self.fields, cells, strict=False))
        return self.separator.join(cells) + self.newline

    def write(self, doc: Doc) -> bytes:
        """The file, encoded so that it can hold the text."""
        text = f"sep={self.separator}{self.newline}" if self.declared else ""
        for key, value in doc.own.items():
            if value not in ("", None):
                text += self.line(self.padded([key, self.amount(value) if key == "pagu" else str(value)]))
        several = len(doc.signatories) > 1 or self.chance(0.3)
        for number, one in enumerate(doc.signatories, 1):
            middle = f".{number}" if several else ""
            for key, value in one.fields.items():
                text += self.line(self.padded([f"penandatangan{middle}.{key}", value]))
        text += self.newline if self.chance(0.8) else ""
        heads = [self.dice.choice(self.HEADS.get(name, [name])) for name in self.fields]
        text += self.line([*heads, *(["Catatan"] if self.noted else [])])
        for number, goal in enumerate(doc.root.below, 1):
            block = "".join(self.line(row) for row in self.goal(number, goal))
            self.blocks[goal.number] = block
            text += block
            if self.spaced and goal is not doc.root.below[-1]:
                text += self.newline
        if not self.ended:
            text = text.removesuffix(self.newline)
        return self.encoded(text)

    def encoded(self, text: str) -> bytes:
        """The bytes of a text, in UTF-8 where the encoding cannot hold it."""
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:
            self.encoding = "utf-8"
            return text.encode()

    def padded(self, texts: list[str]) -> list[str]:
        """A key line as wide as the table, as Excel writes it."""
        return texts + [""] * (self.width - len(texts))

    def goal(self, number: int, goal: Node) -> list[list[str]]:
        """The rows of a goal."""
        rows: list[list[str]] = []
        head = {"nomor": str(number) if self.numbered else "", "sasaran": goal.fields["uraian"]}
        told: dict[str, str] = dict(head)
        apart = self.heads and "nomor" in self.fields
        if apart or not goal.below:
            rows.append(self.row(told, 0))
            told = {}
        for indikator in goal.below:
            told["indikator"] = indikator.fields["uraian"]
            if apart or not indikator.below:
                rows.append(self.row(told, 0))
                told = {}
            above = ""
            for kegiatan in indikator.below:
                values = {**head, "indikator": indikator.fields["uraian"]}
                fields = (
                    {name: text for name, text in values.items() if name in self.repeats}
                    | told
                    | self.own(kegiatan)
                )
                if fields["target"] == above and "target" not in self.repeats:
                    fields["target"] = ""
                above = kegiatan.fields["target"]
                rows.append(self.row(fields, kegiatan.number))
                told = {}
        return rows

    def own(self, kegiatan: Node) -> dict[str, str]:
        """What a kegiatan tells of its own."""
        fields = kegiatan.fields
        biaya = fields["biaya"]
        return {
            "kegiatan": fields["uraian"],
            "target": fields["target"],
            **{f"t{at}": self.tick if cell else self.cross for at, cell in enumerate(fields["triwulan"], 1)},
            "biaya": self.nil if biaya is None else self.amount(biaya) if isinstance(biaya, int) else biaya,
            "pelaksana": fields["pelaksana"],
        }

    def row(self, fields: dict[str, str], number: int) -> list[str]:
        """The cells of a row, with its note."""
        self.rows[number] = fields
        texts = [fields.get(name, "") for name in self.fields]
        return [*texts, *([f"catatan {number}." if number else ""] if self.noted else [])]

    def amount(self, value: int) -> str:
        """An amount in the author's way of writing them."""
        grouped = rupiah(value)
        return {"306461000": str(value), "306.461.000": grouped, "Rp 306.461.000": f"Rp {grouped}"}[
            self.money
        ]

"""Layouts from nodes: every fault of a form's file is told with its place."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, Final, NamedTuple, cast

from rak_excel import rules
from rak_excel.findings import Finding, Place, Rule, Words
from rak_excel.nodes import Mapping, Node, Scalar, Sequence
from rak_excel.plan.codec import SIGNATORY_KEYS, near
from rak_excel.plan.model import BANDS, SCHEDULES
from rak_excel.sheet.layout import (
    CM,
    LEAST_SCALE,
    PAPERS,
    PLACEHOLDER,
    ROLES,
    Column,
    Layout,
    Look,
    Merge,
    Page,
    Signature,
)
from rak_excel.sheet.measure import FONTS

LONGEST_FOOTER: Final = 100
"""Characters of a footer; Excel takes 255 with the codes for fonts and pages, in which & counts twice."""


class LayoutRead(NamedTuple):
    """A layout, or `None` where findings of severity error say why there is none."""

    layout: Layout | None
    findings: tuple[Finding, ...]


def read_layout(root: Mapping) -> LayoutRead:
    """Read a layout from nodes, and tell every fault of it."""
    reader = _Reader()
    layout = reader.layout(root)
    return LayoutRead(None if reader.findings else layout, tuple(reader.findings))


_FIELDS: Final = (
    "nomor",
    "sasaran.uraian",
    "indikator.uraian",
    *(
        f"kegiatan.{field}"
        for field in (
            *("kode", "uraian", "target", "satuan", "program", "sub_kegiatan", "biaya", "pelaksana"),
            *BANDS,
        )
    ),
)
_MERGES_OF: Final = {
    "nomor": ("sasaran",),
    "sasaran.uraian": ("sasaran",),
    "indikator.uraian": ("indikator",),
    "kegiatan.biaya": ("bersama",),
}
_PLANPLACEHOLDERS: Final = ("judul", "tahun", "unit")
_FOOTERPLACEHOLDERS: Final = ("halaman", "jumlah_halaman")


class _Reader:
    """One pass over the nodes of one layout."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def tell(self, rule: Rule, node: Node, path: str, value: str | None = None, **facts: object) -> None:
        suggestion = cast("str | None", facts.pop("suggestion", None))
        place = Place(node.line, node.column)
        self.findings.append(rule.at(path, value, place=place, suggestion=suggestion, **facts))

    def layout(self, root: Mapping) -> Layout | None:
        keys = ("layout", "version", "about", "page", "font", "title", "info", "columns", "total", "tick")
        got = self.keys(root, "", (*keys, "column_numbers", "signature", "styles"))
        for key in ("layout", "version", "page", "font", "title", "columns", "signature"):
            if key not in got:
                self.tell(rules.LAYOUT_KURANG, root, key, bidang=key)
        columns = self.columns(got.get("columns"))
        font, size = self.font(got.get("font"))
        page = self.page(got.get("page"))
        # without columns there is nothing that these could point at
        signature = self.signature(got.get("signature"), columns) if columns else None
        label, total_fields = self.total(got.get("total"), columns) if columns else ("", ())
        made = {
            "name": self.name(got.get("layout")),
            "version": int(self.number(got.get("version"), "version", 1, 999, whole=True) or 0),
            "about": self.text(got.get("about"), "about"),
            "title": self.lines(got.get("title"), "title", _PLANPLACEHOLDERS),
            "info": self.lines(got.get("info"), "info", _PLANPLACEHOLDERS),
            "looks": self.styles(got.get("styles")),
            "tick": self.text(got.get("tick"), "tick") or "√",
            "column_numbers": self.flag(got.get("column_numbers"), "column_numbers"),
        }
        if not columns and isinstance(got.get("columns"), Sequence):
            self.tell(rules.LAYOUT_KURANG, got["columns"], "columns", bidang="columns")
        if page is None or signature is None or not columns:
            return None
        layout = Layout(
            page=page, font=font, size=size, columns=columns, signature=signature, total=label,
            total_fields=total_fields, **cast("dict[str, Any]", made),
        )  # fmt: skip
        self.width(layout, got.get("columns"))
        return layout

    def name(self, node: Node | None) -> str:
        name = self.text(node, "layout")
        if node is not None and re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) is None:
            reason = Words("pakai huruf kecil, angka dan tanda -", "use lower-case letters, digits and -")
            self.tell(rules.LAYOUT_NILAI, node, "layout", name, bidang="layout", alasan=reason)
        return name

    def width(self, layout: Layout, node: Node | None) -> None:
        for kertas in PAPERS:
            scale = layout.on_paper(kertas).scale
            if node is not None and scale < LEAST_SCALE and kertas == layout.page.paper:
                lebar = f"{sum(column.width for column in layout.columns):g}"
                self.tell(
                    rules.LAYOUT_TERLALU_LEBAR, node, "columns", lebar=lebar, skala=scale, batas=LEAST_SCALE
                )

    # --- parts ---

    def page(self, node: Node | None) -> Page | None:
        if not isinstance(node, Mapping):
            self.not_a_mapping(node, "page")
            return None
        got = self.keys(node, "page", ("paper", "orientation", "margins", "footer"))
        margins = got.get("margins")
        sides: dict[str, float] = {}
        if isinstance(margins, Mapping):
            for side, below in self.keys(margins, "page.margins", ("top", "right", "bottom", "left")).items():
                sides[side] = self.number(below, f"page.margins.{side}", 0.5, 8) or 1.5
        else:
            self.not_a_mapping(margins, "page.margins")
        return Page(
            paper=self.choice(got.get("paper"), "page.paper", tuple(PAPERS), "F4"),
            landscape=self.choice(
                got.get("orientation"), "page.orientation", ("landscape", "portrait"), "landscape"
            )
            == "landscape",
            footer=self.footer(got.get("footer")),
            **{side: sides.get(side, 1.5) * CM for side in ("top", "right", "bottom", "left")},
        )

    def footer(self, node: Node | None) -> str:
        text = self.template(node, "page.footer", _FOOTERPLACEHOLDERS)
        if node is not None and len(text) > LONGEST_FOOTER:
            reason = Words(f"lebih dari {LONGEST_FOOTER} karakter", f"more than {LONGEST_FOOTER} characters")
            self.tell(rules.LAYOUT_NILAI, node, "page.footer", text, bidang="page.footer", alasan=reason)
        return text

    def font(self, node: Node | None) -> tuple[str, float]:
        if not isinstance(node, Mapping):
            self.not_a_mapping(node, "font")
            return "Arial", 10
        got = self.keys(node, "font", ("name", "size"))
        name = self.choice(got.get("name"), "font.name", tuple(sorted(FONTS)), "Arial")
        return name, self.number(got.get("size"), "font.size", 6, 16) or 10

    def columns(self, node: Node | None) -> tuple[Column, ...]:
        columns: list[Column] = []
        seen: dict[str, int] = {}
        for i, item in enumerate(self.items(node, "columns")):
            path = f"columns[{i}]"
            if not isinstance(item, Mapping):
                self.not_a_mapping(item, path)
                continue
            keys = ("field", "heading", "width", "style", "merge", "band", "periods", "kind")
            got = self.keys(item, path, keys)
            field = self.choice(got.get("field"), f"{path}.field", _FIELDS, "", owner=item)
            if field in seen:
                self.tell(
                    rules.KUNCI_BERULANG,
                    item,
                    path,
                    field,
                    bagian=Words("columns", "columns"),
                    baris=seen[field],
                )
            seen[field] = item.line
            width = self.number(got.get("width"), f"{path}.width", 2, 120, owner=item) or 10
            if field.removeprefix("kegiatan.") in BANDS:
                columns.extend(self.band(item, got, path, field, width))
            elif field:
                columns.append(self.column(item, got, path, field, width))
        return tuple(columns)

    def column(self, item: Mapping, got: dict[str, Node], path: str, field: str, width: float) -> Column:
        for key in ("band", "periods", "kind"):
            if key in got:
                self.unknown(got[key], path, key, ("field", "heading", "width", "style", "merge"))
        heading = self.text(got.get("heading"), f"{path}.heading")
        if not heading:
            self.tell(rules.LAYOUT_KURANG, item, f"{path}.heading", bidang=f"{path}.heading")
        style = self.choice(got.get("style"), f"{path}.style", tuple(ROLES), "teks")
        merge = self.choice(got.get("merge"), f"{path}.merge", _MERGES_OF.get(field, ()), "")
        return Column(field, heading, width, style, cast("Merge", merge))

    def band(self, item: Mapping, got: dict[str, Node], path: str, field: str, width: float) -> list[Column]:
        key = field.removeprefix("kegiatan.")
        kinds = ("tick", "value") if key in SCHEDULES else ("value", "rupiah")
        kind = self.choice(got.get("kind"), f"{path}.kind", kinds, kinds[0])
        default = {"tick": "centang", "value": "tengah", "rupiah": "rupiah"}[kind]
        style = self.choice(got.get("style"), f"{path}.style", (default,), default)
        labels = [
            self.text(node, f"{path}.periods") for node in self.items(got.get("periods"), f"{path}.periods")
        ]
        if len(labels) != BANDS[key]:
            reason = Words(f"harus {BANDS[key]} judul", f"{BANDS[key]} headings are needed")
            node = got.get("periods") or item
            self.tell(
                rules.LAYOUT_NILAI, node, path, str(len(labels)), bidang=f"{path}.periods", alasan=reason
            )
        heading = self.text(got.get("band"), f"{path}.band")
        if not heading:
            self.tell(rules.LAYOUT_KURANG, item, f"{path}.band", bidang=f"{path}.band")
        return [
            Column(field, name, width, style, "", heading, period) for period, name in enumerate(labels, 1)
        ]

    def total(self, node: Node | None, columns: tuple[Column, ...]) -> tuple[str, tuple[str, ...]]:
        if node is None:
            return "", ()
        if not isinstance(node, Mapping):
            self.not_a_mapping(node, "total")
            return "", ()
        got = self.keys(node, "total", ("label", "field"))
        where = got.get("field")
        nodes = where.items if isinstance(where, Sequence) else (where or Scalar("", node.line, node.column),)
        money = (column for column in columns if column.is_money and column.style == "rupiah")
        known = list(dict.fromkeys(column.field for column in money))
        fields: list[str] = []
        for one in nodes:
            field = self.text(one, "total.field")
            reason = None
            if field not in [column.field for column in columns]:
                dikenal = ", ".join(known)
                self.tell(
                    rules.LAYOUT_RUJUKAN, one, "total.field", field, bidang="total.field", dikenal=dikenal
                )
            elif field not in known:
                reason = Words("bukan kolom rupiah", "it is no column of rupiah")
            elif field == columns[0].field:
                reason = Words(
                    "tidak ada kolom di kirinya untuk label", "no column stands left of it for the label"
                )
            elif field in fields:
                reason = Words("disebut dua kali", "it is named twice")
            if reason is not None:
                self.tell(rules.LAYOUT_NILAI, one, "total.field", field, bidang="total.field", alasan=reason)
            fields.append(field)
        if not nodes and where is not None:
            self.tell(rules.LAYOUT_KURANG, where, "total.field", bidang="total.field")
        return self.text(got.get("label"), "total.label") or "JUMLAH", tuple(fields)

    def signature(self, node: Node | None, columns: tuple[Column, ...]) -> Signature | None:
        if not isinstance(node, Mapping):
            self.not_a_mapping(node, "signature")
            return None
        keys = ("keep_with_rows", "space", "blocks", "opening", "above", "name", "below")
        got = self.keys(node, "signature", keys)
        blocks = self.blocks(got.get("blocks"), columns)
        if not blocks:
            self.tell(rules.LAYOUT_KURANG, node, "signature.blocks", bidang="signature.blocks")
            return None
        keep = self.number(got.get("keep_with_rows"), "signature.keep_with_rows", 1, 9, whole=True)
        space = self.number(got.get("space"), "signature.space", 1, 9, whole=True)
        return Signature(
            keep_with_rows=int(keep or 1),
            space=int(space or 3),
            blocks=blocks,
            above=self.choices(got.get("above"), "signature.above"),
            name=self.template(got.get("name"), "signature.name", SIGNATORY_KEYS) or "{nama}",
            below=self.choices(got.get("below"), "signature.below"),
            opening=self.opening(got.get("opening"), blocks),
        )

    def opening(
        self, node: Node | None, blocks: dict[int, tuple[tuple[int, int], ...]]
    ) -> dict[int, tuple[str, ...]]:
        """What stands for a blank `pengantar`: for a number of signatories, one text a block."""
        if node is not None and not isinstance(node, Mapping):
            self.not_a_mapping(node, "signature.opening")
            return {}
        made: dict[int, tuple[str, ...]] = {}
        for key, value in self.unrepeated(node, "signature.opening") if node is not None else ():
            path = f"signature.opening.{key.text}"
            texts = tuple(self.text(item, path) for item in self.items(value, path))
            if key.text not in map(str, blocks):
                known = ", ".join(map(str, blocks))
                self.tell(
                    rules.LAYOUT_RUJUKAN, key, path, key.text, bidang="signature.opening", dikenal=known
                )
            elif len(texts) != int(key.text):
                reason = Words(f"harus {key.text} teks", f"{key.text} texts are needed")
                self.tell(
                    rules.LAYOUT_NILAI,
                    value,
                    path,
                    str(len(texts)),
                    bidang="signature.opening",
                    alasan=reason,
                )
            else:
                made[int(key.text)] = texts
        return made

    def blocks(
        self, node: Node | None, columns: tuple[Column, ...]
    ) -> dict[int, tuple[tuple[int, int], ...]]:
        if not isinstance(node, Mapping):
            self.not_a_mapping(node, "signature.blocks")
            return {}
        made: dict[int, tuple[tuple[int, int], ...]] = {}
        for key, value in self.unrepeated(node, "signature.blocks"):
            path = f"signature.blocks.{key.text}"
            pairs = [self.ends(pair, path, columns) for pair in self.items(value, path)]
            if not re.fullmatch(r"[1-9]", key.text) or len(pairs) != int(key.text):
                reason = Words(
                    "kuncinya banyaknya penandatangan, isinya sebanyak itu pasang kolom",
                    "the key is the number of signatories, the value as many pairs of columns",
                )
                self.tell(rules.LAYOUT_NILAI, key, path, key.text, bidang="signature.blocks", alasan=reason)
                continue
            blocks = tuple(pair for pair in pairs if pair is not None)
            ordered = sorted(blocks)
            if any(before[1] >= after[0] for before, after in pairwise(ordered)):
                reason = Words("bloknya bertumpang tindih", "its blocks overlap")
                self.tell(rules.LAYOUT_NILAI, key, path, key.text, bidang="signature.blocks", alasan=reason)
            made[int(key.text)] = blocks
        for number in range(1, max(made, default=0)):
            path = f"signature.blocks.{number}"
            if node.get(str(number)) is None:
                self.tell(rules.LAYOUT_KURANG, node, path, bidang=path)
        return made

    def ends(self, node: Node, path: str, columns: tuple[Column, ...]) -> tuple[int, int] | None:
        """The first and last column of one block, from the fields of those columns."""
        names = [self.text(item, path) for item in self.items(node, path)]
        known = [column.field for column in columns]
        for name in names:
            if name not in known:
                dikenal = ", ".join(dict.fromkeys(known))
                self.tell(rules.LAYOUT_RUJUKAN, node, path, name, bidang="signature.blocks", dikenal=dikenal)
                return None
        if len(names) != 2:
            reason = Words("harus kolom pertama dan terakhir", "it must be the first and the last column")
            self.tell(
                rules.LAYOUT_NILAI, node, path, str(len(names)), bidang="signature.blocks", alasan=reason
            )
            return None
        first, last = known.index(names[0]), len(known) - 1 - known[::-1].index(names[1])
        return min(first, last), max(first, last)

    def styles(self, node: Node | None) -> dict[str, Look]:
        looks = dict(ROLES)
        if node is None:
            return looks
        if not isinstance(node, Mapping):
            self.not_a_mapping(node, "styles")
            return looks
        for role, below in self.keys(node, "styles", tuple(ROLES)).items():
            path = f"styles.{role}"
            if not isinstance(below, Mapping):
                self.not_a_mapping(below, path)
                continue
            for key, value in self.keys(below, path, tuple(_LOOKS)).items():
                made = _LOOKS[key](self, value, f"{path}.{key}")
                if made is not None:
                    changed: Any = {key: made}
                    looks[role] = looks[role]._replace(**changed)
        return looks

    # --- values ---

    def keys(self, node: Mapping, path: str, known: tuple[str, ...]) -> dict[str, Node]:
        got: dict[str, Node] = {}
        for key, value in self.unrepeated(node, path):
            if key.text in known:
                got[key.text] = value
            else:
                self.unknown(key, path, key.text, known)
        return got

    def unrepeated(self, node: Mapping, path: str) -> Iterator[tuple[Scalar, Node]]:
        """The keys with their values; one that is written again is told and left out."""
        first: dict[str, Scalar] = {}
        for key, value in node.entries:
            if key.text in first:
                bagian = Words(path or "tata letak", path or "the layout")
                baris = first[key.text].line
                self.tell(rules.KUNCI_BERULANG, key, path, key.text, bagian=bagian, baris=baris)
            else:
                first[key.text] = key
                yield key, value

    def unknown(self, node: Node, path: str, key: str, known: Iterable[str]) -> None:
        names = list(known)
        bagian = Words(path or "tata letak", path or "the layout")
        self.tell(
            rules.KUNCI_TIDAK_DIKENAL, node, f"{path}.{key}".lstrip("."), key, bagian=bagian,
            dikenal=", ".join(names), suggestion=near(key, names),
        )  # fmt: skip

    def not_a_mapping(self, node: Node | None, path: str) -> None:
        if node is not None:
            isi = Words("daftar", "a list") if isinstance(node, Sequence) else Words("teks", "text")
            self.tell(rules.BUKAN_PEMETAAN, node, path, bagian=path, isi=isi)

    def items(self, node: Node | None, path: str) -> tuple[Node, ...]:
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        isi = Words("pasangan kunci dan nilai", "pairs of key and value")
        self.tell(
            rules.BUKAN_DAFTAR, node, path, bagian=path,
            isi=isi if isinstance(node, Mapping) else Words("teks", "text"),
        )  # fmt: skip
        return ()

    def text(self, node: Node | None, path: str) -> str:
        if node is None:
            return ""
        if isinstance(node, Scalar):
            return node.text.strip()
        isi = Words("daftar", "a list") if isinstance(node, Sequence) else Words("pasangan", "pairs")
        self.tell(rules.BUKAN_TEKS, node, path, bagian=path, isi=isi)
        return ""

    def number(
        self,
        node: Node | None,
        path: str,
        least: float,
        most: float,
        *,
        whole: bool = False,
        owner: Node | None = None,
    ) -> float | None:
        if node is None:
            if owner is not None:
                self.tell(rules.LAYOUT_KURANG, owner, path, bidang=path)
            return None
        text = self.text(node, path)
        match = re.fullmatch(r"\d+" if whole else r"\d+(\.\d+)?", text, re.ASCII)
        if match is None or not least <= float(text) <= most:
            reason = Words(
                f"harus bilangan {least:g} sampai {most:g}", f"a number from {least:g} to {most:g} is needed"
            )
            self.tell(rules.LAYOUT_NILAI, node, path, text, bidang=path, alasan=reason)
            return None
        return float(text)

    def choice(
        self, node: Node | None, path: str, known: tuple[str, ...], default: str, owner: Node | None = None
    ) -> str:
        if node is None:
            if owner is not None:
                self.tell(rules.LAYOUT_KURANG, owner, path, bidang=path)
            return default
        text = self.text(node, path)
        if text in known:
            return text
        names = ", ".join(known)
        reason = Words(
            f"yang dikenal: {names}" if names else "tidak berlaku untuk kolom ini",
            f"known are: {names}" if names else "it does not apply to this column",
        )
        self.tell(
            rules.LAYOUT_NILAI, node, path, text, bidang=path, alasan=reason, suggestion=near(text, known)
        )
        return default

    def flag(self, node: Node | None, path: str) -> bool:
        return self.choice(node, path, ("true", "false"), "false") == "true"

    def colour(self, node: Node | None, path: str) -> str | None:
        text = self.text(node, path)
        if node is not None and re.fullmatch(r"#[0-9A-Fa-f]{6}", text) is None:
            reason = Words('harus warna seperti "#D9E1F2"', 'a colour such as "#D9E1F2" is needed')
            self.tell(rules.LAYOUT_NILAI, node, path, text, bidang=path, alasan=reason)
            return None
        return text

    def lines(self, node: Node | None, path: str, known: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.template(item, path, known) for item in self.items(node, path))

    def choices(self, node: Node | None, path: str) -> tuple[tuple[str, ...], ...]:
        return tuple(
            self.lines(item, path, SIGNATORY_KEYS)
            if isinstance(item, Sequence)
            else (self.template(item, path, SIGNATORY_KEYS),)
            for item in self.items(node, path)
        )

    def template(self, node: Node | None, path: str, known: tuple[str, ...]) -> str:
        text = self.text(node, path)
        for name in PLACEHOLDER.findall(text):
            if name not in known and node is not None:
                self.tell(rules.LAYOUT_RUJUKAN, node, path, name, bidang=path, dikenal=", ".join(known))
        return text


_LOOKS: Final[dict[str, Callable[[_Reader, Node, str], object]]] = {
    "align": lambda reader, node, path: reader.choice(node, path, ("left", "center", "right"), "left"),
    "valign": lambda reader, node, path: reader.choice(node, path, ("top", "center", "bottom"), "center"),
    "bold": _Reader.flag,
    "italic": _Reader.flag,
    "underline": _Reader.flag,
    "fill": _Reader.colour,
    "size": lambda reader, node, path: reader.number(node, path, 6, 24),
}

"""From nodes to plans: what a value may be, and what is told where it is not."""

import re
from collections.abc import Collection, Hashable, Iterable, Iterator
from typing import Any, Final, Literal, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Place, Rule, Words
from rak_excel.nodes import Mapping, Node, Scalar, Sequence
from rak_excel.plan.headings import field_of
from rak_excel.plan.model import (
    BANDS,
    JUDUL,
    SCHEDULES,
    Biaya,
    Form,
    Indikator,
    Kegiatan,
    Penandatangan,
    Period,
    Plan,
    Sasaran,
)
from rak_excel.plan.values import (
    BERSAMA,
    EXACT_DIGITS,
    NIHIL,
    parse_tick,
    plain_number,
    read_nip,
    read_periods,
    read_rupiah,
    read_target,
    rupiah,
    tanggal,
    whole_number,
)

CELL_LIMIT: Final = 32_767
"""Characters that a cell of Excel holds (Microsoft, "Excel specifications and limits"), in UTF-16 units."""

KERTAS: Final = ("F4", "A4")

_NUMBERS: Final = ("number", "percent")
_NO_TEXT: Final = {"error": rules.SEL_GALAT, "date": rules.SEL_TANGGAL, "boolean": rules.SEL_LOGIKA}

# what XML 1.0 cannot carry (section 2.2), line breaks apart
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

LABELS: Final[dict[str, Words]] = {
    "": Words("rencana", "the plan"),
    "rak": Words("versi format", "the format's version"),
    "judul": Words("judul", "the title"),
    "tahun": Words("tahun", "the year"),
    "unit": Words("unit", "the unit"),
    "lembar": Words("lembar", "the sheet name"),
    "tata_letak": Words("tata_letak", "the layout"),
    "kertas": Words("kertas", "the paper"),
    "pagu": Words("pagu", "the ceiling"),
    "sasaran": Words("sasaran", "goals"),
    "indikator": Words("indikator", "indicators"),
    "kegiatan": Words("kegiatan", "activities"),
    "penandatangan": Words("penandatangan", "signatories"),
    "sasaran.uraian": Words("uraian sasaran", "the goal's text"),
    "indikator.uraian": Words("uraian indikator", "the indicator's text"),
    "kegiatan.uraian": Words("uraian kegiatan", "the activity's text"),
    "target": Words("target", "the target"),
    "satuan": Words("satuan", "the unit of measure"),
    "biaya": Words("biaya", "cost"),
    "pelaksana": Words("pelaksana", "the unit in charge"),
    "kode": Words("kode", "the code"),
    "program": Words("program", "the programme"),
    "sub_kegiatan": Words("sub_kegiatan", "the sub-activity"),
    "jabatan": Words("jabatan penandatangan", "the signatory's role"),
    "nama": Words("nama penandatangan", "the signatory's name"),
    "nip": Words("NIP", "the NIP"),
    "pangkat": Words("pangkat", "the rank"),
    "tempat": Words("tempat", "the place"),
    "tanggal": Words("tanggal", "the date"),
    "pengantar": Words("pengantar", "the line above the role"),
    "triwulan": Words("triwulan", "quarter"),
    "bulan": Words("bulan", "month"),
    "semester": Words("semester", "half-year"),
    "anggaran_triwulan": Words("anggaran triwulan", "the quarterly budget"),
    "realisasi_triwulan": Words("realisasi triwulan", "the quarterly result"),
}
"""What a message calls a field or a part."""

ROOT_TEXTS: Final = ("judul", "tahun", "unit", "lembar", "tata_letak", "kertas", "pagu")
ROOT_KEYS: Final = ("rak", *ROOT_TEXTS, "sasaran", "penandatangan")
_KEGIATAN_TEXTS: Final = ("pelaksana", "satuan", "kode", "program", "sub_kegiatan")
SIGNATORY_KEYS: Final = ("jabatan", "nama", "nip", "pangkat", "tempat", "tanggal", "pengantar")
_SASARAN_KEYS: Final = ("uraian", "indikator")
_INDIKATOR_KEYS: Final = ("uraian", "target", "satuan", "kegiatan")
_KEGIATAN_KEYS: Final = dict.fromkeys(("uraian", "target", *BANDS, "biaya", *_KEGIATAN_TEXTS))

_ITEMS: Final[dict[str, tuple[str, Iterable[str]]]] = {
    "sasaran": ("goal", _SASARAN_KEYS),
    "indikator": ("indicator", _INDIKATOR_KEYS),
    "kegiatan": ("activity", _KEGIATAN_KEYS),
    "penandatangan": ("signatory", SIGNATORY_KEYS),
}

PartKind = Literal["", "sasaran", "indikator", "kegiatan", "penandatangan"]


def label(path: str) -> Words:
    """What a message calls the field at a path.

    Examples:
        >>> label("sasaran[0].indikator[2].uraian").id, label("pagu").en
        ('uraian indikator', 'the ceiling')
    """
    steps = re.sub(r"\[\d+\]", "", path).split(".")
    return LABELS.get(".".join(steps[-2:])) or LABELS[steps[-1]]


class Decoded(NamedTuple):
    """A plan, blank where a value did not fit; `faulty` holds the paths of those values."""

    plan: Plan
    findings: tuple[Finding, ...]
    faulty: frozenset[str]


def decode(root: Mapping, form: Form) -> Decoded:
    """Make a plan of nodes, and tell every value that does not fit its field.

    Missing fields are left blank without a word: what a plan must have is the business of the checks,
    which see plans built in Python too.
    """
    decoder = _Decoder(form)
    plan = decoder.plan(root)
    return Decoded(plan, tuple(decoder.findings), frozenset(decoder.faulty))


class _Decoder:
    """One pass over the nodes of one plan."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.kinds: dict[str, str] = {band.key: band.kind for band in form.bands}
        self.findings: list[Finding] = []
        self.faulty: set[str] = set()
        self.periods: dict[tuple[Hashable, ...], tuple[Period, ...]] = {}

    def tell(self, rule: Rule, node: Node, path: str, value: str | None = None, **facts: object) -> None:
        """Report a value; an error makes its path faulty, so that no check speaks of it again."""
        suggestion = facts.pop("suggestion", None)
        place = Place(node.line, node.column)
        finding = rule.at(
            path, value, place=place, suggestion=suggestion if isinstance(suggestion, str) else None, **facts
        )
        self.findings.append(finding)
        if finding.is_error:
            self.faulty.add(path)

    # --- parts ---

    def plan(self, root: Mapping) -> Plan:
        got = self.keys(root, "", ROOT_KEYS, "")
        # a schedule that the form does not lay out is decided by its cells, for the whole plan
        for key, node in _schedules(root):
            if key not in self.kinds and isinstance(node, Mapping) and not _all_ticks(node):
                self.kinds[key] = "value"
        version = self.text(got.get("rak"), "rak")
        if version not in ("", "1"):
            self.tell(rules.VERSI_TIDAK_DIKENAL, got["rak"], "rak", version)
        elif not version and "rak" not in self.faulty:
            self.tell(rules.TANPA_VERSI, root, "rak")
        texts = {key: self.text(got.get(key), key) for key in ROOT_TEXTS}
        if texts["kertas"] and texts["kertas"].upper() not in KERTAS:
            self.tell(rules.BUKAN_KERTAS, got["kertas"], "kertas", texts["kertas"])
        if texts["lembar"]:
            self.lembar(got["lembar"], texts["lembar"])
        return Plan(
            tahun=self.tahun(got.get("tahun"), texts["tahun"]),
            unit=texts["unit"],
            sasaran=tuple(
                self.sasaran(node, f"sasaran[{i}]")
                for i, node in self.items(got.get("sasaran"), "sasaran", "sasaran")
            ),
            penandatangan=self.penandatangan(got.get("penandatangan")),
            judul=texts["judul"] or JUDUL,
            pagu=self.pagu(got.get("pagu"), texts["pagu"]),
            lembar=texts["lembar"],
            tata_letak=texts["tata_letak"],
            kertas=texts["kertas"].upper(),
        )

    def sasaran(self, node: Mapping, path: str) -> Sasaran:
        got = self.keys(node, path, _SASARAN_KEYS, "sasaran")
        return Sasaran(
            self.text(got.get("uraian"), f"{path}.uraian"),
            tuple(
                self.indikator(below, f"{path}.indikator[{i}]")
                for i, below in self.items(got.get("indikator"), f"{path}.indikator", "indikator")
            ),
        )

    def indikator(self, node: Mapping, path: str) -> Indikator:
        got = self.keys(node, path, _INDIKATOR_KEYS, "indikator")
        target = self.target(got.get("target"), f"{path}.target")
        satuan = self.text(got.get("satuan"), f"{path}.satuan")
        inherited = (target, satuan, f"{path}.target" in self.faulty)
        return Indikator(
            self.text(got.get("uraian"), f"{path}.uraian"),
            tuple(
                self.kegiatan(below, f"{path}.kegiatan[{i}]", inherited)
                for i, below in self.items(got.get("kegiatan"), f"{path}.kegiatan", "kegiatan")
            ),
        )

    def kegiatan(self, node: Mapping, path: str, inherited: tuple[str, str, bool]) -> Kegiatan:
        """One activity; the hot loop of a large plan, so paths are made only where they are needed."""
        target, satuan, unknown_target = inherited
        got = self.keys(node, path, _KEGIATAN_KEYS, "kegiatan")
        fields: dict[str, Any] = {}
        for key, value in got.items():
            if key == "target":
                target = self.target(value, f"{path}.target") or target
                unknown_target = unknown_target and not target
            elif key == "biaya":
                fields["biaya"] = self.biaya(value, f"{path}.biaya")
            elif key in BANDS:
                fields[key] = self.band(value, path, key)
            elif key == "satuan":
                satuan = self.text(value, f"{path}.satuan") or satuan
            else:
                fields[key] = self.text(value, f"{path}.{key}")
        if unknown_target:
            self.faulty.add(f"{path}.target")
        uraian = fields.pop("uraian", "" if self.form.has("kegiatan.uraian") else None)
        return Kegiatan(uraian, target, satuan=satuan, **fields)

    def penandatangan(self, node: Node | None) -> tuple[Penandatangan, ...]:
        if isinstance(node, Mapping) or (isinstance(node, Scalar) and node.text.strip()):
            node = Sequence((node,), node.line, node.column)
        made = []
        for i, below in self.items(node, "penandatangan", "penandatangan"):
            path = f"penandatangan[{i}]"
            got = self.keys(below, path, SIGNATORY_KEYS, "penandatangan")
            texts = {key: self.text(value, f"{path}.{key}") for key, value in got.items()}
            if texts.get("nip"):
                texts["nip"] = self.nip(got["nip"], texts["nip"], f"{path}.nip")
            made.append(Penandatangan(texts.pop("jabatan", ""), texts.pop("nama", ""), **texts))
        return tuple(made)

    # --- shapes ---

    def keys(self, node: Mapping, path: str, known: Iterable[str], part: PartKind) -> dict[str, Node]:
        got: dict[str, Node] = {}
        for key, value in node.entries:
            name = key.text
            if name in known and name not in got:
                got[name] = value
            elif name in got:
                first = next(first for first, _ in node.entries if first.text == name)
                self.tell(
                    rules.KUNCI_BERULANG,
                    key,
                    f"{path}.{name}".lstrip("."),
                    name,
                    bagian=LABELS[part],
                    baris=first.line,
                )
            else:
                self.unknown_key(node, key, path, known, part)
        return got

    def unknown_key(
        self, node: Mapping, key: Scalar, path: str, known: Iterable[str], part: PartKind
    ) -> None:
        given = {one.text for one, _ in node.entries}
        meant = meant_key(key.text, [name for name in known if name not in given], part)
        told = [name for name in known if part != "kegiatan" or self.form.has(f"kegiatan.{name}")]
        if meant is not None:
            self.faulty.add(f"{path}.{meant}".lstrip("."))
        self.tell(
            rules.KUNCI_TIDAK_DIKENAL,
            key,
            f"{path}.{key.text}".lstrip("."),
            key.text,
            bagian=LABELS[part],
            dikenal=", ".join(told),
            suggestion=meant,
        )

    def items(self, node: Node | None, path: str, part: str) -> Iterable[tuple[int, Mapping]]:
        """The mappings of a list, with their index; what is none is told, and stands as a blank one."""
        if node is None or (isinstance(node, Scalar) and not node.text.strip()):
            return
        if not isinstance(node, Sequence):
            self.tell(rules.BUKAN_DAFTAR, node, path, bagian=LABELS[part], isi=_kind(node))
            return
        for i, item in enumerate(node.items):
            if isinstance(item, Mapping):
                yield i, item
            else:
                self.no_mapping(item, f"{path}[{i}]", part, i + 1)
                yield i, Mapping((), item.line, item.column)

    def no_mapping(self, item: Node, path: str, part: str, number: int) -> None:
        one, keys = _ITEMS[part]
        bagian = Words(f"{part} ke-{number}", f"{one} number {number}")
        isi = _kind(item)
        if isinstance(item, Scalar) and not item.text.strip():
            isi = Words("butir kosong", "an empty item")
        self.tell(rules.BUKAN_PEMETAAN, item, path, bagian=bagian, isi=isi)
        self.faulty.update(f"{path}.{key}" for key in keys)

    def text(self, node: Node | None, path: str) -> str:
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.tell(rules.BUKAN_TEKS, node, path, bagian=label(path), isi=_kind(node))
            return ""
        if node.kind in _NO_TEXT:
            return self.no_text(node, path)
        text = node.text.strip()
        if text.isascii() and text.isprintable() and len(text) <= CELL_LIMIT:
            return text
        return self.unusual(node, path, text)

    def unusual(self, node: Scalar, path: str, text: str) -> str:
        """A text with line breaks or other characters than ASCII; `""` where a cell cannot hold it."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        control = _CONTROL.search(text)
        if control is not None:
            self.tell(rules.KARAKTER_KENDALI, node, path, f"U+{ord(control[0]):04X}", bidang=label(path))
            return ""
        length = len(text) + sum(char > "\uffff" for char in text)
        if length > CELL_LIMIT:
            self.tell(rules.TEKS_TERLALU_PANJANG, node, path, text, bidang=label(path), banyak=length)
            return ""
        return text

    def no_text(self, node: Scalar, path: str) -> str:
        """A cell that Excel holds as neither text nor number; only the day of a signature may be a date."""
        if node.kind == "date" and path.endswith(".tanggal") and (shown := tanggal(node.text)):
            self.tell(rules.TANGGAL_DIBACA, node, path, node.text, bidang=label(path), dibaca=shown)
            return shown
        self.tell(_NO_TEXT[node.kind], node, path, node.text, bidang=label(path))
        return ""

    # --- values ---

    def tahun(self, node: Node | None, text: str) -> int:
        if not text or node is None:
            return 0
        if re.fullmatch(r"20\d\d", text, re.ASCII) is None:
            self.tell(rules.BUKAN_TAHUN, node, "tahun", text)
            return 0
        return int(text)

    def lembar(self, node: Node, text: str) -> None:
        reason = sheet_name_fault(text)
        if reason is not None:
            self.tell(rules.NAMA_LEMBAR, node, "lembar", text, alasan=reason)

    def pagu(self, node: Node | None, text: str) -> int | None:
        return self.amount(node, text, "pagu") if node is not None and text else None

    def biaya(self, node: Node, path: str) -> Biaya:
        text = self.text(node, path)
        if not text:
            return ""
        folded = text.lower()
        if folded in NIHIL:
            return None
        if folded == BERSAMA:
            return BERSAMA
        amount = self.amount(node, text, path)
        return "" if amount is None else amount

    def amount(self, node: Node, text: str, path: str) -> int | None:
        if isinstance(node, Scalar) and node.kind and (node.kind == "percent" or not text.isdigit()):
            whole, reason = whole_number(text, node.kind)
            if reason is not None:
                self.tell(rules.BUKAN_RUPIAH, node, path, text, bidang=label(path), alasan=reason)
                return None
            text = whole
        read = read_rupiah(text)
        if read.amount is None:
            self.tell(rules.BUKAN_RUPIAH, node, path, text, bidang=label(path), alasan=read.reason)
        elif len(str(read.amount)) > EXACT_DIGITS:
            self.tell(rules.RUPIAH_TERLALU_BESAR, node, path, text, bidang=label(path))
            return None
        elif read.english:
            self.tell(rules.RUPIAH_INGGRIS, node, path, text, bidang=label(path), dibaca=rupiah(read.amount))
        return read.amount

    def target(self, node: Node | None, path: str) -> str:
        text = self.text(node, path)
        if not text or node is None:
            return ""
        if isinstance(node, Scalar) and node.kind in _NUMBERS:
            return plain_number(text)  # a number is never a grouping of digits, as 1.500 may be in a text
        read = read_target(text)
        if read.kept:
            self.tell(rules.TARGET_APA_ADANYA, node, path, text)
        return read.text

    def nip(self, node: Node, text: str, path: str) -> str:
        read = read_nip(text)
        number = (
            isinstance(node, Scalar) and node.kind in _NUMBERS and sum(map(str.isdigit, text)) > EXACT_DIGITS
        )
        if read.ruined or number:
            self.tell(rules.NIP_RUSAK, node, path, text)
        elif read.digits and not (len(read.digits) == 18 and read.digits.isascii() and read.digits.isdigit()):
            banyak = sum(char.isdigit() for char in read.digits)
            self.tell(rules.NIP_SALAH_PANJANG, node, path, text, banyak=banyak)
        elif read.doubt is not None:
            self.tell(rules.NIP_MERAGUKAN, node, path, text, alasan=read.doubt)
        return read.digits

    # --- bands ---

    def band(self, node: Node, parent: str, key: str) -> tuple[Period, ...]:
        """The periods of one band, written as a list, as words, or as a mapping of period to value."""
        if isinstance(node, Mapping):
            return self.band_of_mapping(node, f"{parent}.{key}", key)
        items = node.items if isinstance(node, Sequence) else (node,)
        written = (key, *(item.text if isinstance(item, Scalar) else "[" for item in items))
        if written not in self.periods:
            before = len(self.findings)
            made = self.band_of_names(items, f"{parent}.{key}", key)
            if len(self.findings) > before:
                return made
            self.periods[written] = made
        return self.periods[written]

    def band_of_names(self, items: tuple[Node, ...], path: str, key: str) -> tuple[Period, ...]:
        count = BANDS[key]
        chosen: set[int] = set()
        valued = self.kinds.get(key, "tick" if key in SCHEDULES else "value") != "tick"
        for i, item in enumerate(items):
            where = f"{path}[{i}]" if len(items) > 1 else path
            text = self.text(item, where)
            if not text:
                continue
            if valued:
                self.tell(rules.NILAI_BUKAN_PERIODE, item, path, text, pita=LABELS[key])
                return ()
            numbers = read_periods(text, count)
            if numbers is None:
                self.tell(rules.BUKAN_PERIODE, item, where, text, pita=LABELS[key], banyak=count)
                self.faulty.add(path)
                continue
            twice = chosen.intersection(numbers) or ([numbers[0]] if len(set(numbers)) < len(numbers) else ())
            for number in twice:
                self.tell(rules.PERIODE_BERULANG, item, where, None, pita=LABELS[key], nomor=number)
            chosen.update(numbers)
        return tuple(number in chosen for number in range(1, count + 1))

    def band_of_mapping(self, node: Mapping, path: str, key: str) -> tuple[Period, ...]:
        count = BANDS[key]
        kind = self.kinds.get(key, "tick" if key in SCHEDULES else "value")
        # the rows of a sheet have few patterns of ticks: texts and kinds tell one
        written = (key, *[one[::3] for pair in node.entries for one in pair]) if kind == "tick" else ()
        if written in self.periods:
            return self.periods[written]
        before = len(self.findings)
        cells: list[Period] = [False] * count
        seen: dict[int, Scalar] = {}
        for name, below in node.entries:
            numbers = read_periods(name.text, count)
            if numbers is None or len(numbers) != 1:
                self.tell(rules.BUKAN_PERIODE, name, path, name.text, pita=LABELS[key], banyak=count)
                continue
            number = numbers[0]
            if number in seen:
                self.tell(
                    rules.KUNCI_BERULANG, name, path, name.text, bagian=LABELS[key], baris=seen[number].line
                )
                continue
            seen[number] = name
            cells[number - 1] = self.period(below, path, key, kind)
        made = tuple(cells)
        if written and len(self.findings) == before:
            self.periods[written] = made
        return made

    def period(self, node: Node, path: str, key: str, kind: str) -> Period:
        if kind == "tick" and isinstance(node, Scalar) and node.kind == "boolean":
            return bool(parse_tick(node.text))  # Excel's own checkbox
        text = self.text(node, path)
        if kind == "tick":
            tick = parse_tick(text)
            if tick is None:
                self.tell(rules.BUKAN_CENTANG, node, path, text, pita=LABELS[key])
            return bool(tick)
        if not text:
            return False
        if kind == "rupiah" and text.lower() not in NIHIL:
            amount = self.amount(node, text, path)
            return False if amount is None else str(amount)
        return self.target(node, path)


def _schedules(root: Mapping) -> Iterator[tuple[str, Node]]:
    """Every schedule of every kegiatan, with its key."""
    for sasaran in _mappings(root.get("sasaran")):
        for indikator in _mappings(sasaran.get("indikator")):
            for kegiatan in _mappings(indikator.get("kegiatan")):
                yield from ((key.text, node) for key, node in kegiatan.entries if key.text in SCHEDULES)


def _mappings(node: Node | None) -> Iterator[Mapping]:
    if isinstance(node, Sequence):
        yield from (item for item in node.items if isinstance(item, Mapping))


def _all_ticks(node: Mapping) -> bool:
    return all(isinstance(below, Scalar) and parse_tick(below.text) is not None for _, below in node.entries)


def _kind(node: Node) -> Words:
    if isinstance(node, Mapping):
        return Words("pasangan kunci dan nilai", "pairs of key and value")
    if isinstance(node, Sequence):
        return Words("daftar", "a list")
    return Words(f"teks “{node.text[:40]}”", f"the text “{node.text[:40]}”")


def near(written: str, known: Iterable[str]) -> str | None:
    """The known word that a written one was probably meant to be.

    Examples:
        >>> near("sasran", ["sasaran", "unit"])
        'sasaran'
    """
    from difflib import get_close_matches  # 4 ms that a right file need not pay

    folded = {_folded(word): word for word in known}
    match = get_close_matches(_folded(written), folded, 1, 0.7)
    return folded[match[0]] if match else None


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "_", word.strip().lower())


def meant_key(written: str, known: Collection[str], part: str = "") -> str | None:
    """The key that a written one was probably meant to be: a heading that forms use for it, or misspelt.

    Examples:
        >>> meant_key("penanggung jawab", ["biaya", "pelaksana"]), meant_key("tw", ["triwulan"])
        ('pelaksana', 'triwulan')
        >>> meant_key("kegiatan", ["uraian", "biaya"], "kegiatan"), meant_key("Tahun Anggaran", ["tahun"])
        ('uraian', 'tahun')
    """
    # a band's key is its heading without a number
    field = (field_of(written) or field_of(f"{written} 1") or "").partition("[")[0]
    meant = "uraian" if field == part else field
    if meant in known:
        return meant
    folded = f"{_folded(written)}_"
    return near(written, known) or next((word for word in known if folded.startswith(f"{word}_")), None)


def sheet_name_fault(name: str) -> Words | None:
    """Why a text cannot name a sheet, or `None` (Microsoft, "Rename a worksheet").

    Examples:
        >>> sheet_name_fault("RAK 2024") is None, sheet_name_fault("T1/T2").en
        (True, 'it holds /')
    """
    bad = next((char for char in name if char in "[]:*?/\\\n"), None)
    if bad is not None:
        return Words(f"memuat {bad!r}".replace("'", ""), f"it holds {bad!r}".replace("'", ""))
    length = len(name) + sum(char > "\uffff" for char in name)
    if length > 31:
        return Words(f"panjangnya {length} karakter", f"it has {length} characters")
    if name.startswith("'") or name.endswith("'"):
        return Words("diawali atau diakhiri tanda petik", "it begins or ends with an apostrophe")
    if name.lower() in ("history", "_rak"):
        return Words("nama itu dipakai Excel atau rak sendiri", "Excel or rak itself uses that name")
    return None

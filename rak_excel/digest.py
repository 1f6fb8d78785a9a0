"""What is kept of a file that was read: enough to tell its findings and to add it up, without reading it.

As bytes a digest has three parts, so that no more is unpacked than is asked for: what the file is, its
findings one a line, its plans.  The name of the file is in none of them: two files of one content are one
digest.
"""

import hashlib
import json
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rak_excel import api, loading, report
from rak_excel.findings import Finding, Place, RakError, Words, exit_code
from rak_excel.loading import OURS, YAML, Loaded
from rak_excel.nodes import Mapping, Node, Scalar
from rak_excel.nodes import Sequence as NodeSequence
from rak_excel.plan.canonical import content_hash, from_json, plan_json
from rak_excel.plan.model import Plan
from rak_excel.report import Quote, Told
from rak_excel.rules import RULES

if TYPE_CHECKING:
    from rak_excel.sheet.recognise import Recognised

UNREADABLE: Final = 4
_RULE: Final = {rule.code: rule for rule in RULES}
_DRESS: Final = ("lembar", "tata_letak", "kertas")


@dataclass(frozen=True, slots=True)
class Digest:
    """One file, read and checked.

    `form` is `YAML`, `CSV`, `lembar isian`, `buku kerja`, or `""` where nothing could be read; `content` the
    SHA-256 of its bytes, `""` where there were none to be had.  For each plan: `hashes` of its meaning,
    `bases` of the plan its workbook was built from, `units` where its unit stands, `places` where each
    kegiatan stands.  `owners` gives for each finding the number of the plan it is about, or `None`; `quotes`
    the user's own line as it is shown below it.  `sniffed` says how a table was read.
    """

    file: str
    form: str = ""
    content: str = ""
    plans: tuple[Plan, ...] = ()
    hashes: tuple[str, ...] = ()
    bases: tuple[str | None, ...] = ()
    units: tuple[Place | None, ...] = ()
    places: tuple[tuple[Place, ...], ...] = ()
    findings: tuple[Finding, ...] = ()
    owners: tuple[int | None, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sniffed: str = ""


def digest_file(path: str, layout: str | None = None) -> Digest:
    """Read and check one file; what is wrong with it is in the digest's findings."""
    return read(path, layout).digest


class Read(NamedTuple):
    """A digest, and whether the same bytes under another name, or tomorrow, would give the same one."""

    digest: Digest
    lasting: bool


def read(path: str, layout: str | None = None, given: bytes | None = None) -> Read:
    """Read and check one file; `given` is what it holds where it is not to be opened."""
    try:
        data = loading.opened(path) if given is None else given
    except RakError as error:
        return Read(unreadable(path, error.findings), lasting=False)
    loaded = loading.load_bytes(data, path, layout)
    digest = digest_of(loaded, (*loaded.findings, *api.too_tall(loaded)), content_of(data))
    return Read(digest, _is_lasting(loaded, layout))


def unreadable(path: str, findings: tuple[Finding, ...]) -> Digest:
    """A file of which nothing is known but why."""
    return Digest(path, findings=findings, owners=(None,) * len(findings), quotes=((),) * len(findings))


def content_of(data: bytes) -> str:
    """The SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def digest_of(loaded: Loaded, findings: Sequence[Finding], content: str) -> Digest:
    """What is kept of a file, with all that was found in it."""
    book = loaded.recognised or loaded.filled
    sheets = [sheet.sheet for sheet in book.sheets] if book is not None else [None] * len(loaded.plans)
    owner = _owner(loaded, sheets)
    kept = [_places(root, sheet) for root, sheet in zip(loaded.origins, sheets, strict=True)]
    return Digest(
        loaded.file,
        loaded.form,
        content,
        loaded.plans,
        tuple(content_hash((plan,)) for plan in loaded.plans),
        _bases(loaded.recognised, len(loaded.plans)),
        tuple(unit for unit, _ in kept),
        tuple(places for _, places in kept),
        tuple(findings),
        tuple(owner(finding) for finding in findings),
        tuple(report.quotes(findings, loaded.sources)),
        loaded.sniffed,
    )


def _is_lasting(loaded: Loaded, layout: str | None) -> bool:
    """Whether nothing but the bytes, the ending and the package decided what was read.

    Not where nothing could be read, which may depend on the name; nor where a layout stands in a file of its
    own, which may change, and is looked for from the folder of the plan.
    """
    if not loaded.plans and exit_code(loaded.findings) == UNREADABLE:
        return False
    names = [layout or "", *(plan.tata_letak for plan in loaded.plans)]
    typed = (root.get("tata_letak") for root in loaded.origins)
    names += [node.text for node in typed if isinstance(node, Scalar)]
    if loaded.recognised is not None:
        names += [plan.tata_letak for plan in loaded.recognised.base]
        names += [name for name, _ in loaded.recognised.carried.layouts]
    elsewhere = any(finding.file != loaded.file for finding in loaded.findings)
    return not elsewhere and not any(name.strip().lower().endswith(YAML) for name in names)


def _bases(recognised: "Recognised | None", plans: int) -> tuple[str | None, ...]:
    """The hash of the plan that each sheet was built from."""
    if recognised is None:
        return (None,) * plans
    return tuple(
        None if sheet.base is None else content_hash((recognised.base[sheet.base],))
        for sheet in recognised.sheets
    )


def _owner(loaded: Loaded, sheets: Sequence[str | None]) -> Callable[[Finding], int | None]:
    """Tells which plan a finding is about: by its sheet, in a text by the document that its line is in."""
    begins = [root.line for root in loaded.origins]
    by_name = {sheet: number for number, sheet in enumerate(sheets)}

    def owner(finding: Finding) -> int | None:
        place = finding.place
        if place is None or finding.file != loaded.file or not loaded.plans:
            return None
        if place.sheet is not None:
            return by_name.get(place.sheet)
        return max(0, bisect_right(begins, place.line) - 1) if None in by_name else None

    return owner


def _places(root: Mapping, sheet: str | None) -> tuple[Place | None, tuple[Place, ...]]:
    """Where a plan's unit stands, and each of its kegiatan: at its text, or where it begins."""
    unit = root.get("unit")
    places = []
    for sasaran in _items(root, "sasaran"):
        for indikator in _items(sasaran, "indikator"):
            for kegiatan in _items(indikator, "kegiatan"):
                text = kegiatan.get("uraian") if isinstance(kegiatan, Mapping) else None
                at = text if isinstance(text, Scalar) and text.text.strip() else kegiatan
                places.append(Place(at.line, at.column, sheet))
    return None if unit is None else Place(unit.line, unit.column, sheet), tuple(places)


def _items(node: Node, key: str) -> tuple[Node, ...]:
    """What stands in a list; a list of one may be written without its dash."""
    below = node.get(key) if isinstance(node, Mapping) else None
    if isinstance(below, NodeSequence):
        return below.items
    return () if below is None else (below,)


# --- as bytes ------------------------------------------------------------------------------------------


def to_bytes(digest: Digest) -> bytes:
    """A digest as bytes, the same for the same digest."""
    plans = [(plan.unit, plan.tahun, sum(1 for _ in plan.kegiatan)) for plan in digest.plans]
    head = _dumps([digest.form, digest.content, digest.sniffed, plans, len(digest.findings)]).encode()
    packer = zlib.compressobj(6)
    told = [
        packer.compress(_dumps(_row(digest.file, *one)).encode() + b"\n")
        for one in zip(digest.findings, digest.owners, digest.quotes, strict=True)
    ]
    body = b"".join([*told, packer.flush()]) if digest.findings else b""
    whole = {
        "plans": [
            {**plan_json(plan), **{key: getattr(plan, key) for key in _DRESS}} for plan in digest.plans
        ],
        "hashes": digest.hashes,
        "bases": digest.bases,
        "units": digest.units,
        "places": digest.places,
    }
    sizes = len(head).to_bytes(4, "big") + len(body).to_bytes(8, "big")
    return sizes + head + body + zlib.compress(_dumps(whole).encode(), 6)


def from_bytes(data: bytes, file: str) -> Digest:
    """A digest again, of a file of that name.

    Raises:
        ValueError: these are not the bytes of a digest.
    """
    try:
        head, body, plans = _parts(data)
        form, content, sniffed, *_ = json.loads(head)
        rows = [_finding(row, file) for row in _rows(body)]
        told = json.loads(zlib.decompress(plans))
        return Digest(
            file,
            form,
            content,
            from_json(told),
            tuple(told["hashes"]),
            tuple(told["bases"]),
            tuple(None if one is None else Place(*one) for one in told["units"]),
            tuple(tuple(Place(*one) for one in places) for places in told["places"]),
            tuple(finding for finding, _, _ in rows),
            tuple(owner for _, owner, _ in rows),
            tuple(quote for _, _, quote in rows),
            sniffed,
        )
    except (AttributeError, KeyError, TypeError, zlib.error) as error:
        raise ValueError("not the bytes of a digest") from error


def told_in(data: bytes, file: str) -> Told:
    """What a report needs of a digest, its plans left packed.

    Raises:
        ValueError: these are not the bytes of a digest.
    """
    head, body, _ = _parts(data)
    form, _, sniffed, plans, count = json.loads(head)
    found = ((finding, quote) for finding, _, quote in (_finding(row, file) for row in _rows(body)))
    told = tuple((unit, tahun, kegiatan) for unit, tahun, kegiatan in plans)
    return Told(file, form, sniffed, found if count else (), told)


def is_ours(data: bytes) -> bool:
    """Whether this is the digest of what was made of many plans, and of no plan."""
    return data.startswith(f'["{OURS}"'.encode(), 12)


def _parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    head, body = int.from_bytes(data[:4], "big"), int.from_bytes(data[4:12], "big")
    if len(data) < 12 + head + body:
        raise ValueError("not the bytes of a digest")
    return data[12 : 12 + head], data[12 + head : 12 + head + body], data[12 + head + body :]


_CHUNK: Final = 1 << 16


def _rows(body: bytes) -> Iterator[list[Any]]:
    """The lines of the middle part; of a million findings no more than a few are unpacked at a time."""
    unpacker = zlib.decompressobj()
    rest = b""
    while body:
        *lines, rest = (rest + unpacker.decompress(body, _CHUNK)).split(b"\n")
        body = unpacker.unconsumed_tail
        for line in lines:
            yield json.loads(line)


def _row(file: str, finding: Finding, owner: int | None, quote: Quote) -> list[object]:
    """A finding as JSON holds it; its own file is `0`."""
    facts = [[name, _fact(fact)] for name, fact in finding.facts]
    of = 0 if finding.file == file else finding.file
    return [
        finding.code, finding.path, finding.value, facts, finding.place, of, finding.suggestion, owner, quote,
    ]  # fmt: skip


def _fact(fact: object) -> object:
    if isinstance(fact, Words):
        return {"id": fact.id, "en": fact.en}
    if fact is None or isinstance(fact, str | int):
        return fact
    raise TypeError(f"a fact of a finding is kept as words, text or number, not {type(fact).__name__}")


def _finding(row: list[Any], file: str) -> tuple[Finding, int | None, Quote]:
    code, path, value, facts, place, of, suggestion, owner, quote = row
    finding = Finding(
        _RULE[code],
        path,
        value,
        tuple((name, Words(**fact) if isinstance(fact, dict) else fact) for name, fact in facts),
        None if place is None else Place(*place),
        file if of == 0 else of,
        suggestion,
    )
    return finding, owner, tuple(quote)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))

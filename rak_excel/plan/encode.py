"""From plans to nodes, as an author would write them."""

from collections.abc import Iterable
from typing import Final

from rak_excel.nodes import Mapping, Node, Scalar, Sequence
from rak_excel.plan.codec import ROOT_TEXTS, SIGNATORY_KEYS
from rak_excel.plan.model import (
    BANDS,
    FORMAT_VERSION,
    JUDUL,
    Biaya,
    Form,
    Indikator,
    Kegiatan,
    Period,
    Plan,
    Sasaran,
)
from rak_excel.plan.values import rupiah


def encode(plan: Plan) -> Mapping:
    """The nodes of a plan, as an author would write them: `decode(encode(plan))` gives the plan back.

    A target that all kegiatan of an indikator share is written once, at the indikator.
    """
    entries: list[tuple[str, Node]] = [("rak", _scalar(str(FORMAT_VERSION)))]
    for key in ROOT_TEXTS:
        value = getattr(plan, key)
        if value not in ("", None) and not (key == "judul" and value == JUDUL):
            entries.append((key, _scalar(rupiah(value) if key == "pagu" else str(value))))
    entries.append(("sasaran", _list(_encode_sasaran(sasaran) for sasaran in plan.sasaran)))
    signatories = [
        _map((key, _scalar(getattr(one, key))) for key in SIGNATORY_KEYS if getattr(one, key))
        for one in plan.penandatangan
    ]
    entries.append(("penandatangan", signatories[0] if len(signatories) == 1 else _list(signatories)))
    return _map(entries)


_IN_ORDER: Final = (
    *("kode", "program", "uraian", "sub_kegiatan", "target", "satuan"),
    *(*BANDS, "biaya", "pelaksana"),
)


def asking(plan: Plan, form: Form) -> Mapping:
    """The nodes of a plan, with a blank key in each kegiatan for what its form prints and it lacks."""
    texts = [key for key in _IN_ORDER if key not in BANDS and key not in ("target", "satuan")]
    wanted = [key for key in texts if form.has(f"kegiatan.{key}")]

    def asked(key: str, node: Node) -> Node:
        if isinstance(node, Sequence) and key in ("sasaran", "indikator", "kegiatan"):
            return _list(completed(key, item) for item in node.items)
        return node

    def completed(part: str, node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        given = {key.text: asked(key.text, below) for key, below in node.entries}
        if part == "kegiatan":
            blank = {key: _scalar("") for key in wanted if key not in given}
            both = {**given, **blank}
            given = {key: both[key] for key in _IN_ORDER if key in both}
        return _map(given.items())

    return _map((key.text, asked(key.text, node)) for key, node in encode(plan).entries)


def _encode_sasaran(sasaran: Sasaran) -> Mapping:
    return _map(
        [
            ("uraian", _scalar(sasaran.uraian)),
            ("indikator", _list(_encode_indikator(indikator) for indikator in sasaran.indikator)),
        ]
    )


def _encode_indikator(indikator: Indikator) -> Mapping:
    entries: list[tuple[str, Node]] = [("uraian", _scalar(indikator.uraian))]
    own = ["target", "satuan"]
    for key in ("target", "satuan"):
        values = {getattr(kegiatan, key) for kegiatan in indikator.kegiatan}
        if len(values) == 1 and values != {""}:
            own.remove(key)
            entries.append((key, _scalar(values.pop())))
    entries.append(("kegiatan", _list(_encode_kegiatan(kegiatan, own) for kegiatan in indikator.kegiatan)))
    return _map(entries)


def _encode_kegiatan(kegiatan: Kegiatan, own: list[str]) -> Mapping:
    entries: list[tuple[str, Node]] = []
    for key in ("kode", "program", "uraian", "sub_kegiatan", *own, *BANDS, "biaya", "pelaksana"):
        value = getattr(kegiatan, key)
        if key in BANDS and value:
            entries.append((key, _encode_band(value)))
        elif key == "biaya" and value != "":
            entries.append((key, _scalar(_biaya_text(value))))
        elif isinstance(value, str) and value:
            entries.append((key, _scalar(value)))
    return _map(entries)


def _biaya_text(biaya: Biaya) -> str:
    if biaya is None:
        return "nihil"
    return rupiah(biaya) if isinstance(biaya, int) else biaya


def _encode_band(periods: tuple[Period, ...]) -> Node:
    if all(isinstance(period, bool) for period in periods):
        return _list(_scalar(str(number)) for number, period in enumerate(periods, 1) if period)
    return _map(
        (str(number), _scalar("" if period is False else str(period)))
        for number, period in enumerate(periods, 1)
    )


def _scalar(text: str) -> Scalar:
    return Scalar(text, 0, 0)


def _list(items: Iterable[Node]) -> Sequence:
    return Sequence(tuple(items), 0, 0)


def _map(entries: Iterable[tuple[str, Node]]) -> Mapping:
    return Mapping(tuple((_scalar(key), node) for key, node in entries), 0, 0)

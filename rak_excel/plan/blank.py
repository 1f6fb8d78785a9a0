"""The empty input that `rak init` hands out: every key a form needs, with a word on how to fill it."""

import json
import re
from typing import Final

from rak_excel.nodes import Mapping, Node, Scalar, Sequence
from rak_excel.plan.model import USUAL_LAYOUT, Form

_HINTS: Final = {
    "triwulan": "[]              # misalnya [1, 3], T1 T3, 1-4 atau semua",
    "bulan": "[]                 # misalnya [1, 3], 1-12 atau semua",
    "semester": "[]              # misalnya [1] atau [1, 2]",
    "biaya": "                   # rupiah, misalnya 306.461.000; nihil; atau bersama",
    "pelaksana": "               # unit yang melaksanakan",
}


def blank_yaml(form: Form) -> str:
    """An empty plan in YAML, for the fields that a form prints."""
    kegiatan = [
        f"{key}:" for key in _kegiatan_keys(form) if key in ("kode", "program", "uraian", "sub_kegiatan")
    ]
    for band in form.bands:
        hint = (
            _HINTS.get(band.key, "")
            if band.kind == "tick"
            else "{}      # nilai tiap periode: {1: 25, 2: 50}"
        )
        kegiatan.append(f"{band.key}: {hint}".rstrip())
    kegiatan.extend(
        f"{key}: {_HINTS[key]}".rstrip() for key in ("biaya", "pelaksana") if form.has(f"kegiatan.{key}")
    )
    indikator = [f"{key}:" for key in ("target", "satuan") if form.has(f"kegiatan.{key}")]
    lines = [
        "# Rencana aksi kinerja. Isi setiap kunci, lalu: rak check BERKAS, rak build BERKAS.",
        "# Satu berkas boleh memuat beberapa rencana, dipisahkan baris “---”.",
        "rak: 1",
        "tahun:                          # empat angka, misalnya 2026",
        "unit:                           # misalnya Sekretariat KPU Kabupaten Lahat",
        "# pagu: 50.000.000.000          # batas jumlah biaya; hapus tanda # bila dipakai",
        *([f"tata_letak: {_typed(form.name)}"] if form.name != USUAL_LAYOUT else []),
        "sasaran:",
        "  - uraian:",
        "    indikator:",
        "      - uraian:",
        *(f"        {line}" for line in indikator),
        "        kegiatan:",
        # a form can print nothing of a kegiatan but what its indikator says
        f"          - {kegiatan[0] if kegiatan else '{}'}",
        *(f"            {line}" for line in kegiatan[1:]),
        "penandatangan:",
    ]
    several = form.usual_signatories > 1
    for number in range(form.usual_signatories):
        role = "Ketua" if several and not number else "Sekretaris"
        lines += [
            f"  {'- ' * several}jabatan:                      # misalnya {role}",
            f"  {'  ' * several}nama:",
            f"  {'  ' * several}nip:                          # 18 angka; kosongkan bagi ketua dan anggota",
        ]
    return "\n".join(lines) + "\n"


def _typed(name: str) -> str:
    """A layout's name, or its path in quotes."""
    return name if re.fullmatch(r"[\w-]+", name) else json.dumps(name, ensure_ascii=False)


def blank_root(form: Form) -> Mapping:
    """The nodes of an empty plan with one row, for the forms that are tables."""
    kegiatan: list[tuple[str, Node]] = [(key, _scalar()) for key in _kegiatan_keys(form)]
    indikator = _map([("uraian", _scalar()), ("kegiatan", _list(_map(kegiatan)))])
    signatory: Node = _map([(key, _scalar()) for key in ("jabatan", "nama", "nip")])
    if form.usual_signatories > 1:
        signatory = Sequence((signatory,) * form.usual_signatories, 0, 0)
    entries: list[tuple[str, Node]] = [("rak", Scalar("1", 0, 0)), ("tahun", _scalar()), ("unit", _scalar())]
    if form.name != USUAL_LAYOUT:
        entries.append(("tata_letak", Scalar(form.name, 0, 0)))
    sasaran = _map([("uraian", _scalar()), ("indikator", _list(indikator))])
    return _map([*entries, ("sasaran", _list(sasaran)), ("penandatangan", signatory)])


def _kegiatan_keys(form: Form) -> list[str]:
    keys = ("kode", "program", "uraian", "sub_kegiatan", "target", "satuan", "biaya", "pelaksana")
    return [key for key in keys if form.has(f"kegiatan.{key}")]


def _scalar() -> Scalar:
    return Scalar("", 0, 0)


def _list(node: Node) -> Sequence:
    return Sequence((node,), 0, 0)


def _map(entries: list[tuple[str, Node]]) -> Mapping:
    return Mapping(tuple((Scalar(key, 0, 0), node) for key, node in entries), 0, 0)

"""Plans in the one JSON shape that scripts and workbooks keep, back again, and the hash of their meaning."""

from typing import Any, Final

from rak_excel.plan.codec import SIGNATORY_KEYS
from rak_excel.plan.model import (
    BANDS,
    FORMAT_VERSION,
    Indikator,
    Kegiatan,
    Penandatangan,
    Plan,
    Sasaran,
)


def to_json(plans: tuple[Plan, ...]) -> dict[str, Any]:
    """The stable shape that scripts read (`rak show --format json`), with the content hash."""
    told = [plan_json(plan) for plan in plans]
    return {"version": FORMAT_VERSION, "hash": _hash(told), "plans": told}


def content_hash(plans: tuple[Plan, ...]) -> str:
    """A hash of the meaning: the same for the same plans in any form, layout, paper or sheet name."""
    return _hash([plan_json(plan) for plan in plans])


def canonical(value: object) -> str:
    """JSON in one spelling: sorted keys, no spaces, ASCII."""
    import json  # 1 ms that a check need not pay

    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _hash(told: list[dict[str, Any]]) -> str:
    import hashlib  # 2 ms that a check need not pay

    meaning = [{key: value for key, value in plan.items() if key != "tata_letak"} for plan in told]
    return hashlib.sha256(canonical({"version": FORMAT_VERSION, "plans": meaning}).encode()).hexdigest()


def plan_json(plan: Plan) -> dict[str, Any]:
    """One plan in the shape of `to_json`."""
    return {
        "judul": plan.judul,
        "tahun": plan.tahun,
        "unit": plan.unit,
        "tata_letak": plan.tata_letak or "kpu",
        "pagu": plan.pagu,
        "jumlah_biaya": plan.jumlah_biaya,
        "sasaran": [
            {
                "uraian": sasaran.uraian,
                "indikator": [
                    {
                        "uraian": indikator.uraian,
                        "kegiatan": [_kegiatan_json(kegiatan) for kegiatan in indikator.kegiatan],
                    }
                    for indikator in sasaran.indikator
                ],
            }
            for sasaran in plan.sasaran
        ],
        "penandatangan": [
            {
                key: getattr(one, key) or (None if key not in ("jabatan", "nama") else "")
                for key in SIGNATORY_KEYS
            }
            for one in plan.penandatangan
        ],
    }


_OPTIONAL: Final = ("satuan", "kode", "program", "sub_kegiatan", *BANDS)


def _kegiatan_json(kegiatan: Kegiatan) -> dict[str, Any]:
    told: dict[str, Any] = {"uraian": kegiatan.uraian, "target": kegiatan.target}
    for key in _OPTIONAL:
        value = getattr(kegiatan, key)
        if value:
            told[key] = list(value) if isinstance(value, tuple) else value
    told["biaya"] = kegiatan.biaya
    told["pelaksana"] = kegiatan.pelaksana
    return told


def from_json(told: dict[str, Any]) -> tuple[Plan, ...]:
    """The plans of `to_json` again, with their dress where it was told.

    Raises:
        KeyError, TypeError, ValueError: it is not of that shape.
    """
    return tuple(_plan_from_json(one) for one in told["plans"])


def _plan_from_json(told: dict[str, Any]) -> Plan:
    return Plan(
        tahun=int(told["tahun"]),
        unit=told["unit"],
        sasaran=tuple(
            Sasaran(
                sasaran["uraian"],
                tuple(
                    Indikator(
                        indikator["uraian"],
                        tuple(_kegiatan_from_json(one) for one in indikator["kegiatan"]),
                    )
                    for indikator in sasaran["indikator"]
                ),
            )
            for sasaran in told["sasaran"]
        ),
        penandatangan=tuple(
            Penandatangan(**{key: one[key] or "" for key in SIGNATORY_KEYS}) for one in told["penandatangan"]
        ),
        judul=told["judul"],
        pagu=told["pagu"],
        lembar=told.get("lembar", ""),
        tata_letak=told["tata_letak"],
        kertas=told.get("kertas", ""),
    )


def _kegiatan_from_json(told: dict[str, Any]) -> Kegiatan:
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in told.items()
    }
    return Kegiatan(**fields)

"""Plans in the one JSON shape that scripts and workbooks keep, back again, and the hash of their meaning."""

from typing import Any, Final

from rak_excel.plan.codec import SIGNATORY_KEYS
from rak_excel.plan.model import (
    BANDS,
    FORMAT_VERSION,
    USUAL_LAYOUT,
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
        "tata_letak": plan.tata_letak or USUAL_LAYOUT,
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
        AttributeError, KeyError, TypeError, ValueError: it is not of that shape.
    """
    return tuple(_plan_from_json(one) for one in told["plans"])


def _plan_from_json(told: dict[str, Any]) -> Plan:
    pagu = told["pagu"]
    return Plan(
        tahun=_amount(told["tahun"]),
        unit=_text(told["unit"]),
        sasaran=tuple(
            Sasaran(
                _text(sasaran["uraian"]),
                tuple(
                    Indikator(
                        _text(indikator["uraian"]),
                        tuple(_kegiatan_from_json(one) for one in indikator["kegiatan"]),
                    )
                    for indikator in sasaran["indikator"]
                ),
            )
            for sasaran in told["sasaran"]
        ),
        penandatangan=tuple(
            Penandatangan(**{key: _text(one[key] or "") for key in SIGNATORY_KEYS})
            for one in told["penandatangan"]
        ),
        judul=_text(told["judul"]),
        pagu=None if pagu is None else _amount(pagu),
        lembar=_text(told.get("lembar", "")),
        tata_letak=_text(told["tata_letak"]),
        kertas=_text(told.get("kertas", "")),
    )


def _kegiatan_from_json(told: dict[str, Any]) -> Kegiatan:
    return Kegiatan(**{key: _field(key, value) for key, value in told.items()})


def _field(key: str, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """A field of a kegiatan."""
    if key in BANDS:
        whole = isinstance(value, list) and len(value) in (0, BANDS[key])
        if not whole or any(not isinstance(one, bool | str) for one in value):
            raise TypeError(key)
        return tuple(value)
    if key == "biaya":
        return value if value in (None, "", "bersama") else _amount(value)
    return value if key == "uraian" and value is None else _text(value)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _amount(value: Any) -> int:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value

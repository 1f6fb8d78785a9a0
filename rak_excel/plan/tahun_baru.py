"""Last year's plan for a new year: the year moves where a text plainly says its own; the rest is told."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any, Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, shown
from rak_excel.plan.codec import label
from rak_excel.plan.kantor import pindah_tahun, sebut_tahun
from rak_excel.plan.model import BANDS, SCHEDULES, Form, Kegiatan, Plan
from rak_excel.plan.values import BERSAMA

CLEARED: Final[dict[str, tuple[str, ...]]] = {
    "centang": SCHEDULES,
    "biaya": ("biaya", *(band for band in BANDS if band not in SCHEDULES)),
}
"""What can be asked to be cleared, with the fields of a kegiatan that it empties."""

_RANGE: Final = r"\s*[-‐‑–—/]\s*"


class Moved(NamedTuple):
    """A plan of a new year, the year it comes from (0 where nobody tells), and what to tell of its texts."""

    plan: Plan
    dari: int
    findings: tuple[Finding, ...]


def moved(old: Plan, tahun: int, unit: str | None = None) -> Moved:
    """The plan for another year, and perhaps for another office.

    A title's year moves wherever it stands; in other texts only `Tahun 2025` and its like, and neither in the
    name of a regulation, an election or a period.
    """
    told: list[Finding] = []
    dari = old.tahun or _year_in(old.judul)

    def kept(path: str, text: str) -> str:
        now = text
        if dari and dari != tahun:
            now = _title_moved(text, dari, tahun) if path == "judul" else pindah_tahun(text, dari, tahun)
        if now != text:
            told.append(rules.TAHUN_DIPINDAH.at(path, text, bidang=label(path), kini=shown(now)))
        told.extend(_left(path, text, now, dari, tahun))
        return now

    plan = _with_texts(old, kept)
    return Moved(
        replace(
            plan,
            tahun=tahun,
            unit=plan.unit if unit is None else unit,
            lembar=_title_moved(plan.lembar, dari, tahun) if dari else plan.lembar,
        ),
        dari,
        tuple(told),
    )


def _title_moved(text: str, dari: int, ke: int) -> str:
    """A title with its year moved, but for that of a period such as 2025-2029."""
    return re.sub(rf"(?<!\d)(?<!\d[-‐‑–—/])(?<!\d\s[-–—]\s){dari}(?!\d|{_RANGE}\d)", str(ke), text)


def _year_in(judul: str) -> int:
    """The only year in a title, where the plan tells none; else 0."""
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", judul))
    return int(years.pop()) if len(years) == 1 else 0


def _left(path: str, before: str, now: str, dari: int, ke: int) -> Iterator[Finding]:
    """What a text still says of years: the old one, or what was next year and is this year now."""
    if dari and dari != ke and sebut_tahun(now, dari):
        yield rules.TAHUN_LAMA.at(path, str(dari), bidang=label(path))
    if dari != ke and sebut_tahun(before, ke):
        yield rules.TAHUN_DEPAN_LAMA.at(path, str(ke), bidang=label(path))


def _with_texts(plan: Plan, kept: Callable[[str, str], str]) -> Plan:
    """The plan with every text that is printed as `kept` gives it for its path."""
    goals = []
    for g, sasaran in enumerate(plan.sasaran):
        parts = []
        for i, indikator in enumerate(sasaran.indikator):
            path = f"sasaran[{g}].indikator[{i}]"
            rows = [_kegiatan(one, f"{path}.kegiatan[{k}]", kept) for k, one in enumerate(indikator.kegiatan)]
            parts.append(
                replace(indikator, uraian=kept(f"{path}.uraian", indikator.uraian), kegiatan=tuple(rows))
            )
        goals.append(
            replace(sasaran, uraian=kept(f"sasaran[{g}].uraian", sasaran.uraian), indikator=tuple(parts))
        )
    signed = [
        replace(
            one,
            jabatan=kept(f"penandatangan[{at}].jabatan", one.jabatan),
            tanggal=_date(f"penandatangan[{at}].tanggal", one.tanggal, kept),
        )
        for at, one in enumerate(plan.penandatangan)
    ]
    return replace(
        plan,
        judul=kept("judul", plan.judul),
        unit=kept("unit", plan.unit),
        sasaran=tuple(goals),
        penandatangan=tuple(signed),
    )


def _kegiatan(one: Kegiatan, path: str, kept: Callable[[str, str], str]) -> Kegiatan:
    return replace(
        one,
        uraian=one.uraian if one.uraian is None else kept(f"{path}.uraian", one.uraian),
        program=kept(f"{path}.program", one.program),
        sub_kegiatan=kept(f"{path}.sub_kegiatan", one.sub_kegiatan),
        pelaksana=kept(f"{path}.pelaksana", one.pelaksana),
    )


def _date(path: str, text: str, kept: Callable[[str, str], str]) -> str:
    """The day of signing, as it was: nobody knows the new one; it is only told."""
    kept(path, text)
    return text


def cleared(plan: Plan, what: Collection[str], form: Form) -> Plan:
    """The plan without its ticks or its costs: they are blank, so that the checks ask for them.

    A shared cost stays shared: its amount is asked for once, in the first of its rows.  A schedule that the
    form prints and nobody filled in is blank in each of its periods, as every form of a plan says it.
    """
    fields = {field for one in what for field in CLEARED[one]}
    printed = {band.key for band in form.bands}

    def emptied(one: Kegiatan) -> Kegiatan:
        blank: dict[str, Any] = dict.fromkeys(fields & BANDS.keys(), ())
        blank |= {
            band: (False,) * BANDS[band]
            for band in SCHEDULES
            if band in printed and (band in fields or not getattr(one, band))
        }
        if "biaya" in fields and one.biaya != BERSAMA:
            blank["biaya"] = ""
        return replace(one, **blank)

    goals = [
        replace(
            sasaran,
            indikator=tuple(
                replace(indikator, kegiatan=tuple(emptied(one) for one in indikator.kegiatan))
                for indikator in sasaran.indikator
            ),
        )
        for sasaran in plan.sasaran
    ]
    return replace(plan, sasaran=tuple(goals), pagu=None if "biaya" in fields else plan.pagu)

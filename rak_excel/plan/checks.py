"""What a well-formed plan can still get wrong.

A check reads a whole plan and yields; it names paths and knows no file.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias

from rak_excel import rules
from rak_excel.findings import Finding, Words, shown
from rak_excel.plan.codec import CELL_LIMIT, LABELS, label
from rak_excel.plan.kantor import Asal, asal, nama_kantor_lain, tahun_lain
from rak_excel.plan.model import BANDS, Form, Indikator, Kegiatan, Plan, Sasaran
from rak_excel.plan.values import BERSAMA, EXACT_DIGITS, number_of, rupiah


class Row(NamedTuple):
    """One kegiatan with its parents and its place; `path` is made only where it is needed."""

    sasaran: Sasaran
    indikator: Indikator
    kegiatan: Kegiatan
    at: tuple[int, int, int]

    @property
    def path(self) -> str:
        """Where the kegiatan stands in the plan."""
        return "sasaran[{}].indikator[{}].kegiatan[{}]".format(*self.at)

    @property
    def name(self) -> Words:
        """What a message calls the kegiatan; where the form has none, it goes by its indikator's text."""
        uraian = self.kegiatan.uraian
        return _named(_KEGIATAN, self.indikator.uraian if uraian is None else uraian, self.at[2])

    @property
    def position(self) -> Words:
        """Where the kegiatan stands, as a reader counts."""
        g, i, k = (number + 1 for number in self.at)
        return Words(
            f"kegiatan ke-{k} pada indikator ke-{i} sasaran {g}",
            f"activity {k} of indicator {i} of goal {g}",
        )


class Checked(NamedTuple):
    """A plan as a check sees it: its rows, its form, and the paths whose values did not fit."""

    plan: Plan
    form: Form
    rows: tuple[Row, ...]
    faulty: frozenset[str]


Check: TypeAlias = Callable[[Checked], Iterator[Finding]]


def check(plan: Plan, form: Form, faulty: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """All that the checks find, except of values that did not fit their field: those were told."""
    rows = tuple(
        Row(sasaran, indikator, kegiatan, (g, i, k))
        for g, sasaran in enumerate(plan.sasaran)
        for i, indikator in enumerate(sasaran.indikator)
        for k, kegiatan in enumerate(indikator.kegiatan)
    )
    seen = Checked(plan, form, rows, faulty)
    found = (finding for one in CHECKS for finding in one(seen))
    return tuple(finding for finding in found if finding.path not in faulty)


# --- what must be there --------------------------------------------------------------------------------

EXAMPLES: Final = {
    "tahun": "2026",
    "unit": "Sekretariat KPU Kabupaten Lahat",
    "sasaran": "Terwujudnya layanan perkantoran",
    "sasaran.uraian": "Terwujudnya layanan perkantoran",
    "indikator.uraian": "Persentase layanan perkantoran yang terpenuhi",
    "kegiatan.uraian": "Layanan perkantoran",
    "penandatangan": "Sekretaris, MERY ANGGRAINY",
    "penandatangan.jabatan": "Sekretaris",
    "penandatangan.nama": "MERY ANGGRAINY",
}
"""What a message or a prompt shows as an example of a field that must be there."""


def _blank(path: str) -> Finding:
    field = ".".join(re.sub(r"\[\d+\]", "", path).split(".")[-2:])
    return rules.BELUM_DIISI.at(path, bidang=label(path), contoh=EXAMPLES[field])


def _named(part: Words, text: str | None, at: int) -> Words:
    """A part of the plan as a message names it: by its text, or where it is blank by its number."""
    if text:
        return Words(f"{part.id} “{shown(text)}”", f"{part.en} “{shown(text)}”")
    return Words(f"{part.id} ke-{at + 1}", f"{part.en} number {at + 1}")


_SASARAN: Final = Words("sasaran", "goal")
_INDIKATOR: Final = Words("indikator", "indicator")
_KEGIATAN: Final = Words("kegiatan", "activity")


def check_head(seen: Checked) -> Iterator[Finding]:
    """Year, unit, goals and signatories are given."""
    plan = seen.plan
    for field in ("tahun", "unit", "sasaran", "penandatangan"):
        if not getattr(plan, field):
            yield _blank(field)
    for i, one in enumerate(plan.penandatangan):
        for field in ("jabatan", "nama"):
            if not getattr(one, field):
                yield _blank(f"penandatangan[{i}].{field}")
    if len(plan.penandatangan) > seen.form.signatories:
        yield rules.PENANDATANGAN_BERLEBIH.at(
            "penandatangan",
            banyak=len(plan.penandatangan),
            muat=seen.form.signatories,
            formulir=seen.form.name,
        )


def check_parts(seen: Checked) -> Iterator[Finding]:
    """Every goal has an indicator, every indicator an activity and a target, and each of them a text."""
    has = seen.form.has
    for g, sasaran in enumerate(seen.plan.sasaran):
        if has("sasaran.uraian") and not sasaran.uraian:
            yield _blank(f"sasaran[{g}].uraian")
        if not sasaran.indikator:
            bagian = _named(_SASARAN, sasaran.uraian, g)
            yield rules.SASARAN_TANPA_INDIKATOR.at(f"sasaran[{g}].indikator", bagian=bagian)
        for i, indikator in enumerate(sasaran.indikator):
            path = f"sasaran[{g}].indikator[{i}]"
            if has("indikator.uraian") and not indikator.uraian:
                yield _blank(f"{path}.uraian")
            if len(indikator.kegiatan) > 1 and not has("kegiatan.uraian"):
                yield rules.SATU_KEGIATAN.at(
                    f"{path}.kegiatan[1]",
                    bagian=_named(_INDIKATOR, indikator.uraian, i),
                    banyak=len(indikator.kegiatan),
                    formulir=seen.form.name,
                )
            if not indikator.kegiatan:
                bagian = _named(_INDIKATOR, indikator.uraian, i)
                yield rules.INDIKATOR_TANPA_KEGIATAN.at(f"{path}.kegiatan", bagian=bagian)
            elif has("kegiatan.target") and not _has_target(seen, path, indikator):
                bagian = _named(_INDIKATOR, indikator.uraian, i)
                yield rules.TANPA_TARGET.at(f"{path}.target", bagian=bagian)


def _has_target(seen: Checked, path: str, indikator: Indikator) -> bool:
    """Whether any activity of an indicator has a target, or one that did not fit."""
    return any(
        one.target or f"{path}.kegiatan[{k}].target" in seen.faulty
        for k, one in enumerate(indikator.kegiatan)
    )


def check_kegiatan(seen: Checked) -> Iterator[Finding]:
    """Every activity has a text, a target, a period, a cost and a unit in charge, where the form has them."""
    has, band = seen.form.has, seen.form.schedule
    uraian, target, biaya, pelaksana = (
        has(f"kegiatan.{field}") for field in ("uraian", "target", "biaya", "pelaksana")
    )
    for row in seen.rows:
        one = row.kegiatan
        if uraian and not one.uraian:
            yield _blank(f"{row.path}.uraian")
        if target and not one.target:
            path, _, _ = row.path.rpartition(".")
            if _has_target(seen, path, row.indikator):  # else the indikator is told, once
                yield rules.TANPA_TARGET.at(f"{row.path}.target", bagian=row.name)
        if band is not None and not any(getattr(one, band.key)):
            yield rules.KEGIATAN_TANPA_PERIODE.at(
                f"{row.path}.{band.key}", bagian=row.name, pita=LABELS[band.key]
            )
        if biaya and one.biaya == "":
            yield rules.KEGIATAN_TANPA_BIAYA.at(f"{row.path}.biaya", bagian=row.name)
        if pelaksana and not one.pelaksana:
            yield rules.KEGIATAN_TANPA_PELAKSANA.at(f"{row.path}.pelaksana", bagian=row.name)


def check_bersama(seen: Checked) -> Iterator[Finding]:
    """A shared cost has an amount above it in the same goal, with only shared costs between."""
    above: Row | None = None
    for row in seen.rows:
        if row.kegiatan.biaya != BERSAMA:
            above = row
        elif above is None or above.at[0] != row.at[0] or not _has_amount(seen, above):
            yield rules.BERSAMA_TANPA_BIAYA.at(f"{row.path}.biaya", BERSAMA)


def _has_amount(seen: Checked, row: Row) -> bool:
    """Whether a row has an amount, or a finding that says there should be one."""
    biaya = row.kegiatan.biaya
    if biaya == "":
        return f"{row.path}.biaya" in seen.faulty or seen.form.has("kegiatan.biaya")
    return isinstance(biaya, int)


# --- what is probably wrong ------------------------------------------------------------------------------


def check_pagu(seen: Checked) -> Iterator[Finding]:
    """The costs, each shared cost counted once, stay within the ceiling and within Excel's digits."""
    if any(path.endswith(".biaya") for path in seen.faulty):
        return
    pagu, jumlah = seen.plan.pagu, seen.plan.jumlah_biaya
    if pagu is not None and jumlah > pagu:
        yield rules.DI_ATAS_PAGU.at(
            "pagu", jumlah=rupiah(jumlah), pagu=rupiah(pagu), selisih=rupiah(jumlah - pagu)
        )
    if len(str(jumlah)) > EXACT_DIGITS:
        yield rules.TOTAL_TERLALU_BESAR.at("sasaran", jumlah=rupiah(jumlah))


def check_amounts(seen: Checked) -> Iterator[Finding]:
    """Excel can hold every amount and text of a plan made in Python; a file's were told when it was read."""
    for row in seen.rows:
        biaya = row.kegiatan.biaya
        if isinstance(biaya, int) and not 0 <= biaya < 10**EXACT_DIGITS:
            yield rules.RUPIAH_TERLALU_BESAR.at(f"{row.path}.biaya", str(biaya), bidang=LABELS["biaya"])
        if len(row.kegiatan.uraian or "") > CELL_LIMIT:
            text = row.kegiatan.uraian or ""
            yield rules.TEKS_TERLALU_PANJANG.at(
                f"{row.path}.uraian", text, bidang=LABELS["kegiatan.uraian"], banyak=len(text)
            )


def check_repeated(seen: Checked) -> Iterator[Finding]:
    """No activity stands twice: one text and doer under one indicator, or with one amount anywhere.

    Where a form has sub-activities, several of them can be of one activity.
    """
    under: dict[tuple[object, ...], Row] = {}
    for row in seen.rows:
        one = row.kegiatan
        if not one.uraian:
            continue
        text, doer = " ".join(f"{one.uraian} {one.sub_kegiatan}".casefold().split()), one.pelaksana
        keys: list[tuple[object, ...]] = [(*row.at[:2], doer, text)]
        if isinstance(one.biaya, int) and one.biaya > 0:
            keys.append((one.biaya, doer, text))
        first = next((under[key] for key in keys if key in under), None)
        if first is not None:
            yield rules.KEGIATAN_BERULANG.at(f"{row.path}.uraian", one.uraian, lain=first.position)
        for key in keys:
            under.setdefault(key, row)


_SPELLINGS: Final = (
    (re.compile(r"[^\w&]+"), " "),
    (re.compile(r"&"), " dan "),
    (re.compile(r"\bsub ?(?:bagian|bag)\b|\bsubbag\b"), "subbagian"),
    (re.compile(r"\s+"), " "),
)


def folded_unit(name: str) -> str:
    """A unit's name without what spellings differ in: case, punctuation, *dan/&*, *Subbag/Sub Bagian*.

    Examples:
        >>> folded_unit("Subbag. Umum & Logistik") == folded_unit("Sub Bagian Umum, dan Logistik")
        True
    """
    name = name.casefold()
    for pattern, plain in _SPELLINGS:
        name = pattern.sub(plain, name)
    return name.strip()


def check_pelaksana(seen: Checked) -> Iterator[Finding]:
    """A unit in charge is named in letters; digits alone are the rest of a torn amount."""
    for row in seen.rows:
        name = row.kegiatan.pelaksana
        if name and not any(map(str.isalpha, name)):
            yield rules.PELAKSANA_TANPA_HURUF.at(f"{row.path}.pelaksana", name)


def check_spellings(seen: Checked) -> Iterator[Finding]:
    """One unit is spelt in one way; the rarer spellings are told, each where it first stands."""
    counts: Counter[str] = Counter()
    first: dict[str, Row] = {}
    flat: dict[str, str] = {}
    for row in seen.rows:
        written = row.kegiatan.pelaksana
        if written not in flat:
            flat[written] = " ".join(written.split())
        name = flat[written]
        counts[name] += 1
        first.setdefault(name, row)
    groups: dict[str, list[str]] = {}
    for name in counts:
        groups.setdefault(folded_unit(name), []).append(name)
    groups.pop("", None)  # no unit at all, or a bare “-”
    for names in groups.values():
        usual = max(names, key=lambda name: counts[name])
        for name in names:
            if name != usual:
                path = f"{first[name].path}.pelaksana"
                yield rules.EJAAN_BERBEDA.at(path, name, lain=usual, banyak=counts[usual], suggestion=usual)


def check_targets(seen: Checked) -> Iterator[Finding]:
    """A number counted is not in per cent, no percentage is over 100, an indicator has one target."""
    for g, sasaran in enumerate(seen.plan.sasaran):
        for i, indikator in enumerate(sasaran.indikator):
            path = f"sasaran[{g}].indikator[{i}]"
            begin = " ".join(indikator.uraian[:24].casefold().split())
            targets = list(dict.fromkeys(one.target for one in indikator.kegiatan if one.target))
            if len(targets) > 1:
                yield rules.DUA_TARGET.at(f"{path}.target", target=", ".join(targets))
            percents = [_percent_of(one, seen.form) for one in indikator.kegiatan]
            if begin.startswith("jumlah "):
                if any(percent is not None for percent in percents):
                    yield rules.JUMLAH_DI_BAWAH_PERSEN.at(f"{path}.uraian", indikator.uraian)
            elif not begin.startswith(("indeks ", "nilai ", "skor ")):
                for k, percent in enumerate(percents):
                    if percent is not None and percent > 100 and (k == 0 or percents[k - 1] != percent):
                        written = indikator.kegiatan[k].target
                        yield rules.PERSEN_DI_ATAS_SERATUS.at(f"{path}.kegiatan[{k}].target", written)


def _percent_of(one: Kegiatan, form: Form) -> float | None:
    """The target as a number of per cent; `None` where it is a text or counts something else."""
    in_percent = one.satuan in ("%", "persen") or (form.percent and not one.satuan)
    return number_of(one.target) if in_percent else None


# --- what was left over in copying -----------------------------------------------------------------------


def check_left_over(seen: Checked) -> Iterator[Finding]:
    """No text names another office or another year."""
    other_offices = _other_offices(seen.plan.unit)
    tahun = seen.plan.tahun
    clean: set[str] = set()  # one unit stands in many rows
    for path, text in _texts(seen):
        if text in clean:
            continue
        names = other_offices(text)
        years = tahun_lain(text, tahun) if tahun else ()
        if not names and not years:
            clean.add(text)
        for name in names:
            yield rules.KANTOR_LAIN.at(path, name, bidang=label(path))
        for year in years:
            yield rules.TAHUN_LAIN.at(path, year, bidang=label(path), tahun=tahun)


_NOWHERE: Final = Asal("kabupaten", "", "00.00")


def _other_offices(unit: str) -> Callable[[str], tuple[str, ...]]:
    """Finds the names of other offices in texts; the plan's own is looked for when a text names any."""
    home: Asal | None = _NOWHERE if unit else None

    def found(text: str) -> tuple[str, ...]:
        nonlocal home
        names = nama_kantor_lain(text, home) if home is not None else ()
        if names and home is _NOWHERE:
            home = asal(unit)
            names = nama_kantor_lain(text, home) if home is not None else ()
        return names

    return found


def _texts(seen: Checked) -> Iterator[tuple[str, str]]:
    plan = seen.plan
    yield "judul", plan.judul
    for g, sasaran in enumerate(plan.sasaran):
        yield f"sasaran[{g}].uraian", sasaran.uraian
        for i, indikator in enumerate(sasaran.indikator):
            yield f"sasaran[{g}].indikator[{i}].uraian", indikator.uraian
            for k, kegiatan in enumerate(indikator.kegiatan):
                path = f"sasaran[{g}].indikator[{i}].kegiatan[{k}]"
                yield f"{path}.uraian", kegiatan.uraian or ""
                yield f"{path}.pelaksana", kegiatan.pelaksana
                if kegiatan.program or kegiatan.sub_kegiatan:
                    yield f"{path}.program", kegiatan.program
                    yield f"{path}.sub_kegiatan", kegiatan.sub_kegiatan
    for i, one in enumerate(plan.penandatangan):
        yield f"penandatangan[{i}].jabatan", one.jabatan
        yield f"penandatangan[{i}].pengantar", one.pengantar


# --- what the form does not print --------------------------------------------------------------------------


_TEXTS: Final = ("uraian", "target", "pelaksana", "satuan", "kode", "program", "sub_kegiatan")


def check_unprinted(seen: Checked) -> Iterator[Finding]:
    """Fields that are given but have no column are told once, since the paper will not show them."""
    for field in (*_TEXTS, "biaya", *BANDS):
        if seen.form.has(f"kegiatan.{field}"):
            continue
        blank = ("", ()) if field == "biaya" else ("", (), None)
        first = next((row for row in seen.rows if getattr(row.kegiatan, field) not in blank), None)
        if first is not None:
            yield rules.TIDAK_DICETAK.at(
                f"{first.path}.{field}", bidang=label(f"kegiatan.{field}"), formulir=seen.form.name
            )


CHECKS: Final[tuple[Check, ...]] = (
    check_head,
    check_parts,
    check_kegiatan,
    check_bersama,
    check_pagu,
    check_amounts,
    check_repeated,
    check_pelaksana,
    check_spellings,
    check_targets,
    check_left_over,
    check_unprinted,
)
"""Every check, in the order of their findings where places are equal."""

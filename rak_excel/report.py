"""Findings and plans as text for people and as JSON for scripts."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeAlias

from rak_excel.findings import SEVERITY, Finding, Language, Place, Rule, Severity, Words
from rak_excel.plan.codec import LABELS
from rak_excel.plan.model import BANDS, SCHEDULES, Kegiatan, Period, Plan
from rak_excel.plan.values import rupiah

if TYPE_CHECKING:
    from rak_excel.plan.diff import Change

_COLOUR: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_WIDEST: Final = 96


class Text(Protocol):
    """A file's text, and how a place in it is found where it does not count characters."""

    @property
    def text(self) -> str:
        """The whole text."""

    @property
    def caret(self) -> Callable[[Place], int | None] | None:
        """The character at which a place begins, from 1."""


Quote: TypeAlias = tuple[str, ...]
"""The user's own line as it is shown below a finding, with a caret below it; or nothing."""
Quoted: TypeAlias = tuple[Finding, Quote]
"""A finding with the line it quotes."""


class Told(NamedTuple):
    """What a report needs of a file: its form, how a table was read, and what was found, taken one by one.

    `plans` are the unit of each plan, its year, and how many kegiatan it has.
    """

    file: str
    form: str
    sniffed: str
    findings: Iterable[Quoted]
    plans: tuple[tuple[str, int, int], ...] = ()


def text(
    findings: Iterable[Finding],
    sources: Mapping[str, Text],
    language: Language = "id",
    *,
    colour: bool = False,
) -> str:
    """The findings as a reader sees them: the place first, the user's own line, what to do."""
    several = tuple(findings)
    return told(zip(several, quotes(several, sources), strict=True), language, colour=colour)


def told(quoted: Iterable[Quoted], language: Language = "id", *, colour: bool = False) -> str:
    """The same of findings whose lines are at hand, without the files they are from."""
    lines: list[str] = []
    for finding, quote in quoted:
        word = getattr(SEVERITY[finding.severity], language)
        begin = f"{word} {finding.code}:"
        if colour:
            begin = f"\x1b[{_COLOUR[finding.severity]}m{begin}\x1b[0m"
        lines.append(f"{_on_a_line(_where(finding))}{begin} {_on_a_line(finding.message(language))}")
        lines.extend(quote)
        lines.append(f"       = {_on_a_line(finding.hint(language))}")
    return "".join(f"{line}\n" for line in lines)


def quotes(findings: Iterable[Finding], sources: Mapping[str, Text]) -> Iterator[Quote]:
    """For each finding the user's own line, cut around its place; nothing where it is in no text."""
    lines_of: dict[str, list[str]] = {}
    for finding in findings:
        source = sources.get(finding.file or "")
        if source is None or finding.place is None or finding.place.sheet is not None:
            yield ()
            continue
        if finding.file not in lines_of:
            lines_of[finding.file or ""] = source.text.split("\n")
        at = finding.place.column if source.caret is None else source.caret(finding.place)
        yield _quoted_line(lines_of[finding.file or ""], finding.place.line, at)


def _on_a_line(text: str) -> str:
    """The text without what would break its line, or move about on a terminal."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else " " if char.isspace() else f"\\x{ord(char):02x}" for char in text
    )


def _where(finding: Finding) -> str:
    """The place as an editor jumps to it, or as Excel's name box says it."""
    if finding.file is None:
        return f"{finding.path}: " if finding.path else ""
    place = finding.place
    if place is None:
        return f"{finding.file}: "
    if place.sheet is not None:
        return f"{finding.file}[{place.sheet}]!{place.cell}: "
    return f"{finding.file}:{place.line}:{place.column}: "


def _quoted_line(lines: Sequence[str], number: int, at: int | None) -> Quote:
    """The user's own line, cut to a terminal's width around character `at`, with a caret below it."""
    if number > len(lines):
        return ()
    line = lines[number - 1].rstrip("\r")
    if not any(char.isprintable() and not char.isspace() for char in line):
        return ()
    # it is cut before it is looked through: a file without line breaks may have a million findings
    start = max(0, at - _WIDEST // 2) if at is not None and len(line) > _WIDEST else 0
    part = "".join(char if char.isprintable() else " " for char in line[start : start + _WIDEST])
    begin, end = "…" if start else "", "…" if start + _WIDEST < len(line) else ""
    quoted = f"{number:6} | {begin}{part}{end}"
    if at is None:
        return (quoted,)
    before = f"{begin}{part[: max(0, at - 1 - start)]}"
    return quoted, f"       | {' ' * sum(_width(char) for char in before)}^"


def _width(char: str) -> int:
    """Columns that a terminal gives a character."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def summary(findings: Iterable[Finding], files: int, language: Language = "id") -> str:
    """One line that counts files and findings."""
    return _counted(count(findings, files), language)


def _counted(counts: dict[str, int], language: Language) -> str:
    if language == "en":
        return (
            f"{counts['files']} file(s): {counts['errors']} error(s), {counts['warnings']} warning(s), "
            f"{counts['notes']} note(s)"
        )
    return (
        f"{counts['files']} berkas: {counts['errors']} salah, {counts['warnings']} peringatan, "
        f"{counts['notes']} catatan"
    )


def count(findings: Iterable[Finding], files: int) -> dict[str, int]:
    """How many files, errors, warnings and notes."""
    found = [finding.severity for finding in findings]
    return {
        "files": files,
        "errors": found.count(Severity.ERROR),
        "warnings": found.count(Severity.WARNING),
        "notes": found.count(Severity.NOTE),
    }


MANY: Final = 8
"""More files than these, and their findings are summed up by rule too."""


class Group(NamedTuple):
    """How often a rule was told, in how many files, and where first."""

    findings: int
    files: int
    first: Finding


class Tally:
    """Counts findings as they go by, file after file, and keeps none of them but the first of each rule.

    `exit` is the exit code that all of them lead to, `here` that of the last file alone.
    """

    def __init__(self) -> None:
        self.files = 0
        self.exit = 0
        self.here = 0
        self._groups: dict[str, Group] = {}

    def of_file(self, quoted: Iterable[Quoted]) -> Iterator[Quoted]:
        """The findings of the next file, which are counted as they are taken."""
        self.files, self.here = self.files + 1, 0
        here: set[str] = set()
        for finding, quote in quoted:
            group = self._groups.get(finding.code, Group(0, 0, finding))
            files = group.files + (finding.code not in here)
            self._groups[finding.code] = Group(group.findings + 1, files, group.first)
            here.add(finding.code)
            if finding.is_error:
                self.here = max(self.here, finding.rule.exit)
                self.exit = max(self.exit, self.here)
            yield finding, quote

    @property
    def counts(self) -> dict[str, int]:
        """How many files, errors, warnings and notes."""
        counts = count((), self.files)
        for group in self._groups.values():
            counts[f"{group.first.severity}s"] += group.findings
        return counts

    @property
    def groups(self) -> list[Group]:
        """The rules that were told, the worst first, and of these the most frequent."""
        order = list(Severity)
        return sorted(
            self._groups.values(),
            key=lambda one: (order.index(one.first.severity), -one.findings, one.first.code),
        )

    def text(self, language: Language = "id") -> str:
        """One line that counts all; of many files a line for each rule above it."""
        lines = [_counted(self.counts, language)]
        if self.files > MANY:
            lines[:0] = (_group_line(one, language) for one in self.groups)
        return "\n".join(lines)


def _group_line(group: Group, language: Language) -> str:
    first = group.first
    word = getattr(SEVERITY[first.severity], language)
    times, files = group.findings, group.files
    amount = (
        f"{times} in {files} file(s), first" if language == "en" else f"{times} di {files} berkas, pertama"
    )
    where = _on_a_line(_where(first)).removesuffix(": ")
    return f"{word} {first.code} {first.rule.name}: {amount} {where}".rstrip()


def json_text(findings: Sequence[Finding], files: int) -> str:
    """The findings for scripts."""
    return dumps(findings_json(findings, files))


def findings_json(findings: Sequence[Finding], files: int) -> dict[str, Any]:
    """The findings as plain values; the keys are fixed (version 1)."""
    return {"version": 1, "findings": [as_json(one) for one in findings], "summary": count(findings, files)}


def json_parts(findings: Iterable[Finding], tally: Tally) -> Iterator[str]:
    """The same document piece by piece, so that no more than one finding is in memory.

    `tally` has counted the findings when the last is taken.  Of many files `groups` sums them up by rule.
    """
    empty = True
    yield '{\n  "version": 1,\n  "findings": ['
    for finding in findings:
        yield ("\n" if empty else ",\n") + _indented(as_json(finding), 4)
        empty = False
    yield "]" if empty else "\n  ]"
    yield f',\n  "summary": {_indented(tally.counts, 2).lstrip()}'
    if tally.files > MANY:
        yield f',\n  "groups": {_indented([_group_json(one) for one in tally.groups], 2).lstrip()}'
    yield "\n}\n"


def _indented(told: object, by: int) -> str:
    return "\n".join(" " * by + line for line in dumps(told).rstrip("\n").split("\n"))


def _group_json(group: Group) -> dict[str, Any]:
    first = as_json(group.first)
    at = {key: first[key] for key in ("file", "line", "column", "sheet", "cell")}
    kind = {key: first[key] for key in ("code", "name", "severity")}
    return {**kind, "findings": group.findings, "files": group.files, "first": at}


def dumps(told: object) -> str:
    """JSON for scripts, which people read too."""
    import json  # 1 ms that the report as text need not pay

    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


class Example(NamedTuple):
    """The smallest files that raise a rule, the command that tells it, and what `rak` says.

    `remarks` say what the files cannot show, such as a size.
    """

    files: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    command: str
    output: Words


def rule_text(rule: Rule, example: Example | None, language: Language = "id") -> str:
    """A rule for people: what it says, what to do, and an example where there is one."""
    word = getattr(SEVERITY[rule.severity], language)
    lines = [f"{rule.code} {rule.name} ({word})", "", template(getattr(rule.message, language)), ""]
    lines.append(f"= {template(getattr(rule.remedy, language))}")
    if example is not None:
        lines.extend(["", "Contoh:" if language == "id" else "Example:"])
        for name, content in example.files:
            lines.extend(["", f"  {name}", *(f"    {line}".rstrip() for line in displayed(content))])
        command = example.command if language == "id" else f"{example.command} --lang en"
        lines.extend(["", *(f"# {remark}" for remark in example.remarks), f"$ {command}"])
        lines.extend(getattr(example.output, language).splitlines())
    return "\n".join(lines) + "\n"


def template(words: str) -> str:
    """The words of a rule with “…” where a finding puts its facts.

    Examples:
        >>> template("tulis {bidang}, misalnya {{1: 25}}")
        'tulis …, misalnya {1: 25}'
    """
    return words.format_map(_Dots())


class _Dots(dict[str, str]):
    """Any fact at all, left out."""

    def __missing__(self, key: str) -> str:
        return "…"


def displayed(content: str) -> list[str]:
    r"""The lines of a file as a page can show them: long ones cut, control characters named.

    Examples:
        >>> displayed("unit: KPU\x02\n")
        ['unit: KPU\\x02']
    """
    lines = [
        "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in line)
        for line in content.split("\n")
    ]
    if lines[-1] == "":
        lines.pop()
    return [line if len(line) <= _WIDEST else f"{line[:_WIDEST]}…" for line in lines]


def as_json(finding: Finding) -> dict[str, Any]:
    """One finding, with `None` where a place does not apply."""
    place = finding.place
    in_text = place is not None and place.sheet is None
    return {
        "code": finding.code,
        "name": finding.rule.name,
        "severity": str(finding.severity),
        "file": finding.file,
        "line": place.line if place is not None and in_text else None,
        "column": place.column if place is not None and in_text else None,
        "sheet": place.sheet if place is not None else None,
        "cell": place.cell if place is not None else None,
        "path": finding.path or None,
        "value": finding.value,
        "message": {"id": finding.message("id"), "en": finding.message("en")},
        "hint": {"id": finding.hint("id"), "en": finding.hint("en")},
    }


# --- differences -------------------------------------------------------------------------------------------


class Differing(Protocol):
    """What differs between two plans."""

    @property
    def name(self) -> Words:
        """What people call the plan."""

    @property
    def before(self) -> Plan | None:
        """The plan in the one file."""

    @property
    def after(self) -> Plan | None:
        """The plan in the other."""

    @property
    def changes(self) -> Sequence["Change"]:
        """All that differs."""

    @property
    def told(self) -> Sequence[Words]:
        """All that differs, a sentence each."""


def differences_text(differences: Sequence[Differing], language: Language = "id") -> str:
    """A line for every change; where there are several plans, below the name of each that differs."""
    lines = []
    for one in differences:
        indent = ""
        if len(differences) > 1 and one.changes:
            lines.append(f"{_on_a_line(getattr(one.name, language))}:")
            indent = "  "
        lines.extend(f"{indent}{_on_a_line(getattr(told, language))}" for told in one.told)
    return "".join(f"{line}\n" for line in lines)


def differences_json(differences: Sequence[Differing]) -> dict[str, Any]:
    """The differences for scripts as plain values; the keys are fixed (version 1).

    A plan that only one file has is `added` or `removed` as a whole.
    """
    plans = []
    for one in differences:
        state = "added" if one.before is None else "removed" if one.after is None else "compared"
        changes = [
            _change_json(change, told)
            for change, told in zip(one.changes, one.told if one.changes else (), strict=True)
        ]
        plans.append({"plan": one.name._asdict(), "state": state, "changes": changes})
    count = sum(len(one.told) for one in differences)
    return {"version": 1, "same": not count, "plans": plans, "summary": {"differences": count}}


def _change_json(change: "Change", told: Words) -> dict[str, Any]:
    def plain(value: object) -> object:
        return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value

    return {
        "kind": change.kind,
        "part": change.part,
        "before": change.before or None,
        "after": change.after or None,
        "field": change.field or None,
        "old": plain(change.old),
        "new": plain(change.new),
        "message": told._asdict(),
    }


# --- plans for people --------------------------------------------------------------------------------------


def plan_text(plan: Plan, language: Language = "id") -> str:
    """A plan as a table for a terminal: one line an activity, under its goal and indicator."""
    total = "Jumlah" if language == "id" else "Total"
    lines = [f"{' '.join(plan.judul.split())} {plan.tahun}", plan.unit, ""]
    for number, sasaran in enumerate(plan.sasaran, 1):
        lines.append(f"{number}. {_flat(sasaran.uraian)}")
        for indikator in sasaran.indikator:
            lines.append(f"   {_flat(indikator.uraian)}")
            for one in indikator.kegiatan:
                lines.append(_kegiatan_line(one))
                lines.extend(f"       {_flat(line, 120)}" for line in _beside(one, language))
    if any(one.biaya != "" for one in plan.kegiatan):
        lines.append(f"{total:>58} {rupiah(plan.jumlah_biaya):>26}")
    for signatory in plan.penandatangan:
        nip = f" (NIP {signatory.nip})" if signatory.nip else ""
        lines.append(f"{_flat(signatory.jabatan)}: {_flat(signatory.nama)}{nip}")
    return "\n".join(lines) + "\n"


def _kegiatan_line(one: Kegiatan) -> str:
    periods = _periods(next((value for key in SCHEDULES if (value := getattr(one, key))), ()))
    biaya = "-" if one.biaya is None else rupiah(one.biaya) if isinstance(one.biaya, int) else one.biaya
    target = f"{_flat(one.target, 8):>8}" + (f" {_flat(one.satuan, 12)}" if one.satuan else "")
    cells = f"{_flat(one.uraian or '', 44):<44} {target} {periods:<6} {biaya:>18}"
    return f"     {cells}  {_flat(one.pelaksana, 40)}".rstrip()


def _beside(one: Kegiatan, language: Language) -> Iterator[str]:
    """What some forms print besides: codes and levels above a kegiatan, and bands beside its schedule."""
    texts = [(key, getattr(one, key)) for key in ("kode", "program", "sub_kegiatan") if getattr(one, key)]
    if texts:
        yield "; ".join(f"{getattr(LABELS[key], language)}: {text}" for key, text in texts)
    for key in BANDS:
        if key not in SCHEDULES and (band := getattr(one, key)):
            yield f"{getattr(LABELS[key], language)}: {_periods(band, money=key.startswith('anggaran'))}"


def _periods(band: tuple[Period, ...], *, money: bool = False) -> str:
    if all(isinstance(period, bool) for period in band):
        return "".join("√" if period else "·" for period in band)
    return " ".join(
        "·" if isinstance(period, bool) else rupiah(int(period)) if money and period.isdigit() else period
        for period in band
    )


def _flat(value: str, most: int = 96) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"

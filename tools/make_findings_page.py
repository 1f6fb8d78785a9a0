"""Write docs/findings.md: every rule with its smallest example, from tests/cases/findings.

Run it from the repository after a rule or a case has changed; tests/test_docs.py holds the page to the
gallery.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rak_excel import api, report
from rak_excel.findings import SEVERITY, Severity
from rak_excel.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rak_excel.findings import Rule

ROOT: Final = Path(__file__).parents[1]
CASES: Final = ROOT / "tests" / "cases" / "findings"
TARGET: Final = ROOT / "docs" / "findings.md"

FLOORS: Final = {
    "0": "Berkas",
    "1": "Bentuk dan jenis nilai",
    "2": "Isi rencana",
    "3": "Tata letak dan halaman",
    "4": "Pengenalan buku kerja",
    "5": "Suntingan dan penggabungan",
    "6": "Banyak rencana",
    "9": "Kesalahan rak sendiri",
}
EXITS: Final = {
    1: "ada yang salah",
    2: "perintahnya keliru",
    3: "konflik, atau suntingan akan hilang",
    4: "tidak dapat dibaca atau ditulis",
}

HEAD: Final = """\
# Temuan

Setiap aturan yang diperiksa `rak`, dengan berkas terkecil yang melanggarnya dan jawaban `rak` atas berkas
itu. Di terminal: `rak explain RAK110`.

- **salah**: buku kerja yang benar tidak dapat dibuat, atau sesuatu yang sudah diketik akan hilang.
- **peringatan**: mungkin keliru, tetapi buku kerja tetap dapat dibuat.
- **catatan**: dibaca dengan kelonggaran; tidak ada yang harus diubah.

Kode tidak pernah berganti arti. “…” menandai tempat nilai yang ditemukan. Halaman ini ditulis oleh
`tools/make_findings_page.py` dari `tests/cases/findings`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_contents(), *(line for rule in RULES for line in _section(rule))])


def _contents() -> Iterator[str]:
    """A table of contents by floor."""
    for floor, rules in groupby(RULES, lambda rule: rule.code[3]):
        yield f"**{FLOORS[floor]}**\n"
        yield from _rows(rules)
        yield ""


def _rows(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| kode | aturan | |"
    yield "| --- | --- | --- |"
    for rule in rules:
        title = f"{rule.code}: {rule.name}"
        anchor = title.lower().replace(": ", "-")
        yield f"| [{rule.code}](#{anchor}) | {_plain(rule.message.id)} | {_word(rule)} |"


def _section(rule: Rule) -> Iterator[str]:
    example = api.read_example(CASES / rule.code)
    exits = f", status keluar {rule.exit} ({EXITS[rule.exit]})" if rule.severity is Severity.ERROR else ""
    yield f"## {rule.code}: {rule.name}\n"
    yield f"**{_word(rule)}**{exits}\n"
    yield f"> {_plain(rule.message.id)}\n"
    yield f"Yang dilakukan: {_plain(rule.remedy.id)}\n"
    for name, content in example.files:
        yield f"`{name}`\n"
        yield from _fenced(Path(name).suffix.removeprefix("."), report.displayed(content))
    shown = [*(f"# {remark}" for remark in example.remarks), f"$ {example.command}"]
    yield from _fenced("console", [*shown, *example.output.id.splitlines()])


def _fenced(language: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"```{language if language in ('yaml', 'csv', 'console') else ''}"
    yield from lines
    yield "```\n"


def _plain(words: str) -> str:
    """A rule's words as Markdown that means nothing but themselves."""
    return re.sub(r"([\\`*_<|\[\]])", r"\\\1", report.template(words))


def _word(rule: Rule) -> str:
    return SEVERITY[rule.severity].id


if __name__ == "__main__":
    TARGET.write_bytes(page().encode())
    print(f"{TARGET.relative_to(ROOT)}: {len(RULES)} rules")

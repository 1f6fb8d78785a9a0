"""What is kept of a file that was read: enough to tell its findings and to add it up, without reading it again."""

from dataclasses import dataclass, field
from typing import Final

from rak_excel.findings import Finding, Place
from rak_excel.plan.model import Plan

UNREADABLE: Final = 4


@dataclass(frozen=True, slots=True)
class Digest:
    """One file, read and checked.

    `form` is `YAML`, `CSV`, `lembar isian`, `buku kerja`, or `""` where nothing could be read; `content` the
    SHA-256 of its bytes.  For each plan: `hashes` of its meaning, `bases` of the plan its workbook was built
    from, `units` where its unit stands, `places` where each kegiatan stands.  `owners` gives for each finding
    the number of the plan it is about, or `None`.  `lines` are the user's own lines that findings point at,
    by number, each with the caret's character where it is known.
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
    lines: dict[str, dict[int, str]] = field(default_factory=dict)

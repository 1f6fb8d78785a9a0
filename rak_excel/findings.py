"""What was found wrong, as values: rules, severities, places and findings."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Literal, NamedTuple, Self

Language = Literal["id", "en"]

_SHOWN: Final = 80


class Severity(StrEnum):
    """How bad it is: an error keeps a right workbook from being drawn."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Words(NamedTuple):
    """One phrase in the two languages of every message."""

    id: str
    en: str


SEVERITY: Final[dict[Severity, Words]] = {
    Severity.ERROR: Words("salah", "error"),
    Severity.WARNING: Words("peringatan", "warning"),
    Severity.NOTE: Words("catatan", "note"),
}
"""What each is called."""


class Place(NamedTuple):
    """Where a value stands: line and column of a text, or row and column of a sheet, from 1."""

    line: int
    column: int
    sheet: str | None = None

    @property
    def cell(self) -> str | None:
        """The place as Excel's name box says it; `None` in a text.

        Examples:
            >>> Place(12, 28, "RAK 2024").cell
            'AB12'
        """
        return None if self.sheet is None else f"{column_letters(self.column)}{self.line}"


def column_letters(column: int) -> str:
    """Name a sheet's column, counted from 1.

    Examples:
        >>> column_letters(1), column_letters(26), column_letters(27)
        ('A', 'Z', 'AA')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shown(text: str) -> str:
    r"""Shorten what the user wrote so that it fits into a sentence on one line.

    Examples:
        >>> shown("dua\nbaris")
        'dua baris'
    """
    flat = " ".join(text.split()) if any(mark in text for mark in "\n\r\t") else text
    flat = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in flat[: _SHOWN + 1])
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"


NOTHING_WRITTEN: Final = Words("tidak ada yang ditulis", "nothing is written")
"""How a command ends that leaves every file as it was."""


def typed(name: str | None) -> str:
    """A name as it is typed in a command."""
    return f'"{name}"' if name is not None and " " in name else str(name)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong: a stable code, and its words in two languages.

    A code is given once and never reused.  `exit` is the exit code that an error of this rule leads to.
    """

    code: str
    name: str
    severity: Severity
    message: Words
    remedy: Words
    exit: int = 1
    since: str = "0.1.0"

    def at(
        self,
        path: str = "",
        value: str | None = None,
        *,
        place: Place | None = None,
        suggestion: str | None = None,
        **facts: object,
    ) -> "Finding":
        """Make a finding of this rule.

        Raises:
            TypeError: a fact that the words need is missing, or one is given that they do not use.
        """
        wanted = {name for words in (self.message, self.remedy) for text in words for name in _names(text)}
        given = set(facts) | ({"value"} if value is not None else set())
        if wanted - given or set(facts) - wanted:
            raise TypeError(f"{self.code} wants {sorted(wanted)}, was given {sorted(given)}")
        return Finding(self, path, value, tuple(facts.items()), place, None, suggestion)


def _names(text: str) -> list[str]:
    from string import Formatter  # 1 ms that a right file need not pay

    return [name for _, name, _, _ in Formatter().parse(text) if name]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found wrong: a rule, where, and the value as the user wrote it.

    `path` says where in the plan (`sasaran[0].indikator[1].kegiatan[2].biaya`), `place` where in the
    file; a plan built in Python has findings with a path alone.
    """

    rule: Rule
    path: str = ""
    value: str | None = None
    facts: tuple[tuple[str, object], ...] = ()
    place: Place | None = None
    file: str | None = None
    suggestion: str | None = None

    @property
    def code(self) -> str:
        """The stable code of the rule, such as `RAK110`."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.rule.severity

    @property
    def is_error(self) -> bool:
        """Whether this keeps a workbook from being drawn."""
        return self.rule.severity is Severity.ERROR

    def placed(self, place: Place | None, file: str | None = None) -> Self:
        """The same finding, with the place in the file and the file's name."""
        return replace(self, place=self.place or place, file=self.file if file is None else file)

    def message(self, language: Language = "id") -> str:
        """What is wrong, in one sentence."""
        return self._say(self.rule.message, language)

    def hint(self, language: Language = "id") -> str:
        """What to do about it."""
        hint = self._say(self.rule.remedy, language)
        if self.suggestion is None:
            return hint
        ask = "maksud Anda" if language == "id" else "did you mean"
        return f"{ask} “{self.suggestion}”? {hint}"

    def _say(self, words: Words, language: Language) -> str:
        facts: dict[str, Any] = {name: _fact(fact, language) for name, fact in self.facts}
        if self.value is not None:
            facts["value"] = shown(self.value)
        return getattr(words, language).format_map(facts) if facts else str(getattr(words, language))


def _fact(fact: object, language: Language) -> object:
    return getattr(fact, language) if isinstance(fact, Words) else fact


class RakError(Exception):
    """Carries the findings out of a call that cannot return them, such as `Loaded.unwrap()`."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(f"{finding.code}: {finding.message('en')}" for finding in findings))
        self.findings = findings

    @property
    def exit(self) -> int:
        """The exit code that a command ends with because of these findings."""
        return exit_code(self.findings)


def exit_code(findings: tuple[Finding, ...] | list[Finding]) -> int:
    """The highest exit code that the findings ask for: 0 where none is an error."""
    return max((finding.rule.exit for finding in findings if finding.is_error), default=0)

"""YAML to nodes in one pass over the parser's events, and nodes to YAML.

No scalar is ever given a type: `0123`, `NO`, `10:30` and an 18-digit NIP stay as typed.  PyYAML's C parser
is used where it is there; both parsers give the same nodes and the same findings.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import yaml

from rak_excel import rules
from rak_excel.findings import Finding, Place, Rule, Words
from rak_excel.nodes import Mapping, Node, Scalar, Sequence

DEPTH_LIMIT: Final = 64
"""Levels of nesting; a plan needs nine, and 50,000 crash a recursive reader."""

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# what YAML 1.1 calls printable (section 5.1), the line breaks among them
_UNPRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BARE_DASH: Final = re.compile(r"\s*(?:- +)*[\w.]+\s*:\s+-\s*(?:#.*)?$")
_MOST_CONTROL: Final = 20


class Read(NamedTuple):
    """The documents of a stream, with the text they stand in and what was wrong with it."""

    roots: tuple[Mapping, ...]
    findings: tuple[Finding, ...]
    text: str


def read(data: bytes) -> Read:
    """Read a stream of documents; what cannot be read is a finding, never an exception."""
    try:
        text = _decoded(data)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        finding = _at(rules.BUKAN_UTF8, before, len(before), f"0x{error.object[error.start]:02X}")
        return Read((), (finding,), data.decode("utf-8", "replace"))
    control = [
        _at(rules.KARAKTER_KENDALI_BERKAS, text, found.start(), f"U+{ord(found[0]):04X}")
        for found, _ in zip(_UNPRINTABLE.finditer(text), range(_MOST_CONTROL), strict=False)
    ]
    if control:
        return Read((), tuple(control), text)
    return _Reader(text).read()


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig")


def _at(rule: Rule, text: str, index: int, value: str) -> Finding:
    line = text.count("\n", 0, index) + 1
    return rule.at(value=value, place=Place(line, index - text.rfind("\n", 0, index)))


class _Refused(Exception):  # noqa: N818 - it ends a reading, it is no error of the program
    """Carries the one finding after which reading cannot go on."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class _Reader:
    """Folds the events of one stream into nodes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.findings: list[Finding] = []

    def read(self) -> Read:
        roots: list[Mapping] = []
        try:
            for node in self.documents():
                if isinstance(node, Mapping):
                    roots.append(node)
                elif not (isinstance(node, Scalar) and not node.text):
                    isi = Words("daftar", "a list") if isinstance(node, Sequence) else Words("teks", "text")
                    place = Place(node.line, node.column)
                    bagian = Words("rencana", "a plan")
                    self.findings.append(rules.BUKAN_PEMETAAN.at(place=place, bagian=bagian, isi=isi))
        except _Refused as refused:
            self.findings.append(refused.finding)
        except yaml.YAMLError as error:
            self.findings.append(self.broken(_as_python_says(self.text) or error))
        if not roots and not self.findings:
            self.findings.append(rules.BERKAS_KOSONG.at(place=Place(1, 1)))
        return Read(tuple(roots), tuple(self.findings), self.text)

    def documents(self) -> Iterator[Node]:
        """The root nodes, one a document.

        The stack holds for every open list or mapping what was read of it so far; a mapping's list has keys
        and values in turn.
        """
        stack: list[tuple[bool, list[Node], int, int]] = []
        items: list[Node] = []
        scalar, start_map, end_map = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.MappingEndEvent
        start_list, end_list = yaml.SequenceStartEvent, yaml.SequenceEndEvent
        event: Any
        for event in yaml.parse(self.text, Loader=_LOADER):
            kind = type(event)
            if kind is scalar:
                mark = event.start_mark
                if event.anchor is not None or event.tag is not None:
                    self.refuse(event)
                items.append(Scalar(event.value, mark.line + 1, mark.column + 1))
            elif kind is start_map or kind is start_list:
                mark = event.start_mark
                if event.anchor is not None or event.tag is not None:
                    self.refuse(event)
                if len(stack) >= DEPTH_LIMIT:
                    place = Place(mark.line + 1, mark.column + 1)
                    raise _Refused(rules.TERLALU_DALAM.at(place=place, batas=DEPTH_LIMIT))
                stack.append((kind is start_map, items, mark.line + 1, mark.column + 1))
                items = []
            elif kind is end_map or kind is end_list:
                is_map, above, line, column = stack.pop()
                above.append(
                    self.mapping(items, line, column) if is_map else Sequence(tuple(items), line, column)
                )
                items = above
            elif kind is yaml.AliasEvent:
                self.refuse(event)
                items.append(Scalar("", event.start_mark.line + 1, event.start_mark.column + 1))
            elif kind is yaml.DocumentEndEvent:
                yield items.pop()

    def mapping(self, items: list[Node], line: int, column: int) -> Mapping:
        keys, values = items[::2], items[1::2]
        entries = []
        for key, value in zip(keys, values, strict=True):
            if isinstance(key, Scalar):
                if key.text == "<<":
                    self.findings.append(
                        rules.ALIAS_DITOLAK.at(value="<<", place=Place(key.line, key.column))
                    )
                    continue
                entries.append((key, value))
            else:
                isi = Words("daftar atau pasangan", "a list or pairs")
                bagian = Words("kunci", "a key")
                place = Place(key.line, key.column)
                self.findings.append(rules.BUKAN_TEKS.at(place=place, bagian=bagian, isi=isi))
        return Mapping(tuple(entries), line, column)

    def refuse(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events have no common type
        """Tell an anchor, an alias or a tag; its content is read on as if it were not there."""
        mark = event.start_mark
        written = self.text[mark.index :].split(maxsplit=1)[0]
        self.findings.append(
            rules.ALIAS_DITOLAK.at(value=written, place=Place(mark.line + 1, mark.column + 1))
        )

    def broken(self, error: yaml.YAMLError) -> Finding:
        """Say in our own words where the YAML breaks; the two parsers have different ones."""
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", ""))
        if mark is None:
            return rules.BUKAN_YAML.at(place=Place(1, 1), sebab=_UNKNOWN)
        lines = self.text.splitlines() or [""]
        line = min(mark.line, len(lines) - 1)
        written = lines[line]
        place = Place(line + 1, min(mark.column, len(written)) + 1)
        if "sequence entries are not allowed" in problem and _BARE_DASH.match(written):
            dash = written.rindex("-") if "#" not in written else written.index(" -") + 1
            return rules.STRIP_TANPA_KUTIP.at(value="-", place=Place(line + 1, dash + 1))
        if "end of stream" in problem:
            opened = getattr(error, "context_mark", None) or mark
            return rules.KUTIP_TIDAK_DITUTUP.at(place=Place(opened.line + 1, opened.column + 1))
        char = written[mark.column] if mark.column < len(written) else ""
        return rules.BUKAN_YAML.at(place=place, sebab=_cause(problem, char))


def _as_python_says(text: str) -> yaml.YAMLError | None:
    """The fault as PyYAML's Python parser places it, so that both parsers lead to one finding."""
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.YAMLError as error:
        return error
    return None


_UNKNOWN: Final = Words("susunannya tidak dapat dimengerti", "its structure cannot be understood")


def _cause(problem: str, char: str) -> Words:
    if "cannot start any token" in problem and char == "\t":
        return Words("jorokan memakai tab", "a tab is used for indentation")
    if "cannot start any token" in problem or "directive" in problem:
        return Words(
            f"teks diawali “{char}” tanpa tanda kutip", f"a text begins with “{char}” without quotes"
        )
    if "mapping values are not allowed" in problem:
        return Words(
            "titik dua di tengah nilai, atau jorokan salah", "a colon inside a value, or wrong indentation"
        )
    if "sequence entries are not allowed" in problem:
        return Words("tanda “-” di tempat yang salah", "a “-” stands in the wrong place")
    if "could not find expected ':'" in problem:
        return Words("titik dua setelah kunci tidak ada", "the colon after a key is missing")
    return Words(
        "jorokan tidak sejajar, atau kurung, koma, kutip yang kurang",
        "indentation out of line, or a bracket, comma or quote that is missing",
    )


# --- nodes to YAML -------------------------------------------------------------------------------------

_PLAIN: Final = re.compile(r"[^\W_]([^\n\t:#\"]|:(?=[^\s])|(?<=[^\s])#|\")*(?<![\s:])")
_FLOW_UNSAFE: Final = frozenset(",[]{}")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_ESCAPED: Final = re.compile(
    '[\\\\"\n\t]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]'
)


def write(roots: tuple[Mapping, ...]) -> str:
    """A stream of documents in block style; lists of scalars in flow style."""
    return "---\n".join("".join(_block(root, "")) for root in roots)


def _block(node: Mapping, indent: str) -> Iterator[str]:
    for key, value in node.entries:
        if isinstance(value, Mapping) and not _all_scalars_by_number(value):
            yield f"{indent}{key.text}:\n"
            yield from _block(value, f"{indent}  ")
        elif isinstance(value, Sequence) and any(isinstance(item, Mapping) for item in value.items):
            yield f"{indent}{key.text}:\n"
            for item in value.items:
                lines = list(_block(item, f"{indent}    ")) if isinstance(item, Mapping) else []
                yield f"{indent}  - {lines[0].lstrip()}"
                yield from lines[1:]
        else:
            yield f"{indent}{key.text}: {_flow(value, nested=False)}\n"


def _all_scalars_by_number(node: Mapping) -> bool:
    return bool(node.entries) and all(key.text.isdigit() for key, _ in node.entries)


def _flow(node: Node, *, nested: bool) -> str:
    if isinstance(node, Sequence):
        return f"[{', '.join(_flow(item, nested=True) for item in node.items)}]"
    if isinstance(node, Mapping):
        return f"{{{', '.join(f'{key.text}: {_flow(value, nested=True)}' for key, value in node.entries)}}}"
    return quoted(node.text, flow=nested)


def quoted(text: str, *, flow: bool = False) -> str:
    r"""A text as a YAML scalar: plain where that is safe, else in double quotes on one line.

    Examples:
        >>> print(quoted("Sub Bagian Hukum"), quoted("dua\nbaris"), quoted("a: b"), quoted("-"))
        Sub Bagian Hukum "dua\nbaris" "a: b" "-"
    """
    plain = _PLAIN.fullmatch(text) is not None and _ESCAPED.search(text.replace('"', "")) is None
    if plain and not (flow and not _FLOW_UNSAFE.isdisjoint(text)):
        return text
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if char in _ESCAPES:
        return _ESCAPES[char]
    return f"\\U{ord(char):08x}" if char > "\uffff" else f"\\u{ord(char):04x}"

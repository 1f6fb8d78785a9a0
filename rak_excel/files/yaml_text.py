"""YAML to nodes in one pass over the parser's events, and nodes to YAML.

No scalar is ever given a type: `0123`, `NO`, `10:30` and an 18-digit NIP stay as typed.  PyYAML's C parser
is used where it is there; both parsers give the same nodes and the same findings.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import yaml
from yaml.scanner import ScannerError

from rak_excel import rules
from rak_excel.findings import Finding, Place, Rule, Words
from rak_excel.nodes import Mapping, Node, Scalar, Sequence

DEPTH_LIMIT: Final = 64
"""Levels of nesting; a plan needs nine, and 50,000 crash a recursive reader."""

_BREAKS: Final = "\r\n\x85\u2028\u2029"
_LINE_END: Final = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_WORD: Final = re.compile(r"\S+")
# patterns that few files need are compiled when one does
# all but what YAML 1.1 calls printable (section 5.1); said so, it compiles ten times as fast as its negation
_UNPRINTABLE: Final = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
_BARE_DASH: Final = r"\s*(?:- +)*[\w.]+\s*:\s+(-)\s*(?:#.*)?$"
_BARE_DASHES: Final = r"(?m)^([ \t]*(?:- +)*[\w. ]+:[ \t]+)-(?=[ \t]*(?:#.*)?$)"
# stands for such a dash while the rest is read; as wide, and nobody types it
_DASH: Final = "\uf8fe"
_MOST_CONTROL: Final = 20


class Read(NamedTuple):
    """The documents of a stream, with the text they stand in and what was wrong with it."""

    roots: tuple[Mapping, ...]
    findings: tuple[Finding, ...]
    text: str


def read(data: bytes) -> Read:
    """Read a stream of documents; what cannot be read is a finding, never an exception.

    The text that comes back has the lines that YAML counts, each ended by a line feed.
    """
    encoding = _encoding(data)
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace").removeprefix("\ufeff")
        finding = _at(rules.BUKAN_UTF8, before, len(before), f"0x{data[error.start]:02X}")
        return Read((), (finding,), _with_line_feeds(data.decode(encoding, "replace")))
    control = _control(text)
    if control:
        return Read((), tuple(control), _with_line_feeds(text))
    try:
        rare = any(char in text and re.search(pattern, text) for char, pattern in _RARE)
        return _Reader(text, _Python if rare else _LOADER).read()
    except yaml.YAMLError:
        # the Python parser is the judge of what is broken, so that both lead to the same findings
        read = _Reader(text, _Python, forgiving=True).read()
    if any(finding.rule is rules.STRIP_TANPA_KUTIP for finding in read.findings):
        # nil is often written as a bare dash: it is told, and hides nothing that stands below it
        return _Reader(re.sub(_BARE_DASHES, rf"\g<1>{_DASH}", text), _Python, forgiving=True).read()
    return read


def _control(text: str) -> list[Finding]:
    """The first characters that no YAML file may hold."""
    if text.replace("\n", "").isprintable():  # most are, and this is told in half the time
        return []
    return [
        _at(rules.KARAKTER_KENDALI_BERKAS, text, found.start(), f"U+{ord(found[0]):04X}")
        for found, _ in zip(re.finditer(_UNPRINTABLE, text), range(_MOST_CONTROL), strict=False)
    ]


def _encoding(data: bytes) -> str:
    """The encoding that the byte order mark tells, which is left in place."""
    return {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2], "utf-8")


def _with_line_feeds(text: str) -> str:
    """The text with a line feed for all that ends a line in YAML."""
    return _LINE_END.sub("\n", text) if any(end in text for end in _BREAKS if end != "\n") else text


def _at(rule: Rule, text: str, index: int, value: str) -> Finding:
    return rule.at(value=value, place=_place(text, index))


def _place(text: str, index: int) -> Place:
    ends = [found.end() for found in _LINE_END.finditer(text, 0, index)]
    return Place(len(ends) + 1, index - (ends[-1] if ends else 0) + 1)


class _Python(yaml.SafeLoader):
    """PyYAML's Python parser, with libyaml's opinion of tabs and of question marks.

    A tab is a blank where it does not indent, and a `?` inside a text of a flow list is part of it.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text if _QUESTION in text else re.sub(_INNER, _QUESTION, text))

    scan_line_break: Callable[[], str]

    def scan_to_next_token(self) -> None:
        while True:
            blanks = " \t" if self.flow_level or not self.allow_simple_key else " "
            while self.peek() in blanks:
                self.forward()
            if self.peek() == "#":
                while self.peek() not in f"\0{_BREAKS}":
                    self.forward()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str] | None:  # noqa: ANN401 - PyYAML's mark
        length = 0
        while self.peek(length) in " \t":
            length += 1
        blanks = self.prefix(length)
        self.forward(length)
        if self.peek() not in _BREAKS:
            return [blanks] if blanks else []
        first, more = self.scan_line_break(), []
        self.allow_simple_key = True
        while not self.at_document_mark() and self.peek() in f" \t{_BREAKS}":
            if self.peek() not in " \t":
                more.append(self.scan_line_break())
            elif self.peek() == "\t" and self.column < indent:
                mark = self.get_mark()
                raise ScannerError("while scanning a plain scalar", start_mark, _TAB, mark)
            else:
                self.forward()
        if self.at_document_mark():
            return None
        return [first, *more] if first != "\n" else more or [" "]

    def at_document_mark(self) -> bool:
        """Whether a line begins with `---` or `...`."""
        marks = ("---", "...")
        return self.column == 0 and self.prefix(3) in marks and self.peek(3) in f"\0 \t{_BREAKS}"


# stands for a question mark that begins no key; the last character of a plane without names
_QUESTION: Final = "\U0010fffd"
_INNER: Final = r"(?<=[^\s\[\]{},:])\?"
_TAB: Final = "found character '\\t' that cannot start any token"
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", _Python)
# explicit keys, tags and comments on a block text's first line, of which libyaml has other opinions
# (each behind a character that a text without it need not be searched for)
_RARE: Final = (
    ("?", r"\?(?<![^\s\[\]{},:-]\?)"),
    ("?", r"[&*][^\s?]+\?"),
    ("!", r"!(?<![\w)%.”]!)"),
    ("|", r"\|[-+\d]*(?:#| *\t)"),
    (">", r">[-+\d]*(?:#| *\t)"),
    ("#", r":[ \t]+#"),
)
_ONLY_SCALARS: Final = {Scalar}


class _Refused(Exception):  # noqa: N818 - it ends a reading, it is no error of the program
    """Carries the one finding after which reading cannot go on."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def _too_deep(mark: Any) -> _Refused:  # noqa: ANN401 - PyYAML's mark
    place = Place(mark.line + 1, mark.column + 1)
    return _Refused(rules.TERLALU_DALAM.at(place=place, batas=DEPTH_LIMIT))


def _sequence(items: list[Node], line: int, column: int) -> Sequence:
    return Sequence(tuple(items), line, column)


class _Reader:
    """Folds the events of one stream into nodes."""

    def __init__(self, text: str, loader: Any, *, forgiving: bool = False) -> None:  # noqa: ANN401 - PyYAML's
        self.text = text
        self.loader = loader
        self.forgiving = forgiving
        self.findings: list[Finding] = []
        # no key can be `<<`, however it is quoted
        self.merges_nothing = "<<" not in text and "\\" not in text

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
            if not self.forgiving:
                raise
            self.findings.append(self.broken(error))
        if not roots and not self.findings:
            self.findings.append(rules.BERKAS_KOSONG.at(place=Place(1, 1)))
        text = _with_line_feeds(self.text).replace(_DASH, "-")
        return Read(tuple(roots), tuple(self.findings), text)

    def documents(self) -> Iterator[Node]:
        """The root nodes, one a document.

        The stack holds for every open list or mapping what was read of it so far; a mapping's list has keys
        and values in turn.  A large plan has 14 scalars a kegiatan: hence the short ways.
        """
        stack: list[tuple[bool, list[Node], int, int]] = []
        items: list[Node] = []
        scalar, start_map, end_map = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.MappingEndEvent
        start_list, end_list = yaml.SequenceStartEvent, yaml.SequenceEndEvent
        named = "&" in self.text or "!" in self.text
        as_it_is, make = self.loader is not _Python, tuple.__new__
        loader = self.loader(self.text)
        event: Any
        for event in iter(loader.get_event, None):
            kind = type(event)
            if kind is scalar:
                value, mark = event.value, event.start_mark
                if named and (event.anchor is not None or event.tag is not None):
                    self.refuse(event)
                if as_it_is and value:
                    items.append(make(Scalar, (value, mark.line + 1, mark.column + 1, "")))
                else:
                    items.append(self.scalar(event))
            elif kind is start_map or kind is start_list:
                mark = event.start_mark
                if event.anchor is not None or event.tag is not None:
                    self.refuse(event)
                if len(stack) >= DEPTH_LIMIT:
                    raise _too_deep(mark)
                stack.append((kind is start_map, items, mark.line + 1, mark.column + 1))
                items = []
            elif kind is end_map or kind is end_list:
                is_map, above, line, column = stack.pop()
                above.append((self.mapping if is_map else _sequence)(items, line, column))
                items = above
            elif kind is yaml.AliasEvent:
                self.refuse(event)
                items.append(Scalar("", event.start_mark.line + 1, event.start_mark.column + 1))
            elif kind is yaml.DocumentEndEvent:
                yield items.pop()
        loader.dispose()

    def scalar(self, event: Any) -> Scalar:  # noqa: ANN401 - PyYAML's events have no common type
        value, mark = event.value, event.start_mark
        if not value and mark.index == event.end_mark.index:
            return self.blank(mark)
        if self.loader is _Python and _QUESTION not in self.text:
            value = value.replace(_QUESTION, "?")
        if value == _DASH:
            place = Place(mark.line + 1, mark.column + 1)
            self.findings.append(rules.STRIP_TANPA_KUTIP.at(value="-", place=place))
        return Scalar(value.replace(_DASH, "-"), mark.line + 1, mark.column + 1)

    def blank(self, mark: Any) -> Scalar:  # noqa: ANN401 - PyYAML's mark
        """A value that was left out; it stands behind its colon, whatever follows."""
        index = mark.index
        while index and self.text[index - 1] in f" \t{_BREAKS}":
            index -= 1
        lines = len(_LINE_END.findall(self.text, index, mark.index))
        if not lines:
            return Scalar("", mark.line + 1, mark.column + 1 - (mark.index - index))
        start = index
        while start and self.text[start - 1] not in _BREAKS:
            start -= 1
        return Scalar("", mark.line + 1 - lines, index - start + 1)

    def mapping(self, items: list[Node], line: int, column: int) -> Mapping:
        keys, values = items[::2], items[1::2]
        if self.merges_nothing and set(map(type, keys)) == _ONLY_SCALARS:
            return tuple.__new__(Mapping, (tuple(zip(keys, values, strict=True)), line, column))
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
        written = next(_WORD.finditer(self.text, mark.index))[0]
        self.findings.append(
            rules.ALIAS_DITOLAK.at(value=written, place=Place(mark.line + 1, mark.column + 1))
        )

    def broken(self, error: yaml.YAMLError) -> Finding:
        """Say in our own words where the YAML breaks; the two parsers have different ones."""
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", ""))
        if mark is None:
            return rules.BUKAN_YAML.at(place=Place(1, 1), sebab=_UNKNOWN)
        lines = _LINE_END.split(self.text)
        line = min(mark.line, len(lines) - 1)
        written = lines[line]
        place = Place(line + 1, min(mark.column, len(written)) + 1)
        bare = re.match(_BARE_DASH, written) if "sequence entries are not allowed" in problem else None
        if bare is not None:
            return rules.STRIP_TANPA_KUTIP.at(value="-", place=Place(line + 1, bare.start(1) + 1))
        if "end of stream" in problem:
            opened = getattr(error, "context_mark", None) or mark
            return rules.KUTIP_TIDAK_DITUTUP.at(place=Place(opened.line + 1, opened.column + 1))
        char = written[mark.column] if mark.column < len(written) else ""
        return rules.BUKAN_YAML.at(place=place, sebab=_cause(problem, char))


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

_PLAIN: Final = r"[^\W_]([^\n\t:#\"]|:(?=[^\s])|(?<=[^\s])#|\")*(?<![\s:])"
_FLOW_UNSAFE: Final = frozenset(",[]{}?")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_ESCAPED: Final = '[\x00-\x1f"\\\\\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]'


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
    plain = re.fullmatch(_PLAIN, text) is not None and re.search(_ESCAPED, text.replace('"', "")) is None
    if plain and not (flow and not _FLOW_UNSAFE.isdisjoint(text)):
        return text
    return f'"{re.sub(_ESCAPED, _escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if char in _ESCAPES:
        return _ESCAPES[char]
    return f"\\U{ord(char):08x}" if char > "\uffff" else f"\\u{ord(char):04x}"

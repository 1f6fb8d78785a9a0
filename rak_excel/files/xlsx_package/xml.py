"""An XML part by the offsets of its elements: it is changed by splicing, what stands between stays."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.parsers import expat

from rak_excel import rules
from rak_excel.files.xlsx_package.archive import unsure
from rak_excel.findings import RakError, Words

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"

DEPTH_LIMIT: Final = 200
ELEMENT_LIMIT: Final = 5_000_000

_TAG: Final = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_NAME: Final = re.compile(rb"<\s*([^\s/>]+)")
_ATTRIBUTE: Final = re.compile(rb"""([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_DECLARATION: Final = re.compile(rb"""\A<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

CELL_TEXT: Final = 32_767


class Element:
    """An element: its local name (foreign ones have the namespace before it) and where it stands."""

    __slots__ = ("_inner", "attributes", "children", "close", "data", "parent", "start", "tag", "text")

    def __init__(
        self, data: bytes, tag: str, attributes: dict[str, str], start: int, parent: "Element | None"
    ) -> None:
        self.data = data
        self.tag = tag
        self.attributes = attributes
        self.start = self.close = start
        self.parent = parent
        self.children: list[Element] | tuple[Element, ...] = ()
        self.text = ""
        self._inner = 0

    @property
    def inner(self) -> int:
        """Where the start tag ends."""
        if not self._inner:
            match = _TAG.match(self.data, self.start)
            self._inner = match.end() if match else self.start
        return self._inner

    @property
    def is_closed(self) -> bool:
        """Whether it is written as `<a/>`."""
        return self.data[self.inner - 2 : self.inner - 1] == b"/"

    @property
    def end(self) -> int:
        """Where the element ends."""
        return self.inner if self.is_closed else self.data.index(b">", self.close) + 1

    @property
    def raw(self) -> bytes:
        """The element as it is written."""
        return self.data[self.start : self.end]

    @property
    def head(self) -> bytes:
        """Its start tag as it is written."""
        return self.data[self.start : self.inner]

    @property
    def name(self) -> str:
        """Its name with its prefix, as it is written."""
        match = _NAME.match(self.data, self.start)
        return match[1].decode() if match else self.tag

    @property
    def prefix(self) -> str:
        """Its prefix with the colon, for elements that are put beside or below it."""
        before, colon, _ = self.name.rpartition(":")
        return before + colon

    def all(self, tag: str) -> list["Element"]:
        """The children of a name."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Element | None":
        """The first child of a name."""
        return next((child for child in self.children if child.tag == tag), None)

    def walk(self) -> Iterator["Element"]:
        """The element and all below it that were kept."""
        stack = [self]
        while stack:
            one = stack.pop()
            yield one
            stack.extend(reversed(one.children))


Keep = Callable[[Element, str, dict[str, str]], bool]


class Tree:
    """A part, read once by expat; edits are gathered and done together.

    `keep` is asked for each element below one that is kept; what it does not want is not looked into.
    `spare` is asked at the end of each: what can be spared takes no room.

    Raises:
        RakError: the part is no XML, declares entities, or is too deep.
    """

    def __init__(
        self, part: str, data: bytes, keep: Keep | None = None, spare: Callable[[Element], bool] | None = None
    ) -> None:
        self.part = part
        self.data = utf8(part, data)
        self.edits: list[tuple[int, int, bytes]] = []
        self.keep, self.spare = keep, spare
        self.skipped = self.depth = self.begun = 0
        self.open: list[Element] = []
        self.known: dict[str, str] = {}
        self.root = self._parsed()

    def _parsed(self) -> Element:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self.parser = parser
        self.made: Element | None = None
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError as error:
            why = Words("XML tidak tersusun dengan benar", str(error).partition(":")[0])
            raise RakError(
                rules.BAGIAN_RUSAK.at(bagian=self.part, baris=error.lineno, kolom=error.offset + 1, sebab=why)
            ) from error
        except (LookupError, ValueError) as error:  # behind a mark of UTF-8 another encoding is declared
            raise unsure(self.part, "pengodeannya tidak dikenal", "its encoding is unknown") from error
        finally:
            # handlers that are methods of the parser's owner are a circle
            parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
            parser.StartDoctypeDeclHandler = None
        if self.made is None:
            raise unsure(self.part, "tidak ada isinya", "it holds nothing")
        return self.made

    def _refuse(self, *_: Any) -> None:  # noqa: ANN401 - what it declares does not matter
        raise RakError(rules.TIPE_DOKUMEN_DITOLAK.at(bagian=self.part))

    def _tag(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        tag = self.known[name] = local if space == self.space else name
        return tag

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.begun += 1
        if self.depth > DEPTH_LIMIT or self.begun > ELEMENT_LIMIT:
            sebab = Words("terlalu banyak unsur", "too many elements")
            raise RakError(rules.MELAMPAUI_BATAS.at(bagian=self.part, sebab=sebab))
        if self.skipped:
            self.skipped += 1
            return
        parent = self.open[-1] if self.open else None
        if parent is None:
            self.space = name.rpartition(" ")[0]
        tag = self.known.get(name) or self._tag(name)
        if parent is not None and self.keep and not self.keep(parent, tag, attributes):
            self.skipped = 1
            return
        one = Element(self.data, tag, attributes, self.parser.CurrentByteIndex, parent)
        if isinstance(parent, Element):
            if isinstance(parent.children, list):
                parent.children.append(one)
            else:
                parent.children = [one]
        self.open.append(one)

    def _end(self, _: str) -> None:
        self.depth -= 1
        if self.skipped:
            self.skipped -= 1
            return
        self.made = self.open.pop()
        self.made.close = self.parser.CurrentByteIndex
        parent = self.made.parent
        if self.spare and parent is not None and isinstance(parent.children, list) and self.spare(self.made):
            parent.children.pop()

    def _text(self, text: str) -> None:
        if not self.skipped and self.open:
            self.open[-1].text += text

    # --- changing ----------------------------------------------------------------------------------------

    def replace(self, start: int, end: int, new: str | bytes) -> None:
        """Put something in the place of bytes; at one place in the order in which it was asked for."""
        self.edits.append((start, end, new.encode() if isinstance(new, str) else new))

    def insert(self, at: int, new: str | bytes) -> None:
        """Put something between two bytes."""
        self.replace(at, at, new)

    def remove(self, one: Element) -> None:
        """Take an element out."""
        self.replace(one.start, one.end, b"")

    def append(self, parent: Element, new: str) -> None:
        """Put something behind the last child of an element."""
        if not new:
            return
        if parent.is_closed:
            self.replace(parent.inner - 2, parent.inner, f">{new}</{parent.name}>")
        else:
            self.insert(parent.close, new)

    def put(self, new: str, tag: str, order: tuple[str, ...]) -> None:
        """Put a child of the root in the place that its format's order of children gives it."""
        before = set(order[: order.index(tag)])
        last = next((child for child in reversed(self.root.children) if child.tag in before), None)
        if last is not None:
            self.insert(last.end, new)
        elif self.root.is_closed:
            self.append(self.root, new)
        else:
            self.insert(self.root.inner, new)

    def fill(self, one: Element, text: str) -> None:
        """Give an element another text."""
        if one.is_closed:
            self.append(one, escaped(text))
        else:
            self.replace(one.inner, one.close, escaped(text))

    def set(self, one: Element, **values: str | None) -> None:
        """Give attributes other values; `None` takes one away."""
        found = {match[1].decode(): match for match in _attributes(one.head)}
        for name, value in values.items():
            match = found.get(name)
            if match is not None and value is None:
                start = one.start + match.start()
                blank = self.data[start - 1 : start].isspace()
                self.replace(start - blank, one.start + match.end(), b"")
            elif match is not None and value is not None:
                self.replace(one.start + match.start(2), one.start + match.end(2), f'"{quoted(value)}"')
            elif value is not None:
                self.insert(_name_end(one), f' {name}="{quoted(value)}"')

    def take(self, one: Element, since: int) -> bytes:
        """An element with the edits from number `since` on, all of them its own: it goes to another place."""
        inside = self.edits[since:]
        del self.edits[since:]
        return self._spliced(one.start, one.end, inside)

    def content(self) -> bytes:
        """The part with all edits."""
        return self._spliced(0, len(self.data), self.edits) if self.edits else self.data

    def _spliced(self, at: int, stop: int, edits: list[tuple[int, int, bytes]]) -> bytes:
        pieces = []
        for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
            if start < at:
                raise RuntimeError(f"two edits of {self.part} at {start}")
            pieces += [self.data[at:start], new]
            at = end
        return b"".join((*pieces, self.data[at:stop]))


def _name_end(one: Element) -> int:
    match = _NAME.match(one.data, one.start)
    return match.end() if match else one.inner


def _attributes(head: bytes) -> Iterator[re.Match[bytes]]:
    name = _NAME.match(head)
    return _ATTRIBUTE.finditer(head, name.end() if name else 0)


def with_attributes(raw: bytes, **values: str) -> bytes:
    """An element as it is written, with some attributes of its start tag set."""
    match = _TAG.match(raw)
    head = raw[: match.end()] if match else raw
    rest = raw[len(head) :]
    for name, value in values.items():
        new = f'{name}="{quoted(value)}"'.encode()
        found = next((one for one in _attributes(head) if one[1] == name.encode()), None)
        if found is not None:
            head = head[: found.start()] + new + head[found.end() :]
        else:
            named = _NAME.match(head)
            at = named.end() if named else 1
            head = head[:at] + b" " + new + head[at:]
    return head + rest


def attributes_of(raw: bytes) -> dict[bytes, bytes]:
    """The attributes of an element as they are written."""
    match = _TAG.match(raw)
    return {one[1]: one[2][1:-1] for one in _attributes(raw[: match.end()] if match else raw)}


def utf8(part: str, data: bytes) -> bytes:
    """The part in UTF-8: only there a byte's place is sure."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _transcoded(part, data[2:], encoding)
    if data.startswith(b"<\0"):
        return _transcoded(part, data, "utf-16-le")
    if data.startswith(b"\0<"):
        return _transcoded(part, data, "utf-16-be")
    declared = _DECLARATION.match(data)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    if encoding in {"utf-8", "utf8", "us-ascii", "ascii"}:
        return data
    return _transcoded(part, data, encoding)


def _transcoded(part: str, data: bytes, encoding: str) -> bytes:
    try:
        text = data.decode(encoding).encode()
    except (LookupError, UnicodeError, ValueError) as error:
        raise unsure(part, f"pengodean {encoding}", f"encoding {encoding}") from error
    return _DECLARATION.sub(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', text, count=1)


def escaped(text: str) -> str:
    r"""A text as XML holds it; what XML cannot carry is shown as `\x01`.

    Examples:
        >>> escaped("a<b & \x01")
        'a&lt;b &amp; \\x01'
    """
    text = _ILLEGAL.sub(
        lambda match: f"\\x{ord(match[0]):02x}", text.replace("\r\n", "\n").replace("\r", "\n")
    )
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """A text as an attribute holds it."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def stored(text: str) -> str:
    """A text as cells and notes hold it: what looks like Excel's escapes is escaped.

    Examples:
        >>> stored("_x0041_"), stored("a_x")
        ('_x005F_x0041_', 'a_x')
    """
    return escaped(_ESCAPE.sub("_x005F_", text[:CELL_TEXT]))


def whole(text: str | None, default: int = 0) -> int:
    """A number that an attribute holds; `default` where it holds none.

    Examples:
        >>> whole("12"), whole("x", 7), whole(None)
        (12, 7, 0)
    """
    return int(text) if text and text.isdecimal() and text.isascii() and len(text) < 10 else default


def local_name(one: Element) -> str:
    """An element's name without its namespace."""
    return one.tag.rpartition(" ")[2]

"""YAML as authors type it: nothing coerced, every place right, nothing that hangs or crashes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rak_excel.files import yaml_text
from rak_excel.files.yaml_text import Read, quoted, read, write
from rak_excel.nodes import Mapping, Node, Scalar, Sequence

"""What a hostile file may take; a right one of this size takes less."""


def of(text: str) -> Mapping:
    """The one document of a text without faults."""
    found = read(text.encode())
    assert [finding.message("en") for finding in found.findings] == []
    (root,) = found.roots
    return root


def told(data: bytes | str) -> list[tuple[str, int, int]]:
    """Code, line and column of every finding."""
    found = read(data.encode() if isinstance(data, str) else data)
    return [(one.code, one.place.line, one.place.column) for one in found.findings if one.place is not None]


def plain(node: Node) -> object:
    """A node without its places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


# --- what was typed is what is read ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["0123", "NO", "no", "yes", "true", "null", "10:30", "1_000", "2024-01-01", "198205062010122002",
     "306.461",
     "1e5", ".inf", "0x1F", "0o17", "1.0", "+62", "2001-12-14t21:59:43.10-05:00", "=", "√", "100%"],
)  # fmt: skip
def test_no_scalar_is_ever_coerced(typed: str) -> None:
    assert of(f"biaya: {typed}\n") == Mapping(((Scalar("biaya", 1, 1), Scalar(typed, 1, 8)),), 1, 1)


@pytest.mark.parametrize("empty", ["biaya:\n", "biaya: ''\n", 'biaya: ""\n', "biaya: # nanti\n"])
def test_a_blank_value_is_an_empty_text(empty: str) -> None:
    assert plain(of(empty)) == {"biaya": ""}


def test_a_tilde_is_a_text_and_no_nothing() -> None:
    assert plain(of("biaya: ~\n")) == {"biaya": "~"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: satu\n   dua\n", "satu dua"),
        ("a: |\n  satu\n  dua\n", "satu\ndua\n"),
        ("a: |-\n  satu\n\n  dua\n", "satu\n\ndua"),
        ("a: >\n  satu\n  dua\n", "satu dua\n"),
        ("a: 'it''s'\n", "it's"),
        ('a: "dua\\nbaris \\u221a"\n', "dua\nbaris √"),
        ("a: Kajian/Analisa, Prosedur; (dan) no#1 \n", "Kajian/Analisa, Prosedur; (dan) no#1"),
        ("a: siapa saja? ya!\n", "siapa saja? ya!"),
        ("{a: siapa?, b: x}\n", "siapa?"),
        ("a: satu\tdua\t# tab\n", "satu\tdua"),
        ("a:   spasi  ganda  di dalam   \n", "spasi  ganda  di dalam"),
    ],
)
def test_a_text_is_read_in_every_style(text: str, value: str) -> None:
    assert plain(of(text).entries[0][1]) == value


def test_flow_and_block_style_give_the_same_nodes() -> None:
    flow = "{sasaran: [{uraian: A, indikator: [{target: 100, triwulan: [1, 2]}]}]}"
    block = "sasaran:\n- uraian: A\n  indikator:\n  - target: 100\n    triwulan:\n    - 1\n    - 2\n"

    assert plain(of(flow)) == plain(of(block))


def test_repeated_keys_are_all_kept() -> None:
    assert [key.text for key, _ in of("a: 1\nb: 2\na: 3\n").entries] == ["a", "b", "a"]


def test_several_documents_are_several_roots() -> None:
    found = read(b"a: 1\n---\nb: 2\n---\n---\nc: 3\n...\n")

    assert [plain(root) for root in found.roots] == [{"a": "1"}, {"b": "2"}, {"c": "3"}]
    assert found.findings == ()


def test_the_place_of_a_later_document_counts_from_the_top_of_the_file() -> None:
    found = read(b"a: 1\n---\nb: 2\n")

    assert found.roots[1].entries[0][1] == Scalar("2", 3, 4)


# --- places ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("# judul\na: x\n", 2, 4),
        ("a: 'x'\n", 1, 4),
        ("a:\n  b: x\n", 2, 6),
        ("a: [y, x]\n", 1, 8),
        ("- 1\n- x\n", 2, 3),
        ("a: |\n  x\n", 1, 4),
        ("😀😀: x\n", 1, 5),
        ("{😀: 😀, a: x}\n", 1, 11),
        ("a: y\r\nb: x\r\n", 2, 4),
        ("a: y\rb: x\r", 2, 4),
        ("{a:  , b: x}\n", 1, 11),
        ("{b: x, a:  }\n", 1, 10),
    ],
)
def test_a_place_counts_characters_from_one(text: str, line: int, column: int) -> None:
    def scalars(node: Node) -> list[Scalar]:
        if isinstance(node, Scalar):
            return [node]
        below = node.items if isinstance(node, Sequence) else [value for _, value in node.entries]
        return [one for item in below for one in scalars(item)]

    found = read(text.encode())
    if found.roots:
        last = scalars(found.roots[0])[-1]
    else:  # a list is no plan, but its place is told all the same
        assert told(text) == [("RAK103", 1, 1)]
        return

    assert (last.line, last.column) == (line, column)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")],
)
def test_a_byte_order_mark_moves_no_place(encoding: str, mark: bytes) -> None:
    found = read(mark + "unit: Sekretariat √\ntahun: 2024\n".encode(encoding))

    assert found.findings == ()
    assert found.roots == (of("unit: Sekretariat √\ntahun: 2024\n"),)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_computer_give_the_same_nodes(newline: str) -> None:
    text = "tahun: 2024\nsasaran:\n  - uraian: |\n      satu\n      dua\n    indikator: []\nunit: A\n"

    assert of(text.replace("\n", newline)) == of(text)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029"])
def test_the_shown_text_has_the_lines_that_places_count(newline: str) -> None:
    """A report quotes the user's own line; the line above it would mislead."""
    found = read(f"a: 1{newline}b: 2{newline}c: x\n".encode())
    value = found.roots[0].entries[-1][1]

    assert found.text.split("\n")[value.line - 1] == "c: x"


# --- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "line", "column"),
    [
        ("a: &x 1\n", "&x", 1, 4),
        ("a: 1\nb: *x\n", "*x", 2, 4),
        ("a: &x 1\nb: *x\n", "&x", 1, 4),
        ("a: !!str 1\n", "!!str", 1, 4),
        ("a: !mine {b: 1}\n", "!mine", 1, 4),
        ("a: &l [1]\n", "&l", 1, 4),
        ("<<: {a: 1}\n", "<<", 1, 1),
        ("a: !<tag:yaml.org,2002:int> 1\n", "!<tag:yaml.org,2002:int>", 1, 4),
        ("a: !!python/object/apply:os.system ['id']\n", "!!python/object/apply:os.system", 1, 4),
    ],
)
def test_anchors_aliases_merges_and_tags_are_refused(text: str, value: str, line: int, column: int) -> None:
    found = read(text.encode()).findings

    assert found
    assert (found[0].code, found[0].value, found[0].place) == ("RAK009", value, (line, column, None))


def test_every_alias_of_a_file_is_told() -> None:
    assert told("a: &x 1\nb: *x\nc: *x\n") == [("RAK009", 1, 4), ("RAK009", 2, 4), ("RAK009", 3, 4)]


def test_a_quoted_merge_key_is_refused_too() -> None:
    assert told('"<<": 1\n') == [("RAK009", 1, 1)]


def test_a_bare_dash_is_told_at_its_line_with_what_to_write() -> None:
    found = read(b"kegiatan:\n  - uraian: Rapat\n    biaya: -\n    pelaksana: A\n")

    assert told(b"kegiatan:\n  - uraian: Rapat\n    biaya: -\n    pelaksana: A\n") == [("RAK013", 3, 12)]
    assert 'nihil atau "-"' in found.findings[0].hint("id")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("biaya: -\n", 1, 8),
        ("biaya: - # nihil\n", 1, 8),
        ("a:\n- biaya: -\n", 2, 10),
        ("biaya:   -   \n", 1, 10),
        ("biaya: -\r\n", 1, 8),
        ("biaya: \t-\t# x\n", 1, 9),
        ("a:\n- biaya: - # - x\n", 2, 10),
    ],
)
def test_a_bare_dash_is_known_in_every_surrounding(text: str, line: int, column: int) -> None:
    assert told(text) == [("RAK013", line, column)]


def test_a_bare_dash_hides_nothing_below_it() -> None:
    found = read(b"biaya: -\npagu: -\ntahun: 2026\n")

    assert [one.code for one in found.findings] == ["RAK013", "RAK013"]
    assert [key.text for key, _ in found.roots[0].entries] == ["biaya", "pagu", "tahun"]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: @x\n", 1, 4),
        ("a: `x`\n", 1, 4),
        ("a: %x\n", 1, 4),
        ("a: b: c\n", 1, 5),
        ("a: 1\n b: 2\n", 2, 3),
        ("a: [1, 2\nb: 3\n", 2, 2),
        ("a: 1\n\tb: 2\n", 2, 1),
        ("a: {b: 1\n", 2, 1),
        ("sasaran:\n  - uraian: x\n   indikator: y\n", 3, 4),
    ],
)
def test_broken_yaml_is_told_where_it_breaks(text: str, line: int, column: int) -> None:
    assert told(text) == [("RAK003", line, column)]


def test_an_unclosed_quote_is_told_where_it_was_opened() -> None:
    assert told("a: 1\nb: 'x\nc: 2\n") == [("RAK132", 2, 4)]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a: 1\nb: Kab\xe9paten\n", (2, 7)),
        (b"\xff\n", (1, 1)),
        ("√√: ".encode() + b"\xe2\x88\n", (1, 5)),
        (b"\xef\xbb\xbfa: \xe9\n", (1, 4)),
        (b"a: 1\r\nb: \xe9\r\n", (2, 4)),
        (b"a: 1\rb: \xe9\r", (2, 4)),
    ],
)
def test_a_byte_that_is_no_utf_8_is_told_at_its_place(data: bytes, place: tuple[int, int]) -> None:
    assert told(data) == [("RAK006", *place)]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfea\x00:\x00 \x00\x00\xd8\n\x00",
        b"\xff\xfea\x00:\x00 \x00x\x00\n",
        b"\xfe\xff\x00a\xdc\x00\x00\n",
    ],
)
def test_broken_utf_16_is_told_and_never_repaired(data: bytes) -> None:
    assert [code for code, _, _ in told(data)] == ["RAK006"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\nb: x\0y\n", (2, 5)),
        ("\0", (1, 1)),
        ("a: \x07\n", (1, 4)),
        ("a: x\x0b\n", (1, 5)),
        ("a: \x7f\n", (1, 4)),
        ("a: \ufffe\n", (1, 4)),
        ("a: x\ufeffy\n", (1, 5)),
        ("a: 1\rb: \x01\r", (2, 4)),
    ],
)
def test_a_control_character_is_told_at_its_place(text: str, place: tuple[int, int]) -> None:
    assert told(text) == [("RAK007", *place)]


def test_a_binary_file_is_told_in_a_handful_of_findings() -> None:
    assert 1 <= len(told(bytes(range(32)) * 4000)) <= 20


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"# hanya komentar\n", b"---\n", b"\xef\xbb\xbf", b"--- \n...\n"]
)
def test_a_file_without_a_plan_is_told(data: bytes) -> None:
    assert told(data) == [("RAK002", 1, 1)]


@pytest.mark.parametrize(("data", "line"), [(b"- 1\n", 1), (b"teks saja\n", 1), (b"a: 1\n---\n- 1\n", 3)])
def test_a_document_that_is_no_mapping_is_told_at_its_place(data: bytes, line: int) -> None:
    assert told(data) == [("RAK103", line, 1)]


def test_a_key_that_is_a_list_is_told() -> None:
    assert told("? [1, 2]\n: x\n") == [("RAK105", 1, 3)]


# --- hostile files -----------------------------------------------------------------------------------------


@pytest.fixture(params=["C", "Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of PyYAML's two parsers in turn."""
    if request.param == "Python":
        monkeypatch.setattr(yaml_text, "_LOADER", yaml_text._Python)
    return str(request.param)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("depth", [10_000, 100_000])
@pytest.mark.parametrize("opened", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_endless_nesting_is_one_finding(opened: str, depth: int) -> None:
    found = read((opened * depth).encode())

    assert [one.code for one in found.findings] == ["RAK008"]


def test_a_plan_may_be_nested_as_deep_as_the_limit() -> None:
    deep = "a: " + "[" * 63 + "]" * 63 + "\n"

    assert told(deep) == []


@pytest.mark.usefixtures("loader")
def test_a_bomb_of_aliases_is_never_unfolded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    found = read("\n".join(lines).encode())

    assert {one.code for one in found.findings} == {"RAK009"}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a: " + "x" * 1_000_000, []),
        ("x" * 1_000 + ": 1", []),
        ("a: '" + "''" * 200_000, ["RAK132"]),
        ("#" * 1_000_000, ["RAK002"]),
    ],
)
def test_a_long_line_is_read_to_its_end(text: str, codes: list[str]) -> None:
    assert [one.code for one in read(text.encode()).findings] == codes


# --- both parsers ------------------------------------------------------------------------------------------


def with_each_parser(data: bytes) -> tuple[Read, Read]:
    """What is read with PyYAML's C parser, and with its Python parser."""
    by_c = read(data)
    before: Any = yaml_text._LOADER
    yaml_text._LOADER = yaml_text._Python  # type: ignore[misc]  # what a PyYAML without libyaml has
    try:
        return by_c, read(data)
    finally:
        yaml_text._LOADER = before  # type: ignore[misc]


PIECES = [
    "a", "b: 1", "a: x", "- ", "- y", "  ", "\n", "\n", ": ", "?", "[", "]", "{", "}", ", ", "'", '"', "|",
    ">", "#",
    " # k", "&x", "*x", "!t", "---", "...", "%", "@", "`", "\t", "\\", "-", "~", "<<", "√", "😀", "\u2028",
    "\x85", "\r\n",
    "\r", "0123", "|-\n  z", ">+\n", "\xa0", "\ufeff",
]  # fmt: skip
fragments = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(max_examples=500)
@given(fragments | st.text("ab:-[]{},'\"#&*!|>%@`?~ \n\t\r", max_size=24))
@example("a: 1\n b: 2\n")
@example("{a: [1, 2}\n")
def test_both_parsers_tell_the_same(text: str) -> None:
    """A computer without libyaml must print the very findings that another prints."""
    by_c, by_python = with_each_parser(text.encode())

    assert by_python == by_c


@settings(max_examples=300)
@given(fragments)
def test_every_finding_lies_inside_the_text(text: str) -> None:
    """An editor jumps to the place; outside the file it would jump nowhere."""
    found = read(text.encode())
    lines = found.text.split("\n")

    for finding in found.findings:
        assert finding.place is not None
        assert 1 <= finding.place.line <= len(lines)
        assert 1 <= finding.place.column <= len(lines[finding.place.line - 1]) + 1


@settings(max_examples=300)
@given(st.binary(max_size=60))
def test_no_bytes_raise(data: bytes) -> None:
    """Below the commands nothing raises for what a user wrote."""
    found = read(data)

    assert found.roots or found.findings


# --- writing -----------------------------------------------------------------------------------------------

UTF8 = st.characters(exclude_categories=["Cs"])
words = st.text(UTF8, max_size=20) | st.text(
    "ab-:#,[]{}&*!|>'\"%@`?~= \n\t\r\\.0\u2028\x85\ufeff", max_size=10
)


@settings(max_examples=500)
@given(words)
@example("- a")
@example("a: b")
@example("a #b")
@example("null")
@example("---")
@example("...")
@example("a:")
@example("\ufeff")
@example("a\u2028b")
@example(" a")
@example("a ")
@example("")
def test_any_text_is_read_back_as_it_was_written(text: str) -> None:
    for flow in (False, True):
        written = quoted(text, flow=flow)
        shape = f"a: [{written}, {{b: {written}}}]\n" if flow else f"- a: {written}\n  b: {written}\n"
        (root,) = yaml.compose_all(shape, Loader=yaml.SafeLoader)
        assert "\n" not in written
        values = [
            node.value for node, _ in _scalars(root) if node.value not in ("a", "b") or text in ("a", "b")
        ]
        assert text in values
        assert yaml_text.read(f"x: {written}\n".encode()).roots[0].entries[0][1] == Scalar(text, 1, 4)


def _scalars(node: Any) -> list[tuple[Any, None]]:
    if isinstance(node, yaml.ScalarNode):
        return [(node, None)]
    below = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
    return [one for part in below for one in _scalars(part)]


@pytest.mark.parametrize("text", ["Sub Bagian Hukum", "100", "306.461.000", "2 Lap", "Kajian/Analisa (awal)"])
def test_an_everyday_text_is_written_without_quotes(text: str) -> None:
    assert quoted(text) == text


@given(words, st.sampled_from(["uraian", "triwulan"]))
def test_a_written_document_is_read_back(text: str, key: str) -> None:
    inner = Mapping(((Scalar(key, 0, 0), Scalar(text, 0, 0)),), 0, 0)
    ticks = Sequence((Scalar(text, 0, 0), Scalar("2", 0, 0)), 0, 0)
    values = Mapping(((Scalar("1", 0, 0), Scalar(text, 0, 0)),), 0, 0)
    entries: list[tuple[Scalar, Node]] = [
        (Scalar("list", 0, 0), Sequence((inner, inner), 0, 0)),
        (Scalar("map", 0, 0), inner),
        (Scalar("ticks", 0, 0), ticks),
        (Scalar("values", 0, 0), values),
        (Scalar("text", 0, 0), Scalar(text, 0, 0)),
    ]
    root = Mapping(tuple(entries), 0, 0)
    found = read(write((root, root)).encode())

    assert found.findings == ()
    assert [plain(one) for one in found.roots] == [plain(root), plain(root)]

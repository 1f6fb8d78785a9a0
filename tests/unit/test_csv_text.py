"""A CSV is read as Excel, LibreOffice or a hand writes it, and written so that they read it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rak_excel.files.csv_text import EXCEL, Dialect, Read, read, write
from rak_excel.findings import Place
from rak_excel.nodes import Mapping, Node, Scalar, Sequence
from rak_excel.plan.codec import decode
from rak_excel.plan.encode import encode
from rak_excel.plan.model import Band, Form, Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.plan.rows import unnest

FORM = Form("kpu", frozenset({"kegiatan.uraian", "kegiatan.biaya"}), (Band("triwulan", "tick"),))
COLUMNS = (
    "nomor",
    "sasaran",
    "indikator",
    "target",
    "kegiatan",
    *(f"triwulan[{number}]" for number in range(1, 5)),
    "biaya",
    "pelaksana",
)
HEADING = "no,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana"
PLAN = f"""rak,1
tahun,2026
unit,Sekretariat KPU Kabupaten Contoh
penandatangan.jabatan,Sekretaris
penandatangan.nama,SARJANI

{HEADING}
1,Tersedianya data,Persentase sarana,100,Rapat,√,,√,,306.461.000,Divisi Data
,,,,Jaringan,,√,,,bersama,Divisi Data
"""


def root_of(found: Read) -> Mapping:
    """The nodes of a file that holds a plan."""
    (root,) = found.roots
    return root


def rows(found: Read) -> list[dict[str, str]]:
    """The rows of a file as they were understood, blank fields left out."""
    return [{key: text for key, text in row.items() if text} for row in unnest(root_of(found))]


def keys(found: Read) -> dict[str, Any]:
    """The key lines of a file as they were understood."""
    return {key.text: tree(node) for key, node in root_of(found).entries if key.text != "sasaran"}


def tree(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [tree(item) for item in node.items]
    return {key.text: tree(below) for key, below in node.entries}


def codes(found: Read) -> list[tuple[str, int, int]]:
    """The findings with their line and the number of the value in its record."""
    return [
        (finding.code, finding.place.line, finding.place.column)
        for finding in found.findings
        if finding.place is not None
    ]


def text_read(text: str) -> Read:
    return read(text.encode())


PLAIN = text_read(PLAN)


def test_a_plan_is_read() -> None:
    assert keys(PLAIN) == {
        "rak": "1",
        "tahun": "2026",
        "unit": "Sekretariat KPU Kabupaten Contoh",
        "penandatangan": [{"jabatan": "Sekretaris", "nama": "SARJANI"}],
    }
    assert rows(PLAIN) == [
        {
            "nomor": "1",
            "sasaran": "Tersedianya data",
            "indikator": "Persentase sarana",
            "target": "100",
            "kegiatan": "Rapat",
            "triwulan[1]": "√",
            "triwulan[3]": "√",
            "biaya": "306.461.000",
            "pelaksana": "Divisi Data",
        },
        {
            "target": "100",
            "kegiatan": "Jaringan",
            "triwulan[2]": "√",
            "biaya": "bersama",
            "pelaksana": "Divisi Data",
        },
    ]
    assert (PLAIN.findings, PLAIN.fields) == ((), COLUMNS)


# How it is written


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_same_plan_is_read_from_any_dialect(separator: str, encoding: str, newline: str) -> None:
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    text = mark + PLAN.replace(",", separator).replace("\n", newline)

    found = read(text.encode(encoding))

    assert found.sniffed == Dialect(encoding, separator, newline)
    assert tree(root_of(found)) == tree(root_of(PLAIN))
    assert found.findings == ()


def test_a_first_line_may_name_the_separator() -> None:
    found = text_read("sep=|\n" + PLAN.replace(",", "|"))

    assert found.sniffed == Dialect("utf-8", "|", "\n", declared=True)
    assert rows(found) == rows(PLAIN)


def test_a_first_line_that_names_the_wrong_separator_is_not_believed() -> None:
    assert rows(text_read("sep=;\n" + PLAN)) == rows(PLAIN)


def test_the_separator_is_the_one_of_the_heading_row_not_the_most_frequent() -> None:
    text = (
        "unit;KPU, Kabupaten, Contoh, Sumatera\nno;sasaran;indikator;kegiatan\n1;A, B, C;x, y, z;a, b, c, d\n"
    )

    found = text_read(text)

    assert keys(found) == {"unit": "KPU, Kabupaten, Contoh, Sumatera"}
    assert rows(found) == [
        {"nomor": "1", "sasaran": "A, B, C", "indikator": "x, y, z", "kegiatan": "a, b, c, d"}
    ]


def test_what_excel_saves_in_the_code_page_of_windows_is_read() -> None:
    text = f"tahun,2026\n{HEADING}\n1,Ketersediaan – “data”,x,100,Rapat,v,,,,5000,Divisi\n"

    found = read(text.encode("cp1252"))

    assert found.sniffed.encoding == "cp1252"
    assert rows(found)[0]["sasaran"] == "Ketersediaan – “data”"
    assert found.findings == ()


def test_a_byte_that_no_encoding_knows_is_told_with_its_place() -> None:
    found = read(f"{HEADING}\n1,A,x,100,Caf".encode() + b"\xe9 \x81,v,,,,5000,P\n")

    assert [(*place, finding.value) for place, finding in zip(codes(found), found.findings, strict=True)] == [
        ("RAK006", 2, 5, "0x81")
    ]


def test_one_broken_byte_does_not_turn_every_tick_into_rubbish() -> None:
    data = PLAN.encode().replace(b"Jaringan", b"Jaring\xe2an")

    found = read(data)

    assert found.sniffed.encoding == "utf-8"
    assert codes(found) == [("RAK006", 9, 5)]
    assert rows(found) == [*rows(PLAIN)[:1], rows(PLAIN)[1] | {"kegiatan": "Jaringan"}]


def test_half_a_character_of_utf_16_is_told() -> None:
    data = ("\ufeff" + PLAN).encode("utf-16-le") + b"x"

    assert codes(read(data))[0][0] == "RAK006"


def test_control_characters_are_told_and_taken_out() -> None:
    found = text_read(f"{HEADING}\n1,A,x,100,Ra\x00pat,v,,,,5000,\x0bP\n")

    assert codes(found) == [("RAK007", 2, 5), ("RAK007", 2, 11)]
    assert (rows(found)[0]["kegiatan"], rows(found)[0]["pelaksana"]) == ("Rapat", "P")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b",,,\r\n,,,\r\n", b" \t\n", b"\xff\xfe"])
def test_a_file_without_a_word_is_empty(data: bytes) -> None:
    found = read(data)

    assert ([finding.code for finding in found.findings], found.roots) == (["RAK002"], ())


def test_without_a_heading_row_the_key_lines_are_still_read() -> None:
    found = text_read("tahun,2026\nunit,KPU\n\nnomor,tujuan,uraian\n1,A,x\n")

    assert keys(found) == {"tahun": "2026", "unit": "KPU"}
    assert codes(found) == [("RAK005", 4, 1)]


# Quotation marks


def test_a_quoted_text_keeps_separators_quotation_marks_and_line_breaks() -> None:
    found = text_read(f'{HEADING}\n1,"A, ""B""","x\r\ny\rz",100," Rapat",v,,,,"306,461,000",P\n,,,,Cetak\n')

    assert [rows(found)[0][key] for key in ("sasaran", "indikator", "kegiatan", "biaya")] == [
        'A, "B"',
        "x\ny\nz",
        " Rapat",
        "306,461,000",
    ]


def test_a_place_is_the_physical_line_on_which_the_record_begins() -> None:
    found = text_read(f'{HEADING}\n1,A,"x\ny",100,Rapat,v,,,,5000,P\n,,,,Cetak,v,,,,6000,P\n')

    indikator = root_of(found).entries[0][1]

    assert [scalar for scalar in scalars(indikator) if scalar.text in ("5000", "6000")] == [
        Scalar("5000", 2, 10),
        Scalar("6000", 4, 10),
    ]


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    below = node.items if isinstance(node, Sequence) else tuple(value for _, value in node.entries)
    return [scalar for item in below for scalar in scalars(item)]


def test_a_space_before_the_quotation_mark_is_no_part_of_the_text() -> None:
    found = text_read(f'{HEADING}\n1, "A, B" ,x,100,Rapat,v,,,,5000,P\n')

    assert rows(found)[0]["sasaran"] == "A, B"


def test_a_quotation_mark_inside_a_text_stays_as_it_is() -> None:
    found = text_read(f'{HEADING}\n1,A 5" B,x,100,="0123",v,,,,5000,P\n')

    assert (rows(found)[0]["sasaran"], rows(found)[0]["kegiatan"]) == ('A 5" B', '="0123"')
    assert found.findings == ()


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_file() -> None:
    found = text_read(f'{HEADING}\n1,"A,x,100,Rapat,v,,,,5000,P\n,,,,Cetak,v,,,,6000,P\n')

    assert codes(found) == [("RAK132", 2, 2)]
    assert [row["kegiatan"] for row in rows(found)] == ["Rapat", "Cetak"]


def test_a_quotation_mark_that_the_next_quoted_text_seems_to_close_is_told() -> None:
    found = text_read(f'{HEADING}\n1,"A,x,100,Rapat,v,,,,5000,P\n,,,,"Cetak, jilid",v,,,,6000,P\n')

    assert codes(found) == [("RAK132", 2, 2)]
    assert [row["kegiatan"] for row in rows(found)] == ["Rapat", "Cetak, jilid"]


def test_a_quotation_mark_that_is_not_doubled_is_told() -> None:
    found = text_read(f'{HEADING}\n1,A,x,100,"Rapat "inti" unit",v,,,,5000,P\n')

    assert codes(found) == [("RAK138", 2, 5)]
    assert rows(found)[0]["kegiatan"] == 'Rapat "inti" unit'


def test_a_text_longer_than_the_limit_of_the_csv_module_is_read() -> None:
    found = text_read(f'{HEADING}\n1,A,x,100,"{"Rapat " * 40_000}",v,,,,5000,P\n')

    assert (len(rows(found)[0]["kegiatan"]), found.findings) == (240_000, ())


# Key lines


def test_the_commas_that_excel_fills_up_with_are_no_cells() -> None:
    padded = "\n".join(line + "," * (10 - line.count(",")) for line in PLAN.splitlines())

    assert tree(root_of(text_read(padded))) == tree(root_of(PLAIN))


def test_the_empty_line_above_the_heading_row_may_be_missing() -> None:
    assert tree(root_of(text_read(PLAN.replace("\n\n", "\n")))) == tree(root_of(PLAIN))


def test_a_key_is_known_by_its_words() -> None:
    found = text_read(f"Tahun Anggaran:,2026\nTATA LETAK,kpu\nPenanda Tangan. Jabatan,Ketua\n{HEADING}\n")

    assert keys(found) == {"tahun": "2026", "tata_letak": "kpu", "penandatangan": [{"jabatan": "Ketua"}]}


def test_an_unknown_key_stays_as_it_was_typed_for_the_decoder_to_name() -> None:
    found = text_read(f"Tahum,2026\npenandatangan.namaa,SARJANI\n{HEADING}\n")

    findings = decode(root_of(found), FORM).findings

    assert [(finding.code, finding.value, finding.suggestion, finding.place) for finding in findings][:2] == [
        ("RAK101", "Tahum", "tahun", Place(1, 1)),
        ("RAK108", None, None, Place(1, 1)),
    ]
    assert (findings[-1].value, findings[-1].suggestion) == ("namaa", "nama")


def test_two_signatories_stand_in_the_order_of_their_numbers() -> None:
    found = text_read(
        f"penandatangan.2.nama,KEDUA\npenandatangan.1.nama,PERTAMA\npenandatangan.2.jabatan,Ketua\n{HEADING}\n"
    )

    assert keys(found)["penandatangan"] == [{"nama": "PERTAMA"}, {"nama": "KEDUA", "jabatan": "Ketua"}]


def test_a_second_signatory_that_is_left_blank_is_none() -> None:
    found = text_read(
        f"penandatangan.1.nama,SARJANI\npenandatangan.2.nama,\npenandatangan.2.nip,\n{HEADING}\n"
    )

    assert keys(found)["penandatangan"] == [{"nama": "SARJANI"}]


def test_a_key_below_the_table_is_read_and_told() -> None:
    found = text_read(PLAN.replace("penandatangan.nama,SARJANI\n", "") + "\npenandatangan.nama,SARJANI,,,\n")

    assert tree(root_of(found)) == tree(root_of(PLAIN))
    assert codes(found) == [("RAK136", 10, 1)]


def test_a_value_torn_by_its_comma_is_told_as_it_must_be_typed() -> None:
    found = text_read(f"unit,Sekretariat KPU, Kabupaten Contoh,,\n,tanpa kunci\n{HEADING}\n")

    assert codes(found) == [("RAK130", 1, 3), ("RAK130", 2, 2)]
    assert [finding.suggestion for finding in found.findings] == ['"Sekretariat KPU, Kabupaten Contoh"', None]


# The table


def test_an_amount_torn_by_its_commas_is_told_as_it_must_be_typed() -> None:
    found = text_read(f"{HEADING}\n1,A,x,100,Rapat,v,,,,306,461,000,Divisi\n")

    assert codes(found) == [("RAK130", 2, 12)]
    assert found.findings[0].suggestion == '"306,461,000"'


def test_an_unknown_and_a_repeated_column_are_told_where_they_stand() -> None:
    found = text_read(f"{HEADING},Keterangan,Anggaran\n1,A,x,100,Rapat,v,,,,5000,P,penting,7\n")

    assert codes(found) == [("RAK126", 1, 12), ("RAK127", 1, 13)]


def test_columns_that_are_wholly_blank_are_none() -> None:
    assert text_read(f"{HEADING},,\n1,A,x,100,Rapat,v,,,,5000,P,,\n").findings == ()


def test_the_columns_found_are_told_so_that_missing_ones_can_be_named() -> None:
    assert text_read("Kegiatan;Sasaran Kinerja;TW I;Lain\n").fields == ("kegiatan", "sasaran", "triwulan[1]")


# Carets


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(2, 2), "2026"),
        (Place(4, 2), '"A, B"'),
        (Place(4, 3), "x"),
        (Place(5, 1), ""),
        (Place(4, 9), None),
        (Place(99, 1), None),
        (Place(5, 3), None),  # begins on a later physical line
    ],
)
def test_the_caret_stands_where_the_value_begins(place: Place, shown: str | None) -> None:
    found = text_read('rak,1\ntahun,2026\nno,sasaran,indikator,kegiatan\n1,"A, B",x,k\n,"y\nz",w,l\n')

    caret = found.caret(place)

    rest = None if caret is None else found.text.split("\n")[place.line - 1][caret - 1 :]
    assert (rest is None) == (shown is None)
    assert (rest or "").startswith(shown or "")


# And back

texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff") | st.just("\n")
)
words = texts.filter(lambda text: text.strip() != "")
dialects = st.builds(
    Dialect,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"]),
    separator=st.sampled_from([",", ";", "\t"]),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    declared=st.booleans(),
)
kegiatan = st.fixed_dictionaries(
    {"kegiatan": words},
    optional={"biaya": texts, "pelaksana": texts, "kode": texts, "triwulan[1]": texts, "triwulan[3]": texts},
)
plans = st.tuples(
    st.fixed_dictionaries({"tahun": texts, "unit": texts}),
    st.lists(st.fixed_dictionaries({"nama": words, "jabatan": texts}), max_size=3),
    st.lists(st.tuples(words, words, st.lists(kegiatan, min_size=1, max_size=3)), max_size=3),
)


def scalar(text: str) -> Scalar:
    return Scalar(text, 0, 0)


def mapping(**entries: Node) -> Mapping:
    return Mapping(tuple((scalar(key), node) for key, node in entries.items()), 0, 0)


def listed(items: list[Mapping]) -> Sequence:
    return Sequence(tuple(items), 0, 0)


def kegiatan_node(fields: dict[str, str]) -> Mapping:
    ticks = {key[9]: scalar(text) for key, text in fields.items() if key.startswith("triwulan")}
    rest = {key.replace("kegiatan", "uraian"): scalar(text) for key, text in fields.items() if key[-1] != "]"}
    return mapping(**rest, triwulan=mapping(**ticks))


def plan_node(
    plan: tuple[dict[str, str], list[dict[str, str]], list[tuple[str, str, list[dict[str, str]]]]],
) -> Mapping:
    """The nodes of a plan with any texts in it."""
    scalars, signatories, goals = plan
    entries: dict[str, Node] = {key: scalar(text) for key, text in scalars.items()}
    if signatories:
        made = [mapping(**{key: scalar(text) for key, text in one.items()}) for one in signatories]
        entries["penandatangan"] = listed(made)
    entries["sasaran"] = listed(
        [
            mapping(
                uraian=scalar(uraian),
                indikator=listed(
                    [
                        mapping(
                            uraian=scalar(indikator),
                            target=scalar("100"),
                            kegiatan=listed([kegiatan_node(one) for one in below]),
                        )
                    ]
                ),
            )
            for uraian, indikator, below in goals
        ]
    )
    return mapping(**entries)


@given(plans, dialects)
@example(({"tahun": "Ã©", "unit": " "}, [], []), Dialect("cp1252"))
@example(({"tahun": "=1+1", "unit": '@"a'}, [], []), EXCEL)
def test_any_texts_written_are_read_again(plan: Any, dialect: Dialect) -> None:
    """An office's texts hold separators, quotation marks and line breaks, and survive each encoding."""
    root = plan_node(plan)

    found = read(write(root, COLUMNS, dialect))

    assert keys(found) == {key.text: tree(node) for key, node in root.entries if key.text != "sasaran"}
    expected = [{key: text for key, text in row.items() if text.strip()} for row in unnest(root)]
    assert [{key: text for key, text in row.items() if text.strip()} for row in rows(found)] == expected
    assert {finding.code for finding in found.findings} <= {"RAK135"}
    assert (found.sniffed.separator, found.sniffed.declared) == (dialect.separator, dialect.declared)


def test_what_is_written_can_be_opened_by_excel_with_a_double_click() -> None:
    plan = Plan(
        2026,
        "Sekretariat KPU, Contoh",
        (
            Sasaran(
                "A", (Indikator("x", (Kegiatan("=Rapat", "100", (True, False, True, False), None, "P"),)),)
            ),
        ),
        (Penandatangan("Ketua", "SARJANI"),),
    )

    written = write(encode(plan), COLUMNS)

    assert written.decode("utf-8") == (
        '\ufeffrak,1\r\ntahun,2026\r\nunit,"Sekretariat KPU, Contoh"\r\n'
        "penandatangan.jabatan,Ketua\r\npenandatangan.nama,SARJANI\r\n\r\n"
        f"{HEADING}\r\n1,A,x,100,=Rapat,√,,√,,nihil,P\r\n"
    )
    assert decode(root_of(read(written)), FORM).plan == plan


def test_a_field_without_a_column_gets_one_at_the_end() -> None:
    kegiatan = Kegiatan("Rapat", "2", (True, False, False, False), 5000, "P", satuan="Dokumen", kode="07")
    plan = Plan(2026, "KPU", (Sasaran("A", (Indikator("x", (kegiatan,)),)),), ())

    found = read(write(encode(plan), COLUMNS))

    assert found.fields == (*COLUMNS, "satuan", "kode")
    assert decode(root_of(found), FORM).plan == plan


def test_ticks_that_the_code_page_cannot_hold_are_written_in_utf_8() -> None:
    root = root_of(PLAIN)

    found = read(write(root, COLUMNS, Dialect("cp1252", ";")))

    assert (found.sniffed.encoding, rows(found)) == ("utf-8-sig", rows(PLAIN))


# Anything at all

SCRAPS = [
    ",",
    ";",
    "\t",
    '"',
    '""',
    "\n",
    "\r",
    "\r\n",
    " ",
    "\x00",
    "√",
    "1",
    "100",
    "A",
    "Total",
    "tahun",
    "sep=;",
]
scraps = st.lists(
    st.sampled_from([*SCRAPS, HEADING, f"\n{HEADING}\n", "penandatangan.2.nama", "unit,KPU\n", "306,461,000"])
).map("".join)


@given(st.binary() | scraps.map(str.encode) | scraps.map(lambda text: ("\ufeff" + text).encode("utf-16-le")))
def test_no_bytes_are_too_strange_to_be_read(data: bytes) -> None:
    found = read(data)

    lines = found.text.split("\n")
    assert "\r" not in found.text
    for finding in found.findings:
        assert finding.place is not None
        assert 1 <= finding.place.line <= len(lines)
        assert finding.place.column >= 1
        assert finding.message("id")
        assert finding.hint("en")
        caret = found.caret(finding.place)
        assert caret is None or 1 <= caret <= len(lines[finding.place.line - 1]) + 1
    for root in found.roots:
        decode(root, FORM)
        read(write(root, found.fields))


@given(scraps.map(lambda text: f"{HEADING}\n{text}"))
def test_what_was_read_and_written_is_read_the_same_again(text: str) -> None:
    """A merge writes the source again: what it understood must not change by that."""
    once = rows(text_read(text))
    again = [
        {key: value.strip() for key, value in row.items() if value.strip()}
        for row in rows(read(write(root_of(text_read(text)), COLUMNS)))
    ]

    assert again == [{key: value.strip() for key, value in row.items() if value.strip()} for row in once]


@pytest.mark.parametrize(
    "line",
    [
        '"a,' * 60_000,
        '"' * 200_001,
        '"a""' * 50_000,
        '"x",' * 60_000,
        ',"a"b' * 40_000,
        '"\n' * 60_000,
        '"",' * 60_000,
    ],
    ids=["open", "run", "pairs", "quoted", "torn", "lines", "empty"],
)
def test_no_quotation_marks_keep_the_reader_from_its_end(line: str) -> None:
    """A reader that looks for every mark's partner anew would not end within an hour."""
    assert text_read(f"{HEADING}\n{line}\n").text.count('"') == line.count('"')

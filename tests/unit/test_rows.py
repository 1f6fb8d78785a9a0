"""Flat rows become the plan an author meant, and what is doubtful in them is said."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rak_excel.nodes import Mapping, Node, Scalar, Sequence
from rak_excel.plan.codec import decode
from rak_excel.plan.encode import encode
from rak_excel.plan.headings import field_of
from rak_excel.plan.model import Band, Form, Indikator, Kegiatan, Plan, Sasaran
from rak_excel.plan.rows import Nested, Table, nest, unnest

FORM = Form("kpu", frozenset({"kegiatan.uraian"}), (Band("triwulan", "tick"),))


def nested(text: str) -> Nested:
    """The nodes of a table typed with `|` between its cells."""
    lines = [line.strip() for line in text.strip().splitlines()]
    head, *rows = (
        tuple(Scalar(cell.strip(), number, column) for column, cell in enumerate(line.split("|"), 1))
        for number, line in enumerate(lines, 1)
    )
    return nest(Table(head, tuple(field_of(cell.text) for cell in head), tuple(rows)))


def tree(node: Node) -> Any:
    """Nodes as plain values, blank ones and the word `uraian` left out, so that a test can show them."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [tree(item) for item in node.items]
    told = {key.text: tree(below) for key, below in node.entries}
    return {key: value for key, value in told.items() if value not in ("", [], {})}


def goals(text: str) -> list[Any]:
    """Sasaran, their indikator and the names of their kegiatan, in brackets."""
    return [
        (
            goal.get("uraian", ""),
            [
                (
                    indikator.get("uraian", ""),
                    [kegiatan.get("uraian", "") for kegiatan in indikator.get("kegiatan", [])],
                )
                for indikator in goal.get("indikator", [])
            ],
        )
        for goal in tree(nested(text).sasaran)
    ]


def codes(text: str) -> list[tuple[str, str | None]]:
    """The findings as code and cell, the cell named as in a sheet."""
    return [
        (
            finding.code,
            None if finding.place is None else f"{chr(64 + finding.place.column)}{finding.place.line}",
        )
        for finding in nested(text).findings
    ]


# A blank repeats the one above, within its parent


def test_a_blank_repeats_the_one_above() -> None:
    table = """
        no | sasaran | indikator | target | kegiatan
        1  | A       | x         | 100    | rapat
           |         |           |        | rapat lagi
           |         | y         | 90     | cetak
        2  | B       | z         | 1      | kirim
    """

    assert goals(table) == [
        ("A", [("x", ["rapat", "rapat lagi"]), ("y", ["cetak"])]),
        ("B", [("z", ["kirim"])]),
    ]
    assert codes(table) == []


def test_what_is_filled_down_in_every_row_is_the_same_plan() -> None:
    once = """
        no | sasaran | indikator | target | kegiatan
        1  | A       | x         | 100    | rapat
           |         |           |        | cetak
    """
    filled = """
        no | sasaran | indikator | target | kegiatan
        1  | A       | x         | 100    | rapat
        1. | A       | x         | 100    | cetak
    """

    assert tree(nested(filled).sasaran) == tree(nested(once).sasaran)
    assert codes(filled) == []


def test_a_new_sasaran_does_not_inherit_the_indikator_above() -> None:
    table = """
        no | sasaran | indikator | target | kegiatan
        1  | A       | x         | 100    | rapat
        2  | B       |           |        | cetak
    """

    assert goals(table) == [("A", [("x", ["rapat"])]), ("B", [("", ["cetak"])])]


def test_a_new_number_needs_its_own_sasaran() -> None:
    table = """
        no | sasaran | indikator | kegiatan
        1  | A       | x         | rapat
        2  |         | y         | cetak
    """

    assert goals(table) == [("A", [("x", ["rapat"])]), ("", [("y", ["cetak"])])]


def test_a_new_indikator_does_not_inherit_the_target_above() -> None:
    kegiatan = [
        row.get("target", "")
        for row in unnest(
            Mapping(
                (
                    (
                        Scalar("sasaran", 1, 1),
                        nested(
                            """
                            sasaran | indikator | target | kegiatan
                            A       | x         | 100    | rapat
                                    |           |        | cetak
                                    |           | 90     | kirim
                                    |           |        | simpan
                                    | y         |        | hapus
                            """
                        ).sasaran,
                    ),
                ),
                1,
                1,
            )
        )
    ]

    assert kegiatan == ["100", "100", "90", "90", ""]


def test_a_satuan_is_repeated_only_together_with_its_target() -> None:
    table = """
        sasaran | indikator | target | satuan  | kegiatan
        A       | x         | 2      | Dokumen | rapat
                |           |        |         | cetak
                |           | 90     |         | kirim
    """

    kegiatan = tree(nested(table).sasaran)[0]["indikator"][0]["kegiatan"]

    assert [(one["target"], one.get("satuan")) for one in kegiatan] == [
        ("2", "Dokumen"),
        ("2", "Dokumen"),
        ("90", None),
    ]


def test_an_inherited_target_keeps_the_place_where_it_was_typed() -> None:
    root = nested(
        """
        sasaran | indikator | target | kegiatan
        A       | x         | 1.500  | rapat
                |           |        | cetak
        """
    ).sasaran

    indikator = tree_node(root, 0)
    targets = [kegiatan.get("target") for kegiatan in indikator if isinstance(kegiatan, Mapping)]

    assert targets == [Scalar("1.500", 2, 3)] * 2


def tree_node(root: Sequence, goal: int) -> tuple[Node, ...]:
    """The kegiatan of a goal's first indikator."""
    sasaran = root.items[goal]
    assert isinstance(sasaran, Mapping)
    indikator = sasaran.get("indikator")
    assert isinstance(indikator, Sequence)
    first = indikator.items[0]
    assert isinstance(first, Mapping)
    kegiatan = first.get("kegiatan")
    assert isinstance(kegiatan, Sequence)
    return kegiatan.items


def test_a_blank_cell_has_a_place_for_what_is_missing_in_it() -> None:
    root = nested(
        """
        sasaran | indikator | kegiatan | t1 | biaya
        A       | x         | rapat    | v  | 100
                |           | cetak    |    |
        """
    ).sasaran

    cetak = tree_node(root, 0)[1]
    assert isinstance(cetak, Mapping)

    assert cetak.get("biaya") == Scalar("", 3, 5)
    assert cetak.get("triwulan") == Mapping(((Scalar("1", 1, 4), Scalar("", 3, 4)),), 3, 4)


def test_a_row_that_ends_early_is_blank_to_its_end() -> None:
    root = nested("sasaran | indikator | kegiatan | t1 | biaya\nA | x | rapat").sasaran

    rapat = tree_node(root, 0)[0]
    assert isinstance(rapat, Mapping)

    assert rapat.get("biaya") == Scalar("", 2, 5)


# Where a sasaran begins


def test_without_numbers_a_new_text_begins_a_new_sasaran() -> None:
    table = """
        sasaran | indikator | kegiatan
        A       | x         | rapat
        A       | y         | cetak
        B       | y         | kirim
    """

    assert goals(table) == [("A", [("x", ["rapat"]), ("y", ["cetak"])]), ("B", [("y", ["kirim"])])]
    assert codes(table) == []


def test_a_new_text_begins_a_new_sasaran_where_its_number_was_left_out() -> None:
    table = """
        no | sasaran | indikator | kegiatan
        1  | A       | x         | rapat
           | B       | y         | cetak
    """

    assert goals(table) == [("A", [("x", ["rapat"])]), ("B", [("y", ["cetak"])])]


def test_the_same_text_under_a_new_number_is_a_new_sasaran_and_is_told() -> None:
    table = """
        no | sasaran | indikator | kegiatan
        1  | A       | x         | rapat
        2  | A       | y         | cetak
    """

    assert goals(table) == [("A", [("x", ["rapat"])]), ("A", [("y", ["cetak"])])]
    assert codes(table) == [("RAK135", "B3")]


def test_the_same_text_further_down_is_a_new_sasaran_and_is_told() -> None:
    table = """
        sasaran | indikator | kegiatan
        A       | x         | rapat
        B       | y         | cetak
        A       | z         | kirim
    """

    assert [goal for goal, _ in goals(table)] == ["A", "B", "A"]
    assert codes(table) == [("RAK135", "A4")]


def test_another_text_under_the_same_number_is_a_new_sasaran_and_is_told() -> None:
    table = """
        no | sasaran                   | indikator | kegiatan
        1  | Terlaksananya perencanaan | x         | rapat
        1  | Terlaksananya perencanan  | x         | cetak
    """

    assert len(goals(table)) == 2
    assert codes(table) == [("RAK134", "A3")]


def test_a_number_that_jumps_back_is_told() -> None:
    table = """
        no | sasaran | indikator | kegiatan
        1  | A       | x         | rapat
        2  | B       | y         | cetak
        1  | A       | z         | kirim
        1  |         |           | simpan
    """

    assert goals(table)[2] == ("A", [("z", ["kirim", "simpan"])])
    assert codes(table) == [("RAK134", "A4")]


def test_a_number_that_will_not_be_printed_is_told() -> None:
    """The form numbers its goals by their order, so a gap would close without a word."""
    table = """
        no | sasaran | indikator | kegiatan
        1  | A       | x         | rapat
        3  | B       | y         | cetak
        II | C       | z         | kirim
    """

    assert codes(table) == [("RAK133", "A3"), ("RAK133", "A4")]


def test_a_number_alone_on_its_line_belongs_to_the_sasaran_below_it() -> None:
    table = """
        no | sasaran | indikator | kegiatan
        1  |         |           |
           | A       | x         | rapat
    """

    assert goals(table) == [("A", [("x", ["rapat"])])]


def test_a_number_that_comes_late_is_taken_by_the_same_sasaran() -> None:
    table = """
        no | sasaran | indikator | kegiatan
           | A       | x         | rapat
        1  | A       |           | cetak
    """

    assert goals(table) == [("A", [("x", ["rapat", "cetak"])])]


def test_spaces_and_line_breaks_do_not_make_another_sasaran() -> None:
    head = tuple(Scalar(text, 1, i) for i, text in enumerate(("sasaran", "indikator", "kegiatan"), 1))
    rows = (
        (Scalar("Terlaksananya\nrapat", 2, 1), Scalar("x", 2, 2), Scalar("k", 2, 3)),
        (Scalar("Terlaksananya  rapat ", 4, 1), Scalar("x", 4, 2), Scalar("l", 4, 3)),
    )

    assert len(nest(Table(head, ("sasaran", "indikator", "kegiatan"), rows)).sasaran.items) == 1


def test_an_indikator_that_comes_again_later_is_a_new_one_and_is_told() -> None:
    table = """
        sasaran | indikator | kegiatan
        A       | x         | rapat
                | y         | cetak
                | x         | kirim
    """

    assert goals(table) == [("A", [("x", ["rapat"]), ("y", ["cetak"]), ("x", ["kirim"])])]
    assert codes(table) == [("RAK135", "B4")]


# Rows that are not whole


def test_a_sasaran_without_anything_below_is_not_lost() -> None:
    table = """
        no | sasaran | indikator | target | kegiatan
        1  | A       |           |        |
        2  | B       | x         | 100    | rapat
        3  |         |           |        |
    """

    assert goals(table) == [("A", []), ("B", [("x", ["rapat"])]), ("", [])]


def test_an_indikator_without_kegiatan_keeps_its_target() -> None:
    table = """
        sasaran | indikator | target | satuan | kegiatan
        A       | x         | 100    | %      |
    """

    assert tree(nested(table).sasaran) == [
        {"uraian": "A", "indikator": [{"uraian": "x", "target": "100", "satuan": "%"}]}
    ]


def test_an_indikator_on_a_line_of_its_own_gives_its_target_to_the_rows_below() -> None:
    table = """
        sasaran | indikator | target | kegiatan
        A       |           |        |
                | x         | 100    |
                |           |        | rapat
    """

    assert tree(nested(table).sasaran) == [
        {"uraian": "A", "indikator": [{"uraian": "x", "kegiatan": [{"uraian": "rapat", "target": "100"}]}]}
    ]


def test_a_cost_without_kegiatan_is_a_kegiatan_without_text() -> None:
    table = """
        sasaran | indikator | target | kegiatan | t1 | biaya
        A       | x         | 100    | rapat    | v  | 5000
                |           |        |          |    | 7000
                |           | 90     |          |    |
    """

    assert goals(table) == [("A", [("x", ["rapat", "", ""])])]


def test_blank_rows_are_no_rows() -> None:
    table = """
        sasaran | indikator | kegiatan
                |           |
        A       | x         | rapat
                |           |
                |           | cetak
    """

    assert goals(table) == [("A", [("x", ["rapat", "cetak"])])]


def test_a_total_is_told_and_not_counted_as_a_kegiatan() -> None:
    table = """
        no     | sasaran | indikator | kegiatan | t1 | biaya
        1      | A       | x         | rapat    | v  | 5000
        JUMLAH |         |           |          |    | 5000
    """

    assert goals(table) == [("A", [("x", ["rapat"])])]
    assert codes(table) == [("RAK137", "A3")]


def test_a_kegiatan_called_total_is_a_kegiatan() -> None:
    table = """
        sasaran | indikator | kegiatan | t1 | biaya
        A       | x         | Total    | v  | 5000
    """

    assert goals(table) == [("A", [("x", ["Total"])])]


# Columns


def test_without_a_kegiatan_column_each_row_is_an_indikator() -> None:
    table = """
        sasaran | indikator | target | jan | feb
        A       | x         | 100    | v   |
        A       | y         | 90     |     | v
                |           | 80     |     | v
    """

    assert tree(nested(table).sasaran) == [
        {
            "uraian": "A",
            "indikator": [
                {"uraian": "x", "kegiatan": [{"target": "100", "bulan": {"1": "v"}}]},
                {"uraian": "y", "kegiatan": [{"target": "90", "bulan": {"2": "v"}}]},
                {"kegiatan": [{"target": "80", "bulan": {"2": "v"}}]},
            ],
        }
    ]


def test_without_a_sasaran_column_all_rows_are_of_one_sasaran() -> None:
    assert goals("indikator | kegiatan | biaya\nx | rapat | 1\ny | cetak | 2") == [
        ("", [("x", ["rapat"]), ("y", ["cetak"])])
    ]


def test_columns_may_stand_in_any_order() -> None:
    table = """
        pelaksana | t2 | kegiatan | indikator | t1 | sasaran
        Divisi    | v  | rapat    | x         |    | A
    """

    assert tree(nested(table).sasaran) == [
        {
            "uraian": "A",
            "indikator": [
                {
                    "uraian": "x",
                    "kegiatan": [{"uraian": "rapat", "pelaksana": "Divisi", "triwulan": {"2": "v"}}],
                }
            ],
        }
    ]


def test_an_unknown_column_is_told_with_what_it_holds() -> None:
    table = """
        sasaran | indikator | kegiatan | Keterangan | Catatan
        A       | x         | rapat    | penting    |
                |           | cetak    | segera     |
    """

    findings = nested(table).findings

    assert [finding.message("en") for finding in findings] == [
        "column “Keterangan” is not known and is not read; it holds: “penting”, “segera”",
        "column “Catatan” is not known and is not read; it holds: nothing",
    ]


def test_a_long_unknown_column_is_told_in_few_words() -> None:
    rows = "\n".join(f"A | x | rapat {number} | catatan {number}" for number in range(40))

    finding = nested(f"sasaran | indikator | kegiatan | Catatan\n{rows}").findings[0]

    assert finding.message("en").endswith("“catatan 3”, “catatan 4” and 35 more")


def test_a_misspelt_column_is_told_with_the_one_that_was_meant() -> None:
    assert (
        nested("sasaran | indikator | kegiatan | Pelakasana\nA | x | k | P").findings[0].suggestion
        == "pelaksana"
    )


def test_a_column_that_stands_twice_is_told() -> None:
    assert codes("sasaran | indikator | kegiatan | Anggaran | Biaya (Rp)\nA | x | k | 1 | 2") == [
        ("RAK127", "E1")
    ]


def test_a_cell_without_a_heading_is_told() -> None:
    table = """
        sasaran | indikator | kegiatan |   | biaya
        A       | x         | rapat    | ? | 100   | ! | !!
                |           | cetak    |   | 100   |
    """

    assert [(finding.code, finding.value) for finding in nested(table).findings] == [("RAK130", "?, !, !!")]


def test_an_amount_torn_by_its_commas_is_told_as_it_must_be_typed() -> None:
    table = """
        sasaran | indikator | kegiatan | biaya | pelaksana
        A       | x         | rapat    | 306   | 461 | 000 | Divisi
    """

    assert [(finding.code, finding.suggestion) for finding in nested(table).findings] == [
        ("RAK130", '"306,461,000"')
    ]


def test_a_second_band_that_is_left_blank_is_no_band_of_the_kegiatan() -> None:
    table = """
        sasaran | indikator | kegiatan | t1 | realisasi t1
        A       | x         | rapat    |    |
                |           | cetak    | v  | 25
    """

    rapat, cetak = tree_node(nested(table).sasaran, 0)
    assert isinstance(rapat, Mapping)
    assert isinstance(cetak, Mapping)

    assert [key.text for key, _ in rapat.entries] == ["uraian", "triwulan"]
    assert [key.text for key, _ in cetak.entries] == ["uraian", "triwulan", "realisasi_triwulan"]


# And back

texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1
).filter(lambda text: text == text.strip() != "")


def kegiatan_of(target: st.SearchStrategy[str]) -> st.SearchStrategy[Kegiatan]:
    ticks = st.lists(st.booleans(), min_size=4, max_size=4).filter(any).map(tuple)
    costs = st.integers(0, 10**15 - 1) | st.none() | st.just("")
    return st.builds(
        Kegiatan,
        uraian=texts,
        target=target,
        triwulan=ticks,
        biaya=costs,
        pelaksana=texts | st.just(""),
        kode=texts | st.just(""),
    )


def apart(parts: list[Any]) -> bool:
    """Whether neighbours differ, so that a row can tell them apart."""
    return all(" ".join(a.uraian.split()) != " ".join(b.uraian.split()) for a, b in pairwise(parts))


kegiatan = kegiatan_of(st.sampled_from(["100", "89.5", "B", "2 Lap"]))
indikator = st.builds(Indikator, uraian=texts, kegiatan=st.lists(kegiatan, max_size=3).map(tuple))
sasaran = st.builds(Sasaran, uraian=texts, indikator=st.lists(indikator, max_size=3).filter(apart).map(tuple))
plans = st.builds(
    Plan,
    tahun=st.just(2026),
    unit=st.just("KPU Kabupaten Contoh"),
    sasaran=st.lists(sasaran, max_size=3).map(tuple),
    penandatangan=st.just(()),
)


@given(plans)
def test_a_plan_written_in_rows_is_the_same_plan(plan: Plan) -> None:
    """A goal's number tells it apart from a neighbour of the same text."""
    rows = list(unnest(encode(plan)))
    fields = tuple(
        dict.fromkeys(["nomor", "sasaran", "indikator", "kegiatan", *(key for row in rows for key in row)])
    )
    head = tuple(Scalar(field, 1, column) for column, field in enumerate(fields, 1))
    cells = tuple(
        tuple(Scalar(row.get(field, ""), line, column) for column, field in enumerate(fields, 1))
        for line, row in enumerate(rows, 2)
    )

    root = Mapping(((Scalar("sasaran", 1, 1), nest(Table(head, fields, cells)).sasaran),), 1, 1)

    assert decode(root, FORM).plan.sasaran == decode(encode(plan), FORM).plan.sasaran


def with_band(node: Node) -> Mapping:
    """The nodes of a plan whose only kegiatan has this under `triwulan`."""
    inside = Mapping(((Scalar("triwulan", 1, 1), node),), 1, 1)
    for key in ("kegiatan", "indikator", "sasaran"):
        inside = Mapping(((Scalar(key, 1, 1), Sequence((inside,), 1, 1)),), 1, 1)
    return inside


ONE, THREE, FIVE = (Scalar(number, 1, 1) for number in ("1", "3", "5"))


@pytest.mark.parametrize(
    "node",
    [
        Sequence((ONE, THREE), 1, 1),
        Sequence((ONE, FIVE, Sequence((), 1, 1), THREE), 1, 1),  # what is no quarter, the decoder has told
        Scalar("T1 T3", 1, 1),
        Mapping(((ONE, Scalar("√", 1, 1)), (FIVE, ONE), (THREE, Scalar("√", 1, 1))), 1, 1),
    ],
    ids=["list", "list with faults", "words", "mapping"],
)
def test_the_ticks_of_a_row_are_the_same_however_the_author_wrote_them(node: Node) -> None:
    row = next(unnest(with_band(node)))

    assert {key for key, text in row.items() if text == "√"} == {"triwulan[1]", "triwulan[3]"}


def test_a_target_that_another_one_follows_before_any_kegiatan_is_kept() -> None:
    table = """
        sasaran | indikator | target | kegiatan
        A       | x         | 100    |
                |           | 90     | rapat
    """

    assert tree(nested(table).sasaran)[0]["indikator"] == [
        {"uraian": "x", "target": "100", "kegiatan": [{"uraian": "rapat", "target": "90"}]}
    ]


HEADS = ("no", "sasaran", "indikator", "target", "satuan", "kegiatan", "t1", "t2", "biaya", "Keterangan", "")


@given(
    st.lists(st.lists(st.sampled_from(["", "", "a", "b", "c", "1", "2", "Total"]), max_size=13), max_size=8)
)
def test_nothing_typed_is_lost(grid: list[list[str]]) -> None:
    """Each typed cell, a goal's number apart, ends in a node or in a finding."""
    head = tuple(Scalar(text, 1, column) for column, text in enumerate(HEADS, 1))
    rows = tuple(
        tuple(Scalar(text, line, column) for column, text in enumerate(row, 1))
        for line, row in enumerate(grid, 2)
        if row
    )

    made = nest(Table(head, tuple(field_of(text) for text in HEADS), rows))

    told = " ".join(finding.message("en") for finding in made.findings)
    kept = set(scalars(made.sasaran))
    typed = [cell.text for row in rows for cell in row[1:] if cell.text]
    assert [text for text in typed if text not in kept and text not in told] == []


def scalars(node: Node) -> list[str]:
    if isinstance(node, Scalar):
        return [node.text]
    if isinstance(node, Sequence):
        return [text for item in node.items for text in scalars(item)]
    return [text for _, below in node.entries for text in scalars(below)]


@pytest.mark.parametrize(
    "fields", [("kegiatan",), ("nomor",), ("target", "biaya"), ("triwulan[1]",), (None,)]
)
def test_any_set_of_columns_can_be_nested(fields: tuple[str | None, ...]) -> None:
    head = tuple(Scalar(field or "?", 1, column) for column, field in enumerate(fields, 1))
    row = tuple(Scalar("1", 2, column) for column, _ in enumerate(fields, 1))

    assert nest(Table(head, fields, (row, row))).sasaran.line == 1

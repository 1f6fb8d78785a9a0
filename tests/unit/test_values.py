"""Every spelling of rupiah, target, tick, period and NIP that the plan may hold, and those refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rak_excel.plan.values import (
    number_of,
    parse_rupiah,
    parse_tick,
    read_nip,
    read_periods,
    read_rupiah,
    read_target,
    rupiah,
)

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"

# --- rupiah --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "306461000",
        "306.461.000",
        "Rp 306.461.000",
        "Rp306.461.000",
        "rp 306461000",
        "RP. 306.461.000",
        "Rp. 306.461.000,-",
        "306.461.000,-",
        "306.461.000,00",
        "Rp 306461000,00",
        "306 461 000",
        f"306{NBSP}461{NBSP}000",
        f"306{NARROW}461{NARROW}000",
        f"306{THIN}461{THIN}000",
        f"Rp{NBSP}306.461.000",
        "  306.461.000\t",
    ],
)
def test_an_amount_is_read_in_every_indonesian_spelling(written: str) -> None:
    assert read_rupiah(written) == (306461000, False, None)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0", 0),
        ("0,00", 0),
        ("Rp 0,-", 0),
        ("1", 1),
        ("999", 999),
        ("1.000", 1000),
        ("306.461", 306461),
        ("1 000", 1000),
        ("1.234.567.890.123.456.789", 1234567890123456789),
    ],
)
def test_a_point_before_three_digits_groups_thousands(written: str, amount: int) -> None:
    assert parse_rupiah(written) == amount


@pytest.mark.parametrize("written", ["306,461,000", "Rp 306,461,000", "306,461,000.00"])
def test_english_grouping_of_two_groups_is_read_and_told(written: str) -> None:
    assert read_rupiah(written) == (306461000, True, None)


@pytest.mark.parametrize(
    "written",
    [
        "306,461", "1.5", "306,46", "1,5", "64.80", "10.26", "7.020,50", "306.461,5", "306.461.000,50",
        "306461000,5",
        "306461000.00", "306461000.5", "306461,000", "12.34.567", "1.23.456", "306.461.00", "306.4610.000",
        "0306461000", "00", "000.461.000", "1,234,567.89", "1,2345,678", "306.461 000", "306 46 1000",
        "306  461", "306,461.000", "306.461,000", "306_461_000", "+5", "-5", "- 5", "-306.461.000",
        "Rp -5", "(5)",
        "−5", "seratus", "1,5 juta", "1.5 miliar", "5 rb", "1.2e+006", "3.06461E8", "3E8", "1,2E+6", "NaN",
        "inf",
        "0x10", "Rp", "Rp.", ",-", ",00", "306.461.000,-,-", "306.461.000,00,-", "306.461.000 rupiah",
        "IDR 5",
        "٣٠٦", "３０６", "306\n461", "5 - 6", "5/6", "5%", "",
    ],
)  # fmt: skip
def test_an_amount_is_refused_where_it_could_mean_two_things(written: str) -> None:
    assert parse_rupiah(written) is None


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("1.5", ("1,5", "15")),
        ("306,46", ("306,46", "30646")),
        ("306,461", ("306461",)),
        ("64.80", ("64,80", "6480")),
        ("306461000.00", ("306461000,00", "30646100000")),
    ],
)
def test_what_can_be_read_two_ways_shows_the_readings(written: str, readings: tuple[str, ...]) -> None:
    reason = read_rupiah(written).reason

    assert reason is not None
    assert [reading for reading in readings if reading not in reason.id or reading not in reason.en] == []


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("-306.461.000", "negatif"),
        ("(306.461)", "negatif"),
        ("−5", "negatif"),
        ("306.461.000,50", "sen"),
        ("1,5 juta", "kata"),
        ("seratus ribu", "kata"),
        ("1.2e+006", "notasi ilmiah"),
        ("3,06E+08", "notasi ilmiah"),
        ("3E8", "notasi ilmiah"),
    ],
)
def test_a_refusal_names_its_reason(written: str, word: str) -> None:
    reason = read_rupiah(written).reason

    assert reason is not None
    assert word in reason.id


@given(st.integers(0, 10**30))
def test_what_the_form_prints_can_be_read_again(amount: int) -> None:
    """An official may copy a printed amount back into the input file."""
    assert parse_rupiah(rupiah(amount)) == amount


@given(st.text("0123456789.,-Rp e+√ \u00a0", max_size=14) | st.text(max_size=8))
def test_an_amount_is_the_digits_that_were_written_or_a_reason(written: str) -> None:
    """No digit is dropped but zero sen, and nothing is refused in silence."""
    read = read_rupiah(written)
    digits = re.sub(r"[^0-9]", "", re.sub(r"[,.]00$", "", written.strip()))
    kept = re.sub(r"[^0-9]", "", written)

    if read.amount is None:
        assert read.reason is not None
        assert read.reason.id
        assert read.reason.en
    else:
        assert type(read.amount) is int
        assert str(read.amount) in (digits, kept)


# --- target --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("100", "100"),
        ("100%", "100"),
        ("100 %", "100"),
        ("89,5", "89.5"),
        ("89.5", "89.5"),
        ("89,50", "89.5"),
        ("89,5%", "89.5"),
        ("100,0", "100"),
        ("0", "0"),
        ("0,5", "0.5"),
        ("0.05", "0.05"),
        ("3,1416", "3.1416"),
    ],
)
def test_a_target_that_is_a_number_has_one_spelling(written: str, text: str) -> None:
    assert read_target(written) == (text, False)


@pytest.mark.parametrize(
    "written", ["1.500", "1,500", "1.000", "12.345.678", "007", "0123", "00", "01,5", "1.500%"]
)
def test_a_target_that_could_be_another_number_is_kept_as_typed_and_told(written: str) -> None:
    assert read_target(written) == (written, True)


@pytest.mark.parametrize(
    "written",
    [
        "B",
        "WTP",
        "2 Lap",
        "Bulan Maret",
        "A-",
        "1/2",
        "80-90",
        "-5",
        "≥ 80",
        "10:30",
        "1_000",
        "2024-01-01",
        "1e5",
        "%",
    ],
)
def test_any_other_target_is_text(written: str) -> None:
    assert read_target(written) == (written, False)


@given(st.text(max_size=12) | st.text("0123456789.,% ", max_size=8))
def test_a_target_read_again_is_the_same(written: str) -> None:
    """`rak show` prints the canonical text; typed into the input it must mean the same."""
    once = read_target(written.strip()).text

    assert read_target(once).text == once


@pytest.mark.parametrize(
    ("text", "number"),
    [("100", 100), ("89.5", 89.5), ("0", 0), ("123456789012345", 123456789012345)],
)
def test_a_canonical_target_is_a_number_for_a_cell(text: str, number: float) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    "text", ["", "WTP", "1.500", "007", "1e5", "1234567890123456", "-1", "1_0", "٣", ".5", "5."]
)
def test_a_target_that_excel_would_change_is_text_for_a_cell(text: str) -> None:
    assert number_of(text) is None


# --- ticks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["√", "✓", "✔", "☑", "v", "V", "x", "X", "1", "ya", "Ya", "YA", "y", "Y", " √ "]
)
def test_a_tick_is_read_in_every_spelling(written: str) -> None:
    assert parse_tick(written) is True


@pytest.mark.parametrize("written", ["", " ", "-", "0", "tidak", "Tidak", "TIDAK"])
def test_the_absence_of_a_tick_is_read_in_every_spelling(written: str) -> None:
    assert parse_tick(written) is False


@pytest.mark.parametrize(
    "written", ["25", "2", "10", "ok", "xx", "vv", "T1", "?", "no", "yes", "n", "on", "1.0", "√√"]
)
def test_anything_else_is_no_tick(written: str) -> None:
    assert parse_tick(written) is None


# --- periods -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "periods"),
    [
        ("1", (1,)),
        ("T1 T3", (1, 3)),
        ("t1 t3", (1, 3)),
        ("T1, T3", (1, 3)),
        ("T1,T3", (1, 3)),
        ("1;3", (1, 3)),
        ("1 dan 3", (1, 3)),
        ("1-4", (1, 2, 3, 4)),
        ("T2-T3", (2, 3)),
        ("1–4", (1, 2, 3, 4)),
        ("1 - 4", (1, 2, 3, 4)),
        ("1 s.d. 4", (1, 2, 3, 4)),
        ("I s/d IV", (1, 2, 3, 4)),
        ("semua", (1, 2, 3, 4)),
        ("Semua", (1, 2, 3, 4)),
        ("TW I", (1,)),
        ("TW-III", (3,)),
        ("Triwulan 2", (2,)),
        ("Triwulan II dan IV", (2, 4)),
        ("3 1", (3, 1)),
        ("1 1", (1, 1)),
        ("", ()),
    ],
)
def test_periods_are_read_from_words_lists_and_ranges(written: str, periods: tuple[int, ...]) -> None:
    assert read_periods(written, 4) == periods


@pytest.mark.parametrize(
    "written",
    ["5", "0", "T5", "T0", "-1", "1-5", "0-4", "4-1", "1-2-3", "1-", "-", "1.5", "25", "1,5", "V", "x",
     "√", "ya",
     "Januari", "T1T3", "quarter", "s", "setiap", "1:3", "100"],
)  # fmt: skip
def test_what_names_no_quarter_is_refused(written: str) -> None:
    assert read_periods(written, 4) is None


@pytest.mark.parametrize(
    ("written", "periods"),
    [
        ("12", (12,)),
        ("1-12", tuple(range(1, 13))),
        ("semua", tuple(range(1, 13))),
        ("Januari", (1,)),
        ("Jan Mei", (1, 5)),
        ("Feb-Apr", (2, 3, 4)),
        ("Agustus", (8,)),
        ("Agt, Nopember", (8, 11)),
        ("September s.d. Desember", (9, 10, 11, 12)),
        ("Bulan 3", (3,)),
        ("XII", (12,)),
    ],
)
def test_months_are_read_by_number_and_name(written: str, periods: tuple[int, ...]) -> None:
    assert read_periods(written, 12) == periods


@pytest.mark.parametrize(
    "written", ["13", "0", "sepatu", "junk", "meja", "marah", "Januaris", "okelah", "ma"]
)
def test_a_word_that_only_begins_like_a_month_is_none(written: str) -> None:
    """`Rapat Maraton` must not become March: never a silent guess."""
    assert read_periods(written, 12) is None


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("bulan 3", 4),
        ("B3", 4),
        ("semester 2", 4),
        ("S1", 4),
        ("T1", 12),
        ("TW 2", 12),
        ("Triwulan 1", 2),
        ("B1", 2),
    ],
)
def test_another_bands_word_is_no_period_of_this_one(written: str, count: int) -> None:
    """The third month lies in the first quarter; read as the third quarter it would be a silent guess."""
    assert read_periods(written, count) is None


@pytest.mark.parametrize(
    ("written", "periods"), [("1", (1,)), ("S2", (2,)), ("Semester I", (1,)), ("semua", (1, 2))]
)
def test_half_years_are_read(written: str, periods: tuple[int, ...]) -> None:
    assert read_periods(written, 2) == periods


@given(st.text("0123456789 TtIiVv,;-–sd./", max_size=10), st.sampled_from([2, 4, 12]))
def test_periods_never_leave_their_band(written: str, count: int) -> None:
    periods = read_periods(written, count)

    assert periods is None or all(1 <= period <= count for period in periods)


# --- NIP -----------------------------------------------------------------------------------------------

NIP = "198205062010122002"


@pytest.mark.parametrize(
    "written",
    [NIP, "19820506 201012 2 002", "19820506.201012.2.002", f"19820506{NBSP}201012{NBSP}2{NBSP}002",
     f"NIP. {NIP}",
     f"NIP {NIP}", f"'{NIP}", f" {NIP} "],
)  # fmt: skip
def test_a_nip_is_its_digits(written: str) -> None:
    assert read_nip(written) == (NIP, False, None)


@pytest.mark.parametrize(
    "written",
    [
        "198205062010012001",
        "198205062010122999",
        "199912312023211001",
        "199912312023991001",
        "200002292025211010",
    ],
)
def test_a_pns_and_a_pppk_are_without_doubt(written: str) -> None:
    assert read_nip(written) == (written, False, None)


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("198202302010122002", "1-8"),
        ("198213062010122002", "1-8"),
        ("198200062010122002", "1-8"),
        ("199902292010122002", "1-8"),
        ("198205060000122002", "9-12"),
        ("198205062010002002", "13-14"),
        ("198205062010132002", "13-14"),
        ("198205062010202002", "13-14"),
        ("198205062010120002", "15"),
        ("198205062010123002", "15"),
        ("198205062010122000", "16-18"),
    ],
)
def test_a_digit_group_out_of_the_rules_is_doubted_by_its_number(written: str, group: str) -> None:
    read = read_nip(written)

    assert read.digits == written
    assert read.doubt is not None
    assert f"angka {group} " in read.doubt.id
    assert f"{group} " in read.doubt.en


@pytest.mark.parametrize(
    "written", ["1.98205E+17", "1,98205E+17", "1.98205062010122e+17", "1.98205E17", "2E+17"]
)
def test_a_nip_that_lost_its_digits_is_never_repaired(written: str) -> None:
    assert read_nip(written) == ("", True, None)


@pytest.mark.parametrize(
    "written", ["19820506201012200", "1982050620101220022", "19820506201012200A", "abc", "١" * 18]
)
def test_a_nip_of_another_length_comes_back_for_its_caller_to_tell(written: str) -> None:
    assert read_nip(written) == (written, False, None)

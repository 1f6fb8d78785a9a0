"""Lines and heights of wrapped texts, counted by hand and by law."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rak_excel.sheet.measure import FONTS, Measure, height, merged, pixels, room, whole
from rak_excel.sheet.widths import FACES, LINE, UNITS

ARIAL = ("Arial", False, 10.0)
# Arial 10: a blank is 2.78 points, a digit 5.56, and a column of width 10 has 52.5 for nine digits.
TEN = 10.0

faces = st.tuples(
    st.sampled_from(sorted(FONTS)), st.booleans(), st.sampled_from([9.0, 10.0, 10.5, 11.0, 12.0])
)
widths = st.integers(4, 60).map(float)
plain = st.text("abcdefghijklmnopqrstuvwxyzAKPU0123456789 .,()", max_size=120)
# No slash: LibreOffice goes back from it to an earlier place, and wins a line by a narrower column.
odd = st.text("abk K0 1.,;:!?%()[]-–—…“”\"'&+=\u00a0\u00ad\u200b\u2060中😀\t\n", max_size=80)
texts = plain | odd


def count(text: str, width: float = TEN) -> int:
    return Measure().lines(text, *ARIAL, width)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("123456789", 1),
        ("1234567890", 2),
        ("1234 6789", 1),
        ("12345 67890", 2),
        ("123456789 ", 1),
        ("123456789          1", 2),
        ("1 123456789 1", 3),
        ("12345678901234567890", 3),
        ("1 12345678901234567890 1", 4),
        ("1 1234567890 1234567", 3),
        ("aaaaa-aaaaa", 2),
        ("aaaaaaa bb-bb", 2),
        ("1234-5678-1234", 2),
        ("aaaa\n\naaaa", 3),
        ("aaaa\naaaa\n", 3),
        ("aaaa\r\naaaa", 2),
    ],
)
def test_lines_as_counted_by_hand(text: str, lines: int) -> None:
    assert count(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "11111 aaaa/aaaa",  # Excel may break after the slash, LibreOffice does not
        "11111 aaa\u00a0aaa",
        "11111 aaa\u2060aaaa",
        "11111 aaaa ) 11",
        "11111 aaaa ( 11",
        "11111 1111-1111",
        "11111 aaaa–aaaa",
    ],
)
def test_where_not_all_programs_break_nothing_is_left_on_the_line(text: str) -> None:
    """`11111 ` and the first half would fit on the first line."""
    second = text.removeprefix("11111 ")

    assert count(text) == 1 + count(second)


def test_a_word_cut_in_two_may_cost_a_line_more_where_a_program_breaks_in_it() -> None:
    """Cut by characters it takes 3 lines; after its slashes, 4."""
    assert count("111111/11111/11111/111111") == 4


def test_a_tab_and_an_emoji_have_room() -> None:
    measure = Measure()

    assert measure.width_of("\t", *ARIAL) == 40
    assert measure.width_of("😀", *ARIAL) > measure.width_of("中", *ARIAL) == 10
    assert measure.width_of("\u200b", *ARIAL) == 0
    assert 0 < measure.width_of("\u0301", *ARIAL) < 5


def test_bold_is_wider_and_times_is_narrower() -> None:
    measure = Measure()
    text = "Rapat koordinasi persiapan pemilihan"

    assert measure.width_of(text, "Arial", True, 10) > measure.width_of(text, *ARIAL)
    assert measure.width_of(text, "Times New Roman", False, 10) < measure.width_of(text, *ARIAL)


def test_a_number_fits_up_to_the_last_digit() -> None:
    measure = Measure()

    assert measure.fits("123456789", *ARIAL, TEN)
    assert not measure.fits("1234567890", *ARIAL, TEN)


def test_merged_columns_have_the_padding_between_them_too() -> None:
    assert room(merged([TEN, TEN])) == 2 * room(TEN) + 5 * 0.75
    assert pixels(merged([TEN, TEN, 4.5])) == 2 * pixels(TEN) + pixels(4.5)


def test_a_height_is_whole_pixels_and_never_less_than_asked() -> None:
    assert whole(20.25) == 20.25
    assert whole(20.26) == 21.0
    assert height(1, "Times New Roman", 11) == 15.0


def test_three_lines_are_high_enough_for_excel() -> None:
    """Excel for Mac draws lines of Arial 10 in steps of 13 points."""
    assert Measure().needs("a\nb\nc", *ARIAL, TEN) == 3 * 13


def test_fifty_lines_are_no_higher_than_libreoffice_may_show_empty() -> None:
    points = Measure().needs("\n".join("a" * 50), *ARIAL, TEN)

    assert 50 * 10 * 1.12 + 2 < points < (50 * 1.06 + 1) * 10 * 1.12


def test_the_widths_are_those_of_arial_and_times() -> None:
    """A digit and the letters whose widths every font book gives."""
    measure = Measure()

    assert {family for family, _ in FACES} == FONTS == set(LINE)
    assert measure.width_of("0", "Arial", False, UNITS) == 1139
    assert measure.width_of("W", "Arial", True, UNITS) == 1933
    assert measure.width_of("0", "Times New Roman", False, UNITS) == UNITS / 2
    assert measure.width_of("√", "Times New Roman", True, UNITS) == 1124


def test_every_face_has_the_letters_of_indonesian() -> None:
    letters = {*map(chr, range(0x20, 0x7F)), *"é“”‘’–—…√°½×≥"}
    starts = {
        face: {int(line[:4], 16) for line in packed.split("\n")[1:-1]} for face, packed in FACES.items()
    }

    assert all(0x20 in codes for codes in starts.values())
    assert all(
        Measure().width_of(letter, family, bold, 10) > 0 for family, bold in FACES for letter in letters
    )


@given(texts, faces, widths, widths)
def test_a_wider_column_never_takes_more_lines(
    text: str, face: tuple[str, bool, float], one: float, other: float
) -> None:
    """Who widens a column by hand must not lose text."""
    measure = Measure()

    assert measure.lines(text, *face, max(one, other)) <= measure.lines(text, *face, min(one, other))


@given(texts, texts, faces, widths)
def test_a_line_feed_adds_the_lines_of_both(
    one: str, other: str, face: tuple[str, bool, float], width: float
) -> None:
    measure = Measure()

    assert measure.lines(f"{one}\n{other}", *face, width) == measure.lines(one, *face, width) + measure.lines(
        other, *face, width
    )


@given(st.lists(st.tuples(texts, faces, widths), max_size=5))
def test_what_was_measured_before_does_not_matter(
    asked: list[tuple[str, tuple[str, bool, float], float]],
) -> None:
    """A document has the same heights alone and after a hundred others."""
    measure = Measure()

    for text, face, width in [*asked, *asked]:
        assert measure.lines(text, *face, width) == Measure().lines(text, *face, width)
        assert measure.needs(text, *face, width) == Measure().needs(text, *face, width)


@given(plain.filter(str.strip), faces, widths)
def test_lines_are_at_least_the_width_over_the_room(
    text: str, face: tuple[str, bool, float], width: float
) -> None:
    """No line holds more than its room, trailing blanks apart."""
    measure = Measure()
    ink = measure.width_of(text.replace(" ", ""), *face)

    assert measure.lines(text, *face, width) * room(width) >= ink - 1e-6


@given(st.integers(1, 300), faces, widths)
def test_a_long_word_is_cut_by_characters(letters: int, face: tuple[str, bool, float], width: float) -> None:
    measure = Measure()
    a_line = int(room(width) // measure.width_of("n", *face))

    assert measure.lines("n" * letters, *face, width) == -(-letters // a_line)


@given(texts, faces, widths)
def test_what_libreoffice_prints_has_room(text: str, face: tuple[str, bool, float], width: float) -> None:
    """Excel's claim to higher lines never takes room away."""
    measure = Measure()
    lines = measure.lines(text, *face, width)

    assert whole(measure.needs(text, *face, width)) >= height(lines, face[0], face[2])

"""Which texts are proposed to be the same."""

from __future__ import annotations

import random
import string

import pytest

from rak_excel.plan.likeness import ALIKE, near_same


def likes(*texts: str) -> list[int | None]:
    return [None if one is None else one.number for one in near_same(texts)]


GOAL = "Terwujudnya layanan perkantoran yang tertib dan akuntabel"


@pytest.mark.parametrize(
    "other",
    [
        "TERWUJUDNYA LAYANAN PERKANTORAN YANG TERTIB DAN AKUNTABEL",
        "Terwujudnya layanan perkantoran yang tertib & akuntabel.",
        "Terwujudnya layanan perkantoran yang tertib dan akuntabel Tahun 2026",
        "Terwujudnya layanan perkantoran yang tertib dan akuntabel Kabupaten Lahat",
    ],
)
def test_case_marks_regions_and_years_do_not_count(other: str) -> None:
    assert near_same([GOAL, other])[1] == (0, 1.0)


def test_one_goal_of_two_offices_is_alike_to_the_full() -> None:
    texts = [f"Meningkatnya kapasitas SDM {unit}" for unit in ("KPU Kabupaten Lahat", "KIP Kab. Pidie")]

    assert near_same(texts)[1] == (0, 1.0)


@pytest.mark.parametrize(
    "other",
    [
        "Terwujudnya layanan perkantoran yang tertip dan akuntabel",
        "Terwujud layanan perkantoran yang tertib dan akuntabel",
        "Terwujudnya layanan perkantoran yang tertib dan akuntabel semua",
        "Terwujudnya layanan perkantoran yang tertib, akuntabel",
    ],
)
def test_a_slip_or_a_word_more_is_proposed_but_not_as_the_same(other: str) -> None:
    [_, one] = near_same([GOAL, other])

    assert one is not None
    assert ALIKE <= one.likeness < 1


@pytest.mark.parametrize(
    "other",
    [
        "Meningkatnya partisipasi pemilih dalam Pemilihan serentak",
        "Terwujudnya gedung kantor",
        "",
        "Layanan",
    ],
)
def test_another_goal_is_not_proposed(other: str) -> None:
    assert likes(GOAL, other) == [None, None]


def test_a_chain_of_small_steps_leads_no_further_than_its_beginning() -> None:
    words = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split()  # noqa: SIM905 - as prose
    steps = [" ".join([*("beda" + word for word in words[:n]), *words[n:]]) for n in range(len(words))]
    found = near_same(steps)

    assert found[1] is not None
    assert all(one is None or found[one.number] is None for one in found)
    assert len({at for at, one in enumerate(found) if one is None}) > 1


def test_of_several_the_nearest_is_proposed() -> None:
    words = [letter * 6 for letter in string.ascii_lowercase[:15]]
    far = " ".join(["qrstuvw", "wvutsrq", *words[2:]])
    near = " ".join([*words[:-2], "x" * 6, "y" * 6])

    assert likes(far, near, " ".join(words)) == [None, None, 1]


def test_short_texts_are_compared_too() -> None:
    assert likes("Layanan perkantoran", "Layanan perkantorann", "Layanan umum") == [None, 0, None]


def alike(one: str, other: str) -> bool:
    """Whether two texts of whole words share as many as they must, and enough of their letters."""
    first, second = set(one.split()), set(other.split())
    larger = max(len(first), len(second))
    apart = min(5, max(1, larger // 5))
    return len(first & second) >= max(1, larger - apart) and dice(one, other) >= ALIKE


def dice(one: str, other: str) -> float:
    first, second = ({f" {text} "[at : at + 3] for at in range(len(text))} for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second))


def test_what_is_proposed_is_all_that_comparing_with_all_would_find() -> None:
    """The words that texts are entered under leave out nothing that shares as much as it must."""
    drawn = random.Random(7)
    words = ["".join(drawn.choices(string.ascii_lowercase, k=5)) for _ in range(60)]
    texts = []
    for _ in range(300):
        one = drawn.sample(words, drawn.randint(1, 30))
        texts.append(" ".join(one))
        for _ in range(drawn.randint(0, 6)):
            one[drawn.randrange(len(one))] = drawn.choice(words)
        texts.append(" ".join(one))
    found = near_same(texts)
    for at, one_of_them in enumerate(found):
        before = [other for other in range(at) if found[other] is None and alike(texts[other], texts[at])]
        assert (one_of_them is not None) == bool(before)
    assert 20 < sum(one is not None for one in found) < 400


def test_sixty_thousand_texts_are_not_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work grows with the texts, not with their pairs."""
    from rak_excel.plan import likeness

    compared = 0
    plain = likeness._likeness

    def counted(one: str, other: str) -> float:
        nonlocal compared
        compared += 1
        return plain(one, other)

    monkeypatch.setattr(likeness, "_likeness", counted)
    drawn = random.Random(3)
    words = ["".join(drawn.choices(string.ascii_lowercase, k=drawn.randint(3, 9))) for _ in range(400)]
    texts = [" ".join(drawn.choices(words, k=drawn.randint(4, 18))) for _ in range(4_000)]
    near_same(texts)

    assert compared < len(texts)

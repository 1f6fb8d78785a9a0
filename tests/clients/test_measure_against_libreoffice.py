"""LibreOffice judges the measuring: what we make room for is what it prints, no less and little more.

    python tests/clients/test_measure_against_libreoffice.py 10000

draws as many other texts and prints the figures.
"""

from __future__ import annotations

import math
import random
import sys
import tempfile
from bisect import bisect
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import xlsxwriter

from clients import libreoffice
from rak_excel.sheet.measure import NORMAL, Measure, height, merged, pixels, whole

pytestmark = pytest.mark.client

# As printed by LibreOffice 7.4, against which slack is judged.
PITCH: Final = {"Arial": 1.118, "Times New Roman": 1.11}
EXCEL_ROW: Final = 409
PAGE: Final = 1100
WIDE: Final = 24
INK: Final = 0.0001

FACES: Final = [
    (family, bold, size)
    for family, sizes in (("Arial", (9, 10, 11)), ("Times New Roman", (10, 11, 12)))
    for size in sizes
    for bold in (False, True)
]
COLUMNS: Final[list[tuple[int, ...]]] = [
    (6,), (8,), (10,), (12,), (14,), (18,), (24,), (30,), (42,), (60,), (8, 12), (20, 10),
]  # fmt: skip
# Words of such forms, and what may stand between them.
WORDS: Final = tuple(
    """
    rapat koordinasi persiapan pemilihan umum komisi kabupaten kota dan dengan yang untuk dalam rangka di ke
    pelaksanaan tahapan penyusunan laporan keuangan peningkatan kapasitas sumber daya manusia pegawai pada
    anggaran sosialisasi kepada masyarakat tentang terkait data pemilih berkelanjutan serta evaluasi sarana
    pertanggungjawaban mempertanggungjawabkan ketidaksesuaian penyelenggaraan Pemilu serentak bimbingan II
    PPK PPS KPPS logistik distribusi surat suara rekapitulasi hasil penetapan calon anggota DPRD pengadaan
    aplikasi Sirekap jaringan gudang arsip naskah dinas disiplin kinerja reformasi birokrasi zona integritas
    fasilitasi kampanye partisipasi antarlembaga publikasi layanan PPID terwujudnya persentase dokumen tepat
    """.split()  # noqa: SIM905  # read as prose
)
ODD: Final = tuple(
    """
    undang-undang rata-rata dan/atau KPU/Bawaslu/DKPP (KPU) [lampiran] (satu/dua) pra-/pasca- e-KTP ke-2 2.1.3
    2020-2024 2020–2024 satu—dua dst… 100% 50,5% 306.461.000 Rp1.500.000,00 No.5/2024 1/2 1) a. -5 dan/ √ – &
    “Pemilih” “(dua)” "cerdas" ‘baik’ Jum'at + = - : ) ( % ! *) kpu.go.id/berita/2024/
    pasal~5 Rp~500 bagi|an a^b a_b satu#dua # *
    """.translate(str.maketrans("~|^_", "\u00a0\u00ad\u200b\u2060")).split()
)


class Sample(NamedTuple):
    """A text and how it lies: merged over `rows` rows and over the columns of these widths."""

    text: str
    face: tuple[str, bool, int]
    widths: tuple[int, ...]
    rows: int

    def lines(self, measure: Measure) -> int:
        """The lines that we count."""
        family, bold, size = self.face
        return measure.lines(self.text, family, bold, size, merged(self.widths))

    def least(self, measure: Measure) -> float:
        """The height that is enough for LibreOffice."""
        family, _, size = self.face
        return height(self.lines(measure), family, size)

    def slack(self, measure: Measure, seen: int) -> float:
        """The lines that are empty in the height we ask for, beyond the one and 6 % that are allowed."""
        family, bold, size = self.face
        points = measure.needs(self.text, family, bold, size, merged(self.widths)) - height(0, family, size)
        return points / (size * PITCH[family]) - seen - (1 + 0.06 * seen)


def draw(drawn: random.Random, widths: tuple[int, ...], count: int, measure: Measure) -> list[Sample]:
    """So many texts for columns of these widths, none so long that Excel could not show its row."""
    samples: list[Sample] = []
    while len(samples) < count:
        odd, length = drawn.choice((0, 0, 0.05, 0.2)), drawn.choice((4, 12, 36))
        words = [
            drawn.choice(ODD if drawn.random() < odd else WORDS) for _ in range(drawn.randint(1, length))
        ]
        sample = Sample(
            " ".join(words).replace("#", "\n").strip(),
            drawn.choice(FACES),
            widths,
            drawn.choice((1, 1, 2, 3, 4)),
        )
        if sample.text and sample.least(measure) < EXCEL_ROW:
            samples.append(sample)
    return samples


def write(path: Path, samples: list[Sample], measure: Measure, extra: int) -> None:
    """A sample below the other, each row `extra` points higher than needed."""
    options = {
        "default_format_properties": {"font_name": NORMAL[0], "font_size": NORMAL[1]},
        "default_column_width": 72,  # pixels; makes XlsxWriter count 8 for a digit
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        mark = book.add_format({"font_name": "Arial", "font_size": 6, "valign": "top"})
        sheet = book.add_worksheet()
        sheet.set_paper(8)
        sheet.set_margins(0.5, 0.5, 0.5, 0.5)
        sheet.set_column_pixels(0, 0, 40)
        for at, width in enumerate(samples[0].widths, 1):
            sheet.set_column_pixels(at, at, pixels(width))
        row, used, breaks = 0, 0.0, []
        for sample in samples:
            each = whole(sample.least(measure) / sample.rows) + extra
            if used + each * sample.rows > PAGE:  # a merge across two pages would be printed on both
                used = 0
                breaks.append(row)
            used += each * sample.rows
            for at in range(sample.rows):
                sheet.set_row(row + at, each)
            family, bold, size = sample.face
            style = {"font_name": family, "bold": bold, "font_size": size, "text_wrap": True, "valign": "top"}
            place(sheet, (row, 0, row + sample.rows - 1, 0), "|", mark)
            last = (row + sample.rows - 1, len(sample.widths))
            place(sheet, (row, 1, *last), sample.text, book.add_format(style))
            row += sample.rows
        sheet.set_h_pagebreaks(breaks)


def place(sheet: Any, area: tuple[int, int, int, int], text: str, style: Any) -> None:
    """Write the text into the area: first row, first column, last row, last column."""
    if area[:2] != area[2:]:
        sheet.merge_range(*area, "", style)
    assert sheet.write_string(*area[:2], text, style) == 0


def lines_seen(pdf: Path, samples: list[Sample]) -> list[int]:
    """The lines of each sample on paper: a mark in the first column begins it, and blank lines are added."""
    words = libreoffice.words(pdf)
    edge = min(word.left for word in words) + 20
    marks = sorted((word.page, word.top - 3) for word in words if word.left < edge)
    tops: list[list[float]] = [[] for _ in marks]
    for word in sorted(words, key=lambda word: (word.page, word.top)):
        if word.left > edge:
            of_sample = tops[bisect(marks, (word.page, word.top)) - 1]
            if not of_sample or word.top - of_sample[-1] > 1:
                of_sample.append(word.top)
    blank = [sum(not line.strip() for line in sample.text.split("\n")) for sample in samples]
    return [len(found) + more for found, more in zip(tops, blank, strict=True)]


def ink(pdf: Path) -> int:
    return sum(libreoffice.darkness(pdf))


class Verdict(NamedTuple):
    """What LibreOffice says of the samples of one width."""

    samples: list[Sample]
    seen: list[int]
    ink: int
    ink_in_tall_rows: int


def judge(folder: Path, profile: Path, seed: int, each: int, measure: Measure) -> list[Verdict]:
    """Print samples of all widths, twice: in rows as high as needed, and in far too high ones."""
    drawn = random.Random(seed)
    batches = [draw(drawn, widths, each, measure) for widths in COLUMNS]
    (folder / "in").mkdir()
    paths = []
    for at, samples in enumerate(batches):
        for name, extra in (("needed", 0), ("tall", 30)):
            paths.append(folder / "in" / f"{name}-{at}.xlsx")
            write(paths[-1], samples, measure, extra)
    pdfs = libreoffice.convert(paths, "pdf", folder, profile)
    return [
        Verdict(
            samples,
            lines_seen(tall, samples),
            sum(libreoffice.darkness(pdf)),
            sum(libreoffice.darkness(tall)),
        )
        for samples, pdf, tall in zip(batches, pdfs[::2], pdfs[1::2], strict=True)
    ]


@pytest.fixture(scope="module")
def measure() -> Measure:
    return Measure()


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory, profile: Path, measure: Measure) -> list[Verdict]:
    return judge(tmp_path_factory.mktemp("measure"), profile, 20240, 34, measure)


def test_no_text_takes_more_lines_than_we_count(verdicts: list[Verdict], measure: Measure) -> None:
    short = [
        (sample, seen)
        for verdict in verdicts
        for sample, seen in zip(verdict.samples, verdict.seen, strict=True)
        if sample.lines(measure) < seen
    ]

    assert not short


def test_nothing_is_cut(verdicts: list[Verdict]) -> None:
    """The ink is that of far too high rows: at this resolution their rows begin at whole dots, too."""
    for verdict in verdicts:
        assert verdict.ink == pytest.approx(verdict.ink_in_tall_rows, rel=INK), verdict.samples[0].widths


def test_a_row_is_hardly_ever_more_than_a_line_too_high(verdicts: list[Verdict], measure: Measure) -> None:
    """In columns that a form would give to sentences; in narrow ones a point may cost a line or two."""
    loose = [
        sample.slack(measure, seen) > 0
        for verdict in verdicts
        if merged(verdict.samples[0].widths) >= WIDE
        for sample, seen in zip(verdict.samples, verdict.seen, strict=True)
    ]

    assert sum(loose) <= len(loose) / 100


def test_a_number_that_fits_is_shown(tmp_path: Path, profile: Path, measure: Measure) -> None:
    """Too wide a number prints as ###."""
    widths = [width / 2 for width in range(8, 40)]
    shown = [measure.fits("306,461,000", "Arial", False, 10, width) for width in widths]
    (tmp_path / "in").mkdir()
    with xlsxwriter.Workbook(str(tmp_path / "in" / "number.xlsx")) as book:
        for width in widths:
            sheet = book.add_worksheet()
            sheet.set_column(0, 0, width)
            style = {"font_name": "Arial", "font_size": 10, "num_format": "#,##0"}
            sheet.write_number(0, 0, 306461000, book.add_format(style))
    [pdf] = libreoffice.convert([tmp_path / "in" / "number.xlsx"], "pdf", tmp_path, profile)
    printed = ["306,461,000" in page for page in libreoffice.pages_text(pdf)]

    assert any(shown)
    assert not any(ours and not theirs for ours, theirs in zip(shown, printed, strict=True))


def report(count: int) -> None:
    """Judge so many other samples and tell how often we were wrong, for each width."""
    profile = Path(tempfile.mkdtemp())
    measure, each = Measure(), 50
    totals = {widths: [0, 0, 0, 0] for widths in COLUMNS}
    for seed in range(math.ceil(count / each / len(COLUMNS))):
        for verdict in judge(Path(tempfile.mkdtemp()), profile, seed, each, measure):
            total = totals[verdict.samples[0].widths]
            for sample, seen in zip(verdict.samples, verdict.seen, strict=True):
                lines = sample.lines(measure)
                wrong = (True, lines < seen, lines > seen, sample.slack(measure, seen) > 0)
                total[:] = map(sum, zip(total, wrong, strict=True))
                if lines < seen:
                    print(lines, seen, sample)  # noqa: T201
            if abs(verdict.ink / verdict.ink_in_tall_rows - 1) > INK:
                print("ink", verdict.ink / verdict.ink_in_tall_rows, verdict.samples[0].widths)  # noqa: T201
    for widths, (texts, few, many, loose) in totals.items():
        print(f"{widths}: {texts} texts, {few} too few lines, {many} too many, {loose} too loose")  # noqa: T201


if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

"""The counts as a page of docs: what was counted, and a table with a row for each kind of edit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from oracle.judging import Outcome
from oracle.kinds import KINDS

if TYPE_CHECKING:
    from oracle.runner import Tally

_TEXT: Final = """\
# Suntingan yang dihitung

{count} urutan suntingan acak atas buku kerja resmi, masing-masing satu sampai delapan suntingan. Setiap
suntingan dibuat pada sel-selnya seperti Excel membuatnya (gabungan, rumus, dan nama ikut bergeser), dan
suntingan itu sendiri yang tahu bagaimana rencananya sekarang; `rak import` tidak ditanya. Sesudah itu buku
kerja dibaca kembali dan hasilnya dibandingkan, butir demi butir:

- **benar**: rencananya sama, tidak ada yang hilang;
- **disebut**: rencananya sama, dan yang hilang atau meragukan karena suntingannya sendiri (misalnya biaya
  yang dikosongkan, angka di bawah gabungan) disebut dengan selnya;
- **lantang**: rencananya lain, tetapi setiap perbedaan disebut dengan sel atau barisnya;
- **salah diam-diam**: ada perbedaan atau kehilangan yang tidak disebut, atau pembacanya gagal.

Benar atau disebut {right}; lantang {loud}; salah diam-diam **{bad}**.

In English: of {english} random sequences of edits, {right_count} ({right}) were read as meant, {loud} were
read otherwise with every difference told at its cell or row, and {bad} were read wrongly in silence.

Halaman ini ditulis oleh `PYTHONPATH=.:tests python -m oracle {first} {end} --jobs 2 --markdown
docs/suntingan.md` dan diuji lagi oleh CI. Apa arti setiap suntingan tertulis di `tests/oracle/kinds.txt`. Di
bawah *sendiri* suntingan itu satu-satunya, di bawah *dalam urutan* ada yang lain sebelum atau sesudahnya.
Seratus urutan lain disimpan ulang oleh LibreOffice sebelum dibaca; itu uji tersendiri, dengan syarat sama.

"""
_SHOWN: Final = (Outcome.RIGHT, Outcome.TOLD, Outcome.LOUD)
_HEAD: Final = """\
| suntingan | sendiri: benar | disebut | lantang | salah diam-diam \
| dalam urutan: benar | disebut | lantang | salah diam-diam |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""


def page(tally: Tally, seeds: range) -> str:
    """The page of a count of these seeds."""
    total = tally.total
    text = _TEXT.format(
        count=f"{total.total():,}".replace(",", "."),
        english=f"{total.total():,}",
        right_count=f"{total[Outcome.RIGHT] + total[Outcome.TOLD]:,}",
        right=f"{tally.right:.2%}",
        loud=total[Outcome.LOUD],
        bad=tally.bad,
        first=seeds.start,
        end=seeds.stop,
    )
    return text + _HEAD + "".join(_row(tally, kind) for kind in KINDS)


def _row(tally: Tally, kind: str) -> str:
    cells = []
    for table in (tally.alone, tally.among):
        counts = table.get(kind, Counter())
        bad = sum(count for outcome, count in counts.items() if outcome.bad)
        cells += [str(counts[one]) for one in _SHOWN] + [f"**{bad}**" if bad else "0"]
    return f"| {kind} | {' | '.join(cells)} |\n"

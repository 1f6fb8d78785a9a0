"""How a value is typed into an input sheet: as the cells around it are."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, TypeAlias

from rak_excel.plan.model import BANDS, Form
from rak_excel.plan.rows import TICK
from rak_excel.plan.spelling import target_like
from rak_excel.plan.values import EXACT_DIGITS, NIHIL, number_of, parse_tick
from rak_excel.sheet.seen import Seen

Typed: TypeAlias = str | int | Decimal | None

_NUMERIC: Final = ("number", "percent")
_KEYS: Final = {"kegiatan": "uraian"}


def value_of(kegiatan: object, field: str) -> Any:  # noqa: ANN401 - any field's value
    """What a kegiatan has in a column; `""` or `False` where the cell is blank.

    Examples:
        >>> from rak_excel.plan.model import Kegiatan
        >>> row = Kegiatan("Rapat", triwulan=(True, False, False, False))
        >>> value_of(row, "kegiatan"), value_of(row, "triwulan[1]"), value_of(row, "bulan[3]")
        ('Rapat', True, False)
    """
    key, _, number = field.partition("[")
    if not number:
        value = getattr(kegiatan, _KEYS.get(key, key))
        return "" if value is None and key == "kegiatan" else value
    periods = getattr(kegiatan, key)
    return periods[int(number[:-1]) - 1] if periods else False


class Typist:
    """Types values as the column of each field does."""

    def __init__(self, cells: Iterable[tuple[str, Seen | None]], form: Form) -> None:
        self.kinds: dict[str, Counter[str]] = {}
        self.texts: dict[str, Counter[str]] = {}
        for field, cell in cells:
            key = field.partition("[")[0]
            text = cell.text.strip() if cell is not None else ""
            self.texts.setdefault(key, Counter())[text] += 1
            if cell is not None and text:
                self.kinds.setdefault(key, Counter())[cell.kind] += 1
        self.money = {band.key for band in form.bands if band.kind == "rupiah"}
        self.ticks = {band.key for band in form.bands if band.kind == "tick"}

    def typed(self, field: str, value: Any, raw: Seen | None) -> Typed:  # noqa: ANN401 - any field's value
        """What a cell shall hold; `raw` is what it held."""
        key = field.partition("[")[0]
        if key == "biaya":
            return self._amount(value)
        if isinstance(value, bool):
            return self._tick(key, raw, ticked=value)
        if value in ("", None):
            return None
        if key in self.money and value.isdigit() and len(value) <= EXACT_DIGITS:
            return int(value)
        if key == "nomor":
            return int(value) if value.isdigit() and self._is_numeric(key, raw, default=True) else str(value)
        if key == "target" or key in BANDS:
            return self._measured(key, value, raw)
        return str(value)

    def _amount(self, value: Any) -> Typed:  # noqa: ANN401 - int, words or nothing
        if isinstance(value, int):
            return value if len(str(value)) <= EXACT_DIGITS else str(value)
        if value is None:
            return self._usual("biaya", (one for one in self._told("biaya") if one.lower() in NIHIL), "nihil")
        return value or None

    def _tick(self, key: str, raw: Seen | None, *, ticked: bool) -> Typed:
        if raw is not None and raw.kind == "boolean":
            return ticked
        if ticked:
            usual = self._usual(key, (one for one in self._told(key) if parse_tick(one)), TICK)
            return True if usual == "TRUE" else usual
        if key not in self.ticks:
            return None
        usual = self._usual(key, (one for one in self._told(key) if parse_tick(one) is False), "")
        return False if usual == "FALSE" else usual or None

    def _measured(self, key: str, value: str, raw: Seen | None) -> Typed:
        if number_of(value) is not None and self._is_numeric(key, raw, default=False):
            return Decimal(value)
        return target_like(value, raw.text if raw is not None else "")

    def _is_numeric(self, key: str, raw: Seen | None, *, default: bool) -> bool:
        if raw is not None and raw.text.strip():
            return raw.kind in _NUMERIC
        kinds = self.kinds.get(key)
        return kinds.most_common(1)[0][0] in _NUMERIC if kinds else default

    def _told(self, key: str) -> Counter[str]:
        return self.texts.get(key, Counter())

    def _usual(self, key: str, texts: Iterable[str], default: str) -> str:
        told = self._told(key)
        return max(texts, key=lambda one: told[one], default=default)

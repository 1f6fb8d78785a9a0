"""Rencana Aksi Kinerja: checked, drawn as the official workbook, and read back."""

from rak_excel.api import build, check, save
from rak_excel.consolidating import consolidate
from rak_excel.findings import Finding, RakError
from rak_excel.loading import Loaded, load
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.sheet.layout import Layout

__all__ = [
    "Finding",
    "Indikator",
    "Kegiatan",
    "Layout",
    "Loaded",
    "Penandatangan",
    "Plan",
    "RakError",
    "Sasaran",
    "build",
    "check",
    "consolidate",
    "load",
    "save",
]

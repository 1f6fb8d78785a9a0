"""What the OOXML validator says of a workbook: Excel offers to repair one that breaks its rules."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def complaints(validator: str, path: Path) -> object:
    """The errors it finds."""
    done = subprocess.run([validator, str(path)], capture_output=True, text=True, timeout=60, check=False)
    return json.loads(done.stdout).get("errors")

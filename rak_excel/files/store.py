"""What was worked out is kept between runs, in one database of the user's cache folder.

It may be deleted at any time: whatever is wrong with it is told, and the work is done without it.
"""

import os
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from rak_excel import rules
from rak_excel.findings import Finding, Words

NAME: Final = "rak.sqlite"
_APPLICATION: Final = 0x52414B31
"""“RAK1” in the header of the file: by it we know a database of ours (SQLite, *application_id*)."""
_HEADER: Final = b"SQLite format 3\x00"
_ID_AT: Final = 68
_LARGEST: Final = 1 << 30
"""Bytes of a database; past that the older half of it goes."""
_AT_ONCE: Final = 64
_PATIENCE: Final = 2.0
"""Seconds to wait for another process that is writing."""
_SEAL: Final = 8

# one table; `data` begins with a seal, since SQLite does not see a page that a disk has changed
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS made_by (version TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS kept (
    kind TEXT NOT NULL, key TEXT NOT NULL, data BLOB NOT NULL, UNIQUE (kind, key)
);
"""


def folder() -> Path | None:
    """Where a user's programs keep what can be made again; `RAK_CACHE` names another folder.

    `None` where the system tells no home.
    """
    asked = os.environ.get("RAK_CACHE", "")
    if asked:
        return Path(asked)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return Path(local, "rak-excel", "Cache") if local else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "rak-excel"
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))  # must be absolute by its specification
    return (base if base.is_absolute() else home / ".cache") / "rak-excel"


class Store:
    """Bytes by kind and key, as the same `version` of the package kept them.

    `findings` tell what was wrong with the database, each thing once.  No method raises for what is wrong
    with it: then nothing is found, and nothing kept.
    """

    def __init__(self, version: str, *, persistent: bool = True) -> None:
        """Open the user's database, or with `persistent=False` one that holds nothing and keeps nothing."""
        self._base: sqlite3.Connection | None = None
        self._told: dict[str, Finding] = {}
        self._waiting: dict[tuple[str, str], bytes] = {}
        if not persistent:
            return
        place = folder()
        if place is None:
            self._give_up(Words("letak folder pengguna tidak diketahui", "the user's folder is not known"))
            return
        self._file = place / NAME
        try:
            self._open(version)
        except (sqlite3.Error, OSError, ValueError) as error:
            self._trouble(error)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was wrong with the database so far."""
        return tuple(self._told.values())

    def kept(self, kind: str, key: str) -> bytes | None:
        """What was kept under a kind and a key, or `None`."""
        waiting = self._waiting.get((kind, key))
        if waiting is not None or self._base is None:
            return waiting
        try:
            found = self._base.execute(
                "SELECT data FROM kept WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
        except sqlite3.Error as error:
            self._trouble(error)
            return None
        if found is None:
            return None
        data = bytes(found[0])
        if data[:_SEAL] != _seal(data[_SEAL:]):
            self._tell(rules.SIMPANAN_RUSAK.at(value=str(self._file)))
            return None
        return data[_SEAL:]

    def keep(self, kind: str, key: str, data: bytes) -> None:
        """Keep bytes under a kind and a key, in the place of what was there."""
        if self._base is None:
            return
        self._waiting[kind, key] = data
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def close(self) -> None:
        """Write what is left, and let go of the database."""
        self._write()
        if self._base is None:
            return
        try:
            self._shrink(self._base)
        except sqlite3.Error as error:
            self._trouble(error)
        self._drop()

    # --- the database -----------------------------------------------------------------------------------

    def _open(self, version: str) -> None:
        """Open the database, made new where it is damaged, emptied where another version of us made it."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_foreign(self._file):
            self._give_up(Words("berkas itu bukan buatan rak", "that file was not made by rak"))
            return
        try:
            self._base = self._connected(version)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            self._drop()
            self._tell(rules.SIMPANAN_RUSAK.at(value=str(self._file)))
            self._remove()
            self._base = self._connected(version)

    def _connected(self, version: str) -> sqlite3.Connection:
        base = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
        self._base = base
        if base.execute("PRAGMA application_id").fetchone() != (_APPLICATION,):
            base.execute("PRAGMA journal_mode = WAL")
            base.execute(f"PRAGMA application_id = {_APPLICATION}")
        base.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes is made again
        if base.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('made_by', 'kept')"
        ).fetchone() != (2,):
            base.executescript(_SCHEMA)
        made_by = base.execute("SELECT version FROM made_by").fetchall()
        if made_by != [(version,)]:
            base.execute("BEGIN IMMEDIATE")
            base.execute("DELETE FROM kept")
            base.execute("DELETE FROM made_by")
            base.execute("INSERT INTO made_by VALUES (?)", (version,))
            base.execute("COMMIT")
            if made_by:
                self._tell(rules.SIMPANAN_LAIN_VERSI.at(value=str(self._file)))
        return base

    def _write(self) -> None:
        if self._base is None or not self._waiting:
            self._waiting.clear()
            return
        rows = [(kind, key, _seal(data) + data) for (kind, key), data in self._waiting.items()]
        self._waiting.clear()
        try:
            self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            self._base.execute("COMMIT")
        except sqlite3.Error as error:
            self._trouble(error)

    def _shrink(self, base: sqlite3.Connection) -> None:
        """What was kept first goes first, once the database is too large."""
        pages, size = (base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if pages * size > _LARGEST:
            base.execute("DELETE FROM kept WHERE rowid <= (SELECT (min(rowid) + max(rowid)) / 2 FROM kept)")
            base.execute("VACUUM")

    # --- what goes wrong --------------------------------------------------------------------------------

    def _trouble(self, error: sqlite3.Error | OSError | ValueError) -> None:
        """Tell of a fault; from then on nothing is found and nothing kept."""
        if isinstance(error, sqlite3.DatabaseError) and _is_damage(error):
            self._tell(rules.SIMPANAN_RUSAK.at(value=str(self._file)))
            self._drop()
            with suppress(OSError):  # it is opened anew the next time, and told then if it cannot be
                self._remove()
            return
        self._give_up(_reason(error))

    def _remove(self) -> None:
        """Take the database away, and the files beside it: an old log would be played into a new one."""
        for end in ("", "-wal", "-shm", "-journal"):
            self._file.with_name(f"{NAME}{end}").unlink(missing_ok=True)

    def _give_up(self, sebab: Words) -> None:
        where = str(self._file) if hasattr(self, "_file") else NAME
        self._tell(rules.SIMPANAN_TIDAK_DIPAKAI.at(value=where, sebab=sebab))
        self._drop()

    def _tell(self, finding: Finding) -> None:
        self._told.setdefault(finding.code, finding)

    def _drop(self) -> None:
        self._waiting.clear()
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
            self._base = None


def _seal(data: bytes) -> bytes:
    from hashlib import blake2b  # 3 ms that a store without anything need not pay

    return blake2b(data, digest_size=_SEAL).digest()


def _is_foreign(file: Path) -> bool:
    """Whether something stands at the place of the database that we did not make."""
    if not file.exists():
        return False
    with file.open("rb") as stream:
        head = stream.read(_ID_AT + 4)
    if not head:
        return False  # a process that is making it, or was stopped at it
    ours = head[:16] == _HEADER and int.from_bytes(head[_ID_AT : _ID_AT + 4], "big") in (0, _APPLICATION)
    return not ours


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether SQLite says that the file itself is damaged."""
    return getattr(error, "sqlite_errorname", "") in ("SQLITE_CORRUPT", "SQLITE_NOTADB") or str(
        error
    ).startswith(("database disk image", "malformed"))


_REASONS: Final = {
    "SQLITE_FULL": Words("ruang simpan penuh", "no space is left"),
    "SQLITE_BUSY": Words("sedang dipakai program lain", "another program is using it"),
    "SQLITE_LOCKED": Words("sedang dipakai program lain", "another program is using it"),
    "SQLITE_READONLY": Words("hanya dapat dibaca", "it is read-only"),
    "SQLITE_CANTOPEN": Words("tidak dapat dibuka", "it cannot be opened"),
}


def _reason(error: sqlite3.Error | OSError | ValueError) -> Words:
    if isinstance(error, PermissionError):
        return Words("tidak ada izin", "permission is missing")
    name = getattr(error, "sqlite_errorname", "")
    known = next((words for code, words in _REASONS.items() if name.startswith(code)), None)
    text = getattr(error, "strerror", None) or str(error)
    return known or Words(text, text)

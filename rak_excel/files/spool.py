"""What one run works out, by number: in memory while it is little, else in a file without a name."""

import tempfile
from typing import IO, Final, NamedTuple

IN_MEMORY: Final = 32 << 20
"""Bytes that are held in memory before a file is begun."""


class _Part(NamedTuple):
    """Where in the file something lies."""

    begin: int
    length: int


class Spool:
    """Bytes by number.  Where the disk is full they stay in memory, and `full` says why."""

    def __init__(self) -> None:
        self.full: OSError | None = None
        self._held: dict[int, bytes | _Part] = {}
        self._in_memory = 0
        self._file: IO[bytes] | None = None
        self._end = 0

    def put(self, number: int, data: bytes) -> None:
        """Hold bytes under a number."""
        if self._in_memory + len(data) > IN_MEMORY and self.full is None:
            try:
                self._held[number] = self._written(data)
            except OSError as error:
                self.full = error
            else:
                return
        self._held[number] = data
        self._in_memory += len(data)

    def get(self, number: int) -> bytes:
        """What is held under a number.

        Raises:
            KeyError: nothing is.
            OSError: the disk does not give back what it took.
        """
        held = self._held[number]
        if isinstance(held, bytes):
            return held
        if self._file is None:
            raise KeyError(number)
        self._file.seek(held.begin)
        data = self._file.read(held.length)
        if len(data) < held.length:
            raise OSError(5, "the temporary file is shorter than it was")
        return data

    def __contains__(self, number: int) -> bool:
        """Whether anything is held under a number."""
        return number in self._held

    def close(self) -> None:
        """Let go of all that is held."""
        self._held.clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _written(self, data: bytes) -> _Part:
        if self._file is None:
            # unbuffered: a disk that is full says so at once, and not when something else is read
            self._file = tempfile.TemporaryFile(prefix="rak-", buffering=0)  # noqa: SIM115 - it stays until close
        part = _Part(self._end, len(data))
        self._file.seek(part.begin)
        left = memoryview(data)
        while left:
            left = left[self._file.write(left) :]
        self._end += len(data)
        return part

"""A proxy that lets nothing through and remembers who asked: what leaves a browser is seen here."""

from __future__ import annotations

import socket
import threading
from typing import Self


class Watch:
    """Listens on a port of this computer; `asked` are the first lines of all that came."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    line = connection.recv(4096).split(b"\r\n")[0]
                except OSError:
                    line = b""
                if line:  # browsers open connections before they need them
                    self.asked.append(line.decode("latin-1"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

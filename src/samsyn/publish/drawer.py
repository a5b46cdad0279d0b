"""vl-convert, in this process or in one of its own.

Drawing takes a tenth of a second, in which vl-convert lets no other thread of its process go on,
and its engine takes a hundred megabytes. A server therefore draws beside its workers: with
`beside()` each has a process that is started at the first picture and ends when it has had nothing
to do for long, or with the worker. Everybody else draws where they are.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import IO, Any, Final

# What a picture may take; one that takes longer is given up, and with it the process.
PATIENCE: Final = 30.0
IDLE: Final = 600.0
WORD: Final = 8  # bytes of the number that comes before what is sent
DRAWN, FAILED = 0, 1


def draw(what: str, *told: Any, **named: Any) -> bytes:
    """What a function of vl-convert draws. Raises ValueError where it cannot."""
    for drawer in _beside:
        return drawer.draw(what, told, named)
    return _draw(what, told, named)


def beside() -> None:
    """From now on draw in a process of its own."""
    if not _beside:
        _beside.append(Drawer())


def here() -> None:
    """From now on draw in this process, as at first."""
    while _beside:
        _beside.pop().close()


class Drawer:
    """A process that draws, one picture after the other, for any number of threads."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def number(self) -> int | None:
        """The number of the process; None where it does not run."""
        return None if self._process is None else self._process.pid

    def draw(self, what: str, told: tuple[Any, ...], named: Mapping[str, Any]) -> bytes:
        """What is drawn. Raises ValueError where that cannot be, or takes too long."""
        asked = json.dumps([what, told, named]).encode()
        with self._lock:
            try:
                kind, content = self._asked(asked)
            except OSError as error:
                self.close()
                raise ValueError(f"nothing was drawn: {error}") from error
        if kind == FAILED:
            raise ValueError(content.decode())
        return content

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            process.wait()

    def _asked(self, asked: bytes) -> tuple[int, bytes]:
        try:
            return self._ask(asked)
        except ConnectionError:
            # It had nothing to do and ended, or something ended it: once more, from the start.
            self.close()
            return self._ask(asked)

    def _ask(self, asked: bytes) -> tuple[int, bytes]:
        if self._process is None:
            command = [sys.executable, "-m", "samsyn.publish.drawer"]
            # In a group of its own: Ctrl+C is for the server, which ends it when all is done.
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, process_group=0
            )
        to, by = self._process.stdin, self._process.stdout
        assert to is not None
        assert by is not None
        _send(to, len(asked).to_bytes(WORD, "little") + asked)
        ready, _, _ = select.select([by], [], [], self._patience)
        if not ready:
            raise TimeoutError(f"it took more than {self._patience:g} s")
        head = _whole(by, WORD + 1)
        return head[WORD], _whole(by, int.from_bytes(head[:WORD], "little"))


_beside: list[Drawer] = []  # one, where drawing is beside this process


def _whole(pipe: IO[bytes], size: int) -> bytes:
    """So many bytes. Raises ConnectionError where there are no more."""
    found = bytearray()
    while len(found) < size:
        part = pipe.read(size - len(found))
        if not part:
            raise ConnectionError("the process that draws has ended")
        found += part
    return bytes(found)


def _send(pipe: IO[bytes], content: bytes) -> None:
    """Send all; a pipe takes as much as there is room for."""
    rest = memoryview(content)
    while rest:
        rest = rest[pipe.write(rest) :]


def _draw(what: str, told: tuple[Any, ...], named: Mapping[str, Any]) -> bytes:
    import vl_convert

    made: Callable[..., str | bytes] = getattr(vl_convert, what)
    drawn = made(*told, **named)
    return drawn.encode() if isinstance(drawn, str) else drawn


def _serve(asked: IO[bytes], drawn: IO[bytes]) -> None:
    """Draw what is asked for until there is nothing more."""
    while select.select([asked], [], [], IDLE)[0]:
        try:
            size = int.from_bytes(_whole(asked, WORD), "little")
        except ConnectionError:
            return
        try:
            kind, content = DRAWN, _draw(*json.loads(_whole(asked, size)))
        except ValueError as error:
            kind, content = FAILED, str(error).encode()
        _send(drawn, len(content).to_bytes(WORD, "little") + bytes([kind]) + content)


if __name__ == "__main__":
    _serve(os.fdopen(0, "rb", 0), os.fdopen(1, "wb", 0))

"""vl-convert, in this process or in one of its own.

Drawing takes a tenth of a second, in which vl-convert lets no other thread of its process go on,
and its engine takes a hundred megabytes. A server therefore draws beside its workers: with
`beside()` each has a process that is started at the first picture and ends when it has had nothing
to do for long, or with the worker. Everybody else draws where they are.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from functools import cache
from multiprocessing.connection import Connection
from typing import Any, Final, TypeAlias

# What a picture may take, in seconds; one that takes longer is given up, and with it the process.
PATIENCE: Final = 30.0
IDLE: Final = 600.0

# A function of vl-convert and its arguments; whether it could draw, and the picture or why not.
Asked: TypeAlias = tuple[str, tuple[Any, ...], dict[str, Any]]
Answer: TypeAlias = tuple[bool, bytes]


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
        self._there: tuple[subprocess.Popen[bytes], Connection] | None = None

    @property
    def number(self) -> int | None:
        """The number of the process; None where it does not run."""
        there = self._there
        return None if there is None else there[0].pid

    def draw(self, what: str, told: tuple[Any, ...], named: Mapping[str, Any]) -> bytes:
        """What is drawn. Raises ValueError where that cannot be, or takes too long."""
        with self._lock:
            try:
                drawn, content = self._ask((what, told, dict(named)))
            except (OSError, EOFError):
                # It had nothing to do and ended, or something ended it: once more, from the start.
                self.close()
                drawn, content = self._ask((what, told, dict(named)))
        if not drawn:
            raise ValueError(content.decode())
        return content

    def close(self) -> None:
        """End the process."""
        there, self._there = self._there, None
        if there is not None:
            process, connection = there
            connection.close()
            process.kill()
            process.wait()

    def _ask(self, asked: Asked) -> Answer:
        if self._there is None:
            self._there = _started()
        _, connection = self._there
        connection.send(asked)
        if not connection.poll(self._patience):
            self.close()
            return False, f"nothing was drawn in {self._patience:g} s".encode()
        answer: Answer = connection.recv()
        return answer


_beside: list[Drawer] = []  # one, where drawing is beside this process


def _started() -> tuple[subprocess.Popen[bytes], Connection]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        number = theirs.fileno()
        command = [sys.executable, "-m", "samsyn.publish.drawer", str(number)]
        # In a group of its own: Ctrl+C is for the server, which ends it when all is done.
        process = subprocess.Popen(command, pass_fds=[number], process_group=0)
        return process, Connection(ours.detach())


@cache
def _engine() -> Any:
    """vl-convert, with the fonts of reports beside its own."""
    import vl_convert

    from samsyn.publish.fonts import folder

    fonts = folder()
    if fonts is not None:
        vl_convert.register_font_directory(str(fonts))
    return vl_convert


def _draw(what: str, told: tuple[Any, ...], named: Mapping[str, Any]) -> bytes:
    made: Callable[..., str | bytes] = getattr(_engine(), what)
    drawn = made(*told, **named)
    return drawn.encode() if isinstance(drawn, str) else drawn


def _answer(asked: Asked) -> Answer:
    try:
        return True, _draw(*asked)
    except ValueError as error:
        return False, str(error).encode()


def _serve(connection: Connection) -> None:
    """Draw what is asked for until nobody asks any more."""
    try:
        while connection.poll(IDLE):
            connection.send(_answer(connection.recv()))
    except (EOFError, ConnectionError):
        return


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))

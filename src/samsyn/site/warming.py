"""A worker gets ready for its first reader: it makes a page of each kind before somebody waits."""

from __future__ import annotations

import gc
import io
import logging
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from django.conf import settings

from samsyn.measure.errors import InputError
from samsyn.statistics.query import Release
from samsyn.statistics.query.shelf import served

Application: TypeAlias = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# Of what nothing is in the release, nothing is asked.
PAGES: Final = (
    "/omrade/municipality/{municipality}/", "/", "/omrade/regso/{regso}/", "/omrade/deso/{deso}/",
    "/indikator/{indicator}/", "/jamfor/?place=municipality/{municipality}", "/karta/",
    "/omradestyper/", "/sok/?q=a", "/omrade/county/{county}/", "/en/",
    # The first picture of a process takes a second.
    "/omrade/municipality/{municipality}/diagram/spread-{indicator}.svg?bare=1",
)  # fmt: skip
KINDS: Final = ("municipality", "county", "regso", "deso")
# How many things are made before Python looks for garbage among them. A page makes some thousands,
# which go by themselves when it is sent; at the usual 700 a tenth of its time goes to looking.
YOUNG: Final = 20_000


def begin(application: Application) -> threading.Thread:
    """Get ready in the background; readers who come meanwhile are answered."""
    thread = threading.Thread(target=_begun, args=(application,), name="warming", daemon=True)
    thread.start()
    return thread


def _begun(application: Application) -> None:
    warm(application)
    # What is there now stays. To look through all of it for garbage takes a tenth of a second, in
    # which readers wait.
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


def warm(application: Application) -> list[tuple[str, int]]:
    """Make a page of each kind; the addresses and how they were answered."""
    try:
        release = served().release()
    except InputError:
        return []  # there is nothing to show yet
    found = []
    for path in paths(release):
        try:
            found.append((path, _asked(application, path)))
        except Exception:  # a page that fails is told when a reader asks for it
            logging.getLogger(__name__).exception("Not ready for %s", path)
    return found


def paths(release: Release) -> list[str]:
    """The addresses of pages of each kind in a release."""
    values = [name for name in release.indicators if name.endswith("_share")]
    there = {"indicator": values[0]} if values else {}
    for kind in KINDS:
        try:
            areas = release.areas(kind)
        except InputError:
            continue
        there[kind] = areas.get_column("code")[0]
    return [path.format(**there) for path in PAGES if _names(path) <= set(there)]


def _names(path: str) -> set[str]:
    return {part.partition("}")[0] for part in path.split("{")[1:]}


def _asked(application: Application, path: str) -> int:
    """Ask the application itself, without a connection; the status."""
    path, _, query = path.partition("?")
    host = next((one for one in settings.ALLOWED_HOSTS if one[:1] not in "*."), "localhost")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": host, "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host, "HTTP_ACCEPT_ENCODING": "br", "HTTP_X_FORWARDED_PROTO": "https",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }  # fmt: skip
    status: list[int] = []
    answer = application(environ, lambda told, _headers: status.append(int(told.split()[0])))
    for _ in answer:
        pass
    close = getattr(answer, "close", None)
    if close is not None:
        close()
    return status[0]

"""What an address asks for: which release, in which language, and where the answer is found."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import HttpRequest

from samsyn.api.problems import ProblemError
from samsyn.measure.errors import InputError
from samsyn.statistics.indicators import LANGUAGES
from samsyn.statistics.query import Release
from samsyn.statistics.query.shelf import served


@dataclass(frozen=True)
class Asked:
    """The release and the language of an answer.

    `pinned` says that the address names the release, so that the answer never changes; `base` is
    where the addresses of this API begin, of that release where the path itself names it.
    """

    release: Release
    language: str
    pinned: bool
    base: str
    named: bool = False

    def address(self, path: str, **parameters: str) -> str:
        """The whole address of a path of this API, in the same release."""
        if self.pinned and not self.named:
            parameters["release"] = self.release.name
        query = f"?{urlencode(parameters, quote_via=quote)}" if parameters else ""
        return f"{self.base}{quote(path)}{query}"


def asked(request: HttpRequest, name: str | None = None, language: str | None = None) -> Asked:
    """What is asked for: the release of the path or of `?release=`, else the current one.

    Raises ProblemError for a release or a language that there is not.
    """
    told = name or request.GET.get("release") or None
    shelf = served()
    try:
        release = shelf.release(told)
    except InputError:
        there = ", ".join(shelf.store.names()) or "none"
        missing = f'There is no release "{told}"' if told else "No release is current"
        raise ProblemError(404, f"{missing}. There are: {there}") from None
    wanted = language or request.GET.get("lang") or LANGUAGES[0]
    if wanted.lower() not in LANGUAGES:
        raise ProblemError(400, f'There is no language "{wanted}": it is {" or ".join(LANGUAGES)}')
    own = f"/release/{quote(release.name)}" if name else ""
    base = f"{request.scheme}://{request.get_host()}{own}/api"
    return Asked(release, wanted.lower(), told is not None, base, name is not None)

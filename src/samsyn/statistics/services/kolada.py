"""Kolada's API v3: key figures of municipalities and regions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from samsyn.measure.errors import InputError
from samsyn.statistics.services.client import Request, base_address
from samsyn.statistics.services.errors import ServiceError
from samsyn.statistics.services.pace import Clock, Pace
from samsyn.statistics.services.selection import Years
from samsyn.statistics.services.session import Fetched, Session
from samsyn.statistics.services.shelf import Facts, Shelf

ADDRESS: Final = "https://api.kolada.se/v3"
VARIABLE: Final = "SAMSYN_KOLADA_URL"
LICENCE: Final = "Free use with the source named (Källa: Kolada)"
PACE: Final = (3, 1.0)  # the service names no limit: be as gentle as with Statistics Sweden
PAGE = 5000
FIRST_YEAR = 1990
YEARS_AT_ONCE = 25  # the service refuses longer lists


@dataclass(frozen=True)
class KeyFigure:
    """A key figure as Kolada describes it."""

    id: str
    title: str
    description: str = ""
    updated: str | None = None

    @property
    def facts(self) -> Facts:
        """Where its figures come from."""
        return Facts("Kolada", LICENCE, self.id, self.title, self.updated)


class Kolada:
    """The service of Kolada, at the address given, else at SAMSYN_KOLADA_URL, else Kolada's own."""

    def __init__(
        self, session: Session, address: str | None = None, clock: Clock | None = None
    ) -> None:
        self.session = session
        self.address = base_address(address, VARIABLE, ADDRESS)
        session.client.pace = Pace(*PACE, clock or Clock())

    def search(self, title: str) -> list[KeyFigure]:
        """The key figures whose title holds a text."""
        first = self._get("/kpi", {"title": title, "per_page": PAGE})
        pages = self._pages(first, Facts("Kolada", LICENCE))
        return [_figure(value) for _, _, values in pages for value in values]

    def figure(self, figure_id: str) -> KeyFigure:
        """A key figure by its id. Raises InputError where there is none."""
        request = self._figure_request(figure_id)
        document = self.session.ask(request, Facts("Kolada", LICENCE))
        values = [_figure(value) for value in _values(document, request)]
        if not values:
            raise InputError(
                f'Kolada has no key figure "{figure_id}". `samsyn fetch kolada --search TEXT` '
                "finds them by title"
            )
        return values[0]

    def fetch(
        self,
        shelf: Shelf,
        figure: KeyFigure,
        years: Years,
        now: int,
        told: Callable[[int, int], None] | None = None,
    ) -> Fetched:
        """Have a key figure come for all municipalities and regions, and put it in place.

        The years are those asked for, to the year `now`. Raises ServiceError or Refused; what has
        come stays for a fetch that resumes.
        """
        collection = f"kolada/{figure.id}"
        about = self._figure_request(figure.id)
        self.session.ask(about, figure.facts, f"{collection}/kpi.json")
        had = [(f"{collection}/kpi.json", about)]
        blocks = self._blocks(figure.id, years, now)
        for name, request in blocks:
            shelf.note("planned", f"{collection}/{name}-001.json", request)
        for done, (name, first) in enumerate(blocks):
            if told:
                told(done, len(blocks))
            pages = self._pages(first, figure.facts, f"{collection}/{name}-")
            had += [(place, request) for place, request, _ in pages]
        return Fetched(collection, figure.title, tuple(shelf.publish(collection, had)))

    def fetch_municipalities(self, shelf: Shelf) -> Fetched:
        """Have the list of municipalities and regions come, and put it in place."""
        collection = "kolada/municipality"
        title = "Municipalities and regions"
        first = self._get("/municipality", {"per_page": PAGE})
        pages = self._pages(first, Facts("Kolada", LICENCE, title=title), f"{collection}/")
        had = [(place, request) for place, request, _ in pages]
        return Fetched(collection, title, tuple(shelf.publish(collection, had)))

    def requests(self, years: Years, now: int) -> int:
        """How many requests a key figure takes at least."""
        return 1 + len(self._blocks("", years, now))

    def _blocks(self, figure_id: str, years: Years, now: int) -> list[tuple[str, Request]]:
        """A name and a request for each run of years that may be asked for at once."""
        wanted = years.between(FIRST_YEAR, now)
        if not wanted:
            raise InputError(
                f"Kolada is asked for the years {FIRST_YEAR} to {now}: name some of them"
            )
        blocks = [wanted[i : i + YEARS_AT_ONCE] for i in range(0, len(wanted), YEARS_AT_ONCE)]
        found = []
        for block in blocks:
            listed = ",".join(map(str, block))
            address = f"/data/kpi/{quote(figure_id, safe='')}/year/{listed}"
            found.append((f"{block[0]}-{block[-1]}", self._get(address, {"per_page": PAGE})))
        return found

    def _figure_request(self, figure_id: str) -> Request:
        return self._get(f"/kpi/{quote(figure_id, safe='')}", {})

    def _get(self, path: str, asked: Mapping[str, Any]) -> Request:
        return Request("GET", self.address + path + (f"?{urlencode(asked)}" if asked else ""))

    def _pages(
        self, first: Request, facts: Facts, beginning: str | None = None
    ) -> Iterator[tuple[str, Request, list[Any]]]:
        """The pages from the first one on: place, request and what is listed.

        A place is `beginning` and the page's number; without one, pages are kept aside. Of the
        address that a page gives for the next one only the query is taken, so that it is asked for
        where the first one was. Raises ServiceError for pages that go in a circle.
        """
        request, seen = first, [first.address]
        while True:
            place = f"{beginning}{len(seen):03}.json" if beginning else None
            document = self.session.ask(request, facts, place)
            yield place or "", request, _values(document, request)
            told = document.get("next_url")
            if not told:
                return
            address = urlsplit(first.address)._replace(query=urlsplit(str(told)).query).geturl()
            if address in seen:
                raise ServiceError(f"{request.address}: the pages of the answer go in a circle")
            seen.append(address)
            request = Request("GET", address)


def _values(document: Any, request: Request) -> list[Any]:
    """What a page lists. Raises ServiceError where it is no page of Kolada."""
    values = document.get("values") if isinstance(document, dict) else None
    if not isinstance(values, list):
        raise ServiceError(
            f"{request.address} did not answer with a page of Kolada's API v3 (lacking: values)"
        )
    return values


def _figure(value: Mapping[str, Any]) -> KeyFigure:
    return KeyFigure(
        str(value.get("id", "")),
        " ".join(str(value.get("title", "")).split()),
        str(value.get("description") or ""),
        value.get("publication_date"),
    )

"""Kolada's API v3: key figures of municipalities and regions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar
from urllib.parse import quote, urlencode, urlsplit

from samsyn.measure.errors import InputError
from samsyn.statistics.services.client import Request, base_address
from samsyn.statistics.services.errors import ServiceError
from samsyn.statistics.services.pace import Clock, Pace
from samsyn.statistics.services.selection import Years, plain
from samsyn.statistics.services.session import Fetched, Session
from samsyn.statistics.services.shelf import Facts, Shelf

ADDRESS: Final = "https://api.kolada.se/v3"
VARIABLE: Final = "SAMSYN_KOLADA_URL"
LICENCE: Final = "Free use with the source named (Källa: Kolada)"
PACE: Final = (3, 1.0)  # the service names no limit: be as gentle as with Statistics Sweden
PAGE = 5000
FIRST_YEAR = 1990
AT_ONCE = 25  # years or municipalities: the service refuses longer lists

T = TypeVar("T")
Blocks: TypeAlias = Sequence[tuple[str, Request]]
Told: TypeAlias = Callable[[int, int], None]


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

    def municipalities(self) -> dict[str, str]:
        """The names of municipalities and regions by their codes."""
        pages = self._pages(
            self._get("/municipality", {"per_page": PAGE}), Facts("Kolada", LICENCE)
        )
        return {str(value["id"]): str(value["title"]) for _, _, values in pages for value in values}

    def codes(self, names: Sequence[str]) -> list[str]:
        """The codes of municipalities and regions that are named by code or name.

        Raises InputError for one that Kolada does not have.
        """
        there = self.municipalities() if names else {}
        by_name = {plain(name): code for code, name in there.items()} | {c: c for c in there}
        for name in names:
            if plain(name) not in by_name:
                raise InputError(f'Kolada has no municipality or region "{name}"')
        return list(dict.fromkeys(by_name[plain(name)] for name in names))

    def requests(
        self, figure_id: str, years: Years, now: int, within: Sequence[str] = ()
    ) -> Blocks:
        """The first request for each run of years and municipalities, with a name for its pages.

        Raises InputError where none of the years can be asked for.
        """
        wanted = years.between(FIRST_YEAR, now)
        if not wanted:
            raise InputError(
                f"Kolada is asked for the years {FIRST_YEAR} to {now}: name some of them"
            )
        blocks = []
        for areas in _runs(within) or [[]]:
            for run in _runs(wanted):
                path = f"/data/kpi/{quote(figure_id, safe='')}"
                path += f"/municipality/{','.join(areas)}" if areas else ""
                path += f"/year/{','.join(map(str, run))}"
                name = "-".join([*areas[:1], str(run[0]), str(run[-1])])
                blocks.append((name, self._get(path, {"per_page": PAGE})))
        return blocks

    def fetch(
        self, shelf: Shelf, figure: KeyFigure, blocks: Blocks, told: Told | None = None
    ) -> Fetched:
        """Have a key figure come (`blocks` is of `requests`) and put it in place.

        Raises InputError where there are no figures, ServiceError or Refused otherwise; what has
        come stays for a fetch that resumes. `told` hears of requests done, and of all.
        """
        collection = f"kolada/{figure.id}"
        about = self._figure_request(figure.id)
        for name, request in blocks:
            shelf.note("planned", f"{collection}/{name}-001.json", request)
        had: list[tuple[str, Request]] = []
        for done, (name, first) in enumerate(blocks):
            if told:
                told(done, len(blocks))
            for number, request, values in self._pages(first, figure.facts):
                # A page without figures is kept aside: there is nothing in it to read.
                if values:
                    place = f"{collection}/{name}-{number:03}.json"
                    self.session.ask(request, figure.facts, place)
                    had.append((place, request))
        if not had:
            raise InputError(
                f"Kolada has no figures of {figure.id} ({figure.title}) for what was asked for"
            )
        self.session.ask(about, figure.facts, f"{collection}/kpi.json")
        had.append((f"{collection}/kpi.json", about))
        return Fetched(collection, figure.title, tuple(shelf.publish(collection, had)))

    def _figure_request(self, figure_id: str) -> Request:
        return self._get(f"/kpi/{quote(figure_id, safe='')}", {})

    def _get(self, path: str, asked: Mapping[str, Any]) -> Request:
        return Request("GET", self.address + path + (f"?{urlencode(asked)}" if asked else ""))

    def _pages(self, first: Request, facts: Facts) -> Iterator[tuple[int, Request, list[Any]]]:
        """The pages from the first one on: number, request and what is listed.

        Of the address that a page gives for the next one only the query is taken, so that it is
        asked for where the first one was. Raises ServiceError for pages that go in a circle.
        """
        request, seen = first, [first.address]
        while True:
            document = self.session.ask(request, facts)
            yield len(seen), request, _values(document, request)
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


def _runs(values: Sequence[T]) -> list[list[T]]:
    """The values in runs that may be asked for at once."""
    return [list(values[start : start + AT_ONCE]) for start in range(0, len(values), AT_ONCE)]


def _figure(value: Mapping[str, Any]) -> KeyFigure:
    return KeyFigure(
        str(value.get("id", "")),
        " ".join(str(value.get("title", "")).split()),
        str(value.get("description") or ""),
        value.get("publication_date"),
    )

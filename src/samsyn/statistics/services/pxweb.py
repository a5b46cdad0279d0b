"""PxWebApi 2, the service of Statistics Sweden and of others who publish with PxWeb."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import prod
from typing import Any, Final
from urllib.parse import quote, urlencode

from samsyn.measure.errors import InputError
from samsyn.statistics.services.client import Request, base_address
from samsyn.statistics.services.errors import ServiceError
from samsyn.statistics.services.pace import Clock, Pace
from samsyn.statistics.services.regions import Levels
from samsyn.statistics.services.session import Session
from samsyn.statistics.services.shelf import Facts
from samsyn.statistics.services.split import Codes, cells

ADDRESS: Final = "https://statistikdatabasen.scb.se/api/v2"
VARIABLE: Final = "SAMSYN_PXWEB_URL"
PAGE = 200  # tables on a page of a search


@dataclass(frozen=True)
class Config:
    """What a server says of itself: its limits, languages, licence and how it wants to be cited."""

    max_cells: int
    calls: int
    seconds: float
    languages: tuple[str, ...]
    default_language: str
    licence: str
    source: str


@dataclass(frozen=True)
class Dimension:
    """A dimension of a table: `labels` leads from code to label, `codelists` from id to label."""

    code: str
    label: str
    labels: Mapping[str, str]
    codelists: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table as its metadata tell; `time` is the code of the dimension of periods.

    `levels` are told by another Samsyn: which periods it has for each kind of areas.
    """

    id: str
    label: str
    updated: str | None
    source: str | None
    dimensions: tuple[Dimension, ...]
    time: str | None
    levels: Levels | None = None

    def dimension(self, name: str) -> Dimension | None:
        """The dimension with this code or label."""
        asked = name.strip().casefold()
        return next(
            (d for d in self.dimensions if asked in {d.code.casefold(), d.label.casefold()}), None
        )


@dataclass(frozen=True)
class Listed:
    """A table as a search lists it."""

    id: str
    label: str
    variables: tuple[str, ...]
    first: str | None
    last: str | None
    updated: str | None


@dataclass(frozen=True)
class Selection:
    """What is asked of a table at once: a cube of codes, some of them those of code lists."""

    codes: Codes
    codelists: Mapping[str, str] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return cells(self.codes)

    def of(self, codes: Codes) -> Selection:
        """The same with other codes."""
        return replace(self, codes=codes)

    @property
    def body(self) -> str:
        """The selection as PxWebApi reads it."""
        chosen = []
        for code, values in self.codes.items():
            one: dict[str, Any] = {"variableCode": code}
            if code in self.codelists:
                one["codelist"] = self.codelists[code]
            chosen.append({**one, "valueCodes": list(values)})
        return json.dumps({"selection": chosen}, ensure_ascii=False)


class PxWeb:
    """A server that speaks PxWebApi 2. Its rate limit holds from its first answer on.

    It is at the address given, else at SAMSYN_PXWEB_URL, else Statistics Sweden's.
    """

    def __init__(
        self,
        session: Session,
        address: str | None = None,
        language: str = "sv",
        clock: Clock | None = None,
    ) -> None:
        self.session = session
        self.address = base_address(address, VARIABLE, ADDRESS)
        self._asked_language = language
        self._clock = clock or Clock()

    @cached_property
    def config(self) -> Config:
        """The server's configuration, which sets the pace."""
        document = self.session.ask(self._get("/config"), Facts("PxWebApi"))
        config = read_config(document, self.address)
        self.session.client.pace = Pace(config.calls, config.seconds, self._clock)
        return config

    @property
    def language(self) -> str:
        """The language asked for, or the server's own where it does not have it."""
        there = self.config.languages
        return (
            self._asked_language if self._asked_language in there else self.config.default_language
        )

    def search(self, text: str) -> list[Listed]:
        """The tables that the server finds for a text, on all pages."""
        found: list[Listed] = []
        page, pages = 1, 1
        while page <= pages:
            asked = {"lang": self.language, "query": text, "pageSize": PAGE, "pageNumber": page}
            document = self.session.ask(self._get("/tables", asked), self._facts())
            found += read_listing(document, self.address)
            pages = int(document.get("page", {}).get("totalPages", 1))
            page += 1
        return found

    def table(self, table_id: str) -> Table:
        """A table's metadata. Raises Refused where the server has no such table."""
        address = f"/tables/{quote(table_id, safe='')}/metadata"
        document = self.session.ask(self._get(address, {"lang": self.language}), self._facts())
        return read_table(document, table_id)

    def codelist(self, list_id: str) -> dict[str, str]:
        """The codes of a code list (vs_ or agg_) with their labels."""
        address = f"/codelists/{quote(list_id, safe='')}"
        document = self.session.ask(self._get(address, {"lang": self.language}), self._facts())
        return read_codelist(document, list_id)

    def data(self, table: Table, selection: Selection) -> Request:
        """The request for a selection of a table, as JSON-stat 2."""
        asked = urlencode({"lang": self.language, "outputFormat": "json-stat2"})
        address = f"{self.address}/tables/{quote(table.id, safe='')}/data?{asked}"
        return Request("POST", address, selection.body)

    def facts(self, table: Table) -> Facts:
        """Where a table's figures come from."""
        return Facts(
            table.source or self.config.source,
            self.config.licence,
            table.id,
            table.label,
            table.updated,
        )

    def _facts(self) -> Facts:
        return Facts(self.config.source, self.config.licence)

    def _get(self, path: str, asked: Mapping[str, Any] | None = None) -> Request:
        return Request("GET", self.address + path + (f"?{urlencode(asked)}" if asked else ""))


def read_config(document: Any, address: str) -> Config:
    """A server's configuration. Raises ServiceError where this is none."""
    try:
        told = document.get("sourceReferences") or []
        references = {str(one["language"]): str(one["text"]) for one in told}
        source = references.get("sv") or next(iter(references.values()), "")
        return Config(
            int(document["maxDataCells"]),
            int(document["maxCallsPerTimeWindow"]),
            float(document["timeWindow"]),
            tuple(language["id"] for language in document["languages"]),
            document["defaultLanguage"],
            document["license"],
            source.removeprefix("Källa:").removeprefix("Source:").strip() or address,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _unlike(f"{address}/config", "a configuration of PxWebApi 2", error) from None


def read_listing(document: Any, address: str) -> list[Listed]:
    """The tables on a page of a search. Raises ServiceError where this is none."""
    try:
        return [
            Listed(
                table["id"],
                " ".join((table["label"] or "").split()),
                tuple(table["variableNames"]),
                table.get("firstPeriod"),
                table.get("lastPeriod"),
                table.get("updated"),
            )
            for table in document["tables"]
        ]
    except (KeyError, TypeError) as error:
        raise _unlike(f"{address}/tables", "a list of tables", error) from None


def read_table(document: Any, table_id: str) -> Table:
    """A table from its metadata in JSON-stat 2. Raises ServiceError where this is none."""
    try:
        dimensions = []
        for code in document["id"]:
            told = document["dimension"][code]
            lists = told.get("extension", {}).get("codelists") or []
            dimensions.append(
                Dimension(
                    code,
                    told.get("label") or code,
                    _labels(told["category"]),
                    {str(codelist["id"]): str(codelist["label"]) for codelist in lists},
                )
            )
        times = document.get("role", {}).get("time") or [None]
        label = " ".join(document.get("label", table_id).split())
        return Table(
            table_id,
            label,
            document.get("updated"),
            document.get("source"),
            tuple(dimensions),
            times[0],
            _levels_told(document),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _unlike(f"table {table_id}", "metadata in JSON-stat 2", error) from None


def read_codelist(document: Any, list_id: str) -> dict[str, str]:
    """The codes and labels of a code list. Raises ServiceError where this is none."""
    try:
        return {value["code"]: value["label"] for value in document["values"]}
    except (KeyError, TypeError) as error:
        raise _unlike(f"code list {list_id}", "a code list", error) from None


def require_answer(document: Any, table: Table, selection: Selection) -> None:
    """Raise ServiceError where an answer is not the cube that was asked for."""
    try:
        told = {
            code: set(_labels(document["dimension"][code]["category"])) for code in document["id"]
        }
        values, size = document["value"], prod(document["size"])
        whole = len(values) == size if isinstance(values, Sequence) else isinstance(values, dict)
    except (KeyError, TypeError, AttributeError) as error:
        raise _unlike(f"table {table.id}", "a dataset in JSON-stat 2", error) from None
    if told != {code: set(chosen) for code, chosen in selection.codes.items()} or not whole:
        raise ServiceError(
            f"Table {table.id}: the answer does not hold the {selection.cells} cells that were "
            "asked for. Fetch the table again without --resume"
        )
    updated = document.get("updated")
    if table.updated and updated and updated != table.updated:
        raise ServiceError(
            f"Table {table.id} was updated while it was fetched ({table.updated}, then {updated}): "
            "its parts would not belong together. Fetch it again without --resume"
        )


def missing_dimension(table: Table, name: str) -> InputError:
    """What to say of a dimension that a table does not have."""
    there = ", ".join(f"{d.label} ({d.code})" for d in table.dimensions)
    return InputError(f'Table {table.id} has no dimension "{name}". It has: {there}')


def _levels_told(document: Mapping[str, Any]) -> Levels | None:
    """What another Samsyn tells of a table's areas; None where the server is none."""
    told = (document.get("extension") or {}).get("samsyn") or {}
    if not told.get("levels"):
        return None
    return Levels(
        {level: tuple(periods) for level, periods in told["levels"].items()}, told["vintages"]
    )


def _labels(category: Mapping[str, Any]) -> dict[str, str]:
    """Code to label, in the order of the index, which is a list or leads to places."""
    index, labels = category.get("index"), category.get("label") or {}
    if index is None:
        return dict(labels)
    codes = index if isinstance(index, list) else sorted(index, key=index.__getitem__)
    return {str(code): str(labels.get(code, code)) for code in codes}


def _unlike(what: str, expected: str, error: Exception) -> ServiceError:
    return ServiceError(
        f"{what} did not answer with {expected} (lacking: {error}): is this the right address, and "
        "does the service speak PxWebApi 2?"
    )

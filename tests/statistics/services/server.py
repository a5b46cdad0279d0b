"""A server on this machine that speaks PxWebApi 2 and Kolada's API v3, and misbehaves when told."""

import json
import threading
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from math import prod
from urllib.parse import parse_qs, unquote, urlencode, urlsplit


@dataclass
class Cube:
    """A table: each dimension's label, and its codes with labels. A cell's value is its place."""

    id: str
    label: str
    dimensions: dict[str, tuple[str, dict[str, str]]]
    updated: str = "2026-01-01T06:00:00Z"
    codelists: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def value(self, codes):
        """The value of one cell, by plain counting."""
        place = 0
        for (_, labels), code in zip(self.dimensions.values(), codes, strict=True):
            place = place * len(labels) + list(labels).index(code)
        return place

    def all(self):
        """Every cell of the table."""
        return {
            codes: self.value(codes)
            for codes in product(*(labels for _, labels in self.dimensions.values()))
        }

    def document(self, chosen, with_values=True):
        """The cube of the codes that are chosen, as JSON-stat 2."""
        dimension = {}
        for name, codes in chosen.items():
            label, labels = self.dimensions[name]
            for listed in self.codelists.get(name, {}).values():
                labels = {**listed, **labels}
            dimension[name] = {
                "label": label,
                "category": {
                    "index": {code: place for place, code in enumerate(codes)},
                    "label": {code: labels[code] for code in codes},
                },
                "extension": {
                    "codelists": [
                        {"id": one, "label": one, "type": "Aggregation", "links": []}
                        for one in self.codelists.get(name, {})
                    ]
                },
            }
        cells = product(*chosen.values())
        own = all(code in self.dimensions[n][1] for n, codes in chosen.items() for code in codes)
        size = prod(map(len, chosen.values()))
        values = [self.value(codes) for codes in cells] if own else list(range(size))
        return {
            "version": "2.0",
            "class": "dataset",
            "label": self.label,
            "source": "SCB",
            "updated": self.updated,
            "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
            "id": list(chosen),
            "size": [len(codes) for codes in chosen.values()],
            "dimension": dimension,
            "value": values if with_values else [],
        }


class Service:
    """What the server has, how it misbehaves, and what it was asked.

    `faults` holds (part of a path, fault, times): the next that fits is done instead of an answer.
    `limit` is what the configuration says of cells, `real_limit` what is kept to.
    After `down_at` answers with data there are no more; after `hold_at` the next never ends.
    """

    def __init__(self):
        self.tables = {}
        self.figures = {}
        self.limit = self.real_limit = 1000
        self.calls, self.window = 10_000, 1.0
        self.page = 2
        self.faults = deque()
        self.asked = []
        self.arrived = []
        self.answered = []
        self.refused = []
        self.agents = set()
        self.held = threading.Event()
        self.released = threading.Event()
        self.hold_at = self.down_at = None
        self.address = ""

    def add(self, cube):
        """Put a table on the server."""
        self.tables[cube.id] = cube
        return cube

    def fail(self, fault, at="", times=1):
        """Misbehave the next times that a path holds `at`."""
        self.faults.extend([(at, fault)] * times)

    def data_requests(self):
        """The requests for data that were answered in full."""
        return [body for path, body in self.answered if path.endswith("/data")]

    # --- PxWebApi 2 -------------------------------------------------------------------------------

    def config(self):
        return {
            "apiVersion": "2.2.0",
            "appVersion": "1.0.0",
            "languages": [{"id": "en", "label": "English"}, {"id": "sv", "label": "Svenska"}],
            "defaultLanguage": "sv",
            "maxDataCells": self.limit,
            "maxCallsPerTimeWindow": self.calls,
            "timeWindow": self.window,
            "license": "https://creativecommons.org/share-your-work/public-domain/cc0/",
            "sourceReferences": [{"language": "sv", "text": "Källa: SCB"}],
            "defaultDataFormat": "json-stat2",
            "dataFormats": ["json-stat2"],
        }

    def listing(self, query):
        text = query.get("query", [""])[0].casefold().split()
        found = [c for c in self.tables.values() if any(w in c.label.casefold() for w in text)]
        number = int(query.get("pageNumber", ["1"])[0])
        pages = max(1, -(-len(found) // self.page))
        shown = found[(number - 1) * self.page : number * self.page]
        return {
            "language": "sv",
            "tables": [
                {
                    "id": cube.id,
                    "label": cube.label,
                    "updated": cube.updated,
                    "firstPeriod": next(iter(cube.dimensions["Tid"][1])),
                    "lastPeriod": list(cube.dimensions["Tid"][1])[-1],
                    "variableNames": [label for label, _ in cube.dimensions.values()],
                    "links": [],
                }
                for cube in shown
            ],
            "page": {
                "pageNumber": number,
                "pageSize": self.page,
                "totalElements": len(found),
                "totalPages": pages,
            },
        }

    def data(self, cube, body):
        chosen = {}
        for one in json.loads(body)["selection"]:
            name = one["variableCode"]
            if name not in cube.dimensions:
                return problem(400, "Bad Request", f"{name} is not a variable")
            labels = cube.dimensions[name][1]
            if one.get("codelist"):
                labels = cube.codelists[name][one["codelist"]]
            unknown = [code for code in one["valueCodes"] if code not in labels]
            if unknown:
                detail = f"Value, {unknown[0]} is not a valid value code for variable {name}"
                return problem(400, "Bad Request", detail)
            chosen[name] = one["valueCodes"]
        missing = set(cube.dimensions) - set(chosen)
        if missing:
            return problem(400, "Bad Request", f"Missing selection for {missing.pop()}")
        if prod(map(len, chosen.values())) > self.real_limit:
            detail = "The query resulted in cell that exceeds the number of allowed."
            return problem(403, "Forbiden", detail)
        return 200, cube.document({name: chosen[name] for name in cube.dimensions})

    # --- Kolada -----------------------------------------------------------------------------------

    def pages(self, values, parts, query):
        number = int(query.get("page", ["1"])[0])
        shown = values[(number - 1) * self.page : number * self.page]
        more = number * self.page < len(values)
        asked = urlencode({**{name: one[0] for name, one in query.items()}, "page": number + 1})
        after = f"http://api.kolada.invalid{parts.path}?{asked}"
        return {"values": shown, "count": len(shown), "next_url": after if more else None}

    def kolada(self, parts, path, query):
        if path == ["kpi"]:
            text = query["title"][0].casefold()
            values = [f for f in self.figures.values() if text in f["title"].casefold()]
        elif path[0] == "kpi":
            values = [self.figures[path[1]]] if path[1] in self.figures else []
        elif path == ["municipality"]:
            values = [
                {"id": f"{n:04}", "title": f"Kommun {n}", "type": "K"} for n in (114, 115, 117)
            ]
        else:
            told = dict(zip(path[1::2], path[2::2], strict=True))
            years = [int(year) for year in told["year"].split(",")]
            areas = told.get("municipality", "0114").split(",")
            if max(len(years), len(areas)) > 25:
                return problem(400, "Bad Request", "at most 25 at once")
            values = [
                {
                    "kpi": told["kpi"],
                    "municipality": area,
                    "period": year,
                    "values": [{"gender": "T", "count": 1, "status": "", "value": year / 100}],
                }
                for area in areas
                for year in years
                if 2010 <= year <= 2024
            ]
        return 200, self.pages(values, parts, query)

    def answer(self, path, body):
        """Status and document for a request."""
        parts = urlsplit(path)
        names = [unquote(name) for name in parts.path.strip("/").split("/")]
        query = parse_qs(parts.query)
        if names[0] == "kolada":
            return self.kolada(parts, names[1:], query)
        match names[1:]:
            case ["config"]:
                return 200, self.config()
            case ["tables"]:
                return 200, self.listing(query)
            case ["codelists", one]:
                for cube in self.tables.values():
                    for lists in cube.codelists.values():
                        if one in lists:
                            codes = lists[one].items()
                            values = [{"code": c, "label": n, "valueMap": [c]} for c, n in codes]
                            return 200, {"id": one, "label": one, "values": values}
            case ["tables", table, what] if table in self.tables:
                cube = self.tables[table]
                if what == "metadata":
                    chosen = {name: list(labels) for name, (_, labels) in cube.dimensions.items()}
                    return 200, cube.document(chosen, with_values=False)
                return self.data(cube, body)
        return problem(404, "Not Found", f"Node with id, {names[-1]} can not be found")

    @property
    def pxweb_url(self):
        return f"{self.address}/pxweb"

    @property
    def kolada_url(self):
        return f"{self.address}/kolada"


def problem(status, title, detail):
    """An error as PxWebApi 2 tells it."""
    return status, {"type": "about:blank", "title": title, "status": status, "detail": detail}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    service: Service

    def log_message(self, *_):
        """Nothing is printed."""

    def do_GET(self):
        self.serve(None)

    def do_POST(self):
        self.serve(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def serve(self, body):
        service = self.service
        service.asked.append((self.command, self.path, body))
        service.arrived.append(time.monotonic())
        service.agents.add(self.headers["User-Agent"])
        path = urlsplit(self.path).path
        come = len(service.data_requests()) if path.endswith("/data") else -1
        if come == service.down_at:
            self.send(503, b"busy", "text/plain")
            return
        if come == service.hold_at:
            service.held.set()
            service.released.wait(10)
            self.close_connection = True
            return
        fault = self.next_fault()
        if fault and fault[0] == "status":
            self.send(fault[1], b"busy", "text/plain", fault[2])
            return
        status, document = service.answer(self.path, body)
        content = json.dumps(document, ensure_ascii=False).encode()
        kind = "application/json" if status == 200 else "application/problem+json"
        if fault:
            self.misbehave(fault, content)
            return
        self.send(status, content, kind)
        if status == 200:
            service.answered.append((path, body))
        else:
            service.refused.append((path, body))

    def next_fault(self):
        for place, (at, fault) in enumerate(self.service.faults):
            if at in self.path:
                del self.service.faults[place]
                return fault
        return None

    def misbehave(self, fault, content):
        match fault:
            case ("cut",):  # the connection ends in the middle of the answer
                self.send(200, content, length=len(content) + 100)
                self.close_connection = True
            case ("truncated",):  # all that was announced came, and it is half
                self.send(200, content[: len(content) // 2])
            case ("slow", seconds):
                time.sleep(seconds)
                self.send(200, content)
            case ("dribble", seconds):
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                for byte in content[:20]:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(seconds / 20)
                self.close_connection = True
            case ("page",):
                page = b"<html><head><title>Underh\xc3\xa5ll</title></head><body>Vi uppdaterar"
                self.send(200, page, "text/html")
            case ("typed", kind):
                self.send(200, content, kind)
            case ("document", document):
                self.send(200, json.dumps(document).encode())
            case ("drop",):
                self.close_connection = True

    def send(self, status, content, kind="application/json", headers=None, length=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that went away is what some tests are about."""


@contextmanager
def serving():
    """A service on a port of its own."""
    service = Service()
    handler = type("Own", (Handler,), {"service": service})
    with Quiet(("127.0.0.1", 0), handler) as server:
        service.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.released.set()
            server.shutdown()
            thread.join()


def codes(*names):
    """Codes that are their own labels."""
    return {name: name for name in names}


def small_cube(table="TAB1", regions=7, years=5):
    """A table of regions, sexes and years."""
    return Cube(
        table,
        f"Folkmängden efter region och kön. År 2018-{2017 + years}",
        {
            "Region": ("region", {f"{100 + n:04}": f"Kommun {n}" for n in range(regions)}),
            "Kon": ("kön", {"1": "män", "2": "kvinnor", "1+2": "totalt"}),
            "ContentsCode": ("tabellinnehåll", {"000007Y7": "Folkmängd"}),
            "Tid": ("år", codes(*(str(2018 + n) for n in range(years)))),
        },
    )

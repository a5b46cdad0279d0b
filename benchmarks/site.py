"""The site under load: pages of municipalities, answers for programs, and readers' own browsers.

`samsyn serve` shows the release of the real national files with two workers on two cores, which the
readers (`readers.py`) share. The peer is Datasette over the same rows in SQLite.

    BENCH_STORE=~/samsyn-store   a store whose current release is the national one, built already
    BENCH_MINUTES=60             how long the mixed load goes on
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import browsing
from benchmarks.environments import PEERS, make_peers, peer_versions
from benchmarks.national import lacking, national_store
from benchmarks.page import ROOT, duration, made, table

SECONDS = 20.0  # that a load lasts
READERS = 20
WORKERS = 2
PORT, PEER_PORTS = 8_310, (8_311, 8_312)
PERIOD = "2022"
ROWS = 100
TABLE = "observations"


def run() -> str:
    """Measure, and say what came out."""
    if (absent := lacking()) is not None:
        return f"Tried, but there is no {absent}: BENCH_DATA names the folder that holds it"
    make_peers()
    minutes = float(os.environ.get("BENCH_MINUTES") or 60)
    with TemporaryDirectory() as folder:
        store = national_store()
        from samsyn.statistics.query import Release
        from samsyn.statistics.release.store import Store

        release = Release.open(Store(store).folder())
        rows = [*_pages(store, release), *_answers(store, release, Path(folder))]
        rows += _browser(store)
        grown = _grown(store, release, minutes)
    heads = ["work", "Samsyn", "goal", "peer", "times faster"]
    return f"""{made("django", "granian", "polars", "duckdb")}
Peer: {peer_versions("datasette")}. Browser: {browsing.version()}.

Release `{release.name}`: {len(release.indicators)} indicators. `samsyn serve` with {WORKERS}
workers on the two cores, which those who ask share: {READERS} connections in one process
(`readers.py`), each asking for the next page when it has the one before. Without the response cache
every page is made anew (`SAMSYN_CACHE=0`); in all, the rate limit is off, and answers are
compressed. Datasette runs as two processes, each asked by half of the connections, without counts
and facets; both give {ROWS} rows as JSON, and the values are compared. In the browser the machine's
own computing is made four times slower; pictures are drawn without a graphics card.

{table(heads, rows)}

Memory of the workers under mixed load ({minutes:g} minutes; pages of all kinds, charts as pictures,
downloads, tiles and answers for programs, {MIXED} connections), in megabytes, largest worker:

{table(["after", "own memory", "with the mapped files of the release"], grown)}
"""


@contextmanager
def _served(store: Path, **settings: object) -> Iterator[int]:
    """The number of the process of `samsyn serve`, when it has made a page of each kind."""
    samsyn = Path(sys.executable).with_name("samsyn")
    told = {name: str(value) for name, value in settings.items()}
    command = [samsyn, "serve", "--store", store, "--port", str(PORT), "--workers", str(WORKERS)]
    environment = os.environ | {"SAMSYN_RATE": "0"} | told
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(PORT, "/robots.txt")
        _load([PORT], ["/"], 2)
        time.sleep(5)  # each worker makes pages of all kinds before it is ready
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


@contextmanager
def _datasette(database: Path) -> Iterator[None]:
    with ExitStack() as stack:
        for port in PEER_PORTS:
            command = [
                PEERS / "bin/datasette", "serve", "--immutable", database, "--port", str(port),
                "--setting", "suggest_facets", "off", "--setting", "default_cache_ttl", "0",
            ]  # fmt: skip
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            process = stack.enter_context(subprocess.Popen(command, **quiet))  # type: ignore[call-overload]
            stack.callback(process.terminate)
        for port in PEER_PORTS:
            _wait(port, "/-/versions.json")
        yield


def _pages(store: Path, release: Any) -> list[list[str]]:
    areas = release.areas("municipality").get_column("code")
    addresses = [f"/omrade/municipality/{code}/" for code in areas]
    _say("pages of municipalities, each made anew")
    with _served(store, SAMSYN_CACHE=0):
        anew = _load([PORT], addresses, SECONDS)
    _say("pages of municipalities from the response cache")
    with _served(store):
        _load([PORT], addresses[:50], SECONDS / 2)
        kept = _load([PORT], addresses[:50], SECONDS)
    return [
        [
            f"page of a municipality, made anew, {READERS} readers",
            f"{_percentiles(anew)}; {_rate(anew)}",
            "80 and 200 ms", "", "",
        ],
        [
            f"page of a municipality, from the response cache, {READERS} readers",
            f"{_rate(kept)}; {_percentiles(kept)}",
            "300 a second", "", "",
        ],
    ]  # fmt: skip


def _answers(store: Path, release: Any, folder: Path) -> list[list[str]]:
    indicators = [
        name for name in release.indicators
        if _height(release, name, "municipality") > ROWS and _height(release, name, "deso")
    ]  # fmt: skip
    vintage = release.values(indicators[0], level="deso", period=PERIOD)["area"][0].split("/")[1]
    datasets = [
        f"/api/v2/tables/{name}/data?valuecodes[Region]=*&codelist[Region]=vs_deso_{vintage}"
        f"&valuecodes[ContentsCode]=value&valuecodes[Tid]={PERIOD}"
        for name in indicators
    ]
    addresses = [
        f"/api/values?indicator={name}&level=municipality&period={PERIOD}&size={ROWS}"
        for name in indicators
    ]
    theirs = [
        f"/{TABLE}/{TABLE}.json?indicator={name}&level=municipality&period={PERIOD}&_sort=area"
        f"&_size={ROWS}&_shape=objects&_nocount=1&_nofacet=1"
        for name in indicators
    ]
    database = folder / f"{TABLE}.db"
    _database(database, release, indicators)
    _say("answers for programs")
    with _served(store, SAMSYN_CACHE=0):
        largest = len(json.loads(_text(PORT, datasets[0]))["value"])
        dataset = _load([PORT], datasets, SECONDS, readers=1)
        ours = _load([PORT], addresses, SECONDS)
        found = [_values(PORT, one, "values") for one in addresses]
    with _served(store):
        kept = _load([PORT], addresses, SECONDS)
    _say("the same answers by Datasette")
    with _datasette(database):
        peer = _load(list(PEER_PORTS), theirs, SECONDS)
        same = found == [_values(PEER_PORTS[0], one, "rows") for one in theirs]
    if not same:
        raise ValueError("the answers differ")
    return [
        [
            f"JSON-stat of {largest:,} rows, made anew, one reader",
            _percentiles(dataset), "60 ms", "", "",
        ],
        [
            f"{ROWS} rows as JSON, made anew, {READERS} readers",
            f"{_rate(ours)}; {_percentiles(ours)}", "3 times",
            f"{_rate(peer)}; {_percentiles(peer)}",
            f"{ours['per_second'] / peer['per_second']:.1f}",
        ],
        [
            "the same, from the response cache, as `samsyn serve` has it",
            f"{_rate(kept)}; {_percentiles(kept)}", "3 times", "the same",
            f"{kept['per_second'] / peer['per_second']:.1f}",
        ],
    ]  # fmt: skip


def _height(release: Any, indicator: str, level: str) -> int:
    from samsyn.measure import InputError

    try:
        height: int = release.values(indicator, level=level, period=PERIOD).height
    except InputError:
        return 0
    return height


def _database(path: Path, release: Any, indicators: list[str]) -> None:
    """The values of the indicators in SQLite, with the index that the questions want."""
    columns = ("area", "name", "indicator", "period", "value", "status", "numerator", "denominator",
               "unit", "method")  # fmt: skip
    with sqlite3.connect(path) as database:
        database.execute(f"create table {TABLE} (level, {', '.join(columns)})")
        marks = ", ".join("?" * (len(columns) + 1))
        for name in indicators:
            for level in ("municipality", "deso"):
                frame = release.values(name, level=level, period=PERIOD).select(columns)
                rows = ((level, *row) for row in frame.iter_rows())
                database.executemany(f"insert into {TABLE} values ({marks})", rows)
        database.execute(f"create index asked on {TABLE} (indicator, level, period, area)")
    database.close()


def _browser(store: Path) -> list[list[str]]:
    _say("the browser")
    with _served(store):
        # Trollhättan, and the whole country by the smallest areas.
        page = f"http://127.0.0.1:{PORT}/omrade/municipality/1488/"
        map_page = f"http://127.0.0.1:{PORT}/karta/?level=deso&indicator=unemployment_rate"
        paint = browsing.largest_paint(page)
        frames = {
            "": browsing.panned(map_page),
            ", with nothing on it but its background": browsing.panned(map_page, empty=True),
            ", computing 4 times slower": browsing.panned(map_page, slower=4),
        }
    rows = [
        [
            "largest contentful paint of a municipality's page, computing 4 times slower",
            f"{duration(paint)}, the median of {browsing.VISITS} first visits", "1.5 s", "", "",
        ]
    ]  # fmt: skip
    for how, (rate, longest) in frames.items():
        said = f"{rate:.0f} frames a second; longest wait {longest:,.0f} ms"
        rows.append([f"panning the country's map by DeSO{how}", said, "30 a second", "", ""])
    return rows


MIXED = 4


def _grown(store: Path, release: Any, minutes: float) -> list[list[str]]:
    """The memory of the largest worker while pages of all kinds are asked for."""
    addresses = _mixed(release)
    _say(f"mixed load for {minutes:g} minutes")
    rows = []
    with _served(store) as server:
        begun = time.monotonic()
        steps = sorted({1.0, minutes / 4, minutes / 2, minutes * 3 / 4, minutes})
        for until in steps:
            while (left := begun + until * 60 - time.monotonic()) > 0:
                _load([PORT], addresses, min(left, 60), readers=MIXED)
                addresses = addresses[7:] + addresses[:7]
            own, whole = _memory(server)
            rows.append([f"{until:g} min", f"{own:,.0f}", f"{whole:,.0f}"])
    return rows


def _mixed(release: Any) -> list[str]:
    found = ["/", "/en/", "/karta/", "/omradestyper/", "/metoder/", "/om-uppgifterna/", "/sok/?q=a"]
    towns = release.areas("municipality").get_column("code").to_list()
    for at, town in enumerate(towns):
        other = towns[(at * 37 + 11) % len(towns)]
        place = f"/omrade/municipality/{town}/"
        found += [
            place, f"/en{place}", f"{place}diagram/map.svg?bare=1",
            f"/jamfor/?place=municipality/{town}&place=municipality/{other}",
            f"{place[:-1]}.csv", f"/api/areas?search={town}",
            f"/omradestyper/?within=municipality/{town}",
        ]  # fmt: skip
    for level in ("regso", "deso"):
        codes = release.areas(level).get_column("code").to_list()
        found += [f"/omrade/{level}/{code}/" for code in codes[::17]]
    for name in release.indicators:
        found += [
            f"/indikator/{name}/", f"/api/v2/tables/{name}/metadata",
            f"/api/v2/tables/{name}/data?outputFormat=csv",
            f"/omrade/municipality/1488/diagram/spread-{name}.png",
        ]  # fmt: skip
    # In an order that mixes the kinds, the same each time.
    return [found[(at * 7_919) % len(found)] for at in range(len(found))]


def _memory(server: int) -> tuple[float, float]:
    """Megabytes of the largest worker: its own, and with the pages of files that it has mapped."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    sizes = []
    for child in children:
        told = Path(f"/proc/{child}/status").read_text(encoding="ascii")
        held = {line.split(":")[0]: line.split()[1] for line in told.splitlines() if "kB" in line}
        sizes.append((int(held["RssAnon"]) / 1024, int(held["VmRSS"]) / 1024))
    return max(sizes, key=lambda size: size[1])


def _load(
    ports: list[int], addresses: list[str], seconds: float, readers: int = READERS
) -> dict[str, Any]:
    """What `readers.py` tells. Raises ValueError where an answer was none."""
    asked = {"ports": ports, "paths": addresses, "readers": readers, "seconds": seconds}
    command = [sys.executable, "-m", "benchmarks.readers"]
    ran = subprocess.run(
        command, input=json.dumps(asked), cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    if len(ports) and set(found["statuses"]) - {"200", "404"}:
        raise ValueError(f"answers: {found['statuses']}")
    return found


def _rate(load: dict[str, Any]) -> str:
    return f"{load['per_second']:,.0f} a second"


def _percentiles(load: dict[str, Any]) -> str:
    return f"p50 {duration(load['p50'])}, p95 {duration(load['p95'])}"


def _values(port: int, address: str, name: str) -> list[tuple[str, float | None]]:
    return [(row["area"], row["value"]) for row in json.loads(_text(port, address))[name]]


def _text(port: int, address: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=60) as answer:
        text: str = answer.read().decode()
        return text


def _wait(port: int, address: str) -> None:
    until = time.monotonic() + 120
    while True:
        try:
            _text(port, address)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)

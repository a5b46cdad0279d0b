"""Fetching as a user does it, from a server on this machine."""

import json
import signal
import subprocess
import sys

import pytest

from samsyn.cli import door
from samsyn.cli.fetch import fetch
from samsyn.statistics.services import kolada, preset
from samsyn.statistics.sources import read
from tests.cli.conftest import ROOT
from tests.statistics.services.server import Cube, codes, serving, small_cube


@pytest.fixture
def service(monkeypatch):
    with serving() as service:
        monkeypatch.setenv("SAMSYN_PXWEB_URL", service.pxweb_url)
        monkeypatch.setenv("SAMSYN_KOLADA_URL", service.kolada_url)
        # Kolada names no limit; the one that is kept to there would only make the tests long.
        monkeypatch.setattr(kolada, "PACE", (1000, 1.0))
        monkeypatch.setattr("samsyn.statistics.services.client.SLOWLY", (1000, 1.0))
        yield service


@pytest.fixture
def to(tmp_path):
    return tmp_path / "fetched"


@pytest.fixture(autouse=True)
def command():
    door.samsyn.add_command(fetch)


def figures(service, **titles):
    for name, title in titles.items():
        service.figures[name] = {"id": name, "title": title}


def cells(folder):
    """How many cells the answers in a folder have."""
    answers = [file for file in folder.glob("*.json") if "provenance" not in file.name]
    return sum(len(json.loads(file.read_text("utf-8"))["value"]) for file in answers)


def test_a_table_and_what_is_said_of_it(service, samsyn, to):
    service.add(small_cube())
    service.limit = 40
    outcome = samsyn("fetch", "scb", "TAB1", "--to", to)
    assert outcome.code == 0
    assert outcome.err.splitlines() == [
        "TAB1  Folkmängden efter region och kön. År 2018-2022: 105 cells, 4 requests"
    ]
    assert outcome.out == (
        f"4 files, 0.0 MB, are in {to}. `samsyn release build {to}` makes a release of them.\n"
    )


def test_what_is_fetched_is_what_the_sources_read(service, samsyn, to):
    cube = service.add(small_cube())
    service.limit = 40
    figures(service, N1="Behöriga, andel (%)")
    assert samsyn("fetch", "scb", "TAB1", "--to", to).code == 0
    assert samsyn("fetch", "kolada", "N1", "--to", to, "--years", "2020").code == 0
    reading = read([to])
    tables = [m for m in reading.materials if m.provenance.origin == "SCB"]
    assert sum(table.frame.height for table in tables) == len(cube.all())
    total = sum(table.frame.get_column("value").sum() for table in tables)
    assert total == sum(cube.all().values())
    assert {table.provenance.table for table in tables} == {"TAB1"}
    assert all(table.provenance.address.startswith(service.address) for table in tables)
    figure = next(m for m in reading.materials if m.provenance.origin == "Kolada")
    assert figure.provenance.title == "Behöriga, andel (%)"
    # Nothing but the description of the key figure is left unread.
    assert {unread.file for unread in reading.unread} <= {"kolada/N1/kpi.json"}


def test_options_choose(service, samsyn, to):
    service.add(small_cube())
    outcome = samsyn(
        "fetch", "scb", "TAB1", "--to", to, "--years", "2020-", "--select", "kön=totalt",
        "--select", "region=0101,Kommun 2", "--level", "municipality",
    )  # fmt: skip
    assert outcome.code == 0
    document = json.loads((to / "scb/TAB1/001.json").read_text("utf-8"))
    assert document["size"] == [2, 1, 1, 3]


def test_a_dry_run_says_what_would_come(service, samsyn, to):
    service.add(small_cube())
    service.limit = 40
    outcome = samsyn("fetch", "scb", "TAB1", "--to", to, "--dry-run")
    assert outcome.code == 0
    assert "105 cells, 4 requests" in outcome.out
    assert not service.data_requests()
    assert not to.exists()


def test_searches_list(service, samsyn, to):
    service.add(small_cube("TAB1"))
    service.add(small_cube("TAB2", years=3))
    figures(service, N1="Behöriga till yrkesprogram, andel (%)", N2="Annat")
    outcome = samsyn("fetch", "scb", "--search", "folkmängden")
    assert "TAB2   Folkmängden efter region och kön. År 2018-2020  2018–2020" in outcome.out
    outcome = samsyn("fetch", "kolada", "--search", "yrkes")
    assert "N1          Behöriga till yrkesprogram, andel (%)" in outcome.out
    assert "N2" not in outcome.out
    outcome = samsyn("fetch", "kolada", "--search", "ingenting")
    assert outcome.err == 'Nothing matches "ingenting".\n'
    assert not to.exists()


def test_the_default_folder_lies_beside_the_releases(service, samsyn, tmp_path):
    service.add(small_cube())
    assert samsyn("fetch", "scb", "TAB1", "--store", tmp_path / "store").code == 0
    assert (tmp_path / "store/fetched/scb/TAB1/001.json").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scb"], "give TABLE to fetch, or --search TEXT to find them."),
        (["scb", "TAB1", "--search", "x"], "not both"),
        (["scb", "TAB1", "--select", "kön"], '--select is written DIM=..., and "kön" is not'),
        (["scb", "TAB1", "--years", "20"], "is not a list of years"),
        (["scb", "TAB1", "--level", "gata"], '"gata" is not a level'),
        (["scb", "TAB1", "--select", "kön=alla"], 'Table TAB1 has no "alla" in kön (Kon)'),
        (["scb", "TAB404"], "404 Not Found: Not Found: Node with id, metadata can not be found"),
        (["kolada", "N404"], 'Kolada has no key figure "N404"'),
        (["scb", "TAB1", "--pxweb-url", "scb.se"], '"scb.se" is not the address of a service'),
    ],
)
def test_what_is_wrong_is_said(service, samsyn, to, arguments, said):
    service.add(small_cube())
    outcome = samsyn("fetch", *arguments, "--to", to)
    assert outcome.code == 2
    assert said in outcome.err


def test_one_table_that_cannot_be_does_not_hold_up_the_others(service, samsyn, to):
    service.add(small_cube("TAB2"))
    outcome = samsyn("fetch", "scb", "TAB404", "TAB2", "--to", to)
    assert outcome.code == 2
    assert "Left out: " in outcome.err
    assert "1 of 2 were left out, see above." in outcome.err
    assert (to / "scb/TAB2/001.json").exists()


def test_a_server_that_is_down_leaves_what_came(service, samsyn, to, monkeypatch):
    monkeypatch.setattr("samsyn.statistics.services.client.TRIES", 2)
    monkeypatch.setattr("samsyn.statistics.services.client.SLOWEST_PAUSE", 0.01)
    cube = service.add(small_cube())
    service.limit, service.down_at = 40, 2
    outcome = samsyn("fetch", "scb", "TAB1", "--to", to)
    assert outcome.code == 1
    assert "503 Service Unavailable: busy; asking again in" in outcome.err
    assert (
        f"The 4 answers that came are kept in {to}; the same command with --resume" in outcome.err
    )
    service.down_at = None
    before = list(service.answered)
    outcome = samsyn("fetch", "scb", "TAB1", "--to", to, "--resume")
    assert outcome.code == 0
    assert "; 4 answers had come before" in outcome.out
    assert len(service.answered) - len(before) == 2
    assert not set(service.answered[len(before) :]) & set(before)
    assert cells(to / "scb/TAB1") == len(cube.all())


STARTED = """
from samsyn.cli import door
from samsyn.cli.fetch import fetch
from samsyn.statistics.services import client
client.SLOWLY = (1000, 1.0)
door.samsyn.add_command(fetch)
door.main()
"""


@pytest.mark.parametrize("killed_at", [1, 3])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_fetch_that_is_killed_goes_on_and_asks_for_nothing_again(service, samsyn, to, killed_at):
    cube = service.add(small_cube())
    service.limit, service.hold_at = 30, killed_at
    command = [sys.executable, "-c", STARTED, "fetch", "scb", "TAB1", "--to", str(to)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        assert service.held.wait(10)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert not (to / "scb").exists()
    before = list(service.answered)
    assert len(service.data_requests()) == killed_at
    service.hold_at = None
    service.released.set()
    assert samsyn("fetch", "scb", "TAB1", "--to", to, "--resume").code == 0
    again = service.answered[len(before) :]
    assert not set(again) & set(before)
    assert cells(to / "scb/TAB1") == len(cube.all())


def test_an_interruption_by_the_user_says_how_to_go_on(service, samsyn, to, monkeypatch):
    service.add(small_cube())

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("samsyn.statistics.services.fetch_table", stopped)
    outcome = samsyn("fetch", "scb", "TAB1", "--to", to)
    assert outcome.code == 130
    assert f"What came is kept in {to}; the same command with --resume goes on" in outcome.err


def as_described(entry):
    """A table like the one that an entry of the preset describes."""
    small = {
        "region": codes("00", "0114", "0114A0010", "0114A0010_DeSO2025"),
        "år": codes("2022", "2023", "2024"),
        "valår": codes("2022"),
    }
    dimensions = {}
    for number, name in enumerate(entry.dimensions):
        labels = [label.replace("*", "") for label in entry.choose.get(name, ())]
        labels += [label for label in entry.holds.get(name, ()) if label not in labels]
        code = "Tid" if name in {"år", "valår"} else f"D{number}"
        dimensions[code] = (name, small.get(name) or codes(*(labels or ["a", "b"])))
    return Cube(entry.id or "TAB1", " ".join(entry.words), dimensions)


def test_sweden_fetches_all_that_the_catalogue_needs(service, samsyn, to):
    listed = preset("sweden")
    for entry in listed.tables:
        service.add(as_described(entry))
    for number, entry in enumerate(listed.figures):
        figures(service, **{entry.id or f"U{number}": " ".join([*entry.words, entry.query])})
    outcome = samsyn("fetch", "sweden", "--to", to, "--years", "2022-")
    assert outcome.code == 0, outcome.err
    assert {path.name for path in (to / "scb").iterdir()} == set(service.tables)
    assert {path.name for path in (to / "kolada").iterdir()} == set(service.figures)
    asked = len(service.asked)
    assert samsyn("fetch", "sweden", "--to", to, "--years", "2022-", "--resume").code == 0
    assert len(service.asked) == asked


def test_sweden_names_what_is_no_longer_there_and_fetches_the_rest(service, samsyn, to):
    listed = preset("sweden")
    for entry in listed.tables[1:]:
        service.add(as_described(entry))
    outcome = samsyn("fetch", "sweden", "--to", to, "--years", "2022-")
    assert outcome.code == 2
    assert 'Left out: Table "population by age" was not found' in outcome.err
    assert outcome.err.count("Left out: The key figure for") == len(listed.figures)
    assert len(list((to / "scb").iterdir())) == len(listed.tables) - 1


def test_help_tells_how_to_go_on(samsyn):
    outcome = samsyn("fetch", "sweden", "--help")
    assert "--resume" in outcome.out
    assert "samsyn release build fetched" in outcome.out

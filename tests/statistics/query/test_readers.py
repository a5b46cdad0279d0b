"""Any number of readers, whatever becomes of the store meanwhile."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from samsyn.measure.errors import InputError
from samsyn.statistics.query import Release
from samsyn.statistics.release.store import Store
from tests.statistics.query import oracle, small


def test_many_threads_ask_one_release(demo):
    places = demo.areas("municipality")["area"].to_list()
    names = ["rental_share", "employment_rate", "turnout_riksdag", "life_expectancy"]
    questions = [(name, place) for name in names for place in places] * 3
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda q: demo.values(q[0], within=q[1]), questions))
    expected = {q: oracle.values(demo.folder, q[0], None, q[1]) for q in questions[:: len(names)]}
    for question, frame in zip(questions, found, strict=True):
        assert frame.equals(demo.values(question[0], within=question[1]))
        if question in expected:
            rows = frame.select("area", "period", "value").rows()
            assert rows == [(k[0], k[1], v[0]) for k, v in sorted(expected[question].items())]


def test_a_reader_keeps_to_its_release_when_another_becomes_current(tmp_path):
    store = Store(tmp_path / "store")
    small.build(store, "first")
    before = Release.open(store)
    old = before.values("employment_rate", "municipality")
    other = small.employment().with_columns(value=0.5)
    small.build(store, "second", observations__employment_rate=other)
    assert store.current() == "second"
    assert before.values("employment_rate", "municipality").equals(old)
    assert set(Release.open(store).values("employment_rate", "county")["value"]) == {0.5}
    named = Release.open(store, "first")
    assert named.values("employment_rate", "municipality").equals(old)


def test_other_processes_read_the_same(small_store, release):
    code = (
        "import sys, json\n"
        "from samsyn.statistics.query import Release\n"
        "r = Release.open(sys.argv[1])\n"
        "print(json.dumps(r.values('employment_rate', 'regso')['value'].to_list()))"
    )
    command = [sys.executable, "-c", code, str(small_store.path)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    expected = release.values("employment_rate", "regso")["value"].to_list()
    for process in running:
        out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        assert json.loads(out) == expected


def test_reading_writes_nothing(small_store, release):
    def state():
        return {p: (p.stat().st_size, p.stat().st_mtime_ns) for p in small_store.path.rglob("*")}

    before = state()
    release.values("employment_rate")
    release.area_types()
    release.shapes()
    assert state() == before


def test_opening(small_store, tmp_path, monkeypatch):
    assert Release.open(small_store.folder()).name == "small"
    assert Release.open(str(small_store.path), "small").name == "small"
    monkeypatch.setenv("SAMSYN_STORE", str(small_store.path))
    assert Release.open().name == "small"
    with pytest.raises(InputError, match='There is no release "big"'):
        Release.open(small_store, "big")
    with pytest.raises(InputError, match="There is no release in"):
        Release.open(tmp_path)


def test_many_areas_are_read_by_ranges_and_none_too_many(tmp_path):
    # More areas than are named one by one, in a county of which the release has others too.
    from tests.statistics.release import made

    codes = [f"{town}A{n:04d}" for town in ("0114", "1480", "1488") for n in range(0, 4000, 10)]
    areas = [
        {"area": f"deso/2018/{code}", "kind": "deso", "vintage": "2018", "code": code,
         "name": code, "search": code.lower(), "municipality": f"municipality/2025/{code[:4]}",
         "county": f"county/2025/{code[:2]}"}
        for code in codes
    ] + [{"area": "county/2025/14", "kind": "county", "vintage": "2025", "code": "14",
          "name": "Västra Götalands län", "search": "vastra gotalands lan",
          "county": "county/2025/14"}]  # fmt: skip
    rows = [
        {"indicator": "population", "area": row["area"], "period": "2022", "sex": "total",
         "age": "total", "value": float(n), "status": "ok", "method": "published", "source": 0}
        for n, row in enumerate(areas)
    ]  # fmt: skip
    store = Store(tmp_path / "store")
    small.build(
        store, "wide", areas=made.table("areas", areas), members=made.table("members", []),
        observations__population=made.table("observations", rows),
    )  # fmt: skip
    release = Release.open(store)
    found = release.values("population", "deso", "county/14")
    expected = {row["area"]: row["value"] for row in rows if "/14" in row["area"][9:]}
    assert dict(found.select("area", "value").iter_rows()) == {
        area: value for area, value in expected.items() if area.startswith("deso")
    }
    assert found.height == 800

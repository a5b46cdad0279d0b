"""JSON-stat: every way in which the format may be written says the same."""

import json
import tempfile
from itertools import product
from math import prod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.measure import InputError
from samsyn.statistics.sources import jsonstat
from samsyn.statistics.sources.opening import opened
from samsyn.statistics.sources.settings import FileSettings
from tests.reference import shared

STATUSES = {None: "missing", "..": "missing", ".": "not_applicable", "c": "secret"}


def dimension(name, labels, codes, indexed=True):
    """One dimension; its index as an object that counts, or as a list."""
    index = {code: at for at, code in enumerate(codes)}
    return {
        "label": name,
        "category": {
            "index": dict(reversed(index.items())) if indexed else list(codes),
            "label": dict(zip(codes, labels, strict=True)),
        },
    }


def dataset(dimensions, cells, *, indexed=True, value="list", status="list", **more):
    """A dataset of (id, name, labels, codes) and cells: numbers, or signs in their place."""
    numbers = [cell if isinstance(cell, (int, float)) else None for cell in cells]
    signs = [None if isinstance(cell, (int, float)) else cell for cell in cells]
    told = {
        "version": "2.0",
        "class": "dataset",
        "id": [key for key, *_ in dimensions],
        "size": [len(codes) for *_, codes in dimensions],
        "dimension": {
            key: dimension(name, labels, codes, indexed) for key, name, labels, codes in dimensions
        },
        "role": {"time": ["Tid"]},
        "value": numbers
        if value == "list"
        else {str(at): n for at, n in enumerate(numbers) if n is not None},
        **more,
    }
    if status == "list" and any(signs):
        told["status"] = signs
    elif status == "object":
        told["status"] = {str(at): sign for at, sign in enumerate(signs) if sign is not None}
    return told


def read(told, settings=None):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.json"
        path.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
        file = opened(path)
        assert jsonstat.recognises(file) is True
        (cube,) = jsonstat.read(file, settings or FileSettings())
        return cube


def about(told, tmp_path):
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(told), "utf-8")
    return jsonstat.recognises(opened(path))


SMALL = [
    ("Region", "region", ["Åby", "Ängsö"], ["0114", "0115"]),
    ("Kon", "kön", ["män", "kvinnor"], ["1", "2"]),
    ("Tid", "år", ["2021", "2022"], ["2021", "2022"]),
]

text = st.text("abcåäö 0;,.", min_size=1, max_size=6).filter(lambda t: t == t.strip())
cell = st.one_of(
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([None, "..", ".", "c"]),
)


@st.composite
def tables(draw):
    dimensions = []
    for key in ["Region", *draw(st.lists(st.sampled_from("xyz"), max_size=2, unique=True)), "Tid"]:
        labels = draw(st.lists(text, min_size=1, max_size=4))
        codes = [f"{at}" for at in draw(st.permutations(range(len(labels))))]
        dimensions.append((key, f"dim {key}", labels, codes))
    size = prod(len(codes) for *_, codes in dimensions)
    return dimensions, draw(st.lists(cell, min_size=size, max_size=size))


@given(
    tables(),
    st.booleans(),
    st.sampled_from(["list", "object"]),
    st.sampled_from(["list", "object"]),
)
def test_what_is_written_is_read_again(table, indexed, value, status):
    dimensions, cells = table
    if not any(isinstance(said, (int, float)) or said for said in cells):
        cells = [1, *cells[1:]]
    cube = read(dataset(dimensions, cells, indexed=indexed, value=value, status=status))
    names = [name for _, name, *_ in dimensions]
    assert cube.dimensions == tuple(names)
    columns = [column for name in names for column in (name, f"{name}.code")]
    wanted = []
    places = product(*(zip(labels, codes, strict=True) for *_, labels, codes in dimensions))
    for place, said in zip(places, cells, strict=True):
        known = isinstance(said, (int, float))
        both = [part for pair in place for part in pair]
        wanted.append((*both, float(said) if known else None, "ok" if known else STATUSES[said]))
    assert cube.frame.select(*columns, "value", "status").rows() == wanted
    assert cube.frame["row"].is_null().all()


def test_roles_units_and_origin():
    told = dataset(
        [*SMALL, ("ContentsCode", "tabellinnehåll", ["Antal", "Andel"], ["A1", "B2"])],
        range(16),
        label="Folkmängd",
        source="Statistiska centralbyrån (SCB)",
        updated="2026-06-08T06:00:00Z",
        note=["Om  allt"],
        extension={"px": {"matrix": "M1", "tableid": "TAB9"}},
    )
    told["role"] |= {"geo": ["Region"], "metric": ["ContentsCode"]}
    contents = told["dimension"]["ContentsCode"]
    contents["category"]["unit"] = {"A1": {"base": "antal"}, "B2": {"base": "procent"}}
    contents["category"]["note"] = {"B2": ["Avrundad"]}
    told["dimension"]["Kon"]["note"] = ["Juridiskt kön"]
    cube = read(told)
    assert cube.roles == {
        "area": "region",
        "period": "år",
        "measure": "tabellinnehåll",
        "sex": "kön",
    }
    assert cube.units == {"Antal": "antal", "Andel": "procent"}
    known = cube.provenance
    assert (known.origin, known.licence, known.table, known.title, known.updated) == (
        "SCB",
        "CC0",
        "TAB9",
        "Folkmängd",
        "2026-06-08T06:00:00Z",
    )
    assert known.notes == ("Om allt", "kön: Juridiskt kön", "tabellinnehåll, Andel: Avrundad")
    assert len(known.sha256) == 64


def test_dimensions_of_the_same_label_go_by_their_ids():
    told = dataset([(key, "samma", *rest) for key, _, *rest in SMALL], range(8))
    assert read(told).dimensions == ("Region", "Kon", "Tid")


def test_one_status_for_all_and_an_estimate_that_keeps_its_value():
    assert set(read(dataset(SMALL, range(8), status="none") | {"status": "e"}).frame["status"]) == {
        "estimated"
    }
    told = dataset(SMALL, range(8), status="none") | {
        "status": {"0": "p", "1": "s", "7": "b"},
        "extension": {"status": {"label": {"p": "provisional", "s": "skattad uppgift"}}},
    }
    cube = read(told)
    assert cube.frame["status"].to_list() == ["ok", "estimated"] + ["ok"] * 6
    assert cube.frame["value"].to_list() == list(range(8))


def test_signs_in_place_of_values():
    told = dataset(SMALL, range(8))
    told["value"] = [1, "..", ".", None, 5, 6.5, 7, 8]
    cube = read(told)
    assert cube.frame["value"].to_list() == [1, None, None, None, 5, 6.5, 7, 8]
    assert cube.frame["status"].to_list()[1:4] == ["missing", "not_applicable", "missing"]


def test_a_collection_gives_its_first_dataset():
    told = dataset(SMALL, range(8))
    held = {"class": "collection", "link": {"item": [{"class": "dataset", "href": "x"}, told]}}
    assert read(held).frame.equals(read(told).frame)


def test_a_bundle_of_the_first_version_says_the_same():
    told = dataset(SMALL, range(8))
    old = {
        "dataset": {
            "dimension": told["dimension"] | {key: told[key] for key in ("id", "size", "role")},
            "value": told["value"],
        }
    }
    assert read(old).frame.equals(read(told).frame)


def test_a_dimension_of_one_value_needs_no_index():
    told = dataset(
        [("Region", "region", ["Åby"], ["0114"]), ("Tid", "år", ["2021"], ["2021"])], [7]
    )
    del told["dimension"]["Region"]["category"]["index"]
    assert read(told).frame.select("region", "region.code", "value").rows() == [("Åby", "0114", 7)]


@pytest.mark.parametrize("empty", [[], None, {}])
def test_a_description_is_no_table(tmp_path, empty):
    told = dataset(SMALL, range(8)) | {"value": empty}
    assert "description of a table" in about(told, tmp_path)
    path = tmp_path / "answer.json"
    with pytest.raises(InputError, match=r"describes a table and has no figures"):
        jsonstat.read(opened(path), FileSettings())


@pytest.mark.parametrize(
    "told",
    [{"tables": []}, {"type": "FeatureCollection", "features": []}, [], [1], {"value": 3}, {}],
)
def test_other_json_is_not_taken(tmp_path, told):
    assert isinstance(about(told, tmp_path), str)


def broken(change):
    told = dataset(SMALL, range(8))
    change(told)
    return told


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t["value"].pop(), r"has 7 values, .* ask for 8 \(2 region × 2 kön × 2 år\)"),
        (lambda t: t["value"].append(1), r"has 9 values, .* ask for 8"),
        (lambda t: t.update(value={"8": 1}), r'value has an entry "8", .* from 0 to 7'),
        (lambda t: t.update(value={"x": 1}), r'value has an entry "x"'),
        (lambda t: t["value"].__setitem__(2, "3,5"), r'value 3 is the text "3,5"'),
        (lambda t: t["value"].__setitem__(2, [1]), r"value 3 is \[1\], which is not a number"),
        (lambda t: t.update(status=["a", "b"]), r"status has not one entry for each value"),
        (lambda t: t.update(size=[2, 2, 3]), r"sizes \[2, 2, 3\], and they have \[2, 2, 2\]"),
        (lambda t: t["dimension"].pop("Kon"), r'names the dimension "Kon" and does not describe'),
        (lambda t: t["dimension"]["Kon"]["category"].update(index=["1", "1"]),
         r'dimension "kön" the code "1" stands 2 times'),
        (lambda t: t["dimension"]["Kon"]["category"].update(index={"1": 0, "2": 2}),
         r'"kön" does not count from 0'),
        (lambda t: t["dimension"]["Kon"].update(category={}), r'dimension "kön" has no values'),
        (lambda t: t.pop("id"), r"lacks id or dimension"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(change, message):
    with pytest.raises(InputError, match=message):
        read(broken(change))


def test_a_truncated_answer_says_that_it_is():
    whole = json.dumps(dataset(SMALL, range(8)))
    with pytest.raises(InputError, match=r"answer.json: the file seems to be cut off"):
        read(whole[:-30])


def test_a_table_of_the_country_only_where_that_is_said():
    told = dataset([("Grupp", "grupp", ["a"], ["1"]), SMALL[2]], [1, 2])
    with pytest.raises(InputError, match=r"no dimension of areas"):
        read(told)
    assert set(read(told, FileSettings(kind="country")).frame["område.code"]) == {"00"}


def test_a_real_answer_of_statistics_sweden():
    """Each value by its position, counted out in plain loops; sexes add up but for the noise."""
    path = shared("data", "api", "scb_pxwebapi2_recorded", "TAB6471_data.json")
    (cube,) = jsonstat.read(opened(path), FileSettings())
    told = json.loads(path.read_text("utf-8"))
    codes = [list(told["dimension"][key]["category"]["index"]) for key in told["id"]]
    wanted = [
        (*place, float(value)) for place, value in zip(product(*codes), told["value"], strict=True)
    ]
    columns = [f"{name}.code" for name in cube.dimensions]
    assert cube.frame.select(*columns, "value").rows() == wanted
    assert cube.roles == {
        "area": "region", "age": "ålder", "sex": "kön", "measure": "tabellinnehåll",
        "period": "månad",
    }  # fmt: skip
    assert cube.units == {"Folkmängden per månad": "antal"}
    assert (cube.provenance.table, cube.provenance.origin) == ("TAB6471", "SCB")
    wide = cube.frame.pivot("kön.code", index=["region", "ålder", "månad"], values="value")
    assert wide.height == 21 * 11 * 4
    assert (wide["1"] + wide["2"] - wide["TotSa"]).abs().max() < 20


@pytest.mark.parametrize(
    ("name", "is_metadata"),
    [
        ("scb_pxwebapi2_recorded/TAB6471_metadata.json", True),
        ("pxwebapi2_reference_impl/MetadataById_tab001_js2.json", True),
        ("scb_pxwebapi2_recorded/config.json", False),
        ("scb_pxwebapi2_recorded/tables.json", False),
        ("scb_pxwebapi2_recorded/agg_Alder10arJ.json", False),
        ("pxwebapi2_reference_impl/TableById_tab004.json", False),
    ],
)
def test_what_a_service_says_of_itself_is_no_table(name, is_metadata):
    why = jsonstat.recognises(opened(shared("data", "api", *name.split("/"))))
    assert isinstance(why, str)
    assert ("metadata" in why) == is_metadata

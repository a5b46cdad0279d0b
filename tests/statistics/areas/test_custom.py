"""Users' own areas."""

import polars as pl
import pytest

from samsyn.statistics.areas import custom_areas, registry_of, resolve
from samsyn.statistics.release.schema import FINDINGS, MEMBERS
from samsyn.statistics.sources.forms import Links
from tests.statistics.areas.layers import layer, links, municipalities, provenance

DESO, REGSO, OWN = ("deso", "2018"), ("regso", "2020"), ("custom", "2018")
LAYERS = [
    municipalities(_1488="Trollhättan", _1480="Göteborg"),
    layer("regso", "2020", code=["1488R001", "1480R001"], name=["Lyan", "Gläntan"]),
    layer("deso", "2025", code=["1488A0099", "1480C1010"], parent=["1488R001", "1480R001"]),
]
LINKS = [
    links(DESO, REGSO, {"1488A0010": "1488R001", "1488A0020": "1488R001", "1480A0010": "1480R001"})
]


def declared(members, name="Kronogården", code="kronogarden", town="1488", source=DESO):
    """The areas, and the members and errors of one that is declared."""
    own = layer("custom", "2018", "samsyn.toml", code=[code], name=[name], parent=[town])
    frame = pl.DataFrame({"source": members, "target": [code] * len(members)},
                         schema={"source": pl.String, "target": pl.String})  # fmt: skip
    link = Links(source, OWN, frame, provenance("samsyn.toml"))
    registry = registry_of([*LAYERS, own], LINKS)
    return registry, custom_areas(registry, [*LAYERS, own], [*LINKS, link])


def test_an_own_area_has_its_members():
    registry, custom = declared(["1488A0020", "1488A0010"])
    assert custom.members.schema == MEMBERS
    assert custom.members.rows() == [
        ("custom/2018/kronogarden", "deso/2018/1488A0010", 1.0),
        ("custom/2018/kronogarden", "deso/2018/1488A0020", 1.0),
    ]
    assert custom.findings.is_empty()
    assert custom.findings.schema == FINDINGS
    own = registry.areas.row(by_predicate=pl.col("kind") == "custom", named=True)
    assert own["name"] == "Kronogården"
    assert own["search"] == "kronogarden"
    assert own["parent"] == own["municipality"] == "municipality/2025/1488"
    assert own["county"] == "county/2025/14"


def test_members_may_be_regso():
    _, custom = declared(["1488R001"], source=REGSO)
    assert custom.members["member"].to_list() == ["regso/2020/1488R001"]


def test_an_own_area_is_found_by_its_name():
    registry, _ = declared(["1488A0010"])
    column = pl.Series(["kronogarden", "Trollhättan (Kronogården)", "custom/2018/kronogarden"])
    found = resolve(registry, column)
    assert found.keys.to_list() == ["custom/2018/kronogarden"] * 3
    assert found.how.to_list() == ["code", "name", "key"]


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (["1488A0010", "1488A9999"], "there is no deso 1488A9999 of 2018"),
        (["1488A0010", "1488A0099"], "1488A0099 is no deso of 2018; it is one of 2025"),
        (["1488A0010", "1480A0010"], "deso/2018/1480A0010 lies in municipality/2025/1480"),
        (["1488A0010", "1488A0010"], "names members twice: deso/2018/1488A0010"),
    ],
)
def test_a_wrong_member_is_an_error_and_the_others_stay(members, said):
    _, custom = declared(members)
    assert custom.members["member"].to_list() == ["deso/2018/1488A0010"]
    (told,) = custom.findings.rows(named=True)
    assert said in told["message"]
    assert told["severity"] == "error"
    assert told["area"] == "custom/2018/kronogarden"


def test_an_area_without_members_is_an_error():
    _, custom = declared([])
    assert "Kronogården (custom/2018/kronogarden) has no members" in custom.findings["message"][0]


@pytest.mark.parametrize("name", ["Lyan", "LYÄN", "Trollhättan"])
def test_a_name_that_is_taken_is_an_error(name):
    _, custom = declared(["1488A0010"], name=name)
    (told,) = custom.findings["message"].to_list()
    assert f'samsyn.toml: the name "{name}" is taken' in told


def test_the_same_name_in_another_municipality_is_free():
    _, custom = declared(["1488A0010"], name="Gläntan")
    assert custom.findings.is_empty()


def test_an_area_declared_twice_is_an_error():
    own = layer("custom", "2018", "samsyn.toml", code=["a", "a"], name=["Ett", "Två"],
                parent=["1488", "1488"])  # fmt: skip
    registry = registry_of([*LAYERS, own], LINKS)
    members = links(DESO, OWN, {"1488A0010": "a"})
    told = custom_areas(registry, [own], [members]).findings["message"].to_list()
    assert told == ["custom/2018/a is declared 2 times"]


def test_an_area_in_a_municipality_that_does_not_exist_is_left_out():
    registry, custom = declared(["1488A0010"], town="1499")
    assert registry.areas.filter(pl.col("kind") == "custom").is_empty()
    assert custom.members.is_empty()
    (told,) = registry.findings.filter(pl.col("check") == "custom")["message"].to_list()
    assert 'samsyn.toml: the area "kronogarden" is said to be in municipality/2025/1499' in told

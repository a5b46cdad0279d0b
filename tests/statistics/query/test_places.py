"""Which area a text means, and which areas lie in it."""

import pytest

from samsyn.measure.errors import InputError
from tests.statistics.query import oracle, small


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("regso/2020/1488R001", "regso/2020/1488R001"),
        ("regso/2025/1488R001", "regso/2025/1488R001"),
        # There are values of the older vintage only.
        ("regso/1488R001", "regso/2020/1488R001"),
        ("1488R001", "regso/2020/1488R001"),
        ("1488r001", "regso/2020/1488R001"),
        ("deso/1488b2010", "deso/2018/1488B2010"),
        (" 1488 ", small.TROLLHATTAN),
        ("14", "county/2025/14"),
        ("00", "country/2025/00"),
        ("municipality/1488", small.TROLLHATTAN),
        # Its centre bears the same name; the municipality is meant.
        ("Trollhättan", small.TROLLHATTAN),
        ("trollhattan", small.TROLLHATTAN),
        ("UPPLANDS VÄSBY", small.VASBY),
        ("Trollhättans kommun", small.TROLLHATTAN),
        ("Upplands Väsby kommun", small.VASBY),
        ("Stockholms län", "county/2025/01"),
        ("Kronogården", small.CUSTOM),
        ("kronogarden", small.CUSTOM),
        ("1488-kronogarden", small.CUSTOM),
        ("custom/1488-kronogarden", small.CUSTOM),
        ("Lextorp", "regso/2020/1488R002"),
        ("Sverige", "country/2025/00"),
    ],
)
def test_what_a_text_means(release, text, key):
    area = release.area(text)
    assert area.area == key
    assert area.name == small.NAMES[key]
    assert f"{area.kind}/{area.vintage}/{area.code}" == key


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Centrum",
            (
                '"Centrum" is the name of 2 areas in the release small: Centrum in Upplands '
                "Väsby (regso/2020/0114R001) and Centrum in Trollhättan (regso/2020/1488R001). "
                "Write the key of the one that is meant"
            ),
        ),
        ("Trollhätan", "Trollhättan (municipality/2025/1488)"),
        ("regso/1488R005", "Did you mean"),
        ("regso/2025/0114R001", 'no area "regso/2025/0114R001"'),
        ("municipality/9999", "`samsyn areas --search TEXT` finds areas"),
        ("1489", 'There is no area "1489"'),
        ("", "No area is named"),
    ],
)
def test_a_text_that_means_none_or_several(release, text, said):
    with pytest.raises(InputError) as raised:
        release.area(text)
    assert said in str(raised.value)


@pytest.mark.parametrize("place", small.NAMES)
def test_what_lies_in_a_place(release, place):
    expected = [a for a in sorted(small.NAMES) if oracle.lies_in(release.folder, a, place)]
    found = release.areas(within=place)["area"].to_list()
    # Other vintages of a RegSO, and users' own areas, lie in the municipality.
    assert found == expected
    assert place in found


def test_areas_by_kind_and_search(release):
    assert release.areas("regso/2025")["code"].to_list() == ["1488R001", "1488R002"]
    assert release.areas(search="vasby")["area"].to_list()[0] == small.VASBY
    assert release.areas("custom", "Trollhättan")["name"].to_list() == ["Kronogården"]
    # The municipality's name helps to find what lies in it.
    found = release.areas("regso", search="trollhattan lextorp")["area"].to_list()
    assert sorted(found) == ["regso/2020/1488R002", "regso/2025/1488R002"]
    assert release.areas(search="xyzzy").is_empty()
    assert release.members("Kronogården")["member"].to_list() == list(small.MEMBERS)


def test_a_kind_that_is_not_there(release):
    with pytest.raises(InputError, match="Its levels are deso, regso"):
        release.areas("parish")


def test_shapes_of_the_vintage_that_has_values(demo):
    shapes = demo.shapes("regso", "coarse", "Vattstad")
    assert shapes.columns == ["area", "name", "kind", "vintage", "geometry"]
    expected = demo.areas("regso/2025", "Vattstad").select("area", "name")
    assert shapes.select("area", "name").equals(expected)
    assert demo.shapes("regso/2020", "coarse", "Vattstad")["vintage"].unique().to_list() == ["2020"]
    import shapely

    assert shapely.is_valid(shapely.from_wkb(shapes["geometry"].to_list())).all()
    with pytest.raises(InputError, match="it is fine, medium or coarse"):
        demo.shapes("regso", "rough")


def test_neighbours_share_a_border_from_both_sides(demo):
    pairs = demo.neighbours("regso/2025/9901R003")
    assert pairs.height > 1
    every = {
        (r["area"], r["neighbour"]): r["border"] for r in oracle.rows(demo.folder, "neighbours")
    }
    for area, neighbour, border in pairs.iter_rows():
        assert every[neighbour, area] == border == every[area, neighbour]
    assert demo.neighbours().height == len(every)


def test_crosswalk_of_one_area(demo):
    found = demo.crosswalk("deso/2018/9901C1010")
    expected = [
        r for r in oracle.rows(demo.folder, "crosswalk") if r["area"] == "deso/2018/9901C1010"
    ]
    assert found.to_dicts() == expected
    assert expected

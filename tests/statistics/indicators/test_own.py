"""Users' own indicators: less is asked, and what is wrong is named with its file."""

import pytest

from samsyn.measure.errors import InputError
from samsyn.statistics.indicators import indicators, own_indicators

LITTLE = """\
publisher = "Exempel"

[indicator.meeting_places]
name = { sv = "Mötesplatser" }
unit = "persons"
"""
MUCH = (
    LITTLE
    + """
[indicator.rented_or_unknown]
focus_area = "housing"
name = { sv = "Hyresrätt", en = "Rented" }
unit = "share"
numerator = ["tenure.rental"]
denominator = ["tenure.rental", "tenure.owned"]
better = "lower"
lowest_level = "regso"
caveats = { en = "Ours." }
[[indicator.rented_or_unknown.break]]
period = 2020
text = { sv = "Ny metod." }
[[indicator.rented_or_unknown.origin]]
publisher = "Exempel"
"""
)


@pytest.fixture
def folder(tmp_path):
    def write(text, encoding="utf-8"):
        (tmp_path / "samsyn.toml").write_bytes(text.encode(encoding))
        return tmp_path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_name_and_a_unit_are_enough(folder, encoding):
    (found,) = own_indicators(folder(LITTLE, encoding)).values()
    assert found.id == "meeting_places"
    # The language that is not told is that of the other: no page lacks a name.
    assert found.name == {"sv": "Mötesplatser", "en": "Mötesplatser"}
    assert (found.better, found.lowest_level, found.focus_area) == ("neither", "deso", "other")
    assert (found.origins, found.next_review, found.version) == ((), None, 1)
    assert not found.counted


def test_all_fields_can_be_told(folder):
    found = own_indicators(folder(MUCH) / "samsyn.toml")["rented_or_unknown"]
    assert found.counted
    assert (found.focus_area, found.better, found.lowest_level) == ("housing", "lower", "regso")
    assert found.breaks == (("2020", {"sv": "Ny metod.", "en": "Ny metod."}),)
    assert found.caveats["sv"] == "Ours."
    assert found.origins[0].publisher == "Exempel"


def test_the_tables_as_they_were_read_do_as_well():
    entries = {"ours": {"name": {"en": "Ours"}, "unit": "days"}}
    assert own_indicators(entries)["ours"].name["sv"] == "Ours"
    with pytest.raises(InputError, match="indicator ours in north/samsyn.toml lacks unit"):
        own_indicators({"ours": {"name": {"en": "Ours"}}}, "north/samsyn.toml")


def test_a_folder_without_any_has_none(tmp_path, folder):
    assert own_indicators(tmp_path) == {}
    assert own_indicators(folder('publisher = "Exempel"\n')) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LITTLE.replace("persons", "people"), "meeting_places in samsyn.toml: unit is .people"),
        (LITTLE.replace('unit = "persons"', ""), "meeting_places in samsyn.toml lacks unit"),
        (LITTLE.replace('sv = "Mötesplatser"', ""), "name has no text in sv or en"),
        (LITTLE + 'focus_area = "fun"\n', "focus_area is .fun. and must be one of housing"),
        (LITTLE + "colour = 1\n", "unknown colour"),
        (LITTLE.replace("meeting_places", "rental_share"), "rental_share .* choose another id"),
        ("[indicator", "samsyn.toml cannot be read as TOML"),
        ("indicator = 3\n", r"write \[indicator.my_id\]"),
        ("[indicator]\nours = 3\n", "indicator ours in samsyn.toml is not a table"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(folder, text, said):
    with pytest.raises(InputError, match=said):
        own_indicators(folder(text))


def test_a_file_that_is_named_must_exist(tmp_path):
    with pytest.raises(InputError, match="samsyn.toml cannot be read"):
        own_indicators(tmp_path / "samsyn.toml")


def test_the_catalogue_stays_as_it_is(folder):
    before = dict(indicators())
    own_indicators(folder(MUCH))
    assert dict(indicators()) == before

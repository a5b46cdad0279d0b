"""How names bend and stand in sentences."""

import pytest

from samsyn.publish.wording import genitive, in_place, named, short_name
from samsyn.publish.wording.figures import running


@pytest.mark.parametrize(
    ("name", "bent"),
    [
        ("Vattstad", "Vattstads"), ("Trollhättan", "Trollhättans"), ("Malmö", "Malmös"),
        ("Åmål", "Åmåls"), ("Västerås", "Västerås"), ("Borås", "Borås"), ("Höganäs", "Höganäs"),
        ("Lidingö", "Lidingös"), ("Alunda-Bälinge", "Alunda-Bälinges"), ("Bromölla", "Bromöllas"),
        ("Rix", "Rix"), ("Franz", "Franz"), ("VÄSTERÅS", "VÄSTERÅS"),
        ("Stockholms län", "Stockholms läns"), ("Sverige", "Sveriges"), ("Orust", "Orusts"),
        ("1488A0010", "1488A0010:s"), ("Kronogården (södra)", "Kronogårdens (södra)"),
        ("Borås (norra)", "Borås (norra)"),
    ],
)  # fmt: skip
def test_genitive(name: str, bent: str) -> None:
    assert genitive(name) == bent


@pytest.mark.parametrize(
    ("name", "kind", "swedish", "english"),
    [
        ("Vattstad", "municipality", "i Vattstad", "in Vattstad"),
        ("Gotland", "municipality", "på Gotland", "on Gotland"),
        ("Tjörn", "municipality", "på Tjörn", "on Tjörn"),
        ("Malmö", "municipality", "i Malmö", "in Malmö"),
        ("Gotlands län", "county", "i Gotlands län", "in Gotland county"),
        ("Stockholms län", "county", "i Stockholms län", "in Stockholm county"),
        ("Skåne län", "county", "i Skåne län", "in Skåne county"),
        ("Örebro län", "county", "i Örebro län", "in Örebro county"),
        ("Dalarnas län", "county", "i Dalarnas län", "in Dalarna county"),
        ("Vattlands län (påhittat)", "county", "i Vattlands län", "in Vattland county"),
        ("Sverige", "country", "i Sverige", "in Sweden"),
        ("Vattland, ett påhittat land", "country", "i Vattland", "in Vattland"),
        ("Sylte", "regso", "i området Sylte", "in the area Sylte"),
        ("Gotland", "regso", "i området Gotland", "in the area Gotland"),
        ("1488A0010", "deso", "i DeSO-området 1488A0010", "in the DeSO area 1488A0010"),
        ("Kronogården", "custom", "i området Kronogården", "in the area Kronogården"),
    ],
)
def test_where_something_is(name: str, kind: str, swedish: str, english: str) -> None:
    assert in_place(name, kind, "sv") == swedish
    assert in_place(name, kind, "en") == english


def test_names_of_small_areas_keep_their_brackets() -> None:
    assert short_name("Centrum (norra), väst", "regso") == "Centrum (norra), väst"
    assert named("Uppsala län", "county", "en") == "Uppsala county"
    assert named("Uppsala län", "county", "sv") == "Uppsala län"


@pytest.mark.parametrize(
    ("name", "language", "inside"),
    [
        ("Andel med låg ekonomisk standard", "sv", "andelen med låg ekonomisk standard"),
        ("Valdeltagande i kommunvalet", "sv", "valdeltagande i kommunvalet"),
        ("Share born abroad", "en", "the share born abroad"),
        ("0–19 år i utsatta hushåll", "sv", "0–19 år i utsatta hushåll"),
    ],
)
def test_names_of_indicators_inside_a_sentence(name: str, language: str, inside: str) -> None:
    assert running(name, language) == inside

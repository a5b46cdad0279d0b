"""Areas by the codes that Statistics Sweden publishes them under, there and back again."""

import pytest

from samsyn.statistics.areas.agency_codes import agency_code, key_of_agency_code

PLAIN = {"municipality": "2025", "county": "2025", "country": "2025"}


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("country/2025/00", "00"),
        ("county/2025/14", "14"),
        ("municipality/2025/1488", "1488"),
        ("municipality/2030/1488", "1488_2030"),
        ("deso/2018/1488A0010", "1488A0010"),
        ("deso/2025/1488A0010", "1488A0010_DeSO2025"),
        ("regso/2020/1488R007", "1488R007"),
        ("regso/2025/1488R007", "1488R007_RegSO2025"),
        ("custom/2018/Norra, stan/1", "custom/2018/Norra, stan/1"),
        ("custom/2018/1488", "custom/2018/1488"),
    ],
)
def test_there_and_back_again(key, code):
    assert agency_code(key, PLAIN) == code
    assert str(key_of_agency_code(code, PLAIN)) == key


@pytest.mark.parametrize(
    "text", ["", "x", "14888", "1488R7", "/", "custom/2018", "street/1/2", "_"]
)
def test_what_is_no_code(text):
    assert key_of_agency_code(text, PLAIN) is None
    assert key_of_agency_code("1488", {}) is None

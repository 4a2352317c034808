"""Countries as documents write them."""

import pytest

from wireroom.formats.values.countries import alpha_2
from wireroom.vocab.countries import countries


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("NZ", "NZ"),
        ("nz", "NZ"),
        ("NZL", "NZ"),
        ("New  Zealand", "NZ"),
        ("XKX", "XK"),
        ("Atlantis", ""),
        ("", ""),
        ("XX", ""),
        ("\u00df", ""),
        ("\u00c5LAND ISLANDS", "AX"),
    ],
)
def test_a_country_is_known_by_code_and_by_exact_name(said, code):
    assert alpha_2(said) == code


def test_every_country_of_the_house_is_known():
    assert {code: alpha_2(one.name) for code, one in countries().items()} == {
        code: code for code in countries()
    }

"""The readable tail of an address, in any script."""

import pytest

from wireroom.wire.slugs import LONGEST, slug_of


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Resort town closes its last coal plant", "resort-town-closes-its-last-coal-plant"),
        ("  Punctuation, “quotes” -- and: more!  ", "punctuation-quotes-and-more"),
        ("Don't stop; we didn\u2019t", "dont-stop-we-didnt"),
        ("भारत में कोयला संयंत्र बंद", "भारत-में-कोयला-संयंत्र-बंद"),
        ("क्\u200dष का अर्थ", "क्ष-का-अर्थ"),
        ("إغلاق محطة الفحم", "إغلاق-محطة-الفحم"),
        ("ÉCOLE à Genève", "école-à-genève"),
        ("２０２４年の石炭", "2024年の石炭"),
        ("G20: 3.5%", "g20-3-5"),
        ("", "story"),
        ("!!! ???", "story"),
    ],
)
def test_headline_gives_slug(headline, slug):
    assert slug_of(headline) == slug


def test_long_headline_is_cut_between_words():
    slug = slug_of("word " * 60)
    assert len(slug) <= LONGEST
    assert set(slug.split("-")) == {"word"}


def test_word_longer_than_a_slug_is_cut():
    assert slug_of("w" * 500) == "w" * LONGEST

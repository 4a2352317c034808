"""Who asks, when something may stand in front: named proxies are believed, nobody else."""

import pytest

from wireroom.config.front import seen, trusted
from wireroom.config.spelling import networks

PROXIES = networks("10.0.0.0/8,::1/128")


def asked(*headers, client="10.0.0.1", scheme="http", query=b""):
    """A request as the server hands it over."""
    return {
        "type": "http",
        "client": (client, 40_000),
        "scheme": scheme,
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "query_string": query,
    }


def test_a_named_proxy_says_who_asks_and_how():
    scope = asked(("x-forwarded-for", "203.0.113.9"), ("x-forwarded-proto", "https"))
    told = seen(scope, proxies=PROXIES, secure=True)
    assert (told["client"][0], told["scheme"]) == ("203.0.113.9", "https")


def test_a_stranger_is_not_believed():
    scope = asked(
        ("x-forwarded-for", "127.0.0.1"), ("x-forwarded-proto", "https"), client="203.0.113.9"
    )
    told = seen(scope, proxies=PROXIES, secure=True)
    assert (told["client"][0], told["scheme"]) == ("203.0.113.9", "http")


def test_what_a_stranger_put_before_a_proxys_word_is_not_believed():
    scope = asked(("x-forwarded-for", "127.0.0.1, 203.0.113.9, 10.0.0.2"))
    assert seen(scope, proxies=PROXIES, secure=False)["client"][0] == "203.0.113.9"


@pytest.mark.parametrize("word", ["", "unknown", "203.0.113.9:80, x", "-"])
def test_what_is_no_address_is_not_taken_for_one(word):
    scope = asked(("x-forwarded-for", word))
    assert seen(scope, proxies=PROXIES, secure=False)["client"][0] == "10.0.0.1"


@pytest.mark.parametrize(
    "name", ["x-forwarded-host", "forwarded", "x_forwarded_proto", "x-real-ip"]
)
def test_nothing_that_could_be_made_up_goes_on(name):
    told = seen(asked((name, "evil.example"), ("host", "x")), proxies=PROXIES, secure=False)
    assert told["headers"] == [(b"host", b"x")]


def test_without_named_proxies_a_secure_site_takes_requests_as_made_to_its_address():
    assert seen(asked(), proxies=(), secure=True)["scheme"] == "https"
    assert seen(asked(), proxies=(), secure=False)["scheme"] == "http"


def test_an_ipv4_proxy_is_known_by_its_ipv6_spelling_too():
    assert trusted("::ffff:10.0.0.1", PROXIES)
    assert not trusted("::ffff:192.0.2.1", PROXIES)
    assert not trusted("a.socket", PROXIES)


def test_bytes_that_are_no_ascii_in_a_question_are_spelt_so():
    told = seen(asked(query="q=é&x=%20+".encode()), proxies=(), secure=False)
    assert told["query_string"] == b"q=%C3%A9&x=%20+"

"""F90: a certificate that is not good is a failure that says why, and nothing is asked."""

import asyncio

import pytest

from harness.agency import reply
from wireroom.outbound.errors import Failed
from wireroom.outbound.http import Door, Request

from .certificates import Authority, Secure

BODY = b"<rss/>"
HERE = "IP:127.0.0.1"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """An authority that signed a good certificate and bad ones."""
    made = Authority.founded(tmp_path_factory.mktemp("authority"))
    made.sign("good", HERE)
    made.sign("expired", HERE, days=("20200101000000Z", "20200201000000Z"))
    made.sign("wrong host", "DNS:other.example")
    made.sign_itself("self-signed", HERE)
    return made


def fetch(url, *, place, trust):
    async def go():
        async with Door((place,), trust=trust) as door:
            return await door.fetch(Request(url=url, deadline=10))

    return asyncio.run(go())


@pytest.mark.cases("F90")
def test_f90_a_good_certificate_is_good(authority):
    with Secure(authority.shown("good")) as agency:
        agency.answers["/"] = reply(200, BODY)
        answer = fetch(agency.url(), place=agency.place, trust=authority.trust)
    assert (answer.status, answer.body) == (200, BODY)


@pytest.mark.cases("F90")
@pytest.mark.parametrize(
    ("which", "why"),
    [
        ("expired", "certificate has expired"),
        ("wrong host", "IP address mismatch"),
        ("self-signed", "self-signed certificate"),
    ],
)
def test_f90_a_bad_certificate_is_a_failure_with_its_reason(which, why, authority):
    with Secure(authority.shown(which)) as agency:
        agency.answers["/"] = reply(200, BODY)
        with pytest.raises(Failed, match=why) as failed:
            fetch(agency.url(), place=agency.place, trust=authority.trust)
    assert "the certificate of 127.0.0.1 is not good" in str(failed.value)
    assert agency.asked == []


@pytest.mark.cases("F90")
def test_f90_an_authority_the_system_does_not_know_is_not_trusted(authority):
    with Secure(authority.shown("good")) as agency:
        agency.answers["/"] = reply(200, BODY)
        with pytest.raises(Failed, match="is not good"):
            fetch(agency.url(), place=agency.place, trust=None)
    assert agency.asked == []

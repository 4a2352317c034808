"""Forms that we send: whole, once, and again where a redirect leads."""

import asyncio

import pytest

from harness.agency import Agency, reply
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.http import Door, Request

FORM = b"hub.mode=subscribe&hub.topic=http%3A%2F%2Fwire.example%2F"
TYPE = "application/x-www-form-urlencoded"


def test_a_form_is_sent_with_its_type_and_length(agency, fetch):
    agency.answers["/"] = reply(202, b"taken")
    answer = fetch(agency.url(), form=FORM)
    (asked,) = agency.asked
    assert (answer.status, answer.body) == (202, b"taken")
    assert (asked.method, asked.body) == ("POST", FORM)
    assert asked.headers["content-type"] == TYPE
    assert asked.headers["content-length"] == str(len(FORM))


def test_an_empty_form_is_sent_all_the_same(agency, fetch):
    agency.answers["/"] = reply(202)
    fetch(agency.url(), form=b"")
    assert (agency.asked[0].method, agency.asked[0].headers["content-length"]) == ("POST", "0")


def test_without_a_form_nothing_is_sent(agency, fetch):
    agency.answers["/"] = reply(200)
    fetch(agency.url())
    (asked,) = agency.asked
    assert asked.method == "GET"
    assert not {"content-type", "content-length"} & asked.headers.keys()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_sent_the_form_again(status, agency, fetch):
    """WebSub 201 to 204: a hub may have moved."""
    with Agency("127.0.0.2") as other:
        agency.answers["/old"] = reply(status, Location="/new")
        agency.answers["/new"] = reply(status, Location=other.url("/hub"))
        other.answers["/hub"] = reply(202)
        fetch(agency.url("/old"), form=FORM, allow=(agency.place, other.place))
        for asked in (*agency.asked, *other.asked):
            assert (asked.method, asked.body) == ("POST", FORM)
            assert asked.headers["content-type"] == TYPE
        assert len(other.asked) == 1


def test_what_shall_be_seen_elsewhere_is_fetched_there_without_the_form(agency, fetch):
    agency.answers["/"] = reply(303, Location="/see")
    agency.answers["/see"] = reply(200, b"thanks")
    assert fetch(agency.url(), form=FORM).body == b"thanks"
    assert [(asked.method, asked.body) for asked in agency.asked] == [("POST", FORM), ("GET", b"")]


def test_a_form_is_never_sent_inside(agency, fetch):
    with Agency("127.0.0.2") as inside:
        agency.answers["/"] = reply(307, Location=inside.url("/"))
        with pytest.raises(Refused):
            fetch(agency.url(), form=FORM)
        assert inside.connections == 0


def test_a_form_goes_out_once_though_the_server_hangs_up(agency):
    """It is sent over no line that was used before, on which one could not know."""

    def hang_up(_):
        raise ConnectionError

    async def go():
        async with Door((agency.place,)) as door:
            await door.fetch(Request(url=agency.url("/feed")))
            await door.fetch(Request(url=agency.url("/hub"), form=FORM))

    agency.answers |= {"/feed": reply(200), "/hub": hang_up}
    with pytest.raises(Failed):
        asyncio.run(go())
    assert [asked.path for asked in agency.asked] == ["/feed", "/hub"]


def test_its_type_is_not_for_others_to_set(agency, fetch):
    with pytest.raises(Refused, match="content-type"):
        fetch(agency.url(), form=FORM, headers={"content-type": "text/plain"})

"""F74-F78, A09: redirects are followed by us, with a check at each hop."""

import pytest

from harness.agency import Agency, reply
from wireroom.outbound.errors import Refused
from wireroom.outbound.targets import aim, follow

SECRETS = {"Authorization": "Bearer x", "Cookie": "session=1", "X-Plain": "stays"}


@pytest.mark.cases("F74")
@pytest.mark.parametrize("hop", range(1, 6))
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_f74_a_private_place_is_refused_at_every_hop(hop, status, agency, fetch):
    with Agency("127.0.0.2") as inside:
        for number in range(1, hop):
            agency.answers[f"/{number}"] = reply(status, Location=f"/{number + 1}")
        agency.answers[f"/{hop}"] = reply(status, Location=inside.url("/secret"))
        with pytest.raises(Refused):
            fetch(agency.url("/1"))
        assert inside.connections == 0
        assert len(agency.asked) == hop


@pytest.mark.cases("F75", "A09")
@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "data:text/xml,<rss/>",
        "ftp://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0x7f.1/",
        "//[::ffff:7f00:1]/",
        "http://user@127.0.0.1/",
        "http://good\\@127.0.0.1/",
        "http://127.0.0.1:0/",
        "http://",
    ],
)
def test_f75_a09_what_a_document_names_is_checked_as_any_other(location, agency, fetch):
    agency.answers["/"] = reply(302, Location=location)
    with pytest.raises(Refused):
        fetch(agency.url())
    assert agency.connections == 1


@pytest.mark.cases("F76")
def test_f76_more_than_five_redirects_are_refused(agency, fetch):
    for number in range(10):
        agency.answers[f"/{number}"] = reply(302, Location=f"/{number + 1}")
    with pytest.raises(Refused, match="more than 5"):
        fetch(agency.url("/0"))
    assert len(agency.asked) == 6


def test_five_redirects_are_followed_and_told(agency, fetch):
    for number in range(5):
        agency.answers[f"/{number}"] = reply(301 + number % 2, Location=f"/{number + 1}")
    agency.answers["/5"] = reply(200, b"here")
    answer = fetch(agency.url("/0"))
    assert (answer.url, answer.body) == (agency.url("/5"), b"here")
    assert [hop.status for hop in answer.hops] == [301, 302, 301, 302, 301]


@pytest.mark.cases("F77")
@pytest.mark.parametrize("back", ["/", "", "#top"])
def test_f77_a_circle_is_refused(back, agency, fetch):
    agency.answers["/"] = reply(301, Location=back)
    with pytest.raises(Refused, match="circle"):
        fetch(agency.url())


@pytest.mark.cases("F78")
def test_f78_secrets_stay_with_their_host(agency, fetch):
    with Agency("127.0.0.2") as other:
        agency.answers["/"] = reply(302, Location="/same")
        agency.answers["/same"] = reply(302, Location=other.url())
        other.answers["/"] = reply(302, Location=agency.url("/home"))
        agency.answers["/home"] = reply(200)
        fetch(agency.url(), headers=SECRETS, allow=(agency.place, other.place))
        first, same, home = agency.asked
        (elsewhere,) = other.asked
        assert {"authorization", "cookie"} <= first.headers.keys() & same.headers.keys()
        for asked in (elsewhere, home):  # back home, they are not given out again
            assert not {"authorization", "cookie"} & asked.headers.keys()
            assert asked.headers["x-plain"] == "stays"


@pytest.mark.cases("F78")
def test_f78_another_port_is_another_place(agency, fetch):
    with Agency() as other:
        agency.answers["/"] = reply(302, Location=other.url())
        other.answers["/"] = reply(200)
        fetch(agency.url(), headers=SECRETS, allow=(agency.place, other.place))
        assert "authorization" not in other.asked[0].headers


def test_a_way_from_https_back_to_http_is_refused():
    with pytest.raises(Refused, match="back to http"):
        follow(aim("https://news.example/feed"), "http://news.example/feed")
    assert str(follow(aim("http://a.example/x/y"), "//b.example/z")) == "http://b.example/z"

"""Every range is closed at its first, its last and an inner address, whatever led there."""

from ipaddress import ip_network

import pytest

from harness.agency import reply
from harness.cases import each
from wireroom.outbound import names
from wireroom.outbound.addresses import closed
from wireroom.outbound.errors import Failed, Refused

RANGES = {
    "F01": "0.0.0.0/8",
    "F02": "10.0.0.0/8",
    "F03": "100.64.0.0/10",
    "F04": "127.0.0.0/8",
    "F05": "169.254.0.0/16",
    "F06": "172.16.0.0/12",
    "F07": "192.0.0.0/24",
    "F08": "192.0.2.0/24",
    "F09": "192.88.99.0/24",
    "F10": "192.168.0.0/16",
    "F11": "198.18.0.0/15",
    "F12": "198.51.100.0/24",
    "F13": "203.0.113.0/24",
    "F14": "224.0.0.0/4",
    "F15": "240.0.0.0/4",
    "F16": "255.255.255.255/32",
    "F17": "168.63.129.16/32",
    "F18": "100.100.100.200/32",
    "F19": "::/128",
    "F20": "::1/128",
    "F21": "::/96",
    "F22": "::ffff:0:0/96",
    "F23": "::ffff:0:0:0/96",
    "F24": "64:ff9b::/96",
    "F25": "64:ff9b:1::/48",
    "F26": "100::/64",
    "F27": "2001::/32",
    "F28": "2001:10::/28",
    "F29": "2001:20::/28",
    "F30": "2001:db8::/32",
    "F31": "2002::/16",
    "F32": "2620:4f:8000::/48",
    "F33": "3fff::/20",
    "F34": "5f00::/16",
    "F35": "fc00::/7",
    "F36": "fd00:ec2::254/128",
    "F37": "fe80::/10",
    "F38": "fec0::/10",
    "F39": "ff00::/8",
}


@pytest.mark.cases("A05")
@pytest.mark.parametrize("network", each(RANGES))
def test_a_range_is_closed_from_first_to_last(network, agency, fetch, tried, record_property):
    network = ip_network(network)
    for address in {network[0], network[network.num_addresses // 3], network[-1]}:
        host = f"[{address}]" if address.version == 6 else str(address)
        agency.answers["/there"] = reply(302, Location=f"http://{host}/")

        async def lookup(_, address=str(address)):
            return [address]

        assert closed(str(address)), address
        for url in (f"http://{host}/", "http://news.example/", agency.url("/there")):
            with pytest.raises(Refused):
                fetch(url, lookup=lookup)
    refused = [place for place in tried if place[1] != agency.port]
    record_property("saw", f"{len(refused)} connections")
    assert not refused


@pytest.mark.parametrize("host", ["10.0.0.1", "[fd00:ec2::254]", "[::ffff:10.0.0.1]", "127.0.0.1"])
def test_a_planted_hole_is_seen_as_a_connection(host, fetch, tried, monkeypatch):
    """Beyond this machine pytest-socket sees it, before anything leaves."""
    monkeypatch.setattr(names, "closed", lambda _: "")
    with pytest.raises((UserWarning, Failed), match=r"tried to use socket|no connection"):
        fetch(f"http://{host}/")
    assert bool(tried) == (host == "127.0.0.1")


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111"]
)
def test_public_addresses_are_open(address):
    assert not closed(address)


@pytest.mark.parametrize(
    "address",
    ["64:ff9b::7f00:1", "::127.0.0.1", "2002:7f00:1::", "::ffff:10.0.0.1", "fe80::1%lo"],
)
def test_an_address_that_carries_another_inside_is_closed(address):
    assert closed(address)

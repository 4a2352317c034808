"""Addresses we never connect to, whatever name led there.

``ipaddress.is_global`` knows too few of them, so the table is our own: the IANA registries
of special-purpose addresses, what clouds keep for themselves, and every IPv6 range that
carries an IPv4 address inside.
"""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

CLOSED = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared between a carrier's customers",
    "127.0.0.0/8": "this machine",
    "168.63.129.16/32": "a cloud's own",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "for protocols",
    "192.0.2.0/24": "for documents",
    "192.88.99.0/24": "a relay to IPv6",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "for measurements",
    "198.51.100.0/24": "for documents",
    "203.0.113.0/24": "for documents",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
    "2001::/32": "IPv4 inside (Teredo)",
    "2001:10::/28": "for ORCHID",
    "2001:20::/28": "for ORCHID",
    "2001:db8::/32": "for documents",
    "2002::/16": "IPv4 inside (6to4)",
    "2620:4f:8000::/48": "for AS112",
    "3fff::/20": "for documents",
}
#: The only part of IPv6 in which anything public lives (RFC 4291, section 2.4): mapped,
#: compatible and translated IPv4, unique local, link- and site-local, multicast lie outside.
PUBLIC = IPv6Network("2000::/3")


def _parted() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    return tuple((ip_network(network), why) for network, why in CLOSED.items())


_CLOSED = _parted()


@lru_cache(maxsize=8192)
def closed(address: str) -> str:
    """Say why an address is closed to us; nothing when it is public.

    Raises ValueError when it is no address.
    """
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        if found.scope_id:
            return "it names a zone"
        if found not in PUBLIC:
            return "not public"
    return _first(why for network, why in _CLOSED if found in network)


def _first(reasons: Iterable[str]) -> str:
    return next(iter(reasons), "")

"""Who asks, and by which scheme, when something may stand in front of us.

What a proxy says of the client is believed only of proxies that were named.
"""

from collections.abc import MutableMapping, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote_from_bytes

from .spelling import Network

Scope = MutableMapping[str, Any]

#: What proxies say, and anybody can write.
SAID = frozenset(
    (
        b"forwarded",
        b"x-forwarded-for",
        b"x-forwarded-host",
        b"x-forwarded-port",
        b"x-forwarded-proto",
        b"x-real-ip",
    )
)
#: Every ASCII character stands for itself.
ASCII = bytes(range(128))


def seen(scope: Scope, *, proxies: Sequence[Network], secure: bool) -> Scope:
    """Say who asks and how, in a scope that holds nothing a stranger could have made up.

    Without named proxies an ``https`` site takes each request as made to its public
    address: whatever ends TLS stands in front, and nobody else's word is asked.
    """
    client = scope.get("client") or ("", 0)
    scheme = scope.get("scheme", "http")
    if trusted(client[0], proxies):
        client, scheme = _told(scope["headers"], client, scheme, proxies)
    elif secure and not proxies:
        scheme = "https"
    headers = [
        (name, value) for name, value in scope["headers"] if name not in SAID and b"_" not in name
    ]
    query = quote_from_bytes(scope["query_string"], safe=ASCII)
    return {
        **scope,
        "client": client,
        "scheme": scheme,
        "headers": headers,
        "query_string": query.encode("ascii"),
    }


def trusted(address: str, proxies: Sequence[Network]) -> bool:
    """Say whether an address is that of a named proxy."""
    try:
        read = ip_address(address)
    except ValueError:
        return False
    plain = getattr(read, "ipv4_mapped", None) or read
    return any(plain in network for network in proxies)


def _told(
    headers: Sequence[tuple[bytes, bytes]],
    client: tuple[str, int],
    scheme: str,
    proxies: Sequence[Network],
) -> tuple[tuple[str, int], str]:
    """Read what a named proxy says: the last address that is not a named proxy's own."""
    said = {name: value.decode("latin1") for name, value in headers if name in SAID}
    hops = [hop.strip() for hop in said.get(b"x-forwarded-for", "").split(",") if hop.strip()]
    for hop in reversed(hops):
        try:
            ip_address(hop)
        except ValueError:
            break
        client = (hop, 0)
        if not trusted(hop, proxies):
            break
    proto = said.get(b"x-forwarded-proto", "").rsplit(",", 1)[-1].strip().lower()
    return client, proto if proto in ("http", "https") else scheme

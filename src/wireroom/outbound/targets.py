r"""Where an address leads, said in one spelling only, or refused.

Libraries read ``0x7f.1``, ``①②⑦.⓪.⓪.①`` or ``good\@evil`` each in their own way; what
two of them may read differently is not asked for at all.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address

from yarl import URL

from .errors import Refused

SCHEMES = frozenset({"http", "https"})
#: Controls, blanks and the backslash: no address has them, but some parsers forgive them.
STRANGE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
#: A name whose last label is a number is one of libc's spellings of an IPv4 address.
NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$")
NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
#: Characters.
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Target:
    """One place to ask, checked in form; ``url`` is without user and fragment."""

    url: URL
    #: Lower case, IDNA, without brackets and trailing dot.
    host: str
    port: int
    #: ``host:port`` as in a list of allowed places.
    place: str
    #: The host is an address, not a name.
    literal: bool
    #: How a request to it begins after its method: path, and the host it is for.
    opening: str
    #: ``url`` written out.
    address: str
    user: str = ""
    password: str = ""

    def __str__(self) -> str:
        return self.address


@lru_cache(maxsize=4096)
def aim(address: str) -> Target:
    """Read an address.

    Raises Refused for what is not plain http(s), and for every doubtful spelling.
    """
    if len(address) > LONGEST:
        raise Refused("the address is too long")
    if STRANGE.search(address):
        raise Refused("the address has characters that no address may have")
    try:
        url = URL(address)
        host, port = url.raw_host, url.port
    except ValueError as error:
        raise Refused(f"this is no address: {error}") from error
    if url.scheme not in SCHEMES:
        raise Refused(f"{url.scheme or 'an address without scheme'} is not fetched, only http(s)")
    if not host or port is None:
        raise Refused("the address names no host")
    return _target(url, host, port)


def spelt(host: str) -> tuple[str, bool]:
    """Give a host in its one spelling, and say whether it is an address, not a name.

    Raises Refused.
    """
    host = host.lower().removesuffix(".")
    literal = ":" in host or bool(NUMBER.search(host))
    if literal:
        try:
            host = str(ip_address(host))
        except ValueError as error:
            raise Refused(f"{host} is a doubtful spelling of an address") from error
        if "%" in host:
            raise Refused("the address names a zone")
    elif not NAME.fullmatch(host):
        raise Refused(f"{host} is no name of a host")
    return host, literal


def _target(url: URL, host: str, port: int) -> Target:
    host, literal = spelt(host)
    bare = _bare(url, host)
    return Target(
        url=bare,
        address=str(bare),
        host=host,
        port=port,
        place=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        literal=literal,
        user=url.user or "",
        password=url.password or "",
        opening=f"{bare.raw_path_qs} HTTP/1.1\r\nHost: {bare.host_port_subcomponent}\r\n",
    )


def _bare(url: URL, host: str) -> URL:
    bare = url.with_user(None).with_fragment(None)
    return bare if bare.raw_host == host else bare.with_host(host)


def follow(target: Target, location: str) -> Target:
    """Say where a redirect leads.

    Raises Refused for a doubtful spelling, one that carries a user's name, and a way from
    https back to http.
    """
    if STRANGE.search(location):
        raise Refused("the redirect has characters that no address may have")
    try:
        joined = target.url.join(URL(location))
    except ValueError as error:
        raise Refused(f"the redirect leads to no address: {error}") from error
    found = aim(str(joined))
    if found.user or found.password:
        raise Refused("the redirect carries a user's name")
    if target.url.scheme == "https" and found.url.scheme != "https":
        raise Refused("the redirect leads from https back to http")
    return found

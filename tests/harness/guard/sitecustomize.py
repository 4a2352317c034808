"""Keep every Python process of the tests on this machine.

Python imports this by itself in each child that inherits the suite's ``PYTHONPATH``. A
process in a network of its own (a namespace a test made) may go where it likes: nothing
leaves it.
"""

import importlib.util
import ipaddress
import os
import socket
import sys
from pathlib import Path

#: The network namespace in which the suite was started.
NETWORK = "WIREROOM_TESTS_NETWORK"
CONNECTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
#: Who counts where this process tries to go, refused or not.
counting: list[list[object]] = []


def network() -> str:
    """Name the network namespace of this process."""
    try:
        return str(Path("/proc/self/ns/net").readlink())
    except OSError:  # no Linux, no namespaces: there is one network only
        return "the only one"


def stays(host: str) -> bool:
    """Say whether an address, in any spelling that libc takes, is this machine's own."""
    try:
        packed = socket.inet_aton(host.encode("idna").decode())
    except (OSError, UnicodeError):
        try:
            return ipaddress.ip_address(host.partition("%")[0]).is_loopback
        except ValueError:
            return False
    return ipaddress.ip_address(packed).is_loopback


def numeric(host: str) -> bool:
    """Say whether libc reads an address in this without asking a name server."""
    try:
        socket.inet_aton(host.encode("idna").decode())
    except (OSError, UnicodeError):
        return ":" in host
    return True


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what would leave: a connection, a datagram, a question to a name server."""
    if event in CONNECTS:
        address = arguments[1]
        for tried in counting:
            tried.append(address)
        if not isinstance(address, tuple) or stays(str(address[0])):
            return
        if network() == os.environ.get(NETWORK):
            raise PermissionError(f"a test tried to reach {address[0]}")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        host = host.decode() if isinstance(host, bytes) else str(host or "localhost")
        if host.rstrip(".").lower() == "localhost" or numeric(host):
            return
        if network() == os.environ.get(NETWORK):
            raise socket.gaierror(socket.EAI_NONAME, f"a test asked for the address of {host}")


class Uvloop:
    """Watch uvloop's loops when it is imported: they connect where Python's audit sees nothing."""

    def find_spec(self, name, _path=None, _target=None):
        """Find uvloop, and have it watched once it is there; leave all others to others."""
        if name != "uvloop":
            return None
        sys.meta_path.remove(self)
        found = importlib.util.find_spec(name)
        if found is not None:
            begin = found.loader.exec_module

            def begin_watched(module):
                begin(module)
                watch_loops_of(module)

            found.loader.exec_module = begin_watched
        return found


def watch_loops_of(uvloop) -> None:
    """Have uvloop make loops whose connections are seen."""

    class Loop(uvloop.Loop):
        async def create_connection(self, factory, host=None, port=None, **words):
            if host is not None:
                watch("socket.connect", (self, (host, port)))
            return await super().create_connection(factory, host, port, **words)

    uvloop.new_event_loop = Loop


os.environ.setdefault(NETWORK, network())
sys.addaudithook(watch)
sys.meta_path.insert(0, Uvloop())

"""The port the site listens on: whether it is free, and whether we answer there."""

import socket
from ipaddress import ip_address

#: Seconds to wait for an answer.
PATIENCE = 2.0


def free(bind: str, port: int) -> None:
    """Do nothing when the port is free.

    Raises OSError when it is taken, or not ours to take.
    """
    with socket.socket(_family(bind)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((bind, port))
        listener.listen(1)


def answers(bind: str, port: int) -> bool:
    """Say whether the site answers that it may serve; asked of this machine only."""
    host = bind
    if ip_address(bind).is_unspecified:
        host = "::1" if ":" in bind else "127.0.0.1"
    name = f"[{host}]" if ":" in host else host
    asked = f"GET /readyz HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode()
    try:
        with socket.socket(_family(bind)) as caller:
            caller.settimeout(PATIENCE)
            caller.connect((host, port))
            caller.sendall(asked)
            return caller.recv(1024).startswith(b"HTTP/1.1 200 ")
    except OSError:
        return False


def _family(bind: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in bind else socket.AF_INET

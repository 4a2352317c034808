"""The house's secret key: made once, kept in the home."""

import os
import secrets
from pathlib import Path


def kept(home: Path) -> str:
    """Read the secret key of a home, or make it once; only its owner may read the file.

    The key is whole before it has its name, so that of two processes that begin together
    both read the same one.
    """
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        begun = home / f".secret-key-{os.getpid()}"
        begun.touch(mode=0o600)
        begun.write_text(secrets.token_urlsafe(50))
        try:
            path.hardlink_to(begun)
        except FileExistsError:
            pass
        finally:
            begun.unlink()
    return path.read_text().strip()

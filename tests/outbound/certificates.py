"""Certificates of a test's own authority, good and bad, made by OpenSSL."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from harness.absent import program
from harness.agency import Agency

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

#: How the authority keeps its books.
RULES = """
[ca]
default_ca = authority
[authority]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = policy
copy_extensions = copy
[policy]
commonName = supplied
"""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who signs certificates, in a folder of its own."""

    folder: Path

    @classmethod
    def founded(cls, folder: Path) -> "Authority":
        """Make an authority."""
        made = cls(folder)
        (folder / "index.txt").touch()
        (folder / "ca.cnf").write_text(RULES)
        made.sign_itself("authority")
        return made

    def sign_itself(self, name, san="DNS:authority.example"):
        """Make a key, and a certificate that nobody but itself answers for."""
        self._run("req", "-x509", *KEY, *self._named(name, san), "-out", f"{name}.pem")

    def sign(self, name, san, *, days=("20240501000000Z", "20990501000000Z")):
        """Make a key, and a certificate that the authority answers for from one day to another."""
        self._run("req", "-new", *KEY, *self._named(name, san), "-out", f"{name}.csr")
        by = ("-cert", "authority.pem", "-keyfile", "authority.key")
        dates = ("-startdate", days[0], "-enddate", days[1])
        what = ("-in", f"{name}.csr", "-out", f"{name}.pem")
        self._run("ca", "-batch", "-notext", "-config", "ca.cnf", *by, *dates, *what)

    def _named(self, name, san):
        return (
            "-keyout",
            f"{name}.key",
            "-subj",
            f"/CN={name}",
            "-addext",
            f"subjectAltName={san}",
        )

    def _run(self, *words):
        subprocess.run(
            [program("openssl"), *words], cwd=self.folder, check=True, capture_output=True
        )

    @property
    def trust(self) -> ssl.SSLContext:
        """Give what somebody uses who trusts this authority alone."""
        return ssl.create_default_context(cafile=self.folder / "authority.pem")

    def shown(self, name) -> ssl.SSLContext:
        """Give what a server uses that shows a certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context


class Secure(Agency):
    """An agency that speaks TLS."""

    def __init__(self, context):
        super().__init__()
        self.context = context

    def get_request(self):
        """Take a caller, and shake hands in the thread that talks to them."""
        talk, address = super().get_request()
        return (
            self.context.wrap_socket(talk, server_side=True, do_handshake_on_connect=False),
            address,
        )

    def url(self, path="/"):
        """Give an address of this server."""
        return f"https://{self.place}{path}"

"""A mail server on loopback: Dovecot with settings, folders and a certificate of its own."""

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from harness.absent import absent, program
from harness.site import free_port, until
from outbound.certificates import Authority

PASSWORD = "s3cret"
#: Who it runs as where we are root, whom it lets have no mail.
NOBODY = "nobody"
SETTINGS = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
ssl = yes
ssl_cert = <{home}/both.pem
ssl_key = <{home}/both.pem
disable_plaintext_auth = no
mail_location = maildir:~/mail
mail_plugins = acl
mailbox_list_index = no
namespace inbox {{
  inbox = yes
  separator = /
}}
plugin {{
  acl = vfile
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/users/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {clear}
  }}
  inet_listener imaps {{
    port = {secure}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Dovecot:
    """The server, while its ``with`` lasts; whoever knows the password has a mailbox there."""

    def __init__(self):
        self._dovecot = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
        if not self._dovecot:
            program("dovecot")  # which says what is absent
        told = subprocess.run(
            [self._dovecot, "--version"], capture_output=True, text=True, check=True
        )
        if not told.stdout.startswith("2.3."):  # others have settings of another form
            absent("Dovecot 2.3")
        # Its sockets have names that must be short, and pytest's folders are closed to nobody.
        self.home = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.clear, self.secure = free_port(), free_port()

    def __enter__(self):
        (self.home / "ca").mkdir()
        authority = Authority.founded(self.home / "ca")
        authority.sign("here", "IP:127.0.0.1")
        self.authority = self.home / "ca" / "authority.pem"
        pem = [(self.home / "ca" / f"here.{end}").read_text() for end in ("key", "pem")]
        self.certificate = self.home / "both.pem"
        self.certificate.write_text("".join(pem))
        root = os.geteuid() == 0
        who = pwd.getpwnam(NOBODY) if root else pwd.getpwuid(os.geteuid())
        (self.home / "users").mkdir()
        words = {"user": who.pw_name, "group": grp.getgrgid(who.pw_gid).gr_name, "home": self.home}
        (self.home / "settings").write_text(
            SETTINGS.format(**words, password=PASSWORD, clear=self.clear, secure=self.secure)
        )
        if root:
            for path in (self.home, *self.home.rglob("*")):
                os.chown(path, who.pw_uid, who.pw_gid)
        self._as = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": ()} if root else {}
        self._process = subprocess.Popen(
            [self._dovecot, "-F", "-c", self.home / "settings"], cwd=self.home, **self._as
        )
        until(self._listens)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(30)
        shutil.rmtree(self.home)

    def _listens(self):
        assert self._process.poll() is None, (self.home / "log").read_text()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.secure)):
            return True
        return False

    @property
    def place(self):
        """Write where it listens and speaks TLS from the first byte on."""
        return f"127.0.0.1:{self.secure}"

    @property
    def place_in_clear(self):
        """Write where it listens and speaks in clear, until TLS is asked for."""
        return f"127.0.0.1:{self.clear}"

    def url(self, user, folder="", *, password=PASSWORD):
        """Give the address of a user's folder."""
        return f"imaps://{user}:{password}@{self.place}/{folder}"

    @contextmanager
    def mailbox(self, user):
        """Be a user, as mail programs are."""
        with imaplib.IMAP4("127.0.0.1", self.clear, timeout=30) as talk:
            talk.login(user, PASSWORD)
            yield talk

    def deliver(self, user, raw, folder="INBOX"):
        """Put a message into a folder; one that is not there is made."""
        with self.mailbox(user) as talk:
            talk.create(folder)
            said, words = talk.append(folder, None, None, raw)
            assert said == "OK", words

    def messages(self, user, folder="INBOX"):
        """Give the bytes and flags of what is in a folder, without a change to it."""
        with self.mailbox(user) as talk:
            if talk.select(folder, readonly=True)[0] != "OK":
                return []
            _, [numbers] = talk.search(None, "ALL")
            found = []
            for number in numbers.split():
                _, told = talk.fetch(number, "(FLAGS BODY.PEEK[])")
                [(head, raw)] = [one for one in told if isinstance(one, tuple)]
                flags = imaplib.ParseFlags(head) + imaplib.ParseFlags(told[-1])
                found.append((raw, set(flags) - {b"\\Recent"}))
            return found

    def number_anew(self, user, validity):
        """Forget all numbers of the messages in a user's first folder."""
        words = ("mailbox", "update", "-u", user, "--uid-validity", str(validity), "INBOX")
        subprocess.run(
            ["doveadm", "-c", self.home / "settings", "-o", "mail_plugins=", *words],
            check=True,
            capture_output=True,
            **self._as,
        )

    def let_only_read(self, user):
        """Take from a user all rights but to read the first folder."""
        (self.home / "users" / user / "mail" / "dovecot-acl").write_text("owner lr\n")

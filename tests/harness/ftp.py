"""A server of files on loopback, FTP or FTP over TLS, that gives a folder to one user."""

import os
import threading
import warnings

with warnings.catch_warnings():  # it stands on a part of the library that newer Pythons lack
    warnings.simplefilter("ignore")
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
    from pyftpdlib.ioloop import IOLoop
    from pyftpdlib.servers import FTPServer

#: Who may enter.
USER, PASSWORD = "wire", "s3cret"
ALL, READ = "elradfmwMT", "elr"


class Files:
    """The server, while its ``with`` lasts."""

    scheme = "ftp"

    def __init__(
        self,
        folder,
        *,
        may=ALL,
        certificate=None,
        at_once=False,
        without=(),
        facts=("type", "size", "modify", "unique"),
        encoding="utf8",
    ):
        authorizer = DummyAuthorizer()
        authorizer.add_user(USER, PASSWORD, os.fspath(folder), perm=may)
        words = {"authorizer": authorizer, "encoding": encoding}
        if certificate:
            self.scheme = "ftps"
            words |= {"certfile": certificate, "tls_control_required": True}
            words |= {"tls_data_required": True, "ssl_context": None}
        base = TLS_FTPHandler if certificate else FTPHandler
        words["proto_cmds"] = {
            name: command for name, command in base.proto_cmds.items() if name not in without
        }
        self.said = []
        said = self.said

        class Handler(base):
            def __init__(self, *words, **more):
                super().__init__(*words, **more)
                self._available_facts = self._current_facts = list(facts)

            def pre_process_command(self, line, cmd, arg):
                said.append(cmd)
                super().pre_process_command(line, cmd, arg)

            def handle(self):
                if at_once:
                    self.secure_connection(self.get_ssl_context())
                super().handle()

        for name, word in words.items():
            setattr(Handler, name, word)
        self._loop = IOLoop()
        self._server = FTPServer(("127.0.0.1", 0), Handler, ioloop=self._loop)
        self._ending = False
        self._thread = threading.Thread(target=self._serve, name="ftp")

    def _serve(self):
        while not self._ending:
            self._loop.loop(timeout=0.01, blocking=False)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ending = True
        self._thread.join()
        self._server.close_all()

    @property
    def place(self):
        """Write where it listens."""
        host, port = self._server.address
        return f"{host}:{port}"

    def url(self, path="/", *, password=PASSWORD):
        """Give the address of a folder."""
        return f"{self.scheme}://{USER}:{password}@{self.place}{path}"


__all__ = ["ALL", "PASSWORD", "READ", "USER", "Files"]

"""Commands that are killed: each a process of its own, ended with SIGKILL at a step named before.

Steps are what outlives a process: a statement that writes, a file that is moved, a command to
an agency's server. They are counted from outside the product, by what Python and Django tell
of each before it is done. One process loads the product and is forked for each command, since
loading costs many times what a command does.
"""

import json
import os
import signal
import subprocess
import sys
from itertools import count

#: Statements, what is done to folders, and what FTP servers are told.
WRITES = ("INSERT", "UPDATE", "DELETE")
MOVES = ("os.mkdir", "os.rename", "os.link", "os.remove")
TOLD = ("RETR", "RNFR", "RNTO")
#: Seconds for which a file that is whole stays as it is.
SETTLED = 0.05


class Commands:
    """The process that is forked, while its ``with`` lasts."""

    def __init__(self, env):
        self._env = env

    def __enter__(self):
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            env=self._env,
            cwd=self._env["WIREROOM_HOME"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_):
        self._process.communicate()

    def begin(self, *words, before=0):
        """Begin a command that is killed before so many steps (0: never); give its process."""
        self._process.stdin.write(json.dumps([before, *words]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def end(self):
        """Wait for its end; give its status, and the step that it was killed before."""
        status, step = json.loads(self._process.stdout.readline())
        return status, step

    def run(self, *words, before=0):
        """Run a command to its end, its own or the one named."""
        self.begin(*words, before=before)
        return self.end()


def kill_before(number, told):
    """Kill this process before a step; say first which it is."""
    from django.db.backends.signals import connection_created  # noqa: PLC0415 (loaded by then)

    steps = count(1)

    def step(what):
        if next(steps) == number:
            os.write(told, what.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def write(execute, sql, parameters, many, context):
        if sql.startswith(WRITES):
            step(" ".join(sql.split()[:3]))
        return execute(sql, parameters, many, context)

    def watch(connection, **_):
        connection.execute_wrappers.append(write)

    def hear(event, arguments):
        if event in MOVES:
            step(event)
        elif event == "ftplib.sendcmd" and arguments[1].startswith(TOLD):
            step(arguments[1][:4])

    connection_created.connect(watch, weak=False)
    sys.addaudithook(hear)


def command(number, words, told):
    """Be a command."""
    from wireroom.config.command import main  # noqa: PLC0415 (loaded by then)

    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(silent, stream)
    kill_before(number, told)
    os._exit(main(words))


def serve():
    """Fork this process for each line that comes: the number of a step, and the words."""
    import django  # noqa: PLC0415 (after the environment is there)

    django.setup()

    from wireroom.enrich.gazetteer import gazetteer  # noqa: PLC0415
    from wireroom.intake import channels, work  # noqa: F401, PLC0415 (each command has them loaded)
    from wireroom.intake.collect import folder, visit  # noqa: PLC0415

    gazetteer("en")
    folder.SETTLED = visit.SETTLED = SETTLED
    for line in sys.stdin:
        number, *words = json.loads(line)
        heard, told = os.pipe()
        if not (pid := os.fork()):
            command(number, words, told)
        os.close(told)
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        with os.fdopen(heard) as step:
            print(json.dumps([os.waitstatus_to_exitcode(status), step.read()]), flush=True)


if __name__ == "__main__":
    serve()

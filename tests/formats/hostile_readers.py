"""Readers that do what a document might make a reader do; run by the sandbox's own process."""

import ctypes
import os
import signal
import sys
import time

from wireroom.formats.document import Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Item
from wireroom.formats.pictures.look import look


def parse(raw, _format, arrival):
    """Do what the document says."""
    return globals()[raw.decode()](arrival)


def sees(raw):
    """Do the same where a picture is expected; look at what is one."""
    return globals()[raw.decode()](None) if raw.isalpha() else look(raw)


def reads(_arrival):
    return Document(format="plain", items=(Item(guid=str(os.getpid()), version=1),))


def tells_its_environment(_arrival):
    return Document(format="plain", items=(Item(guid=" ".join(sorted(os.environ)), version=1),))


def tells_its_zone(arrival):
    return Document(format=str(arrival.zone))


def refuses(_arrival):
    raise Unreadable("it says nothing")


def fails(_arrival):
    raise KeyError("a fault of the reader's own")


def recurses(arrival):
    return recurses(arrival)


def loops(_arrival):
    while True:
        pass


def sleeps(_arrival):
    time.sleep(3600)


def loops_without_python(_arrival):
    ctypes.PyDLL(None).pause()  # holds the interpreter's lock, so that no thread can step in


def eats_memory(_arrival):
    eaten = []
    while True:
        eaten.append(bytearray(2**24))


def segfaults(_arrival):
    ctypes.string_at(0)


def aborts(_arrival):
    os.abort()


def leaves(_arrival):
    os._exit(3)


def is_killed(_arrival):
    os.kill(os.getpid(), signal.SIGKILL)


def prints(_arrival):
    print("not an answer", flush=True)
    sys.stdout.buffer.write(b"\0" * 64)
    sys.stdout.flush()
    return Document(format="plain")


class Act:
    """What pickle would run where it is let."""

    def __reduce__(self):
        return os.system, ("true",)


def answers_with_an_act(_arrival):
    return Act()

"""FTP and FTPS with real servers on loopback: nothing lost, nothing twice, nowhere else."""

import logging
import os
import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from harness import ftp as harness
from harness.ftp import Files
from harness.pulls import FEED, connected, look, put, stored
from outbound.certificates import Authority
from wireroom.intake import work
from wireroom.intake.collect import pull, pulled, visit
from wireroom.intake.collect.collector import Collector
from wireroom.intake.collect.poll import poll
from wireroom.intake.models import Channel, Delivery, Pulled
from wireroom.outbound import ftp
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.ftp import Ftp
from wireroom.outbound.remote import reach

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("soon")]


@pytest.fixture
def serve(hot, running):
    """Start servers for the folder."""
    return lambda **words: running(Files(hot, **words))


def test_a_whole_file_becomes_a_delivery_and_moves_to_done_when_it_is_stored(hot, serve):
    channel = connected(serve())
    put(hot / "one.xml", FEED)
    assert look(channel).fetched == 1
    delivery = Delivery.objects.get()
    assert (delivery.raw, delivery.address, delivery.format) == (FEED, "one.xml", "rss")
    assert (hot / "one.xml").exists()
    assert channel.next_at <= timezone.now()
    assert look(channel).unchanged == 1
    assert not (hot / "one.xml").exists()
    assert (hot / "done" / "one.xml").read_bytes() == FEED
    assert look(channel).unchanged == 1
    assert stored() == [FEED]


@pytest.fixture
def certificate(tmp_path):
    """A certificate and its key in a file, and the authority that answers for it."""
    (tmp_path / "ca").mkdir()
    authority = Authority.founded(tmp_path / "ca")
    authority.sign("here", "IP:127.0.0.1")
    both = tmp_path / "both.pem"
    both.write_bytes(
        b"".join((tmp_path / "ca" / f"here.{end}").read_bytes() for end in ("key", "pem"))
    )
    return str(both), tmp_path / "ca" / "authority.pem"


@pytest.mark.parametrize("at_once", [False, True], ids=["asked for", "from the first byte"])
def test_files_are_taken_over_tls_whose_certificate_is_good(
    at_once, hot, serve, certificate, monkeypatch
):
    both, authority = certificate
    server = serve(certificate=both, at_once=at_once)
    if at_once:
        monkeypatch.setattr(ftp, "SECURE_FROM_THE_START", int(server.place.rpartition(":")[2]))
    channel = connected(server)
    put(hot / "one.xml", FEED)
    assert look(channel).failed == 1
    assert "certificate" in channel.last_status
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    assert look(channel).fetched == 1
    assert look(channel).unchanged == 1
    assert (hot / "done" / "one.xml").read_bytes() == FEED
    assert stored() == [FEED]
    assert ("AUTH" in server.said) is not at_once


def test_tls_is_spoken_from_the_first_byte_at_its_port_alone():
    assert ftp.SECURE_FROM_THE_START == 990
    assert reach("ftps://agency.example").port == 21


def test_a_server_that_offers_no_tls_is_told_no_password(hot, serve):
    server = serve()
    server.scheme = "ftps"
    channel = connected(server)
    assert look(channel).failed == 1
    assert "PASS" not in server.said


def test_a_folder_below_the_login_is_gone_into(hot, serve):
    (hot / "news wire").mkdir()
    put(hot / "news wire" / "one.xml", FEED)
    put(hot / "other.xml", b"other")
    channel = connected(serve(), "/news%20wire")
    look(channel)
    look(channel)
    assert stored() == [FEED]
    assert (hot / "news wire" / "done" / "one.xml").exists()


@pytest.mark.parametrize("name", ["a.xml.tmp", "a.PART", ".a.xml", "a.xml.filepart", "a.xml~"])
def test_unfinished_names_wait_until_they_are_renamed(name, hot, serve):
    channel = connected(serve())
    put(hot / name, FEED)
    assert look(channel).unchanged == 1
    (hot / name).rename(hot / "a.xml")
    assert look(channel).fetched == 1


def test_a_file_of_no_bytes_stays_until_it_has_some(hot, serve):
    channel = connected(serve())
    put(hot / "one.xml", b"")
    assert look(channel).unchanged == 1
    assert channel.last_status == "0 files, 1 still being written"
    put(hot / "one.xml", FEED)
    assert look(channel).fetched == 1


def test_a_file_that_grows_between_two_lists_is_left_to_another_visit(hot, serve, monkeypatch):
    channel = connected(serve())
    put(hot / "one.xml", FEED[:5])
    monkeypatch.setattr(visit, "SETTLED", 0.5)
    growing = threading.Timer(0.2, put, [hot / "one.xml", FEED])
    growing.start()
    assert look(channel).unchanged == 1
    growing.join()
    assert look(channel).fetched == 1
    assert stored() == [FEED]


def test_a_file_that_grows_while_it_is_read_is_left_to_another_visit(hot, serve, monkeypatch):
    channel = connected(serve())
    put(hot / "one.xml", FEED[:5])
    read = Ftp.read

    def and_meanwhile(self, file):
        raw = read(self, file)
        put(hot / "one.xml", FEED)
        return raw

    monkeypatch.setattr(Ftp, "read", and_meanwhile)
    assert look(channel).unchanged == 1
    monkeypatch.undo()
    assert look(channel).fetched == 1
    assert stored() == [FEED]


def test_the_same_name_with_new_content_is_a_new_delivery_and_both_are_kept(hot, serve):
    channel = connected(serve())
    for age, words in enumerate((b"first", b"other", b"third")):
        put(hot / "one.xml", words, age=60 - age)
        look(channel)
        look(channel)
    assert stored() == [b"first", b"other", b"third"]
    kept = {path.read_bytes() for path in (hot / "done").iterdir()}
    assert kept == {b"first", b"other", b"third"}


def test_a_newer_file_of_the_same_name_is_never_put_away_for_the_one_that_was_stored(hot, serve):
    channel = connected(serve())
    put(hot / "one.xml", b"first", age=60)
    look(channel)
    put(hot / "one.xml", b"other", age=30)
    look(channel)
    assert not (hot / "done").exists()
    look(channel)
    assert stored() == [b"first", b"other"]
    assert (hot / "done" / "one.xml").read_bytes() == b"other"


@pytest.mark.parametrize(
    "words",
    [
        {"without": ("MLSD", "MLST", "MDTM")},
        {"facts": ("type", "size")},
        {"facts": ("type", "size", "unique")},
    ],
    ids=["LIST without MDTM", "MLSD without modify", "MLSD without modify, with unique"],
)
def test_another_file_of_the_same_name_and_size_is_taken_where_the_server_tells_no_time(
    words, hot, serve
):
    channel = connected(serve(**words))
    put(hot / "one.xml", b"first")
    assert look(channel).fetched == 1
    put(hot / "one.xml", b"other")
    assert look(channel).fetched == 1
    assert not (hot / "done").exists()
    assert look(channel).unchanged == 1
    assert (hot / "done" / "one.xml").read_bytes() == b"other"
    put(hot / "one.xml", b"third")
    assert [look(channel).fetched for _ in range(3)] == [1, 0, 0]
    assert stored() == [b"first", b"other", b"third"]
    assert {path.read_bytes() for path in (hot / "done").iterdir()} == {b"other", b"third"}


def test_another_file_written_within_the_second_of_the_first_is_taken(hot, serve):
    channel = connected(serve())
    put(hot / "one.xml", b"first", age=0)
    second = (hot / "one.xml").stat().st_mtime
    look(channel)
    put(hot / "one.xml", b"other")
    os.utime(hot / "one.xml", (second, second))
    assert [look(channel).fetched for _ in range(2)] == [1, 0]
    assert stored() == [b"first", b"other"]
    assert (hot / "done" / "one.xml").read_bytes() == b"other"


@pytest.mark.parametrize(("age", "times"), [(60, 1), (0, 2)], ids=["older", "just written"])
def test_a_file_is_read_again_only_where_its_time_leaves_a_doubt(age, times, hot, serve):
    server = serve()
    channel = connected(server)
    put(hot / "one.xml", FEED, age=age)
    look(channel)
    look(channel)
    assert (hot / "done" / "one.xml").read_bytes() == FEED
    assert server.said.count("RETR") == times
    assert stored() == [FEED]


def test_names_need_not_be_utf_8(hot, serve):
    channel = connected(serve(encoding="latin-1"))
    put(hot / "café.xml", FEED)
    look(channel)
    look(channel)
    assert stored() == [FEED]
    assert Delivery.objects.get().address == "caf\\xe9.xml"
    assert (hot / "done" / "café.xml").read_bytes() == FEED


def test_where_nothing_may_be_moved_files_are_remembered_and_taken_once(hot, serve):
    server = serve(may=harness.READ)
    channel = connected(server)
    put(hot / "one.xml", FEED, age=60)
    assert [look(channel).fetched for _ in range(4)] == [1, 0, 0, 0]
    assert server.said.count("RNFR") == 1
    assert (channel.failures, Pulled.objects.get().stays) == (0, True)
    put(hot / "one.xml", b"other", age=30)
    assert [look(channel).fetched for _ in range(3)] == [1, 0, 0]
    assert stored() == [FEED, b"other"]


def test_the_same_bytes_touched_anew_are_not_delivered_again(hot, serve):
    channel = connected(serve(may=harness.READ))
    put(hot / "one.xml", FEED, age=60)
    look(channel)
    put(hot / "one.xml", FEED, age=30)
    assert look(channel).fetched == 0
    assert stored() == [FEED]


def test_servers_without_modern_lists_are_read_as_well(hot, serve):
    server = serve(without=("MLSD", "MLST", "EPSV"))
    channel = connected(server)
    put(hot / "one more.xml", FEED)
    (hot / "folder").mkdir()
    look(channel)
    look(channel)
    assert "LIST" in server.said
    assert stored() == [FEED]
    assert (hot / "done" / "one more.xml").read_bytes() == FEED


def test_a_process_that_dies_before_it_stores_leaves_the_file_where_it_is(hot, serve, monkeypatch):
    channel = connected(serve())
    put(hot / "one.xml", FEED)

    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(pulled, "put_down", die)
    with pytest.raises(KeyboardInterrupt):
        look(channel)
    monkeypatch.undo()
    assert (hot / "one.xml").exists()
    assert (Delivery.objects.count(), Pulled.objects.count()) == (0, 0)
    assert look(channel).fetched == 1
    assert stored() == [FEED]


def test_a_process_that_dies_after_it_stored_delivers_nothing_twice(hot, serve, monkeypatch):
    channel = connected(serve())
    put(hot / "one.xml", FEED)
    look(channel)
    move = Ftp.move

    def die(self, *names):
        move(self, *names)
        raise KeyboardInterrupt

    monkeypatch.setattr(Ftp, "move", die)
    with pytest.raises(KeyboardInterrupt):
        look(channel)
    monkeypatch.undo()
    assert (hot / "done" / "one.xml").read_bytes() == FEED
    look(channel)
    assert stored() == [FEED]


def test_two_who_visit_at_the_same_time_deliver_once(hot, serve):
    server = serve()
    channel = connected(server)
    put(hot / "one.xml", FEED)
    with Ftp(reach(server.url()), allow=[server.place]) as session:
        (file,) = session.files()
        seen = visit.Visited(read=[visit.Read(file, session.read(file))], there={file.name})
    assert pulled.write(channel.pk, seen, now=timezone.now()).fetched == 1
    assert pulled.write(channel.pk, seen, now=timezone.now()).fetched == 0
    assert stored() == [FEED]


def test_what_is_gone_from_the_server_is_forgotten_in_time(hot, serve):
    channel = connected(serve())
    put(hot / "one.xml", FEED)
    look(channel)
    look(channel)
    look(channel)
    assert Pulled.objects.count() == 1
    Pulled.objects.update(taken_at=timezone.now() - timedelta(hours=1))
    look(channel)
    assert Pulled.objects.count() == 0


def test_a_file_beyond_the_cap_is_told_of_and_its_neighbour_taken(hot, serve, monkeypatch):
    monkeypatch.setattr(visit, "HEAVIEST", 100)
    channel = connected(serve())
    put(hot / "heavy.xml", b"x" * 101)
    put(hot / "one.xml", FEED)
    look(channel)
    assert stored() == [FEED]
    assert "heavy.xml: it has more than 100 bytes" in channel.last_status


def test_a_wrong_password_is_told_in_our_words_and_never_shown(serve, caplog):
    caplog.set_level(logging.DEBUG)
    channel = connected(serve(), password="w0rd-of-mine")
    assert look(channel).failed == 1
    assert channel.last_status == "the server lets nobody in by that name and password"
    said = [str(vars(record)) for record in caplog.records if record.name.startswith("wireroom")]
    assert said
    assert "w0rd-of-mine" not in "".join(said)


def test_the_intake_takes_what_is_due_and_its_lease_ends_with_it(hot, serve):
    channel = connected(serve())
    put(hot / "one.xml", FEED)
    with Collector() as collector:
        work.collect(collector, timezone.now())
        while collector.busy:
            work.collect(collector, timezone.now() - timedelta(hours=1))
    channel.refresh_from_db()
    assert (stored(), channel.leased_until) == ([FEED], None)


def test_a_collector_that_ends_gives_its_folders_back(hot, serve, monkeypatch):
    monkeypatch.setattr(visit, "SETTLED", 60)
    channel = connected(serve())
    put(hot / "one.xml", FEED)
    began = time.monotonic()
    with Collector() as collector:
        work.collect(collector, timezone.now())
        assert collector.busy
    assert time.monotonic() - began < 10
    channel.refresh_from_db()
    assert channel.leased_until is None


def test_no_more_than_two_folders_of_a_host_are_visited_at_once(hot, serve, monkeypatch):
    monkeypatch.setattr(visit, "SETTLED", 1)
    server = serve()
    for name in "abc":
        (hot / name).mkdir()
        put(hot / name / "one.xml", name.encode())
        connected(server, f"/{name}")
    with Collector() as collector:
        work.collect(collector, timezone.now())
        assert collector._pulls.held == pull.OF_A_HOST
    later = Channel.objects.filter(next_at__gt=timezone.now())
    assert later.count() == 1


def test_a_visit_that_raises_the_unforeseen_is_the_failure_of_its_channel_alone(
    hot, serve, monkeypatch, caplog
):
    server = serve()
    for name in ("a/early.xml", "a/odd.xml", "b/one.xml"):
        (hot / name).parent.mkdir(exist_ok=True)
        put(hot / name, name.encode(), age=90 if "early" in name else 60)
    odd, well = connected(server, "/a"), connected(server, "/b")
    read = Ftp.read

    def unforeseen(self, file):
        if file.name == b"odd.xml":
            raise LookupError("what nobody foresaw")
        return read(self, file)

    monkeypatch.setattr(Ftp, "read", unforeseen)
    polled = poll([odd, well], now=timezone.now())
    assert (polled.fetched, polled.failed) == (2, 1)
    assert sorted(stored()) == [b"a/early.xml", b"b/one.xml"]
    odd.refresh_from_db()
    well.refresh_from_db()
    assert (odd.last_status, odd.failures) == ("failed here: LookupError", 1)
    assert (well.last_status, well.failures) == ("1 files", 0)
    (told,) = [record for record in caplog.records if record.exc_info]
    assert (told.channel, told.exc_info[0]) == (odd.pk, LookupError)


class Hostile:
    """A server that says what a test tells it to: a reply for each command."""

    def __init__(self, replies):
        self.replies = {"": "220 ready", "USER": "331 more", "PASS": "230 in"} | replies
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.data = socket.create_server(("127.0.0.1", 0))
        self.ending = threading.Event()
        self.threads = [threading.Thread(target=self.talk)]

    def __enter__(self):
        self.threads[0].start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.listener.close()
        self.data.close()
        for thread in self.threads:
            thread.join(10)

    @property
    def place(self):
        return f"127.0.0.1:{self.listener.getsockname()[1]}"

    @property
    def passive(self):
        port = self.data.getsockname()[1]
        return f"{port >> 8},{port & 255}"

    def talk(self):
        line, _ = self.listener.accept()
        with line, line.makefile("rb") as said:
            try:
                self.answer(line, "")
                for words in said:
                    self.answer(line, words.decode().split()[0])
            except OSError:
                pass

    def answer(self, line, command):
        reply = self.replies.get(command, "200 well")
        for part in reply(self) if callable(reply) else [f"{reply}\r\n".encode()]:
            line.sendall(part)
            if self.ending.is_set():
                raise OSError


def passive(server):
    yield f"227 here ({'127,0,0,1'},{server.passive})\r\n".encode()


def sends(parts):
    """Reply to a command for data by sending parts."""

    def reply(server):
        data, _ = server.data.accept()
        yield b"150 here\r\n"
        with data:
            for part in parts:
                if server.ending.wait(0 if len(part) > 1 else 0.02):
                    return
                try:
                    data.sendall(part)
                except OSError:
                    break
        yield b"226 done\r\n"

    return reply


def forever(part):
    while True:
        yield part


def open_to(server, **words):
    return Ftp(reach(f"ftp://{server.place}/"), allow=[server.place], **words)


def test_data_come_from_the_machine_talked_to_whatever_address_a_server_names():
    other = socket.create_server(("127.0.0.2", 0))
    other.setblocking(False)  # noqa: FBT003 (the library has it so)
    line = b"type=file;size=3;modify=20240502120000; a.xml\r\n"
    with other, Hostile({"MLSD": sends([line])}) as server:
        server.replies["PASV"] = lambda _: [f"227 x (127,0,0,2,{server.passive})\r\n".encode()]
        with open_to(server) as session:
            assert [file.name for file in session.files()] == [b"a.xml"]
        with pytest.raises(BlockingIOError):
            other.accept()


@pytest.mark.parametrize("port", ["0,22", "3,255"])
def test_data_are_not_asked_for_at_the_services_of_a_machine(port):
    with (
        Hostile({"PASV": f"227 x (127,0,0,1,{port})"}) as server,
        pytest.raises(Refused, match="for its data"),
        open_to(server) as session,
    ):
        session.files()


@pytest.mark.parametrize(
    ("replies", "why"),
    [
        ({"PASV": passive, "MLSD": sends(forever(b"x" * 60_000))}, "more"),
        ({"PASV": passive, "MLSD": sends(forever(b"x"))}, "within 0.5 s"),
        ({"PASV": lambda _: forever(b"227-and on\r\n")}, "not FTP"),
        ({"PASV": "227 nowhere"}, "not FTP"),
        ({"PASV": lambda _: []}, "within 0.5 s"),
    ],
    ids=["a list without end", "a list that drips", "a reply without end", "no port", "silence"],
)
def test_a_server_that_never_ends_is_left(replies, why):
    began = time.monotonic()
    with (
        Hostile(replies) as server,
        pytest.raises(Failed, match=why),
        open_to(server, deadline=0.5 if "within" in why else 20) as session,
    ):
        session.files()
    assert time.monotonic() - began < 5


def test_a_handshake_that_drips_is_left_at_the_deadline():
    ending = threading.Event()

    def drip(listener):
        line, _ = listener.accept()
        with line:
            for said in (b"220 ready\r\n", b"234 go\r\n"):
                line.sendall(said)
                line.recv(10_000)
            line.sendall(b"\x16\x03\x03\x40\x00")  # the head of a record that never ends
            with suppress(OSError):
                while not ending.wait(0.05):
                    line.sendall(b"\x02")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = f"127.0.0.1:{listener.getsockname()[1]}"
        thread = threading.Thread(target=drip, args=[listener])
        thread.start()
        began = time.monotonic()
        with pytest.raises(Failed, match=r"within 0\.5 s"):
            Ftp(reach(f"ftps://{place}/"), allow=[place], deadline=0.5).__enter__()
        assert time.monotonic() - began < 5
        ending.set()
        thread.join(10)


def test_more_bytes_than_were_listed_are_not_read():
    replies = {"PASV": passive, "RETR": sends(forever(b"x" * 1000))}
    with (
        Hostile(replies) as server,
        open_to(server) as session,
        pytest.raises(Failed, match="more comes"),
    ):
        session.read(visit.File(b"a.xml", 3, ""))


def test_fewer_bytes_than_were_listed_are_no_file():
    replies = {"PASV": passive, "RETR": sends([b"xx"])}
    with Hostile(replies) as server, open_to(server) as session:
        assert session.read(visit.File(b"a.xml", 3, "")) is None


def test_a_private_address_is_not_connected_to_unless_listed(serve):
    server = serve()
    with pytest.raises(Refused):
        Ftp(reach(server.url())).__enter__()
    assert server.said == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ftp://10.0.0.1/", "10.0.0.1 is not connected to: private"),
        ("ftp://8.8.8.8:25/", "port 25 is not asked for files"),
        ("ftp://8.8.8.8:143/", "port 143 is not asked for files"),
        ("ftp://0x7f.1/", "doubtful"),
        ("ftp://a:b%0d%0aDELE@agency.example/", "characters"),
        ("ftp://agency.example/a%0d%0aDELE%20b", "characters"),
        ("gopher://agency.example/", "names no folder"),
    ],
)
def test_a_doubtful_or_private_address_is_refused(address, why):
    with pytest.raises(Refused, match=why):
        Ftp(reach(address)).__enter__()


def test_a_name_that_leads_to_a_closed_address_is_refused(serve):
    server = serve()
    port = server.place.rpartition(":")[2]

    async def lookup(_):
        return ["127.0.0.1"]

    with pytest.raises(Refused, match="leads to"):
        Ftp(reach(f"ftp://agency.example:{port}/"), lookup=lookup).__enter__()
    assert server.said == []

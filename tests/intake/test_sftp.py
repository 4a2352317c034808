"""SFTP with a real server on loopback: nothing lost, nothing twice, no server but the known."""

import logging
import os
import time

import pytest

from harness import sftp as harness
from harness.pulls import FEED, connected, look, put, stored
from harness.sftp import Files
from wireroom.intake.collect import pulled
from wireroom.intake.models import Delivery, Pulled
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.remote import File, reach
from wireroom.outbound.sftp import Sftp

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("soon")]


@pytest.fixture
def serve(hot, running):
    """Start servers for the folder."""
    return lambda **words: running(Files(hot, **words))


def test_a_whole_file_becomes_a_delivery_and_moves_to_done_when_it_is_stored(hot, serve):
    channel = connected(serve())
    put(hot / "one.xml", FEED)
    (hot / "link.xml").symlink_to(hot / "one.xml")
    assert look(channel).fetched == 1
    delivery = Delivery.objects.get()
    assert (delivery.raw, delivery.address, delivery.format) == (FEED, "one.xml", "rss")
    assert (hot / "one.xml").exists()
    assert look(channel).unchanged == 1
    assert not (hot / "one.xml").exists()
    assert (hot / "done" / "one.xml").read_bytes() == FEED
    assert look(channel).unchanged == 1
    assert stored() == [FEED]


def test_another_file_of_the_same_name_and_size_is_taken_where_the_server_tells_no_time(hot, serve):
    channel = connected(serve(kind=harness.Timeless))
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


def test_a_folder_below_the_login_is_gone_into(hot, serve):
    (hot / "news wire").mkdir()
    put(hot / "news wire" / "one.xml", FEED)
    put(hot / "other.xml", b"other")
    channel = connected(serve(), "/news%20wire/")
    look(channel)
    look(channel)
    assert stored() == [FEED]
    assert (hot / "news wire" / "done" / "one.xml").exists()


def test_names_need_not_be_text(hot, serve):
    channel = connected(serve())
    name = os.fsencode(hot) + b"/caf\xe9.xml"
    with open(name, "wb") as file:  # noqa: PTH123 (names are bytes)
        file.write(FEED)
    look(channel)
    look(channel)
    assert Delivery.objects.get().address == "caf\\xe9.xml"
    assert os.listdir(os.fsencode(hot) + b"/done") == [b"caf\xe9.xml"]  # noqa: PTH208 (the same)


def test_unfinished_names_and_files_of_no_bytes_wait(hot, serve):
    channel = connected(serve())
    put(hot / "one.xml.part", FEED)
    put(hot / "two.xml", b"")
    assert look(channel).unchanged == 1
    (hot / "one.xml.part").rename(hot / "one.xml")
    put(hot / "two.xml", b"other")
    assert look(channel).fetched == 1
    assert sorted(stored()) == [FEED, b"other"]


def test_a_file_that_grows_while_it_is_read_is_left_to_another_visit(hot, serve, monkeypatch):
    channel = connected(serve())
    put(hot / "one.xml", FEED[:5])
    read = Sftp.read

    def and_meanwhile(self, file):
        raw = read(self, file)
        put(hot / "one.xml", FEED)
        return raw

    monkeypatch.setattr(Sftp, "read", and_meanwhile)
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


def test_where_nothing_may_be_moved_files_are_remembered_and_taken_once(hot, serve):
    channel = connected(serve(kind=harness.ReadOnly))
    put(hot / "one.xml", FEED, age=60)
    assert [look(channel).fetched for _ in range(3)] == [1, 0, 0]
    assert (channel.failures, Pulled.objects.get().stays) == (0, True)
    put(hot / "one.xml", b"other", age=30)
    assert [look(channel).fetched for _ in range(3)] == [1, 0, 0]
    assert stored() == [FEED, b"other"]


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
    assert look(channel).fetched == 1
    assert stored() == [FEED]


def test_a_wrong_password_is_told_in_our_words_and_never_shown(serve, caplog):
    caplog.set_level(logging.DEBUG)
    channel = connected(serve(), password="w0rd-of-mine")
    assert look(channel).failed == 1
    assert channel.last_status == "the server lets nobody in by that name and password"
    said = [str(vars(record)) for record in caplog.records if "sql" not in vars(record)]
    assert said
    assert "w0rd-of-mine" not in "".join(said)


@pytest.mark.parametrize("named", ["", "A" * 43], ids=["no key", "another key"])
def test_a_server_whose_key_is_not_named_is_told_no_password(named, hot, serve):
    server = serve()
    put(hot / "one.xml", FEED)
    channel = connected(server, fingerprint=named)
    assert look(channel).failed == 1
    assert f";fingerprint={server.fingerprint} " in channel.last_status
    assert (stored(), server.tried) == ([], [])


def test_a_private_address_is_not_connected_to_unless_listed(serve):
    server = serve()
    with pytest.raises(Refused, match="not asked for files"):
        Sftp(reach(server.url())).__enter__()
    with pytest.raises(Refused, match=r"10\.0\.0\.1 is not connected to"):
        Sftp(reach("sftp://wire@10.0.0.1/")).__enter__()


def test_a_list_without_end_is_left(serve):
    server = serve(kind=harness.Endless)
    with (
        pytest.raises(Failed, match="more than 20000 names"),
        Sftp(reach(server.url()), allow=[server.place]) as session,
    ):
        session.files()


def test_a_file_that_never_comes_is_left_at_its_deadline(hot, serve):
    put(hot / "one.xml", FEED)
    server = serve(kind=harness.Silent)
    began = time.monotonic()
    with (
        pytest.raises(Failed, match="within 1 s"),
        Sftp(reach(server.url()), allow=[server.place], deadline=1) as session,
    ):
        session.read(File(b"one.xml", len(FEED), ""))
    assert time.monotonic() - began < 8


def test_a_file_of_other_size_than_listed_is_no_file(hot, serve):
    put(hot / "one.xml", FEED)
    server = serve()
    with Sftp(reach(server.url()), allow=[server.place]) as session:
        assert session.read(File(b"one.xml", len(FEED) + 1, "")) is None
        assert session.read(File(b"one.xml", len(FEED) - 1, "")) is None
        assert session.read(File(b"one.xml", len(FEED), "")) == FEED

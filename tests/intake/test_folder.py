"""R12: hot folders, with real files. Nothing is lost, nothing is followed out."""

import os
import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from wireroom.intake import channels, pipeline, work
from wireroom.intake.collect import folder
from wireroom.intake.collect.collector import Collector
from wireroom.intake.collect.poll import Polled
from wireroom.intake.models import Delivery

FEED = b"<rss><channel/></rss>"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hot(tmp_path):
    """A folder an agency puts files into."""
    path = tmp_path / "hot folder"
    path.mkdir()
    return path


@pytest.fixture
def channel(hot):
    return channels.add(hot.as_uri(), provider="ANI", format="rss")


def look(channel, *, later=60):
    """Look into the folder as if some seconds had passed since its files were written."""
    looked = folder.look(channel, now=timezone.now() + timedelta(seconds=later))
    channel.refresh_from_db()
    return looked


def stored():
    return [
        bytes(raw) for raw in Delivery.objects.order_by("id").values_list("kept__raw", flat=True)
    ]


def test_a_whole_file_becomes_a_delivery_and_moves_to_done(hot, channel):
    (hot / "one.xml").write_bytes(FEED)
    assert look(channel).taken == 1
    delivery = Delivery.objects.get()
    assert (bytes(delivery.raw), delivery.address, delivery.format) == (FEED, "one.xml", "rss")
    assert (delivery.channel, delivery.provider) == (channel, channel.provider)
    assert not (hot / "one.xml").exists()
    assert (hot / "done" / "one.xml").read_bytes() == FEED
    assert look(channel).taken == 0


def test_files_are_taken_in_the_order_in_which_they_were_written(hot, channel):
    for name, age in (("b", 30), ("c", 20), ("a", 10)):
        (hot / name).write_bytes(name.encode())
        os.utime(hot / name, (time.time() - age,) * 2)
    look(channel)
    assert stored() == [b"b", b"c", b"a"]


def test_a_file_that_was_just_touched_is_still_growing(hot, channel):
    (hot / "one.xml").write_bytes(FEED)
    looked = look(channel, later=0)
    assert (looked.taken, looked.growing) == (0, 1)
    assert look(channel).taken == 1


def test_a_file_that_somebody_has_open_for_writing_is_still_growing(hot, channel):
    with (hot / "one.xml").open("wb", buffering=0) as slow:
        slow.write(FEED[:5])
        assert look(channel).taken == 0
        slow.write(FEED[5:])
    assert look(channel).taken == 1
    assert stored() == [FEED]


@pytest.mark.parametrize("name", ["a.xml.tmp", "a.PART", ".a.xml", "a.xml.filepart", "a.xml~"])
def test_unfinished_names_wait_until_they_are_renamed(name, hot, channel):
    (hot / name).write_bytes(FEED)
    assert look(channel) == folder.Looked()
    (hot / name).rename(hot / "a.xml")
    assert look(channel).taken == 1


def test_a_file_of_no_bytes_stays_until_it_has_some(hot, channel):
    (hot / "one.xml").touch()
    assert look(channel).taken == 0
    (hot / "one.xml").write_bytes(FEED)
    assert look(channel).taken == 1


def test_the_same_name_with_new_content_is_a_new_delivery_and_both_are_kept(hot, channel):
    for words in (b"first", b"second", b"third"):
        (hot / "one.xml").write_bytes(words)
        look(channel)
    assert stored() == [b"first", b"second", b"third"]
    kept = {path.read_bytes() for path in (hot / "done").iterdir()}
    assert kept == {b"first", b"second", b"third"}


def test_a_name_taken_by_a_newer_file_while_we_read_is_left_to_the_next_look(
    hot, channel, monkeypatch
):
    (hot / "one.xml").write_bytes(b"first")
    deliver = folder._deliver

    def and_meanwhile(*given):
        deliver(*given)
        (hot / "new").write_bytes(b"second")
        (hot / "new").rename(hot / "one.xml")

    monkeypatch.setattr(folder, "_deliver", and_meanwhile)
    look(channel)
    monkeypatch.undo()
    look(channel)
    assert stored() == [b"first", b"second"]


def test_links_are_never_followed(hot, channel, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "more.xml").write_bytes(b"secret")
    (hot / "a.xml").symlink_to(tmp_path / "secret")
    (hot / "b.xml").symlink_to("/etc/hostname")
    (hot / "folder").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(hot / "pipe.xml")
    assert look(channel) == folder.Looked()
    assert (tmp_path / "secret").exists()


def test_a_file_that_became_a_link_since_it_was_listed_is_not_followed(
    hot, channel, tmp_path, monkeypatch
):
    (tmp_path / "secret").write_bytes(b"secret")
    (hot / "a.xml").symlink_to(tmp_path / "secret")
    monkeypatch.setattr(folder, "_names", lambda _: iter([b"a.xml"]))
    looked = look(channel)
    assert looked.taken == 0
    assert looked.bad[0].startswith("a.xml: ")


def test_a_file_that_vanishes_is_nobodys_loss(hot, channel, monkeypatch):
    (hot / "b.xml").write_bytes(FEED)
    monkeypatch.setattr(folder, "_names", lambda _: iter([b"a.xml", b"b.xml"]))
    assert look(channel) == folder.Looked(taken=1)


def test_names_that_are_no_text_are_taken_and_written_readably(hot, channel):
    name = os.fsencode(hot) + b"/caf\xe9\xff.xml"
    with open(name, "wb") as file:  # noqa: PTH123 (a name of bytes)
        file.write(FEED)
    assert look(channel).taken == 1
    assert Delivery.objects.get().address == r"caf\xe9\xff.xml"
    names = os.listdir(os.fsencode(hot / "done"))  # noqa: PTH208 (names of bytes)
    assert names == [b"caf\xe9\xff.xml"]


def test_what_is_too_big_is_reported_and_the_others_are_taken(hot, channel, caplog):
    with (hot / "big.xml").open("wb") as big:
        big.truncate(folder.HEAVIEST + 1)
    (hot / "one.xml").write_bytes(FEED)
    looked = look(channel)
    assert looked.taken == 1
    assert "big.xml" in channel.last_status
    assert "folder" in caplog.text
    assert channel.failures == 1


def test_a_folder_that_is_not_there_is_reported_and_looked_at_again(hot, channel):
    hot.rmdir()
    looked = look(channel)
    assert looked.bad
    assert channel.last_status.startswith("the folder cannot be used")
    hot.mkdir()
    (hot / "one.xml").write_bytes(FEED)
    assert look(channel).taken == 1
    assert channel.failures == 0


def test_a_folder_whose_files_cannot_be_put_away_delivers_nothing_over_and_over(hot, channel):
    (hot / "one.xml").write_bytes(FEED)
    (hot / "done").write_bytes(b"a file where a folder should be")
    for _ in range(3):
        assert look(channel).taken == 0
    assert not Delivery.objects.exists()


def test_a_link_in_place_of_done_leads_nothing_out(hot, channel, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (hot / "done").symlink_to(tmp_path / "elsewhere")
    (hot / "one.xml").write_bytes(FEED)
    assert look(channel).bad
    assert (hot / "one.xml").exists()


def test_a_crash_between_storing_and_moving_repeats_and_never_loses(hot, channel, monkeypatch):
    (hot / "one.xml").write_bytes(FEED)

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(folder, "_put_away", crash)
    with pytest.raises(KeyboardInterrupt):
        look(channel)
    monkeypatch.undo()
    look(channel)
    assert stored() == [FEED, FEED]


def test_a_crash_before_storing_leaves_the_file_where_it_was(hot, channel, monkeypatch):
    (hot / "one.xml").write_bytes(FEED)

    def crash(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(Delivery.objects, "bulk_create", crash)
    with pytest.raises(KeyboardInterrupt):
        look(channel)
    monkeypatch.undo()
    assert (hot / "one.xml").read_bytes() == FEED
    look(channel)
    assert stored() == [FEED]


def test_ten_thousand_files_are_taken_some_at_a_time(hot, channel):
    for number in range(10_000):
        (hot / f"{number}.xml").write_bytes(b"<rss/>%d" % number)
    for turn in range(1, 4):
        assert look(channel).taken == folder.MOST
        assert Delivery.objects.count() == turn * folder.MOST


def test_asked_once_a_folder_is_emptied_and_what_is_being_written_is_waited_for(hot, channel):
    (hot / "one.xml").write_bytes(FEED)
    slow = (hot / "two.xml").open("wb", buffering=0)
    slow.write(b"<rss>")

    def finish():
        with slow:
            slow.write(b"</rss>")

    threading.Timer(0.3, finish).start()
    assert work.poll_once([channel]) == Polled(fetched=1)
    assert sorted(stored()) == sorted([FEED, b"<rss></rss>"])


def test_a_round_looks_into_folders_that_are_due(hot, channel):
    (hot / "one.xml").write_bytes(FEED)
    now = timezone.now() + timedelta(seconds=60)
    with Collector() as collector:
        assert work.collect(collector, now) == 1
        assert stored() == [FEED]
        assert work.collect(collector, now) == 0
        assert work.collect(collector, now + timedelta(seconds=10)) == 1


def test_a_file_of_mail_is_taken_from_the_senders_alone_that_its_channel_names(hot):
    named = ["@harbour.example"]
    channel = channels.add(hot.as_uri(), provider="ANI", format="mail", senders=named)
    for sender in ("desk@harbour.example", "desk@else.example"):
        head = f"Message-ID: <1.{sender}>\nFrom: Wires <{sender}>\nSubject: Ferries\n"
        (hot / sender).write_text(f"{head}\nThey sail again.\n")
    assert look(channel).taken == len(list((hot / "done").iterdir())) == 2
    while pipeline.run():
        pass
    states = dict(Delivery.objects.values_list("address", "state"))
    assert states == {"desk@harbour.example": "done", "desk@else.example": "quarantined"}

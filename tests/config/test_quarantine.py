"""What could not be read or stored: listed, shown, read again, dropped, and never lost."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from harness.wires import NOON
from wireroom.intake import fates, pipeline, quarantine
from wireroom.intake.inbox import delivery_of, put_down
from wireroom.intake.models import Delivery, DeliveryState, Kept, Receipt
from wireroom.wire.models import Provider, Story, Version

pytestmark = pytest.mark.django_db(transaction=True)

ROW = {"id", "what", "provider", "at", "channel", "name", "reason"}
CUT = b'{"uri": "urn:afn:cut", "headline": "Ferry \x1b[2J lost'


def entry(number):
    return (
        f"<item><guid isPermaLink='false'>urn:afn:{number}</guid><title>Pier {number} opens</title>"
        f"<description>Pier {number} opened to ferries.</description></item>"
    )


def rss(*items):
    return (
        '<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>'
        "<description>A</description>" + "".join(items) + "</channel></rss>"
    ).encode()


class House:
    """What one agency delivered, and how the quarantine is asked."""

    def __init__(self, command):
        self.provider = Provider.objects.create(slug="afn", name="AFN", tag="AFN")
        self.ask = lambda *words: command("quarantine", *words, "--json")

    def take(self, raw, **words):
        [delivery] = put_down([delivery_of(raw, provider=self.provider, now=NOON, **words)])
        while pipeline.run():
            pass
        return delivery

    def ids(self, *words):
        return [row["id"] for row in self.ask("list", *words).json]


@pytest.fixture
def agency(command):
    get_user_model().objects.create_user("asha")
    return House(command)


@pytest.fixture
def one_bad(agency):
    """A document of four, the second of which cannot be read."""
    return agency.take(rss(entry(1), "<item></item>", entry(2), entry(3)))


@pytest.fixture(autouse=True)
def adds_up(transactional_db):
    """Whatever is done here, each item received has one fate."""
    yield
    assert fates.count(timezone.now()).total() == fates.received()


def repaired(delivery):
    """Give the second item what today's readers understand."""
    raw = rss(entry(1), entry("two"), entry(2), entry(3))
    Kept.objects.filter(pk=delivery.pk).update(raw=raw)


def rulings(delivery):
    rows = delivery.receipts.order_by("position")
    return {row.guid: row.ruling for row in rows}


def test_documents_and_single_items_are_listed_with_the_reason(agency, one_bad):
    whole = agency.take(CUT)
    rows = agency.ask("list").json
    assert [row["id"] for row in rows] == [f"{one_bad.pk}.3", str(whole.pk)]
    assert [row["what"] for row in rows] == ["item", "document"]
    assert all(set(row) == ROW and row["reason"] for row in rows)
    assert {row["provider"] for row in rows} == {"afn"}


def test_an_empty_quarantine_says_so(command):
    assert command("quarantine", "list").out == "Nothing is in quarantine.\n"


def test_what_is_shown_cannot_act_on_a_terminal(agency, command):
    whole = agency.take(CUT)
    said = command("quarantine", "show", str(whole.pk))
    assert (said.status, "\x1b" in said.out) == (0, False)
    assert "Ferry \\x1b[2J lost" in said.out
    told = agency.ask("show", str(whole.pk)).json
    assert (told["bytes"], set(told)) == (len(CUT), ROW | {"bytes", "address", "text"})


def test_bytes_are_written_as_they_came(agency, one_bad, tmp_path):
    whole = agency.take(CUT)
    file = tmp_path / "raw"
    assert agency.ask("show", str(whole.pk), "--raw", str(file)).status == 0
    assert file.read_bytes() == CUT
    assert agency.ask("show", f"{one_bad.pk}.3", "--raw", str(file)).status == 0
    assert file.read_bytes() == bytes(one_bad.receipts.get(position=3).raw)


def test_bytes_go_to_stdout(process, tmp_path):
    file = tmp_path / "cut.json"
    file.write_bytes(CUT)
    process("receive", str(file), "--provider", "AFN")
    [row] = json.loads(process("quarantine", "list", "--json").out)
    said = process("quarantine", "show", row["id"], "--raw", "-")
    assert (said.status, said.out) == (0, CUT.decode())


@pytest.mark.parametrize("name", ["7", "7.1", "x", "1.", "99999999999999999999", "\u0667"])
@pytest.mark.parametrize("words", [["show"], ["replay"], ["drop", "--why", "old", "--by", "asha"]])
def test_what_is_not_in_quarantine_is_said_in_a_sentence(agency, name, words):
    said = agency.ask(words[0], name, *words[1:])
    assert (said.status, said.out) == (1, "")
    assert f"Nothing in quarantine is {name};" in said.err


def test_what_is_done_is_not_in_quarantine(agency, one_bad):
    for name in (one_bad.pk, f"{one_bad.pk}.0"):
        assert agency.ask("replay", str(name)).status == 1


class TestReplay:
    def test_an_item_that_can_be_read_today_becomes_a_story_and_no_other_is_taken_again(
        self, agency, one_bad
    ):
        before = set(Receipt.objects.exclude(ruling="quarantined").values_list("pk", flat=True))
        versions = Version.objects.count()
        repaired(one_bad)
        said = agency.ask("replay", f"{one_bad.pk}.3")
        assert (said.status, said.json["state"]) == (0, "done")
        assert rulings(one_bad) == {f"urn:afn:{one}": "new" for one in (1, 2, 3, "two")}
        assert before < set(Receipt.objects.values_list("pk", flat=True))
        assert (Story.objects.count(), Version.objects.count()) == (4, versions + 1)
        assert agency.ids() == []

    def test_what_still_cannot_be_read_is_back_with_its_bytes(self, agency, one_bad):
        raw = bytes(one_bad.receipts.get(position=3).raw)
        said = agency.ask("replay", f"{one_bad.pk}.3")
        assert said.status == 1
        assert "still cannot be read" in said.err
        assert agency.ids() == [f"{one_bad.pk}.3"]
        assert bytes(one_bad.receipts.get(ruling="quarantined").raw) == raw
        assert raw.startswith(b"<item")
        assert Receipt.objects.count() == 4

    def test_a_document_under_the_right_format_is_read(self, agency):
        whole = agency.take(rss(entry(1)), format="nitf")
        assert agency.ids() == [str(whole.pk)]
        assert agency.ask("replay", str(whole.pk)).status == 1
        Delivery.objects.filter(pk=whole.pk).update(format="")
        assert agency.ask("replay", str(whole.pk)).status == 0
        assert (Story.objects.count(), agency.ids()) == (1, [])

    def test_a_delivery_that_ended_its_worker_has_its_tries_again(self, agency):
        whole = delivery_of(rss(entry(1)), provider=agency.provider, now=NOON)
        whole.tries = pipeline.TRIES
        put_down([whole])
        pipeline.run()
        assert agency.ids() == [str(whole.pk)]
        assert agency.ask("replay", str(whole.pk)).status == 0
        whole.refresh_from_db()
        assert (whole.state, whole.tries) == (DeliveryState.DONE, 1)

    def test_a_worker_that_ends_in_the_middle_of_it_loses_and_doubles_nothing(
        self, one_bad, monkeypatch
    ):
        repaired(one_bad)
        assert quarantine.replay(quarantine.find(f"{one_bad.pk}.3"))
        assert fates.count(timezone.now()).total() == fates.received()

        def end(*_, **__):
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(pipeline, "settle", end)
            with pytest.raises(KeyboardInterrupt):
                pipeline.run()
        Delivery.objects.update(leased_until=None)
        pipeline.run()
        assert rulings(one_bad) == {f"urn:afn:{one}": "new" for one in (1, 2, 3, "two")}
        assert Version.objects.count() == 4


class TestDrop:
    def test_bytes_go_and_who_dropped_them_and_why_is_told_for_ever(self, agency, command):
        whole = agency.take(CUT)
        said = agency.ask("drop", str(whole.pk), "--why", "a test of theirs", "--by", "asha")
        assert said.json == {
            "id": str(whole.pk), "dropped": True, "by": "asha", "why": "a test of theirs",
        }  # fmt: skip
        [came] = command("where", "urn:afn:cut", "--json").json["deliveries"]
        assert came["fate"] == "quarantined"
        assert came["reason"].startswith("dropped by asha on ")
        assert "a test of theirs" in came["reason"]
        assert b"Ferry" not in bytes(Kept.objects.get().raw)
        assert (agency.ids(), agency.ids("--all")) == ([], [str(whole.pk)])

    def test_an_item_that_was_dropped_does_not_come_back(self, agency, one_bad):
        name = f"{one_bad.pk}.3"
        assert agency.ask("drop", name, "--why", "empty", "--by", "asha").status == 0
        assert Receipt.objects.get(ruling="quarantined").raw is None
        assert (agency.ids(), agency.ids("--all")) == ([], [name])
        Delivery.objects.update(state=DeliveryState.WAITING, tries=0)
        pipeline.run()
        assert (agency.ids("--all"), Receipt.objects.count()) == ([name], 4)

    @pytest.mark.parametrize("words", [["replay"], ["show", "--raw", "x"],
                                       ["drop", "--why", "old", "--by", "asha"]])  # fmt: skip
    def test_what_was_dropped_is_gone(self, agency, words):
        whole = str(agency.take(CUT).pk)
        agency.ask("drop", whole, "--why", "old", "--by", "asha")
        said = agency.ask(words[0], whole, *words[1:])
        assert (said.status, said.out) == (1, "")
        assert "dropped by asha" in said.err

    @pytest.mark.parametrize(("why", "by"), [("  ", "asha"), ("old", "nobody")])
    def test_nothing_is_dropped_without_a_reason_by_somebody_known(self, agency, why, by):
        whole = agency.take(CUT)
        assert agency.ask("drop", str(whole.pk), "--why", why, "--by", by).status == 1
        assert bytes(Kept.objects.get().raw) == CUT

"""L19: the same story under a new guid, in channels whose documents are lists."""

from datetime import timedelta
from textwrap import wrap

import pytest
from django.utils import timezone

from harness.wires import HOUR, MINUTE, NOON, changed, text_of
from wireroom.intake import channels, pipeline, reissues, work
from wireroom.intake.fulltext.complete import PATIENCE
from wireroom.intake.inbox import delivery_of, put_down
from wireroom.intake.models import Delivery, FullText, Receipt
from wireroom.intake.where import find
from wireroom.wire import signatures
from wireroom.wire.lifecycle import What
from wireroom.wire.models import Change, Signature, Story, Version

TEXT = f"{text_of(1)} In Pune, Asha Rao said 12 of 40 boats sank."
LATER = text_of(2)


def entry(guid, text, minute=0, title="Boats sank", link=""):
    date = (NOON + timedelta(minutes=minute)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title><link>{link}</link>"
        f"<pubDate>{date}</pubDate><description>{text}</description></item>"
    )


class Feed:
    """A channel of an agency, and what its document lists."""

    def __init__(self, name="Harbour Wire", address="https://wire.example/feed", **words):
        self.channel = channels.add(address, provider=name, **words)
        self.now = NOON + HOUR

    def put(self, *entries, **words):
        made = (
            '<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>'
            f"<description>A</description>{''.join(entries)}</channel></rss>"
        )
        return put_down(
            [
                delivery_of(
                    made.encode(),
                    provider=self.channel.provider,
                    now=self.now,
                    channel=self.channel,
                    **words,
                )
            ]
        )

    def lists(self, *entries, after=HOUR):
        self.now += after
        self.put(*entries)
        self.work()

    def work(self):
        """Do what a worker does with what waits."""
        pipeline.run(now=self.now)
        reissues.look(now=self.now)


@pytest.fixture
def feed(db):
    """A feed that listed a story an hour ago."""
    feed = Feed()
    feed.lists(entry("urn:old", TEXT))
    return feed


def live(feed):
    return set(Story.objects.live(feed.now).values_list("guid", flat=True))


def flagged():
    return set(Version.objects.filter(flagged=True).values_list("story__guid", flat=True))


class TestSameStory:
    def test_new_guid_becomes_an_alias_and_the_address_stays(self, feed):
        old = Story.objects.get(guid="urn:old")
        feed.lists(entry("urn:new", TEXT, 30))
        assert live(feed) == {"urn:old"}
        assert find("urn:new") == find("urn:old") == [old]
        assert Story.objects.get(guid="urn:new").merged_into == old
        assert not flagged()

    def test_newest_document_is_waited_for(self, feed):
        feed.put(entry("urn:new", TEXT, 30))
        feed.put(entry("urn:third", LATER, 40))
        pipeline.run(now=feed.now, limit=1)
        assert reissues.look(now=feed.now) == 0
        assert live(feed) == {"urn:old", "urn:new"}
        feed.work()
        assert live(feed) == {"urn:old", "urn:third"}

    def test_later_items_under_the_new_guid_are_of_the_same_story(self, feed):
        feed.lists(entry("urn:new", TEXT, 30))
        feed.lists(entry("urn:new", LATER, 60, title="Boats found"))
        (story,) = Story.objects.live(feed.now)
        assert (story.guid, story.headline) == ("urn:old", "Boats found")

    @pytest.mark.parametrize(
        "text",
        [TEXT.upper().replace("PUNE, ASHA RAO", "Pune, Asha Rao").lower(), f"{TEXT} And so on."],
        ids=["other letters", "a little more"],
    )
    def test_names_and_numbers_decide_and_not_its_every_sign(self, feed, text):
        feed.lists(entry("urn:new", text, 30))
        assert live(feed) == ({"urn:old", "urn:new"} if text.islower() else {"urn:old"})

    def test_text_that_contains_it_is_the_same(self, feed):
        feed.lists(entry("urn:new", f"{text_of(5, 60).lower()} {TEXT}", 30))
        assert live(feed) == {"urn:old"}

    @pytest.mark.usefixtures("db")
    def test_text_that_is_contained_in_it_is_the_same(self):
        feed = Feed()
        feed.lists(entry("urn:old", f"{text_of(5, 60).lower()} {TEXT}"))
        feed.lists(entry("urn:new", TEXT, 30))
        assert live(feed) == {"urn:old"}

    def test_story_of_72_hours_ago_is_the_last_that_counts(self, feed):
        feed.lists(entry("urn:new", TEXT, 30), after=timedelta(hours=72))
        assert live(feed) == {"urn:old"}

    def test_worker_that_ends_on_the_way_leaves_it_to_another(self, feed, monkeypatch):
        with monkeypatch.context() as broken:
            broken.setattr("wireroom.wire.reissues.write", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                feed.lists(entry("urn:new", TEXT, 30))
        assert live(feed) == {"urn:old", "urn:new"}
        feed.work()
        assert live(feed) == {"urn:old"}

    @pytest.mark.usefixtures("db")
    def test_story_that_waits_for_its_full_text_leaves_none_of_the_others_unlooked_at(self):
        feed = Feed(full_text=True)
        other = ("urn:other", LATER)
        feed.lists(entry("urn:old", TEXT), entry(*other))
        link = "https://wire.example/lost"
        feed.lists(entry("urn:new", TEXT, 30), entry(*other, 30, title="Boats found", link=link))
        assert live(feed) == {"urn:old", "urn:new", "urn:other"}
        feed.now += PATIENCE + MINUTE
        feed.work()
        assert live(feed) == {"urn:old", "urn:other"}
        rulings = Delivery.objects.order_by("pk").last().receipts.values_list("guid", "ruling")
        assert dict(rulings) == {"urn:new": What.NEW, "urn:other": What.UPDATE}

    @pytest.mark.usefixtures("db")
    def test_what_a_story_says_in_full_decides_and_not_its_teaser(self):
        feed = Feed(full_text=True)
        feed.lists(entry("urn:old", f"{TEXT} {LATER}"))
        link = "https://wire.example/whole"
        feed.lists(entry("urn:new", TEXT, 30, title="Boats found", link=link))
        whole = f"{TEXT} {text_of(3)} {text_of(4)} {text_of(5)}"
        FullText.objects.update(state="kept", body=f"<p>{whole}</p>", text=whole, next_at=None)
        feed.now += PATIENCE + MINUTE
        feed.work()
        assert live(feed) == {"urn:old", "urn:new"}


class TestLessThanThat:
    def told(self, feed):
        assert live(feed) == {"urn:old", "urn:new"}
        (change,) = Change.objects.filter(what="alike")
        assert change.story.guid == "urn:new"
        old = Story.objects.get(guid="urn:old")
        assert change.why.startswith(f"possible re-issue of /s/{old.pk}: ")
        assert flagged() == {"urn:new"}

    def test_guid_that_is_still_listed_is_another_story_and_flagged(self, feed):
        feed.lists(entry("urn:new", TEXT, 30), entry("urn:old", TEXT))
        self.told(feed)

    @pytest.mark.parametrize(
        ("was", "now"), [("12 of 40", "14 of 40"), ("Asha Rao", "Asha Roy")], ids=["number", "name"]
    )
    def test_other_names_or_numbers_are_another_story_and_flagged(self, feed, was, now):
        feed.lists(entry("urn:new", TEXT.replace(was, now), 30))
        self.told(feed)

    @pytest.mark.parametrize(("share", "is_told"), [(0.25, True), (0.6, False)])
    def test_six_tenths_are_flagged_and_less_is_not(self, feed, share, is_told):
        feed.lists(entry("urn:new", changed(TEXT, share), 30))
        assert live(feed) == {"urn:old", "urn:new"}
        assert (flagged() == {"urn:new"}) is is_told

    def test_newest_document_tells_what_is_still_listed(self, feed):
        feed.put(entry("urn:new", TEXT, 30))
        feed.put(entry("urn:new", TEXT, 30), entry("urn:old", TEXT))
        feed.work()
        self.told(feed)

    def test_part_of_a_list_makes_nothing_one(self, feed):
        feed.put(entry("urn:new", TEXT, 30))
        Delivery.objects.filter(done_at=None).update(partial=True)
        feed.work()
        self.told(feed)

    @pytest.mark.usefixtures("db")
    def test_two_of_one_document_are_two(self):
        feed = Feed()
        feed.lists(entry("urn:old", TEXT), entry("urn:new", TEXT, 30))
        self.told(feed)


class TestNoneOfThat:
    def test_other_agency_has_stories_of_its_own(self, feed):
        other = Feed("Gale", "https://gale.example/feed")
        other.lists(entry("urn:new", TEXT, 30))
        assert live(feed) | live(other) == {"urn:old", "urn:new"}
        assert not flagged()

    def test_story_of_before_72_hours_is_not_compared_and_its_signature_goes(self, feed):
        feed.lists(entry("urn:new", TEXT, 30), after=timedelta(hours=73))
        assert live(feed) == {"urn:old", "urn:new"}
        assert not flagged()
        assert [one.story.guid for one in Signature.objects.all()] == ["urn:new"]

    def test_other_text_is_another_story(self, feed):
        feed.lists(entry("urn:new", LATER, 30))
        assert live(feed) == {"urn:old", "urn:new"}
        assert not flagged()

    def test_killed_story_comes_back_under_no_guid(self, feed):
        from wireroom.formats.item import Item  # noqa: PLC0415 (its only use)
        from wireroom.wire.receive import receive  # noqa: PLC0415 (the same)

        kill = Item(guid="urn:old", version=2, pubstatus="canceled", version_created=NOON)
        receive([kill], provider=feed.channel.provider, now=feed.now)
        feed.lists(entry("urn:new", TEXT, 30))
        new = Story.objects.get(guid="urn:new")
        assert live(feed) == set()
        assert (new.holds, new.merged_into) == ("killed_text", None)

    def test_document_that_is_no_list_is_not_looked_at(self, feed):
        import json  # noqa: PLC0415 (its only use)

        said = {
            "uri": "urn:new",
            "type": "text",
            "versioncreated": NOON.isoformat(),
            "headline": "Boats sank",
            "body_text": TEXT,
        }
        provider = feed.channel.provider
        raw = json.dumps(said).encode()
        put_down([delivery_of(raw, provider=provider, now=NOON, channel=feed.channel)])
        feed.work()
        assert live(feed) == {"urn:old", "urn:new"}
        assert not flagged()


def test_what_came_before_is_looked_at_once(feed):
    feed.lists(entry("urn:new", TEXT, 30), entry("urn:old", TEXT))
    before = Change.objects.count(), Signature.objects.count()
    assert reissues.look(now=feed.now) == 0
    Delivery.objects.update(unlooked=True)
    assert reissues.look(now=feed.now) == 2
    assert (Change.objects.count(), Signature.objects.count()) == before
    assert Receipt.objects.count() == 3


@pytest.mark.usefixtures("db")
def test_who_waits_for_a_document_waits_for_that_too():
    feed = Feed()
    feed.now = timezone.now() - HOUR
    feed.lists(entry("urn:old", TEXT), after=MINUTE)
    feed.put(entry("urn:new", TEXT, 30))
    assert work.settle(own=[Delivery.objects.latest("pk").pk]) == 0
    assert live(feed) == {"urn:old"}


@pytest.mark.parametrize("is_planted", [False, True], ids=["as it is", "planted fault"])
def test_set_phrases_alone_make_no_text_like_another(feed, monkeypatch, is_planted):
    if is_planted:
        monkeypatch.setattr(signatures, "SHARED", 0)
    monkeypatch.setattr(signatures, "INDEXED", 100)
    phrases = "But by the boards of bays, boats came."
    texts = [" bay ".join([*wrap(text_of(seed), 20), phrases]) for seed in (7, 8)]
    feed.put(*(entry(f"urn:{place}", text, 30) for place, text in enumerate(texts)))
    pipeline.run(now=feed.now)
    numbers = [Story.objects.get(guid=f"urn:{place}").pk for place in range(2)]
    found = signatures.sign(
        dict(zip(numbers, texts, strict=True)), provider=feed.channel.provider_id, now=feed.now
    )
    assert [(one.story, one.to) for one in found] == ([(numbers[1], numbers[0])] * is_planted)


def test_planted_fault_is_found(feed, monkeypatch):
    """Signatures that are never kept find nothing."""
    Signature.objects.all().delete()
    monkeypatch.setattr(signatures, "INDEXED", 0)
    feed.lists(entry("urn:second", text_of(7), 30))
    feed.lists(entry("urn:third", text_of(7), 60))
    assert len(live(feed)) == 3

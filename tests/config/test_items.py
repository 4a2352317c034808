"""Documents read, received and found again by command."""

import json

import pytest

from wireroom.intake.inbox import put_down
from wireroom.intake.models import Delivery, DeliveryState, Kept
from wireroom.wire.models import Provider, Story

#: What ``wireroom read`` promises of each item.
FIELDS = {
    "guid",
    "version",
    "pubstatus",
    "signal",
    "headline",
    "standfirst",
    "body",
    "text",
    "language",
    "urgency",
    "dateline",
    "byline",
    "creditline",
    "ednote",
    "embargo",
    "expires",
    "first_created",
    "version_created",
    "subjects",
    "countries",
    "pictures",
    "links",
    "notes",
    "sent",
    "kind",
    "acts_on",
    "patch",
    "aliases",
    "rights",
    "slugline",
    "keywords",
    "places",
    "located",
}
#: What ``wireroom where`` promises.
TOLD = {
    "guid",
    "aliases",
    "provider",
    "standing",
    "held_because",
    "address",
    "id",
    "merged",
    "headline",
    "version",
    "deliveries",
    "versions",
    "outputs",
}


@pytest.fixture
def document(tmp_path):
    """Write a document with one item of the agency."""

    def write(name="one.json", **words):
        item = {
            "uri": "urn:afn:one",
            "type": "text",
            "version": "1",
            "versioncreated": "2024-05-02T10:00:00Z",
            "pubstatus": "usable",
            "language": "en",
            "headline": "Ferries run again",
            "body_text": "Ferries ran again on Tuesday after the storm had passed the harbour.",
        }
        path = tmp_path / name
        path.write_text(json.dumps(item | words))
        return str(path)

    return write


@pytest.fixture
def receive(command, document):
    """Receive an item of the agency by command."""

    def receive(**words):
        return command("receive", document(**words), "--provider", "AFN", "--json")

    return receive


def test_reading_says_what_is_understood_and_changes_nothing(command, document):
    said = command("read", document(), "--json")
    assert said.status == 0
    [item] = said.json
    assert set(item) >= FIELDS
    assert item["guid"] == "urn:afn:one"
    assert item["version_created"] == "2024-05-02T10:00:00+00:00"
    assert set(item["countries"]) == {"primary", "mentioned"}


def test_reading_can_say_what_would_be_added(command, document):
    [item] = command("read", document(language=""), "--enrich", "--json").json
    assert item["language"] == "en"
    assert {"field": "language", "because": "its words"} in item["made"]


@pytest.mark.parametrize("text", ["", "not a document at all"])
def test_what_cannot_be_read_is_said_in_a_sentence(command, tmp_path, text):
    path = tmp_path / "x"
    path.write_text(text)
    said = command("read", str(path), "--json")
    assert (said.status, said.out) == (1, "")
    assert "cannot be read" in said.err


def test_a_file_that_is_not_there_is_said_in_a_sentence(command):
    assert "No such file" in command("read", "/nowhere/x").err


@pytest.mark.django_db(transaction=True)
class TestReceived:
    def test_receiving_returns_when_the_story_is_there(self, receive):
        said = receive()
        assert said.status == 0
        [row] = said.json
        assert row["state"] == "done"
        assert [item["ruling"] for item in row["items"]] == ["new"]
        assert Story.objects.get().headline == "Ferries run again"

    def test_a_document_that_cannot_be_read_is_quarantined(self, command, tmp_path):
        path = tmp_path / "x.json"
        path.write_text("{")
        said = command("receive", str(path), "--provider", "AFN", "--json")
        assert said.status == 1
        assert said.json[0]["state"] == "quarantined"
        assert said.json[0]["reason"]

    def test_where_tells_a_story_by_guid_id_path_and_address(self, command, receive):
        receive()
        story = Story.objects.get()
        path = f"/s/{story.pk}/{story.slug}"
        for what in (story.guid, str(story.pk), path, f"http://127.0.0.1:8000{path}"):
            told = command("where", what, "--json").json
            assert set(told) == TOLD
            assert (told["id"], told["address"], told["standing"]) == (story.pk, path, "live")
            assert told["held_because"] == []
            assert [one["fate"] for one in told["deliveries"]] == ["current"]
            assert set(told["deliveries"][0]) == {"at", "channel", "fate", "reason"}
            assert [one["ruling"] for one in told["versions"]] == ["new"]
            assert set(told["versions"][0]) == {"number", "at", "ruling", "author"}

    def test_where_names_the_surfaces_a_story_stands_on(self, command, receive):
        receive()
        told = command("where", "urn:afn:one", "--json").json
        assert all(set(one) == {"surface", "at"} for one in told["outputs"])
        assert {"story", "home", "news", "agency", "search"} <= {
            one["surface"] for one in told["outputs"]
        }

    def test_where_tells_a_killed_story_and_that_it_stands_nowhere(self, command, receive):
        receive()
        receive(pubstatus="canceled", version="2", versioncreated="2024-05-02T11:00:00Z")
        told = command("where", "urn:afn:one", "--json").json
        assert told["standing"] == "killed"
        assert told["outputs"] == []
        assert told["address"]

    def test_where_tells_why_a_story_is_held(self, command, receive):
        receive(pubstatus="withheld")
        told = command("where", "urn:afn:one", "--json").json
        assert (told["standing"], told["held_because"]) == ("held", ["withheld"])
        assert told["address"] is None
        assert told["outputs"] == []

    def test_where_says_in_words_which_story_it_is_and_why_it_is_held(self, command, receive):
        receive(pubstatus="withheld")
        first, headline, came = command("where", "urn:afn:one").out.splitlines()
        assert first.endswith("urn:afn:one: held (the agency withholds it)")
        assert headline.strip() == "Ferries run again"
        assert came.endswith(" held")

    def test_where_says_in_words_why_something_never_became_a_story(self, command, receive):
        receive(uri="urn:afn:note", profile="advisory")
        *_, came = command("where", "urn:afn:note").out.splitlines()
        assert came.endswith(" advisory: advisory: for editors only")

    def test_where_says_in_words_why_a_document_could_not_be_read(self, command, tmp_path):
        path = tmp_path / "cut.json"
        path.write_text('{"uri": "urn:afn:cut"')
        command("receive", str(path), "--provider", "AFN")
        [row] = command("where", "urn:afn:cut", "--json").json["deliveries"]
        assert row["reason"]
        assert command("where", "urn:afn:cut").out.endswith(f" quarantined: {row['reason']}\n")

    def test_where_names_all_stories_of_one_guid(self, command, receive, document):
        receive()
        command("receive", document(), "--provider", "Other")
        told = command("where", "urn:afn:one", "--json").json
        assert {one["provider"] for one in told["matches"]} == {"afn", "other"}
        assert all(set(one) == TOLD for one in told["matches"])

    def test_where_finds_what_waits_and_what_could_not_be_read(self, command):
        provider = Provider.objects.create(slug="afn", name="AFN", tag="AFN")
        for state in (DeliveryState.QUARANTINED, DeliveryState.WAITING):
            delivery = Delivery(
                provider=provider,
                kept=Kept(raw=b'{"uri": "urn:afn:lost"'),
                sha256=state,
                received_at="2024-05-02T10:00:00Z",
                state=state,
                reason="cut short" if state == DeliveryState.QUARANTINED else "",
            )
            put_down([delivery])
        told = command("where", "urn:afn:lost", "--json").json
        assert set(told) == TOLD
        assert [one["fate"] for one in told["deliveries"]] == ["quarantined", "waiting"]
        assert told["deliveries"][0]["reason"] == "cut short"
        assert (told["id"], told["address"]) == (None, None)

    @pytest.mark.parametrize("what", ["urn:nobody", "7", "/s/7/x", "/s/99999999999999999999/x"])
    def test_where_says_that_it_does_not_know(self, command, what):
        said = command("where", what, "--json")
        assert (said.status, said.out) == (1, "")
        assert what in said.err

    def test_search_is_made_anew(self, command, receive):
        receive()
        assert command("reindex", "--json").json == {"stories": 1}

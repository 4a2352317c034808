"""Lists of channels that come from elsewhere, and the house's own to hand on."""

from pathlib import Path

import pytest

from wireroom.formats import opml
from wireroom.intake.models import Channel

SAMPLE = Path(__file__).parents[1] / "formats" / "samples" / "opml" / "two-folders.opml"

pytestmark = pytest.mark.django_db


def listing(folder, *urls):
    lines = "".join(f'<outline type="rss" text="Feed" xmlUrl="{url}"/>' for url in urls)
    return f'<opml version="2.0"><body><outline text="{folder}">{lines}</outline></body></opml>'


def test_a_list_becomes_channels_of_the_agencies_that_its_folders_name(command):
    said = command("channel", "import", str(SAMPLE), "--json")
    assert [(row["provider"], row["added"], row["refused"]) for row in said.json] == [
        ("harbour-sons", True, ""),
        ("harbour-sons", True, ""),
        ("lighthouse", True, ""),
        (None, False, "No folder says whose it is: name it with --provider."),
    ]
    assert said.status == 1
    assert "1 of 4 were not added." in said.err
    channel = Channel.objects.get(url="https://harbour.example/news?a=1&b=2")
    assert (channel.name, channel.language) == ("Harbour news", "en-nz")
    assert channel.provider.name == "Harbour & Sons"


def test_one_agency_may_be_named_for_a_whole_list(command):
    said = command("channel", "import", str(SAMPLE), "--provider", "Harbour News")
    assert said.status == 0
    assert set(Channel.objects.values_list("provider__name", flat=True)) == {"Harbour News"}
    assert Channel.objects.count() == 4


def test_a_list_taken_again_changes_nothing(command):
    command("channel", "import", str(SAMPLE), "--provider", "Harbour News")
    again = command("channel", "import", str(SAMPLE), "--provider", "Other")
    assert again.status == 0
    assert again.out.count("It was there before.") == 4
    assert set(Channel.objects.values_list("provider__name", flat=True)) == {"Harbour News"}


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc",
        "ftp://a.example/x",
        "https://me:open@a.example/feed",
        "https://",
        "http://[::1",
        "javascript:alert(1)",
    ],
)
def test_a_list_names_no_folder_of_this_machine_and_no_password(command, tmp_path, url):
    file = tmp_path / "list.opml"
    file.write_text(listing("Harbour", url, "https://a.example/good"))
    said = command("channel", "import", str(file), "--json")
    assert said.status == 1
    assert [bool(row["refused"]) for row in said.json] == [True, False]
    assert [channel.url for channel in Channel.objects.all()] == ["https://a.example/good"]
    assert "open" not in said.out + said.err


def test_what_is_no_list_is_told_in_a_sentence(command, tmp_path):
    file = tmp_path / "list.opml"
    file.write_text("<rss/>")
    said = command("channel", "import", str(file))
    assert (said.status, said.out) == (1, "")
    assert "not OPML" in said.err
    assert command("channel", "import", str(tmp_path / "none")).status == 1


def test_the_houses_own_list_is_taken_by_another_house(command, tmp_path):
    command("channel", "import", str(SAMPLE), "--provider", "Harbour & Sons")
    before = set(Channel.objects.values_list("url", "name", "language", "provider__name"))
    file = tmp_path / "list.opml"
    file.write_text(command("channel", "export").out)
    Channel.objects.all().delete()
    assert command("channel", "import", str(file)).status == 0
    assert set(Channel.objects.values_list("url", "name", "language", "provider__name")) == before


def test_nobodys_password_is_handed_on(command):
    command("channel", "add", "https://wire:sesame@a.example/feed", "--provider", "AFN")
    said = command("channel", "export")
    assert said.status == 0
    assert "sesame" not in said.out + said.err
    ((one,), _) = opml.read(said.out.encode())
    assert one.url == "https://a.example/feed"
    assert command("channel", "export", "--json").json == [
        {"provider": "AFN", "url": "https://a.example/feed", "name": ""}
    ]

"""Every command that is promised: due now, or said to come."""

import io
import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.utils import timezone

from harness.site import WIREROOM
from wireroom.desk.passwords import must_change
from wireroom.intake.models import Channel
from wireroom.wire.models import Provider

ROOT = Path(__file__).resolve().parents[2]
#: Commands that work today.
DUE = [
    "setup",
    "serve",
    "web",
    "intake",
    "worker",
    "channel add",
    "channel list",
    "channel try",
    "channel import",
    "channel export",
    "channel pause",
    "channel resume",
    "channel senders",
    "channel remove",
    "poll",
    "receive",
    "settle",
    "read",
    "where",
    "quarantine list",
    "quarantine show",
    "quarantine replay",
    "quarantine drop",
    "user add",
    "user password",
    "settings",
    "check",
    "reindex",
]
#: Commands that are promised, as they will be called.
COMING = [
    "kill 1 --why wrong --by asha",
    "hold 1 --why doubt --by asha",
    "publish 1 --by asha",
    "restore 1 --why mistake --by asha",
    "ledger",
    "drill",
    "purge --provider afn",
    "enrich --again --since 2024-05-02",
    "gold countries --train a.json --test b.json",
    "backup make file",
    "backup restore file",
    "copy --to postgres://here/x",
    "upgrade",
    "import file",
    "export file",
    "user second-factor reset asha",
]


@pytest.mark.parametrize("line", DUE)
def test_each_command_has_help_and_takes_json(command, line):
    said = command(*line.split(), "--help")
    assert said.status == 0
    assert "--json" in said.out
    assert said.err == ""


@pytest.mark.parametrize("line", COMING)
def test_each_command_to_come_says_with_what(command, line):
    said = command(*line.split(), "--json")
    assert (said.status, said.out) == (1, "")
    assert " comes with " in said.err
    assert said.err.startswith(f"wireroom {line.split()[0]}")


def test_help_names_every_command(command):
    text = command("--help").out
    assert all(line.split()[0] in text for line in [*DUE, *COMING, "manage"])


@pytest.mark.parametrize(
    "line",
    ["", "nothing", "channel", "channel add", "where", "settings --what", "poll", "user add"],
)
def test_wrong_usage_is_status_2(command, line):
    said = command(*line.split())
    assert (said.status, said.out) == (2, "")
    assert "usage: wireroom" in said.err


def test_a_second_factor_belongs_to_a_user_and_has_no_other_spelling(command):
    said = command("user", "second-factor", "reset", "asha")
    assert (said.status, said.err) == (
        1,
        "wireroom user second-factor reset comes with the desk.\n",
    )
    assert command("second-factor", "reset", "asha").status == 2


@pytest.mark.parametrize("target", ["demo", "gold", "quality", "chaos", "prove"])
def test_each_make_target_to_come_says_with_what(target):
    made = subprocess.run(
        ["make", target], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert made.returncode != 0
    assert f"make {target} comes with " in made.stderr
    assert "Error 1" in made.stderr


@pytest.mark.django_db
class TestChannels:
    URL = "https://agency.example/feed.xml"

    def test_adding_one_makes_an_unknown_provider(self, command):
        said = command("channel", "add", self.URL, "--provider", "Harbour News", "--json")
        assert said.status == 0
        channel = Channel.objects.get()
        assert said.json == {
            "channel": channel.pk,
            "provider": "harbour-news",
            "url": self.URL,
            "format": "",
        }
        provider = Provider.objects.get()
        assert (provider.publish_at_once, provider.full_page, provider.use_pictures) == (True,) * 3
        assert provider.index_policy == "syndicated-noindex"

    def test_a_known_provider_is_taken_by_name(self, command):
        for end in "ab":
            command("channel", "add", self.URL + end, "--provider", "Harbour News")
        assert Provider.objects.count() == 1

    def test_format_and_pace_can_be_set(self, command):
        words = ("--provider", "AFN", "--format", "rss", "--every", "90")
        assert command("channel", "add", self.URL, *words, "--json").json["format"] == "rss"
        assert Channel.objects.get().every == 90

    @pytest.mark.parametrize(
        ("url", "says"),
        [
            ("ftp://0x7f.1/out", "doubtful"),
            ("ftp://agency.example/a%0ab", "characters"),
            ("sftp://0x7f.1/out", "doubtful"),
            ("imaps://0x7f.1/", "doubtful"),
            ("imaps://agency.example/%ff", "not UTF-8"),
            ("feed.xml", "no address"),
            ("javascript:alert(1)", "no address"),
            ("https://", "no address"),
            ("file://elsewhere/folder", "no address"),
        ],
    )
    def test_an_address_that_will_not_do_is_refused(self, command, url, says):
        said = command("channel", "add", url, "--provider", "AFN", "--json")
        assert (said.status, said.out) == (1, "")
        assert says in said.err
        assert not Provider.objects.exists()

    def test_what_comes_by_mail_is_read_as_mail(self, command):
        url = "imaps://wire:s3cret@agency.example/wires"
        sender = ("--sender", "desk@agency.example")
        said = command("channel", "add", url, "--provider", "AFN", *sender, "--json")
        assert (said.json["url"], said.json["format"]) == (
            "imaps://***@agency.example/wires",
            "mail",
        )
        said = command("channel", "add", url + "2", "--provider", "AFN", "--format", "ninjs")
        assert said.status == 1
        assert "leave --format out" in said.err
        assert Channel.objects.get().format == "mail"

    def test_the_same_address_is_not_added_twice(self, command):
        command("channel", "add", self.URL, "--provider", "AFN")
        said = command("channel", "add", self.URL, "--provider", "AFN")
        assert said.status == 1
        assert "already" in said.err

    def test_a_pace_must_be_a_second_or_more(self, command):
        said = command("channel", "add", self.URL, "--provider", "AFN", "--every", "0")
        assert said.status == 2

    def test_it_is_listed_paused_resumed_and_removed(self, command):
        pk = command("channel", "add", self.URL, "--provider", "AFN", "--json").json["channel"]
        [row] = command("channel", "list", "--json").json
        assert (row["channel"], row["provider"], row["url"]) == (pk, "afn", self.URL)
        assert row["paused"] is False
        assert command("channel", "pause", str(pk), "--json").json == {
            "channel": pk,
            "paused": True,
        }
        assert command("channel", "list", "--json").json[0]["paused"] is True
        assert command("channel", "resume", self.URL, "--json").json["paused"] is False
        assert command("channel", "list", "--json").json[0]["paused"] is False
        assert command("channel", "remove", str(pk), "--json").json == {"channel": pk}
        assert command("channel", "list", "--json").json == []

    @pytest.mark.parametrize("act", ["pause", "resume", "remove"])
    def test_one_that_is_not_there_is_said_so(self, command, act):
        said = command("channel", act, "7", "--json")
        assert (said.status, said.out) == (1, "")
        assert "no channel 7" in said.err

    def test_a_name_of_nobody_polls_nothing(self, command):
        assert command("poll", "--once", "nobody").status == 1
        assert command("poll", "--once", "--json").json == {
            "fetched": 0,
            "unchanged": 0,
            "failed": 0,
            "channels": [],
        }


@pytest.mark.django_db
class TestPeople:
    def test_the_first_editor_is_made_once(self, command):
        first = command("setup", "--json").json
        assert first["editor"] == "editor"
        assert authenticate(username="editor", password=first["password"]).is_superuser
        again = command("setup", "--json").json
        assert (again["editor"], again["password"]) == ("editor", "")
        assert get_user_model().objects.count() == 1

    def test_the_first_editor_may_bring_name_and_password(self, command, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
        said = command("setup", "--admin", "asha", "--password-stdin")
        assert authenticate(username="asha", password="correct horse")
        assert "correct horse" not in said.out + said.err

    def test_a_password_needs_a_name(self, command):
        said = command("setup", "--password-stdin")
        assert said.status == 1
        assert "--admin" in said.err

    @pytest.mark.parametrize("role", ["contributor", "editor", "chief", "admin"])
    def test_each_role_can_be_given_and_enters_the_desk(self, command, client, role):
        command("setup")
        told = command("user", "add", "ravi", "--role", role, "--json").json
        assert set(told) == {"user", "password"}
        assert client.login(username="ravi", password=told["password"])
        assert client.get("/desk/").headers["Location"] == "/desk/account/"
        assert client.get("/desk/account/").status_code == 200
        assert get_user_model().objects.get(username="ravi").is_superuser == (role == "admin")

    def test_every_password_that_a_command_makes_must_be_changed(self, command):
        command("setup", "--json")
        command("user", "add", "ravi", "--role", "editor")
        users = get_user_model().objects
        assert all(must_change(user) for user in users.all())
        for user in users.all():
            user.set_password("correct horse of mine")
            user.save()
        assert not any(must_change(user) for user in users.all())
        command("user", "password", "ravi")
        assert must_change(users.get(username="ravi"))

    def test_a_one_time_password_says_where_it_is_changed_and_can_be(self, command, client):
        said = command("setup")
        added = command("user", "add", "ravi", "--role", "editor")
        for words in (said.out, added.out, command("user", "password", "ravi").out):
            assert "shown this once" in words
            assert "/desk/account/" in words
        client.force_login(get_user_model().objects.get(username="ravi"))
        assert 'name="password-new_password1"' in client.get("/desk/account/").text

    def test_a_name_is_given_once(self, command):
        command("user", "add", "ravi", "--role", "editor")
        assert command("user", "add", "ravi", "--role", "chief").status == 1

    def test_a_role_must_be_one_there_is(self, command):
        assert command("user", "add", "ravi", "--role", "king").status == 2

    def test_a_new_password_takes_the_old_ones_place(self, command):
        old = command("user", "add", "ravi", "--role", "editor", "--json").json["password"]
        new = command("user", "password", "ravi", "--json").json["password"]
        assert not authenticate(username="ravi", password=old)
        assert authenticate(username="ravi", password=new)

    def test_nobody_has_no_password(self, command):
        said = command("user", "password", "nobody")
        assert said.status == 1
        assert "no user nobody" in said.err


@pytest.mark.django_db
class TestHouse:
    def test_a_check_looks_at_each_part(self, command):
        command("setup")
        said = command("check", "--json")
        assert said.status == 0
        parts = {row["part"] for row in said.json}
        assert parts == {"settings", "database", "disk", "clock", "channels", "mail"}
        assert all(set(row) == {"part", "ok", "stops", "says"} for row in said.json)

    def test_a_failing_channel_is_said_and_stops_nothing(self, command):
        command("setup")
        command("channel", "add", "https://agency.example/x", "--provider", "AFN")
        Channel.objects.update(failures=3)
        said = command("check", "--json")
        assert said.status == 0
        [row] = [row for row in said.json if row["part"] == "channels"]
        assert row["ok"] is False
        assert "1 failing" in row["says"]

    def test_a_failing_channel_is_named_with_its_reason_and_what_to_do(self, command):
        command("setup")
        for host in ("one.example", "two.example"):
            command("channel", "add", f"https://ravi:secret@{host}/x", "--provider", "AFN")
        channel = Channel.objects.get(url__contains="two.example")
        Channel.objects.filter(pk=channel.pk).update(failures=3, last_status="HTTP 401")
        said = command("check")
        assert said.status == 0
        assert "warn  channels: 2, 1 failing, 0 paused" in said.out
        assert "two.example/x failed 3 times: HTTP 401." in said.out
        assert f"`wireroom channel resume {channel.pk}`" in said.out
        assert "one.example" not in said.out
        assert "secret" not in said.out
        assert "FAIL" not in said.out

    def test_a_channel_that_was_mended_is_polled_at_once(self, command):
        command("channel", "add", "https://agency.example/x", "--provider", "AFN")
        Channel.objects.update(failures=9, next_at=timezone.now() + timedelta(days=1))
        command("channel", "resume", "https://agency.example/x")
        channel = Channel.objects.get()
        assert (channel.failures, channel.next_at <= timezone.now()) == (0, True)

    def test_a_home_that_is_missing_stops_the_site(self, command, settings, tmp_path):
        settings.HOME = tmp_path / "nowhere"
        said = command("check")
        assert said.status == 1
        assert "is not there" in said.out + said.err

    @pytest.mark.parametrize("line", ["--json showmigrations wire", "showmigrations wire --json"])
    def test_djangos_own_commands_can_be_run(self, command, line):
        said = command("manage", *line.split())
        assert said.status == 0
        assert "0001_initial" in said.json["output"]

    def test_an_empty_inbox_is_settled(self, command):
        assert command("settle", "--timeout", "5", "--json").json == {"settled": True}


def test_a_house_that_was_not_set_up_is_said_so(empty_house):
    done = subprocess.run(
        [WIREROOM, "channel", "list"],
        env=empty_house,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "`wireroom setup`" in done.stderr
    assert "Traceback" not in done.stderr


def checked(house, **settings):
    """Look at a house that is not ready, as a process of its own."""
    done = subprocess.run(
        [WIREROOM, "check", "--json"],
        env=house | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return {row["part"]: row for row in json.loads(done.stdout)}, done.stderr


def test_a_check_of_an_empty_house_says_what_each_part_lacks(empty_house):
    rows, words = checked(empty_house)
    assert list(rows) == ["settings", "database", "disk", "clock", "channels", "mail"]
    assert rows["settings"]["ok"]
    assert (rows["database"]["ok"], rows["database"]["stops"]) == (False, True)
    assert "`wireroom setup`" in rows["database"]["says"]
    assert "not known" in rows["channels"]["says"]
    assert "FAIL  database: " in words


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all", "postgres://127.0.0.1:1/none"])
def test_a_check_of_a_database_that_is_away_says_so(empty_house, url):
    rows, words = checked(empty_house, DATABASE_URL=url)
    assert rows["database"]["says"].startswith("does not answer: ")
    assert "FAIL  database: does not answer" in words


def test_a_check_of_settings_that_will_not_do_says_which(empty_house):
    rows, _ = checked(empty_house, PORT="web")
    assert list(rows) == ["settings"]
    assert "PORT" in rows["settings"]["says"]

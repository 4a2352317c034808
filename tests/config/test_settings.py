"""Every setting: its default, where it came from, what it means, and what it may not be."""

import json
import stat
from pathlib import Path

import pytest

from wireroom.config import keys, spelling
from wireroom.config.environment import SETTINGS, Invalid, read, valid

#: As promised to operators; a change of one is announced.
PROMISED = {
    "WIREROOM_HOME": "./var",
    "DATABASE_URL": "",
    "WIREROOM_BIND": "127.0.0.1",
    "PORT": "8000",
    "WIREROOM_SITE": "",
    "WIREROOM_TIME_ZONE": "UTC",
    "WIREROOM_LANGUAGE": "en",
    "WIREROOM_FETCH_ALLOW": "",
    "WIREROOM_TRUSTED_PROXIES": "",
    "WIREROOM_METRICS_ALLOW": "127.0.0.0/8,::1/128",
    "WIREROOM_WORKERS": "",
    "WIREROOM_BROKER_URL": "",
    "WIREROOM_REPLICA_URL": "",
    "WIREROOM_MEDIA_URL": "",
    "WIREROOM_MAIL_URL": "",
    "WIREROOM_SECRET_KEY": "",
    "WIREROOM_LOG": "",
    "TEST_DATABASE_URL": "",
}
WRONG = [
    ("WIREROOM_HOME", "/dev/null"),
    ("WIREROOM_HOME", ""),
    ("DATABASE_URL", "mysql://here/x"),
    ("WIREROOM_BIND", "everywhere"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "web"),
    ("WIREROOM_SITE", "news.example"),
    ("WIREROOM_SITE", "ftp://news.example"),
    ("WIREROOM_SITE", "https://news.example/path"),
    ("WIREROOM_SITE", "https://me:open@news.example"),
    ("WIREROOM_TIME_ZONE", "India"),
    ("WIREROOM_LANGUAGE", "english please"),
    ("WIREROOM_FETCH_ALLOW", "127.0.0.1"),
    ("WIREROOM_FETCH_ALLOW", "http://127.0.0.1:80"),
    ("WIREROOM_TRUSTED_PROXIES", "10.0.0.0/40"),
    ("WIREROOM_METRICS_ALLOW", "here"),
    ("WIREROOM_WORKERS", "0"),
    ("WIREROOM_WORKERS", "many"),
    ("WIREROOM_SECRET_KEY", "short"),
    ("WIREROOM_LOG", "xml"),
    ("TEST_DATABASE_URL", "mysql://here/x"),
]
COMING = ["WIREROOM_BROKER_URL", "WIREROOM_REPLICA_URL", "WIREROOM_MEDIA_URL", "WIREROOM_MAIL_URL"]


def test_the_settings_are_those_that_were_promised():
    assert {setting.name: setting.default for setting in SETTINGS} == PROMISED
    assert all(setting.meaning for setting in SETTINGS)


def test_the_defaults_will_do(tmp_path):
    assert valid(read({}, tmp_path)) == PROMISED


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(tmp_path):
    (tmp_path / ".env").write_text("PORT=9000\nWIREROOM_TIME_ZONE=Asia/Kolkata\n")
    found = read({"PORT": "9001"}, tmp_path)
    assert (found["PORT"].value, found["PORT"].source) == ("9001", "environment")
    zone = found["WIREROOM_TIME_ZONE"]
    assert (zone.value, zone.source) == ("Asia/Kolkata", ".env")
    assert found["WIREROOM_LANGUAGE"].source == "default"


def test_a_dollar_sign_in_the_file_stands_for_itself(tmp_path):
    (tmp_path / ".env").write_text("DATABASE_URL=postgres://me:a${HOME}b@db/news\n")
    assert read({}, tmp_path)["DATABASE_URL"].value == "postgres://me:a${HOME}b@db/news"


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_value_that_will_not_do_is_refused_in_a_sentence(name, value):
    found = read({name: value}, Path("/nowhere"))
    with pytest.raises(Invalid, match=rf"^{name} .*\.$"):
        valid(found)


@pytest.mark.parametrize("name", COMING)
def test_an_engine_of_a_larger_installation_is_still_to_come(name):
    with pytest.raises(Invalid, match=f"^{name} comes with"):
        valid(read({name: "redis://here"}, Path("/nowhere")))


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(Invalid) as caught:
        valid(read({"PORT": "x", "WIREROOM_LOG": "y"}, Path("/nowhere")))
    assert len(str(caught.value).splitlines()) == 2


def test_lists_are_read_part_by_part():
    networks = spelling.networks("10.0.0.0/8, 2001:db8::/32,192.0.2.1")
    assert [str(network) for network in networks] == ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1/32"]
    assert spelling.places("127.0.0.1:80, [::1]:8080,") == {"127.0.0.1:80", "[::1]:8080"}


@pytest.mark.parametrize(
    ("site", "bind", "address"),
    [
        ("", "127.0.0.1", "http://127.0.0.1:9000"),
        ("", "::1", "http://[::1]:9000"),
        ("https://news.example/", "127.0.0.1", "https://news.example"),
    ],
)
def test_the_public_address_is_made_from_bind_and_port_unless_it_is_given(site, bind, address):
    assert spelling.site_of(site, bind=bind, port=9000) == address


@pytest.mark.parametrize(
    ("site", "bind", "hosts"),
    [
        ("https://news.example", "127.0.0.1", "127.0.0.1 [::1] localhost news.example"),
        ("http://[::1]:8000", "::1", "127.0.0.1 [::1] localhost"),
        ("https://news.example", "0.0.0.0", "127.0.0.1 [::1] localhost news.example"),
        ("https://news.example:8443", "192.0.2.7", "192.0.2.7 news.example"),
        ("https://news.example", "2001:db8::7", "[2001:db8::7] news.example"),
    ],
)
def test_the_hosts_allowed_are_the_sites_own_and_the_binds(site, bind, hosts):
    assert spelling.hosts(site, bind=bind) == hosts.split()


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path):
    home = tmp_path / "home"
    first = keys.kept(home)
    assert len(first) >= 50
    assert keys.kept(home) == first
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["secret-key"]


def test_settings_are_printed_with_meaning_value_and_source(command, monkeypatch):
    monkeypatch.setenv("PORT", "9000")
    said = command("settings", "--json")
    rows = {row["name"]: row for row in said.json}
    assert said.status == 0
    assert set(rows) == set(PROMISED)
    assert set(rows["PORT"]) == {"name", "value", "source", "meaning"}
    assert (rows["PORT"]["value"], rows["PORT"]["source"]) == ("9000", "environment")
    assert rows["WIREROOM_SITE"]["value"] == "http://127.0.0.1:9000"
    assert "PORT=9000  (environment)" in command("settings").out


def test_settings_show_no_secret(command, monkeypatch):
    monkeypatch.setenv("WIREROOM_SECRET_KEY", "k" * 50)
    monkeypatch.setenv("DATABASE_URL", "postgres://me:open-sesame@db/news?sslpassword=also")
    for words in (("settings",), ("settings", "--json")):
        said = command(*words)
        assert "kkk" not in said.out + said.err
        assert "open-sesame" not in said.out + said.err
        assert "also" not in said.out
        assert "postgres://me:***@db/news" in said.out


def test_settings_that_will_not_do_are_listed_and_refused(command, monkeypatch):
    monkeypatch.setenv("PORT", "web")
    said = command("settings", "--json")
    assert said.status == 1
    assert len(json.loads(said.out)) == len(SETTINGS)
    assert said.err.endswith("PORT is 'web'; write a number from 1 to 65535.\n")


def test_no_command_begins_with_settings_that_will_not_do(process):
    said = process("channel", "list", "--json", PORT="web")
    assert (said.status, said.out) == (1, "")
    assert said.err.endswith("PORT is 'web'; write a number from 1 to 65535.\n")


def test_the_file_in_the_working_folder_is_read(process, house):
    (Path(house["WIREROOM_HOME"]) / ".env").write_text("WIREROOM_LANGUAGE=hi\n")
    rows = {row["name"]: row for row in process("settings", "--json").json}
    assert rows["WIREROOM_LANGUAGE"]["value"] == "hi"
    assert rows["WIREROOM_LANGUAGE"]["source"] == ".env"


def test_https_makes_the_production_profile(process):  # W01
    asked = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS,"
        " s.DEBUG, *s.ALLOWED_HOSTS)"
    )
    line = ("manage", "shell", "--no-imports", "-c", asked)
    plain = process(*line).out.split()
    secure = process(*line, WIREROOM_SITE="https://news.example").out.split()
    assert plain[:4] == ["False", "False", "0", "False"]
    assert secure[:4] == ["True", "True", "31536000", "False"]
    assert set(secure[4:]) == {"127.0.0.1", "[::1]", "localhost", "news.example"}


def test_the_production_profile_has_nothing_that_deployment_checks_warn_of(process):  # W01
    said = process("manage", "check", "--deploy", WIREROOM_SITE="https://news.example")
    assert said.status == 0
    assert "no issues" in said.out
    assert "WARNING" not in said.out + said.err

"""What the program tells of itself: one event a line, and nothing that must stay inside."""

import json
import logging
from datetime import UTC, datetime

import pytest

from wireroom.config.logs import BARRED, Json, Text, configuration

SECRETS = ["Tr0ub4dor&3-sesame", "db-p4ssw0rd"]


def record(event="received", *, error=None, **fields):
    """An event as the program's own loggers make it."""
    made = logging.makeLogRecord(
        {"name": "wireroom.intake", "levelno": logging.INFO, "levelname": "INFO", "msg": event}
    )
    made.created = datetime(2024, 5, 2, 12, tzinfo=UTC).timestamp()
    made.exc_info = (type(error), error, error.__traceback__) if error else None
    vars(made).update(fields)
    return made


def test_a_line_for_machines_has_time_level_event_and_fields():
    line = Json(SECRETS).format(record(provider="afn", new=3, at=datetime(2024, 5, 2, tzinfo=UTC)))
    assert "\n" not in line
    assert json.loads(line) == {
        "time": "2024-05-02T12:00:00.000Z",
        "level": "info",
        "event": "received",
        "fields": {"provider": "afn", "new": 3, "at": "2024-05-02T00:00:00+00:00"},
    }


def test_a_line_for_people_has_the_same():
    line = Text().format(record(provider="afn", new=3))
    assert line == "12:00:00 info    received provider=afn new=3"


@pytest.mark.parametrize("form", [Json, Text])
@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_appears(form, secret):
    told = record(
        f"could not connect with {secret}",
        error=ValueError(f"refused: {secret}"),
        reason=f"said {secret} twice: {secret}",
        url=f"https://wire:{secret}@agency.example/feed?key=abcdef",
    )
    line = form(SECRETS).format(told)
    assert secret not in line
    assert "abcdef" not in line
    assert "agency.example/feed" in line
    assert form().format(record(reason=SECRETS[0])).count(SECRETS[0]) == 1  # so it could appear


@pytest.mark.parametrize("form", [Json, Text])
@pytest.mark.parametrize("name", ["body", "text", "headline", "ednote", "note", "raw", "password"])
def test_no_text_of_a_story_and_no_note_appears(form, name):
    assert name in BARRED
    assert "hush" not in form().format(record(**{name: "hush hush"}))


def test_an_error_is_told_with_its_place_and_first_line_only():
    def stumble():
        raise ValueError("value too long\nDETAIL: Failing row contains (An embargoed headline)")

    try:
        stumble()
    except ValueError as error:
        line = Json().format(record("part failed", error=error))
    fields = json.loads(line)["fields"]
    assert fields["error"] == "ValueError: value too long"
    assert fields["at"].endswith("stumble")
    assert "embargoed" not in line


def test_long_fields_are_cut():
    assert len(json.loads(Json().format(record(reason="x" * 9_999)))["fields"]["reason"]) == 300


def test_everything_goes_one_way():
    made = configuration("json", secrets=SECRETS)
    assert list(made["handlers"]) == ["stderr"]
    assert made["root"]["handlers"] == ["stderr"]
    assert not any(one.get("handlers") for one in made["loggers"].values())


def test_a_process_writes_lines_for_machines_when_nobody_watches(process):
    shout = "import logging; logging.getLogger('wireroom.x').info('hello', extra={'n': 1})"
    said = process("manage", "shell", "--no-imports", "-c", shout)
    line = json.loads(said.err)
    assert (line["event"], line["fields"]) == ("hello", {"n": 1})
    said = process("manage", "shell", "--no-imports", "-c", shout, WIREROOM_LOG="text")
    assert said.err.endswith("info    hello n=1\n")


def test_a_process_hides_its_own_key_and_its_databases_password(process):
    key = "a-key-that-only-this-house-has-0123456789-0123456789"
    shout = (
        "import logging; from django.conf import settings;"
        "logging.getLogger('wireroom.x').error('key is %s', settings.SECRET_KEY)"
    )
    said = process("manage", "shell", "--no-imports", "-c", shout, WIREROOM_SECRET_KEY=key)
    assert key not in said.err
    assert json.loads(said.err)["event"] == "key is ***"

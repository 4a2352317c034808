"""What the program tells of itself: one event a line on stderr.

Each line has its time, level, event and fields. What readers or strangers must not see is
in none of them: no text of a story, no note to editors, no secret.
"""

import json
import logging
import re
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

#: What Python itself puts on every record.
OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
#: Fields that hold, or may hold, what a story says, a note, or a secret.
BARRED = frozenset(
    (
        "body",
        "text",
        "headline",
        "standfirst",
        "ednote",
        "note",
        "notes",
        "slugline",
        "raw",
        "content",
        "html",
        "item",
        "story_text",
        "password",
        "secret",
        "token",
        "key",
        "cookie",
        "authorization",
        "request",
        "response",
    )
)
HIDDEN = "***"
#: The name and password in an address, and what is asked of it.
CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+@")
QUERY = re.compile(r"(?<=\?)(?<=\S\?)\S+")
#: Characters of a field.
LONGEST = 300
#: Frames of a traceback, the innermost last.
DEEPEST = 6
#: Characters of a secret that can be told from any other text.
TELLING = 4


class Lines(logging.Formatter):
    """Make one line of each event, with the given secrets hidden."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        super().__init__()
        self.secrets = sorted((one for one in secrets if len(one) >= TELLING), key=len)[::-1]

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        """Return what may be told of an event beside its name."""
        given = {
            name: self.told(value)
            for name, value in vars(record).items()
            if name not in OWN and name not in BARRED
        }
        if record.exc_info and (error := record.exc_info[1]):
            given |= {"error": self.told(f"{type(error).__name__}: {error}"), "at": at(error)}
        return given

    def told(self, value: object) -> Any:
        """Return a value as it may be told: a number as it is, anything else as short text."""
        if value is None or isinstance(value, int | float):
            return value
        text = value.isoformat() if isinstance(value, datetime) else str(value)
        return self.clean(text)[:LONGEST]

    def clean(self, text: str) -> str:
        """Take secrets out of a text, and all but its first line."""
        text = text.strip().partition("\n")[0]
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        return QUERY.sub(HIDDEN, CREDENTIALS.sub(f"{HIDDEN}@", text))


class Json(Lines):
    """For machines: each line is one JSON document."""

    def format(self, record: logging.LogRecord) -> str:
        """Write an event."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": self.told(record.getMessage()),
            "fields": self.fields(record),
        }
        return json.dumps(line, ensure_ascii=False)


class Text(Lines):
    """For people: time, level, event, then what belongs to it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write an event."""
        moment = datetime.fromtimestamp(record.created, UTC)
        fields = "".join(f" {name}={value}" for name, value in self.fields(record).items())
        event = self.told(record.getMessage())
        return f"{moment:%H:%M:%S} {record.levelname.lower():<7} {event}{fields}"


FORMS = {"json": Json, "text": Text}


def at(error: BaseException) -> str:
    """Say where an error came from: file, line and function, the innermost last."""
    frames = []
    trace = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        place = "/".join(code.co_filename.rsplit("/", 2)[-2:])
        frames.append(f"{place}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return " > ".join(frames[-DEEPEST:])


def configuration(form: str, *, secrets: Collection[str]) -> dict[str, Any]:
    """Describe logging, for ``dictConfig``: everything to stderr, in one form (text or json)."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": FORMS[form], "secrets": list(secrets)}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "wireroom": {"level": "INFO"},
            # Django hangs handlers of its own here; an address nobody has is no event.
            "django": {"handlers": [], "level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "_granian": {"handlers": [], "level": "WARNING"},
        },
    }

"""What every reading page has around it: the house, its menu, the latest news."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from jinja2 import BaseLoader, Environment, StrictUndefined

from wireroom.vocab.editions import EDITIONS
from wireroom.vocab.sectors import SECTORS
from wireroom.wire.models import Story
from wireroom.wire.prepared import Prepared

from .cards import LINE, Line, line
from .house import direction, house
from .tape import tape

#: Stories in the Latest News panel.
LATEST = 8
NEWEST = Prepared(lambda now: Story.objects.live(now).latest(LATEST + 1), *LINE)
LOOK = Path(__file__).parent / "static/publish/look.css"


def environment(*, loader: BaseLoader, auto_reload: bool, **_usual: object) -> Environment:
    """Make the templates' environment: escaping on, an unknown name an error."""
    made = Environment(
        loader=loader,
        auto_reload=auto_reload,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "sectors": SECTORS,
        "editions": EDITIONS,
        "tape": tape,
        "style": style(),
        "direction": direction,
    }
    # Made once: a fifth of what a page takes to render.
    places = made.get_template("publish/places.html").module
    made.globals |= {
        "sector_links": places.links(SECTORS, "/sector/"),  # type: ignore[attr-defined]
        "edition_links": places.links(EDITIONS, "/edition/"),  # type: ignore[attr-defined]
    }
    return made


def around(_request: HttpRequest) -> dict[str, object]:
    """Give every template the house and the time; asked of each page, and no query."""
    own = house()
    return {"house": own, "times": own.times, "now": timezone.now()}


def style() -> str:
    """Name the stylesheet by what it says, so that a new release is fetched anew."""
    digest = sha256(LOOK.read_bytes()).hexdigest()[:10]
    return f"{settings.STATIC_URL}publish/look.css?v={digest}"


def latest(now: datetime, *, without: int = 0) -> list[Line]:
    """Choose the Latest News panel's stories."""
    newest = [row for row in NEWEST.ask(now) if row[0] != without]
    return [line(row, now) for row in newest[:LATEST]]

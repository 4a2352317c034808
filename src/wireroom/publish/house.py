"""What the house decides about its site: name, menu, links, wording, zone, language.

Read from settings for now; templates know none of it by themselves.
"""

import re
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import format_decimal
from django.conf import settings

from .times import Times

#: Languages written from right to left.
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
#: The shape of a language's name (BCP 47).
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go, and what it is called."""

    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The house, as its pages need it."""

    name: str = "Wireroom"
    #: One line about the house, for search engines and feed readers.
    about: str = "News from the wires, as filed."
    #: Public address, without a slash at its end.
    site: str
    #: BCP 47.
    language: str
    zone: ZoneInfo
    #: How a moment is written under a headline; the zone's abbreviation follows.
    stamp: str = "%d-%m-%Y %H:%M"
    menu: tuple[Link, ...] = (
        Link("News", "/news"),
        Link("Politics", "/sector/politics"),
        Link("Economy", "/sector/economy-business"),
        Link("Technology", "/sector/technology"),
        Link("Health", "/sector/health"),
        Link("Science", "/sector/science-environment"),
        Link("Sports", "/sector/sports"),
    )
    links: tuple[Link, ...] = (Link("All news by time", "/news"), Link("Search", "/search"))
    products: tuple[Link, ...] = (
        Link("Atom feed", "/index.atom"),
        Link("JSON Feed", "/index.json"),
        Link("All feeds (OPML)", "/opml.xml"),
    )
    #: Where else the house can be met; RSS is always there.
    connect: tuple[Link, ...] = ()
    legal: tuple[Link, ...] = ()
    #: Stands below a story that staff have not touched.
    untouched: str = (
        "(This story has not been edited by {house} staff"
        " and is auto-generated from a syndicated feed.)"
    )
    #: Stands below a story that staff have edited.
    edited: str = "(This story was filed by {agency} and has been edited by {house} staff.)"

    @property
    def times(self) -> Times:
        """How the house writes moments."""
        return Times(self.zone, _locale(self.language), self.stamp)

    @property
    def direction(self) -> str:
        """Which way the house's language runs."""
        return direction(self.language)

    def number(self, count: int) -> str:
        """Write a number as the house's language does: ``1,000``."""
        return str(format_decimal(count, locale=_locale(self.language)))

    def address(self, path: str) -> str:
        """Make an address of the site absolute."""
        return self.site + path


def house() -> House:
    """Read the house from the settings."""
    return House(
        **{
            "name": settings.WAGTAIL_SITE_NAME,
            "site": settings.SITE,
            "language": settings.LANGUAGE_CODE,
            "zone": ZoneInfo(settings.SITE_TIME_ZONE),
            **getattr(settings, "HOUSE", {}),
        }
    )


@cache
def _locale(language: str) -> Locale:
    """Find how a language writes moments; each time it is asked of the disk."""
    return Locale.parse(language, sep="-")


def tongue(language: str, house: House) -> str:
    """Name a story's language; the house's own where the wire gave none that could be one."""
    return spoken(language) or house.language


def spoken(language: str) -> str:
    """Pass on what could be a language's name; empty where the wire gave none."""
    return language if LANGUAGE.fullmatch(language) else ""


def direction(language: str) -> str:
    """Say which way a language runs: ltr or rtl."""
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"

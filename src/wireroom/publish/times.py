"""How readers are told of moments: in the site's zone, in the house's form."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton

#: Some wires write no time as the first or the last moment there is, which no zone can hold.
FIRST, LAST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Times:
    """Moments in one zone, one language and one form."""

    zone: ZoneInfo
    locale: Locale
    #: As ``strftime`` reads it.
    form: str

    def stamp(self, moment: datetime) -> str:
        """Write a moment in full: ``23-12-2022 19:58 IST``."""
        return f"{self.local(moment):{self.form}} {self.zone_of(moment)}"

    def clock(self, moment: datetime) -> str:
        """Write the time of day: ``19:58``."""
        return f"{self.local(moment):%H:%M}"

    def day(self, moment: datetime) -> str:
        """Write the day in words: ``Friday, 23 December 2022``."""
        return _worded(self.day_of(moment), "yMMMMEEEEd", self.locale)

    def in_words(self, moment: datetime) -> str:
        """Write the date in words: ``23 December 2022``."""
        return _worded(self.day_of(moment), "yMMMMd", self.locale)

    def day_of(self, moment: datetime) -> date:
        """Say which day it is in the zone."""
        return self.local(moment).date()

    def machine(self, moment: datetime) -> str:
        """Write a moment for programs: ``2022-12-23T19:58:00+05:30``."""
        return self.local(moment).isoformat(timespec="seconds")

    def zone_of(self, moment: datetime) -> str:
        """Name the zone as people do; one without letters is counted from UTC: ``UTC+04``."""
        name = f"{self.local(moment):%Z}"
        return name if name.isalpha() else f"UTC{name}"

    def local(self, moment: datetime) -> datetime:
        """Move a moment into the zone."""
        return min(max(moment, FIRST), LAST).astimezone(self.zone)


def _worded(day: date, skeleton: str, locale: Locale) -> str:
    """Write a day by the language's own order of parts; English puts the day first."""
    if locale.language == "en":
        weekday = f"{day:%A}, " if "E" in skeleton else ""
        return f"{weekday}{day.day} {day:%B %Y}"
    return format_skeleton(skeleton, day, locale=locale)

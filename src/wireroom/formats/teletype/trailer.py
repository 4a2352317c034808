"""When a message was sent: the line after its end.

``020810 May 24`` (IPTC 7901), ``02-05-24 08-10-00``, ``HW-WS-05-02-24 0810GMT`` (ANPA).
"""

import re
from datetime import datetime, tzinfo
from typing import Final

from wireroom.formats.values.dates import MONTHS as ENGLISH
from wireroom.formats.values.dates import moment

#: First letters of months in the languages of services, without accents.
OTHERS: Final = {
    name: number
    for number, names in enumerate(
        (
            "ene gen janv jaen",
            "fev fevr",
            "mrz maer mrt mars marz",
            "abr avr avri",
            "mai mag mei maio mayo",
            "giu juin juni",
            "lug juil juli jul",
            "ago aou aout",
            "set sep sett",
            "okt oct ott out",
            "nov",
            "dez dic dec",
        ),
        1,
    )
    for name in names.split()
}
MONTHS: Final = OTHERS | ENGLISH
_FOLD: Final = str.maketrans("äàáâéèêëíîïóôöúûüç", "aaaaeeeeiiiooouuuc")
_IPTC: Final = re.compile(
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})\s*(?P<zone>[A-Z]{1,5})?\s+"
    r"(?P<name>[^\W\d_]{3,9})\.?\s+(?P<year>\d{4}|\d{2})\b"
)
_CLOCK: Final = re.compile(
    r"(?P<day>\d{2})-(?P<month>\d{2})-(?P<year>\d{2})\s+(?P<hour>\d{2})-(?P<minute>\d{2})"
    r"-(?P<second>\d{2})\b(?P<zone>)"
)
_ANPA: Final = re.compile(
    r"\b(?P<month>\d{2})-(?P<day>\d{2})-(?P<year>\d{2})\s+(?P<hour>\d{2}):?(?P<minute>\d{2})"
    r"(?P<zone>[A-Z]{1,5})?\b"
)
_FORMS: Final = (_IPTC, _CLOCK, _ANPA)


def sent(trailer: str, zone: tzinfo, notes: list[str]) -> datetime | None:
    """Give the moment that a trailer says; None when there is none that can be read."""
    for form in _FORMS:
        if found := form.search(trailer):
            return _moment(found.groupdict(), zone, notes)
    return None


def _moment(said: dict[str, str | None], zone: tzinfo, notes: list[str]) -> datetime | None:
    """Put a moment together; one in no named zone is in the channel's."""
    named = (said.get("name") or "").lower()
    plain = named.translate(_FOLD)
    month = said.get("month") or MONTHS.get(named) or MONTHS.get(plain) or MONTHS.get(plain[:3])
    if not month:
        notes.append(f"the trailer names no month that we know: {named}")
        return None
    year = str(said["year"])
    year = year if len(year) == 4 else f"20{year}"  # noqa: PLR2004 (digits)
    read = moment(
        f"{year}-{int(month):02}-{said['day']}T{said['hour']}:{said['minute']}"
        f":{said.get('second') or '00'}{said.get('zone') or ''}",
        zone,
    )
    if read.note:
        notes.append(f"trailer: {read.note}")
    return read.at

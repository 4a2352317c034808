"""Every format's items per CPU-second, beside the least that reading them can cost.

The yardstick is the bare parse of the same bytes (``lxml``, ``json``, ``email``; nothing for
teletype) and two passes of the hardened cleaner over the same bodies, in the same rounds. A
hundred stories of some 3 KB each, in as many documents as the format asks for.
"""

import email
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import policy
from functools import lru_cache
from typing import Any

from lxml import etree

from . import agency
from .rounds import Contender, rates
from .row import Row

IDS = ("FORMATS",)
ROUNDS = 5
#: How often a reader reads the hundred stories in a round, and the yardstick, which is quick.
TIMES, BARE_TIMES = 16, 60
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
ALLOWED = 2


def measure() -> list[Row]:
    """Measure all formats, each against its yardstick."""
    contenders: dict[str, Contender] = {}
    for name, one in _wires().items():
        contenders[name] = Contender(_reads(name, one.documents))
        contenders[f"{name} bare"] = Contender(_bare(one))
    found = rates(contenders, rounds=ROUNDS)
    return [
        Row(
            id=f"FORMATS {name}",
            what=f"items of {name} a CPU-second; bare parse and two passes of the cleaner",
            figure=found[name],
            yardstick=found[f"{name} bare"],
            goal=1 / ALLOWED,
        )
        for name in _wires()
    ]


@dataclass(frozen=True)
class Wire:
    """The same hundred stories in one format."""

    documents: tuple[bytes, ...]
    bodies: tuple[str, ...]
    parse: Callable[[bytes], object]


def _reads(name: str, documents: tuple[bytes, ...]) -> Callable[[int], int]:
    from wireroom.formats.document import Arrival
    from wireroom.formats.read import parse

    arrival = Arrival(received=NOW, address="https://agency.example/wire", provider="agency")

    def work(_number: int) -> int:
        read = 0
        for _ in range(TIMES):
            for raw in documents:
                items = parse(raw, name, arrival).items
                if not all(one.text for one in items):
                    raise RuntimeError(f"{name}: an item has no text")
                read += len(items)
        if read != TIMES * agency.ITEMS:
            raise RuntimeError(f"{name}: {read} items")
        return read

    return work


def _bare(wire: Wire) -> Callable[[int], int]:
    from wireroom.formats.bodies.clean import one_pass

    def work(_number: int) -> int:
        for _ in range(BARE_TIMES):
            for raw in wire.documents:
                wire.parse(raw)
            for body in wire.bodies:
                one_pass(one_pass(body, ""), "")
        return BARE_TIMES * len(wire.bodies)

    return work


@lru_cache(maxsize=1)
def _wires() -> dict[str, Wire]:
    from wireroom.formats.newsmlg2 import write as newsmlg2
    from wireroom.formats.ninjs import write as ninjs
    from wireroom.formats.nitf import write as nitf

    stories = _stories()
    bodies = tuple(one.body for one in stories)
    plain = tuple("".join(f"<p>{p}</p>" for p in one.text.split("\n\n")) for one in stories)
    xml, no_parse = etree.fromstring, len
    return {
        "rss": Wire((agency.feed(0, 0),), bodies, xml),
        "atom": Wire((_atom(stories),), bodies, xml),
        "jsonfeed": Wire((_jsonfeed(stories),), bodies, json.loads),
        "ninjs": Wire(tuple(ninjs.written(one) for one in stories), bodies, json.loads),
        "newsml-g2": Wire(tuple(newsmlg2.written(one, now=NOW) for one in stories), bodies, xml),
        "nitf": Wire(tuple(nitf.written(one) for one in stories), bodies, xml),
        "newsml1": Wire(tuple(map(_newsml1, stories)), bodies, xml),
        "ap": Wire(tuple(map(_ap, stories)), bodies, json.loads),
        "dpa": Wire(tuple(map(_dpa, stories)), bodies, json.loads),
        "iptc7901": Wire(tuple(map(_iptc7901, range(len(stories)), stories)), plain, no_parse),
        "anpa": Wire(tuple(map(_anpa, range(len(stories)), stories)), plain, no_parse),
        "mail": Wire(tuple(map(_mail, stories)), bodies, _letter),
    }


def _stories() -> list[Any]:
    """Read the stories of the made-up agency, with ids that every format can say."""
    from wireroom.formats.document import Arrival
    from wireroom.formats.read import parse

    items = parse(agency.feed(0, 0), "rss", Arrival(received=NOW)).items
    return [
        replace(
            one,
            guid=f"https://agency.example/id/{number}",
            version=1,
            numbered=True,
            language="en",
            headline=f"Harbour {number} opens",
            version_created=NOW - timedelta(minutes=number),
            first_created=NOW - timedelta(minutes=number),
            links=(),
        )
        for number, one in enumerate(items)
    ]


def _atom(stories: list[Any]) -> bytes:
    entries = "".join(
        f"<entry><id>{one.guid}</id><title>{one.headline}</title>"
        f"<updated>{one.version_created.isoformat()}</updated><author><name>A Reporter</name>"
        f'</author><link href="{one.guid}"/><summary>{one.standfirst}</summary>'
        f'<category term="Transport"/><content type="html">{_escaped(one.body)}</content></entry>'
        for one in stories
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        "<id>https://agency.example/</id><title>Agency</title>"
        f"<updated>{NOW.isoformat()}</updated>{entries}</feed>"
    ).encode()


def _jsonfeed(stories: list[Any]) -> bytes:
    items = [
        {
            "id": one.guid,
            "url": one.guid,
            "title": one.headline,
            "summary": one.standfirst,
            "content_html": one.body,
            "date_published": one.version_created.isoformat(),
            "authors": [{"name": "A Reporter"}],
            "tags": ["Transport"],
        }
        for one in stories
    ]
    top = {"version": "https://jsonfeed.org/version/1.1", "title": "Agency", "items": items}
    return json.dumps(top).encode()


def _newsml1(one: Any) -> bytes:
    at = one.version_created.strftime("%Y%m%dT%H%M%SZ")
    return (
        '<NewsML Version="1.2"><NewsEnvelope><TransmissionId>1</TransmissionId>'
        f"<DateAndTime>{at}</DateAndTime></NewsEnvelope>"
        '<NewsItem xml:lang="en"><Identification><NewsIdentifier>'
        "<ProviderId>agency.example</ProviderId><DateId>20260105</DateId>"
        f"<NewsItemId>{one.guid.rpartition('/')[2]}</NewsItemId>"
        '<RevisionId PreviousRevision="0" Update="N">1</RevisionId>'
        f"<PublicIdentifier>{one.guid}</PublicIdentifier></NewsIdentifier></Identification>"
        '<NewsManagement><NewsItemType FormalName="News"/>'
        f"<FirstCreated>{at}</FirstCreated><ThisRevisionCreated>{at}</ThisRevisionCreated>"
        '<Status FormalName="Usable"/><Urgency FormalName="4"/></NewsManagement>'
        f"<NewsComponent><NewsLines><HeadLine>{one.headline}</HeadLine>"
        "<ByLine>By A Reporter</ByLine><CreditLine>Agency</CreditLine></NewsLines>"
        '<NewsComponent Essential="yes"><Role FormalName="Main"/><ContentItem>'
        '<MediaType FormalName="Text"/><Format FormalName="XHTML"/>'
        f"<DataContent>{one.body}</DataContent></ContentItem></NewsComponent></NewsComponent>"
        "</NewsItem></NewsML>"
    ).encode()


def _ap(one: Any) -> bytes:
    at = one.version_created.strftime("%Y-%m-%dT%H:%M:%SZ")
    item = {
        "uri": one.guid,
        "type": "text",
        "version": 1,
        "altids": {"itemid": one.guid.rpartition("/")[2]},
        "language": "en",
        "urgency": 4,
        "pubstatus": "usable",
        "signals": ["newscontent"],
        "firstcreated": at,
        "versioncreated": at,
        "headline": one.headline,
        "bylines": [{"by": "By A REPORTER"}],
        "subject": [{"code": "a1", "name": "Transport", "rels": ["direct"]}],
        "body_nitf": f"<nitf><body><body.content>{one.body}</body.content></body></nitf>",
    }
    return json.dumps({"api_version": "2.2", "data": {"item": item}}).encode()


def _dpa(one: Any) -> bytes:
    return json.dumps(
        {
            "format": "digitalwires@1.0.0",
            "type": "text",
            "entry_id": one.guid,
            "updated": one.version_created.isoformat(),
            "urn": f"urn:newsml:agency.example:{one.guid.rpartition('/')[2]}",
            "version_created": one.version_created.isoformat(),
            "version": 1,
            "pubstatus": "usable",
            "language": "de",
            "urgency": 4,
            "headline": one.headline,
            "teaser": one.standfirst,
            "byline": "A Reporter",
            "article_html": f'<section class="main">{one.body}</section>',
            "categories": [{"type": "dnltype:keyword", "name": "Transport", "rank": 1}],
            "ednotes": [],
            "associations": [],
        }
    ).encode()


def _iptc7901(number: int, one: Any) -> bytes:
    lines = "\r\n".join(f"   {part}" for part in one.text.split("\n\n"))
    text = (
        f"\x01agc{number:04} 4 pl 61  ag {number:04}\r\n\r\nTransport/Harbour{number}/\r\n"
        f"\x02{one.headline}\r\nBy A Reporter, Agency =\r\n\r\n{lines}\r\n\x03051200 Jan 26"
    )
    return text.encode()


def _anpa(number: int, one: Any) -> bytes:
    lines = "\r\n".join(f"\t{part}<" for part in one.text.split("\n\n"))
    text = (
        f"\x16\x16\x01a{number:04}\x1fharbour{number}\r\nu i\x13\x11 bc-Harbour-{number}"
        f" 01-05 0061\r\n\x02^BC-Harbour-{number}<\r\n^{one.headline}<\r\n^By A REPORTER=<\r\n"
        f"{lines}\r\n\x03AG-WS-01-05-26 1200GMT<\x04"
    )
    return text.encode()


def _mail(one: Any) -> bytes:
    text = (
        f"Message-ID: <{one.guid.rpartition('/')[2]}@agency.example>\r\n"
        "Date: Mon, 05 Jan 2026 12:00:00 +0000\r\nFrom: Agency <desk@agency.example>\r\n"
        f"To: in@house.example\r\nSubject: {one.headline}\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/html; charset=utf-8\r\n\r\n{one.body}\r\n"
    )
    return text.encode()


def _letter(raw: bytes) -> object:
    return email.message_from_bytes(raw, policy=policy.default).get_content()  # type: ignore[attr-defined]


def _escaped(html: str) -> str:
    return html.replace("&", "&amp;").replace("<", "&lt;")

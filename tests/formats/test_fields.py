"""The words of items: what is seen of them, how long they are, whose they are."""

import json
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from wireroom.formats.bound import COUNTS, KEYWORD, MAXIMA, OF_A_PICTURE, OTHER, bounded
from wireroom.formats.document import Arrival
from wireroom.formats.item import Item, Link, Picture, Place, Rights, Subject
from wireroom.formats.read import parse

ARRIVAL = Arrival(
    received=datetime(2024, 5, 2, 12, tzinfo=UTC), address="https://wire.example/feed"
)
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
HIDDEN = "\0\x08\u202e\u2066\ufffe"
WORDS = "a\0b\x08c\u202ed\ufffee"


def rss(item, more=MEDIA):
    return f'<rss version="2.0" {more}><channel><title>x</title><item>{item}</item></channel></rss>'


def atom(entry, more=""):
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {more}><id>f</id><title>x</title>'
        f"<entry>{entry}</entry></feed>"
    )


def jsonfeed(**item):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]})


def read(raw):
    (item,) = parse(raw.encode(), "", ARRIVAL).items
    return item


def texts(value):
    """Give all texts in a value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for one in value for text in texts(one)]
    names = getattr(value, "__dataclass_fields__", ())
    return [text for name in names for text in texts(getattr(value, name))]


class TestUnseen:
    """P09: signs that show nothing, or turn text about, reach no reader."""

    DOCUMENTS = {
        "JSON Feed": jsonfeed(
            id=f"1{WORDS}",
            title=WORDS,
            summary=WORDS,
            content_html=f"<p>{WORDS}</p>",
            authors=[{"name": WORDS}],
            tags=[WORDS],
            image=f"https://a.example/{WORDS}.jpg",
            attachments=[{"url": "https://a.example/a.pdf", "title": WORDS}],
        ),
        "Atom": atom(
            "<id>1\u202e</id><title type='text'>a\u202eb</title><author><name>c\u2066d</name>"
            "</author><category term='e\u202ef'/><source><title>g\u202eh</title></source>"
            "<content type='text'>i\u202ej</content><rights>k\u202el</rights>"
        ),
        "RSS": rss(
            "<guid>1\u202e</guid><title>a\u202eb</title><source url='https://a.example/'>c\u202ed"
            "</source><media:content url='https://a.example/a.jpg'><media:credit>e\u202ef"
            "</media:credit></media:content><author>g\u202eh</author>"
        ),
        "a broken feed": rss(
            "<guid>1</guid><title>Fish & a&#0;b&#8;c&#xFFFE;d&#x202E;e</title>"
            "<author>f&#8;g</author>"
        ),
        "ninjs": json.dumps(
            {
                "uri": f"1{WORDS}",
                "headline": WORDS,
                "byline": WORDS,
                "keywords": [WORDS],
                "associations": {
                    WORDS: {"uri": "p", "renditions": {"main": {"href": "https://a.example/a.jpg"}}}
                },
                "place": [{"name": WORDS}],
                "body_text": WORDS,
            }
        ),
    }

    @pytest.mark.parametrize("raw", DOCUMENTS.values(), ids=DOCUMENTS)
    def test_no_field_has_any(self, raw):
        item = read(raw)
        assert not [one for one in texts(item) if set(one) & set(HIDDEN)]

    @pytest.mark.parametrize("text", ["a\u00a0b", "a\u200db\u200cc", "क्‍ष", "👩‍👩‍👧"])
    def test_what_is_seen_or_shapes_letters_stays(self, text):
        item = read(jsonfeed(id="1", title=f"x{text}", tags=[f"x{text}"]))
        assert "show nothing" not in str(item.notes)
        assert item.keywords == (f"x{' '.join(text.split())}",)


@pytest.mark.cases("A31")
class TestLengths:
    """What is without end is cut at a word, and noted."""

    LONG = "word " * 400_000

    @pytest.mark.parametrize(
        ("raw", "fields"),
        [
            (jsonfeed(id="1", title=LONG, summary=LONG, content_text="x"), "headline standfirst"),
            (jsonfeed(id="1", title="x", authors=[{"name": LONG}]), "byline"),
            (rss(f"<guid>1</guid><title>x</title><source>{LONG}</source>"), "creditline"),
            (json.dumps({"uri": "1", "headline": "x", "ednote": LONG}), "ednote"),
        ],
        ids=["headline", "byline", "creditline", "ednote"],
    )
    def test_a_field_of_two_megabytes_is_cut(self, raw, fields):
        item = read(raw)
        for field in fields.split():
            text = getattr(item, field)
            assert MAXIMA[field] - 5 <= len(text) <= MAXIMA[field]
            assert text.endswith("word…")
            assert f"{field} has" in str(item.notes)

    def test_every_text_of_an_item_has_a_longest_length(self):
        long = self.LONG
        rights = Rights(holder=long, notice=long, terms=long, territory=long)
        item = bounded(
            Item(
                **dict.fromkeys(MAXIMA, long),
                guid="1",
                version=1,
                body="<p>x</p>",
                language=long,
                for_desk=long,
                notes=(long,),
                keywords=(long,),
                subjects=(Subject(code=long, name=long, because=long),),
                places=(Place(code=long, name=long, country=long),),
                pictures=(
                    Picture(href="https://a.example/1", caption=long, role=long, rights=rights),
                    Picture(href=f"https://a.example/{long}"),
                ),
                links=(
                    Link(rel=long, href="https://a.example/1", title=long, mime=long),
                    Link(rel="related", href=f"https://a.example/{long}"),
                ),
                rights=rights,
            )
        )
        assert (len(item.pictures), len(item.links)) == (1, 1)
        most = {**MAXIMA, "body": 2 * MAXIMA["text"]}
        for one in fields(item):
            for text in texts(getattr(item, one.name)):
                assert len(text) <= most.get(one.name, OTHER), one.name

    def test_words_of_pictures_are_cut(self):
        content = "<media:content url='https://a.example/a.jpg'>"
        said = f"<media:description>{self.LONG}</media:description>"
        item = read(rss(f"<guid>1</guid><title>x</title>{content}{said}</media:content>"))
        assert len(item.pictures[0].caption) <= OF_A_PICTURE["caption"]

    def test_keywords_are_few_and_short(self):
        item = read(jsonfeed(id="1", title="x", tags=[self.LONG, *(f"k{n}" for n in range(5_000))]))
        assert len(item.keywords) == COUNTS["keywords"]
        assert max(map(len, item.keywords)) <= KEYWORD
        assert "the first 100 are kept" in str(item.notes)

    def test_a_body_stays_within_its_measure(self):
        item = read(jsonfeed(id="1", title="x", content_text=self.LONG))
        assert len(item.text) <= MAXIMA["text"]
        assert len(item.body) <= 2 * MAXIMA["text"]

    def test_what_is_of_a_usual_length_is_not_touched(self):
        item = read(jsonfeed(id="1", title="x" * 1_000, summary="y " * 2_000, content_text="z"))
        assert len(item.headline) == 1_000
        assert "cut at" not in str(item.notes)


class TestPictures:
    def test_a_picture_in_escaped_html_is_held_against_the_base_of_its_content(self):
        item = read(
            atom(
                "<id>1</id><title>x</title><content type='html' "
                "xml:base='https://pictures.example/a/'>&lt;img src='b.jpg'></content>"
            )
        )
        assert [one.href for one in item.pictures] == ["https://pictures.example/a/b.jpg"]

    PHOTO = "<media:content url='https://a.example/a.jpg' type='image/jpeg' width='900'/>"
    FILM = "<media:content url='https://a.example/a.mp4' type='video/mp4' isDefault='true'/>"
    SIGN = "<media:thumbnail url='https://a.example/small.jpg' width='120'/>"

    @pytest.mark.parametrize(
        ("group", "picture"),
        [(PHOTO + FILM + SIGN, "a.jpg"), (FILM + PHOTO, "a.jpg"), (FILM + SIGN, "small.jpg")],
        ids=["photo, film, sign", "film, photo", "film, sign"],
    )
    def test_a_film_in_a_group_does_not_hide_the_picture(self, group, picture):
        group = f"<media:group>{group}</media:group>"
        item = read(rss(f"<guid>1</guid><title>x</title>{group}"))
        assert [one.href for one in item.pictures] == [f"https://a.example/{picture}"]
        films = [one.href for one in item.links if one.rel == "enclosure"]
        assert films == ["https://a.example/a.mp4"]

    def test_a_group_as_film_sites_write_it_gives_its_thumbnail(self):
        item = read(
            atom(
                "<id>1</id><title>Ferry</title><media:group><media:title>The pier</media:title>"
                "<media:content url='https://film.example/v/1' type='application/x-shockwave-flash'"
                "/><media:thumbnail url='https://film.example/1.jpg' width='480' height='360'/>"
                "<media:description>Seen from the sea</media:description></media:group>",
                MEDIA,
            )
        )
        (picture,) = item.pictures
        assert (picture.href, picture.caption) == (
            "https://film.example/1.jpg",
            "Seen from the sea",
        )
        assert [one.href for one in item.links] == ["https://film.example/v/1"]


class TestHeadlines:
    @pytest.mark.parametrize(
        ("said", "seen"),
        [
            ("3 &amp;lt; 4 and x&amp;lt;y", "3 < 4 and x<y"),
            ("3 &lt; 4 and x&lt;y", "3 < 4 and x<y"),
            ("Ferry &lt;b&gt;back&lt;/b&gt;", "Ferry back"),
            ('Ferry &lt;a href="https://a.example', "Ferry"),
        ],
    )
    def test_a_sign_of_mathematics_is_no_tag(self, said, seen):
        assert read(rss(f"<guid>1</guid><title>{said}</title>")).headline == seen

    def test_an_item_of_rss_with_only_a_description_is_read(self):
        date = "<pubDate>Thu, 02 May 2024 08:10:00 GMT</pubDate>"
        text = "<description>The ferry is back. It sails at noon.</description>"
        item = read(rss(text + date))
        assert item.headline == "The ferry is back."
        assert item.guid.startswith("sha256:")
        assert {"no id and no link: its words and its date name it"} < set(item.notes)
        assert read(rss(text + date)).guid == item.guid
        assert read(rss(text + date.replace("02", "03"))).guid != item.guid

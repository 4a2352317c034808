"""Lists, the front page and search."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from lxml import html

from publish.conftest import BODY, FILED, keep_pictures
from wireroom.formats.item import Picture
from wireroom.publish.lists import search
from wireroom.publish.paging import SIZE
from wireroom.vocab.editions import EDITIONS
from wireroom.vocab.sectors import SECTORS
from wireroom.wire.models import Listing, Story, Version
from wireroom.wire.models import Picture as Kept
from wireroom.wire.search import CAP

MINUTE = timedelta(minutes=1)
LISTS = ("/", "/news", "/sector/transport", "/country/us", "/edition/north-america", "/agency/ani")


def headlines(answer):
    """Read the headlines of a list, in order."""
    page = html.fromstring(answer.content)
    return [" ".join(link.text_content().split()) for link in page.xpath("//main//li//h3/a")]


def many(wire, clock, count):
    """Receive stories one minute apart, the newest last."""
    for number in range(count):
        clock.set(FILED + number * MINUTE)
        wire.send(f"urn:{number}", headline=f"Story {number}")


@pytest.mark.parametrize("path", LISTS)
def test_story_is_in_each_list_it_belongs_to(client, wire, path):
    wire.send()
    assert "Resort town closes its last coal plant" in client.get(path).text


@pytest.mark.parametrize(
    "path", ["/sector/health", "/country/fr", "/edition/pacific", "/agency/other", "/search?q=x"]
)
def test_story_is_in_no_other(client, wire, path):
    wire.send()
    assert "Resort town" not in client.get(path).text


def test_country_that_is_only_mentioned_lists_the_story_too(client, wire):
    wire.send()
    assert headlines(client.get("/country/cn")) == ["Resort town closes its last coal plant"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sector/x", "/edition/x", "/country/xx", "/country/US"])
def test_list_that_is_none_is_not_found(client, path):
    for suffix in ("", ".rss", ".atom", ".json"):
        assert client.get(path + suffix).status_code == 404


@pytest.mark.django_db
def test_each_sector_and_edition_has_its_list(client):
    for path in [f"/sector/{s.slug}" for s in SECTORS] + [f"/edition/{e.slug}" for e in EDITIONS]:
        assert client.get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/news", "/sector/wash", "/search?q=nothing"])
def test_empty_list_says_so(client, path):
    page = html.fromstring(client.get(path).content)
    assert len(page.xpath("//main//*[@class='empty']")) == 1


def test_pages_meet_without_a_gap_or_a_repeat_while_stories_arrive(client, wire, clock):
    many(wire, clock, 2 * SIZE + 5)
    answer = client.get("/news")
    (older,) = html.fromstring(answer.content).xpath("//a[@rel='next']/@href")
    wire.send("urn:late", headline="Arrived meanwhile")
    seen = headlines(answer)
    while older:
        answer = client.get(older)
        seen += headlines(answer)
        older = next(iter(html.fromstring(answer.content).xpath("//a[@rel='next']/@href")), "")
    expected = [f"Story {number}" for number in reversed(range(2 * SIZE + 5))]
    assert seen == expected
    back = html.fromstring(answer.content).xpath("//a[@rel='prev']/@href")
    assert headlines(client.get(back[0]))[-1] == f"Story {5}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cut", ["x", "1", "1-", "-1-1x", "9" * 30 + "-1", "999999999999999999-1", "1-1-1", "%00"]
)
def test_cut_that_no_page_of_ours_has_written_is_not_found(client, cut):
    assert client.get(f"/news?before={cut}").status_code == 404
    assert client.get(f"/news?after={cut}").status_code == 404


def test_story_older_than_computers_can_be_paged_past(client, wire, clock):
    many(wire, clock, SIZE)
    old = FILED.replace(year=1)
    wire.send("urn:old", headline="First day", first_created=old, version_created=old)
    page = html.fromstring(client.get("/news").content)
    (older,) = page.xpath("//a[@rel='next']/@href")
    (link,) = html.fromstring(client.get(older).content).xpath("//main//h3/a/text()")
    assert link == "First day"
    assert client.get(f"{older}&x=1").status_code == 200


@pytest.mark.parametrize(
    "path", [*LISTS, "/search?q=coal", "/news.rss", "/news.atom", "/news.json"]
)
def test_number_of_queries_does_not_grow_with_the_list(
    client, wire, path, django_assert_max_num_queries
):
    def send(first, last):
        for number in range(first, last):
            picture = Picture(href=f"https://ani.example/{number}.png")
            story = wire.send(f"urn:{number}", pictures=(picture,))
            keep_pictures(story)

    send(0, 3)
    with django_assert_max_num_queries(6) as few:
        client.get(path)
    send(3, 20)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(path)


def test_refile_does_not_move_a_story_and_an_update_does(client, wire, clock):
    many(wire, clock, 2)
    clock.set(FILED + 10 * MINUTE)
    wire.send("urn:0", version=2, headline="Story 0, spelled right", signal="refile")
    assert headlines(client.get("/news"))[0] == "Story 1"
    wire.send("urn:0", version=3, headline="Story 0, with news", body="<p>News.</p>")
    answer = client.get("/news")
    assert headlines(answer)[0] == "Story 0, with news"
    assert "Updated" in answer.text


def test_corrected_story_says_so_in_lists_for_two_days(client, wire, clock):
    wire.send()
    wire.send(version=2, signal="correction", body="<p>Fourteen.</p>")
    assert ">Corrected<" in client.get("/news").text
    clock.set(FILED + timedelta(hours=48))
    assert ">Corrected<" not in client.get("/news").text


def test_list_is_parted_by_days_of_the_sites_zone(client, wire, clock):
    wire.send("urn:a")
    clock.set(FILED + timedelta(hours=5))  # half past midnight in India
    wire.send("urn:b")
    page = html.fromstring(client.get("/news").content)
    days = [" ".join(day.text_content().split()) for day in page.xpath("//h2[@class='day']")]
    assert days == ["Saturday, 24 December 2022", "Friday, 23 December 2022"]


def test_lead_is_the_most_urgent_of_the_last_day(client, wire, clock):
    wire.send("urn:flash", headline="Flash", urgency=1)
    clock.set(FILED + MINUTE)
    wire.send("urn:calm", headline="Calm")
    page = html.fromstring(client.get("/").content)
    assert page.xpath("//article[@class='lead']/h2/a/text()") == ["Flash"]
    clock.set(FILED + timedelta(hours=25))
    wire.send("urn:next", headline="Next day")
    page = html.fromstring(client.get("/").content)
    assert page.xpath("//article[@class='lead']/h2/a/text()") == ["Next day"]


class TestSearch:
    def test_words_of_headline_and_text_are_found(self, client, wire):
        wire.send("urn:a", headline="Ferry to Oro", body=BODY, text=BODY)
        wire.send("urn:b", headline="Another", text="Nothing of the kind")
        assert headlines(client.get("/search?q=ferry+mayor")) == ["Ferry to Oro"]

    def test_word_of_hindi_is_found_whole(self, client, wire):
        wire.send(headline="दिल्ली में बारिश", language="hi")
        assert headlines(client.get("/search", {"q": "दिल्ली"})) == ["दिल्ली में बारिश"]
        assert headlines(client.get("/search", {"q": "दिल"})) == []

    @pytest.mark.parametrize(
        "words",
        [
            *("%", "_", '"', '"unfinished', "a AND", "NOT", "(", "a*b", "x" * 100_000, "\0", "-"),
            *("headline:x", "NEAR(a b)", "^a", "a OR b", "'; --", "{a}", "\\", "<script>"),
            *("\u202eabc", "\ud7ff"),
        ],
        ids=repr,
    )
    def test_w14_nothing_that_is_asked_breaks_it(self, client, wire, words):
        wire.send()
        for form in ("", ".rss", ".atom", ".json"):
            answer = client.get(f"/search{form}", {"q": words})
            assert answer.status_code == 200
        assert "<script" not in client.get("/search", {"q": words}).text

    def test_question_stays_in_the_field_and_in_the_feeds(self, client, wire):
        wire.send()
        page = html.fromstring(client.get("/search", {"q": 'coal "last plant"'}).content)
        assert set(page.xpath("//input[@name='q']/@value")) == {'coal "last plant"'}
        (feed,) = page.xpath("//p[@class='feeds']/a[.='RSS']/@href")
        assert client.get(feed).status_code == 200

    @pytest.mark.django_db
    def test_without_a_question_the_form_is_shown(self, client):
        page = html.fromstring(client.get("/search?q=+").content)
        assert page.xpath("//main//form[@action='/search']")
        assert not page.xpath("//main//*[@class='empty']")


def poison_papers(story):
    Version.objects.filter(story=story).update(papers={"pictures": "none", "rights": 3})


def poison_picture(story):
    Kept.objects.filter(story=story).update(mime="image/x-unknown")


def poison_dates(story):
    first = FILED.replace(year=1, month=1, day=1, hour=0)
    Story.objects.filter(pk=story.pk).update(listed_at=first, updated_at=first, first_created=first)
    Listing.objects.filter(story=story).update(listed_at=first)


def poison_words(story):
    words = "\x0b\ufffe</script><![CDATA[ ]]> \x1b{{ 7 * 7 }} {% raise %} %s \u202e"
    Story.objects.filter(pk=story.pk).update(headline=words, standfirst=words, language="\x0b?")
    Version.objects.filter(story=story).update(headline=words, body=words, byline=words)
    Kept.objects.filter(story=story).update(caption=words, credit=words, alt=words, rights=words)


@pytest.mark.cases("A29")
@pytest.mark.parametrize("poison", [poison_papers, poison_picture, poison_dates, poison_words])
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Kolkata"])
def test_a29_story_that_cannot_be_shown_takes_no_other_with_it(
    client, wire, settings, poison, zone
):
    settings.SITE_TIME_ZONE = zone
    picture = Picture(href="https://ani.example/1.png")
    wire.send("urn:well", headline="Well and good", version_created=FILED - MINUTE)
    bad = wire.send("urn:bad", pictures=(picture,), headline="Poison of coal")
    keep_pictures(bad)
    poison(bad)
    feeds = [
        f"{path}{form}" for path in ("/index", *LISTS[1:]) for form in (".rss", ".atom", ".json")
    ]
    for path in (*LISTS, *feeds, "/search?q=good", "/search.rss?q=good"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "Well and good" in answer.text, path
    well = Story.objects.get(guid="urn:well")
    assert client.get(f"/s/{well.pk}", follow=True).status_code == 200


def test_list_says_which_language_a_foreign_headline_has(client, wire):
    wire.send("urn:ar", headline="افتتاح محطة", language="ar")
    wire.send("urn:en", headline="Station opens")
    page = html.fromstring(client.get("/news").content)
    (arabic,) = page.xpath("//main//h3/a[@lang='ar']")
    assert arabic.get("dir") == "rtl"
    assert len(page.xpath("//main//h3/a[@lang]")) == 1


@pytest.mark.parametrize(
    ("given", "told"), [("hi", "hi"), ("en", None), ("english, US", None), ("", None), ("_x", None)]
)
@pytest.mark.parametrize("path", ["/", "/news", "/search?q=coal", "/s/1"])
def test_headline_says_its_language_where_the_wire_gave_one(client, wire, given, told, path):
    gone = wire.send("urn:gone")
    wire.kill("urn:gone")
    wire.send(language=given)
    page = html.fromstring(client.get(path.replace("1", str(gone.pk))).content)
    links = page.xpath("//main//*[self::h2 or self::h3 or self::h4]/a[starts-with(@href, '/s/')]")
    assert links
    assert {link.get("lang") for link in links} == {told}


@pytest.mark.parametrize(("language", "said"), [("en", "1,000"), ("de", "1.000")])
def test_many_finds_are_counted_as_the_language_counts(client, wire, settings, language, said):
    story = wire.send()
    settings.LANGUAGE_CODE = language
    request = RequestFactory().get("/search")
    found = {"list": search("coal"), "asked": "coal", "count": CAP + 1, "cap": CAP}
    rest = {"days": [], "older": "", "newer": "", "page": None, "now": story.listed_at}
    text = render_to_string("publish/search.html", found | rest, request, using="jinja2")
    assert f"Over {said} stories" in " ".join(text.split())

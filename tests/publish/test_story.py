import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from lxml import html

from publish.conftest import FILED, keep_pictures
from wireroom.formats.item import Link, Picture, Rights
from wireroom.wire.clock import tick
from wireroom.wire.models import Provider, Version

HEADLINE = "Resort town closes its last coal plant"
HOUR = timedelta(hours=1)


def parts(answer):
    """Read a page's parts: the words of each, by name."""
    page = html.fromstring(answer.content)
    return {
        element.get("data-part"): " ".join(element.text_content().split())
        for element in page.xpath("//*[@data-part]")
    }


def test_page_has_every_part_of_a_story_in_the_order_of_reading(client, pictured):
    answer = client.get(f"/s/{pictured.pk}/{pictured.slug}")
    assert answer.status_code == 200
    found = parts(answer)
    assert " ".join(found) == (
        "menu date headline standfirst agency-line picture countries body agency-tag disclaimer"
        " foot sectors editions connect"
    )
    assert found["headline"] == HEADLINE
    assert found["standfirst"] == "The last coal plant is closed, officials said."
    assert found["agency-line"] == (
        "ANI | Updated: 23-12-2022 19:58 IST | Created: 23-12-2022 19:58 IST"
    )
    assert found["date"] == "Friday, 23 December 2022"
    assert found["picture"] == "Representative Image Image Credit: Asian News Invented"
    assert found["countries"] == "Country: United States Sector: Transport"
    assert found["agency-tag"] == "(ANI)"
    assert found["disclaimer"] == (
        "(This story has not been edited by Wireroom staff"
        " and is auto-generated from a syndicated feed.)"
    )


def test_article_says_which_story_and_version_it_is(client, wire):
    story = wire.send()
    wire.send(version=2, headline="Resort town closes its last coal plant early")
    page = html.fromstring(client.get(f"/s/{story.pk}", follow=True).content)
    (article,) = page.xpath("//article")
    assert article.get("data-story") == str(story.pk)
    assert article.get("data-version") == "2"


def test_country_and_sector_lead_to_their_lists(client, wire):
    page = html.fromstring(client.get(f"/s/{wire.send().pk}", follow=True).content)
    links = page.xpath("//*[@data-part='countries']//a/@href")
    assert links == ["/country/us", "/sector/transport"]
    assert all(client.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize("tail", ["", "<p>(ANI)</p>", "<p>(ANI)</p><p>(ANI)</p>"])
def test_agencys_tag_stands_once_however_often_it_came(client, wire, tail):
    story = wire.send(body=f"<p>They said so.</p>{tail}")
    assert parts(client.get(f"/s/{story.pk}", follow=True))["body"] == "They said so. (ANI)"


def test_updated_moves_when_the_text_does_and_created_stays(client, wire, clock):
    story = wire.send()
    clock.set(FILED + HOUR)
    wire.send(version=2, body="<p>New words.</p>", first_created=FILED)
    line = parts(client.get(f"/s/{story.pk}", follow=True))["agency-line"]
    assert line == "ANI | Updated: 23-12-2022 20:58 IST | Created: 23-12-2022 19:58 IST"


def test_updated_stays_when_the_text_does(client, wire, clock):
    story = wire.send()
    clock.set(FILED + HOUR)
    wire.send(version=2, first_created=FILED)
    line = parts(client.get(f"/s/{story.pk}", follow=True))["agency-line"]
    assert line == "ANI | Updated: 23-12-2022 19:58 IST | Created: 23-12-2022 19:58 IST"


def boxes(client, story):
    """Read what a story's page tells of its corrections: when, and what."""
    page = html.fromstring(client.get(f"/s/{story.pk}", follow=True).content)
    (box,) = page.xpath("//section[@aria-labelledby='corrected']") or [None]
    if box is None:
        return []
    heads = [" ".join(head.text_content().split()) for head in box.xpath("h2")]
    return list(zip(heads, [words.text_content() for words in box.xpath("p")], strict=True))


class TestCorrected:
    @pytest.fixture
    def story(self, wire, clock):
        """A story that was corrected an hour after it was filed."""
        wire.send(body="<p>It closed.</p><p>It had 50 workers. (ANI)</p>")
        clock.set(FILED + HOUR)
        return wire.send(
            version=2,
            signal="correction",
            first_created=FILED,
            body="<p>It closed.</p><p>It had 15 workers. (ANI)</p>",
            ednote="Corrects the number, the desk in Pune had it wrong",
        )

    #: What readers are told of it.
    TOLD = ("Corrected on 23-12-2022 20:58 IST", "In paragraph 2, “50” became “15”.")

    def test_l11_readers_are_told_when_and_what_changed_and_no_note(self, client, wire, story):
        assert boxes(client, story) == [self.TOLD]
        assert "Pune" not in client.get(f"/s/{story.pk}", follow=True).text
        assert boxes(client, wire.send("urn:b")) == []

    @pytest.mark.parametrize("signal", ["", "update", "refile"])
    def test_l11_no_later_version_moves_it_or_takes_it_away(
        self, client, wire, clock, story, signal
    ):
        clock.set(FILED + 2 * HOUR)
        wire.send(version=3, signal=signal, body="<p>New words.</p>", first_created=FILED)
        assert boxes(client, story) == [self.TOLD]
        clock.set(FILED + timedelta(days=40))
        assert boxes(client, story) == [self.TOLD]
        assert "more than 1 month old" in client.get(f"/s/{story.pk}", follow=True).text

    def test_l11_each_correction_is_told_the_newest_first(self, client, wire, clock, story):
        clock.set(FILED + 2 * HOUR)
        wire.send(
            version=3,
            signal="correction",
            headline="Spa town closes its <last> coal plant",
            first_created=FILED,
            body="<p>It closed.</p><p>It had 15 workers. (ANI)</p>",
        )
        newest, first = boxes(client, story)
        assert first == self.TOLD
        assert newest == (
            "Corrected on 23-12-2022 21:58 IST",
            f"The headline was “{HEADLINE}”; it is now “Spa town closes its <last> coal plant”.",
        )

    def test_l11_a_late_older_version_is_what_was_corrected(self, client, wire, clock):
        clock.set(FILED + HOUR)
        story = wire.send(version=2, signal="correction", body="<p>It had 15 workers.</p>")
        assert boxes(client, story) == []
        wire.send(body="<p>It had 50 workers.</p>", version_created=FILED)
        assert boxes(client, story) == [(self.TOLD[0], "In paragraph 1, “50” became “15”.")]

    def test_l11_nothing_is_made_up_when_no_earlier_version_is_kept(self, client, story):
        Version.objects.filter(story=story, number=1).delete()
        assert boxes(client, story) == [
            (self.TOLD[0], "Asian News Invented has corrected this story.")
        ]

    def test_contract_keeps_the_text_out_of_it(self, client, story):
        Provider.objects.update(full_page=False)
        assert boxes(client, story) == [
            (self.TOLD[0], "Asian News Invented has corrected this story.")
        ]

    def test_it_costs_one_query_more(self, client, story, django_assert_num_queries):
        with django_assert_num_queries(4):
            assert client.get(f"/s/{story.pk}/{story.slug}").status_code == 200


def test_disclaimer_follows_the_hand_that_wrote_the_version(client, wire):
    story = wire.send()
    editor = get_user_model().objects.create(username="ed")
    Version.objects.filter(story=story).update(author=editor)
    words = parts(client.get(f"/s/{story.pk}", follow=True))["disclaimer"]
    assert words == (
        "(This story was filed by Asian News Invented and has been edited by Wireroom staff.)"
    )


def test_rights_and_credit_travel_with_the_text(client, wire):
    rights = Rights(holder="ANI", terms="Not for resale.")
    story = wire.send(creditline="Asian News / Courier", rights=rights)
    answer = client.get(f"/s/{story.pk}", follow=True)
    assert "Asian News / Courier. © ANI. Not for resale." in answer.text


def test_notes_to_editors_and_sluglines_never_reach_the_page(client, wire):
    story = wire.send(ednote="EDS: hold for lawyers", slugline="COAL-TAKE2", notes=("odd date",))
    text = client.get(f"/s/{story.pk}", follow=True).text
    assert not re.search("lawyers|COAL-TAKE2|odd date", text)


def test_contract_keeps_the_text_off_the_page(client, wire):
    Provider.objects.update(full_page=False)
    link = Link(rel="canonical", href="https://ani.example/coal")
    story = wire.send(links=(link,))
    answer = client.get(f"/s/{story.pk}", follow=True)
    assert HEADLINE in answer.text
    assert "Harbour Courier" not in answer.text
    assert 'href="https://ani.example/coal"' in answer.text


@pytest.mark.parametrize("full_page", [True, False])
def test_story_of_a_headline_and_standfirst_has_the_agencys_tag_and_link(client, wire, full_page):
    Provider.objects.update(full_page=full_page)
    link = Link(rel="canonical", href="https://ani.example/coal")
    story = wire.send(body="", text="", links=(link,))
    bare = wire.send("urn:bare", body="<p>(ANI)</p>", text="(ANI)", standfirst="")
    answer = client.get(f"/s/{story.pk}", follow=True)
    found = parts(answer)
    assert "body" not in found
    assert list(found).index("standfirst") < list(found).index("agency-tag")
    assert found["agency-tag"] == "(ANI)"
    assert 'href="https://ani.example/coal"' in answer.text
    answer = client.get(f"/s/{bare.pk}", follow=True)
    assert parts(answer)["agency-tag"] == "(ANI)"
    assert "with the agency" not in answer.text


def test_c04_rights_of_each_picture_stand_beneath_it(client, wire):
    first = Picture(href="https://ani.example/1.png", rights=Rights(terms="One <use> only."))
    second = Picture(href="https://ani.example/2.png", rights=Rights(holder="Bo Li"))
    story = wire.send(pictures=(first, second))
    keep_pictures(story)
    page = html.fromstring(client.get(f"/s/{story.pk}", follow=True).content)
    said = [small.text_content() for small in page.xpath("//figure/figcaption/small")]
    assert said[0] == "One <use> only."
    assert "Bo Li" in said[1]


def test_contract_takes_an_agencys_pictures_from_everywhere_at_once(client, pictured, wire):
    path = f"/picture/{pictured.pictures.get().sha256}.png"
    places = [f"/s/{pictured.pk}/{pictured.slug}", "/", "/news", "/country/us"]
    places += [f"/index.{form}" for form in ("rss", "atom", "json")]
    assert all(path in client.get(place).text for place in places)
    assert client.get(path).getvalue()
    Provider.objects.update(use_pictures=False)
    assert not any("/picture/" in client.get(place).text for place in places)
    assert client.get(path).status_code == 410


@pytest.mark.parametrize(
    ("policy", "name", "rule"),
    [
        ("own", "", ""),
        ("syndicated-noindex", "robots", "noindex, follow, max-image-preview:large"),
        ("news-only-noindex", "googlebot-news", "noindex"),
    ],
)
def test_header_and_page_tell_robots_the_same(client, wire, policy, name, rule):
    Provider.objects.update(index_policy=policy)
    answer = client.get(f"/s/{wire.send().pk}", follow=True)
    said = html.fromstring(answer.content).xpath(
        "//meta[@name='robots' or @name='googlebot-news']/@content"
    )
    assert said == ([rule] if rule else [])
    header = answer.headers.get("X-Robots-Tag", "")
    assert header == (f"{name}: {rule}" if name == "googlebot-news" else rule)


def test_origin_is_canonical_where_the_contract_says_so(client, wire):
    Provider.objects.update(index_policy="origin-canonical")
    story = wire.send(links=(Link(rel="canonical", href="https://ani.example/coal"),))
    page = html.fromstring(client.get(f"/s/{story.pk}", follow=True).content)
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://ani.example/coal"]


def test_agencys_markup_in_plain_fields_stays_words(client, wire):
    story = wire.send(
        headline="<script>alert(1)</script>", standfirst="<img src=x onerror=alert(1)>"
    )
    answer = client.get(f"/s/{story.pk}", follow=True)
    assert "<script" not in answer.text
    assert "<img src=x" not in answer.text


def test_page_asks_the_database_three_times(client, pictured, django_assert_num_queries):
    path = f"/s/{pictured.pk}/{pictured.slug}"
    with django_assert_num_queries(3):
        assert client.get(path).status_code == 200


def test_reader_is_given_no_cookie(client, wire):
    answer = client.get(f"/s/{wire.send().pk}", follow=True)
    assert not answer.cookies


def test_story_says_that_it_is_old(client, wire, clock):
    story = wire.send()
    clock.set(FILED + timedelta(days=31))
    assert "more than 1 month old" in client.get(f"/s/{story.pk}", follow=True).text


class TestAddress:
    def test_wrong_slug_is_sent_on_once(self, client, wire):
        story = wire.send()
        for path in (f"/s/{story.pk}", f"/s/{story.pk}/", f"/s/{story.pk}/another"):
            answer = client.get(path)
            assert answer.status_code == 301
            assert answer["Location"] == f"/s/{story.pk}/{story.slug}"
            assert answer["Cache-Control"] == "no-cache"
        assert client.get(answer["Location"]).status_code == 200

    def test_slug_in_another_script_is_sent_on_once(self, client, wire):
        story = wire.send(headline="वेलानी में बारिश")
        answer = client.get(f"/s/{story.pk}/x")
        assert answer.status_code == 301
        assert client.get(answer["Location"]).status_code == 200

    def test_changed_headline_keeps_the_address_alive(self, client, wire):
        story = wire.send()
        old = f"/s/{story.pk}/{story.slug}"
        wire.send(version=2, headline="Coal plant closed")
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, f"/s/{story.pk}/coal-plant-closed")

    @pytest.mark.django_db
    @pytest.mark.parametrize("path", ["/s/1", "/s/0", "/s/x", "/s/99999999999999999999", "/s/1/x"])
    def test_unknown_story_is_not_found(self, client, path):
        assert client.get(path).status_code == 404

    def test_only_reading_is_answered(self, client, wire):
        assert client.post(f"/s/{wire.send().pk}").status_code == 405


def gone(client, story):
    """Ask for a story that is gone; its old words stand nowhere."""
    answers = [client.get(f"/s/{story.pk}/{slug}") for slug in ("", story.slug, "another")]
    for answer in answers:
        assert answer.status_code == 410
        assert HEADLINE not in answer.text
        assert story.slug not in answer.text
        assert "coal" not in answer.text.lower()
        assert "mayor" not in answer.text
    return answers[0]


class TestWithdrawn:
    def test_killed_story_leaves_a_notice_without_a_word_of_it(self, client, wire, clock):
        story = wire.send()
        clock.set(FILED + HOUR)
        wire.kill()
        answer = gone(client, story)
        assert "Story withdrawn" in answer.text
        assert "Withdrawn by the agency" in answer.text
        assert "Asian News Invented" in answer.text
        assert "23-12-2022 20:58 IST" in answer.text

    def test_late_version_does_not_revive_it(self, client, wire):
        story = wire.send()
        wire.kill()
        wire.send(version=3, headline="Back again")
        assert "Back again" not in gone(client, story).text

    def test_kill_before_its_story_leaves_nothing(self, client, wire):
        story = wire.kill()
        wire.send(version=1)
        assert client.get(f"/s/{story.pk}").status_code == 404

    def test_withheld_story_comes_back_at_its_address(self, client, wire):
        story = wire.send()
        wire.withhold()
        answer = gone(client, story)
        assert "held by the agency" in answer.text
        wire.send(version=3)
        assert client.get(f"/s/{story.pk}", follow=True).status_code == 200

    def test_story_withheld_before_it_was_seen_is_as_any_unknown_one(self, client, wire):
        story = wire.withhold(version=1)
        never = client.get(f"/s/{story.pk}")
        unknown = client.get("/s/123456789")
        assert (never.status_code, unknown.status_code) == (404, 404)
        assert never.content == unknown.content

    def test_embargo_lifts_to_the_second(self, client, wire, clock):
        story = wire.send(embargo=FILED + HOUR)
        clock.set(FILED + HOUR - timedelta(microseconds=1))
        assert client.get(f"/s/{story.pk}/{story.slug}").status_code == 404
        clock.set(FILED + HOUR)
        assert client.get(f"/s/{story.pk}/{story.slug}").status_code == 200

    def test_late_embargo_takes_the_story_back(self, client, wire, clock):
        story = wire.send()
        wire.send(version=2, embargo=FILED + HOUR)
        assert "held by the agency" in gone(client, story).text
        clock.set(FILED + HOUR)
        assert client.get(f"/s/{story.pk}", follow=True).status_code == 200

    def test_kill_after_an_embargo_that_no_tick_has_noted_leaves_a_notice(
        self, client, wire, clock
    ):
        story = wire.send(embargo=FILED + HOUR)
        clock.set(FILED + 2 * HOUR)
        wire.kill()
        gone(client, story)

    @pytest.mark.parametrize("ticked", [True, False])
    def test_end_that_forbids_use_takes_the_page_away(self, client, wire, clock, ticked):
        story = wire.send(expires=FILED + HOUR, expiry_removes=True)
        clock.set(FILED + HOUR)
        if ticked:
            tick(clock.moment)
        assert "Story no longer valid" in gone(client, story).text

    def test_end_that_only_lowers_interest_leaves_the_page(self, client, wire, clock):
        story = wire.send(expires=FILED + HOUR)
        clock.set(FILED + HOUR)
        assert client.get(f"/s/{story.pk}", follow=True).status_code == 200
        assert HEADLINE not in client.get("/news").text

    def test_story_held_for_the_desk_is_unknown(self, client, wire):
        Provider.objects.update(publish_at_once=False)
        story = wire.send()
        assert client.get(f"/s/{story.pk}").status_code == 404


def test_several_pictures_stand_in_their_order(client, wire):
    story = wire.send(
        pictures=(
            Picture(href="https://ani.example/1.png", caption="First"),
            Picture(href="https://ani.example/2.png", caption="Second", credit="Photo credit: Bo"),
        )
    )
    keep_pictures(story)
    page = html.fromstring(client.get(f"/s/{story.pk}", follow=True).content)
    captions = [" ".join(c.text_content().split()) for c in page.xpath("//figcaption")]
    assert captions == ["First Image Credit: Asian News Invented", "Second Image Credit: Bo"]
    for image in page.xpath("//figure/img"):
        assert (image.get("width"), image.get("height")) == ("64", "36")

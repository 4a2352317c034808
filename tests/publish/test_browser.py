"""The reference page and its neighbours, in a browser: where things stand, by all widths."""

from itertools import pairwise

import pytest

from publish.conftest import BODY, FILED, keep_pictures
from wireroom.formats.item import Countries, Picture, Subject

WIDTHS = (320, 768, 1280)
LONG = "Donaudampfschifffahrtsgesellschaftskapitän " * 3
#: The parts of a story in the order in which they are to be read and seen.
READ = (
    "date", "headline", "standfirst", "agency-line", "picture", "countries", "body",
    "agency-tag", "disclaimer", "sectors",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _loop():
    """Let the database be laid out and put back while the browser's loop runs in this thread."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def site(transactional_db, live_server, wire):
    """A site with the reference story, its neighbours, and stories hard to set."""
    picture = Picture(
        href="https://ani.example/1.png",
        caption="Representative Image",
        credit="ANI",
        representative=True,
    )
    story = wire.send(pictures=(picture,), body=f"{BODY}<p>So it ended. (ANI)</p>")
    keep_pictures(story)
    wire.send("urn:long", headline=LONG, standfirst=LONG, body=f"<p>{'W' * 300}</p>{BODY}")
    wire.send("urn:ar", headline="محطة القطار الجديدة تستقبل ركابها", language="ar")
    wire.send("urn:hi", headline="वेलानी में बाजरे का रकबा बढ़ा", language="hi")
    table = "<table><tr>" + "<td>figure</td>" * 12 + "</tr></table><pre>" + "x" * 200 + "</pre>"
    wire.send("urn:table", headline="A table", body=table)
    gone = wire.send("urn:gone", headline="Gone", subjects=(Subject(code="sector:wash"),))
    wire.kill("urn:gone")
    live_server.story, live_server.gone = story, gone
    return live_server


def path(story):
    """Say where a story stands, whatever its slug."""
    return f"/s/{story.pk}"


def box(page, part):
    """Measure a part of the page."""
    return page.locator(f"[data-part='{part}']").first.bounding_box()


def test_reference_page_has_each_part_in_its_place(site, page):
    page.goto(site.url + path(site.story))
    header = page.get_by_role("banner")
    assert header.get_by_text("Friday, 23 December 2022").is_visible()
    main = page.get_by_role("main")
    assert main.get_by_role("heading", level=1).inner_text() == site.story.headline
    line = page.locator("[data-part='agency-line']").inner_text()
    assert " ".join(line.split()) == (
        "ANI | Updated: 23-12-2022 19:58 IST | Created: 23-12-2022 19:58 IST"
    )
    figure = main.get_by_role("figure")
    assert figure.get_by_text("Representative Image").is_visible()
    assert figure.get_by_text("Image Credit: ANI").is_visible()
    country = page.locator("[data-part='countries']").get_by_role("listitem").first
    assert country.inner_text() == "Country: United States"
    assert main.get_by_text("(ANI)").count() == 1
    assert "has not been edited by Wireroom staff" in main.inner_text()
    latest = page.get_by_role("complementary", name="Latest News")
    assert latest.get_by_role("listitem").count() >= 4
    foot = page.get_by_role("contentinfo")
    assert foot.locator("[data-part='sectors']").get_by_role("link").count() == 15
    assert foot.locator("[data-part='editions']").get_by_role("link").count() == 12


@pytest.mark.parametrize("width", WIDTHS)
def test_parts_follow_each_other_down_the_page(site, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.url + path(site.story))
    tops = {part: box(page, part)["y"] for part in READ}
    if width == 1280:  # in the gutter, beside the text
        assert abs(tops.pop("countries") - tops["body"]) < 24
        assert box(page, "countries")["x"] < box(page, "body")["x"]
    assert list(tops.values()) == sorted(tops.values())
    menu, latest, picture = box(page, "menu"), box(page, "latest"), box(page, "picture")
    assert menu["x"] < 40
    if width == 1280:
        assert latest["x"] >= picture["x"] + picture["width"]
        assert latest["y"] < picture["y"]
    else:
        assert latest["y"] > box(page, "disclaimer")["y"]


@pytest.mark.parametrize("width", WIDTHS)
def test_g7_no_page_scrolls_sideways(site, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    paths = ["/", "/news", "/country/us", "/edition/global", "/search", "/search?q=coal"]
    paths += ["/search?q=nothing", "/nowhere", path(site.gone), "/sector/health"]
    paths += [path(story) for story in site.story.__class__.objects.exclude(pk=site.gone.pk)]
    for one in paths:
        page.goto(site.url + one)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, one


@pytest.mark.parametrize("width", WIDTHS)
def test_g8_headings_of_sectors_are_large_enough_to_hit(site, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.url)
    links = page.get_by_role("main").locator(".block .label a").all()
    assert links
    assert min(link.bounding_box()["height"] for link in links) >= 24


def test_g9_every_task_works_without_scripts(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Transport").click()
    page.get_by_role("heading", name="Transport", level=1).wait_for()
    page.get_by_label("Search the news").fill('"last coal plant"')
    page.get_by_role("button", name="Search").first.click()
    page.get_by_text("stories with").wait_for()
    page.get_by_role("main").get_by_role("link", name=site.story.headline).click()
    assert page.get_by_role("heading", level=1).inner_text() == site.story.headline
    context.close()


def test_g8_keyboard_reaches_the_story_in_two_stops(site, page):
    page.goto(site.url + path(site.story))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to story")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("one", ["/", "/news", "/search?q=coal", "/nowhere"])
def test_g8_headings_and_landmarks_are_in_order(site, page, one):
    page.goto(site.url + one)
    levels = page.evaluate(
        "[...document.querySelectorAll('main :is(h1,h2,h3,h4)')].map(h => +h.tagName[1])"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1


CONTRAST = """
() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const paper = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (rgb(colour)[3] === 255) return colour;
    }
    return getComputedStyle(document.documentElement).backgroundColor;
  };
  const low = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !element.checkVisibility({visibilityProperty: true})) continue;
    const [a, b] = [getComputedStyle(element).color, paper(element)].map(c => light(rgb(c)));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5 && !element.closest('[aria-hidden], .vh, i'))
      low.push(element.textContent.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
  }
  return low;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_g13_words_stand_out_by_day_and_by_night(site, page, scheme):
    page.emulate_media(color_scheme=scheme)
    grounds = set()
    for one in ("/", "/news", "/search?q=nothing", path(site.story), path(site.gone), "/nowhere"):
        page.goto(site.url + one)
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert page.evaluate(CONTRAST) == [], one
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert dark == (scheme == "dark")
    assert len(grounds) == 1


def test_g10_story_of_another_script_runs_its_own_way(site, page):
    page.goto(f"{site.url}/search?q=القطار")
    page.get_by_role("main").get_by_role("link", name="محطة القطار").click()
    article = page.get_by_role("article")
    assert (article.get_attribute("lang"), article.get_attribute("dir")) == ("ar", "rtl")
    ways = article.evaluate(
        "a => [getComputedStyle(a).direction,"
        " getComputedStyle(a.querySelector('[data-part=agency-line]')).direction]"
    )
    assert ways == ["rtl", "ltr"]


def test_withdrawn_story_is_told_in_a_heading(site, page):
    answer = page.goto(site.url + path(site.gone))
    assert answer.status == 410
    assert page.get_by_role("heading", level=1).inner_text() == "Story withdrawn"
    assert page.get_by_role("complementary", name="Latest News").is_visible()
    assert "Gone" not in page.content()


def test_reader_fetches_page_style_icon_and_picture_and_nothing_else(site, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site.url)))
    page.goto(f"{site.url}{path(site.story)}/{site.story.slug}", wait_until="networkidle")
    kinds = sorted({url.split("/")[1].split("?")[0] for url in asked})
    assert kinds in (["mark.svg", "picture", "s", "static"], ["picture", "s", "static"])
    assert page.context.cookies() == []


def test_countries_without_a_country_are_left_out(site, page, wire):
    story = wire.send("urn:nowhere", countries=Countries(), subjects=())
    page.goto(site.url + path(story))
    assert page.locator("[data-part='countries']").count() == 0
    assert story.first_created == FILED

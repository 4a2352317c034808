"""The sentence under the headline."""

import pytest

from wireroom.enrich.standfirst import may_stand, with_standfirst

STORY = """OSLO, May 3 (XYZ) - Apple growers in the valley lost half of their blossom to frost on Monday.

"We lit fires all night," said Kari Berg, who grows apples near the lake.

She had covered the youngest trees with straw the evening before.

The valley grows a third of the country's apples, and its growers expect the smallest crop of apples in twenty years. (XYZ)"""  # noqa: E501 (a story as it comes)


def test_the_agencys_own_standfirst_stays(item):
    story = item(text=STORY, standfirst="Frost in the valley.")
    assert with_standfirst(story) is story


def test_it_is_one_sentence_of_the_story_whole_and_unchanged(item):
    story = with_standfirst(item(headline="Apple growers lose blossom to frost", text=STORY))
    assert story.standfirst == (
        "Apple growers in the valley lost half of their blossom to frost on Monday."
    )
    assert story.standfirst in STORY
    assert [(made.field, made.because) for made in story.made] == [
        ("standfirst", "sentence 1 of the story")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        '"We lit fires all night in the orchard," said the grower of apples.',
        "“We lit fires all night in the orchard,” said the grower of apples.",
        "«Nous avons allumé des feux toute la nuit», a dit le paysan.",
        "'We lit fires all night in the orchard,' said the grower.",  # RUF001
        "She lit fires all night in the orchard above the lake.",
        "He's lit fires all night in the orchard above the lake.",
        "They lit fires all night in the orchard above the lake.",
        "This was the coldest night in the orchard for years.",
        "But the coldest night in the orchard was still to come.",
        "However, the coldest night in the orchard was still to come.",
        "Elle a allumé des feux toute la nuit dans le verger.",
        "उन्होंने कहा कि बाग में पूरी रात आग जलाई गई और फसल बच गई।",
        "وقال إن النار أشعلت طوال الليل في البستان فوق البحيرة.",
        "OSLO, May 3 (XYZ) - Apple growers lost half of their blossom.",
        "WASHINGTON (AP) — Apple growers lost half of their blossom.",
        "(XYZ) Apple growers in the valley lost half of their blossom.",
        "- Apple growers in the valley lost half of their blossom.",
        "By Ann Lake and Ole Berg of the Example Press bureau in Oslo.",
        "Reporting by Ann Lake; editing by Ole Berg in the Oslo bureau.",
        "Read also: apple growers in the valley lost half of their blossom.",
        "and lost half of their blossom in the valley to a late frost.",
        "Apple growers in the valley lost half of their",
        "Frost came.",
        f"Apple growers lost {'a great deal, ' * 30}and more.",
    ],
)
def test_a_sentence_that_cannot_stand_alone_is_never_chosen(item, sentence):
    assert not may_stand(sentence)
    assert with_standfirst(item(headline="Frost", text=f"Short.\n\n{sentence}")).standfirst == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Apple growers in the valley lost half of their blossom.",
        "On Tuesday apple growers lost half of their blossom.",
        "किसानों ने सोमवार को घाटी में पाले से आधी फसल खो दी।",
        "فقد مزارعو التفاح في الوادي نصف الأزهار بسبب الصقيع.",
        "苹果种植者周一表示,山谷里的霜冻使他们失去了一半的花。",
        "Growers said the year was “the worst of their lives.”",
    ],
)
def test_a_whole_sentence_in_any_script_may_stand(sentence):
    assert may_stand(sentence)


def test_a_title_before_a_name_does_not_end_the_sentence(item):
    text = "The growers asked Dr. Ann Lake of the U.S. orchard service for help with the frost."
    assert with_standfirst(item(text=text, language="en")).standfirst == text


def test_the_headline_is_not_said_twice(item):
    headline = "Apple growers in the valley lost half of their blossom"
    story = with_standfirst(item(headline=headline, text=f"{headline}."))
    assert story.standfirst == ""


def test_a_story_that_opens_with_a_quote_gets_a_later_sentence(item):
    text = (
        '"We lit fires all night in the whole orchard," said a grower.\n\n'
        "Frost took half of the blossom in the valley on Monday night."
    )
    story = with_standfirst(item(headline="Frost takes blossom", text=text, language="en"))
    assert story.standfirst == "Frost took half of the blossom in the valley on Monday night."
    assert story.made[-1].because == "sentence 2 of the story"


def test_a_hindi_story_is_cut_at_its_own_full_stops(item):
    text = "घाटी के किसानों ने सोमवार को पाले से आधी फसल खो दी। वे अब सरकार से मदद चाहते हैं।"
    story = with_standfirst(item(headline="पाले से फसल बर्बाद", text=text, language="hi"))
    assert story.standfirst == "घाटी के किसानों ने सोमवार को पाले से आधी फसल खो दी।"


def test_an_item_without_text_gets_none(item):
    story = item(headline="Frost")
    assert with_standfirst(story) is story

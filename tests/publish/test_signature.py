import pytest

from wireroom.publish.signature import unsigned


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<p>They said so. (ANI)</p>", "<p>They said so.</p>"),
        ("<p>They said so.(ANI)</p>", "<p>They said so.</p>"),
        ("<p>They said so.</p><p>(ANI)</p>", "<p>They said so.</p>"),
        ("<p>They said so.</p>\n<p> (ANI) </p>\n", "<p>They said so.</p>"),
        ("<p>They said so. (ANI) (ANI)</p>", "<p>They said so.</p>"),
        ("<p>They said so. (ANI)</p><p>(ANI)</p>", "<p>They said so.</p>"),
        ("<p>They said so. <strong>(ANI)</strong></p>", "<p>They said so.</p>"),
        ("<p>They said so.<br>(ani).</p>", "<p>They said so.</p>"),
        ("They said so. [ANI]", "They said so."),
        ("<p>They said so.&nbsp;( ANI )</p>", "<p>They said so.</p>"),
        ("<p>The (ANI) tag stays inside.</p>", "<p>The (ANI) tag stays inside.</p>"),
        ("<p>They said so. (PTI)</p>", "<p>They said so. (PTI)</p>"),
        ("<p>They said so. (XANI)</p>", "<p>They said so. (XANI)</p>"),
        ("", ""),
    ],
)
def test_tag_is_taken_off_the_end_however_it_stands_there(body, left):
    assert unsigned(body, "ANI") == left


def test_tag_of_several_words_and_signs_is_found():
    assert unsigned("<p>So. (Smith &amp;  Sons)</p>", "Smith & Sons") == "<p>So.</p>"


def test_text_without_a_tag_to_look_for_stays_whole():
    assert unsigned("<p>So. ()</p>", " ") == "<p>So. ()</p>"


def test_many_open_brackets_cost_no_time():
    body = "<p>" + "( " * 20_000 + "</p>"
    assert unsigned(body, "ANI") == body

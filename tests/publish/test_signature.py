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
        ("<p>They said so. (ANI)</p><p>&nbsp;</p>", "<p>They said so.</p>"),
        ("<p>They said so. (ANI)</p><p></p>", "<p>They said so.</p>"),
        ("<p>They said so. (ANI)</p><p>\u00a0</p>\n", "<p>They said so.</p>"),
        ("<p>They said so. (ANI)</p><br><br><div></div>", "<p>They said so.</p>"),
        ("<p>They said so. (ANI)</p><table></table>", "<p>They said so.</p>"),
        (
            "<p>They said so. (ANI)</p><table><tbody><tr><td> </td></tr></tbody></table>",
            "<p>They said so.</p>",
        ),
        ("<p>They said so. (ANI)</p>" + "<p>&nbsp;</p>" * 200, "<p>They said so.</p>"),
        ("<p>They said so.</p><div><p>(ANI)</p><p><br></p></div>", "<p>They said so.</p>"),
        ("<p>They said so. (<b>ANI</b>)</p>", "<p>They said so.</p>"),
        ("<p>They said so. <em>(ani)</em>.</p>", "<p>They said so.</p>"),
        ("<p>They said so. <b>(ANI</b>)</p>", "<p>They said so.</p>"),
        ("<p>They said so. <b>Ends (ANI)</b></p>", "<p>They said so. <b>Ends</b></p>"),
        ("<p>They said so. <strong>(ANI).</strong></p><p></p>", "<p>They said so.</p>"),
        ("<p>They said so. (ANI and AP)</p>", "<p>They said so. (ANI and AP)</p>"),
        ("<p>They said so.</p><p>&nbsp;</p>", "<p>They said so.</p><p>&nbsp;</p>"),
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


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + "( " * 20_000 + "</p>",
        "<p>(" + "<b></b> " * 20_000 + "</p>",
        "<p>(ANI" + " " * 200_000 + "</p>",
        "<p></p>" * 20_000 + "x",
    ],
)
def test_text_made_to_be_hard_to_look_through_stays_whole(body):
    assert unsigned(body, "ANI") == body

"""Cases are accounted for: what failed, what was not run and what has no test is told."""

import pytest

from harness.cases import PROMISED, Account, each, promised

PAGE = """
| case | what holds |
|---|---|
| A01 | The first holds. |
| A02 | The second holds. |
"""


class Report:
    """What pytest tells of one step of a test."""

    def __init__(self, outcome, *cases, nodeid="a", when="call", saw=None):
        self.nodeid, self.when, self.outcome = nodeid, when, outcome
        self.user_properties = [("case", case) for case in cases]
        self.user_properties += [("saw", saw)] if saw else []
        self.failed, self.skipped = outcome == "failed", outcome == "skipped"
        self.longrepr = ("file", 1, "Skipped: absent: the moon")


def accounted(*reports, **words):
    """Account for reports of the two cases of the page."""
    account = Account(promised(PAGE), **words)
    for report in reports:
        account.pytest_runtest_logreport(report)
    return account


def test_the_page_promises_each_case_once_and_in_order():
    rows = [line[2:5] for line in PROMISED.read_text().splitlines() if line[5:7] == " |"]
    assert rows == list(promised(PROMISED.read_text()))
    for letter in "AFP":
        of_kind = [case for case in rows if case.startswith(letter)]
        assert of_kind == sorted(of_kind)


def test_what_held_is_told_with_what_was_seen():
    account = accounted(
        Report("passed", "A01", "A02", nodeid="a", when="setup"),
        Report("passed", "A01", "A02", nodeid="a", saw="0 connections"),
        Report("passed", "A01", nodeid="b"),
    )
    assert not account.fails
    assert list(account.lines()) == [
        "A01 held by 2 tests: The first holds. (0 connections)",
        "A02 held by 1 test: The second holds. (0 connections)",
        "2 cases, 2 held",
    ]
    assert list(accounted(Report("passed", "A01", "A02"), briefly=True).lines()) == [
        "2 cases, 2 held"
    ]


@pytest.mark.parametrize(
    ("reports", "told"),
    [
        ([], "A01 NO TEST: The first holds."),
        ([Report("passed", "A01", when="setup")], "A01 NO TEST: The first holds."),
        ([Report("failed", "A01"), Report("passed", "A01", nodeid="b")], "A01 FAILED: The first"),
        ([Report("failed", "A01", when="setup")], "A01 FAILED: The first holds."),
        ([Report("passed", "A01"), Report("failed", "A01", when="teardown")], "A01 FAILED: The"),
        ([Report("passed", "A01"), Report("passed", "A77")], "A77 promised nowhere"),
    ],
)
def test_a_case_that_is_not_proven_fails_the_run(reports, told):
    account = accounted(*reports, Report("passed", "A02"))
    assert account.fails
    assert any(line.startswith(told) for line in account.lines())


def test_a_case_that_cannot_be_run_here_is_named_and_not_counted():
    account = accounted(Report("skipped", "A01", when="setup"), Report("passed", "A02"))
    assert not account.fails
    first, _, last = account.lines()
    assert first == "A01 NOT RUN HERE, absent: the moon: The first holds."
    assert last == "2 cases, 1 held"


def test_scenes_are_marked_by_their_names():
    first, second, third = each({"P01 one": 1, "P02 A03 both": 2, "none": 3})
    assert [mark.args for mark in (*first.marks, *second.marks)] == [("P01",), ("P02", "A03")]
    assert (first.id, first.values) == ("P01 one", (1,))
    assert not third.marks

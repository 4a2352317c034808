"""The cases of docs/cases.md, accounted for: which tests prove each, and what they saw.

A test names its cases by ``@pytest.mark.cases("F74", "A09")``, the scenes of one test by
``each``. What a test measured it says by ``record_property("saw", …)``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from harness.absent import MARK

PROMISED = Path(__file__).resolve().parents[2] / "docs" / "cases.md"
ROW = re.compile(r"^\| ([A-Z]\d\d) \| (.+?) \|$", re.MULTILINE)
ID = re.compile(r"\b[A-Z]\d\d\b")
#: Things seen that are told of a case.
MOST_SEEN = 4
OPTION = "--account-for-cases"


def promised(page: str) -> dict[str, str]:
    """Read the ids of cases and what holds for each, in the page's order."""
    return dict(ROW.findall(page))


def each(scenes: Mapping[str, object]) -> list:
    """Make scenes a test's parameters, each marked with the cases that its name has."""
    return [
        pytest.param(scene, id=name, marks=[pytest.mark.cases(*ids)] if ids else [])
        for name, scene in scenes.items()
        for ids in [ID.findall(name)]
    ]


def of(item: pytest.Item) -> list[str]:
    """Name the cases that a test proves."""
    return [case for mark in item.iter_markers("cases") for case in mark.args]


class Account:
    """What became of each case: kept while tests report, and told at the end."""

    def __init__(self, cases: Mapping[str, str], *, briefly: bool = False) -> None:
        self._cases = cases
        #: Tell of those alone that were not proven.
        self._briefly = briefly
        self._outcomes: dict[str, dict[str, str]] = defaultdict(dict)
        self._saw: dict[str, dict[str, None]] = defaultdict(dict)
        self._absent: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take down what one step of a test says of its cases."""
        for case in (value for name, value in report.user_properties if name == "case"):
            outcomes = self._outcomes[case]
            if report.failed or (report.when == "call" or report.skipped):
                outcomes[f"{report.nodeid} {report.when}"] = report.outcome
            if report.skipped:
                self._absent[case] = str(report.longrepr[2]).partition(MARK)[2] or "skipped"
            if report.when == "call":
                for name, value in report.user_properties:
                    if name == "saw":
                        self._saw[case][str(value)] = None

    def wrong(self) -> dict[str, str]:
        """Say of each case that was not proven why; and of ids that no page promises."""
        found = {case: self._wrong(case) for case in self._cases}
        found |= {case: "promised nowhere" for case in self._outcomes if case not in self._cases}
        return {case: why for case, why in found.items() if why}

    def _wrong(self, case: str) -> str:
        outcomes = set(self._outcomes[case].values())
        if not outcomes:
            return "NO TEST"
        if "failed" in outcomes:
            return "FAILED"
        return f"NOT RUN HERE, absent: {self._absent[case]}" if "passed" not in outcomes else ""

    def lines(self) -> Iterable[str]:
        """Tell each case in order: its id, what became of it, what holds, what was seen."""
        wrong = self.wrong()
        for case in dict.fromkeys([*self._cases, *wrong]):
            sentence = self._cases.get(case, "")
            tests = len({name.rpartition(" ")[0] for name in self._outcomes[case]})
            became = wrong.get(case) or f"held by {tests} test{'s' * (tests != 1)}"
            saw = "; ".join([*self._saw[case]][:MOST_SEEN])
            saw += "; …" * (len(self._saw[case]) > MOST_SEEN)
            if case in wrong or not self._briefly:
                yield f"{case} {became}: {sentence}{f' ({saw})' if saw else ''}".rstrip(": ")
        yield f"{len(self._cases)} cases, {len(self._cases.keys() - wrong.keys())} held"

    @property
    def fails(self) -> bool:
        """Say whether the run fails: what is only absent here does not, and is told."""
        return any(not why.startswith("NOT RUN") for why in self.wrong().values())

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run in which a promise has no test."""
        if self.fails and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell all."""
        terminalreporter.section("cases")
        for line in self.lines():
            terminalreporter.write_line(line)

"""Every case of fetching that is promised has a test that names it."""

import ast
from itertools import chain
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
#: Addresses, spellings, ways through redirects and names, and how channels are polled.
FETCHING = [f"F{n:02}" for n in chain(range(1, 40), range(49, 70), range(74, 84), range(92, 99))]


@pytest.fixture(scope="module")
def tests():
    """All tests of what goes out and what comes in, without comments and words about files."""
    files = chain(TESTS.glob("outbound/*.py"), TESTS.glob("intake/*.py"))
    return "\n".join(code(file) for file in files).upper()


def code(file):
    tree = ast.parse(file.read_text())
    if ast.get_docstring(tree) is not None:
        tree.body = tree.body[1:]
    return ast.unparse(tree)


@pytest.mark.parametrize("case", FETCHING)
def test_each_case_of_fetching_is_named_by_a_test(case, tests):
    assert case in tests

"""What is written is so: the docs fail the suite when they rot."""

import inspect
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from wireroom.intake import fates
from wireroom.publish.surfaces import SURFACES
from wireroom.wire.lifecycle import What

ROOT = Path(__file__).resolve().parents[2]
MODELS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("wireroom.")
    for model in config.get_models()
]
LOCKS = sorted(ROOT.glob("requirements/*.txt"))


def read(name):
    return (ROOT / name).read_text()


def said(name):
    """Read a file that may be in another encoding than ours, as samples of documents are."""
    return (ROOT / name).read_text(errors="replace")


def part(text, heading):
    """Return what stands under a heading, up to the next one of its rank or above."""
    rank = heading.partition(" ")[0]
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(rank)}}} |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found, f"no heading {heading}"
    return found[1]


def rows(table):
    """Return the words of a table's first column."""
    return set(re.findall(r"^\| `([^`]+)`", table, re.MULTILINE))


def tracked():
    """Name the files of the repository that are text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.rstrip("\0").split("\0"):
        path = ROOT / name
        if path.exists() and b"\0" not in path.read_bytes():
            yield name


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_glossary_says_what_each_field_means(model):
    written = rows(part(read("docs/glossary.md"), f"### {model.__name__}"))
    fields = {field.name for field in model._meta.get_fields() if field.concrete}
    assert written == fields - {"id"}


def fates_in_code():
    """Return what ``fate_of`` can say: the rulings it repeats, and its own words."""
    own = re.findall(r'(?:return|else) "(\w+)"', inspect.getsource(fates.fate_of))
    return {str(word) for word in fates.AT_ONCE} | set(own)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("## Rulings", {str(what) for what in What}),
        ("## Fates", fates_in_code()),
        ("## Surfaces", {surface.name for surface in SURFACES}),
    ],
)
def test_glossary_says_what_each_word_means(heading, words):
    assert rows(part(read("docs/glossary.md"), heading)) == words


def test_readme_names_each_make_target():
    targets = set(re.findall(r"^([a-z]+):.*## ", read("Makefile"), re.MULTILINE))
    written = set(re.findall(r"^\| `make ?([a-z]*)", read("README.md"), re.MULTILINE)) - {""}
    assert written == targets - {"help"}


def test_each_page_of_the_docs_that_code_names_exists():
    named = {
        page
        for name in tracked()
        if name.startswith(("src/", "bench/", "fuzz/")) and name.endswith(".py")
        for page in re.findall(r"\bdocs/[\w/-]+\.md\b", read(name))
    }
    assert "docs/lifecycle.md" in named
    assert {page for page in named if not (ROOT / page).exists()} == set()


def test_each_decision_that_code_names_exists_and_is_about_it():
    decided = {path.name[:4]: path.read_text() for path in ROOT.glob("docs/decisions/0*.md")}
    for name in tracked():
        if name.startswith("src/") and name.endswith(".py"):
            for number in re.findall(r"\b[Dd]ecision (\d{4})\b", read(name)):
                assert name.removeprefix("src/wireroom/") in decided.get(number, ""), name


@pytest.mark.parametrize(
    "page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/lifecycle.md"]
)
def test_each_path_a_page_names_exists(page):
    text = read(page)
    named = set(re.findall(r"`([\w.-]*(?:/[\w.-]+)+/?|[\w-]+\.(?:py|md|toml|txt))`", text))
    linked = set(re.findall(r"\]\(([^):#]+)\)", text))
    roots = (ROOT, ROOT / "src/wireroom", (ROOT / page).parent)
    named = {name for name in named | linked if not name.startswith("./")}  # a site's own folders
    missing = {name for name in named if not any((root / name).exists() for root in roots)}
    assert named
    assert not missing


def test_each_dependency_has_its_reason():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    needed = {re.match(r"[\w-]+", line)[0].lower() for line in project["dependencies"]}
    table = read("docs/decisions/0004-dependencies.md").lower()
    assert needed <= set(re.findall(r"^\| ([\w-]+) \|", table, re.MULTILINE))


def test_decisions_are_numbered_once():
    numbers = [path.name[:4] for path in ROOT.glob("docs/decisions/[0-9]*.md")]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_each_locked_package_has_hashes_and_no_address(lock):
    text = lock.read_text()
    packages = re.split(r"\n(?=[a-z0-9])", text.strip(), flags=re.IGNORECASE)
    assert len(packages) > 20
    for package in packages:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==", package)
        assert "--hash=sha256:" in package
    assert not re.search(r"://|--(extra-)?index|--find-links|@ ", text)


#: A folder of somebody's machine, or a package server's name or option.
PRIVATE = re.compile(
    r"(?<![\w.~/-])/(?:home|root|work|Users|opt|mnt)/\w+"
    r"|pythonhosted[.]org|pypi[.]org|registry[.]npmjs|(?:extra-)?index-url[ =]+\w+:"
)


def test_no_tracked_file_names_a_machine():
    found = {f"{name}: {hit[0]}" for name in tracked() if (hit := PRIVATE.search(said(name)))}
    assert not found

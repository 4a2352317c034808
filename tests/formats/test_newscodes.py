"""The addresses of the IPTC's vocabularies, held to the documents that name both."""

import re
from collections import defaultdict

import pytest
from lxml import etree

from harness.absent import shared
from wireroom.formats.newsmlg2.codes import newscodes

CODE = re.compile(r"(\w+):(\S+)")
#: What the documents of the standard say in both ways.
SAID = {"app", "colsp", "nprov", "rnd", "sig"}


@pytest.fixture(scope="module")
def addresses():
    """Addresses by alias, of catalogs, and of codes that stand elsewhere as ``…uri``."""
    found, codes, uris = defaultdict(set), defaultdict(set), defaultdict(set)
    for path in shared("corpora/newsml-g2").rglob("*.xml"):
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, recover=True)).getroot()
        for one in root.iter("{*}*"):
            name = etree.QName(one).localname
            if name == "scheme" and "iptc.org" in one.get("uri", ""):
                found[one.get("alias")].add(one.get("uri"))
            for key, said in one.attrib.items():
                of, _, code = said.rpartition("/")
                if key.endswith("uri") and "iptc.org" in of:
                    uris[name, key[:-3] or "qcode", code].add(f"{of}/")
                elif match := CODE.fullmatch(said):
                    codes[name, key, match[2]].add(match[1])
    for place, aliases in codes.items():
        for alias in aliases:
            found[alias] |= uris[place]
    return found


def test_an_address_is_that_which_the_standards_documents_give_an_alias(addresses):
    both = {alias: {one} for alias, one in newscodes().items() if addresses[alias]}
    assert both.keys() >= SAID
    assert both == {alias: addresses[alias] for alias in both}


def test_each_alias_and_each_address_stands_once_and_ends_as_a_scheme_does():
    assert len(set(newscodes().values())) == len(newscodes()) > 10
    for address in newscodes().values():
        assert re.fullmatch(r"http://cv\.iptc\.org/newscodes/[a-z0-9]+/", address)

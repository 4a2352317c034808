"""What samples say of themselves, held against what was read (the terms of the feeds' samples)."""

import json

from formats.test_feed_samples import TERM, said_of, walk


def wrong(path, document):
    """Give the terms of a sample that do not hold, with what was found instead."""
    terms = [found.groups() for line in said_of(path).splitlines() if (found := TERM.match(line))]
    assert terms, "a sample says what must be read"
    return {
        where: found
        for where, asks, wanted in terms
        if not _holds(found := walk(document, where), asks, json.loads(wanted))
    }


def _holds(found, asks, wanted):
    return found == wanted if asks == "==" else (wanted in str(found)) is (asks == "has")

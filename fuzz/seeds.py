"""What nonsense begins from: our own samples, and the words in them."""

import json
import re
from pathlib import Path
from typing import Final

from formats.attacks import VECTORS
from formats.plain_samples import FOLDER, sample

from .talks import TALKS

#: Samples of a format stand in a folder of its name, without hyphens.
PLAIN: Final = ".txt"
DOCUMENTS: Final = frozenset({PLAIN, ".xml", ".json", ".opml"})
DATES: Final = (
    b"Thu, 02 May 2024 10:10:00 +0200",
    b"2024-05-02T10:10:00.123456Z",
    b"20240502T101000-0330",
    b"2 May 24 10:10 EST",
    b"Jan 2, 2004 7:48:21 PM GMT",
    b"Thu Jan 1 24:00:00 PDT 2004",
    b"2024/05/02 23:59:60 IST",
    b"2024-05",
)
#: A page of an agency's site, around what stands in its text.
PAGE: Final = (
    b"<!doctype html><html><head><title>Ferries</title></head><body><nav><a href=/>Home</a></nav>"
    b"<main><article><h1>Ferries return</h1><p>The ferries that were stopped in March sailed again "
    b"on Thursday, the harbour master said, with two ships an hour in each direction.</p>%b<p>"
    b"Storms had damaged the pier on 3 March, and repairs took eight weeks.</p></article></main>"
)
#: An item of ninjs that says it is but a part.
PART: Final = b'{"representationtype": "partial", %b'
#: Elements with what leads to them, attributes, names of JSON, headers.
WORD: Final = re.compile(
    rb"</?[A-Za-z_][\w:.-]*|[A-Za-z_][\w:.-]*=\"|\"[\w:@$-]+\"\s*:|^[A-Z][A-Za-z-]+:"
    rb"|[A-Za-z]{3,10}",
    re.MULTILINE,
)
#: What a document of any format may have that no sample has.
SIGNS: Final = (
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"<!DOCTYPE x [<!ENTITY y 'z'>]>",
    b"&y;",
    b"&#x202e;",
    b"&#0;",
    b"\\u0000",
    b"\\ud800",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\x01",
    b"\x02",
    b"\x03",
    b"\x04",
    b"1e999",
    b"-1",
    b"null",
    b"[[[[",
    b"9999-12-31T23:59:59-14:00",
    b"0001-01-01T00:00:00+14:00",
)
#: A dictionary has so many words, at most: the commonest of the samples.
WORDS: Final = 400


def seeds(name: str) -> list[bytes]:
    """Give what a target begins from."""
    if name == "dates":
        return list(DATES)
    if name == "mailbox":
        return list(TALKS)
    folders = [FOLDER / name.replace("-", "")]
    bodies = [one.encode(errors="replace") for group in VECTORS.values() for one in group]
    if name in {"clean", "page-text"}:
        return bodies
    if name == "page":
        return [PAGE % one for one in bodies]
    if name == "partial":
        return [PART % one[1:] for one in seeds("ninjs") if one.startswith(b"{")]
    if name == "broken":
        folders = [FOLDER / "rss", FOLDER / "atom"]
    elif not folders[0].exists():  # it takes any format
        folders = [one for one in sorted(FOLDER.iterdir()) if one.is_dir()]
    files = sorted(file for folder in folders for file in folder.iterdir())
    return [_document(file) for file in files if file.suffix in DOCUMENTS]


def words(given: list[bytes]) -> list[bytes]:
    """Give the words of a format, the commonest first: in how many samples each stands."""
    count: dict[bytes, int] = {}
    for one in given:
        for word in sorted(set(WORD.findall(one))):
            count[word] = count.get(word, 0) + 1
    usual = sorted(count, key=lambda word: -count[word])
    return [*SIGNS, *usual[:WORDS]]


def _document(file: Path) -> bytes:
    """Give the document of a sample without what is said about it."""
    if file.suffix == ".json" and "document" in (said := json.loads(file.read_bytes())):
        return json.dumps(said["document"]).encode()
    if file.suffix == PLAIN and "\n---\n" in file.read_text():
        return sample(file)[0]
    return file.read_bytes()

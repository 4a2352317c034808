"""Categories to subjects, where their scheme is a known vocabulary; else to keywords."""

import re
from typing import Final

from wireroom.formats.item import Subject

from .feed import Entry

#: Address of a vocabulary, without ``http(s)://`` and last slash, to its usual alias.
VOCABULARIES: Final = {
    "cv.iptc.org/newscodes/mediatopic": "medtop",
    "cv.iptc.org/newscodes/subjectcode": "subj",
    "www.iptc.org/newscodes/mediatopic": "medtop",
    "iptc.org/newscodes/mediatopic": "medtop",
    "medtop": "medtop",
    "mediatopic": "medtop",
    "subj": "subj",
    "wd": "wd",
    "www.wikidata.org/entity": "wd",
}
CODE: Final = re.compile(r"(?:(medtop|subj):)?([0-9]{8}|Q[0-9]{1,10})")


def subjects(entry: Entry) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Give an entry's subjects and its keywords, each once."""
    found: dict[str, Subject] = {}
    words: list[str] = list(entry.keywords)
    for term in entry.terms:
        scheme = term.scheme.lower().partition("://")[2] or term.scheme.lower()
        alias = VOCABULARIES.get(scheme.rstrip("/"), "")
        code = CODE.fullmatch(term.term.strip().removeprefix(term.scheme).strip("/"))
        if code and (alias or code[1]):
            key = f"{alias or code[1]}:{code[2]}"
            found.setdefault(key, Subject(code=key, name=term.label, because="category"))
        else:
            words.append(" ".join((term.label or term.term).split()))
    return tuple(found.values()), tuple(dict.fromkeys(word for word in words if word))

"""Hostile XML, through the readers of every format that is written in it."""

from contextlib import suppress

import pytest

from formats.plain_samples import RECEIVED
from formats.wires_in_xml import WIRES
from harness.agency import Agency
from harness.cases import each
from wireroom.formats import opml
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.feeds.fallback import feed as forgiving
from wireroom.formats.read import parse
from wireroom.formats.sandbox import MEGABYTES, SECONDS, Sandbox

ARRIVAL = Arrival(received=RECEIVED)
SECRET = "tell-nobody-4711"
#: Beside what is sold as a wire: a site's map, and a picture of words.
OTHERS = {
    "sitemap": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>'
    "https://wire.example/{said}</loc></url></urlset>",
    "svg": '<svg xmlns="http://www.w3.org/2000/svg"><text>{said}</text></svg>',
}
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
#: What a document declares; ``{file}`` has a secret, ``{page}`` a server that counts.
DECLARED = {
    "P01 A13 billion laughs": f'[<!ENTITY a0 "haha">{LAUGHS}]',
    "P02 A13 quadratic blow-up": f'[<!ENTITY a9 "{"haha" * 12_500}">]',
    "P03 A12 a file": '[<!ENTITY a9 SYSTEM "{file}">]',
    "P03 A12 a file of a kind": '[<!ENTITY a9 PUBLIC "-//X//Y//EN" "{file}">]',
    "P03 A12 a page": '[<!ENTITY a9 SYSTEM "{page}entity">]',
    "P03 A12 a parameter": '[<!ENTITY % p SYSTEM "{file}"> %p; <!ENTITY a9 "%p;">]',
    "P03 A12 an outer parameter": '[<!ENTITY % p SYSTEM "{page}parameter"> %p;]',
    "P03 A12 an outer DTD": 'SYSTEM "{page}outer.dtd"',
}
CHARSETS = {
    "utf-8": lambda text: text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-7": lambda text: b'<?xml version="1.0" encoding="utf-7"?>' + text.encode("utf-7"),
    "windows-1251": lambda text: (
        '<?xml version="1.0" encoding="windows-1251"?>' + text.replace("Ferry", "Паром")
    ).encode("cp1251"),
}


@pytest.fixture(scope="module")
def box():
    """One worker for all, with the limits that it has in a newsroom."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def worker(box):
    """The same, which no document may end."""
    before = box._process and box._process.pid
    yield box
    assert before in {None, box._process.pid}


@pytest.fixture
def named(tmp_path):
    """Name a file with a secret, and a web server that counts who comes."""
    (tmp_path / "secret.txt").write_text(SECRET)
    (tmp_path / "secret.xml").write_text(f"<p>{SECRET}</p>")
    with Agency() as server:
        yield {"file": (tmp_path / "secret.txt").as_uri(), "page": server.url()}
        assert server.connections == 0


def everything(box, raw):
    """Give all that was read of a document, or why it was not."""
    try:
        return repr(box.parse(raw, "", ARRIVAL))
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize("wire", [*WIRES, *OTHERS])
@pytest.mark.parametrize("declared", each(DECLARED))
def test_no_entity_is_followed_or_grows_in_any_format(
    worker, named, declared, wire, record_property
):
    text = (WIRES | OTHERS)[wire].replace("{said}", "Ferry &a9;" + "&a9;" * 1000)
    head = declared.replace("{file}", named["file"]).replace("{page}", named["page"])
    text = f"<!DOCTYPE {text[1:].split()[0].rstrip('>')} {head}>{text}"
    charsets = (
        CHARSETS if "haha" in head else {name: CHARSETS[name] for name in ("utf-8", "utf-16")}
    )
    for charset, written in charsets.items():
        said = everything(worker, written(text))
        assert SECRET not in said, charset
        assert "haha" not in said, charset
        assert len(said) < 100_000, charset
    record_property("saw", "0 connections")


@pytest.mark.cases("A12", "P03")
def test_no_entity_of_a_list_of_channels_is_followed(named):
    declared = f'<!DOCTYPE opml [<!ENTITY a SYSTEM "{named["file"]}">]>'
    for place in ("<head><title>&a;</title></head>", '<body><outline text="&a;"/></body>'):
        try:
            said = repr(opml.read(f"{declared}<opml>{place}</opml>".encode()))
        except Unreadable as error:
            said = str(error)
        assert SECRET not in said


@pytest.mark.cases("P03")
@pytest.mark.parametrize("wire", WIRES)
def test_nothing_is_included_and_no_style_sheet_is_fetched(worker, named, wire):
    xi = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
    files = [named["file"], named["file"].replace(".txt", ".xml"), named["page"]]
    included = "".join(f'<xi:include {xi} href="{file}" parse="text"/>' for file in files)
    included += "".join(f'<xi:include {xi} href="{file}"/>' for file in files)
    styles = "".join(f'<?xml-stylesheet type="text/xsl" href="{file}"?>' for file in files)
    text = WIRES[wire].replace("{said}", f"Ferry {included} sails")
    assert SECRET not in everything(worker, (styles + text).encode())
    plain = WIRES[wire].replace("{said}", "Ferry sails")
    assert "Ferry sails" in everything(worker, (styles + plain).encode())


#: Documents whose first element has a name; made when they are asked for, since some are large.
STRUCTURES = {
    "P04 nesting, never closed": lambda root: f"<{root}>" + "<a>" * 200_000,
    "P04 nesting": lambda root: f"<{root}>" + "<a>" * 200_000 + "</a>" * 200_000 + f"</{root}>",
    "P05 an attribute of 50 MB": lambda root: f'<{root} a="{"x" * 50_000_000}"/>',
    "P05 an attribute of 12 MB": lambda root: f'<{root} a="{"x" * 12_000_000}"/>',
    "P06 200,000 attributes": lambda root: (
        f"<{root} " + " ".join(f'a{n}=""' for n in range(200_000)) + "/>"
    ),
    "P06 one name 200,000 times": lambda root: f"<{root} " + 'a="" ' * 200_000 + "/>",
    "P07 comments, never closed": lambda root: f"<{root}>" + "<!--" * 100_000,
    "P07 comments inside comments": lambda root: f"<{root}>" + "<!-- x --" * 100_000,
    "P07 instructions, never closed": lambda root: f"<{root}>" + "<?x " * 100_000,
    "P07 sections, never closed": lambda root: f"<{root}>" + "<![CDATA[" * 100_000,
    "A13 a DOCTYPE in a DOCTYPE": lambda root: "<!DOCTYPE " * 10_000 + f"<{root}/>",
    "A13 a DOCTYPE, never closed": lambda root: f"<!DOCTYPE {root} [" + '<!ENTITY a "' * 10_000,
    "A13 a DOCTYPE of signs": lambda root: (
        f"<!DOCTYPE {root} [<!ELEMENT % & ;<![INCLUDE[ ]]> ]>>><{root}/>"
    ),
    "A13 an entity in itself": lambda root: (
        f'<!DOCTYPE {root} [<!ENTITY a "&a;">]><{root}>&a;</{root}>'
    ),
}
#: Signs from which on a document is tried on two formats alone.
HEAVY = 1_000_000


@pytest.mark.parametrize("structure", each(STRUCTURES))
def test_hostile_structure_costs_its_worker_nothing_and_the_next_is_read(
    worker, structure, record_property
):
    heavy = len(structure("rss")) > HEAVY
    for wire in ("rss", "nitf") if heavy else WIRES:
        text = WIRES[wire]
        raw = structure(text[1:].split()[0].rstrip(">")).encode()
        said = everything(worker, raw)
        assert "items=()" in said or "Document(" not in said, wire
        plain = text.replace("{said}", "Ferry sails").encode()
        assert "Ferry sails" in everything(worker, plain), wire
    record_property("saw", f"one worker of {MEGABYTES} MB and {SECONDS:g} s read on")


#: Documents that say nothing but where something is.
ADDRESSES = ["{file}", "{path}", "{page}", "<rss>{path}", " {path}\n", "feed:{page}"]


@pytest.mark.cases("A04")
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_document_that_names_a_file_or_a_page_is_not_opened_as_it(address, named, tmp_path):
    """feedparser, for one, opens what a string or bytes name."""
    path = str(tmp_path / "secret.txt")
    raw = address.format(path=path, **named).encode()
    for told in ("", "rss", "atom", "nitf", "newsml-g2", "newsml1", "mail", "anpa"):
        try:
            said = repr(parse(raw, told, ARRIVAL))
        except Unreadable as error:
            said = str(error)
        assert SECRET not in said
    with suppress(Unreadable):
        assert SECRET not in repr(forgiving(raw))

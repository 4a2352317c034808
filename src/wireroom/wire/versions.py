"""Kept versions read back: the item that each was."""

from collections.abc import Iterable, Iterator

from wireroom.formats.item import Item, Patch, Pubstatus, Signal

from .corrections import Kept, kept_of
from .models import Version
from .papers import NAMES, unpack

#: Columns of a version that are fields of its item.
WORDS = (
    *("headline", "standfirst", "body", "text", "dateline", "byline", "creditline", "language"),
    "urgency",
)


def whole(story: int) -> list[Kept]:
    """Read all that the agency sent of a story, each with its item, oldest first."""
    rows = Version.objects.filter(story=story, author=None).select_related("story")
    return list(_read(rows.order_by("number")))


def _read(rows: Iterable[Version]) -> Iterator[Kept]:
    for row in rows:
        yield kept_of(row)._replace(item=item_of(row))


def item_of(row: Version) -> Item:
    """Make the item again that a version was; of a patch the part that it carried."""
    papers = unpack(row.papers)
    said = {name: getattr(row, name) for name in WORDS}
    said |= {name: getattr(papers, name) for name in NAMES}
    if row.patch:
        said = {name: value for name, value in said.items() if name in papers.carries}
        said |= {"carries": papers.carries, "for_desk": papers.for_desk}
    pubstatus: Pubstatus = row.pubstatus  # type: ignore[assignment]  # as an item had it
    signal: Signal = row.signal  # type: ignore[assignment]  # the same
    patch: Patch = row.patch  # type: ignore[assignment]  # the same
    return Item(
        guid=row.story.guid,
        version=row.provider_version,
        numbered=row.numbered,
        version_created=row.version_created,
        sent=row.sent,
        ednote=row.ednote,
        **(said | {"pubstatus": pubstatus, "signal": signal, "patch": patch}),
    )

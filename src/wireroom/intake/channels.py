"""How a channel comes to be, and how its address is shown."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from wireroom.formats.mail.senders import named
from wireroom.formats.opml import Outline
from wireroom.wire.models import Provider
from wireroom.wire.slugs import slug_of

from . import push
from .models import Channel

#: Signs of an agency's name, which stands on every page as its tag.
LONGEST_TAG = 60
#: What a list of channels from elsewhere may name.
LISTED = frozenset({"http", "https"})
#: Signs of a channel's name.
LONGEST_NAME = 200


class Taken(NamedTuple):
    """What became of one channel of a list."""

    outline: Outline
    channel: Channel | None
    #: False where it was there before.
    added: bool = False
    #: Why there is none.
    refused: str = ""


def provider_named(name: str) -> Provider:
    """Find an agency by name, else by slug; an unknown one is made with the default contract.

    Raises ValueError for what is no name.
    """
    name = " ".join(name.split())
    if not any(sign.isalpha() for sign in name):
        raise ValueError(f"{name!r} is no name of an agency: a name has letters.")
    if len(name) > LONGEST_TAG:
        raise ValueError(f"{name!r} is too long; {LONGEST_TAG} signs will do for an agency.")
    named = Provider.objects.filter(name__iexact=name).order_by("pk").first()
    if found := named or Provider.objects.filter(slug=name.lower()).first():
        return found
    return next(provider for slug in _slugs(name) if (provider := _made(slug, name)))


def add(
    url: str,
    *,
    provider: str,
    name: str = "",
    format: str = "",  # noqa: A002 (the word of the trade)
    every: int | None = None,
    sector: str = "",
    language: str = "",
    representative_pictures: bool = False,
    full_text: bool = False,
    senders: Iterable[str] = (),
) -> Channel:
    """Add a channel, due at once; one with an address of ours for pushes gets its secret.

    Raises ValueError when there is one with this address already, for no name of an agency, or
    for what names no sender.
    """
    url = push.stored(url)
    pushed = url.startswith(push.PUSHED)
    if Channel.objects.filter(url=url).exists():
        raise ValueError(f"There is a channel for {shown(url)} already.")
    return Channel.objects.create(
        provider=provider_named(provider),
        name=(name or shown(url))[:LONGEST_NAME],
        url=url,
        secret=push.new_secret() if pushed else "",
        format=format,
        every=every,
        sector=sector,
        language=language,
        representative_pictures=representative_pictures,
        full_text=full_text,
        senders=sorted(set(map(named, senders))),
        next_at=None if pushed else timezone.now(),
    )


def change_senders(channel: Channel, *, add: Iterable[str], remove: Iterable[str]) -> None:
    """Change whose mail a channel takes.

    Raises ValueError for what names no sender, for one to remove that is not named, or where
    none would be left: mail would be taken from everybody.
    """
    with transaction.atomic():
        held = set(Channel.objects.select_for_update().get(pk=channel.pk).senders)
        gone = set(map(named, remove))
        if unknown := sorted(gone - held):
            raise ValueError(f"It does not name {', '.join(unknown)}.")
        if not (left := held - gone | set(map(named, add))):
            raise ValueError("A channel of mail names one sender at least; pause it to take none.")
        channel.senders = sorted(left)
        channel.save(update_fields=["senders"])


def take_list(outlines: Iterable[Outline], *, provider: str = "") -> list[Taken]:
    """Add the channels of a list; of each the agency is ``provider``, else the folder it is in.

    Only addresses of the web are taken: a list comes from elsewhere, and must not name folders
    of this machine, nor bring passwords.
    """
    return [_taken(one, provider or next(iter(one.folders[-1:]), "")) for one in outlines]


def listed() -> list[Outline]:
    """Give all channels as a list to hand on: those of an agency in its folder, no passwords."""
    rows = Channel.objects.select_related("provider").exclude(url__startswith=push.PUSHED)
    return [
        Outline(
            url=bare(channel.url),
            name=channel.name if channel.name != shown(channel.url) else "",
            language=channel.language,
            folders=(channel.provider.name,),
        )
        for channel in rows.order_by("provider__name", "pk")
    ]


def bare(url: str) -> str:
    """Write an address without who may enter there."""
    return shown(url).replace("://***@", "://", 1)


def _taken(one: Outline, provider: str) -> Taken:
    if held := Channel.objects.select_related("provider").filter(url=one.url).first():
        return Taken(one, held)
    try:
        parts = urlsplit(one.url)
        if parts.scheme not in LISTED or not parts.hostname:
            return Taken(one, None, refused="A list names addresses of the web alone.")
        if parts.username is not None:
            return Taken(one, None, refused="A list brings no passwords.")
        if not provider:
            return Taken(one, None, refused="No folder says whose it is: name it with --provider.")
        name = one.name if one.name != one.url else ""
        channel = add(one.url, provider=provider, name=name, language=one.language)
    except ValueError as error:
        return Taken(one, None, refused=str(error))
    return Taken(one, channel, added=True)


def shown(url: str) -> str:
    """Write an address so that nobody sees who may enter there, nor the password."""
    if url.startswith(push.PUSHED):
        return push.address_of(url)
    scheme, mark, rest = url.partition("://")
    try:
        place = urlsplit(url).netloc
    except ValueError:
        place = rest.partition("/")[0]
    who, at, host = place.rpartition("@")
    return f"{scheme}{mark}***@{host}{rest.removeprefix(place)}" if at and who else url


def _slugs(name: str) -> Iterator[str]:
    """Name the slugs an agency may have: its name's own, then numbered ones."""
    slug = slug_of(name)
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))


def _made(slug: str, name: str) -> Provider | None:
    """Make an agency of that slug; None when another has it."""
    provider, _ = Provider.objects.get_or_create(slug=slug, defaults={"name": name, "tag": name})
    return provider if provider.name.casefold() == name.casefold() else None

"""How a channel comes to be, and how its address is shown."""

from collections.abc import Iterator
from itertools import count
from urllib.parse import urlsplit

from django.utils import timezone

from wireroom.wire.models import Provider
from wireroom.wire.slugs import slug_of

from .models import Channel

#: Signs of an agency's name, which stands on every page as its tag.
LONGEST_TAG = 60
#: Signs of a channel's name.
LONGEST_NAME = 200


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
) -> Channel:
    """Add a channel, due at once.

    Raises ValueError when there is one with this address already, or for no name of an agency.
    """
    if Channel.objects.filter(url=url).exists():
        raise ValueError(f"There is a channel for {shown(url)} already.")
    return Channel.objects.create(
        provider=provider_named(provider),
        name=(name or shown(url))[:LONGEST_NAME],
        url=url,
        format=format,
        every=every,
        sector=sector,
        language=language,
        representative_pictures=representative_pictures,
        next_at=timezone.now(),
    )


def shown(url: str) -> str:
    """Write an address so that nobody sees who may enter there, nor the password."""
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

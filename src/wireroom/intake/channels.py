"""How a channel comes to be."""

from django.utils import timezone

from wireroom.wire.models import Provider
from wireroom.wire.slugs import slug_of

from .models import Channel


def provider_named(name: str) -> Provider:
    """Find an agency by name or slug; an unknown one is made with the default contract."""
    slug = slug_of(name)
    return Provider.objects.get_or_create(slug=slug, defaults={"name": name, "tag": name})[0]


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

    Raises ValueError when there is one with this address already.
    """
    if Channel.objects.filter(url=url).exists():
        raise ValueError(f"There is a channel for {url} already.")
    return Channel.objects.create(
        provider=provider_named(provider),
        name=name or url,
        url=url,
        format=format,
        every=every,
        sector=sector,
        language=language,
        representative_pictures=representative_pictures,
        next_at=timezone.now(),
    )

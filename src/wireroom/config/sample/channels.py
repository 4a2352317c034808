"""The sample's three channels, and everything that came of them."""

import time
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wireroom.intake.models import Channel, Delivery, DeliveryState
from wireroom.wire import search
from wireroom.wire.models import Picture, Provider, Story
from wireroom.wire.pictures import path_of

from .agency import PICTURES, Agency, agencies

#: Seconds to wait for deliveries that are being read, and between looks.
PATIENCE, LOOK = 20.0, 0.1


def add(base: str) -> None:
    """See to it that the three agencies are polled at the server's address, from now on."""
    for agency in agencies():
        _add(agency, f"{base}{agency.path}")


def _add(agency: Agency, url: str) -> None:
    provider, _ = Provider.objects.get_or_create(
        slug=agency.slug, defaults={"name": agency.name, "tag": agency.tag}
    )
    polled = {"url": url, "next_at": timezone.now(), "leased_until": None, "failures": 0}
    if not Channel.objects.filter(provider=provider).update(**polled):
        Channel.objects.create(
            provider=provider,
            name=f"{agency.name}, a sample",
            format=agency.format,
            language=agency.language,
            sector=agency.sector,
            every=agency.every,
            **polled,
        )


def remove() -> int:
    """Remove the three agencies and all that came from them; say how many stories went.

    The channels go first, so that nothing new comes; then what is being read is waited for.
    Raises TimeoutError when it does not come to an end.
    """
    providers = Provider.objects.filter(slug__in=[agency.slug for agency in agencies()])
    Channel.objects.filter(provider__in=providers).delete()
    end = time.monotonic() + PATIENCE
    while True:
        Delivery.objects.filter(
            provider__in=providers, state=DeliveryState.WAITING, leased_until=None
        ).delete()
        if not Delivery.objects.filter(
            provider__in=providers, state=DeliveryState.WAITING, leased_until__gt=timezone.now()
        ).exists():
            return _remove([provider.pk for provider in providers])
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(LOOK)


def _remove(providers: list[int]) -> int:
    """Remove the rows, all or none of them, then the files that nobody else has."""
    with transaction.atomic():
        stories = Story.objects.filter(provider__in=providers)
        numbers = list(stories.values_list("pk", flat=True))
        kept = list(Picture.objects.filter(story__in=numbers).exclude(sha256=""))
        search.drop(numbers)
        Delivery.objects.filter(provider__in=providers).delete()
        stories.delete()
        Provider.objects.filter(pk__in=providers).delete()
    files = {picture.sha256: path_of(picture) for picture in kept if picture.mime}
    for drawing in PICTURES.glob("*.webp"):
        digest = sha256(drawing.read_bytes()).hexdigest()
        files[digest] = Path(settings.PICTURES) / digest[:2] / f"{digest}.webp"
    shared = set(Picture.objects.filter(sha256__in=files).values_list("sha256", flat=True))
    for digest, path in files.items():
        if digest not in shared:
            path.unlink(missing_ok=True)
    return len(numbers)

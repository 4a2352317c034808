"""Our own copies of pictures: where they lie, and when they go.

A copy is named by the SHA-256 of its bytes and shared by all stories that have it.
"""

from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef

from .models import Picture, PictureState

#: What a picture may be, told by its bytes, and how its file is called.
KINDS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
}


def path_of(picture: Picture) -> Path:
    """Say where a picture's copy lies."""
    name = f"{picture.sha256}.{KINDS[picture.mime]}"
    return Path(settings.PICTURES) / picture.sha256[:2] / name


def remove_orphans() -> int:
    """Delete the copies that only killed stories have; say how many pictures lost theirs.

    Asked of the record and not of a message, so that a copy whose removal was cut short
    goes at the next call.
    """
    alive = Picture.objects.filter(
        sha256=OuterRef("sha256"), state=PictureState.KEPT, story__killed_at=None
    )
    orphans = Picture.objects.filter(state=PictureState.KEPT, story__killed_at__isnull=False)
    rows = list(orphans.annotate(shared=Exists(alive)))
    for picture in rows:
        if not picture.shared:
            path_of(picture).unlink(missing_ok=True)
    return orphans.filter(pk__in=[picture.pk for picture in rows]).update(
        state=PictureState.REMOVED
    )

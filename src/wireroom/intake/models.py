"""How wires come in, and what came."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from wireroom.wire.models import Provider, Story

#: Signs kept of what names a quarantined item.
LONGEST_NAME = 500


class Channel(models.Model):
    """One way in from a provider: where, how, in which format."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="channels")
    name = models.CharField(max_length=200)
    #: http(s)://…, ftp(s)://…, sftp://…, file:///folder, or push:name for ``/push/name``.
    url = models.TextField(unique=True)
    #: What signs the documents that are sent to it; shown once, when it is made.
    secret = models.CharField(max_length=64, blank=True)
    #: One of ``wireroom.formats.FORMATS``; empty: told from each document.
    format = models.CharField(max_length=12, blank=True)
    #: For items that do not say.
    language = models.CharField(max_length=35, blank=True)
    sector = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=40, default="UTC")
    #: Its pictures do not show the event.
    representative_pictures = models.BooleanField(default=False)
    #: The contract lets its stories be completed from their own pages.
    full_text = models.BooleanField(default=False)
    #: Whose mail it takes: addresses, and domains after ``@``; empty: everybody's.
    senders = models.JSONField(default=list, blank=True)
    #: Seconds between polls, set by a person; null: learned.
    every = models.PositiveIntegerField(null=True, blank=True)
    paused = models.BooleanField(default=False)
    paused_because = models.TextField(blank=True)

    # How polling stands.
    #: Null: it is never asked, but sent to.
    next_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    #: Learned seconds between polls.
    interval = models.PositiveIntegerField(default=60)
    #: Validators, per address after redirects: {address: [etag, last_modified]}.
    validators = models.JSONField(default=dict, blank=True)
    #: SHA-256 of the last body, so that equal bytes are not read twice.
    last_sha256 = models.CharField(max_length=64, blank=True)
    #: Permanent redirects or 410s seen in a row: {"url" or "gone": …, "times": n, "since": …}.
    confirmations = models.JSONField(default=dict, blank=True)
    #: What its documents ask of pollers: {"interval": s, "skip_hours": […], "skip_days": […]}.
    asked = models.JSONField(default=dict, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_status = models.CharField(max_length=200, blank=True)
    last_polled_at = models.DateTimeField(null=True, blank=True)
    last_news_at = models.DateTimeField(null=True, blank=True)
    #: The last poll that sent no validators.
    last_whole_at = models.DateTimeField(null=True, blank=True)

    # How its hub stands.
    #: Hubs and topic as Link headers and documents name them: {"header": …, "document": …}.
    hubs = models.JSONField(default=dict, blank=True)
    #: When to ask its hub to tell of news; null: it has none.
    subscribe_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="channel_due", condition=Q(paused=False)),
            models.Index(
                fields=["subscribe_at"],
                name="channel_ask_hub",
                condition=Q(subscribe_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """An address at which a hub is heard, asked for once."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="subscriptions")
    hub = models.TextField()
    #: What the hub calls the document that it tells of.
    topic = models.TextField()
    #: The address that nobody can guess: ``/websub/token``.
    token = models.CharField(max_length=64, unique=True)
    #: What the hub signs with.
    secret = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    #: When the hub asked back; null: it has not.
    verified_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    #: When it last sent what it signed.
    heard_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.topic


class Pulled(models.Model):
    """A file on an agency's server whose bytes are stored, so that they are stored once."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="pulled", db_index=False)
    #: Its bytes, those that are no letters written %XX.
    name = models.TextField()
    #: Its size, and when it changed in the server's words.
    mark = models.TextField()
    sha256 = models.CharField(max_length=64)
    #: The server lets nobody move it to ``done/``.
    stays = models.BooleanField(default=False)
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "pulled"
        constraints = [
            models.UniqueConstraint(fields=["channel", "name"], name="pulled_once"),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    """How far a delivery is."""

    WAITING = "waiting"
    DONE = "done"
    QUARANTINED = "quarantined"


class Delivery(models.Model):
    """Bytes as they came, with time and outcome; kept for replay."""

    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, related_name="deliveries")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="deliveries")
    #: Named by the channel or the sender; empty: told from the bytes.
    format = models.CharField(max_length=12, blank=True)
    #: The address after redirects, or the file's name.
    address = models.TextField(blank=True)
    charset = models.CharField(max_length=40, blank=True)
    #: What the sender knows it by: a key of its own, or the digest; empty for what was fetched.
    key = models.CharField(max_length=210, blank=True)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    #: It seems to cancel, withhold or delete: claimed first.
    urgent = models.BooleanField(default=False)
    #: Of its channel's items it has some alone, those that are new: absence means nothing.
    partial = models.BooleanField(default=False)
    #: Of an earlier page, a moment before its newest document came; null: when it was received.
    counts_from = models.DateTimeField(null=True, blank=True)

    state = models.CharField(max_length=11, choices=DeliveryState, default=DeliveryState.WAITING)
    #: Why nothing of it could be read.
    reason = models.TextField(blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    #: How many items it had, good and bad; null while it is not read.
    items = models.PositiveIntegerField(null=True, blank=True)
    #: A list; its new stories are not looked for among those that were there before.
    unlooked = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "key"], name="delivery_key", condition=~Q(key="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["-urgent", "id"], name="delivery_waiting", condition=Q(state="waiting")
            ),
            models.Index(fields=["id"], name="delivery_unlooked", condition=Q(unlooked=True)),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    @property
    def counted(self) -> datetime:
        """When it counts as received beside others."""
        return self.counts_from or self.received_at

    @property
    def raw(self) -> bytes:
        """The bytes as they came."""
        return bytes(self.kept.raw)


class Page(models.Model):
    """An earlier page of a channel's document, fetched once behind the newest."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="pages")
    #: In whose document the walk back began.
    begun = models.ForeignKey(Delivery, models.CASCADE, related_name="pages", db_index=False)
    #: What it became; null: nothing so far, or nothing new.
    delivery = models.OneToOneField(Delivery, models.CASCADE, null=True, related_name="page")
    address = models.TextField()
    #: It will not change again (RFC 5005, section 4).
    archive = models.BooleanField(default=False)
    #: From 1, the one next to the newest document; and how many may follow.
    place = models.PositiveSmallIntegerField()
    left = models.PositiveSmallIntegerField()
    #: When to fetch it; null: it was fetched, or given up.
    next_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    #: Why it became nothing.
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["begun", "address"], name="page_once"),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="page_due", condition=Q(next_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.address


class TextState(models.TextChoices):
    """How far the text of a story's own page is."""

    WAITING = "waiting"
    KEPT = "kept"
    FAILED = "failed"


class FullText(models.Model):
    """The text of a story's own page, for a channel that gives a part of it."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="full_texts", db_index=False)
    guid = models.TextField()
    #: What the channel said of the story: its words and its date, and its words alone.
    key = models.CharField(max_length=64)
    words = models.CharField(max_length=64)
    address = models.TextField()
    #: What the text must be of, and the text of the channel that it must be longer than.
    headline = models.TextField()
    standfirst = models.TextField(blank=True)
    teaser = models.TextField(blank=True)

    state = models.CharField(max_length=7, choices=TextState, default=TextState.WAITING)
    #: Why there is none.
    reason = models.CharField(max_length=200, blank=True)
    #: Cleaned HTML, and its words.
    body = models.TextField(blank=True)
    text = models.TextField(blank=True)
    #: The story waits no longer.
    until = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    #: When the channel last said the same of the story, to the day.
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "key"], name="full_text_once"),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="full_text_due", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return self.address


class Kept(models.Model):
    """The bytes of a delivery, apart from the row that changes while it is taken through.

    A database that changes a row writes all of it again, and a document may have megabytes.
    """

    delivery = models.OneToOneField(Delivery, models.CASCADE, primary_key=True, related_name="kept")
    raw = models.BinaryField()

    def __str__(self) -> str:
        return f"bytes of delivery {self.delivery_id}"


class Receipt(models.Model):
    """One item of a delivery and where it ended."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="receipts", db_index=False)
    #: Its place in the document, from 0.
    position = models.PositiveIntegerField()
    guid = models.TextField(blank=True)
    #: What it did, or where it ended at once: a ruling, advisory, quarantined, waiting.
    ruling = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    story = models.ForeignKey(
        Story, models.SET_NULL, null=True, blank=True, related_name="receipts"
    )
    #: The story's version it became; 0 when none was written.
    version = models.PositiveIntegerField(default=0)
    #: Of a quarantined item: its own bytes.
    raw = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "position"], name="receipt_position"),
        ]
        indexes = [
            models.Index(fields=["guid"], name="receipt_stray", condition=Q(story=None)),
        ]

    def __str__(self) -> str:
        return f"{self.guid}: {self.ruling}"

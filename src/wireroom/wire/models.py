"""What the wire is made of.

A story's row is what lists need; what it said, then and now, are its versions.
Rows are written through two doors only: ``receive`` for machines, ``actions`` for people.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .queries import StoryQuerySet
from .transactions import CurrentTransaction


class IndexPolicy(models.TextChoices):
    """What search engines may do with a provider's stories."""

    OWN = "own"
    NOINDEX = "syndicated-noindex"
    NEWS_NOINDEX = "news-only-noindex"
    ORIGIN = "origin-canonical"


class Provider(models.Model):
    """An agency that answers for its items, and what its contract allows."""

    #: What addresses and commands call it: ``/agency/ani``.
    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=200)
    #: What stands after the text and before the times: ``ANI``.
    tag = models.CharField(max_length=60)
    #: Items go out by themselves; otherwise they wait for the desk.
    publish_at_once = models.BooleanField(default=True)
    index_policy = models.CharField(max_length=20, choices=IndexPolicy, default=IndexPolicy.NOINDEX)
    #: The whole text may stand on the page; otherwise headline and standfirst only.
    full_page = models.BooleanField(default=True)
    #: The whole text may go into our feeds.
    full_feed = models.BooleanField(default=False)
    use_pictures = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Story(models.Model):
    """The current state of a guid: what the desk and readers see.

    Live is nobody's flag. A story is live when it was not killed, no reason holds it,
    and the clock stands between its embargo and its end; see ``wireroom.wire.liveness``.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="stories", db_index=False)
    #: The provider's lasting id, byte for byte.
    guid = models.TextField()

    # The held order: (version, version_created, sent), the provider's own.
    version = models.BigIntegerField()
    #: ``version`` is the provider's own number, not a time in seconds.
    numbered = models.BooleanField(default=False)
    version_created = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)
    #: When we received what the held order came with; settles true ties.
    heard_at = models.DateTimeField()
    #: Of all the provider last said, and of the part of it that readers see.
    digest = models.CharField(max_length=32, blank=True)
    face = models.CharField(max_length=32, blank=True)

    #: Why readers do not see it, sorted, parted by spaces: ``desk withheld``.
    holds = models.CharField(max_length=120, blank=True, default="")
    killed_at = models.DateTimeField(null=True, blank=True)
    #: Not before; null when there is no embargo.
    embargo = models.DateTimeField(null=True, blank=True)
    #: Not after; null when there is no end.
    expires = models.DateTimeField(null=True, blank=True)
    #: After the end its address answers 410; otherwise it only leaves the lists.
    expiry_removes = models.BooleanField(default=False)
    #: When the clock next changes whether it is live; null when it never will.
    due_at = models.DateTimeField(null=True, blank=True)

    #: The number of the version readers see, and of the newest version there is.
    shown = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    headline = models.TextField(blank=True)
    standfirst = models.TextField(blank=True)
    slug = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=35, blank=True)
    urgency = models.PositiveSmallIntegerField(default=5)
    #: ISO 3166-1 alpha-2 of the country it is filed under.
    country = models.CharField(max_length=2, blank=True)
    sector = models.CharField(max_length=40, blank=True)
    #: update, correction or empty: what readers are told of the newest version.
    mark = models.CharField(max_length=12, blank=True)
    #: When its newest correction was made; null when none corrected it. Stays for ever.
    corrected = models.DateTimeField(null=True, blank=True)
    #: How many versions readers have seen.
    seen = models.PositiveIntegerField(default=1)
    #: The face that they saw last.
    seen_face = models.CharField(max_length=32, blank=True)

    #: Patches are among its versions: it is the newest whole one with those above it.
    patched = models.BooleanField(default=False)

    #: It turned out to be one with another story, which has its versions now; its address
    #: sends there.
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="merged", db_index=False
    )
    #: The numbers that its versions have there begin after this one.
    merged_after = models.PositiveIntegerField(default=0)

    #: The provider's, never in the future.
    first_created = models.DateTimeField()
    #: version_created of the newest version that changed what readers see.
    updated_at = models.DateTimeField()
    received_at = models.DateTimeField()
    #: When readers could first see it; a fact that stays.
    published_at = models.DateTimeField(null=True, blank=True)
    #: Its place in lists; a refile does not move it.
    listed_at = models.DateTimeField()

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        constraints = [
            models.UniqueConstraint(fields=["provider", "guid"], name="story_guid"),
        ]
        indexes = [
            models.Index(
                fields=["-listed_at", "-id"],
                name="story_listed",
                condition=Q(killed_at=None, holds=""),
            ),
            models.Index(
                fields=["provider", "-listed_at", "-id"],
                name="story_agency",
                condition=Q(killed_at=None, holds=""),
            ),
            models.Index(fields=["due_at"], name="story_due", condition=Q(due_at__isnull=False)),
            # What is gone, for notices.
            models.Index(
                fields=["killed_at"],
                name="story_killed",
                condition=Q(killed_at__isnull=False, published_at__isnull=False),
            ),
            models.Index(
                fields=["published_at"],
                name="story_held",
                condition=Q(holds__gt="", published_at__isnull=False),
            ),
            models.Index(
                fields=["merged_into"],
                name="story_merged",
                condition=Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id}:{self.guid}"

    def hold_for(self, *reasons: str) -> None:
        """Let reasons hold it beside those that do."""
        self.holds = " ".join(sorted({*self.holds.split(), *reasons}))


class Alias(models.Model):
    """Another id under which the provider may name a story."""

    provider = models.ForeignKey(Provider, models.PROTECT, db_index=False)
    guid = models.TextField()
    story = models.ForeignKey(Story, models.CASCADE, related_name="aliases")
    #: An item of the story came under it: it names no other story, as a shared link may.
    own = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(fields=["provider", "guid"], name="alias_guid"),
        ]

    def __str__(self) -> str:
        return self.guid


class Kinship(models.Model):
    """Two stories that are one: a kill takes both, whichever of them had the other's versions."""

    one = models.ForeignKey(Story, models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Story, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="kinship_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"


class Signature(models.Model):
    """By what the text of a story that a feed brought is found again, for three days.

    A row of ``wire_anchor`` stands for each of its hashes: provider, hash, story.
    """

    story = models.OneToOneField(
        Story, models.CASCADE, primary_key=True, related_name="signature", db_index=False
    )
    made_at = models.DateTimeField()
    #: Hashes, 32 bits each.
    anchors = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="signature_made")]

    def __str__(self) -> str:
        return f"signature of {self.story_id}"


class KilledText(models.Model):
    """What is left of the text of a killed story: hashes that know it again, no word of it."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    #: Drawn at random; tells whoever remembers the rows whether they are still the same.
    token = models.CharField(max_length=16)
    #: The letter that its anchors begin with.
    letter = models.CharField(max_length=4)
    #: Hashes by which a text that may contain it is found; 32 bits each.
    anchors = models.BinaryField()
    #: Hashes of the runs of four words that are compared; 32 bits each.
    grams = models.BinaryField()

    def __str__(self) -> str:
        return f"text of {self.story_id}"


class Version(models.Model):
    """What a story said, once: from the agency, or from an editor."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="versions", db_index=False)
    #: Ours, from 1, in the order in which versions came to be.
    number = models.PositiveIntegerField()
    #: What it did: new, update, correction, …
    ruling = models.CharField(max_length=12)
    #: A person when an editor made it; null for the agency.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    received_at = models.DateTimeField()
    provider_version = models.BigIntegerField()
    #: ``provider_version`` is the provider's own number, not a time in seconds.
    numbered = models.BooleanField(default=False)
    version_created = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)
    pubstatus = models.CharField(max_length=10)
    #: The agency's word for what it does: update, correction, refile, repeat or empty.
    signal = models.CharField(max_length=10, blank=True)
    digest = models.CharField(max_length=32, blank=True)
    #: Of the part that readers see; empty when it has no words.
    face = models.CharField(max_length=32, blank=True)
    #: It came as a patch, management or content, and is kept as the story that it made.
    patch = models.CharField(max_length=10, blank=True, default="")
    #: It came under an order we held already, with other words.
    conflict = models.BooleanField(default=False)
    #: A person should look at it.
    flagged = models.BooleanField(default=False)

    headline = models.TextField(blank=True)
    standfirst = models.TextField(blank=True)
    #: Cleaned HTML.
    body = models.TextField(blank=True)
    #: The body in plain paragraphs.
    text = models.TextField(blank=True)
    dateline = models.TextField(blank=True)
    byline = models.TextField(blank=True)
    creditline = models.TextField(blank=True)
    #: To editors; never public.
    ednote = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    urgency = models.PositiveSmallIntegerField(default=5)
    #: The rest of the item, as ``wireroom.wire.papers`` writes it: subjects, countries,
    #: pictures, links, rights, keywords, places, notes, what was made, embargo and end,
    #: why it asks for a person, what a patch carried.
    papers = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="version_number"),
        ]
        indexes = [
            models.Index(
                fields=["author"], name="version_author", condition=Q(author__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id}/v/{self.number}"


class Listing(models.Model):
    """One list a story belongs in: ``country:us``, ``sector:transport``, ``edition:global``.

    A place in a list, not a permission: lists still ask which stories are live.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="listings", db_index=False)
    key = models.CharField(max_length=80)
    listed_at = models.DateTimeField()
    #: It stood there once; only notices still ask, so that who saw it there learns of its end.
    left = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "key"], name="listing_story_key"),
        ]
        indexes = [
            models.Index(
                fields=["key", "-listed_at", "-story"],
                name="listing_key",
                condition=Q(left=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.story_id}"


class PictureState(models.TextChoices):
    """How far our own copy of a picture is."""

    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"
    REMOVED = "removed"


class Picture(models.Model):
    """A picture of a story: what the agency says of it, and our own copy."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="pictures", db_index=False)
    href = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    caption = models.TextField(blank=True)
    credit = models.TextField(blank=True)
    alt = models.TextField(blank=True)
    #: Holder, notice and terms, as the agency wrote them.
    rights = models.TextField(blank=True)
    #: It does not show this event.
    representative = models.BooleanField(default=False)
    #: The shown version has it, and the agency has not canceled it.
    used = models.BooleanField(default=True)

    state = models.CharField(max_length=8, choices=PictureState, default=PictureState.WAITING)
    #: Why there is no copy.
    reason = models.TextField(blank=True)
    #: When to try for a copy again.
    next_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    #: Of our copy: SHA-256 of its bytes names the file, shared by equal pictures.
    sha256 = models.CharField(max_length=64, blank=True)
    mime = models.CharField(max_length=40, blank=True)
    #: Pixels.
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "href"], name="picture_href"),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="picture_waiting", condition=Q(state="waiting")),
            models.Index(fields=["sha256"], name="picture_file"),
        ]

    def __str__(self) -> str:
        return self.href


class Change(models.Model):
    """One row of the outbox: what happened to a story, when, and by whom."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="changes")
    #: A ruling, or what the clock or a person did: lifted, expired, published, restored, …
    what = models.CharField(max_length=12)
    at = models.DateTimeField()
    #: Null for machines.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    why = models.TextField(blank=True)
    #: The version shown after it.
    version = models.PositiveIntegerField(default=0)
    #: The transaction that wrote it: followers on PostgreSQL read by this, never by id.
    transaction = models.BigIntegerField(db_default=CurrentTransaction())

    class Meta:
        indexes = [
            models.Index(fields=["transaction", "id"], name="change_transaction"),
            models.Index(fields=["at"], name="change_at"),
            models.Index(fields=["by"], name="change_by", condition=Q(by__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.story_id}"

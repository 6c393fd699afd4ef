"""The one public event log, and who wants to hear of it. Nobody else builds a timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import Role
from portal.activity import verbs
from portal.activity.enums import Audience, Cadence
from portal.models import SampleModel


class ActivityQuerySet(models.QuerySet["Activity"]):
    def public(self) -> ActivityQuerySet:
        """What everyone may read: for the public, and of no project or of a published one."""
        return self._of_projects_visible_to(None).filter(audience=Audience.PUBLIC)

    def visible_to(self, user: Any) -> ActivityQuerySet:
        """What this person may read; people with a role also see what is meant for the administration."""
        if not getattr(user, "is_authenticated", False):
            return self.public()
        seen = self._of_projects_visible_to(user)
        return seen if user.has_role(*Role.values) else seen.filter(audience=Audience.PUBLIC)

    def for_project(self, project: Any) -> ActivityQuerySet:
        return self.filter(project=project)

    def followed_by(self, user: Any) -> ActivityQuerySet:
        """What happened to the things that the person follows, since she follows them."""
        mine = Follow.objects.filter(user=user)
        since = mine.filter(topic=OuterRef("topic"), created_at__lte=OuterRef("at"))
        lines = ActivityTopic.objects.filter(Exists(since), topic__in=mine.values("topic"))
        return self.filter(pk__in=lines.values("activity"))

    def of_topic(self, key: str) -> ActivityQuerySet:
        return self.filter(topics__topic__key=key)

    def _of_projects_visible_to(self, user: Any) -> ActivityQuerySet:
        projects: Any = Activity._meta.get_field("project").related_model
        shown = projects.objects.public() if user is None else projects.objects.visible_to(user)
        return self.filter(Q(project=None) | Q(project__in=shown.order_by().values("pk")))


class Activity(SampleModel):
    """One line of the log, with the title and address of its object at that time. The actor is never shown."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=60)
    title = models.CharField(max_length=255)
    url = models.CharField(max_length=500)
    summary = models.CharField(max_length=500, blank=True)
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, on_delete=models.CASCADE, related_name="activities"
    )
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    occurred_at = models.DateTimeField()

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("Neuigkeit")
        verbose_name_plural = _("Neuigkeiten")
        ordering = ("-occurred_at", "-pk")
        indexes = [
            models.Index(fields=["project", "-occurred_at"]),
            models.Index(fields=["-occurred_at"]),
            models.Index(fields=["url"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.title}"

    # What components/timeline.html asks of an entry, besides title, url and sample.

    @property
    def when(self) -> datetime:
        return self.occurred_at

    @property
    def text(self) -> str:
        return self.summary

    @property
    def label(self) -> Any:
        return verbs.get(self.verb).label

    @property
    def icon(self) -> str:
        return verbs.get(self.verb).icon

    @property
    def kind(self) -> str:
        return verbs.get(self.verb).kind


class Topic(models.Model):
    """Something that can be followed, as `<target>:<object id>` (portal.activity.targets)."""

    key = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")

    def __str__(self) -> str:
        return self.key


class ActivityTopic(models.Model):
    """A line of the log belongs to a topic. `at` is when it was published here, whatever day it tells of."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="lines")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Zuordnung einer Neuigkeit")
        verbose_name_plural = _("Zuordnungen von Neuigkeiten")
        constraints = [models.UniqueConstraint(fields=["activity", "topic"], name="activity_topic_once")]
        indexes = [
            models.Index(fields=["topic", "at"], name="activity_line_of_topic"),
            models.Index(fields=["at", "topic"], name="activity_line_since"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} > {self.topic_id}"


class Follow(models.Model):
    """A person follows a topic. Mail goes out by `cadence`; the list in the account shows it anyway."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="follows")
    cadence = models.CharField(_("Mails"), max_length=10, choices=Cadence, default=Cadence.WEEKLY)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Abonnement")
        verbose_name_plural = _("Abonnements")
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="activity_follow_topic_once")]
        # Digests walk the people of one cadence in order of their number.
        indexes = [models.Index(fields=["cadence", "user", "topic"], name="activity_follow_walk")]

    def __str__(self) -> str:
        return f"{self.user_id} > {self.topic_id}"


class Preference(models.Model):
    """How someone wants to hear of notes to herself, and when she last marked her list as read. No row: defaults."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="activity_preference"
    )
    notes_cadence = models.CharField(_("Mails"), max_length=10, choices=Cadence, default=Cadence.WEEKLY)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Wunsch zu Mails")
        verbose_name_plural = _("Wünsche zu Mails")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.notes_cadence}"


class DigestRun(models.Model):
    """How far the mails of one cadence are: lines in (since, until] go to the people after `cursor`."""

    cadence = models.CharField(primary_key=True, max_length=10, choices=Cadence)
    since = models.DateTimeField()
    until = models.DateTimeField()
    cursor = models.BigIntegerField(default=0)
    finished = models.BooleanField(default=True)
    mails = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("Stand der Sammelmails")
        verbose_name_plural = _("Stände der Sammelmails")

    def __str__(self) -> str:
        return f"{self.cadence} {self.until:%Y-%m-%d %H:%M}"


class Notification(SampleModel):
    """Something that concerns one person: an answer to her comment, a decision about it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    verb = models.CharField(max_length=60)
    title = models.CharField(max_length=255)
    url = models.CharField(max_length=500)
    summary = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["user", "-created_at"]),
            models.Index(fields=["created_at", "user"], name="activity_note_since"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.title}"

    @property
    def when(self) -> datetime:
        return self.created_at

    @property
    def text(self) -> str:
        return self.summary

    @property
    def label(self) -> Any:
        return verbs.get(self.verb).label

    @property
    def icon(self) -> str:
        return verbs.get(self.verb).icon

    @property
    def kind(self) -> str:
        return verbs.get(self.verb).kind

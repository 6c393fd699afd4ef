"""The one public event log, and who wants to hear of it. Nobody else builds a timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
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
        """What happened in projects since the person follows them."""
        return self.filter(project__follows__user=user, occurred_at__gte=F("project__follows__created_at"))

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


class Follow(models.Model):
    """A person follows a project. Mail goes out by `cadence`; the list in the account shows it anyway."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="follows")
    cadence = models.CharField(_("Mails"), max_length=10, choices=Cadence, default=Cadence.WEEKLY)
    created_at = models.DateTimeField(default=timezone.now)
    mailed_until = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Abonnement")
        verbose_name_plural = _("Abonnements")
        constraints = [models.UniqueConstraint(fields=["user", "project"], name="activity_follow_once")]
        indexes = [models.Index(fields=["cadence", "mailed_until"])]

    def __str__(self) -> str:
        return f"{self.user_id} > {self.project_id}"


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
        indexes = [models.Index(fields=["user", "-created_at"])]

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

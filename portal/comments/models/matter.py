"""One row of the moderation's queue for each thing that somebody wrote, of whatever kind (portal.comments.kinds)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.comments import kinds
from portal.comments.enums import Lane, State
from portal.models import SampleModel


class MatterQuerySet(models.QuerySet["Matter"]):
    def visible_to(self, user: Any) -> MatterQuerySet:
        """Everything for who moderates, nothing for anybody else."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        allowed = user.is_working_here and user.has_perm("comments.moderate_comment")
        return self if allowed else self.none()

    def waiting(self) -> MatterQuerySet:
        """What has to be decided: held, noticed, objected."""
        return self.filter(waiting__in=[True])  # a bare boolean column would leave SQLite without its index


class Matter(SampleModel):
    """`kind` and `object_key` name the thing; its app holds the truth, `state` and `author` repeat it for the queue.

    `due_at` orders the queue: by when it is decided. `version` rises with every decision and every change of the text,
    so that nobody decides about what they have not read. `taken_by` is who looked at it last.
    """

    kind = models.CharField(max_length=30)
    object_key = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="matters"
    )
    state = models.CharField(_("Zustand"), max_length=10, choices=State, default=State.VISIBLE)
    lane = models.CharField(_("Stand"), max_length=10, choices=Lane, default=Lane.NEW)
    waiting = models.BooleanField(default=False)
    rule = models.CharField(max_length=40, blank=True)
    held_until = models.DateTimeField(_("wird entschieden bis"), null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    open_notices = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("Vorgang der Moderation")
        verbose_name_plural = _("Vorgänge der Moderation")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_key"], name="matter_once"),
            models.CheckConstraint(
                condition=~Q(state=State.HELD) | Q(held_until__isnull=False), name="matter_held_has_a_date"
            ),
        ]
        indexes = [
            models.Index(fields=["waiting", "due_at", "id"], name="matter_waiting"),
            models.Index(fields=["lane", "due_at", "id"], name="matter_lane"),
            models.Index(fields=["lane", "kind", "author"], name="matter_counted"),
            models.Index(fields=["author", "state"], name="matter_author"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_key}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:matter-detail", args=[kinds.get(self.kind).slug, self.object_key])

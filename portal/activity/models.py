"""The one public event log: timelines, feeds, follows, digests and the figures of the year read it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.activity.enums import Audience
from portal.models import SampleModel


class Activity(SampleModel):
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

    class Meta:
        verbose_name = _("Neuigkeit")
        verbose_name_plural = _("Neuigkeiten")
        ordering = ("-occurred_at", "-pk")
        indexes = [models.Index(fields=["project", "-occurred_at"]), models.Index(fields=["-occurred_at"])]

    def __str__(self) -> str:
        return f"{self.verb}: {self.title}"

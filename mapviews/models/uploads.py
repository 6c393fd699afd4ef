"""Uploads of CSV files: what was recognised, how far it is, what was refused and why."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mapviews.enums import UploadState
from portal.models import TimeStampedModel


class UploadJob(TimeStampedModel):
    """One file for one station. The file lies below `var/uploads/` (never served) and is deleted when the job ends."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    station = models.ForeignKey("mapviews.Station", on_delete=models.CASCADE, related_name="uploads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    shape = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.PREVIEW)
    rows = models.PositiveIntegerField(default=0)
    stored = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    conflicting = models.PositiveIntegerField(default=0)
    flagged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    done_bytes = models.BigIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Upload")
        verbose_name_plural = _("Uploads")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def is_finished(self) -> bool:
        return self.state in (UploadState.DONE, UploadState.FAILED)


class UploadRowError(models.Model):
    """A refused line, with its number in the file and the reason. At most 1,000 are kept; `rejected` counts all."""

    job = models.ForeignKey(UploadJob, on_delete=models.CASCADE, related_name="row_errors")
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=200)

    class Meta:
        ordering = ("line", "pk")

    def __str__(self) -> str:
        return f"Zeile {self.line}: {self.message}"

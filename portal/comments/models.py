"""Talk and its order. A comment belongs to a thread; whatever can be talked about holds a OneToOne to a thread."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models import TimeStampedModel


class Thread(TimeStampedModel):
    """`target` is the key under which an app registered itself in `portal.comments.targets` (e.g. `project`)."""

    target = models.CharField(max_length=40)
    closed_at = models.DateTimeField(_("geschlossen"), null=True, blank=True)

    class Meta:
        verbose_name = _("Gesprächsfaden")
        verbose_name_plural = _("Gesprächsfäden")

    def __str__(self) -> str:
        return f"{self.target} #{self.pk}"

"""A series joins several events under one title: "Bürger-DigiLog", "Digital im Quartier"."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models import SampleModel, TimeStampedModel


class SeriesQuerySet(models.QuerySet["Series"]):
    def public(self) -> SeriesQuerySet:
        """Series with at least one event that everyone sees."""
        events = self.model._meta.get_field("events").related_model.objects
        return self.filter(models.Exists(events.public().filter(series=models.OuterRef("pk"))))

    def visible_to(self, user: Any) -> SeriesQuerySet:
        """Series with at least one event that this person sees; new ones without events for those who plan."""
        if getattr(user, "is_authenticated", False) and user.has_perm("dialogues.change_event"):
            return self
        events = self.model._meta.get_field("events").related_model.objects
        return self.filter(models.Exists(events.visible_to(user).filter(series=models.OuterRef("pk"))))


class Series(SampleModel, TimeStampedModel):
    slug = models.SlugField(_("Kurzname in der Adresse"), unique=True, max_length=80)
    title = models.CharField(_("Titel"), max_length=150)
    description = models.TextField(_("Worum geht es in dieser Reihe?"), max_length=3000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("Reihe")
        verbose_name_plural = _("Reihen")
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/dialoge/reihen/{self.slug}/"

"""What happens in a project: milestones and short reports."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.models import SampleModel, TimeStampedModel
from projects.enums import Precision

FORMATS = {Precision.YEAR: "Y", Precision.MONTH: "YEAR_MONTH_FORMAT", Precision.DAY: "DATE_FORMAT"}
MACHINE_FORMATS = {Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m", Precision.DAY: "%Y-%m-%d"}


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def programme_wide(self) -> MilestoneQuerySet:
        return self.filter(project__isnull=True)

    def visible_to(self, user: Any) -> MilestoneQuerySet:
        from projects.models.project import Project

        return self.filter(Q(project__isnull=True) | Q(project__in=Project.objects.visible_to(user)))


class Milestone(SampleModel, TimeStampedModel):
    """A step on the way; without a project it belongs to the whole programme."""

    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField(_("Meilenstein"), max_length=200)
    description = models.CharField(_("Beschreibung"), max_length=500, blank=True)
    date = models.DateField(_("Datum"), help_text=_("Bei Jahr oder Monat zählt nur dieser Teil."))
    precision = models.CharField(_("Genauigkeit"), max_length=5, choices=Precision, default=Precision.DAY)
    reached = models.BooleanField(_("erreicht"), default=False)
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("Meilenstein")
        verbose_name_plural = _("Meilensteine")
        ordering = ("date", "order", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> str:
        """For people: "2019", "März 2019" or "3. März 2019"."""
        return date_format(self.date, FORMATS[Precision(self.precision)])

    @property
    def when_machine(self) -> str:
        """For `<time datetime>`: as many parts as are known."""
        return self.date.strftime(MACHINE_FORMATS[Precision(self.precision)])


class ProjectUpdate(SampleModel, TimeStampedModel):
    """A short report, "Neues aus dem Projekt", in plain text."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="updates")
    title = models.CharField(_("Überschrift"), max_length=150)
    text = models.TextField(_("Bericht"), max_length=4000)
    author = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(_("veröffentlicht"))

    class Meta:
        verbose_name = _("Neues aus dem Projekt")
        verbose_name_plural = _("Neues aus den Projekten")
        ordering = ("-published_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.project.get_absolute_url()}neuigkeiten/{self.pk}/"

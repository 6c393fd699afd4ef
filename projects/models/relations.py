"""What belongs to a project: partners, places and money."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.activity.enums import District
from projects.enums import Confidence


class Partner(models.Model):
    """An organisation, never a person."""

    name = models.CharField(_("Name"), max_length=200, unique=True)
    url = models.URLField(_("Internetadresse"), blank=True)

    class Meta:
        verbose_name = _("Partner")
        verbose_name_plural = _("Partner")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ProjectPartner(models.Model):
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="partnerships")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="partnerships")
    role = models.CharField(_("Aufgabe im Projekt"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("Beteiligung")
        verbose_name_plural = _("Beteiligungen")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["project", "partner"], name="project_partner_once")]

    def __str__(self) -> str:
        return f"{self.partner} ({self.role})" if self.role else str(self.partner)


class Place(models.Model):
    """Where a project can be seen, as exactly as it is known: a point in WGS 84 and the radius in metres around it."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="places")
    name = models.CharField(_("Ort"), max_length=200)
    lat = models.FloatField(_("Breite"))
    lng = models.FloatField(_("Länge"))
    radius_m = models.PositiveIntegerField(_("Genauigkeit in Metern"))
    confidence = models.CharField(_("Sicherheit der Ortsangabe"), max_length=6, choices=Confidence)
    basis = models.CharField(_("Grundlage"), max_length=300, blank=True)
    district = models.CharField(
        _("Stadtteil"),
        max_length=20,
        choices=District,
        blank=True,
        default="",
        help_text=_("Wer ihm folgt, erfährt vom Projekt."),
    )

    class Meta:
        verbose_name = _("Ort")
        verbose_name_plural = _("Orte")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__gte=-90, lat__lte=90, lng__gte=-180, lng__lte=180), name="place_on_earth"
            ),
            models.UniqueConstraint(fields=["project", "name"], name="place_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Funding(models.Model):
    """Money of a project by source; the amount only where a source states it, in whole euros."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="fundings")
    source = models.CharField(_("Mittelgeber oder Programm"), max_length=200)
    amount_eur = models.PositiveBigIntegerField(_("Betrag in Euro"), null=True, blank=True)
    reference = models.CharField(_("Beleg"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Finanzierung")
        verbose_name_plural = _("Finanzierungen")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["project", "source"], name="funding_source_once")]

    def __str__(self) -> str:
        return self.source

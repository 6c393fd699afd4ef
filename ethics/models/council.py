"""The Council itself: who sits on it, by which rule it decides, and with which checklists it works."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ethics.enums import ChecklistKind, SeatFunction


class CouncilSeat(models.Model):
    """One person's time on the Council. Rights need the seat and the role; the seat alone counts for the quorum."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="council_seats")
    function = models.CharField(_("Funktion"), max_length=20, choices=SeatFunction, default=SeatFunction.MEMBER)
    since = models.DateField(_("seit"))
    until = models.DateField(_("bis"), null=True, blank=True)

    class Meta:
        verbose_name = _("Sitz im Ethikrat")
        verbose_name_plural = _("Sitze im Ethikrat")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(until__isnull=True), name="one_current_seat_a_person"),
            models.UniqueConstraint(
                fields=["function"],
                condition=Q(until__isnull=True, function=SeatFunction.CHAIR),
                name="one_current_chair",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="seat_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_function_display()} #{self.user_id}"


class QuorumRule(models.Model):
    """A version of the rules of procedure; each vote keeps a copy of the one it was taken under."""

    version = models.PositiveIntegerField(_("Fassung"), unique=True)
    source = models.CharField(_("Quelle"), max_length=200)
    minimum = models.PositiveSmallIntegerField(_("mindestens anwesend"), default=3)
    share_above = models.DecimalField(
        _("Anteil, der überschritten sein muss"), max_digits=4, decimal_places=3, default="0.500"
    )
    chair_breaks_tie = models.BooleanField(_("Vorsitz entscheidet bei Stimmengleichheit"), default=True)
    second_invitation_suffices = models.BooleanField(_("zweite Ladung ohne Mindestzahl"), default=True)
    remote_counts = models.BooleanField(_("Zugeschaltete zählen"), default=True)
    invitation_days = models.PositiveSmallIntegerField(_("Ladungsfrist in Tagen"), default=7)
    dissent_days = models.PositiveSmallIntegerField(_("Frist für Sondervoten in Tagen"), default=7)
    objection_days = models.PositiveSmallIntegerField(_("Widerspruchsfrist im kurzen Verfahren in Tagen"), default=10)

    class Meta:
        verbose_name = _("Regel zu Beschlussfähigkeit und Mehrheit")
        verbose_name_plural = _("Regeln zu Beschlussfähigkeit und Mehrheit")
        ordering = ("-version",)

    def __str__(self) -> str:
        return f"Fassung {self.version}"

    def snapshot(self) -> dict[str, Any]:
        """The rule as plain data, as it is copied into a vote."""
        return {
            "version": self.version,
            "source": self.source,
            "minimum": self.minimum,
            "share_above": str(self.share_above),
            "chair_breaks_tie": self.chair_breaks_tie,
            "second_invitation_suffices": self.second_invitation_suffices,
            "remote_counts": self.remote_counts,
        }


class ChecklistVersion(models.Model):
    """Questions as data. A case keeps the version it began with."""

    kind = models.CharField(_("Art"), max_length=12, choices=ChecklistKind)
    version = models.PositiveIntegerField(_("Fassung"))
    title = models.CharField(_("Titel"), max_length=200)
    source = models.CharField(_("Quelle"), max_length=300)
    content = models.JSONField(_("Inhalt"))

    class Meta:
        verbose_name = _("Fassung einer Checkliste")
        verbose_name_plural = _("Fassungen von Checklisten")
        ordering = ("kind", "-version")
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="one_checklist_a_version")]

    def __str__(self) -> str:
        return f"{self.title}, Fassung {self.version}"

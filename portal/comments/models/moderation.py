"""The order of talk: notices, decisions with reasons, objections (DSA Art. 16, 17 and 20 as TRUST.md takes them)."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.comments.enums import RESTRICTING, Ground, Measure, Reason
from portal.comments.models.matter import Matter


class ModerationDecision(models.Model):
    """A statement of reasons as in DSA Art. 17: measure, rule, facts, ground. Never changed, only objected to."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="decisions")
    measure = models.CharField(_("Maßnahme"), max_length=10, choices=Measure)
    reason = models.CharField(_("Verstoß"), max_length=20, choices=Reason, blank=True)
    facts = models.TextField(_("Was vorlag"), max_length=1000, blank=True)
    ground = models.CharField(_("Grundlage"), max_length=10, choices=Ground, default=Ground.RULES)
    provision = models.CharField(_("Vorschrift"), max_length=200, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="moderation_decisions"
    )
    until = models.DateTimeField(_("gesperrt bis"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Entscheidung der Moderation")
        verbose_name_plural = _("Entscheidungen der Moderation")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(measure__in=RESTRICTING) | (~Q(reason="") & ~Q(facts="")),
                name="decision_to_restrict_has_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(measure=Measure.BLOCK) | Q(until__isnull=False), name="decision_to_block_has_an_end"
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "-created_at"], name="decision_of_matter"),
            models.Index(fields=["created_at", "measure"], name="decision_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} #{self.matter_id}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:decision-detail", args=[self.uuid])


def _receipt() -> str:
    """A number that can be read out on the telephone: M-ABCD-2345, without 0, O, 1 and I."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    code = "".join(secrets.choice(letters) for _position in range(8))
    return f"M-{code[:4]}-{code[4:]}"


class Notice(models.Model):
    """Anyone's report about what somebody wrote, as in DSA Art. 16, with receipt."""

    receipt = models.CharField(max_length=16, unique=True, default=_receipt, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="notices")
    reason = models.CharField(_("Grund"), max_length=20, choices=Reason)
    explanation = models.TextField(_("Erläuterung"), max_length=1000)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    sender = models.CharField(max_length=32, blank=True)  # names a connection for one day, to count by; no address
    decision = models.ForeignKey(
        ModerationDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Meldung")
        verbose_name_plural = _("Meldungen")
        ordering = ("created_at", "pk")
        indexes = [
            models.Index(fields=["matter"], condition=Q(decision=None), name="notice_open"),
            models.Index(fields=["created_at"], name="notice_by_time"),
        ]

    def __str__(self) -> str:
        return self.receipt

    def get_absolute_url(self) -> str:
        return reverse("notices:notice-detail", args=[self.receipt])


class Objection(models.Model):
    """The author objects to a decision; another moderator decides."""

    decision = models.OneToOneField(ModerationDecision, on_delete=models.PROTECT, related_name="objection")
    text = models.TextField(_("Warum ist die Entscheidung falsch?"), max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    upheld = models.BooleanField(_("Widerspruch hat Erfolg"), null=True, blank=True)
    answer = models.TextField(_("Begründung"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("Widerspruch")
        verbose_name_plural = _("Widersprüche")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, upheld=None) | (Q(decided_at__isnull=False, upheld__isnull=False)),
                name="objection_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

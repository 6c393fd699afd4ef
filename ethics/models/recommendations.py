"""What the Council says, under which conditions, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ethics.enums import ConditionState, Form, Response
from ethics.models.cases import ReviewCase


class Recommendation(models.Model):
    """Drafted before the vote, frozen by it (`frozen_at`); the plain-language summary is added for publication."""

    case = models.OneToOneField(ReviewCase, on_delete=models.CASCADE, related_name="recommendation")
    form = models.CharField(_("Art der Empfehlung"), max_length=30, choices=Form)
    sentence = models.CharField(_("Empfehlung in einem Satz"), max_length=300)
    text = models.TextField(_("Begründung"))
    plain_summary = models.TextField(_("In einfachen Worten"), blank=True)
    redaction_reason = models.TextField(_("Grund für Schwärzungen"), blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Empfehlung")
        verbose_name_plural = _("Empfehlungen")

    def __str__(self) -> str:
        return self.sentence


class Condition(models.Model):
    """One condition ("Auflage") with the project's answer and the proof."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="conditions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("Auflage"))
    due = models.DateField(_("bis"), null=True, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=ConditionState, default=ConditionState.OPEN)
    response = models.CharField(_("Antwort"), max_length=10, choices=Response, blank=True)
    response_reason = models.TextField(_("Begründung der Antwort"), blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)
    proof = models.TextField(_("Nachweis"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Auflage")
        verbose_name_plural = _("Auflagen")
        ordering = ("recommendation", "position")
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "position"], name="condition_position_once"),
            models.CheckConstraint(
                condition=Q(state=ConditionState.OPEN) | ~Q(proof=""), name="settled_condition_has_proof"
            ),
            models.CheckConstraint(
                condition=Q(response="") | ~Q(response_reason=""), name="response_to_condition_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} #{self.position}"


class DissentingOpinion(models.Model):
    """Sondervotum: own text, or the statement that none will come (`waived`). The name only with consent.

    `printed_display_name` is the name as it stood on the day of publication: the published hash covers it.
    """

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="dissents")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("Sondervotum"), blank=True)
    named = models.BooleanField(_("mit Namen veröffentlichen"), default=False)
    printed_display_name = models.CharField(_("Name bei der Veröffentlichung"), max_length=150, blank=True)
    waived = models.BooleanField(_("verzichtet"), default=False)
    filed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Sondervotum")
        verbose_name_plural = _("Sondervoten")
        constraints = [
            models.UniqueConstraint(fields=["case", "member"], name="one_dissent_a_member"),
            models.CheckConstraint(
                condition=Q(waived=True, text="") | (Q(waived=False) & ~Q(text="")), name="dissent_has_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: #{self.member_id}"

    @property
    def public_name(self) -> str:
        """The name as printed on the day of publication; until then as it is now. Empty without consent."""
        return (self.printed_display_name or self.member.public_name) if self.named else ""

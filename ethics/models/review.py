"""What members contribute before the meeting: declarations, individual opinions, objections, and who reports."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ethics.enums import Form, Ground
from ethics.models.cases import CaseVersion, ReviewCase
from ethics.models.talk import paper_path


class Assignment(models.Model):
    """The member who reports on the case in the meeting."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="assignments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    current = models.BooleanField(default=True)
    assigned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Berichterstattung")
        verbose_name_plural = _("Berichterstattungen")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(current=True), name="one_current_rapporteur")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: #{self.member_id}"


class ConflictDeclaration(models.Model):
    """A member says whether there is a conflict. A later declaration supersedes the former, which stays."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="declarations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    conflicted = models.BooleanField(_("befangen"))
    ground = models.CharField(_("Grund"), max_length=20, choices=Ground, blank=True)
    explanation = models.TextField(_("Erläuterung"), blank=True, max_length=2000)
    declared_at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("Erklärung zur Befangenheit")
        verbose_name_plural = _("Erklärungen zur Befangenheit")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member"], condition=Q(current=True), name="one_current_declaration"
            ),
            models.CheckConstraint(
                condition=Q(conflicted=False, ground="") | (Q(conflicted=True) & ~Q(ground="")),
                name="conflict_has_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: #{self.member_id} {'befangen' if self.conflicted else 'frei'}"


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, user: Any) -> OpinionQuerySet:
        """One's own; others' only after unveiling, only for seated members who declared no conflict in that case and do
        not lead it."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        from ethics.models.visibility import is_seated

        own = Q(member=user)
        if not is_seated(user):
            return self.filter(own)
        clear = ConflictDeclaration.objects.filter(
            case=models.OuterRef("case"), member=user, current=True, conflicted=False
        )
        leading = Q(case__lead=user) | Q(case__project__lead=user)
        return self.filter(own | (Q(unveiled_at__isnull=False) & models.Exists(clear) & ~leading))


class Opinion(models.Model):
    """A member's individual opinion on one version. A draft until handed in; hidden from others until unveiled."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="opinions")
    version = models.ForeignKey(CaseVersion, on_delete=models.PROTECT, related_name="opinions")
    version_hash = models.CharField(max_length=64)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(_("Vorschlag"), max_length=30, choices=Form, blank=True)
    text = models.TextField(_("Stellungnahme"), blank=True)
    ratings = models.JSONField(_("Kriterien"), default=dict)
    submitted_at = models.DateTimeField(_("abgegeben am"), null=True, blank=True)
    unveiled_at = models.DateTimeField(_("offengelegt am"), null=True, blank=True)
    late = models.BooleanField(_("nach Offenlegung abgegeben"), default=False)
    current = models.BooleanField(default=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Stellungnahme")
        verbose_name_plural = _("Stellungnahmen")
        ordering = ("submitted_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["case", "member"], condition=Q(current=True), name="one_current_opinion"),
            models.CheckConstraint(
                condition=Q(unveiled_at__isnull=True) | Q(submitted_at__isnull=False),
                name="only_submitted_opinions_are_unveiled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: #{self.member_id}"


class Objection(models.Model):
    """A member wants the full procedure instead of the short one."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="objections")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("Grund"), blank=True)
    raised_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Widerspruch gegen das kurze Verfahren")
        verbose_name_plural = _("Widersprüche gegen das kurze Verfahren")

    def __str__(self) -> str:
        return f"{self.case_id}: #{self.member_id}"


class OutsideOpinion(models.Model):
    """An expert's opinion from outside the Council, handed in on paper: typed in by the office, with the scan.

    Bound to one version. Asked for where too few members are free of conflict to decide.
    """

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="outside_opinions")
    version = models.ForeignKey(CaseVersion, on_delete=models.PROTECT, related_name="+")
    version_hash = models.CharField(max_length=64)
    expert_contact = models.CharField(_("Wer hat sie geschrieben?"), max_length=200)
    received_on = models.DateField(_("eingegangen am"))
    stance = models.CharField(_("Vorschlag"), max_length=30, choices=Form)
    text = models.TextField(_("Stellungnahme"))
    scan = models.FileField(upload_to=paper_path, max_length=100)
    media_type = models.CharField(max_length=80)
    hash = models.CharField(max_length=64)
    late = models.BooleanField(_("nach Offenlegung abgegeben"), default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Stellungnahme von außen")
        verbose_name_plural = _("Stellungnahmen von außen")
        ordering = ("entered_at", "pk")
        constraints = [models.UniqueConstraint(fields=["case", "hash"], name="one_scan_a_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.pk}"

"""What is said about a case: questions to the project, the Council's discussion, attached papers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ethics.enums import Section
from ethics.models.cases import ReviewCase


class CaseQuestion(models.Model):
    """A question of the Council to the project and its answer, in writing."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("Frage"))
    asked_at = models.DateTimeField()
    answer = models.TextField(_("Antwort"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Frage an das Projekt")
        verbose_name_plural = _("Fragen an das Projekt")
        ordering = ("asked_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="answered_question_has_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: Frage {self.pk}"


class Remark(models.Model):
    """One contribution to the Council's discussion of a section."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="remarks")
    section = models.CharField(_("Abschnitt"), max_length=12, choices=Section)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("Beitrag"))
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Beitrag zur Beratung")
        verbose_name_plural = _("Beiträge zur Beratung")
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.section} {self.pk}"


def paper_path(_attachment: Any, name: str) -> str:
    """Below a folder that no public door serves; the name on disk tells nothing."""
    from uuid import uuid4

    return f"ethics/papers/{uuid4().hex}.{name.rpartition('.')[2].lower()[:5]}"


class Attachment(models.Model):
    """A file that belongs to the application; kept with its hash, opened only by readers of the paper."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="attachments")
    title = models.CharField(_("Bezeichnung"), max_length=150)
    file = models.FileField(upload_to=paper_path, max_length=100)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Anlage")
        verbose_name_plural = _("Anlagen")
        ordering = ("attached_at", "pk")

    def __str__(self) -> str:
        return self.title

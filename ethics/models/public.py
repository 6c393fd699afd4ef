"""Questions of citizens to the Council, dossiers made in the background, and reminders that went out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ethics.models.cases import ReviewCase
from portal.comments.enums import State
from portal.models import SampleModel, TimeStampedModel


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def public(self) -> InquiryQuerySet:
        return self.filter(state=State.VISIBLE)

    def visible_to(self, user: Any) -> InquiryQuerySet:
        """Published questions and one's own; what is held is the moderation's and its author's."""
        condition = Q(state=State.VISIBLE)
        if getattr(user, "is_authenticated", False):
            condition |= Q(author=user) & ~Q(state=State.DELETED)
        return self.filter(condition)


class Inquiry(SampleModel, TimeStampedModel):
    """A citizen's question to the Council ("Frag den Ethikrat") and the Council's public answer."""

    question = models.TextField(_("Ihre Frage"), max_length=2000, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.VISIBLE)
    hidden_reason = models.CharField(max_length=40, blank=True)
    answer = models.TextField(_("Antwort"), max_length=8000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    case = models.ForeignKey(ReviewCase, null=True, blank=True, on_delete=models.SET_NULL, related_name="inquiries")

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Frage an den Ethikrat")
        verbose_name_plural = _("Fragen an den Ethikrat")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answered_inquiry_has_answer",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DELETED) | ~Q(question=""), name="inquiry_has_text_until_deleted"
            ),
        ]

    def __str__(self) -> str:
        return self.question[:60]

    def get_absolute_url(self) -> str:
        return f"/ethikrat/fragen/#frage-{self.pk}"


class DossierFile(models.Model):
    """A dossier made in the background: of one case as it stood at one link of its chain."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="dossiers")
    head = models.CharField(max_length=64)
    done = models.PositiveSmallIntegerField(_("fertig in Prozent"), default=0)
    data = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    failed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Dossier")
        verbose_name_plural = _("Dossiers")
        constraints = [models.UniqueConstraint(fields=["case", "head"], name="one_dossier_a_head")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.done} %"


class SentReminder(models.Model):
    """A reminder that went out, by its key: nobody gets the same one twice."""

    key = models.CharField(max_length=120, unique=True)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("gesendete Erinnerung")
        verbose_name_plural = _("gesendete Erinnerungen")

    def __str__(self) -> str:
        return self.key


class ReviewTalk(models.Model):
    """The public conversation below a published recommendation; it begins with the publication."""

    case = models.OneToOneField(ReviewCase, on_delete=models.PROTECT, related_name="talk")
    thread = models.OneToOneField("comments.Thread", on_delete=models.PROTECT, related_name="review_talk")

    class Meta:
        verbose_name = _("Gespräch zu einer Empfehlung")
        verbose_name_plural = _("Gespräche zu Empfehlungen")

    def __str__(self) -> str:
        return str(self.case_id)

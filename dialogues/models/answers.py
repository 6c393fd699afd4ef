"""The city's answers; each one stays, the newest counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.enums import AnswerStatus
from dialogues.models.contributions import Contribution
from portal.models import SampleModel

REASON_LIMIT = 3000


class Answer(SampleModel):
    """`due` is when the city wants to say or have done the next thing; `milestone` is where the idea lives on."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="answers")
    status = models.CharField(_("Stand"), max_length=10, choices=AnswerStatus)
    reason = models.TextField(_("Begründung in einfachen Worten"), max_length=REASON_LIMIT)
    department = models.CharField(_("Amt oder Dienststelle"), max_length=120)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    due = models.DateField(_("nächster Schritt bis"), null=True, blank=True)
    milestone = models.ForeignKey(
        "projects.Milestone",
        verbose_name=_("Meilenstein"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="answers",
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Antwort der Stadt")
        verbose_name_plural = _("Antworten der Stadt")
        ordering = ("created_at", "pk")
        constraints = [
            models.CheckConstraint(condition=~models.Q(status=AnswerStatus.OPEN), name="answer_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}: {self.contribution_id}"


def state_of(answer: Answer) -> Mapping[str, Any]:
    """What the audit chain vouches for."""
    return {
        "contribution": answer.contribution_id,
        "status": answer.status,
        "reason": answer.reason,
        "department": answer.department,
        "due": answer.due.isoformat() if answer.due else None,
        "created_at": answer.created_at,
    }

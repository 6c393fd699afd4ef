"""Three questions to the guests after an evening. Who answered and what was answered are never in one row."""

from __future__ import annotations

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogues.models.board import Board, Participant
from portal.comments.enums import Reason, State
from portal.models import SampleModel

QUESTION_LIMIT = 200
ANSWER_LIMIT = 1000
DAYS = 7


class Feedback(models.Model):
    """How one evening asks. A board without a row asks the usual questions; an empty wording is the usual one."""

    board = models.OneToOneField(Board, on_delete=models.CASCADE, related_name="feedback")
    is_on = models.BooleanField(_("Nach dem Abend drei Fragen stellen"), default=True)
    scale = models.CharField(_("Frage mit einer Skala von 1 bis 5"), max_length=QUESTION_LIMIT, blank=True)
    scale_en = models.CharField(_("Dieselbe Frage auf Englisch"), max_length=QUESTION_LIMIT, blank=True)
    yes_no = models.CharField(_("Frage mit Ja und Nein"), max_length=QUESTION_LIMIT, blank=True)
    yes_no_en = models.CharField(_("Dieselbe Frage auf Englisch"), max_length=QUESTION_LIMIT, blank=True)
    words = models.CharField(_("Frage mit freiem Text"), max_length=QUESTION_LIMIT, blank=True)
    words_en = models.CharField(_("Dieselbe Frage auf Englisch"), max_length=QUESTION_LIMIT, blank=True)
    days = models.PositiveSmallIntegerField(
        _("So viele Tage lang kann man antworten"),
        default=DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    class Meta:
        verbose_name = _("Rückmeldung zu einem Abend")
        verbose_name_plural = _("Rückmeldungen zu Abenden")
        constraints = [models.CheckConstraint(condition=Q(days__gte=1, days__lte=60), name="feedback_days_1_to_60")]

    def __str__(self) -> str:
        return str(self.board)


class FeedbackAnswer(SampleModel):
    """What one guest answered. `participant` only where the guest chose to answer with the seat.

    The key is drawn at random and no time is stored, so that the order of the answers tells nothing.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="feedback_answers")
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    scale = models.PositiveSmallIntegerField(null=True, blank=True)
    yes = models.BooleanField(null=True, blank=True)
    text = models.CharField(_("Antwort"), max_length=ANSWER_LIMIT, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.HELD)
    hidden_reason = models.CharField(max_length=20, choices=Reason, blank=True)
    day = models.DateField()

    class Meta:
        verbose_name = _("Antwort eines Gastes")
        verbose_name_plural = _("Antworten von Gästen")
        ordering = ("uuid",)
        constraints = [
            models.CheckConstraint(
                condition=Q(scale__isnull=True) | Q(scale__gte=1, scale__lte=5), name="feedback_scale_1_to_5"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

"""Poll questions of a dialogue. Who took part and what was chosen are never in one row."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dialogues.enums import PollKind
from dialogues.models.online import OnlineDialogue
from portal.models import SampleModel

SMALLEST = 5


class Poll(SampleModel):
    dialogue = models.ForeignKey(OnlineDialogue, on_delete=models.CASCADE, related_name="polls")
    question = models.CharField(_("Frage"), max_length=300)
    kind = models.CharField(_("Art"), max_length=10, choices=PollKind, default=PollKind.SINGLE)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("Umfrage")
        verbose_name_plural = _("Umfragen")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.question


class PollOption(models.Model):
    """`votes` is only a number: which person chose it is not stored anywhere."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(_("Antwort"), max_length=150)
    votes = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("Antwort einer Umfrage")
        verbose_name_plural = _("Antworten einer Umfrage")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class PollParticipation(models.Model):
    """That a person voted, so that nobody votes twice; without a time, which would tell the order of the votes."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="participations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("Teilnahme an einer Umfrage")
        verbose_name_plural = _("Teilnahmen an Umfragen")
        constraints = [models.UniqueConstraint(fields=["poll", "user"], name="poll_taken_once")]

    def __str__(self) -> str:
        return f"{self.user_id} > {self.poll_id}"

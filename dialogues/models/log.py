"""The log of a board: the truth that every socket, page and replay is built from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogues.models.board import Board, Participant, Table
from dialogues.models.cards import Card


class BoardEvent(models.Model):
    """Event number `seq` of a board.

    `body` is what the moderation sees; what others see is derived from it and from the card's present state
    (dialogues/domain/board/views.py). `table` limits it to one table, null means the whole board. `actor` and `cid`
    make a repeated command harmless: its stored `ack` is given again.
    """

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="log")
    seq = models.BigIntegerField()
    event = models.CharField(max_length=40)
    at = models.DateTimeField()
    table = models.ForeignKey(Table, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.SET_NULL, related_name="log")
    staff_only = models.BooleanField(default=False)
    body = models.JSONField(default=dict)
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    actor = models.CharField(max_length=64)
    cid = models.CharField(max_length=64, blank=True)
    ack = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("Ereignis einer Tafel")
        verbose_name_plural = _("Ereignisse einer Tafel")
        ordering = ("board", "seq")
        constraints = [
            models.UniqueConstraint(fields=["board", "seq"], name="board_event_seq_unique"),
            models.UniqueConstraint(
                fields=["board", "actor", "cid"], condition=~Q(cid=""), name="board_event_command_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"

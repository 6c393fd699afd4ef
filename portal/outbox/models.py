"""Mails that wait for delivery, in the same database as what caused them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.outbox.enums import State


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self) -> MailQuerySet:
        """Waiting mails whose time has come, oldest first."""
        return self.filter(state=State.WAITING, next_attempt_at__lte=timezone.now()).order_by("next_attempt_at", "pk")

    def to_address(self, address: str) -> MailQuerySet:
        return self.filter(recipients__icontains=f"|{address.strip().lower()}|")


class Mail(models.Model):
    """One mail to one set of recipients; `message` is the finished MIME text and is emptied after delivery."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message_id = models.CharField(max_length=255, unique=True)
    sender = models.CharField(_("Absender"), max_length=320)
    recipients = models.TextField(_("Empfänger"), help_text="|adresse|adresse|, klein geschrieben")
    subject = models.CharField(_("Betreff"), max_length=400, blank=True)
    text = models.TextField(_("Text"), blank=True)
    message = models.BinaryField(blank=True, default=b"")
    state = models.CharField(_("Zustand"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    last_error = models.CharField(_("letzter Fehler"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("angelegt"), auto_now_add=True)
    next_attempt_at = models.DateTimeField(_("nächster Versuch"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(_("zugestellt"), null=True, blank=True)
    purged_at = models.DateTimeField(_("Inhalt gelöscht"), null=True, blank=True)

    objects: ClassVar[MailQuerySet] = MailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("Mail")
        verbose_name_plural = _("Mails")
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.subject}"

    @property
    def addresses(self) -> list[str]:
        return [address for address in self.recipients.split("|") if address]

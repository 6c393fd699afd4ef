"""Who comes to an event: how one registers (`Admission`) and each party that did (`Registration`)."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.enums import Origin, RegistrationState, Window
from dialogues.models.board import CODE_ALPHABET
from dialogues.models.events import Event
from portal.models import SampleModel, TimeStampedModel

LARGEST_PARTY = 5
SEATED = (RegistrationState.HELD, RegistrationState.CONFIRMED)
UNCONFIRMED = (RegistrationState.HELD, RegistrationState.ASKED)
LIVE = (*SEATED, RegistrationState.ASKED, RegistrationState.WAITING)


def new_door_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _sign in range(6))


class Admission(TimeStampedModel):
    """How one registers for an event; without a row, or with `needed` off, one simply comes.

    The row is the lock under which seats are counted. `next_number` numbers the waiting list, `figures` are the
    counts that stay when the registrations are deleted.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="admission")
    needed = models.BooleanField(_("Man muss sich anmelden"), default=True)
    opens_at = models.DateTimeField(_("Anmeldung ab"), null=True, blank=True)
    closes_at = models.DateTimeField(_("Anmeldung bis"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("Plätze"), null=True, blank=True)
    waiting_list = models.BooleanField(_("Warteliste führen"), default=True)
    party_max = models.PositiveSmallIntegerField(_("Personen je Anmeldung"), default=2)
    note = models.TextField(_("Text für die Bestätigung"), max_length=2000, blank=True)
    next_number = models.PositiveIntegerField(default=1, editable=False)
    figures = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("Anmeldeverfahren")
        verbose_name_plural = _("Anmeldeverfahren")
        constraints = [
            models.CheckConstraint(
                condition=Q(party_max__gte=1, party_max__lte=LARGEST_PARTY), name="admission_party_max"
            ),
            models.CheckConstraint(condition=Q(seats=None) | Q(seats__gte=1), name="admission_has_seats"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="admission_closes_after_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def ends(self, event: Event) -> datetime:
        """The last moment to register: never after the beginning."""
        return min(self.closes_at, event.starts_at) if self.closes_at else event.starts_at

    def window(self, event: Event, now: datetime | None = None) -> Window:
        """Whether one may register, by the dates alone; asked at the moment of the act."""
        moment = now or timezone.now()
        if not self.needed:
            return Window.NOT_NEEDED
        if moment >= self.ends(event):
            return Window.CLOSED
        if self.opens_at is not None and moment < self.opens_at:
            return Window.BEFORE
        return Window.OPEN


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def seated(self) -> RegistrationQuerySet:
        """Those who take up seats: confirmed, and held until the link in the mail is pressed."""
        return self.filter(state__in=SEATED)

    def live(self) -> RegistrationQuerySet:
        return self.filter(state__in=LIVE)

    def queue(self) -> RegistrationQuerySet:
        """The waiting list, in order of confirmation."""
        return self.filter(state=RegistrationState.WAITING).order_by("number")


class Registration(SampleModel, TimeStampedModel):
    """One party. Name, address and needs are seen by the hosts of the evening and go with the retention rule.

    `held_until` bounds the unconfirmed states, `number` orders the waiting list, `code` is shown at the door,
    `reminded` is the last reminder sent in days before, `arrived` how many came (none before the door).
    """

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="registrations")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    code = models.CharField(max_length=6, default=new_door_code, editable=False)
    name = models.CharField(_("Name"), max_length=80, blank=True)
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    persons = models.PositiveSmallIntegerField(_("Personen"), default=1)
    needs = models.TextField(_("Unterstützung"), max_length=1000, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=RegistrationState, default=RegistrationState.ASKED)
    origin = models.CharField(_("Weg"), max_length=10, choices=Origin, default=Origin.WEB)
    language = models.CharField(max_length=12, default="de")
    sender = models.CharField(max_length=32, blank=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    seat_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(null=True, blank=True)
    arrived = models.PositiveSmallIntegerField(_("gekommen"), null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Anmeldung")
        verbose_name_plural = _("Anmeldungen")
        ordering = ("pk",)
        indexes = [models.Index(fields=["admission", "state"]), models.Index(fields=["state", "held_until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["admission", "email"],
                condition=Q(state__in=LIVE) & ~Q(email=""),
                name="registration_once_per_address",
            ),
            models.UniqueConstraint(fields=["admission", "code"], name="registration_code_once"),
            models.UniqueConstraint(fields=["admission", "number"], name="registration_number_once"),
            models.CheckConstraint(
                condition=Q(persons__gte=1, persons__lte=LARGEST_PARTY), name="registration_persons"
            ),
            models.CheckConstraint(
                condition=Q(arrived=None) | Q(arrived__gte=1, arrived__lte=LARGEST_PARTY), name="registration_arrived"
            ),
        ]
        permissions = [("run_door", "Kann Anmeldungen sehen und den Einlass leiten")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_walk_in(self) -> bool:
        return self.origin == Origin.WALK_IN

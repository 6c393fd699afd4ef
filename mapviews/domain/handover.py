"""Giving a station to someone else: an offer by mail, accepted by the person who has the code and an account."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapviews.domain import invited, tokens
from mapviews.models import Handover, Station, UploadJob
from mapviews.permissions import can_own_station, can_register_station
from portal import audit
from portal.exceptions import DomainError, NotAllowed
from portal.outbox.domain import queue


def offer(user: Any, *, station: Station, email: str) -> Handover:
    """Mails a link to `email`; an earlier offer ends. Raises `not_allowed`, `bad_email`, `own_address`."""
    if not can_own_station(user, station):
        raise NotAllowed()
    email = invited.address_of(user, email)
    code, hashed = tokens.new_token("dhu")
    with transaction.atomic():
        Handover.objects.filter(station=station).delete()
        made = Handover.objects.create(
            station=station, email=email, code_hash=hashed, offered_by=user, expires_at=timezone.now() + invited.VALID
        )
        audit.record(actor=user, action="station.offered", obj=station)
        queue.enqueue(message=_mail(station, email, code))
    return made


def _mail(station: Station, email: str, code: str) -> EmailMessage:
    return invited.letter(
        email,
        subject=_("Möchten Sie die Station „%s“ übernehmen?") % station.name,
        text=_(
            "jemand möchte Ihnen seine Messstation auf der Digitalen Heimat PB übergeben. Wenn Sie zustimmen, gehören "
            "Station, Werte und Standort danach Ihnen. Sie brauchen dafür ein Konto mit dieser E-Mail-Adresse."
        ),
        path=f"/sensoren/uebergabe/{code}/",
    )


def withdraw(user: Any, *, station: Station) -> None:
    """Ends an open offer. Raises `not_allowed`."""
    if not can_own_station(user, station):
        raise NotAllowed()
    with transaction.atomic():
        Handover.objects.filter(station=station).delete()
        audit.record(actor=user, action="station.offer_withdrawn", obj=station)


def forget_expired() -> int:
    """The periodic job: offers nobody took hold an address no longer needed; returns how many."""
    return Handover.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def find(code: str) -> Handover | None:
    """The open offer with this code."""
    open_offers = Handover.objects.filter(code_hash=tokens.hash_token(code), expires_at__gt=timezone.now())
    return open_offers.select_related("station", "offered_by").first()


def accept(user: Any, *, code: str) -> str:
    """The station changes hands; returns its new token, since the old one is known to another person.

    Earlier places and unfinished uploads of the giver are deleted; alerts end. Raises `not_allowed`, `no_offer`,
    `other_address`.
    """
    if not can_register_station(user):
        raise NotAllowed()
    with transaction.atomic():
        found = Handover.objects.select_for_update(of=("self",)).filter(code_hash=tokens.hash_token(code)).first()
        if found is None or found.expires_at <= timezone.now():
            raise DomainError("no_offer", _("Dieses Angebot gibt es nicht mehr."), status=404)
        if found.email != user.email.lower():
            message = _("Dieses Angebot ging an eine andere E-Mail-Adresse. Bitte melden Sie sich mit dieser an.")
            raise DomainError("other_address", message, status=403)
        station = found.station
        token, station.token_hash = tokens.new_token("dhs")
        station.owner, station.token_changed_at = user, timezone.now()
        station.push_id = tokens.new_push_id()
        station.silence_hours = station.silence_told_at = None
        station.save()
        station.locations.filter(is_current=False).delete()
        for channel in station.channels.all():
            channel.thresholds.all().delete()
        UploadJob.objects.filter(station=station).update(user=None)
        found.delete()
        audit.record(actor=user, action="station.taken_over", obj=station)
    return token

"""Messages of network servers: keep the body, find the device, store the values. One transaction, no half results."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mapviews.domain import devices
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.ingest.batch import AHEAD, EARLIEST
from mapviews.enums import RawState
from mapviews.lorawan.payloads import ParsedMessage, PayloadError, parse
from mapviews.models import RawMessage, Source
from mapviews.permissions import is_sensor_desk
from portal import audit
from portal.exceptions import NotAllowed

log = logging.getLogger(__name__)

REASONS = {
    "not_json": gettext_lazy("Kein gültiges JSON."),
    "too_deep": gettext_lazy("Zu tief verschachtelt."),
    "shape": gettext_lazy("Nicht die Form einer Nachricht dieses Servers."),
    "no_device": gettext_lazy("Die Nachricht nennt kein Gerät."),
    "encrypted": gettext_lazy("Die Nutzdaten sind noch verschlüsselt."),
    "undecodable": gettext_lazy("Der Server hat die Nutzdaten nicht entschlüsselt, und es ist kein Cayenne LPP."),
    "bad_time": gettext_lazy("Der Zeitpunkt liegt vor 2000 oder in der Zukunft."),
    "bad_values": gettext_lazy("Keine brauchbare Zahl."),
    "application": gettext_lazy("Diese Anwendung darf über diese Quelle nicht senden."),
    "internal": gettext_lazy("Fehler im Portal. Bitte später erneut versuchen."),
}

FIXES = {
    "encrypted": gettext_lazy(
        "Am Netzserver den Anwendungsschlüssel hinterlegen, dann kommen neue Nachrichten lesbar."
    ),
    "undecodable": gettext_lazy("Am Netzserver einen Decoder (Codec) für dieses Gerät eintragen."),
    "bad_time": gettext_lazy("Die Uhr des Geräts oder des Decoders prüfen."),
    "application": gettext_lazy("Die Anwendung bei der Quelle erlauben und dann erneut lesen."),
    "not_json": gettext_lazy("In der Integration JSON statt Protobuf einstellen."),
    "shape": gettext_lazy("Prüfen, ob die Art der Quelle (ChirpStack, The Things Stack) stimmt."),
    "no_device": gettext_lazy("Prüfen, ob die Art der Quelle (ChirpStack, The Things Stack) stimmt."),
    "internal": gettext_lazy("Erneut lesen; bleibt der Fehler, bitte dem Betrieb melden."),
}


@dataclass(frozen=True)
class Receipt:
    """What became of a message: `status` for HTTP, `outcome` as in `receive`, `stored` new values."""

    status: int
    outcome: str
    code: str = ""
    stored: int = 0


def receive(source: Source, *, body: bytes, event: str | None, arrival: datetime | None = None) -> Receipt:
    """Takes one message in. When this returns, what was acknowledged is committed.

    Outcomes: `stored` (202), `known` (200, seen before), `ignored` (200, no uplink), `unmapped` (202, kept until
    the desk maps the device), `dead` (202 kept with a reason; 400 where it is not JSON). `arrival` is now, unless the
    message waited in the spool.
    """
    arrival = arrival or timezone.now()
    try:
        message = parse(source.kind, body, event=event)
    except PayloadError as error:
        return _bury(source, body, event, arrival, error.code)
    if message.event != "up":
        return Receipt(200, "ignored", message.event)
    key = f"{source.pk}:{message.dedup_key(arrival)}"
    try:
        with transaction.atomic():
            raw = RawMessage.objects.create(
                source=source, dedup_key=key, event=message.event[:20], received_at=arrival, body=body
            )
            receipt = _process(raw, message)
            Source.objects.filter(pk=source.pk).update(last_seen_at=arrival)
    except IntegrityError:
        if RawMessage.objects.filter(dedup_key=key).exists():
            return Receipt(200, "known")
        raise
    return receipt


def _bury(source: Source, body: bytes, event: str | None, arrival: datetime, code: str) -> Receipt:
    """Keeps an unreadable message once per content and day, as a dead letter."""
    digest = hashlib.sha256(body).hexdigest()
    status = 400 if code in ("not_json", "too_deep") else 202
    _raw, created = RawMessage.objects.get_or_create(
        dedup_key=f"{source.pk}:dead:{arrival:%Y%m%d}:{digest}",
        defaults={
            "source": source,
            "event": (event or "")[:20],
            "received_at": arrival,
            "body": body,
            "state": RawState.DEAD,
            "error_code": code,
            "attempts": 1,
        },
    )
    return Receipt(status if created or status == 400 else 200, "dead" if created else "known", code)


def _process(raw: RawMessage, message: ParsedMessage) -> Receipt:
    """Stores the readings of a kept message and sets its state; inside the caller's transaction."""
    source = raw.source
    raw.attempts += 1
    raw.error_code = ""
    allowed = source.allowed_applications
    if allowed and message.application_id not in allowed:
        return _dead(raw, "application")
    device = devices.seen(source, message, at=raw.received_at)
    raw.device = device
    if message.problem:
        return _dead(raw, message.problem)
    moment = message.time or raw.received_at
    ts = int(moment.timestamp() * 1000)
    if not EARLIEST <= ts <= int(raw.received_at.timestamp() * 1000) + AHEAD:
        return _dead(raw, "bad_time")
    if device.station_id is None:
        raw.state = RawState.UNMAPPED
        raw.save()
        return Receipt(202, "unmapped")
    moments = [(ts, message.readings), *((int(at.timestamp() * 1000), values) for at, values in message.earlier)]
    first_seen = {key: value for _at, values in reversed(moments) for key, value in values.items()}
    channels = devices.channels_for(device, first_seen)
    readings = [
        Reading(channels[key].pk, at, value) for at, values in moments for key, value in values.items()
        if key in channels
    ]  # fmt: skip
    now = int(raw.received_at.timestamp() * 1000)
    result = ingest(Batch(readings, {c.pk: c for c in channels.values()}, now=now))
    if readings and len(result.rejected) == len(readings):
        return _dead(raw, "bad_values")
    raw.state, raw.stored = RawState.DONE, result.stored
    raw.save()
    return Receipt(202, "stored", stored=result.stored)


def _dead(raw: RawMessage, code: str) -> Receipt:
    raw.state, raw.error_code = RawState.DEAD, code
    raw.save()
    return Receipt(202, "dead", code)


def replay(user: Any, *, raw: RawMessage) -> Receipt:
    """Tries a kept message again, e.g. after its device was mapped or a decoder was added. Raises `not_allowed`."""
    if not is_sensor_desk(user):
        raise NotAllowed()
    with transaction.atomic():
        raw = RawMessage.objects.select_related("source").select_for_update(of=("self",)).get(pk=raw.pk)
        receipt = _replay(raw)
        audit.record(actor=user, action="message.replayed", obj=raw, payload={"outcome": receipt.outcome})
    return receipt


def replay_dead(user: Any, *, source: Source, code: str, most: int = 500) -> tuple[int, int]:
    """Tries dead letters of one reason again, e.g. after an application was allowed; returns (stored, still dead).

    Raises `not_allowed`.
    """
    if not is_sensor_desk(user):
        raise NotAllowed()
    dead = RawMessage.objects.filter(source=source, state=RawState.DEAD, error_code=code).order_by("received_at", "pk")
    done = left = 0
    for pk in list(dead.values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            raw = RawMessage.objects.select_related("source").get(pk=pk)
            outcome = _replay(raw).outcome
        done += outcome == "stored"
        left += outcome == "dead"
    with transaction.atomic():
        payload = {"code": code, "stored": done, "dead": left}
        audit.record(actor=user if user.pk else None, action="source.replayed", obj=source, payload=payload)
    return done, left


def replay_device(user: Any, *, device: Any) -> int:
    """Stores what waited for this device to be mapped; returns the number of messages that became values."""
    if not is_sensor_desk(user):
        raise NotAllowed()
    waiting = RawMessage.objects.filter(device=device, state=RawState.UNMAPPED).order_by("received_at", "pk")
    done = 0
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            raw = RawMessage.objects.select_related("source").get(pk=pk)
            done += _replay(raw).outcome == "stored"
    return done


def _replay(raw: RawMessage) -> Receipt:
    if raw.state == RawState.DONE:
        return Receipt(200, "known")
    try:
        message = parse(raw.source.kind, bytes(raw.body), event=raw.event or None)
    except PayloadError as error:
        raw.attempts += 1
        return _dead(raw, error.code)
    if message.event != "up":
        raw.state = RawState.DONE
        raw.save()
        return Receipt(200, "ignored", message.event)
    return _process(raw, message)


def reason(code: str) -> str:
    """The sentence for an error code."""
    return str(REASONS.get(code, _("Unbekannter Fehler.")))

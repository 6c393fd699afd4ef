"""What a device's channels mean: phenomenon, unit and factor, chosen by the desk, previewed on stored messages."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mapviews.domain import stations
from mapviews.domain.phenomena import meaning
from mapviews.domain.templates import BY_SLUG, meant
from mapviews.lorawan.payloads import PayloadError, parse
from mapviews.models import Channel, Device, Phenomenon, RawMessage
from mapviews.permissions import is_sensor_desk
from portal import audit
from portal.exceptions import DomainError, NotAllowed

PREVIEWED = 5


@dataclass(frozen=True)
class Proposal:
    """A key of a device's messages, its newest values as sent, and what it probably means (in the canonical unit)."""

    key: str
    values: list[float]
    phenomenon: str
    unit: str
    factor: float

    @property
    def result(self) -> float:
        return round(self.values[0] * self.factor, 6)


def readings_of(device: Device) -> dict[str, list[float]]:
    """Newest values by key out of the last stored messages of a device."""
    found: dict[str, list[float]] = {}
    for raw in RawMessage.objects.filter(device=device).select_related("source")[:PREVIEWED]:
        try:
            message = parse(raw.source.kind, bytes(raw.body), event=raw.event or None)
        except PayloadError:
            continue
        for key, value in message.readings.items():
            found.setdefault(key, []).append(value)
    return found


def proposals(device: Device, *, template: str = "") -> list[Proposal]:
    """What the keys mean by the template, else by their names."""
    chosen = BY_SLUG.get(template)
    rows = []
    for key, values in readings_of(device).items():
        known = meant(chosen, key) if chosen else None
        if known is None:
            guess = meaning(key, values[0])
            known = (guess.phenomenon, guess.unit, guess.factor) if guess else ("", "", 1.0)
        rows.append(Proposal(key, values, *known))
    return rows


def prepare(user: Any, *, device: Device, template: str) -> int:
    """Makes the channels of a mapped device as a template says, before values come. Returns how many are new.

    Raises `not_allowed`, `unknown_template`, `not_mapped`.
    """
    if not is_sensor_desk(user):
        raise NotAllowed()
    if template not in BY_SLUG:
        raise DomainError("unknown_template", _("Diese Vorlage gibt es nicht."), field="template")
    if device.station is None:
        raise DomainError("not_mapped", _("Das Gerät gehört noch zu keiner Station."), status=409)
    known = set(device.channels.values_list("key", flat=True))
    phenomena = Phenomenon.objects.in_bulk()
    made = 0
    with transaction.atomic():
        for row in proposals(device, template=template):
            if row.key[:120] not in known:
                stations.channel_for(
                    device.station, key=row.key, device=device, phenomenon=phenomena.get(row.phenomenon),
                    input_unit=row.unit, factor=row.factor,
                )  # fmt: skip
                made += 1
        audit.record(
            actor=user if user.pk else None, action="device.prepared", obj=device, payload={"template": template}
        )
    return made


def define(user: Any, *, channel: Channel, phenomenon: Phenomenon | None, unit: str, factor: float) -> None:
    """Sets meaning, unit as sent and factor for values to come. Raises `not_allowed`, `bad_factor`."""
    if not is_sensor_desk(user):
        raise NotAllowed()
    if not math.isfinite(factor) or not 1e-9 <= abs(factor) <= 1e9:
        raise DomainError("bad_factor", _("Der Faktor muss eine Zahl sein und darf nicht 0 sein."), field="factor")
    with transaction.atomic():
        Channel.objects.filter(pk=channel.pk).update(phenomenon=phenomenon, input_unit=unit[:20], factor=factor)
        payload = {"key": channel.key, "phenomenon": phenomenon.pk if phenomenon else "", "factor": str(factor)}
        audit.record(actor=user if user.pk else None, action="channel.defined", obj=channel.station, payload=payload)

"""LoRaWAN devices: remember who sends, map them to stations, know their channels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mapviews.domain import stations
from mapviews.domain.phenomena import meaning
from mapviews.enums import Precision
from mapviews.lorawan.payloads import ParsedMessage
from mapviews.models import Channel, Device, Phenomenon, Source, Station
from mapviews.permissions import is_sensor_desk
from portal import audit
from portal.exceptions import DomainError, NotAllowed

MAX_CHANNELS = 64


def seen(source: Source, message: ParsedMessage, *, at: datetime) -> Device:
    """The device of a message, made where it is new; with automatic mapping its station too."""
    if message.dev_eui:
        identity = {"source": source, "dev_eui": message.dev_eui}
    else:
        identity = {
            "source": source,
            "dev_eui": "",
            "application_id": message.application_id,
            "device_id": message.device_id,
        }
    device, created = Device.objects.select_related("station").get_or_create(
        **identity,
        defaults={
            "device_id": message.device_id,
            "application_id": message.application_id,
            "name": message.device_name,
            "last_seen_at": at,
        },
    )
    if not created:
        device.last_seen_at = at
        device.save(update_fields=["last_seen_at", "updated_at"])
    if device.station_id is None and source.auto_map and message.readings:
        device.station = _station_for(source, device, message)
        device.save(update_fields=["station", "updated_at"])
    return device


def _station_for(source: Source, device: Device, message: ParsedMessage) -> Station:
    """A station of its own for a device of a practice or trusted source, placed where the server knows the place."""
    from mapviews.permissions import OPERATOR

    place: dict[str, Any] = {}
    if message.latitude is not None and message.longitude is not None:
        place = {"latitude": message.latitude, "longitude": message.longitude, "precision": Precision.CELL_500}
    name = device.name or device.device_id or device.dev_eui
    return stations.register(source.owner or OPERATOR, name=name, sample=source.sample, **place).station


def channels_for(device: Device, readings: Mapping[str, float]) -> dict[str, Channel]:
    """The channel of each reading by key; new keys get one with the phenomenon their name means."""
    known = {c.key: c for c in device.channels.select_related("phenomenon")}
    missing = [key for key in readings if key[:120] not in known][: MAX_CHANNELS - len(known)]
    if missing:
        meant = {key: meaning(key, readings[key]) for key in missing}
        phenomena = Phenomenon.objects.in_bulk([m.phenomenon for m in meant.values() if m])
        for key in missing:
            found = meant[key]
            assert device.station is not None
            known[key[:120]] = stations.channel_for(
                device.station,
                key=key,
                device=device,
                phenomenon=phenomena.get(found.phenomenon) if found else None,
                input_unit=found.unit if found else "",
                factor=found.factor if found else 1.0,
            )
    return {key: known[key[:120]] for key in readings if key[:120] in known}


def connect(user: Any, *, device: Device, station: Station) -> None:
    """Connects a device to a station. Raises `not_allowed`, `already_mapped`."""
    if not is_sensor_desk(user):
        raise NotAllowed()
    if device.station_id is not None and device.station_id != station.pk:
        raise DomainError("already_mapped", _("Dieses Gerät gehört schon zu einer anderen Station."), status=409)
    with transaction.atomic():
        device.station = station
        device.save(update_fields=["station", "updated_at"])
        audit.record(actor=user, action="device.mapped", obj=device, payload={"station": station.slug})


def move(user: Any, *, device: Device, station: Station) -> None:
    """From now on the device measures for another station. What it measured stays where it stood.

    Its new channels mean what the old ones did. Raises `not_allowed`, `not_mapped`, `same_station`.
    """
    if not is_sensor_desk(user):
        raise NotAllowed()
    with transaction.atomic():
        device = Device.objects.select_for_update(of=("self",)).get(pk=device.pk)
        if device.station_id is None:
            raise DomainError("not_mapped", _("Das Gerät gehört noch zu keiner Station."), status=409)
        if device.station_id == station.pk:
            raise DomainError("same_station", _("Das Gerät gehört schon zu dieser Station."), field="station")
        before, old = device.station_id, list(device.channels.select_related("phenomenon"))
        for channel in old:
            Channel.objects.filter(pk=channel.pk).update(device=None, key=f"{channel.key[:100]}#{channel.pk}")
        device.station = station
        device.save(update_fields=["station", "updated_at"])
        for channel in old:
            made = stations.channel_for(
                station, key=channel.key, device=device, phenomenon=channel.phenomenon,
                input_unit=channel.input_unit, factor=channel.factor,
            )  # fmt: skip
            Channel.objects.filter(pk=made.pk).update(offset=channel.offset)
        payload = {"from": before, "to": station.pk}
        audit.record(actor=user if user.pk else None, action="device.moved", obj=device, payload=payload)


def map_device(user: Any, *, device: Device, station: Station) -> int:
    """Connects a device to a station and stores what waited. Returns the number of messages taken over.

    Raises `not_allowed`, `already_mapped`.
    """
    from mapviews.domain.messages import replay_device

    connect(user, device=device, station=station)
    return replay_device(user, device=device)

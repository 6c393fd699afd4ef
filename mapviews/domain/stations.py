"""Register a station, rotate its token, move it, delete it for good."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mapviews.domain import places, texts, tokens
from mapviews.enums import Exposure, Licence, Precision, Publicity, StationStatus
from mapviews.models import (
    Channel,
    DirtyBucket,
    Measurement,
    Phenomenon,
    RollupDay,
    RollupHour,
    Station,
    StationLocation,
)
from mapviews.permissions import can_manage_station, can_own_station, can_register_station, is_sensor_desk
from portal import audit, cache
from portal.activity.domain import stream
from portal.comments.domain import matters, rights
from portal.comments.models import Thread
from portal.exceptions import DomainError, NotAllowed

MAX_STATIONS = 50
RESERVED_SLUGS = {"neu", "karte"}


@dataclass(frozen=True)
class Registered:
    """A new station and its token, which is shown once and never again."""

    station: Station
    token: str


def register(
    user: Any,
    *,
    name: str,
    exposure: str = Exposure.OUTDOOR,
    publicity: str = Publicity.PUBLIC,
    licence: str = Licence.CC0,
    description: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    precision: str = Precision.CELL_500,
    phenomena: list[str] | None = None,
    project: Any = None,
    sample: bool = False,
    announced: bool = True,
) -> Registered:
    """Creates a station with channels and place; public ones are announced on the stream (and the project's timeline).

    `announced=False`: boxes of a class, which has one line for all of them and a limit of its own.

    Raises `not_allowed`, `name_missing`, `too_many_stations`, `mobile_not_public`, `indoor_not_public`, `bad_place`,
    `unknown_phenomenon`, `blocked`, `links`. A text that hits a rule is held: the station stands under a neutral name.
    """
    if not can_register_station(user):
        raise NotAllowed(_("Bitte melden Sie sich an, um eine Station anzumelden."))
    if user.pk and not sample:
        rights.demand_may_write(user)
        if not is_sensor_desk(user):
            rights.demand_no_links(user, f"{name} {description}")
    name = " ".join(name.split())[:120]
    if not name:
        raise DomainError("name_missing", _("Bitte geben Sie der Station einen Namen."), field="name")
    if announced and not is_sensor_desk(user) and not sample and _own(user) >= MAX_STATIONS:
        raise DomainError("too_many_stations", _("Sie haben schon sehr viele Stationen. Bitte schreiben Sie uns."))
    check_publicity(exposure=exposure, publicity=publicity)
    if latitude is not None and longitude is not None:
        places.check(latitude, longitude)
    known = Phenomenon.objects.in_bulk(phenomena or [])
    for slug in phenomena or []:
        if slug not in known:
            raise DomainError("unknown_phenomenon", _("Unbekannte Messgröße: %s.") % slug, field="phenomena")
    token, hashed = tokens.new_token("dhs")
    with transaction.atomic():
        station = Station.objects.create(
            slug=free_slug(name, secret=publicity == Publicity.PRIVATE),
            name=name,
            description=description,
            owner=user if user.pk else None,
            exposure=exposure,
            publicity=publicity,
            licence=licence,
            project=project,
            sample=sample,
            thread=Thread.objects.create(target="station"),
            token_hash=hashed,
            token_changed_at=timezone.now(),
            push_id=tokens.new_push_id(),
            osem_id=tokens.new_osem_id(),
        )
        for slug in dict.fromkeys(phenomena or []):
            channel_for(station, key=slug, phenomenon=known[slug])
        if latitude is not None and longitude is not None:
            _place(station, latitude=latitude, longitude=longitude, precision=precision)
        audit.record(actor=user, action="station.registered", obj=station, payload={"publicity": publicity})
        texts.check_new(user, station)
        if station.is_public and announced:
            announce(user, station)
    return Registered(station, token)


def _own(user: Any) -> int:
    """Stations of a person; boxes of classes count there."""
    return int(user.stations.filter(class_box=None).count())


def check_publicity(*, exposure: str, publicity: str) -> None:
    """Mobile stations stay private; indoor stations are private or show daily means (they tell who is at home)."""
    if exposure == Exposure.MOBILE and publicity != Publicity.PRIVATE:
        message = _(
            "Stationen, die unterwegs sind, veröffentlichen wir nicht: Aus den Werten ließe sich Ihr Weg ablesen. "
            "Bitte wählen Sie „nur für mich“."
        )
        raise DomainError("mobile_not_public", message, field="publicity")
    if exposure == Exposure.INDOOR and publicity == Publicity.PUBLIC:
        message = _(
            "Einzelne Werte aus Innenräumen können verraten, wann niemand zu Hause ist. "
            "Möglich sind „nur Tagesmittel“ oder „nur für mich“."
        )
        raise DomainError("indoor_not_public", message, field="publicity")


def announce(user: Any, station: Station) -> None:
    """Tells the stream about a public station, inside the caller's transaction."""
    stream.publish(
        actor=user,
        verb="station.registered",
        title=station.name,
        url=station.canonical_url,
        project=station.project,
        summary=", ".join(c.label for c in station.channels.select_related("phenomenon"))[:500],
        sample=station.sample,
    )


def free_slug(name: str, *, secret: bool = False) -> str:
    """A slug from the name that no station has, with a number where needed.

    `secret`: with random signs, so that another station's number does not tell that this one exists.
    """
    german = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
    base = slugify(name.translate(german))[:60].strip("-") or "station"
    taken = set(Station.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED_SLUGS
    slug, number = f"{base}-{secrets.token_hex(4)}" if secret else base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def channel_for(
    station: Station,
    *,
    key: str,
    phenomenon: Phenomenon | None,
    device: Any = None,
    input_unit: str = "",
    factor: float = 1.0,
) -> Channel:
    """The station's channel with this key (of this device), made where it is missing."""
    channel, _created = Channel.objects.get_or_create(
        station=station,
        device=device,
        key=key[:120],
        defaults={
            "phenomenon": phenomenon,
            "input_unit": input_unit,
            "factor": factor,
            "osem_id": tokens.new_osem_id(),
        },
    )
    return channel


def rotate_token(user: Any, *, station: Station) -> str:
    """A new token; the old one stops at once. Raises `not_allowed`."""
    if not can_manage_station(user, station):
        raise NotAllowed()
    token, hashed = tokens.new_token("dhs")
    with transaction.atomic():
        station.token_hash, station.token_changed_at = hashed, timezone.now()
        station.save(update_fields=["token_hash", "token_changed_at", "updated_at"])
        audit.record(actor=user, action="station.token_rotated", obj=station)
    return token


def move(user: Any, *, station: Station, latitude: float, longitude: float, precision: str) -> StationLocation:
    """A new place from now on; only the owner may. Raises `not_allowed`, `bad_place`."""
    if not can_own_station(user, station):
        raise NotAllowed()
    places.check(latitude, longitude)
    with transaction.atomic():
        audit.record(actor=user, action="station.moved", obj=station)
        return _place(station, latitude=latitude, longitude=longitude, precision=precision)


def _place(station: Station, *, latitude: float, longitude: float, precision: str) -> StationLocation:
    public = places.public_point(str(station.uuid), latitude, longitude, precision)
    station.locations.filter(is_current=True).update(is_current=False)
    return StationLocation.objects.create(
        station=station,
        valid_from=timezone.now(),
        latitude=latitude,
        longitude=longitude,
        public_latitude=public[0],
        public_longitude=public[1],
        precision=precision,
    )


def hide(user: Any, *, station: Station, hidden: bool, reason: str) -> None:
    """Takes a station off every public door, or puts it back; with a reason. Raises `not_allowed`, `reason_missing`."""
    if not is_sensor_desk(user):
        raise NotAllowed()
    if not reason.strip():
        raise DomainError("reason_missing", _("Bitte nennen Sie den Grund."), field="reason")
    with transaction.atomic():
        station.status = StationStatus.HIDDEN if hidden else StationStatus.ACTIVE
        station.save(update_fields=["status", "updated_at"])
        action = "station.hidden" if hidden else "station.shown"
        audit.record(actor=user, action=action, obj=station, payload={"reason": reason[:500]})
        transaction.on_commit(cache.invalidate)


def delete(user: Any, *, station: Station) -> None:
    """Deletes the station with places, values, sums, messages and uploads. Cannot be undone. Raises `not_allowed`."""
    if not can_manage_station(user, station):
        raise NotAllowed()
    with transaction.atomic():
        channels = list(station.channels.values_list("pk", flat=True))
        _forget_values(channels)
        audit.record(actor=user, action="station.deleted", obj=station, payload={"channels": len(channels)})
        transaction.on_commit(cache.invalidate)
        for device in station.devices.all():
            device.messages.all().delete()
            device.delete()
        files = list(station.uploads.values_list("uuid", flat=True))
        thread = station.thread
        matters.vanished(kind=texts.KEY, key=station.pk)
        station.delete()
        thread.delete()
        transaction.on_commit(lambda: _forget_files(files))


def _forget_values(channels: list[int]) -> None:
    """By plain SQL: the ORM would read every row of a table with a composite key before it deletes it."""
    with connection.cursor() as cursor:
        for table in (Measurement, RollupHour, RollupDay, DirtyBucket):
            sql = f"DELETE FROM {table._meta.db_table} WHERE channel_id = %s"  # noqa: S608  a name of our own
            cursor.executemany(sql, [(channel,) for channel in channels])


def _forget_files(uuids: list[Any]) -> None:
    from mapviews.domain.uploads.files import path_of

    for uuid in uuids:
        path_of(uuid).unlink(missing_ok=True)

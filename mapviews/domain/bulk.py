"""Devices of a source as a table: taken out, changed elsewhere, brought in again. Each row is judged by itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mapviews.domain import devices, stations
from mapviews.domain.templates import BY_SLUG
from mapviews.domain.uploads.cells import value_of
from mapviews.enums import Precision
from mapviews.lorawan.payloads.document import eui
from mapviews.models import Device, Source, Station
from mapviews.permissions import is_sensor_desk
from portal import audit
from portal.exceptions import DomainError, NotAllowed

COLUMNS = (
    "dev_eui",
    "device_id",
    "application_id",
    "name",
    "station",
    "station_name",
    "latitude",
    "longitude",
    "template",
)
MOST_ROWS = 5000


@dataclass
class Report:
    """What became of a table: devices made, mapped, unchanged, and refused rows with line and reason."""

    made: int = 0
    mapped: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def rows(user: Any, *, source: Source) -> Iterator[list[str]]:
    """The table with its header. Places stay out: they are their owners'. Raises `not_allowed`."""
    if not is_sensor_desk(user):
        raise NotAllowed()
    yield list(COLUMNS)
    found = Device.objects.filter(source=source).select_related("station").order_by("pk")
    for device in found.iterator(chunk_size=1000):
        station = device.station
        yield [
            device.dev_eui, device.device_id, device.application_id, device.name, station.slug if station else "",
            station.name if station else "", "", "", "",
        ]  # fmt: skip


def bring_in(user: Any, *, source: Source, chunks: Iterable[bytes]) -> Report:
    """Makes and maps the devices of a CSV table (`;` or `,`, UTF-8). Good rows count whatever is wrong with others.

    `station` is a slug; where it is empty, `station_name` makes a station of the city (with `latitude`, `longitude`).
    Raises `not_allowed`, `not_text`, `no_table`, `too_many`.
    """
    if not is_sensor_desk(user):
        raise NotAllowed()
    try:
        text = b"".join(chunks).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DomainError("not_text", _("Bitte speichern Sie die Tabelle als CSV in UTF-8."), field="file") from error
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    names = {name.strip().lower(): name for name in reader.fieldnames or [] if name}
    if not {"dev_eui", "device_id"} & set(names):
        message = _("Die Tabelle braucht eine Kopfzeile mit „dev_eui“ oder „device_id“.")
        raise DomainError("no_table", message, field="file")
    if len(lines) > MOST_ROWS + 1:
        raise DomainError("too_many", _("Höchstens 5.000 Geräte auf einmal."), field="file")
    report = Report()
    for given in reader:
        row = {key: str(given.get(name) or "").strip() for key, name in names.items()}
        if not any(row.values()):
            continue
        try:
            with transaction.atomic():
                _bring(user, source, row, report)
        except DomainError as error:
            report.refused.append((reader.line_num, str(error.message)))
    payload = {"made": report.made, "mapped": report.mapped, "refused": len(report.refused)}
    with transaction.atomic():
        audit.record(actor=user if user.pk else None, action="source.devices_imported", obj=source, payload=payload)
    return report


def _bring(user: Any, source: Source, row: dict[str, str], report: Report) -> None:
    dev_eui = eui(row.get("dev_eui"))
    if row.get("dev_eui") and not dev_eui:
        raise DomainError("bad_eui", _("„%s“ ist keine DevEUI (16 Hex-Ziffern).") % row["dev_eui"][:40])
    if not dev_eui and not row.get("device_id"):
        raise DomainError("no_device", _("Die Zeile nennt kein Gerät."))
    if row.get("template") and row["template"] not in BY_SLUG:
        raise DomainError("unknown_template", _("Die Vorlage „%s“ gibt es nicht.") % row["template"][:40])
    texts = {name: row.get(name, "")[:120] for name in ("device_id", "application_id", "name")}
    identity = (
        {"dev_eui": dev_eui}
        if dev_eui
        else {"dev_eui": "", "device_id": texts["device_id"], "application_id": texts["application_id"]}
    )
    device, created = Device.objects.get_or_create(source=source, **identity, defaults=texts)
    station = device.station if stands_as_named(device, row) else _station(user, row)
    if station is not None and device.station_id != station.pk:
        devices.map_device(user, device=device, station=station)
        report.mapped += 1
    elif not created:
        report.unchanged += 1
    if device.station is not None and row.get("template"):
        from mapviews.domain.channels import prepare

        prepare(user, device=device, template=row["template"])
    report.made += created


def stands_as_named(device: Device, row: dict[str, str]) -> bool:
    """The same table once more makes no second station for a device that stands at one of that name already."""
    station = device.station
    return station is not None and not row.get("station") and station.name == row.get("station_name")


def _station(user: Any, row: dict[str, str]) -> Station | None:
    if slug := row.get("station"):
        found = Station.objects.filter(slug=slug).first()
        if found is None:
            raise DomainError("unknown_station", _("Die Station „%s“ gibt es nicht.") % slug[:60])
        return found
    if not row.get("station_name"):
        return None
    place: dict[str, Any] = {}
    if row.get("latitude") or row.get("longitude"):
        latitude, longitude = value_of(row.get("latitude", "")), value_of(row.get("longitude", ""))
        if latitude is None or longitude is None:
            raise DomainError("bad_place", _("Breite und Länge müssen Zahlen sein."))
        place = {"latitude": latitude, "longitude": longitude, "precision": Precision.CELL_500}
    return stations.register(user, name=row["station_name"], **place).station

"""What an owner changes about a station after it was registered: texts, who sees it, licence, project."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mapviews.domain import stations, texts
from mapviews.enums import Exposure
from mapviews.models import Measurement, Station, WithheldText
from mapviews.permissions import can_own_station, is_sensor_desk
from portal import audit, cache
from portal.activity.domain import stream
from portal.comments.domain import rights
from portal.exceptions import DomainError, NotAllowed

FIELDS = ("name", "description", "exposure", "publicity", "licence", "project")


def change(user: Any, *, station: Station, **fields: Any) -> Station:
    """The new state of `FIELDS`; the address stays. No longer public means gone from every public door at once.

    Raises `not_allowed`, `blocked`, `links`, `name_missing`, `withheld`, `mobile_not_public`, `indoor_not_public`,
    `old_values`.
    """
    if not can_own_station(user, station):
        raise NotAllowed()
    rights.demand_may_write(user)
    if not is_sensor_desk(user):
        rights.demand_no_links(user, f"{fields['name']} {fields['description']}")
    fields["name"] = " ".join(fields["name"].split())[:120]
    if not fields["name"]:
        raise DomainError("name_missing", _("Bitte geben Sie der Station einen Namen."), field="name")
    stations.check_publicity(exposure=fields["exposure"], publicity=fields["publicity"])
    with transaction.atomic():
        found = Station.objects.select_for_update(of=("self",)).get(pk=station.pk)
        written = (fields["name"], fields["description"]) != (found.name, found.description)
        if written and WithheldText.objects.filter(station=found).exists():
            message = _("Die Moderation prüft Name und Beschreibung. Bis dahin bleiben sie, wie sie sind.")
            raise DomainError("withheld", message, field="name", status=409)
        _keep_homes_closed(found, fields["exposure"])
        was_public = found.is_public
        for name in FIELDS:
            setattr(found, name, fields[name])
        found.save(update_fields=[*FIELDS, "updated_at"])
        audit.record(actor=user, action="station.changed", obj=found, payload={"publicity": found.publicity})
        _tell(user, found, was_public=was_public)
        if written:
            texts.check_new(user, found)
        transaction.on_commit(cache.invalidate)
    return found


def _keep_homes_closed(station: Station, exposure: str) -> None:
    """Single values from a home or from rides never become those of a place in the open, by whatever steps."""
    allowed = {Exposure.INDOOR: (Exposure.INDOOR, Exposure.MOBILE), Exposure.MOBILE: (Exposure.MOBILE,)}
    before = Exposure(station.exposure)
    if before not in allowed or exposure in allowed[before]:
        return
    if Measurement.objects.filter(channel__in=station.channels.values("pk")).exists():
        message = _(
            "Was diese Station bisher gemessen hat, könnte verraten, wann niemand zu Hause war oder wann Sie "
            "unterwegs waren. Löschen Sie zuerst die bisherigen Werte, oder melden Sie für den neuen Ort eine neue "
            "Station an."
        )
        raise DomainError("old_values", message, field="exposure", status=409)


def _tell(user: Any, station: Station, *, was_public: bool) -> None:
    """The stream shows the station while it is public: once, whatever is changed how often."""
    if was_public and not station.is_public:
        stream.withdraw(url=station.canonical_url)
    elif station.is_public and not was_public and not stream.reinstate(url=station.canonical_url):
        stations.announce(user, station)

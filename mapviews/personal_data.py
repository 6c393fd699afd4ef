"""What sensors keep about people: export, erasure, retention (registries of portal.accounts)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mapviews.domain import stations
from mapviews.domain.uploads.files import path_of
from mapviews.enums import UploadState
from mapviews.models import Handover, RawMessage, Source, Station, UploadJob
from portal.accounts import own_work
from portal.accounts.domain import personal, privacy
from portal.accounts.domain.personal import Column
from portal.rest import timestamp

COLUMNS = {
    "mapviews.Station.owner": Column("stations"),
    "mapviews.Source.owner": Column("stations"),
    "mapviews.UploadJob.user": Column("stations"),
    "mapviews.Handover.offered_by": Column("stations"),
    "mapviews.Handover.email": Column("stations"),
}


def register() -> None:
    privacy.register_export("stations", export, _("Stationen und ihre Orte"))
    privacy.register_erasure("stations", erase, preview)
    personal.register(COLUMNS)
    own_work.register("stations", _("Messstationen"), newest)
    privacy.register_retention("lorawan_messages", _("Nachrichten der Netzserver"), days=30, run=delete_messages)
    privacy.register_retention("upload_files", _("Nicht übernommene CSV-Dateien"), days=7, run=delete_uploads)


def export(user: Any) -> Iterable[dict[str, Any]]:
    """The person's stations with their exact places; the values are their own download."""
    rows = (
        Station.objects.filter(owner=user).select_related("withheld").prefetch_related("locations", "uploads", "fixes")
    )
    for station in rows:
        yield {
            "name": station.name,
            "description": station.description,
            "withheld": withheld_text(station),
            "url": station.canonical_url,
            "exposure": station.exposure,
            "publicity": station.publicity,
            "licence": station.licence,
            "created_at": timestamp(station.created_at),
            "places": [
                {"from": timestamp(p.valid_from), "latitude": p.latitude, "longitude": p.longitude}
                for p in station.locations.all()
            ],
            "ways": [{"ts": f.ts, "latitude": f.latitude, "longitude": f.longitude} for f in station.fixes.all()],
            "uploads": [{"file": job.file_name, "at": timestamp(job.created_at)} for job in station.uploads.all()],
        }
    for job in UploadJob.objects.filter(user=user).exclude(station__owner=user).select_related("station"):
        yield {"name": job.station.name, "uploads": [{"file": job.file_name, "at": timestamp(job.created_at)}]}
    yield from offers(user)
    for source in Source.objects.filter(owner=user):
        yield {"name": source.name, "kind": source.kind, "created_at": timestamp(source.created_at)}


def offers(user: Any) -> Iterable[dict[str, Any]]:
    """Open offers of a station, from the person or to her address."""
    for offer in Handover.objects.filter(Q(offered_by=user) | Q(email__iexact=user.email)).select_related("station"):
        mine = offer.offered_by_id == user.pk
        yield {
            "name": offer.station.name,
            "offer": "made" if mine else "received",
            "expires": timestamp(offer.expires_at),
        }


def newest(user: Any, limit: int) -> Iterable[own_work.Work]:
    for station in Station.objects.filter(owner=user).order_by("-created_at")[:limit]:
        yield own_work.Work(station.name, station.canonical_url, station.created_at, station.description)


def preview(user: Any) -> Iterable[privacy.Fate]:
    yield privacy.Fate(_("Messstationen mit ihren Orten und Messwerten"), Station.objects.filter(owner=user).count())
    uploads = UploadJob.objects.filter(user=user).exclude(station__owner=user)
    yield privacy.Fate(
        _("Hochgeladene Messreihen für andere Stationen"), uploads.count(), _("bleiben ohne Ihren Namen")
    )
    sources = Source.objects.filter(owner=user)
    yield privacy.Fate(_("Quellen von Messnetzen"), sources.count(), _("bleiben ohne Ihren Namen"))


def withheld_text(station: Station) -> dict[str, str] | None:
    """What the person wrote and the moderation has taken away."""
    kept = getattr(station, "withheld", None)
    return {"name": kept.name, "description": kept.description} if kept else None


def erase(user: Any) -> int:
    """Deletes the person's stations for good, with values and places; uploads and sources of others lose the name."""
    found = list(Station.objects.filter(owner=user))
    for station in found:
        stations.delete(user, station=station)
    Handover.objects.filter(Q(offered_by=user) | Q(email__iexact=user.email)).delete()
    jobs = UploadJob.objects.filter(user=user).update(user=None, file_name="")
    return len(found) + jobs + Source.objects.filter(owner=user).update(owner=None)


def delete_messages(before: datetime, dry_run: bool) -> int:
    """Messages as they came hold places of gateways."""
    old = RawMessage.objects.filter(received_at__lt=before)
    count = old.count()
    if not dry_run:
        old.delete()
    return count


def delete_uploads(before: datetime, dry_run: bool) -> int:
    """Files that were looked at and never confirmed."""
    old = list(UploadJob.objects.filter(state=UploadState.PREVIEW, created_at__lt=before))
    if not dry_run:
        for job in old:
            path_of(job.uuid).unlink(missing_ok=True)
            job.delete()
    return len(old)

"""What sensors keep about people: export, erasure, retention (registries of portal.accounts)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mapviews.domain import stations
from mapviews.domain.uploads.files import path_of
from mapviews.enums import UploadState
from mapviews.models import RawMessage, Station, UploadJob
from portal.accounts.domain import privacy
from portal.rest import timestamp


def register() -> None:
    privacy.register_export("stations", export, _("Stationen und ihre Orte"))
    privacy.register_erasure("stations", erase)
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


def withheld_text(station: Station) -> dict[str, str] | None:
    """What the person wrote and the moderation has taken away."""
    kept = getattr(station, "withheld", None)
    return {"name": kept.name, "description": kept.description} if kept else None


def erase(user: Any) -> int:
    """Deletes the person's stations for good, with values and places."""
    found = list(Station.objects.filter(owner=user))
    for station in found:
        stations.delete(user, station=station)
    return len(found)


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

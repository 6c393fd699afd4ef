"""An upload from the file to its confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mapviews.domain.uploads import files
from mapviews.domain.uploads.recognise import Shape, recognise
from mapviews.domain.uploads.run import run
from mapviews.enums import UploadState
from mapviews.models import Phenomenon, Station, UploadJob
from mapviews.permissions import can_manage_station
from portal import audit
from portal.exceptions import DomainError, NotAllowed

AT_ONCE = 5000
ZONES = ("UTC", "Europe/Berlin")


def start(user: Any, *, station: Station, file_name: str, chunks: Iterable[bytes]) -> UploadJob:
    """Keeps a file and recognises it; nothing is stored as a value yet.

    Raises `not_allowed`, `too_large`, `empty`, `not_text`, `no_table`, `no_time`.
    """
    if not can_manage_station(user, station):
        raise NotAllowed()
    job = UploadJob(station=station, user=user if user.pk else None, file_name=file_name[-255:] or "daten.csv")
    job.sha256, job.size = files.keep(job.uuid, chunks)
    try:
        shape = recognise(files.path_of(job.uuid))
    except DomainError:
        files.path_of(job.uuid).unlink(missing_ok=True)
        raise
    job.shape = asdict(shape)
    job.save()
    return job


def confirm(user: Any, *, job: UploadJob, mapping: Mapping[str, str] | None = None, zone: str | None = None) -> None:
    """Takes the values over: up to 5,000 lines at once, more in the background.

    `mapping` gives a phenomenon's slug (or "") for columns or names as in the shape; `zone` the clock of times without
    a zone. Raises `not_allowed`, `not_in_preview`, `unknown_phenomenon`, `nothing_mapped`, `unknown_zone`.
    """
    if not can_manage_station(user, job.station):
        raise NotAllowed()
    shape = Shape(**job.shape)
    _apply(shape, mapping or {})
    if zone is not None and zone not in ZONES:
        raise DomainError("unknown_zone", _("Bitte wählen Sie eine der Zeitzonen."), field="zone")
    shape.zone = zone or shape.zone
    shape.preview = []  # it holds the file's places
    with transaction.atomic():
        changed = UploadJob.objects.filter(pk=job.pk, state=UploadState.PREVIEW).update(
            state=UploadState.QUEUED, shape=asdict(shape)
        )
        if not changed:
            raise DomainError("not_in_preview", _("Diese Datei wurde schon übernommen."), status=409)
        audit.record(actor=user, action="upload.confirmed", obj=job, payload={"sha256": job.sha256})
    job.refresh_from_db()
    if _lines(job, shape) <= AT_ONCE:
        run(job)
        return
    from mapviews.domain.uploads.task import run_upload

    transaction.on_commit(lambda: run_upload.enqueue(str(job.uuid)))


def _apply(shape: Shape, mapping: Mapping[str, str]) -> None:
    known = Phenomenon.objects.in_bulk()
    target = shape.names if shape.is_long else shape.columns
    for key, slug in mapping.items():
        if key not in target:
            continue
        if slug and slug not in known:
            raise DomainError("unknown_phenomenon", _("Unbekannte Messgröße: %s.") % slug, field=f"column_{key}")
        factor = target[key][1] if target[key][0] == slug else 1.0
        target[key] = [slug, factor]
    if not any(slug for slug, _factor in target.values()):
        message = _("Bitte ordnen Sie mindestens einer Spalte eine Messgröße zu.")
        raise DomainError("nothing_mapped", message, field="columns")
    used = [slug for slug, _factor in target.values() if slug]
    if not shape.is_long and len(used) != len(set(used)):
        raise DomainError("mapped_twice", _("Bitte ordnen Sie jede Messgröße nur einer Spalte zu."), field="columns")


def _lines(job: UploadJob, shape: Shape) -> int:
    """Lines of the file, counted up to just over the limit."""
    count = 0
    with files.path_of(job.uuid).open(encoding=shape.encoding, errors="replace") as handle:
        for _line in handle:
            count += 1
            if count > AT_ONCE + 1:
                break
    return count - 1


def discard(user: Any, *, job: UploadJob) -> None:
    """Throws a file away that was not confirmed. Raises `not_allowed`, `not_in_preview`."""
    if not can_manage_station(user, job.station):
        raise NotAllowed()
    if job.state != UploadState.PREVIEW:
        raise DomainError("not_in_preview", _("Diese Datei wurde schon übernommen."), status=409)
    files.path_of(job.uuid).unlink(missing_ok=True)
    job.delete()

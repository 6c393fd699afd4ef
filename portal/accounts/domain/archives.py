"""The archive of a person's own data: asked for, built in the background, fetched once or more, deleted.

Files lie in VAR_DIR/exports, which no door serves and no backup holds.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import get_valid_filename

from portal import audit
from portal.accounts.domain import privacy
from portal.accounts.enums import ExportState
from portal.accounts.models import DataExport, User
from portal.exceptions import DomainError

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)
STALE = timedelta(hours=2)  # a worker died with it several times
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # spreadsheets would run a cell that begins so
README = """Digitale Heimat PB: Ihre Daten

daten.json  alles, nach Teilen geordnet
csv/        dieselben Teile als Tabellen (UTF-8)
dateien/    was Sie hochgeladen haben
"""


def request_archive(*, user: User) -> DataExport:
    """Asks for an archive; gives back the one that is being built, if there is one. Audited as `account.exported`."""
    from portal.accounts.domain.archive_task import build_archive

    unfinished = DataExport.objects.filter(user=user, state__in=[ExportState.WAITING, ExportState.BUILDING])
    unfinished.filter(created_at__lt=timezone.now() - STALE).update(state=ExportState.FAILED)
    open_one = unfinished.first()
    if open_one is not None:
        return open_one
    try:
        with transaction.atomic():
            total = len(privacy.parts()) + 1
            job = DataExport.objects.create(user=user, total=total, expires_at=timezone.now() + KEPT)
            audit.record(actor=user, action="account.exported", obj=user, payload={"export": str(job.uuid)})
            transaction.on_commit(lambda: build_archive.enqueue(str(job.uuid)))
    except IntegrityError:  # two clicks at once
        return DataExport.objects.filter(user=user).latest("created_at")
    return job


def path_of(job: DataExport) -> Path:
    return Path(settings.VAR_DIR) / "exports" / f"{job.uuid}.zip"


def find(*, user: User, uuid: str) -> DataExport:
    """The person's own archive. DomainError `no_export` (404) for anyone else's, an unfinished or an expired one."""
    job = DataExport.objects.filter(user=user, uuid=uuid).first()
    if job is None or not job.is_ready or not path_of(job).is_file():
        raise DomainError("no_export", "Diesen Auszug gibt es nicht (mehr).", status=404)
    return job


def build(job: DataExport) -> None:
    """Writes the archive; it has its name only when complete. A part that fails ends the job as failed."""
    target = path_of(job)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = target.with_suffix(".teil")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            partial.chmod(0o600)
            _write_parts(archive, job)
            _write_media(archive, job)
        partial.replace(target)
        _progress(job, state=ExportState.READY, done=job.total, size=target.stat().st_size)
    except Exception:
        logger.exception("export %s failed", job.uuid)
        partial.unlink(missing_ok=True)
        _progress(job, state=ExportState.FAILED)


def remove(job: DataExport) -> None:
    """Deletes file and row."""
    for path in (path_of(job), path_of(job).with_suffix(".teil")):
        path.unlink(missing_ok=True)
    job.delete()


def delete_expired(before: datetime, dry_run: bool) -> int:
    """Archives whose time is over, and files without a row (a crash, an erasure elsewhere)."""
    old = list(DataExport.objects.filter(expires_at__lt=before))
    known = {str(uuid) for uuid in DataExport.objects.values_list("uuid", flat=True)}
    stray = [path for path in (Path(settings.VAR_DIR) / "exports").glob("*.*") if path.stem not in known]
    if not dry_run:
        for job in old:
            remove(job)
        for path in stray:
            path.unlink(missing_ok=True)
    return len(old) + len(stray)


def _write_parts(archive: zipfile.ZipFile, job: DataExport) -> None:
    archive.writestr("LIESMICH.txt", README)
    everything: dict[str, Any] = {}
    for number, (key, _label, rows) in enumerate(privacy.parts(), start=1):
        everything[key] = [dict(row) for row in rows(job.user)]
        archive.writestr(f"csv/{key}.csv", _table(everything[key]))
        _progress(job, state=ExportState.BUILDING, done=number)
    whole = {"exported_at": timezone.now().isoformat(timespec="seconds"), "parts": everything}
    archive.writestr("daten.json", json.dumps(whole, ensure_ascii=False, indent=2))


def _write_media(archive: zipfile.ZipFile, job: DataExport) -> None:
    for name, file in privacy.media(user=job.user):
        inside = "/".join(get_valid_filename(part) for part in name.split("/") if part not in ("", ".", ".."))
        with file.open("rb") as source, archive.open(f"dateien/{inside}", "w") as target:
            while chunk := source.read(64 * 1024):
                target.write(chunk)


def _table(rows: Iterable[Mapping[str, Any]]) -> str:
    """CSV with a column per key, in order of first appearance; cells cannot be formulas."""
    found = list(rows)
    names = list(dict.fromkeys(name for row in found for name in row))
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(names)
    table.writerows([_cell(row.get(name)) for name in names] for row in found)
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> str:
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def _progress(job: DataExport, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(job, name, value)
    DataExport.objects.filter(pk=job.pk).update(**fields)

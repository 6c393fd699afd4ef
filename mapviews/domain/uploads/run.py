"""Stores a confirmed upload in steps; the same file again changes nothing and says so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from mapviews.domain import rollups, stations
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.uploads.files import path_of
from mapviews.domain.uploads.read import Cell, Problem, read
from mapviews.domain.uploads.recognise import Shape
from mapviews.enums import UploadState
from mapviews.models import Channel, Phenomenon, UploadJob, UploadRowError

STEP = 5000
MAX_ERRORS = 1000
SILENT = timedelta(seconds=20)  # a living run is heard of after every step


def run(job: UploadJob, *, steps: int | None = None) -> bool:
    """Reads the file and stores what is good; counts, errors and progress are on the job as it goes.

    False where it stopped after so many `steps` and wants to be called again.

    Each step of 5,000 values is one transaction with its counts, so a run that was killed goes on behind its last step:
    nothing is missing, nothing is counted twice. Of two runs at once one gives way.
    """
    if not _claim(job):
        return True
    path = path_of(job.uuid)
    if not path.exists():
        _finish(job, UploadState.FAILED, _("Die Datei ist nicht mehr da. Bitte laden Sie sie noch einmal hoch."))
        return True
    work = _Steps(job)
    try:
        finished = work.all(path, most=steps)
    except _GivenAway:
        return True
    except _Gone:
        path.unlink(missing_ok=True)
        return True
    rollups.refresh([c.pk for c in work.channels.values()])
    if not finished:
        waiting = UploadJob.objects.filter(pk=job.pk, state=UploadState.RUNNING, rows=work.rows)
        return not waiting.update(state=UploadState.QUEUED, updated_at=timezone.now())
    path.unlink(missing_ok=True)
    _finish(job, UploadState.DONE, "")
    return True


def _claim(job: UploadJob) -> bool:
    """True for the one run that may work: the job waits, or its last run has not been heard of."""
    now = timezone.now()
    waiting = Q(state=UploadState.QUEUED) | Q(state=UploadState.RUNNING, updated_at__lt=now - SILENT)
    claimed = UploadJob.objects.filter(waiting, pk=job.pk).update(state=UploadState.RUNNING, updated_at=now)
    job.refresh_from_db()
    return bool(claimed)


def take_up_silent() -> int:
    """Puts uploads into the queue whose run was killed, or that never got there; returns how many. Idempotent."""
    from mapviews.domain.uploads.task import run_upload

    unfinished = UploadJob.objects.filter(
        state__in=[UploadState.QUEUED, UploadState.RUNNING], updated_at__lt=timezone.now() - SILENT
    )
    uuids = {str(uuid) for uuid in unfinished.values_list("uuid", flat=True)}
    forgotten = sorted(uuids - (_in_the_queue() if uuids else set()))
    for uuid in forgotten:
        run_upload.enqueue(uuid)
    return len(forgotten)


def _in_the_queue() -> set[str]:
    """Uploads whose task waits or runs (of a dead worker: goes back there); a second would double its turns."""
    from mapviews.domain.uploads.task import run_upload

    tasks = DBTaskResult.objects.filter(task_path=run_upload.module_path, status__in=["READY", "RUNNING"])
    return {str(given["args"][0]) for given in tasks.values_list("args_kwargs", flat=True)}


def _finish(job: UploadJob, state: str, error: str) -> None:
    UploadJob.objects.filter(pk=job.pk).update(
        state=state, error=error, finished_at=timezone.now(), done_bytes=F("size"), updated_at=timezone.now()
    )
    job.refresh_from_db()


class _GivenAway(Exception):
    """Another run has gone on with this job."""


class _Gone(Exception):
    """The job or its station was deleted."""


class _Steps:
    """What one run remembers: the channels by phenomenon, lines done, and how many errors were kept."""

    def __init__(self, job: UploadJob) -> None:
        self.job = job
        self.channels: dict[str, Channel] = {}
        self.errors = job.row_errors.count()
        self.rows = job.rows
        self.phenomena = Phenomenon.objects.in_bulk()

    def all(self, path: Path, *, most: int | None) -> bool:
        """Every line behind those that are done; False where `most` steps were not enough."""
        cells: list[Cell] = []
        problems: list[Problem] = []
        lines = position = 0
        for found, refused, position in read(path, Shape(**self.job.shape), skip=self.rows):
            cells += found
            problems += refused
            lines += 1
            if len(cells) >= STEP or len(problems) >= STEP:
                self.save(cells, problems, lines, position)
                cells, problems, lines = [], [], 0
                most = None if most is None else most - 1
                if most == 0:
                    return False
        self.save(cells, problems, lines, position)
        return True

    def save(self, cells: list[Cell], problems: list[Problem], lines: int, position: int) -> None:
        """One step: values, errors and counts together."""
        with transaction.atomic():
            locked = UploadJob.objects.select_for_update().filter(pk=self.job.pk).values_list("rows", flat=True)
            rows = locked.first()
            if rows is None:
                raise _Gone
            if rows != self.rows:
                raise _GivenAway
            readings = [Reading(self._channel(c.phenomenon).pk, c.ts, c.value) for c in cells]
            result = ingest(Batch(readings, {c.pk: c for c in self.channels.values()}, now=now_ms()))
            problems = problems + [Problem(cells[r.index].line, r.code, r.message) for r in result.rejected]
            self._keep(problems)
            changes: dict[str, Any] = {
                "rows": F("rows") + lines,
                "stored": F("stored") + result.stored,
                "duplicate": F("duplicate") + result.duplicate,
                "conflicting": F("conflicting") + result.conflicting,
                "flagged": F("flagged") + result.flagged,
                "rejected": F("rejected") + len(problems),
                "done_bytes": min(position, self.job.size),
                "updated_at": timezone.now(),
            }
            UploadJob.objects.filter(pk=self.job.pk).update(**changes)
        self.rows += lines

    def _channel(self, slug: str) -> Channel:
        if slug not in self.channels:
            channel = self.job.station.channels.filter(device=None, key=slug).select_related("phenomenon").first()
            self.channels[slug] = channel or stations.channel_for(
                self.job.station, key=slug, phenomenon=self.phenomena[slug]
            )
        return self.channels[slug]

    def _keep(self, problems: list[Problem]) -> None:
        kept = sorted(problems)[: MAX_ERRORS - self.errors]
        self.errors += len(kept)
        UploadRowError.objects.bulk_create(
            UploadRowError(job=self.job, line=p.line, code=p.code, message=p.message[:200]) for p in kept
        )

"""Stores a confirmed upload in steps; the same file again changes nothing and says so."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

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


def run(job: UploadJob) -> None:
    """Reads the file and stores what is good; counts, errors and progress are on the job as it goes.

    Each step of 5,000 values is one transaction, so a job that was killed is simply run again: what is there stays.
    """
    path = path_of(job.uuid)
    if not path.exists():
        _finish(job, UploadState.FAILED, _("Die Datei ist nicht mehr da. Bitte laden Sie sie noch einmal hoch."))
        return
    UploadJob.objects.filter(pk=job.pk).update(
        state=UploadState.RUNNING, rows=0, stored=0, duplicate=0, conflicting=0, flagged=0, rejected=0, done_bytes=0
    )
    UploadRowError.objects.filter(job=job).delete()
    steps = _Steps(job)
    cells: list[Cell] = []
    problems: list[Problem] = []
    lines = position = 0
    for found, refused, position in read(path, Shape(**job.shape)):
        cells += found
        problems += refused
        lines += 1
        if len(cells) >= STEP or len(problems) >= STEP:
            if not steps.save(cells, problems, lines, position):
                path.unlink(missing_ok=True)
                return
            cells, problems, lines = [], [], 0
    steps.save(cells, problems, lines, position)
    rollups.refresh([c.pk for c in steps.channels.values()])
    path.unlink(missing_ok=True)
    _finish(job, UploadState.DONE, "")


def _finish(job: UploadJob, state: str, error: str) -> None:
    UploadJob.objects.filter(pk=job.pk).update(
        state=state, error=error, finished_at=timezone.now(), done_bytes=F("size"), updated_at=timezone.now()
    )
    job.refresh_from_db()


class _Steps:
    """What one run remembers: the channels by phenomenon and how many errors were kept."""

    def __init__(self, job: UploadJob) -> None:
        self.job = job
        self.channels: dict[str, Channel] = {}
        self.errors = 0
        self.phenomena = Phenomenon.objects.in_bulk()

    def save(self, cells: list[Cell], problems: list[Problem], lines: int, position: int) -> bool:
        """One step; False where the job or its station was deleted meanwhile."""
        if not UploadJob.objects.filter(pk=self.job.pk).exists():
            return False
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
        }
        return bool(UploadJob.objects.filter(pk=self.job.pk).update(**changes))

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

"""A CSV of a million values (or ROWS) through the upload: time, peak memory, and what a kill -9 in the middle costs.

.venv/bin/python bench/upload_million.py [ROWS] [--kill N]     on DATABASE_URL (default: a temporary SQLite file)
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="dhpb-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.utils import timezone  # noqa: E402

from mapviews.domain import rollups, stations, uploads  # noqa: E402
from mapviews.enums import EXCLUDED, UploadState  # noqa: E402
from mapviews.models import Measurement, RollupHour, Station, UploadJob  # noqa: E402
from mapviews.permissions import OPERATOR  # noqa: E402

START = 1_704_067_200


def lines(rows: int) -> Any:
    """Two columns a line: `rows` values in all, a line a minute."""
    yield b"timestamp;temperature;humidity\n"
    for first in range(0, rows // 2, 1000):
        chunk = range(first, min(first + 1000, rows // 2))
        yield "".join(f"{START + i * 60};{10 + i % 157 / 10};{40 + i % 211 / 10}\n" for i in chunk).encode()


def waiting(rows: int) -> UploadJob:
    station = stations.register(OPERATOR, name=f"Bench {random.randrange(10**9)}").station
    job = uploads.start(OPERATOR, station=station, file_name="million.csv", chunks=lines(rows))
    shape = job.shape | {"preview": []}
    UploadJob.objects.filter(pk=job.pk).update(state=UploadState.QUEUED, shape=shape)
    return UploadJob.objects.select_related("station").get(pk=job.pk)


def peak() -> float:
    """Most memory this process ever held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def check(job: UploadJob, rows: int) -> None:
    """Nothing missing, nothing twice, sums equal a recount."""
    job.refresh_from_db()
    values = Measurement.objects.filter(channel__station=job.station)
    assert (job.state, job.stored, job.duplicate, job.rejected) == ("done", rows, 0, 0), vars(job)
    assert values.count() == rows
    rollups.refresh([c.pk for c in job.station.channels.all()])
    for channel in job.station.channels.all():
        summed = RollupHour.objects.filter(channel=channel).aggregate(n=Sum("n"), flagged=Sum("flagged"))
        assert summed["n"] + summed["flagged"] == rows // 2
        flags = values.filter(channel=channel).values_list("flags", flat=True)
        good = sum(1 for bits in flags.iterator() if not bits & EXCLUDED)
        assert summed["n"] == good


def run_killed(job: UploadJob, times: int) -> int:
    """Runs the job in processes of its own and kills them; returns how many were killed before it was done."""
    killed = 0
    while True:
        child = subprocess.Popen([sys.executable, __file__, "--job", str(job.pk)])
        try:
            child.wait(random.uniform(3, 8) if killed < times else 3600)
            return killed
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
            killed += 1
            UploadJob.objects.filter(pk=job.pk).update(updated_at=timezone.now() - timedelta(minutes=1))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--kill", type=int, default=0)
    parser.add_argument("--job", type=int)
    options = parser.parse_args()
    if options.job:
        uploads.run(UploadJob.objects.select_related("station").get(pk=options.job))
        return
    call_command("migrate", verbosity=0)
    job = waiting(options.rows)
    before, started, cpu = peak(), time.perf_counter(), time.process_time()
    killed = run_killed(job, options.kill) if options.kill else uploads.run(job) or 0
    took, spent = time.perf_counter() - started, time.process_time() - cpu
    check(job, options.rows)
    print(f"{connection.vendor}: {options.rows} values in {took:.1f} s wall, {spent:.1f} s CPU, killed {killed} times;")
    print(f"peak memory {peak():.0f} MB, {peak() - before:.0f} MB more than before; complete, once, sums right")
    Station.objects.filter(pk=job.station_id).delete()


if __name__ == "__main__":
    main()

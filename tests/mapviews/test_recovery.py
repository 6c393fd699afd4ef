"""Cut off in the middle: nothing acknowledged is missing, nothing is there twice, counts stay true."""

from __future__ import annotations

import importlib
import json
import sqlite3
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.utils import timezone

from mapviews.domain import rollups, spool, stations, uploads
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.uploads.files import path_of
from mapviews.enums import UploadState
from mapviews.models import Channel, DirtyBucket, Measurement, RollupDay, RollupHour, UploadJob
from tests.mapviews.conftest import chirpstack

pytestmark = pytest.mark.django_db
START = 1_777_593_600


class Killed(BaseException):
    """Stands for kill -9: nothing that catches exceptions sees it."""


@pytest.fixture
def steps(monkeypatch: Any) -> Any:
    """Steps of ten values; `steps.kill_after(n)` lets the run die in its n-th step, `steps.before` acts there."""
    module = importlib.import_module("mapviews.domain.uploads.run")
    monkeypatch.setattr(module, "STEP", 10)

    class Steps:
        acts: dict[int, Any] = {}
        number = 0

        def kill_after(self, number: int) -> None:
            def die() -> None:
                raise Killed

            self.acts[number] = die

        def before(self, number: int, act: Any) -> None:
            self.acts[number] = act

    control = Steps()
    control.acts, plain = {}, module.ingest

    def counted(batch: Batch) -> Any:
        control.number += 1
        result = plain(batch)
        if act := control.acts.pop(control.number, None):
            act()
        return result

    monkeypatch.setattr(module, "ingest", counted)
    return control


def waiting_job(station: Any, lines: int = 100) -> UploadJob:
    text = "ts;temperature\n" + "".join(f"{START + i * 60};{i % 30}\n" for i in range(lines)) + "gestern;1\n"
    job = uploads.start(station.owner, station=station, file_name="werte.csv", chunks=[text.encode()])
    UploadJob.objects.filter(pk=job.pk).update(state=UploadState.QUEUED)
    job.refresh_from_db()
    return job


def age(job: UploadJob) -> None:
    UploadJob.objects.filter(pk=job.pk).update(updated_at=timezone.now() - timedelta(minutes=1))


def recount() -> dict[int, float]:
    sums: dict[int, float] = {}
    for ts, value in Measurement.objects.values_list("ts", "value"):
        sums[ts - ts % 3_600_000] = sums.get(ts - ts % 3_600_000, 0) + value
    return sums


def test_killed_upload_goes_on_behind_its_last_step(make_station: Any, steps: Any) -> None:
    job = waiting_job(make_station())
    steps.kill_after(4)
    with pytest.raises(Killed):
        uploads.run(job)
    job.refresh_from_db()
    assert (job.state, job.rows, job.stored, Measurement.objects.count()) == (UploadState.RUNNING, 30, 30, 30)
    uploads.run(job)
    assert UploadJob.objects.get().rows == 30
    age(job)
    assert uploads.take_up_silent() == 1
    job.refresh_from_db()
    assert (job.state, job.rows, job.stored, job.duplicate, job.rejected) == (UploadState.DONE, 101, 100, 0, 1)
    assert list(job.row_errors.values_list("line", flat=True)) == [102]
    assert dict(RollupHour.objects.values_list("bucket", "total")) == recount()
    assert uploads.take_up_silent() == 0


def test_upload_that_never_reached_the_queue_is_taken_up(make_station: Any) -> None:
    job = waiting_job(make_station())
    assert uploads.take_up_silent() == 0
    age(job)
    assert uploads.take_up_silent() == 1
    assert UploadJob.objects.get().state == UploadState.DONE


def test_of_two_runs_one_gives_way(make_station: Any, steps: Any, monkeypatch: Any) -> None:
    job = waiting_job(make_station())
    module = importlib.import_module("mapviews.domain.uploads.run")
    plain, overtaken = module.read, []

    def slow(*args: Any, **options: Any) -> Any:
        for number, line in enumerate(plain(*args, **options)):
            if number == 35 and not overtaken:
                overtaken.append(True)
                age(job)
                uploads.run(UploadJob.objects.select_related("station").get(pk=job.pk))
            yield line

    monkeypatch.setattr(module, "read", slow)
    uploads.run(job)
    job.refresh_from_db()
    assert (job.state, job.rows, Measurement.objects.count()) == (UploadState.DONE, 101, 100)


def test_station_deleted_during_its_upload_leaves_nothing(make_station: Any, steps: Any) -> None:
    station = make_station()
    job = waiting_job(station)
    path = path_of(job.uuid)
    steps.kill_after(3)
    with pytest.raises(Killed):
        uploads.run(job)
    age(job)
    steps.before(5, lambda: stations.delete(station.owner, station=station))
    uploads.run(UploadJob.objects.select_related("station").get(pk=job.pk))
    left = [table.objects.count() for table in (Measurement, RollupHour, RollupDay, DirtyBucket, Channel, UploadJob)]
    assert left == [0] * 6
    assert not path.exists()


def test_values_for_a_channel_that_is_gone_are_refused(make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    channel = station.channels.select_related("phenomenon").get()
    stations.delete(station.owner, station=station)
    result = ingest(Batch([Reading(channel.pk, START * 1000, 1.0)], {channel.pk: channel}))
    assert (result.stored, [r.code for r in result.rejected], Measurement.objects.count()) == (
        0,
        ["unknown_channel"],
        0,
    )


def test_repetitions_in_a_batch_do_not_look_stuck(make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    channel = station.channels.select_related("phenomenon").get()
    result = ingest(Batch([Reading(channel.pk, START * 1000, 20.0)] * 40, {channel.pk: channel}))
    assert (result.stored, result.duplicate, result.flagged) == (1, 39, 0)


@pytest.fixture
def phenomena(transactional_db: None) -> None:
    """Tests with real transactions begin with empty tables."""
    importlib.import_module("mapviews.migrations.0003_phenomena").seed(apps, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("phenomena")
def test_uplink_that_meets_a_locked_database_waits_in_the_spool(make_source: Any, send: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no lock of the whole database")
    source = make_source()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        answer = send(source, chirpstack())
        assert (answer.status_code, answer.json()["status"]) == (202, "spooled")
        with pytest.raises(OperationalError):
            spool.drain()
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert Measurement.objects.count() == 0
    assert spool.drain() == 1
    assert list(Measurement.objects.values_list("value", flat=True)) == [21.5]
    assert (spool.drain(), spool.waiting()) == (0, {})


def test_a_broken_file_in_the_spool_holds_up_no_other(make_source: Any) -> None:
    source = make_source()
    spool.put(source=source.slug, body=json.dumps(chirpstack()).encode(), event="up")
    broken = spool.folder() / "0-kaputt.json"
    broken.write_text("{")
    assert spool.drain() == 1
    assert [path.name for path in spool.folder().glob("*.failed")] == ["0-kaputt.failed"]
    broken.with_suffix(".failed").unlink()
    assert Measurement.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("phenomena")
def test_the_same_file_twice_at_once_is_stored_once(make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    jobs = [waiting_job(station, 300) for _each in range(2)]
    threads = [threading.Thread(target=_run_and_close, args=(job.pk,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = list(UploadJob.objects.order_by("pk"))
    assert [job.state for job in done] == [UploadState.DONE] * 2
    assert (sum(job.stored for job in done), sum(job.duplicate for job in done)) == (300, 300)
    rollups.refresh()
    assert dict(RollupHour.objects.values_list("bucket", "total")) == recount()


def _run_and_close(pk: int) -> None:
    try:
        uploads.run(UploadJob.objects.select_related("station").get(pk=pk))
    finally:
        connection.close()


def test_secret_turned_in_mid_stream_stops_the_old_sender(client: Any, make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    url, channel = f"/api/v1/stations/{station.pk}/measurements", station.channels.get().pk

    def put(token: str, minute: int) -> int:
        at = f"2026-05-01T10:{minute:02d}:00Z"
        body = json.dumps({"measurements": [{"channel": channel, "ts": at, "value": minute}]})
        return int(client.post(url, body, "application/json", headers={"Authorization": f"Bearer {token}"}).status_code)

    assert put(station.plain_token, 1) == 201
    fresh = stations.rotate_token(station.owner, station=station)
    assert [put(station.plain_token, 2), put(fresh, 3)] == [401, 201]
    assert list(Measurement.objects.order_by("ts").values_list("value", flat=True)) == [1.0, 3.0]

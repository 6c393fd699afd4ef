"""Broker, database or disk away: senders are told the truth, and what was acknowledged arrives later, once."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from bench.live.server import LiveServer
from bench.live.services import MOSQUITTO, Beside, Broker
from mapviews.domain import doors, sources, spool, uploads
from mapviews.domain.uploads.task import run_upload
from mapviews.enums import UploadState
from mapviews.models import Measurement, UploadJob
from mapviews.permissions import OPERATOR
from tests.mapviews.conftest import chirpstack
from tests.mapviews.test_flood import Broker as Recorder
from tests.mapviews.test_flood import Command, deliver
from tests.mapviews.test_kills import copied

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.VAR_DIR = tmp_path
    yield
    doors._known.clear()


class Away:
    """While `is_away`, every statement meets a database that does not answer."""

    is_away = True

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.is_away:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)


def test_without_a_database_known_senders_leave_messages_and_others_are_sent_away(make_source: Any, send: Any) -> None:
    known, unknown = make_source(), make_source()
    assert send(known, chirpstack()).status_code == 202
    with connection.execute_wrapper(Away()):
        waiting = [send(known, chirpstack()) for _each in range(3)]
        stranger = send(unknown, chirpstack())
        wrong = send(known, chirpstack(), Authorization="Bearer falsch")
    assert [(answer.status_code, answer.json()["status"]) for answer in waiting] == [(202, "spooled")] * 3
    assert [(answer.status_code, int(answer["Retry-After"]) > 0) for answer in (stranger, wrong)] == [(503, True)] * 2
    assert (spool.drain(), Measurement.objects.count(), spool.waiting()) == (3, 4, {})


def test_a_secret_that_was_turned_is_not_known_any_more(make_source: Any, send: Any) -> None:
    source = make_source()
    assert send(source, chirpstack()).status_code == 202
    sources.rotate_secret(OPERATOR, source=source)
    assert send(source, chirpstack()).status_code == 401
    with connection.execute_wrapper(Away()):
        assert send(source, chirpstack()).status_code == 503
    assert spool.waiting() == {}


def test_neither_database_nor_disk(make_source: Any, send: Any, tmp_path: Path) -> None:
    source = make_source()
    assert send(source, chirpstack()).status_code == 202
    (tmp_path / "spool").write_text("where the folder should be")
    with connection.execute_wrapper(Away()):
        answer = send(source, chirpstack())
    assert (answer.status_code, answer.json()["code"], int(answer["Retry-After"]) > 0) == (503, "busy", True)


@pytest.mark.parametrize("way", ["push", "box", "single", "api"])
def test_stations_are_told_to_try_again(make_station: Any, client: Any, way: str) -> None:
    station = make_station(phenomena=["temperature"])
    channel, at = station.channels.get(), "2026-05-01T10:00:00Z"
    url, body = {
        "push": ("/v1/push-sensor-data/", {"sensordatavalues": [{"value_type": "temperature", "value": 1}]}),
        "box": (f"/boxes/{station.osem_id}/data", [{"sensor": channel.osem_id, "value": 1}]),
        "single": (f"/boxes/{station.osem_id}/{channel.osem_id}", {"value": 1}),
        "api": (
            f"/api/v1/stations/{station.pk}/measurements",
            {"measurements": [{"channel": channel.pk, "ts": at, "value": 1}]},
        ),
    }[way]
    headers = {"Authorization": f"Bearer {station.plain_token}"}
    away = Away()
    with connection.execute_wrapper(away):
        answer = client.post(url, json.dumps(body), "application/json", headers=headers)
        assert (answer.status_code, answer.json()["code"], int(answer["Retry-After"]) > 0) == (503, "busy", True)
        away.is_away = False
        assert client.post(url, json.dumps(body), "application/json", headers=headers).status_code == 201


def test_a_full_database_sends_messages_to_the_spool(make_source: Any, send: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no limit of its own; a full disk is the same OperationalError")
    source = make_source()
    assert send(source, chirpstack()).status_code == 202
    long = "x" * 40_000
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        answers = [send(source, chirpstack(note=long)) for _each in range(5)]
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert {answer.status_code for answer in answers} == {202}
    assert answers[-1].json()["status"] == "spooled"
    stored = Measurement.objects.count()
    assert spool.drain() == 6 - stored
    assert (Measurement.objects.count(), spool.waiting()) == (6, {})


def test_the_subscriber_spools_while_the_database_is_away_and_does_not_ask_each_time(
    make_source: Any, monkeypatch: Any
) -> None:
    make_source()
    monkeypatch.setattr("mapviews.management.commands.lorawan_subscribe.close_old_connections", lambda: None)
    command, recorder, asked = Command(), Recorder(), []

    def away(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(away):
        for mid in range(5):
            deliver(command, recorder, mid, "aa")
    assert (recorder.acknowledged, recorder.disconnected, len(asked)) == ([0, 1, 2, 3, 4], 0, 1)
    assert (spool.drain(), Measurement.objects.count()) == (5, 5)


def test_a_long_upload_lets_others_have_their_turn(make_station: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(importlib.import_module("mapviews.domain.uploads.run"), "STEP", 10)
    station = make_station()
    text = "ts;temperature\n" + "".join(f"{1_777_593_600 + i * 60};{i % 30}\n" for i in range(95)) + "gestern;1\n"
    job = uploads.start(station.owner, station=station, file_name="werte.csv", chunks=[text.encode()])
    UploadJob.objects.filter(pk=job.pk).update(state=UploadState.QUEUED)
    seen = []
    for _turn in range(4):
        done = uploads.run(UploadJob.objects.select_related("station").get(pk=job.pk), steps=3)
        job.refresh_from_db()
        seen.append((done, job.state, job.rows))
    assert seen == [(False, "queued", 30), (False, "queued", 60), (False, "queued", 90), (True, "done", 96)]
    assert (job.stored, job.duplicate, job.rejected, Measurement.objects.count()) == (95, 0, 1, 95)
    assert list(job.row_errors.values_list("line", flat=True)) == [97]


def test_an_upload_that_waits_for_its_turn_is_not_queued_twice(make_station: Any) -> None:
    station = make_station()
    job = uploads.start(station.owner, station=station, file_name="a.csv", chunks=[b"ts;temperature\n1777593600;1\n"])
    long_ago = timezone.now() - timedelta(hours=1)
    UploadJob.objects.filter(pk=job.pk).update(state=UploadState.QUEUED, updated_at=long_ago)
    task = DBTaskResult.objects.create(
        status="READY", args_kwargs={"args": [str(job.uuid)], "kwargs": {}}, task_path=run_upload.module_path,
        backend_name="default", run_after=get_date_max(), worker_ids=[], exception_class_path="", traceback="",
    )  # fmt: skip
    assert (uploads.take_up_silent(), Measurement.objects.count()) == (0, 0)
    task.delete()
    assert (uploads.take_up_silent(), Measurement.objects.count()) == (1, 1)


@pytest.mark.services
@pytest.mark.skipif(MOSQUITTO is None, reason="Mosquitto is not installed here")
def test_messages_published_while_subscriber_and_broker_were_away_arrive(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("runs on SQLite: it copies the empty database file")
    broker, server = Broker(tmp_path / "broker"), copied(tmp_path / "var")
    source = json.loads(server.manage("lorawan_source", "Funk", "--kind", "chirpstack", "--auto-map", "--json")[-1])
    server.env["MQTT_URL"] = broker.url
    subscriber = Beside(server.env, "lorawan_subscribe")
    subscriber.start()  # there is no broker yet
    try:
        subscriber.said("nicht erreichbar")
        broker.start()
        subscriber.said("verbunden")
        publish(broker, 1)
        assert arrived(server, 1) == [1.0]
        subscriber.kill()
        publish(broker, 2)
        broker.stop()
        broker.start()
        publish(broker, 3)
        subscriber.start()
        assert arrived(server, 3) == [1.0, 2.0, 3.0]
        broker.stop()
        broker.start()
        subscriber.said("verbunden", 3)
        publish(broker, 4)
        assert arrived(server, 4) == [1.0, 2.0, 3.0, 4.0]
    finally:
        subscriber.kill()
        broker.stop()
    assert source["slug"]


def publish(broker: Broker, value: int) -> None:
    import paho.mqtt.publish as mqtt

    body = json.dumps(chirpstack(object={"temperature": value}))
    topic = "application/x/device/0101010101010101/event/up"
    mqtt.single(topic, body, qos=1, hostname="127.0.0.1", port=broker.port)


def arrived(server: LiveServer, count: int) -> list[float]:
    """The values once so many are there (or after five minutes)."""
    script = (
        "import time\nfrom mapviews.models import Measurement\nv = []\nend = time.monotonic() + 300\n"
        f"while len(v) < {count} and time.monotonic() < end:\n"
        "    time.sleep(0.2); v = list(Measurement.objects.order_by('value').values_list('value', flat=True))\n"
        "print(v)"
    )
    found: list[float] = json.loads(server.manage("shell", "--no-imports", "-c", script)[-1])
    return found

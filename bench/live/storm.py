"""An upload and a stream of uplinks while server, worker, subscriber and database are killed; then the bill is checked.

Run as a module it acts inside the portal's database: `prepare ROWS`, `report UPLINKS`.
"""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.live.server import ROOT, LiveServer
from bench.live.services import Beside, Broker, Cluster

DEVICES = 10
START = 1_704_067_200
WITHIN = 600


def uplink(number: int) -> dict[str, Any]:
    """The `number`th message: one value of one of ten devices, each a second of its own clock apart."""
    device, turn = number % DEVICES, number // DEVICES
    return {
        "deduplicationId": f"storm-{number}",
        "time": (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=turn)).isoformat(),
        "deviceInfo": {"applicationId": "storm", "deviceName": f"Sturm {device}", "devEui": f"{device:016x}"},
        "fCnt": turn, "fPort": 1, "data": "AQ==", "object": {"temperature": 10 + turn % 20},
    }  # fmt: skip


class Storm:
    """Every other uplink goes through the webhook until it is acknowledged, the others to the broker with QoS 1."""

    def __init__(self, server: LiveServer, broker: Broker | None, cluster: Cluster | None) -> None:
        self.server, self.broker, self.cluster = server, broker, cluster
        if broker:
            server.env["MQTT_URL"] = broker.url
        self.victims: dict[str, Any] = {"server": server, "worker": Beside(server.env, "worker")}
        if broker:
            self.victims["subscriber"] = Beside(server.env, "lorawan_subscribe", "--client-id", "storm")
        if cluster:
            self.victims["database"] = cluster
        self.acknowledged = 0
        self.kills: list[str] = []

    def run(self, *, rows: int, uplinks: int, kills: int, seed: int = 1) -> dict[str, Any]:
        """Kills each victim in turn while `uplinks` are sent and `rows` values are taken over; returns the report."""
        prepared = json.loads(self._inside("prepare", str(rows)))
        for name, victim in self.victims.items():
            if name != "database":
                victim.start()
        if self.broker:
            self.victims["subscriber"].said("verbunden")  # from now on the broker keeps what it misses
        sender = threading.Thread(target=self._send, args=(prepared, uplinks), daemon=True)
        sender.start()
        chance, names = random.Random(seed), list(self.victims)
        for turn in range(kills):
            share = uplinks * (turn + chance.random()) / (kills + 1)
            while self.acknowledged < share and sender.is_alive():
                time.sleep(0.02)
            self._kill(names[turn % len(names)])
        sender.join()
        report: dict[str, Any] = json.loads(self._inside("report", str(uplinks)))
        for victim in self.victims.values():
            victim.kill()
        return report | {"kills": self.kills, "acknowledged": self.acknowledged}

    def _kill(self, name: str) -> None:
        self.victims[name].kill()
        self.kills.append(name)
        self.victims[name].start()

    def _inside(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "bench.live.storm", *arguments],
            cwd=ROOT, env=self.server.env, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.splitlines()[-1]

    def _send(self, prepared: dict[str, Any], count: int) -> None:
        publisher = self._publisher()
        client = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {prepared['secret']}"}
        for number in range(count):
            message = uplink(number)
            if publisher and number % 2:
                topic = f"application/storm/device/{message['deviceInfo']['devEui']}/event/up"
                publisher.publish(topic, json.dumps(message), qos=1).wait_for_publish(60)
            else:
                self._post(client, f"{prepared['url']}?event=up", json.dumps(message), headers)
            self.acknowledged += 1
        if publisher:
            publisher.disconnect()

    def _publisher(self) -> Any:
        if self.broker is None:
            return None
        import paho.mqtt.client as mqtt

        client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
        client.connect("127.0.0.1", self.broker.port)
        client.loop_start()
        return client

    def _post(self, client: http.client.HTTPConnection, path: str, body: str, headers: dict[str, str]) -> None:
        while True:
            try:
                client.request("POST", path, body, headers)
                answer = client.getresponse()
                answer.read()
                if answer.status in (200, 202):
                    return
            except (OSError, http.client.HTTPException):
                client.close()
            time.sleep(0.1)


# --- inside the portal's database -------------------------------------------------------------------------------------


def prepare(rows: int) -> dict[str, Any]:
    """A source with automatic mapping, and a confirmed upload of `rows` values in the worker's queue."""
    from mapviews.domain import sources, stations, uploads
    from mapviews.domain.uploads.task import run_upload
    from mapviews.enums import UploadState
    from mapviews.models import UploadJob
    from mapviews.permissions import OPERATOR

    source = sources.create(OPERATOR, name="Sturm", kind="chirpstack", auto_map=True)
    station = stations.register(OPERATOR, name="Sturm-Upload").station
    lines = (f"{START + i * 60};{10 + i % 157 / 10};{40 + i % 211 / 10}\n".encode() for i in range(rows // 2))
    job = uploads.start(
        OPERATOR, station=station, file_name="sturm.csv", chunks=(c for c in [b"ts;temperature;humidity\n", *lines])
    )
    UploadJob.objects.filter(pk=job.pk).update(state=UploadState.QUEUED)
    run_upload.enqueue(str(job.uuid))
    return {"url": source.source.ingest_url, "secret": source.secret}


def report(uplinks: int) -> dict[str, Any]:
    """What is there once the upload is done and so many uplinks are stored, or after ten minutes."""
    from django.db import connection

    from mapviews.domain import rollups, spool
    from mapviews.models import Measurement, UploadJob

    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        stored = Measurement.objects.filter(channel__device__isnull=False).count()
        if UploadJob.objects.get().state in ("done", "failed") and not spool.waiting() and stored >= uplinks:
            break
        connection.close()
        time.sleep(2)
    rollups.refresh()
    job = UploadJob.objects.get()
    rows = Measurement.objects.filter(channel__device__isnull=False)
    return {
        "job": {name: getattr(job, name) for name in ("state", "rows", "stored", "duplicate", "rejected", "error")},
        "uploaded": Measurement.objects.filter(channel__station=job.station).count(),
        "uplinks": [list(row) for row in rows.order_by("ts", "channel__device__dev_eui").values_list(
            "channel__device__dev_eui", "ts", "value")],
        "wrong_sums": wrong_sums(),
        "waiting": spool.waiting(),
    }  # fmt: skip


def wrong_sums() -> int:
    """Hours and days whose sums differ from a recount of the values."""
    from mapviews.enums import EXCLUDED
    from mapviews.models import Measurement, RollupDay, RollupHour

    counted: dict[Any, dict[tuple[int, int], tuple[int, float, int]]] = {RollupHour: {}, RollupDay: {}}
    for channel, ts, value, flags in Measurement.objects.values_list("channel", "ts", "value", "flags").iterator():
        for table, step in ((RollupHour, 3_600_000), (RollupDay, 86_400_000)):
            n, total, flagged = counted[table].get((channel, ts - ts % step), (0, 0.0, 0))
            good = not flags & EXCLUDED
            counted[table][channel, ts - ts % step] = (n + good, total + value * good, flagged + (not good))
    wrong = 0
    for table, expected in counted.items():
        found = {
            (channel, bucket): (n, total or 0.0, flagged)
            for channel, bucket, n, total, flagged in table.objects.values_list(
                "channel", "bucket", "n", "total", "flagged"
            )
        }
        wrong += len(found.keys() ^ expected.keys())
        for key in found.keys() & expected.keys():
            (n, total, flagged), (m, summed, odd) = found[key], expected[key]
            wrong += (n, flagged) != (m, odd) or abs(total - summed) > 1e-6 * max(1.0, abs(summed))
    return wrong


def faults(report: dict[str, Any], *, rows: int, uplinks: int) -> list[str]:
    """What is missing, double or wrong; empty where all is well."""
    sent = [uplink(number) for number in range(uplinks)]
    expected = sorted(
        (
            int(datetime.fromisoformat(m["time"]).timestamp() * 1000),
            m["deviceInfo"]["devEui"],
            m["object"]["temperature"],
        )
        for m in sent
    )
    stored = sorted((ts, eui, value) for eui, ts, value in report["uplinks"])
    job = {"state": "done", "rows": rows // 2, "stored": rows, "duplicate": 0, "rejected": 0, "error": ""}
    found = []
    if report["acknowledged"] != uplinks:
        found.append(f"{report['acknowledged']} of {uplinks} uplinks were acknowledged")
    if stored != expected:
        found.append(f"{len(stored)} uplinks stored, {len(set(expected) - set(stored))} missing")
    if report["job"] != job or report["uploaded"] != rows:
        found.append(f"upload: {report['job']}, {report['uploaded']} of {rows} values")
    if report["wrong_sums"] or report["waiting"]:
        found.append(f"{report['wrong_sums']} wrong sums, waiting: {report['waiting']}")
    return found


if __name__ == "__main__":
    import django

    django.setup()
    acts: dict[str, Any] = {"prepare": prepare, "report": report}
    print(json.dumps(acts[sys.argv[1]](int(sys.argv[2]))))

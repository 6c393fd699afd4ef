"""Uplinks through webhook and MQTT to the committed measurement, with kill -9 of server or subscriber in mid-stream.

.venv/bin/python bench/uplinks.py [N] [--kill K] [--port P] [--mqtt]   on DATABASE_URL (default: SQLite in VAR_DIR)
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
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

from mapviews.domain import rollups, sources  # noqa: E402
from mapviews.models import Measurement, RollupHour, Station  # noqa: E402
from mapviews.permissions import OPERATOR  # noqa: E402

MANAGE = [sys.executable, str(Path(__file__).resolve().parent.parent / "manage.py")]
DEVICES = 20


def uplink(run: str, number: int) -> dict[str, Any]:
    """One value; each device sends one a second of its own clock."""
    device, turn = number % DEVICES, number // DEVICES
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=turn)
    return {
        "deduplicationId": f"{run}-{number}",
        "time": at.isoformat(),
        "deviceInfo": {"applicationId": "bench", "deviceName": f"{run} {device}", "devEui": f"{run}{device:08x}"},
        "fCnt": turn, "fPort": 1, "data": "AQ==", "object": {"temperature": 10 + turn % 20},
    }  # fmt: skip


class Server:
    """`manage.py serve` in a process group of its own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.start()

    def start(self) -> None:
        command = [*MANAGE, "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        until = time.monotonic() + 180
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except (OSError, urllib.error.URLError):
                time.sleep(0.3)
        raise SystemExit("the server does not answer")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def by_webhook(source: Any, run: str, count: int, server: Server, kills: int) -> tuple[list[float], int]:
    """Sends each uplink until it is acknowledged, as a sender with a queue does; returns latencies and kills."""
    path, latencies, killed = f"{source.source.ingest_url}?event=up", [], 0
    at = {count * (i + 1) // (kills + 1) for i in range(kills)}
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {source.secret}"}
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    for number in range(count):
        body = json.dumps(uplink(run, number))
        if number in at:
            threading.Timer(0.02, server.kill).start()
            killed += 1
        while True:
            started = time.perf_counter()
            try:
                client.request("POST", path, body, headers)
                answer = client.getresponse()
                answer.read()
                if answer.status in (200, 202):
                    latencies.append(time.perf_counter() - started)
                    break
            except (OSError, http.client.HTTPException):
                client.close()
                if server.process.poll() is not None:
                    server.start()
                time.sleep(0.1)
    return latencies, killed


def by_mqtt(run: str, count: int, kills: int) -> int:
    """Publishes everything with QoS 1 while the subscriber is killed and started again."""
    import paho.mqtt.client as mqtt

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="dhpb-mqtt-"))
    (folder / "m.conf").write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n")
    broker = subprocess.Popen(["/usr/sbin/mosquitto", "-c", str(folder / "m.conf")], stderr=subprocess.DEVNULL)
    time.sleep(1)
    environment = os.environ | {"MQTT_URL": f"mqtt://127.0.0.1:{port}"}

    def subscribe() -> Any:
        command = [*MANAGE, "lorawan_subscribe", "--client-id", f"bench-{run}"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        process.stdout.readline()
        return process

    subscriber, killed = subscribe(), 0
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.max_inflight_messages_set(1000)
    client.connect("127.0.0.1", port)
    client.loop_start()
    for number in range(count):
        message = uplink(run, number)
        topic = f"application/bench/device/{message['deviceInfo']['devEui']}/event/up"
        client.publish(topic, json.dumps(message), qos=1)
    while stored(run) < count:
        if killed < kills and stored(run) > count * (killed + 1) // (kills + 2):
            subscriber.kill()
            subscriber.wait()
            killed += 1
            subscriber = subscribe()
        time.sleep(0.2)
    subscriber.kill()
    client.disconnect()
    broker.terminate()
    return killed


def values(run: str) -> Any:
    return Measurement.objects.filter(channel__device__dev_eui__startswith=run)


def stored(run: str) -> int:
    connection.close()
    return int(values(run).count())


def check(run: str, count: int) -> None:
    """Each acknowledged uplink is there once, with its value, and the sums are right."""
    expected = {(f"{run}{n % DEVICES:08x}", float(10 + n // DEVICES % 20)) for n in range(count)}
    assert stored(run) == count, (stored(run), count)
    assert set(values(run).values_list("channel__device__dev_eui", "value")) == expected
    rollups.refresh()
    sums = RollupHour.objects.filter(channel__device__dev_eui__startswith=run).aggregate(n=Sum("n"), total=Sum("total"))
    assert sums == {"n": count, "total": sum(float(10 + n // DEVICES % 20) for n in range(count))}, sums


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--kill", type=int, default=0)
    parser.add_argument("--port", type=int, default=8116)
    parser.add_argument("--mqtt", action="store_true")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    run = f"{int(time.time()) & 0xFFFFFFFF:08x}"
    source = sources.create(OPERATOR, name=f"Bench {run}", kind="chirpstack", auto_map=True)
    started = time.perf_counter()
    if options.mqtt:
        killed, latencies = by_mqtt(run, options.count, options.kill), [0.0, 0.0]
    else:
        server = Server(options.port)
        started = time.perf_counter()
        try:
            latencies, killed = by_webhook(source, run, options.count, server, options.kill)
        finally:
            server.kill()
    took = time.perf_counter() - started
    check(run, options.count)
    way = "MQTT" if options.mqtt else "webhook"
    rate = options.count / took
    print(f"{connection.vendor}, {way}: {options.count} uplinks in {took:.1f} s = {rate:.0f}/s, killed {killed}")
    if not options.mqtt:
        cut = statistics.quantiles(latencies, n=100)
        print(f"answer p50 {cut[49] * 1000:.0f} ms, p95 {cut[94] * 1000:.0f} ms, p99 {cut[98] * 1000:.0f} ms")
    print("checked: every acknowledged uplink is stored once, sums equal a recount")
    for station in Station.objects.filter(devices__source=source.source):
        station.delete()


if __name__ == "__main__":
    main()

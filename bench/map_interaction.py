"""The live map with many stations in a real browser: when list and map can be used, and what it costs.

.venv/bin/python bench/map_interaction.py [STATIONS …] [--runs 5]    a SQLite file of its own; needs Chromium

Beside it, in the same run, a naive page: every station as a marker of plain Leaflet, from one GeoJSON of all of them.
"""

from __future__ import annotations

import argparse
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
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="dhpb-bench-"))

from bench import live_map  # noqa: E402, I001  sets Django up
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from playwright.sync_api import Browser, TimeoutError, sync_playwright  # noqa: E402

from mapviews.models import Station  # noqa: E402

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
LEAFLET = ROOT / "node_modules" / "leaflet" / "dist"
MOST = 120_000  # ms
NAIVE = """<!doctype html><link rel="stylesheet" href="/leaflet.css"><div id="map" style="height:480px"></div>
<script src="/leaflet.js"></script><script>
const map = L.map("map", {center: [51.7189, 8.7545], zoom: 12});
fetch("/all.geojson").then((a) => a.json()).then((data) => {
  L.geoJSON(data, {onEachFeature: (f, layer) => layer.bindPopup(String(f.properties.value))}).addTo(map);
});</script>"""


class Naive(BaseHTTPRequestHandler):
    """The page as a tutorial has it: all rows by the ORM, one object each."""

    def do_GET(self) -> None:
        if self.path == "/all.geojson":
            stations = Station.objects.public().prefetch_related("locations", "channels")
            features = [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [p.public_longitude, p.public_latitude]},
                    "properties": {"name": s.name, "value": s.channels.all()[0].latest_value},
                }
                for s in stations
                for p in s.locations.all()
            ]
            self._send("application/json", json.dumps({"type": "FeatureCollection", "features": features}).encode())
            connection.close()
        elif self.path.startswith("/leaflet."):
            kind = "text/css" if self.path.endswith("css") else "text/javascript"
            self._send(kind, (LEAFLET / self.path[1:]).read_bytes())
        else:
            self._send("text/html", NAIVE.encode())

    def _send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: Any) -> None:
        """Silent."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve() -> tuple[subprocess.Popen[str], str]:
    port = free_port()
    environment = os.environ | {"BASE_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--no-worker"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    while not (line := process.stdout.readline()).startswith("bereit"):
        assert line, "server ended"
    return process, environment["BASE_URL"]


def visit(browser: Browser, url: str, *, ours: bool) -> dict[str, float]:
    """One first visit with an empty cache; times from navigation in ms, transferred kB."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    context.set_default_timeout(MOST)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: dict[str, float] = {}
    names: dict[str, str] = {}
    network.on("Network.responseReceived", lambda e: names.__setitem__(e["requestId"], e["response"]["url"]))
    network.on("Network.loadingFinished", lambda e: sizes.__setitem__(e["requestId"], e["encodedDataLength"]))
    found: dict[str, float] = {}
    started = time.perf_counter()

    def note(name: str) -> None:
        found[name] = (time.perf_counter() - started) * 1000

    page.goto(url, wait_until="commit")
    if ours:
        page.locator(".station-row a").first.wait_for(state="visible")
        note("list usable")
    marker = page.locator(".map-marker" if ours else ".leaflet-marker-icon").first
    marker.wait_for(state="attached")
    note("markers there")
    marker.focus()
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup-content").first.wait_for(state="visible")
    note("first interaction")
    with page.expect_response(lambda answer: "geojson" in answer.url) if ours else _nothing():
        page.locator(".leaflet-control-zoom-in").click()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    note("zoom answered")
    found["kB in all"] = sum(sizes.values()) / 1024
    found["kB of map data"] = max((s for r, s in sizes.items() if "geojson" in names.get(r, "")), default=0) / 1024
    context.close()
    return found


class _nothing:
    def __enter__(self) -> None: ...
    def __exit__(self, *_given: object) -> None: ...


def report(name: str, visits: list[dict[str, float]]) -> dict[str, float]:
    print(name)
    middles = {}
    for key in visits[0]:
        values = [v[key] for v in visits]
        middles[key] = statistics.median(values)
        print(f"    {key:20} {middles[key]:9.0f}  ({min(values):.0f}-{max(values):.0f})")
    return middles


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("stations", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    other = ThreadingHTTPServer(("127.0.0.1", free_port()), Naive)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    naive = f"http://127.0.0.1:{other.server_port}/"
    for wanted in given.stations:
        live_map.grow(wanted)
        connection.close()
        process, base = serve()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
                page = f"{base}/sensoren/karte/?messgroesse=pm10"
                visits: dict[str, list[dict[str, float]]] = {"ours": [], "naive": []}
                visit(browser, page, ours=True)  # the first request of a new process builds templates and queries
                visits["ours"] = [visit(browser, page, ours=True) for _run in range(given.runs)]
                with suppress(TimeoutError):  # the browser is too busy to answer
                    for _run in range(3):
                        visits["naive"].append(visit(browser, naive, ours=False))
                browser.close()
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
        print(f"== {wanted} stations, load {os.getloadavg()[0]:.1f}, times in ms")
        mine = report("live map", visits["ours"])
        if not visits["naive"]:
            print(f"naive page: no marker could be opened within {MOST / 1000:.0f} s")
            continue
        theirs = report("naive page", visits["naive"])
        for key in ("first interaction", "kB in all"):
            print(f"    {key}: naive / ours = {theirs[key] / mine[key]:.1f}")


if __name__ == "__main__":
    main()

"""The practice feed: sends invented uplinks of the sample devices, and fills what was missed while it slept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from mapviews.domain.ingest import Batch, Reading, Result, ingest
from mapviews.domain.messages import Receipt, receive
from mapviews.lorawan.simulator import reading, uplink
from mapviews.models import Channel, Source

STEP = 600
HISTORY = timedelta(days=6)


@dataclass(frozen=True)
class Device:
    """A simulated device: its EUI, name and what it measures."""

    dev_eui: str
    name: str
    phenomena: list[str]


@dataclass(frozen=True)
class Feed:
    """What the simulator needs, kept in `var/simulator.json` (mode 600): address and secret of the source, devices."""

    source: str
    url: str
    secret: str
    devices: list[Device]


def feed_file() -> Path:
    return Path(settings.VAR_DIR) / "simulator.json"


def save_feed(feed: Feed) -> None:
    path = feed_file()
    data = {"source": feed.source, "url": feed.url, "secret": feed.secret, "devices": [vars(d) for d in feed.devices]}
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1))


def load_feed() -> Feed | None:
    path = feed_file()
    if not path.exists():
        return None
    data = json.loads(path.read_text())
    return Feed(data["source"], data["url"], data["secret"], [Device(**d) for d in data["devices"]])


def message(device: Device, *, moment: datetime) -> dict[str, Any]:
    """The uplink of a device at a moment; the counter follows the clock, as it does for a device that never rests."""
    return uplink(
        dev_eui=device.dev_eui,
        name=device.name,
        phenomena=device.phenomena,
        moment=moment,
        counter=int(moment.timestamp()) // 5 % 65_536,
    )


def send(source: Source, device: Device, *, moment: datetime) -> Receipt:
    """Sends one uplink through the same door as the webhook."""
    return receive(source, body=json.dumps(message(device, moment=moment)).encode(), event="up")


def backfill(channels: Sequence[Channel], *, seed: str, now: datetime | None = None) -> Result:
    """Invented values every ten minutes from the channels' newest (at most six days back) until now. Idempotent."""
    end = int((now or timezone.now()).timestamp())
    readings: list[Reading] = []
    for channel in channels:
        start = end - int(HISTORY.total_seconds())
        if channel.latest_ts is not None:
            start = max(start, channel.latest_ts // 1000 + STEP)
        for moment in range(start - start % STEP, end, STEP):
            value = reading(channel.phenomenon_id or "", seed, moment)
            readings.append(Reading(channel.pk, moment * 1000, (value - channel.offset) / channel.factor))
    return ingest(Batch(readings, {c.pk: c for c in channels}))

"""Invented readings that look like Paderborn's weather, and uplinks that carry them. Pure: time in, numbers out."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from datetime import UTC, datetime
from typing import Any

DAY, YEAR = 86_400, 365.25 * 86_400
DECIMALS = {"humidity": 0, "noise": 1, "pressure": 1, "water_level": 0, "co2": 0, "battery": 2, "soil_moisture": 1}


def _wave(moment: float, period: float, peak: float = 0.0) -> float:
    """-1 to 1, highest at `peak` seconds after midnight UTC (or after the period's start)."""
    return math.cos((moment - peak) / period * 2 * math.pi)


def _jitter(seed: str, moment: float, step: int = 600) -> float:
    """-1 to 1, the same for the same seed and ten minutes, smooth between them."""
    position = moment / step
    left, share = math.floor(position), position - math.floor(position)

    def at(index: int) -> float:
        digest = hashlib.blake2b(f"{seed}:{index}".encode(), digest_size=4).digest()
        return int.from_bytes(digest, "big") / 2**31 - 1

    return at(left) * (1 - share) + at(left + 1) * share


def reading(phenomenon: str, seed: str, moment: float) -> float:
    """The value of a phenomenon at a place (`seed`) at a moment (seconds since 1970 UTC)."""
    season = _wave(moment, YEAR, 200 * DAY)
    weather = 0.6 * _wave(moment, 4.3 * DAY) + 0.4 * _wave(moment, 2.7 * DAY, 30_000)
    daily = _wave(moment, DAY, 13.5 * 3600)
    rush = max(0.0, _wave(moment, DAY / 2, 6.5 * 3600))
    place, noise = _jitter(f"{seed}:place", 0), _jitter(f"{seed}:{phenomenon}", moment)
    temperature = 10 + 8.5 * season + 3.5 * weather + (2.2 + 1.8 * season) * daily + 0.6 * place + 0.25 * noise
    values = {
        "temperature": temperature,
        "humidity": min(98.0, max(25.0, 74 - 12 * daily - 9 * weather - 8 * season + 3 * noise)),
        "pressure": 1014 - 11 * weather + 0.4 * noise,
        "pm10": max(2.0, 15 - 6 * weather + 7 * rush + 3 * place + 2.5 * noise),
        "pm25": max(1.0, 8 - 4 * weather + 4 * rush + 2 * place + 1.5 * noise),
        "noise": 47 + 6 * daily + 4 * rush + 3 * place + 2 * noise,
        "water_level": 62 - 9 * weather + 2 * place + 0.8 * noise,
        "soil_moisture": max(4.0, 27 - 6 * season - 5 * weather + 3 * place + 0.4 * noise),
        "soil_temperature": 10 + 7 * season + 1.2 * weather + 0.6 * daily + 0.2 * noise,
        "co2": 620 + 420 * max(0.0, daily) + 60 * noise,
        "battery": 3.55 + 0.02 * noise,
        "illuminance": max(0.0, 18_000 * daily * (1 + 0.5 * season)),
    }
    return round(values.get(phenomenon, 10 + noise), DECIMALS.get(phenomenon, 1))


def uplink(*, dev_eui: str, name: str, phenomena: list[str], moment: datetime, counter: int) -> dict[str, Any]:
    """An uplink as ChirpStack v4 sends it, with a decoded object."""
    at = moment.astimezone(UTC)
    values = {slug: reading(slug, dev_eui, at.timestamp()) for slug in phenomena}
    digest = hashlib.sha256(f"{dev_eui}:{counter}:{at.isoformat()}".encode()).hexdigest()
    identity = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))
    return {
        "deduplicationId": identity,
        "time": at.isoformat(timespec="microseconds"),
        "deviceInfo": {
            "tenantName": "Übung",
            "applicationId": "00000000-0000-4000-8000-000000000001",
            "applicationName": "Simulation",
            "deviceName": name,
            "devEui": dev_eui,
        },
        "devAddr": digest[:8],
        "dr": 5,
        "fCnt": counter,
        "fPort": 2,
        "data": base64.b64encode(json.dumps(values).encode()[:48]).decode(),
        "object": values,
        "rxInfo": [{"gatewayId": "0000000000000001", "rssi": -87, "snr": 8.2}],
        "txInfo": {"frequency": 868_100_000},
    }

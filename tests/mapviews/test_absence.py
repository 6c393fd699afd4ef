"""Nobody reads from an indoor station when its people were away: two courses of a day with one mean look the same."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from mapviews.domain import deletion, rollups
from mapviews.domain.ingest import Batch, Reading, ingest
from tests.mapviews.test_privacy import DOORS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 3, 14, 20, tzinfo=UTC)
HOUR = 3_600_000
DAY = 1_777_593_600_000  # 2026-05-01T00:00Z, a day that is over; the third of May is running
PRESENT = [(DAY + hour * HOUR, 400.0 + hour) for hour in range(24)] + [
    (DAY + (48 + h) * HOUR, 900.0) for h in range(14)
]
AWAY = [(DAY + 2 * HOUR, 400.0), (DAY + 23 * HOUR, 423.0), (DAY + 48 * HOUR + 5, 900.0)]


def doors(station: Any, channel: Any) -> list[str]:
    page, box, things = station.canonical_url, f"/boxes/{station.osem_id}", "/sensorthings/v1.1"
    values = f"/api/v1/measurements?channel={channel.pk}"
    lab = f"?kanal={channel.pk}"
    return [
        *DOORS,
        page,
        f"{page}?kanal={channel.pk}&zeitraum=tag",
        f"{page}?kanal={channel.pk}&von=2026-05-01T06:00&bis=2026-05-01T09:00",
        f"{page}verlauf.json?kanal={channel.pk}&von=2026-05-01&bis=2026-05-03",
        f"{page}verlauf.json?kanal={channel.pk}&aufloesung=hour",
        f"{page}werte.csv?kanal={channel.pk}",
        f"{page}einbetten/",
        *(f"{values}{more}" for more in ("", "&resolution=hour", "&resolution=day", "&resolution=day&format=csv")),
        f"{values}&resolution=day&from=2026-05-01T06:00:00Z&to=2026-05-01T09:00:00Z",
        f"{values}&resolution=day&to=2026-05-04T00:00:00Z",
        "/api/v1/daily.csv?phenomenon=co2",
        *(f"/api/v1/stations.geojson?phenomenon=co2&at=2026-05-{at}" for at in ("01", "01T08Z", "03T08Z")),
        "/api/v1/stations.geojson?phenomenon=co2&exposure=indoor&zoom=20",
        "/api/v1/surface.geojson?phenomenon=co2&at=2026-05-01T08Z",
        "/sensoren/karte/?messgroesse=co2&zeit=2026-05-01T08Z",
        *(f"{box}{more}" for more in ("", "/sensors", f"/sensors/{channel.osem_id}")),
        f"{box}/data/{channel.osem_id}?from-date=2026-05-01T00:00:00Z",
        f"{box}/data/{channel.osem_id}?from-date=2026-05-01T06:00:00Z&to-date=2026-05-01T09:00:00Z",
        "/boxes/data/?bbox=8,51,9,52&phenomenon=co2&from-date=2026-04-01T00:00:00Z",
        f"{things}/Datastreams({channel.pk})?$expand=Observations",
        f"{things}/Datastreams({channel.pk})/Observations?$count=true",
        f"{things}/Datastreams({channel.pk})/Observations?$filter=phenomenonTime gt 2026-05-01T06:00:00Z",
        f"{things}/Observations?$filter=Datastream/id eq {channel.pk}&$count=true",
        f"{things}/Things({station.pk})?$expand=Datastreams/Observations",
        *(f"/sensoren/reallabor/{path}{lab}" for path in ("", "verlauf.json", "daten.csv", "daten.json")),
        "/sensoren/?messgroesse=co2",
    ]  # fmt: skip


def seen(client: Any, station: Any, channel: Any, course: list[tuple[int, float]]) -> dict[str, Any]:
    """What a guest sees at every door once this is what the station measured."""
    ingest(Batch([Reading(channel.pk, *value) for value in course], {channel.pk: channel}))
    rollups.refresh([channel.pk])
    cache.clear()
    found = {}
    for door in doors(station, channel):
        answer = client.get(door)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        plain = re.sub(rb'nonce="[^"]*"|nonce-[\w+/=-]+|name="csrfmiddlewaretoken" value="\w+"', b"", body)
        found[door] = (answer.status_code, answer.get("Last-Modified"), plain)
    return found


@time_machine.travel(NOW, tick=False)
def test_two_courses_of_a_day_with_one_mean_look_the_same_at_every_door(client: Any, make_station: Any) -> None:
    station = make_station(exposure="indoor", publicity="daily", phenomena=["co2"])
    channel = station.channels.select_related("phenomenon").get()
    present = seen(client, station, channel, PRESENT)
    deletion.delete_values(station.owner, station=station)
    away = seen(client, station, channel, AWAY)
    assert [door for door in present if present[door] != away[door]] == []
    assert sum(status == 200 for status, _changed, _body in present.values()) > len(present) / 2
    assert any(b"411.5" in body for _status, _changed, body in present.values())  # the mean itself is there

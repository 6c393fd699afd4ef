"""Around a running station: alerts, calibration, handing over, deleting, hiding, taking everything along, embedding."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapviews.domain import alerts, calibration, handover, hiding, rollups, series, stations, uploads
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.ingest.batch import now_ms
from mapviews.models import (
    Calibration,
    Handover,
    Measurement,
    RollupDay,
    Station,
    StationLocation,
    Threshold,
    UploadJob,
)
from portal.accounts.enums import Role
from portal.exceptions import DomainError, NotAllowed
from portal.outbox.models import Mail

pytestmark = pytest.mark.django_db
START = 1_777_593_600_000  # 2026-05-01T00:00Z
HOUR = 3_600_000


def put(station: Any, values: list[float], start: int = START, slug: str = "temperature", step: int = 60_000) -> Any:
    channel = station.channels.select_related("phenomenon").get(phenomenon=slug)
    readings = [Reading(channel.pk, start + i * step, v) for i, v in enumerate(values)]
    return ingest(Batch(readings, {channel.pk: channel}))


def subjects() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))


def test_silence_is_told_once_until_the_station_is_heard_again(make_station: Any) -> None:
    station = make_station(name="Balkon", phenomena=["temperature"])
    alerts.set_silence(station.owner, station=station, hours=6)
    put(station, [20.0], start=now_ms() - 5 * HOUR)
    assert alerts.tell() == 0
    Station.objects.update(last_seen_at=timezone.now() - timedelta(hours=7))
    assert [alerts.tell(), alerts.tell()] == [1, 0]
    assert subjects() == ["„Balkon“ sendet nicht mehr"]
    assert Mail.objects.get().recipients == f"|{station.owner.email}|"
    put(station, [20.0], start=now_ms())
    assert alerts.tell() == 0
    Station.objects.update(last_seen_at=timezone.now() - timedelta(hours=6, minutes=1), silence_told_at=None)
    assert alerts.tell() == 1
    alerts.set_silence(station.owner, station=station, hours=None)
    assert alerts.tell() == 0


def test_threshold_is_told_once_until_the_value_is_back(make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    channel = station.channels.get()
    alerts.add_threshold(station.owner, channel=channel, direction="above", limit=30.0)
    alerts.add_threshold(station.owner, channel=channel, direction="above", limit=30.0)
    assert Threshold.objects.count() == 1
    now = now_ms()
    told = []
    for minute, value in enumerate([29.0, 31.0, 32.0, 30.0, 999.0, 30.5]):
        put(station, [value], start=now - 600_000 + minute * 60_000)
        told.append(alerts.tell())
    assert told == [0, 1, 0, 0, 0, 1]
    put(station, [12.0], start=now - 10 * HOUR)
    assert "31,00 °C" in subjects()[0]


def test_alerts_are_the_owners(make_station: Any, make_user: Any, client: Any) -> None:
    station = make_station(phenomena=["temperature"])
    for user in (make_user(), make_user(Role.SENSOR_DESK)):
        with pytest.raises(NotAllowed):
            alerts.set_silence(user, station=station, hours=1)
        with pytest.raises(NotAllowed):
            alerts.add_threshold(user, channel=station.channels.get(), direction="above", limit=1)
        client.force_login(user)
        for path in ("nachrichten/", "uebergeben/"):
            assert client.get(station.canonical_url + path).status_code == 404
    client.force_login(station.owner)
    url = f"{station.canonical_url}nachrichten/"
    assert client.post(url, {"act": "silence", "silence": "24"}).status_code == 302
    channel = station.channels.get().pk
    assert (
        client.post(url, {"act": "threshold", "channel": channel, "direction": "below", "limit": "2,5"}).status_code
        == 302
    )
    assert (Station.objects.get().silence_hours, Threshold.objects.get().limit) == (24, 2.5)
    for bad in ({"silence": "5"}, {"act": "threshold", "channel": channel, "direction": "below", "limit": "viel"}):
        assert client.post(url, {"act": "silence"} | bad).status_code == 400
    assert client.post(f"{url}{Threshold.objects.get().pk}/loeschen/").status_code == 302
    assert Threshold.objects.count() == 0


def test_calibration_changes_what_comes_and_keeps_what_is(make_station: Any, client: Any) -> None:
    station = make_station(phenomena=["pressure"])
    channel = station.channels.get()
    channel.factor = 0.01
    channel.save()
    put(station, [100_000.0], slug="pressure")
    calibration.calibrate(station.owner, channel=channel, factor=1.1, offset=-5.0)
    put(station, [100_000.0], start=START + HOUR, slug="pressure")
    calibration.calibrate(station.owner, channel=channel, factor=1.0, offset=2.0)
    put(station, [100_000.0], start=START + 2 * HOUR, slug="pressure")
    assert list(Measurement.objects.order_by("ts").values_list("value", flat=True)) == [1000.0, 1095.0, 1002.0]
    assert list(Calibration.objects.order_by("version").values_list("version", "factor")) == [(1, 1.1), (2, 1.0)]
    client.force_login(station.owner)
    form = {"channel": channel.pk, "factor": "1,02", "offset": "0"}
    assert client.post(f"{station.canonical_url}kalibrieren/", form).status_code == 302
    for bad in ({"factor": "0"}, {"factor": "__import__('os')"}, {"offset": "nan"}, {"factor": "1e99"}):
        assert client.post(f"{station.canonical_url}kalibrieren/", form | bad).status_code == 400
    assert Calibration.objects.count() == 3


def code_in_mail() -> str:
    found = re.search(r"/sensoren/uebergabe/([^/\s]+)/", Mail.objects.order_by("-pk")[0].text)
    assert found
    return found[1]


def test_handing_over_needs_the_other_persons_yes(make_station: Any, make_user: Any, client: Any) -> None:
    station, other, stranger = make_station(phenomena=["temperature"]), make_user(), make_user()
    giver, old = station.owner, station.token_hash
    stations.move(giver, station=station, latitude=51.72, longitude=8.76, precision="cell500")
    handover.offer(giver, station=station, email=other.email.upper())
    code = code_in_mail()
    for user in (stranger, giver):
        client.force_login(user)
        assert client.get(f"/sensoren/uebergabe/{code}/").status_code == 404
        with pytest.raises(DomainError):
            handover.accept(user, code=code)
    assert Station.objects.get().owner == giver
    client.force_login(other)
    assert client.get(f"/sensoren/uebergabe/{code}/").status_code == 200
    page = client.post(f"/sensoren/uebergabe/{code}/", follow=True).content.decode()
    assert re.search(r"dhs_[\w-]{40,}", page)
    found = Station.objects.get()
    assert (found.owner, found.token_hash != old, Handover.objects.count()) == (other, True, 0)
    assert StationLocation.objects.count() == 1
    client.force_login(giver)
    assert client.get(f"{station.canonical_url}schluessel/").status_code == 404
    assert client.get(f"/sensoren/uebergabe/{code}/").status_code == 404


def test_offers_end(make_station: Any, make_user: Any) -> None:
    station, other = make_station(), make_user()
    handover.offer(station.owner, station=station, email=other.email)
    first = code_in_mail()
    handover.offer(station.owner, station=station, email=other.email)
    second = code_in_mail()
    assert handover.find(first) is None
    Handover.objects.update(expires_at=timezone.now())
    with pytest.raises(DomainError):
        handover.accept(other, code=second)
    assert (handover.forget_expired(), Handover.objects.count()) == (1, 0)
    handover.offer(station.owner, station=station, email=other.email)
    handover.withdraw(station.owner, station=station)
    assert handover.find(code_in_mail()) is None
    for email in ("kein@", station.owner.email):
        with pytest.raises(DomainError):
            handover.offer(station.owner, station=station, email=email)
    with pytest.raises(NotAllowed):
        handover.offer(other, station=station, email="x@test.example")


def test_deleting_a_range_and_everything(make_station: Any, make_user: Any, client: Any) -> None:
    station = make_station(phenomena=["temperature", "humidity"])
    put(station, [float(i) for i in range(72)], step=HOUR)
    put(station, [50.0], slug="humidity")
    rollups.refresh()
    url = f"{station.canonical_url}werte-loeschen/"
    client.force_login(make_user())
    assert client.post(url, {"confirm": "on"}).status_code == 404
    client.force_login(station.owner)
    channel = station.channels.get(phenomenon="temperature")
    form = {"channel": channel.pk, "first": "2026-05-02", "last": "2026-05-03"}
    assert client.post(url, form).status_code == 400
    assert client.post(url, form | {"confirm": "on", "last": "2026-05-01"}).status_code == 400
    assert Measurement.objects.count() == 73
    assert client.post(url, form | {"confirm": "on"}).status_code == 302
    channel.refresh_from_db()
    assert (Measurement.objects.count(), channel.latest_value) == (25, 23.0)
    assert list(RollupDay.objects.filter(channel=channel).values_list("n", "total")) == [(24, 276.0)]
    assert client.post(url, {"confirm": "on"}).status_code == 302
    assert [t.objects.count() for t in (Measurement, RollupDay)] == [0, 0]


def test_hidden_values_leave_every_public_door(make_station: Any, make_user: Any, client: Any) -> None:
    station, desk = make_station(phenomena=["temperature"]), make_user(Role.SENSOR_DESK)
    put(station, [1.5, 77.25, 2.5], step=HOUR)
    channel = station.channels.get()
    with pytest.raises(NotAllowed):
        hiding.hide_values(station.owner, channel=channel, start=START, end=START + 9, reason="weil")
    with pytest.raises(DomainError):
        hiding.hide_values(desk, channel=channel, start=START, end=START + 9, reason=" ")
    client.force_login(desk)
    form = {"channel": channel.pk, "first": "2026-05-01", "last": "2026-05-01", "reason": "Heizung daneben"}
    assert client.post(f"{station.canonical_url}werte-ausblenden/", form).status_code == 302
    assert client.post(f"{station.canonical_url}werte-ausblenden/", form | {"act": "show"}).status_code == 302
    assert hiding.hide_values(desk, channel=channel, start=START + HOUR, end=START + 2 * HOUR, reason="Herd") == 1
    client.logout()
    for path in (
        f"/api/v1/measurements?channel={channel.pk}",
        f"/api/v1/measurements?channel={channel.pk}&format=csv",
        f"/api/v1/measurements?channel={channel.pk}&resolution=hour",
        f"/boxes/{station.osem_id}/data/{channel.osem_id}?from-date=2026-05-01T00:00:00Z",
        f"{station.canonical_url}verlauf.json?kanal={channel.pk}",
        station.canonical_url,
    ):
        answer = client.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200
        assert b"77.25" not in content
        assert b"77,3" not in content
    assert [p.value for p in series.points(channel, resolution="day")] == [2.0]


def everything(client: Any, station: Any, kind: str) -> str:
    answer = client.get(f"{station.canonical_url}alles.{kind}")
    return b"".join(answer.streaming_content).decode()


def stored(station: Any) -> set[tuple[Any, ...]]:
    rows = Measurement.objects.filter(channel__station=station)
    return set(rows.values_list("channel__phenomenon", "ts", "value"))


def test_export_and_import_are_the_identity(make_station: Any, client: Any) -> None:
    slugs = ["temperature", "pressure", "pm10", "battery"]
    station, second = (make_station(phenomena=slugs) for _each in range(2))
    for number, slug in enumerate(slugs):
        put(station, [30.123456 + i / 7 for i in range(50)], start=START + number, slug=slug, step=1234)
    client.force_login(station.owner)
    text = everything(client, station, "csv")
    job = uploads.start(second.owner, station=second, file_name="alles.csv", chunks=[text.encode()])
    uploads.confirm(second.owner, job=job)
    job.refresh_from_db()
    assert (job.stored, job.rejected) == (200, 0)
    assert stored(second) == stored(station)
    data = json.loads(everything(client, station, "json"))
    assert sum(len(channel["values"]) for channel in data["channels"]) == 200
    client.force_login(second.owner)
    assert everything(client, second, "csv").splitlines()[0] == "ts,phenomenon,value,unit,flags"
    assert client.get(f"{make_station(publicity='private').canonical_url}alles.csv").status_code == 404


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.integers(0, 10**10), st.floats(-1e9, 1e9)), min_size=1, max_size=40))
def test_any_values_survive_export_and_import(rows: list[tuple[int, float]], make_station: Any, client: Any) -> None:
    station, second = (make_station(phenomena=["count"]) for _each in range(2))
    channel = station.channels.select_related("phenomenon").get()
    ingest(Batch([Reading(channel.pk, 1_577_836_800_000 + ts, value) for ts, value in rows], {channel.pk: channel}))
    client.force_login(station.owner)
    text = everything(client, station, "csv")
    job = uploads.start(second.owner, station=second, file_name="alles.csv", chunks=[text.encode()])
    uploads.confirm(second.owner, job=job)
    assert stored(second) == stored(station)


def test_unfinished_uploads_are_not_lost_in_a_hand_over(make_station: Any, make_user: Any) -> None:
    station, other = make_station(), make_user()
    uploads.start(station.owner, station=station, file_name="a.csv", chunks=[b"ts;temperature\n2026-05-01T00:00Z;1\n"])
    handover.offer(station.owner, station=station, email=other.email)
    handover.accept(other, code=code_in_mail())
    assert UploadJob.objects.get().user is None

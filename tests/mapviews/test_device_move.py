"""A mapped device measures for another station from now on; what it measured stays where it stood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mapviews.domain import devices
from mapviews.models import Channel, Device, Measurement
from portal.accounts.enums import Role
from portal.exceptions import DomainError, NotAllowed
from tests.mapviews.conftest import chirpstack

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(make_user: Any) -> Any:
    return make_user(Role.SENSOR_DESK)


def test_old_values_stay_and_new_ones_come_to_the_new_station(
    client: Any, desk: Any, make_source: Any, make_station: Any, send: Any
) -> None:
    source, now = make_source(), datetime.now(UTC)
    send(source, chirpstack(time=(now - timedelta(minutes=9)).isoformat(), object={"temp": 20, "x_raw": 4}))
    device = Device.objects.get()
    old, new = device.station, make_station(name="Neu")
    Channel.objects.filter(key="object.temp").update(factor=0.5, offset=1.0)
    client.force_login(desk)
    url = f"/sensoren/desk/geraete/{device.pk}/"
    assert "An eine andere Station umhängen" in client.get(url).content.decode()
    assert client.post(url, {"act": "move", "station": new.pk}).status_code == 302
    send(source, chirpstack(time=now.isoformat(), object={"temp": 30, "x_raw": 5}))
    rows = Measurement.objects.filter(channel__phenomenon="temperature").order_by("ts")
    assert list(rows.values_list("channel__station", "value")) == [(old.pk, 20.0), (new.pk, 16.0)]
    assert set(new.channels.values_list("key", "device")) == {("object.temp", device.pk), ("object.x_raw", device.pk)}
    assert set(old.channels.values_list("device", flat=True)) == {None}
    devices.move(desk, device=device, station=old)  # and back again: no key stands in the way
    send(source, chirpstack(time=(now + timedelta(seconds=30)).isoformat(), object={"temp": 40}))
    assert Measurement.objects.filter(channel__station=old, value=21.0).exists()


def test_moving_is_for_the_desk_and_for_mapped_devices(
    client: Any, desk: Any, make_source: Any, make_station: Any, make_user: Any, send: Any
) -> None:
    station = make_station()
    send(make_source(auto_map=False), chirpstack())
    device = Device.objects.get()
    with pytest.raises(NotAllowed):
        devices.move(make_user(), device=device, station=station)
    with pytest.raises(DomainError, match="noch zu keiner"):
        devices.move(desk, device=device, station=station)
    devices.map_device(desk, device=device, station=station)
    client.force_login(desk)
    answer = client.post(f"/sensoren/desk/geraete/{device.pk}/", {"act": "move", "station": station.pk})
    assert (answer.status_code, "schon zu dieser Station" in answer.content.decode()) == (400, True)

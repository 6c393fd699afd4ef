"""The sensor desk: rules and health of sources, channels with preview, templates, dead letters, devices in bulk."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mapviews.domain import bulk, channels, health, messages, sources
from mapviews.domain.templates import TEMPLATES
from mapviews.models import Channel, Device, Measurement, Phenomenon, RawMessage, Source, Station
from portal.accounts.enums import Role
from portal.exceptions import DomainError, NotAllowed
from tests.mapviews.conftest import chirpstack

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(make_user: Any) -> Any:
    return make_user(Role.SENSOR_DESK)


def uplink(number: int, **decoded: Any) -> dict[str, Any]:
    message = chirpstack(object=decoded)
    return message | {"deviceInfo": message["deviceInfo"] | {"devEui": f"{number:016x}"}}


def test_desk_pages_are_closed_to_others(client: Any, make_source: Any, make_user: Any, send: Any) -> None:
    source = make_source()
    send(source, chirpstack())
    paths = [
        f"/sensoren/desk/quellen/{source.slug}/",
        f"/sensoren/desk/quellen/{source.slug}/geraete.csv",
        f"/sensoren/desk/kanaele/{Channel.objects.get().pk}/",
    ]
    assert [client.get(path).status_code for path in paths] == [302] * 3
    client.force_login(make_user())
    assert [client.get(path).status_code for path in paths] == [404] * 3
    stranger, device = make_user(), Device.objects.get()
    for act in (
        lambda: sources.update(stranger, source=source, is_active=True, auto_map=False, allowed_applications=[]),
        lambda: channels.define(stranger, channel=Channel.objects.get(), phenomenon=None, unit="", factor=1.0),
        lambda: channels.prepare(stranger, device=device, template="water"),
        lambda: messages.replay_dead(stranger, source=source, code="application"),
        lambda: bulk.bring_in(stranger, source=source, chunks=[b""]),
        lambda: list(bulk.rows(stranger, source=source)),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_rules_stop_and_open_a_source(client: Any, desk: Any, make_source: Any, send: Any) -> None:
    source = make_source()
    client.force_login(desk)
    url = f"/sensoren/desk/quellen/{source.slug}/"
    rules = {"act": "rules", "is_active": "on", "auto_map": "on", "allowed_applications": "andere\n  dritte "}
    assert client.post(url, rules).status_code == 302
    assert Source.objects.get().allowed_applications == ["andere", "dritte"]
    assert send(source, chirpstack()).json()["code"] == "application"
    assert "Anwendung bei der Quelle erlauben" in client.get(url).content.decode()
    client.post(url, rules | {"allowed_applications": ""})
    answer = client.post(url, {"act": "replay", "code": "application"}, follow=True)
    assert "1 übernommen, 0 weiterhin nicht lesbar" in answer.content.decode()
    assert (Measurement.objects.count(), RawMessage.objects.get().state) == (1, "done")
    client.post(url, {"act": "rules"})
    assert send(source, chirpstack()).status_code == 401


def test_health_counts_and_costs_the_same_at_any_length(make_source: Any, send: Any) -> None:
    costs = []
    for number in (1, 30):
        for _each in range(number):
            source = make_source()
            send(source, chirpstack())
            send(source, b"{kaputt")
        with CaptureQueriesContext(connection) as captured:
            found = health.overview()
        costs.append(len(captured))
    assert costs[0] == costs[1]
    one = found[0]
    assert (one.devices, one.hour, one.day, one.waiting, dict(one.dead)) == (1, 2, 2, 0, {"not_json": 1})
    assert one.lag is not None
    assert 0 <= one.lag < 60
    assert not one.is_well


def test_channel_is_defined_after_a_preview(client: Any, desk: Any, make_source: Any, send: Any) -> None:
    source = make_source()
    send(source, chirpstack(object={"sonde_7": 1500}))
    channel = Channel.objects.get()
    client.force_login(desk)
    url = f"/sensoren/desk/kanaele/{channel.pk}/"
    form = {"phenomenon": "water_level", "unit": "mm", "factor": "0,1"}
    page = client.post(url, form | {"act": "preview"}).content.decode()
    assert "150.0 cm" in page.replace("150,0", "150.0")
    channel.refresh_from_db()
    assert channel.phenomenon is None
    assert client.post(url, form | {"act": "save"}).status_code == 302
    assert client.post(url, form | {"factor": "0"}).status_code == 400
    send(source, chirpstack(object={"sonde_7": 1600}))
    channel.refresh_from_db()
    assert (channel.phenomenon_id, channel.latest_value) == ("water_level", 160.0)


@pytest.mark.parametrize(
    ("template", "decoded", "expected"),
    [
        ("parking", {"carStatus": 1, "BatV": 3.6}, {"occupancy": 1.0, "battery": 3.6}),
        ("water", {"water_level_mm": 1234, "battery_mv": 3600}, {"water_level": 123.4, "battery": 3.6}),
        ("waste", {"fill": 80, "distance_cm": 120}, {"fill_level": 80.0, "distance": 1.2}),
        ("weather", {"wind_speed_kmh": 36, "rain_gauge": 0.2}, {"wind_speed": 10.0, "precipitation": 0.2}),
        ("counting", {"line_in": 12}, {"count": 12.0}),
    ],
)
def test_templates_give_units_before_waiting_values_are_stored(
    client: Any, desk: Any, make_source: Any, make_station: Any, send: Any, template: str, decoded: Any, expected: Any
) -> None:
    source, station = make_source(auto_map=False), make_station()
    send(source, chirpstack(object=decoded))
    device = Device.objects.get()
    client.force_login(desk)
    page = client.get(f"/sensoren/desk/geraete/{device.pk}/?vorlage={template}")
    assert page.status_code == 200
    answer = client.post(f"/sensoren/desk/geraete/{device.pk}/", {"station": station.pk, "template": template})
    assert answer.status_code == 302
    assert dict(station.channels.values_list("phenomenon", "latest_value")) == expected


def test_templates_name_phenomena_that_exist() -> None:
    known = set(Phenomenon.objects.values_list("pk", flat=True))
    assert {meant[0] for template in TEMPLATES for meant in template.keys.values()} <= known


def test_devices_come_in_by_table_each_row_by_itself(
    client: Any, desk: Any, make_source: Any, make_station: Any
) -> None:
    source, station = make_source(), make_station()
    text = (
        "dev_eui;name;station;station_name;latitude;longitude;template\n"
        f"70B3D5E75E00000A;Pegel;{station.slug};;;;water\n"
        "70-b3-d5-e7-5e-00-00-0b;Baum;;Baum 2;51,71;8,75;\n"
        "70b3d5e75e00000c;wartet;;;;;\n"
        "keine-eui;x;;;;;\n"
        "70b3d5e75e00000d;x;gibt-es-nicht;;;;\n"
        "70b3d5e75e00000e;x;;Null;0;0;\n"
        "70b3d5e75e00000f;x;;;;;rakete\n\n"
    )
    client.force_login(desk)
    file = SimpleUploadedFile("geraete.csv", text.encode("utf-8-sig"), "text/csv")
    page = client.post(f"/sensoren/desk/quellen/{source.slug}/", {"act": "devices", "file": file}).content.decode()
    assert "3 neu, 2 zugeordnet, 0 unverändert, 4 abgelehnt" in page
    assert "Zeile 5: „keine-eui“ ist keine DevEUI" in page
    assert set(Device.objects.values_list("dev_eui", "station__name")) == {
        ("70b3d5e75e00000a", station.name), ("70b3d5e75e00000b", "Baum 2"), ("70b3d5e75e00000c", None),
    }  # fmt: skip
    assert Station.objects.filter(name="Null").count() == 0
    table = client.get(f"/sensoren/desk/quellen/{source.slug}/geraete.csv").content
    assert b"51.71" not in table
    again = bulk.bring_in(desk, source=source, chunks=[table])
    assert (again.made, again.mapped, again.unchanged, again.refused) == (0, 0, 3, [])


@pytest.mark.parametrize(
    ("body", "code"), [(b"\xff\xfe\x00", "not_text"), (b"name\nx\n", "no_table"), (b"", "no_table")]
)
def test_tables_that_are_none_change_nothing(make_source: Any, desk: Any, body: bytes, code: str) -> None:
    with pytest.raises(DomainError) as error:
        bulk.bring_in(desk, source=make_source(), chunks=[body])
    assert error.value.code == code
    assert Device.objects.count() == 0


def test_a_flood_of_one_source_leaves_the_others_their_way(make_source: Any, send: Any) -> None:
    loud, calm = make_source(), make_source()
    for number in range(60):
        send(loud, uplink(number % 5 + 1, temperature=number))
        if number % 20 == 0:
            assert send(calm, uplink(99, temperature=number)).status_code == 202
    assert Channel.objects.get(device__source=calm).latest_value == 40.0
    assert Measurement.objects.count() == 63


def test_dead_letter_says_what_helps(client: Any, desk: Any, make_source: Any, send: Any) -> None:
    send(make_source(), chirpstack(object=None, data=base64.b64encode(b"\x01\x02\x03").decode()))
    client.force_login(desk)
    raw = RawMessage.objects.get()
    for path in (f"/sensoren/desk/nachrichten/{raw.pk}/", "/sensoren/desk/?grund=undecodable"):
        assert "Decoder (Codec)" in client.get(path).content.decode()


def test_a_new_source_shows_its_secret_once_and_reloading_makes_no_second(client, make_user):
    client.force_login(make_user(Role.SENSOR_DESK))
    url = "/sensoren/desk/"
    answer = client.post(url, {"name": "Netz", "kind": "chirpstack"})
    assert (answer.status_code, answer["Location"]) == (302, url)
    first = client.get(url)
    secret = first.context["created"]["secret"]
    assert secret in first.content.decode()
    assert secret not in client.get(url).content.decode()
    assert Source.objects.filter(name="Netz").count() == 1

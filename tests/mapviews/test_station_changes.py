"""An owner changes a station later; what is no longer public is gone from every public page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mapviews.domain import deletion, station_changes
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.texts import KEY
from mapviews.models import Station
from portal.accounts.enums import Role
from portal.activity.enums import Audience
from portal.activity.models import Activity
from portal.comments.enums import State
from portal.comments.models import Matter
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


def now(station, **changes):
    return {name: getattr(station, name) for name in station_changes.FIELDS} | changes


def test_texts_licence_and_project_change_and_the_address_stays(client, make_station, make_project):
    station, project = make_station(name="Balkon"), make_project()
    client.force_login(station.owner)
    url = reverse("mapviews:station-change", args=[station.slug])
    assert "Balkon" in client.get(url).content.decode()
    data = {"name": " Garten  hinten ", "description": "Unter der Linde", "exposure": "outdoor", "publicity": "public",
            "licence": "CC-BY-4.0", "project": project.pk}  # fmt: skip
    assert client.post(url, data)["Location"] == station.get_absolute_url()
    station.refresh_from_db()
    assert (station.name, station.description, station.licence, station.project, station.slug) == (
        "Garten hinten", "Unter der Linde", "CC-BY-4.0", project, "balkon",
    )  # fmt: skip
    assert Matter.objects.get(kind=KEY).version == 2  # the moderation reads the new wording


def test_a_station_made_private_leaves_at_once_and_comes_back_once(client, make_station):
    station = make_station()
    assert client.get(station.get_absolute_url()).status_code == 200
    station_changes.change(station.owner, station=station, **now(station, publicity="private"))
    assert client.get(station.get_absolute_url()).status_code == 404
    assert Activity.objects.get().audience == Audience.STAFF
    station.refresh_from_db()
    station_changes.change(station.owner, station=station, **now(station, publicity="public"))
    assert client.get(station.get_absolute_url()).status_code == 200
    assert Activity.objects.get().audience == Audience.PUBLIC


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "  "}, "name_missing"),
        ({"exposure": "indoor"}, "indoor_not_public"),
        ({"exposure": "mobile"}, "mobile_not_public"),
        ({"description": "mehr auf www.example.de"}, "links"),
    ],
)
def test_what_registering_refuses_is_refused_later_too(make_station, changes, code):
    station = make_station()
    with pytest.raises(DomainError) as error:
        station_changes.change(station.owner, station=station, **now(station, **changes))
    assert error.value.code == code
    assert Station.objects.filter(pk=station.pk, exposure="outdoor", publicity="public").exists()


def test_a_rule_hit_holds_the_new_text_and_then_it_rests(client, make_station):
    station = make_station()
    client.force_login(station.owner)
    url = reverse("mapviews:station-change", args=[station.slug])
    data = {"name": "Ruft an 0171 2345678", "exposure": "outdoor", "publicity": "public", "licence": "CC0-1.0"}
    answer = client.post(url, data)
    station.refresh_from_db()
    assert answer["Location"] == station.get_absolute_url() == f"/sensoren/stationen/station-{station.pk}/"
    assert Matter.objects.get(kind=KEY).state == State.HELD
    with pytest.raises(DomainError) as error:
        station_changes.change(station.owner, station=station, **now(station, name="Harmlos"))
    assert error.value.code == "withheld"
    station_changes.change(station.owner, station=station, **now(station, publicity="private"))
    assert Station.objects.get().publicity == "private"


def test_only_the_owner_changes(client, make_station, make_user):
    station = make_station()
    url = reverse("mapviews:station-change", args=[station.slug])
    for person in (make_user(), make_user(Role.SENSOR_DESK)):
        with pytest.raises(NotAllowed):
            station_changes.change(person, station=station, **now(station, name="Fremd"))
        client.force_login(person)
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("exposure", "publicity"), [("outdoor", "public"), ("indoor", "private"), ("mobile", "private")]
)
def test_without_a_choice_homes_and_ways_stay_private(client, make_user, exposure, publicity):
    client.force_login(make_user())
    data = {"name": "Box", "exposure": exposure, "place": "rathaus", "precision": "cell500", "licence": "CC0-1.0",
            "publicity": ""}  # fmt: skip
    assert client.post(reverse("mapviews:station-register"), data).status_code == 302
    assert Station.objects.get().publicity == publicity


def test_coordinates_typed_by_hand_take_comma_and_degree_signs(client, make_user):
    client.force_login(make_user())
    data = {"name": "Box", "exposure": "outdoor", "latitude": "51,7189°", "longitude": " 8.7545 ",
            "precision": "cell500", "licence": "CC0-1.0"}  # fmt: skip
    assert client.post(reverse("mapviews:station-register"), data).status_code == 302
    place = Station.objects.get().locations.get()
    assert (place.latitude, place.longitude) == (51.7189, 8.7545)
    assert (place.public_latitude, place.public_longitude) != (51.7189, 8.7545)


WAYS = {
    "home to garden": ({"exposure": "indoor", "publicity": "daily"}, ["outdoor"]),
    "home to garden, private first": ({"exposure": "indoor", "publicity": "private"}, ["outdoor"]),
    "home by way of rides": ({"exposure": "indoor", "publicity": "private"}, ["mobile", "outdoor"]),
    "rides to balcony": ({"exposure": "mobile", "publicity": "private"}, ["outdoor"]),
    "rides to means of days": ({"exposure": "mobile", "publicity": "private"}, ["indoor"]),
}


@pytest.mark.parametrize("way", WAYS)
def test_values_of_a_home_or_of_rides_never_become_public(client, make_station, way):
    fields, steps = WAYS[way]
    station = make_station(phenomena=["co2"], **fields)
    channel = station.channels.select_related("phenomenon").get()
    ingest(
        Batch([Reading(channel.pk, 1_777_593_600_000 + i * 60_000, 400.0 + i) for i in range(9)], {channel.pk: channel})
    )
    client.force_login(station.owner)
    url, data = f"{station.canonical_url}aendern/", {"name": "Box", "licence": "CC0-1.0"}
    for exposure in steps[:-1]:
        assert client.post(url, data | {"exposure": exposure, "publicity": "private"}).status_code == 302
    for publicity in ("public", "daily", "private"):
        answer = client.post(url, data | {"exposure": steps[-1], "publicity": publicity})
        assert answer.status_code == 400
    assert "melden Sie für den neuen Ort eine neue Station an" in answer.content.decode()
    client.logout()
    assert client.get(f"/api/v1/measurements?channel={channel.pk}").status_code in (403, 404)
    deletion.delete_values(station.owner, station=station, channels=[channel])
    client.force_login(station.owner)
    assert client.post(url, data | {"exposure": "outdoor", "publicity": "public"}).status_code == 302


def test_a_station_in_the_open_may_be_taken_in(client, make_station):
    station = make_station(phenomena=["co2"])
    channel = station.channels.select_related("phenomenon").get()
    ingest(Batch([Reading(channel.pk, 1_777_593_600_000, 400.0)], {channel.pk: channel}))
    client.force_login(station.owner)
    data = {"name": "Box", "licence": "CC0-1.0", "exposure": "indoor", "publicity": "daily"}
    assert client.post(f"{station.canonical_url}aendern/", data).status_code == 302

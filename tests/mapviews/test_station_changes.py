"""An owner changes a station later; what is no longer public is gone from every public page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mapviews.domain import station_changes
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

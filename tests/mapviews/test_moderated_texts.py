"""Names and descriptions of stations stand in the moderation's queue; hiding them leaves the values."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mapviews.domain import stations
from mapviews.models import Station, WithheldText
from portal import audit
from portal.accounts.domain import privacy
from portal.accounts.enums import Role
from portal.comments.domain import matters, moderation
from portal.comments.enums import Lane
from portal.comments.models import Matter
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db
HIDE = {"reason": "insult", "facts": "Beschimpft den Nachbarn."}


@pytest.fixture
def moderator(make_user):
    return make_user(Role.MODERATOR)


def test_a_new_station_is_new_in_the_queue(make_station):
    station = make_station(name="Am Fischteich", description="Auf dem Balkon.")
    matter = matters.of("station", station.pk)
    assert (matter.lane, matter.author) == (Lane.NEW, station.owner)


def test_hiding_puts_a_neutral_name_in_place_and_restoring_brings_it_back(make_station, moderator, mailoutbox):
    station = make_station(name="Nachbar ist doof", description="Wirklich.", phenomena=["temperature"])
    moderation.hide(user=moderator, matter=matters.of("station", station.pk), **HIDE)
    page = Client().get(f"/sensoren/stationen/station-{station.pk}/")
    assert page.status_code == 200
    for words in ("doof", "Wirklich."):
        assert words not in page.text
        assert words not in Client().get("/api/v1/stations").content.decode()
    assert Client().get("/sensoren/stationen/nachbar-ist-doof/").status_code == 404
    assert mailoutbox[0].subject == "Der Text Ihrer Station wurde ausgeblendet"
    assert Station.objects.get().channels.count() == 1
    moderation.restore(user=moderator, matter=matters.of("station", station.pk), facts="War freundlich gemeint.")
    found = Station.objects.get()
    assert (found.name, found.slug, found.description) == ("Nachbar ist doof", "nachbar-ist-doof", "Wirklich.")
    assert audit.verify().findings == []


def test_a_rule_holds_the_text_of_a_new_station(make_station, moderator):
    station = Station.objects.get(pk=make_station(name="Ruft an 05251 1234567").pk)
    matter = matters.of("station", station.pk)
    assert (station.name, station.slug) == (f"Station {station.pk}", f"station-{station.pk}")
    assert (matter.lane, matter.rule, matter.due_at) == (Lane.HELD, "personal_data", station.withheld.held_until)
    moderation.release(user=moderator, matter=matter)
    assert Station.objects.get().name == "Ruft an 05251 1234567"


def test_deleting_empties_the_texts_for_good(make_station, moderator):
    station = make_station(name="Nachbar ist doof")
    matter = matters.of("station", station.pk)
    moderation.hide(user=moderator, matter=matter, **HIDE)
    moderation.delete(user=moderator, matter=matter, **HIDE)
    kept = WithheldText.objects.get()
    assert (kept.name, kept.slug, kept.description) == ("", "", "")
    assert "doof" not in str(list(Station.objects.values()))


def test_blocked_people_and_links_of_new_accounts_are_refused(make_user):
    blocked = make_user(blocked_until=timezone.now() + timedelta(days=1))
    for user, fields, code in (
        (blocked, {"name": "Meine"}, "blocked"),
        (make_user(), {"name": "Meine", "description": "https://spam.example"}, "links"),
    ):
        with pytest.raises(DomainError) as error:
            stations.register(user, **fields)
        assert error.value.code == code
    assert not Station.objects.exists()


def test_the_owner_exports_the_withheld_text_and_a_deleted_station_waits_no_more(make_station, moderator):
    station = make_station(name="Nachbar ist doof")
    moderation.hide(user=moderator, matter=matters.of("station", station.pk), **HIDE)
    (row,) = privacy.export(user=station.owner)["parts"]["stations"]
    assert row["withheld"]["name"] == "Nachbar ist doof"
    stations.delete(station.owner, station=Station.objects.get())
    assert Matter.objects.get().lane == Lane.DONE
    client = Client()
    client.force_login(moderator)
    assert client.get("/moderation/?stand=done").status_code == 200

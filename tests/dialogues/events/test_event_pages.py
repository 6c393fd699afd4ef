"""The page of an event: venue, access, stream, data for machines; moving, cancelling, copying; series; who may."""

from __future__ import annotations

import json
import re
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dialogues.domain import events, programme, series
from dialogues.domain.programme import Point
from dialogues.models import Event, Series
from portal.activity.models import Activity
from portal.audit.models import AuditEntry
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db

FORM = {
    "title": "DigiLog", "topic": "Thema", "starts_at": "2030-05-01T18:00", "ends_at": "2030-05-01T21:00",
    "punkt-zahl": "0",
}  # fmt: skip


@pytest.fixture
def staff(moderator):
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def row(moderator):
    return series.create_series(user=moderator, title="Digital im Quartier", description="Vor Ort reden.")


def page(client, event):
    return client.get(event.get_absolute_url()).content.decode()


def data_of(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


def test_the_page_says_where_how_to_get_there_and_what_the_house_has(client, make_event):
    event = make_event(
        venue="Stadthaus", address="Am Abdinghof 11", lat=51.7184, lng=8.7526, directions="Bus bis Rathausplatz",
        access=["toilet", "step_free"], accessibility="Bitte klingeln",
    )  # fmt: skip
    html = page(client, event)
    for words in ("Am Abdinghof 11", "Bus bis Rathausplatz", "Bitte klingeln", 'id="ortskarte"', '"lat": 51.7184'):
        assert words in html, words
    assert html.index("Stufenlos erreichbar") < html.index("Barrierefreies WC")
    assert "Induktionsschleife" not in html


def test_a_stream_is_a_link_that_names_its_host_and_nothing_is_loaded_from_there(client, make_event):
    event = make_event(stream_url="https://video.example:8443/abend?x=1&y=2", venue="")
    html = page(client, event)
    assert 'href="https://video.example:8443/abend?x=1&amp;y=2" rel="noopener noreferrer external"' in html
    assert "Der Link öffnet video.example." in html
    assert not re.search(r'(src|data)="https://video\.example', html)
    assert "nur online" in html
    assert data_of(html)["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


@pytest.mark.parametrize(
    "url",
    [
        "http://video.example/",
        "javascript:alert(1)",
        "https://",
        "https://u:p@video.example/",
        "//video.example/",
        "data:x",
    ],
)
def test_only_https_addresses_become_streams(make_event, moderator, staff, url):
    with pytest.raises(DomainError, match="bad_stream"):
        make_event(stream_url=url)
    event = make_event()
    html = staff.post(f"/dialoge/{event.slug}/bearbeiten/", FORM | {"stream_url": url}).content.decode()
    assert 'id="id_stream_url_error"' in html or url == "//video.example/"
    assert Event.objects.get(pk=event.pk).stream_url in ("", "https://video.example/")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"lat": 51.7}, "bad_place"),
        ({"lat": 48.1, "lng": 11.5}, "bad_place"),
        ({"access": ["step_free", "jetpack"]}, "unknown_access"),
    ],
)
def test_a_venue_that_cannot_be_is_refused(make_event, fields, code):
    with pytest.raises(DomainError, match=code):
        make_event(**fields)
    assert not Event.objects.exists()


def test_a_known_place_is_put_on_the_map_and_a_later_choice_replaces_it(staff):
    staff.post("/dialoge/neu/", FORM | {"place": "stadthaus", "access": ["step_free", "dog"]})
    event = Event.objects.get()
    assert (event.lat, event.lng, event.district) == (51.7184, 8.7526, "st_kernstadt")
    assert event.access == ["step_free", "dog"]
    old = {"lat": "51.7184", "lng": "8.7526"}
    staff.post(f"/dialoge/{event.slug}/bearbeiten/", FORM | old | {"place": "hnf"})
    assert (Event.objects.get().lat, Event.objects.get().access) == (51.7316, [])
    staff.post(f"/dialoge/{event.slug}/bearbeiten/", FORM | {"lat": "51,7", "lng": "8,7", "place": "hnf"})
    assert Event.objects.get().lat == 51.7
    staff.post(f"/dialoge/{event.slug}/bearbeiten/", FORM)
    assert Event.objects.get().has_place is False


def test_nothing_in_the_data_can_end_its_block(client, make_event):
    title = "</script><script>alert(1)</script> & <!--"
    html = page(client, make_event(title=title))
    assert data_of(html)["name"] == title
    assert "<script>alert(1)" not in html
    assert client.get("/dialoge/").headers["Content-Security-Policy"].count("unsafe") == 0


def test_drafts_carry_no_data_for_machines(staff, make_event):
    assert "ld+json" not in page(staff, make_event(published=False))


def test_a_cancellation_tells_readers_why(client, staff, make_event):
    event = make_event()
    staff.post(f"/dialoge/{event.slug}/absagen/", {"reason": "Die Moderation ist erkrankt."})
    html = page(client, event)
    assert "Die Moderation ist erkrankt." in html
    assert data_of(html)["eventStatus"] == "https://schema.org/EventCancelled"
    assert Activity.objects.get(verb="event.cancelled").summary == "Die Moderation ist erkrankt."
    assert AuditEntry.objects.filter(action="event.cancelled").count() == 1
    staff.post(f"/dialoge/{event.slug}/absagen/", {"reason": "zweimal"})
    assert Event.objects.get().cancel_reason == "Die Moderation ist erkrankt."


def test_a_reason_longer_than_its_field_is_refused(make_event, moderator):
    with pytest.raises(DomainError, match="too_long"):
        events.cancel_event(user=moderator, event=make_event(), reason="x" * 501)
    assert Event.objects.get().status == "published"


def test_a_move_shows_the_former_date_and_moving_back_forgets_it(client, staff, make_event):
    event = make_event(days=5)
    former = event.starts_at
    later = "2031-03-04T19:00"
    form = {"starts_at": later, "ends_at": "2031-03-04T22:00", "reason": "Der Saal ist belegt."}
    assert (
        staff.post(f"/dialoge/{event.slug}/verschieben/", form | {"starts_at": "2001-01-01T10:00"}).status_code == 400
    )
    assert staff.post(f"/dialoge/{event.slug}/verschieben/", form).status_code == 302
    moved = Event.objects.get()
    assert (moved.moved_from, moved.move_reason) == (former, "Der Saal ist belegt.")
    html = page(client, event)
    assert "Dieser Dialog ist verschoben." in html
    assert "Der Saal ist belegt." in html
    assert data_of(html)["eventStatus"] == "https://schema.org/EventRescheduled"
    assert Activity.objects.filter(verb="event.moved").count() == 1
    moderator = Activity.objects.get(verb="event.moved").actor
    events.move_event(user=moderator, event=moved, starts_at=former, ends_at=former + timedelta(hours=1))
    assert Event.objects.get().moved_from is None


def test_another_beginning_in_the_form_of_a_published_event_is_a_move_too(staff, make_event):
    event = make_event(days=5)
    staff.post(f"/dialoge/{event.slug}/bearbeiten/", FORM)
    assert Event.objects.get().moved_from == event.starts_at


def test_drafts_and_past_events_are_corrected_without_a_word(make_event, moderator):
    for event in (make_event(published=False, days=5), make_event(days=-5)):
        begins = event.starts_at + timedelta(hours=1)
        events.change_event(user=moderator, event=event, changes={"starts_at": begins})
        assert Event.objects.get(pk=event.pk).moved_from is None
    assert not Activity.objects.filter(verb="event.moved").exists()


@pytest.mark.parametrize(("status", "code"), [("cancelled", "cancelled"), ("same", "same_date")])
def test_what_cannot_be_moved_is_refused(make_event, moderator, status, code):
    event = make_event()
    begins = event.starts_at
    if status == "cancelled":
        events.cancel_event(user=moderator, event=event)
        begins += timedelta(days=1)
    with pytest.raises(DomainError, match=code):
        events.move_event(user=moderator, event=event, starts_at=begins, ends_at=begins + timedelta(hours=9))


def test_a_copy_takes_programme_venue_and_series_but_no_results(staff, make_event, row, make_project):
    points = [Point("Impuls", "talk", None, 20, "", (("Amt für Umwelt", ""),))]
    event = make_event(
        series=row, venue="Stadthaus", access=["lift"], stream_url="https://v.example/", points=points,
        project=make_project(),
    )  # fmt: skip
    answer = staff.post(f"/dialoge/{event.slug}/kopieren/", {"title": "Zweiter Abend", "starts_at": "2031-03-04T19:00"})
    copied = Event.objects.get(title="Zweiter Abend")
    assert answer.headers["Location"] == copied.get_absolute_url()
    assert copied.status == "draft"
    assert copied.thread_id != event.thread_id
    assert copied.ends_at - copied.starts_at == event.ends_at - event.starts_at
    for name in series.COPIED:
        assert getattr(copied, name) == getattr(event, name), name
    assert programme.read(copied) == points


def test_a_copy_at_another_hour_takes_the_programme_along(make_event, moderator):
    from django.utils import timezone

    begins = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(days=2)
    event = make_event(
        starts_at=begins, ends_at=begins + timedelta(hours=2), points=[Point("Impuls", clock=time(18, 30))]
    )
    copied = series.copy_event(user=moderator, event=event, starts_at=begins + timedelta(days=7, hours=-3))
    assert [point.clock for point in copied.points.all()] == [time(15, 30)]


def test_a_series_joins_its_dates_and_names_the_next(client, make_event, moderator, row):
    first, second = make_event(title="Erster", days=2, series=row), make_event(title="Zweiter", days=9, series=row)
    make_event(title="Fremd", days=5)
    make_event(title="Entwurf", days=4, series=row, published=False)
    html = page(client, first)
    assert "Nächster Termin dieser Reihe" in html
    assert 'href="/dialoge/zweiter/"' in html
    assert "Entwurf" not in html
    shown = client.get(row.get_absolute_url()).content.decode()
    assert "Vor Ort reden." in shown
    assert re.findall(r'event-row__title"><a href="[^"]*">([^<]*)', shown) == ["Erster", "Zweiter"]
    assert "Fremd" not in shown
    assert "kalender.ics?reihe=digital-im-quartier" in shown
    events.cancel_event(user=moderator, event=second)
    assert "Nächster Termin dieser Reihe" not in page(client, first)


def test_a_series_has_a_feed_and_can_be_followed(client, make_event, moderator, row):
    event = make_event(series=row)
    events.cancel_event(user=moderator, event=event, reason="Sturm")
    atom = client.get(f"/feed/reihe/{row.slug}/").content.decode()
    assert atom.count("<entry>") == 2
    assert "Sturm" in atom


def test_a_series_without_public_dates_is_not_there_for_outsiders(client, staff, make_event, row):
    make_event(series=row, published=False)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert row.title not in client.get("/dialoge/reihen/").content.decode()
    assert staff.get(row.get_absolute_url()).status_code == 200
    assert client.get(f"/feed/reihe/{row.slug}/").status_code == 404


def test_series_are_planned_and_changed_by_editors(staff):
    words = {"title": "Neue Reihe", "description": "Worum es geht"}
    assert staff.post("/dialoge/reihen/neu/", words | {"title": " "}).status_code == 400
    assert staff.post("/dialoge/reihen/neu/", words).headers["Location"] == "/dialoge/reihen/neue-reihe/"
    assert staff.post("/dialoge/reihen/neu/", words).headers["Location"] == "/dialoge/reihen/neue-reihe-2/"
    assert staff.post("/dialoge/reihen/neu/", words | {"title": "Neu"}).headers["Location"] == "/dialoge/reihen/neu-2/"
    staff.post("/dialoge/reihen/neue-reihe/bearbeiten/", words | {"title": "Anders"})
    assert Series.objects.get(slug="neue-reihe").title == "Anders"


@pytest.mark.parametrize("name", ["event-move", "event-copy", "event-edit", "event-new", "series-new", "series-edit"])
def test_planning_answers_404_to_outsiders(client, make_user, make_event, row, name):
    event = make_event(series=row)
    args = {"event": [event.slug], "series": [row.slug]}[name.split("-")[0]] if not name.endswith("new") else []
    citizen = Client()
    citizen.force_login(make_user())
    for outsider in (client, citizen):
        for call in (outsider.get, outsider.post):
            assert call(reverse(f"dialogues:{name}", args=args)).status_code == 404


def test_outsiders_cannot_write_through_the_domain_either(make_event, make_user, row):
    event, citizen = make_event(), make_user()
    begins = event.starts_at + timedelta(days=1)
    for act in (
        lambda: events.move_event(user=citizen, event=event, starts_at=begins, ends_at=begins + timedelta(hours=1)),
        lambda: series.copy_event(user=citizen, event=event, starts_at=begins),
        lambda: series.create_series(user=citizen, title="A", description="B"),
        lambda: series.change_series(user=citizen, series=row, changes={"title": "X"}),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Event.objects.count() == 1


def test_the_page_asks_the_same_number_of_questions_for_one_and_thirty_points(
    client, make_event, moderator, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    event = make_event(points=[Point("Impuls", speakers=(("Amt", ""),))])
    client.get(event.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(event.get_absolute_url())
    points = [Point(f"Punkt {number}", speakers=(("Amt", ""), ("Haus", ""))) for number in range(30)]
    events.change_event(user=moderator, event=event, changes={}, points=points)
    with django_assert_num_queries(len(asked)):
        client.get(event.get_absolute_url())

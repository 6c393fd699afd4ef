"""Calendars for others: RFC 5545, schema.org JSON, the API; all with the filters of the list."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from dialogues.domain import events, listing, series
from dialogues.domain.programme import Point
from projects.enums import Area

pytestmark = pytest.mark.django_db

ICS, JSON = "/dialoge/kalender.ics", "/dialoge/kalender.json"
STADTHAUS = {"lat": 51.7184, "lng": 8.7526}


@pytest.fixture
def row(moderator):
    return series.create_series(user=moderator, title="Digital im Quartier", description="Vor Ort.")


def feed(client, address=ICS, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return Calendar.from_ical(response.content)


def found(client, **query):
    """Titles in the calendar, in the JSON and on the page: they must agree; gives them once."""
    names = [str(item["summary"]) for item in feed(client, **query).walk("VEVENT")]
    data = json.loads(client.get(JSON, query).content)
    assert [entry["item"]["name"] for entry in data["itemListElement"]] == names
    assert data["numberOfItems"] == len(names)
    page = client.get("/dialoge/", query).content.decode()
    assert sorted(re.findall(r'event-row__title"><a href="[^"]*">([^<]*)</a>', page)) == sorted(names)
    return names


def test_lines_are_folded_at_75_octets_end_in_crlf_and_odd_characters_survive(client, make_event):
    title = "Ä; ß, \\ „Zitat“ 🌳 " + "sehr lang " * 15
    topic = "Zeile eins\r\nZeile zwei\x07\x08; mit, Zeichen\u2028und Ende"
    make_event(title=title.strip()[:200], topic=topic, venue="Haus; Raum, 1", address="Weg 1")
    raw = client.get(ICS).content
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", raw)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    item = Calendar.from_ical(raw).walk("VEVENT")[0]
    assert item["summary"] == title.strip()[:200]
    assert item["description"] == "Zeile eins\nZeile zwei  ; mit, Zeichen und Ende"
    assert item["location"] == "Haus; Raum, 1, Weg 1"


def test_required_properties_stand_once_and_times_are_utc(client, make_event):
    begins = datetime(2030, 7, 1, 16, 0, tzinfo=UTC)
    event = make_event(starts_at=begins, ends_at=begins + timedelta(hours=3), **STADTHAUS)
    calendar = feed(client)
    assert {name: str(calendar[name]) for name in ("version", "calscale", "method")} == {
        "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH",
    }  # fmt: skip
    text = client.get(f"/dialoge/{event.slug}/termin.ics").content.decode()
    for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS", "URL"):
        assert len(re.findall(rf"^{name}[:;]", text, re.MULTILINE)) == 1, name
    assert "DTSTART:20300701T160000Z\r\n" in text
    assert "GEO:51.7184;8.7526\r\n" in text
    assert re.search(r"^DTSTAMP:\d{8}T\d{6}Z\r$", text, re.MULTILINE)


def test_sequence_grows_with_each_change_and_the_uid_stays(client, make_event, moderator):
    event = make_event(venue="Haus")

    def now():
        item = feed(client).walk("VEVENT")[0]
        return str(item["uid"]), int(item["sequence"]), str(item["status"])

    uid, first, status = now()
    assert status == "CONFIRMED"
    events.change_event(user=moderator, event=event, changes={"venue": "Anderes Haus"})
    assert now() == (uid, first + 1, "CONFIRMED")
    later = event.starts_at + timedelta(days=1)
    events.move_event(user=moderator, event=event, starts_at=later, ends_at=later + timedelta(hours=2))
    assert now() == (uid, first + 2, "CONFIRMED")
    events.cancel_event(user=moderator, event=event, reason="Sturm")
    assert now() == (uid, first + 3, "CANCELLED")
    item = feed(client).walk("VEVENT")[0]
    assert str(item["summary"]).startswith("Abgesagt: ")
    assert "Sturm" in str(item["description"])
    assert str(item["transp"]) == "TRANSPARENT"


def test_filters_narrow_alone_and_together(client, make_event, make_project, row):
    water = make_project(area=Area.ENVIRONMENT)
    make_event(title="A", days=2, kind="digilog", area="mobilitaet", series=row, **STADTHAUS)
    make_event(title="B", days=4, kind="community", area="bildung", lat=51.7341, lng=8.683)
    make_event(title="C", days=6, kind="digilog", project=water)
    make_event(title="D", days=8, kind="community", area="mobilitaet", series=row, project=water)
    make_event(title="Entwurf", days=3, published=False, area="mobilitaet", series=row)
    assert found(client) == ["A", "B", "C", "D"]
    assert found(client, art="digilog") == ["A", "C"]
    assert found(client, thema="mobilitaet") == ["A", "D"]
    assert found(client, thema="umwelt") == ["C"]
    assert found(client, projekt=water.slug) == ["C", "D"]
    assert found(client, ort="st_kernstadt") == ["A"]
    assert found(client, ort="st_elsen") == ["B"]
    assert found(client, reihe=row.slug) == ["A", "D"]
    assert found(client, reihe=row.slug, art="community", projekt=water.slug, thema="mobilitaet") == ["D"]
    assert found(client, art="digilog", reihe=row.slug, thema="umwelt") == []
    assert found(client, reihe="gibt-es-nicht") == []


def test_from_and_to_are_days_in_paderborn_both_included(client, make_event):
    for day, title in ((10, "A"), (11, "B"), (12, "C")):
        late = timezone.make_aware(datetime(2030, 6, day, 22, 30))
        make_event(title=title, starts_at=late, ends_at=late + timedelta(hours=1))
    assert found(client, von="2030-06-11", bis="2030-06-11") == ["B"]
    assert found(client, von="2030-06-11") == ["B", "C"]
    assert found(client, bis="2030-06-11") == ["A", "B"]
    assert found(client, von="2030-06-12", bis="2030-06-11") == []


@pytest.mark.parametrize(
    "query",
    [
        {"art": "' OR 1=1"}, {"thema": "x" * 500}, {"von": "2030-13-45"}, {"bis": "0001-01-01"}, {"von": "9999-12-31"},
        {"ort": "\x00"}, {"art": "<script>"}, {"von": "٢٠٣٠-٠١-٠١"},
    ],
)  # fmt: skip
def test_values_that_do_not_exist_count_as_all(client, make_event, query):
    make_event(title="A")
    assert found(client, **query) == ["A"]


def test_the_query_of_an_address_is_read_back_as_it_was():
    filters = listing.EventFilters("digilog", "p", "umwelt", "st_elsen", "r", date(2030, 1, 2), date(2030, 2, 3))
    assert listing.filters_from(dict(pair.split("=") for pair in filters.query().split("&"))) == filters
    assert (
        filters.without("since").without("kind").query() == "projekt=p&thema=umwelt&ort=st_elsen&reihe=r&bis=2030-02-03"
    )


def test_readers_that_ask_again_get_304_until_something_changes(client, make_event, moderator):
    event = make_event()
    for address in (ICS, JSON, f"/dialoge/{event.slug}/termin.ics", f"{ICS}?art=digilog"):
        first = client.get(address)
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        events.change_event(user=moderator, event=event, changes={"topic": f"Neu: {address}"})
        assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 200
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405


def test_the_subscription_keeps_the_filters(client, make_event, row):
    make_event(series=row)
    page = client.get("/dialoge/", {"reihe": row.slug, "art": "digilog", "unsinn": "x"}).content.decode()
    assert f'href="webcal://testserver/dialoge/kalender.ics?art=digilog&amp;reihe={row.slug}"' in page
    assert f"http://testserver/dialoge/kalender.ics?art=digilog&amp;reihe={row.slug}" in page
    assert '<meta name="robots" content="noindex,follow">' in page


def test_json_describes_events_as_schema_org_does(client, make_event, moderator, row):
    begins = timezone.make_aware(datetime(2030, 6, 10, 18, 0))
    event = make_event(
        starts_at=begins, ends_at=begins + timedelta(hours=2), venue="Haus", address="Weg 1", series=row,
        stream_url="https://stream.example/a", access=["step_free"], **STADTHAUS,
    )  # fmt: skip
    item = json.loads(client.get(JSON).content)["itemListElement"][0]["item"]
    assert item["@type"] == "Event"
    assert (item["startDate"], item["endDate"]) == ("2030-06-10T18:00+02:00", "2030-06-10T20:00+02:00")
    assert item["eventStatus"] == "https://schema.org/EventScheduled"
    assert item["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert item["location"] == [
        {
            "@type": "Place",
            "name": "Haus",
            "address": "Weg 1",
            "geo": {"@type": "GeoCoordinates", "latitude": 51.7184, "longitude": 8.7526},
            "amenityFeature": [
                {"@type": "LocationFeatureSpecification", "name": "Stufenlos erreichbar", "value": True}
            ],
        },
        {"@type": "VirtualLocation", "url": "https://stream.example/a"},
    ]
    assert item["superEvent"]["name"] == "Digital im Quartier"
    later = begins + timedelta(days=7)
    events.move_event(user=moderator, event=event, starts_at=later, ends_at=later + timedelta(hours=2))
    item = json.loads(client.get(JSON).content)["itemListElement"][0]["item"]
    assert (item["eventStatus"], item["previousStartDate"]) == (
        "https://schema.org/EventRescheduled", "2030-06-10T18:00+02:00",
    )  # fmt: skip
    events.cancel_event(user=moderator, event=event)
    item = json.loads(client.get(JSON).content)["itemListElement"][0]["item"]
    assert item["eventStatus"] == "https://schema.org/EventCancelled"


def test_the_api_has_the_same_filters_and_the_programme(client, make_event, row):
    make_event(title="A", series=row, points=[Point("Impuls", "talk", None, 20, "", (("Amt", ""),))])
    make_event(title="B", kind="community", days=40)
    rows = client.get("/api/v1/events", {"series": row.slug, "kind": "digilog"}).json()["items"]
    assert [item["title"] for item in rows] == ["A"]
    assert rows[0]["programme"] == [
        {"kind": "talk", "title": "Impuls", "starts_at": None, "minutes": 20, "description": "",
         "speakers": [{"function": "Amt", "name": ""}]}
    ]  # fmt: skip
    month = (timezone.localdate() + timedelta(days=30)).isoformat()
    assert [i["title"] for i in client.get("/api/v1/events", {"from": month}).json()["items"]] == ["B"]
    assert [i["title"] for i in client.get("/api/v1/events", {"to": month}).json()["items"]] == ["A"]
    assert client.get("/api/v1/events", {"from": "9999-12-31"}).json()["items"] == []
    assert len(client.get("/api/v1/events", {"from": "0001-01-01", "to": "9999-12-31"}).json()["items"]) == 2
    assert client.get("/api/v1/events", {"from": "gestern"}).status_code in (400, 422)


@pytest.mark.parametrize(("address", "queries"), [(ICS, 1), (JSON, 1)])
def test_a_calendar_asks_once_at_any_length(client, make_event, row, django_assert_num_queries, address, queries):
    for number in range(3):
        make_event(days=number + 1, series=row)
    with django_assert_num_queries(queries):
        client.get(address)
    for number in range(9):
        make_event(days=number + 5, series=row)
    with django_assert_num_queries(queries):
        client.get(address)

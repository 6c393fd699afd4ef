"""Pages of dialogues: who sees what, forms without script, calendar, API, search, the project's timeline."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from dialogues.domain import events, harvest, worldcafe
from dialogues.domain.board import actors, commands, seats
from dialogues.models import Card, Event, Participant, Result
from portal.activity.models import Activity
from portal.cms import now
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(moderator):
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def cafe(make_event, moderator):
    event = make_event()
    board = worldcafe.open_world_cafe(user=moderator, event=event, tables=3)
    commands.execute(actor=actors.moderator(moderator), board_id=board.pk, op="round.start", args={})
    return board


def test_drafts_are_for_editors_only(client, staff, make_event):
    draft = make_event(published=False)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert staff.get(draft.get_absolute_url()).status_code == 200
    assert draft.title not in client.get("/dialoge/").content.decode()
    assert draft.title not in client.get("/dialoge/kalender.ics").content.decode()
    assert client.get("/api/v1/events").json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    "name", ["event-edit", "event-publish", "event-cancel", "event-console", "event-codes", "event-projector"]
)
def test_desks_answer_404_to_outsiders(client, make_user, cafe, name):
    url = reverse(f"dialogues:{name}", args=[cafe.event.slug])
    citizen = Client()
    citizen.force_login(make_user())
    for outsider in (client, citizen):
        call = outsider.post if name in ("event-publish", "event-cancel") else outsider.get
        assert call(url).status_code == 404
        assert outsider.get("/dialoge/neu/").status_code == 404


def test_rehearsal_desks_need_their_own_token(client, desk):
    from dialogues.enums import View

    console = reverse("dialogues:rehearsal-console", args=[desk.board.uuid])
    wall = reverse("dialogues:rehearsal-projector", args=[desk.board.uuid])
    moderator, projector = (actors.board_token(desk.board, view) for view in (View.MODERATOR, View.PROJECTOR))
    assert client.get(console).status_code == 404
    assert client.get(console, {"token": projector}).status_code == 404
    assert client.get(console, {"token": moderator}).status_code == 200
    assert client.get(wall).status_code == 404
    assert client.get(wall, {"token": projector}).status_code == 200


def test_public_pages_set_no_cookie(client, make_event, desk):
    event = make_event()
    for url in ("/dialoge/", event.get_absolute_url(), f"/t/{desk.table().code}/", "/t/", "/dialoge/kalender.ics"):
        response = client.get(url)
        assert (response.status_code, dict(response.cookies)) == (200, {}), url


def test_moderator_plans_publishes_and_opens(staff, make_project):
    project = make_project()
    form = {
        "title": "DigiLog: Bäume", "topic": "Wer gießt?", "question": "Was tun?", "starts_at": "2030-05-01T18:00",
        "ends_at": "2030-05-01T21:00", "venue": "Stadthaus", "project": project.pk,
    }  # fmt: skip
    assert staff.post("/dialoge/neu/", form | {"ends_at": "2030-05-01T17:00"}).status_code == 200
    assert not Event.objects.exists()
    assert staff.post("/dialoge/neu/", form).headers["Location"] == "/dialoge/digilog-baeume/"
    staff.post("/dialoge/digilog-baeume/veroeffentlichen/")
    assert Activity.objects.get(verb="event.announced").project == project
    console = "/dialoge/digilog-baeume/moderation/"
    fields = {"op": "open", "tables": 3, "question": "", "rounds": 3, "vote_budget": 3, "moderation": "after"}
    assert staff.post(console, fields | {"tables": 61}).status_code == 400
    staff.post(console, fields)
    assert Event.objects.get().boards.get().tables.count() == 3
    staff.post(console, {"op": "round.start", "minutes": "15"})
    current = Event.objects.get().boards.get().rounds.get(number=1)
    assert (current.state, current.question, current.seconds_left > 880) == ("running", "Was tun?", True)
    page = staff.get(console).content.decode()
    assert "5 Minuten verlängern" in page
    assert staff.get(console + "codes/").content.decode().count("<svg") >= 3
    assert staff.get("/dialoge/digilog-baeume/leinwand/").content.decode().count('class="qr"') == 3


def test_harvest_stands_on_the_projects_timeline(staff, moderator, make_event, make_project):
    event = make_event(project=make_project())
    board = worldcafe.open_world_cafe(user=moderator, event=event, tables=1)
    leader = actors.moderator(moderator)
    commands.execute(actor=leader, board_id=board.pk, op="round.start", args={})
    args = {"text": "Mehr Schatten", "table": 1}
    card = commands.execute(actor=leader, board_id=board.pk, op="card.create", args=args).result["card"]["id"]
    with pytest.raises(DomainError, match="no_results"):
        harvest.publish_results(user=moderator, event=event)
    console = f"/dialoge/{event.slug}/moderation/"
    for _twice in range(2):
        staff.post(console, {"op": "result.mark", "source": card})
    assert Result.objects.get().text == "Mehr Schatten"
    assert "Mehr Schatten" not in Client().get(event.get_absolute_url()).content.decode()
    staff.post(console, {"op": "results.publish", "summary": "Ein guter Abend."})
    page = Client().get(event.get_absolute_url()).content.decode()
    assert "Mehr Schatten" in page
    assert "Ein guter Abend." in page
    published = Activity.objects.get(verb="harvest.published")
    assert (published.project, published.url) == (event.project, f"/dialoge/{event.slug}/#ergebnisse")
    assert Client().get("/api/v1/events").json()["items"][0]["results"][0]["text"] == "Mehr Schatten"
    staff.post(console, {"op": "result.drop", "result": str(Result.objects.get().pk)})
    assert Result.objects.exists()


def test_join_by_script(client, desk):
    code = desk.table().code
    answer = client.post(f"/t/{code}/", {"pseudonym": "Ada"}, headers={"accept": "application/json"})
    assert answer.status_code == 201
    data = answer.json()
    assert set(data) == {"token", "board", "table", "participant", "socket"}
    assert (data["board"], data["table"]) == (str(desk.board.uuid), 1)
    assert not answer.cookies
    again = client.post(f"/t/{code}/", {"token": data["token"]}, headers={"accept": "application/json"}).json()
    assert again == data


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [({"phase": "closed"}, 409, "board_closed"), ({"seat_limit": 0}, 409, "table_full")],
)
def test_join_by_script_is_refused_with_a_sentence(client, desk, change, status, code):
    type(desk.board).objects.update(**change)
    answer = client.post(f"/t/{desk.table().code}/", {}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"].endswith(".")
    assert client.post(f"/t/{desk.table().code}/", {"op": "join"}).status_code == status


def test_join_checks_the_origin_where_one_came(client, desk):
    url, accept = f"/t/{desk.table().code}/", {"accept": "application/json"}
    for origin in ("https://evil.example", "https://testserver", "null"):
        assert client.post(url, {}, headers=accept | {"origin": origin}).json()["code"] == "bad_origin"
    assert client.post(url, {}, headers=accept | {"origin": "http://testserver"}).status_code == 201
    assert Participant.objects.count() == 1


def test_without_script_one_writes_changes_votes_and_takes_back(client, desk):
    url = f"/t/{desk.table().code}/"
    assert client.post(url, {"op": "join", "pseudonym": "Ada"}).status_code == 302
    cookie = client.cookies["tisch"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/t/", True, "Strict")
    for _double in range(2):
        client.post(url, {"op": "card.create", "text": "Mehr Bänke", "kind": "idea", "cid": "c1"})
    card = Card.objects.get()
    page = client.get(url).content.decode()
    assert "Mehr Bänke" in page
    assert "gesendet" in page
    client.post(url, {"op": "card.edit", "card": str(card.uuid), "text": "Mehr Bänke im Schatten"})
    client.post(url, {"op": "vote.add", "target": str(card.uuid)})
    card.refresh_from_db()
    assert (card.text, card.votes) == ("Mehr Bänke im Schatten", 1)
    client.post(url, {"op": "vote.remove", "target": str(card.uuid)})
    client.post(url, {"op": "card.delete", "card": str(card.uuid)})
    card.refresh_from_db()
    assert (card.state, card.votes) == ("deleted", 0)
    refused = client.post(url, {"op": "card.create", "text": "x" * 600, "kind": "idea"})
    assert refused.status_code == 400
    assert "zu lang" in refused.content.decode()
    assert "x" * 600 in refused.content.decode()
    assert client.post(url, {"op": "card.hide", "card": str(card.uuid)}).status_code == 403
    client.post(url, {"op": "leave"})
    assert "Am Tisch Platz nehmen" in client.get(url).content.decode()


def test_an_unknown_code_is_a_page_with_a_second_try(client, db):
    answer = client.get("/t/ZZZZZ/")
    assert answer.status_code == 404
    assert "Diesen Tisch-Code gibt es nicht" in answer.content.decode()
    assert client.get("/t/?code=ab c-2").headers["Location"] == "/t/ABC2/"
    assert client.get("/t/?tafel=quatsch").status_code == 200


def test_hall_page_lists_tables_and_full_ones(client, desk):
    type(desk.board).objects.update(seat_limit=1)
    desk.seat(1)
    page = client.get("/t/", {"tafel": str(desk.board.uuid)}).content.decode()
    assert page.count("freie Plätze") == 2
    assert desk.table(1).code in page


def test_who_left_takes_no_seat_on_the_hall_page(client, desk):
    type(desk.board).objects.update(seat_limit=1)
    desk.do(desk.guest(1), "participant.leave")
    page = client.get("/t/", {"tafel": str(desk.board.uuid)}).content.decode()
    assert page.count("freie Plätze") == 3
    desk.seat(1)


def test_cards_are_escaped_everywhere(client, staff, cafe):
    seat = seats.join(code=cafe.tables.first().code, pseudonym="<b>Ada</b>")
    args = {"text": "<script>alert(1)</script>"}
    commands.execute(actor=actors.guest(seat.participant), board_id=cafe.pk, op="card.create", args=args)
    slug = cafe.event.slug
    for url in (f"/dialoge/{slug}/moderation/", f"/dialoge/{slug}/leinwand/"):
        page = staff.get(url).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("count", [1, 30])
def test_list_and_api_ask_the_same_number_of_queries(
    client, make_event, make_project, django_assert_num_queries, count
):
    project = make_project()
    for _number in range(count):
        make_event(project=project)
        make_event(project=project, days=-3)
    client.get("/dialoge/")
    client.get("/api/v1/events")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/dialoge/")
    with django_assert_num_queries(3):  # events, results, points
        client.get("/api/v1/events")


LIST_QUERIES = 6  # upcoming, past, online dialogues, projects and series of the filter, the notice on every page


def test_calendar_feed_names_sample_and_cancelled_events(client, moderator, make_event):
    make_event(title="Eins", sample=True)
    events.cancel_event(user=moderator, event=make_event(title="Zwei"))
    feed = client.get("/dialoge/kalender.ics")
    text = feed.content.decode()
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert text.count("BEGIN:VEVENT") == 2
    assert "SUMMARY:Eins (Beispieldaten)" in text
    assert "STATUS:CANCELLED" in text


def test_search_finds_events_and_panel_shows_them(client, make_event, make_project):
    project = make_project()
    event = make_event(title="DigiLog: Wasserspiele", project=project)
    assert event.get_absolute_url() in client.get("/suche/", {"q": "wasserspiele"}).content.decode()
    assert event.title in client.get(project.get_absolute_url()).content.decode()
    assert [(item.title, item.url) for item in now.items() if item.url.startswith("/dialoge/")] == [
        (event.title, event.get_absolute_url())
    ]


def test_join_page_is_light(client, desk):
    page = client.get(f"/t/{desk.table().code}/").content.decode()
    names = set(re.findall(r"/static/([\w./-]+\.(?:css|js|svg))", page))
    scripts = {f"dialogues/js/{name}.js" for name in ("phone", "board", "socket", "timer")}
    total = len(page.encode()) + sum(Path(finders.find(name)).stat().st_size for name in names | scripts)
    assert total < 60_000
    assert json.loads(page.split('id="worte" type="application/json">')[1].split("</script>")[0])


def test_after_the_end_the_wall_invites_nobody_and_the_console_shows_the_evening_first(staff, cafe, moderator):
    wall, console = (
        reverse(f"dialogues:{name}", args=[cafe.event.slug]) for name in ("event-projector", "event-console")
    )
    join = r"<aside class=\"wall__join\"[^>]* data-join( hidden)?>"
    assert re.search(join, staff.get(wall).content.decode())[1] is None
    commands.execute(actor=actors.moderator(moderator), board_id=cafe.pk, op="round.end", args={})
    commands.execute(actor=actors.moderator(moderator), board_id=cafe.pk, op="phase.set", args={"phase": "closed"})
    assert re.search(join, staff.get(wall).content.decode())[1] == " hidden"
    page = staff.get(console).content.decode()
    assert page.index("Dieses World Café ist beendet.") < page.index("Ein weiteres World Café starten")

"""An internal workshop: its staff find it everywhere, nobody else anywhere (docs/reference/evenings.md)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogues.domain import events, harvest, worldcafe
from dialogues.domain.online import dialogues as online
from dialogues.domain.online import harvesting
from dialogues.enums import Circle
from dialogues.models import Event, Result
from dialogues.showcase import DialoguesPanel, find, next_digilog
from dialogues.targets import EventTarget
from portal.accounts.enums import Role
from portal.activity.models import Activity
from portal.exceptions import DomainError
from tests.dialogues.conftest import Desk

pytestmark = pytest.mark.django_db
WORD = "Aktenplan"
SLUG = "werkstatt-aktenplan"


@pytest.fixture
def workshop(make_event, moderator):
    """A published internal workshop with a finished board and a published result."""
    event = make_event(title=f"Werkstatt {WORD}", topic=f"Über den {WORD}.", circle=Circle.STAFF)
    desk = Desk(worldcafe.open_world_cafe(user=moderator, event=event, tables=1, observers_allowed=True))
    desk.do(desk.staff, "round.start")
    card = desk.card(desk.guest(), f"{WORD} vereinfachen")
    harvest.mark_result(user=moderator, event=event, source=UUID(card))
    desk.event = event
    return desk


def finish(desk, moderator):
    harvest.publish_results(user=moderator, event=desk.event)
    desk.do(desk.staff, "phase.set", phase="closed")


def login(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def outsiders(make_user):
    """Nobody, a citizen, and a member of the Ethikrat, who is no employee of the city."""
    return {"nobody": Client(), "citizen": login(make_user()), "council": login(make_user(Role.ETHICS_MEMBER))}


DOORS = {
    "list": "/dialoge/",
    "search": f"/suche/?q={WORD}",
    "calendar": "/dialoge/kalender.ics",
    "api": "/api/v1/events?limit=1000",
    "sitemap": "/sitemap.xml",
    "projects": "/projekte/",
}
OWN = ("event-detail", "event-calendar", "board-page", "board-csv", "board-json", "board-minutes", "board-observe")
OWN += ("event-console", "event-projector", "event-codes", "event-plan", "event-sheet", "event-feedback")


@pytest.mark.parametrize("door", DOORS)
def test_no_door_of_the_portal_names_it_to_outsiders(workshop, moderator, outsiders, door):
    finish(workshop, moderator)
    for who, client in outsiders.items():
        answer = client.get(DOORS[door], follow=True)
        assert SLUG not in answer.content.decode(), who


@pytest.mark.parametrize("name", OWN)
def test_its_own_pages_do_not_exist_for_outsiders(workshop, moderator, outsiders, name):
    url = reverse(f"dialogues:{name}", args=[workshop.event.slug])
    for ending in (False, True):
        if ending:
            finish(workshop, moderator)
        for who, client in outsiders.items():
            assert client.get(url).status_code == 404, who


def test_feeds_timelines_and_follows_say_nothing(workshop, moderator, outsiders):
    finish(workshop, moderator)
    events.cancel_event(user=moderator, event=workshop.event, reason="Verschoben")
    assert not Activity.objects.exists()
    for url in ("/feed/", "/feed/alles.atom", "/neuigkeiten/"):
        assert WORD not in outsiders["nobody"].get(url).content.decode()


def test_comments_are_closed_since_they_are_told_in_public(workshop, moderator):
    assert not EventTarget().is_open(workshop.event.thread)
    public = events.create_event(
        user=moderator,
        title="Offen",
        topic="x",
        starts_at=workshop.event.starts_at,
        ends_at=workshop.event.ends_at,
    )
    assert EventTarget().is_open(public.thread)


def test_staff_finds_it_in_list_search_and_on_its_page(workshop, moderator, make_user):
    finish(workshop, moderator)
    for role in (Role.PROJECT_LEAD, Role.DPO, Role.SENSOR_DESK):
        client = login(make_user(role))
        for url in ("/dialoge/", f"/suche/?q={WORD}", workshop.event.get_absolute_url()):
            assert SLUG in client.get(url).content.decode(), (role, url)
        assert client.get(f"/dialoge/{workshop.event.slug}/tafel/").status_code == 200
        assert client.get(f"/dialoge/{workshop.event.slug}/moderation/").status_code == 404


def test_staff_without_its_second_factor_is_no_staff(workshop, make_user, settings):
    settings.STAFF_MFA_REQUIRED = True
    assert workshop.event in Event.objects.visible_to(make_user(Role.PROJECT_LEAD))
    assert workshop.event not in Event.objects.visible_to(make_user(Role.PROJECT_LEAD, second_factor=False))


def test_drafts_of_workshops_are_for_editors_only(make_event, make_user):
    draft = make_event(published=False, circle=Circle.STAFF)
    assert draft not in Event.objects.visible_to(make_user(Role.PROJECT_LEAD))
    assert draft in Event.objects.visible_to(make_user(Role.COMMUNICATIONS))
    assert draft not in Event.objects.visible_to(AnonymousUser())


def test_home_search_and_project_pages_of_lower_packages_leave_it_out(make_event, make_user):
    event = make_event(title=f"Werkstatt {WORD}", circle=Circle.STAFF)
    assert next_digilog() is None
    assert find([WORD], AnonymousUser(), 5).total == 0
    assert find([WORD], make_user(Role.DPO), 5).total == 1
    assert DialoguesPanel().actions(event.project, AnonymousUser()) == []


def test_results_of_a_workshop_become_no_public_contribution(workshop, moderator):
    finish(workshop, moderator)
    now = timezone.now()
    dialogue = online.create_dialogue(
        user=moderator,
        title="Akten",
        topic="x",
        question="Was?",
        moments=[now + timedelta(days=days) for days in (-2, -1, 5, 9, 20)],
        categories=[("Akten", "Amt")],
    )
    dialogue = online.publish_dialogue(user=moderator, dialogue=dialogue)
    assert harvesting.waiting_results(dialogue) == []
    with pytest.raises(DomainError) as raised:
        harvesting.adopt(
            user=moderator, dialogue=dialogue, result=Result.objects.get(), category=dialogue.categories.get()
        )
    assert raised.value.code == "not_published"


def test_a_colleague_sits_down_with_the_code_and_learns_no_more(workshop, moderator):
    """The code is the key handed out in the room: most colleagues have no account here."""
    code = workshop.table(1).code
    client = Client()
    assert client.get(f"/t/{code}/").status_code == 200
    client.post(f"/t/{code}/", {"pseudonym": "Kollegin"})
    finish(workshop, moderator)
    page = client.get(f"/t/{code}/").content.decode()
    assert workshop.event.get_absolute_url() not in page
    assert Client().get("/t/XXXXX/").status_code == 404


def test_for_whom_it_is_stands_with_the_publication(make_event, moderator):
    draft = make_event(published=False)
    assert events.change_event(user=moderator, event=draft, changes={"circle": Circle.STAFF}).is_internal
    published = events.publish_event(user=moderator, event=draft)
    with pytest.raises(DomainError) as raised:
        events.change_event(user=moderator, event=published, changes={"circle": Circle.PUBLIC})
    assert raised.value.code == "already_published"
    assert Event.objects.get(pk=draft.pk).circle == Circle.STAFF

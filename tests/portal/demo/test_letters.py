"""Follows, groups, newsletters and digest of the demo: there, marked, idempotent, and reached through the domain."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.activity.models import Follow
from portal.demo import accounts, letters, talk
from portal.newsletter.models import Issue, Segment, Subscription
from portal.outbox.models import Mail
from projects.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings, make_project):
    settings.DEMO = True
    make_project(slug=talk.TREES, sample=True)
    make_project(slug="starkregen-sensorik")
    return accounts.build()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def build(people) -> None:
    letters.follow(people)
    talk.build(people)
    letters.build(people)


def test_the_citizen_finds_news_of_what_she_follows(people):
    build(people)
    trees = Project.objects.get(slug=talk.TREES)
    page = client_of(people[letters.CITIZEN]).get("/konto/neuigkeiten/").content.decode()
    assert page.count(trees.title) > 1
    assert {row.topic.key for row in Follow.objects.filter(user=people[letters.CITIZEN])} == {
        f"project:{trees.pk}",
        f"project:{Project.objects.get(slug='starkregen-sensorik').pk}",
        "area:umwelt",
    }


def test_one_issue_is_sent_to_confirmed_readers_and_one_is_in_writing(people):
    build(people)
    states = dict(Issue.objects.values_list("title", "state"))
    assert states == {letters.SENT[0]: "sent", letters.DRAFT[0]: "draft"}
    assert set(Issue.objects.values_list("sample", flat=True)) == {True}
    sent = Issue.objects.get(title=letters.SENT[0])
    got = {mail.recipients for mail in Mail.objects.filter(subject=f"[Beispieldaten] {sent.title}")}
    assert got == {f"|{letters.CITIZEN}|", "|leserin-eins@demo.example|"}
    assert (sent.sent, sent.total) == (2, 2)
    assert Subscription.objects.confirmed().count() == len(letters.READERS)
    desk = client_of(people[letters.EDITOR])
    assert "An 3 Adressen verschicken" not in (page := desk.get("/rundbriefe/schreiben/").content.decode())
    assert page.count("Beispieldaten") >= 2
    draft = Issue.objects.get(title=letters.DRAFT[0])
    assert "An 4 Adressen verschicken" in desk.get(draft.get_absolute_url()).content.decode()
    assert "Umwelt und Sensoren" in Client().get("/rundbriefe/").content.decode()


def test_the_digest_lies_in_the_outbox_of_the_demo(people, settings):
    build(people)
    [mail] = [row for row in Mail.objects.to_address(letters.CITIZEN) if "was es Neues gibt" in row.text]
    assert Project.objects.get(slug=talk.TREES).title in mail.text
    assert "[Beispieldaten]" in mail.text


def test_building_twice_makes_nothing_twice_and_undoes_no_choice(people):
    build(people)
    Follow.objects.filter(topic__key="area:umwelt").delete()
    Subscription.objects.filter(email="leser-zwei@demo.example").delete()
    before = [model.objects.count() for model in (Follow, Segment, Subscription, Issue, Mail)]
    build(people)
    assert [model.objects.count() for model in (Follow, Segment, Subscription, Issue, Mail)] == before
    assert before[:4] == [2, 3, 3, 2]

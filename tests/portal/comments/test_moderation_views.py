"""The moderator's queue; outsiders find nothing there."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.enums import Role
from portal.comments.domain import moderation, writing
from portal.comments.enums import Measure, State
from portal.comments.models import Comment, ModerationDecision

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def held(thread, citizen) -> Comment:
    return writing.create(user=citizen, thread=thread, text="Ruft mich an: 05251 1234567")


@pytest.mark.parametrize("roles", [None, (), (Role.PROJECT_LEAD,), (Role.COMMUNICATIONS,), (Role.ETHICS_CHAIR,)])
def test_outsiders_find_nothing(held, make_user, moderator, roles):
    client = Client() if roles is None else signed_in(make_user(*roles))
    for path in ("/moderation/", f"/moderation/kommentare/{held.pk}/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"act": "release"}).status_code == 404
    held.refresh_from_db()
    assert held.state == State.HELD
    decision = moderation.release(user=moderator, comment=held)
    expected = 302 if roles is None else 404  # signed out: the author may have to sign in first
    assert client.get(decision.get_absolute_url()).status_code == expected


def test_the_queue_names_what_waits_and_why(held, moderator, say, citizen):
    moderation.report(user=moderator, comment=say(citizen, "Gemeldet"), reason="insult", explanation="x")
    page = signed_in(moderator).get("/moderation/").text
    assert page.index("Ruft mich an") < page.index("Gemeldet")
    for words in ("2 Kommentare warten", "1 Meldung", "Zugesagt bis", "Die Bank am Paderquellgebiet"):
        assert words in page


def test_an_empty_queue_teaches(moderator, db):
    assert "Nichts wartet" in signed_in(moderator).get("/moderation/").text


@pytest.mark.parametrize("number", [1, 30])
def test_the_queue_costs_the_same_at_any_length(thread, make_user, moderator, number, django_assert_num_queries):
    for n in range(number):
        writing.create(user=make_user(), thread=thread, text=f"Ruft mich an: 05251 1234567, Nr. {n}")
    client = signed_in(moderator)
    client.get("/moderation/")
    with django_assert_num_queries(9):
        client.get("/moderation/")


def test_releasing_by_form(held, moderator):
    answer = signed_in(moderator).post(f"/moderation/kommentare/{held.pk}/", {"act": "release"})
    held.refresh_from_db()
    assert (answer["Location"], held.state) == ("/moderation/", State.VISIBLE)


def test_hiding_by_form_demands_reasons_and_goes_to_the_next(held, say, citizen, moderator):
    client, path = signed_in(moderator), f"/moderation/kommentare/{held.pk}/"
    answer = client.post(path, {"act": "hide", "hide-reason": "insult", "hide-facts": "", "hide-ground": "rules"})
    assert answer.status_code == 400
    following = say(citizen, "Gemeldet")
    moderation.report(user=moderator, comment=following, reason="insult", explanation="x")
    data = {"act": "hide", "hide-reason": "personal_data", "hide-facts": "Nummer", "hide-ground": "rules"}
    assert client.post(path, data)["Location"] == f"/moderation/kommentare/{following.pk}/"
    assert ModerationDecision.objects.get().measure == Measure.HIDE


def test_a_template_fills_the_reasons(held, moderator):
    page = signed_in(moderator).get(f"/moderation/kommentare/{held.pk}/?vorlage=insult").text
    assert "statt zur Sache zu sprechen" in page
    assert signed_in(moderator).get(f"/moderation/kommentare/{held.pk}/?vorlage=unsinn").status_code == 200


def test_keeping_and_restoring_by_form(say, citizen, moderator):
    comment, client = say(citizen), signed_in(moderator)
    path = f"/moderation/kommentare/{comment.pk}/"
    moderation.report(user=moderator, comment=comment, reason="insult", explanation="x")
    client.post(path, {"act": "keep", "facts-facts": "Ist Kritik."})
    moderation.hide(user=moderator, comment=comment, reason="insult", facts="Doch eine Beleidigung.")
    client.post(path, {"act": "restore", "facts-facts": ""})
    assert Comment.objects.get().state == State.HIDDEN
    client.post(path, {"act": "restore", "facts-facts": "War ein Zitat."})
    assert [d.measure for d in ModerationDecision.objects.order_by("pk")] == ["keep", "hide", "restore"]


def test_a_second_moderator_is_told(held, moderator, make_user):
    moderation.release(user=moderator, comment=held)
    client = signed_in(make_user(Role.MODERATOR))
    page = client.post(f"/moderation/kommentare/{held.pk}/", {"act": "release"}, follow=True).text
    assert "inzwischen schon entschieden" in page
    assert ModerationDecision.objects.count() == 1


def test_unknown_acts_change_nothing(held, moderator):
    signed_in(moderator).post(f"/moderation/kommentare/{held.pk}/", {"act": "explode"})
    signed_in(moderator).post(f"/moderation/kommentare/{held.pk}/", {"act": "objection", "objection-upheld": "ja",
                                                                   "objection-answer": "x"})  # fmt: skip
    assert ModerationDecision.objects.count() == 0


def test_the_author_reads_the_reasons_and_objects(held, citizen, moderator, make_user):
    decision = moderation.hide(user=moderator, comment=held, reason="personal_data", facts="Nennt eine Nummer.")
    client, path = signed_in(citizen), decision.get_absolute_url()
    assert "Nennt eine Nummer." in client.get(path).text
    assert client.post(path, {"text": ""}).status_code == 400
    client.post(path, {"text": "Das ist meine eigene Nummer."})
    assert "Eine andere Person entscheidet darüber" in client.get(path).text
    assert signed_in(make_user()).get(path).status_code == 404
    item = f"/moderation/kommentare/{held.pk}/"
    answer = {"act": "objection", "objection-upheld": "ja", "objection-answer": "Stimmt."}
    signed_in(moderator).post(item, answer)  # the remover is refused
    held.refresh_from_db()
    assert held.state == State.HIDDEN
    signed_in(make_user(Role.MODERATOR)).post(item, answer)
    held.refresh_from_db()
    assert held.state == State.VISIBLE
    assert "hatte Erfolg" in client.get(path).text


def test_the_account_shows_the_queue_to_moderators(held, moderator, citizen):
    assert "1 Kommentar wartet auf Sie" in signed_in(moderator).get("/konto/").text
    assert "/moderation/" not in signed_in(citizen).get("/konto/").text

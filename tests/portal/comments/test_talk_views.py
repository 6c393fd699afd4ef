"""The citizen's pages: write before signing in, answer, change, delete, support, report; each door as outsider."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone

from portal.comments.domain import moderation, writing
from portal.comments.enums import State
from portal.comments.models import Comment, Notice
from tests.portal.comments.conftest import about

pytestmark = pytest.mark.django_db
PAGE = "/kommentar-probe/"


def signed_in(user) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(user)
    return client


def render(thread, user, query="") -> str:
    request = RequestFactory().get(f"{PAGE}?{query}")
    request.user = user
    return Template("{% load comments %}{% comments thread %}").render(Context({"request": request, "thread": thread}))


# The include


def test_an_anonymous_page_has_a_form_without_token(thread, say, citizen, rf):
    from django.contrib.auth.models import AnonymousUser

    say(citizen, "Ist <b>schön</b> & gut.")
    markup = render(thread, AnonymousUser())
    assert f'action="/kommentare/{thread.pk}/entwurf/"' in markup
    assert "csrfmiddlewaretoken" not in markup
    assert "<p>Ist schön &amp; gut.</p>" in markup
    assert "Moderieren" not in markup
    assert "Ändern" not in markup


def test_moderators_and_authors_see_their_doors(thread, say, citizen, moderator):
    comment = say(citizen, minutes=1)
    assert f"/moderation/kommentare/{comment.pk}/" in render(thread, moderator)
    assert f"/kommentare/{comment.pk}/bearbeiten/" in render(thread, citizen)
    assert "Melden" not in render(thread, citizen)


def test_a_hidden_text_is_nowhere_in_the_page(thread, say, citizen, moderator):
    comment = say(citizen, "Geheimnisvolle Worte")
    moderation.hide(user=moderator, matter=about(comment), reason="insult", facts="Beschimpfung")
    markup = render(thread, citizen)
    assert "Geheimnisvolle" not in markup
    assert "Grund: Beleidigung oder Drohung" in markup


def test_a_held_text_is_for_author_only(thread, citizen, moderator):
    writing.create(user=citizen, thread=thread, text="Ruft an: 05251 1234567")
    assert "Wird geprüft, spätestens bis" in render(thread, citizen)
    assert "05251" not in render(thread, moderator)


def test_a_closed_thread_has_no_form(thread, citizen, target):
    target.open = False
    assert "<form" not in render(thread, citizen)


def test_strange_addresses_give_the_first_page(thread, say, citizen):
    say(citizen)
    for query in ("ab=x", "ab=-1", "ab=99999999", "ab=%C2%B2", "ab=%D9%A1", f"ab={'9' * 40}", "sortierung=%00"):
        assert "Die Bank ist schön." in render(thread, citizen, query)


# Writing before signing in


def test_what_was_typed_stands_in_the_form_after_signing_in(thread, citizen):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"/kommentare/{thread.pk}/entwurf/", {"text": "Getippt <i>vorher</i>"})
    form = f"/kommentare/{thread.pk}/schreiben/"
    assert (answer.status_code, answer["Location"]) == (302, f"/konto/login/?next={form}")
    client.force_login(citizen)
    assert "Getippt &lt;i&gt;vorher&lt;/i&gt;" in client.get(form).text
    assert client.post(form, {"text": "x"}).status_code == 403
    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    answer = client.post(form, {"text": "Getippt vorher", "csrfmiddlewaretoken": token}, HTTP_X_CSRFTOKEN=token)
    comment = Comment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}#kommentar-{comment.pk}")
    assert "Getippt" not in client.get(form).text


def test_a_draft_of_a_signed_in_person_goes_straight_to_the_form(thread, citizen):
    client = signed_in(citizen)
    answer = client.post(f"/kommentare/{thread.pk}/entwurf/", {"text": "Hallo"})
    assert answer["Location"] == f"/kommentare/{thread.pk}/schreiben/"


def test_a_draft_from_a_foreign_page_is_refused(thread):
    for origin in ("https://evil.example", "null"):
        answer = Client().post(f"/kommentare/{thread.pk}/entwurf/", {"text": "x"}, HTTP_ORIGIN=origin)
        assert answer.status_code == 403
        assert not answer.cookies
    same = Client().post(f"/kommentare/{thread.pk}/entwurf/", {"text": "x"}, HTTP_ORIGIN="http://testserver")
    assert same.status_code == 302


def test_a_draft_is_bounded_and_only_posted(thread):
    client = Client()
    client.post(f"/kommentare/{thread.pk}/entwurf/", {"text": "x" * 50_000})
    assert len(client.session["comment_drafts"][str(thread.pk)]) == 20_000
    assert client.get(f"/kommentare/{thread.pk}/entwurf/").status_code == 405


def test_a_thread_that_is_not_there_is_404_at_every_door(thread, say, citizen, target):
    comment = say(citizen)
    target.hidden = True
    client = signed_in(citizen)
    for path in (
        f"{thread.pk}/schreiben/",
        f"{comment.pk}/",
        f"{comment.pk}/antworten/",
        f"{comment.pk}/bearbeiten/",
        f"{comment.pk}/loeschen/",
        f"{comment.pk}/unterstuetzen/",
        f"{comment.pk}/melden/",
    ):
        assert client.get(f"/kommentare/{path}").status_code == 404, path
    assert client.post(f"/kommentare/{thread.pk}/entwurf/").status_code == 404


def test_refusals_keep_the_text_and_say_why(thread, citizen):
    client = signed_in(citizen)
    answer = client.post(f"/kommentare/{thread.pk}/schreiben/", {"text": "mein Link https://spam.example"})
    assert answer.status_code == 400
    assert "mein Link https://spam.example" in answer.text
    assert "Neue Konten können noch keine Links" in answer.text
    assert client.post(f"/kommentare/{thread.pk}/schreiben/", {"text": ""}).status_code == 400
    for number in range(5):
        client.post(f"/kommentare/{thread.pk}/schreiben/", {"text": f"Nummer {number}"})
    assert client.post(f"/kommentare/{thread.pk}/schreiben/", {"text": "Nummer 6"}).status_code == 429
    assert Comment.objects.count() == 5


def test_a_held_comment_says_until_when(thread, citizen):
    answer = signed_in(citizen).post(
        f"/kommentare/{thread.pk}/schreiben/", {"text": "Ruft an: 05251 1234567"}, follow=False
    )
    assert answer.status_code == 302
    assert Comment.objects.get().state == State.HELD


def test_answering_shows_what_is_answered(thread, say, citizen, make_user):
    top = say(citizen)
    client = signed_in(make_user())
    form = f"/kommentare/{thread.pk}/schreiben/?antwort={top.pk}"
    assert "Die Bank ist schön." in client.get(form).text
    client.post(form, {"text": "Stimmt."})
    assert Comment.objects.get(parent=top).text == "Stimmt."
    assert client.get(f"/kommentare/{thread.pk}/schreiben/?antwort=999999").status_code == 404


def test_only_the_city_has_the_field_for_official_answers(thread, citizen, lead):
    form = f"/kommentare/{thread.pk}/schreiben/"
    assert "Antwort der Stadt" not in signed_in(citizen).get(form).text
    assert "Antwort der Stadt" in signed_in(lead).get(form).text
    forged = signed_in(citizen).post(form, {"text": "Ich bin die Stadt.", "official": "on"})
    assert (forged.status_code, Comment.objects.count()) == (403, 0)
    assert "Ich bin die Stadt." in forged.text
    assert "Für die Stadt antworten nur" in forged.text


# Own comments


def test_changing_and_deleting_by_form(say, citizen):
    comment, client = say(citizen, minutes=1), signed_in(citizen)
    assert "Die Bank ist schön." in client.get(f"/kommentare/{comment.pk}/bearbeiten/").text
    client.post(f"/kommentare/{comment.pk}/bearbeiten/", {"text": "Doch nicht."})
    comment.refresh_from_db()
    assert comment.text == "Doch nicht."
    assert "Doch nicht." in client.get(f"/kommentare/{comment.pk}/loeschen/").text
    client.post(f"/kommentare/{comment.pk}/loeschen/")
    comment.refresh_from_db()
    assert comment.state == State.DELETED
    gone = client.get(f"/kommentare/{comment.pk}/")
    assert (gone.status_code, "Doch nicht." in gone.text) == (410, False)
    assert "Diesen Kommentar gibt es nicht mehr" in gone.text


def test_others_neither_change_nor_delete(say, citizen, make_user):
    comment, client = say(citizen, minutes=1), signed_in(make_user())
    client.post(f"/kommentare/{comment.pk}/bearbeiten/", {"text": "Fremd"})
    client.post(f"/kommentare/{comment.pk}/loeschen/")
    comment.refresh_from_db()
    assert (comment.text, comment.state) == ("Die Bank ist schön.", State.VISIBLE)


def test_changing_too_late_is_refused_with_words(say, citizen):
    comment = say(citizen, minutes=30)
    answer = signed_in(citizen).post(f"/kommentare/{comment.pk}/bearbeiten/", {"text": "Spät"})
    assert answer.status_code == 409
    assert "ersten 15 Minuten" in answer.text


# Support, permalink, notice


def test_supporting_counts_a_person_once_and_can_be_taken_back(say, citizen, make_user):
    comment, client = say(citizen), signed_in(make_user())
    path = f"/kommentare/{comment.pk}/unterstuetzen/"
    assert "Die Bank ist schön." in client.get(path).text
    for _ in range(2):
        assert client.post(path)["Location"] == f"{PAGE}#kommentar-{comment.pk}"
    comment.refresh_from_db()
    assert comment.support_count == 1
    client.post(path, {"zurueck": "1"})
    comment.refresh_from_db()
    assert comment.support_count == 0


def test_the_own_comment_is_not_supported(say, citizen):
    comment = say(citizen)
    signed_in(citizen).post(f"/kommentare/{comment.pk}/unterstuetzen/")
    comment.refresh_from_db()
    assert comment.support_count == 0


@pytest.mark.parametrize("act", ["unterstuetzen", "bearbeiten", "loeschen"])
def test_anonymous_visitors_are_sent_to_sign_in(say, citizen, act):
    path = f"/kommentare/{say(citizen).pk}/{act}/"
    assert Client().post(path)["Location"] == f"/konto/login/?next={path}"


def test_a_permalink_leads_to_the_page_of_the_comment(thread, say, citizen, client):
    comments = [say(citizen, f"Nr. {n}", minutes=60 * (22 - n)) for n in range(21)]
    assert client.get(f"/kommentare/{comments[20].pk}/")["Location"] == f"{PAGE}#kommentar-{comments[20].pk}"
    last = comments[0].pk
    assert client.get(f"/kommentare/{last}/")["Location"] == f"{PAGE}?ab={last}#kommentar-{last}"


def test_a_fourth_reply_has_a_page_of_its_own(say, citizen, client):
    top = say(citizen, minutes=600)
    replies = [say(citizen, f"Nr. {n}", minutes=500 - 60 * n, parent=top) for n in range(4)]
    where = client.get(f"/kommentare/{replies[3].pk}/")["Location"]
    assert where == f"/kommentare/{top.pk}/antworten/#kommentar-{replies[3].pk}"
    page = client.get(where)
    assert page.status_code == 200
    assert "4 Antworten" in page.text
    assert client.get(f"/kommentare/{replies[0].pk}/antworten/")["Location"] == f"/kommentare/{top.pk}/antworten/"
    assert client.get(f"/kommentare/{top.pk}/antworten/?ab=x").status_code == 200


def test_anyone_reports_by_form_and_sees_the_receipt(say, citizen, client):
    path = f"/kommentare/{say(citizen).pk}/melden/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"reason": "insult"}).status_code == 400
    page = client.post(path, {"reason": "insult", "explanation": "Zeile 1", "email": "anna@test.example"}, follow=True)
    assert Notice.objects.get().receipt in page.text
    assert "Danke, Ihre Meldung ist eingegangen" in page.text


def test_hidden_ones_are_not_reported(say, citizen, moderator, client):
    comment = say(citizen)
    moderation.hide(user=moderator, matter=about(comment), reason="insult", facts="Beschimpfung")
    answer = client.post(f"/kommentare/{comment.pk}/melden/", {"reason": "insult", "explanation": "x"})
    assert answer.status_code == 409
    assert comment.text not in answer.text
    assert timezone.now() > comment.created_at


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("who", "queries"), [("nobody", 3), ("citizen", 5), ("moderator", 7)])
def test_the_include_costs_the_same_at_any_size(
    thread, citizen, moderator, number, who, queries, django_assert_num_queries
):
    """Three for the page, one for own supports, one for the roles, and for staff the permissions."""
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

    tops = Comment.objects.bulk_create(Comment(thread=thread, author=citizen, text="x") for _ in range(number))
    Comment.objects.bulk_create(
        Comment(thread=thread, parent=top, author=citizen, text="y") for top in tops for _ in range(5)
    )
    user = AnonymousUser()
    if who != "nobody":
        user = User.objects.get(pk={"citizen": citizen, "moderator": moderator}[who].pk)
    with django_assert_num_queries(queries):
        render(thread, user)

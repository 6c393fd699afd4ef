"""Notices by anyone (DSA Art. 16): receipt, decision, state by number, limits."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from portal import audit
from portal.accounts.domain import privacy
from portal.comments.domain import moderation, notices, retention, writing
from portal.comments.enums import Lane, Measure
from portal.comments.models import Notice
from tests.portal.comments.conftest import about
from tests.portal.comments.test_moderation import HIDE, refused

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
WORDS = {"reason": "insult", "explanation": "Zeile 1"}


def report(comment, user=NOBODY, **fields):
    return notices.report(user=user, kind="comment", key=comment.pk, **(WORDS | fields))


def test_anyone_reports_and_gets_receipt_and_decision(citizen, moderator, say, mailoutbox):
    comment = say(citizen)
    notice = report(comment, email="anna@test.example")
    assert len(notice.receipt) == 11
    assert notice.receipt in mailoutbox[0].subject
    assert notice.get_absolute_url() in mailoutbox[0].body
    assert (about(comment).lane, about(comment).open_notices) == (Lane.NOTICED, 1)
    moderation.keep(user=moderator, matter=about(comment), facts="Ist Kritik, keine Beleidigung.")
    notice.refresh_from_db()
    assert notice.decision.measure == Measure.KEEP
    assert "Ist Kritik" in mailoutbox[1].body
    assert about(comment).lane == Lane.DONE
    refused("already_decided", moderation.keep, user=moderator, matter=about(comment))
    assert audit.verify().findings == []


def test_a_person_has_one_open_notice(citizen, make_user, say):
    reporter, comment = make_user(), say(citizen)
    assert report(comment, reporter) == report(comment, reporter, explanation="Zwei")


def test_hiding_answers_the_notices(citizen, moderator, make_user, say, mailoutbox):
    reporter, comment = make_user(), say(citizen)
    notice = report(comment, reporter)
    decision = moderation.hide(user=moderator, matter=about(comment), **HIDE)
    notice.refresh_from_db()
    assert notice.decision == decision
    assert [(m.to, m.subject) for m in mailoutbox[1:]] == [
        ([reporter.email], f"Ihre Meldung {notice.receipt} ist entschieden"),
        ([citizen.email], "Ihr Kommentar wurde ausgeblendet"),
    ]


def test_deleting_the_own_text_answers_its_notices(citizen, say, mailoutbox):
    comment = say(citizen)
    notice = report(comment, email="anna@test.example")
    writing.delete(user=citizen, comment=comment)
    notice.refresh_from_db()
    assert (notice.decision.measure, notice.decision.actor) == (Measure.GONE, None)
    assert "selbst gelöscht" in mailoutbox[-1].body
    assert about(comment).lane == Lane.DONE
    assert audit.verify().findings == []


def test_reporting_demands_reason_and_words_and_a_visible_text(citizen, moderator, say, target):
    comment, hidden = say(citizen, "Anderes"), say(citizen)
    moderation.hide(user=moderator, matter=about(hidden), **HIDE)
    for code, arguments in (("no_reason", {"reason": "x"}), ("no_explanation", {"explanation": " "})):
        with pytest.raises(Exception, match=code):
            report(comment, **arguments)
    refused("gone", notices.report, user=NOBODY, kind="comment", key=hidden.pk, **WORDS)
    refused("gone", notices.report, user=NOBODY, kind="comment", key="9999", **WORDS)
    refused("gone", notices.report, user=NOBODY, kind="unsinn", key="1", **WORDS)
    target.hidden = True
    refused("gone", notices.report, user=NOBODY, kind="comment", key=comment.pk, **WORDS)
    assert not Notice.objects.exists()


def test_ten_an_hour_from_one_connection(citizen, say):
    comments = [say(citizen, f"Text {n}", minutes=600 - 20 * n) for n in range(11)]
    for comment in comments[:10]:
        report(comment, sender="a")
    arguments = {"user": NOBODY, "kind": "comment", "key": comments[10].pk, **WORDS}
    refused("too_fast", notices.report, sender="a", **arguments)
    notices.report(sender="b", **arguments)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        notices.report(sender="a", **arguments)


def test_many_without_a_name_on_one_text_are_enough(citizen, make_user, say):
    comment = say(citizen)
    for number in range(20):
        report(comment, sender=f"s{number}")
    refused("enough", notices.report, user=NOBODY, sender="t", kind="comment", key=comment.pk, **WORDS)
    assert report(comment, make_user()).pk
    assert about(comment).open_notices == 21


def test_the_form_counts_connections_and_stores_no_address(citizen, say, client):
    for number in range(11):
        path = f"/kommentare/{say(citizen, f'Text {number}', minutes=600 - 20 * number).pk}/melden/"
        answer = client.post(path, WORDS)
    assert (answer.status_code, Notice.objects.count()) == (429, 10)
    assert "viele Meldungen" in answer.text
    assert {len(sender) for sender in Notice.objects.values_list("sender", flat=True)} == {32}
    assert "127.0.0.1" not in str(list(Notice.objects.values()))
    assert client.post(path, WORDS, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_programs_that_fill_every_field_are_refused(citizen, say, client):
    path = f"/kommentare/{say(citizen).pk}/melden/"
    answer = client.post(path, WORDS | {"website": "http://spam.example"})
    assert (answer.status_code, Notice.objects.count()) == (400, 0)
    assert "Falle für Programme" in answer.text


def test_the_state_stands_at_the_number_however_it_is_typed(citizen, moderator, say, client):
    comment = say(citizen)
    notice = report(comment)
    typed = notice.receipt.lower().replace("-", " ")
    page = client.get("/melden/stand/", {"nummer": typed}, follow=True)
    assert "Wird geprüft" in page.text
    moderation.hide(user=moderator, matter=about(comment), **HIDE)
    page = client.get(f"/melden/stand/{notice.receipt}/")
    assert "Der gemeldete Text ist ausgeblendet." in page.text
    assert "no-store" in page["Cache-Control"]
    for private in (citizen.public_name, moderator.public_name, HIDE["facts"], comment.text, WORDS["explanation"]):
        assert private not in page.text


@pytest.mark.parametrize("number", ["M-ABCD-2345", "", "x", "M" * 40, "<script>"])
def test_unknown_numbers_get_a_plain_answer(client, db, number):
    page = client.get("/melden/stand/", {"nummer": number})
    assert page.status_code == 200
    assert "<script>" not in page.text.split("<main")[1].split("</main>")[0]
    assert client.get("/melden/stand/M-ABCD-2345/").status_code == 404


def test_unknown_things_are_not_reported(client, db):
    for path in ("/melden/kommentare/99/", "/melden/unsinn/1/", "/melden/kommentare/abc/"):
        assert client.get(path).status_code == 404
        assert client.post(path, WORDS).status_code == 404


def test_names_of_connections_and_addresses_are_forgotten(citizen, moderator, say):
    comment = say(citizen)
    notice = report(comment, email="anna@test.example", sender="a" * 32)
    moderation.keep(user=moderator, matter=about(comment))
    later = timezone.now() + timedelta(seconds=1)
    assert (retention.forget_senders(later, True), retention.forget_addresses(later, True)) == (1, 1)
    notice.refresh_from_db()
    assert notice.email
    assert (retention.forget_senders(later, False), retention.forget_addresses(later, False)) == (1, 1)
    notice.refresh_from_db()
    assert (notice.email, notice.sender) == ("", "")
    assert {"notices.sender", "notices.email"} <= set(privacy.registered()["retention"])


def test_reporting_sets_no_cookie_before_the_form(db):
    client = Client()
    client.get("/moderation/regeln/")
    client.get("/moderation/zahlen/")
    assert not client.cookies

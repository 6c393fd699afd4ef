"""Three questions after an evening: who may answer, how often, until when, and what of it anybody sees."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dialogues.domain import feedback, worldcafe
from dialogues.domain.small_numbers import unsaid
from dialogues.models import Event, FeedbackAnswer, Participant, Round
from portal.accounts.enums import Role
from portal.comments.domain import moderation
from portal.comments.enums import Lane, State
from portal.comments.models import Matter
from portal.exceptions import DomainError, NotAllowed
from tests.dialogues.conftest import Desk

pytestmark = pytest.mark.django_db
ANYONE = AnonymousUser()


@pytest.fixture
def evening(make_event, moderator):
    """A board in its harvest, two tables."""
    event = make_event(title="DigiLog: Schatten", days=0)
    desk = Desk(worldcafe.open_world_cafe(user=moderator, event=event, tables=2, seat_limit=None))
    desk.do(desk.staff, "round.start")
    desk.event = event
    return desk


def harvest(desk):
    desk.do(desk.staff, "phase.set", phase="harvest")
    desk.board.refresh_from_db()


def pass_days(desk, days=8):
    """The evening was so many days ago."""
    back = timedelta(days=days)
    start, end = desk.event.starts_at, desk.event.ends_at
    Event.objects.filter(pk=desk.event.pk).update(starts_at=start - back, ends_at=end - back)
    for row in Round.objects.filter(board=desk.board, ends_at__isnull=False):
        Round.objects.filter(pk=row.pk).update(ends_at=row.ends_at - back)
    desk.board = type(desk.board).objects.select_related("event").get(pk=desk.board.pk)


def answer(desk, number=1, **fields):
    return feedback.give(guest=desk.seat(number).participant, board=desk.board, **fields)


def codes(call):
    with pytest.raises(DomainError) as raised:
        call()
    return raised.value.code


def test_questions_open_with_the_harvest_and_close_after_days(evening):
    guest = evening.seat().participant
    ask = lambda: feedback.give(guest=guest, board=evening.board, scale="5")  # noqa: E731
    evening.board.refresh_from_db()
    assert codes(ask) == "feedback_closed"
    harvest(evening)
    assert feedback.is_open(evening.board)
    pass_days(evening, 6)
    assert feedback.is_open(evening.board)
    pass_days(evening, 8)
    assert (codes(ask), FeedbackAnswer.objects.count()) == ("feedback_closed", 0)


def test_a_seat_answers_once_and_anonymously_unless_it_chooses_otherwise(evening):
    harvest(evening)
    guest = evening.seat(pseudonym="Ada").participant
    other = evening.seat(2, pseudonym="Bo").participant
    given = feedback.give(guest=guest, board=evening.board, scale="4", yes_no="yes")
    assert (given.participant, given.scale, given.yes, given.text) == (None, 4, True, "")
    assert codes(lambda: feedback.give(guest=guest, board=evening.board, scale="1")) == "already_given"
    named = feedback.give(guest=other, board=evening.board, yes_no="no", with_seat=True)
    assert (named.participant, named.yes) == (other, False)
    assert FeedbackAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "empty"),
        ({"text": "  \n "}, "empty"),
        ({"scale": "6"}, "invalid"),
        ({"scale": "0"}, "invalid"),
        ({"scale": ["1"]}, "invalid"),
        ({"yes_no": "vielleicht"}, "invalid"),
        ({"text": "x" * 1001}, "too_long"),
    ],
)
def test_wrong_answers_are_refused_and_may_be_given_anew(evening, fields, code):
    harvest(evening)
    guest = evening.seat().participant
    assert codes(lambda: feedback.give(guest=guest, board=evening.board, **fields)) == code
    assert feedback.give(guest=guest, board=evening.board, scale="3").scale == 3


def test_only_guests_of_this_board_who_are_not_blocked_answer(evening, desk):
    harvest(evening)
    assert codes(lambda: feedback.give(guest=None, board=evening.board, scale="3")) == "not_seated"
    stranger = desk.seat().participant
    assert codes(lambda: feedback.give(guest=stranger, board=evening.board, scale="3")) == "not_seated"
    guest = evening.seat().participant
    evening.do(evening.staff, "participant.block", participant=str(guest.uuid))
    guest.refresh_from_db()
    assert codes(lambda: feedback.give(guest=guest, board=evening.board, scale="3")) == "blocked"


def test_practice_boards_and_evenings_that_do_not_want_to_ask_nothing(evening, desk, moderator):
    desk.do(desk.staff, "phase.set", phase="harvest")
    desk.board.refresh_from_db()
    assert not feedback.is_open(desk.board)
    assert codes(lambda: feedback.word(user=moderator, board=desk.board, changes={})) == "no_event"
    harvest(evening)
    feedback.word(user=moderator, board=evening.board, changes={"is_on": False})
    assert not feedback.is_open(evening.board)


def test_wordings_are_the_moderation_s_until_somebody_answered(evening, moderator, make_user):
    changes = {"scale": "Wie war der Saal?", "scale_en": "How was the hall?"}
    with pytest.raises(NotAllowed):
        feedback.word(user=make_user(Role.PROJECT_LEAD), board=evening.board, changes=changes)
    found = feedback.word(user=moderator, board=evening.board, changes=changes)
    assert feedback.questions(found)["scale"] == "Wie war der Saal?"
    assert feedback.questions(found, "en")["scale"] == "How was the hall?"
    assert feedback.questions(found)["yes_no"] == "Konnten Sie sagen, was Ihnen wichtig ist?"
    bad = lambda: feedback.word(user=moderator, board=evening.board, changes={"days": 61})  # noqa: E731
    assert codes(bad) == "invalid"
    harvest(evening)
    answer(evening, scale="5")
    late = lambda: feedback.word(user=moderator, board=evening.board, changes={"words": "Noch was?"})  # noqa: E731
    assert codes(late) == "already_answered"
    assert feedback.word(user=moderator, board=evening.board, changes={"days": 14}).days == 14


def test_words_wait_for_the_moderation(evening, moderator):
    harvest(evening)
    for _number in range(4):
        answer(evening, scale="5")
    given = answer(evening, text="Mehr Licht, bitte")
    matter = Matter.objects.get(kind="feedback")
    assert (matter.object_key, matter.lane, matter.author) == (str(given.pk), Lane.HELD, None)
    pass_days(evening)
    assert feedback.summary(board=evening.board, user=ANYONE).texts == []
    assert Client().get(f"/melden/rueckmeldungen/{given.pk}/").status_code == 404
    moderation.release(user=moderator, matter=matter)
    assert feedback.summary(board=evening.board, user=ANYONE).texts == ["Mehr Licht, bitte"]
    assert Client().get(f"/melden/rueckmeldungen/{given.pk}/").status_code == 200
    moderation.hide(user=moderator, matter=Matter.objects.get(), reason="other", facts="Doch nicht.")
    given.refresh_from_db()
    assert (feedback.summary(board=evening.board, user=ANYONE).texts, given.state) == ([], State.HIDDEN)
    moderation.restore(user=moderator, matter=Matter.objects.get(), facts="War in Ordnung.")
    moderation.hold(user=moderator, matter=Matter.objects.get(), reason="other", facts="Noch einmal lesen.")
    assert feedback.summary(board=evening.board, user=ANYONE).texts == []
    moderation.delete(user=moderator, matter=Matter.objects.get(), reason="personal_data", facts="Nennt jemanden.")
    given.refresh_from_db()
    assert (given.text, given.state) == ("", State.DELETED)


def test_nobody_but_the_staff_sees_anything_while_people_answer(evening, moderator):
    harvest(evening)
    for _number in range(6):
        answer(evening, scale="5")
    assert feedback.summary(board=evening.board, user=ANYONE) is None
    assert feedback.summary(board=evening.board, user=moderator).people == 6
    url = reverse("dialogues:event-feedback", args=[evening.event.slug])
    assert Client().get(url).status_code == 404
    pass_days(evening)
    assert Client().get(url).status_code == 200


def test_below_five_answers_the_public_sees_no_number(evening, moderator):
    harvest(evening)
    for _number in range(4):
        answer(evening, scale="1", yes_no="no", text="Zu kalt")
    FeedbackAnswer.objects.update(state=State.VISIBLE)
    pass_days(evening)
    found = feedback.summary(board=evening.board, user=ANYONE)
    assert (found.people, found.too_few, found.tallies, found.texts) == (4, True, [], [])
    page = Client().get(reverse("dialogues:event-feedback", args=[evening.event.slug])).content.decode()
    assert "Unter fünf Antworten" in page
    assert "Zu kalt" not in page
    staff = feedback.summary(board=evening.board, user=moderator)
    assert [(row.label, row.count) for row in staff.tallies[1].rows] == [("Ja", 0), ("Nein", 4)]


def test_small_numbers_stay_unsaid_and_cannot_be_computed(evening):
    harvest(evening)
    for scale in "5" * 9 + "4" * 6 + "3":
        answer(evening, scale=scale, yes_no="yes")
    for _number in range(3):
        answer(evening, yes_no="no")
    pass_days(evening)
    scale, yes_no = feedback.summary(board=evening.board, user=ANYONE).tallies
    assert [row.count for row in scale.rows] == [None, None, None, 6, 9]
    assert (scale.people, scale.average) == (16, None)
    assert [row.count for row in yes_no.rows] == [None, None]


def test_an_average_is_told_where_every_number_is(evening):
    harvest(evening)
    for scale in "12345" * 5:
        answer(evening, scale=scale)
    pass_days(evening)
    scale, yes_no = feedback.summary(board=evening.board, user=ANYONE).tallies
    assert ([row.count for row in scale.rows], [row.share for row in scale.rows]) == ([5] * 5, [20] * 5)
    assert (scale.average, yes_no.rows) == (3.0, [])


@pytest.mark.parametrize(
    ("counts", "exclusive", "hidden"),
    [
        ([5, 9], True, set()),
        ([4, 9], True, {0, 1}),
        ([4, 9, 7], True, {0, 2}),
        ([4, 9, 7], False, {0}),
        ([0, 3, 7], True, {0, 1}),
        ([3], True, {0}),
        ([], True, set()),
    ],
)
def test_unsaid_numbers(counts, exclusive, hidden):
    assert unsaid(counts, exclusive=exclusive) == hidden


# Pages


def test_a_guest_without_script_answers_on_the_page_of_the_table(evening):
    client, code = Client(), evening.table(1).code
    client.post(f"/t/{code}/", {"pseudonym": "Ada"})
    assert "data-feedback hidden" in client.get(f"/t/{code}/").content.decode()
    harvest(evening)
    page = client.get(f"/t/{code}/").content.decode()
    assert "data-feedback>" in page
    assert "Wie zufrieden sind Sie mit dem Abend?" in page
    empty = client.post(f"/t/{code}/rueckmeldung/", {"text": ""})
    assert (empty.status_code, "mindestens eine der drei Fragen" in empty.content.decode()) == (400, True)
    wrong = client.post(f"/t/{code}/rueckmeldung/", {"scale": "9", "text": "Bleibt stehen"})
    assert (wrong.status_code, "Bleibt stehen" in wrong.content.decode()) == (400, True)
    done = client.post(f"/t/{code}/rueckmeldung/", {"scale": "4", "yes_no": "yes", "text": "Gut"}, follow=True)
    assert "Ihre Antworten sind angekommen" in done.content.decode()
    again = client.post(f"/t/{code}/rueckmeldung/", {"scale": "4"})
    assert again.status_code == 409
    given = FeedbackAnswer.objects.get()
    assert (given.scale, given.yes, given.text, given.participant) == (4, True, "Gut", None)
    assert "data-feedback hidden" in client.get(f"/t/{code}/").content.decode()


def test_a_closed_board_still_takes_answers_of_its_guests(evening):
    client, code = Client(), evening.table(1).code
    client.post(f"/t/{code}/", {"pseudonym": "Ada"})
    harvest(evening)
    evening.do(evening.staff, "phase.set", phase="closed")
    assert client.post(f"/t/{code}/rueckmeldung/", {"scale": "2"}).status_code == 302
    stranger = Client().post(f"/t/{code}/rueckmeldung/", {"scale": "2"})
    assert (stranger.status_code, "wer an einem Tisch saß" in stranger.content.decode()) == (403, True)
    assert FeedbackAnswer.objects.count() == 1


def test_a_phone_answers_with_its_token_and_gets_json(evening):
    seat = evening.seat()
    harvest(evening)
    url = f"/t/{evening.table(2).code}/rueckmeldung/"
    fields = {"token": seat.token, "scale": "5", "with_seat": "1"}
    answer = Client().post(url, fields, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (201, {"message": "Vielen Dank! Ihre Antworten sind angekommen."})
    again = Client().post(url, fields, headers={"Accept": "application/json"})
    assert (again.status_code, again.json()["code"], dict(again.cookies)) == (409, "already_given", {})
    assert FeedbackAnswer.objects.get().participant == seat.participant
    foreign = Client().post(url, fields, headers={"Accept": "application/json", "Origin": "https://boese.example"})
    assert (foreign.status_code, foreign.json()["code"]) == (403, "bad_origin")
    forged = Client().post(url, {"token": "p.falsch", "scale": "1"}, headers={"Accept": "application/json"})
    assert forged.json()["code"] == "not_seated"
    unknown = Client().post("/t/XXXXX/rueckmeldung/", fields, headers={"Accept": "application/json"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_code")


def test_before_the_harvest_and_after_the_days_the_page_says_so(evening):
    url = f"/t/{evening.table(1).code}/rueckmeldung/"
    assert "sobald die Ernte beginnt" in Client().get(url).content.decode()
    harvest(evening)
    pass_days(evening)
    assert "nicht mehr" in Client().get(url).content.decode()


def test_the_moderation_words_the_questions_and_reads_every_answer(evening, moderator, make_user):
    client = Client()
    client.force_login(moderator)
    url = reverse("dialogues:event-feedback", args=[evening.event.slug])
    assert client.post(url, {"is_on": "on", "scale": "Wie war es?", "days": "3"}).status_code == 302
    assert client.post(url, {"is_on": "on", "days": "99"}).status_code == 400
    harvest(evening)
    guest = evening.seat(pseudonym="Ada Beispiel").participant
    feedback.give(guest=guest, board=evening.board, text="=Rechnung", with_seat=True)
    answer(evening, scale="3")
    page = client.get(url).content.decode()
    assert "Tisch 1, Ada Beispiel" in page
    assert "=Rechnung" in page
    assert "Wie war es?" in page
    sheet = client.get(reverse("dialogues:event-feedback-csv", args=[evening.event.slug]))
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["skala"], row["text"], row["name"]) for row in rows] == [
        ("", "'=Rechnung", "Ada Beispiel"),
        ("3", "", ""),
    ]
    assert Client().get(reverse("dialogues:event-feedback-csv", args=[evening.event.slug])).status_code == 404
    pass_days(evening)
    outsider = Client()
    assert outsider.post(url, {"is_on": "on", "days": "1"}).status_code in (403, 404)
    public = outsider.get(url).content.decode()
    assert "Ada Beispiel" not in public
    assert "Rechnung" not in public


def test_pages_ask_the_database_as_often_for_thirty_answers(evening, moderator):
    harvest(evening)
    client = Client()
    client.force_login(moderator)
    url = reverse("dialogues:event-feedback", args=[evening.event.slug])
    answer(evening, text="Gut", with_seat=True)
    client.get(url)
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        counts.append(len(seen))
        for _number in range(29):
            answer(evening, text="Gut", with_seat=True)
    assert counts[0] == counts[1]


def test_participants_of_a_board_are_marked_not_listed(evening):
    """Nothing in an anonymous row points at a guest: no key, no time, no place in an order."""
    harvest(evening)
    guest = evening.seat().participant
    given = feedback.give(guest=guest, board=evening.board, scale="1")
    assert Participant.objects.filter(feedback_given=True).get() == guest
    names = {field.name for field in FeedbackAnswer._meta.fields}
    assert names == {"uuid", "board", "participant", "scale", "yes", "text", "state", "hidden_reason", "day", "sample"}
    assert given.day == timezone.localdate()

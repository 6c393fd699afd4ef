"""What citizens do: ask the Council, check a printed hash, fetch the dossier, follow; and what the calendar does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from ethics import sources
from ethics.domain import clockwork, figures, folder, inquiries, minutes, proof, review, successors, talk, triage
from ethics.enums import State
from ethics.models import AgendaItem, DossierFile, Inquiry, ReviewCase
from portal import audit
from portal.activity.models import Activity
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


def client_of(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_question_is_asked_answered_and_linked(story):
    case = story.to(State.PUBLISHED)
    anonymous = client_of()
    assert anonymous.get("/ethikrat/fragen/").status_code == 200
    assert not anonymous.cookies
    assert anonymous.post("/ethikrat/fragen/", {"question": "x" * 30}).status_code == 302
    assert not Inquiry.objects.exists()
    asker = client_of(story.outsider)
    assert asker.post("/ethikrat/fragen/", {"question": "zu kurz"}).status_code == 400
    words = "Warum sind die Sensoren <b>so</b> sparsam mit Daten?"
    assert asker.post("/ethikrat/fragen/", {"question": words}).status_code == 302
    inquiry = Inquiry.objects.get()
    url = f"/ethikrat/fragen/{inquiry.pk}/antwort/"
    for person in (story.outsider, story.lead, story.members[4], story.admin):
        assert client_of(person).get(url).status_code == 404
    assert (
        client_of(story.office).post(url, {"text": "Weil nur der Boden gemessen wird.", "case": case.pk}).status_code
        == 302
    )
    page = anonymous.get("/ethikrat/fragen/").content.decode()
    assert "Weil nur der Boden gemessen wird." in page
    assert case.title in page
    assert "<b>so</b>" not in page
    assert Activity.objects.filter(verb="inquiry.answered").count() == 1
    assert audit.verify().ok


def test_question_is_linked_to_published_cases_alone_and_hidden_ones_get_no_answer(story):
    inquiry = inquiries.ask(story.outsider, question="Was sagt der Rat zu Kameras am Bahnhof?")
    hidden = story.to(State.REVIEW)
    with pytest.raises(DomainError) as caught:
        inquiries.answer(story.office, inquiry=inquiry, text="Er prüft es gerade gründlich.", case=hidden)
    assert caught.value.code == "not_public"
    kind = inquiries.InquiryKind()
    kind.hide(str(inquiry.pk), user=story.office, reason="off_topic")
    with pytest.raises(DomainError):
        inquiries.answer(story.office, inquiry=inquiry, text="Er prüft es gerade gründlich.")
    assert "Kameras" not in client_of().get("/ethikrat/fragen/").content.decode()
    kind.delete(str(inquiry.pk), user=story.office, reason="personal")
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.question) == ("deleted", "")
    assert audit.verify().ok


def test_printed_hashes_are_checked_by_anybody(story):
    case = story.to(State.CLOSED)
    page = client_of().get("/ethikrat/echtheit/", {"wert": case.public_hash})
    assert page.status_code == 200
    assert not page.cookies
    assert "Stimmt überein." in page.content.decode()
    seq, hash_ = audit.head(case.stream)
    assert [p.holds for p in proof.check(f"{case.stream} {seq} {hash_}")] == [True]
    assert "kennen wir nicht" in client_of().get("/ethikrat/echtheit/", {"wert": "0" * 64}).content.decode()
    assert client_of().get("/ethikrat/echtheit/", {"wert": "<script>"}).status_code == 422
    type(case.recommendation).objects.filter(case=case).update(text="Nachträglich anders.")
    changed = client_of().get("/ethikrat/echtheit/", {"wert": case.public_hash}).content.decode()
    assert "Stimmt nicht mehr überein" in changed


def test_check_names_nothing_of_a_case_that_is_not_public(story):
    case = story.draft(title="Geheimtitel")
    case = story.to(State.REVIEW, case)
    for printed in (audit.head(case.stream)[1], case.versions.get().hash):
        page = client_of().get("/ethikrat/echtheit/", {"wert": printed}).content.decode()
        assert "Stimmt überein." in page
        assert "Geheimtitel" not in page
        assert case.slug not in page


def test_dossier_is_made_once_for_each_state_of_the_chain(story):
    case = story.to(State.PUBLISHED)
    url = f"{case.get_absolute_url()}dossier.pdf"
    first = client_of().get(url)
    assert first.content.startswith(b"%PDF")
    assert client_of().get(url).content == first.content
    assert DossierFile.objects.get().done == 100
    story.to(State.AWAITING_ANSWER, case)
    client_of().get(url)
    assert DossierFile.objects.count() == 1
    DossierFile.objects.update(data=None, done=40)
    assert client_of().get(url).status_code == 302
    assert "40" in client_of().get(f"{case.get_absolute_url()}dossier/").content.decode()


def test_figures_of_the_year_count_what_is_public(story):
    story.to(State.CLOSED)
    story.to(State.REVIEW)
    year = figures.of_years()[0]
    assert (year.recommendations, year.conditions, year.accepted, year.done, year.answers) == (1, 1, 1, 1, 0)


def test_minutes_are_computed_released_and_fixed(story):
    case = story.to(State.SCHEDULED)
    review.declare(story.members[7], case=case, conflicted=True, ground="organ")
    item = AgendaItem.objects.get()
    with pytest.raises(DomainError) as caught:
        minutes.write(story.office, meeting=item.meeting, remarks="", courses={})
    assert caught.value.code == "too_early"
    story.attend(item.meeting)
    story.vote(case, "jjjjjjj")
    url = f"/ethikrat/buero/sitzungen/{item.meeting_id}/niederschrift/"
    assert client_of(story.office).post(url, {f"item-{item.pk}": "Lange beraten.", "remarks": ""}).status_code == 302
    assert client_of(story.office).post(url, {"freigeben": "1"}).status_code == 403
    assert client_of(story.chair).post(url, {"freigeben": "1"}).status_code == 302
    assert client_of(story.chair).post(url, {"freigeben": "1"}).status_code == 409
    page = client_of(story.members[3]).get(url).content.decode()
    assert "Lange beraten." in page
    assert "Ja 7, Nein 0, Enthaltung 0." in page
    assert story.members[7].public_name in page
    recused = client_of(story.members[7]).get(url).content.decode()
    assert "Lange beraten." not in recused
    assert "Ja 7" not in recused
    pdf = client_of(story.members[3]).get(f"/ethikrat/buero/sitzungen/{item.meeting_id}/niederschrift.pdf")
    assert pdf.content.startswith(b"%PDF")
    for anchor in item.meeting.minutes.anchors:
        stream, seq, _hash = anchor.split()
        assert int(seq) <= audit.head(stream)[0]
    assert audit.verify().ok
    type(item.meeting.minutes).objects.update(remarks="anders")
    assert not audit.verify().ok


def test_folder_carries_the_name_and_leaves_out_what_is_not_for_this_member(story):
    case = story.to(State.SCHEDULED)
    item = AgendaItem.objects.get()
    url = f"/ethikrat/buero/sitzungen/{item.meeting_id}/mappe/"
    reader = client_of(story.members[3])
    assert reader.post(f"{url}{item.pk}/", {"bookmarked": "on", "note": "Nach Kosten fragen."}).status_code == 302
    page = reader.get(url).content.decode()
    assert "Nach Kosten fragen." in page
    assert f"Persönliche Mappe von {story.members[3].public_name}" in page
    assert "Nach Kosten fragen." not in client_of(story.members[4]).get(url).content.decode()
    assert reader.get(f"{url[:-1]}.pdf").content.startswith(b"%PDF")
    review.declare(story.members[3], case=case, conflicted=True, ground="gutachten")
    page = reader.get(url).content.decode()
    assert "Sie sind in dieser Sache befangen." in page
    assert "Nach Kosten fragen." not in page
    assert "Der Nutzen ist groß" not in page
    with pytest.raises(DomainError):
        folder.mark(story.members[3], item=item, bookmarked=True, note="trotzdem")
    for person in (story.office, story.lead, story.outsider):
        assert client_of(person).get(url).status_code == 404


def test_questions_and_discussion_keep_to_their_readers(story):
    case = story.to(State.REVIEW)
    question = talk.ask(story.members[3], case=case, text="Wer betreibt die Plattform?")
    page = client_of(story.lead).get(case.get_office_url()).content.decode()
    assert "Wer betreibt die Plattform?" in page
    assert story.members[3].public_name not in page
    talk.answer(story.lead, question=question, text="Die Stadt selbst.")
    with pytest.raises(DomainError) as caught:
        talk.answer(story.lead, question=question, text="Doch nicht.")
    assert caught.value.code == "already_answered"
    with pytest.raises(DomainError) as caught:
        talk.remark(story.members[3], case=case, section="daten", text="Das sehe ich so.")
    assert caught.value.code == "wrong_state"
    case = story.to(State.READY, case)
    talk.remark(story.members[3], case=case, section="daten", text="Das sehe ich so.")
    for person in (story.lead, story.dpo, story.office):
        with pytest.raises(NotAllowed):
            talk.remark(person, case=case, section="daten", text="Ich auch.")
    assert audit.verify().ok


def test_deadlines_act_by_themselves_once(story):
    case = story.to(State.REVIEW)
    review.save_opinion(story.members[0], case=case, stance="empfehlung", text="Das halte ich für gut.", submit=True)
    short = story.to(State.TRIAGE)
    triage.choose_track(story.office, case=short, track="kurz")
    closed = story.to(State.CLOSED)
    successors.set_review_date(story.office, case=closed, day=timezone.localdate() + timedelta(days=1))
    clockwork.run()
    states = lambda: [ReviewCase.objects.get(pk=c.pk).state for c in (case, short, closed)]  # noqa: E731
    assert states() == [State.REVIEW, State.TRIAGE, State.CLOSED]
    past = timezone.now() - timedelta(minutes=1)
    ReviewCase.objects.filter(pk=case.pk).update(opinions_due=past)
    ReviewCase.objects.filter(pk=short.pk).update(objections_due=past)
    ReviewCase.objects.filter(pk=closed.pk).update(review_on=timezone.localdate())
    clockwork.run()
    clockwork.run()
    assert states() == [State.READY, State.SHORT_CLOSED, State.RESUBMITTED]
    other = story.to(State.TRIAGE)
    triage.choose_track(story.office, case=other, track="kurz")
    ReviewCase.objects.filter(pk=other.pk).update(objections_due=past)
    with pytest.raises(DomainError) as caught:
        triage.object_to_short_track(story.members[4], case=other)
    assert caught.value.code == "too_late"


def test_reminders_go_out_once_at_30_7_and_1_days_in_one_mail(story):
    first, second = story.to(State.AWAITING_ANSWER), story.to(State.AWAITING_ANSWER)
    sent = []
    for days in (40, 30, 20, 7, 6, 1, 1):
        due = timezone.now() + timedelta(days=days)
        ReviewCase.objects.filter(pk__in=[first.pk, second.pk]).update(answer_due=due)
        mail.outbox.clear()
        clockwork.remind()
        sent.append([message.to for message in mail.outbox])
    assert sent[0] == []
    assert sent[1] == [[story.lead.email]]
    assert sent[6] == []


def test_what_comes_back_is_followed_by_a_case_of_its_own(story):
    case = story.to(State.CLOSED)
    published = case.public_hash
    ReviewCase.objects.filter(pk=case.pk).update(review_on=timezone.localdate())
    clockwork.run()
    successor = successors.begin_successor(story.lead, case=case)
    with pytest.raises(DomainError):
        successors.begin_successor(story.lead, case=case)
    assert successor.versions.get().content["what"] == case.versions.get().content["what"]
    story.to(State.TRIAGE, successor)
    case.refresh_from_db()
    assert (case.state, case.replaced_by, case.public_hash) == (State.REPLACED, successor, published)
    assert client_of().get(case.get_absolute_url()).status_code == 200
    assert audit.verify().ok


def test_the_figure_of_the_year_speaks_of_one_recommendation_or_of_several(story):
    case = story.to(State.PUBLISHED)
    assert sources.count(case.published_at.year).label == "Empfehlung des Ethikrats"

"""Anyone reports a barrier; the desk marks it as done and cannot change it."""

from __future__ import annotations

import pytest

from portal.cms.domain.feedback import close_note, report_barrier
from portal.cms.models import BarrierNote
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
URL = "/barrierefreiheit/melden/"


def test_anyone_reports_without_saying_who(client, home):
    form = {"text": "Die Karte geht nicht mit der Tastatur.", "page": "/projekte/karte/", "email": "", "website": ""}
    assert client.post(URL, form).status_code == 302
    note = BarrierNote.objects.get()
    assert (note.page, note.email) == ("/projekte/karte/", "")


@pytest.mark.parametrize("wrong", [{"text": ""}, {"text": "x" * 3001}, {"email": "keine-adresse"}])
def test_bad_input_is_named_and_changes_nothing(client, home, wrong):
    form = {"text": "Geht nicht.", "page": "", "email": "", "website": ""} | wrong
    assert client.post(URL, form).status_code == 422
    assert not BarrierNote.objects.exists()


def test_machines_are_thanked_and_ignored(client, home):
    client.post(URL, {"text": "Werbung", "website": "http://spam.example"})
    assert not BarrierNote.objects.exists()


def test_empty_and_long_texts_are_refused_by_the_domain_too(editor):
    for text, code in ((" ", "empty"), ("x" * 3001, "too_long")):
        with pytest.raises(DomainError) as refused:
            report_barrier(user=editor, text=text)
        assert refused.value.code == code


def test_desk_marks_it_as_done(client, home, editor, make_user):
    note = report_barrier(user=editor, text="Geht nicht.")
    with pytest.raises(NotAllowed):
        close_note(user=make_user(), note=note)
    client.force_login(editor)
    url = f"/verwaltung/barrieren/edit/{note.pk}/"
    assert "Geht nicht." in client.get(url).content.decode()
    assert client.post(url, {"done": "on", "text": "geändert"}).status_code == 302
    note.refresh_from_db()
    assert (note.text, note.handled_at is not None) == ("Geht nicht.", True)

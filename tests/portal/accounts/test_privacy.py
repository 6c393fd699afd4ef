"""Own data, erasure, retention."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.utils import timezone

from portal.accounts.domain import privacy
from portal.accounts.models import ErasedAccount, User
from portal.comments.domain import writing
from portal.exceptions import NotAllowed
from portal.outbox.domain.queue import enqueue
from portal.outbox.models import Mail


def test_export_names_the_person_and_nobody_else(make_user):
    user, other = make_user(), make_user()
    found = privacy.export(user=user)["parts"]
    assert found["account"][0]["email"] == user.email
    assert other.email not in json.dumps(found)


def test_erasure_leaves_no_identifier(client, make_user):
    user = make_user(email="weg@test.example", display_name="Weg Damit")
    enqueue(message=EmailMessage("Hallo", "Text", to=["weg@test.example"]))
    client.force_login(user)
    privacy.erase(user=user, account=user)
    gone = User.objects.get(pk=user.pk)
    assert (gone.public_name, gone.is_active, gone.has_usable_password()) == ("gelöschtes Konto", False, False)
    assert "weg" not in gone.email
    assert not Mail.objects.to_address("weg@test.example").exists()
    assert not EmailAddress.objects.filter(user=gone).exists()
    assert "weg@test.example" not in str(ErasedAccount.objects.values())
    assert client.get("/konto/").status_code == 302


def test_erasure_by_an_outsider_is_refused(make_user):
    account = make_user()
    with pytest.raises(NotAllowed):
        privacy.erase(user=make_user(), account=account)
    account.refresh_from_db()
    assert account.erased_at is None


def test_erased_account_in_a_restored_backup_is_erased_again(make_user):
    user = make_user()
    privacy.erase(user=user, account=user)
    User.objects.filter(pk=user.pk).update(erased_at=None, email="zurueck@test.example", display_name="Zurück")
    assert privacy.erase_again() == 1
    assert User.objects.get(pk=user.pk).public_name == "gelöschtes Konto"


def test_own_erasure_asks_for_the_password_first(client, make_user):
    client.force_login(make_user())
    assert client.get("/konto/daten/loeschen/")["Location"].startswith("/konto/reauthenticate/")


def test_own_erasure_shows_what_happens_and_needs_the_word(client, make_user, make_project):
    user = make_user()
    writing.create(user=user, thread=make_project().thread, text="Ein Beitrag, der stehen bleibt.")
    client.force_login(user)
    client.post("/konto/reauthenticate/", {"password": "Testquelle-2026", "next": "/konto/daten/loeschen/"})
    page = client.get("/konto/daten/loeschen/").text
    assert "Kommentare, die zu sehen sind" in page
    assert "bleiben unter „gelöschtes Konto“" in page
    for wrong in ("", "ja", "löschen bitte"):
        assert client.post("/konto/daten/loeschen/", {"word": wrong}).status_code == 400
    assert User.objects.get(pk=user.pk).erased_at is None
    assert client.post("/konto/daten/loeschen/", {"word": "Löschen"})["Location"] == "/"
    assert User.objects.get(pk=user.pk).erased_at is not None
    assert client.get("/konto/").status_code == 302


def test_the_preview_counts_and_tells_nothing_that_is_not_there(make_user):
    user = make_user()
    assert [(str(fate.label), fate.number) for fate in privacy.preview(user=user)] == [
        ("Name, Passwort und Angaben zur Person", 1),
        ("E-Mail-Adressen", 1),
    ]


def test_retention_counts_before_it_deletes(make_user):
    old = make_user()
    EmailAddress.objects.filter(user=old).update(verified=False)
    User.objects.filter(pk=old.pk).update(date_joined=timezone.now() - timedelta(days=15))
    make_user()
    counts = {rule.key: number for rule, number in privacy.retain(dry_run=True)}
    assert (counts["accounts.unverified"], User.objects.count()) == (1, 2)
    privacy.retain()
    assert not User.objects.filter(pk=old.pk).exists()

"""Newsletters: ordered with a confirmed address only, sent once to each reader, ended with one click."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.domain import privacy
from portal.accounts.enums import Role
from portal.audit.models import AuditEntry, AuditPayload
from portal.exceptions import DomainError, NotAllowed
from portal.newsletter.domain import segments, sending, subscribing
from portal.newsletter.enums import IssueState
from portal.newsletter.models import Issue, Segment, Subscription
from portal.outbox.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(make_user):
    return make_user(Role.COMMUNICATIONS)


@pytest.fixture
def segment(staff) -> Segment:
    return segments.add(user=staff, title="Umwelt", slug="umwelt")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def order(segment, email="leserin@test.example", **more):
    return Client().post("/rundbriefe/", {"email": email, "segments": [segment.pk], **more})


def link(letter, before: str) -> str:
    """The path of the first address after some words of a mail."""
    return "/" + letter.body.split(before)[1].split("http", 1)[1].split()[0].split("/", 3)[3]


def reader(segment, email) -> Subscription:
    subscribing.subscribe(email=email, segments=[segment])
    found = Subscription.objects.get(email=email)
    found.confirmed_at = timezone.now()
    found.save()
    found.segments.set([segment])
    return found


def test_double_opt_in_with_proof(segment, mailoutbox):
    assert order(segment, " Leserin@Test.example ")["Location"] == "/rundbriefe/bestellt/"
    found = Subscription.objects.get()
    assert (found.email, found.confirmed_at, found.segments.count()) == ("leserin@test.example", None, 0)
    (letter,) = mailoutbox
    path = link(letter, "bestätigen")
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200
    found.refresh_from_db()
    assert found.confirmed_at is None, "a mail programme that opens links must not confirm"
    assert "Umwelt" in client.post(path).text
    found.refresh_from_db()
    assert found.confirmed_at is not None
    assert found.consent.text == subscribing.CONSENT
    entry = AuditEntry.objects.get(action="newsletter.confirmed")
    assert '"version":1' in AuditPayload.objects.get(entry=entry).data
    assert list(found.segments.all()) == [segment]


@pytest.mark.parametrize(
    ("change", "status"), [({"email": "keine"}, 400), ({"segments": []}, 400), ({"segments": ["99"]}, 400)]
)
def test_bad_orders_are_told_and_change_nothing(segment, change, status):
    answer = Client().post("/rundbriefe/", {"email": "a@test.example", "segments": [segment.pk]} | change)
    assert answer.status_code == status
    assert not Subscription.objects.exists()


def test_programmes_in_the_trap_get_no_mail(segment, mailoutbox):
    assert order(segment, telefon="123")["Location"] == "/rundbriefe/bestellt/"
    assert not Subscription.objects.exists()
    assert mailoutbox == []


def test_an_address_is_not_flooded(segment, mailoutbox):
    for _ in range(3):
        order(segment)
    assert len(mailoutbox) == 1


def test_nobody_changes_the_order_of_someone_else(segment, staff):
    found = reader(segment, "leserin@test.example")
    other = segments.add(user=staff, title="Verkehr", slug="verkehr")
    order(other)
    assert list(found.segments.all()) == [segment]


@pytest.mark.parametrize("token", ["unsinn", "WyJhIl0:1:x"])
def test_forged_links_do_nothing(segment, token):
    for path in (f"/rundbriefe/bestaetigen/{token}/", f"/rundbriefe/abbestellen/{token}/"):
        assert Client().get(path).status_code == 404
        assert Client().post(path).status_code == 404


def test_the_desk_writes_previews_and_sends(staff, segment, mailoutbox):
    first, _second = reader(segment, "eins@test.example"), reader(segment, "zwei@test.example")
    subscribing.subscribe(email="nie@test.example", segments=[segment])
    mailoutbox.clear()
    client = signed_in(staff)
    form = {"title": "Neues vom Wasser", "body": "Guten Tag,\nes gibt Neues.", "segments": [segment.pk]}
    path = client.post("/rundbriefe/schreiben/neu/", form)["Location"]
    page = client.get(path).text
    assert "An 2 Adressen verschicken" in page
    assert "es gibt Neues." in page
    client.post(f"{path}senden/", {"sample": "1"})
    assert [letter.to for letter in mailoutbox] == [[staff.email]]
    client.post(f"{path}senden/")
    assert client.get(path, headers={"Accept": "application/json"}).json() == {
        "state": "sending", "done": 0, "total": 2, "finished": False,
    }  # fmt: skip
    sending.run()
    assert "An 2 Adressen verschickt" in client.get(path).text
    mails = Mail.objects.filter(subject="Neues vom Wasser").order_by("pk")
    assert [mail.addresses for mail in mails] == [["eins@test.example"], ["zwei@test.example"]]
    letter = message_from_bytes(bytes(mails[0].message), policy=policy.default)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not any(
        part.get_content_maintype() == "image" or "html" in part.get_content_type() for part in letter.walk()
    )
    stop = letter["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    assert Client(enforce_csrf_checks=True).post(f"/{stop}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.filter(pk=first.pk).exists()
    assert Client().post(f"/{stop}").status_code == 200  # twice does nothing


def test_a_reader_changes_topics_by_the_link(segment, staff):
    other = segments.add(user=staff, title="Verkehr", slug="verkehr")
    found = reader(segment, "leserin@test.example")
    path = f"/rundbriefe/abbestellen/{subscribing.stop_token(found)}/"
    assert "Umwelt" in Client().get(path).text
    Client().post(path, {"change": "1", "segments": [other.pk]})
    assert list(found.segments.all()) == [other]
    Client().post(path, {"change": "1"})
    assert not Subscription.objects.exists()


def test_an_issue_is_sent_once_and_goes_on_where_it_stopped(staff, segment):
    for n in range(7):
        reader(segment, f"leser{n}@test.example")
    Mail.objects.all().delete()
    issue = sending.write(user=staff, title="Brief", body="Text", segments=[segment])
    sending.send(user=staff, issue=issue)
    for expected in (3, 3, 1, 0):
        issue = Issue.objects.get()
        assert sending.deliver(issue, chunks=1, chunk=3) == expected
    assert sorted(address for mail in Mail.objects.all() for address in mail.addresses) == sorted(
        f"leser{n}@test.example" for n in range(7)
    )
    stale = Issue(pk=issue.pk, state=IssueState.SENDING, cursor=0, title="Brief", body="Text")
    assert sending._step(stale, 3) == 0
    for act in (sending.send, sending.write):
        more = {"title": "x", "body": "y", "segments": [segment]} if act is sending.write else {}
        with pytest.raises(DomainError, match="already_sent"):
            act(user=staff, issue=Issue.objects.get(), **more)


@pytest.mark.parametrize("number", [1, 30])
def test_a_chunk_costs_the_same_at_any_length(staff, segment, number, django_assert_num_queries):
    for n in range(number):
        reader(segment, f"leser{n}@test.example")
    issue = sending.send(user=staff, issue=sending.write(user=staff, title="B", body="T", segments=[segment]))
    with django_assert_num_queries(6):
        assert sending._step(issue, 100) == number


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.PROJECT_LEAD, Role.ADMIN])
def test_others_have_no_desk(make_user, segment, staff, role):
    user = make_user(*([role] if role else []))
    issue = sending.write(user=staff, title="Brief", body="Text", segments=[segment])
    for path in ("", "neu/", f"{issue.pk}/", f"{issue.pk}/aendern/"):
        assert signed_in(user).get(f"/rundbriefe/schreiben/{path}").status_code == 404
        assert Client().get(f"/rundbriefe/schreiben/{path}").status_code == 302
    for path in ("gruppen/", f"{issue.pk}/senden/"):
        assert signed_in(user).post(f"/rundbriefe/schreiben/{path}").status_code == 404
    for act in (
        lambda: sending.send(user=user, issue=issue),
        lambda: sending.send_sample(user=user, issue=issue),
        lambda: sending.write(user=user, title="x", body="y", segments=[segment]),
        lambda: segments.add(user=user, title="x", slug="x"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_bad_issues_are_refused(staff, segment):
    client = signed_in(staff)
    for change in ({"title": " "}, {"body": ""}, {"segments": []}):
        form = {"title": "T", "body": "B", "segments": [segment.pk]} | change
        assert client.post("/rundbriefe/schreiben/neu/", form).status_code == 400
    assert not Issue.objects.exists()
    issue = sending.write(user=staff, title="T\r\nBcc: wer@evil.example", body="B", segments=[segment])
    assert issue.title == "T Bcc: wer@evil.example"
    with pytest.raises(DomainError, match="no_readers"):
        sending.send(user=staff, issue=issue)


def test_unconfirmed_orders_expire_and_accounts_take_theirs_along(make_user, segment):
    user = make_user()
    reader(segment, user.email)
    subscribing.subscribe(email="nie@test.example", segments=[segment])
    old = timezone.now() - timedelta(days=15)
    Subscription.objects.update(asked_at=old)
    counts = {rule.key: number for rule, number in privacy.retain(dry_run=True)}
    assert (counts["newsletter.unconfirmed"], Subscription.objects.count()) == (1, 2)
    privacy.retain()
    assert Subscription.objects.get().email == user.email
    assert privacy.export(user=user)["parts"]["newsletter"][0]["segments"] == ["Umwelt"]
    privacy.erase(user=user, account=user)
    assert not Subscription.objects.exists()

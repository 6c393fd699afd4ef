"""Write and send newsletters: staff write and preview, the worker sends in chunks, each mail once."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.exceptions import DomainError, NotAllowed
from portal.newsletter.domain import subscribing
from portal.newsletter.enums import IssueState
from portal.newsletter.models import Issue, Segment, Subscription
from portal.outbox.domain import queue

if TYPE_CHECKING:
    from portal.accounts.models import User

PERMISSION = "newsletter.send_newsletter"
CHUNK, CHUNKS_PER_CALL = 50, 20


def write(
    *, user: User, title: str, body: str, segments: Iterable[Segment], issue: Issue | None = None, sample: bool = False
) -> Issue:
    """Saves a draft. Errors: NotAllowed, empty, no_segment, already_sent (409)."""
    _demand_right(user)
    subject, chosen = " ".join(title.split()), list(segments)
    if not subject or not body.strip():
        raise DomainError(
            "empty", _("Betreff und Text dürfen nicht leer sein."), field="title" if not subject else "body"
        )
    if not chosen:
        raise DomainError("no_segment", _("Bitte wählen Sie mindestens eine Gruppe."), field="segments")
    with transaction.atomic():
        draft = issue or Issue(author=user, sample=sample)
        _demand_draft(draft)
        draft.title, draft.body = subject, body.replace("\x00", "").strip()
        draft.save()
        draft.segments.set(chosen)
        audit.record(actor=user, action="newsletter.written", obj=draft, payload={"title": subject})
    return draft


def send(*, user: User, issue: Issue) -> Issue:
    """Lets the worker send the issue to the confirmed readers. Errors: NotAllowed, no_readers, already_sent (409)."""
    _demand_right(user)
    with transaction.atomic():
        found = Issue.objects.select_for_update().get(pk=issue.pk)
        _demand_draft(found)
        found.total = found.readers().count()
        if not found.total:
            raise DomainError("no_readers", _("In diesen Gruppen ist noch niemand."))
        found.state, found.started_at = IssueState.SENDING, timezone.now()
        found.save()
        payload = {"readers": found.total, "segments": sorted(found.segments.values_list("slug", flat=True))}
        audit.record(actor=user, action="newsletter.sent", obj=found, payload=payload)
    return found


def send_sample(*, user: User, issue: Issue) -> None:
    """Sends the issue to the person who writes it, to see it as readers will. Errors: NotAllowed."""
    _demand_right(user)
    message(issue, user.email, "").send()


def run() -> None:
    """The periodic job; an idle call reads once."""
    for issue in Issue.objects.filter(state=IssueState.SENDING).order_by("pk"):
        deliver(issue)


def deliver(issue: Issue, *, chunks: int = CHUNKS_PER_CALL, chunk: int = CHUNK) -> int:
    """Puts mails for the next readers into the outbox; mails and cursor of a chunk are one transaction."""
    sent = 0
    while chunks > 0 and issue.state == IssueState.SENDING:
        started = time.monotonic()
        sent, chunks = sent + _step(issue, chunk), chunks - 1
        if connection.vendor == "sqlite" and not connection.in_atomic_block:  # docs/decisions/0204
            time.sleep(min(time.monotonic() - started, 0.2))
    return sent


def message(issue: Issue, email: str, token: str) -> EmailMessage:
    """The mail: plain text, the way out in text and headers, no picture and nothing that reports back."""
    foot = [_("Sie bekommen diesen Rundbrief, weil Sie ihn bestellt haben.")]
    headers = {}
    if token:
        stop = subscribing.address_of(reverse("newsletter:stop", args=[token]))
        foot += [_("Abbestellen oder ändern:"), stop]
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mark = f"[{_('Beispieldaten')}] " if issue.sample else ""
    text = "\n".join([issue.body, "", "--", *foot, "Digitale Heimat PB, Stadt Paderborn", ""])
    return EmailMessage(f"{mark}{issue.title}", text, None, [email], headers=headers)


def _step(issue: Issue, chunk: int) -> int:
    readers: list[Subscription] = list(issue.readers().filter(pk__gt=issue.cursor)[:chunk])
    mails = [message(issue, reader.email, subscribing.stop_token(reader)) for reader in readers]
    done = len(readers) < chunk
    changes: dict[str, Any] = {"cursor": readers[-1].pk if readers else issue.cursor, "sent": issue.sent + len(mails)}
    if done:
        changes |= {"state": IssueState.SENT, "finished_at": timezone.now()}
    with transaction.atomic():
        here = Issue.objects.filter(pk=issue.pk, cursor=issue.cursor, state=IssueState.SENDING)
        moved = here.update(**changes)
        if moved:
            queue.enqueue_many(messages=mails)
    issue.refresh_from_db()
    return len(mails) if moved else 0


def _demand_right(user: Any) -> None:
    if not (user.is_active and user.has_perm(PERMISSION)):
        raise NotAllowed


def _demand_draft(issue: Issue) -> None:
    if issue.state != IssueState.DRAFT:
        raise DomainError("already_sent", _("Dieser Rundbrief ist schon unterwegs."), status=409)

"""Clubs and institutions propose events for the city's calendar; staff check and release them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues import permissions
from dialogues.domain import events
from dialogues.domain.online import gates
from dialogues.enums import EventKind, ProposalState
from dialogues.models import EventProposal
from portal import audit
from portal.activity.domain import stream
from portal.exceptions import DomainError, NotAllowed

MOST_WAITING = 10


def propose(
    *,
    user: Any,
    organiser: str,
    title: str,
    topic: str,
    starts_at: datetime,
    ends_at: datetime,
    venue: str,
    accessibility: str = "",
    sample: bool = False,
) -> EventProposal:
    """Hands in an event for the calendar; it waits for a short check.

    Errors: sign_in, blocked, empty, too_long, ends_before_start, in_the_past, too_many. Sent twice gives the first one.
    """
    person = gates.demand_voice(user)
    events.require_order(starts_at, ends_at)
    if starts_at < timezone.now():
        raise DomainError("in_the_past", _("Die Veranstaltung hat schon begonnen."), field="starts_at")
    proposal = EventProposal(
        organiser=gates.line(organiser, 150, field="organiser"),
        title=gates.line(title, 200, field="title"),
        topic=gates.words(topic, 2000, field="topic"),
        starts_at=starts_at,
        ends_at=ends_at,
        venue=gates.line(venue, 300, field="venue"),
        accessibility=gates.words(accessibility, 2000, field="accessibility") if accessibility.strip() else "",
        proposer=person,
        sample=sample,
    )
    with transaction.atomic():
        same = EventProposal.objects.filter(
            proposer=person, title=proposal.title, starts_at=starts_at, state=ProposalState.NEW
        ).first()
        if same is not None:
            return same
        if EventProposal.objects.filter(proposer=person, state=ProposalState.NEW).count() >= MOST_WAITING:
            message = _("Von Ihnen warten schon zehn Vorschläge. Bitte warten Sie, bis wir sie angesehen haben.")
            raise DomainError("too_many", message, status=429)
        proposal.save()
        audit.record(actor=user, action="proposal.made", obj=proposal, payload={"uuid": str(proposal.uuid)})
    return proposal


def release(*, user: Any, proposal: EventProposal, answer: str = "") -> EventProposal:
    """Puts the event into the calendar and tells the proposer. Errors: not_allowed, already_decided, too_long."""
    with transaction.atomic():
        proposal = undecided(user, proposal)
        event = events.create_event(
            user=user,
            title=proposal.title,
            kind=EventKind.COMMUNITY,
            topic=proposal.topic,
            starts_at=proposal.starts_at,
            ends_at=proposal.ends_at,
            venue=proposal.venue,
            accessibility=proposal.accessibility,
            organiser=proposal.organiser,
            sample=proposal.sample,
        )
        events.publish_event(user=user, event=event)
        proposal.event = event
        decide(user, proposal, ProposalState.RELEASED, answer)
        words = _("Ihre Veranstaltung „%(title)s“ steht im Kalender")
        tell(proposal, words % {"title": proposal.title}, event.get_absolute_url())
    return proposal


def decline(*, user: Any, proposal: EventProposal, answer: str) -> EventProposal:
    """Does not take the event up and says why. Errors: not_allowed, already_decided, empty, too_long."""
    with transaction.atomic():
        proposal = undecided(user, proposal)
        decide(user, proposal, ProposalState.DECLINED, gates.words(answer, 1000, field="answer"))
        words = _("Ihre Veranstaltung „%(title)s“ haben wir nicht aufgenommen")
        tell(proposal, words % {"title": proposal.title}, "/dialoge/vorschlag/")
    return proposal


def undecided(user: Any, proposal: EventProposal) -> EventProposal:
    if not permissions.can_release(user):
        raise NotAllowed
    proposal = EventProposal.objects.select_for_update(of=("self",)).select_related("proposer").get(pk=proposal.pk)
    if proposal.state != ProposalState.NEW:
        raise DomainError("already_decided", _("Darüber ist schon entschieden."), status=409)
    return proposal


def decide(user: Any, proposal: EventProposal, state: str, answer: str) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, user, timezone.now()
    proposal.answer = gates.words(answer, 1000, field="answer") if answer.strip() else ""
    proposal.save()
    payload = {"uuid": str(proposal.uuid), "state": str(state)}
    audit.record(actor=user, action="proposal.decided", obj=proposal, payload=payload)


def tell(proposal: EventProposal, title: str, url: str) -> None:
    if proposal.proposer is not None:
        stream.notify(
            user=proposal.proposer,
            verb="proposal.decided",
            title=title,
            url=url,
            summary=proposal.answer,
            sample=proposal.sample,
        )

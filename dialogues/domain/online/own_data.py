"""Export, erasure and retention of what a person brought into online dialogues (Art. 15, 17 and 20 GDPR)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from dialogues.domain.online import images, writing
from dialogues.enums import WAITING
from dialogues.models import (
    Answer,
    Contribution,
    ContributionRevision,
    ContributionSupport,
    EventProposal,
    OnlineDialogue,
    PollParticipation,
)
from portal import audit, cache
from portal.comments.enums import State


def export(user: Any) -> Iterator[dict[str, Any]]:
    """Own contributions with pictures and earlier wordings, supports, polls taken part in, proposals and acts."""
    own = Contribution.objects.filter(author=user).select_related("dialogue").prefetch_related("revisions", "images")
    for row in own.order_by("pk"):
        yield {
            "kind": "contribution",
            "receipt": row.receipt,
            "url": row.get_absolute_url(),
            "title": row.title,
            "text": row.text,
            "district": row.district,
            "lat": row.lat,
            "lng": row.lng,
            "state": row.state,
            "status": row.status,
            "received": iso(row.received_at),
            "earlier": [
                {"title": r.title, "text": r.text, "replaced": iso(r.replaced_at)} for r in row.revisions.all()
            ],
            "images": [{"file": image.file.name, "alt": image.alt} for image in row.images.all()],
        }
    for support in (
        ContributionSupport.objects.filter(user=user, via=None).select_related("contribution").order_by("pk")
    ):
        yield {"kind": "support", "receipt": support.contribution.receipt, "created": iso(support.created_at)}
    for taken in PollParticipation.objects.filter(user=user).select_related("poll").order_by("pk"):
        yield {"kind": "poll", "question": taken.poll.question, "note": "Was gewählt wurde, ist nicht gespeichert."}
    for proposal in EventProposal.objects.filter(proposer=user).order_by("pk"):
        yield {
            "kind": "proposal",
            "organiser": proposal.organiser,
            "title": proposal.title,
            "topic": proposal.topic,
            "venue": proposal.venue,
            "starts": iso(proposal.starts_at),
            "state": proposal.state,
            "answer": proposal.answer,
        }
    for given in Answer.objects.filter(author=user).select_related("contribution").order_by("pk"):
        yield {"kind": "answer", "receipt": given.contribution.receipt, "status": given.status, "reason": given.reason}
    for row in Contribution.objects.filter(recorded_by=user).order_by("pk"):
        yield {"kind": "recorded", "receipt": row.receipt, "received": iso(row.received_at)}
    for dialogue in OnlineDialogue.objects.filter(created_by=user).order_by("pk"):
        yield {"kind": "dialogue", "slug": dialogue.slug}
    for decided in EventProposal.objects.filter(decided_by=user).order_by("pk"):
        yield {"kind": "decided", "title": decided.title, "state": decided.state}


def erase(user: Any) -> int:
    """Standing contributions stay as said by a deleted account; counts of supports and polls stay without the name.

    Pictures, exact places and earlier wordings go (they may show who it was), held and hidden texts and undecided
    proposals too. Returns how many rows it touched.
    """
    with transaction.atomic():
        own = list(Contribution.objects.select_related("dialogue").filter(author=user).order_by("pk"))
        ContributionRevision.objects.filter(contribution__in=own).delete()
        for row in own:
            if row.state in (State.HELD, State.HIDDEN):
                writing.empty(row)
            images.remove_all(row)
            row.author, row.lat, row.lng = None, None, None
            row.save(update_fields=["author", "lat", "lng", "updated_at"])
            audit.record(actor=None, action="contribution.author_erased", obj=row, payload={"receipt": row.receipt})
        touched = len(own) + ContributionSupport.objects.filter(user=user).update(user=None)
        touched += PollParticipation.objects.filter(user=user).update(user=None)
        touched += Answer.objects.filter(author=user).update(author=None)
        touched += Contribution.objects.filter(recorded_by=user).update(recorded_by=None)
        touched += OnlineDialogue.objects.filter(created_by=user).update(created_by=None)
        touched += EventProposal.objects.filter(proposer=user, state="new").delete()[0]
        touched += EventProposal.objects.filter(proposer=user).update(proposer=None)
        touched += EventProposal.objects.filter(decided_by=user).update(decided_by=None)
        transaction.on_commit(cache.invalidate)
    return touched


def forget_contacts(before: datetime, dry_run: bool) -> int:
    """Addresses for printed answers go when the last answer is older than the period and nothing waits any more."""
    old = Contribution.objects.exclude(contact="").exclude(status__in=WAITING).filter(answered_at__lt=before)
    return old.count() if dry_run else old.update(contact="")


def forget_participations(before: datetime, dry_run: bool) -> int:
    """Who took part in a poll goes when its dialogue has long been closed; the numbers stay."""
    old = PollParticipation.objects.exclude(user=None).filter(poll__dialogue__closes_at__lt=before)
    return old.count() if dry_run else old.update(user=None)


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")

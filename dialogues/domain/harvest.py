"""Harvest: cards and clusters become results, published on the event's page and the project's timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.domain.board.texts import clean
from dialogues.enums import CardState
from dialogues.models import Card, Cluster, Event, Result
from dialogues.permissions import can_moderate
from portal import audit
from portal.activity.domain.stream import publish as publish_activity
from portal.exceptions import DomainError, NotAllowed


def mark_result(*, user: Any, event: Event, source: UUID, text: str = "") -> Result:
    """Takes a visible card or a cluster of the event's boards as a result (a draft until published); twice is once.

    `text` rewords it, at most 500 characters. Raises NotAllowed, DomainError `unknown_target`.
    """
    require_moderator(user)
    card = Card.objects.filter(board__event=event, uuid=source, state=CardState.VISIBLE).first()
    cluster = Cluster.objects.filter(board__event=event, uuid=source, dissolved_at__isnull=True).first()
    found: Card | Cluster | None = card or cluster
    if found is None:
        raise DomainError("unknown_target", _("Diese Karte gibt es nicht mehr."), status=404)
    words = clean(text, 500, field="text", required=False) or (card.text if card else str(cluster))
    with transaction.atomic():
        last = event.results.aggregate(last=Max("position"))["last"] or 0
        result, _created = Result.objects.get_or_create(
            card=card,
            cluster=None if card else cluster,
            defaults={
                "event": event,
                "text": words,
                "votes": total(found),
                "position": last + 1,
                "sample": event.sample,
            },
        )
        if result.is_proposal:
            result.is_proposal, result.text = False, words if text else result.text
            result.save(update_fields=["is_proposal", "text", "updated_at"])
        audit.record(actor=user, action="harvest.marked", obj=result, payload={"event": event.slug}, role="moderator")
    return result


def drop_result(*, user: Any, result: Result) -> None:
    """Takes an unpublished result back. Raises DomainError `already_published`."""
    require_moderator(user)
    if result.published_at is not None:
        raise DomainError("already_published", _("Dieses Ergebnis ist schon veröffentlicht."), status=409)
    with transaction.atomic():
        audit.record(
            actor=user, action="harvest.dropped", obj=result, payload={"event": result.event.slug}, role="moderator"
        )
        result.delete()


def publish_results(*, user: Any, event: Event, summary: str = "", occurred_at: datetime | None = None) -> list[Result]:
    """Publishes the marked results and tells it on the project's timeline. Raises DomainError `no_results`."""
    require_moderator(user)
    words = clean(summary, 4000, field="summary", required=False)
    with transaction.atomic():
        fresh = list(event.results.filter(published_at__isnull=True, is_proposal=False))
        if not fresh:
            raise DomainError("no_results", _("Es ist noch kein neues Ergebnis markiert."), status=409)
        now = occurred_at or timezone.now()
        event.results.filter(pk__in=[result.pk for result in fresh]).update(published_at=now)
        event.results_published_at = now
        event.results_summary = words or event.results_summary
        event.save(update_fields=["results_published_at", "results_summary", "updated_at"])
        audit.record(
            actor=user,
            action="harvest.published",
            obj=event,
            payload={"event": event.slug, "results": len(fresh)},
            role="moderator",
        )
        if not event.is_internal:
            publish_activity(
                actor=user,
                verb="harvest.published",
                title=event.title,
                url=f"{event.get_absolute_url()}#ergebnisse",
                project=event.project,
                summary=headline(fresh),
                occurred_at=occurred_at,
                sample=event.sample,
            )
    return fresh


def headline(results: Sequence[Result]) -> str:
    count = len(results)
    words = ngettext("%(count)d Ergebnis: %(first)s", "%(count)d Ergebnisse, darunter: %(first)s", count)
    return (words % {"count": count, "first": results[0].text})[:500]


def total(found: Card | Cluster) -> int:
    if isinstance(found, Cluster):
        return found.votes + sum(found.cards.values_list("votes", flat=True))
    return found.votes


def require_moderator(user: Any) -> None:
    if not can_moderate(user):
        raise NotAllowed

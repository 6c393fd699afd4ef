"""Events name who entered them; people at tables have no account, only a name for that evening."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from dialogues.models import (
    Answer,
    Contribution,
    ContributionImage,
    ContributionSupport,
    Event,
    EventProposal,
    PollParticipation,
    Series,
)
from portal.accounts import own_work
from portal.accounts.domain import personal, privacy
from portal.accounts.domain.personal import Column
from portal.comments.enums import State

if TYPE_CHECKING:
    from portal.accounts.models import User

COLUMNS = {
    "dialogues.Event.created_by": Column("events"),
    "dialogues.Event.address": Column(stays=True, reason="the address of a hall, printed on posters"),
    "dialogues.Series.created_by": Column("events"),
    "dialogues.Speaker.name": Column(
        stays=True, reason="named in a public programme by own wish; retention dialogues.speakers"
    ),
    "dialogues.Participant.pseudonym": Column(
        stays=True, reason="a name for one evening, without account; retention dialogues.guests takes it off"
    ),
    "dialogues.FeedbackAnswer.participant": Column(
        stays=True, reason="a guest without account, by choice; retention dialogues.guests cuts the tie"
    ),
    "dialogues.Contribution.contact": Column(
        stays=True, reason="address of someone without account, for a printed answer; retention dialogues.contacts"
    ),
    "dialogues.Contribution.author": Column("contributions"),
    "dialogues.Contribution.recorded_by": Column("contributions"),
    "dialogues.ContributionImage.file": Column("contributions"),
    "dialogues.ContributionSupport.user": Column("contributions"),
    "dialogues.Answer.author": Column("contributions"),
    "dialogues.EventProposal.proposer": Column("contributions"),
    "dialogues.EventProposal.decided_by": Column("contributions"),
    "dialogues.OnlineDialogue.created_by": Column("contributions"),
    "dialogues.PollParticipation.user": Column("contributions"),
}


def register() -> None:
    personal.register(COLUMNS)
    privacy.register_export("events", export, _("Veranstaltungen, die Sie angelegt haben"))
    privacy.register_erasure("events", erase, preview)
    privacy.register_media("beitraege", pictures)
    own_work.register("contributions", _("Beiträge in Online-Dialogen"), newest)


def pictures(user: User) -> Iterator[tuple[str, Any]]:
    for image in ContributionImage.objects.filter(contribution__author=user).order_by("pk"):
        yield f"{image.pk}-{image.file.name.rsplit('/', 1)[-1]}", image.file


def newest(user: User, limit: int) -> Iterator[own_work.Work]:
    rows = Contribution.objects.filter(author=user).exclude(state=State.DELETED).select_related("dialogue")
    for row in rows.order_by("-received_at", "-pk")[:limit]:
        state = row.get_status_display() if row.state == State.VISIBLE else State(row.state).label
        yield own_work.Work(row.title, row.get_absolute_url(), row.received_at, row.text, state, row.sample)


def preview_contributions(user: User) -> Iterator[privacy.Fate]:
    own = Contribution.objects.filter(author=user)
    stay = own.filter(state=State.VISIBLE).count()
    yield privacy.Fate(_("Beiträge in Dialogen, die zu sehen sind"), stay, _("bleiben unter „gelöschtes Konto“"))
    hidden = own.exclude(state__in=[State.VISIBLE, State.DELETED]).count()
    yield privacy.Fate(_("Beiträge, die nicht zu sehen sind"), hidden)
    yield privacy.Fate(_("Bilder zu Beiträgen"), ContributionImage.objects.filter(contribution__author=user).count())
    supports = ContributionSupport.objects.filter(user=user, via=None).count()
    yield privacy.Fate(_("Unterstützte Beiträge"), supports, _("zählen weiter, ohne Ihren Namen"))
    polls = PollParticipation.objects.filter(user=user).count()
    yield privacy.Fate(_("Teilnahmen an Umfragen"), polls, _("zählen weiter, ohne Ihren Namen"))
    proposals = EventProposal.objects.filter(proposer=user)
    yield privacy.Fate(
        _("Vorschläge für Veranstaltungen, über die noch nicht entschieden ist"), proposals.filter(state="new").count()
    )
    answers = Answer.objects.filter(author=user).count()
    yield privacy.Fate(_("Antworten der Stadt, die Sie geschrieben haben"), answers, _("bleiben ohne Ihren Namen"))


def export(user: User) -> Iterator[dict[str, Any]]:
    for event in Event.objects.filter(created_by=user).order_by("pk"):
        yield {"title": event.title, "url": event.get_absolute_url(), "created": event.created_at.isoformat()}
    for series in Series.objects.filter(created_by=user).order_by("pk"):
        yield {"title": series.title, "url": series.get_absolute_url(), "created": series.created_at.isoformat()}


def preview(user: User) -> Iterator[privacy.Fate]:
    stay = _("bleiben ohne Ihren Namen")
    yield privacy.Fate(_("Veranstaltungen"), Event.objects.filter(created_by=user).count(), stay)
    yield privacy.Fate(_("Reihen von Veranstaltungen"), Series.objects.filter(created_by=user).count(), stay)


def erase(user: User) -> int:
    """Events of the city stay."""
    series = Series.objects.filter(created_by=user).update(created_by=None)
    return series + Event.objects.filter(created_by=user).update(created_by=None)

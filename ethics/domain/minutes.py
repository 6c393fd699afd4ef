"""The minutes of a meeting (VwVfG § 93): place and day, who chaired and who was there, what was moved and decided.

They are computed from what was recorded; people add the course of the discussion. Released by the chair they are kept
with their hash and the heads of the chains they speak of.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import content as contents
from ethics.domain import machine, meetings, votes
from ethics.domain.machine import Actor, acting_id
from ethics.domain.quorum import Quorum
from ethics.enums import CaseRole, Choice, Presence, SeatFunction, State
from ethics.models import AgendaItem, Meeting, Minutes, Vote
from portal import audit
from portal.audit.canonical import canonical, sha256
from portal.exceptions import DomainError, NotAllowed


def write(user: Actor, *, meeting: Meeting, remarks: str, courses: dict[int, str]) -> Minutes:
    """The office writes the course of each item (agenda item id -> text) and remarks, until the release.

    Raises NotAllowed, DomainError `released`, `too_early`, `too_long`.
    """
    if not permissions.is_office(user):
        raise NotAllowed
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        found = Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)
        _check_open(meeting, found)
        found.remarks = contents.limited(remarks, "remarks", most=8000)
        found.save()
        for item in meeting.agenda.select_related("case").order_by("case__slug"):
            course = contents.limited(courses.get(item.pk, item.course), f"item-{item.pk}", most=8000)
            if course != item.course:
                item.course = course
                item.save()
                machine.tell(user, item.case, "course_noted", role=CaseRole.OFFICE)
        _record(user, meeting, "minutes_written", CaseRole.OFFICE)
    return found


def release(user: Actor, *, meeting: Meeting) -> Minutes:
    """Chair or deputy signs the minutes: content, hash and anchors are kept.

    Raises NotAllowed, DomainError `released`, `too_early`, `vote_open`.
    """
    if not meetings.may_chair(user):
        raise NotAllowed
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        found = Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)
        _check_open(meeting, found)
        if Vote.objects.filter(agenda_item__meeting=meeting, closed_at__isnull=True).exists():
            raise DomainError("vote_open", _("Schließen Sie zuerst die Abstimmung."), status=409)
        found.content = content_of(meeting, found)
        found.anchors = anchors_of(meeting)
        found.hash = sha256(canonical({"content": found.content, "anchors": found.anchors}))
        found.released_at, found.released_by_id = timezone.now(), acting_id(user)
        found.save()
        _record(user, meeting, "minutes_released", CaseRole.CHAIR, hash=found.hash)
    return found


def content_of(meeting: Meeting, found: Minutes | None = None) -> dict[str, Any]:
    """The minutes as data, as they stand now: plain texts and numbers, names of members, times in UTC."""
    names = meetings.names_of(meeting)
    functions = permissions.seats()
    attendance = {row.member_id: row.presence for row in meeting.attendances.all()}
    return {
        "meeting": meeting.title,
        "place": meeting.place,
        "starts_at": meeting.starts_at.isoformat(),
        "second_invitation": meeting.second_invitation_of_id is not None,
        "attendance": [
            {
                "name": names[pk],
                "presence": str(Presence(presence).label),
                "function": str(SeatFunction(functions[pk]).label) if pk in functions else "",
            }
            for pk, presence in sorted(attendance.items(), key=lambda row: names[row[0]])
        ],
        "items": [_item(item, names) for item in _agenda(meeting)],
        "remarks": found.remarks if found else "",
    }


def for_reader(user: Any, meeting: Meeting, content: dict[str, Any]) -> dict[str, Any]:
    """`content` without course and votes of the items from which this member is recused or on which undeclared.

    The office reads everything. What was decided there stands in the published recommendation.
    """
    if permissions.is_office(user):
        return content
    agenda = {item.position: item for item in _agenda(meeting)}
    items = []
    for row in content["items"]:
        item = agenda.get(row["position"])
        readable = item is not None and permissions.can_see_internal(user, item.case)
        items.append(row if readable else row | {"course": "", "votes": [], "closed": True})
    return content | {"items": items}


def anchors_of(meeting: Meeting) -> list[str]:
    """Lines "stream seq hash" for `audit_verify --anchors`: the meeting's chain and those of its cases."""
    streams = [f"meeting:{meeting.pk}", *(item.case.stream for item in _agenda(meeting))]
    return [f"{stream} {seq} {hash_}" for stream in streams for seq, hash_ in [audit.head(stream)] if seq]


def _agenda(meeting: Meeting) -> list[AgendaItem]:
    rows = meeting.agenda.select_related("case__project").prefetch_related("votes__ballots", "votes__presiding")
    return list(rows.order_by("position"))


def _item(item: AgendaItem, names: dict[int, str]) -> dict[str, Any]:
    recused = sorted(names.get(pk, "") for pk in permissions.recused_members(item.case))
    return {
        "position": item.position,
        "title": item.case.title,
        "subject": item.case.subject,
        "recused": [name for name in recused if name],
        "course": item.course,
        "postponed": not item.current and item.case.state == State.POSTPONED,
        "inquorate": item.inquorate,
        "votes": [_vote(vote, names) for vote in item.votes.all() if vote.closed_at is not None],
    }


def _vote(vote: Vote, names: dict[int, str]) -> dict[str, Any]:
    return {
        "form": vote.get_form_display(),
        "sentence": vote.motion.get("sentence", ""),
        "motion_hash": vote.motion_hash,
        "presiding": names.get(vote.presiding_id, ""),
        "quorum": votes.explain(Quorum(**vote.quorum)),
        "tally": {key: vote.tally.get(key, 0) for key in ("yes", "no", "abstained")},
        "tie_broken": vote.tally.get("tie_broken", ""),
        "carried": vote.carried,
        "rule": vote.rule["version"],
        "ballots": sorted(
            [names.get(ballot.member_id, ""), str(Choice(ballot.choice).label)] for ballot in vote.ballots.all()
        ),
    }


def _check_open(meeting: Meeting, found: Minutes) -> None:
    if found.released_at is not None:
        raise DomainError("released", _("Die Niederschrift ist freigegeben und bleibt, wie sie ist."), status=409)
    if not meeting.attendances.exists():
        raise DomainError("too_early", _("Halten Sie zuerst fest, wer anwesend ist."), status=409)


def _record(user: Actor, meeting: Meeting, action: str, role: CaseRole, **payload: object) -> None:
    audit.record(
        actor=user, action=f"ethics.{action}", obj=meeting, stream=f"meeting:{meeting.pk}", payload=payload, role=role
    )

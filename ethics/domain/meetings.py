"""Meetings: call one, invite everybody, set the agenda, record who came, compute the quorum."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import invitations, permissions
from ethics.domain import content as contents
from ethics.domain import council, deadlines, machine, quorum
from ethics.domain.machine import Actor
from ethics.enums import CaseRole, Presence, SeatFunction
from ethics.models import AgendaItem, Attendance, Invitation, Meeting, Minutes, ReviewCase
from portal import audit
from portal.accounts.models import User
from portal.exceptions import DomainError, NotAllowed


def call(
    user: Actor,
    *,
    title: str,
    starts_at: datetime,
    place: str,
    short_notice_reason: str = "",
    second_invitation_of: Meeting | None = None,
    sample: bool = False,
) -> Meeting:
    """Sets a meeting and invites every seated member. Within the notice period of the rule only with a reason.

    With `second_invitation_of` the invitation says that the Council can decide about the matters put off then
    regardless of
    how many come (VwVfG § 90 Abs. 2). Raises NotAllowed, DomainError `missing`, `in_the_past`, `short_notice`,
    `no_second_invitation`, `no_members`.
    """
    if not permissions.is_office(user):
        raise NotAllowed
    title = contents.required(title, "title", _("Geben Sie der Sitzung einen Titel."), most=200)
    place = contents.required(place, "place", _("Nennen Sie den Ort."), most=200)
    now = timezone.now()
    if deadlines.days_until(starts_at) < 0:
        raise DomainError("in_the_past", _("Die Sitzung muss heute oder später beginnen."), field="starts_at")
    short_notice_reason = contents.limited(short_notice_reason, "short_notice_reason", most=2000)
    rule = council.current_rule()
    if second_invitation_of is not None and not rule.second_invitation_suffices:
        raise DomainError(
            "no_second_invitation",
            _("Die Regel kennt keine zweite Ladung ohne Mindestzahl."),
            field="second_invitation_of",
        )
    days = rule.invitation_days
    if deadlines.days_until(starts_at) < days and not short_notice_reason:
        raise DomainError(
            "short_notice",
            _("Die Ladungsfrist beträgt %(days)s Tage. Begründen Sie, warum Sie kürzer einladen.") % {"days": days},
            field="short_notice_reason",
        )
    members = permissions.seats()
    if not members:
        raise DomainError("no_members", _("Der Ethikrat hat noch keine Mitglieder."), status=409)
    with transaction.atomic():
        meeting = Meeting.objects.create(
            title=title,
            starts_at=starts_at,
            place=place,
            invited_at=now,
            short_notice_reason=short_notice_reason,
            second_invitation_of=second_invitation_of,
            sample=sample,
        )
        Invitation.objects.bulk_create(Invitation(meeting=meeting, member_id=pk, sent_at=now) for pk in sorted(members))
        _record(user, meeting, "meeting_called", CaseRole.OFFICE, invited=sorted(members))
        invitations.invite(meeting, list(User.objects.filter(pk__in=members)))
    return meeting


def schedule(user: Actor, *, case: ReviewCase, meeting: Meeting) -> ReviewCase:
    """Puts the case on the agenda. Raises NotAllowed, DomainError `wrong_state`, `not_invited`, `in_the_past`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "schedule")
        if timezone.localdate(meeting.starts_at) < timezone.localdate():
            raise DomainError("in_the_past", _("Diese Sitzung ist vorbei."), field="meeting")
        invited = set(meeting.invitations.values_list("member_id", flat=True))
        if permissions.seats().keys() - invited:
            raise DomainError(
                "not_invited", _("Zu dieser Sitzung sind nicht alle Mitglieder eingeladen."), field="meeting"
            )
        if meeting.agenda.filter(case=case).exists():
            raise DomainError("already_there", _("Der Fall stand schon auf dieser Tagesordnung."), field="meeting")
        AgendaItem.objects.create(meeting=meeting, case=case, position=meeting.agenda.count() + 1)
        machine.enter(user, case, "schedule", role=role, payload={"meeting": meeting.pk})
        _record(user, meeting, "agenda_set", role, case=case.slug)
    return case


def record_attendance(user: Actor, *, meeting: Meeting, presences: Mapping[int, str]) -> Meeting:
    """Who is there: member id -> presence, for every seated member; on the day of the meeting or later.

    Chair (or deputy) and office may. Raises NotAllowed, DomainError `too_early`, `incomplete`, `invalid`, `released`,
    `vote_open`.
    """
    members = permissions.seats()
    chairing = may_chair(user)
    if not (chairing or permissions.is_office(user)):
        raise NotAllowed
    if timezone.localdate() < timezone.localdate(meeting.starts_at):
        raise DomainError("too_early", _("Die Anwesenheit wird am Tag der Sitzung festgehalten."), status=409)
    missing = members.keys() - presences.keys()
    if missing or presences.keys() - members.keys():
        raise DomainError("incomplete", _("Geben Sie für jedes Mitglied an, ob es da ist."), field="presences")
    if any(presence not in Presence.values for presence in presences.values()):
        raise DomainError("invalid", _("Wählen Sie eine der Angaben."), field="presences")
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if Minutes.objects.filter(meeting=meeting, released_at__isnull=False).exists():
            raise DomainError("released", _("Die Niederschrift ist freigegeben und bleibt, wie sie ist."), status=409)
        if meeting.agenda.filter(votes__isnull=False, votes__closed_at__isnull=True).exists():
            raise DomainError("vote_open", _("Während einer Abstimmung geht das nicht."), status=409)
        for pk, presence in presences.items():
            Attendance.objects.update_or_create(meeting=meeting, member_id=pk, defaults={"presence": presence})
        role = CaseRole.CHAIR if chairing else CaseRole.OFFICE
        _record(user, meeting, "attendance_recorded", role, presences={str(pk): p for pk, p in presences.items()})
    return meeting


def postpone(user: Actor, *, case: ReviewCase, reason: str) -> ReviewCase:
    """Puts the case off. Where the quorum was missed, the agenda item says so, which a second invitation builds on.

    Raises NotAllowed, DomainError `wrong_state`, `missing`, `vote_open`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "postpone")
        if case.votes.filter(closed_at__isnull=True).exists():
            raise DomainError("vote_open", _("Schließen Sie zuerst die Abstimmung."), status=409)
        reason = contents.required(reason, "reason", _("Nennen Sie den Grund der Vertagung."))
        item = case.agenda_items.filter(current=True).select_related("meeting").first()
        inquorate = item is not None and item.meeting.attendances.exists() and not quorum_of(case, item).reached
        if item is not None:
            item.inquorate, item.current = inquorate, False
            item.save()
        machine.enter(user, case, "postpone", role=role, note=reason, payload={"inquorate": inquorate})
    return case


def may_chair(user: Actor) -> bool:
    """Chair and deputies of the Council, whoever presides over a single case."""
    chairing = permissions.seats().get(getattr(user, "pk", 0)) in (SeatFunction.CHAIR, SeatFunction.DEPUTY)
    return permissions.is_member(user) and chairing


def names_of(meeting: Meeting) -> dict[int, str]:
    """User id -> public name of everybody who was recorded, sits on the Council, or chaired a vote there."""
    keys = set(meeting.attendances.values_list("member_id", flat=True)) | permissions.seats().keys()
    keys |= set(meeting.agenda.filter(votes__isnull=False).values_list("votes__presiding_id", flat=True))
    return {person.pk: person.public_name for person in User.objects.filter(pk__in=keys)}


def current_item(case: ReviewCase) -> AgendaItem:
    """The agenda item on which the case stands now; DomainError `not_scheduled` if none."""
    item = case.agenda_items.filter(current=True).select_related("meeting").first()
    if item is None:
        raise DomainError("not_scheduled", _("Der Fall steht auf keiner Tagesordnung."), status=409)
    return item


def item_now(case: ReviewCase) -> AgendaItem | None:
    """As `current_item`, from rows that a page may have read before."""
    return next((item for item in case.agenda_items.all() if item.current), None)


def present_members(case: ReviewCase, meeting: Meeting, *, remote_counts: bool | None = None) -> set[int]:
    """Ids of entitled members who are there: seated, not recused; connected ones if the rule counts them.

    `remote_counts` is that of the rule a vote was opened under; without it the rule in force decides.
    """
    counted = [Presence.PRESENT]
    if council.current_rule().remote_counts if remote_counts is None else remote_counts:
        counted.append(Presence.REMOTE)
    there = {row.member_id for row in meeting.attendances.all() if row.presence in counted}
    return (there & permissions.standing(case).functions.keys()) - permissions.recused_members(case)


def quorum_of(case: ReviewCase, item: AgendaItem) -> quorum.Quorum:
    """The quorum for this case in that meeting, as it stands."""
    rule = quorum.Rule.from_data(council.current_rule().snapshot())
    return quorum.quorum(
        members=len(permissions.standing(case).functions),
        recused=len(permissions.recused_members(case)),
        present=len(present_members(case, item.meeting, remote_counts=rule.remote_counts)),
        rule=rule,
        second_invitation=_is_second(case, item.meeting),
    )


def _is_second(case: ReviewCase, meeting: Meeting) -> bool:
    first = meeting.second_invitation_of_id
    return first is not None and case.agenda_items.filter(meeting_id=first, inquorate=True).exists()


def _record(user: Actor, meeting: Meeting, action: str, role: CaseRole, **payload: object) -> None:
    audit.record(
        actor=user,
        action=f"ethics.{action}",
        obj=meeting,
        stream=f"meeting:{meeting.pk}",
        payload=payload,
        role=role,
    )

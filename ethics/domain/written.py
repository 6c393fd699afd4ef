"""The written procedure (Umlaufverfahren, VwVfG § 90 Abs. 1): a vote without a meeting, unless one member objects."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import content as contents
from ethics.domain import council, machine, quorum, votes
from ethics.domain.deadlines import has_passed
from ethics.domain.machine import Actor
from ethics.enums import CaseRole, Procedure, State
from ethics.models import Recommendation, ReviewCase, Vote, WrittenObjection
from portal.exceptions import DomainError, NotAllowed


def open_written(user: Actor, *, case: ReviewCase, due: datetime) -> Vote:
    """Puts the draft to a vote in writing until `due`, and freezes it.

    Raises NotAllowed, DomainError `wrong_state`, `vote_open`, `on_agenda`, `draft_missing`, `in_the_past`, and
    `no_quorum` where even all members free of conflict together are too few.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "open_written")
        if case.votes.filter(closed_at__isnull=True).exists():
            raise DomainError("vote_open", _("Es läuft schon eine Abstimmung."), status=409)
        if case.agenda_items.filter(current=True).exists():
            raise DomainError("on_agenda", _("Der Fall steht auf einer Tagesordnung."), status=409)
        draft = Recommendation.objects.filter(case=case).first()
        if draft is None:
            raise DomainError("draft_missing", _("Legen Sie zuerst die Vorlage mit der Empfehlung an."), status=409)
        if has_passed(due):
            raise DomainError("in_the_past", _("Die Frist muss in der Zukunft liegen."), field="due")
        rule = quorum.Rule.from_data(council.current_rule().snapshot())
        base = len(permissions.seats()) - len(permissions.recused_members(case))
        count = votes.written_quorum(case, present=base, rule=rule)
        if not count.reached:
            raise DomainError("no_quorum", votes.explain(count), status=409)
        vote = votes.put_to_vote(user, case, draft, count, procedure=Procedure.WRITTEN, due=due)
        machine.enter(
            user,
            case,
            "open_written",
            role=role,
            payload={"due": due, "motion": vote.motion_hash},
            version_hash=vote.version_hash,
        )
    return vote


def object_to_written(user: Actor, *, vote: Vote, reason: str = "") -> ReviewCase:
    """One member free of conflict, declared or not, ends the written procedure; ballots stay, but decide nothing.

    Raises NotAllowed, DomainError `wrong_state`, `vote_closed`, `not_written`.
    """
    with transaction.atomic():
        case = machine.locked(vote.case)
        if not permissions.is_member(user) or user.pk in permissions.recused_members(case):
            raise NotAllowed
        machine.require_state(case, State.VOTING)
        vote = Vote.objects.get(pk=vote.pk)
        if vote.closed_at is not None:
            raise DomainError("vote_closed", _("Die Abstimmung ist schon geschlossen."), status=409)
        if vote.procedure != Procedure.WRITTEN:
            raise DomainError("not_written", _("Das ist kein Umlaufverfahren."), status=409)
        reason = contents.limited(reason, "reason", most=2000)
        now = timezone.now()
        WrittenObjection.objects.create(vote=vote, member_id=machine.acting_id(user), reason=reason, raised_at=now)
        vote.closed_at, vote.carried, vote.tally = now, False, {"objected": True}
        vote.save()
        Recommendation.objects.filter(case=case).update(frozen_at=None)
        machine.enter(user, case, "object_written", role=CaseRole.MEMBER, note=reason)
    return case

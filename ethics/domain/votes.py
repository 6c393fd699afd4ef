"""Votes by name: open one on the draft, cast, close; the outcome is computed, never typed in."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import cases, council, machine, meetings, quorum
from ethics.domain import content as contents
from ethics.domain.deadlines import has_passed
from ethics.domain.machine import Actor
from ethics.enums import CaseRole, Choice, Form, Procedure
from ethics.models import Ballot, Recommendation, ReviewCase, Vote
from portal.accounts.models import User
from portal.audit.canonical import canonical, sha256
from portal.exceptions import DomainError, NotAllowed


def open_vote(user: Actor, *, case: ReviewCase) -> Vote:
    """Puts the draft recommendation to the vote and freezes it. Keeps rule, quorum and the hashes voted upon.

    Raises NotAllowed, DomainError `wrong_state`, `vote_open`, `draft_missing`, `attendance_missing`, `undeclared`,
    `no_quorum`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "open_vote")
        if case.votes.filter(closed_at__isnull=True).exists():
            raise DomainError("vote_open", _("Es läuft schon eine Abstimmung."), status=409)
        draft = Recommendation.objects.filter(case=case).first()
        if draft is None:
            raise DomainError("draft_missing", _("Legen Sie zuerst die Vorlage mit der Empfehlung an."), status=409)
        item = meetings.current_item(case)
        if not item.meeting.attendances.exists():
            raise DomainError("attendance_missing", _("Halten Sie zuerst fest, wer anwesend ist."), status=409)
        present = meetings.present_members(case, item.meeting)
        silent = present - permissions.declarations(case).keys()
        if silent:
            raise DomainError(
                "undeclared",
                _("%(count)s anwesende Mitglieder müssen noch erklären, ob sie befangen sind.")
                % {"count": len(silent)},
                status=409,
            )
        count = meetings.quorum_of(case, item)
        if not count.reached:
            raise DomainError("no_quorum", explain(count), status=409)
        vote = put_to_vote(user, case, draft, count, agenda_item=item)
        machine.enter(
            user,
            case,
            "open_vote",
            role=role,
            payload={"quorum": vote.quorum, "motion": vote.motion_hash},
            version_hash=vote.version_hash,
        )
    return vote


def put_to_vote(user: Actor, case: ReviewCase, draft: Recommendation, count: quorum.Quorum, **how: Any) -> Vote:
    """Creates the vote with everything it is bound to, and freezes the draft. For `open_vote` and `written.open_`."""
    motion = motion_of(draft)
    vote = Vote.objects.create(
        case=case,
        presiding_id=machine.acting_id(user),
        form=draft.form,
        version_hash=cases.current_version(case).hash,
        motion=motion,
        motion_hash=sha256(canonical(motion)),
        rule=council.current_rule().snapshot(),
        quorum=count.as_data(),
        opened_at=timezone.now(),
        **how,
    )
    draft.frozen_at = vote.opened_at
    draft.save()
    return vote


def entitled(case: ReviewCase, vote: Vote) -> set[int]:
    """Ids of members who may vote now: not recused, declared; in a meeting also there."""
    if vote.agenda_item is not None:
        counts = bool(vote.rule["remote_counts"])
        return meetings.present_members(case, vote.agenda_item.meeting, remote_counts=counts)
    known = permissions.standing(case)
    return (known.functions.keys() & known.declared.keys()) - permissions.recused_members(case)


def cast(user: Actor, *, vote: Vote, member: User, choice: str) -> Ballot:
    """A present member votes, or the chair records a member's vote. Until the close the last word counts.

    In the written procedure everybody votes in person, within the time.
    Raises NotAllowed, DomainError `vote_closed`, `too_late`, `not_entitled`, `invalid`.
    """
    with transaction.atomic():
        case = machine.locked(vote.case)
        role = machine.require_role(user, case, CaseRole.CHAIR, CaseRole.MEMBER)
        if role != CaseRole.CHAIR and user.pk != member.pk:
            raise NotAllowed
        vote = Vote.objects.select_related("agenda_item__meeting").get(pk=vote.pk)
        if vote.closed_at is not None:
            raise DomainError("vote_closed", _("Die Abstimmung ist geschlossen."), status=409)
        if vote.procedure == Procedure.WRITTEN and user.pk != member.pk:
            raise NotAllowed(_("Im Umlaufverfahren gibt jedes Mitglied seine Stimme selbst ab."))
        if vote.procedure == Procedure.WRITTEN and has_passed(vote.due):
            raise DomainError("too_late", _("Die Frist für die Stimmen ist vorbei."), status=409)
        if member.pk not in entitled(case, vote):
            raise DomainError("not_entitled", _("Dieses Mitglied ist nicht anwesend oder befangen."), field="member")
        if choice not in Choice.values:
            raise DomainError("invalid", _("Wählen Sie Ja, Nein oder Enthaltung."), field="choice")
        ballot, _created = Ballot.objects.update_or_create(
            vote=vote, member=member, defaults={"choice": choice, "recorded_by_id": machine.acting_id(user)}
        )
        machine.tell(user, case, "ballot_recorded", role=role, payload={"member": member.pk, "choice": choice})
    return ballot


def close_vote(user: Actor, *, vote: Vote) -> Vote:
    """Counts the ballots of those entitled at this moment, and closes.

    With a majority the draft's form becomes the outcome; without one the draft is open again. In the written procedure
    those who voted count as present; too few of them, and the case is put off until a meeting.

    Raises NotAllowed, DomainError `wrong_state`, `vote_closed`, `no_ballots`, `too_early`.
    """
    with transaction.atomic():
        case = machine.locked(vote.case)
        role = machine.require(user, case, "close_vote")
        vote = Vote.objects.select_related("agenda_item__meeting").get(pk=vote.pk)
        if vote.closed_at is not None:
            raise DomainError("vote_closed", _("Die Abstimmung ist schon geschlossen."), status=409)
        present = entitled(case, vote)
        given = vote.ballots.values_list("member_id", "choice")
        ballots = {pk: choice for pk, choice in given if pk in present}
        if vote.procedure == Procedure.WRITTEN:
            awaited = permissions.seats().keys() - permissions.recused_members(case) - ballots.keys()
            if awaited and not has_passed(vote.due):
                raise DomainError("too_early", _("Die Frist läuft noch, und es fehlen noch Stimmen."), status=409)
            count = written_quorum(case, present=len(ballots), rule=quorum.Rule.from_data(vote.rule))
            vote.quorum = count.as_data()
            if not count.reached:
                return _fail_inquorate(user, case, vote, ballots)
        if not ballots:
            raise DomainError("no_ballots", _("Es ist noch keine Stimme festgehalten."), status=409)
        if vote.presiding_id not in present:
            vote.presiding_id = machine.acting_id(user)
        result = quorum.majority(
            yes=_count(ballots, Choice.YES),
            no=_count(ballots, Choice.NO),
            abstained=_count(ballots, Choice.ABSTAIN),
            chair_choice=ballots.get(vote.presiding_id),
            rule=quorum.Rule.from_data(vote.rule),
        )
        vote.closed_at, vote.carried = timezone.now(), result.carried
        vote.tally = {**result.as_data(), "not_voted": len(present - ballots.keys())}
        vote.save()
        payload = {"tally": vote.tally, "ballots": {str(pk): choice for pk, choice in ballots.items()}}
        if result.carried:
            case.outcome = vote.form
            machine.enter(user, case, "close_vote", role=role, payload=payload, version_hash=vote.version_hash)
        else:
            Recommendation.objects.filter(case=case).update(frozen_at=None)
            machine.tell(user, case, "motion_failed", role=role, payload=payload, version_hash=vote.version_hash)
    return vote


def failed_motions(case: ReviewCase) -> list[Vote]:
    """Votes that were counted and found no majority; one broken off in writing is none."""
    closed = [vote for vote in case.votes.all() if vote.closed_at is not None and not vote.carried]
    return [vote for vote in closed if "yes" in vote.tally and "inquorate" not in vote.tally]


def written_quorum(case: ReviewCase, *, present: int, rule: quorum.Rule) -> quorum.Quorum:
    """The quorum of a written procedure: who votes counts as present, the recused leave the base."""
    members, recused = len(permissions.standing(case).functions), len(permissions.recused_members(case))
    return quorum.quorum(members=members, recused=recused, present=present, rule=rule)


def _fail_inquorate(user: Actor, case: ReviewCase, vote: Vote, ballots: dict[int, str]) -> Vote:
    vote.closed_at, vote.carried = timezone.now(), False
    counts = {"yes": Choice.YES, "no": Choice.NO, "abstained": Choice.ABSTAIN}
    vote.tally = {key: _count(ballots, choice) for key, choice in counts.items()} | {"inquorate": True}
    vote.save()
    Recommendation.objects.filter(case=case).update(frozen_at=None)
    machine.enter(user, case, "written_failed", role=CaseRole.CHAIR, payload={"quorum": vote.quorum})
    return vote


def state_no_position(user: Actor, *, case: ReviewCase, sentence: str, text: str) -> ReviewCase:
    """Records that no motion found a majority. What was moved stays in the votes.

    Raises NotAllowed, DomainError `wrong_state`, `vote_open`, `no_vote`, `missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "state_no_position")
        if case.votes.filter(closed_at__isnull=True).exists():
            raise DomainError("vote_open", _("Schließen Sie zuerst die Abstimmung."), status=409)
        if not failed_motions(case):
            raise DomainError("no_vote", _("Dafür muss zuerst ein Antrag ohne Mehrheit geblieben sein."), status=409)
        draft = Recommendation.objects.get(case=case)
        draft.conditions.all().delete()
        draft.form = Form.NO_POSITION
        draft.sentence = contents.required(sentence, "sentence", _("Fassen Sie das Ergebnis in einem Satz."), most=300)
        draft.text = contents.required(text, "text", _("Beschreiben Sie die verschiedenen Auffassungen."))
        draft.frozen_at = timezone.now()
        draft.save()
        case.outcome = Form.NO_POSITION
        machine.enter(user, case, "state_no_position", role=role)
    return case


def motion_of(draft: Recommendation) -> dict[str, Any]:
    """The draft as data, as it is voted upon."""
    conditions = draft.conditions.order_by("position")
    return {
        "form": draft.form,
        "sentence": draft.sentence,
        "text": draft.text,
        "conditions": [{"text": c.text, "due": c.due.isoformat() if c.due else None} for c in conditions],
    }


def explain(count: quorum.Quorum) -> str:
    """The calculation in one or two plain sentences."""
    base = _("%(members)s Mitglieder, davon %(recused)s befangen: Es zählen %(base)s.") % {
        "members": count.members,
        "recused": count.recused,
        "base": count.base,
    }
    if not count.possible:
        end = _("Nötig wären %(needed)s. Der Rat kann hier nicht beschließen; eine Stellungnahme von außen ist nötig.")
    elif count.reached:
        end = _("Nötig sind %(needed)s, anwesend sind %(present)s: Der Rat ist beschlussfähig.")
    else:
        end = _("Nötig sind %(needed)s, anwesend sind %(present)s: Der Rat ist nicht beschlussfähig.")
    return f"{base} {end % {'needed': count.needed, 'present': count.present}}"


def _count(ballots: dict[int, str], choice: Choice) -> int:
    return sum(given == choice for given in ballots.values())

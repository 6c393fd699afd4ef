"""Opinions from outside the Council: handed in on paper, typed in by the office, bound to a version.

And what becomes of a case on which the Council cannot decide, because too few members are free of conflict.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import cases, council, machine, quorum, votes
from ethics.domain import content as contents
from ethics.domain.machine import Actor
from ethics.domain.papers import read_paper
from ethics.enums import CaseRole, Form, State
from ethics.models import OutsideOpinion, Recommendation, ReviewCase
from portal.exceptions import DomainError

TAKEN_IN = (State.REVIEW, State.READY, State.SCHEDULED, State.POSTPONED)


def take_in(
    user: Actor, *, case: ReviewCase, expert: str, received_on: date, stance: str, text: str, scan: Any
) -> OutsideOpinion:
    """The office types in an opinion that came on paper, with its scan (PDF or picture up to 1.9 MB).

    It is bound to the version that lies before the Council; after the unveiling it is marked as late.
    Raises NotAllowed, DomainError `wrong_state`, `missing`, `invalid`, `in_the_future`, `wrong_type`, `too_large`,
    `already_there`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.OFFICE)
        machine.require_state(case, *TAKEN_IN)
        if received_on > timezone.localdate():
            raise DomainError("in_the_future", _("Der Tag liegt in der Zukunft."), field="received_on")
        if stance not in Form.values:
            raise DomainError("invalid", _("Wählen Sie, was vorgeschlagen wird."), field="stance")
        paper = read_paper(scan, field="scan")
        if case.outside_opinions.filter(hash=paper.hash).exists():
            raise DomainError("already_there", _("Diese Datei ist schon angehängt."), field="scan")
        version = cases.current_version(case)
        found = OutsideOpinion.objects.create(
            case=case,
            version=version,
            version_hash=version.hash,
            expert_contact=contents.required(
                expert, "expert", _("Geben Sie an, wer die Stellungnahme geschrieben hat."), least=2, most=200
            ),
            received_on=received_on,
            stance=Form(stance),
            text=contents.required(text, "text", _("Schreiben Sie die Stellungnahme ab."), least=20),
            scan=paper.file,
            media_type=paper.media_type,
            hash=paper.hash,
            late=case.unveiled_at is not None,
            entered_by_id=machine.acting_id(user),
            entered_at=timezone.now(),
        )
        machine.tell(user, case, "outside_opinion", role=role, payload={"scan": paper.hash}, version_hash=version.hash)
    return found


def visible(user: Any, case: ReviewCase) -> list[OutsideOpinion]:
    """What the person may read: the office all, members free of conflict after the unveiling, like one another's."""
    roles = permissions.case_roles(user, case)
    if CaseRole.OFFICE in roles or (CaseRole.MEMBER in roles and case.unveiled_at is not None):
        return list(case.outside_opinions.all())
    return []


def is_undecidable(case: ReviewCase) -> bool:
    """Even with all members free of conflict there the Council could not decide (VwVfG § 90)."""
    free = len(permissions.standing(case).functions) - len(permissions.recused_members(case))
    rule = quorum.Rule.from_data(council.current_rule().snapshot())
    return not votes.written_quorum(case, present=free, rule=rule).possible


def rely_on(user: Actor, *, case: ReviewCase, sentence: str, text: str) -> ReviewCase:
    """Ends the deliberation of a case on which the Council cannot decide: no position of its own, and the opinion from
    outside on the current version in its place.

    Raises NotAllowed, DomainError `wrong_state`, `decidable`, `opinion_missing`, `missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "rely_on_outside")
        if not is_undecidable(case):
            raise DomainError("decidable", _("Der Rat kann hier selbst beschließen."), status=409)
        version = cases.current_version(case)
        if not case.outside_opinions.filter(version_hash=version.hash).exists():
            raise DomainError(
                "opinion_missing", _("Es fehlt eine Stellungnahme von außen zur aktuellen Fassung."), status=409
            )
        sentence = contents.required(
            sentence, "sentence", _("Fassen Sie das Ergebnis in einem Satz."), least=10, most=300
        )
        text = contents.required(text, "text", _("Geben Sie die Stellungnahme von außen wieder."), least=20)
        draft = Recommendation.objects.filter(case=case).first() or Recommendation(case=case)
        draft.form, draft.sentence, draft.text = Form.NO_POSITION, sentence, text
        draft.frozen_at = timezone.now()
        draft.save()
        draft.conditions.all().delete()
        case.outcome = Form.NO_POSITION
        machine.enter(user, case, "rely_on_outside", role=role, version_hash=version.hash)
    return case

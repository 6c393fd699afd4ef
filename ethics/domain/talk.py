"""Questions to the project, the Council's own discussion, and papers attached to the application."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics.domain import cases, machine
from ethics.domain import content as contents
from ethics.domain.machine import Actor
from ethics.domain.papers import read_paper
from ethics.enums import CaseRole, Section, State
from ethics.models import Attachment, CaseQuestion, Remark, ReviewCase
from portal.exceptions import DomainError

ASKABLE = (State.REVIEW, State.READY, State.SCHEDULED, State.POSTPONED)
DISCUSSABLE = (State.READY, State.SCHEDULED, State.POSTPONED, State.VOTING, State.DECIDED, State.DISSENT)


def ask(user: Actor, *, case: ReviewCase, text: str) -> CaseQuestion:
    """A member free of conflict, or the office, asks the project; the project sees the question without a name.

    Raises NotAllowed, DomainError `wrong_state`, `missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.MEMBER, CaseRole.OFFICE)
        machine.require_state(case, *ASKABLE)
        text = contents.required(
            text, "text", _("Stellen Sie eine Frage (mindestens 10 Zeichen)."), least=10, most=4000
        )
        question = CaseQuestion.objects.create(
            case=case, asked_by_id=machine.acting_id(user), text=text, asked_at=timezone.now()
        )
        machine.tell(user, case, "question_asked", role=role, payload={"question": question.pk})
    return question


def answer(user: Actor, *, question: CaseQuestion, text: str) -> CaseQuestion:
    """The project answers, once. Raises NotAllowed, DomainError `wrong_state`, `already_answered`, `missing`."""
    with transaction.atomic():
        case = machine.locked(question.case)
        role = machine.require_role(user, case, CaseRole.LEAD)
        machine.require_state(case, *ASKABLE)
        question = CaseQuestion.objects.select_for_update().get(pk=question.pk)
        if question.answered_at is not None:
            raise DomainError("already_answered", _("Diese Frage ist schon beantwortet."), status=409)
        question.answer = contents.required(text, "answer", _("Beantworten Sie die Frage."), least=2, most=8000)
        question.answered_by_id, question.answered_at = machine.acting_id(user), timezone.now()
        question.save()
        machine.tell(user, case, "question_answered", role=role, payload={"question": question.pk})
    return question


def remark(user: Actor, *, case: ReviewCase, section: str, text: str) -> Remark:
    """A member free of conflict contributes to the discussion, which begins when the opinions are unveiled.

    Raises NotAllowed, DomainError `wrong_state`, `invalid`, `missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.MEMBER)
        machine.require_state(case, *DISCUSSABLE)
        if section not in Section.values:
            raise DomainError("invalid", _("Wählen Sie einen Abschnitt."), field="section")
        text = contents.required(text, "text", _("Schreiben Sie Ihren Beitrag."), least=2, most=8000)
        made = Remark.objects.create(
            case=case, section=section, author_id=machine.acting_id(user), text=text, made_at=timezone.now()
        )
        machine.tell(user, case, "remark_made", role=role, payload={"section": section})
    return made


def attach(user: Actor, *, case: ReviewCase, title: str, file: Any) -> Attachment:
    """The project adds a paper: a PDF or a picture up to 1.9 MB, recognised by its content, not by its name.

    Raises NotAllowed, DomainError `wrong_state`, `missing`, `wrong_type`, `too_large`, `already_there`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.LEAD)
        machine.require_state(case, State.DRAFT, *cases.REVISABLE)
        title = contents.required(title, "title", _("Geben Sie der Anlage einen Namen."), most=150)
        paper = read_paper(file)
        if case.attachments.filter(hash=paper.hash).exists():
            raise DomainError("already_there", _("Diese Datei ist schon angehängt."), field="file")
        attachment = Attachment.objects.create(
            case=case,
            title=title,
            file=paper.file,
            media_type=paper.media_type,
            size=paper.size,
            hash=paper.hash,
            author_id=machine.acting_id(user),
            attached_at=timezone.now(),
        )
        machine.tell(user, case, "attached", role=role, note=title, payload={"hash": paper.hash})
    return attachment

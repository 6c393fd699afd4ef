"""The applicant's acts: begin a case, save the draft, hand it in, revise it, take it back."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics.domain import content as contents
from ethics.domain import council, machine
from ethics.domain.deadlines import end_of_day
from ethics.domain.machine import Actor
from ethics.domain.slugs import free_slug
from ethics.enums import CaseRole, ChecklistKind, State, Track
from ethics.models import CaseVersion, ReviewCase, ScreeningAnswerSet
from ethics.models.visibility import grants
from ethics.screening import Outcome, Override, Screening, evaluate, overridden
from portal.exceptions import DomainError, NotAllowed
from projects.models import Project

REASON_NOT_APPLICABLE = 50
HANDED_IN = "handed_in"
REVISABLE = (State.SUBMITTED, State.TRIAGE, State.QUERY, State.REVIEW, State.READY, State.POSTPONED)


def begin(
    user: Actor,
    *,
    title: str,
    project: Project | None = None,
    initiative: str = "",
    parties: str = "",
    sample: bool = False,
) -> ReviewCase:
    """A new draft on a project that the person leads, or on an initiative without one. Only its lead sees it.

    Raises NotAllowed, DomainError `missing`, `too_long`.
    """
    if "request_review" not in grants(user):
        raise NotAllowed
    if project is not None and project.lead_id not in (None, user.pk):
        raise NotAllowed(_("Eine Prüfung beantragt, wer das Projekt leitet."))
    title = contents.required(title, "title", _("Geben Sie dem Fall einen Titel."), least=3, most=200)
    initiative = contents.limited(initiative, "initiative", most=200)
    if project is None and not initiative:
        raise DomainError("missing", _("Nennen Sie das Projekt oder die Initiative."), field="initiative")
    with transaction.atomic():
        case = ReviewCase.objects.create(
            slug=free_slug(title, ReviewCase.objects.all()),
            title=title,
            project=project,
            initiative="" if project else initiative,
            parties=contents.limited(parties, "parties", most=2000),
            lead_id=machine.acting_id(user),
            checklist=council.current_checklist(ChecklistKind.SCREENING),
            criteria=council.current_checklist(ChecklistKind.CRITERIA),
            sample=sample or (project is not None and project.sample),
        )
        _open_version(user, case)
        machine.tell(user, case, "begun", role=CaseRole.LEAD)
    return case


def save_draft(
    user: Actor,
    *,
    case: ReviewCase,
    content: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    reason: str | None = None,
) -> Screening:
    """Saves what is there so far, complete or not, and returns the interim result. Blank answers are left out.

    What is None stays as it was.

    After submission this opens the next version. Raises NotAllowed, DomainError `wrong_state`, `too_long`,
    ScreeningError.
    """
    with transaction.atomic():
        case = machine.locked(case)
        machine.require_role(user, case, CaseRole.LEAD)
        machine.require_state(case, State.DRAFT, *REVISABLE)
        version = case.versions.filter(frozen_at__isnull=True).first() or _open_version(user, case)
        kept = version.screening
        given = kept.answers if answers is None else {key: value for key, value in answers.items() if value}
        screening = evaluate(given, rules=council.screening_rules(case.checklist))
        if content is not None:
            version.content = contents.cleaned(content)
        version.author_id = machine.acting_id(user)
        version.save()
        _keep(kept, given, kept.reason if reason is None else contents.limited(reason, "reason"), screening)
    return screening


def submit(user: Actor, *, case: ReviewCase) -> ReviewCase:
    """Hands the draft in: freezes version 1 with its hash.

    Raises NotAllowed, DomainError `wrong_state`, `missing` (mandatory text), `reason_missing` (result `offen`
    without a reason, or
    V1 answered no with fewer than 50 characters).
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "submit")
        version = _freeze(case)
        machine.enter(user, case, "submit", role=role, payload={"version": version.number}, version_hash=version.hash)
    return case


def submit_revision(user: Actor, *, case: ReviewCase, note: str) -> ReviewCase:
    """Hands in the next version; opinions and votes on former versions stay bound to those.

    Raises NotAllowed, DomainError `wrong_state`, `nothing_changed`, `missing`, `reason_missing`.
    """
    note = contents.required(note, "note", _("Sagen Sie in einem Satz, was sich geändert hat."))
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.LEAD)
        machine.require_state(case, *REVISABLE)
        version = _freeze(case)
        restart_objections(case)
        case.save()
        machine.tell(
            user,
            case,
            "revised",
            role=role,
            note=note,
            payload={"version": version.number},
            version_hash=version.hash,
        )
    return case


def override_screening(user: Actor, *, case: ReviewCase, override: Override) -> ReviewCase:
    """The office, or the data-protection officer, sets another result (rule 5), on the version handed in last.

    Raises NotAllowed, DomainError `wrong_state`, ScreeningError.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.OFFICE, CaseRole.DPO)
        machine.require_state(case, State.TRIAGE)
        answers = current_version(case).screening
        screening = evaluate(answers.answers, rules=council.screening_rules(case.checklist))
        answers.overridden_outcome = overridden(screening, override)
        answers.override_reason = contents.limited(override.reason, "reason")
        answers.save()
        machine.tell(
            user,
            case,
            "screening_overridden",
            role=role,
            note=override.reason,
            payload={"outcome": override.outcome, "dpo": override.dpo_statement},
        )
    return case


def withdraw(user: Actor, *, case: ReviewCase, reason: str) -> ReviewCase:
    """Takes the case back before a decision. Raises NotAllowed, DomainError `wrong_state`, `missing`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "withdraw")
        if case.votes.filter(closed_at__isnull=True).exists():
            raise DomainError("vote_open", _("Während einer Abstimmung geht das nicht."), status=409)
        reason = contents.required(reason, "reason", _("Nennen Sie einen Grund."))
        machine.enter(user, case, "withdraw", role=role, note=reason)
    return case


def replace(user: Actor, *, case: ReviewCase, successor: ReviewCase, reason: str) -> ReviewCase:
    """Another case takes this one's place; this one stays readable. Raises NotAllowed, DomainError `wrong_state`,
    `missing`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "replace")
        if successor.pk == case.pk or successor.state in (State.DRAFT, State.WITHDRAWN, State.REPLACED):
            raise DomainError("missing", _("Nennen Sie den Fall, der diesen ersetzt."), field="successor")
        if case.votes.filter(closed_at__isnull=True).exists():
            raise DomainError("vote_open", _("Während einer Abstimmung geht das nicht."), status=409)
        case.replaced_by = successor
        reason = contents.required(reason, "reason", _("Nennen Sie einen Grund."))
        machine.enter(user, case, "replace", role=role, note=reason, payload={"successor": successor.slug})
    return case


def restart_objections(case: ReviewCase) -> None:
    """In the short track members have the days of the rule for what lies before them now. The caller saves."""
    if case.track == Track.SHORT:
        case.objections_due = end_of_day(council.current_rule().objection_days)


def current_version(case: ReviewCase) -> CaseVersion:
    """The version handed in last. DomainError `no_version` before the first one."""
    version = handed_in().filter(case=case).first()
    if version is None:
        raise DomainError("no_version", _("Es ist noch nichts eingereicht."), status=409)
    return version


def version_now(case: ReviewCase) -> CaseVersion | None:
    """As `current_version`, from rows that a page may have read before; None before the first one."""
    known: list[CaseVersion] | None = getattr(case, HANDED_IN, None)
    return next(iter(handed_in().filter(case=case)[:1] if known is None else known), None)


def handed_in() -> QuerySet[CaseVersion]:
    """Versions handed in, newest first, with their screening."""
    return CaseVersion.objects.filter(frozen_at__isnull=False).select_related("screening").order_by("-number")


def _open_version(user: Actor, case: ReviewCase) -> CaseVersion:
    last = case.versions.order_by("-number").select_related("screening").first()
    version = CaseVersion.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        content=last.content if last else {},
        author_id=machine.acting_id(user),
    )
    answers = ScreeningAnswerSet(version=version)
    if last is not None:
        answers.answers, answers.reason = last.screening.answers, last.screening.reason
    _keep(
        answers,
        answers.answers,
        answers.reason,
        evaluate(answers.answers, rules=council.screening_rules(case.checklist)),
    )
    return version


def _keep(answers: ScreeningAnswerSet, given: Mapping[str, str], reason: str, screening: Screening) -> None:
    answers.answers = dict(given)
    answers.reason = reason
    answers.outcome = screening.outcome
    answers.reasons = list(screening.reasons)
    answers.open_questions = list(screening.open_questions)
    answers.hints = list(screening.hints)
    answers.save()


def _freeze(case: ReviewCase) -> CaseVersion:
    version = case.versions.filter(frozen_at__isnull=True).select_related("screening").first()
    if version is None:
        raise DomainError("nothing_changed", _("Es gibt keine Änderung, die eingereicht werden könnte."), status=409)
    gaps = contents.missing(version.content)
    if gaps:
        raise DomainError("missing", _("Bitte ergänzen Sie die Pflichtangaben (mindestens 20 Zeichen)."), field=gaps[0])
    outcome, reason = version.screening.outcome, version.screening.reason.strip()
    if outcome == Outcome.NOT_APPLICABLE and len(reason) < REASON_NOT_APPLICABLE:
        raise DomainError(
            "reason_missing",
            _("Begründen Sie mit mindestens 50 Zeichen, warum keine Daten über Menschen verarbeitet werden."),
            field="reason",
        )
    if outcome == Outcome.OPEN and not reason:
        raise DomainError(
            "reason_missing",
            _(
                "Das Ergebnis ist noch offen. Beantworten Sie die offenen Fragen, oder begründen Sie, "
                "warum es offen bleibt."
            ),
            field="reason",
        )
    version.frozen_at = timezone.now()
    version.hash = contents.version_hash(version)
    version.save()
    return version

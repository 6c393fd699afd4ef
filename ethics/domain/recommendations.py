"""From the draft to the public page: draft with conditions, dissent, plain summary, data protection, publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import announcements, permissions
from ethics.domain import content as contents
from ethics.domain import council, machine
from ethics.domain.deadlines import end_of_day, has_passed
from ethics.domain.machine import Actor
from ethics.domain.redaction import is_redacted
from ethics.domain.register import content_hash, public_content
from ethics.domain.topics import TOPIC
from ethics.enums import CaseRole, Choice, Form, State
from ethics.models import Condition, DissentingOpinion, Recommendation, ReviewCase, ReviewTalk
from portal.accounts.models import User
from portal.activity.domain import stream
from portal.comments.models import Thread
from portal.exceptions import DomainError, NotAllowed

DRAFTABLE = (State.READY, State.SCHEDULED, State.POSTPONED, State.VOTING)
SUMMARISABLE = (State.DECIDED, State.DISSENT, State.PREPARING)
SHORTEST_SUMMARY = 40


def draft(
    user: Actor,
    *,
    case: ReviewCase,
    form: str,
    sentence: str,
    text: str,
    conditions: Sequence[tuple[str, date | None]] = (),
) -> Recommendation:
    """Writes the draft on which the Council will vote; rapporteur, chair and office do. Replaces the former draft.

    Raises NotAllowed, DomainError `wrong_state`, `vote_open`, `invalid`, `missing`, `conditions_missing`,
    `conditions_unwanted`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = may_draft(user, case)
        if role is None:
            raise NotAllowed
        machine.require_state(case, *DRAFTABLE)
        found = Recommendation.objects.filter(case=case).first() or Recommendation(case=case)
        if found.frozen_at is not None:
            raise DomainError("vote_open", _("Über diese Vorlage wird gerade abgestimmt."), status=409)
        given = [(contents.limited(words, "conditions"), due) for words, due in conditions if words.strip()]
        _check_form(form, given)
        found.form = Form(form)
        found.sentence = contents.required(
            sentence, "sentence", _("Fassen Sie die Empfehlung in einem Satz."), least=10, most=300
        )
        found.text = contents.required(text, "text", _("Begründen Sie die Empfehlung."), least=20)
        found.save()
        found.conditions.all().delete()
        Condition.objects.bulk_create(
            Condition(recommendation=found, position=number, text=words, due=due)
            for number, (words, due) in enumerate(given, 1)
        )
        machine.tell(user, case, "draft_written", role=role, payload={"form": form, "conditions": len(given)})
    return found


def open_dissent(user: Actor, *, case: ReviewCase) -> ReviewCase:
    """Starts the time in which members may file a Sondervotum. Raises NotAllowed, DomainError `wrong_state`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "open_dissent")
        case.dissent_due = end_of_day(council.current_rule().dissent_days)
        machine.enter(user, case, "open_dissent", role=role, payload={"due": case.dissent_due})
    return case


def file_dissent(
    user: Actor, *, case: ReviewCase, text: str = "", named: bool = False, waived: bool = False
) -> DissentingOpinion:
    """A member who did not vote yes files a Sondervotum, or waives it. The name is published only with `named`.

    Raises NotAllowed, DomainError `wrong_state`, `not_entitled`, `missing`, `already_filed`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.MEMBER)
        machine.require_state(case, State.DISSENT)
        if user.pk not in dissenters(case):
            raise DomainError("not_entitled", _("Ein Sondervotum gibt ab, wer nicht zugestimmt hat."), status=409)
        if case.dissents.filter(member_id=user.pk).exists():
            raise DomainError("already_filed", _("Sie haben sich dazu schon geäußert."), status=409)
        if not waived:
            text = contents.required(text, "text", _("Schreiben Sie Ihr Sondervotum."), least=20)
        dissent = DissentingOpinion.objects.create(
            case=case,
            member_id=user.pk,
            text="" if waived else text,
            named=named and not waived,
            waived=waived,
            filed_at=timezone.now(),
        )
        machine.tell(user, case, "dissent_waived" if waived else "dissent_filed", role=role)
    return dissent


def dissenters(case: ReviewCase) -> set[int]:
    """Members who voted in the deciding vote, but not for it."""
    closed = case.votes.filter(closed_at__isnull=False).order_by("-closed_at")
    vote = next((vote for vote in closed if not vote.tally.get("objected") and not vote.tally.get("inquorate")), None)
    if vote is None:
        return set()
    ballots = vote.ballots.exclude(choice=Choice.YES) if vote.carried else vote.ballots.all()
    return set(ballots.values_list("member_id", flat=True))


def prepare(user: Actor, *, case: ReviewCase) -> ReviewCase:
    """Ends the time for dissent. Raises NotAllowed, DomainError `wrong_state`, `too_early`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "prepare")
        waiting = dissenters(case) - set(case.dissents.values_list("member_id", flat=True))
        if waiting and not has_passed(case.dissent_due):
            raise DomainError(
                "too_early",
                _("Die Frist läuft noch, und %(count)s Mitglieder können noch ein Sondervotum abgeben.")
                % {"count": len(waiting)},
                status=409,
            )
        machine.enter(user, case, "prepare", role=role)
    return case


def summarise(user: Actor, *, case: ReviewCase, plain_summary: str, redaction_reason: str = "") -> Recommendation:
    """Writes what citizens read first. A later change needs the data-protection officer's look again.

    Raises NotAllowed, DomainError `wrong_state`, `missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.OFFICE, CaseRole.CHAIR)
        machine.require_state(case, *SUMMARISABLE)
        found = Recommendation.objects.get(case=case)
        found.plain_summary = contents.required(
            plain_summary,
            "plain_summary",
            _("Schreiben Sie in einfachen Worten, was der Rat empfiehlt (mindestens 40 Zeichen)."),
            least=SHORTEST_SUMMARY,
            most=3000,
        )
        found.redaction_reason = contents.limited(redaction_reason, "redaction_reason", most=2000)
        found.save()
        case.dpo_seen_at = None
        case.save()
        machine.tell(user, case, "summary_written", role=role)
    return found


def confirm_data_protection(user: Actor, *, case: ReviewCase, statement: str = "") -> ReviewCase:
    """The data-protection officer has seen what will be published. Raises NotAllowed, DomainError `wrong_state`,
    `missing`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.DPO)
        machine.require_state(case, State.PREPARING)
        if not Recommendation.objects.get(case=case).plain_summary:
            raise DomainError("missing", _("Die Zusammenfassung in einfachen Worten fehlt noch."), status=409)
        case.dpo_seen_at = timezone.now()
        case.dpo_statement = contents.limited(statement, "statement")
        case.save()
        machine.tell(user, case, "data_protection_seen", role=role, note=case.dpo_statement)
    return case


def advise(user: Actor, *, case: ReviewCase, text: str) -> ReviewCase:
    """Communications advises on the wording; chair and office read it. Raises NotAllowed, DomainError `wrong_state`,
    `missing`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.COMMUNICATIONS)
        machine.require_state(case, State.PREPARING)
        text = contents.required(text, "text", _("Schreiben Sie Ihre Anmerkung."), least=5, most=4000)
        machine.tell(user, case, "advised", role=role, note=text)
    return case


def publish(user: Actor, *, case: ReviewCase) -> ReviewCase:
    """Makes the recommendation public: page, API, dossier, project page and timeline. Keeps the hash of what was
    published.

    Raises NotAllowed, DomainError `wrong_state`, `summary_missing`, `data_protection_missing`,
    `redaction_reason_missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "publish")
        found = Recommendation.objects.get(case=case)
        if not found.plain_summary:
            raise DomainError("summary_missing", _("Die Zusammenfassung in einfachen Worten fehlt noch."), status=409)
        if case.dpo_seen_at is None:
            raise DomainError(
                "data_protection_missing",
                _("Die oder der Datenschutzbeauftragte hat es noch nicht gesehen."),
                status=409,
            )
        if _has_redactions(case, found) and not found.redaction_reason:
            raise DomainError("redaction_reason_missing", _("Begründen Sie die Schwärzungen."), status=409)
        _freeze_names(case)
        case.published_at = timezone.now()
        case.public_hash = content_hash(public_content(case))
        machine.enter(user, case, "publish", role=role, payload={"public_hash": case.public_hash})
        ReviewTalk.objects.create(case=case, thread=Thread.objects.create(target="review"))
        stream.publish(
            actor=None,
            verb="recommendation.published",
            title=case.title,
            url=case.get_absolute_url(),
            project=case.project,
            summary=public_content(case)["sentence"],
            occurred_at=case.published_at,
            sample=case.sample,
            topics=[TOPIC],
        )
        announcements.announce(case, _concerned(case))
    return case


def _concerned(case: ReviewCase) -> list[User]:
    """Members and who leads the project: those who hear of a decision by mail."""
    leads = {case.lead_id, case.project.lead_id if case.project else None} - {None}
    return list(User.objects.filter(pk__in=permissions.seats().keys() | leads, is_active=True).order_by("pk"))


def may_draft(user: Actor, case: ReviewCase) -> CaseRole | None:
    """In which role the person may write the draft: chair and rapporteur once they have declared, and the office."""
    roles = permissions.case_roles(user, case)
    if {CaseRole.CHAIR, CaseRole.MEMBER} <= roles:
        return CaseRole.CHAIR
    if CaseRole.OFFICE in roles:
        return CaseRole.OFFICE
    if CaseRole.MEMBER in roles and case.assignments.filter(member_id=user.pk, current=True).exists():
        return CaseRole.MEMBER
    return None


def _check_form(form: str, conditions: Sequence[tuple[str, date | None]]) -> None:
    if form not in Form.values:
        raise DomainError("invalid", _("Wählen Sie eine der fünf Formen."), field="form")
    if form == Form.WITH_CONDITIONS and not conditions:
        raise DomainError("conditions_missing", _("Nennen Sie mindestens eine Auflage."), field="conditions")
    if form != Form.WITH_CONDITIONS and conditions:
        raise DomainError(
            "conditions_unwanted", _("Auflagen gehören zur Form „Empfehlung mit Auflagen“."), field="conditions"
        )


def _freeze_names(case: ReviewCase) -> None:
    """What the published hash covers must not change with a display name or a project's title."""
    case.public_subject = case.subject
    for dissent in case.dissents.filter(named=True).select_related("member"):
        dissent.printed_display_name = dissent.public_name
        dissent.save()


def _has_redactions(case: ReviewCase, found: Recommendation) -> bool:
    texts = [found.sentence, found.text, found.plain_summary, *found.conditions.values_list("text", flat=True)]
    texts += case.dissents.filter(waived=False).values_list("text", flat=True)
    return any(is_redacted(text) for text in texts)

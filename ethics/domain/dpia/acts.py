"""The way of a DPIA: threshold, writing, advice of the data-protection officer, decision, consultation, next version.

Editor, data-protection officer and releaser are three different people. A change of content opens a new version, and
advice and decisions stay with the version they were given on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import cases, council
from ethics.domain.content import limited, required
from ethics.domain.dpia import desk, documents
from ethics.domain.machine import Actor, acting_id
from ethics.domain.slugs import free_slug
from ethics.enums import CaseRole, ChecklistKind, DpiaOutcome, DpiaState, DpoVerdict
from ethics.models import Consultation, Dpia, DpiaDecision, DpiaVersion, DpoStatement, ReviewCase
from ethics.models.visibility import grants
from portal.accounts.models import User
from portal.exceptions import DomainError, NotAllowed
from projects.models import Project

WRITABLE = (
    DpiaState.EDITING,
    DpiaState.WITH_DPO,
    DpiaState.DECIDING,
    DpiaState.REFUSED,
    DpiaState.DUE,
    DpiaState.RELEASED,
    DpiaState.WITH_OBLIGATIONS,
)
RELEASED = "released_by"


def begin(
    user: Actor,
    *,
    title: str,
    project: Project | None = None,
    case: ReviewCase | None = None,
    sample: bool = False,
) -> Dpia:
    """A new DPIA, standing at the threshold analysis. Raises NotAllowed, DomainError `missing`."""
    if "request_review" not in grants(user):
        raise NotAllowed
    if project is not None and project.lead_id not in (None, user.pk):
        raise NotAllowed(_("Eine Folgenabschätzung beginnt, wer das Projekt leitet."))
    if case is not None and not permissions.is_lead(user, case):
        raise NotAllowed
    title = required(title, "title", _("Geben Sie der Folgenabschätzung einen Titel."), least=3, most=200)
    with transaction.atomic():
        dpia = Dpia.objects.create(
            slug=free_slug(title, Dpia.objects.all()),
            title=title,
            project=project or (case.project if case else None),
            case=case,
            lead_id=acting_id(user),
            template=council.current_checklist(ChecklistKind.DPIA),
            sample=sample or (project is not None and project.sample),
        )
        desk.record(user, dpia, "begun", case=case.slug if case else "")
    return dpia


def begin_editing(user: Actor, *, dpia: Dpia, reason: str) -> Dpia:
    """Leaves the threshold: why an assessment is made. The outcome of the case's screening is recorded with it.

    Raises NotAllowed, DomainError `wrong_state`, `missing`.
    """
    with transaction.atomic():
        dpia = desk.locked(dpia)
        desk.require_editor(user, dpia)
        desk.require_state(dpia, DpiaState.THRESHOLD)
        reason = required(reason, "reason", _("Begründen Sie, warum Sie die Folgen abschätzen."), least=10, most=4000)
        version = desk.open_version(user, dpia)
        version.save()
        dpia.state = DpiaState.EDITING
        dpia.save()
        desk.record(user, dpia, "editing_begun", reason=reason, screening=_screening_of(dpia))
    return dpia


def save_section(user: Actor, *, dpia: Dpia, key: str, text: str, owner: str) -> Dpia:
    """One section (D1–D11) or goal (S1–S7) with who answers for it. Raises NotAllowed, DomainError `wrong_state`,
    `invalid`, `too_long`."""
    if key not in documents.section_ids(dpia.template.content):
        raise DomainError("invalid", _("Diesen Abschnitt gibt es nicht."), field="key")

    def change(content: dict[str, Any]) -> None:
        content["sections"][key] = documents.section(text, owner)

    return _edit(user, dpia, change)


def save_risk(user: Actor, *, dpia: Dpia, risk: Mapping[str, Any] | None, number: int | None = None) -> Dpia:
    """Adds a risk, changes the one with `number`, or takes it out (`risk` None).

    Raises NotAllowed, DomainError `wrong_state`, `not_found`, `missing`, `invalid`, `too_many`.
    """

    def change(content: dict[str, Any]) -> None:
        cleaned = documents.risk(risk, dpia.template.content) if risk is not None else None
        _put(content["risks"], cleaned, number)
        if risk is None:
            for row in content["measures"]:
                row["risks"] = [known for known in row["risks"] if known != number]

    return _edit(user, dpia, change)


def save_measure(user: Actor, *, dpia: Dpia, measure: Mapping[str, Any] | None, number: int | None = None) -> Dpia:
    """Adds a measure, changes the one with `number`, or takes it out (`measure` None). Errors as `save_risk`."""

    def change(content: dict[str, Any]) -> None:
        known = {row["id"] for row in content["risks"]}
        _put(content["measures"], documents.measure(measure, known) if measure is not None else None, number)

    return _edit(user, dpia, change)


def hand_over(user: Actor, *, dpia: Dpia, releaser: User) -> Dpia:
    """Freezes the version and gives it to the data-protection officer; names who will decide.

    Raises NotAllowed, DomainError `wrong_state`, `gaps`, `same_person`, `cannot_release`, `nothing_changed`.
    """
    with transaction.atomic():
        dpia = desk.locked(dpia)
        desk.require_editor(user, dpia)
        desk.require_state(dpia, DpiaState.EDITING)
        version = dpia.versions.filter(frozen_at__isnull=True).first()
        if version is None:
            raise DomainError("nothing_changed", _("Es gibt keine Änderung zum Abgeben."), status=409)
        gaps = documents.gaps(dpia.template.content, version.content)
        if gaps:
            raise DomainError("gaps", " ".join(gaps))
        _check_releaser(releaser, [*version.editors, acting_id(user)])
        version.frozen_at = timezone.now()
        version.hash = desk.version_hash(version)
        version.save()
        dpia.releaser, dpia.state = releaser, DpiaState.WITH_DPO
        dpia.save()
        desk.record(user, dpia, "handed_over", version_hash=version.hash, version=version.number, releaser=releaser.pk)
    return dpia


def advise(user: Actor, *, dpia: Dpia, verdict: str, text: str) -> DpoStatement:
    """The data-protection officer's advice on the version handed over last. Raises NotAllowed, DomainError
    `wrong_state`, `same_person`, `invalid`, `missing`."""
    with transaction.atomic():
        dpia = desk.locked(dpia)
        desk.require_dpo(user)
        desk.require_state(dpia, DpiaState.WITH_DPO)
        version = desk.current_version(dpia)
        if acting_id(user) in version.editors or user.pk == dpia.releaser_id:
            raise DomainError("same_person", THREE_PEOPLE, status=409)
        if verdict not in DpoVerdict.values:
            raise DomainError("invalid", _("Wählen Sie ein Ergebnis."), field="verdict")
        text = required(text, "text", _("Schreiben Sie Ihren Rat (mindestens 20 Zeichen)."), least=20)
        statement = DpoStatement.objects.create(
            version=version,
            version_hash=version.hash,
            author_id=acting_id(user),
            verdict=verdict,
            text=text,
            given_at=timezone.now(),
        )
        dpia.state = DpiaState.DECIDING
        dpia.save()
        desk.record(user, dpia, "advised", role=CaseRole.DPO, version_hash=version.hash, verdict=verdict)
    return statement


def consult(user: Actor, *, dpia: Dpia, sent_on: date, reference: str = "") -> Consultation:
    """Prior consultation of the authority on this version (Art. 36); editor or data-protection officer record it.

    Raises NotAllowed, DomainError `wrong_state`, `in_the_future`.
    """
    with transaction.atomic():
        dpia = desk.locked(dpia)
        if not (desk.is_editor(user, dpia) or permissions.is_dpo(user)):
            raise NotAllowed
        desk.require_state(dpia, DpiaState.DECIDING)
        if sent_on > timezone.localdate():
            raise DomainError("in_the_future", _("Der Tag liegt in der Zukunft."), field="sent_on")
        version = desk.current_version(dpia)
        found = Consultation.objects.create(
            version=version, sent_on=sent_on, reference=limited(reference, "reference", most=100)
        )
        dpia.state = DpiaState.CONSULTING
        dpia.save()
        desk.record(user, dpia, "consultation_begun", role=_side(user), version_hash=version.hash)
    return found


def answer_consultation(user: Actor, *, dpia: Dpia, answer: str, answered_on: date) -> Dpia:
    """Records what the authority answered; the decision can follow. Raises NotAllowed, DomainError `wrong_state`,
    `missing`, `in_the_future`."""
    with transaction.atomic():
        dpia = desk.locked(dpia)
        if not (desk.is_editor(user, dpia) or permissions.is_dpo(user)):
            raise NotAllowed
        desk.require_state(dpia, DpiaState.CONSULTING)
        if answered_on > timezone.localdate():
            raise DomainError("in_the_future", _("Der Tag liegt in der Zukunft."), field="answered_on")
        version = desk.current_version(dpia)
        found = version.consultations.filter(answered_on__isnull=True).latest("pk")
        found.answer = required(answer, "answer", _("Halten Sie die Antwort der Aufsicht fest."), least=10)
        found.answered_on = answered_on
        found.save()
        dpia.state = DpiaState.DECIDING
        dpia.save()
        desk.record(user, dpia, "consultation_answered", role=_side(user), version_hash=version.hash)
    return dpia


def decide(user: Actor, *, dpia: Dpia, outcome: str, reason: str, obligations: str = "") -> DpiaDecision:
    """The controller decides, by the person named, who neither edited nor advised. A high residual risk cannot be
    released before the authority's answer is recorded for this version (Art. 36).

    Raises NotAllowed, DomainError `wrong_state`, `same_person`, `invalid`, `missing`, `advice_missing`,
    `consultation_missing`.
    """
    with transaction.atomic():
        dpia = desk.locked(dpia)
        if user.pk != dpia.releaser_id or "release_dpia" not in grants(user):
            raise NotAllowed
        desk.require_state(dpia, DpiaState.DECIDING)
        version = desk.current_version(dpia)
        statements = version.statements.filter(version_hash=version.hash)
        if not statements.exists():
            raise DomainError("advice_missing", _("Der Rat zu dieser Fassung fehlt."), status=409)
        if user.pk in version.editors or statements.filter(author_id=user.pk).exists():
            raise DomainError("same_person", THREE_PEOPLE, status=409)
        if outcome not in DpiaOutcome.values:
            raise DomainError("invalid", _("Wählen Sie eine Entscheidung."), field="outcome")
        if outcome != DpiaOutcome.REFUSED:
            _check_residual(dpia, version)
        reason = required(reason, "reason", _("Begründen Sie die Entscheidung."), least=20)
        if outcome == DpiaOutcome.WITH_OBLIGATIONS:
            obligations = required(obligations, "obligations", _("Nennen Sie die Auflagen."), least=5)
        decision = DpiaDecision.objects.create(
            version=version,
            version_hash=version.hash,
            author_id=acting_id(user),
            outcome=outcome,
            reason=reason,
            obligations=obligations if outcome == DpiaOutcome.WITH_OBLIGATIONS else "",
            decided_at=timezone.now(),
        )
        dpia.state = DpiaState(outcome)
        dpia.save()
        desk.record(user, dpia, "decided", role=RELEASED, version_hash=version.hash, outcome=outcome)
    return decision


THREE_PEOPLE = _("Wer schreibt, wer rät und wer entscheidet, müssen drei verschiedene Menschen sein.")


def _edit(user: Actor, dpia: Dpia, change: Any) -> Dpia:
    """Changes the open version. What was handed over stays; the next version goes through advice and decision anew."""
    with transaction.atomic():
        dpia = desk.locked(dpia)
        desk.require_editor(user, dpia)
        desk.require_state(dpia, *WRITABLE)
        version = desk.open_version(user, dpia)
        change(version.content)
        version.save()
        if dpia.state != DpiaState.EDITING:
            former, dpia.state = dpia.state, DpiaState.EDITING
            dpia.save()
            desk.record(user, dpia, "reopened", **{"from": former}, version=version.number)
    return dpia


def _put(rows: list[dict[str, Any]], cleaned: dict[str, Any] | None, number: int | None) -> None:
    place = next((place for place, row in enumerate(rows) if row["id"] == number), None)
    if number is not None and place is None:
        raise DomainError("not_found", _("Diesen Eintrag gibt es nicht mehr."), status=409)
    if cleaned is None:
        if place is not None:
            del rows[place]
    elif place is not None and number is not None:
        rows[place] = {"id": number, **cleaned}
    elif len(rows) >= documents.MOST:
        raise DomainError("too_many", _("Mehr als %(most)s Einträge sind nicht möglich.") % {"most": documents.MOST})
    else:
        rows.append({"id": max((row["id"] for row in rows), default=0) + 1, **cleaned})


def _check_releaser(releaser: User, editors: list[int]) -> None:
    held = grants(releaser)
    if releaser.pk in editors or "advise_data_protection" in held:
        raise DomainError("same_person", THREE_PEOPLE, field="releaser")
    if "release_dpia" not in held:
        raise DomainError("cannot_release", _("Diese Person darf nicht freigeben."), field="releaser")


def _check_residual(dpia: Dpia, version: DpiaVersion) -> None:
    high = documents.high_residual(dpia.template.content, version.content)
    if high and not version.consultations.filter(answered_on__isnull=False).exists():
        raise DomainError(
            "consultation_missing",
            _("Das Restrisiko ist hoch. Zuerst muss die Aufsicht konsultiert sein (Art. 36 DSGVO)."),
            status=409,
        )


def _screening_of(dpia: Dpia) -> str:
    if dpia.case is None or not dpia.case.versions.filter(frozen_at__isnull=False).exists():
        return ""
    return cases.current_version(dpia.case).screening.final_outcome


def _side(user: Any) -> str:
    return CaseRole.DPO if permissions.is_dpo(user) else CaseRole.LEAD

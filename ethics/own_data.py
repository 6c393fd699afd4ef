"""Members, leads and the office: what the export names, and an erasure that leaves every case provable.

Votes, opinions and acts of an office stay, and point to the emptied account (docs/decisions/0332).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics.domain.council import STREAM
from ethics.domain.register import content_hash, public_content
from ethics.models import (
    Assignment,
    Attachment,
    Attendance,
    Ballot,
    CaseEvent,
    CaseQuestion,
    CaseVersion,
    ConflictDeclaration,
    CouncilSeat,
    DissentingOpinion,
    Dpia,
    DpiaDecision,
    DpiaRecord,
    DpoStatement,
    FolderMark,
    Inquiry,
    Invitation,
    Minutes,
    Objection,
    Opinion,
    OutsideOpinion,
    Remark,
    ReviewCase,
    Vote,
    WrittenObjection,
)
from portal import audit
from portal.accounts.domain import personal, privacy
from portal.accounts.domain.personal import Column
from portal.comments.enums import State

if TYPE_CHECKING:
    from portal.accounts.models import User

PROVABLE = Column("ethics", stays=True, reason="acts of an office in cases that the audit chain vouches for")
EXPERT = Column(stays=True, reason="an expert without an account; part of a file that the audit chain vouches for")
# Each model with the column that names the person, and its word in the export.
ACTS: tuple[tuple[Any, str, str], ...] = (
    (CouncilSeat, "user", "seat"),
    (ReviewCase, "lead", "case"),
    (CaseVersion, "author", "version"),
    (CaseEvent, "actor", "act"),
    (Invitation, "member", "invitation"),
    (Attendance, "member", "attendance"),
    (DissentingOpinion, "member", "dissent"),
    (Assignment, "member", "rapporteur"),
    (ConflictDeclaration, "member", "declaration"),
    (Opinion, "member", "opinion"),
    (OutsideOpinion, "entered_by", "entered_opinion"),
    (Objection, "member", "objection"),
    (Vote, "presiding", "presided"),
    (Ballot, "member", "ballot"),
    (Ballot, "recorded_by", "recorded_ballot"),
    (Attachment, "author", "attachment"),
    (CaseQuestion, "asked_by", "question"),
    (CaseQuestion, "answered_by", "answered_question"),
    (Dpia, "lead", "impact_assessment"),
    (Dpia, "releaser", "released_impact_assessment"),
    (DpiaDecision, "author", "impact_decision"),
    (DpiaRecord, "published_by", "published_impact_assessment"),
    (DpoStatement, "author", "data_protection_statement"),
    (Minutes, "released_by", "minutes"),
    (Remark, "author", "remark"),
    (WrittenObjection, "member", "written_objection"),
)
# What is the person's own and no part of a file: it goes, or loses her name.
OWN: tuple[tuple[Any, str, str], ...] = ((FolderMark, "member", "mark"), (Inquiry, "author", "inquiry"))


def register() -> None:
    personal.register({f"{model._meta.label}.{name}": PROVABLE for model, name, _word in ACTS})
    personal.register({f"{model._meta.label}.{name}": Column("ethics") for model, name, _word in OWN})
    personal.register({"ethics.Attachment.file": PROVABLE})
    personal.register({"ethics.DissentingOpinion.printed_display_name": Column("ethics")})
    personal.register({f"ethics.OutsideOpinion.{name}": EXPERT for name in ("expert_contact", "scan")})
    privacy.register_media("ethikrat", papers)
    privacy.register_export("ethics", export, _("Mitarbeit im Ethikrat"))
    privacy.register_erasure("ethics", erase, preview)


def export(user: User) -> Iterator[dict[str, Any]]:
    """Every row that names the person, with its own columns; of others' rows nothing."""
    for model, name, word in (*ACTS, *OWN):
        for row in model.objects.filter(**{name: user}).order_by("pk"):
            values = {
                field.attname: field.value_to_string(row)
                for field in model._meta.concrete_fields
                if field.attname not in ("id", f"{name}_id")
            }
            yield {"kind": word, **values}


def papers(user: User) -> Iterator[tuple[str, Any]]:
    """Papers that the person put into a case."""
    for row in Attachment.objects.filter(author=user).order_by("pk"):
        yield f"{row.pk}-{row.file.name.rsplit('/', 1)[-1]}", row.file


def preview(user: User) -> Iterator[privacy.Fate]:
    acts = sum(model.objects.filter(**{name: user}).count() for model, name, _word in ACTS)
    stays = _("bleiben als Akte, unter „gelöschtes Konto“")
    yield privacy.Fate(_("Amtliche Handlungen im Ethikrat: Stimmen, Stellungnahmen, Sitzungen"), acts, stays)
    yield privacy.Fate(_("Erläuterungen zur Befangenheit"), _explained(user).count())
    yield privacy.Fate(_("Entwürfe von Stellungnahmen"), _drafts(user).count())
    yield privacy.Fate(_("Merkzeichen und Notizen zu Sitzungen"), FolderMark.objects.filter(member=user).count())
    asked = Inquiry.objects.filter(author=user)
    yield privacy.Fate(
        _("Fragen an den Ethikrat"), asked.count(), _("bleiben ohne Ihren Namen, soweit sie zu sehen sind")
    )
    yield privacy.Fate(_("Ihr Name an Sondervoten"), _named(user).count())


def erase(user: User) -> int:
    """Ends the seat, empties what is about the person herself, takes her name off dissents; each case says so."""
    touched = _drafts(user).delete()[0] + FolderMark.objects.filter(member=user).delete()[0]
    asked = Inquiry.objects.filter(author=user)
    asked.exclude(state=State.VISIBLE).update(question="", state=State.DELETED)
    touched += asked.update(author=None)
    for seat in CouncilSeat.objects.filter(user=user, until=None):
        seat.until = max(timezone.localdate(), seat.since)
        seat.save()
        audit.record(actor=None, action="ethics.member_erased", obj=seat, stream=STREAM, payload={"until": seat.until})
        touched += 1
    cases = {row.case_id for row in [*_explained(user), *_named(user)]}
    touched += _explained(user).update(explanation="") + _named(user).update(named=False, printed_display_name="")
    for case in ReviewCase.objects.filter(pk__in=cases).order_by("pk"):
        _vouch_again(case)
    return touched


def _vouch_again(case: ReviewCase) -> None:
    """The public version may have carried the name, so its hash is made anew; the chain keeps the former one."""
    former = case.public_hash
    if case.published_at is not None:
        case.public_hash = content_hash(public_content(case))
        case.save()
    payload = {"public_hash": case.public_hash, "former": former}
    audit.record(actor=None, action="ethics.person_erased", obj=case, stream=case.stream, payload=payload)


def _explained(user: User) -> Any:
    return ConflictDeclaration.objects.filter(member=user).exclude(explanation="")


def _drafts(user: User) -> Any:
    return Opinion.objects.filter(member=user, submitted_at=None)


def _named(user: User) -> Any:
    return DissentingOpinion.objects.filter(member=user, named=True)

"""The public register of DPIAs: what the city says of one it has released. Numbers and a plain summary; no text, name,
advice or risk of the DPIA itself, and nothing of a version that is being written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics.domain.content import required
from ethics.domain.dpia import desk, documents
from ethics.domain.dpia.due import IN_FORCE
from ethics.domain.machine import Actor, acting_id
from ethics.domain.redaction import public
from ethics.domain.topics import TOPIC
from ethics.enums import CaseRole
from ethics.models import Dpia, DpiaDecision, DpiaRecord, DpiaVersion
from ethics.models.visibility import grants
from portal.activity.domain import stream
from portal.audit.canonical import canonical, sha256
from portal.exceptions import DomainError, NotAllowed

SHORTEST = 40


def publish(user: Actor, *, dpia: Dpia, summary: str) -> DpiaRecord:
    """Enters the released version into the public register, once a version. Lead or who decided on it may.

    Raises NotAllowed, DomainError `wrong_state`, `already_published`, `missing`.
    """
    with transaction.atomic():
        dpia = desk.locked(dpia)
        if not may_publish(user, dpia):
            raise NotAllowed
        desk.require_state(dpia, *IN_FORCE)
        version = desk.current_version(dpia)
        if DpiaRecord.objects.filter(version=version).exists():
            raise DomainError("already_published", _("Diese Fassung steht schon im Register."), status=409)
        summary = required(
            summary,
            "summary",
            _("Schreiben Sie in einfachen Worten, worum es geht (mindestens 40 Zeichen)."),
            least=SHORTEST,
            most=3000,
        )
        content = _content(dpia, version, public(summary))
        record = DpiaRecord.objects.create(
            dpia=dpia,
            version=version,
            content=content,
            hash=record_hash(content),
            published_at=timezone.now(),
            published_by_id=acting_id(user),
        )
        role = CaseRole.LEAD if desk.is_editor(user, dpia) else "released_by"
        desk.record(user, dpia, "published", role=role, version_hash=version.hash, record=record.hash)
        stream.publish(
            actor=None,
            verb="dpia.published",
            title=dpia.title,
            url=record.get_absolute_url(),
            project=dpia.project,
            summary=content["summary"],
            occurred_at=record.published_at,
            sample=dpia.sample,
            topics=[TOPIC],
        )
    return record


def may_publish(user: Any, dpia: Dpia) -> bool:
    """The controller's side: who leads it, and who was named to decide."""
    return desk.is_editor(user, dpia) or (user.pk == dpia.releaser_id and "release_dpia" in grants(user))


def record_hash(content: dict[str, Any]) -> str:
    return sha256(canonical(content))


def published() -> QuerySet[DpiaRecord]:
    """The newest record of each DPIA; `superseded` where a later version has been decided on since."""
    later = DpiaDecision.objects.filter(version__dpia=OuterRef("dpia"), version__number__gt=OuterRef("version__number"))
    rows = DpiaRecord.objects.public().annotate(superseded=Exists(later))
    return rows.select_related("dpia__case", "dpia__project", "version")


def _content(dpia: Dpia, version: DpiaVersion, summary: str) -> dict[str, Any]:
    """Frozen with its hash: later changes of titles or templates do not reach it."""
    decision = version.decisions.latest("pk")
    risks, measures = version.content["risks"], version.content["measures"]
    return {
        "slug": dpia.slug,
        "title": dpia.title,
        "subject": dpia.project.title if dpia.project else dpia.title,
        "project": dpia.project.slug if dpia.project else None,
        "summary": summary,
        "version": version.number,
        "version_hash": version.hash,
        "outcome": decision.outcome,
        "decided_on": timezone.localdate(decision.decided_at).isoformat(),
        "dpo_advised": True,
        "authority_consulted": version.consultations.filter(answered_on__isnull=False).exists(),
        "risks": {"count": len(risks)}
        | {stage: _classes(dpia.template.content, (row[stage] for row in risks)) for stage in documents.STAGES},
        "measures": {"count": len(measures), "with_proof": sum(bool(row["proof"]) for row in measures)},
        "template": dpia.template.version,
        "sample": dpia.sample,
    }


def _classes(template: dict[str, Any], ratings: Iterable[list[int] | None]) -> dict[str, int]:
    found = [documents.risk_class(template, rating) for rating in ratings]
    return {name: found.count(name) for name in documents.CLASSES}

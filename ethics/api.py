"""Routes of the public API, assembled in portal/api.py: the register of published recommendations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from ethics.domain.dpia import record as register
from ethics.domain.redaction import public
from ethics.domain.register import public_content
from ethics.models import ReviewCase
from portal.exceptions import DomainError
from portal.rest import Cursor, Failure, Limit, paginate, timestamp

router = Router(tags=["Ethikrat"])


class ConditionOut(Schema):
    position: int
    text: str
    due: str | None
    state: str
    response: str
    response_reason: str
    proof: str


class TallyOut(Schema):
    yes: int
    no: int
    abstained: int


class ReviewOut(Schema):
    id: int
    slug: str
    title: str
    url: str
    project: str | None
    subject: str
    state: str
    outcome: str
    sentence: str
    summary: str
    text: str
    conditions: list[ConditionOut]
    tally: TallyOut | None
    published_at: str
    hash: str
    sample: bool


class ReviewPage(Schema):
    items: list[ReviewOut]
    next: str | None


class RiskClasses(Schema):
    gering: int
    mittel: int
    hoch: int


class RisksOut(Schema):
    count: int
    inherent: RiskClasses
    planned: RiskClasses
    residual: RiskClasses


class MeasuresOut(Schema):
    count: int
    with_proof: int


class AssessmentOut(Schema):
    id: int
    slug: str
    title: str
    url: str
    project: str | None
    subject: str
    summary: str
    outcome: str
    decided_on: str
    version: int
    version_hash: str
    dpo_advised: bool
    authority_consulted: bool
    risks: RisksOut
    measures: MeasuresOut
    review: str | None
    superseded: bool
    published_at: str
    hash: str
    sample: bool


class AssessmentPage(Schema):
    items: list[AssessmentOut]
    next: str | None


@router.get(
    "/reviews",
    response={200: ReviewPage, 400: Failure},
    summary="Veröffentlichte Empfehlungen des Ethikrats",
    description="Nur veröffentlichte Prüfungen; „project“ ist der Kurzname eines Projekts.",
)
def list_reviews(
    request: HttpRequest, project: str | None = None, limit: int = Limit, cursor: str | None = Cursor
) -> dict[str, Any]:
    """Published cases only; `project` is a project's slug."""
    rows = _published()
    if project:
        rows = rows.filter(project__slug=project)
    return paginate(request, rows, serialise, limit=limit, cursor=cursor)


@router.get("/reviews/{slug}", response={200: ReviewOut, 404: Failure}, summary="Eine veröffentlichte Empfehlung")
def get_review(request: HttpRequest, slug: str) -> dict[str, Any]:
    found = _published().filter(slug=slug).first()
    if found is None:
        raise DomainError("not_found", "Das gibt es nicht.", status=404)
    return serialise(found)


def _published() -> Any:
    rows = ReviewCase.objects.public().select_related("project", "recommendation")
    return rows.prefetch_related("recommendation__conditions", "dissents__member", "votes", "outside_opinions")


def serialise(case: ReviewCase) -> dict[str, Any]:
    content = public_content(case)
    return {
        "id": case.pk,
        "slug": case.slug,
        "title": case.title,
        "url": case.get_absolute_url(),
        "project": case.project.slug if case.project else None,
        "subject": content["subject"],
        "state": case.state,
        "outcome": content["outcome"],
        "sentence": content["sentence"],
        "summary": content["summary"],
        "text": content["text"],
        "conditions": [
            {
                "position": row.position,
                "text": public(row.text),
                "due": row.due.isoformat() if row.due else None,
                "state": row.state,
                "response": row.response,
                "response_reason": public(row.response_reason),
                "proof": public(row.proof),
            }
            for row in case.recommendation.conditions.all()
        ],
        "tally": content["tally"],
        "published_at": timestamp(case.published_at),
        "hash": case.public_hash,
        "sample": case.sample,
    }


@router.get(
    "/assessments",
    response={200: AssessmentPage, 400: Failure},
    summary="Register der Datenschutz-Folgenabschätzungen",
    description="Freigegebene und veröffentlichte; Zahlen und eine Zusammenfassung, nie die Texte selbst.",
)
def list_assessments(request: HttpRequest, limit: int = Limit, cursor: str | None = Cursor) -> dict[str, Any]:
    """The newest published record of each DPIA."""
    return paginate(request, register.published(), _assessment, limit=limit, cursor=cursor)


@router.get(
    "/assessments/{slug}",
    response={200: AssessmentOut, 404: Failure},
    summary="Ein Eintrag im Register der Folgenabschätzungen",
)
def get_assessment(request: HttpRequest, slug: str) -> dict[str, Any]:
    found = register.published().filter(dpia__slug=slug).first()
    if found is None:
        raise DomainError("not_found", "Das gibt es nicht.", status=404)
    return _assessment(found)


def _assessment(record: Any) -> dict[str, Any]:
    case = record.dpia.case
    return {
        **record.content,
        "id": record.pk,
        "url": record.get_absolute_url(),
        "review": case.slug if case is not None and case.is_public else None,
        "superseded": record.superseded,
        "published_at": timestamp(record.published_at),
        "hash": record.hash,
    }

"""What the public may know of a published case. Page, PDF, API, search and hash all start from here."""

from __future__ import annotations

from typing import Any

from ethics.domain.redaction import public
from ethics.enums import Form
from ethics.models import ReviewCase, Vote
from portal.audit.canonical import canonical, sha256


def public_content(case: ReviewCase) -> dict[str, Any]:
    """The published words and numbers, with redactions applied and without names (a dissenting name only with consent).

    Contains nothing that changes after publication: what becomes of the conditions is read from them.
    """
    found = case.recommendation
    vote = deciding_vote(case)
    outside = len(case.outside_opinions.all())
    content = {
        "slug": case.slug,
        "title": case.title,
        "subject": case.subject,
        "outcome": case.outcome,
        "outcome_label": str(Form(case.outcome).label) if case.outcome else "",
        "sentence": public(found.sentence),
        "summary": public(found.plain_summary),
        "text": public(found.text),
        "redaction_reason": found.redaction_reason,
        "conditions": [
            {"position": c.position, "text": public(c.text), "due": c.due.isoformat() if c.due else None}
            for c in sorted(found.conditions.all(), key=lambda c: c.position)
        ],
        "dissents": [
            {"text": public(d.text), "name": d.public_name}
            for d in sorted(case.dissents.all(), key=lambda d: d.pk)
            if not d.waived
        ],
        "tally": {key: vote.tally[key] for key in ("yes", "no", "abstained")} if vote else None,
        "quorum": {key: vote.quorum[key] for key in ("base", "needed", "present")} if vote else None,
        "rule_version": vote.rule["version"] if vote else None,
        "version_hash": vote.version_hash if vote else "",
        "sample": case.sample,
    }
    return content | ({"outside_opinions": outside} if outside else {})


def deciding_vote(case: ReviewCase) -> Vote | None:
    """The last vote that was counted; one broken off in writing is none."""
    newest = sorted(case.votes.all(), key=lambda vote: vote.opened_at, reverse=True)
    return next(
        (vote for vote in newest if vote.closed_at and "yes" in vote.tally and "inquorate" not in vote.tally), None
    )


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 of the published content; labels are left out, since they depend on the language."""
    return sha256(canonical({key: value for key, value in content.items() if key != "outcome_label"}))

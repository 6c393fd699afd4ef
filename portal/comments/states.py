"""What of a row the audit chain vouches for (portal.audit.subjects): what was said, how it stands, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portal.comments.models import Comment, ModerationDecision, Objection


def of_comment(comment: Comment) -> Mapping[str, Any]:
    return {
        "thread": comment.thread_id,
        "parent": comment.parent_id,
        "text": comment.text,
        "state": comment.state,
        "reason": comment.hidden_reason,
        "official": comment.official,
        "department": comment.department,
        "created_at": comment.created_at,
    }


def of_decision(decision: ModerationDecision) -> Mapping[str, Any]:
    matter = decision.matter
    about: Mapping[str, Any] = (
        {"comment": int(matter.object_key)}
        if matter.kind == "comment"  # as it was written before there were other kinds
        else {"kind": matter.kind, "key": matter.object_key}
    )
    until = {"until": decision.until} if decision.until else {}
    return {
        **about,
        **until,
        "measure": decision.measure,
        "reason": decision.reason,
        "facts": decision.facts,
        "ground": decision.ground,
        "provision": decision.provision,
        "created_at": decision.created_at,
    }


def of_objection(objection: Objection) -> Mapping[str, Any]:
    return {
        "decision": objection.decision_id,
        "text": objection.text,
        "upheld": objection.upheld,
        "answer": objection.answer,
        "decided_at": objection.decided_at,
    }

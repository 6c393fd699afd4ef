"""Talk and its order."""

from portal.comments.models.matter import Matter, MatterQuerySet
from portal.comments.models.moderation import ModerationDecision, Notice, Objection
from portal.comments.models.talk import (
    MAX_LENGTH,
    Comment,
    CommentQuerySet,
    Revision,
    Support,
    Thread,
    edit_window_ends,
)

__all__ = [
    "MAX_LENGTH",
    "Comment",
    "CommentQuerySet",
    "Matter",
    "MatterQuerySet",
    "ModerationDecision",
    "Notice",
    "Objection",
    "Revision",
    "Support",
    "Thread",
    "edit_window_ends",
]

"""Who may do what with dialogue events and boards; used by views, API, sockets and templates alike."""

from __future__ import annotations

from typing import Any

from dialogues.enums import Stage
from dialogues.models import Contribution, OnlineDialogue
from portal.accounts.permissions import may_write
from portal.comments.enums import State

EDIT_EVENT = "dialogues.change_event"
MODERATE = "dialogues.moderate_board"
RUN_DOOR = "dialogues.run_door"


def can_edit_event(user: Any) -> bool:
    return bool(user is not None and user.is_active and user.has_perm(EDIT_EVENT))


def can_moderate(user: Any) -> bool:
    """Leads World Cafés: console, rounds, hiding, broadcast, harvest."""
    return bool(user is not None and user.is_active and user.has_perm(MODERATE))


def can_run_door(user: Any) -> bool:
    """Sees who registered, names and needs included, and runs the door."""
    return bool(user is not None and user.is_active and user.has_perm(RUN_DOOR))


# Online dialogues. Whether the phase allows it is asked of the dialogue at the moment of the act.

RUN = "dialogues.run_dialogue"
RECORD = "dialogues.record_contribution"
ANSWER = "dialogues.answer_contribution"
RELEASE = "dialogues.release_event"


def holds(user: Any, permission: str) -> bool:
    return bool(user is not None and user.is_active and user.has_perm(permission))


def can_run(user: Any) -> bool:
    """Plans dialogues, merges duplicates, takes over harvests, sees every deadline."""
    return holds(user, RUN)


def can_record(user: Any) -> bool:
    """Enters what came by phone, letter or on the spot."""
    return holds(user, RECORD)


def can_release(user: Any) -> bool:
    """Checks and releases events that clubs propose."""
    return holds(user, RELEASE)


def can_answer_somewhere(user: Any) -> bool:
    return holds(user, ANSWER)


def can_answer(user: Any, contribution: Contribution) -> bool:
    """Those who run dialogues every contribution; others those of their department and of projects they lead."""
    if not can_answer_somewhere(user):
        return False
    if can_run(user) or (user.department and user.department == contribution.department):
        return True
    project = contribution.dialogue.project
    return project is not None and project.lead_id == user.pk


def may_contribute(dialogue: OnlineDialogue) -> bool:
    return dialogue.is_public and dialogue.stage == Stage.COLLECT


def may_discuss(dialogue: OnlineDialogue) -> bool:
    """Supporting, commenting and voting in polls."""
    return dialogue.is_public and dialogue.stage in (Stage.COLLECT, Stage.DISCUSS)


def may_record(dialogue: OnlineDialogue) -> bool:
    """Letters may still arrive after the collecting is over."""
    return dialogue.is_public and dialogue.stage in (Stage.COLLECT, Stage.DISCUSS)


def may_answer(dialogue: OnlineDialogue) -> bool:
    """From the first contribution on; after the end too, since ideas are carried out later."""
    return dialogue.is_public and dialogue.stage not in (Stage.BEFORE, Stage.INFORM)


def is_author(user: Any, contribution: Contribution) -> bool:
    return bool(user.is_authenticated) and contribution.author_id == user.pk


def can_edit_contribution(user: Any, contribution: Contribution) -> bool:
    """The author while ideas are collected and the city has not answered."""
    return (
        is_author(user, contribution)
        and contribution.state in (State.VISIBLE, State.HELD)
        and may_contribute(contribution.dialogue)
        and contribution.merged_into_id is None
        and contribution.answered_at is None
        and may_write(user)
    )


def can_delete_contribution(user: Any, contribution: Contribution) -> bool:
    """The author until the city has answered; afterwards the text stays for all, without the name after an erasure."""
    return (
        is_author(user, contribution)
        and contribution.state != State.DELETED
        and contribution.answered_at is None
        and contribution.merged_into_id is None
    )

"""What an entry of the desk is, and when it is offered. Whether it may run is the domain's decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics.domain import machine
from ethics.enums import CaseRole, State
from ethics.forms.base import ActForm
from ethics.models import ReviewCase, Vote
from portal.exceptions import DomainError

SAVED = _("Gespeichert.")
Offer = Callable[[Any, ReviewCase, frozenset[CaseRole]], bool]


@dataclass(frozen=True)
class Act:
    """One thing to do. `step` names the transition it takes; others give `offered`. `main` acts stand open on the
    page, `own` ones in the column of the member."""

    key: str
    title: Any
    form: type[ActForm]
    run: Callable[[Any, ReviewCase, Any], Any]
    button: Any = ""
    hint: Any = ""
    step: str = ""
    offered: Offer | None = None
    main: bool = True
    own: bool = False
    template: str = "ethics/office/_fields.html"
    done: Any = SAVED

    def is_offered(self, user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
        if self.step:
            step = machine.TRANSITIONS[self.step]
            if case.state not in step.sources or not roles.intersection(step.roles):
                return False
        return self.offered is None or self.offered(user, case, roles)


def in_states(*states: State, roles: tuple[CaseRole, ...]) -> Offer:
    return lambda user, case, held: case.state in states and bool(held.intersection(roles))


def running_vote(case: ReviewCase) -> Vote:
    """The vote that is open; DomainError `no_vote` if it was closed meanwhile, or never opened."""
    vote = open_vote(case)
    if vote is None:
        raise DomainError("no_vote", _("Gerade läuft keine Abstimmung."), status=409)
    return vote


def open_vote(case: ReviewCase) -> Vote | None:
    if case.state != State.VOTING:
        return None
    return next((vote for vote in case.votes.all() if vote.closed_at is None), None)

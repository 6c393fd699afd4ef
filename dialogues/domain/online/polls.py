"""Ask, vote once, and show results in which nobody can be recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, F, OuterRef
from django.utils.translation import gettext as _

from dialogues import permissions
from dialogues.domain.online import gates
from dialogues.domain.small_numbers import unsaid
from dialogues.enums import PollKind, Stage
from dialogues.models import OnlineDialogue, Poll, PollOption, PollParticipation
from dialogues.models.polls import SMALLEST
from portal import audit, cache
from portal.exceptions import DomainError, NotAllowed

FEWEST_OPTIONS, MOST_OPTIONS = 2, 12


@dataclass(frozen=True)
class Cell:
    """One option of a result; `votes` is None where the number is not shown."""

    text: str
    votes: int | None
    share: int | None


@dataclass(frozen=True)
class Shown:
    """A poll as a person sees it; `cells` is empty until results may be shown."""

    poll: Poll
    options: list[PollOption]
    people: int
    voted: bool
    is_open: bool
    cells: list[Cell]

    @property
    def too_few(self) -> bool:
        return not self.is_open and not self.cells


def ask(
    *, user: Any, dialogue: OnlineDialogue, question: str, kind: str, options: Sequence[str], sample: bool = False
) -> Poll:
    """Adds a poll question. Errors: not_allowed, empty, too_long, options (2 to 12, all different)."""
    if not permissions.can_run(user):
        raise NotAllowed
    question = gates.line(question, 300, field="question")
    texts = [gates.line(text, 150, field="options") for text in options if text.strip()]
    if not FEWEST_OPTIONS <= len(texts) <= MOST_OPTIONS or len(set(texts)) < len(texts):
        message = _("Bitte nennen Sie 2 bis 12 verschiedene Antworten, eine je Zeile.")
        raise DomainError("options", message, field="options")
    with transaction.atomic():
        poll = Poll.objects.create(
            dialogue=dialogue, question=question, kind=PollKind(kind), position=dialogue.polls.count(), sample=sample
        )
        PollOption.objects.bulk_create(
            PollOption(poll=poll, text=text, position=place) for place, text in enumerate(texts)
        )
        audit.record(actor=user, action="poll.asked", obj=poll, payload={"dialogue": dialogue.slug})
        transaction.on_commit(cache.invalidate)
    return poll


def vote(*, user: Any, poll: Poll, choices: Sequence[int], sample: bool = False) -> None:
    """Counts the person's choice, once and for good: nothing links the person to it, so it cannot be changed.

    `choices` are option ids. Errors: sign_in, blocked, no_dialogue, wrong_stage, no_choice, one_choice, already_voted.
    """
    person = gates.demand_voice(user)
    gates.demand_dialogue(person, poll.dialogue)
    dialogue = gates.fresh(poll.dialogue)
    if not sample:
        gates.demand_stage(permissions.may_discuss(dialogue), dialogue)
    wanted = set(choices)
    if not wanted or poll.options.filter(pk__in=wanted).count() != len(wanted):
        raise DomainError("no_choice", _("Bitte wählen Sie eine Antwort aus."), field="choices")
    if poll.kind == PollKind.SINGLE and len(wanted) > 1:
        raise DomainError("one_choice", _("Hier ist nur eine Antwort möglich."), field="choices")
    try:
        with transaction.atomic():
            PollParticipation.objects.create(poll=poll, user=person)
            PollOption.objects.filter(pk__in=wanted).update(votes=F("votes") + 1)
            transaction.on_commit(cache.invalidate)
    except IntegrityError as error:
        raise DomainError("already_voted", _("Sie haben schon abgestimmt."), status=409) from error


def shown(*, dialogue: OnlineDialogue, user: Any) -> list[Shown]:
    """The polls of a dialogue with what this person may see; two queries, whatever their number."""
    me = user.pk if user.is_authenticated else None
    mine = PollParticipation.objects.filter(poll=OuterRef("pk"), user=me)
    polls = dialogue.polls.prefetch_related("options").annotate(people=Count("participations"), voted=Exists(mine))
    is_open = permissions.may_discuss(dialogue)
    is_over = dialogue.stage in (Stage.DECIDE, Stage.CLOSED)
    return [
        Shown(
            poll=poll,
            options=list(poll.options.all()),
            people=poll.people,
            voted=me is not None and poll.voted,
            is_open=is_open,
            cells=cells(poll, poll.people) if is_over else [],
        )
        for poll in polls
    ]


def cells(poll: Poll, people: int) -> list[Cell]:
    """The result, or nothing below SMALLEST people.

    An option that fewer than SMALLEST people chose shows no number. Where that leaves exactly one hidden number, the
    next smallest is hidden too, or subtraction would give the first one away. Results are shown only after the voting,
    so that two readings cannot be compared around one person's vote.
    """
    if people < SMALLEST:
        return []
    options = list(poll.options.all())
    hidden = unsaid([option.votes for option in options], exclusive=poll.kind == PollKind.SINGLE)
    return [
        Cell(option.text, None, None)
        if place in hidden
        else Cell(option.text, option.votes, round(100 * option.votes / people))
        for place, option in enumerate(options)
    ]

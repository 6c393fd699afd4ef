"""Three questions to the guests when an evening is over: word them, answer them once per seat, count them.

While people can still answer nobody but the staff sees anything, so that two readings cannot be compared around one
answer; afterwards numbers stand from five answers on, and words after the moderation has released them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogues.domain.board.texts import clean
from dialogues.domain.small_numbers import unsaid
from dialogues.enums import Phase
from dialogues.models import Board, Feedback, FeedbackAnswer, Participant
from dialogues.models.feedback import ANSWER_LIMIT
from dialogues.models.polls import SMALLEST
from dialogues.permissions import can_moderate
from portal import audit, cache
from portal.comments import rules
from portal.comments.domain import matters
from portal.comments.enums import State
from portal.exceptions import DomainError, NotAllowed

KEY = "feedback"
SCALE = (1, 2, 3, 4, 5)
FIELDS = ("is_on", "scale", "scale_en", "yes_no", "yes_no_en", "words", "words_en", "days")
OVER = (Phase.HARVEST, Phase.CLOSED)


@dataclass(frozen=True)
class Row:
    """One possible answer; `count` and `share` (percent) are None where the number is not shown."""

    label: str
    count: int | None
    share: int | None


@dataclass(frozen=True)
class Tally:
    """The answers to a question with choices: how many answered it, and how many chose what."""

    question: str
    people: int
    rows: Sequence[Row]
    average: float | None = None


@dataclass(frozen=True)
class Summary:
    """What one reader may see. `tallies` is empty below five answers, `texts` holds released words only."""

    people: int
    guests: int
    tallies: Sequence[Tally]
    texts_question: str
    texts: Sequence[str]

    @property
    def too_few(self) -> bool:
        return self.people < SMALLEST


def settings_of(board: Board) -> Feedback:
    """How this board asks; unsaved with the usual questions where nobody has worded them."""
    return Feedback.objects.filter(board=board).first() or Feedback(board=board)


def questions(feedback: Feedback, lang: str = "de") -> dict[str, str]:
    """The three questions in the reader's language: as worded for the evening, else the usual ones."""
    usual = {
        "scale": _("Wie zufrieden sind Sie mit dem Abend?"),
        "yes_no": _("Konnten Sie sagen, was Ihnen wichtig ist?"),
        "words": _("Was sollen wir beim nächsten Mal anders machen?"),
    }
    english = lang.startswith("en")
    worded = {key: (getattr(feedback, f"{key}_en") if english else "") or getattr(feedback, key) for key in usual}
    return {key: worded[key] or usual[key] for key in usual}


def is_asked(board: Board, feedback: Feedback) -> bool:
    """Whether this evening asks at all: a real one, and nobody has switched it off."""
    return board.event_id is not None and not board.is_practice and feedback.is_on


def closes_at(board: Board, feedback: Feedback) -> datetime:
    """So many days after the last round, and never before the announced end of the evening plus these days."""
    last = board.rounds.filter(ends_at__isnull=False).order_by("-ends_at").values_list("ends_at", flat=True).first()
    moments = [moment for moment in (last, board.event.ends_at if board.event else None) if moment]
    return max(moments, default=board.created_at) + timedelta(days=feedback.days)


def is_open(board: Board, feedback: Feedback | None = None) -> bool:
    """From the harvest on, until the days are over; asked at the moment of the act."""
    found = feedback or settings_of(board)
    return is_asked(board, found) and board.phase in OVER and timezone.now() < closes_at(board, found)


def is_over(board: Board, feedback: Feedback | None = None) -> bool:
    """Whether the days for answering have passed."""
    found = feedback or settings_of(board)
    return board.phase in OVER and timezone.now() >= closes_at(board, found)


def word(*, user: Any, board: Board, changes: Mapping[str, Any]) -> Feedback:
    """Words the questions of an evening, or switches them off. Only before the first answer can wordings change.

    Raises NotAllowed, DomainError `no_event`, `already_answered`, `invalid`.
    """
    if not can_moderate(user):
        raise NotAllowed
    if board.event_id is None or board.is_practice:
        raise DomainError("no_event", _("Ein Probelauf stellt keine Fragen nach dem Abend."), status=409)
    with transaction.atomic():
        Board.objects.select_for_update().get(pk=board.pk)
        feedback = settings_of(board)
        before = {name: getattr(feedback, name) for name in FIELDS}
        for name in changes.keys() & set(FIELDS):
            setattr(feedback, name, changes[name])
        worded = [name for name in FIELDS if name not in ("is_on", "days") and getattr(feedback, name) != before[name]]
        if worded and board.feedback_answers.exists():
            message = _("Es gibt schon Antworten. Die Fragen können sich deshalb nicht mehr ändern.")
            raise DomainError("already_answered", message, status=409)
        try:
            feedback.full_clean(exclude=["board"])
        except ValidationError as error:
            field = next(iter(error.message_dict))
            raise DomainError("invalid", error.message_dict[field][0], field=field) from error
        feedback.save()
        changed = sorted(name for name in FIELDS if getattr(feedback, name) != before[name])
        audit.record(
            actor=user,
            action="feedback.worded",
            obj=feedback,
            payload={"board": str(board.uuid), "fields": changed},
            role="moderator",
        )
        transaction.on_commit(cache.invalidate)
    return feedback


def give(
    *, guest: Participant | None, board: Board, scale: object = None, yes_no: object = None, text: object = "",
    with_seat: bool = False,
) -> FeedbackAnswer:  # fmt: skip
    """Takes the answers of one seat, once. `with_seat` keeps table and name with them, else nobody knows whose.

    Words wait for the moderation before anyone reads them. Each question may stay empty, not all three.
    Raises DomainError `feedback_closed`, `not_seated`, `blocked`, `already_given`, `empty`, `too_long`, `invalid`.
    """
    if not is_open(board):
        raise DomainError("feedback_closed", _("Die Fragen zu diesem Abend sind gerade nicht offen."), status=409)
    if guest is None or guest.board_id != board.pk:
        message = _("Antworten kann, wer an einem Tisch saß. Bitte nehmen Sie das Gerät, mit dem Sie dort saßen.")
        raise DomainError("not_seated", message, status=403)
    if guest.blocked:
        raise NotAllowed(_("Die Moderation hat Ihren Zugang zu diesem Tisch beendet."), code="blocked")
    words = clean(text, ANSWER_LIMIT, field="text", required=False)
    answer = FeedbackAnswer(
        board=board,
        participant=guest if with_seat else None,
        scale=chosen(scale, {str(number): number for number in SCALE}, "scale"),
        yes=chosen(yes_no, {"yes": True, "no": False}, "yes_no"),
        text=words,
        state=State.HELD if words else State.VISIBLE,
        day=timezone.localdate(),
        sample=board.sample,
    )
    if answer.scale is None and answer.yes is None and not words:
        raise DomainError("empty", _("Bitte beantworten Sie mindestens eine der drei Fragen."))
    with transaction.atomic():
        if not Participant.objects.filter(pk=guest.pk, feedback_given=False).update(feedback_given=True):
            raise DomainError("already_given", _("Von diesem Platz kam schon eine Antwort. Vielen Dank!"), status=409)
        answer.save(force_insert=True)
        if words:
            now = timezone.now()
            matters.written(
                kind=KEY,
                key=answer.pk,
                author=None,
                state=State.HELD,
                held_until=rules.decided_by(now),
                sample=answer.sample,
                at=now,
            )
    return answer


def chosen(value: object, allowed: Mapping[str, Any], field: str) -> Any:
    """The meaning of a choice, None where nothing was chosen; raises DomainError `invalid`."""
    if value in (None, ""):
        return None
    if str(value) not in allowed:
        raise DomainError("invalid", _("Bitte wählen Sie eine der Antworten."), field=field)
    return allowed[str(value)]


def summary(*, board: Board, user: Any, lang: str = "de") -> Summary | None:
    """The results for this reader: staff at any time and every number, others after the last day. Else None."""
    feedback = settings_of(board)
    staff = can_moderate(user)
    if not staff and not (is_asked(board, feedback) and is_over(board, feedback)):
        return None
    answers = list(board.feedback_answers.all())
    asked = questions(feedback, lang)
    shown = staff or len(answers) >= SMALLEST
    texts = sorted(answer.text for answer in answers if answer.text and answer.state == State.VISIBLE)
    return Summary(
        people=len(answers),
        guests=board.participants.count(),
        tallies=[scale_tally(asked["scale"], answers, staff), yes_no_tally(asked["yes_no"], answers, staff)]
        if shown
        else [],
        texts_question=asked["words"],
        texts=texts if shown else [],
    )


def scale_tally(question: str, answers: Sequence[FeedbackAnswer], staff: bool) -> Tally:
    given = [answer.scale for answer in answers if answer.scale is not None]
    ends = {SCALE[0]: _("1 (gar nicht)"), SCALE[-1]: _("5 (sehr)")}
    rows = tally_rows([(ends.get(number, str(number)), given.count(number)) for number in SCALE], staff)
    complete = bool(rows) and all(row.count is not None for row in rows)
    return Tally(question, len(given), rows, round(sum(given) / len(given), 1) if complete else None)


def yes_no_tally(question: str, answers: Sequence[FeedbackAnswer], staff: bool) -> Tally:
    given = [answer.yes for answer in answers if answer.yes is not None]
    counts = [(pgettext("Antwort", "Ja"), given.count(True)), (pgettext("Antwort", "Nein"), given.count(False))]
    return Tally(question, len(given), tally_rows(counts, staff))


def tally_rows(counts: Sequence[tuple[str, int]], staff: bool) -> list[Row]:
    """Nothing where fewer than five answered, for staff where nobody did; small numbers stay unsaid to the public.

    The average is left out with them: together with the total it would give two hidden numbers away.
    """
    people = sum(count for _label, count in counts)
    if not people or (people < SMALLEST and not staff):
        return []
    hidden = set() if staff else unsaid([count for _label, count in counts])
    return [
        Row(label, None, None) if place in hidden else Row(label, count, round(100 * count / people))
        for place, (label, count) in enumerate(counts)
    ]


def answers_for_staff(*, user: Any, board: Board) -> list[FeedbackAnswer]:
    """Every answer with its state, those given with the seat first by table. Raises NotAllowed."""
    if not can_moderate(user):
        raise NotAllowed
    rows = board.feedback_answers.select_related("participant__table")
    return sorted(rows, key=lambda row: (row.participant.table.number if row.participant else 1000, str(row.uuid)))

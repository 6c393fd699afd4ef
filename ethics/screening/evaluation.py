"""Evaluate answers `ja | nein | unklar` to one outcome with reasons.

Rules (design page ETHICS.md; Art. 35 DSGVO, WP 248 rev.01):
1. V1 `nein` -> `nicht_anwendbar`; V1 `unklar` or absent -> `offen`.
2. The lower bound reads `unklar` as `nein`, the upper bound as `ja`. If they differ and the lower bound is not already
   `erforderlich`, the outcome is `offen`. An absent answer is `unklar`; an absent list row (DSK, LDI) is `nein`.
3. A, B, C, any list row or at least `threshold` criteria K -> `erforderlich`.
4. Fewer criteria, but at least one -> `einzelfall`; none -> `nicht_erforderlich`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ethics.screening.rules import Group, Question, Rules, default_rules, is_binding_row
from portal.exceptions import DomainError

YES, NO, UNCLEAR = "ja", "nein", "unklar"
ANSWERS = (YES, NO, UNCLEAR)


class Outcome(StrEnum):
    NOT_APPLICABLE = "nicht_anwendbar"
    OPEN = "offen"
    REQUIRED = "erforderlich"
    CASE_BY_CASE = "einzelfall"
    NOT_REQUIRED = "nicht_erforderlich"


class ScreeningError(DomainError, ValueError):
    """Answers that no checklist knows: `unknown_question` or `invalid_answer`."""


@dataclass(frozen=True)
class Screening:
    """`open_questions` are the undecided ones that can still change the outcome, in checklist order."""

    outcome: Outcome
    reasons: tuple[str, ...]
    open_questions: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    version: int = 1
    only_criteria: bool = False
    """True where nothing but criteria K led to the outcome, and no question of Art. 35(3) or list row is undecided: the
    one case that may be overridden downward."""


def evaluate(answers: Mapping[str, str], *, rules: Rules | None = None) -> Screening:
    """The outcome for `answers` (question id -> `ja`, `nein` or `unklar`).

    Raises ScreeningError for an unknown question id or another value. A row `LDI…` that the version does not list is
    accepted as asserted by whoever holds the binding list, since that list ships empty.
    """
    rules = rules or default_rules()
    _check(answers, rules)
    first = answers.get("V1", UNCLEAR)
    hints = tuple(_hints(answers))
    if first == NO:
        return Screening(Outcome.NOT_APPLICABLE, _not_applicable(answers, rules), (), hints, rules.version)
    hard = [*rules.of(Group.HARD), *_rows(answers, rules)]
    criteria = rules.of(Group.CRITERION)
    bounds = _Bounds(
        hard_yes=[q for q in hard if _answer(answers, q) == YES],
        hard_open=[q for q in hard if _answer(answers, q) == UNCLEAR],
        criteria_yes=[q for q in criteria if _answer(answers, q) == YES],
        criteria_open=[q for q in criteria if _answer(answers, q) == UNCLEAR],
        threshold=rules.threshold,
    )
    undecided = bounds.undecided()
    if first == UNCLEAR:
        reason = "Es ist noch nicht geklärt, ob Daten über bestimmte oder bestimmbare Menschen verarbeitet werden (V1)."
        return Screening(Outcome.OPEN, (reason,), ("V1", *undecided), hints, rules.version)
    outcome = Outcome.OPEN if undecided else bounds.lower
    only_criteria = bool(bounds.criteria_yes) and not (bounds.hard_yes or bounds.hard_open)
    return Screening(outcome, tuple(bounds.reasons(outcome)), tuple(undecided), hints, rules.version, only_criteria)


@dataclass(frozen=True)
class _Bounds:
    """What is certainly and what is possibly met, given personal data."""

    hard_yes: list[Question]
    hard_open: list[Question]
    criteria_yes: list[Question]
    criteria_open: list[Question]
    threshold: int

    def of(self, hard: bool, criteria: int) -> Outcome:
        if hard or criteria >= self.threshold:
            return Outcome.REQUIRED
        return Outcome.CASE_BY_CASE if criteria else Outcome.NOT_REQUIRED

    @property
    def lower(self) -> Outcome:
        return self.of(bool(self.hard_yes), len(self.criteria_yes))

    @property
    def upper(self) -> Outcome:
        hard = bool(self.hard_yes or self.hard_open)
        return self.of(hard, len(self.criteria_yes) + len(self.criteria_open))

    def undecided(self) -> list[str]:
        """Ids whose answer can still change the outcome; empty where it is certain."""
        if self.lower is Outcome.REQUIRED or self.lower is self.upper:
            return []
        least = len(self.criteria_yes)
        steps = range(least, least + len(self.criteria_open))
        matters = any(self.of(False, count) is not self.of(False, count + 1) for count in steps)
        criteria = [q.id for q in self.criteria_open] if matters else []
        return [
            *(q.id for q in self.hard_open if q.group is Group.HARD),
            *criteria,
            *(q.id for q in self.hard_open if q.group is Group.LIST_ROW),
        ]

    def reasons(self, outcome: Outcome) -> list[str]:
        met = [f"Zutreffend: {q.text} ({q.id}; {q.source})" for q in (*self.hard_yes, *self.criteria_yes)]
        number = len(self.criteria_yes)
        if outcome is Outcome.REQUIRED:
            head = (
                "Ein gesetzlicher Fall oder eine Zeile einer Liste der Aufsicht trifft zu: Eine "
                "Datenschutz-Folgenabschätzung ist erforderlich."
                if self.hard_yes
                else f"{number} der Kriterien K1 bis K9 treffen zu. Ab {self.threshold} ist eine "
                "Datenschutz-Folgenabschätzung in der Regel erforderlich (WP 248 rev.01)."
            )
        elif outcome is Outcome.CASE_BY_CASE:
            head = (
                "Ein Kriterium trifft zu. Ob eine Datenschutz-Folgenabschätzung nötig ist, wird im Einzelfall mit "
                "Votum der oder des Datenschutzbeauftragten entschieden und begründet."
            )
        elif outcome is Outcome.NOT_REQUIRED:
            head = (
                "Kein gesetzlicher Fall, keine Zeile einer Liste und kein Kriterium trifft zu. Eine "
                "Datenschutz-Folgenabschätzung ist nicht erforderlich."
            )
        else:
            names = ", ".join(self.undecided())
            head = f"Das Ergebnis hängt noch von offenen Fragen ab: {names}."
        return [head, *met]


def _check(answers: Mapping[str, str], rules: Rules) -> None:
    if not isinstance(answers, Mapping):
        raise ScreeningError("invalid_answer", "Die Antworten müssen nach Fragen geordnet sein.")
    known = rules.ids()
    for question_id, value in answers.items():
        if not isinstance(question_id, str) or (question_id not in known and not is_binding_row(question_id)):
            raise ScreeningError("unknown_question", f"Die Frage „{question_id}“ gibt es in dieser Checkliste nicht.")
        if not isinstance(value, str) or value not in ANSWERS:
            raise ScreeningError(
                "invalid_answer", f"Die Antwort auf {question_id} muss ja, nein oder unklar sein.", field=question_id
            )


def _answer(answers: Mapping[str, str], question: Question) -> str:
    return answers.get(question.id, NO if question.group is Group.LIST_ROW else UNCLEAR)


def _rows(answers: Mapping[str, str], rules: Rules) -> list[Question]:
    known = rules.ids()
    asserted = [
        Question(question_id, Group.LIST_ROW, "Zeile der Liste der LDI NRW", source="Art. 35 Abs. 4 DSGVO, LDI NRW")
        for question_id in sorted(answers)
        if question_id not in known
    ]
    return [*asserted, *rules.of(Group.LIST_ROW)]


def _not_applicable(answers: Mapping[str, str], rules: Rules) -> tuple[str, ...]:
    reasons = ["Es werden keine Daten über bestimmte oder bestimmbare Menschen verarbeitet (V1)."]
    known = {q.id for q in rules.of(Group.PRELIMINARY)}
    contradicting = [question_id for question_id in answers if question_id not in known and answers[question_id] == YES]
    if contradicting:
        names = ", ".join(contradicting)
        reasons.append(f"Bitte prüfen Sie: {names} ist mit Ja beantwortet und setzt solche Daten meist voraus.")
    return tuple(reasons)


def _hints(answers: Mapping[str, str]) -> list[str]:
    hints = []
    if answers.get("V4") == YES:
        hints.append(
            "Eine Abschätzung aus dem Gesetzgebungsverfahren kann genügen (Art. 35 Abs. 10 DSGVO). Nennen Sie die "
            "Fundstelle; die oder der Datenschutzbeauftragte bestätigt sie."
        )
    if answers.get("V5") == YES:
        hints.append(
            "Ein KI-System kommt zum Einsatz: Prüfen Sie zusätzlich die Grundrechte-Folgenabschätzung "
            "(Art. 27 KI-Verordnung)."
        )
    return hints

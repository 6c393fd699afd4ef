"""The way of a case in a few stages, for the left column and for citizens."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics.enums import State
from ethics.models import ReviewCase

STAGES = (
    (_("Antrag"), (State.DRAFT, State.SUBMITTED)),
    (_("Vorprüfung"), (State.TRIAGE, State.QUERY)),
    (_("Begutachtung"), (State.REVIEW,)),
    (_("Beratung"), (State.READY, State.SCHEDULED, State.POSTPONED)),
    (_("Abstimmung"), (State.VOTING, State.DECIDED)),
    (_("Veröffentlichung"), (State.DISSENT, State.PREPARING, State.PUBLISHED)),
    (_("Antwort"), (State.AWAITING_ANSWER, State.ANSWERED)),
    (_("Nachverfolgung"), (State.FOLLOW_UP, State.CLOSED)),
)
WAITS_FOR = {
    State.DRAFT: _("wartet auf die Projektleitung"),
    State.SUBMITTED: _("wartet auf die Geschäftsstelle"),
    State.TRIAGE: _("wartet auf Geschäftsstelle und Mitglieder"),
    State.QUERY: _("wartet auf die Projektleitung"),
    State.REVIEW: _("wartet auf die Stellungnahmen der Mitglieder"),
    State.READY: _("wartet auf Vorlage und Sitzung"),
    State.SCHEDULED: _("wartet auf die Sitzung"),
    State.POSTPONED: _("wartet auf eine neue Sitzung"),
    State.VOTING: _("wartet auf die Abstimmung"),
    State.DECIDED: _("wartet auf Vorsitz und Geschäftsstelle"),
    State.DISSENT: _("wartet auf mögliche Sondervoten"),
    State.PREPARING: _("wartet auf Zusammenfassung und Datenschutz"),
    State.PUBLISHED: _("wartet auf die Geschäftsstelle"),
    State.AWAITING_ANSWER: _("wartet auf die Antwort des Projekts"),
    State.ANSWERED: _("wartet auf die Geschäftsstelle"),
    State.FOLLOW_UP: _("wartet auf die Erfüllung der Auflagen"),
}
ENDED = (State.CLOSED, State.SHORT_CLOSED, State.WITHDRAWN, State.REPLACED, State.RESUBMITTED)


def steps(case: ReviewCase) -> list[dict[str, Any]]:
    """Stages with their state, for components/steps.html."""
    current = next((place for place, (_title, states) in enumerate(STAGES) if case.state in states), None)
    if case.state == State.CLOSED:
        current = len(STAGES)
    result = []
    for place, (title, _states) in enumerate(STAGES):
        if current is None:
            state, text = "skipped", ""
        elif place < current:
            state, text = "done", ""
        elif place == current:
            state, text = "current", WAITS_FOR.get(State(case.state), "")
        else:
            state, text = "todo", ""
        result.append({"title": title, "state": state, "text": text})
    return result


def waits_for(case: ReviewCase) -> Any:
    return WAITS_FOR.get(State(case.state), "")

"""Rule 5: people may go above the computed outcome with a reason, and below it only within narrow bounds."""

from __future__ import annotations

from dataclasses import dataclass

from ethics.screening.evaluation import Outcome, Screening, ScreeningError

RANK = {
    Outcome.NOT_APPLICABLE: 0,
    Outcome.NOT_REQUIRED: 1,
    Outcome.CASE_BY_CASE: 2,
    Outcome.REQUIRED: 3,
}


@dataclass(frozen=True)
class Override:
    """A person's different result. `dpo_statement` is what the data-protection officer said, needed downward."""

    outcome: Outcome
    reason: str
    dpo_statement: str = ""


def overridden(screening: Screening, override: Override) -> Outcome:
    """The outcome after an override, or ScreeningError.

    Upward always, with a reason (an `offen` result may be raised to `erforderlich` alone). Downward only where
    nothing but criteria K led there, with a reason and a statement of the data-protection officer. `offen`
    is no target.
    """
    if not override.reason.strip():
        raise ScreeningError("reason_missing", "Begründen Sie die Abweichung.", field="reason")
    if override.outcome not in RANK:
        raise ScreeningError("invalid_override", "„Offen“ ist kein Ergebnis, das man festlegen kann.", field="outcome")
    if screening.outcome is Outcome.OPEN:
        if override.outcome is not Outcome.REQUIRED:
            raise ScreeningError(
                "invalid_override", "Ein offenes Ergebnis lässt sich nur auf „erforderlich“ heben.", field="outcome"
            )
        return override.outcome
    if RANK[override.outcome] >= RANK[screening.outcome]:
        return override.outcome
    if not screening.only_criteria or override.outcome is Outcome.NOT_APPLICABLE:
        raise ScreeningError(
            "downward_forbidden", "Nach unten abweichen darf man nur, wenn allein Kriterien K1 bis K9 dazu führten."
        )
    if not override.dpo_statement.strip():
        raise ScreeningError(
            "dpo_statement_missing", "Es fehlt die Stellungnahme der oder des Datenschutzbeauftragten.", field="dpo"
        )
    return override.outcome

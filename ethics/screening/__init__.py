"""Threshold analysis (Schwellwertprüfung) in three values; no Django models."""

from ethics.screening.evaluation import Outcome, Screening, ScreeningError, evaluate
from ethics.screening.overriding import Override, overridden
from ethics.screening.rules import Question, Rules, default_rules

__all__ = [
    "Outcome",
    "Override",
    "Question",
    "Rules",
    "Screening",
    "ScreeningError",
    "default_rules",
    "evaluate",
    "overridden",
]

"""The DPIA (DSFA): its document, the acts that move it, and the exchange with CNIL's PIA software."""

from ethics.domain.dpia.acts import (
    advise,
    answer_consultation,
    begin,
    begin_editing,
    consult,
    decide,
    hand_over,
    save_measure,
    save_risk,
    save_section,
)
from ethics.domain.dpia.due import fall_due, set_review_day
from ethics.domain.dpia.record import publish

__all__ = [
    "advise",
    "answer_consultation",
    "begin",
    "begin_editing",
    "consult",
    "decide",
    "fall_due",
    "hand_over",
    "publish",
    "save_measure",
    "save_risk",
    "save_section",
    "set_review_day",
]

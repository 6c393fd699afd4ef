"""The steps of a DPIA as a table: form, domain function, and who is offered it in which state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import dpia as acts
from ethics.domain.dpia import desk, record
from ethics.enums import DpiaState
from ethics.forms import assessments as forms
from ethics.models import Dpia


@dataclass(frozen=True)
class Step:
    title: Any
    button: Any
    form: type[forms.StepForm]
    run: Callable[[Any, Dpia, dict[str, Any]], Any]
    states: tuple[DpiaState, ...]
    may: Callable[[Any, Dpia], bool]
    hint: Any = ""


def _either(user: Any, dpia: Dpia) -> bool:
    return desk.is_editor(user, dpia) or permissions.is_dpo(user)


def _can_publish(user: Any, dpia: Dpia) -> bool:
    return record.may_publish(user, dpia) and not dpia.records.filter(version=desk.current_version(dpia)).exists()


STEPS: dict[str, Step] = {
    "beginnen": Step(
        _("Mit der Folgenabschätzung beginnen"),
        _("Beginnen"),
        forms.ThresholdForm,
        lambda u, d, data: acts.begin_editing(u, dpia=d, **data),
        (DpiaState.THRESHOLD,),
        desk.is_editor,
    ),
    "abgeben": Step(
        _("An die datenschutzbeauftragte Person geben"),
        _("Fassung abgeben"),
        forms.HandOverForm,
        lambda u, d, data: acts.hand_over(u, dpia=d, **data),
        (DpiaState.EDITING,),
        desk.is_editor,
        _("Die Fassung wird festgeschrieben. Spätere Änderungen werden eine neue Fassung und brauchen neuen Rat."),
    ),
    "rat": Step(
        _("Rat geben"),
        _("Rat abgeben"),
        forms.AdviseForm,
        lambda u, d, data: acts.advise(u, dpia=d, **data),
        (DpiaState.WITH_DPO,),
        lambda u, d: permissions.is_dpo(u),
    ),
    "konsultation": Step(
        _("Konsultation der Aufsicht festhalten (Art. 36)"),
        _("Festhalten"),
        forms.ConsultForm,
        lambda u, d, data: acts.consult(u, dpia=d, **data),
        (DpiaState.DECIDING,),
        _either,
        _("Nötig, wenn das Restrisiko hoch bleibt."),
    ),
    "aufsicht": Step(
        _("Antwort der Aufsicht festhalten"),
        _("Festhalten"),
        forms.AuthorityForm,
        lambda u, d, data: acts.answer_consultation(u, dpia=d, **data),
        (DpiaState.CONSULTING,),
        _either,
    ),
    "entscheiden": Step(
        _("Entscheiden"),
        _("Entscheidung festhalten"),
        forms.DecideForm,
        lambda u, d, data: acts.decide(u, dpia=d, **data),
        (DpiaState.DECIDING,),
        lambda u, d: u.pk == d.releaser_id,
    ),
    "ueberpruefung": Step(
        _("Termin zur Überprüfung"),
        _("Termin setzen"),
        forms.ReviewDayForm,
        lambda u, d, data: acts.set_review_day(u, dpia=d, **data),
        (DpiaState.RELEASED, DpiaState.WITH_OBLIGATIONS),
        _either,
    ),
    "register": Step(
        _("In das öffentliche Register eintragen"),
        _("Veröffentlichen"),
        forms.PublishForm,
        lambda u, d, data: acts.publish(u, dpia=d, **data),
        (DpiaState.RELEASED, DpiaState.WITH_OBLIGATIONS),
        _can_publish,
        _("Der Eintrag lässt sich nicht zurücknehmen; eine neue Fassung bekommt einen neuen."),
    ),
}


def offered_to(user: Any, dpia: Dpia, bound: tuple[str, Any] | None = None) -> list[dict[str, Any]]:
    """Steps this person can take now; `bound` = (key, form) that was just refused, shown in any case."""
    found = []
    for key, step in STEPS.items():
        refused = bound is not None and bound[0] == key
        if refused or (dpia.state in step.states and step.may(user, dpia)):
            form = bound[1] if bound is not None and refused else step.form(dpia=dpia, key=key)
            found.append({"key": key, "step": step, "form": form})
    return found

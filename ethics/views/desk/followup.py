"""After publication, and the ways a case ends."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics.domain import cases, followup, successors
from ethics.enums import CaseRole, State
from ethics.forms import application as apply_forms
from ethics.forms import publication as publish_forms
from ethics.models import Condition, ReviewCase
from ethics.views.desk.act import Act, in_states


def _settle(user: Any, case: ReviewCase, form: Any) -> None:
    data = form.cleaned_data
    condition = Condition.objects.get(pk=data["condition"], recommendation__case=case)
    followup.settle(user, condition=condition, state=data["state"], proof=data["proof"])


def _replace(user: Any, case: ReviewCase, form: Any) -> None:
    successor = ReviewCase.objects.visible_to(user).get(pk=form.cleaned_data["successor"])
    cases.replace(user, case=case, successor=successor, reason=form.cleaned_data["reason"])


def _can_follow(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    fits = case.state == State.RESUBMITTED and CaseRole.LEAD in roles
    return fits and not case.successors.exclude(state=State.WITHDRAWN).exists()


def _has_conditions(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return case.recommendation.conditions.exists()


def _may_close(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    return case.state == State.FOLLOW_UP or not case.recommendation.conditions.exists()


ACTS = (
    Act(
        "antwort-anfordern",
        _("Antwort anfordern"),
        publish_forms.RequestAnswerForm,
        lambda u, c, f: followup.request_answer(u, case=c, **f.cleaned_data),
        _("Antwort anfordern"),
        step="request_answer",
        offered=_has_conditions,
    ),
    Act(
        "antwort",
        _("Auf die Auflagen antworten"),
        publish_forms.ResponsesForm,
        lambda u, c, f: followup.answer(u, case=c, responses=f.responses()),
        _("Antwort senden"),
        step="answer",
        hint=_("Nehmen Sie jede Auflage an, oder begründen Sie, warum nicht. Ihre Antwort ist öffentlich."),
    ),
    Act(
        "nachverfolgung",
        _("Nachverfolgung beginnen"),
        apply_forms.EmptyForm,
        lambda u, c, f: followup.follow_up(u, case=c),
        _("Beginnen"),
        step="follow_up",
    ),
    Act(
        "auflage",
        _("Auflage erledigen"),
        publish_forms.SettleForm,
        _settle,
        _("Festhalten"),
        offered=in_states(State.FOLLOW_UP, roles=(CaseRole.OFFICE,)),
    ),
    Act(
        "abschliessen",
        _("Fall abschließen"),
        apply_forms.EmptyForm,
        lambda u, c, f: followup.close(u, case=c),
        _("Abschließen"),
        step="close",
        offered=_may_close,
    ),
    Act(
        "wieder-vorlegen",
        _("Wieder vorlegen"),
        publish_forms.TriggerForm,
        lambda u, c, f: followup.reopen(u, case=c, **f.cleaned_data),
        _("Wieder vorlegen"),
        step="reopen",
        main=False,
    ),
    Act(
        "folgefall",
        _("Folgefall beginnen"),
        apply_forms.EmptyForm,
        lambda u, c, f: successors.begin_successor(u, case=c),
        _("Folgefall beginnen"),
        offered=_can_follow,
        hint=_("Ein neuer Antrag mit Ihren bisherigen Angaben. Was veröffentlicht ist, bleibt stehen."),
        done=_("Der Folgefall steht als Entwurf in Ihrer Arbeitsliste."),
    ),
    Act(
        "wiedervorlage",
        _("Termin zur Wiedervorlage"),
        publish_forms.ReviewDateForm,
        lambda u, c, f: successors.set_review_date(u, case=c, **f.cleaned_data),
        _("Termin setzen"),
        offered=in_states(*successors.DATEABLE, roles=(CaseRole.OFFICE, CaseRole.CHAIR)),
        main=False,
        hint=_("An diesem Tag liegt ein abgeschlossener Fall von selbst wieder vor."),
    ),
    Act(
        "zurueckziehen",
        _("Antrag zurückziehen"),
        apply_forms.WithdrawForm,
        lambda u, c, f: cases.withdraw(u, case=c, **f.cleaned_data),
        _("Zurückziehen"),
        step="withdraw",
        main=False,
        hint=_("Der Fall endet dann ohne Empfehlung. Was gesagt wurde, bleibt in den Akten."),
    ),
    Act(
        "ersetzen",
        _("Durch anderen Fall ersetzen"),
        publish_forms.ReplaceForm,
        _replace,
        _("Ersetzen"),
        step="replace",
        main=False,
    ),
)

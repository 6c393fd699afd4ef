"""What members contribute before the meeting."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import cases, review
from ethics.enums import CaseRole, State
from ethics.forms import application as apply_forms
from ethics.forms import review as review_forms
from ethics.models import ReviewCase
from ethics.views.desk.act import Act


def _can_opine(user: Any, case: ReviewCase, roles: frozenset[CaseRole]) -> bool:
    if CaseRole.MEMBER not in roles or case.state not in (State.REVIEW, *review.LATE):
        return False
    mine, version = permissions.own_opinion(user, case), cases.version_now(case)
    return mine is None or mine.submitted_at is None or (version is not None and review.may_restate(mine, version))


ACTS = (
    Act(
        "stellungnahme",
        _("Stellung nehmen"),
        review_forms.OpinionForm,
        lambda u, c, f: review.save_opinion(
            u,
            case=c,
            stance=f.cleaned_data["stance"],
            text=f.cleaned_data["text"],
            ratings=f.ratings(),
            submit="abgeben" in f.data,
            read_hash=f.cleaned_data["version"],
        ),
        offered=_can_opine,
        own=True,
        template="ethics/office/_opinion_form.html",
        done=_("Ihre Stellungnahme ist gespeichert."),
    ),
    Act(
        "offenlegen",
        _("Stellungnahmen offenlegen"),
        apply_forms.EmptyForm,
        lambda u, c, f: review.unveil(u, case=c),
        _("Alle zugleich offenlegen"),
        step="unveil",
        hint=_("Alle abgegebenen Stellungnahmen werden im selben Augenblick für die Mitglieder sichtbar."),
    ),
)

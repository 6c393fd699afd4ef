"""What a person can do on a case page: acts as a table of form, domain function, and when it is offered (0604)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ethics import permissions
from ethics.enums import CaseRole
from ethics.forms.base import ActForm
from ethics.models import ReviewCase
from ethics.views.desk import decision, followup, intake, publication, review, talk
from ethics.views.desk.act import Act
from portal.exceptions import NotAllowed

ACTS: dict[str, Act] = {
    act.key: act for part in (intake, review, decision, talk, publication, followup) for act in part.ACTS
}


@dataclass(frozen=True)
class Offered:
    """An act with its form, ready for the page."""

    act: Act
    form: ActForm

    @property
    def key(self) -> str:
        return self.act.key


def form_for(act: Act, user: Any, case: ReviewCase, data: Any = None, files: Any = None) -> ActForm:
    return act.form(data, files, case=case, user=user, key=act.key)


def offered_to(user: Any, case: ReviewCase, bound: ActForm | None = None, key: str = "") -> list[Offered]:
    """Every act this person can do now; `bound` is the form that was just refused, shown in the place of its act."""
    roles = permissions.case_roles(user, case)
    found = []
    for act in ACTS.values():
        if act.is_offered(user, case, roles):
            form = bound if bound is not None and act.key == key else form_for(act, user, case)
            found.append(Offered(act, form))
    return found


def may_see_errors(act: Act, user: Any, case: ReviewCase) -> bool:
    """What is wrong with a form may tell how many conditions there are or who is recused: only for whom it was made."""
    roles = permissions.case_roles(user, case)
    return bool(roles & {CaseRole.OFFICE, CaseRole.MEMBER}) or act.is_offered(user, case, roles)


def refused(act: Act, user: Any, case: ReviewCase) -> ActForm:
    """A form without fields that says no more than that this person may not do this."""
    form = ActForm({}, case=case, user=user, key=act.key)
    form.refuse(NotAllowed())
    return form

"""Who gets which page of the office at all; what a person may not know of is not there (404)."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from ethics import permissions
from ethics.enums import State
from ethics.models import Meeting, ReviewCase
from ethics.models.visibility import grants


def case_or_404(user: Any, slug: str) -> ReviewCase:
    rows = ReviewCase.objects.visible_to(user).select_related("project", "checklist", "criteria", "recommendation")
    return get_object_or_404(rows, slug=slug)


def worked_on_or_404(user: Any, slug: str, *, reading: bool = False) -> ReviewCase:
    """The case, for those who work on its file in the office, not only read its public page.

    `reading`: the instance is for one page and never for an act, so what the page asks again and again is kept on it.
    """
    case = case_or_404(user, slug)
    if reading:
        permissions.remember(case)
    if not (permissions.case_roles(user, case) or (permissions.is_member(user) and case.state != State.DRAFT)):
        raise Http404
    return case


def office_required(user: Any) -> None:
    """The office exists only for those who work in it or apply to it."""
    if not grants(user):
        raise Http404


def sees_meetings(user: Any) -> bool:
    return permissions.is_office(user) or permissions.is_member(user)


def meeting_or_404(user: Any, pk: int) -> Meeting:
    if not sees_meetings(user):
        raise Http404
    return get_object_or_404(Meeting, pk=pk)

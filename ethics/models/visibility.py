"""Which part of the office a person works in; asked by `visible_to` and by ethics/permissions.py.

Group permissions only: a superuser's technical rights do not open confidential files (decision 0601).
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission


def grants(user: Any) -> frozenset[str]:
    """Codenames of ethics permissions this person holds through groups, read once per instance.

    None while a second factor is missing: roles rest at every door (decision 0201).
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active or user.lacks_second_factor:
        return frozenset()
    known: frozenset[str] | None = getattr(user, "_ethics_grants", None)
    if known is None:
        rows = Permission.objects.filter(group__user=user, content_type__app_label="ethics")
        known = frozenset(rows.values_list("codename", flat=True))
        user._ethics_grants = known
    return known


def is_seated(user: Any) -> bool:
    """Sits on the Council today, by role and by seat."""
    if not grants(user) & {"sit_on_council", "chair_council"}:
        return False
    known: bool | None = getattr(user, "_ethics_seated", None)
    if known is None:
        known = user.council_seats.filter(until__isnull=True).exists()
        user._ethics_seated = known
    return known


def sees_as_lead(user: Any) -> bool:
    return "request_review" in grants(user)


def sees_every_file(user: Any) -> bool:
    """Office, data-protection officer and the Council itself; a recused member still knows title and parties."""
    return bool(grants(user) & {"run_office", "advise_data_protection"}) or is_seated(user)


def sees_publications_early(user: Any) -> bool:
    return "advise_publication" in grants(user)

"""Which part of the office a person works in; asked by `visible_to` and by ethics/permissions.py.

Group permissions only: a superuser's technical rights do not open confidential files (decision 0601).
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Exists

from ethics.models.council import CouncilSeat


def grants(user: Any) -> frozenset[str]:
    """Codenames of ethics permissions this person holds through groups, read with their seat once per instance.

    None while a second factor is missing: roles rest at every door (decision 0201).
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active or user.lacks_second_factor:
        return frozenset()
    known: frozenset[str] | None = getattr(user, "_ethics_grants", None)
    if known is None:
        seat = CouncilSeat.objects.filter(user_id=user.pk, until__isnull=True)
        rows = Permission.objects.filter(group__user=user, content_type__app_label="ethics").annotate(seat=Exists(seat))
        found = dict(rows.values_list("codename", "seat"))
        known = user._ethics_grants = frozenset(found)
        user._ethics_seated = any(found.values())
    return known


def is_seated(user: Any) -> bool:
    """Sits on the Council today, by role and by seat."""
    return bool(grants(user) & {"sit_on_council", "chair_council"}) and user._ethics_seated


def sees_as_lead(user: Any) -> bool:
    return "request_review" in grants(user)


def sees_every_file(user: Any) -> bool:
    """Office, data-protection officer and the Council itself; a recused member still knows title and parties."""
    return bool(grants(user) & {"run_office", "advise_data_protection"}) or is_seated(user)


def sees_publications_early(user: Any) -> bool:
    return "advise_publication" in grants(user)

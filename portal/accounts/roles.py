"""Which role may do what: a registry that each app fills in `AppConfig.ready()`, written to groups after migrate.

`register(Role.ETHICS_CHAIR, "ethics.close_vote", …)` names Django permissions (`app_label.codename`); the table for
people is docs/roles.md. A permission named here but not in the database fails loudly at migrate.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from portal.accounts.enums import Role

_granted: dict[str, set[str]] = defaultdict(set)


def register(role: Role, *permissions: str) -> None:
    _granted[role].update(permissions)


def granted() -> dict[str, frozenset[str]]:
    """Role -> permissions, as registered."""
    return {role: frozenset(_granted[role]) for role in Role}


def sync_groups(**_kwargs: Any) -> None:
    """Writes the registry to groups; idempotent. Adds what is missing, and leaves what the city added by hand."""
    from django.contrib.auth.models import Group, Permission

    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        missing = _granted[role] - known.keys()
        if missing:
            raise LookupError(f"Unbekannte Rechte für {role.value}: {', '.join(sorted(missing))}")
        group.permissions.add(*(known[name] for name in _granted[role]))

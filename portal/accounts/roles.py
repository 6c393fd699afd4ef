"""Which role may do what: a registry that each app fills in `AppConfig.ready()`, written to groups after migrate.

`register(Role.ETHICS_CHAIR, "ethics.close_vote", …)` names Django permissions (`app_label.codename`); the table for
people is docs/roles.md. A permission named here but not in the database is granted to no one and logged.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import Any

from django.apps import AppConfig

from portal.accounts.enums import Role

logger = logging.getLogger(__name__)

_granted: dict[str, set[str]] = defaultdict(set)


def register(role: Role, *permissions: str) -> None:
    _granted[role].update(permissions)


def granted() -> dict[str, frozenset[str]]:
    """Role -> permissions, as registered."""
    return {role: frozenset(_granted[role]) for role in Role}


def sync_groups() -> set[str]:
    """Writes the registry to groups; idempotent. Adds what is missing, and leaves what the city added by hand.

    Returns registered permissions that the database does not know: they are granted to no one (tests/portal/accounts
    hold that there are none).
    """
    from django.contrib.auth.models import Group, Permission

    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    unknown: set[str] = set()
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        unknown |= _granted[role] - known.keys()
        group.permissions.add(*(known[name] for name in _granted[role] & known.keys()))
    return unknown


def sync_after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After the last app: Django makes permissions app by app, in the same signal as this."""
    from django.apps import apps
    from django.contrib.auth.management import create_permissions

    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender.label != last.label or using != "default":
        return
    create_permissions(sender, using=using, verbosity=0, apps=kwargs.get("apps", apps))
    if unknown := sync_groups():
        logger.warning("Unbekannte Rechte in der Rollentabelle, niemandem gegeben: %s", ", ".join(sorted(unknown)))

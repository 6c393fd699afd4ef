"""The registry of roles becomes groups; docs/roles.md names every permission."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group

from portal.accounts import roles
from portal.accounts.enums import Role

TABLE = (Path(settings.BASE_DIR) / "docs" / "roles.md").read_text(encoding="utf-8")


@pytest.mark.django_db
def test_every_registered_permission_exists():
    assert roles.sync_groups() == set()


@pytest.mark.django_db
def test_groups_hold_what_is_registered():
    roles.sync_groups()
    for role, expected in roles.granted().items():
        group = Group.objects.get(name=role)
        names = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
        assert names >= expected, role


@pytest.mark.django_db
def test_sync_keeps_what_was_added_by_hand():
    from django.contrib.auth.models import Permission

    roles.sync_groups()
    group = Group.objects.get(name=Role.DPO)
    extra = Permission.objects.get(codename="view_site", content_type__app_label="wagtailcore")
    group.permissions.add(extra)
    roles.sync_groups()
    assert extra in group.permissions.all()


@pytest.mark.parametrize("role", Role)
def test_table_names_each_role(role):
    assert f"| `{role.value}` | {role.label} |" in TABLE


def test_table_says_what_the_registry_says():
    lines = re.findall(r"^\| `(\w+\.\w+)` \| .+ \| ([\w, ]+) \|$", TABLE, re.MULTILINE)
    documented = {name: set(names.split(", ")) for name, names in lines}
    registered = {}
    for role, names in roles.granted().items():
        for name in names:
            registered.setdefault(name, set()).add(role.value)
    assert documented == registered

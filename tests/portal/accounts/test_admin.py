"""Administrators give roles in Django's admin; each change is recorded, and no one makes a superuser there."""

import pytest
from django.contrib.auth.models import Group

from portal.accounts import roles
from portal.accounts.enums import Role
from portal.audit.models import AuditEntry


@pytest.fixture
def admin_client(client, make_user):
    roles.sync_groups()
    client.force_login(make_user(Role.ADMIN, is_staff=True))
    return client


def test_roles_are_given_and_recorded(admin_client, make_user):
    account = make_user()
    group = Group.objects.get(name=Role.MODERATOR)
    data = {
        "email": account.email, "display_name": "Neu", "department": "", "is_active": "on", "groups": [group.pk],
        "is_superuser": "on", "blocked_until_0": "", "blocked_until_1": "",
    }  # fmt: skip
    answer = admin_client.post(f"/django-admin/accounts/user/{account.pk}/change/", data)
    assert answer.status_code == 302
    account = type(account).objects.get(pk=account.pk)
    assert (account.granted_roles, account.is_superuser) == ({Role.MODERATOR}, False)
    assert AuditEntry.objects.filter(action="account.roles_changed").count() == 1


def test_accounts_are_not_deleted_there(admin_client, make_user):
    assert admin_client.post(f"/django-admin/accounts/user/{make_user().pk}/delete/").status_code == 403


def test_citizens_do_not_get_in(client, make_user):
    client.force_login(make_user())
    answer = client.get("/django-admin/accounts/user/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/django-admin/login/")


def test_overview_shows_the_places_of_work(admin_client):
    html = admin_client.get("/konto/").content.decode()
    assert 'href="/verwaltung/"' in html
    assert 'href="/django-admin/"' in html

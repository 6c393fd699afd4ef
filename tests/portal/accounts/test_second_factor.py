"""People with a role need a second factor: without it their roles rest, on every door."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from portal.accounts.enums import Role
from portal.accounts.models import User


@pytest.fixture(autouse=True)
def _required(settings):
    settings.STAFF_MFA_REQUIRED = True


def reload(user):
    return User.objects.get(pk=user.pk)


def test_roles_rest_without_second_factor(make_user):
    user = make_user(Role.MODERATOR, second_factor=False)
    assert (user.roles, user.has_role(Role.MODERATOR), user.granted_roles) == (frozenset(), False, {Role.MODERATOR})


def test_superuser_without_second_factor_has_no_permission(make_user):
    user = make_user(is_superuser=True)
    assert not user.has_perm("accounts.change_user")
    assert not user.has_module_perms("accounts")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert reload(user).has_perm("accounts.change_user")


def test_recovery_codes_alone_do_not_count(make_user):
    user = make_user(Role.ADMIN, second_factor=False)
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert reload(user).lacks_second_factor


def test_citizens_need_none(make_user):
    assert not make_user().lacks_second_factor


@pytest.mark.parametrize("path", ["/", "/verwaltung/", "/konto/", "/projekte/", "/api/v1/projects"])
def test_every_page_leads_to_the_set_up(client, make_user, path):
    client.force_login(make_user(Role.COMMUNICATIONS, second_factor=False))
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/konto/2fa/")


def test_json_post_gets_a_sentence(client, make_user):
    client.force_login(make_user(Role.COMMUNICATIONS, second_factor=False))
    answer = client.post("/konto/profil/", HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_missing")


@pytest.mark.parametrize("path", ["/konto/2fa/", "/konto/logout/", "/konto/email/", "/konto/2fa/recovery-codes/"])
def test_the_way_there_stays_open(client, make_user, path):
    client.force_login(make_user(Role.COMMUNICATIONS, second_factor=False))
    assert client.get(path).headers.get("Location") != "/konto/2fa/"


def test_set_up_wakes_the_roles(client, make_user):
    user = make_user(Role.MODERATOR, second_factor=False)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert reload(user).has_role(Role.MODERATOR)
    client.force_login(user)
    assert client.get("/konto/").status_code == 200

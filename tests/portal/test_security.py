"""Headers on every answer, no cookie on a first visit, production settings without a warning."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

PUBLIC = [
    "/projekte/", "/dialoge/", "/ethikrat/", "/sensoren/", "/suche/?q=pader", "/barrierefreiheit/",
    "/datenschutz/",
    "/impressum/", "/healthz", "/readyz", "/robots.txt", "/.well-known/security.txt", "/api/v1/projects",
    "/api/v1/openapi.json", "/gibt-es-nicht/", "/en/projekte/",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_first_visit_sets_no_cookie(client, path):
    answer = client.get(path, follow=True)
    assert answer.status_code in {200, 404}
    assert not client.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/projekte/", "/konto/login/", "/gibt-es-nicht/", "/api/v1/projects"])
def test_public_policy_allows_nothing_inline(client, path):
    headers = client.get(path, HTTP_HOST="testserver").headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["default-src"] == "'self'"
    assert (policy["object-src"], policy["base-uri"], policy["frame-ancestors"]) == ("'none'", "'self'", "'none'")
    assert policy["connect-src"] == "'self' ws://testserver"
    assert "nonce" not in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_other_headers_stand_on_every_answer(client):
    headers = client.get("/projekte/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/verwaltung/", "/django-admin/"])
def test_admin_policy_has_a_nonce_and_no_unsafe_script(client, make_user, path):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    policy = client.get(path).headers["Content-Security-Policy"]
    script = next(part for part in policy.split("; ") if part.startswith("script-src "))
    assert "'nonce-" in script
    assert "unsafe" not in script
    assert "frame-ancestors 'self'" in policy


@pytest.mark.django_db
def test_host_header_cannot_write_into_the_policy(client):
    answer = client.get("/projekte/", HTTP_HOST="testserver; script-src *")
    assert "script-src *" not in answer.headers.get("Content-Security-Policy", "")


@pytest.mark.django_db
def test_foreign_form_gets_a_plain_refusal(make_user):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user())
    answer = strict.post("/konto/profil/", {"display_name": "x"})
    assert answer.status_code == 403
    assert "Das Formular ist abgelaufen" in answer.content.decode()


def test_production_settings_pass_the_deployment_check(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "Zq8#" * 20 + "abcdefghij",
        "BASE_URL": "https://digitale-heimat.example",
        "ALLOWED_HOSTS": "digitale-heimat.example",
        "EMAIL_URL": "smtp://mail.example:25",
    }
    environment.pop("DEMO", None)
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=django_settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")

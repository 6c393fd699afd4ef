"""Health, readiness, metrics, robots, security.txt."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.ops.models import Worker

pytestmark = pytest.mark.django_db


def test_healthz_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_readyz_reports_a_missing_worker(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (200, "fehlt")


@pytest.mark.parametrize(("age", "state"), [(1, "ok"), (60, "fehlt")])
def test_readyz_knows_living_workers_by_their_heartbeat(client, age, state):
    now = timezone.now()
    Worker.objects.create(worker_id="w", started_at=now, heartbeat_at=now - timedelta(seconds=age))
    assert client.get("/readyz").json()["worker"] == state


def test_metrics_are_for_this_machine(client):
    assert b"portal_mails" in client.get("/metrics", REMOTE_ADDR="127.0.0.1").content
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.5").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.5").status_code == 404


def test_metrics_behind_a_proxy_need_the_token(client, settings):
    settings.TRUSTED_PROXIES, settings.METRICS_TOKEN = 1, "geheim"
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1", HTTP_AUTHORIZATION="Bearer falsch").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1", HTTP_AUTHORIZATION="Bearer geheim").status_code == 200


def test_demo_is_closed_to_search_engines(client, settings):
    assert "Sitemap:" in client.get("/robots.txt").content.decode()
    settings.DEMO = True
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_security_txt_names_contact_and_end(client):
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:digitale-heimat@paderborn.example" in text
    assert "Expires: " in text

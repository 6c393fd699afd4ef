"""`/healthz` (the process answers), `/readyz` (it can do its work), `/metrics` (numbers for the operator)."""

from __future__ import annotations

import functools
import hmac
import ipaddress
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Gauge, generate_latest

from portal.ops.work import presence


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@functools.cache
def _applied_once() -> bool:
    """Migrations are complete; remembered once true, since only a new release changes it."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise LookupError
    return True


def database_state() -> dict[str, str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        _applied_once()
    except DatabaseError:
        return {"database": "nicht erreichbar", "migrations": "unbekannt"}
    except LookupError:
        return {"database": "ok", "migrations": "fehlen"}
    return {"database": "ok", "migrations": "ok"}


def worker_state() -> str:
    age = presence.last_heartbeat_age()
    return "ok" if age is not None and age < presence.DEAD_AFTER.total_seconds() else "fehlt"


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """503 where database or migrations are missing. A missing worker is reported, but the pages still work without."""
    state = database_state()
    ready = set(state.values()) == {"ok"}
    state["worker"] = worker_state() if ready else "unbekannt"
    return JsonResponse({"ready": ready, **state}, status=200 if ready else 503)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """404 unless asked from this machine (without a proxy between) or with `Authorization: Bearer METRICS_TOKEN`."""
    if not may_read_metrics(request):
        raise Http404
    return HttpResponse(
        generate_latest(REGISTRY) + generate_latest(_portal_numbers()), content_type=CONTENT_TYPE_LATEST
    )


def may_read_metrics(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return True
    if settings.TRUSTED_PROXIES or "X-Forwarded-For" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _portal_numbers() -> CollectorRegistry:
    from django_tasks_db.models import DBTaskResult

    from portal.outbox.models import Mail

    registry = CollectorRegistry()
    mails = Gauge("portal_mails", "Mails by state", ["state"], registry=registry)
    tasks = Gauge("portal_tasks", "Background tasks by status", ["status"], registry=registry)
    worker = Gauge("portal_worker_heartbeat_age_seconds", "Age of the youngest heartbeat, -1: none", registry=registry)
    for gauge, model, column in ((mails, Mail, "state"), (tasks, DBTaskResult, "status")):
        rows: Any = model._default_manager.values_list(column).annotate(number=Count("pk")).order_by()
        for label, number in rows:
            gauge.labels(label.lower()).set(number)
    age = presence.last_heartbeat_age()
    worker.set(-1 if age is None else age)
    return registry

"""What the Reallabor gives to the registries below: moderation, talk, search, a project's panel, own data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from mapviews.domain.lab import keeping, moderated, services
from mapviews.models import LabChart, ServiceSupport, SmartService
from portal import audit, cache
from portal.accounts import own_work
from portal.accounts.domain import personal, privacy
from portal.accounts.domain.personal import Column
from portal.activity import verbs
from portal.cms import search_sources, sitemaps
from portal.comments import kinds, targets
from portal.comments.domain import matters
from portal.comments.enums import State
from portal.comments.models import Thread
from portal.rest import timestamp
from projects import panels

NAME = "reallabor"
COLUMNS = {
    "mapviews.LabChart.owner": Column(NAME),
    "mapviews.SmartService.author": Column(NAME),
    "mapviews.SmartService.picture": Column(NAME),
    "mapviews.SmartService.address": Column(NAME),
    "mapviews.ServiceSupport.user": Column(NAME),
}


def register() -> None:
    verbs.register(services.VERB, _("Neuer Smart Service"), "flask", "participation")
    targets.register(services.KEY, ServiceTarget())
    for key, kind in moderated.KINDS.items():
        kinds.register(key, kind())
    search_sources.register(NAME, search_sources.Source(label=_("Smart Services"), find=find, order=55))
    sitemaps.register(NAME, sitemap)
    panels.register(ServicesPanel())
    personal.register(COLUMNS)
    privacy.register_export(NAME, export, _("Diagramme und Smart Services"))
    privacy.register_erasure(NAME, erase, preview)
    privacy.register_media("smart-services", pictures)
    own_work.register(NAME, _("Diagramme und Smart Services"), newest)


class ServiceTarget(targets.ThreadTarget):
    def title(self, thread: Thread) -> str:
        return str(thread.smart_service.title)

    def url(self, thread: Thread) -> str:
        return str(thread.smart_service.get_absolute_url())

    def project(self, thread: Thread) -> Any:
        return thread.smart_service.project

    def visible_to(self, thread: Thread, user: Any) -> bool:
        return SmartService.objects.visible_to(user).filter(thread=thread).exists()

    def is_open(self, thread: Thread) -> bool:
        return bool(thread.smart_service.state == State.VISIBLE)

    def preload(self, threads: Any) -> None:
        prefetch_related_objects(list(threads), "smart_service__project")


def find(terms: list[str], user: Any, limit: int) -> search_sources.Found:
    rows = SmartService.objects.public()
    for term in terms:
        rows = rows.filter(Q(title__icontains=term) | Q(description__icontains=term))
    hits = [
        search_sources.Hit(
            title=row.title, url=row.get_absolute_url(), text=row.description, meta=row.byline, sample=row.sample
        )
        for row in rows.select_related("author").order_by("-shown_at", "-pk")[:limit]
    ]
    return search_sources.Found(total=rows.count() if len(hits) == limit else len(hits), hits=hits)


def sitemap() -> Iterable[sitemaps.Entry]:
    yield "/sensoren/labor/", None
    yield "/sensoren/labor/galerie/", None
    for row in SmartService.objects.public().order_by("pk"):
        yield row.canonical_url, row.updated_at


class ServicesPanel:
    """Smart Services that name a project, on its page."""

    key = "smart_services"
    title = _("Smart Services von Bürgerinnen und Bürgern")
    order = 35

    def render(self, project: Any, user: Any) -> panels.Rendered | None:
        rows = list(SmartService.objects.public().filter(project=project).order_by("-shown_at", "-pk")[:5])
        return panels.Rendered("mapviews/lab/_project_panel.html", {"services": rows}) if rows else None

    def actions(self, project: Any, user: Any) -> list[panels.Action]:
        return []


def export(user: Any) -> Iterable[dict[str, Any]]:
    for chart in LabChart.objects.filter(owner=user).order_by("pk"):
        yield {
            "kind": "chart",
            "title": chart.title,
            "note": chart.note,
            "url": chart.canonical_url,
            "query": chart.query,
            "state": chart.state,
            "created": timestamp(chart.created_at),
        }
    for service in SmartService.objects.filter(author=user).order_by("pk"):
        yield {
            "kind": "service",
            "title": service.title,
            "description": service.description,
            "address": service.address,
            "repository": service.repository,
            "picture": service.picture.name,
            "url": service.canonical_url,
            "state": service.state,
            "created": timestamp(service.created_at),
        }
    for given in ServiceSupport.objects.filter(user=user).select_related("service").order_by("pk"):
        yield {"kind": "support", "url": given.service.canonical_url, "created": timestamp(given.created_at)}


def pictures(user: Any) -> Iterable[tuple[str, Any]]:
    for service in SmartService.objects.filter(author=user).exclude(picture="").order_by("pk"):
        yield f"{service.pk}-{service.picture.name.rsplit('/', 1)[-1]}", service.picture


def preview(user: Any) -> Iterable[privacy.Fate]:
    yield privacy.Fate(_("Aufgehobene Diagramme"), LabChart.objects.filter(owner=user).count())
    own = SmartService.objects.filter(author=user)
    stays = _("bleiben unter „gelöschtes Konto“, ohne Bild")
    yield privacy.Fate(_("Smart Services in der Galerie"), own.filter(state=State.VISIBLE).count(), stays)
    hidden = own.exclude(state__in=[State.VISIBLE, State.DELETED]).count()
    yield privacy.Fate(_("Smart Services, die nicht zu sehen sind"), hidden)
    supports = ServiceSupport.objects.filter(user=user).count()
    yield privacy.Fate(_("„Gefällt mir“ bei Smart Services"), supports, _("zählen weiter, ohne Ihren Namen"))


def erase(user: Any) -> int:
    """Charts go; visible services stay as shown by a deleted account, without picture; the others are emptied."""
    with transaction.atomic():
        charts = list(LabChart.objects.filter(owner=user))
        for chart in charts:
            matters.vanished(kind=keeping.KEY, key=chart.pk)
            chart.delete()
        own = list(SmartService.objects.filter(author=user).order_by("pk"))
        for service in own:
            if service.state in (State.HELD, State.HIDDEN):
                services.empty(service)
            services.drop_picture(service)
            service.author = None
            service.save()
            audit.record(actor=None, action="smart_service.author_erased", obj=service)
        supports = ServiceSupport.objects.filter(user=user).update(user=None)
        transaction.on_commit(cache.invalidate)
    return len(charts) + len(own) + supports


def newest(user: Any, limit: int) -> Iterable[own_work.Work]:
    works = [
        own_work.Work(row.title, row.canonical_url, row.created_at, text, State(row.state).label, row.sample)
        for rows, field in (
            (LabChart.objects.filter(owner=user), "note"),
            (SmartService.objects.filter(author=user), "description"),
        )
        for row in rows.exclude(state=State.DELETED).order_by("-created_at")[:limit]
        for text in [getattr(row, field)]
    ]
    yield from sorted(works, key=lambda work: work.when, reverse=True)[:limit]

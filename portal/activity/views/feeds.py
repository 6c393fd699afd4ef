"""Atom feeds of everything and of one project. Beispieldaten carry it in title and category."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.activity import verbs
from portal.activity.models import Activity

LENGTH = 50


class AllFeed(Feed[Activity, Any]):
    """`/feed/`"""

    feed_type = Atom1Feed
    link = "/"

    def title(self, obj: Any = None) -> str:
        return _("Digitale Heimat PB: Neuigkeiten")

    def subtitle(self, obj: Any = None) -> str:
        return _("Was in den digitalen Projekten der Stadt Paderborn geschieht.")

    def items(self, obj: Any = None) -> Iterable[Activity]:
        return Activity.objects.public()[:LENGTH]

    def item_title(self, item: Activity) -> str:
        return f"[{_('Beispieldaten')}] {item.title}" if item.sample else item.title

    def item_description(self, item: Activity) -> str:
        return item.summary

    def item_link(self, item: Activity) -> str:
        return item.url

    def item_guid(self, item: Activity) -> str:
        return f"urn:dhpb:activity:{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Activity) -> datetime:
        return item.occurred_at

    def item_updateddate(self, item: Activity) -> datetime:
        return item.occurred_at

    def item_categories(self, item: Activity) -> list[str]:
        kind = [str(verbs.get(item.verb).label)]
        return [*kind, _("Beispieldaten")] if item.sample else kind


class ProjectFeed(AllFeed):
    """`/feed/projekte/<slug>/`; 404 for a project that the public does not see."""

    def get_object(self, request: HttpRequest, slug: str) -> Any:
        projects: Any = Activity._meta.get_field("project").related_model
        return get_object_or_404(projects.objects.public(), slug=slug)

    def title(self, obj: Any = None) -> str:
        return f"{obj.title} – {_('Digitale Heimat PB')}"

    def link(self, obj: Any = None) -> str:  # type: ignore[override]
        return str(obj.get_absolute_url())

    def subtitle(self, obj: Any = None) -> str:
        return _("Was in diesem Projekt geschieht.")

    def items(self, obj: Any = None) -> Iterable[Activity]:
        return Activity.objects.public().for_project(obj)[:LENGTH]

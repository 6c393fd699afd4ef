"""Atom feeds of everything, of one project and of any other topic. Beispieldaten carry it in title and category."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from portal.activity import targets, verbs
from portal.activity.models import Activity

LENGTH = 50
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


class SteadyAtom(Atom1Feed):
    """An empty feed has a fixed date, so that its ETag does not change at each call."""

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] or item["pubdate"] for item in self.items]
        return max((date for date in dates if date), default=NEVER)


@method_decorator(conditional_page, name="__call__")
class AllFeed(Feed[Activity, Any]):
    """`/feed/`; ETag and Last-Modified are those of the content, so readers that ask again get 304."""

    feed_type = SteadyAtom
    link = "/"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().__call__(request, *args, **kwargs)

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

    def item_author_name(self, item: Activity) -> str:
        return "Digitale Heimat PB"


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


class TopicFeed(AllFeed):
    """`/feed/<target>/<object id>/` of whatever can be followed: an area, a district, a dialogue, a thread."""

    def get_object(self, request: HttpRequest, target: str, object_id: str) -> tuple[str, targets.Subject]:
        key = targets.topic(target, object_id)
        subject = targets.find(AnonymousUser(), [key]).get(key)
        if subject is None:
            raise Http404
        return key, subject

    def title(self, obj: Any = None) -> str:
        return f"{obj[1].title} – {_('Digitale Heimat PB')}"

    def link(self, obj: Any = None) -> str:  # type: ignore[override]
        return str(obj[1].url)

    def subtitle(self, obj: Any = None) -> str:
        return _("Was es hierzu Neues gibt.")

    def items(self, obj: Any = None) -> Iterable[Activity]:
        return Activity.objects.public().of_topic(obj[0])[:LENGTH]

"""What sensors give to the registries below: comments on stations, search, the value of the day, a project's panel."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from mapviews.domain import mapping
from mapviews.domain.words import words_for
from mapviews.enums import EXCLUDED, Publicity
from mapviews.models import Channel, Station
from portal.activity import verbs
from portal.cms import now, search_sources
from portal.comments import targets
from portal.comments.models import Thread
from projects import panels


def register() -> None:
    verbs.register("station.registered", _("Neue Station"), "sensor", "participation")
    targets.register("station", StationTarget())
    search_sources.register("stations", search_sources.Source(label=_("Stationen"), find=find, order=50))
    now.register("sensors", value_of_the_day)
    panels.register(StationsPanel())


class StationTarget(targets.ThreadTarget):
    def title(self, thread: Thread) -> str:
        return thread.station.name

    def url(self, thread: Thread) -> str:
        return thread.station.get_absolute_url()

    def project(self, thread: Thread) -> Any:
        return thread.station.project

    def visible_to(self, thread: Thread, user: Any) -> bool:
        return Station.objects.visible_to(user).filter(thread=thread).exists()

    def preload(self, threads: Any) -> None:
        from django.db.models import prefetch_related_objects

        prefetch_related_objects(list(threads), "station__project")


def find(terms: list[str], user: Any, limit: int) -> search_sources.Found:
    """Stations whose name, description or phenomena hold every word."""
    stations = Station.objects.visible_to(user)
    for term in terms:
        in_channels = Channel.objects.filter(phenomenon__label_de__icontains=term).values("station")
        stations = stations.filter(Q(name__icontains=term) | Q(description__icontains=term) | Q(pk__in=in_channels))
    hits = [
        search_sources.Hit(
            title=station.name,
            url=station.get_absolute_url(),
            text=station.description,
            meta=station.get_exposure_display(),
            sample=station.sample,
        )
        for station in stations.order_by("name", "pk")[:limit]
    ]
    return search_sources.Found(total=stations.count() if len(hits) == limit else len(hits), hits=hits)


def value_of_the_day() -> now.Item | None:
    """The newest unflagged temperature or particle value of an open station."""
    channel = (
        Channel.objects.select_related("station", "phenomenon")
        .filter(
            station__in=Station.objects.visible_to(AnonymousUser()).filter(publicity=Publicity.PUBLIC).values("pk"),
            phenomenon__in=["temperature", "pm10"],
            latest_ts__isnull=False,
        )
        .exclude(latest_flags__in=_excluded())
        .order_by("-latest_ts")
        .first()
    )
    if channel is None or channel.phenomenon is None:
        return None
    words = words_for(channel.phenomenon_id, channel.latest_value)
    value = number_format(channel.latest_value, decimal_pos=channel.phenomenon.decimals)
    return now.Item(
        label=_("Gerade gemessen"),
        title=channel.station.name,
        url=channel.station.get_absolute_url(),
        text=f"{channel.label}: {words.text}" if words else channel.label,
        value=f"{value} {channel.unit_label}",
        icon="sensor",
        sample=channel.station.sample,
        order=60,
    )


def _excluded() -> list[int]:
    return [flags for flags in range(1, 128) if flags & EXCLUDED]


class StationsPanel:
    """Live values of a project's stations on its page."""

    key = "sensors"
    title = _("Messwerte")
    order = 30

    def render(self, project: Any, user: Any) -> panels.Rendered | None:
        from mapviews.views.pages import shown

        stations = mapping.with_channels(
            Station.objects.visible_to(user).filter(project=project).order_by("name", "pk")[:6]
        )
        rows = [
            {"station": s, "values": [shown(c) for c in s.shown_channels if c.latest_ts is not None][:4]}
            for s in stations
        ]
        if not rows:
            return None
        chart = next((row["values"][0]["channel"] for row in rows if row["values"]), None)
        return panels.Rendered("mapviews/_project_panel.html", {"rows": rows, "chart": chart})

    def actions(self, project: Any, user: Any) -> list[panels.Action]:
        if not Station.objects.public().filter(project=project).exists():
            return []
        label = _("Mit einem eigenen Sensor mitmessen")
        return [panels.Action(label, reverse("mapviews:station-register"), icon="sensor")]

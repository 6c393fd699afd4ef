"""What sensors give to the registries below: comments on stations, search, the value of the day, a project's panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from mapviews.domain import mapping
from mapviews.domain.words import words_for
from mapviews.enums import EXCLUDED, Publicity
from mapviews.models import Channel, Device, Station
from mapviews.permissions import is_sensor_desk
from portal.accounts import todo
from portal.activity import verbs
from portal.cms import figures, now, search_sources, sitemaps
from portal.comments import targets
from portal.comments.models import Thread
from projects import panels


def register() -> None:
    verbs.register("station.registered", _("Neue Station"), "sensor", "participation")
    targets.register("station", StationTarget())
    search_sources.register("stations", search_sources.Source(label=_("Stationen"), find=find, order=50))
    now.register("sensors", value_of_the_day)
    panels.register(StationsPanel())
    sitemaps.register("sensors", sitemap)
    figures.register("stations", stations_of)
    todo.register_doors("sensors", doors)
    todo.register("sensors", waiting)


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


def sitemap() -> Iterable[sitemaps.Entry]:
    yield "/sensoren/", None
    yield "/sensoren/karte/", None
    yield "/sensoren/unterwegs/", None
    for station in Station.objects.visible_to(AnonymousUser()).order_by("pk"):
        yield station.canonical_url, station.updated_at


def stations_of(year: int) -> figures.Figure | None:
    """Open stations that were registered up to the end of the year."""
    found = list(
        Station.objects.visible_to(AnonymousUser()).filter(created_at__year__lte=year).values_list("sample", flat=True)
    )
    if not found:
        return None
    label = ngettext_lazy("Station misst mit", "Stationen messen mit", len(found))
    return figures.Figure(value=len(found), label=label, url="/sensoren/", sample=any(found), order=40)


def doors(user: Any) -> Iterable[todo.Door]:
    if is_sensor_desk(user):
        yield todo.Door(
            _("Sensorstelle"), reverse("mapviews:desk"), _("Quellen, Geräte, nicht lesbare Nachrichten"), "antenna"
        )
    for station in Station.objects.filter(owner=user, sample=False).order_by("name", "pk")[:10]:
        yield todo.Door(station.name, station.get_absolute_url(), _("Ihre Station"), "station", own=True)


def waiting(user: Any) -> Iterable[todo.Item]:
    """Devices that are heard and belong to no station yet."""
    if not is_sensor_desk(user):
        return
    if count := Device.objects.filter(station=None).count():
        text = ngettext("%d Gerät wartet auf eine Station", "%d Geräte warten auf eine Station", count) % count
        yield todo.Item(title=text, url=reverse("mapviews:desk") + "#geraete", icon="antenna")


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

"""Which stations the estimate between stations may use, and their values now or in a moment."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean

from django.core.cache import cache

from mapviews.domain import mapping, moments, surface
from mapviews.domain.areas import Box
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.ingest.store import HOUR
from mapviews.enums import Exposure, Precision, Publicity
from mapviews.models import Phenomenon, Station

REGION = Box(8.35, 51.4, 9.1, 51.95)  # the Kreis and a little more
FRESH = 2 * HOUR
SECONDS, PAST_SECONDS = 5, 30  # as the grid: what is taken off the map is gone from here soon after


def surface_of(phenomenon: Phenomenon, moment: moments.Moment | None) -> surface.Surface:
    """The surface now or in a moment; kept for some seconds."""
    if phenomenon.pk not in surface.REACH:
        return surface.build(phenomenon.pk, [])
    key = f"mapviews:surface:{phenomenon.pk}:{moment.text if moment else ''}"
    found: surface.Surface | None = cache.get(key)
    if found is None:
        found = surface.build(phenomenon.pk, points(phenomenon, moment))
        cache.set(key, found, PAST_SECONDS if moment else SECONDS)
    return found


def points(phenomenon: Phenomenon, moment: moments.Moment | None) -> list[surface.Point]:
    """Public stations outdoors whose point is good to 500 m, with an unflagged value of the last two hours (or a mean).

    Left out: private, hidden, mobile and indoor stations, and those that stand somewhere in a field of 2 km.
    """
    stations = Station.objects.public().filter(
        publicity=Publicity.PUBLIC,
        exposure=Exposure.OUTDOOR,
        pk__in=phenomenon.channels.values("station"),
        locations__is_current=True,
        locations__public_latitude__range=(REGION.south, REGION.north),
        locations__public_longitude__range=(REGION.west, REGION.east),
    )
    found = mapping.with_channels(stations.order_by("pk")[: surface.MOST + 1])
    found = [s for s in found if s.current.precision != Precision.CELL_2000]  # type: ignore[attr-defined]
    means = moments.means(found, moment) if moment else {}
    oldest = now_ms() - FRESH
    values: dict[int, list[float]] = defaultdict(list)
    for station in found:
        for channel in station.all_channels:  # type: ignore[attr-defined]
            if channel.phenomenon_id != phenomenon.pk:
                continue
            if moment:
                value = means[channel.pk].value if channel.pk in means else None
            else:
                fresh = channel.latest_ts is not None and channel.latest_ts >= oldest and not channel.latest_flags
                value = channel.latest_value if fresh else None
            if value is not None:
                values[station.pk].append(value)
    return [
        surface.point(s.current.public_latitude, s.current.public_longitude, fmean(values[s.pk]))  # type: ignore[attr-defined]
        for s in found
        if s.pk in values
    ]

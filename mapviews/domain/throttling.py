"""How often a source was sent away because it floods: counts by the hour for the sensor desk, kept in the cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.cache import cache
from django.utils import timezone

KEPT = 3 * 3600


def note(counts: Mapping[str, int]) -> None:
    """Adds refused messages by the source's slug."""
    hour = int(timezone.now().timestamp() // 3600)
    for slug, count in counts.items():
        cache.add(_key(slug, hour), 0, KEPT)
        cache.incr(_key(slug, hour), count)


def refused(slugs: Iterable[str]) -> dict[str, int]:
    """Messages refused in this hour and the last one, by slug; one look into the cache."""
    hour = int(timezone.now().timestamp() // 3600)
    keys = {_key(slug, h): slug for slug in slugs for h in (hour, hour - 1)}
    found: dict[str, int] = {}
    for key, count in cache.get_many(keys).items():
        found[keys[key]] = found.get(keys[key], 0) + count
    return found


def _key(slug: str, hour: int) -> str:
    return f"mapviews:refused:{slug}:{hour}"

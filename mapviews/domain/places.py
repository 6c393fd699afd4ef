"""Places of stations: what is refused, and the public point that gives no home away.

UTM on WGS84 after Karney/Krüger (series to n³, far below a metre inside a zone), so cells are squares in metres.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import math
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from mapviews.enums import Precision
from portal.exceptions import DomainError

A, F, K0 = 6378137.0, 1 / 298.257223563, 0.9996
N = F / (2 - F)
RADIUS = A / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
ALPHA = (N / 2 - 2 * N**2 / 3 + 5 * N**3 / 16, 13 * N**2 / 48 - 3 * N**3 / 5, 61 * N**3 / 240)
BETA = (N / 2 - 2 * N**2 / 3 + 37 * N**3 / 96, N**2 / 48 + N**3 / 15, 17 * N**3 / 480)
E = math.sqrt(F * (2 - F))
CELL = {Precision.CELL_500: 500, Precision.CELL_2000: 2000}
DEFAULT_POINT = 24.35  # what some firmware sends for "unknown"
PLACES_FILE = Path(settings.BASE_DIR) / "portal" / "static" / "geo" / "orte_paderborn.geojson"


def zone_of(longitude: float) -> int:
    return min(60, max(1, int((longitude + 180) // 6) + 1))


def to_utm(latitude: float, longitude: float, zone: int) -> tuple[float, float]:
    """Easting and northing in metres (northing negative south of the equator)."""
    phi, lam = math.radians(latitude), math.radians(longitude - (zone * 6 - 183))
    t = math.sinh(math.atanh(math.sin(phi)) - E * math.atanh(E * math.sin(phi)))
    xi, eta = math.atan2(t, math.cos(lam)), math.atanh(math.sin(lam) / math.sqrt(1 + t * t))
    north = xi + sum(a * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, a in enumerate(ALPHA, 1))
    east = eta + sum(a * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, a in enumerate(ALPHA, 1))
    return 500_000 + K0 * RADIUS * east, K0 * RADIUS * north


def from_utm(easting: float, northing: float, zone: int) -> tuple[float, float]:
    """Latitude and longitude in degrees."""
    xi0, eta0 = northing / (K0 * RADIUS), (easting - 500_000) / (K0 * RADIUS)
    xi = xi0 - sum(b * math.sin(2 * j * xi0) * math.cosh(2 * j * eta0) for j, b in enumerate(BETA, 1))
    eta = eta0 - sum(b * math.cos(2 * j * xi0) * math.sinh(2 * j * eta0) for j, b in enumerate(BETA, 1))
    t0 = math.sin(xi) / math.hypot(math.sinh(eta), math.cos(xi))
    t = t0
    for _round in range(5):  # Newton from the conformal to the geographic latitude
        sigma = math.sinh(E * math.atanh(E * t / math.sqrt(1 + t * t)))
        value = t * math.sqrt(1 + sigma * sigma) - sigma * math.sqrt(1 + t * t)
        step = (t0 - value) / math.sqrt(1 + value * value)
        t += step * (1 + (1 - E * E) * t * t) / ((1 - E * E) * math.sqrt(1 + t * t))
    longitude = math.degrees(math.atan2(math.sinh(eta), math.cos(xi))) + zone * 6 - 183
    return math.degrees(math.atan(t)), longitude


def check(latitude: float, longitude: float) -> None:
    """Refuses what is not on Earth and the points that mean "unknown" (null island, lat = lon, 24.35/24.35)."""
    if not (math.isfinite(latitude) and math.isfinite(longitude)) or abs(latitude) > 84 or abs(longitude) > 180:
        raise DomainError("bad_place", "Diese Koordinaten gibt es nicht.", field="latitude")
    if (abs(latitude) < 1 and abs(longitude) < 1) or latitude == longitude:
        raise DomainError(
            "bad_place", "Diese Koordinaten bedeuten „unbekannt“. Bitte prüfen Sie sie.", field="latitude"
        )


def public_point(key: str, latitude: float, longitude: float, precision: str) -> tuple[float, float]:
    """The point everyone sees. Inside a fixed UTM cell it is chosen by a hash of `key` and the cell alone.

    So it tells nothing but the cell, stays the same however often the place is entered, and cannot be averaged away.
    """
    if precision == Precision.EXACT:
        return round(latitude, 5), round(longitude, 5)
    size = CELL[Precision(precision)]
    zone = zone_of(longitude)
    easting, northing = to_utm(latitude, longitude, zone)
    column, row = math.floor(easting / size), math.floor(northing / size)
    digest = hmac.new(
        settings.SECRET_KEY.encode(), f"{key}:{zone}:{size}:{column}:{row}".encode(), hashlib.sha256
    ).digest()
    share = [int.from_bytes(digest[i : i + 4], "big") / 2**32 for i in (0, 4)]
    point = from_utm((column + share[0]) * size, (row + share[1]) * size, zone)
    return round(point[0], 5), round(point[1], 5)


@cache
def known_places() -> dict[str, dict[str, Any]]:
    """Places to choose from, by id: name, latitude, longitude, radius_m (source: portal/static/geo/SOURCES.md)."""
    features = json.loads(PLACES_FILE.read_text())["features"]
    return {
        str(f["id"]): {
            "name": f["properties"]["name"],
            "radius_m": f["properties"].get("radius_m"),
            "latitude": f["geometry"]["coordinates"][1],
            "longitude": f["geometry"]["coordinates"][0],
        }
        for f in features
    }

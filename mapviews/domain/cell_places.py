"""Names for fields of 500 m: how far from the nearest place that people know, and in which direction."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from django.utils import formats
from django.utils.translation import gettext as _

from mapviews.domain import places

AT = 400  # m


class Near(NamedTuple):
    """The nearest known place, metres to it, and the eighth of the compass from it (0 north, clockwise)."""

    name: str
    metres: float
    eighth: int

    def __str__(self) -> str:
        if self.metres < AT:
            return _("bei %s") % self.name
        kilometres = formats.number_format(self.metres / 1000, decimal_pos=1)
        winds = (
            _("nördlich"), _("nordöstlich"), _("östlich"), _("südöstlich"),
            _("südlich"), _("südwestlich"), _("westlich"), _("nordwestlich"),
        )  # fmt: skip
        return _("%(km)s km %(wind)s von %(name)s") % {"km": kilometres, "wind": winds[self.eighth], "name": self.name}


@lru_cache(maxsize=4096)
def near(latitude: float, longitude: float) -> Near:
    """Flat around the place: good to a percent below 100 km."""
    across = 111_195 * math.cos(math.radians(latitude))
    found = []
    for place in places.known_places().values():
        north, east = 111_195 * (latitude - place["latitude"]), across * (longitude - place["longitude"])
        found.append((math.hypot(north, east), place["name"], math.degrees(math.atan2(east, north)) % 360))
    metres, name, angle = min(found)
    return Near(name, metres, round(angle / 45) % 8)

"""Boxes, cells and filters: the plain values that the map is asked with and answers in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


WORLD = Box(-180.0, -90.0, 180.0, 90.0)


def box_of(text: str) -> Box | None:
    """`w,s,e,n` as a box, None where it is not one."""
    try:
        parts = [float(part) for part in text.split(",")]
    except ValueError:
        return None
    if len(parts) != 4 or not all(map(math.isfinite, parts)):
        return None
    west, south, east, north = parts
    if west > east or south > north or not (-90 <= south <= 90 and -90 <= north <= 90):
        return None
    return Box(max(west, -180.0), south, min(east, 180.0), north)


@dataclass(frozen=True)
class Cell:
    """A cell of the grid: its middle, how many stations, the mean of their values and whether one is flagged."""

    key: str
    latitude: float
    longitude: float
    count: int
    mean: float | None
    flagged: bool


class Only(NamedTuple):
    """Which stations are asked for; empty means all. `project` and `group` are slugs."""

    exposure: str = ""
    project: str = ""
    group: str = ""
    licence: str = ""


ALL = Only()

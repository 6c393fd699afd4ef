"""The estimate between stations: inverse distance weighting (Shepard 1968, power 2), and where it would not be honest.

Reads public points and public values alone, so it tells nothing of a place that the list beside it does not.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from mapviews.domain import places
from mapviews.domain.words import BANDS

ZONE = 32  # UTM
SIZE = 500  # m: no finer than the fields in which private stations stand
FEWEST = 5  # stations
FEWEST_CHECKED = 3
MOST = 500
NEIGHBOURS = 12
CLASSES = 5
WIDTHS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)

# How far a value speaks for its surroundings, in metres. What is not here has no sensible value between two stations:
# noise and NO2 end behind the next house, levels and counts belong to one spot, directions cannot be averaged.
REACH: dict[str, float] = {
    "temperature": 3000,
    "humidity": 3000,
    "pressure": 8000,
    "pm10": 2000,
    "pm25": 2000,
    "pm1": 2000,
    "ozone": 3000,
}


class Point(NamedTuple):
    """A station at its public point, in metres of UTM zone 32."""

    east: float
    north: float
    value: float


class Estimate(NamedTuple):
    """The value at a place and the distance to the nearest station in metres."""

    value: float
    nearest: float


class Step(NamedTuple):
    """A class of the legend from 1 on; None is an open end. `share` of the coloured area, 0 to 1."""

    number: int
    low: float | None
    high: float | None
    share: float


class Patch(NamedTuple):
    """Neighbouring fields of one row that look the same; `far`: the nearest station is beyond half the reach."""

    row: int
    first: int
    last: int
    step: int
    far: bool


@dataclass(frozen=True)
class Surface:
    """`refused` is empty, or says why there is no surface: not_sensible, too_few, too_many, too_far.

    `error` is the mean absolute difference where each of `checked` stations is estimated from the others alone,
    `plain_error` the same for the bare mean of the others.
    """

    phenomenon: str
    n: int
    reach: float
    refused: str = ""
    patches: tuple[Patch, ...] = ()
    steps: tuple[Step, ...] = ()
    error: float = 0.0
    plain_error: float = 0.0
    checked: int = 0
    distance: float = 0.0

    @property
    def is_better_than_mean(self) -> bool:
        return self.error < self.plain_error


def point(latitude: float, longitude: float, value: float) -> Point:
    return Point(*places.to_utm(latitude, longitude, ZONE), value)


def estimate(points: Iterable[Point], east: float, north: float) -> Estimate | None:
    """Sum of value/d² over sum of 1/d² of the twelve nearest; at a station its own value. None without points."""
    near = heapq.nsmallest(NEIGHBOURS, ((math.hypot(p.east - east, p.north - north), p.value) for p in points))
    if not near:
        return None
    if near[0][0] < 1:  # m
        return Estimate(fmean(value for distance, value in near if distance < 1), 0.0)
    weights = [1 / distance**2 for distance, _value in near]
    total = sum(weight * value for weight, (_distance, value) in zip(weights, near, strict=True))
    return Estimate(total / sum(weights), near[0][0])


def leave_one_out(points: Sequence[Point], reach: float) -> tuple[float, float, int]:
    """Mean absolute error of the estimate, that of the others' plain mean, and how many stations could be checked.

    Only stations with another one within reach count: farther off nothing is estimated.
    """
    errors, plain = [], []
    total = sum(p.value for p in points)
    for index, left in enumerate(points):
        others = [p for i, p in enumerate(points) if i != index]
        found = estimate(others, left.east, left.north)
        if found is None or found.nearest > reach:
            continue
        errors.append(abs(found.value - left.value))
        plain.append(abs((total - left.value) / len(others) - left.value))
    if not errors:
        return 0.0, 0.0, 0
    return fmean(errors), fmean(plain), len(errors)


def build(phenomenon: str, points: Sequence[Point]) -> Surface:
    """The surface of these stations, or the reason why there is none."""
    reach = REACH.get(phenomenon, 0.0)
    if refused := _refused(reach, points):
        return Surface(phenomenon, len(points), reach, refused)
    error, plain_error, checked = leave_one_out(points, reach)
    if checked < FEWEST_CHECKED:
        return Surface(phenomenon, len(points), reach, "too_far", checked=checked)
    fields = _fields(points, reach)
    edges = edges_for(phenomenon, [p.value for p in points], least=error)
    classes = {key: sum(found.value > edge for edge in edges) + 1 for key, found in fields.items()}
    patches = tuple(_patches({key: (classes[key], fields[key].nearest > reach / 2) for key in fields}))
    bounds = [None, *edges, None]
    counts: dict[int, int] = defaultdict(int)
    for number in classes.values():
        counts[number] += 1
    steps = tuple(
        Step(number, bounds[number - 1], bounds[number], counts[number] / len(fields))
        for number in range(1, len(edges) + 2)
    )
    distance = fmean(found.nearest for found in fields.values())
    return Surface(
        phenomenon, len(points), reach, "", patches, steps, error, plain_error, checked, distance
    )  # fmt: skip


def _refused(reach: float, points: Sequence[Point]) -> str:
    if not reach:
        return "not_sensible"
    if len(points) < FEWEST:
        return "too_few"
    return "too_many" if len(points) > MOST else ""


def edges_for(phenomenon: str, values: Sequence[float], *, least: float = 0.0) -> list[float]:
    """Edges between at most five classes: those of the phenomenon's words, else round numbers between the values.

    Classes are at least `least` wide (the mean error): finer ones would show what is not known.
    """
    if phenomenon in BANDS:
        return list(BANDS[phenomenon])
    low, high = min(values), max(values)
    for width in WIDTHS:
        if width < least:
            continue
        first, last = math.floor(low / width) + 1, math.ceil(high / width) - 1
        if last - first + 1 < CLASSES:
            return [round(number * width, 6) for number in range(first, last + 1)]
    return [low + (high - low) * part / CLASSES for part in range(1, CLASSES)]


def _fields(points: Sequence[Point], reach: float) -> dict[tuple[int, int], Estimate]:
    """Estimates at the middles of the 500 m fields (row, column) that have a station within reach."""
    buckets: dict[tuple[int, int], list[Point]] = defaultdict(list)
    wide = 2 * reach
    for p in points:
        buckets[int(p.east // wide), int(p.north // wide)].append(p)
    steps = math.ceil(reach / SIZE)
    found: dict[tuple[int, int], Estimate] = {}
    seen: set[tuple[int, int]] = set()
    for p in points:
        row, column = int(p.north // SIZE), int(p.east // SIZE)
        for key in ((row + i, column + j) for i in range(-steps, steps + 1) for j in range(-steps, steps + 1)):
            if key in seen:
                continue
            seen.add(key)
            east, north = (key[1] + 0.5) * SIZE, (key[0] + 0.5) * SIZE
            guess = estimate(_around(buckets, wide, east, north), east, north)
            if guess is not None and guess.nearest <= reach:
                found[key] = guess
    return found


def _around(buckets: dict[tuple[int, int], list[Point]], wide: float, east: float, north: float) -> Iterable[Point]:
    """Stations up to twice the reach away, by squares of that side."""
    column, row = int(east // wide), int(north // wide)
    for i in (-1, 0, 1):
        for j in (-1, 0, 1):
            yield from buckets.get((column + i, row + j), ())


def _patches(looks: dict[tuple[int, int], tuple[int, bool]]) -> Iterable[Patch]:
    run: Patch | None = None
    for (row, column), (step, far) in sorted(looks.items()):
        if run and (run.row, run.last + 1, run.step, run.far) == (row, column, step, far):
            run = run._replace(last=column)
            continue
        if run:
            yield run
        run = Patch(row, column, column, step, far)
    if run:
        yield run


def ring(patch: Patch) -> list[list[float]]:
    """A patch as a closed ring of [longitude, latitude], counter-clockwise."""
    west, east = patch.first * SIZE, (patch.last + 1) * SIZE
    south, north = patch.row * SIZE, (patch.row + 1) * SIZE
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return [[round(lng, 5), round(lat, 5)] for lat, lng in (places.from_utm(*corner, ZONE) for corner in corners)]

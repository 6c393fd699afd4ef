"""What can be drawn on the project map: a registry that apps fill in `AppConfig.ready()`.

A layer hands over coordinates and keys, no text: words reach the page as escaped HTML and JSON, never through folium.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Card:
    """What the popup of a point lists; `text` is plain text."""

    title: str
    url: str
    text: str = ""
    sample: bool = False


@dataclass(frozen=True)
class Point:
    """A place on the map: WGS 84, and the radius in metres within which the true place lies."""

    name: str
    lat: float
    lng: float
    radius_m: int
    cards: tuple[Card, ...] = field(default=())
    note: str = ""


class Layer(Protocol):
    """`points` starts from what the public may see and makes a fixed number of queries."""

    key: str
    label: Any

    def points(self, filters: Mapping[str, str]) -> Iterable[Point]: ...


_layers: dict[str, Layer] = {}


def register(layer: Layer) -> None:
    _layers[layer.key] = layer


def registered() -> list[Layer]:
    return list(_layers.values())

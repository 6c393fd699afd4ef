"""Values of a day, invented, and what shows values."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.styleguide.examples.model import Example, Group

BERLIN = ZoneInfo("Europe/Berlin")


def day_of_values() -> dict[str, Any]:
    """A winter day at two stations, hourly; invented."""
    start = int(datetime(2026, 11, 21, 0, tzinfo=BERLIN).timestamp())
    hall = "4.1 3.8 3.6 3.4 3.3 3.5 3.9 4.6 5.8 7.1 8.3 9.2 9.8 10.1 9.9 9.0 7.8 6.9 6.2 5.7 5.3 5.0 4.7 4.4"
    park = "2.9 2.5 2.2 1.9 1.8 1.9 2.3 3.0 4.4 5.6 6.8 7.6 8.1 8.3 8.0 7.1 6.0 5.1 4.4 4.0 3.7 3.4 3.2 3.0"
    return {
        "x": [start + 3600 * hour for hour in range(24)],
        "series": [
            {"label": "Rathaus", "unit": "°C", "values": [float(value) for value in hall.split()]},
            {"label": "Paderquellen", "unit": "°C", "values": [float(value) for value in park.split()]},
        ],
    }


def _table(day: dict[str, Any]) -> list[list[str]]:
    columns = [day["x"], *(series["values"] for series in day["series"])]
    return [
        [
            datetime.fromtimestamp(x, BERLIN).strftime("%H:%M Uhr"),
            *(f"{value:.1f}".replace(".", ",") for value in values),
        ]
        for x, *values in zip(*columns, strict=True)
    ]


DATA = Group(
    "daten",
    "Werte und Orte",
    [
        Example(
            "chart",
            "Diagramm",
            "Ein Satz sagt, was man sieht; die Werte stehen einen Klick dahinter. Mit zoom geht es näher heran.",
            '{% include "components/chart.html" with title=title id="probe-tag" rows=rows columns=columns zoom=True %}',
            {
                "title": "Am 21. November wurde es am Rathaus mittags 10,1 Grad warm, an den Paderquellen 8,3 Grad.",
                "columns": ["Uhrzeit", "Rathaus (°C)", "Paderquellen (°C)"],
                "rows": _table(day_of_values()),
            },
        ),
        Example(
            "map_frame",
            "Landkarte",
            "Zusatz zur Liste, nie ihr Ersatz. Lädt nur aus dem eigenen Haus.",
            '{% include "components/map_frame.html" with id="probe-karte" label="Orte in Paderborn" list_url="#" %}',
        ),
    ],
)

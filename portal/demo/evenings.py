"""What the invented evenings share: the series, the houses, and who speaks in which function (no names of people).

Houses and coordinates are those of the strategy paper and of portal/static/geo/orte_paderborn.geojson.
"""

# ruff: noqa: E501  (sentences of the content)

from __future__ import annotations

from datetime import time
from typing import Any

from dialogues.domain.online import places
from dialogues.domain.programme import Point
from dialogues.enums import Access, PointKind

SERIES = "buerger-digilog"
SERIES_TITLE = "Bürger-DigiLog"
SERIES_ABOUT = (
    "Der Bürger-DigiLog ist das Gespräch der Stadt über die Digitalisierung. Jeder Abend hat ein Thema. Kurze Impulse geben einen "
    "Überblick, dann reden Bürgerinnen und Bürger an Tischen mit Fachleuten. Was dabei herauskommt, steht danach auf der Seite "
    "des Abends und bei den Projekten, um die es ging."
)
ACCESS_NOTE = (
    "Wer kein Telefon dabeihat, schreibt auf Papier; wir übertragen die Karten. Bitte sagen Sie uns eine Woche vorher, "
    "wenn Sie Gebärdensprache oder eine andere Unterstützung brauchen."
)
HOUSES: dict[str, dict[str, Any]] = {
    "stadthaus": {
        "venue": "Stadthaus Paderborn, Großer Saal",
        "address": "Am Abdinghof 11, 33098 Paderborn",
        "directions": "Bus: Haltestelle Rathausplatz, von dort drei Minuten zu Fuß.\nFahrrad: Bügel vor dem Eingang.\nAuto: Parkhaus in der Innenstadt; bitte kommen Sie lieber mit Bus oder Rad.",
        "access": [
            Access.STEP_FREE,
            Access.TOILET,
            Access.LIFT,
            Access.HEARING_LOOP,
            Access.ASSISTANCE_DOG,
            Access.COMPANION,
        ],
    },
    "hnf": {
        "venue": "Heinz Nixdorf MuseumsForum, Auditorium",
        "address": "Fürstenallee 7, 33102 Paderborn",
        "directions": "Bus: Haltestelle MuseumsForum, direkt vor dem Haus.\nFahrrad: an der Pader entlang, Bügel am Eingang.\nAuto: Parkplatz am Haus, vier Plätze für Menschen mit Behinderung.",
        "access": [
            Access.STEP_FREE,
            Access.TOILET,
            Access.LIFT,
            Access.PARKING,
            Access.HEARING_LOOP,
            Access.TACTILE,
            Access.ASSISTANCE_DOG,
        ],
    },
    "stadtbibliothek": {
        "venue": "Stadtbibliothek Paderborn, Lesesaal",
        "address": "Am Rothoborn 1, 33098 Paderborn",
        "directions": "Bus: Haltestelle Rathausplatz, von dort fünf Minuten zu Fuß durch das Paderquellgebiet.\nFahrrad: Bügel am Eingang.",
        "access": [Access.STEP_FREE, Access.TOILET, Access.PLAIN_LANGUAGE, Access.ASSISTANCE_DOG, Access.QUIET_ROOM],
    },
}


def house(key: str) -> dict[str, Any]:
    """The fields of an event that takes place there."""
    place = places.places()[key]
    return HOUSES[key] | {"lat": place.lat, "lng": place.lng, "accessibility": ACCESS_NOTE}


def evening(*talks: tuple[str, str]) -> list[Point]:
    """From 18:00 to 21:00: arrival, welcome, the talks (title, office that gives it), World Café, harvest, closing."""
    half = 30 // max(1, len(talks))
    given = [
        Point(title, PointKind.TALK, time(18, 30 + number * half), half, "", ((office, ""),))
        for number, (title, office) in enumerate(talks)
    ]
    return [
        Point("Ankommen", PointKind.ARRIVAL, time(18, 0), 15, "Sie suchen sich einen Tisch und stellen Ihr Telefon ein, wenn Sie mögen."),
        Point("Begrüßung", PointKind.WELCOME, time(18, 15), 15, "", (("Stabsstelle Digitalisierung", ""),)),
        *given,
        Point("World Café: drei Runden an Tischen", PointKind.WORLDCAFE, time(19, 0), 75, "Jede Runde dauert zwanzig Minuten. Danach wechseln Sie den Tisch, wer den Tisch leitet, bleibt.", (("Moderation der Stadt", ""),)),
        Point("Pause mit Wasser und Brezeln", PointKind.BREAK, time(20, 15), 10),
        Point("Ernte: Was nehmen wir mit?", PointKind.HARVEST, time(20, 25), 25, "Die Tische berichten. Gemeinsam halten wir fest, was die Stadt beantworten soll."),
        Point("Abschluss und Ausblick", PointKind.CLOSING, time(20, 50), 10, "", (("Stabsstelle Digitalisierung", ""),)),
    ]  # fmt: skip

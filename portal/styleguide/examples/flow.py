"""Order and state."""

# ruff: noqa: E501  the lines are shown as they stand

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator

from portal.styleguide.examples.model import Example, Group

FLOW = Group(
    "ablauf",
    "Ablauf und Zustand",
    [
        Example(
            "timeline",
            "Zeitstrahl",
            "Das Rückgrat einer Projektseite: Neues oben.",
            '{% include "components/timeline.html" with entries=entries level="4" %}',
            {
                "entries": [
                    {
                        "when": date(2026, 11, 12),
                        "title": "Der Ethikrat empfiehlt: zustimmen, mit einer Bedingung",
                        "url": "#",
                        "icon": "scales",
                        "label": "Empfehlung",
                        "sample": True,
                    },
                    {
                        "when": date(2026, 10, 3),
                        "title": "Bürger-DigiLog: 34 Karten an drei Tischen",
                        "text": "Am häufigsten ging es um sichere Wege im Dunkeln.",
                        "url": "#",
                        "icon": "harvest",
                        "kind": "participation",
                        "label": "Dialog",
                        "sample": True,
                    },
                    {
                        "when": date(2020, 3, 1),
                        "title": "Erste Messstation steht",
                        "icon": "station",
                        "kind": "neutral",
                        "label": "Meilenstein",
                    },
                ]
            },
        ),
        Example(
            "steps",
            "Weg eines Falls",
            "Wo etwas steht und was als Nächstes kommt.",
            '{% include "components/steps.html" with steps=steps %}',
            {
                "steps": [
                    {"title": "Eingereicht", "state": "done", "text": "3. November"},
                    {"title": "Vorprüfung", "state": "done"},
                    {"title": "Stellungnahmen", "state": "current", "text": "5 von 8 liegen vor"},
                    {"title": "Datenschutz-Folgenabschätzung", "state": "skipped"},
                    {"title": "Empfehlung", "state": "todo"},
                ]
            },
        ),
        Example(
            "stepper",
            "Schritte eines Formulars",
            "Bei Formularen über mehrere Seiten.",
            '{% include "components/stepper.html" with current=2 total=4 title="Ort der Station" %}',
        ),
        Example(
            "checklist",
            "Prüfliste",
            "Bedingungen einer Empfehlung und ihr Stand.",
            '{% include "components/checklist.html" with items=items %}',
            {
                "items": [
                    {
                        "title": "Bilder werden im Gerät ausgewertet und nicht gespeichert.",
                        "state": "met",
                        "when": date(2026, 9, 30),
                    },
                    {"title": "Ein Schild erklärt die Messung vor Ort.", "state": "open", "when": date(2026, 12, 15)},
                    {"title": "Der Bericht liegt vor.", "state": "overdue", "when": date(2026, 11, 1)},
                    {
                        "title": "Zweite Kamera am Eingang",
                        "state": "waived",
                        "text": "Entfällt, weil nur eine gebaut wird.",
                    },
                ]
            },
        ),
        Example(
            "progress",
            "Fortschritt",
            "Wie weit etwas ist, mit Zahl.",
            '{% include "components/progress.html" with value=5 max=8 label="Stellungnahmen" id="probe-fortschritt" %}',
        ),
        Example(
            "meter",
            "Messwert",
            "Ein Wert auf seiner Skala, in Worten gedeutet.",
            '{% include "components/meter.html" with value=12 max=50 low=20 high=40 optimum=0 unit="µg/m³" label="Feinstaub PM10" '
            'words="niedrig" id="probe-messwert" %}',
        ),
        Example(
            "tabs",
            "Reiter",
            "Jeder Reiter ist eine eigene Seite mit Adresse.",
            '{% include "components/tabs.html" with items=items label="Ansichten" %}',
            {
                "items": [
                    {"title": "Liste", "url": "#", "current": True, "count": 42, "icon": "list"},
                    {"title": "Karte", "url": "#", "icon": "map"},
                ]
            },
        ),
        Example(
            "pagination",
            "Seiten",
            "Lange Listen; Filter bleiben erhalten.",
            '{% include "components/pagination.html" with page_obj=page_obj %}',
            {"page_obj": Paginator(range(240), 20).page(5)},
        ),
    ],
)

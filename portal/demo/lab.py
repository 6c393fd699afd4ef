"""Two kept charts and three invented Smart Services, with talk and an answer of the city; all is sample, idempotent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mapviews.domain.lab import keeping, services
from mapviews.domain.lab.recipe import Recipe
from mapviews.models import Channel, Phenomenon, SmartService
from portal.accounts.models import User
from portal.comments.domain import writing
from portal.demo.talk import NAMES, neighbour
from projects.models import Project

CITIZEN, CITY = "buergerin@demo.example", "projektleitung@demo.example"
TREES = "baumsensoren-riemekepark"
CHARTS = (
    (
        "Feinstaub in der Stadt und am Rand",
        "Drei Stationen in einer Woche. Die Werte sind erfunden; das Diagramm zeigt, wie man vergleicht.",
        (("Luft am Rathaus", "pm10"), ("Luft an der Universität", "pm10"), ("Balkon in Elsen", "pm10")),
    ),
    (
        "Boden und Luft im Riemekepark",
        "Feuchte des Bodens links, Temperatur der Luft rechts.",
        (("Baumsensor 1 im Riemekepark", "soil_moisture"), ("Garten in Wewer", "temperature")),
    ),
)
SERVICES: tuple[dict[str, Any], ...] = (
    {
        "key": "a",
        "title": "Gieß-Wecker für den Riemekepark",
        "description": "Eine kleine Webseite, die aus der Bodenfeuchte des Baumsensors sagt, ob die Linde heute Wasser "
        "braucht. Wer mag, bekommt morgens eine Nachricht. Es fehlt noch eine Ansicht für mehrere Bäume.",
        "address": "https://giess-wecker.example/",
        "repository": "https://code.example/giess-wecker",
        "licence": "EUPL-1.2",
        "measured": ("soil_moisture",),
        "from": (("Baumsensor 1 im Riemekepark", "soil_moisture"),),
        "project": TREES,
        "talk": (
            ("b", "Ich habe ihn eine Woche benutzt. Eine Erinnerung für mehrere Bäume wäre gut."),
            ("stadt", "Danke dafür. Wir prüfen, ob weitere Baumsensoren im Park öffentlich senden können."),
        ),
    },
    {
        "key": "e",
        "title": "Feinstaub als Wetterkarte",
        "description": "Zeichnet alle öffentlichen PM10-Werte als Karte mit Worten statt nur mit Farben. Läuft ganz im "
        "Browser und holt die Werte über die offene Schnittstelle.",
        "address": "https://feinstaub-karte.example/",
        "repository": "https://code.example/feinstaub-karte",
        "licence": "MIT",
        "measured": ("pm10",),
        "from": (("Luft am Rathaus", "pm10"), ("Luft an der Universität", "pm10")),
        "project": "",
        "talk": (("c", "Gut zu lesen, auch auf dem Telefon. Wie oft werden die Werte neu geholt?"),),
    },
    {
        "key": "d",
        "title": "Wetter zum Vorlesen",
        "description": "Liest Temperatur und Luftdruck aus Schloß Neuhaus vor, als Satz ohne Zahlenkolonnen. Gedacht "
        "für Menschen, die nicht gut sehen.",
        "address": "https://wetter-vorlesen.example/",
        "repository": "",
        "licence": "",
        "measured": ("temperature", "pressure"),
        "from": (("Wetter in Schloß Neuhaus", "temperature"),),
        "project": "",
        "talk": (),
    },
)


def build(people: Mapping[str, Any]) -> None:
    for title, note, wanted in CHARTS:
        if keys := _channels(wanted):
            recipe = Recipe(channels=tuple(keys), title=title)
            keeping.keep(people[CITIZEN], recipe=recipe, title=title, note=note, sample=True)
    said: dict[str, User] = {key: neighbour(key, name) for key, name in NAMES.items()} | {"stadt": people[CITY]}
    for given in SERVICES:
        service = SmartService.objects.filter(sample=True, title=given["title"]).first() or _service(given, said)
        for key, text in given["talk"]:
            if not service.thread.comments.filter(text=text).exists():
                official = key == "stadt"
                writing.create(user=said[key], thread=service.thread, text=text, official=official, sample=True)


def _service(given: dict[str, Any], said: Mapping[str, User]) -> SmartService:
    fields = {key: given[key] for key in ("title", "description", "address", "repository", "licence")}
    service = services.submit(
        said[given["key"]],
        sample=True,
        phenomena=list(Phenomenon.objects.filter(pk__in=given["measured"])),
        channels=_channels(given["from"]),
        project=Project.objects.filter(slug=given["project"]).first() if given["project"] else None,
        **fields,
    )
    for key in list(NAMES)[:3]:
        if key != given["key"]:
            services.support(said[key], service=service)
    return service


def _channels(wanted: tuple[tuple[str, str], ...]) -> list[int]:
    """Keys of sample channels by station and phenomenon, in this order."""
    found = []
    for station, phenomenon in wanted:
        rows = Channel.objects.filter(station__sample=True, station__name=station, phenomenon=phenomenon)
        found += list(rows.order_by("pk").values_list("pk", flat=True)[:1])
    return found

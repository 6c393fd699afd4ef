"""Invented registrations for the coming DigiLogs: one with free seats, one that is full and has a waiting list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogues.domain.registration import door, setup
from dialogues.models import Admission, Event

MODERATOR = "moderation@demo.example"
NOTE = "Bitte bringen Sie ein Telefon mit, wenn Sie eines haben. Stifte und Papier liegen an jedem Tisch."
PARTIES = (
    ("Quellfrosch", 2, ""),
    ("Familie Libelle", 4, "Wir kommen mit einem Kinderwagen."),
    ("Paderspatz", 1, ""),
    ("Wasserrad", 2, "Bitte ein Platz nah an der Leinwand, ich höre schlecht."),
    ("Rathausdohle", 1, ""),
    ("Liborikuchen", 3, ""),
    ("Dreihasen", 3, "Ein Platz für einen Rollstuhl."),
    ("Steinmetz", 1, ""),
    ("Weidenkorb", 2, ""),
    ("Eisvogel", 1, ""),
)
# event -> seats, how many parties
EVENINGS = {"digilog-mobilitaet-der-zukunft": (60, 6), "digilog-baeume-die-sich-melden": (16, 10)}


def build(people: Mapping[str, Any]) -> None:
    """Sets up each evening once; what exists stays as it is. Nobody gets a mail: these guests have no address."""
    user = people[MODERATOR]
    for slug, (seats, parties) in EVENINGS.items():
        event = Event.objects.filter(slug=slug).first()
        if event is None or event.is_over or Admission.objects.filter(event=event).exists():
            continue
        setup.configure(user=user, event=event, seats_total=seats, party_max=4, note=NOTE)
        for name, persons, needs in PARTIES[:parties]:
            door.add(user=user, event=event, name=name, persons=persons, needs=needs, sample=True)

"""What holds a comment back, and the promised working day."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from portal.comments import rules


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sie sind doch ein Arschloch.", "words"),
        ("Meine Nummer: 0170 1234567", "personal_data"),
        ("Rufen Sie +49 5251 88-1234 an", "personal_data"),
        ("IBAN DE89 3704 0044 0532 0130 00", "personal_data"),
        ("http://a.de http://b.de http://c.de http://d.de", "links"),
        ("WARUM HÖRT MIR HIER EIGENTLICH NIEMAND ZU, DAS IST UNFASSBAR", "shouting"),
    ],
)
def test_rules_hold(text, key):
    assert rules.hit(text).key == key


@pytest.mark.parametrize(
    "text",
    [
        "Kann man den Plan im Rathaus aufhängen? Das wurde beim letzten Mal vergessen.",
        "Die Bank am Paderquellgebiet ist schön.",
        "Im Jahr 2027 kostet das 1.234.567 Euro, 05/2026 ist Start.",
        "Am 01.02.2026 um 10:30 Uhr, Zimmer 0123.",
        "DHPB, WLAN, LoRaWAN, DSGVO: Abkürzungen gehen.",
        "Spargel im Arsenal",
        "http://a.de http://b.de",
    ],
)
def test_rules_leave_ordinary_talk_alone(text):
    assert rules.hit(text) is None


@pytest.mark.parametrize(
    ("written", "promised"),
    [
        ("2026-11-23T09:00", "2026-11-25"),  # Monday
        ("2026-11-20T23:59", "2026-11-24"),  # Friday night
        ("2026-04-02T12:00", "2026-04-08"),  # Maundy Thursday, Easter between
        ("2026-12-23T12:00", "2026-12-28"),  # Christmas Eve counts, Christmas does not
        ("2026-06-03T12:00", "2026-06-08"),  # the day before Corpus Christi
    ],
)
def test_promised_is_the_second_working_day(written, promised):
    moment = timezone.make_aware(datetime.fromisoformat(written))
    assert timezone.localtime(rules.decided_by(moment)).strftime("%Y-%m-%d %H:%M") == f"{promised} 18:00"

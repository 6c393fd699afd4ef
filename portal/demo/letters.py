"""What mails need to show something: a citizen who follows, groups of readers, one newsletter sent and one in writing.

The issues take up chapters of the strategy paper in our own words. All is sample; the readers are invented addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core import signing
from django.utils import timezone

from portal.accounts.models import User
from portal.activity.domain import digest_content, following
from portal.activity.enums import Cadence
from portal.activity.models import DigestRun, Follow
from portal.newsletter.domain import segments, sending, subscribing
from portal.newsletter.enums import IssueState
from portal.newsletter.models import Issue, Segment, Subscription
from portal.outbox.domain import queue
from projects.enums import Area
from projects.models import Project

CITIZEN, EDITOR = "buergerin@demo.example", "redaktion@demo.example"
PROJECTS = {"baumsensoren-riemekepark": Cadence.WEEKLY, "starkregen-sensorik": Cadence.WEEKLY}
AREAS = {Area.ENVIRONMENT: Cadence.WEEKLY}
GROUPS = {
    "umwelt-und-sensoren": ("Umwelt und Sensoren", "Was in der Stadt gemessen wird und was daraus folgt."),
    "mitreden": ("Mitreden", "Neue Dialoge, Abende im DigiLog und was aus den Beiträgen wird."),
    "alles-neue": ("Alles Neue", "Einmal im Monat: neue Projekte und der Stand der alten."),
}
READERS = {
    CITIZEN: ("umwelt-und-sensoren", "mitreden"),
    "leserin-eins@demo.example": ("umwelt-und-sensoren",),
    "leser-zwei@demo.example": ("mitreden", "alles-neue"),
    "leserin-drei@demo.example": ("alles-neue",),
}
SENT = (
    "Zu viel Wasser, zu wenig Wasser: was Sensoren früher merken",
    (
        "Guten Tag,",
        "",
        "mal ist es lange trocken, mal fällt viel Regen auf einmal. Zu beidem nennt die Leitlinie „Digitale "
        "Heimat Paderborn“ Vorhaben, und zu beiden gibt es hier etwas zu lesen.",
        "",
        "* Stadtbäume nach Bedarf gießen: Fühler im Boden melden, wo ein Baum Wasser braucht. Gegossen wird dann dort.",
        "/projekte/bewaesserung-stadtbaeume/",
        "* Sensoren gegen Starkregen: Die Stadtentwässerung will früh merken, wann ein Kanal überläuft, um "
        "handeln zu können.",
        "/projekte/starkregen-sensorik/",
        "",
        "Sie messen zu Hause selbst? Auf der Karte ist Platz für Ihre Station.",
        "/sensoren/",
        "",
        "Ihre Redaktion",
    ),
    ("umwelt-und-sensoren",),
)
DRAFT = (
    "Ein Netz für kleine Geräte: LoRaWAN in Paderborn",
    (
        "Guten Tag,",
        "",
        "viele kleine Geräte müssen nur ab und zu ein paar Zahlen senden. Dafür gibt es ein eigenes Funknetz: Es "
        "reicht weit und braucht so wenig Strom, dass eine Batterie Jahre hält. Ein Versorger und eine private "
        "Initiative bauen es aus.",
        "",
        "* Das LoRaWAN-Netz in Paderborn",
        "/projekte/lorawan-netz/",
        "",
        "Ihre Redaktion",
    ),
    ("umwelt-und-sensoren", "alles-neue"),
)


def follow(people: Mapping[str, User]) -> None:
    """Early in the demo, so that what the later parts publish is new to her. What she changed herself stays."""
    citizen = people[CITIZEN]
    if Follow.objects.filter(user=citizen).exists():
        return
    for slug, cadence in PROJECTS.items():
        if project := Project.objects.filter(slug=slug).first():
            following.follow(user=citizen, target="project", object_id=project.pk, cadence=cadence)
    for area, cadence in AREAS.items():
        following.follow(user=citizen, target="area", object_id=area, cadence=cadence)


def build(people: Mapping[str, User]) -> None:
    """Idempotent: groups by slug, readers by address, issues by subject."""
    editor = people[EDITOR]
    for slug, (title, text) in GROUPS.items():
        if not Segment.objects.filter(slug=slug).exists():
            segments.add(user=editor, title=title, slug=slug, text=text)
    if Issue.objects.filter(sample=True).exists():
        return
    for address, groups in READERS.items():
        _subscribe(address, groups)
    issue = _write(editor, *SENT)
    sending.send(user=editor, issue=issue)
    issue.refresh_from_db()
    while issue.state == IssueState.SENDING:
        sending.deliver(issue)
    _write(editor, *DRAFT)
    _digest(people[CITIZEN])


def _subscribe(address: str, groups: tuple[str, ...]) -> None:
    chosen = list(Segment.objects.filter(slug__in=groups))
    subscribing.subscribe(email=address, segments=chosen)
    found = Subscription.objects.get(email=address)
    token = signing.dumps([str(found.uuid), sorted(each.pk for each in chosen)], salt=subscribing.SALT_CONFIRM)
    subscribing.confirm(token=token)


def _write(editor: Any, title: str, lines: tuple[str, ...], groups: tuple[str, ...]) -> Issue:
    body = "\n".join(subscribing.address_of(line) if line.startswith("/") else line for line in lines)
    chosen = Segment.objects.filter(slug__in=groups)
    return sending.write(user=editor, title=title, body=body, segments=chosen, sample=True)


def _digest(citizen: User) -> None:
    """The mail of the coming Monday, already now."""
    now = timezone.now()
    week = DigestRun(cadence=Cadence.WEEKLY, since=now - timedelta(days=7), until=now)
    queue.enqueue_many(messages=digest_content.messages(week, [citizen.pk], {}))

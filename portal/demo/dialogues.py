"""Bürger-DigiLog and Stadthaus-Dialog of the strategy paper (chapter 6.4) as events, through the domain functions.

The paper names the format, the topics Arbeit 4.0, eSport and Mobilität der Zukunft, the Heinz Nixdorf MuseumsForum as
a venue, and the Stadthaus-Dialog. Dates, programme, questions, cards and results are invented and marked as
Beispieldaten. Results attach to no real project of the paper, only to events and to the invented projects.
"""

# ruff: noqa: E501  (sentences of the content)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from dialogues.domain import events, harvest, worldcafe
from dialogues.domain.board import actors, commands, seats
from dialogues.enums import EventKind
from dialogues.models import Event
from projects.models import Project

MODERATOR = "moderation@demo.example"
ACCESS = (
    "Der Saal ist ohne Stufen erreichbar, es gibt eine barrierefreie Toilette und eine Induktionsschleife.\n"
    "Wer kein Telefon dabeihat, schreibt auf Papier; wir übertragen die Karten. Bitte sagen Sie uns vorher, "
    "wenn Sie Gebärdensprache oder eine andere Unterstützung brauchen."
)
EVENING = (
    "18:00 Uhr Ankommen\n18:15 Uhr Begrüßung\n18:30 Uhr zwei kurze Impulse aus Verwaltung und Wissenschaft\n"
    "19:00 Uhr World Café: drei Runden zu je zwanzig Minuten\n20:15 Uhr Ernte im Plenum\n20:45 Uhr Ende"
)


@dataclass(frozen=True)
class Talk:
    """An event; `days` from today, negative for past ones. `cards`: table, kind and text, the first are the results."""

    slug: str
    title: str
    topic: str
    question: str
    days: int
    venue: str
    kind: str = EventKind.DIGILOG
    project: str = ""
    programme: str = EVENING
    hours: float = 3
    cards: tuple[tuple[int, str, str], ...] = ()
    results: int = 0
    summary: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


TALKS = (
    Talk(
        "digilog-arbeit-4-0",
        "Bürger-DigiLog: Arbeit 4.0",
        "Homeoffice, neue Berufe, ständiges Lernen: Wie verändert die Digitalisierung die Arbeit in Paderborn? Fachleute geben "
        "einen kurzen Überblick, dann reden alle an Tischen miteinander.",
        "Was brauchen Sie, damit digitale Arbeit für Sie gute Arbeit ist?",
        -40,
        "Heinz Nixdorf MuseumsForum, Fürstenallee 7",
        cards=(
            (1, "idea", "Arbeitsplätze zum Mieten in jedem Stadtteil, auch für einen Tag"),
            (2, "idea", "Kurse nach Feierabend, die die Stadtbücherei mit Betrieben anbietet"),
            (3, "concern", "Wer zu Hause arbeitet, darf nicht immer erreichbar sein müssen"),
            (1, "question", "Gilt der Anspruch auf Homeoffice auch im Einzelhandel?"),
            (2, "idea", "Ältere lernen von Auszubildenden und umgekehrt"),
        ),
        results=3,
        summary="An drei Tischen ging es um Orte, Lernen und Grenzen der Arbeit. Drei Punkte nahmen die Tische mit.",
    ),
    Talk(
        "digilog-esport",
        "Bürger-DigiLog: eSport",
        "Ist eSport Sport? Was können Vereine, Schulen und Familien damit anfangen? Ein Abend für alle, die spielen, "
        "und für alle, die sich fragen, warum.",
        "Was soll eSport in Paderborn leisten, und was nicht?",
        -12,
        "Heinz Nixdorf MuseumsForum, Fürstenallee 7",
        cards=(
            (1, "idea", "Ein offener Treff mit Betreuung, nicht jeder für sich zu Hause"),
            (2, "concern", "Spielzeiten mit den Eltern verabreden, Hilfe bei zu viel"),
            (3, "idea", "Sportvereine bieten eSport und Bewegung zusammen an"),
            (3, "question", "Wer bezahlt die Geräte?"),
        ),
        results=2,
        summary="Die Tische wünschen sich Begegnung statt Bildschirm allein.",
    ),
    Talk(
        "digilog-mobilitaet-der-zukunft",
        "Bürger-DigiLog: Mobilität der Zukunft",
        "Bus auf Abruf, sichere Radwege, Parken ohne Suchen: Was hilft Ihnen im Alltag? Nach zwei Impulsen arbeiten Sie an "
        "Tischen weiter. Sie brauchen kein Konto, nur Ihr Telefon oder einen Stift.",
        "Was brauchen Sie, um öfter das Auto stehen zu lassen?",
        9,
        "Stadthaus Paderborn, Großer Saal",
    ),
    Talk(
        "digilog-baeume-die-sich-melden",
        "Bürger-DigiLog: Bäume, die sich melden",
        "Sensoren an den Bäumen im Riemekepark sollen sagen, wann sie Wasser brauchen. Was soll damit geschehen, wer darf die Werte sehen, und was wünscht sich der Stadtteil?",
        "Was sollen die Bäume uns sagen, und wer soll zuhören?",
        2,
        "Stadthaus Paderborn, Großer Saal",
        project="baumsensoren-riemekepark",
    ),
    Talk(
        "digilog-digitale-sprechstunde",
        "Bürger-DigiLog: Die digitale Sprechstunde",
        "Sollen Sie mit dem Stadthaus auch per Video sprechen können? Der Abend fragt, was dafür nötig ist und wer dabei "
        "nicht vergessen werden darf.",
        "Was muss eine digitale Sprechstunde können, damit Sie sie nutzen?",
        -5,
        "Stadthaus Paderborn, Kleiner Saal",
        project="digitale-sprechstunde",
        cards=(
            (1, "idea", "Termin ohne Konto, mit einem Rückruf, wenn das Bild nicht kommt"),
            (2, "concern", "Am Schalter muss es weiter ohne Gerät gehen"),
            (3, "idea", "Geräte in der Stadtbücherei, mit jemandem, der hilft"),
            (1, "question", "Wird das Gespräch aufgezeichnet?"),
        ),
        results=3,
        summary="Alle Tische wollen die Sprechstunde als Zusatz, nicht als Ersatz.",
    ),
)


def build(people: Mapping[str, Any]) -> None:
    """Adds each event that is not there yet; what exists stays as it is."""
    user = people[MODERATOR]
    for talk in TALKS:
        if not Event.objects.filter(slug=talk.slug).exists():
            announce(user, talk)


def announce(user: Any, talk: Talk) -> None:
    today = timezone.localdate()
    start = timezone.make_aware(datetime.combine(today + timedelta(days=talk.days), time(18, 0)))
    end = start + timedelta(hours=talk.hours)
    event = events.create_event(
        user=user,
        slug=talk.slug,
        title=talk.title,
        kind=talk.kind,
        topic=talk.topic,
        question=talk.question,
        starts_at=start,
        ends_at=end,
        venue=talk.venue,
        accessibility=ACCESS if talk.kind == EventKind.DIGILOG else "",
        project=Project.objects.filter(slug=talk.project).first() if talk.project else None,
        sample=True,
    )
    announced = min(timezone.now(), start) - timedelta(days=21)
    events.publish_event(user=user, event=event, occurred_at=announced)
    if talk.cards:
        evening(user, event, talk, end)


def evening(user: Any, event: Event, talk: Talk, end: datetime) -> None:
    """A World Café that is over: invented guests, their cards and dots, and the harvest."""
    board = worldcafe.open_world_cafe(user=user, event=event, tables=3, question=talk.question)
    staff = actors.moderator(user)
    run(staff, board, "round.start", seconds=1200)
    guests = {
        table.number: [actors.guest(seats.join(code=table.code).participant) for _seat in range(2)]
        for table in board.tables.order_by("number")
    }
    cards = [
        (table, run(guests[table][0], board, "card.create", kind=kind, text=text).result["card"]["id"])
        for table, kind, text in talk.cards
    ]
    for place, (table, card) in enumerate(cards):
        for guest in guests[table][: 2 if place < talk.results else 1]:
            run(guest, board, "vote.add", target=card)
    run(staff, board, "phase.set", phase="closed")
    for _table, card in cards[: talk.results]:
        harvest.mark_result(user=user, event=event, source=card)
    harvest.publish_results(user=user, event=event, summary=talk.summary, occurred_at=end + timedelta(days=1))


def run(actor: Any, board: Any, op: str, **args: Any) -> Any:
    return commands.execute(actor=actor, board_id=board.pk, op=op, args=args)

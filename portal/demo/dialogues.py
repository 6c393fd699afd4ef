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

from dialogues.domain import events, harvest, series, worldcafe
from dialogues.domain.board import actors, commands, seats
from dialogues.enums import EventKind
from dialogues.models import Event, Series
from portal.demo import evenings
from projects.models import Project

MODERATOR = "moderation@demo.example"


@dataclass(frozen=True)
class Talk:
    """An event; `days` from today, negative for past ones. `cards`: table, kind and text, the first are the results."""

    slug: str
    title: str
    topic: str
    question: str
    days: int
    house: str
    talks: tuple[tuple[str, str], ...] = ()
    area: str = ""
    kind: str = EventKind.DIGILOG
    project: str = ""
    hours: float = 3
    cards: tuple[tuple[int, str, str], ...] = ()
    results: int = 0
    summary: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    moved_days: int = 0
    cancelled: str = ""


TALKS = (
    Talk(
        "digilog-arbeit-4-0",
        "Bürger-DigiLog: Arbeit 4.0",
        "Homeoffice, neue Berufe, ständiges Lernen: Wie verändert die Digitalisierung die Arbeit in Paderborn? Fachleute geben "
        "einen kurzen Überblick, dann reden alle an Tischen miteinander.",
        "Was brauchen Sie, damit digitale Arbeit für Sie gute Arbeit ist?",
        -40,
        "hnf",
        (
            ("Wie Arbeit sich verändert: Zahlen aus der Region", "Wirtschaftsförderung"),
            ("Lernen im Betrieb: ein Beispiel", "Stadtbibliothek, Fachbereich Medienkompetenz"),
        ),
        "bildung",
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
        "hnf",
        (
            ("Was eSport ist und was nicht", "Jugendamt, Fachstelle Medien"),
            ("Verein und Bildschirm: Erfahrungen", "Sportservice der Stadt"),
        ),
        "zusammenleben",
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
        "stadthaus",
        (
            ("Freie Parkplätze finden, ohne zu suchen", "Abfallentsorgungs- und Stadtreinigungsbetrieb"),
            ("Bus auf Abruf: Was anderswo gelingt", "Fachbereich Verkehrsplanung"),
        ),
        "mobilitaet",
        fields={"stream_url": "https://stream.example/digilog-mobilitaet"},
    ),
    Talk(
        "digilog-baeume-die-sich-melden",
        "Bürger-DigiLog: Bäume, die sich melden",
        "Sensoren an den Bäumen im Riemekepark sollen sagen, wann sie Wasser brauchen. Was soll damit geschehen, wer darf die Werte sehen, und was wünscht sich der Stadtteil?",
        "Was sollen die Bäume uns sagen, und wer soll zuhören?",
        2,
        "stadthaus",
        (
            ("Was ein Sensor am Baum misst", "Amt für Umweltschutz und Grünflächen"),
            ("LoRaWAN in einer Minute", "Stabsstelle Digitalisierung"),
        ),
        "umwelt",
        project="baumsensoren-riemekepark",
    ),
    Talk(
        "digilog-digitale-sprechstunde",
        "Bürger-DigiLog: Die digitale Sprechstunde",
        "Sollen Sie mit dem Stadthaus auch per Video sprechen können? Der Abend fragt, was dafür nötig ist und wer dabei "
        "nicht vergessen werden darf.",
        "Was muss eine digitale Sprechstunde können, damit Sie sie nutzen?",
        -5,
        "stadthaus",
        (("Sprechstunde am Bildschirm: Was geht, was nicht", "Bürgerservice"),),
        "verwaltung",
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
    Talk(
        "digilog-lernen-ein-leben-lang",
        "Bürger-DigiLog: Lernen ein Leben lang",
        "Von der Kita bis ins hohe Alter: In jedem Lebensabschnitt gehört der Umgang mit digitalen Medien dazu. Die Stadtbibliothek "
        "bietet E-Learning, das Bildungsnetzwerk verbindet die Häuser. Was fehlt Ihnen, und wer sollte es anbieten?",
        "Was möchten Sie als Nächstes lernen, und wo?",
        23,
        "stadtbibliothek",
        (
            ("Was es in der Bibliothek schon gibt", "Stadtbibliothek"),
            ("Eine Kette von der Kita bis zur Rente", "Bildungsnetzwerk"),
        ),
        "bildung",
        moved_days=-7,
        fields={"move_reason": "Der Lesesaal wird in der Woche davor renoviert."},
    ),
    Talk(
        "digilog-wem-gehoeren-die-daten",
        "Bürger-DigiLog: Wem gehören die Daten der Stadt?",
        "Die Open-Data-Plattform stellt Daten der Stadt bereit, zum Beispiel über freie Parkplätze. Die Stadt behält dabei die Kontrolle. "
        "Der Abend fragt, welche Daten Sie nutzen würden, welche besser verschlossen bleiben, und was ein digitaler Zwilling darf.",
        "Welche Daten der Stadt sollen offen sein, und welche nicht?",
        44,
        "hnf",
        (
            ("Vom Parkplatz zum digitalen Zwilling", "Stabsstelle Digitalisierung"),
            ("Datenschutz zuerst: wie geprüft wird", "Behördlicher Datenschutz"),
        ),
        "datenplattformen",
        fields={"stream_url": "https://stream.example/digilog-daten"},
    ),
    Talk(
        "digilog-wenn-der-strom-ausfaellt",
        "Bürger-DigiLog: Wenn der Strom ausfällt",
        "Warnen, helfen, sich finden: Was muss auch dann gehen, wenn Netz und Strom weg sind? Ein Abend über Leuchttürme im Stadtteil, "
        "Nachbarschaft und das, was analog bleiben soll.",
        "Was brauchen Sie in Ihrer Straße, wenn nichts mehr geht?",
        65,
        "stadthaus",
        (("Wie die Stadt warnt", "Amt für Brandschutz und Rettungsdienst"),),
        "sicherheit",
        cancelled="Die Fachleute werden an diesem Abend bei einer Übung gebraucht. Wir suchen einen neuen Termin.",
    ),
)


def build(people: Mapping[str, Any]) -> None:
    """Adds each event that is not there yet; what exists stays as it is."""
    user = people[MODERATOR]
    row = Series.objects.filter(slug=evenings.SERIES).first()
    if row is None:
        words = {"title": evenings.SERIES_TITLE, "description": evenings.SERIES_ABOUT}
        row = series.create_series(user=user, slug=evenings.SERIES, sample=True, **words)
    for talk in TALKS:
        if not Event.objects.filter(slug=talk.slug).exists():
            announce(user, talk, row)


def announce(user: Any, talk: Talk, row: Series) -> None:
    today = timezone.localdate()
    start = timezone.make_aware(datetime.combine(today + timedelta(days=talk.days), time(18, 0)))
    end = start + timedelta(hours=talk.hours)
    first = timedelta(days=talk.moved_days)
    given = dict(talk.fields)
    reason = given.pop("move_reason", "")
    event = events.create_event(
        user=user,
        slug=talk.slug,
        title=talk.title,
        kind=talk.kind,
        topic=talk.topic,
        question=talk.question,
        points=evenings.evening(*talk.talks),
        starts_at=start + first,
        ends_at=end + first,
        area=talk.area,
        series=row,
        project=Project.objects.filter(slug=talk.project).first() if talk.project else None,
        sample=True,
        **evenings.house(talk.house),
        **given,
    )
    announced = min(timezone.now(), start) - timedelta(days=21)
    events.publish_event(user=user, event=event, occurred_at=announced)
    if talk.moved_days:
        events.move_event(user=user, event=event, starts_at=start, ends_at=end, reason=reason)
    if talk.cancelled:
        events.cancel_event(user=user, event=event, reason=talk.cancelled)
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

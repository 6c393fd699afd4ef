"""The Council of the demo, one finished case on an invented project, and two that are under way; all of it sample
data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from ethics.domain import cases, council, followup, meetings, recommendations, review, triage, votes
from ethics.enums import SeatFunction
from ethics.models import ReviewCase
from portal.demo import assessment
from projects.models import Project

SINCE = date(2026, 1, 1)
PROJECT = "baumsensoren-riemekepark"
FINISHED = "Baumsensoren im Riemekepark (Beispiel)"
UNDER_REVIEW = "Besucherzählung auf dem Wochenmarkt (Beispiel)"
DRAFT = "Leihkiste für Nachbarschaftsfeste (Beispiel)"
ALL_NO = dict.fromkeys(["A", "B", "C", *(f"K{n}" for n in range(1, 10))], "nein")


def build(people: Mapping[str, Any]) -> None:
    """Idempotent: what exists is left as it is."""
    cast = _Cast(people)
    _seats(cast)
    project = Project.objects.filter(slug=PROJECT).first()
    if project is not None and not ReviewCase.objects.filter(title=FINISHED, sample=True).exists():
        _finished(cast, project)
    if not ReviewCase.objects.filter(title=UNDER_REVIEW, sample=True).exists():
        _under_review(cast)
    if not ReviewCase.objects.filter(title=DRAFT, sample=True).exists():
        _draft(cast)
    assessment.build(cast.lead, cast.office)
    about = ReviewCase.objects.filter(title=FINISHED, sample=True, published_at__isnull=False).first()
    assessment.ask(cast.citizen, cast.office, about)


class _Cast:
    """The demo accounts by their part."""

    def __init__(self, people: Mapping[str, Any]) -> None:
        self.lead = people["projektleitung@demo.example"]
        self.office = people["geschaeftsstelle@demo.example"]
        self.dpo = people["dsb@demo.example"]
        self.members = [people[f"ethik{number}@demo.example"] for number in range(1, 9)]
        self.chair = self.members[0]
        self.citizen = people["buergerin@demo.example"]


def _seats(cast: _Cast) -> None:
    council.current_rule()
    functions = [SeatFunction.CHAIR, SeatFunction.DEPUTY, *[SeatFunction.MEMBER] * 6]
    for member, function in zip(cast.members, functions, strict=True):
        council.seat(cast.office, person=member, function=function, since=SINCE)


def _finished(cast: _Cast, project: Project) -> None:
    """From the application to the answered conditions, one of them fulfilled."""
    case = cases.begin(
        cast.lead,
        title=FINISHED,
        project=project,
        parties="Grünflächenamt (Beispiel), ein Sensorhersteller (Beispiel)",
        sample=True,
    )
    cases.save_draft(
        cast.lead,
        case=case,
        content={
            "what": "An zwölf Bäumen im Riemekepark misst je ein Sensor die Feuchte und die Temperatur des Bodens. "
            "Er funkt die Werte alle sechs Stunden über LoRaWAN.",
            "aim": "Die Stadt gießt nur dort, wo der Boden trocken ist. Das spart Wasser und Wege und hält die Bäume "
            "gesund.",
            "data": "Bodenfeuchte, Bodentemperatur, Batteriestand und der Standort des Baumes. Menschen werden nicht "
            "erfasst. "
            "Beim Einrichten entstehen Einsatzzeiten der Gärtnerinnen und Gärtner.",
            "technology": "Handelsübliche Sensoren, das LoRaWAN-Netz der Stadt, die städtische Datenplattform.",
            "alternatives": "Gießen nach Kalender, Probe mit dem Bohrstock. Beides kostet mehr Wasser oder mehr "
            "Arbeit.",
            "question": "Dürfen Einsatzzeiten der Beschäftigten gespeichert werden, und wie zeigen wir die Daten "
            "offen?",
        },
        answers={"V1": "ja", "V2": "ja", "V3": "nein", "V4": "nein", "V5": "nein", **ALL_NO, "K7": "ja"},
        reason="Einsatzzeiten der Beschäftigten lassen sich Personen zuordnen (K7).",
    )
    cases.submit(cast.lead, case=case)
    triage.accept(cast.office, case=case)
    review.assign(cast.office, case=case, member=cast.members[2])
    for number, member in enumerate(cast.members):
        recused = number == 7
        review.declare(
            member,
            case=case,
            conflicted=recused,
            ground="beschaeftigung" if recused else "",
            explanation="Ich berate den Hersteller der Sensoren (Beispiel)." if recused else "",
        )
    review.start(cast.office, case=case)
    for member, (stance, text) in zip(cast.members, OPINIONS, strict=False):
        review.save_opinion(member, case=case, stance=stance, text=text, submit=True)
    review.unveil(cast.office, case=case)
    recommendations.draft(
        cast.chair,
        case=case,
        form="empfehlung_mit_auflagen",
        sentence="Der Ethikrat empfiehlt die Baumsensoren, wenn Einsatzzeiten nicht gespeichert und die Messwerte "
        "offen gezeigt werden.",
        text="Der Nutzen für Bäume und Wasserhaushalt ist klar, die Messwerte selbst betreffen keine Menschen. Zwei "
        "Punkte "
        "blieben strittig.\n\nErstens lassen sich aus den Zeiten, zu denen Sensoren eingerichtet und gewartet werden, "
        "Wege der "
        "Beschäftigten ablesen. Dafür gibt es keinen Zweck; die Zeiten sollen gar nicht erst gespeichert "
        "werden.\n\nZweitens "
        "stärkt es das Vertrauen, wenn alle dieselben Werte sehen wie das Amt.",
        conditions=[
            ("Einrichtungs- und Wartungszeiten werden nicht auf der Datenplattform gespeichert.", date(2026, 12, 31)),
            (
                "Die Messwerte stehen als offene Daten im Portal, mit einem Schild am Baum, das darauf hinweist.",
                date(2027, 3, 31),
            ),
        ],
    )
    meeting = meetings.call(
        cast.office,
        title="Sitzung des Ethikrats (Beispiel)",
        starts_at=timezone.now() + timedelta(minutes=5),
        place="Rathaus, Am Abdinghof 11",
        short_notice_reason="Beispieldaten: Die Sitzung wird beim Aufbau der Demo abgehalten.",
        sample=True,
    )
    meetings.schedule(cast.office, case=case, meeting=meeting)
    presences = {member.pk: "anwesend" for member in cast.members}
    presences[cast.members[5].pk] = "zugeschaltet"
    presences[cast.members[6].pk] = "entschuldigt"
    meetings.record_attendance(cast.chair, meeting=meeting, presences=presences)
    vote = votes.open_vote(cast.chair, case=case)
    for member in cast.members[:6]:
        votes.cast(cast.chair, vote=vote, member=member, choice="enthaltung" if member == cast.members[4] else "ja")
    votes.close_vote(cast.chair, vote=vote)
    recommendations.open_dissent(cast.office, case=case)
    recommendations.file_dissent(cast.members[4], case=case, waived=True)
    recommendations.prepare(cast.office, case=case)
    recommendations.summarise(
        cast.office,
        case=case,
        plain_summary="Sensoren messen, ob Bäume Wasser brauchen. Der Ethikrat findet das gut. Er möchte zwei Dinge: "
        "Niemand soll sehen "
        "können, wann welche Gärtnerin wo gearbeitet hat. Und alle sollen die Messwerte sehen können.",
    )
    recommendations.confirm_data_protection(
        cast.dpo, case=case, statement="Keine Bedenken gegen die Veröffentlichung (Beispiel)."
    )
    recommendations.publish(cast.chair, case=case)
    followup.request_answer(cast.office, case=case, due=timezone.now() + timedelta(days=42))
    followup.answer(
        cast.lead,
        case=case,
        responses={
            1: ("angenommen", "Die Zeiten werden beim Einrichten nicht mehr übertragen."),
            2: (
                "teilweise",
                "Die offenen Daten kommen mit dem Start. Schilder stellen wir nur an vier Wegen auf, nicht an jedem "
                "Baum.",
            ),
        },
    )
    followup.follow_up(cast.office, case=case)
    followup.settle(
        cast.office,
        condition=ReviewCase.objects.get(pk=case.pk).recommendation.conditions.get(position=1),
        state="erfuellt",
        proof="Einstellung der Plattform geprüft und im Verzeichnis vermerkt (Beispiel).",
    )


def _under_review(cast: _Cast) -> None:
    """Waits for declarations and opinions, so that the work lists of the demo are not empty."""
    case = cases.begin(
        cast.lead,
        title=UNDER_REVIEW,
        initiative="Besucherzählung auf dem Wochenmarkt (Beispiel)",
        parties="Marktamt (Beispiel), ein Anbieter von Zählgeräten (Beispiel)",
        sample=True,
    )
    cases.save_draft(
        cast.lead,
        case=case,
        content={
            "what": "Zwei Geräte zählen an Markttagen, wie viele Menschen über den Platz gehen. Sie werten "
            "Funksignale von Handys aus.",
            "aim": "Die Stadt will wissen, welche Stände wann gebraucht werden.",
            "data": "Gekürzte und verschlüsselte Gerätekennungen, Zeitpunkt, Zahl der Menschen je Viertelstunde.",
            "question": "Gibt es einen Weg ohne Funksignale?",
        },
        answers={"V1": "ja", "V5": "nein", **ALL_NO, "C": "unklar", "K3": "ja", "K8": "ja", "DSK12": "unklar"},
        reason="Ob die Kennungen auf Menschen zurückführen, klärt der Anbieter noch.",
    )
    cases.submit(cast.lead, case=case)
    triage.accept(cast.office, case=case)
    review.assign(cast.office, case=case, member=cast.members[3])
    now = timezone.now()
    review.set_deadlines(
        cast.office, case=case, declarations_due=now + timedelta(days=7), opinions_due=now + timedelta(days=21)
    )
    for member in cast.members[:5]:
        review.declare(member, case=case, conflicted=False)


def _draft(cast: _Cast) -> None:
    case = cases.begin(
        cast.lead,
        title=DRAFT,
        initiative="Leihkiste für Nachbarschaftsfeste (Beispiel)",
        parties="Quartiersbüro (Beispiel)",
        sample=True,
    )
    cases.save_draft(
        cast.lead,
        case=case,
        content={
            "what": "Eine Kiste mit Lautsprecher, Lichterketten und einem Gerät, das die Lautstärke anzeigt, kann "
            "ausgeliehen werden."
        },
        answers={"V1": "unklar"},
    )


OPINIONS = (
    (
        "empfehlung_mit_auflagen",
        "Der Zweck ist eng, der Nutzen greifbar. Ich möchte, dass keine Wege von Beschäftigten entstehen.",
    ),
    ("empfehlung", "Für mich ein gutes Beispiel für sparsame Daten: Gemessen wird der Boden, nicht der Mensch."),
    (
        "empfehlung_mit_auflagen",
        "Die Werte sollten allen offenstehen, sonst weiß nur das Amt, warum ein Baum Wasser bekommt.",
    ),
    ("empfehlung_mit_auflagen", "Ein kleines Schild am Baum erklärt mehr als eine Datenschutzerklärung im Netz."),
    (
        "klaerungsbedarf",
        "Mir fehlt, was mit den Sensoren nach fünf Jahren geschieht: Rücknahme, Batterien, Folgekosten.",
    ),
    ("empfehlung", "Ich sehe keine Benachteiligung einzelner Gruppen oder Stadtteile."),
    ("empfehlung_mit_auflagen", "Einsatzzeiten von Beschäftigten gehören nicht auf eine Datenplattform."),
)

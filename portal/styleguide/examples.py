"""One example per component file of portal/templates/components/ (a test holds the two lists together)."""

# ruff: noqa: E501  the lines are shown as they stand

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.utils.safestring import SafeString

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Example:
    """One component: its file's stem, what it is for, the line that includes it and what that line needs."""

    name: str
    title: str
    use: str
    line: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    part_of: str = ""

    def html(self, request: HttpRequest) -> SafeString | str:
        if not self.line:
            return ""
        source = "{% load i18n portal_ui %}" + self.line
        return engines["django"].from_string(source).render(dict(self.context), request)


@dataclass(frozen=True)
class Group:
    slug: str
    title: str
    examples: list[Example]


class PracticeForm(forms.Form):
    """Every kind of field once."""

    name = forms.CharField(label="Name", help_text="So, wie er bei Ihrem Beitrag stehen soll.")
    email = forms.EmailField(label="E-Mail-Adresse")
    area = forms.ChoiceField(
        label="Lebensbereich", choices=[("umwelt", "Umwelt"), ("bildung", "Bildung"), ("mobilitaet", "Mobilität")]
    )
    text = forms.CharField(label="Ihr Beitrag", widget=forms.Textarea, required=False)
    visible = forms.ChoiceField(
        label="Wer darf es sehen?", choices=[("alle", "Alle"), ("ich", "Nur ich")], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label="Themen",
        choices=[("luft", "Luft"), ("wasser", "Wasser"), ("verkehr", "Verkehr")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label="Datei", help_text="CSV, höchstens 2 MB.", required=False)
    mail = forms.BooleanField(label="Schicken Sie mir Neues per E-Mail", required=False)


class FilterForm(forms.Form):
    """What a list is narrowed by."""

    bereich = forms.ChoiceField(label="Bereich", choices=[("", "Alle"), ("umwelt", "Umwelt")], required=False)
    art = forms.ChoiceField(label="Art", choices=[("", "Alle"), ("innovation", "Innovation")], required=False)


def practice_form() -> PracticeForm:
    data = {
        "probe-name": "Erika Beispiel",
        "probe-email": "erika(at)beispiel",
        "probe-area": "umwelt",
        "probe-visible": "alle",
        "probe-topics": ["luft"],
    }
    return PracticeForm(data, prefix="probe")


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


FRAME = Group(
    "rahmen",
    "Rahmen der Seite",
    [
        Example("header", "Kopf", "Steht oben auf jeder Seite und bleibt klein. base.html bindet ihn ein."),
        Example("topbar", "Oberste Zeile", "Hinweis zur Demo und Sprachen; rollt mit weg.", part_of="base"),
        Example("nav_list", "Hauptnavigation", "Die fünf Türen des Portals.", part_of="header"),
        Example("logo", "Logo", "Die Quellen der Pader: viele kleine werden ein Fluss.", part_of="header"),
        Example("account_link", "Konto", "Anmelden, oder der Weg zu den eigenen Dingen.", part_of="header"),
        Example("language_links", "Sprachen", "Diese Seite in den anderen Sprachen.", part_of="header"),
        Example("footer", "Fuß", "Rechtliches, Sprachen, Darstellung. base.html bindet ihn ein."),
        Example(
            "theme_switch",
            "Darstellung",
            "Hell, dunkel, wie das Gerät; merkt sich nur dieser Browser.",
            part_of="footer",
        ),
        Example(
            "toasts",
            "Meldungen",
            "Kurze Rückmeldung am Rand; nimmt nie den Fokus. Aus Python: messages.",
            part_of="base",
        ),
        Example(
            "demo_banner",
            "Hinweis zur Demo",
            "Steht auf jeder Seite, wenn DEMO an ist.",
            '{% include "components/demo_banner.html" with label="Beispiel eines Hinweises" %}',
        ),
        Example(
            "warning",
            "Warnhinweis",
            "Für Hochwasser, Ausfälle, Sperrungen. Die Redaktion schaltet ihn ein; er endet von selbst.",
            '{% include "components/warning.html" %}',
            {
                "warnings": [
                    {
                        "label": "Warnung",
                        "title": "Hochwasser an der Pader möglich",
                        "text": "Bitte meiden Sie bis Mittwoch, 18 Uhr, die Uferwege.",
                        "url": "#",
                        "sample": True,
                    }
                ]
            },
        ),
        Example(
            "breadcrumb",
            "Brotkrumen",
            "Der Weg hierher; Start steht von selbst davor.",
            '{% include "components/breadcrumb.html" with items=items label="Beispiel" %}',
            {"items": [{"title": "Projekte", "url": "#"}, {"title": "Digitaler Schulweg", "url": ""}]},
        ),
        Example(
            "local_nav",
            "Navigation in langen Seiten",
            "Anker oder Nachbarseiten in der ruhigen Spalte.",
            '{% include "components/local_nav.html" with items=items label="In diesem Projekt" %}',
            {
                "items": [
                    {"title": "Ziel", "url": "#", "current": True},
                    {"title": "Zeitstrahl", "url": "#"},
                    {"title": "Messwerte", "url": "#"},
                ]
            },
        ),
    ],
)

CONTENT = Group(
    "inhalt-bausteine",
    "Inhalt",
    [
        Example(
            "page_head",
            "Seitenkopf",
            "Die eine h1 jeder Seite, darüber Art und Status, darunter ein Satz.",
            '{% include "components/page_head.html" with title="Digitaler Schulweg" level="4" kicker="Innovationsprojekt" '
            'badges=badges lead="Kinder kommen sicherer zur Schule." sample=True %}',
            {"badges": [{"label": "Läuft", "kind": "success", "icon": "play"}]},
        ),
        Example(
            "hero",
            "Aufmacher",
            "Nur auf der Startseite und auf Einstiegen: ein Satz, höchstens zwei Knöpfe, ein Bild.",
            '{% include "components/hero.html" with title="Was Paderborn digital vorhat" text=text actions=actions level="4" %}',
            {
                "text": "Nachsehen, mitreden, messen: an einem Ort.",
                "actions": [
                    {"label": "Mitreden", "url": "#", "kind": "participation", "icon": "comments"},
                    {"label": "Projekte ansehen", "url": "#", "kind": "secondary"},
                ],
            },
        ),
        Example(
            "door",
            "Tür",
            "Die großen Wege ins Portal, drei nebeneinander.",
            '{% include "components/door.html" with title="Mitreden" url="#" picture="weltcafe" kind="participation" '
            'text="Kommen Sie an einen Tisch." level="4" %}',
        ),
        Example(
            "card",
            "Kachel",
            "Nur wo man vergleicht. Die ganze Fläche führt zum Ziel.",
            '{% include "components/card.html" with title="Saubere Luft in der Stadt" url="#" picture="umwelt" '
            'badge="Läuft" badge_kind="success" badge_icon="play" sample=True level="4" '
            'text="Anwohner messen Feinstaub vor ihrer Tür." meta="Umwelt · seit März 2020" %}',
        ),
        Example(
            "badge",
            "Marke",
            "Ein Zustand in einem Wort, mit Zeichen.",
            '<p class="l-cluster">{% for b in badges %}{% include "components/badge.html" with label=b.0 kind=b.1 icon=b.2 %} '
            "{% endfor %}</p>",
            {
                "badges": [
                    ("Idee", "neutral", "idea"),
                    ("In Vorbereitung", "info", "clock"),
                    ("Abgeschlossen", "success", "check"),
                    ("Überfällig", "warning", "hourglass"),
                    ("Gestört", "danger", "danger"),
                    ("Jetzt mitreden", "participation", "comments"),
                ]
            },
        ),
        Example(
            "sample_badge",
            "Beispieldaten",
            "Steht bei allem, was nur zum Zeigen erfunden ist.",
            '{% include "components/sample_badge.html" with sample=True %}',
        ),
        Example(
            "button",
            "Knopf",
            "Knöpfe sind Verben. Ein primärer je Ansicht; Grün nur für Beteiligung.",
            '<div class="button-row">{% include "components/button.html" with label="Beitrag senden" kind="primary" '
            'type="button" %}{% include "components/button.html" with label="Mitreden" kind="participation" url="#" '
            'icon="comments" %}{% include "components/button.html" with label="Entwurf ansehen" kind="secondary" url="#" %}'
            '{% include "components/button.html" with label="Abbrechen" kind="tertiary" url="#" %}'
            '{% include "components/button.html" with label="Beitrag löschen" kind="danger" type="button" icon="trash" %}</div>',
        ),
        Example(
            "alert",
            "Hinweis",
            "Was geschehen ist, was bleibt, was zu tun ist.",
            '<div class="l-stack">{% for a in alerts %}{% include "components/alert.html" with kind=a.0 title=a.1 text=a.2 %}'
            "{% endfor %}</div>",
            {
                "alerts": [
                    ("info", "Die Runde beginnt um 18 Uhr.", "Sie können sich bis dahin einen Tisch aussuchen."),
                    ("success", "Ihr Beitrag ist da.", "Er steht jetzt unter dem Projekt."),
                    ("warning", "Die Verbindung ist schwach.", "Ihre Karte wartet und geht von selbst hinaus."),
                    ("danger", "Die Datei passt nicht.", "Es fehlt die Spalte „timestamp“. Nichts wurde gespeichert."),
                ]
            },
        ),
        Example(
            "empty_state",
            "Leere Liste",
            "Sagt, was hier stehen wird und wie es beginnt.",
            '{% include "components/empty_state.html" with title="Noch keine Beiträge" level="4" picture="stille" '
            'text="Schreiben Sie den ersten: Was fällt Ihnen auf Ihrem Schulweg auf?" action_url="#" '
            'action_label="Beitrag schreiben" %}',
        ),
        Example(
            "quote",
            "Zitat",
            "Ein Satz aus einem Papier oder von einem Tisch, mit Herkunft.",
            '{% include "components/quote.html" with text=text source="Tisch 7, Bürger-DigiLog" meta="Beispieldaten" %}',
            {"text": "Digital ist gut, wenn ich am Ende weniger Wege habe und trotzdem jemanden fragen kann."},
        ),
        Example(
            "figure",
            "Bild",
            "Mit Alternativtext, Bildunterschrift und, wo nötig, einer langen Beschreibung.",
            '{% include "components/figure.html" with picture="weltcafe" alt="Ein runder Tisch mit vier Menschen und Karten" '
            'caption="Ein Tisch im World-Café" credit="eigene Zeichnung" description=description %}',
            {"description": "Vier Menschen sitzen um einen runden Tisch. In der Mitte liegen beschriebene Karten."},
        ),
        Example(
            "facts",
            "Fakten",
            "Die ruhige Spalte neben dem Text.",
            '{% include "components/facts.html" with items=items %}',
            {
                "items": [
                    {"label": "Bereich", "value": "Umwelt", "icon": "leaf"},
                    {"label": "Beteiligte", "value": "Stadt Paderborn, Hochschule", "icon": "people"},
                    {"label": "Quelle", "value": "Strategiepapier, Seite 38", "url": "#", "icon": "document"},
                ]
            },
        ),
        Example(
            "stat",
            "Zahl",
            "Eine Zahl mit dem Weg zu ihrem Beleg.",
            '<div class="stats">{% include "components/stat.html" with value="42" label="Projekte" url="#" %}'
            '{% include "components/stat.html" with value="1.318" label="Karten aus Dialogen" url="#" %}'
            '{% include "components/stat.html" with value="8" unit="µg/m³" label="Feinstaub jetzt: niedrig" url="#" %}</div>',
        ),
        Example(
            "tag_list",
            "Schlagwörter",
            "Themen, oder aktive Filter zum Entfernen.",
            '{% include "components/tag_list.html" with items=items label="Themen" %}',
            {
                "items": [
                    {"title": "Umwelt", "url": "#", "remove": True},
                    {"title": "Innovation", "url": "#", "current": True},
                    {"title": "Luft", "url": "#"},
                ]
            },
        ),
        Example(
            "disclosure",
            "Aufklappen",
            "Eine Sache, die nicht jeder braucht.",
            '{% include "components/disclosure.html" with summary="Wie wir rechnen" text="Mittelwert einer Stunde." %}',
        ),
    ],
)

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

FORMS = Group(
    "formulare",
    "Formulare",
    [
        Example(
            "form",
            "Formular",
            "Alle Felder der Reihe nach, oben die Fehler. Was getippt wurde, bleibt stehen.",
            '<form class="form" novalidate>{% include "components/form.html" with form=form quiet=True %}</form>',
            {"form": practice_form()},
        ),
        Example("field", "Feld", "Beschriftung, Hilfe, Eingabe, Fehler.", part_of="form"),
        Example("field_error", "Fehler am Feld", "Sagt, was fehlt und wie es geht.", part_of="form"),
        Example("form_errors", "Fehler im Überblick", "Springt zu den Feldern.", part_of="form"),
        Example(
            "filter_form",
            "Filter einer Liste",
            "Ein GET-Formular; auf dem Telefon zugeklappt.",
            '{% include "components/filter_form.html" with form=form active=active reset_url="#" %}',
            {
                "form": FilterForm({"bereich": "umwelt"}),
                "active": [{"title": "Bereich: Umwelt", "url": "#", "remove": True}],
            },
        ),
    ],
)

DATA = Group(
    "daten",
    "Werte und Orte",
    [
        Example(
            "chart",
            "Diagramm",
            "Ein Satz sagt, was man sieht; die Werte stehen einen Klick dahinter.",
            '{% include "components/chart.html" with title=title id="probe-tag" rows=rows columns=columns %}',
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

GROUPS = [FRAME, CONTENT, FLOW, FORMS, DATA]

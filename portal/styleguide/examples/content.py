"""Content of pages."""

# ruff: noqa: E501  the lines are shown as they stand

from __future__ import annotations

from portal.styleguide.examples.model import Example, Group

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

"""The frame of a page."""

from __future__ import annotations

from portal.styleguide.examples.model import Example, Group

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

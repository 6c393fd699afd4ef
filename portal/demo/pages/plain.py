"""Home page and accessibility statement in Leichte Sprache. Not yet checked by people who need it; the page says so."""

from __future__ import annotations

from portal.demo.pages import Text, bullets, heading, links, text
from portal.demo.pages.legal import STATED

HOME = Text(
    slug="home-leicht",
    title="Paderborn wird digital",
    summary="Hier lesen Sie in Leichter Sprache, was auf dieser Internet-Seite steht.",
    extra={"lead": "Die Stadt Paderborn macht viele neue Sachen mit Computern. Auf dieser Seite können Sie mitreden."},
    body=[
        heading("Das steht auf dieser Internet-Seite"),
        text(
            bullets(
                "Projekte: Das plant die Stadt.",
                "Mitreden: Sie können Ihre Meinung sagen.",
                "Sensoren: Das sind kleine Mess-Geräte. Sie messen zum Beispiel die Luft.",
                "Ethik-Rat: Das ist eine Gruppe von Menschen. Die Gruppe prüft die Projekte. Sie fragt: Ist das gut für alle?",
                "Aktuelles: Das ist neu.",
            )
        ),
        heading("So benutzen Sie diese Internet-Seite"),
        text(
            bullets(
                "Oben auf der Seite ist das Menü. Dort wählen Sie aus.",
                "Oben gibt es auch eine Suche. Schreiben Sie ein Wort in das Feld.",
                "Unten auf der Seite können Sie die Sprache wechseln.",
                "Zum Lesen müssen Sie sich nicht anmelden.",
            )
        ),
        heading("Das gibt es in Leichter Sprache"),
        text(
            "Bis jetzt gibt es nur wenige Seiten in Leichter Sprache. Viele Texte sind noch in schwerer Sprache. Es sollen "
            "mehr werden.",
            "Diese Seite ist noch nicht von Menschen mit Lern-Schwierigkeiten geprüft.",
        ),
        (
            "video",
            {
                "title": "Video in Gebärden-Sprache",
                "text": "Hier soll ein Video in Deutscher Gebärden-Sprache stehen. Das Video fehlt noch.",
                "url": "",
                "duration": "",
            },
        ),
        links(
            "Mehr lesen",
            ("Barriere-Freiheit", "/de-x-leicht/barrierefreiheit/", "Das ist noch schwer auf dieser Seite."),
        ),
    ],
)

ACCESSIBILITY = Text(
    slug="barrierefreiheit",
    title="Barriere-Freiheit",
    summary="Barriere-Freiheit heißt: Alle Menschen können die Internet-Seite benutzen.",
    extra={"stated_on": STATED, "feedback_form": True},
    body=[
        heading("Das geht noch nicht gut"),
        text(
            bullets(
                "Es gibt nur wenige Texte in Leichter Sprache.",
                "Es gibt noch kein Video in Gebärden-Sprache.",
                "Landkarten sind schwer, wenn man nicht gut sieht. Aber es gibt immer auch eine Liste.",
                "PDF-Dateien sind schwer zum Vorlesen. Aber es gibt immer auch eine Internet-Seite.",
            )
        ),
        heading("Sie können sich beschweren"),
        text(
            "Zuerst sagen Sie es uns. Dafür gibt es unten einen Knopf.",
            "Wir helfen Ihnen nicht gut? Dann fragen Sie die Ombuds-Stelle. Die Ombuds-Stelle hilft bei Streit. Das kostet "
            "nichts.",
            'Die E-Mail-Adresse ist: <a href="mailto:ombudsstelle-barrierefreie-it@mags.nrw.de">'
            "ombudsstelle-barrierefreie-it@mags.nrw.de</a>",
        ),
    ],
)

"""Home page, the Council and the accessibility statement in Leichte Sprache. Not yet checked by people who need it; the page says so."""

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
            ("Sensoren und die Karte", "/de-x-leicht/messen/", "So lesen Sie die Karte. So messen Sie selbst."),
            ("Im Internet mitreden", "/de-x-leicht/stadthaus-dialog/", "So schreiben Sie einen Beitrag."),
            ("Ein Abend im DigiLog", "/de-x-leicht/digilog-abend/", "So machen Sie mit dem Handy mit."),
            ("Der Ethik-Rat", "/de-x-leicht/ueber-den-ethikrat/", "Das macht der Ethik-Rat."),
            ("Frag den Ethik-Rat", "/de-x-leicht/frag-den-ethikrat/", "So stellen Sie eine Frage."),
            ("Mit der Klasse messen", "/de-x-leicht/messen-mit-der-klasse/", "So geht es in der Schule."),
            ("Barriere-Freiheit", "/de-x-leicht/barrierefreiheit/", "Das ist noch schwer auf dieser Seite."),
        ),
    ],
)

COUNCIL = Text(
    slug="ueber-den-ethikrat",
    title="Der Ethik-Rat",
    summary="Der Ethik-Rat ist eine Gruppe von Menschen. Die Gruppe prüft neue Projekte der Stadt.",
    body=[
        text(
            "Die Stadt macht neue Sachen mit Computern. Dabei gibt es Fragen:",
            bullets(
                "Wer sieht meine Daten?",
                "Wer kann nicht mitmachen?",
                "Was ist, wenn ein Computer einen Fehler macht?",
            ),
            "Diese Fragen stellt der Ethik-Rat.",
        ),
        heading("So arbeitet der Ethik-Rat"),
        text(
            bullets(
                "Jemand zeigt dem Ethik-Rat ein Projekt.",
                "Jeder Mensch im Ethik-Rat schreibt zuerst allein seine Meinung auf.",
                "Danach lesen alle die Meinungen.",
                "Ein Mensch hat selbst etwas davon? Dann darf er nicht mitreden.",
                "Dann stimmt der Ethik-Rat ab.",
            )
        ),
        heading("Das kommt dabei heraus"),
        text(
            "Der Ethik-Rat gibt einen Rat. Der Rat heißt: Empfehlung.",
            "Manchmal sagt der Ethik-Rat: Das muss besser werden. Das heißt: Auflage.",
            "Der Ethik-Rat bestimmt nicht. Er sagt dem Bürgermeister seine Meinung.",
            "Jeder kann die Empfehlung lesen. Es gibt immer einen kurzen Text in einfachen Worten.",
        ),
        heading("Sie können den Ethik-Rat fragen"),
        text("Haben Sie eine Frage? Dann schreiben Sie dem Ethik-Rat. Alle können die Antwort lesen."),
        text("Diese Seite ist noch nicht von Menschen mit Lern-Schwierigkeiten geprüft."),
        links(
            "Mehr lesen",
            ("Empfehlungen vom Ethik-Rat", "/de-x-leicht/ethikrat/", "Diese Seite ist in schwerer Sprache."),
            ("Frag den Ethik-Rat", "/de-x-leicht/frag-den-ethikrat/", "Diese Seite ist leicht."),
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

"""Sensors, online dialogue, DigiLog, questions to the Council and classroom in Leichte Sprache.

By the rules of the Netzwerk Leichte Sprache: short sentences with one thought, each on a line of its own, long words with
a hyphen, hard words explained. Not yet checked by people who need it; every page says so.
"""

from __future__ import annotations

from portal.demo.pages import Text, bullets, heading, links, text

UNCHECKED = text("Diese Seite ist noch nicht von Menschen mit Lern-Schwierigkeiten geprüft.")
HARD = "Diese Seite ist in schwerer Sprache."


def lines(*sentences: str) -> str:
    """A paragraph with each sentence on a line of its own."""
    return f"<p>{'<br/>'.join(sentences)}</p>"


SENSORS = Text(
    slug="messen",
    title="Sensoren und die Karte",
    summary="Sensoren sind kleine Mess-Geräte. Auf der Karte sehen Sie, was die Sensoren messen.",
    body=[
        heading("Das ist ein Sensor"),
        text(
            lines(
                "Ein Sensor ist ein kleines Gerät.",
                "Der Sensor misst etwas.",
                "Zum Beispiel: Wie warm ist die Luft?",
                "Oder: Wie nass ist der Boden?",
                "Der Sensor schickt die Zahlen an diese Internet-Seite.",
            )
        ),
        heading("So lesen Sie die Karte"),
        text(
            lines(
                "Die Karte zeigt die Stadt Paderborn.",
                "Jeder Punkt ist ein Ort mit einem Sensor.",
                "Neben der Karte ist eine Liste.",
                "In der Liste steht das Gleiche wie auf der Karte.",
                "Die Liste können Sie sich auch vorlesen lassen.",
                "Die Zahlen sind neu.",
                "Sie müssen die Seite nicht neu laden.",
            )
        ),
        heading("Das sieht niemand"),
        text(
            lines(
                "Sie haben zu Hause einen Sensor?",
                "Dann sieht niemand Ihre genaue Adresse.",
                "Der Punkt auf der Karte ist nur ungefähr richtig.",
                "Ihren Namen sieht auch niemand.",
            )
        ),
        heading("So melden Sie Ihren Sensor an"),
        text(
            lines(
                "Sie haben einen eigenen Sensor?",
                "Dann können Sie mitmachen.",
                "Sie brauchen dafür ein Konto.",
                "Ein Konto heißt: Sie melden sich mit Ihrer E-Mail-Adresse an.",
            ),
            bullets(
                "Wählen Sie: Station anmelden. Station heißt: der Ort mit Ihrem Sensor.",
                "Schreiben Sie einen Namen für die Station.",
                "Wählen Sie den Ort.",
                "Dann bekommen Sie einen Schlüssel. Der Schlüssel ist ein geheimes Wort für Ihren Sensor.",
                "Schreiben Sie den Schlüssel auf. Sie sehen den Schlüssel nur 1 Mal.",
            ),
        ),
        UNCHECKED,
        links(
            "Mehr lesen",
            ("Alle Sensoren", "/de-x-leicht/sensoren/", HARD),
            ("Mit einer Schul-Klasse messen", "/de-x-leicht/messen-mit-der-klasse/", "Diese Seite ist leicht."),
        ),
    ],
)

ONLINE = Text(
    slug="stadthaus-dialog",
    title="Im Internet mitreden",
    summary="Sie haben eine Idee für die Stadt? Dann schreiben Sie uns. Die Stadt antwortet Ihnen.",
    body=[
        heading("Das ist der Stadthaus-Dialog"),
        text(
            lines(
                "Dialog heißt: miteinander sprechen.",
                "Beim Stadthaus-Dialog sprechen Sie im Internet mit der Stadt.",
                "Sie schreiben einen Text.",
                "Der Text heißt: Beitrag.",
                "Alle können Ihren Beitrag lesen.",
            )
        ),
        heading("So schreiben Sie einen Beitrag"),
        text(
            lines("Zum Lesen brauchen Sie nichts.", "Zum Schreiben brauchen Sie eine E-Mail-Adresse."),
            bullets(
                "Öffnen Sie den Dialog.",
                "Wählen Sie: Beitrag schreiben.",
                "Melden Sie sich an.",
                "Sagen Sie: Ist es eine Idee, eine Frage oder ein Hinweis? Hinweis heißt: Sie haben etwas bemerkt.",
                "Schreiben Sie Ihren Text.",
                "Hat jemand schon das Gleiche geschrieben? Dann zeigen wir Ihnen diesen Beitrag.",
            ),
        ),
        heading("Das passiert danach"),
        text(
            lines(
                "Sie bekommen eine Nummer.",
                "Mit der Nummer finden Sie Ihren Beitrag wieder.",
                "Sie sehen auch einen Tag.",
                "Bis zu diesem Tag antwortet die Stadt.",
                "Ist die Stadt zu spät?",
                "Dann steht das auch auf der Seite.",
            )
        ),
        heading("Sie finden einen Beitrag gut?"),
        text(
            lines(
                "Dann wählen Sie: Unterstützen.",
                "Das heißt: Ich will das auch.",
                "Jeder Mensch zählt 1 Mal.",
            )
        ),
        heading("Es geht auch ohne Internet"),
        text(
            lines(
                "Sie können anrufen.",
                "Sie können auch einen Brief schreiben.",
                "Die Nummer und die Adresse stehen auf der Seite vom Dialog.",
            )
        ),
        UNCHECKED,
        links("Mehr lesen", ("Alle Dialoge", "/de-x-leicht/dialoge/", HARD)),
    ],
)

EVENING = Text(
    slug="digilog-abend",
    title="Ein Abend im DigiLog",
    summary="DigiLog ist ein Treffen in der Stadt. Sie reden dort mit. Dabei hilft Ihr Handy.",
    body=[
        heading("Das ist der DigiLog"),
        text(
            lines(
                "DigiLog ist ein Treffen am Abend.",
                "Viele Menschen kommen in einen Saal.",
                "Sie sitzen an Tischen und reden.",
                "An jedem Tisch gibt es eine Frage.",
                "Nach einiger Zeit wechseln Sie den Tisch.",
                "Das nennt man auch: World Café.",
                "Das spricht man so: Wörld Kaffee.",
            )
        ),
        heading("So melden Sie sich an"),
        text(
            bullets(
                "Wählen Sie einen DigiLog aus.",
                "Wählen Sie: Jetzt anmelden.",
                "Brauchen Sie Hilfe am Abend? Dann schreiben Sie das dazu.",
                "Sie bekommen eine E-Mail. Klicken Sie in der E-Mail auf den Link. Erst dann haben Sie einen Platz.",
            ),
            lines("Haben Sie keine E-Mail-Adresse?", "Dann rufen Sie an."),
        ),
        heading("So machen Sie mit dem Handy mit"),
        text(
            lines("Sie brauchen kein Konto.", "Sie brauchen auch keine App."),
            bullets(
                "Auf dem Tisch liegt ein Blatt mit einem QR-Code. Ein QR-Code ist ein Bild aus kleinen Quadraten.",
                "Halten Sie die Kamera vom Handy auf das Bild.",
                "Das Handy öffnet die richtige Seite.",
                "Sie können einen Namen schreiben. Es geht auch ohne Namen.",
                "Wählen Sie: Am Tisch Platz nehmen.",
                "Schreiben Sie Ihre Meinung auf eine Karte.",
                "Alle am Tisch sehen Ihre Karte. Die Karte ist auch groß an der Wand zu sehen.",
            ),
        ),
        heading("Es geht auch ohne Handy"),
        text(
            lines(
                "Auf dem Tisch liegen Karten aus Papier.",
                "Schreiben Sie auf eine Karte.",
                "Ein Mensch tippt Ihre Karte später ab.",
            )
        ),
        UNCHECKED,
        links("Mehr lesen", ("Alle Treffen", "/de-x-leicht/dialoge/", HARD)),
    ],
)

ASKING = Text(
    slug="frag-den-ethikrat",
    title="Frag den Ethik-Rat",
    summary="Sie haben eine Frage an den Ethik-Rat? Dann schreiben Sie die Frage. Der Ethik-Rat antwortet.",
    body=[
        heading("Wer ist der Ethik-Rat?"),
        text(
            lines(
                "Der Ethik-Rat ist eine Gruppe von Menschen.",
                "Die Gruppe prüft neue Projekte der Stadt.",
                "Sie fragt: Ist das gut für alle?",
            )
        ),
        heading("Das können Sie fragen"),
        text(
            bullets(
                "Wer sieht meine Daten?",
                "Darf die Stadt das messen?",
                "Kann ich auch ohne Computer mitmachen?",
            ),
            lines("Das sind nur Beispiele.", "Sie können auch etwas anderes fragen."),
        ),
        heading("So fragen Sie"),
        text(
            bullets(
                "Sie brauchen ein Konto. Ein Konto heißt: Sie melden sich mit Ihrer E-Mail-Adresse an.",
                "Schreiben Sie Ihre Frage in das Feld.",
                "Schreiben Sie keine Namen von anderen Menschen.",
                "Wählen Sie: Frage stellen.",
            )
        ),
        heading("Das passiert danach"),
        text(
            lines(
                "Alle können Ihre Frage lesen.",
                "Manchmal prüfen wir die Frage zuerst.",
                "Der Ethik-Rat schreibt eine Antwort.",
                "Alle können die Antwort lesen.",
                "Zum Lesen brauchen Sie kein Konto.",
            )
        ),
        UNCHECKED,
        links(
            "Mehr lesen",
            ("Fragen und Antworten", "/de-x-leicht/ethikrat/fragen/", HARD),
            ("Der Ethik-Rat", "/de-x-leicht/ueber-den-ethikrat/", "Diese Seite ist leicht."),
        ),
    ],
)

CLASSROOM = Text(
    slug="messen-mit-der-klasse",
    title="Mit der Klasse messen",
    summary="Eine Schul-Klasse oder ein Verein kann zusammen messen. Dafür gibt es den Klassen-Raum.",
    body=[
        heading("Das ist der Klassen-Raum"),
        text(
            lines(
                "Der Klassen-Raum ist eine Seite im Internet.",
                "Die Seite gehört nur Ihrer Gruppe.",
                "Die Gruppe hat Mess-Geräte.",
                "Die Mess-Geräte heißen hier: Boxen.",
                "Die Boxen messen zum Beispiel die Luft im Zimmer.",
                "Im Klassen-Raum sehen alle die Zahlen.",
            )
        ),
        heading("So machen Sie mit"),
        text(
            bullets(
                "Ihre Lehrerin oder Ihr Lehrer zeigt einen Code. Ein Code ist ein kurzes Wort aus Zeichen.",
                "Schreiben Sie den Code in das Feld.",
                "Denken Sie sich einen Namen aus. Nehmen Sie nicht Ihren echten Namen.",
                "Sie brauchen kein Konto und keine E-Mail-Adresse.",
            )
        ),
        heading("Das können Sie tun"),
        text(
            bullets(
                "Sie sehen: Was misst jede Box?",
                "Sie schreiben eine Notiz. Notiz heißt: ein kurzer Text. Zum Beispiel: Das Fenster war offen.",
                "Sie vergleichen 2 Boxen.",
            )
        ),
        heading("So schützen wir Ihre Daten"),
        text(
            lines(
                "Das Schul-Jahr ist vorbei?",
                "Dann löschen wir alle Namen.",
                "Wir löschen auch alle Notizen.",
            )
        ),
        heading("Sie leiten eine Gruppe?"),
        text(
            lines(
                "Dann brauchen Sie ein Konto.",
                "Legen Sie eine Klasse an.",
                "Melden Sie die Boxen an.",
                "Für jede Box können Sie eine Karte drucken.",
            )
        ),
        UNCHECKED,
        links(
            "Mehr lesen",
            ("Der Klassen-Raum", "/de-x-leicht/sensoren/klassen/", HARD),
            ("Sensoren und die Karte", "/de-x-leicht/messen/", "Diese Seite ist leicht."),
        ),
    ],
)

PAGES = (SENSORS, ONLINE, EVENING, ASKING, CLASSROOM)

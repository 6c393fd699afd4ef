"""Accessibility, privacy, imprint: what the software does is stated; what only the city knows is marked as a gap."""

from __future__ import annotations

from datetime import date

from portal.demo.pages import PAPER, Text, bullets, fill_in, heading, links, text

STATED = date(2026, 11, 22)

ACCESSIBILITY = Text(
    slug="barrierefreiheit",
    title="Erklärung zur Barrierefreiheit",
    summary="Alle sollen dieses Portal benutzen können. Hier steht, wie weit wir sind und wie Sie uns Hindernisse melden.",
    extra={"stated_on": STATED, "feedback_form": True},
    body=[
        text(
            "Diese Erklärung gilt für das Portal Digitale Heimat PB. Maßstab sind das Behindertengleichstellungsgesetz "
            "Nordrhein-Westfalen (BGG NRW), die Verordnung dazu (BITVNRW) und die Norm EN 301 549, also die WCAG 2.2 in "
            "Stufe AA.",
        ),
        heading("Wie weit wir sind"),
        text(
            "Das Portal ist teilweise mit den Anforderungen vereinbar. Die Grundlage ist eine Selbstprüfung mit "
            "automatischen Werkzeugen und mit der Tastatur bei der Entwicklung. "
            + fill_in("Datum und Ergebnis der Prüfung durch eine unabhängige Stelle")
        ),
        heading("Was noch nicht geht"),
        text(
            bullets(
                "PDF-Dateien haben keine Tags. Zu jeder gibt es eine Seite mit demselben Inhalt.",
                "In Leichter Sprache gibt es bisher wenige Seiten.",
                "Das Video in Deutscher Gebärdensprache fehlt noch. Sein Platz ist unten auf dieser Seite.",
                "Karten sind mit einem Screenreader nur eingeschränkt zu bedienen. Jede hat eine Liste mit demselben "
                "Inhalt, und die Liste steht zuerst.",
            )
        ),
        heading("Wenn unsere Antwort nicht hilft"),
        text(
            "Sie haben uns eine Barriere gemeldet und keine gute Antwort bekommen? Dann hilft die Ombudsstelle für "
            "barrierefreie Informationstechnik des Landes Nordrhein-Westfalen, bei der oder dem Landesbeauftragten für "
            "Menschen mit Behinderung sowie für Patientinnen und Patienten. Ihre Hilfe kostet nichts.",
            'E-Mail: <a href="mailto:ombudsstelle-barrierefreie-it@mags.nrw.de">ombudsstelle-barrierefreie-it@mags.nrw.de'
            "</a> " + fill_in("Anschrift und Telefon der Ombudsstelle, vor dem Start geprüft"),
        ),
        (
            "video",
            {
                "title": "Diese Erklärung in Deutscher Gebärdensprache",
                "text": "Hier wird ein Video erklären, was im Portal steht, wie Sie sich darin bewegen und was in dieser "
                "Erklärung steht.",
                "url": "",
                "duration": "",
            },
        ),
        links("Mehr", ("In Leichter Sprache", "/de-x-leicht/barrierefreiheit/", "")),
    ],
)

PRIVACY = Text(
    slug="datenschutz",
    title="Datenschutz",
    summary="Beim Lesen erfahren wir nicht, wer Sie sind. Hier steht, welche Daten wann entstehen und was Sie verlangen können.",
    extra={"stated_on": STATED},
    body=[
        heading("Verantwortlich"),
        text(
            "Stadt Paderborn, Am Abdinghof 11, 33098 Paderborn. "
            + fill_in("Telefon, E-Mail, Vertretung, Kontakt der oder des Datenschutzbeauftragten")
        ),
        heading("Beim Lesen"),
        text(
            "Ihr erster Besuch setzt kein Cookie. Keine Seite lädt etwas von fremden Servern: Schriften, Karten und Programme "
            "liegen auf unserem eigenen. Wir zählen keine Besucherinnen und Besucher einzeln.",
            "Der Server hält für den Betrieb technische Protokolle. "
            + fill_in("Welche Angaben sie beim Hosting enthalten und wann sie gelöscht werden"),
        ),
        heading("Wenn Sie ein Formular öffnen oder sich anmelden"),
        text(
            "Dann setzen wir Cookies, die dafür nötig sind: eines schützt das Formular vor Missbrauch, eines merkt sich Ihre "
            "Anmeldung. Sie enden, wenn Sie sich abmelden oder von selbst. Eine Einwilligung ist dafür nicht nötig "
            "(§ 25 Absatz 2 Nummer 2 TDDDG)."
        ),
        heading("Wenn Sie mitreden"),
        text(
            "Für ein Konto brauchen wir nur eine E-Mail-Adresse. Andere sehen Ihren Anzeigenamen, und den wählen Sie selbst. "
            "Was Sie schreiben, ist öffentlich. An einem Tisch beim DigiLog brauchen Sie kein Konto.",
            "Grundlage ist die Aufgabe der Stadt, ihre Bürgerinnen und Bürger zu beteiligen (Artikel 6 Absatz 1 Buchstabe e "
            "DSGVO mit § 3 DSG NRW). Für Newsletter, Fotos und den Ort Ihres Sensors fragen wir nach Ihrer Einwilligung.",
        ),
        heading("Wenn Sie messen"),
        text(
            "Der genaue Ort eines privaten Sensors bleibt bei uns. Auf der Karte steht nur ein ungefährer Punkt, und wie "
            "ungefähr er ist, bestimmen Sie."
        ),
        heading("Ihre Rechte"),
        text(
            bullets(
                "Auskunft: In Ihrem Konto laden Sie alles herunter, was zu Ihnen gespeichert ist.",
                "Berichtigung: Ihre Angaben ändern Sie dort selbst.",
                "Löschung: Sie löschen Ihr Konto selbst. Beiträge bleiben ohne Ihren Namen stehen, damit Gespräche lesbar "
                "bleiben.",
                "Widerspruch, Einschränkung: Schreiben Sie uns.",
                "Beschwerde: bei der Landesbeauftragten für Datenschutz und Informationsfreiheit Nordrhein-Westfalen.",
            )
        ),
        text("<p>" + fill_in("Fristen der Löschung je Art von Daten, nach Beschluss der Stadt") + "</p>"),
    ],
)

IMPRINT = Text(
    slug="impressum",
    title="Impressum",
    summary="Wer für dieses Portal verantwortlich ist.",
    extra={"stated_on": STATED},
    source=f"Anschrift: {PAPER}, letzte Seite",
    body=[
        heading("Anbieterin"),
        text(
            "Stadt Paderborn<br>Am Abdinghof 11<br>33098 Paderborn",
            fill_in("vertreten durch; Telefon; E-Mail; Umsatzsteuer-Nummer (§ 5 DDG)"),
        ),
        heading("Verantwortlich für die Inhalte"),
        text(fill_in("Name und Anschrift nach § 18 Absatz 2 MStV")),
        heading("Beiträge von Bürgerinnen und Bürgern"),
        text(
            "Kommentare, Karten und Messwerte geben die Meinung oder die Messung derer wieder, von denen sie stammen. "
            "Wenn etwas gegen Regeln verstößt, melden Sie es über den Knopf „Melden“ am Beitrag."
        ),
        heading("Programm"),
        text(
            "Die Software ist frei (EUPL 1.2). Schrift: Fira Sans (SIL Open Font License). Gestaltung auf der Grundlage von "
            "KERN UX. Bilder: eigene Zeichnungen."
        ),
    ],
)

PAGES = (ACCESSIBILITY, PRIVACY, IMPRINT)

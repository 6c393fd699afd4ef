"""Home page, vision, principles, the way, taking part: German."""

from __future__ import annotations

from portal.demo.pages import PAPER, Text, bullets, heading, links, text

HOME = Text(
    slug="start",
    title="Paderborn wird digital\N{NO-BREAK SPACE}– und Sie reden mit",
    summary="Das Portal der Stadt Paderborn zu allem, was sie digital vorhat: zum Nachsehen, Mitreden und Messen.",
    extra={
        "lead": "Hier zeigt die Stadt, was sie digital vorhat, wie sie mit Ihren Daten umgeht und was daraus wird. "
        "Fragen Sie, widersprechen Sie, messen Sie mit."
    },
    body=[
        heading("Warum Digitale Heimat?"),
        text(
            "Technik soll den Alltag in Paderborn leichter machen, und zwar für alle: für Menschen, die mit dem Smartphone "
            "groß geworden sind, und für die, die lieber anrufen. Bewährtes auf Papier und vor Ort bleibt.",
            "Darum legt die Stadt offen, was sie plant, lässt es von einem Ethikrat prüfen und fragt Sie, bevor entschieden "
            "wird.",
        ),
        links(
            "Mehr dazu",
            ("Unsere Vision", "/vision/", "Wohin Paderborn will, in neun Bildern."),
            ("Zehn Leitsätze", "/leitsaetze/", "Woran wir uns messen lassen."),
            ("Der Weg seit 2017", "/weg/", "Vom Wettbewerb bis zur Leitlinie."),
            ("So können Sie mitmachen", "/mitmachen/", "Im Saal, am Bildschirm, mit dem eigenen Sensor."),
        ),
    ],
)

VISION = Text(
    slug="vision",
    title="Unsere Vision",
    summary="Alle gehören dazu, und alle sollen von der Digitalisierung etwas haben. Neun Zielbilder sagen, wohin es geht.",
    source=f"{PAPER}, Kapitel 5, Bild 5-1",
    body=[
        text(
            "Ob jung oder alt, ob technikbegeistert oder skeptisch: Die Stadt gehört allen, und alle sollen an ihrer "
            "Zukunft mitbauen können. Das ist der Kern der Vision. Sie hat drei Teile: eine Verwaltung, die digital denkt, "
            "sechs Lebensbereiche mit klugen Diensten, und darunter Daten und Netze, die alles tragen.",
        ),
        heading("Eine Verwaltung, die vom Anliegen her denkt"),
        text(
            "Wer etwas von der Stadt braucht, soll es einfach, sicher und von überall erledigen können: vor Ort, am "
            "Telefon, per Brief oder online. Dafür werden Abläufe zuerst überprüft und verbessert und dann erst "
            "digitalisiert. Das entlastet auch die Menschen, die in der Verwaltung arbeiten. (Abschnitt 5.1)",
        ),
        heading("Sechs Lebensbereiche"),
        (
            "accordion",
            [
                {
                    "title": "Mobilität",
                    "text": "<p>Bus, Bahn, Rad, Roller und Auto greifen ineinander. Ampeln richten sich nach dem Verkehr, "
                    "und freie Parkplätze muss niemand mehr suchen. (Abschnitt 5.2.1)</p>",
                },
                {
                    "title": "Bildung",
                    "text": "<p>Lernen geht in jedem Alter, zu jeder Zeit und an jedem Ort. Der Umgang mit Technik ist "
                    "selbst ein Lernstoff, von der Kita bis ins hohe Alter. (Abschnitt 5.2.2)</p>",
                },
                {
                    "title": "Umwelt",
                    "text": "<p>Eine gesunde Umwelt ist die Grundlage für alles. Sensoren und kluge Netze helfen, Energie, "
                    "Wasser und Wege zu sparen. (Abschnitt 5.2.3)</p>",
                },
                {
                    "title": "Gesundheit",
                    "text": "<p>Praxen, Kliniken und Pflege tauschen Befunde schnell und sicher aus, mit Zustimmung der "
                    "Patientinnen und Patienten. Die Daten bleiben dort, wo sie entstehen. (Abschnitt 5.2.4)</p>",
                },
                {
                    "title": "Zivile Sicherheit",
                    "text": "<p>Gefahren werden früh erkannt. Alle, die helfen, haben dasselbe Bild der Lage. "
                    "(Abschnitt 5.2.5)</p>",
                },
                {
                    "title": "Gesellschaftliches Zusammenleben",
                    "text": "<p>Kultur, Handel, Gastronomie, Sport und Ehrenamt sind leicht zu finden und leicht zu "
                    "organisieren. (Abschnitt 5.2.6)</p>",
                },
            ],
        ),
        heading("Daten in eigener Hand"),
        text(
            "Die Stadt baut eigene Datenplattformen. So behält sie die Hoheit über ihre Daten und kann hohe Maßstäbe beim "
            "Datenschutz durchsetzen. Wer durch die Stadt geht, soll das weiter tun können, ohne dass seine Wege "
            "aufgezeichnet werden. (Abschnitt 5.3)",
        ),
        heading("Netze, die tragen"),
        text(
            "Glasfaser, WLAN, Mobilfunk und das Funknetz LoRaWAN bilden die Grundlage. LoRaWAN reicht weit und braucht wenig "
            "Strom; damit lassen sich Sensoren in der ganzen Stadt anbinden. (Abschnitt 5.4)",
        ),
        links(
            "Weiter",
            ("Alle Projekte", "/projekte/", "Was aus den Zielbildern wird."),
            ("Zehn Leitsätze", "/leitsaetze/", "Woran sich jedes Vorhaben messen lässt."),
        ),
    ],
)

PRINCIPLES = (
    ("Sozial nachhaltig", "Neues in der Stadt entsteht mit den Menschen. Nur wer beteiligt ist, kann zustimmen."),
    (
        "Ökologisch nachhaltig",
        "Die Stadt entwickelt sich so, dass sie wenig verbraucht und die Bedürfnisse aller achtet.",
    ),
    (
        "Wirtschaftlich nachhaltig",
        "Paderborn geht als Region der Technik voran, und andere Orte können daran anknüpfen.",
    ),
    (
        "Lebenswert",
        "Wohnen bleibt bezahlbar, Leistungen der Stadt sind für alle da, und der Zusammenhalt wird stärker.",
    ),
    ("Stadt der IT und der Universität", "Wissen, Gründungen und Unternehmen machen Paderborn zum digitalen Labor."),
    ("Vorreiterin in der Region", "Als Leitkommune probiert Paderborn aus und gibt weiter, was sich bewährt."),
    (
        "Großstadt im ländlichen Raum",
        "Stadt und Umland ergänzen sich, auch bei erneuerbarer Energie: ein Modell für andere.",
    ),
    ("Gut vernetzt", "In der Region arbeitet Paderborn in mehreren Verbünden mit und macht sie stärker."),
    (
        "Lernort für alle Generationen",
        "Von Jung bis Alt lernen alle den Umgang mit Technik, damit alle etwas davon haben.",
    ),
    ("Gemeinsam mutig digital", "Digitalisierung geschieht zusammen: mit vielen Wegen mitzureden, analog und digital."),
)

LEITSAETZE = Text(
    slug="leitsaetze",
    title="Zehn Leitsätze",
    summary="Zehn Sätze sagen, was die Digitale Heimat ausmacht. Sie gehen auf die Smart City Charta des Bundes zurück.",
    source=f"{PAPER}, Kapitel 7",
    body=[
        text(
            "Fachleute haben für den Bund eine Charta für kluge Städte geschrieben. Paderborn hat ihre Gedanken aufgenommen "
            "und an die eigene Stadt angepasst. In unseren Worten:"
        ),
        (
            "milestones",
            [
                {"when": f"Leitsatz {number}", "title": title, "text": words}
                for number, (title, words) in enumerate(PRINCIPLES, 1)
            ],
        ),
        text("<p>Den Wortlaut finden Sie in Kapitel 7 der Leitlinie.</p>"),
    ],
)

WAY = Text(
    slug="weg",
    title="Der Weg zur Digitalen Heimat",
    summary="Von einem Wettbewerb im Jahr 2017 bis zur Leitlinie von 2020: die Wegmarken.",
    source=f"{PAPER}, Kapitel 3, Bild 3-2",
    body=[
        text(
            "Die Leitlinie zeigt die Wegmarken auf einem Zeitstrahl. Wo sie kein genaues Jahr nennt, steht hier ein Zeitraum. "
            "Das Bild teilt den Weg in drei Abschnitte: Netzwerk, Konzeption, Projekte."
        ),
        (
            "milestones",
            [
                {
                    "when": "2017",
                    "title": "Zweiter Platz im Wettbewerb „Digitale Stadt“",
                    "text": "Der Bitkom und der Deutsche Städte- und Gemeindebund suchten bundesweit die digitale Stadt. "
                    "Paderborn kam unter die letzten fünf und wurde Zweite.",
                },
                {
                    "when": "Ende 2018",
                    "title": "Die Stabsstelle und die Marke „Digitale Heimat PB“",
                    "text": "Die Stabsstelle Digitalisierung nimmt nahe beim Bürgermeister ihre Arbeit auf, und das Amt der "
                    "oder des Digitalbeauftragten (CDO) wird besetzt. Alles Digitale der Stadt bekommt einen Namen.",
                },
                {
                    "when": "2018 bis 2020",
                    "title": "Projekte werden beantragt, ein Projektbüro entsteht",
                    "text": "Paderborn, Bielefeld, Delbrück und der Kreis steuern die Digitale Modellregion OWL gemeinsam. "
                    "Das Land fördert fünf Modellregionen mit zusammen 91 Millionen Euro.",
                },
                {
                    "when": "2018 bis 2020",
                    "title": "Die Stabsstelle wächst, die Projekte beginnen",
                    "text": "Die ersten Pilotprojekte laufen an, von der Ampelsteuerung bis zur offenen Datenplattform.",
                },
                {
                    "when": "2020",
                    "title": "Die Leitlinie erscheint",
                    "text": "Sie sagt, wohin die Stadt will, und sammelt, was schon läuft. Auf ihr beruhen diese Seiten.",
                },
            ],
        ),
        links("Weiter", ("Alle Projekte", "/projekte/", "Was aus dem Weg geworden ist.")),
    ],
)

TAKE_PART = Text(
    slug="mitmachen",
    title="So können Sie mitmachen",
    summary="Im Saal, am Bildschirm oder mit dem eigenen Sensor: Es gibt viele Wege, und keiner setzt Vorwissen voraus.",
    source=f"{PAPER}, Abschnitt 6.4",
    body=[
        heading("Bürger-DigiLog"),
        text(
            "Ein Abend, ein Thema: Fachleute führen kurz ein, dann reden alle an Tischen miteinander, im World-Café. "
            "Themen waren zum Beispiel Arbeit 4.0, eSport und die Mobilität der Zukunft. Was an den Tischen entsteht, steht "
            "danach im Portal.",
        ),
        heading("Stadthaus-Dialog"),
        text(
            "Rund um das Stadthaus fragt und antwortet man online: Sie stellen Fragen und bringen Ideen ein, die Stadt "
            "antwortet sichtbar für alle. Auch bei der Umnutzung der früheren Kasernen arbeitet die Stadt so."
        ),
        heading("Offene Daten und eigene Sensoren"),
        text(
            "Daten ohne Personenbezug stehen allen offen. Wer selbst misst, kann seine Werte teilen und im Reallabor damit "
            "arbeiten."
        ),
        heading("Ohne Internet"),
        text(
            "Sie können auch anrufen, schreiben oder vorbeikommen. Was Sie sagen, kommt in dieselbe Liste wie alles andere "
            "und bekommt dieselbe Antwort."
        ),
        links(
            "Gleich loslegen",
            ("Dialoge und Termine", "/dialoge/", ""),
            ("Projekte kommentieren", "/projekte/", ""),
            ("Sensor anmelden", "/sensoren/", ""),
        ),
    ],
)

COUNCIL = Text(
    slug="ueber-den-ethikrat",
    title="Was der Ethikrat tut",
    summary="Der Ethikrat prüft digitale Vorhaben der Stadt, bevor sie kommen. Er berät den Bürgermeister.",
    source=f"{PAPER}, Kapitel 1 und Abschnitt 6.3",
    body=[
        text(
            "Technik ist nie nur Technik. Wer sieht meine Daten? Wer wird ausgeschlossen? Wer entscheidet, wenn ein Programm "
            "irrt? Solche Fragen stellt der Ethikrat an Projekte und Initiativen der Stadt. Er arbeitet nach festen "
            "ethischen Grundsätzen und macht alle Beteiligten auf sie aufmerksam.",
        ),
        heading("Wie er arbeitet"),
        text(
            bullets(
                "Ein Projekt wird vorgelegt. Ein Fragebogen zeigt, wie genau hingesehen werden muss.",
                "Die Mitglieder bilden sich jede und jeder für sich eine Meinung. Erst dann werden sie gemeinsam sichtbar.",
                "Wer befangen ist, sagt es und stimmt nicht mit.",
                "Am Ende steht eine Empfehlung, oft mit Bedingungen. Beides steht hier im Portal, in einfachen Worten.",
            )
        ),
        heading("Wer die Arbeit organisiert"),
        text("Die Stabsstelle Digitalisierung hat den Ethikrat mit angestoßen und führt seine Geschäftsstelle."),
        links("Weiter", ("Prüfungen und Empfehlungen", "/ethikrat/", "Was vorliegt, was entschieden ist.")),
    ],
)

OFFICE = Text(
    slug="stabsstelle",
    title="Wer dahinter steht",
    summary="Die Stabsstelle Digitalisierung ist die Anlaufstelle der Stadt für alle Fragen rund um Digitales.",
    source=f"{PAPER}, Kapitel 1 und Abschnitt 6.3",
    body=[
        text(
            "Seit Ende 2018 arbeitet in unmittelbarer Nähe zum Bürgermeister ein kleines Team aus verschiedenen Fächern: "
            "Verwaltung, Recht, Informatik, Medien und Kommunikation.",
        ),
        heading("Ihre Aufgaben"),
        text(
            bullets(
                "Ansprechpartnerin sein, drinnen und draußen",
                "den Bürgermeister und die Verwaltungsspitze beraten",
                "Projekte anstoßen, begleiten und verständlich machen",
                "neue Entwicklungen beobachten und auf ihren Nutzen prüfen",
                "Netzwerke pflegen, in der Region und darüber hinaus",
                "Gespräche mit der Stadtgesellschaft organisieren",
                "die Geschäftsstelle des Ethikrats führen",
            )
        ),
    ],
)

PAGES = (VISION, LEITSAETZE, WAY, TAKE_PART, COUNCIL, OFFICE)

NEWS_INDEX = Text(slug="aktuelles", title="Aktuelles", summary="Was sich tut in der Digitalen Heimat.")
NEWS = (
    Text(
        slug="portal-eroeffnet",
        title="Das neue Portal ist da",
        summary="Projekte, Dialoge, Ethikrat und Messwerte stehen jetzt an einem Ort. Probieren Sie es aus.",
        extra={"sample": True, "days_ago": 6},
        body=[
            text(
                "Bisher standen Projekte, Termine und Berichte an verschiedenen Stellen. Jetzt gehört zusammen, was "
                "zusammengehört: Zu jedem Projekt sehen Sie, was geplant ist, was der Ethikrat dazu sagt, was gemessen wird "
                "und was andere darüber denken.",
                "Zum Lesen brauchen Sie kein Konto. Wer kommentieren möchte, meldet sich mit einer E-Mail-Adresse an.",
            ),
            links("Zum Ausprobieren", ("Projekte ansehen", "/projekte/", ""), ("Messwerte ansehen", "/sensoren/", "")),
        ],
    ),
    Text(
        slug="naechster-digilog",
        title="Nächster DigiLog: Plätze sind frei",
        summary="Einen Abend lang reden wir an Tischen über die Mobilität der Zukunft. Anmelden können Sie sich hier.",
        extra={"sample": True, "days_ago": 2},
        body=[
            text(
                "Wie kommen wir in zehn Jahren zur Arbeit, zum Einkaufen, ins Theater? Darüber sprechen wir beim nächsten "
                "Bürger-DigiLog. Nach einem kurzen Vortrag geht es an die Tische: drei Runden, jedes Mal mit anderen "
                "Menschen.",
                "Ihr Smartphone genügt, ein Konto brauchen Sie nicht. Wer keines hat, schreibt auf Karten aus Papier.",
            ),
            links("Anmelden", ("Zu den Terminen", "/dialoge/", "")),
        ],
    ),
)

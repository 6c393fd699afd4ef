"""A facilitator plans an evening: series, venue, programme, poster, calendar, a move, a copy, a cancellation.

A reader without JavaScript looks at what comes out, and one who plans without JavaScript moves the rows.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Person, flash, step
from tests.e2e.test_facilitator import sign_in

pytestmark = pytest.mark.e2e

SERIES = "Abende im Quartier"
TITLE = "Bürger-DigiLog: Licht, das mitdenkt"
SECOND = "Bürger-DigiLog: Licht, zweiter Abend"
REASON = "Der Saal wird für eine Wahl gebraucht."
STORM = "Sturmwarnung für den ganzen Abend."


def point(page: Page, number: int):
    return page.get_by_role("group", name=f"Programmpunkt {number}")


def is_pdf(person: Person, address: str) -> bytes:
    answer = person.context.request.get(address)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    body = answer.body()
    assert body.startswith(b"%PDF-")
    return body


def test_a_facilitator_plans_an_evening(person):
    lead, reader = person(), person(width=320, javascript=False)
    page, main = lead.page, lead.page.locator("main")
    sign_in(lead)

    with step("Eine Reihe anlegen"):
        page.get_by_role("link", name="Reihen", exact=True).click()
        lead.check("Reihen")
        page.get_by_role("link", name="Neue Reihe").click()
        main.get_by_label("Titel der Reihe").fill(SERIES)
        main.get_by_label("Worum geht es in dieser Reihe?").fill("Wir reden dort, wo Sie wohnen.")
        lead.check("Neue Reihe")
        main.get_by_role("button", name="Speichern").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(SERIES)

    with step("Thema, Zeit und Reihe eintragen"):
        page.goto("/dialoge/neu/")
        main.get_by_label("Titel").fill(TITLE)
        main.get_by_label("Worum geht es?").fill("Laternen, die heller werden, wenn jemand kommt.")
        main.get_by_label("Frage an den Tischen").fill("Wo fehlt Ihnen Licht, und wo stört es?")
        main.get_by_label("Reihe").select_option(label=SERIES)
        main.get_by_label("Beginn").fill("2031-05-14T18:00")
        main.get_by_label("Ende").fill("2031-05-14T21:00")

    with step("Ort und Barrierefreiheit angeben"):
        main.locator("[name=venue]").fill("Stadtbibliothek, Lesesaal")
        main.get_by_label("Anschrift").fill("Am Rothoborn 1, 33098 Paderborn")
        main.get_by_label("Bekannter Ort für die Karte").select_option(value="stadtbibliothek")
        expect(main.locator("#ortswahl .leaflet-marker-icon").first).to_be_visible()
        main.get_by_label("So kommen Sie hin").fill("Bus bis Rathausplatz, dann fünf Minuten zu Fuß.")
        main.get_by_label("Stufenlos erreichbar").check()
        main.get_by_label("Assistenzhunde willkommen").check()
        main.get_by_label("Adresse der Übertragung").fill("https://stream.example/licht")

    with step("Das Programm zusammenstellen"):
        main.get_by_role("button", name="Üblichen Ablauf einsetzen").click()
        expect(point(page, 6).get_by_label("Was geschieht?")).to_have_value("Abschluss und Ausblick")
        expect(main.get_by_label("Titel", exact=True)).to_have_value(TITLE)
        expect(main.get_by_label("Stufenlos erreichbar")).to_be_checked()
        point(page, 3).get_by_label("Was geschieht?").fill("Wie eine Laterne sieht")
        point(page, 3).get_by_label("Wer wirkt mit? Funktion oder Stelle").fill("Straßen- und Brückenbauamt")
        point(page, 3).get_by_role("button", name="Weitere Person").click()
        point(page, 3).get_by_label("Wer wirkt mit? Funktion oder Stelle").nth(1).fill("Hochschule, Lichttechnik")
        main.get_by_role("button", name="Programmpunkt hinzufügen").click()
        point(page, 7).get_by_label("Was geschieht?").fill("Lichtspaziergang")
        point(page, 7).get_by_role("button", name="Nach oben").click()
        expect(point(page, 6).get_by_label("Was geschieht?")).to_have_value("Lichtspaziergang")
        point(page, 6).get_by_label("Uhrzeit").fill("20:30")
        point(page, 6).get_by_label("Dauer in Minuten").fill("15")
        lead.check("Dialog mit Programm planen")

    with step("Eine Warnung beheben"):
        main.get_by_role("button", name="Speichern").click()
        expect(
            page.get_by_text("„Lichtspaziergang“ beginnt um 20:30 Uhr, „Ernte: Was nehmen wir mit?“")
        ).to_be_visible()
        main.get_by_role("link", name="Bearbeiten").click()
        point(page, 5).get_by_label("Dauer in Minuten").fill("15")
        main.get_by_role("button", name="Speichern").click()
        flash(page, "Die Änderungen sind gespeichert.")
        expect(page.get_by_text("beginnt um 20:30 Uhr,")).to_have_count(0)

    with step("Den Abend veröffentlichen"):
        page.get_by_role("button", name="Veröffentlichen", exact=True).click()
        flash(page, "Der Dialog ist veröffentlicht.")
        expect(page.locator("#ortskarte .leaflet-marker-icon").first).to_be_visible()
        lead.check("Dialogseite mit Programm")
        address = page.url
        reader.page.goto(address)
        expect(reader.page.locator(".programme__point")).to_have_count(7)
        expect(reader.page.get_by_text("Hochschule, Lichttechnik")).to_be_visible()
        expect(reader.page.get_by_text("Der Link öffnet stream.example.")).to_be_visible()
        reader.has_no_cookie()

    with step("Das Plakat drucken"):
        poster = page.get_by_role("link", name="Plakat drucken (PDF, A3)").get_attribute("href")
        assert b"/MediaBox [ 0 0 841" in is_pdf(lead, poster)

    with step("Den Kalender filtern und abonnieren"):
        reader.page.goto("/dialoge/")
        reader.page.get_by_text("Filtern", exact=True).first.click()
        reader.page.get_by_label("Reihe").select_option(label=SERIES)
        reader.page.get_by_role("button", name="Anwenden").click()
        expect(reader.page.locator(".event-row__title")).to_have_text([TITLE])
        link = reader.page.get_by_role("link", name="Im Kalender abonnieren").get_attribute("href")
        assert link.startswith("webcal://127.0.0.1:")
        feed = reader.context.request.get(re.sub("^webcal", "http", link)).text()
        assert feed.count("BEGIN:VEVENT") == 1
        reader.has_no_cookie()
        page.goto("/dialoge/?reihe=abende-im-quartier")
        lead.check("Gefilterte Dialoge")

    with step("Den Abend verschieben"):
        page.goto(address)
        page.get_by_role("link", name="Verschieben").click()
        main.get_by_label("Neuer Beginn").fill("2031-05-21T19:00")
        main.get_by_label("Neues Ende").fill("2031-05-21T22:00")
        main.get_by_label("Warum ist der Dialog verschoben?").fill(REASON)
        lead.check("Dialog verschieben")
        main.get_by_role("button", name="Verschieben").click()
        reader.page.goto(address)
        expect(reader.page.get_by_text(REASON)).to_be_visible()
        expect(reader.page.locator("main s")).to_contain_text("14. Mai 2031")
        expect(reader.page.locator(".programme__time").first).to_contain_text("19:00")

    with step("Den nächsten Termin kopieren"):
        page.goto(address)
        page.get_by_role("link", name="Kopieren").click()
        main.get_by_label("Titel").fill(SECOND)
        main.get_by_label("Beginn des neuen Termins").fill("2031-06-18T18:00")
        lead.check("Termin kopieren")
        main.get_by_role("button", name="Entwurf anlegen").click()
        expect(page.locator(".programme__time").first).to_contain_text("18:00")
        page.get_by_role("button", name="Veröffentlichen", exact=True).click()
        flash(page, "Der Dialog ist veröffentlicht.")
        reader.page.goto(address)
        expect(reader.page.locator(".next-date")).to_contain_text(SECOND)
        page.goto("/dialoge/reihen/abende-im-quartier/")
        expect(page.locator(".event-row__title")).to_have_text([TITLE, SECOND])
        lead.check("Reihe")

    with step("Einen Abend absagen"):
        page.get_by_role("link", name=SECOND).first.click()
        page.get_by_text("Absagen …").click()
        page.get_by_label("Warum fällt der Dialog aus?").fill(STORM)
        page.get_by_role("button", name="Dialog absagen").click()
        second = page.url
        reader.page.goto(second)
        expect(reader.page.get_by_text(STORM)).to_be_visible()
        lead.check("Abgesagter Dialog")

    with step("Die Tischkarten drucken"):
        page.goto(address)
        page.get_by_role("link", name="World Café leiten").click()
        page.get_by_role("button", name="World Café starten").click()
        page.get_by_role("link", name="Tisch-Codes zeigen und drucken").click()
        cards = page.get_by_role("link", name="Tischkarten zum Aufstellen (PDF)").get_attribute("href")
        assert len(re.findall(rb"/Type /Page\b", is_pdf(lead, cards))) == 3


def test_rows_of_the_programme_are_moved_without_javascript(person):
    lead = person(width=320, javascript=False)
    page = lead.page
    sign_in(lead)
    page.goto("/dialoge/neu/")
    page.get_by_role("button", name="Üblichen Ablauf einsetzen").click()
    expect(page).to_have_url(re.compile("#programm-zeilen$"))
    point(page, 1).get_by_role("button", name="Nach unten").click()
    point(page, 6).get_by_role("button", name="Entfernen").click()
    titles = page.get_by_label("Was geschieht?")
    expect(titles).to_have_count(5)
    expect(titles.nth(0)).to_have_value("Begrüßung")
    expect(titles.nth(1)).to_have_value("Ankommen")
    page.get_by_label("Titel", exact=True).fill("Ohne Script")
    page.get_by_label("Titel", exact=True).press("Enter")
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()  # Enter saves, it moves no row

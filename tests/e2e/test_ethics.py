"""Job 3: a project is submitted to the Ethikrat, and its recommendation is published with one condition."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PASSWORD, Person, step

pytestmark = pytest.mark.e2e

PROJECT_PATH = "/projekte/baumsensoren-riemekepark/"
TITLE = "Feuchtefühler an Schulhofbäumen"
CONDITION = "Die Messwerte werden offen gezeigt."
HARD_AND_CRITERIA = ["A", "B", "C", *(f"K{number}" for number in range(1, 10))]
SLOW = 60_000


def sign_in(somebody: Person, address: str) -> Page:
    page = somebody.page
    page.goto("/konto/login/?next=/ethikrat/buero/")
    page.get_by_label("E-Mail-Adresse").first.fill(address)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("form:has(input[type=password]) button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Arbeitsliste", timeout=SLOW)
    return page


def answer(page: Page, question: str, words: str) -> None:
    page.locator(f"#frage-{question}").get_by_label(words, exact=True).check()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_the_council_recommends_with_one_condition(person):
    lead, office, dpo, guest = person(), person(), person(), person()
    members = [person() for _number in range(8)]
    chair = members[0]

    with step("Prüfung beantragen"):
        page = sign_in(lead, "projektleitung@demo.example")
        lead.check("Arbeitsliste")
        page.goto(PROJECT_PATH)
        page.get_by_role("link", name="Prüfung beantragen").first.click()
        page.get_by_label("Titel des Falls").fill(TITLE)
        page.get_by_label("Wer ist beteiligt?").fill("Schulamt (Beispiel)")
        lead.check("Antrag beginnen")
        press(page, "Antrag beginnen")

    with step("Vorhaben beschreiben"):
        page.get_by_label("Was ist geplant?").fill("Sensoren messen die Feuchte des Bodens an Bäumen.")
        page.get_by_label("Wozu dient es").fill("Die Stadt gießt nur, wo es nötig ist.")
        page.get_by_label("Welche Daten entstehen").fill("Bodenfeuchte und der Standort des Baumes.")
        lead.check("Vorhaben")
        press(page, "Speichern und weiter")

    with step("Schwellwert prüfen"):
        answer(page, "V1", "Ja")
        press(page, "Speichern und Zwischenstand zeigen")
        expect(page.locator("[data-outcome]")).to_have_attribute("data-outcome", "offen")
        for question in HARD_AND_CRITERIA:
            answer(page, question, "Ja" if question == "K7" else "Nein")
        lead.check("Schwellwertprüfung")
        press(page, "Speichern und weiter")
        expect(page.locator("[data-outcome]")).to_have_attribute("data-outcome", "einzelfall")
        expect(page.get_by_text("Ein Kriterium trifft zu.")).to_be_visible()

    with step("Antrag einreichen"):
        lead.check("Einreichen")
        press(page, "Antrag einreichen")
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        case = re.sub(r"^https?://[^/]+", "", page.url)

    with step("Vorprüfen"):
        desk = sign_in(office, "geschaeftsstelle@demo.example")
        desk.goto(case)
        press(desk, "Annehmen")
        office.check("Fall in der Vorprüfung")
        desk.get_by_label("Wer berichtet?").select_option(label="Mitglied 2 Ethikrat (Beispiel)")
        press(desk, "Benennen")

    with step("Befangenheit erklären"):
        for number, member in enumerate(members, 1):
            page = sign_in(member, f"ethik{number}@demo.example")
            page.goto(case)
            expect(page.get_by_role("heading", name="Unterlagen")).to_have_count(0)
            page.get_by_label("Ja, ich bin befangen" if number == 8 else "Nein, ich bin nicht befangen").check()
            if number == 8:
                page.get_by_label("aus welchem Grund").select_option("organ")
                member.check("Fall vor der Erklärung")
            press(page, "Erklärung abgeben")

    with step("Begutachtung beginnen"):
        desk.goto(case)
        press(desk, "Begutachtung beginnen")

    with step("Stellung nehmen"):
        for number, member in enumerate(members[:7], 1):
            page = member.page
            page.goto(case)
            page.get_by_label("Was schlagen Sie dem Rat vor?").select_option("empfehlung_mit_auflagen")
            page.get_by_role("textbox", name="Ihre Stellungnahme").fill(f"Meine Sicht Nummer {number} steht hier.")
            if number == 2:
                member.check("Fall in der Begutachtung")
            press(page, "Stellungnahme abgeben")
            expect(page.get_by_text(f"Meine Sicht Nummer {number}").first).to_be_visible()
            expect(page.locator(".opinion")).to_have_count(1)
        members[7].page.goto(case)
        expect(members[7].page.get_by_role("heading", name="Unterlagen")).to_have_count(0)

    with step("Stellungnahmen offenlegen"):
        desk.goto(case)
        press(desk, "Alle zugleich offenlegen")
        members[2].page.goto(case)
        expect(members[2].page.locator(".opinion")).to_have_count(7)

    with step("Zur Sitzung einladen"):
        desk.get_by_role("link", name="Neue Sitzung anlegen und einladen").click()
        now = datetime.now(ZoneInfo("Europe/Berlin"))
        desk.get_by_label("Beginn").fill(now.strftime("%Y-%m-%dT%H:%M"))
        desk.get_by_label("Warum laden Sie").fill("Das Förderprogramm endet bald.")
        office.check("Sitzung anlegen")
        press(desk, "Anlegen und einladen")
        meeting = re.sub(r"^https?://[^/]+", "", desk.url)

    with step("Vorlage schreiben"):
        page = chair.page
        page.goto(case)
        draft = page.locator("#akt-vorlage")
        draft.get_by_label("Empfehlung in einem Satz").fill("Der Rat empfiehlt die Feuchtefühler.")
        draft.get_by_label("Begründung").fill("Der Nutzen ist groß, die Daten sind sparsam.")
        draft.get_by_label("Auflage 1").first.fill(CONDITION)
        draft.get_by_label("Auflage 1: bis wann?").fill("2027-03-31")
        chair.check("Vorlage")
        press(page, "Vorlage speichern")

    with step("Auf die Tagesordnung setzen"):
        desk.goto(case)
        desk.get_by_label("Sitzung", exact=True).select_option(value=meeting.strip("/").rsplit("/", 1)[-1])
        press(desk, "Auf die Tagesordnung")

    with step("Anwesenheit festhalten"):
        page.goto(meeting)
        page.get_by_role("group", name="Mitglied 7").get_by_label("entschuldigt").check()
        press(page, "Anwesenheit festhalten")
        expect(page.locator("[data-quorum]")).to_contain_text(
            "Nötig sind 4, anwesend sind 6: Der Rat ist beschlussfähig."
        )
        chair.check("Sitzung")

    with step("Abstimmen"):
        page.goto(case)
        press(page, "Abstimmung eröffnen")
        for row in page.locator("#akt-stimmen fieldset").all():
            row.get_by_label("Ja", exact=True).check()
        chair.check("Abstimmung")
        press(page, "Stimmen speichern")
        press(page, "Abstimmung schließen")
        expect(page.get_by_text("Der Antrag hat eine Mehrheit.")).to_be_visible()

    with step("Veröffentlichung vorbereiten"):
        press(page, "Frist eröffnen")
        press(page, "Vorbereiten")
        words = "Der Rat findet die Sensoren gut. Alle sollen die Werte sehen können."
        page.get_by_role("textbox", name="In einfachen Worten").fill(words)
        press(page, "Zusammenfassung speichern")

    with step("Datenschutz bestätigen"):
        reader = sign_in(dpo, "dsb@demo.example")
        reader.goto(case)
        press(reader, "Als gesehen bestätigen")

    with step("Veröffentlichen"):
        guest.page.goto(PROJECT_PATH)
        expect(guest.page.get_by_role("link", name=TITLE)).to_have_count(0)
        page.goto(case)
        press(page, "Jetzt veröffentlichen")
        expect(page.get_by_role("link", name="Zur öffentlichen Seite")).to_be_visible()

    with step("Als Gast nachlesen"):
        page = guest.page
        page.goto("/ethikrat/")
        guest.check("Ethikrat")
        page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_text(CONDITION)).to_be_visible()
        expect(page.get_by_text("Ja: 6, Nein: 0, Enthaltung: 0.")).to_be_visible()
        guest.check("Empfehlung")
        guest.has_no_cookie()
        page.goto(PROJECT_PATH)
        expect(page.get_by_role("link", name=TITLE).first).to_be_visible()

    with step("Antwort anfordern"):
        desk.goto(case)
        press(desk, "Antwort anfordern")

    with step("Auf die Auflage antworten"):
        page = lead.page
        page.goto(case)
        page.get_by_role("group", name="Auflage 1").get_by_label("angenommen", exact=True).check()
        page.get_by_label("Begründung zu Auflage 1").fill("Die Werte stehen ab dem ersten Tag offen im Portal.")
        lead.check("Antwort auf Auflagen")
        press(page, "Antwort senden")

    with step("Auflage verfolgen und abschließen"):
        desk.goto(case)
        press(desk, "Beginnen")
        desk.get_by_role("group", name="Stand").get_by_label("erfüllt", exact=True).check()
        desk.get_by_label("Nachweis oder Grund").fill("Im Portal nachgesehen, die Werte sind offen.")
        press(desk, "Festhalten")
        press(desk, "Abschließen")

    with step("Niederschrift freigeben"):
        page = chair.page
        page.goto(meeting)
        page.get_by_role("link", name="Niederschrift").click()
        chair.check("Niederschrift")
        press(page, "Niederschrift freigeben")
        expect(page.get_by_text("Freigegeben am")).to_be_visible()

    with step("Nachlesen, was daraus wurde"):
        page = guest.page
        page.goto("/ethikrat/")
        page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_text("Die Werte stehen ab dem ersten Tag offen im Portal.")).to_be_visible()
        expect(page.get_by_text("erfüllt", exact=True)).to_be_visible()

"""A citizen registers for a DigiLog and cancels; hosts set it up and run the door; without JavaScript too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PASSWORD, Person, flash, step

pytestmark = pytest.mark.e2e

TITLE = "Bürger-DigiLog: Mobilität der Zukunft"
EVENT = "/dialoge/digilog-mobilitaet-der-zukunft/"
FULL = "/dialoge/digilog-baeume-die-sich-melden/"
NAME = "Anna vom Wasserrad"


def sign_in(page: Page, address: str, to: str) -> None:
    page.goto(f"/konto/login/?next={to}")
    page.locator("main input[name=login]").fill(address)
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form:has(input[name=password]) button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(re.escape(to)))


def link_from_mail(somebody: Person, address: str) -> str:
    """The path of the first link in the newest mail to this address, read in a window of its own."""
    other = somebody.context.browser.new_context(base_url=somebody.server.url, locale="de-DE")  # type: ignore[union-attr]
    try:
        page = other.new_page()
        page.goto(f"/demo/postfach/?an={address}")
        page.locator("main tbody a").first.click()
        text = page.locator("[data-mail-text]").inner_text()
    finally:
        other.close()
    found = re.search(r"https?://[^/\s]+(/teilnahme/\S+)", text)
    assert found, text
    return found.group(1)


def fill_in(page: Page, address: str, persons: str, name: str = NAME) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_label("Für wie viele Personen?").select_option(persons)


def test_a_citizen_registers_and_the_host_lets_people_in(person):
    anna: Person = person()
    page = anna.page

    with step("Den Dialog öffnen"):
        page.goto("/dialoge/")
        page.get_by_role("link", name=TITLE).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(page.locator(".registration-panel")).to_contain_text("von 60 Plätzen sind frei")
        anna.check("Dialog mit Anmeldung")
        anna.has_no_cookie()

    with step("Das Formular ausfüllen"):
        page.get_by_role("link", name="Jetzt anmelden").click()
        anna.check("Anmelden")
        fill_in(page, "anna@wasserrad.example", "3")
        page.get_by_label("Brauchen Sie Unterstützung?").fill("Ein Platz nah an der Leinwand")
        page.get_by_role("button", name="Anmelden", exact=True).click()
        expect(page.locator("main")).to_contain_text("Bitte stimmen Sie zu")
        expect(page.get_by_label("Brauchen Sie Unterstützung?")).to_have_value("Ein Platz nah an der Leinwand")
        page.get_by_label("Wer den Abend leitet, darf lesen").check()
        page.get_by_role("button", name="Anmelden", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Bitte sehen Sie in Ihre Mails")
        anna.check("Mail ist unterwegs")

    with step("In der Mail bestätigen"):
        page.goto(link_from_mail(anna, "anna@wasserrad.example"))
        expect(page.locator("main")).to_contain_text("Wir halten 3 Plätze für Sie.")
        anna.check("Anmeldung bestätigen")
        page.get_by_role("button", name="Ja, bestätigen").click()

    with step("Die eigene Anmeldung ansehen"):
        expect(page.get_by_role("heading", level=1)).to_have_text("Meine Anmeldung")
        expect(page.locator(".alert")).to_contain_text("Sie haben 3 Plätze")
        code = page.locator(".registration-code__sign").inner_text()
        anna.check("Meine Anmeldung")
        own = page.url

    with step("Weniger werden"):
        page.get_by_label("Für wie viele Personen?").select_option("2")
        page.get_by_role("button", name="Änderung speichern").click()
        expect(page.locator(".alert").first).to_contain_text("Gespeichert")
        expect(page.locator("main")).to_contain_text("Sie haben 2 Plätze")

    with step("Absagen"):
        page.get_by_role("link", name="Anmeldung absagen").click()
        anna.check("Absagen")
        page.get_by_role("link", name="Doch nicht").click()
        expect(page).to_have_url(re.compile(re.escape(own.split("/teilnahme/")[1].split("?")[0])))
        other = person(width=320)
        other.page.goto(f"{EVENT}anmelden/")
        fill_in(other.page, "bert@wasserrad.example", "1", "Bert")
        other.page.get_by_role("button", name="Anmelden", exact=True).click()
        other.page.goto(link_from_mail(other, "bert@wasserrad.example"))
        other.page.get_by_role("button", name="Ja, bestätigen").click()
        other.page.get_by_role("link", name="Anmeldung absagen").click()
        other.page.get_by_role("button", name="Ja, absagen").click()
        expect(other.page.get_by_role("heading", level=1)).to_have_text("Ihre Anmeldung ist abgesagt")
        other.check("Abgesagt")

    host: Person = person()
    desk = host.page
    with step("Die Anmeldung einrichten"):
        sign_in(desk, "moderation@demo.example", EVENT)
        desk.get_by_role("link", name="Anmeldung einrichten").click()
        desk.get_by_label("Plätze", exact=False).first.fill("61")
        host.check("Anmeldung einrichten")
        desk.get_by_role("button", name="Speichern").click()
        flash(desk, "Die Anmeldung ist eingerichtet.")
        expect(desk.locator(".registration-panel")).to_contain_text("von 61 Plätzen")

    with step("Am Telefon anmelden"):
        desk.get_by_role("link", name="Angemeldete").click()
        expect(desk.get_by_role("row", name=NAME)).to_contain_text("Ein Platz nah an der Leinwand")
        desk.get_by_label("Name", exact=True).fill("Frau am Telefon")
        desk.get_by_role("button", name="Eintragen").click()
        expect(desk.get_by_role("row", name="Frau am Telefon")).to_contain_text("angemeldet")
        host.check("Angemeldete")

    phone: Person = person(width=320)
    door = phone.page
    with step("Einen Gast suchen und einlassen"):
        sign_in(door, "moderation@demo.example", EVENT)
        door.get_by_role("link", name="Einlass").click()
        phone.check("Einlass")
        door.get_by_label("Name oder Code").fill("wasserr")
        door.get_by_role("button", name="Suchen").click()
        row = door.locator(".door-row", has_text=NAME)
        row.get_by_role("button", name=re.compile(rf"2 einlassen\W+{NAME}")).click()
        flash(door, f"{NAME} ist da: 2 Personen.")
        expect(door.locator(".door-row", has_text=NAME)).to_contain_text("2 da seit")
        phone.check("Einlass, gesucht")
        door.goto(f"{EVENT}einlass/{code}/")
        expect(door.locator(".door-row")).to_have_count(1)

    with step("Einen Irrtum zurücknehmen"):
        door.get_by_role("button", name="Zurücknehmen").click()
        flash(door, f"Zurückgenommen: {NAME}")
        expect(door.locator(".door-count dd").first).to_have_text(re.compile(r"^0"))

    with step("Gäste ohne Anmeldung einlassen"):
        door.get_by_label("Personen").select_option("2")
        door.get_by_role("button", name="Einlassen", exact=True).click()
        flash(door, "2 Personen eingelassen.")
        expect(door.locator(".door-count dd").first).to_have_text(re.compile(r"^2"))


def test_all_of_it_without_javascript_and_on_the_waiting_list(person):
    plain: Person = person(javascript=False, width=320)
    page = plain.page
    page.goto(FULL)
    expect(page.locator(".registration-panel")).to_contain_text("Alle Plätze sind vergeben.")
    page.get_by_role("link", name="Auf die Warteliste").click()
    fill_in(page, "ohne@script.example", "1", "Ohne Skript")
    page.get_by_role("button", name="Auf die Warteliste").click()
    page.goto(link_from_mail(plain, "ohne@script.example"))
    page.get_by_role("button", name="Ja, bestätigen").click()
    expect(page.locator(".alert")).to_contain_text("Sie stehen auf der Warteliste, Platz")
    own = page.url

    host: Person = person(javascript=False, width=320)
    door = host.page
    sign_in(door, "moderation@demo.example", f"{FULL}angemeldete/")
    for _party in range(10):
        if "angemeldet" in door.get_by_role("row", name="Ohne Skript").inner_text():
            break
        first = door.locator("tbody tr").first
        first.locator("summary").click()
        first.get_by_role("button", name="Jetzt streichen").click()
        flash(door, "Die Anmeldung ist gestrichen.")
    page.goto(own)
    expect(page.locator(".alert")).to_contain_text("Sie haben 1 Platz")
    door.goto(f"{FULL}einlass/?q=ohne")
    door.get_by_role("button", name=re.compile(r"1 einlassen\W+Ohne Skript")).click()
    flash(door, "Ohne Skript ist da: 1 Person.")
    page.goto(f"{own}absagen/")
    page.get_by_role("button", name="Ja, absagen").click()
    expect(page.locator(".alert")).to_contain_text("die Anmeldung bleibt, wie sie ist")

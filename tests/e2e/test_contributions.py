"""A citizen takes part in the Stadthaus-Dialog; staff answer and enter a call; without JavaScript too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PASSWORD, Person, flash, step

pytestmark = pytest.mark.e2e

DIALOGUE = "/dialoge/stadthaus-dialog/"
TITLE = "Ein Wickelraum im Erdgeschoss"


def sign_in(page: Page, address: str) -> None:
    page.locator("main input[name=login]").fill(address)
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form:has(input[name=password]) button[type=submit]").first.click()


def write(page: Page, title: str, text: str) -> None:
    page.get_by_role("radio", name="Idee").check()
    page.get_by_label("Thema").select_option(label="Warten und Beratung")
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Ihr Text").fill(text)


def test_a_citizen_takes_part(person):
    anna: Person = person()
    page = anna.page

    with step("Den Dialog öffnen"):
        page.goto("/dialoge/")
        anna.check("Dialoge")
        page.get_by_role("link", name="Stadthaus-Dialog", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Stadthaus-Dialog")
        expect(page.locator(".phases [aria-current=step]")).to_contain_text("Sammeln")
        anna.check("Online-Dialog")
        anna.has_no_cookie()

    with step("Beiträge filtern"):
        page.get_by_label("Antwort der Stadt").select_option(label="Angenommen")
        page.get_by_role("button", name="Anwenden").click()
        expect(page).to_have_url(re.compile("antwort=accepted"))
        expect(page.locator(".idea").first).to_contain_text("Angenommen")

    with step("Lesen, was daraus wird"):
        page.get_by_role("link", name="Digitale Sprechstunde am Abend").click()
        expect(page.locator(".steps")).to_contain_text("Meilenstein")
        anna.check("Beitrag")
        anna.has_no_cookie()

    with step("Einen Beitrag schreiben"):
        page.goto(DIALOGUE)
        page.get_by_role("link", name="Beitrag schreiben").first.click()
        sign_in(page, "buergerin@demo.example")
        expect(page.get_by_role("heading", level=1)).to_have_text("Beitrag schreiben")
        anna.check("Beitrag schreiben")
        write(page, TITLE, "Eltern mit Säuglingen brauchen einen ruhigen Raum zum Wickeln und Stillen.")
        page.get_by_label("Stadtteil oder bekannter Ort").select_option(label="Kernstadt")
        expect(page.locator("[data-similar-list] a").first).to_be_visible()
        page.get_by_role("button", name="Weiter").click()

    with step("Prüfen, ob es das schon gibt"):
        expect(page.get_by_role("heading", level=1)).to_have_text("Gibt es das schon?")
        expect(page.get_by_role("link", name="Wickelplatz und Stillraum")).to_be_visible()
        anna.check("Gibt es das schon?")
        page.get_by_role("button", name="Meinen Beitrag veröffentlichen").click()

    with step("Die Nummer notieren"):
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(page.get_by_text(re.compile(r"Ihre Vorgangsnummer: PB-\w{4}-\w{3}")).first).to_be_visible()

    with step("Einen anderen Beitrag unterstützen"):
        page.goto(f"{DIALOGUE}?q=Ladepunkte")
        page.get_by_role("link", name="Ladepunkte in der Tiefgarage").click()
        page.get_by_role("button", name="Unterstützen", exact=True).click()
        expect(page.locator(".support__count")).to_contain_text("1 Person")

    with step("Abstimmen"):
        page.goto(DIALOGUE)
        page.get_by_role("radio", name="abends bis 20 Uhr").check()
        page.get_by_role("button", name="Abstimmen").click()
        expect(page.get_by_text("Sie haben abgestimmt").first).to_be_visible()


def test_without_javascript_one_writes_and_the_city_answers(person):
    ben: Person = person(width=320, scheme="dark", javascript=False)
    page = ben.page
    page.goto(f"{DIALOGUE}mitmachen/")
    sign_in(page, "ethik8@demo.example")
    write(page, "Schließfächer am Empfang", "Wer mit dem Zug kommt, möchte den Koffer loswerden.")
    page.get_by_role("button", name="Weiter").click()
    if page.get_by_role("button", name="Meinen Beitrag veröffentlichen").count():
        page.get_by_role("button", name="Meinen Beitrag veröffentlichen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Schließfächer am Empfang")
    path = page.url.split("?")[0]

    editor: Person = person()
    desk = editor.page
    desk.goto("/konto/login/?next=/dialoge/antworten/")
    sign_in(desk, "redaktion@demo.example")
    expect(desk.get_by_text("überfällig").first).to_be_visible()
    editor.check("Offene Antworten")
    desk.goto(path)
    desk.get_by_role("link", name="Für die Stadt antworten").click()
    editor.check("Für die Stadt antworten")
    desk.get_by_role("radio", name="Angenommen", exact=True).check()
    desk.get_by_label("Begründung in einfachen Worten").fill("Zwölf Fächer sind bestellt.")
    desk.get_by_role("button", name="Veröffentlichen").click()
    expect(desk.get_by_text("Zwölf Fächer sind bestellt.").first).to_be_visible()
    page.goto(path)
    expect(page.get_by_text("Zwölf Fächer sind bestellt.").first).to_be_visible()


def test_staff_enter_a_call_and_read_out_the_number(person):
    cora: Person = person()
    page = cora.page
    page.goto(f"/konto/login/?next={DIALOGUE}eintragen/")
    sign_in(page, "moderation@demo.example")
    cora.check("Eintragen")
    page.get_by_role("radio", name="Eingegangen per Telefon").check()
    page.get_by_role("radio", name="Hinweis").check()
    page.get_by_label("Thema").select_option(label="Wege und Zugang")
    page.get_by_label("Titel").fill("Die Bordsteinkante ist zu hoch")
    page.get_by_label("Was die Person gesagt").fill("Der Anrufer kommt mit dem Rollator nicht hinauf.")
    page.get_by_role("button", name="Eintragen und Nummer zeigen").click()
    expect(page.locator(".receipt__number")).to_have_text(re.compile(r"PB-\w{4}-\w{3}"))
    cora.check("Eingangsbestätigung")
    number = page.locator(".receipt__number").inner_text()
    page.goto(f"/dialoge/vorgang/?nummer={number.lower()}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Die Bordsteinkante ist zu hoch")
    flash(page, "Eingegangen per Telefon")

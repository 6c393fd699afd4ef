"""Job 1: a citizen finds a project and comments, signed in by code; by keyboard alone, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import PASSWORD, Person, step

pytestmark = pytest.mark.e2e

ADDRESS = "buergerin@demo.example"
PROJECT = "Baumsensoren im Riemekepark (Beispiel)"
PATH = "/projekte/baumsensoren-riemekepark/"


def choose(somebody: Person, label: str, option: str) -> None:
    """Picks an option of a select by typing its name, as one does by keyboard."""
    somebody.press_until(somebody.page, label)
    somebody.page.keyboard.type(option)


def press(somebody: Person, name: str) -> None:
    somebody.press_until(somebody.page, name)
    somebody.page.keyboard.press("Enter")


def test_a_citizen_comments_by_keyboard_alone(person):
    anna = person()
    page = anna.page
    text = "Werden die Messwerte auch den Schulen gezeigt?"

    with step("Projekte öffnen"):
        page.goto("/")
        anna.check("Startseite")
        press(anna, "Projekte")
        expect(page.get_by_role("heading", level=1)).to_have_text("Projekte")
        anna.check("Projektliste")
        anna.has_no_cookie()

    with step("Nach Bereich und Art filtern"):
        choose(anna, "Bereich", "Umwelt")
        choose(anna, "Projektart", "Umsetzungsprojekt")
        press(anna, "Anwenden")
        expect(page).to_have_url(re.compile("bereich=umwelt.*art=umsetzung"))
        expect(page.get_by_role("link", name=PROJECT)).to_be_visible()

    with step("Zur Karte wechseln und zurück"):
        press(anna, "Als Karte ansehen")
        expect(page).to_have_url(re.compile("/projekte/karte/.*bereich=umwelt"))
        expect(page.locator(".leaflet-container")).to_be_visible()
        expect(page.locator(".leaflet-interactive").first).to_be_attached()
        expect(page.get_by_role("link", name=PROJECT).first).to_be_visible()
        anna.check("Projektkarte")
        press(anna, "Als Liste ansehen")
        expect(page).to_have_url(re.compile(r"/projekte/\?.*bereich=umwelt"))

    with step("Ein Projekt öffnen"):
        press(anna, PROJECT)
        expect(page.get_by_role("heading", level=1)).to_have_text(PROJECT)
        anna.check("Projektseite")
        anna.has_no_cookie()

    with step("Einen Kommentar schreiben"):
        anna.press_until(page, "Ihr Kommentar")
        page.keyboard.type(text)
        press(anna, "Weiter zur Anmeldung")

    with step("Mit einem Code anmelden"):
        expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
        anna.check("Anmeldung")
        press(anna, "Code zuschicken lassen")
        expect(page.get_by_role("heading", level=1)).to_have_text("Code zuschicken lassen")
        anna.press_until(page, "E-Mail")
        page.keyboard.type(ADDRESS)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("confirm"))
        anna.check("Code eingeben")
        code = anna.code_from_mail(ADDRESS)
        if page.evaluate("document.activeElement.tagName") != "INPUT":
            anna.press_until(page, "Code")
        page.keyboard.type(code)
        page.keyboard.press("Enter")

    with step("Den Kommentar veröffentlichen"):
        expect(page.get_by_role("textbox", name="Ihr Kommentar")).to_have_value(text)
        anna.check("Kommentar schreiben")
        press(anna, "Kommentar veröffentlichen")
        expect(page).to_have_url(re.compile(PATH + ".*#kommentar-"))
        expect(page.get_by_text(text).first).to_be_visible()

    with step("Als Gast nachlesen"):
        guest = person(javascript=False)
        guest.page.goto(PATH)
        expect(guest.page.locator("article, li").filter(has_text=text).first).to_be_visible()
        timeline = guest.page.locator(".timeline")
        expect(timeline.get_by_text("Kommentar").first).to_be_visible()
        guest.has_no_cookie()

    with step("In den Kommentaren suchen"):
        guest.page.get_by_role("searchbox", name="In den Kommentaren suchen").fill("schulen messwerte")
        guest.page.locator(".comments__search").get_by_role("button", name="Suchen").click()
        expect(guest.page).to_have_url(re.compile(r"suche=schulen\+messwerte"))
        expect(guest.page.locator(".comments__found")).to_contain_text("„schulen messwerte“")
        expect(guest.page.locator(".comment", has_text=text).first).to_be_visible()
        guest.has_no_cookie()


def test_what_is_new_is_offered_and_never_disturbs_who_writes(person):
    reader, writer = person(), person()
    reader.page.clock.install()
    reader.page.goto(PATH)
    half = "Ich bin noch nicht fertig mit"
    reader.page.get_by_label("Ihr Kommentar").fill(half)
    offer = reader.page.locator("[data-comments-live]")
    expect(offer).to_be_hidden()

    said = "Dazugekommen, während jemand schreibt."
    writer.page.goto(f"/konto/login/?next={PATH}")
    writer.page.locator("main input[name=login]").fill(ADDRESS)
    writer.page.locator("main input[name=password]").fill(PASSWORD)
    writer.page.locator("main form button[type=submit]").first.click()
    expect(writer.page).to_have_url(re.compile(PATH))
    writer.page.get_by_label("Ihr Kommentar").fill(said)
    writer.page.get_by_role("button", name="Kommentar veröffentlichen").click()
    expect(writer.page.get_by_text(said).first).to_be_visible()

    reader.page.clock.fast_forward(31_000)
    expect(offer).to_have_text("1 neuer Kommentar")
    expect(reader.page.get_by_text(said)).to_have_count(0)
    offer.click()
    expect(reader.page.locator(".comment", has_text=said).first).to_be_focused()
    expect(reader.page.get_by_label("Ihr Kommentar")).to_have_value(half)
    expect(offer).to_be_hidden()
    reader.page.reload()
    expect(reader.page.get_by_label("Ihr Kommentar")).to_have_value(half)


def test_a_citizen_comments_without_javascript(person):
    ben = person(width=320, scheme="dark", javascript=False)
    page = ben.page
    text = "Ohne Skript geschrieben: Wer liest die Werte aus?"
    page.goto("/projekte/?bereich=umwelt&art=umsetzung")
    page.get_by_role("link", name=PROJECT).click()
    page.get_by_label("Ihr Kommentar").fill(text)
    page.get_by_role("button", name="Weiter zur Anmeldung").click()
    page.get_by_role("link", name="Code zuschicken lassen").click()
    page.locator("main").get_by_label("E-Mail").fill(ADDRESS)
    page.get_by_role("button", name="Code anfordern").click()
    page.locator("main input[name=code]").fill(ben.code_from_mail(ADDRESS))
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_label("Ihr Kommentar")).to_have_value(text)
    page.get_by_role("button", name="Kommentar veröffentlichen").click()
    expect(page.get_by_text(text).first).to_be_visible()


def test_a_wrong_code_is_refused_in_german(person):
    carla = person()
    page = carla.page
    page.goto("/konto/login/")
    page.get_by_role("link", name="Code zuschicken lassen").click()
    page.locator("main").get_by_label("E-Mail").fill("ethik8@demo.example")
    page.get_by_role("button", name="Code anfordern").click()
    page.locator("main input[name=code]").fill("ZZZZZZ")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Code")
    expect(page.locator("main [role=alert], main .kern-error, main .error, main .field__error").first).to_be_visible()
    page.goto("/konto/")
    expect(page).to_have_url(re.compile("/konto/login/"))

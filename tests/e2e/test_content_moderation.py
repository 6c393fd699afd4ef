"""Job 6: two content moderators work through the queue; a citizen writes, is told why, and objects."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PASSWORD, Person, flash, step
from tests.e2e.test_signing_in import sign_up

pytestmark = pytest.mark.e2e

MODERATOR, SECOND = "moderation@demo.example", "moderation2@demo.example"
PROJECT_PATH = "/projekte/baumsensoren-riemekepark/"
STAMP = f"{datetime.now():%H%M%S}"  # a second run in the same demo finds its own words only
REPORTED = f"Die Bänke am Wasser sind eine Zumutung {STAMP}"
HELD = f"Rufen Sie mich an unter 05251 12{STAMP} wegen der Bäume"
RUDE = f"Der Gärtner ist ein Faulpelz {STAMP}"
SPAM = [f"Kauft Blumenerde bei mir, Angebot {number} {STAMP}" for number in (1, 2)]
IMAGES = Path(__file__).resolve().parent.parent.parent / "docs" / "images"


def sign_in(somebody: Person, address: str, to: str) -> None:
    page = somebody.page
    page.goto(f"/konto/login/?next={to}")
    page.locator("main").get_by_label("E-Mail").fill(address)
    page.locator("main input[type=password]").first.fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(re.escape(to)))


def comment(page: Page, text: str) -> None:
    page.goto(PROJECT_PATH)
    page.get_by_label("Ihr Kommentar").fill(text)
    page.get_by_role("button", name="Kommentar veröffentlichen").click()
    expect(page.locator("article", has_text=text).last).to_be_visible()


def report(somebody: Person, text: str) -> str:
    """Without an account; gives the receipt number."""
    page = somebody.page
    page.goto(PROJECT_PATH)
    page.locator("article", has_text=text).last.get_by_role("link", name=re.compile("Melden")).click()
    page.get_by_label("Beleidigung oder Drohung").check()
    page.get_by_label("Was genau stimmt nicht?").fill("Das ist unsachlich.")
    somebody.check("Melden")
    page.get_by_role("button", name="Meldung abschicken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Danke, Ihre Meldung ist eingegangen")
    somebody.check("Meldung eingegangen")
    return page.locator(".receipt strong").inner_text()


def in_queue(page: Page, text: str):
    return page.get_by_role("link", name=re.compile(re.escape(text[:60])))


def open_matter(page: Page, text: str, lane: str = "") -> None:
    page.goto(f"/moderation/{lane}")
    in_queue(page, text).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prüfen: Kommentar")


def restrict(page: Page, measure: str, facts: str) -> None:
    page.get_by_label(re.compile(f"^{measure}")).check()
    page.get_by_label("Beleidigung oder Drohung").check()
    page.get_by_label("Was genau liegt vor?").fill(facts)
    page.get_by_role("button", name="Entscheiden", exact=True).click()


def picture(page: Page, name: str) -> None:
    """The tutorial's pictures, taken anew where asked for."""
    if os.environ.get("TUTORIAL_IMAGES"):
        page.screenshot(path=IMAGES / name)


def test_content_moderation(person):
    anna, visitor, mod, second = person(), person(), person(), person()
    sign_up(
        anna, f"anna{STAMP}@demo.example", "Anna Beispiel"
    )  # a citizen of her own: five comments a minute are the limit
    for text in (REPORTED, HELD, RUDE, SPAM[0], SPAM[1]):
        comment(anna.page, text)
    receipt = report(visitor, REPORTED)
    page = mod.page

    with step("Die Warteschlange öffnen"):
        sign_in(mod, MODERATOR, "/moderation/")
        expect(in_queue(page, REPORTED)).to_be_visible()
        expect(in_queue(page, HELD)).to_be_visible()
        picture(page, "moderation-liste.png")
        mod.check("Warteschlange")

    with step("Nach Stand und Art ordnen"):
        page.get_by_role("link", name=re.compile("^Angehalten")).first.click()
        expect(in_queue(page, HELD)).to_be_visible()
        expect(in_queue(page, REPORTED)).to_have_count(0)
        page.get_by_label("Art", exact=True).select_option(label="Kommentar")
        page.get_by_role("button", name="Anwenden").click()
        expect(in_queue(page, HELD)).to_be_visible()

    with step("Einen Text ansehen"):
        open_matter(page, REPORTED)
        expect(page.get_by_text("Das ist unsachlich.")).to_be_visible()
        expect(page.get_by_text(receipt)).to_be_visible()
        picture(page, "moderation-text.png")
        mod.check("Ein Vorgang")
        sign_in(second, SECOND, "/moderation/")
        open_matter(second.page, REPORTED)
        expect(second.page.get_by_text("sieht sich diesen Text gerade an")).to_be_visible()

    with step("Freigeben oder stehen lassen"):
        page.get_by_role("textbox", name=re.compile("^Begründung")).fill(
            "Das ist Kritik an Bänken, niemand wird beleidigt."
        )
        page.get_by_role("button", name="Text stehen lassen").click()
        flash(page, "Der Text bleibt stehen.")
        second.page.get_by_role("button", name="Text stehen lassen").click()
        flash(second.page, "inzwischen schon entschieden")
        visitor.page.goto("/melden/stand/")
        visitor.page.get_by_label("Eingangsnummer").fill(receipt.lower())
        visitor.page.get_by_role("button", name="Nachsehen").click()
        expect(visitor.page.get_by_text("Der gemeldete Text bleibt sichtbar.")).to_be_visible()
        visitor.check("Stand der Meldung")
        open_matter(page, HELD)
        page.get_by_role("button", name="Text freigeben").click()
        flash(page, "Freigegeben.")

    with step("Ausblenden mit Begründung"):
        open_matter(page, RUDE, "?stand=new")
        patterns = page.get_by_role("navigation", name="Vorlagen für die Begründung")
        patterns.get_by_role("link", name="Beleidigung oder Drohung").click()
        expect(page.get_by_label("Was genau liegt vor?")).to_have_value(re.compile("statt zur Sache"))
        restrict(page, "Ausblenden", "Der Gärtner wird beschimpft: „Faulpelz“.")
        flash(page, "Ausgeblendet.")
        expect(page.locator("body")).not_to_contain_text(RUDE)

    with step("Verwarnen oder für eine Zeit sperren"):
        open_matter(page, SPAM[0], "?stand=new")
        restrict(page, "Verwarnen", "Bitte werben Sie hier nicht.")
        flash(page, "Verwarnt.")

    with step("Mehrere auf einmal bearbeiten"):
        page.goto("/moderation/?stand=done")
        page.get_by_role("checkbox", name=re.compile(re.escape(SPAM[0]))).check()
        page.get_by_role("button", name="Ausblenden …").click()
        page.get_by_label("Werbung oder Spam").check()
        page.get_by_label("Was genau liegt vor?").fill("Werbung für Blumenerde.")
        mod.check("Mehrere ausblenden")
        page.get_by_role("button", name="Alle ausblenden").click()
        expect(page.locator(".bulk__result")).to_have_text(["ausgeblendet"])
        mod.check("Ergebnis")

    with step("Mit Tasten arbeiten"):
        page.goto("/moderation/?stand=new")
        expect(page.get_by_text("Tasten", exact=True)).to_be_visible()
        page.keyboard.press("j")
        expect(page.locator("[data-queue-item] h2 a").first).to_be_focused()
        page.keyboard.press("x")
        expect(page.locator("[data-queue-item] input").first).to_be_checked()
        page.keyboard.press("?")
        page.get_by_label("Einzelne Tasten nutzen").uncheck()
        page.reload()
        page.keyboard.press("j")
        expect(page.locator("[data-queue-item] h2 a").first).not_to_be_focused()
        page.get_by_text("Tasten", exact=True).click()
        page.get_by_label("Einzelne Tasten nutzen").check()
        page.locator("[data-queue-item] h2 a").first.focus()
        page.keyboard.press("o")
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Prüfen"))

    with step("Über einen Widerspruch entscheiden"):
        anna.page.goto("/konto/neuigkeiten/")
        anna.page.get_by_role("button", name="Ihr Kommentar wurde ausgeblendet").last.click()
        expect(anna.page.get_by_text("Der Gärtner wird beschimpft")).to_be_visible()
        anna.check("Entscheidung")
        anna.page.get_by_label("Warum ist die Entscheidung falsch?").fill("Das hat er selbst so gesagt.")
        anna.page.get_by_role("button", name="Widerspruch abschicken").click()
        flash(anna.page, "Ihr Widerspruch ist eingegangen.")
        open_matter(page, RUDE)
        expect(page.get_by_text("Darüber entscheidet eine andere Person")).to_be_visible()
        expect(page.get_by_role("button", name="Über den Widerspruch entscheiden")).to_have_count(0)
        open_matter(second.page, RUDE)
        second.page.get_by_label("Der Widerspruch hat Erfolg").check()
        second.page.get_by_label("Begründung für die Person").fill("Es ist ein Zitat.")
        second.check("Widerspruch")
        second.page.get_by_role("button", name="Über den Widerspruch entscheiden").click()
        flash(second.page, "Über den Widerspruch ist entschieden.")
        visitor.page.goto(PROJECT_PATH)
        expect(visitor.page.get_by_text(RUDE).first).to_be_visible()

    with step("Die öffentlichen Zahlen ansehen"):
        page.goto("/moderation/")
        page.get_by_role("link", name="Öffentliche Zahlen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Zahlen der Moderation")
        mod.check("Zahlen")
        visitor.page.goto("/moderation/regeln/")
        visitor.check("Regeln")

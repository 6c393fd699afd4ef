"""A teacher registers twelve boxes and prints cards; pupils join by code, note and compare."""

from __future__ import annotations

import re
import urllib.request
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import PASSWORD, step

pytestmark = pytest.mark.e2e

PROJECT = "Baumsensoren im Riemekepark (Beispiel)"
STAMP = f"{datetime.now():%H%M%S}"
NAME = f"Klasse 8c {STAMP}"


def send(server, osem_id: str, channel: str, token: str, value: float) -> int:
    request = urllib.request.Request(
        f"{server.url}/boxes/{osem_id}/data",
        data=f"{channel},{value}".encode(),
        headers={"Content-Type": "text/csv", "Authorization": token},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status


def test_a_class_measures_together(person, server):
    teacher = person()
    page = teacher.page

    with step("Klasse anlegen"):
        page.goto("/sensoren/")
        page.get_by_role("link", name="Klassenraum").first.click()
        teacher.check("Klassenraum")
        teacher.has_no_cookie()
        page.get_by_role("link", name="Klasse anlegen").click()
        page.get_by_label("E-Mail-Adresse").fill("buergerin@demo.example")
        page.get_by_label("Passwort", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Anmelden", exact=True).click()
        page.get_by_label("Name der Klasse oder Gruppe").fill(NAME)
        page.get_by_label("Gehört zu einem Projekt der Stadt").select_option(label=PROJECT)
        page.get_by_label("Die Klasse hat eine öffentliche Seite").check()
        teacher.check("Klasse anlegen")
        page.get_by_role("button", name="Klasse anlegen").click()

    with step("Zwölf Boxen anmelden"):
        expect(page.get_by_role("heading", level=1)).to_have_text("Boxen anmelden")
        page.get_by_label("Namen nach Muster").fill("8c Box {nr}")
        page.get_by_role("button", name="Zeilen vorbereiten").click()
        expect(page.locator("fieldset.class-row")).to_have_count(12)
        page.get_by_label("Temperatur", exact=True).check()
        page.get_by_label("Ein Ort für alle").fill("Dahl")
        page.locator("[name=box-1-name]").fill("8c Box 01")
        page.get_by_role("button", name="Alle Boxen anmelden").click()
        expect(page.get_by_text("So heißt schon Box 1.")).to_be_visible()
        teacher.check("Boxen anmelden mit Fehlern")
        page.locator("[name=box-1-name]").fill("8c Box 02")
        page.get_by_role("button", name="Alle Boxen anmelden").click()
        expect(page.get_by_text("12 Boxen sind angemeldet.").first).to_be_visible()
        teacher.check("Klasse leiten")

    with step("Karten drucken"):
        leading = page.url.partition("#")[0]
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Karten als PDF").click()
        assert waiting.value.path().read_bytes().startswith(b"%PDF")
        assert waiting.value.suggested_filename.startswith("karten-klasse-8c")
        page.goto(leading)
        for number in (1, 2):
            page.get_by_label(f"8c Box 0{number}", exact=True).check()
        page.get_by_role("button", name="Karten als Seite").click()
        teacher.check("Karten")
        cards = page.locator(".class-card")
        expect(cards).to_have_count(2)
        tokens = [cards.nth(n).locator("[data-card-token]").inner_text() for n in (0, 1)]
        addresses = [cards.nth(n).locator("code").first.inner_text() for n in (0, 1)]

    with step("Box einrichten"):
        for token, address, value in zip(tokens, addresses, (18.5, 24.5), strict=True):
            phone = person(width=320)
            phone.page.goto(f"{address}#{token}")
            expect(phone.page.locator("[data-card-slot]")).to_contain_text(token)
            phone.check("Box einrichten")
            phone.has_no_cookie()
            ids = phone.page.locator("section[aria-labelledby=sensebox] dd").all_inner_texts()
            assert send(server, ids[0], ids[1], token, value) == 201

    with step("Code anzeigen"):
        page.goto(leading)
        code = page.locator("[data-class-code]").inner_text()
        assert re.fullmatch(r"[A-Z2-9]{8}", code)
        joining = page.locator("main a[href$='/klassen/mitmachen/']").get_attribute("href")

    with step("Mitmachen"):
        pupil = person(width=320)
        small = pupil.page
        small.goto(joining)
        pupil.check("Mitmachen")
        small.get_by_label("Code der Klasse").fill("falsch99")
        small.get_by_label("Name in der Klasse").fill("Eisvogel")
        small.get_by_role("button", name="Mitmachen").click()
        expect(small.get_by_text("Diesen Code gibt es nicht").first).to_be_visible()
        small.get_by_label("Code der Klasse").fill(code.lower())
        small.get_by_role("button", name="Mitmachen").click()
        expect(small.get_by_role("heading", level=1)).to_have_text(NAME)
        expect(small.get_by_text("Hier als „Eisvogel“")).to_be_visible()
        pupil.check("Raum der Klasse")
        room = small.url
        names = {cookie["name"] for cookie in pupil.context.cookies()}
        assert names <= {"klasse", "csrftoken"}
        small.get_by_text("Eigenen Code zeigen").click()
        own = small.locator("[data-own-code]").inner_text()
        other = person(javascript=False)
        other.page.goto(joining)
        other.page.get_by_label("Eigener Code").fill(own)
        other.page.get_by_role("button", name="Weitermachen").click()
        expect(other.page.get_by_text("Hier als „Eisvogel“")).to_be_visible()

    with step("Notiz schreiben"):
        small.get_by_role("link", name="8c Box 01").click()
        small.get_by_label("Was ist aufgefallen?").fill("Fenster geöffnet")
        small.get_by_role("button", name="Notiz speichern").click()
        expect(small.get_by_text("wartet auf die Lehrkraft")).to_be_visible()
        expect(small.locator("[data-chart] canvas").first).to_be_visible()
        pupil.check("Box mit Notiz")

    with step("Vergleichen"):
        small.goto(room)
        small.get_by_role("link", name="Vergleichen").click()
        small.get_by_label("Zweite Messreihe").select_option(label="8c Box 02: Temperatur")
        moment = datetime.now(ZoneInfo("Europe/Berlin"))
        start, end = moment - timedelta(hours=3), moment + timedelta(minutes=2)
        small.get_by_label("von", exact=True).fill(f"{start:%Y-%m-%dT%H:%M}")
        small.get_by_label("bis", exact=True).fill(f"{end:%Y-%m-%dT%H:%M}")
        small.get_by_role("button", name="Vergleichen").click()
        expect(small.locator(".class-beside__side")).to_have_count(2)
        expect(small.locator("main")).to_contain_text("um 6,0 °C höher")
        expect(small.locator("[data-chart] canvas").first).to_be_visible()
        pupil.check("Vergleichen")

    with step("Notizen freigeben"):
        page.goto(leading)
        note = page.locator("li.class-note").filter(has_text="Fenster geöffnet")
        note.get_by_role("button", name="In der Klasse zeigen").click()
        note.get_by_role("button", name="Veröffentlichen").click()
        expect(note).to_contain_text("öffentlich")
        teacher.check("Klasse leiten mit Notizen")

    with step("Öffentliche Seite zeigen"):
        guest = person()
        guest.page.goto("/projekte/baumsensoren-riemekepark/")
        expect(guest.page.locator(".timeline").get_by_text(NAME).first).to_be_visible()
        guest.page.get_by_role("link", name=NAME).first.click()
        expect(guest.page.get_by_role("heading", level=1)).to_have_text(NAME)
        expect(guest.page.get_by_text("Fenster geöffnet", exact=True)).to_be_visible()
        expect(guest.page.get_by_text("Eisvogel")).to_have_count(0)
        guest.check("Seite der Klasse")
        guest.has_no_cookie()

    with step("Notizen mitnehmen"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Notizen als CSV", exact=True).click()
        table = waiting.value.path().read_text(encoding="utf-8-sig")
        assert "Fenster geöffnet;Eisvogel" in table
        assert f"{moment:%Y-%m-%d}" in table

"""A citizen builds a chart in the Reallabor, zooms by keyboard, shares it, and shows a Smart Service."""

from __future__ import annotations

import json
import re
import urllib.request
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PASSWORD, Person, flash, step

pytestmark = pytest.mark.e2e

ADDRESS = "buergerin@demo.example"
STAMP = f"{datetime.now():%H%M%S}"
TITLE = f"Feinstaub im Vergleich {STAMP}"
SLOW = 60_000


def sign_in(page: Page) -> None:
    page.get_by_label("E-Mail-Adresse").fill(ADDRESS)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def test_the_reallabor(person, server):
    rosa: Person = person()
    page = rosa.page
    page.set_default_timeout(SLOW)
    expect.set_options(timeout=SLOW)

    with step("Reallabor öffnen"):
        page.goto("/sensoren/")
        page.locator("main").get_by_role("link", name="Reallabor").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Reallabor")
        rosa.check("Reallabor")
        rosa.has_no_cookie()

    with step("Messreihen suchen"):
        page.get_by_label("Messgröße").select_option(label="Feinstaub PM10")
        page.locator("#suche").get_by_role("button", name="Suchen").click()
        expect(page.locator(".lab__found")).to_contain_text("Luft am Rathaus")
        expect(page.locator(".lab__found")).not_to_contain_text("Luftfeuchte")

    with step("Messreihen ankreuzen"):
        page.get_by_label("Feinstaub PM10, Luft am Rathaus").check()
        page.get_by_label("Feinstaub PM10, Luft an der Universität").check()
        page.get_by_role("button", name="Diagramm aus Angekreuzten").click()
        expect(page.locator("figure[data-chart] canvas").first).to_be_visible()

    with step("Zeitraum und Titel wählen"):
        page.get_by_label("Zeitraum bis jetzt").select_option(label="30 Tage")
        page.get_by_label("Titel").fill(TITLE)
        page.get_by_role("button", name="Diagramm zeigen").click()
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
        expect(page.locator("figure[data-chart] canvas").first).to_be_visible()
        rosa.check("Diagramm im Reallabor")

    with step("Mit der Tastatur hineinzoomen"):
        chart = page.get_by_role("slider")
        stretch = page.locator(".chart__stretch")
        rows = page.locator("figure[data-chart] tbody tr")
        before = rows.count()
        chart.focus()
        for _press in range(6):
            chart.press("+")
        expect(stretch).not_to_be_empty()
        expect(page.locator("figure[data-zoomed]")).to_have_count(1)
        near = stretch.inner_text()
        expect(page.locator(".chart__readout")).to_be_visible()
        half_past = re.compile(r"\d\d:30")  # values every ten minutes, where there were means of hours
        expect(page.locator("figure[data-chart] tbody")).to_contain_text(half_past)
        read = chart.get_attribute("aria-valuetext")
        chart.press("ArrowLeft")
        expect(chart).not_to_have_attribute("aria-valuetext", read)
        chart.press("Shift+ArrowLeft")
        expect(stretch).not_to_have_text(near)
        rosa.check("Ausschnitt")
        chart.focus()
        chart.press("0")
        expect(page.locator("figure[data-zoomed]")).to_have_count(0)
        expect(rows).to_have_count(before)

    with step("Link weitergeben"):
        link = page.get_by_label("Link zu genau diesem Diagramm").input_value()
        guest: Person = person(javascript=False, width=320)
        guest.page.goto(link)
        expect(guest.page.get_by_role("heading", name=TITLE)).to_be_visible()
        expect(guest.page.locator("svg.still")).to_be_visible()
        expect(guest.page.locator("figure[data-chart] tbody tr").first).to_be_attached()
        guest.has_no_cookie()

    with step("Daten mitnehmen"):
        address = page.get_by_role("link", name="Genau diese Werte als CSV").get_attribute("href")
        with urllib.request.urlopen(f"{server.url}{address}", timeout=60) as answer:
            lines = answer.read().decode().splitlines()
        assert len(lines) > 100
        assert {line.split(",")[2] for line in lines[1:]} == {"Luft am Rathaus", "Luft an der Universität"}

    with step("Damit weiterrechnen"):
        page.locator("summary", has_text="Python (pandas)").click()
        expect(page.locator("#code-python")).to_contain_text("resolution=hour")
        address = page.get_by_role("link", name="Jupyter-Notizbuch").first.get_attribute("href")
        with urllib.request.urlopen(f"{server.url}{address}", timeout=60) as answer:
            notebook = json.load(answer)
        found: dict[str, object] = {}
        exec("".join(notebook["cells"][2]["source"]), found)
        for _name, _unit, url in found["series"]:
            with urllib.request.urlopen(url, timeout=60) as answer:
                assert answer.readline().decode().startswith("ts,value")

    with step("Diagramm aufheben"):
        page.get_by_role("link", name="Mit kurzem Link aufheben").click()
        sign_in(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Diagramm aufheben")
        rosa.check("Aufheben")
        page.get_by_label("Notiz").fill("Beide Stationen steigen am Abend.")
        page.get_by_role("button", name="Aufheben").click()
        flash(page, "Aufgehoben.")
        expect(page).to_have_url(re.compile(r"/sensoren/labor/d/[a-z0-9]{8}/$"))
        rosa.check("Aufgehobenes Diagramm")
        page.goto("/sensoren/labor/meine/")
        expect(page.get_by_role("link", name=TITLE, exact=True)).to_be_visible()
        rosa.check("Meine Diagramme")

    with step("Galerie ansehen"):
        page.goto("/sensoren/labor/galerie/")
        rosa.check("Galerie")
        page.get_by_role("link", name="Gieß-Wecker für den Riemekepark").click()
        expect(page.locator("main")).to_contain_text("Projektleitung")
        rosa.check("Smart Service")
        page.get_by_role("link", name="Ausprobieren").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sie verlassen das Portal")
        rosa.check("Hinaus")

    with step("Eigenen Smart Service zeigen"):
        page.goto("/sensoren/labor/galerie/neu/")
        rosa.check("Smart Service zeigen")
        page.get_by_label("Name", exact=True).fill(f"Lüftungsampel {STAMP}")
        page.get_by_label("Beschreibung").fill("Zeigt mit drei Farben und Worten, wann gelüftet werden soll.")
        page.get_by_label("Adresse zum Ausprobieren").fill("https://ampel.example/")
        page.get_by_role("button", name="Zur Prüfung geben").click()
        flash(page, "Danke!")
        guest.page.goto("/sensoren/labor/galerie/")
        expect(guest.page.locator("main")).not_to_contain_text(f"Lüftungsampel {STAMP}")

"""What a resident does after the first day: watch, change, be told, calibrate, take along, delete, hand over, embed."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PASSWORD, Person, flash
from tests.e2e.server import DemoServer

pytestmark = pytest.mark.e2e

STAMP = f"{datetime.now():%H%M%S}"
NAME = f"Hof {STAMP}"


def sign_in(page: Page, address: str, path: str) -> None:
    page.goto(f"/konto/login/?next={path}")
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def send(server: DemoServer, slug: str, channel: int, token: str, value: float) -> dict[str, int]:
    body = {"measurements": [{"channel": channel, "ts": datetime.now(UTC).isoformat(), "value": value}]}
    request = urllib.request.Request(
        f"{server.url}/api/v1/stations/{slug}/measurements",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


def move_outdoors(page: Page) -> None:
    page.get_by_label("im Freien", exact=True).check()
    page.get_by_label("öffentlich, jeder Wert").check()
    page.get_by_label("Beschreibung").fill("Im Hof, Nordseite")
    page.get_by_role("button", name="Speichern").click()


def delete_values(rosa: Person) -> None:
    page = rosa.page
    page.get_by_role("link", name="Werte löschen").click()
    page.get_by_label("Ja, diese Werte endgültig löschen").check()
    rosa.check("Werte löschen")
    page.get_by_role("button", name="Werte löschen").click()


def test_a_resident_looks_after_a_station(person, server):
    rosa = person()
    page = rosa.page

    # Coordinates typed by hand; nothing chosen about who sees what.
    sign_in(page, "buergerin@demo.example", "/sensoren/registrieren/")
    page.get_by_label("Name der Station").fill(NAME)
    page.get_by_label("im Innenraum", exact=True).check()
    page.get_by_label("Temperatur", exact=True).check()
    page.get_by_label("Breite").fill("51,7189")
    page.get_by_label("Länge").fill("8,7545")
    page.locator("main").get_by_role("button", name="Station anmelden").click()
    token = page.locator("[data-token]").inner_text()
    snippet = page.locator("pre.snippet").last.inner_text()
    assert token in snippet
    channel = int(re.search(r'"channel": (\d+)', snippet).group(1))
    slug = re.search(r"/api/v1/stations/([\w-]+)/", snippet).group(1)
    page.get_by_role("link", name="Zur Station").click()
    expect(page.get_by_text("nicht öffentlich")).to_be_visible()
    station = page.url
    guest = person(javascript=False)
    assert guest.page.goto(station).status == 404

    # The first value appears while one watches.
    expect(page.get_by_text("Wir warten auf den ersten Wert")).to_be_visible()
    assert send(server, slug, channel, token, 19.5)["stored"] == 1
    expect(page.locator(".reading-card__value")).to_contain_text("19,5")

    # Change what everyone sees: what was measured at home goes first, the typed words stay.
    page.get_by_role("link", name="Angaben ändern").click()
    rosa.check("Angaben ändern")
    move_outdoors(page)
    expect(page.get_by_role("alert")).to_contain_text("Löschen Sie zuerst die bisherigen Werte")
    expect(page.get_by_label("Beschreibung")).to_have_value("Im Hof, Nordseite")
    page.goto(station)
    delete_values(rosa)
    page.goto(station)
    page.get_by_role("link", name="Angaben ändern").click()
    move_outdoors(page)
    flash(page, "Gespeichert.")
    assert send(server, slug, channel, token, 19.5)["stored"] == 1
    assert guest.page.goto(station).status == 200
    expect(guest.page.get_by_text("Im Hof, Nordseite")).to_be_visible()

    # Be told.
    page.goto(station)
    page.get_by_role("link", name="Nachrichten per Mail").click()
    page.get_by_label("Schreiben Sie mir, wenn kein Wert kommt seit").select_option("24")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("textbox", name="Grenze").fill("30")
    page.get_by_role("button", name="Schwelle anlegen").click()
    expect(page.get_by_role("region", name="Ihre Schwellen")).to_contain_text("30 °C")
    rosa.check("Nachrichten per Mail")

    # Calibrate: new values alone.
    page.goto(station)
    page.get_by_role("link", name="Kalibrieren").click()
    page.get_by_label("Versatz").fill("-1,5")
    rosa.check("Kalibrieren")
    page.get_by_role("button", name="Ab jetzt anwenden").click()
    assert send(server, slug, channel, token, 21.5)["stored"] == 1
    page.goto(station)
    expect(page.locator(".reading-card__value")).to_contain_text("20,0")

    # A new token ends the old one.
    page.get_by_role("link", name="Zugangsschlüssel und Anleitung").click()
    page.get_by_role("button", name="Neuen Schlüssel erzeugen").click()
    fresh = page.locator("[data-token]").inner_text()
    assert fresh != token
    with pytest.raises(urllib.error.HTTPError):
        send(server, slug, channel, token, 25)
    assert send(server, slug, channel, fresh, 22.5)["stored"] == 1

    # Take along.
    page.goto(station)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Alle Werte als CSV").click()
    lines = waiting.value.path().read_text(encoding="utf-8").strip().splitlines()
    assert len(lines) == 4
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Alle Werte als JSON").click()
    assert "19.5" in json.dumps(json.loads(waiting.value.path().read_text(encoding="utf-8")))

    # Embed.
    code = page.locator("pre.snippet code").text_content() or ""
    address = re.search(r'src="([^"]+)"', code).group(1)
    guest.page.goto(address)
    expect(guest.page.get_by_text(NAME)).to_be_visible()
    guest.has_no_cookie()

    # Delete today's values, then hand the station over.
    delete_values(rosa)
    guest.page.goto(station + "?danach=1")
    expect(guest.page.get_by_text("Noch kein Wert", exact=True)).to_be_visible()
    page.goto(station)
    page.get_by_role("link", name="Station übergeben").click()
    page.get_by_label("E-Mail-Adresse").fill("ethik3@demo.example")
    page.get_by_role("button", name="Angebot verschicken").click()
    other = person()
    other.page.goto("/demo/postfach/?an=ethik3@demo.example")
    other.page.locator("main tbody a").first.click()
    link = re.search(r"/sensoren/uebergabe/[\w-]+/", other.page.locator("[data-mail-text]").inner_text()).group(0)
    sign_in(other.page, "ethik3@demo.example", link)
    other.page.get_by_role("button", name="Station übernehmen").click()
    expect(other.page.get_by_role("heading", level=1)).to_have_text("Zugangsschlüssel")
    page.goto(station)
    expect(page.get_by_role("link", name="Angaben ändern")).to_have_count(0)

    # The new owner deletes it for good.
    other.page.goto(station)
    other.page.get_by_role("link", name="Station löschen").click()
    other.check("Station löschen")
    other.page.get_by_label(re.compile("endgültig löschen")).check()
    other.page.get_by_role("button", name="Endgültig löschen").click()
    assert guest.page.goto(station + "?danach=2").status == 404

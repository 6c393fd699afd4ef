"""The sensor desk connects a source, maps devices, mends what could not be read (docs/tutorial/sensorstelle.md)."""

from __future__ import annotations

import csv
import json
import re
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import PASSWORD, step

pytestmark = pytest.mark.e2e

STAMP = f"{datetime.now():%H%M%S}"
SOURCE = f"Netz der Stadt {STAMP}"
ALLOWED, FOREIGN = "17c82e96-be03-4f38-aef3-f83d48582d97", "00000000-be03-4f38-aef3-f83d48582d97"
LISTED, UNKNOWN = f"aa02030405{STAMP}", f"bb02030405{STAMP}"
STATION = f"Wetter am Depot {STAMP}"


def uplink(eui: str, number: int, application: str = ALLOWED, **values: float) -> bytes:
    """A ChirpStack v4 message with a decoded object."""
    body: dict[str, Any] = {
        "deduplicationId": f"3ac7e3c4-4401-4b8d-9386-a5c9{STAMP}{number:02d}",
        "time": datetime.now(UTC).isoformat(),
        "deviceInfo": {"applicationId": application, "deviceName": f"Gerät {eui[:2]}", "devEui": eui},
        "devAddr": "00189440",
        "fCnt": number,
        "fPort": 1,
        "data": "AQ==",
        "object": values,
    }
    return json.dumps(body).encode()


def post(address: str, secret: str, body: bytes) -> tuple[int, dict[str, Any]]:
    request = urllib.request.Request(
        f"{address}?event=up",
        data=body,
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {secret}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, {}


def test_the_sensor_desk_connects_and_mends(person, server, tmp_path: Path):
    clerk = person()
    page = clerk.page
    page.goto("/konto/login/?next=/sensoren/desk/")
    page.get_by_label("E-Mail-Adresse").fill("admin@demo.example")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sensorstelle")
    clerk.check("Sensorstelle")

    with step("Quelle anlegen"):
        page.locator("summary").filter(has_text="Quelle anlegen").click()
        page.get_by_label("Name", exact=True).fill(SOURCE)
        page.get_by_label("Art", exact=True).select_option("chirpstack")
        page.get_by_label("Erlaubte Anwendungen").fill(ALLOWED)
        page.get_by_role("button", name="Quelle anlegen").click()
        shown = page.locator("[role=status] code")
        secret, address = shown.nth(0).inner_text(), shown.nth(1).inner_text()
        assert len(secret) > 20
        clerk.check("Quelle angelegt")
        page.reload()
        expect(page.locator("main")).not_to_contain_text(secret)

    with step("Am Netzserver eintragen"):
        assert re.search(r"/ingest/[\w-]+/$", address)
        door = server.url + address[address.index("/ingest/") :]
        assert post(door, "falsch", uplink(UNKNOWN, 1, temperature=7.0))[0] == 401
        assert post(door, secret, uplink(UNKNOWN, 2, temp=21.5, hum=61, batv=3.6)) == (
            202,
            {"status": "unmapped", "stored": 0},
        )
        assert post(door, secret, uplink(LISTED, 3, FOREIGN, temperature=9.5))[1]["code"] == "application"

    with step("Geräte einlesen"):
        page.goto("/sensoren/desk/")
        page.get_by_role("link", name=SOURCE).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(SOURCE)
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Alle Geräte als CSV").click()
        rows = list(csv.DictReader(waiting.value.path().read_text(encoding="utf-8").splitlines()))
        assert UNKNOWN in [row["dev_eui"] for row in rows]
        table = tmp_path / "geraete.csv"
        table.write_text(
            "dev_eui;name;station_name;latitude;longitude;template\n"
            f"{LISTED};Wetter;{STATION};51,7189;8,7544;weather\n"
            "keine-eui;Kaputt;;;;\n",
            encoding="utf-8",
        )
        page.get_by_label("Tabelle der Geräte (CSV)").set_input_files(table)
        page.get_by_role("button", name="Geräte einlesen").click()
        report = page.get_by_role("status").filter(has_text="abgelehnt")
        expect(report).to_contain_text("1 zugeordnet")
        expect(page.get_by_text("Zeile 3: „keine-eui“ ist keine DevEUI (16 Hex-Ziffern).")).to_be_visible()
        clerk.check("Quelle mit Bericht")
        page.get_by_label("Tabelle der Geräte (CSV)").set_input_files(table)
        page.get_by_role("button", name="Geräte einlesen").click()
        expect(report).to_contain_text("1 unverändert")

    with step("Ein Gerät zuordnen"):
        page.goto("/sensoren/desk/")
        page.get_by_role("link", name=re.compile(UNKNOWN, re.IGNORECASE)).click()
        expect(page.get_by_text("21,5").first).to_be_visible()
        clerk.check("Gerät ohne Station")
        page.get_by_role("link", name="Wetter", exact=True).click()
        proposal = page.locator("tbody tr").filter(has_text="temp")
        expect(proposal.first).to_contain_text("Temperatur")
        page.get_by_label("Station", exact=True).select_option(label=STATION)
        page.locator("#id_template").select_option(label="Wetter")
        page.get_by_role("button", name="Gerät zuordnen").click()
        expect(page.get_by_text("1 Nachricht wurde übernommen.").first).to_be_visible()
        clerk.check("Gerät mit Messkanälen")

    with step("Einen Messkanal ändern"):
        page.locator("tr").filter(has_text="batv").get_by_role("link", name="ändern").click()
        page.get_by_label("Faktor").fill("0,5")
        page.get_by_role("button", name="Vorschau").click()
        expect(page.get_by_role("region", name="Vorschau", exact=True)).to_contain_text("1,8")
        clerk.check("Messkanal")
        page.get_by_label("Faktor").fill("1")
        page.get_by_role("button", name="Speichern").click()
        expect(page.get_by_text("Es gilt ab der nächsten Nachricht.").first).to_be_visible()

    with step("Nicht lesbare Nachrichten"):
        page.goto("/sensoren/desk/")
        page.get_by_role("link", name=SOURCE).click()
        reason = page.get_by_role("region", name="Tabelle: Nicht lesbar, nach Grund")
        expect(reason).to_contain_text("Diese Anwendung darf über diese Quelle nicht senden.")
        expect(reason).to_contain_text("Die Anwendung bei der Quelle erlauben")
        page.get_by_label("Erlaubte Anwendungen").fill(f"{ALLOWED}\n{FOREIGN}")
        page.get_by_role("button", name="Speichern").click()
        reason.get_by_role("button", name="Alle erneut lesen").click()
        expect(page.get_by_text("1 übernommen, 0 weiterhin nicht lesbar.").first).to_be_visible()
        expect(reason).to_have_count(0)

    with step("Zustand prüfen"):
        assert post(door, secret, b'{"deviceInfo": ')[0] == 400
        page.goto("/sensoren/desk/")
        row = page.get_by_role("region", name="Tabelle: Quellen").locator("tr").filter(has_text=SOURCE)
        expect(row).to_contain_text("bitte ansehen")
        page.get_by_role("region", name="Tabelle: Nicht lesbare Nachrichten").get_by_role("link").first.click()
        expect(page.get_by_text("In der Integration JSON statt Protobuf einstellen.")).to_be_visible()
        clerk.check("Nachricht")
        page.get_by_role("button", name="Erneut lesen").click()
        expect(page.get_by_text("Kein gültiges JSON.").first).to_be_visible()

    with step("Werte ausblenden"):
        page.goto("/sensoren/desk/")
        page.get_by_role("link", name=SOURCE).click()
        page.get_by_role("region", name="Tabelle: Geräte").get_by_role("link", name=STATION).first.click()
        station = page.url
        guest = person(javascript=False)
        guest.page.goto(station)
        expect(guest.page.get_by_text("21,5").first).to_be_visible()
        page.get_by_role("link", name="Einzelne Werte ausblenden").click()
        channel = page.locator("#id_channel option", has_text=re.compile(r"\btemp\)"))
        page.get_by_label("Messgröße").select_option(value=channel.get_attribute("value"))
        today = datetime.now(UTC).strftime("%Y-%m-%d")
        page.get_by_label("Vom Tag").fill(today)
        page.get_by_label("bis zum Tag").fill(today)
        page.get_by_label("Grund").fill("Gerät lag in der Sonne")
        clerk.check("Werte ausblenden")
        page.get_by_role("button", name="Ausblenden", exact=True).click()
        expect(page.get_by_text("1 Wert ist ausgeblendet.").first).to_be_visible()
        guest.page.goto(station)
        expect(guest.page.get_by_role("heading", level=1)).to_have_text(STATION)
        expect(guest.page.locator("main")).not_to_contain_text("21,5")
        page.get_by_label("Grund").fill("Station wird umgebaut")
        page.get_by_role("button", name="Station ausblenden").click()
        expect(page.get_by_role("button", name="Wieder zeigen")).to_be_visible()
        assert guest.page.goto(station).status == 404
        page.get_by_label("Grund").fill("Umbau ist fertig")
        page.get_by_role("button", name="Wieder zeigen").click()
        expect(page.get_by_role("button", name="Station ausblenden")).to_be_visible()
        assert guest.page.goto(station).status == 200

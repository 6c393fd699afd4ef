"""Job 4: a resident registers a station, uploads an archive file, and watches values move on the live map."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PASSWORD, Person, step
from tests.e2e.server import ROOT, DemoServer

pytestmark = pytest.mark.e2e

ADDRESS = "buergerin@demo.example"
PROJECT = "Baumsensoren im Riemekepark (Beispiel)"
PROJECT_PATH = "/projekte/baumsensoren-riemekepark/"
PLACE = "st_dahl"
STAMP = f"{datetime.now():%H%M%S}"
NAME = f"Balkon am Fluss {STAMP}"
SLOW = 60_000


def archive(folder: Path) -> Path:
    """A day of an SDS011 as sensor.community archives it, with one line whose time cannot be read."""
    rows = ["sensor_id;sensor_type;location;lat;lon;timestamp;P1;durP1;ratioP1;P2;durP2;ratioP2"]
    for number in range(288):
        clock = f"2026-11-20T{number // 12:02d}:{number % 12 * 5:02d}:10"
        rows.append(f"24543;SDS011;12697;57.20352965;-2.28857231;{clock};{8 + number % 7}.5;;;{4 + number % 5}.1;;")
    rows.append("24543;SDS011;12697;57.20352965;-2.28857231;gestern;1.00;;;1.00;;")
    file = folder / "2026-11-20_sds011_sensor_24543.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def uplink(server: DemoServer, source: dict[str, str], temperature: float, number: int) -> int:
    """A ChirpStack v4 message with a decoded object, posted to the source's door."""
    body = {
        "deduplicationId": f"3ac7e3c4-4401-4b8d-9386-a5c9{STAMP}{number:02d}",
        "time": datetime.now(UTC).isoformat(),
        "deviceInfo": {
            "tenantName": "Beispiel",
            "applicationId": "17c82e96-be03-4f38-aef3-f83d48582d97",
            "deviceName": f"Klimabox {STAMP}",
            "devEui": f"0102030405{STAMP}",
        },
        "devAddr": "00189440",
        "fCnt": number,
        "fPort": 1,
        "data": "AQ==",
        "object": {"temperature": temperature},
        "rxInfo": [{"gatewayId": "0016c001f153a14c", "location": {"latitude": 51.7189, "longitude": 8.7544}}],
    }
    request = urllib.request.Request(
        f"{server.url}{source['url']}?event=up",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {source['secret']}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status


def exact_point(place: str) -> list[float]:
    """Longitude and latitude of a named place, as the form takes it."""
    places = json.loads((ROOT / "portal/static/geo/orte_paderborn.geojson").read_text(encoding="utf-8"))
    return next(feature["geometry"]["coordinates"] for feature in places["features"] if feature["id"] == place)


def sign_in(page: Page) -> None:
    page.get_by_label("E-Mail-Adresse").fill(ADDRESS)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def test_the_residents_job(person, server, tmp_path: Path):
    rosa: Person = person()
    page = rosa.page
    page.set_default_timeout(SLOW)
    expect.set_options(timeout=SLOW)

    with step("Sensoren öffnen"):
        page.goto("/sensoren/")
        rosa.check("Sensoren")
        rosa.has_no_cookie()

    with step("Station anmelden"):
        page.get_by_role("link", name="Station anmelden").first.click()
        sign_in(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Station anmelden")
        rosa.check("Station anmelden")

    with step("Name und Ort angeben"):
        page.get_by_label("Name der Station").fill(NAME)
        page.get_by_label("Feinstaub PM10").check()
        page.get_by_label("Ort in der Nähe").fill("Dahl")
        page.get_by_label("Gehört zu einem Projekt").select_option(label=PROJECT)
        page.locator("main").get_by_role("button", name="Station anmelden").click()

    with step("Zugangsschlüssel aufschreiben"):
        expect(page.get_by_role("heading", level=1)).to_have_text("Zugangsschlüssel")
        token = page.locator("[data-token]").inner_text()
        assert len(token) > 20
        rosa.check("Zugangsschlüssel")
        page.reload()
        expect(page.locator("main")).not_to_contain_text(token)

    with step("CSV-Datei wählen"):
        page.get_by_role("link", name="Werte hochladen").click()
        rosa.check("Hochladen")
        page.get_by_label("CSV-Datei").set_input_files(archive(tmp_path))
        page.get_by_role("button", name="Datei prüfen").click()

    with step("Vorschau bestätigen"):
        expect(page.get_by_role("heading", level=1)).to_have_text("Stimmt das so?")
        expect(page.locator("main")).to_contain_text("sensor.community")
        rosa.check("Vorschau")
        page.get_by_role("button", name="Werte übernehmen").click()

    with step("Bericht lesen"):
        expect(page.get_by_role("heading", level=1)).to_have_text("Fertig")
        expect(page.locator("[data-count=stored]")).to_have_text("576")
        expect(page.locator("[data-count=duplicate]")).to_have_text("0")
        expect(page.locator("main tbody th").first).to_have_text("290")
        rosa.check("Bericht")

    with step("Verlauf ansehen"):
        page.get_by_role("link", name="Verlauf ansehen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
        expect(page.locator("[data-chart] canvas").first).to_be_visible()
        rosa.check("Station")

    with step("Station auf der Karte finden"):
        page.goto("/sensoren/karte/")
        expect(page.get_by_role("link", name=NAME).first).to_be_visible()
        expect(page.locator(".map-marker").first).to_be_visible()
        rosa.check("Sensorkarte")
        guest = person(javascript=False, width=320)
        guest.page.goto(PROJECT_PATH)
        expect(guest.page.locator(".timeline").get_by_text(NAME).first).to_be_visible()
        point = json.load(urllib.request.urlopen(f"{server.url}/api/v1/stations?limit=1000"))["items"]
        mine = next(station for station in point if station["name"] == NAME)
        assert [mine["lng"], mine["lat"]] != exact_point(PLACE)

    with step("Neue Werte kommen sehen"):
        made = server.manage("lorawan_source", f"Probe {STAMP}", "--kind", "chirpstack", "--auto-map", "--json")
        assert made.returncode == 0, made.stderr
        source = json.loads(made.stdout.strip().splitlines()[-1])
        assert uplink(server, source, 17.5, 1) == 202
        page.goto("/sensoren/karte/")
        row = page.locator("li.station-row").filter(has_text=f"Klimabox {STAMP}")
        expect(row).to_contain_text("17,5")
        page.evaluate("window.unmoved = true")
        assert uplink(server, source, 23.4, 2) == 202
        expect(row).to_contain_text("23,4")
        assert page.evaluate("window.unmoved") is True
        assert uplink(server, source, 23.4, 2) == 200  # the same message again is known already


def test_bad_messages_and_files_change_nothing(person, server, tmp_path: Path):
    made = server.manage("lorawan_source", f"Streng {STAMP}", "--kind", "chirpstack", "--json")
    source = json.loads(made.stdout.strip().splitlines()[-1])

    def post(secret: str, body: bytes) -> tuple[int, str]:
        request = urllib.request.Request(
            f"{server.url}{source['url']}?event=up",
            data=body,
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {secret}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    assert post("falsch", b"{}")[0] == 401
    status, words = post(source["secret"], b'{"deviceInfo": ')
    assert status == 400
    assert re.search("JSON", words)

    rosa: Person = person()
    page = rosa.page
    page.goto("/konto/login/?next=/sensoren/registrieren/")
    sign_in(page)
    page.get_by_label("Name der Station").fill(f"Zweite Box {STAMP}")
    page.get_by_label("Ort in der Nähe").fill("Dahl")
    page.locator("main").get_by_role("button", name="Station anmelden").click()
    page.get_by_role("link", name="Werte hochladen").click()
    broken = tmp_path / "kaputt.csv"
    broken.write_bytes(b"\x00\xff\x00nur Unsinn\n\n;;;\n")
    page.get_by_label("CSV-Datei").set_input_files(broken)
    page.get_by_role("button", name="Datei prüfen").click()
    expect(page.locator("main [role=alert], main .form-errors, main .alert").first).to_be_visible()

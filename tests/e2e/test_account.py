"""A citizen follows a project, reads what is new, takes her data along and erases her account."""

from __future__ import annotations

import json
import re
import time
import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import step
from tests.e2e.test_signing_in import PASSWORD, sign_up

pytestmark = pytest.mark.e2e

PATH = "/projekte/baumsensoren-riemekepark/"


def test_a_citizen_follows_takes_along_and_erases(person):
    mia = person()
    page = mia.page
    address = f"mia{time.time_ns() % 10**9}@demo.example"
    sign_up(mia, address, "Mia Muster")

    with step("Einem Projekt folgen"):
        page.goto(PATH)
        page.get_by_role("link", name="Projekt folgen").click()
        mia.check("Folgen")
        page.get_by_label("einmal am Tag").check()
        page.get_by_role("button", name="Folgen", exact=True).click()
        expect(page.get_by_role("link", name="Sie folgen")).to_be_visible()

    with step("Neuigkeiten lesen"):
        page.goto("/konto/neuigkeiten/")
        expect(page.get_by_text("Mails: einmal am Tag")).to_be_visible()
        mia.check("Neuigkeiten")

    with step("Eigene Beiträge ansehen"):
        page.locator(".local-nav").get_by_role("link", name="Ihre Beiträge").click()
        expect(page.get_by_role("heading", name="Noch keine Beiträge")).to_be_visible()
        mia.check("Eigene Beiträge")

    with step("Geräte prüfen"):
        page.locator(".local-nav").get_by_role("link", name="Geräte und Sitzungen").click()
        expect(page.get_by_text("dieses Gerät")).to_be_visible()
        mia.check("Geräte")

    with step("Auszug anfordern"):
        page.locator(".local-nav").get_by_role("link", name="Meine Daten").click()
        mia.check("Meine Daten")
        page.get_by_role("button", name="Auszug anfordern").click()
        expect(page.get_by_role("link", name=re.compile("Herunterladen"))).to_be_visible()
        mia.check("Auszug")

    with step("Auszug herunterladen"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=re.compile("Herunterladen")).click()
        with zipfile.ZipFile(waiting.value.path()) as archive:
            parts = json.loads(archive.read("daten.json"))["parts"]
        assert parts["account"][0]["email"] == address

    with step("Ansehen, was eine Löschung täte"):
        page.goto("/konto/daten/")
        page.get_by_role("link", name="Ansehen, was dann geschieht").click()
        if page.get_by_label("Passwort").count():
            page.get_by_label("Passwort").fill(PASSWORD)
            page.locator("main").get_by_role("button").first.click()
        expect(page.get_by_role("heading", name="Das wird gelöscht")).to_be_visible()
        expect(page.get_by_text("Abonnements")).to_be_visible()
        mia.check("Konto löschen")

    with step("Konto löschen"):
        page.get_by_label("Schreiben Sie hier: löschen").fill("löschen")
        page.get_by_role("button", name="Konto endgültig löschen").click()
        expect(page.get_by_text("Ihr Konto ist gelöscht.")).to_be_visible()
        page.goto("/konto/")
        expect(page).to_have_url(re.compile("/konto/login/"))
    mia.close()


def test_without_javascript_one_reloads(person):
    tom = person(javascript=False)
    page = tom.page
    sign_up(tom, f"tom{time.time_ns() % 10**9}@demo.example", "Tom Muster")
    page.goto("/konto/daten/")
    page.get_by_role("button", name="Auszug anfordern").click()
    for _look in range(60):
        if page.get_by_role("link", name=re.compile("Herunterladen")).count():
            break
        page.get_by_role("link", name="Stand neu laden").click()
    expect(page.get_by_role("link", name=re.compile("Herunterladen"))).to_be_visible()
    tom.close()

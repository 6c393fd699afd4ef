"""Job 5: an editor changes the home page, publishes and schedules news, and switches on the Warnhinweis."""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.browser import PASSWORD, Person, step

pytestmark = pytest.mark.e2e

STAMP = f"{datetime.now():%H%M%S}"  # a second run in the same demo finds its own words only
LEAD = f"Neu seit {STAMP}: Fragen Sie uns alles über die digitale Stadt."
ALT = f"Buntes Rauschen {STAMP}"
NEWS = f"Neue Sensoren im Riemekepark {STAMP}"
LATER = f"Rückblick auf den Sommer {STAMP}"
PROJECT = "Baumsensoren im Riemekepark (Beispiel)"
PROJECT_PATH = "/projekte/baumsensoren-riemekepark/"
SLOW = 60_000


def public(somebody: Person, path: str = "/") -> tuple[str, str]:
    """What an anonymous visitor gets: the page, and whether it came from the page cache."""
    with urlopen(somebody.server.url + path) as answer:
        return answer.read().decode(), answer.headers["X-Cache"]


def saved(page: Page) -> None:
    expect(page.locator(".messages .success").first).to_be_visible(timeout=SLOW)


def publish(page: Page) -> None:
    """The menu beside "Entwurf speichern"."""
    page.get_by_role("button", name="Mehr Aktionen").click()
    page.locator("button[name=action-publish]").click()
    saved(page)


def write_text(page: Page, words: str) -> None:
    """Adds a text block to an empty body and writes into it."""
    page.locator("button.c-sf-add-button").last.click()
    page.get_by_role("option", name="Text", exact=True).click()
    editor = page.locator(".public-DraftEditor-content").last
    editor.click()
    expect(editor).to_be_focused()
    editor.press_sequentially(words, delay=10)
    expect(editor).to_contain_text(words)
    expect(page.locator("input[name^='body-'][name$='-value']").last).to_have_value(
        re.compile(words[:12]), timeout=SLOW
    )


def new_article(page: Page, title: str, words: str, project: str = "") -> None:
    page.goto("/verwaltung/pages/")
    page.get_by_role("link", name=re.compile("Sie reden mit")).first.click()
    page.goto(page.url.replace("/edit/", "/").split("?")[0])
    page.get_by_role("link", name="Aktuelles", exact=True).first.click()
    index = re.search(r"/pages/(\d+)/", page.url)
    assert index, page.url
    page.goto(f"/verwaltung/pages/add/cms/newspage/{index.group(1)}/")
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill(f"{title}, kurz gesagt.")
    write_text(page, words)
    if project:
        page.locator("#id_project").select_option(label=project)
    page.wait_for_load_state("networkidle")


def test_the_editors_job(person, tmp_path: Path):
    eva = person()
    page = eva.page
    page.set_default_timeout(SLOW)
    picture = tmp_path / "wasser.png"
    Image.frombytes("RGB", (80, 50), os.urandom(80 * 50 * 3)).resize((800, 500)).save(picture)  # never a duplicate

    with step("In der Verwaltung anmelden"):
        page.goto("/verwaltung/")
        expect(page).to_have_url(re.compile("/konto/login/"))
        page.locator("main").get_by_label("E-Mail").fill("redaktion@demo.example")
        page.locator("main input[type=password]").fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Anmelden", exact=True).click()
        expect(page).to_have_url(re.compile("/verwaltung/"))

    with step("Die Startseite öffnen"):
        public(eva)
        assert public(eva)[1] == "hit"
        page.goto("/verwaltung/pages/")
        page.get_by_role("link", name=re.compile("Sie reden mit")).first.click()
        if "/edit/" not in page.url:
            page.goto(page.url.rstrip("/") + "/edit/")
        home = page.url
        expect(page.locator("#id_lead")).to_be_visible()

    with step("Einen Satz ändern und ein Bild einfügen"):
        page.locator("#id_lead").fill(LEAD)
        page.locator("button.c-sf-add-button").last.click()
        page.get_by_role("option", name="Bild", exact=True).click()
        page.get_by_role("button", name=re.compile("Bild auswählen|Wählen Sie ein Bild")).last.click()
        upload = page.get_by_role("tab", name="Hochladen")
        expect(upload).to_be_visible(timeout=SLOW)
        expect(page.locator("#id_image-chooser-upload-file")).to_be_attached(timeout=SLOW)
        page.wait_for_load_state("networkidle")
        upload.click()
        page.locator("#id_image-chooser-upload-file").set_input_files(picture)
        page.locator("#id_image-chooser-upload-title").fill("Wasser")
        page.locator(".modal-content").get_by_role("button", name="Hochladen").click()
        expect(page.locator(".modal-content")).to_have_count(0, timeout=SLOW)
        page.locator("input[name$='-alt_text']").last.fill(ALT)

    with step("In der Vorschau ansehen"):
        page.get_by_role("button", name="Vorschau umschalten").click()
        preview = page.frame_locator(
            "iframe[title='Vorschau'], iframe#w-preview-iframe, [data-preview-panel] iframe"
        ).last
        expect(preview.get_by_text(LEAD)).to_be_attached(timeout=SLOW)

    with step("Als Entwurf speichern"):
        page.get_by_role("button", name="Entwurf speichern").first.click()
        saved(page)
        words, _cached = public(eva)
        assert LEAD not in words

    with step("Veröffentlichen"):
        public(eva)
        assert public(eva)[1] == "hit"
        page.goto(home)
        publish(page)
        words, cached = public(eva)
        assert LEAD in words
        assert f'alt="{ALT}"' in words
        assert cached == "miss"

    with step("Eine Meldung veröffentlichen"):
        new_article(page, NEWS, "Seit heute messen zehn neue Sensoren.", project=PROJECT)
        publish(page)
        assert NEWS in public(eva, "/aktuelles/")[0]
        assert NEWS in public(eva, PROJECT_PATH)[0]

    with step("Eine zweite Meldung planen"):
        new_article(page, LATER, "Das war der Sommer.")
        page.get_by_role("button", name="Entwurf speichern").first.click()
        saved(page)
        page.get_by_role("button", name="Status umschalten").click()
        page.get_by_role("button", name=re.compile("Zeitplan")).first.click()
        moment = datetime.now() + timedelta(days=1)
        page.locator("#id_go_live_at").fill(moment.strftime("%Y-%m-%d %H:%M"))
        page.get_by_role("button", name=re.compile("Zeitplan speichern")).press("Enter")  # the calendar lies above it
        saved(page)
        publish(page)
        assert LATER not in public(eva, "/aktuelles/")[0]

    with step("Einen Warnhinweis einschalten"):
        for path in ("/", "/suche/", "/sensoren/"):
            public(eva, path)
        page.goto("/verwaltung/warnhinweise/new/")
        page.locator("#id_title").fill("Hochwasser an der Pader")
        page.locator("#id_text").fill("Meiden Sie die Wege am Ufer.")
        page.locator("#id_link").fill("/aktuelles/")
        ends = datetime.now() + timedelta(minutes=2)
        page.locator("#id_ends").fill(ends.strftime("%Y-%m-%d %H:%M"))
        page.locator("main form button[type=submit]").first.click()
        saved(page)
        for path in ("/", "/suche/", "/sensoren/", "/projekte/karte/", "/en/"):
            assert "Hochwasser an der Pader" in public(eva, path)[0], path
        guest = person(width=320, scheme="dark")
        guest.page.goto("/")
        expect(guest.page.get_by_text("Hochwasser an der Pader")).to_be_visible()
        guest.check("Startseite mit Warnhinweis")
        guest.has_no_cookie()

    with step("Den Warnhinweis beenden lassen"):
        guest.page.goto("/aktuelles/")
        expect(guest.page.get_by_text("Hochwasser an der Pader")).to_be_visible()
        wait = max(0.0, (ends.replace(second=0, microsecond=0) - datetime.now()).total_seconds()) + 1
        guest.page.wait_for_timeout(wait * 1000)
        for path in ("/", "/suche/", "/aktuelles/"):
            assert "Hochwasser an der Pader" not in public(eva, path)[0], path


def test_a_warning_without_end_is_refused(person):
    otto = person()
    page = otto.page
    page.set_default_timeout(SLOW)
    page.goto("/verwaltung/warnhinweise/new/")
    page.locator("main").get_by_label("E-Mail").fill("redaktion@demo.example")
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Anmelden", exact=True).click()
    page.locator("#id_title").fill("Ohne Ende")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".error-message:visible").first).to_be_visible(timeout=SLOW)
    assert "Ohne Ende" not in public(otto)[0]

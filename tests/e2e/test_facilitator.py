"""Job 2: a facilitator rehearses, plans a DigiLog, leads a World Café and harvests; five browsers, one `kill -9`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PASSWORD, Person, flash, step

pytestmark = pytest.mark.e2e

MODERATOR = "moderation@demo.example"
PROJECT = "Baumsensoren im Riemekepark (Beispiel)"
PROJECT_PATH = "/projekte/baumsensoren-riemekepark/"
TITLE = "Bürger-DigiLog: Was die Bäume erzählen"
QUESTION = "Was sollen die Bäume uns sagen?"
PRACTISED = "Auch wir proben mit"
RUDE = "Unsachliche Karte über den Nachbarn"
KEPT = "Die Werte am Baum selbst anzeigen"
OFFLINE = "Geschrieben, während der Server weg war"
REPLY = "Bitte sachlich bleiben"
GROUP = "Was am Baum hängt"
HANDOVER = "Wir waren bei den Messwerten"
PROPOSAL = "Schilder am Baum zeigen die Werte"
OPINION = "Etwas mehr Zeit je Runde"
LIVE = 15_000
BACK = 60_000


def sign_in(person: Person) -> None:
    page = person.page
    page.goto("/konto/login/?next=/dialoge/")
    page.locator("main").get_by_label("E-Mail").fill(MODERATOR)
    page.locator("main").get_by_label("Kennwort").or_(page.locator("main input[type=password]")).first.fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/dialoge/"))


def write(page: Page, text: str) -> None:
    page.get_by_label("Ihre Karte").fill(text)
    page.get_by_role("button", name="Karte absenden").click()


def take_seat(page: Page, code: str, name: str = "") -> None:
    page.goto(f"/t/{code}/")
    if name:
        page.get_by_label("Wie sollen wir Sie am Tisch nennen?").fill(name)
    page.get_by_role("button", name="Am Tisch Platz nehmen").click()
    expect(page.get_by_label("Ihre Karte")).to_be_visible(timeout=LIVE)


def on_wall(page: Page, text: str):
    return page.locator(".wall__text", has_text=text)


def at_table(page: Page, text: str):
    return page.locator("[data-others] .note__text", has_text=text)


def own_state(page: Page, text: str):
    return page.locator("[data-own] .note", has_text=text).locator("[data-part=state]")


def test_a_facilitator_leads_an_evening(person, server):
    lead, ada, bob, eve, home = (
        person(),
        person(width=320),
        person(width=320, scheme="dark"),
        person(width=320),
        person(),
    )
    page = lead.page
    bob.page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=1))  # a phone whose clock is wrong

    with step("Anmelden und proben"):
        sign_in(lead)
        lead.check("Dialoge")
        page.get_by_role("button", name="Probelauf mit erfundenen Gästen").click()
        expect(page.locator(".glance__table")).to_have_count(6)
        expect(page.locator(".desk-card").first).to_be_visible(timeout=BACK)
        tables = page.locator(".glance__code strong").all_inner_texts()
        for guest, code in zip((ada, bob, eve, home), tables, strict=False):
            take_seat(guest.page, code)
        write(bob.page, PRACTISED)
        expect(page.locator(".desk-card", has_text=PRACTISED)).to_be_visible(timeout=LIVE)
        page.get_by_role("button", name="Runde beenden").click()
        for guest in (ada, bob, eve, home):
            expect(guest.page.get_by_text("Gerade ist keine Runde offen")).to_be_visible(timeout=LIVE)
        lead.check("Probelauf")

    with step("Einen Dialog planen"):
        page.goto("/dialoge/")
        page.get_by_role("link", name="Neuen Dialog planen").click()
        main = page.locator("main")
        main.get_by_label("Titel").fill(TITLE)
        main.get_by_label("Worum geht es?").fill("Sensoren sagen, wann ein Baum Wasser braucht. Was machen wir daraus?")
        main.get_by_label("Frage an den Tischen").fill(QUESTION)
        main.get_by_label("Beginn").fill("2030-05-14T18:00")
        main.get_by_label("Ende").fill("2030-05-14T21:00")
        main.get_by_label("Ort").first.fill("Stadthaus, Großer Saal")
        main.get_by_label("Projekt").select_option(label=PROJECT)
        lead.check("Dialog planen")
        page.get_by_role("button", name="Speichern").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)

    with step("Den Dialog veröffentlichen"):
        page.get_by_role("button", name="Veröffentlichen", exact=True).click()
        flash(page, "Der Dialog ist veröffentlicht.")
        lead.check("Dialogseite")

    with step("Ein World Café mit drei Tischen starten"):
        page.get_by_role("link", name="World Café leiten").click()
        lead.check("World Café starten")
        page.get_by_label("Zuschauen von zu Hause erlauben").check()
        page.get_by_role("button", name="World Café starten").click()
        codes = page.locator(".glance__code strong").all_inner_texts()
        assert len(codes) == 3
        page.get_by_role("link", name="Tisch-Codes zeigen und drucken").click()
        expect(page.locator(".codes__qr svg")).to_have_count(3)
        lead.check("Tisch-Codes")
        page.go_back()

    with step("Die Leinwand zeigen"):
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Leinwand öffnen").click()
        wall = opened.value
        expect(wall.locator("svg.qr")).to_have_count(3)
        expect(wall.get_by_text(f"127.0.0.1:{server.port}/t/")).to_be_visible()

    with step("Gäste Platz nehmen lassen"):
        ada.page.goto(f"/t/{codes[0]}/")
        ada.check("Tisch betreten")
        take_seat(ada.page, codes[0], "Ada")
        take_seat(bob.page, codes[0].lower())
        take_seat(eve.page, codes[0], "Eve")
        ada.has_no_cookie()
        bob.has_no_cookie()

    with step("Die erste Runde starten"):
        page.get_by_role("button", name="Erste Runde starten").click()
        expect(page.get_by_role("button", name="5 Minuten verlängern")).to_be_visible()
        for guest in (ada, bob):
            expect(guest.page.get_by_role("timer")).to_contain_text("19:", timeout=LIVE)
        page.get_by_role("button", name="Zeit anhalten").click()
        expect(bob.page.get_by_role("timer")).to_contain_text("angehalten", timeout=LIVE)
        page.get_by_role("button", name="Zeit weiterlaufen lassen").click()
        expect(bob.page.get_by_role("timer")).not_to_contain_text("angehalten", timeout=LIVE)

    with step("Karten verfolgen"):
        write(ada.page, RUDE)
        write(bob.page, KEPT)
        expect(at_table(bob.page, RUDE)).to_be_visible(timeout=LIVE)
        expect(at_table(ada.page, KEPT)).to_be_visible(timeout=LIVE)
        expect(own_state(ada.page, RUDE)).to_have_text("gesendet", timeout=LIVE)
        for text in (RUDE, KEPT):
            expect(on_wall(wall, text)).to_be_visible(timeout=LIVE)
            expect(page.locator(".desk-card", has_text=text)).to_be_visible(timeout=LIVE)
        ada.check("Telefon am Tisch")
        lead.check("Leinwand", wall)
        lead.check("Konsole")
        home.page.goto(page.url.replace("moderation/", "zuschauen/"))
        expect(home.page.locator(".desk-card", has_text=KEPT)).to_be_visible(timeout=LIVE)
        home.check("Von zu Hause zusehen")
        home.has_no_cookie()

    with step("Antworten und Gruppen"):
        note = bob.page.locator("[data-others] .note", has_text=RUDE)
        note.locator("summary", has_text="Antworten").click()
        note.get_by_label("Kurze Antwort").fill(REPLY)
        note.get_by_role("button", name="Antwort senden").click()
        expect(eve.page.locator(".replies li", has_text=REPLY)).to_be_visible(timeout=LIVE)
        eve.page.get_by_role("button", name="Ich bleibe als Gastgeberin oder Gastgeber hier").click()
        for text in (RUDE, KEPT):
            box = eve.page.locator("[data-others] .note", has_text=text).get_by_label("für eine Gruppe auswählen")
            expect(box).to_be_visible(timeout=LIVE)  # hosts alone have it
            box.focus()
            eve.page.keyboard.press("Space")
            expect(box).to_be_checked()
        eve.page.get_by_label("Ausgewählte Karten zu einer Gruppe legen").fill(GROUP)
        eve.page.keyboard.press("Enter")
        expect(on_wall(wall, GROUP)).to_be_visible(timeout=LIVE)
        expect(page.locator(".desk-group", has_text=GROUP)).to_be_visible(timeout=LIVE)
        eve.page.get_by_label("Was sollen die nächsten Gäste wissen?").fill(HANDOVER)
        eve.page.get_by_role("button", name="Übergabe speichern").click()
        expect(ada.page.get_by_text(HANDOVER)).to_be_visible(timeout=LIVE)
        page.locator(".desk-group", has_text=GROUP).get_by_role("button", name="Gruppe auflösen").click()
        expect(page.locator(".desk-group")).to_have_count(0, timeout=LIVE)
        cards = page.locator(".desk-card")
        cards.filter(has_text=KEPT).drag_to(cards.filter(has_text=RUDE))
        expect(page.locator(".desk-group")).to_have_count(1, timeout=LIVE)
        page.locator(".desk-group").get_by_role("button", name="Gruppe auflösen").click()
        expect(page.locator(".desk-group")).to_have_count(0, timeout=LIVE)
        eve.check("Telefon der Gastgeberin")

    with step("Hilfe rufen lassen"):
        ada.page.get_by_role("button", name="Moderation an den Tisch rufen").click()
        expect(page.locator(".glance__table").first).to_contain_text("ruft die Moderation", timeout=LIVE)
        page.get_by_role("button", name="Ich komme").first.click()
        expect(page.locator(".glance__table").first).not_to_contain_text("ruft die Moderation", timeout=LIVE)

    with step("Eine Karte ausblenden"):
        card = page.locator(".desk-card", has_text=RUDE)
        card.get_by_text("Ausblenden …").click()
        card.get_by_role("button", name="Jetzt ausblenden").click()
        expect(at_table(bob.page, RUDE)).to_have_count(0, timeout=LIVE)
        expect(on_wall(wall, RUDE)).to_have_count(0, timeout=LIVE)
        expect(bob.page.get_by_text("Von der Moderation ausgeblendet: 1")).to_be_visible(timeout=LIVE)
        expect(own_state(ada.page, RUDE)).to_have_text("von der Moderation ausgeblendet", timeout=LIVE)
        assert RUDE not in bob.page.content()

    with step("Einen Ausfall überstehen"):
        server.kill()
        write(ada.page, OFFLINE)
        expect(own_state(ada.page, OFFLINE)).to_have_text("wartet", timeout=LIVE)
        server.start()
        expect(own_state(ada.page, OFFLINE)).to_have_text("gesendet", timeout=BACK)
        expect(at_table(bob.page, OFFLINE)).to_have_count(1, timeout=BACK)
        expect(on_wall(wall, OFFLINE)).to_have_count(1, timeout=BACK)
        ada.page.reload()
        expect(own_state(ada.page, OFFLINE)).to_have_text("gesendet", timeout=LIVE)
        expect(at_table(ada.page, KEPT)).to_be_visible(timeout=LIVE)

    with step("Die Tische wechseln"):
        page.reload()
        page.get_by_role("button", name="Plan machen").click()
        expect(page.get_by_text("Niemand sitzt zweimal am selben Tisch")).to_be_visible()
        expect(bob.page.get_by_text("In der nächsten Runde: Tisch")).to_be_visible(timeout=LIVE)
        page.get_by_role("link", name="Plan zeigen und drucken").click()
        expect(page.locator(".plan tbody tr")).to_have_count(2)
        lead.check("Plan der Tische")
        page.go_back()
        page.get_by_role("button", name="Runde beenden").click()
        expect(bob.page.get_by_text("Gerade ist keine Runde offen")).to_be_visible(timeout=LIVE)
        page.get_by_role("button", name="Gäste an neue Tische schicken").click()
        for guest in (ada, bob):
            expect(guest.page.locator("[data-walk]")).to_contain_text("Sie gehen jetzt zu Tisch", timeout=LIVE)
        expect(eve.page.locator("[data-walk]")).to_be_hidden()
        ada.page.reload()
        expect(ada.page.locator(".phone__table strong")).not_to_have_text("1", timeout=LIVE)

    with step("Ernten"):
        page.get_by_role("button", name="Ernte beginnen").click()
        expect(page.get_by_text("Noch kein Vorschlag von einem Tisch.")).to_be_visible(timeout=LIVE)
        page.locator(".desk-card", has_text=KEPT).get_by_role("button", name="Als Ergebnis").click()
        expect(page.locator("ol.harvest")).to_contain_text(KEPT)
        eve.page.locator("[data-others] .note", has_text=KEPT).get_by_label("für eine Gruppe auswählen").check()
        eve.page.get_by_label("Ausgewählte Karten zu einer Gruppe legen").fill(GROUP)
        eve.page.get_by_role("button", name="Gruppe bilden").click()
        group = eve.page.locator(".group", has_text=GROUP)
        group.get_by_label("Als Ergebnis vorschlagen").fill(PROPOSAL)
        group.get_by_role("button", name="Ergebnis vorschlagen").click()
        expect(group.get_by_text("Vorgeschlagen. Die Moderation entscheidet.")).to_be_visible(timeout=LIVE)
        expect(page.locator("ul.harvest")).to_contain_text(PROPOSAL, timeout=LIVE)  # without loading the page anew
        page.get_by_role("button", name="Übernehmen", exact=True).click()
        expect(page.locator("ol.harvest li")).to_have_count(2)
        page.get_by_role("button", name="Nach unten").click()
        expect(page.locator("ol.harvest > li").last).to_contain_text(KEPT)
        page.get_by_role("button", name="Nach oben").click()
        expect(page.locator("ol.harvest > li").first).to_contain_text(KEPT)
        lead.check("Ernte")

    with step("Die Ergebnisse veröffentlichen"):
        page.get_by_label("Zusammenfassung").fill("Die Tische wollen die Werte dort sehen, wo der Baum steht.")
        page.get_by_role("button", name="Ergebnisse veröffentlichen").click()
        guest = person(javascript=False)
        guest.page.goto(PROJECT_PATH)
        expect(guest.page.locator(".timeline")).to_contain_text(KEPT)
        guest.page.goto("/dialoge/")
        guest.page.get_by_role("link", name=TITLE).first.click()
        expect(guest.page.locator(".results")).to_contain_text(KEPT)
        guest.page.get_by_role("link", name="Die Tafel des Abends, Zahlen und Downloads").click()
        expect(guest.page.get_by_text("Beleidigung oder Herabsetzung: 1")).to_be_visible()
        guest.page.locator("#bei").evaluate("element => { element.value = 0; }")
        guest.page.get_by_role("button", name="Diesen Stand zeigen").click()
        expect(guest.page.get_by_text("noch keine Karte auf der Tafel")).to_be_visible()
        guest.has_no_cookie()
        home.page.goto(guest.page.url.split("?")[0])
        expect(home.page.locator(".desk-card", has_text=KEPT)).to_be_visible()
        home.page.locator("#bei").focus()
        home.page.keyboard.press("Home")
        expect(home.page.locator(".desk-card", has_text=KEPT)).to_have_count(0)
        home.page.keyboard.press("End")
        expect(home.page.locator(".desk-card", has_text=KEPT)).to_be_visible()
        home.check("Tafel des Abends")
        home.page.get_by_role("link", name="Alle Zahlen des Abends").click()
        expect(home.page.get_by_text("Karten an jedem Tisch").first).to_be_visible()
        home.check("Zahlen des Abends")

    with step("Die Gäste fragen"):
        questions = ada.page.locator("[data-feedback]")
        expect(questions).to_be_visible(timeout=LIVE)
        ada.check("Drei Fragen")
        questions.get_by_label("4", exact=True).check()
        questions.get_by_label("Ja", exact=True).check()
        questions.get_by_label("Was sollen wir beim nächsten Mal anders machen?").fill(OPINION)
        questions.get_by_role("button", name="Antworten absenden").click()
        expect(questions.get_by_text("Ihre Antworten sind angekommen")).to_be_visible(timeout=LIVE)
        ada.page.reload()
        expect(ada.page.get_by_text("Verbunden", exact=True)).to_be_visible(timeout=LIVE)
        expect(questions).to_be_hidden()
        page.get_by_role("link", name="Drei Fragen an die Gäste").click()
        expect(page.locator("main")).to_contain_text("1 Gast hat geantwortet.")
        expect(page.locator("main")).to_contain_text(OPINION)
        lead.check("Rückmeldungen")
        home.page.goto("/dialoge/zahlen/")
        expect(home.page.get_by_role("link", name=TITLE)).to_be_visible()
        home.check("Zahlen des Jahres")
        ada.has_no_cookie()


def test_a_guest_without_script_writes_and_votes(person, server):
    import json

    practice = json.loads(server.manage("rehearse", "--tables", "1", "--json").stdout.splitlines()[-1])
    code = practice["tables"][0]["code"]
    carl = person(width=320, javascript=False)
    page = carl.page
    page.goto(f"/t/{code}/")
    page.get_by_role("button", name="Am Tisch Platz nehmen").click()
    write(page, "Mehr Bänke im Schatten")
    expect(page.locator(".note__text", has_text="Mehr Bänke im Schatten")).to_be_visible()
    page.get_by_role("button", name="Punkt geben").click()
    expect(page.get_by_text("Punkte übrig: 2")).to_be_visible()
    page.get_by_text("Ändern").click()
    page.get_by_label("Neuer Text").fill("Viel mehr Bänke")
    page.get_by_role("button", name="Änderung speichern").click()
    expect(page.locator(".note__text", has_text="Viel mehr Bänke")).to_be_visible()
    page.get_by_role("button", name="Löschen").click()
    expect(page.locator(".note__text", has_text="Viel mehr Bänke")).to_have_count(0)


def test_a_wrong_code_and_a_full_table_are_said_in_german(person):
    dora = person(width=320)
    page = dora.page
    page.goto("/t/ZZZZZ/")
    expect(page.get_by_role("alert")).to_have_text(
        "Diesen Tisch-Code gibt es nicht. Bitte prüfen Sie die Schreibweise."
    )
    dora.check("Tisch finden")

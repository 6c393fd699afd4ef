"""Podium, poll and speed dialogue in the browser; a guest without script through a whole evening; keyboard alone."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_facilitator import LIVE, sign_in, take_seat, write

pytestmark = pytest.mark.e2e
COUNT_SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket { constructor(...args) { super(...args); sockets.push(this); } };
"""


def plan(page: Page, title: str, format_: str) -> str:
    """A published event with an open session of this form; the code of its first table."""
    page.goto("/dialoge/")
    page.get_by_role("link", name="Neuen Dialog planen").click()
    main = page.locator("main")
    main.get_by_label("Titel").fill(title)
    main.get_by_label("Worum geht es?").fill("Eine Sitzung der Tests.")
    main.get_by_label("Frage an den Tischen").fill("Was brauchen wir?")
    main.get_by_label("Beginn").fill("2030-05-14T18:00")
    main.get_by_label("Ende").fill("2030-05-14T21:00")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("button", name="Veröffentlichen", exact=True).click()
    page.get_by_role("link", name="World Café leiten").click()
    page.get_by_label("Was möchten Sie leiten?").select_option(format_)
    page.get_by_role("button", name="World Café starten").click()
    return page.locator(".glance__code strong").first.inner_text()


def test_questions_to_the_podium(person):
    lead, ada, bob = person(), person(width=320), person(width=320, scheme="dark")
    sign_in(lead)
    code = plan(lead.page, "Fragen an das Podium", "podium")
    lead.page.get_by_role("button", name="Erste Runde starten").click()
    for guest in (ada, bob):
        guest.page.goto(f"/t/{code}/")
        guest.page.get_by_role("button", name="Am Tisch Platz nehmen").click()
        expect(guest.page.get_by_label("Ihre Frage an das Podium")).to_be_visible(timeout=LIVE)
    for text in ("Wann beginnt der Bau?", "Was kostet der Bau?"):
        ada.page.get_by_label("Ihre Frage an das Podium").fill(text)
        ada.page.get_by_role("button", name="Frage absenden").click()
    note = bob.page.locator("[data-others] .note", has_text="Was kostet der Bau?")
    note.locator("[data-part=vote] button").click()
    expect(note).to_contain_text("Punkte: 1", timeout=LIVE)
    expect(bob.page.locator("[data-others] .note").first).to_contain_text("Was kostet der Bau?", timeout=LIVE)
    lead.page.locator(".desk-card", has_text="Was kostet der Bau?").get_by_role(
        "button", name="Wird jetzt beantwortet"
    ).click()
    expect(note).to_contain_text("wird gerade beantwortet", timeout=LIVE)
    lead.check("Konsole des Podiums")
    ada.check("Telefon beim Podium")
    lead.page.locator(".desk-card", has_text="Was kostet der Bau?").get_by_role(
        "button", name="Ist beantwortet"
    ).click()
    expect(note).to_contain_text("beantwortet", timeout=LIVE)
    expect(note).not_to_contain_text("wird gerade")


def test_a_phone_asleep_for_an_hour_wakes_up(person, server):
    """Its timers stood still, its connection is old: it comes back at once, with what was written meanwhile."""
    practice = json.loads(server.manage("rehearse", "--tables", "1", "--json").stdout.splitlines()[-1])
    code = practice["tables"][0]["code"]
    sleeper, writer = person(width=320), person(width=320)
    sleeper.page.add_init_script(COUNT_SOCKETS)
    sleeper.page.clock.install()
    take_seat(sleeper.page, code)
    take_seat(writer.page, code)
    expect(sleeper.page.get_by_text("Verbunden", exact=True)).to_be_visible(timeout=LIVE)
    sleeper.page.get_by_label("Ihre Karte").fill("Halb geschrieben")
    assert sleeper.page.evaluate("sockets.length") == 1
    sleeper.page.evaluate("sockets[0].onmessage = null")  # the network forgot the phone without a word
    write(writer.page, "Während Sie schliefen")
    expect(writer.page.locator("[data-own] .note", has_text="Während Sie schliefen")).to_contain_text("gesendet")
    sleeper.page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=1))
    sleeper.page.evaluate("dispatchEvent(new Event('pageshow'))")
    assert sleeper.page.evaluate("sockets.length") == 2, "at once, not at the next heartbeat"
    expect(sleeper.page.locator("[data-others] .note", has_text="Während Sie schliefen")).to_have_count(1, timeout=LIVE)
    expect(sleeper.page.get_by_label("Ihre Karte")).to_have_value("Halb geschrieben")
    sleeper.page.evaluate("dispatchEvent(new Event('online'))")
    assert sleeper.page.evaluate("sockets.length") == 3
    write(sleeper.page, "Wieder da")
    expect(writer.page.locator("[data-others] .note", has_text="Wieder da")).to_have_count(1, timeout=LIVE)


def test_a_poll_with_one_question(person):
    lead, ada, bob = person(), person(width=320), person(width=320)
    sign_in(lead)
    code = plan(lead.page, "Umfrage im Saal", "poll")
    lead.page.get_by_role("button", name="Erste Runde starten").click()
    for text in ("Montag", "Dienstag"):
        lead.page.locator("#papier-text").fill(text)
        lead.page.get_by_role("button", name="Eintragen", exact=True).click()
        expect(lead.page.locator(".desk-card", has_text=text)).to_be_visible(timeout=LIVE)
    for guest in (ada, bob):
        guest.page.goto(f"/t/{code}/")
        guest.page.get_by_role("button", name="Am Tisch Platz nehmen").click()
        option = guest.page.locator("[data-others] .note", has_text="Montag")
        option.locator("[data-part=vote] button").click()
        expect(option).to_contain_text("Ihre Wahl", timeout=LIVE)
    other = bob.page.locator("[data-others] .note", has_text="Dienstag")
    other.locator("[data-part=vote] button").click()
    expect(other).to_contain_text("Ihre Wahl", timeout=LIVE)
    expect(bob.page.locator("[data-others] .note", has_text="Montag")).not_to_contain_text("Ihre Wahl")
    expect(lead.page.locator(".desk-card", has_text="Montag")).to_contain_text("Punkte: 1", timeout=LIVE)
    expect(lead.page.locator(".desk-card", has_text="Dienstag")).to_contain_text("Punkte: 1", timeout=LIVE)
    bob.check("Telefon bei der Umfrage")


def test_a_speed_dialogue_moves_guests_in_short_rounds(person):
    lead, ada, bob = person(), person(width=320), person(width=320)
    sign_in(lead)
    first = plan(lead.page, "Speed-Dialog im Saal", "speed")
    take_seat(ada.page, first, "Ada")
    take_seat(bob.page, first, "Bo")
    expect(lead.page.get_by_label("Minuten", exact=True)).to_have_value("5")
    lead.page.get_by_role("button", name="Erste Runde starten").click()
    expect(ada.page.get_by_role("timer")).to_contain_text("4:", timeout=LIVE)
    write(ada.page, "Mehr Bänke")
    expect(bob.page.locator("[data-others] .note", has_text="Mehr Bänke")).to_be_visible(timeout=LIVE)
    lead.page.get_by_role("button", name="Plan machen").click()
    expect(bob.page.get_by_text("In der nächsten Runde: Tisch")).to_be_visible(timeout=LIVE)
    lead.page.get_by_role("button", name="Runde beenden").click()
    lead.page.get_by_role("button", name="Gäste an neue Tische schicken").click()
    for guest in (ada, bob):
        expect(guest.page.locator("[data-walk]")).to_contain_text("Sie gehen jetzt zu Tisch", timeout=LIVE)


def test_without_script_an_evening_works_from_the_seat_to_the_questions(person):
    """Write, edit, delete, vote, see the timer and the next table, walk there, answer: all by forms."""
    lead, carl = person(), person(width=320, javascript=False)
    sign_in(lead)
    code = plan(lead.page, "Abend ohne Skript", "worldcafe")
    page = carl.page
    page.goto(f"/t/{code}/")
    page.get_by_role("button", name="Am Tisch Platz nehmen").click()
    lead.page.get_by_role("button", name="Plan machen").click()
    lead.page.get_by_role("button", name="Erste Runde starten").click()
    expect(lead.page.get_by_role("button", name="Runde beenden")).to_be_visible(timeout=LIVE)
    page.get_by_role("link", name="Jetzt neu laden").click()
    expect(page.get_by_role("timer")).to_contain_text(re.compile(r"bis \d\d:\d\d Uhr"))
    expect(page.get_by_text(re.compile(r"In der nächsten Runde: Tisch [23]"))).to_be_visible()
    write(page, "Mehr Bänke")
    page.get_by_role("button", name="Punkt geben").first.click()
    expect(page.get_by_text("Punkte übrig: 2")).to_be_visible()
    page.get_by_role("button", name="Punkt zurücknehmen").first.click()
    expect(page.get_by_text("Punkte übrig: 3")).to_be_visible()
    page.get_by_text("Ändern").click()
    page.get_by_label("Neuer Text").fill("Viel mehr Bänke")
    page.get_by_role("button", name="Änderung speichern").click()
    expect(page.locator(".note__text", has_text="Viel mehr Bänke")).to_be_visible()
    page.get_by_role("button", name="Löschen").click()
    expect(page.locator(".note__text")).to_have_count(0)
    write(page, "Bleibt stehen")
    lead.page.get_by_role("button", name="Runde beenden").click()
    lead.page.get_by_role("button", name="Gäste an neue Tische schicken").click()
    expect(lead.page.get_by_role("button", name="Ernte beginnen")).to_be_visible(timeout=LIVE)
    page.goto(f"/t/{code}/")
    expect(page.get_by_text(re.compile(r"Sie gehen jetzt zu Tisch [23]"))).to_be_visible()
    page.get_by_role("link", name=re.compile(r"Tisch [23] öffnen")).click()
    lead.page.get_by_role("button", name="Ernte beginnen").click()
    expect(lead.page.get_by_role("button", name="Ernte beginnen")).to_have_count(0, timeout=LIVE)
    page.reload()
    page.get_by_label("5 sehr").check()
    page.get_by_role("button", name="Antworten absenden").click()
    expect(page.get_by_text("Ihre Antworten sind angekommen")).to_be_visible()


def reachable(page: Page) -> tuple[int, list[str]]:
    """Walks once through the page with Tab: how many stops it has, and which visible controls were never reached."""
    page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)")
    wanted = page.evaluate(
        """() => {
            const shown = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0;
            const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
            const controls = [...document.querySelectorAll(kinds)];
            const radios = new Set();
            return controls.filter(shown).filter(e => {
                if (e.type !== 'radio') return true;
                if (radios.has(e.name)) return false;
                radios.add(e.name);
                return true;
            }).map((e, index) => (e.dataset.walk = e.type === 'radio' ? `radio-${e.name}` : `${index}`));
        }"""
    )
    seen: list[str] = []
    for _stop in range(len(wanted) + 40):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(e => e.type === 'radio' ? `radio-${e.name}` : e.dataset.walk ?? '')(document.activeElement)"
        )
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert name == "" or outline != "none", (
            f"kein sichtbarer Fokus: {page.evaluate('document.activeElement.outerHTML')[:200]}"
        )
        if name in seen and set(wanted) <= set(seen):
            break
        seen.append(name)
    missing = [
        page.evaluate("name => document.querySelector(`[data-walk='${name}']`)?.outerHTML.slice(0, 160)", name)
        for name in wanted
        if name not in seen
    ]
    return len(wanted), missing


def test_every_control_of_phone_console_projector_and_host_is_reached_by_keyboard(person, server):
    practice = json.loads(server.manage("rehearse", "--tables", "2", "--json").stdout.splitlines()[-1])
    guest, lead = person(width=320), person()
    take_seat(guest.page, practice["tables"][0]["code"], "Ada")
    write(guest.page, "Mehr Bänke")
    expect(guest.page.locator("[data-own] .note")).to_have_count(1, timeout=LIVE)
    plain, missing = reachable(guest.page)
    assert (plain > 7, missing) == (True, [])
    guest.page.get_by_role("button", name="Ich bleibe als Gastgeberin oder Gastgeber hier").click()
    expect(guest.page.get_by_label("Was sollen die nächsten Gäste wissen?")).to_be_visible(timeout=LIVE)
    host, missing = reachable(guest.page)
    assert (host > plain, missing) == (True, [])
    guest.check("Gastgeberin")
    for name in ("console", "projector"):
        lead.page.goto(practice[name])
        expect(lead.page.get_by_text("Mehr Bänke").first).to_be_visible(timeout=LIVE)
        _count, missing = reachable(lead.page)
        assert missing == [], name
        lead.check(name)

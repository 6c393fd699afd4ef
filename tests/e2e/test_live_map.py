"""The map's past, the estimate between stations, and the fields of stations on the move, as citizens use them."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Person

pytestmark = pytest.mark.e2e

MAP = "/sensoren/karte/?messgroesse=temperature"
# Some marker names the station with the value of the list, give or take a rounding.
SAME = """([name, value]) => [...document.querySelectorAll(".map-marker")].some((marker) => {
  const after = marker.getAttribute("aria-label").split(`${name}: Temperatur `)[1];
  return after && Math.abs(Number.parseFloat(after.replace(",", ".")) - value) < 0.11;
})"""
HOUR = re.compile(r"^\w+, \d+\. \w+, \d+ bis \d+ Uhr$")


def test_slider_by_keyboard_moves_list_and_map_together(person):
    rosa: Person = person()
    page = rosa.page
    page.goto(MAP)
    slider = page.get_by_role("slider", name="Zeitpunkt")
    expect(slider).to_have_attribute("aria-valuetext", "jetzt")
    expect(page.locator(".map-marker").first).to_be_visible()
    rosa.press_until(page, "Zeitpunkt")
    expect(slider).to_be_focused()
    with page.expect_response(lambda answer: "stations.geojson" in answer.url and "at=" in answer.url) as told:
        page.keyboard.press("ArrowLeft")
    at = re.search(r"at=([^&]+)", told.value.url)
    assert at
    expect(page.locator("[data-moment-text]")).to_have_text(HOUR)
    shown = page.locator("[data-moment-text]").inner_text()
    expect(slider).to_have_attribute("aria-valuetext", shown)
    expect(page.locator("#liste")).to_contain_text(shown)
    assert f"zeit={at[1]}" in page.url
    row = page.locator("li.station-row", has=page.locator(".reading__value")).first
    name, value = row.get_by_role("link").inner_text(), row.locator(".reading__value").inner_text()
    page.wait_for_function(SAME, arg=[name, float(value.split()[0].replace(",", "."))])
    expect(page.locator("[data-live-note]")).to_be_hidden()
    rosa.check("Karte in einer Stunde der Vergangenheit")

    page.get_by_label("Tage des letzten Monats").check()
    page.get_by_role("button", name="Früher").click()
    expect(page.locator("[data-moment-text]")).to_have_text(re.compile("Mittel des Tages$"))
    expect(page.locator("#liste")).to_contain_text("Mittel des Tages")
    page.get_by_role("button", name="Jetzt").click()
    expect(page.locator("#liste")).not_to_contain_text("Mittel des Tages")
    assert "zeit=" not in page.url
    expect(page.locator("[data-live-channel]").first).to_be_visible()
    rosa.has_no_cookie()


def test_play_steps_until_stopped_and_not_at_all_where_motion_is_unwanted(person):
    rosa: Person = person()
    page = rosa.page
    page.goto(MAP)
    play = page.get_by_role("button", name="Abspielen")
    seen = page.locator("[data-moment-text]")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "true")
    expect(seen).to_have_text(HOUR)
    first = seen.inner_text()
    expect(seen).not_to_have_text(first)
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")
    page.emulate_media(reduced_motion="reduce")
    expect(play).to_be_hidden()
    expect(page.get_by_role("button", name="Früher")).to_be_visible()
    page.goto(MAP)
    expect(page.get_by_role("slider", name="Zeitpunkt")).to_be_visible()
    expect(page.locator("[data-moment-play]")).to_be_hidden()


def test_past_without_a_script_on_a_small_screen(person):
    guest: Person = person(javascript=False, width=320)
    page = guest.page
    page.goto(MAP)
    page.get_by_text("Zeitpunkt wählen").click()
    hours = page.get_by_label("Stunde oder Tag").locator("optgroup").first.locator("option")
    label = hours.last.inner_text()
    page.get_by_label("Stunde oder Tag").select_option(label=label)
    page.get_by_role("button", name="Zeigen").click()
    expect(page.locator("#liste")).to_contain_text(label)
    expect(page.locator("main")).to_contain_text("Mittel aus")
    assert "messgroesse=temperature" in page.url


def test_surface_tells_its_error_or_why_there_is_none(person):
    rosa: Person = person()
    page = rosa.page
    page.goto(MAP)
    page.get_by_label("Zwischen den Stationen schätzen").check()
    page.get_by_role("button", name="Anwenden").click()
    part = page.locator("[data-moment-part=flaeche]")
    expect(part).to_contain_text("Durchschnittlicher Fehler")
    expect(part).to_contain_text(re.compile(r"Gerechnet aus \d+ Stationen"))
    drawn = page.locator("path.surface")
    expect(drawn.first).to_be_attached()
    steps = set(drawn.evaluate_all("p => p.map(n => n.getAttribute('class').match(/step-(\\d)/)[1])"))
    listed = set(page.locator(".surface-legend tbody th").all_inner_texts())
    assert steps <= {number.strip() for number in listed}
    rosa.check("Fläche zwischen den Stationen")
    page.goto("/sensoren/karte/?messgroesse=noise&flaeche=on")
    expect(part).to_contain_text("keinen sinnvollen Zwischenwert")
    expect(page.locator(".map-marker").first).to_be_visible()
    assert drawn.count() == 0


def test_page_of_fields_explains_itself(person):
    rosa: Person = person()
    page = rosa.page
    page.goto("/sensoren/karte/")
    page.get_by_role("link", name="Unterwegs gemessen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Unterwegs gemessen")
    expect(page.locator("main")).to_contain_text("Warum so grob und so spät?")
    rosa.check("Unterwegs gemessen")
    rosa.has_no_cookie()


def test_a_value_that_moves_keeps_its_words_and_the_form_of_its_time(person):
    page = person().page
    page.goto("/sensoren/")
    moved = page.wait_for_selector(".reading:has([data-live-words]) .is-fresh")
    channel = moved.get_attribute("data-live-channel")
    words = page.locator(f"[data-live-words='{channel}']")
    expect(words).to_be_visible()
    assert words.inner_text() in {word for _, word, _ in json.loads(words.get_attribute("data-bands") or "")}
    expect(page.locator(f"[data-live-time='{channel}']")).to_have_text(
        re.compile(r"^\d{1,2}\. \w+ \d{4}, \d\d:\d\d Uhr$")
    )

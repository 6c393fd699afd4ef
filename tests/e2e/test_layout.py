"""What lies where: nothing covers, cuts or widens what people need to see."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PASSWORD

pytestmark = pytest.mark.e2e

BOARD = "/dialoge/digilog-digitale-sprechstunde/leinwand/"
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Pairs of place names, or of a name and a mark, that lie on each other.
COVERED = """() => {
  const seen = [...document.querySelectorAll(".map-marker, .map-place span")]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }));
  const boxes = seen.map((node) => [node, node.getBoundingClientRect()]);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
    .filter(([two, b]) => (one.matches("span") || two.matches("span")) && meet(a, b))
    .map(([two]) => `${one.textContent} / ${two.textContent}`));
}"""
CUT = """() => [...document.querySelectorAll(".wall__codes li > *, .wall__address, .wall__timer, .wall__question")]
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([, box]) => box.bottom > innerHeight || box.right > innerWidth)
  .map(([node]) => node.textContent.trim() || node.className)"""


def settled(page: Page, question: str) -> object:
    """The answer once the page has drawn itself."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate(question)


@pytest.mark.parametrize("path", ["/sensoren/stationen/luft-am-rathaus/", "/projekte/baumsensoren-riemekepark/"])
def test_chart_gives_way_when_the_window_narrows(person, path):
    page = person().page
    page.goto(path)
    expect(page.locator(".chart__plot canvas").first).to_be_attached()
    page.set_viewport_size({"width": 320, "height": 640})
    assert settled(page, WIDER) == 0


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path", ["/sensoren/karte/", "/sensoren/stationen/luft-am-rathaus/", "/dialoge/digilog-baeume-die-sich-melden/"]
)
def test_names_on_a_map_cover_neither_each_other_nor_a_mark(person, path, width):
    page = person(width=width).page
    page.goto(path)
    expect(page.locator(".map-marker").first).to_be_attached()
    expect(page.locator(".map-place").first).to_be_attached()
    assert settled(page, COVERED) == []


@pytest.mark.parametrize("height", [720, 900, 1080])
def test_every_code_of_the_hall_stays_on_the_screen(person, height):
    page = person().page
    page.goto(f"/konto/login/?next={BOARD}")
    page.locator("main input[name=login]").fill("moderation@demo.example")
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form:has(input[name=password]) button[type=submit]").first.click()
    page.set_viewport_size({"width": 1280, "height": height})
    expect(page.locator(".wall__codes li")).to_have_count(3)
    expect(page.locator("[data-timer]")).not_to_be_empty()
    assert settled(page, CUT) == []


def test_who_lacks_the_right_is_told_so_by_the_administration(person):
    page = person().page
    page.goto("/konto/login/?next=/verwaltung/")
    page.locator("main input[name=login]").fill("buergerin@demo.example")
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form:has(input[name=password]) button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Das dürfen Sie hier nicht.")

"""The frame of every page in a real browser: style guide with axe, theme, menu, chart by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Person

pytestmark = pytest.mark.e2e
DARK = "rgb(18, 32, 43)"
GROUND = "getComputedStyle(document.body).backgroundColor"


def test_style_guide_is_accessible_and_sets_no_cookie(person: Callable[..., Person]) -> None:
    visitor = person()
    visitor.page.goto("/gestaltung/")
    expect(visitor.page.get_by_role("slider")).to_be_visible()
    visitor.check("Gestaltung")
    visitor.has_no_cookie()


def test_chosen_theme_stays_over_a_reload(person: Callable[..., Person]) -> None:
    visitor = person()
    visitor.page.goto("/gestaltung/")
    visitor.page.get_by_text("dunkel", exact=True).click()
    assert visitor.page.evaluate(GROUND) == DARK
    visitor.page.reload()
    assert visitor.page.evaluate(GROUND) == DARK
    expect(visitor.page.get_by_role("radio", name="dunkel")).to_be_checked()
    visitor.has_no_cookie()


def test_skip_link_comes_first_and_leads_to_the_content(person: Callable[..., Person]) -> None:
    visitor = person()
    visitor.page.goto("/gestaltung/")
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.locator(":focus")).to_have_text("Zum Inhalt springen")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()


def test_menu_opens_without_javascript_on_a_phone(person: Callable[..., Person]) -> None:
    visitor = person(width=320, javascript=False)
    visitor.page.goto("/gestaltung/")
    visitor.page.locator(".header__menu > summary").click()
    expect(visitor.page.locator(".header__sheet").get_by_role("link", name="Projekte")).to_be_visible()


def test_menu_closes_by_escape_and_gives_the_focus_back(person: Callable[..., Person]) -> None:
    visitor = person(width=320)
    visitor.page.goto("/gestaltung/")
    visitor.page.locator(".header__menu > summary").focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator(".header__sheet")).to_be_hidden()
    expect(visitor.page.locator(".header__menu > summary")).to_be_focused()


def test_chart_reads_its_values_by_arrow_keys(person: Callable[..., Person]) -> None:
    visitor = person()
    visitor.page.goto("/gestaltung/")
    chart = visitor.page.get_by_role("slider")
    chart.focus()
    visitor.page.keyboard.press("Home")
    visitor.page.keyboard.press("ArrowRight")
    expect(chart).to_have_attribute("aria-valuetext", "Sa., 21. November um 01:00: Rathaus 3,8 °C, Paderquellen 2,5 °C")
    expect(visitor.page.locator(".chart__readout")).to_contain_text("01:00")

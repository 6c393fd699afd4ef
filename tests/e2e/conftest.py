"""One demo server and one Chromium for all browser tests; each person is a browser context of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.browser import Person
from tests.e2e.server import DemoServer

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    var_dir = tmp_path_factory.mktemp("var")
    if built := os.environ.get("E2E_VAR"):  # a `var/` that was built before saves minutes while writing tests
        shutil.copytree(built, var_dir, dirs_exist_ok=True)
    demo = DemoServer(var_dir)
    demo.start()
    yield demo
    demo.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"Browsertests übersprungen: {CHROMIUM} fehlt (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def person(browser: Any, server: DemoServer) -> Iterator[Callable[..., Person]]:
    """`person(width=320, scheme="dark", javascript=False)`; at the end nobody may have a complaint."""
    people: list[Person] = []

    def arrive(**options: Any) -> Person:
        newcomer = Person(browser, server, **options)
        people.append(newcomer)
        return newcomer

    yield arrive
    for somebody in people:
        somebody.close()

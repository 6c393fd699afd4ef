"""One demo server and one Chromium for all browser tests of a process; each person is a browser context of its own.

Several processes (`-n 2 --dist loadfile`) have a server each; the first builds the demo, the others copy its `var/`.
"""

from __future__ import annotations

import fcntl
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
    built = os.environ.get("E2E_VAR")  # a `var/` that was built before saves minutes while writing tests
    var_dir = tmp_path_factory.mktemp("var")
    shutil.copytree(built or build(tmp_path_factory), var_dir, dirs_exist_ok=True)
    demo = DemoServer(var_dir)
    demo.start()
    yield demo
    demo.stop()


def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `var/` that `make demo` built from nothing; the processes of one run share it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "built"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            demo = DemoServer(folder)
            demo.start()
            demo.stop()
            (folder / "ready").touch()
    return folder


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

"""What a person at a browser does and sees, and what must hold on every page they pass."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.e2e.server import ROOT, DemoServer

PASSWORD = "Paderquelle-2026"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = ((1280, 900), (320, 640))
SCHEMES = ("light", "dark")
PATIENCE = 30_000  # milliseconds; a shared machine may be slow, a wrong page stays wrong


@contextmanager
def step(name: str) -> Iterator[None]:
    """One numbered step of a tutorial; the name is its bold title there."""
    try:
        yield
    except Exception as error:
        error.add_note(f"Schritt: {name}")
        raise


class Person:
    """Somebody with a browser. Collects what no page may do: script errors, CSP violations, requests to third hosts."""

    def __init__(
        self,
        browser: Browser,
        server: DemoServer,
        *,
        width: int = 1280,
        scheme: str = "light",
        javascript: bool = True,
        host: str = "127.0.0.1",
    ) -> None:
        self.server = server
        self.url = f"http://{host}:{server.port}"
        self.context: BrowserContext = browser.new_context(
            base_url=self.url,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            viewport={"width": width, "height": 900 if width > 400 else 640},
            color_scheme=scheme,
            java_script_enabled=javascript,
        )
        self.size = (width, 900 if width > 400 else 640)
        self.scheme = scheme
        self.javascript = javascript
        self.complaints: list[str] = []
        self.checked: set[str] = set()
        self.context.on("request", self._on_request)
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda error: self.complaints.append(f"Skriptfehler: {error.error}"))
        self.context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.page: Page = self.context.new_page()

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != urlsplit(self.url).netloc:
            self.complaints.append(f"Anfrage an fremden Host: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(f"CSP: {message.text[:300]}")

    # -- what must hold on every page -------------------------------------------------------------

    def check(self, kind: str, page: Page | None = None) -> None:
        """axe in light and dark, wide and narrow, and no sideways scrolling; once for each kind of page.

        axe is a script: without JavaScript there is nothing to check with.
        """
        if kind in self.checked or not self.javascript:
            return
        self.checked.add(kind)
        page = page or self.page
        problems: list[str] = []
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                problems += self._axe(page, f"{kind} {width}px {scheme}")
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if overflow > 0:
                problems.append(f"{kind} {width}px: {overflow} px zu breit")
        page.set_viewport_size({"width": self.size[0], "height": self.size[1]})
        page.emulate_media(color_scheme=self.scheme, reduced_motion="no-preference")
        assert not problems, "\n".join(problems)

    def _axe(self, page: Page, where: str) -> list[str]:
        if not page.evaluate("typeof window.axe === 'object'"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        result = page.evaluate(
            """async rules => {
                await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
                await Promise.allSettled(document.getAnimations().map(animation => animation.finished));
                const found = await axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false});
                const place = n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message || '');
                return found.violations.map(v => [v.id, v.help, v.nodes.slice(0, 4).map(place)]);
            }""",
            RULES,
        )
        return [f"{where}: {rule} {help_} {json.dumps(nodes, ensure_ascii=False)}" for rule, help_, nodes in result]

    def has_no_cookie(self) -> None:
        assert self.context.cookies() == []

    def close(self) -> None:
        self.context.close()
        assert not self.complaints, "\n".join(self.complaints)

    # -- the doors --------------------------------------------------------------------------------

    def code_from_mail(self, address: str) -> str:
        """The newest sign-in code in the demo's mailbox, read in a second browser window."""
        other = self.context.browser.new_context(base_url=self.server.url, locale="de-DE")  # type: ignore[union-attr]
        try:
            page = other.new_page()
            page.goto(f"/demo/postfach/?an={address}")
            page.locator("main tbody a").first.click()
            text = page.locator("[data-mail-text]").inner_text()
        finally:
            other.close()
        found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", text)
        assert found, text
        return found.group(0)

    def press_until(self, page: Page, accessible_name: str, *, key: str = "Tab", most: int = 120) -> None:
        """Moves the focus by keyboard until it stands on the element with this accessible name."""
        for _ in range(most):
            page.keyboard.press(key)
            name = page.evaluate(
                "(document.activeElement.getAttribute('aria-label') || document.activeElement.labels?.[0]?.innerText"
                " || document.activeElement.innerText || '').trim()"
            )
            if accessible_name in name:
                return
        raise AssertionError(f"„{accessible_name}“ ist mit {key} nicht erreichbar")


def flash(page: Page, text: str) -> None:
    """The portal says so after an act."""
    expect(page.get_by_text(text).first).to_be_visible()

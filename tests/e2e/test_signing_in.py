"""New people sign in by password with an authenticator app and by passkey, and find their own act."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Person

pytestmark = pytest.mark.e2e

PASSWORD = "Quellwasser-fliesst-2026"
PATH = "/projekte/baumsensoren-riemekepark/"
STAMP = f"{time.time_ns() % 10**9}"


def one_time_code(secret: str) -> str:
    """RFC 6238 with SHA-1, 30 s and six digits, as authenticator apps compute it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def sign_up(somebody: Person, address: str, name: str) -> None:
    page = somebody.page
    page.goto("/konto/login/")
    page.get_by_role("link", name="Konto anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Konto")
    somebody.check("Konto anlegen")
    page.locator("main").get_by_label("E-Mail-Adresse").fill(address)
    page.locator("main").get_by_label("Anzeigename").fill(name)
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("confirm"))
    page.get_by_label("Code").fill(somebody.code_from_mail(address))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "confirm" not in url)


def sign_out(page: Page) -> None:
    page.goto("/konto/logout/")
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url(lambda url: "logout" not in url)


def confirm_password(page: Page) -> None:
    """Asked for before a second factor is changed, unless the sign-in is quite fresh."""
    if "reauthenticate" in page.url:
        page.get_by_label("Passwort").fill(PASSWORD)
        page.get_by_role("button", name="Bestätigen").click()
        page.wait_for_url(lambda url: "reauthenticate" not in url)


def comment(somebody: Person, text: str) -> None:
    page = somebody.page
    page.goto(PATH)
    page.get_by_label("Ihr Kommentar").fill(text)
    page.get_by_role("button", name="Kommentar veröffentlichen").click()
    expect(page.get_by_text(text).first).to_be_visible()
    own = page.locator("article.comment").filter(has_text=text).get_attribute("id")
    assert own
    number = own.removeprefix("kommentar-")
    expect(page.locator(f".timeline a[href*='/kommentare/{number}/']").first).to_be_visible()


def test_password_with_an_authenticator_app(person):
    dora = person(scheme="dark")
    page = dora.page
    address = f"dora{STAMP}@demo.example"
    sign_up(dora, address, "Dora (Beispiel)")
    page.goto("/konto/2fa/totp/activate/")
    confirm_password(page)
    dora.check("App einrichten")
    secret = page.locator("#totp-secret").inner_text().replace(" ", "")
    page.get_by_label("Code aus der App").fill(one_time_code(secret))
    page.get_by_role("button", name="Einrichten").click()
    expect(page.locator("#recovery-codes li").first).to_be_visible()
    sign_out(page)

    page.goto(f"/konto/login/?next={PATH}")
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.get_by_label("Code").first.fill("000000")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.locator("main")).to_contain_text("Code")
    dora.check("Zweiter Faktor")
    page.get_by_label("Code").first.fill(one_time_code(secret))
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url(lambda url: urlsplit(url).path == PATH)
    comment(dora, f"Angemeldet mit Passwort und App, Lauf {STAMP}")


def test_a_passkey(person):
    emil = person(host="localhost")
    page = emil.page
    devtools = emil.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    address = f"emil{STAMP}@demo.example"
    sign_up(emil, address, "Emil (Beispiel)")
    page.goto("/konto/2fa/webauthn/add/")
    confirm_password(page)
    emil.check("Passkey einrichten")
    page.get_by_label(re.compile("Auch ohne Passwort")).check()
    page.get_by_role("button", name="Gerät verbinden").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    sign_out(page)

    page.goto(f"/konto/login/?next={PATH}")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url(lambda url: urlsplit(url).path == PATH)
    comment(emil, f"Angemeldet mit einem Passkey, Lauf {STAMP}")

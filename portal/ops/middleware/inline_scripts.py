"""Nonces for the inline scripts of Wagtail's templates that we know, and for no others.

Wagtail 8 starts choosers, date pickers and inline panels by small inline scripts: one call with JSON. A script gets
the nonce only if it has exactly that shape and its arguments are JSON, so nothing else can run under it. Answers to the
editor's own requests (choosers in a dialogue) carry HTML inside JSON and run under the page's policy, so the nonce
stays the same for one session.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_CALL = re.compile(
    r"<script>(?P<body>\s*(?:init(?:Date|Time|DateTime)Chooser|createTaskChooser|new (?:[A-Z][A-Za-z]*)?Chooser)"
    r"\((?P<arguments>[^<]*)\);?\s*)</script>"
)
_PANEL = re.compile(
    r"<script>(?P<body>\s*\(function\(\) \{\s*var panel = new (?:InlinePanel|MultipleChooserPanel)"
    r'\(JSON\.parse\("[^"<]*"\)\);\s*\}\)\(\);\s*)</script>'
)


def nonce_for(request: HttpRequest) -> str:
    """The nonce of this session; it cannot be guessed without SECRET_KEY and changes with each sign-in."""
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    digest = hmac.new(settings.SECRET_KEY.encode(), f"csp-nonce:{session_key}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:18]).decode()


def mark_html(html: str, nonce: str) -> str:
    """The HTML with `nonce` on each known inline script."""

    def call(match: re.Match[str]) -> str:
        try:
            json.loads(f"[{match['arguments']}]")
        except ValueError:
            return match[0]
        return f'<script nonce="{nonce}">{match["body"]}</script>'

    html = _CALL.sub(call, html)
    return _PANEL.sub(lambda match: f'<script nonce="{nonce}">{match["body"]}</script>', html)


def _mark_values(value: Any, nonce: str) -> Any:
    if isinstance(value, str):
        return mark_html(value, nonce) if "<script>" in value else value
    if isinstance(value, list):
        return [_mark_values(item, nonce) for item in value]
    if isinstance(value, dict):
        return {key: _mark_values(item, nonce) for key, item in value.items()}
    return value


def mark(response: HttpResponseBase, nonce: str) -> None:
    """Marks known scripts in an HTML answer, or in the HTML inside a JSON answer."""
    kind = response.get("Content-Type", "")
    if response.streaming or "script" not in _text(response):
        return
    if kind.startswith("text/html"):
        marked = mark_html(_text(response), nonce)
    elif kind.startswith("application/json"):
        try:
            marked = json.dumps(_mark_values(json.loads(_text(response)), nonce))
        except ValueError:
            return
    else:
        return
    response.content = marked.encode(response.charset)  # type: ignore[attr-defined]
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]


def _text(response: Any) -> str:
    return str(response.content.decode(response.charset, "replace")) if not response.streaming else ""

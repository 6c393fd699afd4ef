"""`/robots.txt` and `/.well-known/security.txt`."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

CLOSED = "User-agent: *\nDisallow: /\n"
OPEN = """User-agent: *
Disallow: /konto/
Disallow: /verwaltung/
Disallow: /django-admin/
Disallow: /moderation/
Disallow: /suche/
Disallow: /t/
Sitemap: {base}/sitemap.xml
"""


def robots(request: HttpRequest) -> HttpResponse:
    """The demo is for no search engine: its content is an example."""
    text = CLOSED if settings.DEMO else OPEN.format(base=settings.BASE_URL)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; the contact is the sender address of the portal."""
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    address = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    lines = [
        f"Contact: mailto:{address}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

"""Nonces for the inline scripts of the admin templates that we know, and for no others."""

from __future__ import annotations

from django.http import HttpResponse


def mark(response: HttpResponse, nonce: str) -> None:
    """Adds `nonce` to known inline scripts of an HTML answer."""

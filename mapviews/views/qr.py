"""A token as a QR code, inline as SVG: to scan with the phone that sets up the sensor."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(token: str) -> SafeString:
    """Dark on white in both themes, since cameras expect it; drawn by segno from our own token alone."""
    code = segno.make(token, error="m", micro=False)
    return mark_safe(code.svg_inline(dark="#000", light="#fff", border=2, omitsize=True, svgclass="qr"))

"""QR codes as inline SVG: no picture to load, sharp at any size."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """Dark on white in both themes, since cameras expect it; drawn by segno from `text` alone."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(dark="#000", light="#fff", border=2, omitsize=True, svgclass="qr"))

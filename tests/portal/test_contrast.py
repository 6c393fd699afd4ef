"""Each pair of colour tokens in use has enough contrast, computed for both themes (WCAG 1.4.3, 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = Path(settings.BASE_DIR) / "portal" / "static" / "css" / "tokens.css"
GROUNDS = ["bg", "surface", "sunken", "raised"]
SOFT = ["action-soft", "participation-soft", "accent-soft", "info-soft", "success-soft", "warning-soft", "danger-soft"]
TEXT = [
    *[(ink, ground) for ink in ("text", "muted", "action", "action-hover", "visited") for ground in GROUNDS],
    *[
        (ink, ground)
        for ink in ("participation", "accent", "success", "warning", "danger", "info")
        for ground in GROUNDS
    ],
    *[("text", ground) for ground in SOFT],
    *[(ground.removesuffix("-soft"), ground) for ground in SOFT],
    ("action-hover", "action-soft"),
    ("muted", "action-soft"),
    ("muted", "participation-soft"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("on-participation", "participation"),
    ("on-participation", "participation-hover"),
    ("surface", "danger"),
    ("surface", "text"),
]
CONTROLS = [
    *[("line-strong", ground) for ground in GROUNDS],
    *[("focus", ground) for ground in GROUNDS],
    *[("focus", ground) for ground in SOFT],
]


def tokens() -> dict[str, tuple[str, str]]:
    found = re.findall(r"--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", TOKENS.read_text())
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_pair_has_contrast(ink: str, ground: str, theme: str) -> None:
    side = ["light", "dark"].index(theme)
    known = tokens()
    assert contrast(known[ink][side], known[ground][side]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), CONTROLS)
def test_control_has_contrast(ink: str, ground: str, theme: str) -> None:
    side = ["light", "dark"].index(theme)
    known = tokens()
    assert contrast(known[ink][side], known[ground][side]) >= 3

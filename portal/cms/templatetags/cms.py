"""Template tags of the editorial site."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.text import slugify

register = template.Library()


@register.simple_tag
def headings(body: Any) -> list[dict[str, str]]:
    """The headings of a body as links for the local navigation."""
    return [
        {"title": str(block.value), "url": f"#{slugify(block.value)}"}
        for block in body
        if block.block_type == "heading"
    ]

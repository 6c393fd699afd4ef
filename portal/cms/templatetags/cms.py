"""Template tags of the editorial site."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from wagtail.rich_text import RichText

register = template.Library()


@register.simple_tag
def headings(body: Any) -> list[dict[str, str]]:
    """The headings of a body as links for the local navigation."""
    return [
        {"title": str(block.value), "url": f"#{slugify(block.value)}"}
        for block in body
        if block.block_type == "heading"
    ]


@register.simple_tag(takes_context=True)
def body(context: template.Context, value: Any) -> SafeString:
    """The blocks of a body; each learns as `level` which heading may come next: 2 until a heading block, then 3."""
    shared = context.flatten()
    level, parts = 2, []
    for block in value:
        parts.append((block.render(context={**shared, "level": level}),))
        if block.block_type == "heading":
            level = 3
    return format_html_join("\n", "{}", parts)


_HEADING = re.compile(r"<(/?)h([34])\b")


@register.filter
def headings_from(html: RichText | SafeString, level: int) -> SafeString:
    """Rich text whose headings begin at `level` and skip none (editors choose between h3 and h4 alone).

    Only the digits of heading tags change, so text that Wagtail made safe stays so.
    """
    depth, before = 0, ""

    def renamed(match: re.Match[str]) -> str:
        nonlocal depth, before
        if not match[1]:
            if before and match[2] != before:
                depth = depth + 1 if match[2] > before else max(0, depth - 1)
            before = match[2]
        return f"<{match[1]}h{level + depth}"

    return mark_safe(_HEADING.sub(renamed, str(html)))

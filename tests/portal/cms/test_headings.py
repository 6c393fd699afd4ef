"""Headings of an editorial page never skip a level, whatever an editor puts together (axe: heading-order)."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from portal.cms.blocks import BodyBlock
from portal.cms.templatetags.cms import headings_from

pytestmark = pytest.mark.django_db  # rich text looks its links up


def levels(*blocks: tuple[str, object]) -> list[int]:
    block = BodyBlock()
    value = block.to_python([{"type": kind, "value": content} for kind, content in blocks])
    html = Template("{% load cms %}{% body value %}").render(Context({"value": value}))
    return [int(found) for found in re.findall(r"<h(\d)", html)]


WAYMARK = ("milestones", [{"type": "item", "value": {"when": "2019", "title": "Start", "text": ""}}])
VIDEO = ("video", {"title": "Film", "text": "Ein Film.", "url": "", "duration": ""})


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([WAYMARK], [2]),
        ([("heading", "Der Weg"), WAYMARK, VIDEO], [2, 3, 3]),
        ([VIDEO, ("heading", "Danach"), VIDEO], [2, 2, 3]),
        ([("text", "<h4>Erst</h4><p>x</p><h3>Dann</h3><h4>Tiefer</h4>")], [2, 2, 3]),
        ([("heading", "Titel"), ("text", "<h3>Eins</h3><h4>Zwei</h4>")], [2, 3, 4]),
        ([("heading", "Titel"), ("text", "<h4>Eins</h4><h4>Zwei</h4>")], [2, 3, 3]),
    ],
)
def test_no_block_skips_a_level(blocks, expected):
    assert levels(*blocks) == expected


def test_only_heading_tags_change():
    html = mark_safe('<p>h3 &lt;h4&gt;</p><h3 class="x">A</h3><hr>')
    assert headings_from(html, 2) == '<p>h3 &lt;h4&gt;</p><h2 class="x">A</h2><hr>'

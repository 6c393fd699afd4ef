"""QR codes as inline SVG: no picture to load, sharp at any size."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from dialogues.models import Board


@dataclass(frozen=True)
class TableCode:
    number: int
    code: str
    url: str
    svg: SafeString


def qr_svg(text: str) -> SafeString:
    """Dark on white in both themes, since cameras expect it; drawn by segno from `text` alone."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(dark="#000", light="#fff", border=2, omitsize=True, svgclass="qr"))


def table_codes(request: HttpRequest, board: Board) -> list[TableCode]:
    found = []
    for table in board.tables.order_by("number"):
        url = request.build_absolute_uri(f"/t/{table.code}/")
        found.append(TableCode(table.number, table.code, url, qr_svg(url)))
    return found


def hall_code(request: HttpRequest, board: Board) -> TableCode:
    """One code for a hall with many tables: the page where one chooses a table."""
    url = request.build_absolute_uri(reverse("dialogues:table-find")) + f"?tafel={board.uuid}"
    return TableCode(0, "", url, qr_svg(url))

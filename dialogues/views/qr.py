"""The codes that lead to the tables of a board."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from dialogues.models import Board
from portal.qr import qr_svg


@dataclass(frozen=True)
class TableCode:
    number: int
    code: str
    url: str
    svg: SafeString


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

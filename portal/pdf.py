"""House style of PDF files: A4, embedded type, page numbers, and the address of the accessible twin on every page.

reportlab cannot tag PDFs, so each PDF has an HTML page with the same content and links to it. Every text is escaped
here,
since reportlab's paragraphs parse markup: callers pass plain text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import reportlab
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    ListFlowable,
    ListItem,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

INK, MUTED, BLUE, LINE = HexColor("#15232e"), HexColor("#4b5d6a"), HexColor("#0b5c86"), HexColor("#d3dfe6")
LONGEST = 100_000
REPLACED = "\N{REPLACEMENT CHARACTER}"


@cache
def _fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in (("Haus", "Vera.ttf"), ("Haus-Fett", "VeraBd.ttf"), ("Haus-Kursiv", "VeraIt.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily("Haus", normal="Haus", bold="Haus-Fett", italic="Haus-Kursiv", boldItalic="Haus-Fett")


def _style(name: str, **changes: Any) -> ParagraphStyle:
    _fonts()
    base: dict[str, Any] = {"fontName": "Haus", "fontSize": 10, "leading": 15, "textColor": INK, "spaceAfter": 6}
    return ParagraphStyle(name, **(base | changes))


def plain(text: object) -> str:
    """Text that a paragraph may show as it is: escaped, capped, without characters the type does not have."""
    _fonts()
    known = pdfmetrics.getFont("Haus").face.charToGlyph
    shown = "".join(c if ord(c) in known or c in "\n\t" else "?" for c in str(text)[:LONGEST])
    return escape(shown)


def title(text: object) -> Flowable:
    return Paragraph(plain(text), _style("title", fontName="Haus-Fett", fontSize=20, leading=26, spaceAfter=10))


def heading(text: object) -> Flowable:
    return Paragraph(
        plain(text),
        _style(
            "heading", fontName="Haus-Fett", fontSize=13, leading=18, spaceBefore=12, textColor=BLUE, keepWithNext=1
        ),
    )


def paragraph(text: object, *, strong: bool = False, muted: bool = False) -> list[Flowable]:
    """One flowable a paragraph of the text; empty lines separate, single breaks stay."""
    font, colour = ("Haus-Fett" if strong else "Haus"), (MUTED if muted else INK)
    style = _style("text", fontName=font, textColor=colour)
    parts = [part for part in str(text).replace("\r\n", "\n").split("\n\n") if part.strip()]
    return [Paragraph(plain(part.strip()).replace("\n", "<br/>"), style) for part in parts]


def lead(text: object) -> Flowable:
    return Paragraph(plain(text), _style("lead", fontSize=13, leading=19, spaceAfter=10))


def code(text: object) -> Flowable:
    """A hash or another long word, broken where it must."""
    return Paragraph(plain(text), _style("code", fontName="Courier", fontSize=8.5, leading=12, splitLongWords=1))


def facts(rows: Sequence[tuple[object, object]]) -> Flowable:
    """Two columns: what, and its value."""
    label, value = _style("label", textColor=MUTED, spaceAfter=0), _style("value", spaceAfter=0)
    table = Table(
        [[Paragraph(plain(key), label), Paragraph(plain(text), value)] for key, text in rows],
        colWidths=[48 * mm, None],
        hAlign="LEFT",
    )
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
        ]
    )
    return table


def numbered(items: Iterable[Sequence[object]]) -> Flowable:
    """A numbered list; each item is a sequence of paragraphs."""
    entries = [ListItem([p for text in item for p in paragraph(text)], leftIndent=18) for item in items]
    return ListFlowable(entries, bulletType="1", bulletFontName="Haus", bulletFontSize=10, leftIndent=18)


def together(parts: Sequence[Flowable]) -> Flowable:
    return KeepTogether(list(parts))


def gap(height: float = 4) -> Flowable:
    return Spacer(1, height * mm)


def build(parts: Sequence[Flowable], *, name: str, area: str, twin: str, sample: bool = False, mark: str = "") -> bytes:
    """The finished file.

    `name` = title in the reader's window, `area` = line on top of each page, `twin` = absolute address of the HTML
    page with
    the same content, `sample` = content is invented, `mark` = a line for the foot (e.g. the head of the audit chain).
    """
    _fonts()
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        title=name[:200],
        author="Digitale Heimat PB",
        subject=area,
        lang="de",
        leftMargin=24 * mm,
        rightMargin=24 * mm,
        topMargin=30 * mm,
        bottomMargin=32 * mm,
    )
    frame = _Frame(area=area, twin=twin, sample=sample, mark=mark)

    class NumberedCanvas(Canvas):
        """Writes the page numbers when the number of pages is known."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self.pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self.pages, 1):
                self.__dict__.update(page)
                frame.number(self, number, len(self.pages))
                super().showPage()
            super().save()

    document.build(list(parts), onFirstPage=frame.draw, onLaterPages=frame.draw, canvasmaker=NumberedCanvas)
    return target.getvalue()


class _Frame:
    """Head and foot of every page."""

    def __init__(self, *, area: str, twin: str, sample: bool, mark: str) -> None:
        self.area, self.twin, self.sample, self.mark = area, twin, sample, mark
        self.made = timezone.localtime().strftime("%d.%m.%Y, %H:%M")

    def draw(self, canvas: Canvas, _document: SimpleDocTemplate) -> None:
        width, height = A4
        left, right = 24 * mm, width - 24 * mm
        canvas.saveState()
        canvas.setFont("Haus-Fett", 9)
        canvas.setFillColor(BLUE)
        canvas.drawString(left, height - 16 * mm, "Digitale Heimat PB")
        canvas.setFont("Haus", 9)
        canvas.setFillColor(MUTED)
        canvas.drawRightString(right, height - 16 * mm, self.area)
        if self.sample or settings.DEMO:
            canvas.setFillColor(HexColor("#a2470f"))
            canvas.setFont("Haus-Fett", 9)
            canvas.drawString(left, height - 22 * mm, _("Beispieldaten: erfunden, keine Aussage der Stadt Paderborn"))
        canvas.setStrokeColor(LINE)
        canvas.line(left, 24 * mm, right, 24 * mm)
        canvas.setFont("Haus", 7.5)
        canvas.setFillColor(MUTED)
        canvas.drawString(left, 19 * mm, _("Barrierefrei lesen: %(url)s") % {"url": self.twin[:110]})
        canvas.linkURL(self.twin, (left, 18 * mm, right, 22 * mm), relative=0)
        canvas.drawString(left, 15 * mm, _("Erzeugt am %(time)s Uhr") % {"time": self.made})
        if self.mark:
            canvas.setFont("Courier", 7)
            canvas.drawString(left, 11 * mm, self.mark)
        canvas.restoreState()

    def number(self, canvas: Canvas, number: int, total: int) -> None:
        canvas.saveState()
        canvas.setFont("Haus", 7.5)
        canvas.setFillColor(MUTED)
        words = _("Seite %(number)s von %(total)s") % {"number": number, "total": total}
        canvas.drawRightString(A4[0] - 24 * mm, 15 * mm, words)
        canvas.restoreState()

"""Poster of an event (A4, A3) and cards that stand on the tables of a World Café."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A3, A4
from reportlab.pdfgen.canvas import Canvas

from dialogues.enums import EventKind, EventStatus
from dialogues.models import Event, ProgrammePoint
from dialogues.pdf import drawing
from dialogues.pdf.drawing import DEEP, INK, MIST, MUTED, PALE, RED, SPRING, WARM, WATER, WHITE, block, say
from portal.dates import weekday

WIDTH, HEIGHT = A4
FORMATS = {"a4": A4, "a3": A3}
MARGIN = 44
INSIDE = WIDTH - 2 * MARGIN


def poster(event: Event, points: Sequence[ProgrammePoint], *, size: str, page: str, shown_page: str) -> bytes:
    """One page. `size` is a key of FORMATS, `page` the address in the code, `shown_page` the same as people read it."""
    width, height = FORMATS[size]
    target = io.BytesIO()
    canvas = begun(target, (width, height), event.title)
    canvas.scale(width / WIDTH, height / HEIGHT)
    head(canvas, event)
    y = when_and_where(canvas, event)
    y = question(canvas, event, y)
    foot(canvas, event, page, shown_page)
    evening(canvas, points, y)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def begun(target: io.BytesIO, size: tuple[float, float], title: str) -> Canvas:
    canvas = Canvas(target, pagesize=size, lang="de")
    canvas.setTitle(title[:200])
    canvas.setAuthor("Digitale Heimat PB")
    return canvas


def head(canvas: Canvas, event: Event) -> None:
    """The field of water with what it is called."""
    drawing.water(canvas, WIDTH, HEIGHT - 330, HEIGHT)
    kicker = event.series.title if event.series else str(EventKind(event.kind).label)
    say(canvas, "Digitale Heimat PB", MARGIN, HEIGHT - 50, 13, colour=WHITE, bold=True)
    block(canvas, kicker, (MARGIN, HEIGHT - 70, INSIDE, 22), colour=PALE, sizes=(17, 10))
    block(canvas, event.title, (MARGIN, HEIGHT - 100, INSIDE, 180), colour=WHITE, sizes=(58, 18), bold=True)


def when_and_where(canvas: Canvas, event: Event) -> float:
    begins, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    top = HEIGHT - 350
    if event.status == EventStatus.CANCELLED:
        canvas.setFillColor(RED)
        canvas.rect(MARGIN, top - 26, INSIDE, 32, stroke=0, fill=1)
        say(canvas, _("Abgesagt"), MARGIN + 10, top - 17, 20, colour=WHITE, bold=True)
        top -= 44
    elif event.moved_from:
        say(canvas, _("Neuer Termin"), MARGIN, top - 12, 14, colour=WARM, bold=True)
        top -= 22
    y = block(
        canvas,
        weekday(begins),
        (MARGIN, top, INSIDE, 36),
        colour=INK,
        sizes=(30, 16),
        bold=True,
    )
    hours = _("%(begins)s bis %(ends)s Uhr") % {"begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}
    y = block(canvas, hours, (MARGIN, y - 2, INSIDE, 26), colour=INK, sizes=(20, 12))
    place = ", ".join(part for part in (event.venue, event.address) if part) or _("Online")
    return block(canvas, place, (MARGIN, y - 2, INSIDE, 50), colour=DEEP, sizes=(19, 10), bold=True)


def question(canvas: Canvas, event: Event, y: float) -> float:
    """The question in its own field; what it is about where there is none."""
    text, label = (event.question, _("Die Frage an den Tischen")) if event.question else (event.topic, "")
    top, height = y - 14, 104
    canvas.setFillColor(MIST)
    canvas.roundRect(MARGIN, top - height, INSIDE, height, 8, stroke=0, fill=1)
    inner = top - 12
    if label:
        say(canvas, label, MARGIN + 16, inner - 10, 11, colour=MUTED)
        inner -= 18
    box = (MARGIN + 16, inner, INSIDE - 32, inner - (top - height) - 12)
    block(canvas, text, box, colour=SPRING, sizes=(24, 9), bold=bool(label))
    return top - height


def evening(canvas: Canvas, points: Sequence[ProgrammePoint], y: float) -> None:
    pairs = [(f"{point.clock:%H:%M}" if point.clock else "", point.title) for point in points]
    if pairs and y - 196 > 40:
        drawing.rows(canvas, pairs, (MARGIN, y - 16, INSIDE - 160, y - 16 - 116), 11.5)
    elif pairs:
        drawing.rows(canvas, pairs, (MARGIN, y - 14, INSIDE - 160, max(20, y - 120)), 10.5)


def foot(canvas: Canvas, event: Event, page: str, shown_page: str) -> None:
    side = 132
    drawing.qr(canvas, page, WIDTH - MARGIN - side, 66, side)
    canvas.linkURL(page, (WIDTH - MARGIN - side, 66, WIDTH - MARGIN, 66 + side), relative=1)
    labels = event.access_labels
    if labels:
        say(canvas, _("Barrierefrei vor Ort"), MARGIN, 92, 9.5, colour=MUTED, bold=True)
        block(canvas, " · ".join(labels), (MARGIN, 88, INSIDE - 160, 34), colour=INK, sizes=(9.5, 6.5))
    canvas.setStrokeColor(drawing.LINE)
    canvas.line(MARGIN, 50, WIDTH - MARGIN, 50)
    box = (MARGIN, 44, INSIDE, 14)
    block(canvas, f"{_('Alles dazu')}: {shown_page}", box, colour=WATER, sizes=(11, 6), bold=True)
    if event.sample or settings.DEMO:
        say(
            canvas,
            _("Beispieldaten: erfunden, keine Aussage der Stadt Paderborn"),
            MARGIN,
            16,
            9,
            colour=WARM,
            bold=True,
        )


def table_cards(
    tables: Sequence[tuple[int, str, str]], *, title: str, short_address: str, sample: bool = False
) -> bytes:
    """One A4 sheet a table, folded in the middle to stand; `tables` are (number, code, address in the code)."""
    target = io.BytesIO()
    canvas = begun(target, A4, title)
    for number, code, url in tables:
        for turned in (False, True):
            canvas.saveState()
            if turned:
                canvas.translate(WIDTH, HEIGHT)
                canvas.rotate(180)
            half(canvas, number, code, url, title=title, short_address=short_address, sample=sample)
            canvas.restoreState()
        canvas.setStrokeColor(drawing.LINE)
        canvas.setDash(4, 4)
        canvas.line(0, HEIGHT / 2, WIDTH, HEIGHT / 2)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def half(canvas: Canvas, number: int, code: str, url: str, *, title: str, short_address: str, sample: bool) -> None:
    """The lower half of the sheet: table, code to type, code to scan."""
    top, side = HEIGHT / 2, 190
    canvas.setFillColor(WATER)
    canvas.rect(0, top - 52, WIDTH, 52, stroke=0, fill=1)
    block(canvas, title, (MARGIN, top - 14, INSIDE, 30), colour=WHITE, sizes=(18, 9), bold=True)
    middle = MARGIN + 130
    drawing.say_centred(canvas, _("Tisch"), middle, top - 100, 26, colour=MUTED)
    drawing.say_centred(canvas, str(number), middle, top - 225, 150, colour=INK, bold=True)
    drawing.say_centred(canvas, code, middle, top - 285, 34, colour=WATER, bold=True)
    drawing.qr(canvas, url, WIDTH - MARGIN - side, top - 72 - side, side)
    canvas.linkURL(url, (WIDTH - MARGIN - side, top - 72 - side, WIDTH - MARGIN, top - 72), relative=1)
    words = _("Scannen oder Code eingeben: %(address)s") % {"address": short_address}
    box = (MARGIN, top - 305, INSIDE, 36)
    block(canvas, words, box, colour=INK, sizes=(15, 9))
    help_words = _("Kein Telefon dabei? Nehmen Sie Karte und Stift, wir übertragen es.")
    block(canvas, help_words, (MARGIN, top - 340, INSIDE, 20), colour=MUTED, sizes=(12, 8))
    if sample or settings.DEMO:
        say(canvas, _("Beispieldaten: erfunden, keine Aussage der Stadt Paderborn"), MARGIN, 22, 8, colour=WARM)

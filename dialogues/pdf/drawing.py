"""What posters and table cards are drawn with: colours, QR codes, blocks of text, the water."""

from __future__ import annotations

from collections.abc import Sequence

import segno
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from dialogues.pdf import faces

INK, MUTED, LINE = HexColor("#15232e"), HexColor("#4b5d6a"), HexColor("#d3dfe6")
WATER, DEEP, SPRING, MIST = HexColor("#0b5c86"), HexColor("#07415f"), HexColor("#1d6a3d"), HexColor("#e2f2e7")
WHITE, PALE, RED, WARM = HexColor("#ffffff"), HexColor("#e1eff7"), HexColor("#a5231b"), HexColor("#a2470f")
LEADING = 1.15
QUIET = 2  # modules of white around a code


def qr(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    """A code of `side` points with its lower left corner at (x, y), black on white as cameras expect it."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    module = side / (len(rows) + 2 * QUIET)
    canvas.setFillColor(WHITE)
    canvas.rect(x, y, side, side, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#000000"))
    path = canvas.beginPath()
    for line, row in enumerate(rows):
        top = y + side - (line + QUIET + 1) * module
        for column, dark in enumerate(row):
            if dark:
                path.rect(x + (column + QUIET) * module, top, module, module)
    canvas.drawPath(path, stroke=0, fill=1)


def block(
    canvas: Canvas,
    text: str,
    box: tuple[float, float, float, float],
    *,
    colour: Color,
    sizes: tuple[float, float],
    bold: bool = False,
) -> float:
    """Text into (left, top, width, height), as large as fits between `sizes`; gives the y below the last line."""
    left, top, width, height = box
    largest, smallest = sizes
    name, size, lines = faces.fitted(text, bold=bold, width=width, height=height, largest=largest, smallest=smallest)
    canvas.setFillColor(colour)
    canvas.setFont(name, size)
    y = top - size
    for line in lines:
        canvas.drawString(left, y, line)
        y -= size * LEADING
    return y + size * (LEADING - 0.25)


def say(canvas: Canvas, text: str, x: float, y: float, size: float, *, colour: Color = INK, bold: bool = False) -> None:
    shown = faces.printable(text)
    canvas.setFillColor(colour)
    canvas.setFont(faces.face(shown, bold=bold), size)
    canvas.drawString(x, y, shown)


def say_centred(
    canvas: Canvas, text: str, x: float, y: float, size: float, *, colour: Color = INK, bold: bool = False
) -> None:
    shown = faces.printable(text)
    canvas.setFillColor(colour)
    canvas.setFont(faces.face(shown, bold=bold), size)
    canvas.drawCentredString(x, y, shown)


def water(canvas: Canvas, width: float, bottom: float, top: float) -> None:
    """A field of water with three waves at its lower edge, like the springs of the Pader."""
    canvas.setFillColor(WATER)
    canvas.rect(0, bottom, width, top - bottom, stroke=0, fill=1)
    waves = ((HexColor("#2d83b0"), 30, 17, 0), (HexColor("#7fbfdd"), 17, 13, 0), (WHITE, 3, 10, 4))
    for colour, lift, swing, further in waves:  # the white one reaches further down, so that no edge shines through
        wave(canvas, width, bottom + lift, swing, colour, bottom - 12 - further)


def wave(canvas: Canvas, width: float, y: float, swing: float, colour: Color, bottom: float) -> None:
    quarter = width / 4
    path = canvas.beginPath()
    path.moveTo(0, y)
    path.curveTo(quarter * 0.5, y + swing, quarter * 1.5, y + swing, quarter * 2, y)
    path.curveTo(quarter * 2.5, y - swing, quarter * 3.5, y - swing, width, y + swing * 0.6)
    path.lineTo(width, bottom)
    path.lineTo(0, bottom)
    path.close()
    canvas.setFillColor(colour)
    canvas.drawPath(path, stroke=0, fill=1)


def rows(canvas: Canvas, pairs: Sequence[tuple[str, str]], box: tuple[float, float, float, float], size: float) -> None:
    """A time and what happens then, one line each, as many as fit."""
    left, top, width, height = box
    y = top - size
    for clock, words in pairs:
        if y < top - height:
            return
        say(canvas, clock, left, y, size, colour=WATER, bold=True)
        _name, _size, lines = faces.fitted(
            words, bold=False, width=width - 4 * size, height=size * 1.2, largest=size, smallest=size
        )
        say(canvas, lines[0] if lines else "", left + 4 * size, y, size)
        y -= size * 1.55

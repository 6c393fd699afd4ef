"""The type of posters: Fira Sans as on the pages, read from the npm package; without it the type of the letters.

reportlab reads TrueType, the package brings WOFF: the same tables, compressed one by one (W3C, WOFF File Format 1.0).
"""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache
from pathlib import Path

from django.conf import settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from portal import pdf

FOLDER = "@fontsource/fira-sans/files"
CUTS = {"Fira": "latin-400-normal", "Fira-Fett": "latin-700-normal"}
PLAIN = {"Fira": "Haus", "Fira-Fett": "Haus-Fett"}


def sfnt(woff: bytes) -> bytes:
    """The TrueType file inside a WOFF file. Raises ValueError for anything else."""
    if len(woff) < 44 or woff[:4] != b"wOFF":
        raise ValueError("not a WOFF file")
    flavour, _length, count = struct.unpack(">4sIH", woff[4:14])
    power = count.bit_length() - 1
    head = flavour + struct.pack(">HHHH", count, 16 << power, power, 16 * count - (16 << power))
    directory, body, place = b"", b"", 12 + 16 * count
    for number in range(count):
        entry = woff[44 + 20 * number : 64 + 20 * number]
        tag, offset, packed, length, checksum = struct.unpack(">4sIIII", entry)
        table = woff[offset : offset + packed]
        table = zlib.decompress(table) if packed < length else table
        directory += struct.pack(">4sIII", tag, checksum, place + len(body), length)
        body += table + b"\0" * (-length % 4)
    return head + directory + body


@cache
def _ready() -> bool:
    """Registers the type once; False where the package is not there or unreadable."""
    pdf.plain("")  # registers the type of the letters
    try:
        for name, cut in CUTS.items():
            file = Path(settings.NODE_MODULES) / FOLDER / f"fira-sans-{cut}.woff"
            pdfmetrics.registerFont(TTFont(name, io.BytesIO(sfnt(file.read_bytes()))))
    except (OSError, ValueError, zlib.error, struct.error, TTFError):
        return False
    return True


def face(text: str, *, bold: bool = False) -> str:
    """The name of a type that has every character of the text; Fira where it can."""
    name = "Fira-Fett" if bold else "Fira"
    return name if _ready() and has_all(name, text) else PLAIN[name]


def has_all(name: str, text: str) -> bool:
    known = pdfmetrics.getFont(name).face.charToGlyph
    return all(ord(character) in known for character in text if character not in "\n\t ")


def printable(text: str) -> str:
    """One line; characters that no type has become "?"."""
    _ready()
    known = pdfmetrics.getFont("Haus").face.charToGlyph
    line = " ".join(str(text).split())
    return "".join(c if ord(c) in known or has_all(face(c), c) else "?" for c in line)


def wrapped(text: str, name: str, size: float, width: float) -> list[str]:
    """Lines no wider than `width` points; a word that is wider alone is broken where it must."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if stringWidth(longer, name, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while stringWidth(line, name, size) > width:
            end = next(n for n in range(len(line), 0, -1) if n == 1 or stringWidth(line[:n] + "-", name, size) <= width)
            lines.append(line[:end] + "-")
            line = line[end:]
    return [*lines, line] if line else lines


def fitted(
    text: str, *, bold: bool, width: float, height: float, largest: float, smallest: float, leading: float = 1.15
) -> tuple[str, float, list[str]]:
    """(type, size, lines): as large as fits; at the smallest size the end is cut with an ellipsis."""
    shown = printable(text)
    name = face(shown, bold=bold)
    size = largest
    while size > smallest:
        whole = all(stringWidth(word, name, size) <= width for word in shown.split())
        lines = wrapped(shown, name, size, width)
        if whole and len(lines) * size * leading <= height:
            return name, size, lines
        size -= 1
    lines = wrapped(shown, name, smallest, width)
    most = max(1, int(height // (smallest * leading)))
    if len(lines) > most:
        lines = [*lines[: most - 1], ended(lines[most - 1], name, smallest, width)]
    return name, smallest, lines


def ended(line: str, name: str, size: float, width: float) -> str:
    while line and stringWidth(f"{line} …", name, size) > width:
        line = line[:-1]
    return f"{line.rstrip(' ,-')} …"

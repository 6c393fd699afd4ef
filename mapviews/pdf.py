"""Token cards of a class as PDF in the house style; one card per box, to be cut out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from portal import pdf

QR_SIZE = 42 * mm


@dataclass(frozen=True)
class CardText:
    """What stands on one card. `setup_url` with the token behind `#` is the QR code; a server never sees that part."""

    name: str
    token: str
    setup_url: str
    phenomena: str


def token_cards(cards: Sequence[CardText], *, title: str, twin: str, sample: bool) -> bytes:
    """All cards of a class; each stays in one piece."""
    intro = _(
        "Eine Karte je Box. Der Schlüssel steht nur hier: Wir speichern ihn nicht lesbar. Geht eine Karte verloren, "
        "drucken Sie eine neue; die alte gilt dann nicht mehr."
    )
    parts: list[Flowable] = [pdf.title(title), *pdf.paragraph(intro, muted=True)]
    parts += [_card(card) for card in cards]
    return pdf.build(parts, name=_("Karten: %s") % title, area=_("Klassenraum"), twin=twin, sample=sample)


def _card(card: CardText) -> Flowable:
    text: list[Flowable] = [
        pdf.heading(card.name),
        *pdf.paragraph(card.phenomena, muted=True),
        *pdf.paragraph(_("Einrichten: QR-Code scannen oder Adresse eingeben"), strong=True),
        pdf.code(card.setup_url),
        *pdf.paragraph(_("Zugangsschlüssel"), strong=True),
        pdf.code(card.token),
    ]
    table = Table([[_qr(f"{card.setup_url}#{card.token}"), text]], colWidths=[QR_SIZE + 6 * mm, None], spaceAfter=8)
    line = HexColor("#d3dfe6")
    table.setStyle([("BOX", (0, 0), (-1, -1), 0.75, line, None, (3, 3)), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return pdf.together([table])


def _qr(text: str) -> Drawing:
    code = QrCodeWidget(text, barLevel="M")
    left, bottom, right, top = code.getBounds()
    scale = QR_SIZE / max(right - left, top - bottom)
    return Drawing(QR_SIZE, QR_SIZE, code, transform=[scale, 0, 0, scale, -left * scale, -bottom * scale])

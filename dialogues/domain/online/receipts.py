"""Receipt numbers as one reads them on the phone (DIN 5009:2022 spells by names of cities)."""

from __future__ import annotations

from dialogues.models import Contribution

CITIES = {
    "A": "Aachen", "B": "Berlin", "C": "Chemnitz", "D": "Düsseldorf", "E": "Essen", "F": "Frankfurt", "G": "Goslar",
    "H": "Hamburg", "K": "Köln", "L": "Leipzig", "M": "München", "N": "Nürnberg", "P": "Potsdam", "R": "Rostock",
    "S": "Salzwedel", "T": "Tübingen", "U": "Unna", "V": "Völklingen", "W": "Wuppertal", "X": "Xanten",
    "Y": "Ypsilon", "Z": "Zwickau",
}  # fmt: skip


def spelled(receipt: str) -> list[str]:
    """Each sign after the leading `PB` as a word or number: "K wie Köln", "7"."""
    return [
        f"{sign} wie {CITIES[sign]}" if sign in CITIES else sign for sign in receipt.removeprefix("PB-") if sign != "-"
    ]


def find(given: str) -> Contribution | None:
    """The public contribution with this number, however it was typed: small letters, spaces, without dashes."""
    signs = "".join(sign for sign in given.upper()[:40] if sign.isalnum()).removeprefix("PB")
    if len(signs) != 7:
        return None
    receipt = f"PB-{signs[:4]}-{signs[4:]}"
    return Contribution.objects.public().select_related("dialogue").filter(receipt=receipt).first()

"""Addresses made of titles: German letters spelt out, cut at a word, and free."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

LONGEST = 44
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def free_slug(title: str, among: QuerySet[Any]) -> str:
    """A slug that no row of `among` has."""
    stem = slugify(title.translate(UMLAUTS)) or "fall"
    if len(stem) > LONGEST:
        stem = stem[:LONGEST].rpartition("-")[0] or stem[:LONGEST]
    slug, number = stem, 1
    while among.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug

"""Poster and table cards: sizes, words that fit, codes that lead to the right page, who may print."""

from __future__ import annotations

import io
import re
from datetime import time

import pytest
from django.test import Client
from reportlab.pdfbase.pdfmetrics import stringWidth

from dialogues.domain import events, worldcafe
from dialogues.domain.programme import Point
from dialogues.pdf import faces, posters

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsanhörung"


def box(data):
    return [float(n) for n in re.search(rb"/MediaBox \[ ([\d. ]+) \]", data)[1].split()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "expected"), [("", (595, 842)), ("?format=a3", (842, 1191)), ("?format=x", (595, 842))]
)
def test_a_poster_is_one_page_of_the_wanted_size(client, make_event, query, expected):
    event = make_event(title=f"{LONG} " * 2, points=[Point(f"Punkt {n}", clock=None) for n in range(30)])
    answer = client.get(f"/dialoge/{event.slug}/plakat.pdf{query}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert tuple(round(side) for side in box(answer.content)[2:]) == expected
    assert len(re.findall(rb"/Type /Page\b", answer.content)) == 1


@pytest.mark.django_db
def test_posters_of_drafts_are_for_editors(client, moderator, make_event):
    draft = make_event(published=False)
    assert client.get(f"/dialoge/{draft.slug}/plakat.pdf").status_code == 404
    staff = Client()
    staff.force_login(moderator)
    assert staff.get(f"/dialoge/{draft.slug}/plakat.pdf").status_code == 200


@pytest.mark.django_db
def test_a_poster_says_when_the_event_is_cancelled_or_moved(make_event, moderator, monkeypatch):
    """Read from what is drawn: the content of a PDF is glyph numbers."""
    event = make_event(points=[Point("Impuls", clock=None)])
    assert "Abgesagt" not in drawn(event, monkeypatch)
    events.cancel_event(user=moderator, event=event)
    assert "Abgesagt" in drawn(event, monkeypatch)


def drawn(event, monkeypatch):
    from reportlab.pdfgen.canvas import Canvas

    words = []
    real = Canvas.drawString
    monkeypatch.setattr(
        Canvas, "drawString", lambda self, x, y, text, **rest: (words.append(text), real(self, x, y, text))
    )
    posters.poster(event, list(event.points.all()), size="a4", page="https://x.example/", shown_page="x.example")
    monkeypatch.undo()
    return words


@pytest.mark.django_db
def test_table_cards_are_one_sheet_a_table_for_the_moderation_alone(client, moderator, make_event, make_user):
    event = make_event()
    address = f"/dialoge/{event.slug}/moderation/tischkarten.pdf"
    staff, citizen = Client(), Client()
    staff.force_login(moderator)
    citizen.force_login(make_user())
    assert staff.get(address).status_code == 404
    worldcafe.open_world_cafe(user=moderator, event=event, tables=5)
    assert client.get(address).status_code == 404
    assert citizen.get(address).status_code == 404
    data = staff.get(address).content
    assert len(re.findall(rb"/Type /Page\b", data)) == 5
    codes = list(event.boards.get().tables.values_list("code", flat=True))
    assert all(f"/t/{code}/".encode() in data for code in codes)


@pytest.mark.parametrize(
    "text", ["kurz", "Ein langer Titel über viele Wörter " * 6, LONG * 3, "日本語 Žluťoučký 🌳", ""]
)
def test_words_fit_their_field_at_any_length(text):
    name, size, lines = faces.fitted(text, bold=True, width=300, height=120, largest=58, smallest=18)
    assert 18 <= size <= 58
    assert all(stringWidth(line, name, size) <= 300 for line in lines)
    assert len(lines) * size * 1.15 <= 120 or len(lines) == 1


def test_cut_words_say_so():
    *_rest, lines = faces.fitted("Wort " * 500, bold=False, width=200, height=60, largest=20, smallest=12)
    assert lines[-1].endswith("…")


def test_only_woff_becomes_type():
    with pytest.raises(ValueError, match="WOFF"):
        faces.sfnt(b"%PDF-1.4" + bytes(100))


def test_the_type_of_the_pages_is_read_from_its_package(settings):
    from pathlib import Path

    file = Path(settings.NODE_MODULES) / faces.FOLDER / "fira-sans-latin-400-normal.woff"
    if not file.exists():
        pytest.skip("npm packages are not there")
    from reportlab.pdfbase.ttfonts import TTFontFile

    type_ = TTFontFile(io.BytesIO(faces.sfnt(file.read_bytes())))
    assert ord("ß") in type_.charToGlyph
    assert faces.face("Straße „Pader“") == "Fira"
    assert faces.face("Łódź") == "Haus"


def test_times_of_the_programme_stand_on_the_poster(db, make_event, monkeypatch):
    from datetime import timedelta

    from django.utils import timezone

    begins = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(days=2)
    event = make_event(
        starts_at=begins, ends_at=begins + timedelta(hours=2), points=[Point("Impuls", clock=time(18, 30))]
    )
    words = drawn(event, monkeypatch)
    assert ("18:30" in words, "Impuls" in words) == (True, True)

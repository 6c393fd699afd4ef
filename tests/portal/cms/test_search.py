"""Search: beginnings of words, escaped marks, hostile input, other languages, other sources."""

from __future__ import annotations

import pytest

from portal.cms.search import marked, terms

HOSTILE = [
    "",
    "a",
    "%",
    "'; DROP TABLE",
    '"unclosed',
    "a AND OR NOT (",
    "NEAR/3 *",
    "\x00null",
    "ü" * 5000,
    "<script>alert(1)</script>",
    "\u202eRTL",
    "-minus +plus :colon \\backslash",
    "title:geheim",
]


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.django_db
def test_hostile_queries_get_a_page(client, home, query):
    response = client.get("/suche/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.django_db
def test_beginnings_of_words_are_found_and_marked(client, make_page):
    make_page("Ampelsteuerung an der Kreuzung", slug="ampel", summary="Die Ampeln & ihre Sensoren.")
    page = client.get("/suche/", {"q": "ampel"}).content.decode()
    assert "<mark>Ampel</mark>steuerung" in page
    assert "<mark>Ampel</mark>n &amp; ihre" in page


@pytest.mark.django_db
def test_sample_is_said(client, make_news):
    make_news("Beispielmeldung", sample=True)
    assert "Beispieldaten" in client.get("/suche/", {"q": "Beispielmeldung"}).content.decode()


@pytest.mark.django_db
def test_one_source_alone(client, make_page, make_news):
    make_page("Wasserstand", slug="w")
    make_news("Wasserturm")
    page = client.get("/suche/", {"q": "Wasser", "nur": "news"}).content.decode()
    assert "Wasserturm".removeprefix("Wasser") in page
    assert "/w/" not in page


def test_terms_hold_letters_and_digits_only():
    assert terms('Ampel "Kreuzung* ampel -x (5G)') == ["Ampel", "Kreuzung", "5G"]
    assert len(terms(" ".join(f"wort{n}" for n in range(50)))) == 8


def test_marks_are_escaped():
    assert marked("<b>Ampel</b>", ["ampel"]) == "&lt;b&gt;<mark>Ampel</mark>&lt;/b&gt;"
    assert marked("x" * 300 + " Ampel", ["ampel"], length=60).startswith("… ")

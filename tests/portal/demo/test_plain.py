"""The pages in Leichte Sprache: there, linked, and within those rules of the Netzwerk Leichte Sprache that count."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from portal.cms.models import ContentPage
from portal.demo import accounts, site
from portal.demo.pages import Text, plain, plain_topics

PAGES = {words.slug: words for words in plain_topics.PAGES}
MOST_WORDS = 14
LONGEST = 15
"""Letters of a word, or of a part of it between hyphens."""
HARD = {"könnte", "könnten", "würde", "würden", "wäre", "wären", "hätte", "sollte", "jedoch", "mittels", "bzw", "damit"}


def sentences(words: Text) -> list[str]:
    """Every sentence of a page; titles and the ends of lines end one too."""
    found = [words.title, words.summary]
    for kind, value in words.body:
        if kind == "links":
            found += [part for link in value["links"] for part in (link["label"], link["text"])]
        elif isinstance(value, str):
            found += strip_tags(re.sub(r"</(p|li)>|<br/>", "\n", value)).split("\n")
    return [each.strip() for text in found for each in re.split(r"(?<=[.?!])\s+", text) if each.strip()]


@pytest.mark.parametrize("slug", PAGES)
def test_sentences_are_short_and_plain(slug):
    for sentence in sentences(PAGES[slug]):
        words = re.findall(r"[\w-]+", sentence)
        assert len(words) <= MOST_WORDS, sentence
        assert not {word.lower() for word in words} & HARD, sentence
        assert not re.search(r"[;()–&%]|\bdes \w+s\b", sentence), sentence
        for part in (part for word in words for part in word.split("-")):
            assert len(part) <= LONGEST, f"{part}: {sentence}"


@pytest.mark.parametrize("slug", PAGES)
def test_each_sentence_of_a_paragraph_stands_on_its_own_line(slug):
    paragraphs = [
        part for kind, value in PAGES[slug].body if kind == "text" for part in re.findall("<p>(.*?)</p>", value)
    ]
    for line in (line for paragraph in paragraphs for line in paragraph.split("<br/>")):
        assert len(re.split(r"(?<=[.?!])\s+", line.strip())) == 1, line


@pytest.mark.parametrize(
    "hard",
    [
        "Das regelt das Informationsfreiheitsgesetz.",
        "Das könnte gehen.",
        "Die Stadt, die Sie fragen, wenn Sie eine Idee haben, antwortet Ihnen bis zu einem Tag.",
        "Das Projekt (siehe oben) ist neu.",
        "Das ist der Name des Projekts.",
    ],
)
def test_the_rules_find_a_hard_sentence(hard, monkeypatch):
    monkeypatch.setitem(PAGES, "schwer", Text("schwer", "Klassenraum", hard))
    with pytest.raises(AssertionError):
        test_sentences_are_short_and_plain("schwer")


@pytest.mark.django_db
def test_every_page_is_reached_from_the_plain_home_and_leads_on(settings):
    settings.DEMO = True
    site.build(accounts.build())
    client = Client()
    home = client.get("/de-x-leicht/").content.decode()
    for slug, words in PAGES.items():
        path = f"/de-x-leicht/{slug}/"
        assert f'href="{path}"' in home
        response = client.get(path)
        page = response.content.decode()
        assert (response.status_code, response.get("Location")) == (200, None)
        assert '<html lang="de-x-leicht"' in page or '<html lang="de"' in page
        assert words.title in page
        assert "noch nicht von Menschen mit Lern-Schwierigkeiten geprüft" in page
    assert ContentPage.objects.filter(locale__language_code="de-x-leicht", live=True).count() == len(PAGES) + 1
    for words in (plain.HOME, plain.COUNCIL, *PAGES.values()):
        for url in [link["url"] for kind, value in words.body if kind == "links" for link in value["links"]]:
            assert client.get(url).status_code == 200, url

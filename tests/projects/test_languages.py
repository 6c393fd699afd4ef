"""Texts of projects exist in German only: English pages say so and mark every piece, and nothing else, as German."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from django.utils.translation import gettext, override

from projects.domain.life import add_milestone, add_update
from projects.enums import Area
from projects.models import ProjectPage

NOTE = "Die Texte der Projekte gibt es bisher nur auf Deutsch."
VOID = {"meta", "link", "img", "input", "br", "hr", "use", "source", "path"}


class Spoken(HTMLParser):
    """Text nodes of a page, each with the language of its nearest marked element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            around = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or around))

    def handle_endtag(self, tag):
        if tag in {name for name, _language in self.open}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if data.strip():
            self.found.append((" ".join(data.split()), self.open[-1][1] if self.open else ""))

    def languages(self, text: str) -> set[str]:
        return {language for found, language in self.found if text in found}


@pytest.fixture
def project(make_project, make_editor, english_index):
    made = make_project(title="Ampelprobe", aim="Weniger warten an der Kreuzung.", area=Area.ENVIRONMENT)
    made.status_note = "Seit Mai im Test."
    made.save()
    page = ProjectPage.objects.get(project=made)
    page.body = "<p>Der lange Text.</p>"
    page.save_revision().publish()
    add_update(make_editor(), project=made, title="Zwischenbericht", text="Bisher läuft es gut.")
    add_milestone(make_editor(), project=made, title="Abnahme", on=date(2099, 5, 1), description="Mit allen.")
    return made


def spoken(client, path: str) -> Spoken:
    response = client.get(path)
    assert response.status_code == 200, path
    return Spoken(response.content.decode())


def english(text: str) -> str:
    with override("en"):
        return gettext(text)


def test_an_english_project_page_marks_german_texts_and_them_alone(client, project):
    page = spoken(client, f"/en/projekte/{project.slug}/")
    for text in ("Weniger warten", "Seit Mai im Test.", "Der lange Text.", "Zwischenbericht", "Abnahme", "Mit allen."):
        assert page.languages(text) == {"de"}, text
    for text in ("Umwelt", "Worum es geht", "Was bisher geschah", "Angaben zum Projekt"):
        assert english(text) != text
        assert page.languages(english(text)) == {"en"}, text
    assert page.languages(english(NOTE)) == {"en"}


def test_an_english_list_and_a_report_say_so_too(client, project):
    path = project.updates.get().get_absolute_url()
    for address in ("/en/projekte/", f"/en{path}"):
        assert spoken(client, address).languages(english(NOTE)) == {"en"}, address
    assert spoken(client, f"/en{path}").languages("Bisher läuft es gut.") == {"de"}
    assert spoken(client, f"/en{path}").languages(english("Neues aus dem Projekt")) == {"en"}
    assert spoken(client, "/en/projekte/").languages("Weniger warten") == {"de"}


@pytest.mark.parametrize("address", ["/projekte/", "/projekte/{slug}/"])
def test_a_german_page_says_nothing_of_it(client, project, address):
    page = spoken(client, address.format(slug=project.slug))
    assert page.languages(NOTE) == set()
    assert page.languages("Weniger warten") == {"de"}

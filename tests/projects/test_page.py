"""`/projekte/<slug>/`: what a project page shows to whom, its timeline, and the registry of panels."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from portal.activity.domain import stream
from projects import panels
from projects.domain.life import add_milestone, add_update
from projects.enums import Precision
from projects.models import Place


def page(client, project, query="") -> str:
    response = client.get(f"/projekte/{project.slug}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_page_shows_aim_status_and_source(client, make_project):
    project = make_project(aim="Damit niemand wartet.", status_note="Läuft an.", source_chapter="4.2")
    text = page(client, project)
    assert "Damit niemand wartet." in text
    assert "Läuft an." in text
    assert "Kapitel 4.2" in text


def test_page_states_how_exactly_a_place_is_known(client, make_project):
    project = make_project()
    Place.objects.create(project=project, name="Kreuzung", lat=51.7, lng=8.7, radius_m=300, confidence="low")
    assert "auf etwa 300 m genau, grob geschätzt" in page(client, project)


def test_draft_is_not_found(client, make_project):
    project = make_project(live=False)
    assert client.get(f"/projekte/{project.slug}/").status_code == 404


def test_timeline_tells_updates_milestones_and_what_others_published(client, make_project, make_editor):
    project, editor = make_project(), make_editor()
    add_update(editor, project=project, title="Erster Bericht", text="Es geht los.")
    add_milestone(
        editor, project=project, title="Begonnen", on=date(2019, 1, 1), precision=Precision.YEAR, reached=True
    )
    stream.publish(actor=None, verb="recommendation.published", title="Empfehlung", url="/ethikrat/", project=project)
    shown = client.get(f"/projekte/{project.slug}/").context["timeline"]
    assert [entry.title for entry in shown.entries] == ["Empfehlung", "Erster Bericht", "Begonnen"]
    assert shown.entries[2].when == "2019"
    assert {group["key"]: group["count"] for group in shown.groups} == {"projekt": 2, "ethikrat": 1}


def test_timeline_can_be_filtered_by_kind(client, make_project, make_editor):
    project = make_project()
    add_update(make_editor(), project=project, title="Erster Bericht", text="Es geht los.")
    stream.publish(actor=None, verb="recommendation.published", title="Empfehlung", url="/ethikrat/", project=project)
    entries = client.get(f"/projekte/{project.slug}/?zeige=ethikrat").context["timeline"].entries
    assert [entry.title for entry in entries] == ["Empfehlung"]


def test_timeline_hides_what_is_for_staff(client, make_project):
    project = make_project()
    stream.publish(actor=None, verb="review.submitted", title="Intern", url="/x/", project=project, audience="staff")
    assert "Intern" not in page(client, project)


def test_long_timeline_is_cut_and_can_be_shown_whole(client, make_project):
    project = make_project()
    for number in range(15):
        stream.publish(
            actor=None,
            verb="comment.created",
            title=f"Nummer {number}",
            url="/",
            project=project,
            occurred_at=timezone.now(),
        )
    assert client.get(f"/projekte/{project.slug}/").context["timeline"].more == 3
    assert client.get(f"/projekte/{project.slug}/?alle=1").context["timeline"].more == 0


class Panel:
    key, title, order = "probe", "Messwerte", 30

    def __init__(self, rendered):
        self.rendered = rendered

    def render(self, project, user):
        return self.rendered

    def actions(self, project, user):
        return [panels.Action("Sensor anmelden", "/sensoren/", icon="sensor")]


@pytest.fixture
def register():
    yield panels.register
    panels.unregister("probe")


def test_panel_of_another_app_is_shown_with_its_action(client, make_project, register):
    register(Panel(panels.Rendered("components/badge.html", {"label": "12 Grad <b>"})))
    text = page(client, make_project())
    assert "Messwerte" in text
    assert "12 Grad &lt;b&gt;" in text
    assert "Sensor anmelden" in text


def test_panel_without_anything_to_say_is_left_out(client, make_project, register):
    register(Panel(None))
    assert "Messwerte" not in page(client, make_project())


def test_update_has_its_own_page(client, make_project, make_editor):
    project = make_project()
    update = add_update(make_editor(), project=project, title="Bericht", text="<script>alert(1)</script>")
    response = client.get(update.get_absolute_url())
    assert response.status_code == 200
    assert "<script>alert(1)" not in response.content.decode()


def test_update_of_a_draft_is_not_found(client, make_project, make_editor):
    project = make_project(live=False)
    update = add_update(make_editor(), project=project, title="Bericht", text="Geheim")
    assert client.get(update.get_absolute_url()).status_code == 404


def test_english_page_falls_back_to_the_german_text_and_says_so(client, make_project, english_index):
    project = make_project(title="Ampel")
    text = client.get(f"/en/projekte/{project.slug}/").content.decode()
    assert 'lang="en"' in text
    assert '<h1 lang="de">Ampel</h1>' in text


@pytest.fixture
def _alone():
    """Only what this app shows itself: each panel's own app counts that panel's queries."""
    others = panels.registered()
    for panel in others:
        panels.unregister(panel.key)
    yield
    for panel in others:
        panels.register(panel)


@pytest.mark.usefixtures("_alone")
@pytest.mark.parametrize("number", [1, 30])
def test_page_costs_the_same_queries(client, make_project, make_editor, django_assert_num_queries, number):
    project, editor = make_project(), make_editor()
    for count in range(number):
        add_update(editor, project=project, title=f"Bericht {count}", text="Text")
        add_milestone(editor, project=project, title=f"Schritt {count}", on=date(2027, 1, 1))
        Place.objects.create(project=project, name=f"Ort {count}", lat=51.7, lng=8.7, radius_m=30, confidence="low")
    client.get(f"/projekte/{project.slug}/")
    with django_assert_num_queries(QUERIES):
        client.get(f"/projekte/{project.slug}/")


QUERIES = 21

"""`/projekte/`: what is listed, how filters combine, and that a long list costs no more queries than a short one."""

from __future__ import annotations

import pytest

from projects.enums import Area, Kind, Programme, Status
from projects.models import ProjectArea

QUERIES = 16


def listed(response) -> list[str]:
    return [card["project"].title for card in response.context["cards"]]


def test_list_shows_published_projects_by_title(client, make_project):
    make_project(title="Zebra")
    make_project(title="Amsel")
    make_project(title="Entwurf", live=False)
    assert listed(client.get("/projekte/")) == ["Amsel", "Zebra"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("bereich=mobilitaet", ["Ampel", "Bus"]),
        ("bereich=mobilitaet&art=umsetzung", ["Bus"]),
        ("programm=modellregion-owl", ["Ampel"]),
        ("stand=abgeschlossen", ["Wald"]),
        ("q=amp", ["Ampel"]),
        ("q=amp&bereich=umwelt", ["Ampel"]),
        ("q=nichts", []),
        ("bereich=unbekannt", ["Ampel", "Bus", "Wald"]),
        ("seite=99", ["Ampel", "Bus", "Wald"]),
        ("seite=x&stand=%00", ["Ampel", "Bus", "Wald"]),
    ],
)
def test_filters_combine_and_bad_values_are_forgiven(client, make_project, query, titles):
    ampel = make_project(title="Ampel", area=Area.MOBILITY, kind=Kind.INNOVATION, programme=Programme.OWL)
    ProjectArea.objects.create(project=ampel, area=Area.ENVIRONMENT)
    make_project(title="Bus", area=Area.MOBILITY, kind=Kind.IMPLEMENTATION)
    make_project(title="Wald", area=Area.ENVIRONMENT, status=Status.DONE)
    assert listed(client.get(f"/projekte/?{query}")) == titles


def test_choices_carry_the_number_they_would_find(client, make_project):
    make_project(area=Area.MOBILITY, kind=Kind.INNOVATION)
    make_project(area=Area.MOBILITY, kind=Kind.IMPLEMENTATION)
    make_project(area=Area.HEALTH, kind=Kind.IMPLEMENTATION)
    form = client.get("/projekte/?art=umsetzung").context["form"]
    assert dict(form.fields["bereich"].choices)["mobilitaet"] == "Mobilität (1)"
    assert dict(form.fields["art"].choices)["innovation"] == "Innovationsprojekt (1)"


def test_the_way_to_the_map_keeps_the_filters(client, make_project):
    make_project()
    assert client.get("/projekte/?bereich=umwelt&q=Pader").context["map_url"] == (
        "/projekte/karte/?bereich=umwelt&q=Pader"
    )


def test_empty_list_says_what_to_do(client, make_project):
    make_project()
    assert "Dazu gibt es kein Projekt" in client.get("/projekte/?q=nirgends").content.decode()


def test_the_english_list_marks_german_content(client, make_project, english_index):
    make_project(title="Ampel")
    page = client.get("/en/projekte/").content.decode()
    assert 'lang="de"' in page
    assert 'href="/en/projekte/' in page


@pytest.mark.parametrize("number", [1, 30])
def test_list_costs_the_same_queries(client, make_project, django_assert_num_queries, number):
    for _ in range(number):
        project = make_project()
        ProjectArea.objects.create(project=project, area=Area.DATA)
    client.get("/projekte/")
    with django_assert_num_queries(QUERIES):
        client.get("/projekte/")


def test_list_sets_no_cookie(client, make_project):
    make_project()
    assert not client.get("/projekte/").cookies

"""The other doors to projects: API, search, sitemap; drafts stay behind each of them."""

from __future__ import annotations

import pytest

from portal.cms import search_sources
from projects.enums import Area, Kind
from projects.models import Partner, Place, ProjectArea, ProjectPartner


@pytest.fixture
def furnished(make_project):
    def make(**fields):
        project = make_project(**fields)
        partner, _created = Partner.objects.get_or_create(name="ASP")
        ProjectPartner.objects.create(project=project, partner=partner)
        ProjectArea.objects.create(project=project, area=Area.DATA)
        Place.objects.create(project=project, name="Markt", lat=51.7, lng=8.75, radius_m=70, confidence="medium")
        return project

    return make


def test_api_row_is_as_promised(client, furnished):
    project = furnished(title="Ampel", area=Area.MOBILITY, sample=True)
    row = client.get("/api/v1/projects").json()["items"][0]
    assert row == {
        "id": project.pk,
        "slug": project.slug,
        "title": "Ampel",
        "url": f"/projekte/{project.slug}/",
        "aim": "",
        "kind": "innovation",
        "area": "mobilitaet",
        "areas": ["mobilitaet", "datenplattformen"],
        "programme": "eigen",
        "status": "laeuft",
        "partners": ["ASP"],
        "lat": 51.7,
        "lng": 8.75,
        "radius_m": 70,
        "source": "",
        "sample": True,
    }


def test_api_filters_as_the_list_does(client, make_project):
    make_project(title="Ampel", area=Area.MOBILITY, kind=Kind.IMPLEMENTATION)
    make_project(title="Bus", area=Area.MOBILITY)
    rows = client.get("/api/v1/projects?bereich=mobilitaet&art=umsetzung").json()["items"]
    assert [row["title"] for row in rows] == ["Ampel"]


def test_api_pages_through_everything_once(client, make_project):
    slugs = {make_project().slug for _ in range(5)}
    seen, address = [], "/api/v1/projects?limit=2"
    while address:
        page = client.get(address).json()
        seen += [row["slug"] for row in page["items"]]
        address = page["next"]
    assert (len(seen), set(seen)) == (5, slugs)


def test_api_hides_drafts_even_from_editors(client, make_project, make_editor):
    make_project(live=False)
    client.force_login(make_editor())
    assert client.get("/api/v1/projects").json()["items"] == []


@pytest.mark.parametrize("number", [1, 30])
def test_api_costs_the_same_queries(client, furnished, django_assert_num_queries, number):
    for _ in range(number):
        furnished()
    with django_assert_num_queries(5):
        client.get("/api/v1/projects")


def test_search_finds_published_projects_only(make_project, make_editor):
    make_project(title="Ampelsteuerung")
    make_project(title="Ampelplanung", live=False)
    found = search_sources.registered()["projects"].find(["ampel"], make_editor(), 10)
    assert (found.total, [hit.title for hit in found.hits]) == (1, ["Ampelsteuerung"])


def test_search_carries_the_mark_of_samples(make_project):
    make_project(title="Erfunden (Beispiel)", sample=True)
    found = search_sources.registered()["projects"].find(["erfunden"], None, 10)
    assert next(iter(found.hits)).sample


def test_sitemap_lists_the_project_and_the_map(client, settings, make_project):
    settings.DEMO = False
    project, draft = make_project(), make_project(live=False)
    text = client.get("/sitemap.xml").content.decode()
    assert f"/projekte/{project.slug}/" in text
    assert "/projekte/karte/" in text
    assert draft.slug not in text

"""The project pages against the strategy paper: section 4.2's map, and what else it describes.

The list is typed from the paper, not from the data file, so a project that gets lost is noticed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portal.demo import projects as demo
from projects.enums import Area, Confidence, Kind, Programme, Status
from projects.models import Milestone, Project

PILOTS_OF_SECTION_4_2 = {
    "schlosskreuzung": "Schlosskreuzung",
    "parkraummanagement": "Parkraummanagement",
    "digitales-buergerportal": "Digitales Bürgerportal",
    "zeonline": "ZEOnline",
    "inspire": "INSPIRE",
    "theaterlytics": "Theaterlytics",
    "digitale-gesundheitsplattform-owl": "Digitale Gesundheitsplattform OWL",
    "open-data-plattform": "Open Data Plattform",
    "lernstatt-2020": "Lernstatt 2020",
    "digos-mels": "DIGOS-MELS",
    "wlan-freifunk": "WLAN Freifunk e.V.",
}
ALSO_DESCRIBED = {
    "iris",
    "teamwork",
    "digitale-heimat-mittendrin",
    "lorawan-netz",
    "obolus",
    "marktplatz-ehrenamt",
    "imok",
    "barker-barracks",
    "urbane-datenplattform",
    "digitaler-zwilling",
    "bike-citizens",
    "handy-parken",
    "kita-navigator",
    "windcores",
    "swimtag",
}
SAYS_THE_KIND = {
    "open-data-plattform": Kind.CROSS_CUTTING,
    "lorawan-netz": Kind.CROSS_CUTTING,
    "digitales-buergerportal": Kind.INNOVATION,
    "handy-parken": Kind.IMPLEMENTATION,
    "kita-navigator": Kind.IMPLEMENTATION,
}
SAYS_OWL = {"digitale-gesundheitsplattform-owl", "open-data-plattform"}
INVENTED = {"baumsensoren-riemekepark", "digitale-sprechstunde"}
PEOPLE_IN_THE_PAPER = (
    "Dreier",
    "Boschin",
    "Heinz-",
    "Hoblitz",
    "Ohms",
    "Treffon",
    "Hoischen",
    "Plass",
    "Landsberg",
    "Kühn",
    "Handschuh",
    "Schneider",
)


@pytest.fixture(scope="module")
def data():
    return demo.content()


@pytest.fixture
def built(settings, make_user):
    from portal.accounts.enums import Role

    people = {demo.EDITOR: make_user(Role.COMMUNICATIONS), demo.LEAD: make_user(Role.PROJECT_LEAD)}
    demo.build(people)
    return people


def test_every_pilot_of_section_4_2_has_a_page_with_its_facts(client, built):
    missing = PILOTS_OF_SECTION_4_2.keys() - set(Project.objects.public().values_list("slug", flat=True))
    assert missing == set()
    for slug, title in PILOTS_OF_SECTION_4_2.items():
        project = Project.objects.get(slug=slug)
        page = client.get(f"/projekte/{slug}/").content.decode()
        assert project.title == title
        assert project.aim
        assert project.aim in page
        assert project.partnerships.exists(), slug
        assert "4.2" in project.source_chapter, slug
        assert f"Kapitel {project.source_chapter}" in page
        assert project.status_note.startswith("Stand 2020 laut Leitlinie"), slug
        assert not project.sample


def test_building_twice_adds_nothing(built):
    before = (Project.objects.count(), Milestone.objects.count())
    demo.build(built)
    assert (Project.objects.count(), Milestone.objects.count()) == before


def test_what_the_paper_describes_elsewhere_is_there(data):
    assert ALSO_DESCRIBED - {item["slug"] for item in data["projects"]} == set()


def test_every_project_of_the_paper_is_complete(data):
    for item in data["projects"]:
        if item.get("sample"):
            continue
        assert item["aim"], item["slug"]
        assert item["summary"], item["slug"]
        assert item["partners"], item["slug"]
        assert item["status_note"], item["slug"]
        assert item["chapter"], item["slug"]


def test_values_are_those_of_the_vocabularies(data):
    for item in data["projects"]:
        assert item["kind"] in Kind
        assert item["status"] in Status
        assert item.get("programme", "eigen") in Programme
        assert {item["area"], *item.get("further", ())} <= set(Area)


def test_every_target_picture_has_a_project(data):
    assert {item["area"] for item in data["projects"]} == set(Area)


def test_the_kind_is_the_papers_only_where_chapter_6_1_says_so(data):
    said = {item["slug"]: item["kind"] for item in data["projects"] if item.get("kind_by") == "leitlinie"}
    assert said == SAYS_THE_KIND


def test_only_what_the_paper_says_belongs_to_the_owl_programme(data):
    assert {item["slug"] for item in data["projects"] if item.get("programme") == "modellregion-owl"} == SAYS_OWL


def test_no_amount_is_invented(data):
    amounts = [f.get("amount_eur") for item in data["projects"] for f in item.get("fundings", ())]
    assert set(amounts) <= {None}


def test_invented_projects_say_so(data):
    invented = {item["slug"]: item for item in data["projects"] if item.get("sample")}
    assert invented.keys() == INVENTED
    assert all(item["title"].endswith("(Beispiel)") for item in invented.values())


def test_reports_and_milestones_are_invented_for_invented_projects_only(data):
    lively = {item["slug"] for item in data["projects"] if item.get("milestones") or item.get("updates")}
    assert lively == INVENTED


def test_no_living_person_is_named():
    text = Path(demo.CONTENT).read_text(encoding="utf-8")
    assert [name for name in PEOPLE_IN_THE_PAPER if name in text] == []


def test_places_are_those_of_the_places_file(data):
    known = {f["id"] for f in json.loads(demo.PLACES.read_text(encoding="utf-8"))["features"]}
    for item in data["projects"]:
        for place in item["places"]:
            if isinstance(place, str):
                assert place in known
            else:
                assert item.get("sample"), "only invented projects have invented places"
                assert place["confidence"] in Confidence


def test_milestones_of_picture_3_2_run_from_2017_to_2020(client, built):
    steps = list(Milestone.objects.programme_wide())
    assert [step.date.year for step in steps] == [2017, 2018, 2018, 2018, 2019, 2019, 2019, 2020]
    page = client.get("/projekte/").content.decode()
    assert all(step.title in page for step in steps)

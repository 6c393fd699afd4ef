"""The project map: the same projects as the list, and a script that carries no words and calls nobody."""

from __future__ import annotations

import json
import re

import pytest

from projects.enums import Area
from projects.models import Place

EVIL = '</script><script>alert("x")</script>'


@pytest.fixture
def placed(make_project):
    def make(name="Markt", lat=51.7, lng=8.75, **fields):
        project = make_project(**fields)
        Place.objects.create(project=project, name=name, lat=lat, lng=lng, radius_m=70, confidence="medium")
        return project

    return make


def points(response) -> list[dict]:
    found = re.search(r'<script id="karte-punkte" type="application/json">(.*?)</script>', response.content.decode())
    return json.loads(found.group(1))


def drawn(client, query="") -> list[dict]:
    text = client.get(f"/projekte/karte/skript.js{query}").content.decode()
    return json.loads(re.search(r"geo_json_punkte_add\((\{.*?\})\);", text).group(1))["features"]


def test_map_lists_the_same_projects_with_and_without_place(client, placed, make_project):
    placed(title="Ampel")
    make_project(title="Konzept")
    response = client.get("/projekte/karte/")
    assert [card["project"].title for card in response.context["cards"]] == ["Ampel", "Konzept"]
    assert response.context["placed"] == 1
    assert "ohne festen Ort" in response.content.decode()


def test_projects_of_one_place_share_a_point(client, placed):
    placed(title="Erstes")
    placed(title="Zweites")
    placed(title="Drittes", name="Theater", lat=51.71)
    shown = points(client.get("/projekte/karte/"))
    assert [[card["title"] for card in point["cards"]] for point in shown] == [["Erstes", "Zweites"], ["Drittes"]]
    assert [feature["properties"] for feature in drawn(client)] == [{"key": 0, "count": 2}, {"key": 1, "count": 1}]


def test_filters_are_those_of_the_list(client, placed):
    placed(title="Ampel", area=Area.MOBILITY)
    placed(title="Wald", area=Area.ENVIRONMENT, lat=51.72)
    query = "?bereich=mobilitaet"
    response = client.get(f"/projekte/karte/{query}")
    assert [card["project"].title for card in response.context["cards"]] == ["Ampel"]
    assert response.context["list_url"] == "/projekte/?bereich=mobilitaet"
    assert response.context["script_url"] == "/projekte/karte/skript.js?bereich=mobilitaet"
    assert len(drawn(client, query)) == 1


def test_drafts_are_on_no_map(client, placed, make_user):
    from portal.accounts.enums import Role

    placed(live=False)
    client.force_login(make_user(Role.COMMUNICATIONS))
    assert points(client.get("/projekte/karte/")) == []
    assert drawn(client) == []


def test_script_is_a_script_and_answers_304(client, placed):
    placed()
    first = client.get("/projekte/karte/skript.js")
    assert first["Content-Type"] == "text/javascript; charset=utf-8"
    again = client.get("/projekte/karte/skript.js", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_script_is_the_same_each_time_and_changes_with_its_points(client, placed):
    from mapviews.maps import render

    placed()
    first = client.get("/projekte/karte/skript.js")
    render._script.cache_clear()
    assert client.get("/projekte/karte/skript.js").content == first.content
    placed(lat=51.71)
    assert client.get("/projekte/karte/skript.js")["ETag"] != first["ETag"]


def test_words_of_editors_cannot_break_out(client, placed):
    placed(title=EVIL, name=EVIL)
    page = client.get("/projekte/karte/").content.decode()
    script = client.get("/projekte/karte/skript.js").content.decode()
    assert "alert" not in script
    assert EVIL not in page
    assert points(client.get("/projekte/karte/"))[0]["cards"][0]["title"] == EVIL


def test_no_other_host_is_asked(client, placed):
    placed()
    script = client.get("/projekte/karte/skript.js").content.decode()
    page = client.get("/projekte/karte/").content.decode()
    assert not re.search(r"https?:|//[a-z]+\.", script)
    loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', page)
    hosts = {address.split("/")[2] for address in loaded if address.startswith(("http:", "https:", "//"))}
    assert hosts <= {"testserver"}


def test_page_has_no_inline_script_or_style(client, placed):
    placed()
    page = client.get("/projekte/karte/").content.decode()
    inline = [
        tag for tag in re.findall(r"<script\b[^>]*>", page) if "src=" not in tag and "application/json" not in tag
    ]
    assert inline == []
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", page)


def test_map_names_its_source(client, placed):
    placed()
    assert "© GeoBasis-DE / BKG 2019" in client.get("/projekte/karte/").content.decode()


def test_bad_filters_are_forgiven(client, placed):
    placed()
    assert client.get("/projekte/karte/?bereich=%00&art=x").status_code == 200
    assert client.get("/projekte/karte/skript.js?bereich='").status_code == 200


def test_only_reading_is_possible(client):
    assert client.post("/projekte/karte/").status_code == 405


@pytest.mark.django_db
def test_map_opens_in_english(client, placed):
    placed()
    response = client.get("/en/projekte/karte/")
    assert response.context["list_url"] == "/en/projekte/"
    assert response.context["script_url"] == "/en/projekte/karte/skript.js"


@pytest.mark.parametrize("number", [1, 30])
def test_map_costs_the_same_queries(client, placed, django_assert_num_queries, number):
    for count in range(number):
        placed(lat=51.7 + count / 1000)
    client.get("/projekte/karte/")
    with django_assert_num_queries(7):
        client.get("/projekte/karte/")

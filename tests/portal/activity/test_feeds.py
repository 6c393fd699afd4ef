"""Atom feeds: all, and of one project; nothing that is not public; Beispieldaten marked."""

from __future__ import annotations

import pytest
from defusedxml import ElementTree

from portal.activity.domain import stream
from portal.activity.enums import Audience

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def publish(title, **fields) -> None:
    stream.publish(actor=None, verb="comment.created", title=title, url="/x/", **fields)


def titles(answer) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in ElementTree.fromstring(answer.content).iter(f"{ATOM}entry")]


def test_the_feed_of_all_is_public_and_marks_samples(client, make_project):
    publish("Öffentlich <b>&", sample=True)
    publish("Nur Verwaltung", audience=Audience.STAFF)
    publish("Entwurf", project=make_project(live=False))
    answer = client.get("/feed/")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert titles(answer) == ["[Beispieldaten] Öffentlich <b>&"]
    terms = [c.get("term") for c in ElementTree.fromstring(answer.content).iter(f"{ATOM}category")]
    assert terms == ["Kommentar", "Beispieldaten"]
    assert not answer.cookies


def test_the_feed_of_a_project_has_its_lines_only(client, make_project):
    project = make_project()
    publish("Hier", project=project)
    publish("Anderswo", project=make_project())
    assert titles(client.get(f"/feed/projekte/{project.slug}/")) == ["Hier"]
    assert client.get(f"/feed/projekte/{make_project(live=False).slug}/").status_code == 404
    assert client.get("/feed/projekte/gibt-es-nicht/").status_code == 404


def test_control_characters_do_not_break_a_feed(client):
    publish("Eins\x00\x08\r\nZwei\u202e")
    assert titles(client.get("/feed/")) == ["Eins Zwei"]


@pytest.mark.parametrize("number", [1, 30])
def test_a_feed_costs_the_same_at_any_length(client, number, django_assert_num_queries):
    for n in range(number):
        publish(f"Nr. {n}")
    client.get("/feed/")
    with django_assert_num_queries(1):
        client.get("/feed/")

"""The projects of the strategy paper, and two invented ones, through the domain functions; idempotent.

The texts are in `data/projects.json`: own words, with the chapter of the paper that each project comes from. Facts are
brought up to date at each run as long as nobody changed them by hand; milestones and reports are added once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from wagtail.models import Site

from portal.cms.models import BasePage
from projects.domain.facts import Relations, create_project
from projects.domain.life import add_milestone, add_update
from projects.domain.pages import publish_index, publish_project_page
from projects.enums import Classifier, Precision, Programme
from projects.models import Milestone, Project, ProjectIndexPage

CONTENT = Path(__file__).resolve().parent / "data" / "projects.json"
PLACES = Path(settings.BASE_DIR) / "portal" / "static" / "geo" / "orte_paderborn.geojson"
EDITOR = "redaktion@demo.example"
LEAD = "projektleitung@demo.example"


def content() -> dict[str, Any]:
    """The data file as it is; tests compare it with the paper."""
    found: dict[str, Any] = json.loads(CONTENT.read_text(encoding="utf-8"))
    return found


def build(people: Mapping[str, Any]) -> None:
    """Needs the home pages of `portal.demo.site`. Leaves alone what already exists, so editors' changes stay."""
    data = content()
    editor, lead = people[EDITOR], people[LEAD]
    home = BasePage.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id)
    index = _index(editor, home, data["index"])
    for english in home.get_translations().filter(locale__language_code="en"):
        _index(editor, english, data["index_en"])
    for number, milestone in enumerate(data["milestones"]):
        _programme_milestone(editor, number, milestone)
    for item in data["projects"]:
        if not Project.objects.filter(slug=item["slug"]).exists():
            _project(editor, lead, index, item)


def _index(editor: Any, home: BasePage, texts: Mapping[str, str]) -> ProjectIndexPage:
    known = ProjectIndexPage.objects.child_of(home).first()
    return known or publish_index(editor, parent=home, **texts)


def _programme_milestone(editor: Any, number: int, item: Mapping[str, Any]) -> None:
    if not Milestone.objects.programme_wide().filter(title=item["title"]).exists():
        add_milestone(
            editor,
            project=None,
            title=item["title"],
            description=item["description"],
            on=date(item["year"], 1, 1),
            precision=Precision.YEAR,
            reached=True,
            announce=False,
            order=number,
        )


def _project(editor: Any, lead: Any, index: ProjectIndexPage, item: Mapping[str, Any]) -> None:
    sample = bool(item.get("sample"))
    project = create_project(
        editor,
        slug=item["slug"],
        title=item["title"],
        aim=item["aim"],
        kind=item["kind"],
        kind_by=item.get("kind_by", Classifier.EDITORS),
        area=item["area"],
        programme=item.get("programme", Programme.OWN),
        programme_note=item.get("programme_note") or _programme_note(item),
        status=item["status"],
        status_note=item["status_note"],
        source_chapter=item["chapter"],
        source_page=item["page"],
        sample=sample,
        lead=lead if sample else None,
        relations=Relations(
            further_areas=item.get("further", ()),
            partners=item["partners"],
            places=[_place(place) for place in item["places"]],
            fundings=item.get("fundings", ()),
        ),
    )
    publish_project_page(
        editor, project=project, index=index, summary=item["summary"], body=_paragraphs(item["text"]), announce=False
    )
    if not sample:
        _in_the_paper(editor, project)
    for number, milestone in enumerate(item.get("milestones", ())):
        add_milestone(
            lead,
            project=project,
            title=milestone["title"],
            description=milestone.get("description", ""),
            on=date.fromisoformat(milestone["date"]),
            precision=milestone["precision"],
            reached=milestone["reached"],
            order=number,
        )
    for update in item.get("updates", ()):
        moment = timezone.make_aware(datetime.combine(date.fromisoformat(update["date"]), time(9, 30)))
        add_update(lead, project=project, title=update["title"], text=update["text"], published_at=moment)


def _in_the_paper(editor: Any, project: Project) -> None:
    """What is known of a project's past: in 2020 the paper described it. History is no news, so nobody is told."""
    add_milestone(
        editor,
        project=project,
        title="In der Leitlinie Digitale Heimat Paderborn beschrieben",
        description=project.status_note,
        on=date(2020, 1, 1),
        precision=Precision.YEAR,
        reached=True,
        announce=False,
    )


def _programme_note(item: Mapping[str, Any]) -> str:
    """Section 4.2 says that nine pilot projects belong to the OWL programme, but not which ones."""
    if item.get("pilot") and not item.get("programme"):
        return "Neun Pilotprojekte gehören zur Modellregion OWL; die Leitlinie sagt nicht, ob dieses dabei ist."
    return ""


def _place(place: str | Mapping[str, Any]) -> Mapping[str, Any]:
    return _known_places()[place] if isinstance(place, str) else place


@cache
def _known_places() -> dict[str, dict[str, Any]]:
    features = json.loads(PLACES.read_text(encoding="utf-8"))["features"]
    return {
        feature["id"]: {
            "name": feature["properties"]["name"],
            "lng": feature["geometry"]["coordinates"][0],
            "lat": feature["geometry"]["coordinates"][1],
            "radius_m": feature["properties"]["radius_m"],
            "confidence": feature["properties"]["confidence"],
            "basis": feature["properties"]["basis"],
        }
        for feature in features
    }


def _paragraphs(texts: list[str]) -> str:
    return format_html("{}", format_html_join("", "<p>{}</p>", ((text,) for text in texts)))

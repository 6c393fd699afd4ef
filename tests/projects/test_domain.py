"""Writes: who may, what is refused with which code, and what they leave in the audit and on the timeline."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Site

from portal.activity.models import Activity
from portal.exceptions import DomainError, NotAllowed
from projects.domain.facts import Relations, change_facts, create_project, relations_of
from projects.domain.life import add_milestone, add_update, reach_milestone
from projects.domain.pages import publish_index, publish_project_page, withdraw_project
from projects.enums import Area, Kind, Precision, Programme, Status
from projects.models import Milestone, Partner, Project, ProjectPage, ProjectUpdate

FACTS = {
    "title": "Ampel",
    "kind": Kind.INNOVATION,
    "area": Area.MOBILITY,
    "programme": Programme.OWN,
    "status": Status.RUNNING,
}
PLACE = {"name": "Markt", "lat": 51.7, "lng": 8.75, "radius_m": 70, "confidence": "medium", "basis": "Plan"}


@pytest.fixture
def index(make_editor):
    home = Site.objects.get(is_default_site=True).root_page
    return publish_index(make_editor(), parent=home, title="Projekte", summary="Alles")


def verbs() -> list[str]:
    return list(Activity.objects.order_by("pk").values_list("verb", flat=True))


def audited() -> list[str]:
    from portal.audit.models import AuditEntry

    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_create_writes_facts_and_relations(make_editor):
    relations = Relations(
        further_areas=[Area.DATA],
        partners=[{"name": "ASP", "role": "testet"}],
        places=[PLACE],
        fundings=[{"source": "Land", "amount_eur": 500}],
    )
    project = create_project(make_editor(), slug="ampel", relations=relations, **FACTS)
    assert project.areas == [Area.MOBILITY, Area.DATA]
    assert [p.partner.name for p in project.partnerships.all()] == ["ASP"]
    assert project.places.get().radius_m == 70
    assert project.fundings.get().amount_eur == 500
    assert audited()[-1] == "project.created"


@pytest.mark.parametrize(
    ("slug", "changes", "field"),
    [
        ("karte", {}, "slug"),
        ("Ampel am Tor", {}, "slug"),
        ("ampel", {"kind": "erfunden"}, "kind"),
        ("ampel", {"title": ""}, "title"),
    ],
)
def test_create_refuses_bad_facts_and_keeps_nothing(make_editor, slug, changes, field):
    with pytest.raises(DomainError) as refused:
        create_project(make_editor(), slug=slug, **(FACTS | changes))
    assert (refused.value.code, refused.value.field) == ("invalid_project", field)
    assert not Project.objects.exists()


def test_create_refuses_a_taken_slug(make_editor):
    create_project(make_editor(), slug="ampel", **FACTS)
    with pytest.raises(DomainError) as refused:
        create_project(make_editor(), slug="ampel", **FACTS)
    assert refused.value.field == "slug"


def test_only_editors_create(make_user, make_lead):
    for person in (AnonymousUser(), make_user(), make_lead()):
        with pytest.raises(NotAllowed):
            create_project(person, slug="ampel", **FACTS)


def test_lead_changes_own_project_and_no_other(make_project, make_lead):
    lead = make_lead()
    own, other = make_project(lead=lead), make_project()
    change_facts(lead, project=own, status=Status.DONE)
    assert Project.objects.get(pk=own.pk).status == Status.DONE
    with pytest.raises(NotAllowed):
        change_facts(lead, project=other, status=Status.DONE)


def test_named_lead_without_the_role_changes_nothing(make_project, make_user):
    person = make_user()
    with pytest.raises(NotAllowed):
        change_facts(person, project=make_project(lead=person), status=Status.DONE)


def test_change_writes_nothing_where_nothing_changes(make_project, make_editor):
    project = make_project(title="Ampel")
    change_facts(make_editor(), project=project, title="Ampel", relations=Relations())
    assert "project.changed" not in audited()


def test_change_replaces_relations_and_keeps_the_others(make_editor):
    editor = make_editor()
    project = create_project(editor, slug="ampel", relations=Relations(places=[PLACE]), **FACTS)
    change_facts(editor, project=project, relations=relations_of(project, further_areas=[Area.HEALTH]))
    project = Project.objects.get()
    assert project.areas == [Area.MOBILITY, Area.HEALTH]
    assert project.places.get().name == "Markt"
    assert not Partner.objects.exists()


def test_unknown_fact_is_a_mistake_of_the_caller(make_project, make_editor):
    with pytest.raises(TypeError):
        change_facts(make_editor(), project=make_project(), colour="blau")


def test_publishing_shows_the_project_and_tells_it_once(make_project, make_editor, index):
    project, editor = make_project(live=False), make_editor()
    publish_project_page(editor, project=project, index=index, summary="Kurz")
    assert list(Project.objects.public()) == [project]
    publish_project_page(editor, project=project, index=index, summary="Anders")
    assert verbs() == ["project.published"]
    assert ProjectPage.objects.get().summary == "Anders"


def test_publishing_the_same_again_writes_nothing(make_project, make_editor, index):
    project, editor = make_project(live=False), make_editor()
    first = publish_project_page(editor, project=project, index=index, summary="Kurz")
    again = publish_project_page(editor, project=project, index=index, summary="Kurz")
    assert again.latest_revision_id == first.latest_revision_id


def test_outsider_publishes_nothing(make_project, make_user, index):
    with pytest.raises(NotAllowed):
        publish_project_page(make_user(), project=make_project(live=False), index=index, summary="Kurz")


def test_index_is_made_once(make_editor, index):
    home = Site.objects.get(is_default_site=True).root_page
    again = publish_index(make_editor(), parent=home, title="Alle Projekte", summary="Alles")
    assert (again.pk, again.title) == (index.pk, "Alle Projekte")


def test_withdrawing_hides_everywhere(client, make_project, make_editor, make_user):
    project = make_project(title="Zurück")
    assert withdraw_project(make_editor(), project=project) == 1
    assert client.get("/projekte/").context["cards"] == []
    assert client.get(f"/projekte/{project.slug}/").status_code == 404
    assert "Zurück" not in client.get("/projekte/karte/").content.decode()
    assert client.get("/api/v1/projects").json()["items"] == []
    assert "Zurück" not in client.get("/suche/?q=Zurück").content.decode().replace('value="Zurück"', "").split("<main")[
        1
    ].replace("„Zurück“", "")
    with pytest.raises(DomainError) as refused:
        withdraw_project(make_editor(), project=project)
    assert refused.value.code == "not_published"


def test_withdrawing_needs_the_right(make_project, make_user):
    with pytest.raises(NotAllowed):
        withdraw_project(make_user(), project=make_project())


def test_update_is_told_and_audited(make_project, make_lead):
    lead = make_lead()
    update = add_update(lead, project=make_project(lead=lead, sample=True), title=" Neu ", text="a " * 400)
    activity = Activity.objects.get()
    assert (update.title, update.sample, activity.sample) == ("Neu", True, True)
    assert activity.verb == "project.updated"
    assert len(activity.summary) <= 302
    assert "project.updated" in audited()


@pytest.mark.parametrize(
    ("title", "text", "code", "field"),
    [
        ("", "Text", "empty", "title"),
        ("Titel", "  ", "empty", "text"),
        ("x" * 151, "Text", "too_long", "title"),
        ("Titel", "x" * 4001, "too_long", "text"),
    ],
)
def test_update_refuses_bad_text(make_project, make_editor, title, text, code, field):
    with pytest.raises(DomainError) as refused:
        add_update(make_editor(), project=make_project(), title=title, text=text)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not ProjectUpdate.objects.exists()


def test_outsider_adds_no_update(make_project, make_lead):
    with pytest.raises(NotAllowed):
        add_update(make_lead(), project=make_project(), title="Neu", text="Text")


def test_planned_milestone_is_told_when_it_is_reached(make_project, make_editor):
    editor = make_editor()
    milestone = add_milestone(editor, project=make_project(), title="Fertig", on=date(2027, 3, 1))
    assert verbs() == []
    reached = reach_milestone(editor, milestone=milestone, on=date(2026, 11, 20))
    assert (reached.reached, reached.date, reached.precision) == (True, date(2026, 11, 20), Precision.DAY)
    assert verbs() == ["milestone.reached"]
    with pytest.raises(DomainError) as refused:
        reach_milestone(editor, milestone=milestone)
    assert refused.value.code == "already_reached"


def test_history_is_no_news(make_editor):
    add_milestone(
        make_editor(),
        project=None,
        title="Leitlinie",
        on=date(2020, 1, 1),
        precision=Precision.YEAR,
        reached=True,
        announce=False,
    )
    assert verbs() == []
    assert Milestone.objects.programme_wide().get().when == "2020"


def test_milestones_of_the_programme_belong_to_editors(make_lead, make_project):
    lead = make_lead()
    with pytest.raises(NotAllowed):
        add_milestone(lead, project=None, title="Alles", on=date(2027, 1, 1))
    add_milestone(lead, project=make_project(lead=lead), title="Eigenes", on=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("precision", "words", "machine"),
    [("jahr", "2026", "2026"), ("monat", "März 2026", "2026-03"), ("tag", "5. März 2026", "2026-03-05")],
)
def test_milestone_says_as_much_of_its_date_as_is_known(precision, words, machine):
    milestone = Milestone(title="x", date=date(2026, 3, 5), precision=precision)
    assert (milestone.when, milestone.when_machine) == (words, machine)


def test_who_sees_drafts(make_project, make_editor, make_lead, make_user):
    lead = make_lead()
    own, foreign = make_project(live=False, lead=lead), make_project(live=False)
    assert set(Project.objects.visible_to(make_editor())) == {own, foreign}
    assert set(Project.objects.visible_to(lead)) == {own}
    assert not Project.objects.visible_to(make_user()).exists()
    assert not Project.objects.visible_to(AnonymousUser()).exists()

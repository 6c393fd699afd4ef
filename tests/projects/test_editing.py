"""The forms for those who run a project; to everybody else they do not exist."""

from __future__ import annotations

from datetime import date

import pytest

from projects.domain.life import add_milestone
from projects.enums import Area, Status
from projects.models import Milestone, Project, ProjectUpdate

FORMS = ("neuigkeit", "meilenstein", "angaben")


@pytest.mark.parametrize("form", FORMS)
def test_form_asks_strangers_to_sign_in(client, make_project, form):
    response = client.get(f"/projekte/{make_project().slug}/{form}/")
    assert response.status_code == 302
    assert "/konto/login/" in response["Location"]


@pytest.mark.parametrize("form", FORMS)
def test_form_is_hidden_from_outsiders(client, make_project, make_user, make_lead, form):
    project = make_project()
    for outsider in (make_user(), make_lead()):
        client.force_login(outsider)
        assert client.get(f"/projekte/{project.slug}/{form}/").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_form_opens_for_lead_and_editor(client, make_project, make_editor, make_lead, form):
    lead = make_lead()
    project = make_project(lead=lead)
    for insider in (lead, make_editor()):
        client.force_login(insider)
        assert client.get(f"/projekte/{project.slug}/{form}/").status_code == 200


def test_lead_publishes_a_report(client, make_project, make_lead):
    lead = make_lead()
    project = make_project(lead=lead)
    client.force_login(lead)
    response = client.post(f"/projekte/{project.slug}/neuigkeit/", {"title": "Neu", "text": "Es geht weiter."})
    assert response["Location"] == f"/projekte/{project.slug}/"
    assert ProjectUpdate.objects.get().title == "Neu"


def test_bad_report_is_refused_and_kept_in_the_form(client, make_project, make_editor):
    client.force_login(make_editor())
    response = client.post(f"/projekte/{make_project().slug}/neuigkeit/", {"title": "", "text": "Mein Text"})
    assert response.status_code == 422
    assert "Mein Text" in response.content.decode()
    assert not ProjectUpdate.objects.exists()


def test_milestone_is_entered_and_reached(client, make_project, make_editor):
    project = make_project()
    client.force_login(make_editor())
    client.post(
        f"/projekte/{project.slug}/meilenstein/",
        {"title": "Aufbau", "description": "", "date": "2027-03-01", "precision": "monat"},
    )
    milestone = Milestone.objects.get()
    assert (milestone.title, milestone.reached, milestone.when) == ("Aufbau", False, "März 2027")
    client.post(f"/projekte/{project.slug}/meilenstein/{milestone.pk}/erreicht/")
    assert Milestone.objects.get().reached
    assert client.post(f"/projekte/{project.slug}/meilenstein/{milestone.pk}/erreicht/").status_code == 302
    assert Milestone.objects.count() == 1


def test_milestone_of_another_project_is_not_reached_from_here(client, make_project, make_lead, make_editor):
    lead = make_lead()
    own, other = make_project(lead=lead), make_project()
    milestone = add_milestone(make_editor(), project=other, title="Fremd", on=date(2027, 1, 1))
    client.force_login(lead)
    assert client.post(f"/projekte/{own.slug}/meilenstein/{milestone.pk}/erreicht/").status_code == 404
    assert not Milestone.objects.get().reached


def test_facts_are_changed(client, make_project, make_editor):
    project = make_project(title="Ampel", area=Area.MOBILITY)
    client.force_login(make_editor())
    client.post(
        f"/projekte/{project.slug}/angaben/",
        {
            "title": "Ampel am Tor",
            "aim": "Weniger warten",
            "status": "abgeschlossen",
            "status_note": "",
            "kind": project.kind,
            "area": "mobilitaet",
            "programme": project.programme,
            "programme_note": "",
            "source_chapter": "",
            "source_page": "",
            "further_areas": ["umwelt", "mobilitaet"],
        },
    )
    project = Project.objects.get()
    assert (project.title, project.status, project.areas) == ("Ampel am Tor", Status.DONE, ["mobilitaet", "umwelt"])


def test_page_offers_the_forms_to_insiders_only(client, make_project, make_lead):
    lead = make_lead()
    project = make_project(lead=lead)
    address = f"/projekte/{project.slug}/neuigkeit/"
    assert address not in client.get(f"/projekte/{project.slug}/").content.decode()
    client.force_login(lead)
    assert address in client.get(f"/projekte/{project.slug}/").content.decode()

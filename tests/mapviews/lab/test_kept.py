"""Kept charts and the gallery: who sees what when, moderation, pictures, people's own data."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.lab import keeping, recipe, services
from mapviews.models import LabChart, SmartService
from portal import audit
from portal.accounts.domain import privacy
from portal.accounts.enums import Role
from portal.activity.models import Activity
from portal.comments.domain import matters, moderation
from portal.comments.enums import Lane
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db
HIDE = {"reason": "insult", "facts": "Beschimpft den Nachbarn."}
SERVICE = {
    "title": "Lüftungsampel",
    "description": "Zeigt, wann gelüftet werden soll.",
    "address": "https://ampel.example/",
}


@pytest.fixture
def channel(make_station: Any) -> Any:
    found = make_station(name="Am Fluss", phenomena=["temperature"]).channels.select_related("phenomenon").get()
    ingest(Batch([Reading(found.pk, 1_777_593_600_000, 20.0)], {found.pk: found}))
    return found


@pytest.fixture
def moderator(make_user: Any) -> Any:
    return make_user(Role.MODERATOR)


def photo() -> SimpleUploadedFile:
    picture = Image.new("RGB", (40, 30), "blue")
    exif = picture.getexif()
    exif[0x010E] = "Wohnzimmer, Geheimweg 7"
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=exif)
    return SimpleUploadedFile("Geheimweg 7.jpg", target.getvalue(), content_type="image/jpeg")


def test_a_chart_is_kept_listed_shared_and_deleted(client: Any, channel: Any, make_user: Any) -> None:
    person = make_user()
    query = f"k={channel.pk}&von=2026-05-01&bis=2026-05-02&titel=Warm"
    assert client.get(f"/sensoren/labor/aufheben/?{query}").status_code == 302
    client.force_login(person)
    answer = client.post(f"/sensoren/labor/aufheben/?{query}", {"title": "Warm", "note": "Ein milder Tag."})
    chart = LabChart.objects.get()
    assert answer.url == chart.get_absolute_url() == f"/sensoren/labor/d/{chart.code}/"
    assert chart.query == query
    client.post(f"/sensoren/labor/aufheben/?{query}", {"title": "Warm", "note": ""})
    assert LabChart.objects.count() == 1
    assert "Warm" in client.get("/sensoren/labor/meine/").content.decode()
    client.force_login(make_user())
    page = client.get(chart.get_absolute_url()).content.decode()
    assert "Ein milder Tag." in page
    assert "Am Fluss" in page
    assert client.post(f"{chart.get_absolute_url()}loeschen/").status_code == 404
    type(channel.station).objects.update(publicity="private")
    page = client.get(chart.get_absolute_url()).content.decode()
    assert "Am Fluss" not in page
    assert "nicht mehr öffentlich" in page
    client.force_login(person)
    client.post(f"{chart.get_absolute_url()}loeschen/")
    assert client.get(chart.get_absolute_url()).status_code == 404
    assert audit.verify().findings == []


def test_text_of_a_chart_is_held_by_a_rule_and_hidden_by_the_moderation(
    client: Any, channel: Any, make_user: Any, moderator: Any, mailoutbox: Any
) -> None:
    person = make_user()
    made = recipe.Recipe(channels=(channel.pk,))
    held = keeping.keep(person, recipe=made, title="Ruft an", note="05251 1234567")
    assert client.get(held.get_absolute_url()).status_code == 404
    matter = matters.of("lab_chart", held.pk)
    assert (matter.lane, matter.rule) == (Lane.HELD, "personal_data")
    moderation.release(user=moderator, matter=matter)
    assert client.get(held.get_absolute_url()).status_code == 200
    moderation.hide(user=moderator, matter=matters.of("lab_chart", held.pk), **HIDE)
    assert client.get(held.get_absolute_url()).status_code == 404
    assert mailoutbox[-1].subject == "Ihr Diagramm wurde ausgeblendet"
    moderation.delete(user=moderator, matter=matters.of("lab_chart", held.pk), **HIDE)
    held.refresh_from_db()
    assert (held.title, held.note, held.query) == ("–", "", "")


@pytest.mark.parametrize(
    ("code", "fields"),
    [("empty", {"title": " "}), ("no_channel", {"recipe": recipe.Recipe()}), ("links", {"note": "https://x.example"})],
)
def test_a_chart_is_refused(channel: Any, make_user: Any, code: str, fields: Any) -> None:
    given = {"recipe": recipe.Recipe(channels=(channel.pk,)), "title": "Warm"} | fields
    with pytest.raises(DomainError) as caught:
        keeping.keep(make_user(), **given)
    assert caught.value.code == code
    assert LabChart.objects.count() == 0


def test_a_service_is_seen_once_it_was_looked_at(
    client: Any, make_user: Any, make_project: Any, moderator: Any, channel: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    person, project = make_user(), make_project()
    client.force_login(person)
    form = SERVICE | {"project": project.pk, "uses_api": "on", "picture": photo(), "picture_alt": "Eine Ampel."}
    answer = client.post(f"/sensoren/labor/galerie/neu/?k={channel.pk}", form)
    assert answer.status_code == 302
    service = SmartService.objects.get()
    page = service.get_absolute_url()
    assert page == "/sensoren/labor/galerie/lueftungsampel/"
    assert client.get(page).status_code == 200
    client.logout()
    for path in (page, f"{page}bild.jpg", f"{page}ausprobieren/"):
        assert client.get(path).status_code == 404
    assert "Lüftungsampel" not in client.get("/sensoren/labor/galerie/").content.decode()
    moderation.release(user=moderator, matter=matters.of("smart_service", service.pk))
    assert "Lüftungsampel" in client.get("/sensoren/labor/galerie/").content.decode()
    text = client.get(page).content.decode()
    assert f"k={channel.pk}&amp;" in text
    assert "führt aus dem Portal hinaus zu ampel.example" in text
    assert 'href="https://ampel.example/"' not in text
    assert 'rel="nofollow ugc noopener noreferrer"' in client.get(f"{page}ausprobieren/").content.decode()
    picture = client.get(f"{page}bild.jpg")
    assert b"Geheimweg" not in picture.content
    assert Image.open(io.BytesIO(picture.content)).size == (40, 30)
    shown = Activity.objects.get(verb="service.shown")
    assert (shown.project, shown.url) == (project, service.canonical_url)
    project_page = client.get(project.get_absolute_url()).content.decode()
    assert "Smart Services von Bürgerinnen und Bürgern" in project_page
    services.edit(person, service=service, **(SERVICE | {"title": "Neue Ampel"}))
    assert client.get(page).status_code == 404
    moderation.release(user=moderator, matter=matters.of("smart_service", service.pk))
    assert client.get(page).status_code == 200
    assert Activity.objects.filter(verb="service.shown").count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://ampel.example/",
        "javascript:alert(1)",
        "https://paderborn.de@boese.example/",
        "https://" + "a" * 300 + ".example",
        "ftp://x.example",
        "https:///x",
    ],
)
def test_only_plain_https_addresses_are_taken(make_user: Any, address: str) -> None:
    with pytest.raises(DomainError) as caught:
        services.submit(make_user(), **(SERVICE | {"address": address}))
    assert (caught.value.code, caught.value.field) == ("bad_address", "address")
    assert SmartService.objects.count() == 0


def test_a_picture_needs_words_and_must_be_one(make_user: Any) -> None:
    fake = SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>")
    for code, fields in (
        ("no_alt", {"picture": photo()}),
        ("no_image", {"picture": fake, "picture_alt": "Etwas."}),
    ):
        with pytest.raises(DomainError) as caught:
            services.submit(make_user(), **(SERVICE | fields))
        assert caught.value.code == code


def test_support_counts_a_person_once_and_not_the_author(client: Any, make_user: Any, moderator: Any) -> None:
    author, reader = make_user(), make_user()
    service = services.submit(author, **SERVICE)
    with pytest.raises(DomainError, match="gone"):
        services.support(reader, service=service)
    moderation.release(user=moderator, matter=matters.of("smart_service", service.pk))
    client.force_login(reader)
    for _each in range(2):
        client.post(f"{service.get_absolute_url()}gefaellt/")
    assert SmartService.objects.get().support_count == 1
    client.post(f"{service.get_absolute_url()}gefaellt/", {"zurueck": "1"})
    assert SmartService.objects.get().support_count == 0
    with pytest.raises(DomainError, match="own"):
        services.support(author, service=service)


def test_strangers_change_nothing(client: Any, make_user: Any, moderator: Any) -> None:
    service = services.submit(make_user(), **SERVICE)
    moderation.release(user=moderator, matter=matters.of("smart_service", service.pk))
    client.force_login(make_user())
    for path in ("aendern/", "loeschen/"):
        assert client.get(f"{service.get_absolute_url()}{path}").status_code == 404
        assert client.post(f"{service.get_absolute_url()}{path}", SERVICE).status_code == 404
    with pytest.raises(DomainError, match="not_allowed"):
        services.edit(make_user(), service=service, **SERVICE)
    assert SmartService.objects.get().title == "Lüftungsampel"


def test_erasure_takes_charts_and_names_and_leaves_what_was_shown(
    channel: Any, make_user: Any, moderator: Any, settings: Any, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    person = make_user(display_name="Erna Beispiel")
    keeping.keep(person, recipe=recipe.Recipe(channels=(channel.pk,)), title="Warm")
    shown = services.submit(person, **SERVICE, picture=photo(), picture_alt="Eine Ampel.")
    moderation.release(user=moderator, matter=matters.of("smart_service", shown.pk))
    waiting = services.submit(person, **(SERVICE | {"title": "Wartet"}))
    kinds = [row["kind"] for row in privacy.export(user=person)["parts"]["reallabor"]]
    assert kinds == ["chart", "service", "service"]
    from mapviews import lab_contributions

    with django_capture_on_commit_callbacks(execute=True):
        lab_contributions.erase(person)
    shown.refresh_from_db()
    waiting.refresh_from_db()
    assert LabChart.objects.count() == 0
    assert (shown.author, shown.title, shown.picture.name) == (None, "Lüftungsampel", "")
    assert (waiting.author, waiting.title, waiting.description) == (None, "–", "")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_gallery_costs_the_same_at_any_length(client: Any, make_user: Any, django_assert_num_queries: Any) -> None:
    for number in range(12):
        services.submit(make_user(), sample=True, **(SERVICE | {"title": f"Ampel {number}"}))
        if number in (0, 11):
            client.get("/sensoren/labor/galerie/")
            with django_assert_num_queries(5):
                assert client.get("/sensoren/labor/galerie/").status_code == 200

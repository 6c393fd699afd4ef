"""News: announced once, by hand or by schedule; the thread survives later revisions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.activity.models import Activity
from portal.cms.models import NewsPage

pytestmark = pytest.mark.django_db


def test_publishing_announces_once_on_the_projects_timeline(make_news, make_project, editor):
    project = make_project()
    page = make_news("Neue Ampel", summary="Kurz.", project=project, sample=True)
    entry = Activity.objects.get(verb="news.published")
    assert (entry.title, entry.url, entry.project, entry.sample) == ("Neue Ampel", page.url, project, True)
    page.title = "Neue Ampel, geändert"
    page.save_revision(user=editor).publish(user=editor)
    assert Activity.objects.filter(verb="news.published").count() == 1


def test_a_revision_from_before_the_publication_keeps_thread_and_announcement(make_news, editor):
    page = make_news("Entwurf", live=False)
    early = page.latest_revision
    page.save_revision(user=editor).publish(user=editor)
    thread = NewsPage.objects.get(pk=page.pk).thread
    assert thread.target == "news"
    early.refresh_from_db()
    early.publish(user=editor)
    again = NewsPage.objects.get(pk=page.pk)
    assert again.thread == thread
    assert again.announced_at is not None


def test_scheduled_page_appears_at_its_time(client, make_news, editor, home):
    page = make_news("Später", live=False, slug="spaeter")
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision(user=editor).publish(user=editor)
    call_command("publish_scheduled", verbosity=0)
    assert client.get("/aktuelles/spaeter/").status_code == 404
    assert not Activity.objects.exists()
    revision = page.revisions.latest("pk")
    revision.approved_go_live_at = page.go_live_at = timezone.now() - timedelta(seconds=1)
    revision.content["go_live_at"] = page.go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert client.get("/aktuelles/spaeter/").status_code == 200
    assert Activity.objects.filter(verb="news.published", title="Später").count() == 1


def test_copy_gets_its_own_thread(make_news, editor):
    page = make_news("Vorlage")
    copy = page.copy(update_attrs={"slug": "kopie", "title": "Kopie"}, user=editor, keep_live=False)
    assert copy.thread_id is None
    copy.save_revision(user=editor).publish(user=editor)
    assert NewsPage.objects.get(pk=copy.pk).thread_id not in (None, page.thread_id)


@pytest.mark.parametrize("count", [1, 30])
def test_index_asks_the_same_number_of_queries(client, make_news, django_assert_num_queries, count):
    for number in range(count):
        make_news(f"Meldung {number}")
    client.get("/aktuelles/")
    with django_assert_num_queries(INDEX_QUERIES):
        assert client.get("/aktuelles/").status_code == 200


INDEX_QUERIES = 13

"""The banner: at once on every page, by itself at its end, in the reader's language or marked as German."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from portal.cms.domain.warnings import end_warning, remove_warning, running, save_warning
from portal.cms.models import SiteWarning
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


def warning(**fields) -> SiteWarning:
    defaults = {
        "title": "Starkregen",
        "text": "Meiden Sie Unterführungen.",
        "ends": timezone.now() + timedelta(hours=2),
    }
    return SiteWarning(**(defaults | fields))


def test_banner_stands_on_editorial_and_other_pages(client, home, editor):
    save_warning(user=editor, warning=warning(link="/aktuelles/"))
    for path in ("/", "/suche/", "/barrierefreiheit/melden/"):
        page = client.get(path).content.decode()
        assert "Starkregen" in page, path
        assert 'href="/aktuelles/"' in page


def test_banner_ends_and_begins_by_itself(editor):
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    first = SiteWarning.objects.create(title="A", text="A", starts=now, ends=now + timedelta(minutes=5))
    second = SiteWarning.objects.create(
        title="B", text="B", starts=now + timedelta(minutes=3), ends=now + timedelta(minutes=9)
    )
    assert running(now - timedelta(seconds=1)) == ([], first.starts)
    assert running(now) == ([first], second.starts)
    assert running(now + timedelta(minutes=3)) == ([first, second], first.ends)
    assert running(now + timedelta(minutes=5)) == ([second], second.ends)
    assert running(now + timedelta(minutes=9)) == ([], None)


def test_page_names_the_moment_at_which_the_cache_must_forget_it(client, home, editor):
    shown = save_warning(user=editor, warning=warning())
    assert float(client.get("/")["X-Cache-Until"]) == pytest.approx(shown.ends.timestamp(), abs=0.001)


def test_other_languages_show_their_own_words_or_the_german_ones_marked(client, home, editor, rf):
    from django.utils.translation import override

    from portal.cms.context_processors import warnings

    save_warning(user=editor, warning=warning(title_en="Heavy rain", text_en="Avoid underpasses."))
    with override("en"):
        (own,) = warnings(rf.get("/en/"))["warnings"]
    with override("de-x-leicht"):
        (german,) = warnings(rf.get("/de-x-leicht/"))["warnings"]
    assert (own["title"], own["lang"]) == ("Heavy rain", "")
    assert (german["title"], german["lang"]) == ("Starkregen", "de")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "german_required"),
        ({"text": ""}, "german_required"),
        ({"ends": timezone.now() - timedelta(hours=1), "starts": timezone.now() - timedelta(hours=2)}, "already_over"),
        ({"ends": timezone.now(), "starts": timezone.now() + timedelta(hours=2)}, "ends_before_start"),
        ({"link": "javascript:alert(1)"}, "bad_link"),
        ({"link": "//fremd.example"}, "bad_link"),
    ],
)
def test_bad_warnings_are_refused(editor, fields, code):
    with pytest.raises(DomainError) as refused:
        save_warning(user=editor, warning=warning(**fields))
    assert refused.value.code == code
    assert not SiteWarning.objects.exists()


def test_database_holds_german_and_order_of_times(db):
    with pytest.raises(IntegrityError):
        SiteWarning.objects.create(title="", text="x", ends=timezone.now() + timedelta(hours=1))


def test_only_editors_set_end_and_remove(make_user, editor):
    shown = save_warning(user=editor, warning=warning())
    for act in (save_warning, end_warning, remove_warning):
        with pytest.raises(NotAllowed):
            act(user=make_user(), warning=shown)
    end_warning(user=editor, warning=shown)
    assert running()[0] == []
    with pytest.raises(DomainError):
        end_warning(user=editor, warning=shown)
    remove_warning(user=editor, warning=shown)
    assert not SiteWarning.objects.exists()


def test_editor_sets_it_in_the_admin_without_a_workflow(client, home, editor):
    client.force_login(editor)
    ends = timezone.localtime() + timedelta(hours=1)
    form = {
        "title": "Glatteis",
        "text": "Bleiben Sie zu Hause.",
        "kind": "danger",
        "link": "",
        "starts": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
        "ends": ends.strftime("%Y-%m-%d %H:%M"),
        "title_en": "",
        "text_en": "",
        "title_plain": "",
        "text_plain": "",
    }
    assert client.get("/verwaltung/warnhinweise/new/").status_code == 200
    response = client.post("/verwaltung/warnhinweise/new/", form)
    assert response.status_code == 302
    client.logout()
    page = client.get("/").content.decode()
    assert "Glatteis" in page
    assert "Gefahr" in page
    client.force_login(editor)
    refused = client.post("/verwaltung/warnhinweise/new/", form | {"title": ""})
    assert refused.status_code == 200
    assert SiteWarning.objects.count() == 1
    pk = SiteWarning.objects.get().pk
    assert client.get(f"/verwaltung/warnhinweise/edit/{pk}/").status_code == 200
    assert client.post(f"/verwaltung/warnhinweise/edit/{pk}/", form | {"end_now": "on"}).status_code == 302
    client.logout()
    assert "Glatteis" not in client.get("/").content.decode()


def test_outsider_does_not_reach_the_admin(client, make_user, editor):
    client.force_login(make_user())
    response = client.get("/verwaltung/warnhinweise/new/")
    assert response.status_code in (302, 403)

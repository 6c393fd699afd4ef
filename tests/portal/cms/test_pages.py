"""Pages: drafts stay behind every door, languages, pictures, budget of queries."""

from __future__ import annotations

import pytest
from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.activity.models import Activity
from portal.cms.areas import AREAS
from portal.cms.domain.pages import publish_page
from portal.cms.models import BasePage, HomePage, NewsPage
from portal.exceptions import NotAllowed
from projects.enums import Area

pytestmark = pytest.mark.django_db
MARKER = "Heimlichkraut"


def test_areas_are_those_of_the_projects():
    assert [area.slug for area in AREAS] == list(Area.values)


def test_home_shows_lead_doors_and_areas(client, home):
    page = client.get("/").content.decode()
    assert "Ein Satz." in page
    for area in AREAS:
        assert f'href="/projekte/?bereich={area.slug}"' in page
    for door in ("Mitreden", "Nachsehen", "Messen"):
        assert door in page


def test_home_asks_at_most_15_queries(client, home, make_news, django_assert_max_num_queries):
    make_news("Neu")
    client.get("/")
    with django_assert_max_num_queries(15):
        assert client.get("/").status_code == 200


def test_restricted_news_are_not_on_the_home_page(client, home, make_news, news_index):
    from wagtail.models import PageViewRestriction

    make_news(MARKER)
    assert MARKER in client.get("/").content.decode()
    PageViewRestriction.objects.create(page=BasePage.objects.get(pk=news_index.pk), restriction_type="login")
    assert MARKER not in client.get("/").content.decode()
    assert "Nichts gefunden" in client.get(f"/suche/?q={MARKER}").content.decode()


def test_home_sets_no_cookie(client, home):
    assert not client.get("/").cookies


def test_a_failing_source_of_now_leaves_the_home_page_standing(client, home, monkeypatch):
    from portal.cms import now

    def fail():
        raise RuntimeError("kaputt")

    monkeypatch.setitem(now._sources, "kaputt", fail)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "door", ["/{slug}/", "/suche/?q={word}", "/sitemap.xml", "/", "/aktuelles/", "/aktuelles/{slug}/"]
)
def test_draft_appears_at_no_door(client, home, make_news, make_page, door):
    make_page(f"{MARKER} Seite", live=False, words=MARKER, slug=MARKER.lower())
    make_news(f"{MARKER} Meldung", live=False, summary=MARKER, slug=MARKER.lower())
    response = client.get(door.format(slug=MARKER.lower(), word=MARKER))
    text = response.content.decode().replace(f'value="{MARKER}"', "").replace(f"„{MARKER}“", "")
    text = text.replace(f"Suche: {MARKER}", "")
    assert MARKER not in text
    assert MARKER.lower() not in text or response.status_code == 404


def test_draft_of_a_live_page_shows_the_old_words(client, make_page, editor):
    page = make_page("Alt", slug="seite", words="alte Worte")
    page.title, page.body = MARKER, [("text", f"<p>{MARKER}</p>")]
    page.save_revision(user=editor)
    assert "alte Worte" in client.get("/seite/").content.decode()
    assert MARKER not in client.get("/seite/").content.decode()
    assert "Nichts gefunden" in client.get(f"/suche/?q={MARKER}").content.decode()


def test_draft_publishes_no_activity(make_news):
    make_news(MARKER, live=False)
    assert not Activity.objects.exists()


def test_without_the_right_nothing_is_published(home, make_user):
    with pytest.raises(NotAllowed):
        publish_page(user=make_user(), page=HomePage(title="x", lead="y"), parent=BasePage.objects.get(depth=1))


def test_a_path_that_exists_in_german_only_leads_there(client, home, make_page, editor):
    make_page("Vision", slug="vision")
    english = HomePage(title="Home", slug="start-en", lead="One.", translation_key=home.translation_key)
    english.locale = Locale.objects.get_or_create(language_code="en")[0]
    publish_page(user=editor, page=english, parent=BasePage.objects.get(depth=1))
    assert client.get("/en/").status_code == 200
    response = client.get("/en/vision/")
    assert (response.status_code, response["Location"]) == (302, "/vision/")
    assert client.get("/en/gibt-es-nicht/").status_code == 404
    assert 'hreflang="en" href="http://testserver/en/"' in client.get("/").content.decode()


def test_plain_language_leads_to_its_home(client):
    assert client.get("/leichte-sprache/")["Location"] == "/de-x-leicht/"


@pytest.fixture
def picture(db):
    from io import BytesIO

    from PIL import Image as Pillow

    data = BytesIO()
    Pillow.new("RGB", (20, 20), "teal").save(data, "PNG")
    data.seek(0)
    return get_image_model().objects.create(title="bild", file=ImageFile(data, name="bild.png"))


def home_form(home, picture, alt: str, decorative: bool = False, **extra: str) -> dict[str, str]:
    image = {"image": picture.pk, "alt_text": alt}
    if decorative:
        image["decorative"] = "on"
    block = {"image": image, "caption": "", "credit": ""}
    form = {
        "title": home.title,
        "slug": home.slug,
        "summary": "",
        "lead": "Neuer Satz.",
        "body": streamfield([("text", rich_text("<p>Worte</p>")), ("picture", block)]),
        "change_note": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    return nested_form_data(form) | extra


def test_editor_cannot_publish_a_picture_without_alt_text(client, home, editor, picture):
    client.force_login(editor)
    url = f"/verwaltung/pages/{home.pk}/edit/"
    client.post(url, home_form(home, picture, alt="", **{"action-publish": "1"}))
    assert "Neuer Satz." not in client.get("/").content.decode()
    client.post(url, home_form(home, picture, alt=""))  # a draft may be incomplete
    home.refresh_from_db()
    assert home.has_unpublished_changes
    assert "Neuer Satz." not in client.get("/").content.decode()
    response = client.post(url, home_form(home, picture, alt="Eine türkise Fläche", **{"action-publish": "1"}))
    assert response.status_code == 302
    page = client.get("/").content.decode()
    assert "Neuer Satz." in page
    assert 'alt="Eine türkise Fläche"' in page


def test_editor_may_publish_a_decorative_picture(client, home, editor, picture):
    client.force_login(editor)
    url = f"/verwaltung/pages/{home.pk}/edit/"
    client.post(url, home_form(home, picture, alt="", decorative=True, **{"action-publish": "1"}))
    assert 'alt=""' in client.get("/").content.decode()


def test_news_picture_needs_words_or_is_decorative(picture, make_news):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        make_news("Bild", image=picture)
    assert make_news("Bild zwei", image=picture, image_decorative=True).live


def test_news_page_type_has_no_children():
    assert NewsPage.allowed_subpage_models() == []

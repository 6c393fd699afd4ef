"""A small site: home page as root, an index of news, an editor."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Locale, Site

from portal.accounts.enums import Role
from portal.cms.domain.pages import publish_page
from portal.cms.domain.rights import grant
from portal.cms.models import BasePage, ContentPage, HomePage, NewsIndexPage, NewsPage


@pytest.fixture
def editor(make_user):
    from portal.accounts.roles import sync_groups

    sync_groups()
    grant()
    return make_user(Role.COMMUNICATIONS)


@pytest.fixture
def home(editor):
    page = HomePage(title="Startseite", slug="start", lead="Ein Satz.", locale=Locale.objects.get(language_code="de"))
    publish_page(user=editor, page=page, parent=BasePage.objects.get(depth=1))
    site = Site.objects.get(is_default_site=True)
    site.root_page = page
    site.save()
    return HomePage.objects.get(pk=page.pk)


@pytest.fixture
def news_index(home, editor):
    page = NewsIndexPage(title="Aktuelles", slug="aktuelles")
    return publish_page(user=editor, page=page, parent=home)


@pytest.fixture
def make_page(home, editor):
    """`make_page(title, slug=…, words=…, live=True)`: a content page below the home page."""

    def make(title: str, live: bool = True, words: str = "Worte", **fields: Any) -> ContentPage:
        page = ContentPage(title=title, body=[("text", f"<p>{words}</p>")], **fields)
        if live:
            return publish_page(user=editor, page=page, parent=BasePage.objects.get(pk=home.pk))
        page.live = False
        BasePage.objects.get(pk=home.pk).add_child(instance=page)
        page.save_revision(user=editor)
        return page

    return make


@pytest.fixture
def make_news(news_index, editor):
    def make(title: str, live: bool = True, **fields: Any) -> NewsPage:
        page = NewsPage(title=title, body=[("text", "<p>Text der Meldung</p>")], **fields)
        parent = NewsIndexPage.objects.get(pk=news_index.pk)
        if live:
            return publish_page(user=editor, page=page, parent=parent)
        page.live = False
        parent.add_child(instance=page)
        page.save_revision(user=editor)
        return page

    return make

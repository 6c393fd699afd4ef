"""The editorial pages of the demo, in three languages. Idempotent: a page that is there is left as editors made it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Site

from portal.cms.domain.pages import publish_page
from portal.cms.domain.rights import grant
from portal.cms.models import BasePage, ContentPage, HomePage, LegalPage, NewsIndexPage, NewsPage
from portal.demo.pages import Text, english, german, legal, plain, plain_topics

EDITOR = "redaktion@demo.example"


def build(people: Mapping[str, Any]) -> BasePage:
    """Makes the three homes and what stands below them; returns the German home page."""
    editor = people[EDITOR]
    grant()
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    home = _home(editor, german.HOME, locales["de"])
    _site(home)
    pages = {words.slug: _below(editor, home, ContentPage, words) for words in german.PAGES}
    pages |= {words.slug: _below(editor, home, LegalPage, words) for words in legal.PAGES}
    index = _below(editor, home, NewsIndexPage, german.NEWS_INDEX)
    for words in german.NEWS:
        _article(editor, index, words)

    english_home = _home(editor, english.HOME, locales["en"], of=home)
    for words in english.LEGAL:
        _below(editor, english_home, LegalPage, words, of=pages[words.slug])
    _below(editor, english_home, NewsIndexPage, english.NEWS_INDEX, of=index)

    plain_home = _home(editor, plain.HOME, locales["de-x-leicht"], of=home)
    _below(editor, plain_home, LegalPage, plain.ACCESSIBILITY, of=pages[plain.ACCESSIBILITY.slug])
    _below(editor, plain_home, ContentPage, plain.COUNCIL, of=pages[plain.COUNCIL.slug])
    for words in plain_topics.PAGES:
        _below(editor, plain_home, ContentPage, words)
    return home


def _home(editor: Any, words: Text, locale: Locale, of: BasePage | None = None) -> HomePage:
    known = HomePage.objects.filter(locale=locale, depth=2).first()
    if known is not None:
        return known
    root = BasePage.objects.get(depth=1)
    page = HomePage(**_fields(words, HomePage), locale=locale)
    if of is not None:
        page.translation_key = of.translation_key
    return publish_page(user=editor, page=page, parent=root)


def _site(home: HomePage) -> None:
    """The German home is the site's root; pages below Wagtail's welcome page move there, and that page goes."""
    site = Site.objects.get(is_default_site=True)
    old = site.root_page
    site.hostname, site.site_name, site.root_page = "localhost", "Digitale Heimat PB", home
    site.save()
    if old.pk != home.pk:
        for child in old.get_children():
            child.move(home, pos="last-child")
        BasePage.objects.get(pk=old.pk).delete()


def _below(editor: Any, parent: BasePage, kind: type[Any], words: Text, of: BasePage | None = None) -> Any:
    known = kind.objects.child_of(parent).filter(slug=words.slug).first()
    if known is not None:
        return known
    page = kind(**_fields(words, kind), locale=parent.locale)
    if of is not None:
        page.translation_key = of.translation_key
    return publish_page(user=editor, page=page, parent=BasePage.objects.get(pk=parent.pk))


def _article(editor: Any, index: NewsIndexPage, words: Text) -> NewsPage:
    extra = dict(words.extra)
    date = timezone.localdate() - timedelta(days=extra.pop("days_ago"))
    return _below(
        editor,
        index,
        NewsPage,
        Text(words.slug, words.title, words.summary, words.body, extra=extra | {"date": date}),
    )


def _fields(words: Text, kind: type[Any]) -> dict[str, Any]:
    fields = {"slug": words.slug, "title": words.title, "summary": words.summary, **words.extra}
    if any(field.name == "body" for field in kind._meta.get_fields()):
        fields["body"] = words.body
    if words.source and any(field.name == "source" for field in kind._meta.get_fields()):
        fields["source"] = words.source
    return fields

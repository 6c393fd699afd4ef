"""What the editorial site itself gives to the registries: search over pages and news, news on the home page."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, PageViewRestriction

from portal.activity import verbs
from portal.cms import now, search_sources
from portal.cms.models import BasePage, ContentPage, HomePage, LegalPage, NewsIndexPage, NewsPage
from portal.cms.search import match
from portal.cms.threads import NewsTarget
from portal.comments import targets


def register() -> None:
    verbs.register("news.published", _("Meldung"), "news")
    targets.register("news", NewsTarget())
    search_sources.register("pages", search_sources.Source(label=_("Seiten"), find=find_pages, order=60))
    search_sources.register("news", search_sources.Source(label=_("Aktuelles"), find=find_news, order=30))
    now.register("news", newest)


def find_pages(terms: list[str], user: Any, limit: int) -> search_sources.Found:
    pages = BasePage.objects.type(HomePage, ContentPage, LegalPage, NewsIndexPage)
    return _found(match(_readable(pages), terms), limit)


def find_news(terms: list[str], user: Any, limit: int) -> search_sources.Found:
    return _found(match(_readable(NewsPage.objects.all()), terms), limit)


def _readable(pages: Any) -> Any:
    """Published pages that everyone may see, in the language of the reader, and the German ones for everybody."""
    languages = {"de", get_language() or "de"}
    locales = Locale.objects.filter(language_code__in=languages).values_list("pk", flat=True)
    return pages.live().public().filter(locale_id__in=list(locales)).select_related("locale")


def _found(results: Any, limit: int) -> search_sources.Found:
    hits = [
        search_sources.Hit(
            title=page.title,
            url=page.url or "",
            text=page.summary,
            when=page.first_published_at if isinstance(page, NewsPage) else None,
            sample=page.sample,
            lang=page.locale.language_code,
        )
        for page in results[:limit]
    ]
    return search_sources.Found(total=results.count() if len(hits) == limit else len(hits), hits=hits)


def unrestricted(pages: Any) -> Any:
    """As Wagtail's `.public()`, within the same query: the home page has many sources and few queries."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(below=path).filter(below__startswith=F("page__path"))
    return pages.filter(~Exists(above))


def newest() -> now.Item | None:
    """The newest article of the last 60 days, in German where there is none in the reader's language."""
    since = timezone.localdate() - timezone.timedelta(days=60)
    pages = (
        unrestricted(NewsPage.objects.live()).filter(date__gte=since).select_related("locale").order_by("-date", "-pk")
    )
    page = pages.filter(locale__language_code=get_language() or "de").first()
    if page is None:
        return None
    return now.Item(
        label=_("Aktuelles"),
        title=page.title,
        url=page.url,
        text=page.summary,
        icon="news",
        sample=page.sample,
        order=90,
    )

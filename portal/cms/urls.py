"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from portal.cms import sitemaps, views

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "",
        include(
            (
                [
                    path("suche/", views.search, name="search"),
                    path("barrierefreiheit/melden/", views.report, name="barrier-report"),
                ],
                "cms",
            )
        ),
    ),
]
plain_urlpatterns: list[URLPattern | URLResolver] = [
    path("leichte-sprache/", RedirectView.as_view(url="/de-x-leicht/"), name="cms-plain-language"),
    path("verwaltung/warnhinweis/", RedirectView.as_view(url="/verwaltung/warnhinweise/"), name="cms-warning"),
    path("sitemap.xml", sitemaps.sitemap, name="cms-sitemap"),
]

"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(("mapviews.maps.urls", "maps"))),
]
plain_urlpatterns: list[URLPattern | URLResolver] = []

"""Addresses of the demo. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from portal.demo import views

_demo = [
    path("postfach/", views.outbox, name="outbox"),
    path("postfach/<uuid:uuid>/", views.mail, name="mail"),
]

urlpatterns: list[URLPattern | URLResolver] = []
plain_urlpatterns: list[URLPattern | URLResolver] = [path("demo/", include((_demo, "demo")))]

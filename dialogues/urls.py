"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from dialogues.views import join

pages = [
    path("t/", join.table_find, name="table-find"),
    path("t/<slug:code>/", join.table_join, name="table-join"),
    path("dialoge/probe/<uuid:board>/moderation/", lambda r, board: HttpResponse(""), name="rehearsal-console"),
    path("dialoge/probe/<uuid:board>/leinwand/", lambda r, board: HttpResponse(""), name="rehearsal-projector"),
    path("dialoge/<slug:slug>/", lambda r, slug: HttpResponse(""), name="event-detail"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((pages, "dialogues")))]
plain_urlpatterns: list[URLPattern | URLResolver] = []

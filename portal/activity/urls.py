"""Addresses of the event log. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from portal.activity.views import feeds, following

_own = [
    path("folgen/projekte/<slug:slug>/", following.follow, name="project-follow"),
    path("konto/neuigkeiten/", following.notes, name="note-list"),
    path("konto/neuigkeiten/gelesen/", following.read, name="note-read"),
    path("mails-beenden/<str:token>/", following.stop_mails, name="mails-stop"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((_own, "activity")))]

_feeds = [
    path("", feeds.AllFeed(), name="all"),
    path("projekte/<slug:slug>/", feeds.ProjectFeed(), name="project"),
]
plain_urlpatterns: list[URLPattern | URLResolver] = [path("feed/", include((_feeds, "feeds")))]

"""Addresses of the event log. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from portal.activity.views import feeds, following, notes

_own = [
    path("folgen/<slug:target>/<str:object_id>/", following.follow, name="follow"),
    path("konto/neuigkeiten/", notes.notes, name="note-list"),
    path("konto/neuigkeiten/gelesen/", notes.read, name="note-read"),
    path("konto/neuigkeiten/mails/", notes.choose, name="note-cadence"),
    path("konto/neuigkeiten/beenden/<slug:target>/<str:object_id>/", notes.end, name="follow-end"),
    path("mails-beenden/<str:token>/", following.stop_mails, name="mails-stop"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((_own, "activity")))]

_feeds = [
    path("", feeds.AllFeed(), name="all"),
    path("projekte/<slug:slug>/", feeds.ProjectFeed(), name="project"),
    path("<slug:target>/<str:object_id>/", feeds.TopicFeed(), name="topic"),
]
plain_urlpatterns: list[URLPattern | URLResolver] = [path("feed/", include((_feeds, "feeds")))]

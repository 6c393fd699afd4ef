"""Addresses of talk and its order. `urlpatterns` exist in every language."""

from django.urls import URLPattern, URLResolver, include, path

from portal.comments.views import decisions, drafts, figures, matter, moderation, notices, reading, steering, talk

_comments = [
    path("<int:pk>/", reading.show, name="comment-detail"),
    path("<int:pk>/antworten/", reading.replies, name="reply-list"),
    path("<int:pk>/fassungen/", reading.history, name="comment-history"),
    path("<int:pk>/bearbeiten/", talk.edit, name="comment-edit"),
    path("<int:pk>/loeschen/", talk.delete, name="comment-delete"),
    path("<int:pk>/unterstuetzen/", talk.back, name="comment-support"),
    path("<int:key>/melden/", notices.report, {"slug": "kommentare"}, name="comment-report"),
    path("<int:pk>/anheften/", steering.pin, name="comment-pin"),
    path("<int:thread_pk>/leiten/", steering.lead, name="thread-steer"),
    path("<int:thread_pk>/neu/", reading.news, name="thread-news"),
    path("<int:thread_pk>/schreiben/", talk.write, name="comment-create"),
    path("<int:thread_pk>/entwurf/", drafts.keep, name="draft-keep"),
]
_notices = [
    path("stand/", notices.find, name="notice-find"),
    path("stand/<slug:receipt>/", notices.show, name="notice-detail"),
    path("<slug:slug>/<str:key>/", notices.report, name="notice-create"),
]
_moderation = [
    path("", moderation.overview, name="queue"),
    path("mehrere/", moderation.several, name="queue-several"),
    path("regeln/", figures.rules, name="rules"),
    path("zahlen/", figures.page, name="figures"),
    path("zahlen.csv", figures.csv_file, name="figures-csv"),
    path("entscheidungen/<uuid:uuid>/", decisions.decision, name="decision-detail"),
    path("<slug:slug>/<str:key>/", matter.item, name="matter-detail"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("kommentare/", include((_comments, "comments"))),
    path("melden/", include((_notices, "notices"))),
    path("moderation/", include((_moderation, "moderation"))),
]
plain_urlpatterns: list[URLPattern | URLResolver] = []

"""Addresses of talk and its order. `urlpatterns` exist in every language."""

from django.urls import URLPattern, URLResolver, include, path

from portal.comments.views import moderation, talk

_comments = [
    path("<int:pk>/", talk.show, name="comment-detail"),
    path("<int:pk>/antworten/", talk.replies, name="reply-list"),
    path("<int:pk>/bearbeiten/", talk.edit, name="comment-edit"),
    path("<int:pk>/loeschen/", talk.delete, name="comment-delete"),
    path("<int:pk>/unterstuetzen/", talk.back, name="comment-support"),
    path("<int:pk>/melden/", talk.report, name="comment-report"),
    path("<int:thread_pk>/schreiben/", talk.write, name="comment-create"),
    path("<int:thread_pk>/entwurf/", talk.keep_draft, name="draft-keep"),
]
_moderation = [
    path("", moderation.overview, name="queue"),
    path("kommentare/<int:pk>/", moderation.item, name="comment-item"),
    path("entscheidungen/<uuid:uuid>/", moderation.decision, name="decision-detail"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("kommentare/", include((_comments, "comments"))),
    path("moderation/", include((_moderation, "moderation"))),
]
plain_urlpatterns: list[URLPattern | URLResolver] = []

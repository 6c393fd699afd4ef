"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix.

`/projekte/` and `/projekte/<slug>/` are Wagtail pages (projects.models.pages); only what has no page stands here.
"""

from django.urls import URLPattern, URLResolver, include, path

from projects.views import detail, editing

app_urls = [
    path("projekte/<slug:slug>/neuigkeiten/<int:pk>/", detail.update_detail, name="update-detail"),
    path("projekte/<slug:slug>/neuigkeit/", editing.update_create, name="update-create"),
    path("projekte/<slug:slug>/meilenstein/", editing.milestone_create, name="milestone-create"),
    path("projekte/<slug:slug>/meilenstein/<int:pk>/erreicht/", editing.milestone_reach, name="milestone-reach"),
    path("projekte/<slug:slug>/angaben/", editing.facts_change, name="facts-change"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((app_urls, "projects")))]
plain_urlpatterns: list[URLPattern | URLResolver] = []

"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from mapviews.views import boxes, ingest, push

pages = []

urlpatterns: list[URLPattern | URLResolver] = [
    path("sensoren/", include((pages, "mapviews"))),
    path("", include(("mapviews.maps.urls", "maps"))),
]

doors = [
    path("ingest/<slug:source>/", ingest.receive, name="ingest-receive"),
    path("v1/push-sensor-data/", push.receive, name="push-receive"),
    path("boxes/<str:osem_id>/data", boxes.data, name="box-data"),
    path("boxes/<str:osem_id>/<str:osem_channel>", boxes.channel, name="box-channel"),
]
plain_urlpatterns: list[URLPattern | URLResolver] = [path("", include((doors, "doors")))]

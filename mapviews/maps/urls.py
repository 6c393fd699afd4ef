"""Addresses of the project map; `mapviews.urls` includes them."""

from django.urls import path

from mapviews.maps import views

urlpatterns = [
    path("projekte/karte/", views.project_map, name="project-map"),
    path("projekte/karte/skript.js", views.project_map_script, name="project-map-script"),
]

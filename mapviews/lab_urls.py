"""Addresses of the Reallabor below /sensoren/labor/, in the namespace of the sensors."""

from django.urls import path

from mapviews.views.lab import charts, gallery, kept

urlpatterns = [
    path("", charts.build, name="lab"),
    path("verlauf.json", charts.values, name="lab-values"),
    path("daten.csv", charts.download, {"kind": "csv"}, name="lab-csv"),
    path("daten.json", charts.download, {"kind": "json"}, name="lab-json"),
    path("notizbuch.ipynb", charts.notebook, name="lab-notebook"),
    path("aufheben/", kept.keep, name="lab-keep"),
    path("meine/", kept.mine, name="lab-mine"),
    path("d/<slug:code>/", kept.chart, name="lab-chart"),
    path("d/<slug:code>/loeschen/", kept.delete, name="lab-delete"),
    path("galerie/", gallery.index, name="gallery"),
    path("galerie/neu/", gallery.submit, name="service-submit"),
    path("galerie/<slug:slug>/", gallery.detail, name="service-detail"),
    path("galerie/<slug:slug>/bild.jpg", gallery.picture, name="service-picture"),
    path("galerie/<slug:slug>/aendern/", gallery.edit, name="service-edit"),
    path("galerie/<slug:slug>/loeschen/", gallery.delete, name="service-delete"),
    path("galerie/<slug:slug>/gefaellt/", gallery.support, name="service-support"),
    path("galerie/<slug:slug>/ausprobieren/", gallery.leave, name="service-leave"),
]

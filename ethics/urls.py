"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from ethics.views import office, public, sittings

CASE = "buero/faelle/<slug:slug>/"

_pages = [
    path("", public.council, name="council-show"),
    path("pruefungen/<slug:slug>/", public.case, name="review-show"),
    path("pruefungen/<slug:slug>/dossier.pdf", public.dossier, name="review-download"),
    path("buero/", office.work_list, name="office-show"),
    path("buero/neu/", office.begin, name="case-begin"),
    path("buero/sitzungen/neu/", sittings.call, name="meeting-call"),
    path("buero/sitzungen/<int:pk>/", sittings.show, name="meeting-show"),
    path("buero/sitzungen/<int:pk>/sitzung.ics", sittings.calendar, name="meeting-download"),
    path(CASE, office.show, name="case-show"),
    path(f"{CASE}antrag/", office.describe, name="case-describe"),
    path(f"{CASE}antrag/schwellwert/", office.screen, name="case-screen"),
    path(f"{CASE}antrag/einreichen/", office.check, name="case-check"),
    path(f"{CASE}<slug:key>/", office.act, name="case-act"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("ethikrat/", include((_pages, "ethics")))]
plain_urlpatterns: list[URLPattern | URLResolver] = []

"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from ethics.views import application, cases, minutes, office, public, sittings

CASE = "buero/faelle/<slug:slug>/"
DPIA = "buero/dsfa/<slug:slug>/"
MEETING = "buero/sitzungen/<int:pk>/"

_public = [
    path("", public.council, name="council-show"),
    path("pruefungen/<slug:slug>/", public.case, name="review-show"),
    path("pruefungen/<slug:slug>/dossier.pdf", public.dossier, name="review-download"),
]
_meetings = [
    path("buero/sitzungen/neu/", sittings.call, name="meeting-call"),
    path(MEETING, sittings.show, name="meeting-show"),
    path(f"{MEETING}sitzung.ics", sittings.calendar, name="meeting-download"),
    path(f"{MEETING}niederschrift/", minutes.show, name="minutes-show"),
    path(f"{MEETING}niederschrift.pdf", minutes.pdf, name="minutes-download"),
    path(f"{MEETING}mappe/", minutes.show_folder, name="folder-show"),
    path(f"{MEETING}mappe.pdf", minutes.folder_pdf, name="folder-download"),
    path(f"{MEETING}mappe/<int:item>/", minutes.mark, name="folder-mark"),
]
_cases = [
    path("buero/", office.work_list, name="office-show"),
    path("buero/neu/", application.begin, name="case-begin"),
    path(CASE, cases.show, name="case-show"),
    path(f"{CASE}antrag/", application.describe, name="case-describe"),
    path(f"{CASE}antrag/schwellwert/", application.screen, name="case-screen"),
    path(f"{CASE}antrag/einreichen/", application.check, name="case-check"),
    path(f"{CASE}anlagen/<int:pk>/", cases.attachment, name="attachment-download"),
    path(f"{CASE}<slug:key>/", cases.act, name="case-act"),
]
_pages = [*_public, *_meetings, *_cases]

urlpatterns: list[URLPattern | URLResolver] = [path("ethikrat/", include((_pages, "ethics")))]
plain_urlpatterns: list[URLPattern | URLResolver] = []

"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from ethics.views import (
    application,
    assessments,
    blueprints,
    cases,
    exchange,
    inquiries,
    minutes,
    office,
    proof,
    public,
    register,
    sittings,
)

CASE = "buero/faelle/<slug:slug>/"
DPIA = "buero/dsfa/<slug:slug>/"
MEETING = "buero/sitzungen/<int:pk>/"

_public = [
    path("", public.council, name="council-show"),
    path("pruefungen/<slug:slug>/", public.case, name="review-show"),
    path("pruefungen/<slug:slug>/dossier/", public.dossier_page, name="dossier-show"),
    path("pruefungen/<slug:slug>/dossier.pdf", public.dossier, name="review-download"),
    path("fragen/", inquiries.show, name="inquiry-list"),
    path("fragen/<int:pk>/antwort/", inquiries.answer, name="inquiry-answer"),
    path("folgenabschaetzungen/", register.index, name="dpia-register"),
    path("folgenabschaetzungen/<slug:slug>/", register.entry, name="dpia-record"),
    path("echtheit/", proof.check, name="proof-check"),
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
_assessments = [
    path("buero/dsfa/", assessments.index, name="dpia-list"),
    path("buero/dsfa/neu/", assessments.begin, name="dpia-begin"),
    path("buero/dsfa/einlesen/", exchange.take_in, name="dpia-import"),
    path(DPIA, assessments.show, name="dpia-show"),
    path(f"{DPIA}ausgabe/", exchange.before_giving_out, name="dpia-export-check"),
    path(f"{DPIA}pia.json", exchange.give_out, name="dpia-export"),
    path(f"{DPIA}fassungen/", assessments.versions, name="dpia-versions"),
    path(f"{DPIA}abschnitt/<slug:key>/", assessments.section, name="dpia-section"),
    path(f"{DPIA}risiko/", assessments.risk, name="dpia-risk-new"),
    path(f"{DPIA}risiko/<int:number>/", assessments.risk, name="dpia-risk"),
    path(f"{DPIA}massnahme/", assessments.measure, name="dpia-measure-new"),
    path(f"{DPIA}massnahme/<int:number>/", assessments.measure, name="dpia-measure"),
    path(f"{DPIA}schritt/<slug:key>/", assessments.act, name="dpia-act"),
]
_blueprints = [
    path("buero/vorlagen/", blueprints.index, name="blueprint-list"),
    path("buero/vorlagen/regel/", blueprints.rule, name="blueprint-rule"),
    path("buero/vorlagen/schwelle/", blueprints.threshold, name="blueprint-threshold"),
    path("buero/vorlagen/matrix/", blueprints.matrix, name="blueprint-matrix"),
    path("buero/vorlagen/<slug:kind>/vorlage.json", blueprints.give_out, name="blueprint-export"),
    path("buero/vorlagen/<slug:kind>/einlesen/", blueprints.take_in, name="blueprint-import"),
    path("buero/vorlagen/<slug:kind>/neu/<slug:key>/", blueprints.new_row, name="blueprint-row-new"),
    path("buero/vorlagen/<slug:kind>/<slug:row_id>/", blueprints.row, name="blueprint-row"),
]
_cases = [
    path("buero/", office.work_list, name="office-show"),
    path("buero/neu/", application.begin, name="case-begin"),
    path(CASE, cases.show, name="case-show"),
    path(f"{CASE}antrag/", application.describe, name="case-describe"),
    path(f"{CASE}antrag/schwellwert/", application.screen, name="case-screen"),
    path(f"{CASE}antrag/einreichen/", application.check, name="case-check"),
    path(f"{CASE}anlagen/<int:pk>/", cases.attachment, name="attachment-download"),
    path(f"{CASE}aussen/<int:pk>/", cases.outside_scan, name="outside-download"),
    path(f"{CASE}<slug:key>/", cases.act, name="case-act"),
]
_pages = [*_public, *_meetings, *_assessments, *_blueprints, *_cases]

urlpatterns: list[URLPattern | URLResolver] = [path("ethikrat/", include((_pages, "ethics")))]
plain_urlpatterns: list[URLPattern | URLResolver] = []

"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from dialogues.views import calendar, console, events, join, projector

pages = [
    path("t/", join.table_find, name="table-find"),
    path("t/<slug:code>/", join.table_join, name="table-join"),
    path("dialoge/", events.event_list, name="event-list"),
    path("dialoge/kalender.ics", calendar.calendar_feed, name="calendar"),
    path("dialoge/neu/", events.event_new, name="event-new"),
    path("dialoge/probe/<uuid:board>/moderation/", console.rehearsal_console, name="rehearsal-console"),
    path("dialoge/probe/<uuid:board>/moderation/codes/", console.rehearsal_codes, name="rehearsal-codes"),
    path("dialoge/probe/<uuid:board>/leinwand/", projector.rehearsal_projector, name="rehearsal-projector"),
    path("dialoge/<slug:slug>/", events.event_detail, name="event-detail"),
    path("dialoge/<slug:slug>/termin.ics", calendar.event_calendar, name="event-calendar"),
    path("dialoge/<slug:slug>/bearbeiten/", events.event_edit, name="event-edit"),
    path("dialoge/<slug:slug>/veroeffentlichen/", events.event_publish, name="event-publish"),
    path("dialoge/<slug:slug>/absagen/", events.event_cancel, name="event-cancel"),
    path("dialoge/<slug:slug>/moderation/", console.event_console, name="event-console"),
    path("dialoge/<slug:slug>/moderation/codes/", console.event_codes, name="event-codes"),
    path("dialoge/<slug:slug>/leinwand/", projector.event_projector, name="event-projector"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((pages, "dialogues")))]
plain_urlpatterns: list[URLPattern | URLResolver] = []

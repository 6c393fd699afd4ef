"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from dialogues.views import board_prints, calendar, console, events, feedback, join, projector, rehearsals, results
from dialogues.views.online import answering, desk, prints, proposals, writing
from dialogues.views.online import pages as online

one = [
    path("", online.contribution_detail, name="contribution-detail"),
    path("aendern/", writing.edit, name="contribution-edit"),
    path("loeschen/", writing.delete, name="contribution-delete"),
    path("bilder/", writing.pictures, name="contribution-images"),
    path("bilder/<uuid:uuid>.jpg", online.image, name="contribution-image"),
    path("unterstuetzen/", writing.back, name="contribution-support"),
    path("antworten/", answering.answer, name="contribution-answer"),
    path("zustaendig/", answering.assign, name="contribution-assign"),
    path("eingang/", answering.receipt_page, name="contribution-receipt"),
    path("antwort/", prints.letter, name="contribution-letter"),
    path("antwort.pdf", prints.letter_pdf, name="contribution-letter-pdf"),
    path("zusammenfassen/", desk.merge, name="contribution-merge"),
]
pages = [
    path("t/", join.table_find, name="table-find"),
    path("t/<slug:code>/", join.table_join, name="table-join"),
    path("t/<slug:code>/rueckmeldung/", feedback.table_feedback, name="table-feedback"),
    path("dialoge/", events.event_list, name="event-list"),
    path("dialoge/kalender.ics", calendar.calendar_feed, name="calendar"),
    path("dialoge/neu/", events.event_new, name="event-new"),
    path("dialoge/probe/<uuid:board>/moderation/", console.rehearsal_console, name="rehearsal-console"),
    path("dialoge/probe/<uuid:board>/moderation/codes/", console.rehearsal_codes, name="rehearsal-codes"),
    path("dialoge/probe/neu/", rehearsals.rehearsal_start, name="rehearsal-start"),
    path("dialoge/probe/<uuid:board>/moderation/plan/", board_prints.rehearsal_plan, name="rehearsal-plan"),
    path("dialoge/probe/<uuid:board>/moderation/kartenbogen.pdf", board_prints.rehearsal_sheet, name="rehearsal-sheet"),
    path("dialoge/probe/<uuid:board>/leinwand/", projector.rehearsal_projector, name="rehearsal-projector"),
    path("dialoge/online/neu/", desk.dialogue_new, name="dialogue-new"),
    path("dialoge/antworten/", answering.deadlines, name="deadlines"),
    path("dialoge/vorgang/", online.receipt_find, name="receipt-find"),
    path("dialoge/vorschlag/", proposals.propose, name="event-propose"),
    path("dialoge/vorschlaege/", proposals.queue, name="proposal-queue"),
    path("dialoge/<slug:slug>/", online.either, name="event-detail"),
    path("dialoge/<slug:slug>/termin.ics", calendar.event_calendar, name="event-calendar"),
    path("dialoge/<slug:slug>/bearbeiten/", events.event_edit, name="event-edit"),
    path("dialoge/<slug:slug>/veroeffentlichen/", events.event_publish, name="event-publish"),
    path("dialoge/<slug:slug>/absagen/", events.event_cancel, name="event-cancel"),
    path("dialoge/<slug:slug>/moderation/", console.event_console, name="event-console"),
    path("dialoge/<slug:slug>/moderation/codes/", console.event_codes, name="event-codes"),
    path("dialoge/<slug:slug>/moderation/plan/", board_prints.event_plan, name="event-plan"),
    path("dialoge/<slug:slug>/moderation/kartenbogen.pdf", board_prints.event_sheet, name="event-sheet"),
    path("dialoge/<slug:slug>/tafel/", results.board_page, name="board-page"),
    path("dialoge/<slug:slug>/tafel.csv", results.board_csv, name="board-csv"),
    path("dialoge/<slug:slug>/tafel.json", results.board_json, name="board-json"),
    path("dialoge/<slug:slug>/protokoll.pdf", board_prints.minutes_pdf, name="board-minutes"),
    path("dialoge/<slug:slug>/rueckmeldung/", feedback.event_feedback, name="event-feedback"),
    path("dialoge/<slug:slug>/rueckmeldung.csv", feedback.event_feedback_csv, name="event-feedback-csv"),
    path("dialoge/<slug:slug>/zuschauen/", results.observe, name="board-observe"),
    path("dialoge/<slug:slug>/leinwand/", projector.event_projector, name="event-projector"),
    path("dialoge/<slug:slug>/dialog-bearbeiten/", desk.dialogue_edit, name="dialogue-edit"),
    path("dialoge/<slug:slug>/dialog-veroeffentlichen/", desk.dialogue_publish, name="dialogue-publish"),
    path("dialoge/<slug:slug>/umfragen/neu/", desk.poll_new, name="poll-new"),
    path("dialoge/<slug:slug>/umfragen/<int:poll>/", writing.vote_page, name="poll-vote"),
    path("dialoge/<slug:slug>/ernte/", desk.harvest, name="harvest-adopt"),
    path("dialoge/<slug:slug>/eintragen/", answering.record, name="contribution-record"),
    path("dialoge/<slug:slug>/papier/", prints.paper_form, name="paper-form"),
    path("dialoge/<slug:slug>/papier.pdf", prints.paper_pdf, name="paper-pdf"),
    path("dialoge/<slug:slug>/karte/", online.contribution_map, name="contribution-map"),
    path("dialoge/<slug:slug>/aehnlich/", online.similar_list, name="contribution-similar"),
    path("dialoge/<slug:slug>/mitmachen/", writing.contribute, name="contribution-create"),
    path("dialoge/<slug:slug>/beitraege.csv", online.contribution_csv, name="contribution-csv"),
    path("dialoge/<slug:slug>/beitraege/<slug:receipt>/", include(one)),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((pages, "dialogues")))]
plain_urlpatterns: list[URLPattern | URLResolver] = []

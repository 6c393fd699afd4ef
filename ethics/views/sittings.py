"""Meetings of the Council, for the office and the members."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ethics import permissions
from ethics.domain import council, meetings, votes
from ethics.forms.meetings import AttendanceForm, MeetingForm
from ethics.models import Minutes
from ethics.views.access import meeting_or_404
from portal.exceptions import DomainError


@login_required
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    if not permissions.is_office(request.user):
        raise Http404
    form = MeetingForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                meeting = meetings.call(request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
            else:
                messages.success(request, _("Die Sitzung ist angelegt, alle Mitglieder sind eingeladen."))
                return redirect("ethics:meeting-show", pk=meeting.pk)
    context = {"form": form, "breadcrumb": _trail(_("Neue Sitzung")), "rule": council.current_rule()}
    return render(request, "ethics/office/meeting_new.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting: agenda with the quorum of each case, and the attendance form for chair and office."""
    meeting = meeting_or_404(request.user, pk)
    records = permissions.is_office(request.user) or meetings.may_chair(request.user)
    form = AttendanceForm(request.POST or None, meeting=meeting) if records else None
    status, failure = 200, None
    if request.method == "POST":
        if form is None:
            raise Http404
        status = 422
        if form.is_valid():
            try:
                meetings.record_attendance(request.user, meeting=meeting, presences=form.presences())
            except DomainError as error:
                failure, status = error, error.status
            else:
                messages.success(request, _("Die Anwesenheit ist festgehalten."))
                return redirect("ethics:meeting-show", pk=pk)
    recorded = meeting.attendances.exists()
    agenda = [
        {"case": item.case, "quorum": votes.explain(meetings.quorum_of(item.case, item)) if recorded else ""}
        for item in meeting.agenda.select_related("case__project").order_by("position")
    ]
    context = {
        "meeting": meeting,
        "agenda": agenda,
        "form": form,
        "failure": failure,
        "recorded": recorded,
        "is_day": timezone.localdate() >= timezone.localdate(meeting.starts_at),
        "attendances": meeting.attendances.select_related("member").order_by("member__display_name"),
        "minutes": Minutes.objects.filter(meeting=meeting).first(),
        "is_member": permissions.is_member(request.user),
        "breadcrumb": _trail(meeting.title),
    }
    return render(request, "ethics/office/meeting.html", context, status=status)


@login_required
@require_GET
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting as an .ics file."""
    from ethics.invitations import calendar_file

    meeting = meeting_or_404(request.user, pk)
    response = HttpResponse(calendar_file(meeting), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sitzung-{meeting.pk}.ics"'
    return response


def _trail(title: str) -> list[dict[str, str]]:
    return [{"title": _("Arbeitsliste"), "url": reverse("ethics:office-show")}, {"title": title}]

"""The minutes of a meeting as page and PDF, and the personal file of one member."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ethics import minutes_pdf, permissions
from ethics.domain import folder, meetings
from ethics.domain import minutes as records
from ethics.forms.minutes import MarkForm, MinutesForm
from ethics.models import Meeting, Minutes
from ethics.views.access import meeting_or_404
from portal.exceptions import DomainError


@login_required
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes; the office writes, chair or deputy releases, members read."""
    meeting = meeting_or_404(request.user, pk)
    found = Minutes.objects.filter(meeting=meeting).first()
    released = found is not None and found.released_at is not None
    writes = permissions.is_office(request.user) and not released
    form = MinutesForm(request.POST or None, meeting=meeting, minutes=found) if writes else None
    failure, status = None, 200
    if request.method == "POST":
        try:
            if "freigeben" in request.POST:
                records.release(request.user, meeting=meeting)
                messages.success(request, _("Die Niederschrift ist freigegeben."))
                return redirect("ethics:minutes-show", pk=pk)
            if form is None:
                raise Http404
            if form.is_valid():
                remarks, courses = form.cleaned_data["remarks"], form.courses()
                records.write(request.user, meeting=meeting, remarks=remarks, courses=courses)
                messages.success(request, _("Gespeichert."))
                return redirect("ethics:minutes-show", pk=pk)
            status = 422
        except DomainError as error:
            failure, status = error, error.status
    return _page(request, meeting, found, form=form, failure=failure, status=status, released=released)


@login_required
@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request.user, pk)
    found = get_object_or_404(Minutes, meeting=meeting, released_at__isnull=False)
    twin = request.build_absolute_uri(reverse("ethics:minutes-show", kwargs={"pk": pk}))
    response = HttpResponse(
        minutes_pdf.write(found, records.for_reader(request.user, meeting, found.content), twin=twin),
        content_type="application/pdf",
    )
    response["Content-Disposition"] = f'inline; filename="niederschrift-{pk}.pdf"'
    return response


@login_required
@require_GET
def show_folder(request: HttpRequest, pk: int) -> HttpResponse:
    """Meine Sitzungsmappe: one page that can be saved and read offline, with the reader's name on it."""
    meeting = _own_meeting_or_404(request.user, pk)
    papers = folder.papers(request.user, meeting)
    marks = {paper.item.pk: MarkForm(mark=paper.mark, item=paper.item) for paper in papers if not paper.closed}
    context = {
        "meeting": meeting,
        "papers": [{"paper": paper, "form": marks.get(paper.item.pk)} for paper in papers],
        "reader": request.user.public_name,  # type: ignore[union-attr]
        "breadcrumb": _trail(meeting, _("Meine Sitzungsmappe")),
    }
    return render(request, "ethics/office/folder.html", context)


@login_required
@require_POST
def mark(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    meeting = _own_meeting_or_404(request.user, pk)
    found = get_object_or_404(meeting.agenda.select_related("case__project"), pk=item)
    form = MarkForm(request.POST, mark=None, item=found)
    if form.is_valid():
        try:
            folder.mark(request.user, item=found, **form.cleaned_data)
            messages.success(request, _("Ihre Notiz ist gespeichert. Nur Sie sehen sie."))
        except DomainError as error:
            messages.error(request, str(error.message))
    else:
        messages.error(request, _("Die Notiz wurde nicht gespeichert."))
    return redirect(f"{reverse('ethics:folder-show', kwargs={'pk': pk})}#top-{found.position}")


@login_required
@require_GET
def folder_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _own_meeting_or_404(request.user, pk)
    twin = request.build_absolute_uri(reverse("ethics:folder-show", kwargs={"pk": pk}))
    papers = folder.papers(request.user, meeting)
    content = minutes_pdf.write_folder(meeting, papers, reader=request.user.public_name, twin=twin)  # type: ignore[union-attr]
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="sitzungsmappe-{pk}.pdf"'
    return response


def _own_meeting_or_404(user: Any, pk: int) -> Meeting:
    if not permissions.is_member(user):
        raise Http404
    return meeting_or_404(user, pk)


def _page(request: HttpRequest, meeting: Meeting, found: Minutes | None, *, status: int, **more: Any) -> HttpResponse:
    content = found.content if found is not None and more["released"] else records.content_of(meeting, found)
    content = records.for_reader(request.user, meeting, content)
    context = {
        "meeting": meeting,
        "minutes": found,
        "content": content | {"starts_at": parse_datetime(content["starts_at"])},
        "may_release": meetings.may_chair(request.user) and not more["released"] and meeting.attendances.exists(),
        "recorded": meeting.attendances.exists(),
        "breadcrumb": _trail(meeting, _("Niederschrift")),
        **more,
    }
    return render(request, "ethics/office/minutes.html", context, status=status)


def _trail(meeting: Meeting, title: str) -> list[dict[str, str]]:
    return [
        {"title": _("Arbeitsliste"), "url": reverse("ethics:office-show")},
        {"title": meeting.title, "url": meeting.get_office_url()},
        {"title": title},
    ]

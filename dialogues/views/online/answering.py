"""The city's side of the clock: the list of a department, the answer, and what came in without the internet."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues import permissions
from dialogues.domain.online import answers, overdue, receipts, writing
from dialogues.forms.online import AnswerForm, AssignForm, RecordForm
from dialogues.models import Contribution
from dialogues.views.online import doors
from portal.exceptions import DomainError
from portal.templatetags.portal_ui import local_path

PAGE = 30


def deadlines(request: HttpRequest) -> HttpResponse:
    """What this department is to answer, the most urgent first; who runs dialogues sees all departments."""
    doors.demand(permissions.can_answer_somewhere(request.user) or permissions.can_run(request.user))
    rows = overdue.waiting_for(request.user)
    number = request.GET.get("page", "1")
    page = Paginator(rows, PAGE).get_page(number if number.isdecimal() and len(number) < 7 else 1)
    context = {
        "page_obj": page,
        "late": rows.filter(answer_due__lt=timezone.now()).count(),
        "sees_all": permissions.can_run(request.user),
        "department": request.user.department,
        "can_answer": permissions.can_answer_somewhere(request.user),
        "breadcrumb": doors.trail(None, _("Offene Antworten")),
    }
    return render(request, "dialogues/online/deadlines.html", context)


def answer(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    contribution = doors.find_contribution(request, slug, receipt)
    doors.demand(permissions.can_answer(request.user, contribution))
    form = AnswerForm(request.POST or None, contribution=contribution)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                answers.answer(user=request.user, contribution=contribution, **form.cleaned_data)
            except DomainError as error:
                status = doors.refuse(form, error)
            else:
                messages.success(request, _("Die Antwort ist veröffentlicht."))
                return redirect(local_path(contribution.get_absolute_url()))
    context = {"form": form, "contribution": contribution, "title": _("Für die Stadt antworten")}
    context["breadcrumb"] = below(contribution, context["title"])
    return render(request, "dialogues/online/answer.html", context, status=status)


def assign(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    contribution = doors.find_contribution(request, slug, receipt)
    doors.demand(permissions.can_run(request.user) or permissions.can_answer(request.user, contribution))
    due = timezone.localtime(contribution.answer_due).date()
    form = AssignForm(request.POST or None, initial={"department": contribution.department, "due": due})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                answers.assign(user=request.user, contribution=contribution, **form.cleaned_data)
            except DomainError as error:
                status = doors.refuse(form, error)
            else:
                messages.success(request, _("Zuständigkeit und Frist sind gespeichert."))
                return redirect(local_path(contribution.get_absolute_url()))
    context = {"form": form, "contribution": contribution, "title": _("Zuständigkeit und Frist")}
    context["breadcrumb"] = below(contribution, context["title"])
    return render(request, "dialogues/online/answer.html", context, status=status)


def record(request: HttpRequest, slug: str) -> HttpResponse:
    """What came by phone, letter or on the spot."""
    doors.demand(permissions.can_record(request.user))
    dialogue = doors.find_dialogue(request, slug)
    form = RecordForm(request.POST or None, dialogue=dialogue)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            data = dict(form.cleaned_data)
            day = data.pop("received_on")
            moment = timezone.make_aware(datetime.combine(day, time(12)))
            now = timezone.now()
            received = min(moment, now) if day == timezone.localdate() else moment
            received = (
                max(received, dialogue.collect_from) if day == timezone.localdate(dialogue.collect_from) else received
            )
            try:
                found = writing.record(user=request.user, dialogue=dialogue, received_at=received, **data)
            except DomainError as error:
                status = doors.refuse(form, error)
            else:
                return redirect("dialogues:contribution-receipt", dialogue.slug, found.receipt)
    context = {
        "form": form,
        "dialogue": dialogue,
        "is_open": permissions.may_record(dialogue),
        "stage_words": doors.stage_words(dialogue),
        "breadcrumb": doors.trail(dialogue, _("Eintragen, was ohne Internet kam")),
    }
    return render(request, "dialogues/online/record.html", context, status=status)


def receipt_page(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    """The receipt number to read out, and what happens next."""
    doors.demand(permissions.can_record(request.user))
    contribution = doors.find_contribution(request, slug, receipt)
    context = {
        "contribution": contribution,
        "spelled": receipts.spelled(contribution.receipt),
        "breadcrumb": below(contribution, _("Eingangsbestätigung")),
    }
    return render(request, "dialogues/online/receipt.html", context)


def below(contribution: Contribution, title: str) -> list[dict[str, str]]:
    return doors.trail(contribution.dialogue, (contribution.title, contribution.get_absolute_url()), title)

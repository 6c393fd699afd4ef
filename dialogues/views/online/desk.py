"""The staff's side of online dialogues: plan, publish, ask, take over results, put duplicates together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dialogues import permissions
from dialogues.domain.online import dialogues, harvesting, merging, polls, receipts, similar
from dialogues.forms.online import AdoptForm, DialogueForm, MergeForm, PollForm
from dialogues.models import Contribution, OnlineDialogue, Result
from dialogues.models.online import MOMENTS
from dialogues.views.online import doors
from portal.exceptions import DomainError
from portal.templatetags.portal_ui import local_path
from projects.models import Project


def dialogue_new(request: HttpRequest) -> HttpResponse:
    doors.demand(permissions.can_run(request.user))
    return edit(request, None)


def dialogue_edit(request: HttpRequest, slug: str) -> HttpResponse:
    doors.demand(permissions.can_run(request.user))
    return edit(request, get_object_or_404(OnlineDialogue, slug=slug))


def edit(request: HttpRequest, dialogue: OnlineDialogue | None) -> HttpResponse:
    projects = Project.objects.visible_to(request.user).order_by("title")
    form = DialogueForm(request.POST or None, instance=dialogue, projects=projects)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                dialogue = save(request.user, dialogue, dict(form.cleaned_data))
            except DomainError as error:
                status = doors.refuse(form, error)
            else:
                messages.success(request, _("Der Dialog ist gespeichert."))
                return redirect(local_path(dialogue.get_absolute_url()))
    title = _("Online-Dialog bearbeiten") if dialogue else _("Neuer Online-Dialog")
    context = {"form": form, "dialogue": dialogue, "title": title, "breadcrumb": doors.trail(dialogue, title)}
    return render(request, "dialogues/online/dialogue_form.html", context, status=status)


def save(user: Any, dialogue: OnlineDialogue | None, data: dict[str, Any]) -> OnlineDialogue:
    categories = data.pop("categories")
    if dialogue is not None:
        return dialogues.change_dialogue(user=user, dialogue=dialogue, changes=data, categories=categories)
    moments = [data.pop(name) for _stage, name in MOMENTS]
    return dialogues.create_dialogue(user=user, moments=moments, categories=categories, **data)


@require_POST
def dialogue_publish(request: HttpRequest, slug: str) -> HttpResponse:
    doors.demand(permissions.can_run(request.user))
    dialogue = dialogues.publish_dialogue(
        user=request.user, dialogue=get_object_or_404(OnlineDialogue.objects.select_related("project"), slug=slug)
    )
    messages.success(request, _("Der Dialog ist veröffentlicht."))
    return redirect(local_path(dialogue.get_absolute_url()))


def poll_new(request: HttpRequest, slug: str) -> HttpResponse:
    doors.demand(permissions.can_run(request.user))
    dialogue = doors.find_dialogue(request, slug)
    form = PollForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            data = form.cleaned_data
            try:
                polls.ask(
                    user=request.user,
                    dialogue=dialogue,
                    question=data["question"],
                    kind=data["kind"],
                    options=data["options"].splitlines(),
                )
            except DomainError as error:
                status = doors.refuse(form, error)
            else:
                messages.success(request, _("Die Umfrage steht auf der Seite."))
                return redirect(local_path(dialogue.get_absolute_url()))
    title = _("Umfrage stellen")
    context = {"form": form, "dialogue": dialogue, "title": title, "breadcrumb": doors.trail(dialogue, title)}
    return render(request, "dialogues/online/dialogue_form.html", context, status=status)


def harvest(request: HttpRequest, slug: str) -> HttpResponse:
    """Results of DigiLogs that can stand in this dialogue's list."""
    doors.demand(permissions.can_run(request.user))
    dialogue = doors.find_dialogue(request, slug)
    if request.method == "POST":
        form = AdoptForm(request.POST, dialogue=dialogue)
        if form.is_valid():
            data = form.cleaned_data
            result = get_object_or_404(Result.objects.select_related("event"), pk=data.pop("result"))
            try:
                harvesting.adopt(user=request.user, dialogue=dialogue, result=result, **data)
            except DomainError as error:
                doors.refuse_as_message(request, error)
            else:
                messages.success(request, _("Das Ergebnis steht jetzt in der Liste."))
        else:
            messages.error(request, _("Bitte wählen Sie ein Thema."))
        return redirect(request.path)
    rows = [
        {
            "result": result,
            "form": AdoptForm(initial={"result": result.pk}, dialogue=dialogue, auto_id=f"e{result.pk}_%s"),
        }
        for result in harvesting.waiting_results(dialogue)[:50]
    ]
    context = {
        "dialogue": dialogue,
        "rows": rows,
        "is_open": permissions.may_record(dialogue),
        "breadcrumb": doors.trail(dialogue, _("Ergebnisse übernehmen")),
    }
    return render(request, "dialogues/online/harvest.html", context)


def merge(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    """Puts this contribution into another one, or takes it out again."""
    doors.demand(permissions.can_run(request.user))
    duplicate = doors.find_contribution(request, slug, receipt)
    form = MergeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if "trennen" in request.POST:
            return split(request, duplicate)
        if form.is_valid():
            into = receipts.find(form.cleaned_data["into"])
            try:
                if into is None:
                    message = _("Einen Beitrag mit dieser Nummer gibt es nicht.")
                    raise DomainError("unknown_receipt", message, field="into")
                into = merging.merge(user=request.user, duplicate=duplicate, into=into)
            except DomainError as error:
                status = doors.refuse(form, error)
            else:
                messages.success(request, _("Die Beiträge stehen jetzt zusammen."))
                return redirect(local_path(into.get_absolute_url()))
    alike = similar.suggest(
        dialogue=duplicate.dialogue, text=f"{duplicate.title} {duplicate.text}", leave_out=duplicate.pk
    )
    context = {
        "form": form,
        "contribution": duplicate,
        "alike": alike,
        "breadcrumb": doors.trail(
            duplicate.dialogue, (duplicate.title, duplicate.get_absolute_url()), _("Zusammenfassen")
        ),
    }
    return render(request, "dialogues/online/merge.html", context, status=status)


def split(request: HttpRequest, duplicate: Contribution) -> HttpResponse:
    try:
        merging.split(user=request.user, duplicate=duplicate)
    except DomainError as error:
        doors.refuse_as_message(request, error)
    else:
        messages.success(request, _("Der Beitrag steht wieder für sich in der Liste."))
    return redirect(local_path(duplicate.get_absolute_url()))

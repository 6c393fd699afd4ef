"""Write a contribution, see what is like it first, change and delete it, add pictures; support and vote."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dialogues import permissions
from dialogues.domain.online import images, polls, similar, support, writing
from dialogues.forms.contributions import ContributionForm, ImageForm, NewContributionForm
from dialogues.models import Contribution, OnlineDialogue, Poll
from dialogues.views.online import doors
from portal.dates import weekday
from portal.exceptions import DomainError
from portal.templatetags.portal_ui import local_path


@login_required
def contribute(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; where something alike is there already, first the page "Gibt es das schon?"."""
    dialogue = doors.find_dialogue(request, slug)
    form = NewContributionForm(request.POST or None, dialogue=dialogue)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid() and "zurueck" not in request.POST:
            data = form.cleaned_data
            alike = similar.suggest(dialogue=dialogue, text=f"{data['title']} {data['text']}")
            if alike and "geprueft" not in request.POST and permissions.may_contribute(dialogue):
                return ask_first(request, dialogue, form, alike)
            try:
                contribution = writing.contribute(user=request.user, dialogue=dialogue, **data)
            except DomainError as error:
                status = doors.refuse(form, error)
            else:
                say_what_happened(request, contribution)
                return redirect(f"{local_path(contribution.get_absolute_url())}?neu=1")
    return render(request, "dialogues/online/write.html", page(dialogue, form), status=status)


def ask_first(request: HttpRequest, dialogue: OnlineDialogue, form: Any, alike: list[Contribution]) -> HttpResponse:
    context = page(dialogue, form) | {
        "alike": [{"item": row, "badge": doors.status_badge(row)} for row in alike],
        "breadcrumb": doors.trail(dialogue, _("Gibt es das schon?")),
    }
    return render(request, "dialogues/online/similar.html", context)


def page(dialogue: OnlineDialogue, form: Any) -> dict[str, Any]:
    return {
        "dialogue": dialogue,
        "form": form,
        "is_open": permissions.may_contribute(dialogue),
        "stage_words": doors.stage_words(dialogue),
        "breadcrumb": doors.trail(dialogue, _("Beitrag schreiben")),
    }


@login_required
def edit(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    contribution = doors.find_contribution(request, slug, receipt)
    doors.demand(permissions.is_author(request.user, contribution))
    names = ("kind", "category", "title", "text")
    initial = {name: getattr(contribution, name) for name in names}
    form = ContributionForm(request.POST or None, dialogue=contribution.dialogue, initial=initial)
    form.fields.pop("kind")
    form.fields["text"].widget.attrs["data-draft"] = f"beitrag-{contribution.receipt}"
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                changed = writing.edit(user=request.user, contribution=contribution, **form.cleaned_data)
            except DomainError as error:
                status = doors.refuse(form, error)
            else:
                say_what_happened(request, changed, _("Ihre Änderung ist gespeichert."))
                return redirect(local_path(contribution.get_absolute_url()))
    context = {
        "form": form,
        "contribution": contribution,
        "dialogue": contribution.dialogue,
        "breadcrumb": below(contribution, _("Ändern")),
    }
    return render(request, "dialogues/online/edit.html", context, status=status)


@login_required
def delete(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    contribution = doors.find_contribution(request, slug, receipt)
    doors.demand(permissions.is_author(request.user, contribution))
    if request.method == "POST":
        try:
            writing.delete(user=request.user, contribution=contribution)
        except DomainError as error:
            doors.refuse_as_message(request, error)
            return redirect(local_path(contribution.get_absolute_url()))
        messages.success(request, _("Ihr Beitrag ist gelöscht."))
        return redirect(local_path(contribution.dialogue.get_absolute_url()))
    context = {"contribution": contribution, "breadcrumb": below(contribution, _("Löschen"))}
    return render(request, "dialogues/online/delete.html", context)


@login_required
def pictures(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    """Pictures of a contribution: add and remove."""
    contribution = doors.find_contribution(request, slug, receipt)
    mine = permissions.is_author(request.user, contribution)
    doors.demand(mine or contribution.recorded_by_id == request.user.pk or permissions.can_run(request.user))
    if request.method == "POST" and "entfernen" in request.POST:
        found = next((row for row in contribution.images.all() if str(row.uuid) == request.POST["entfernen"]), None)
        doors.demand(found is not None)
        images.remove(user=request.user, image=found)
        messages.success(request, _("Das Bild ist entfernt."))
        return redirect(request.path)
    form = ImageForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            data = form.cleaned_data
            try:
                images.add(user=request.user, contribution=contribution, upload=data["image"], alt=data["alt"])
            except DomainError as error:
                status = doors.refuse(form, error)
            else:
                messages.success(request, _("Das Bild ist hinzugefügt."))
                return redirect(local_path(contribution.get_absolute_url()))
    context = {
        "form": form,
        "contribution": contribution,
        "images": list(contribution.images.all()),
        "most": images.MOST,
        "breadcrumb": below(contribution, _("Bilder")),
    }
    return render(request, "dialogues/online/pictures.html", context, status=status)


@login_required
def back(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    """Support by POST; by GET (after signing in) a page with the one button."""
    contribution = doors.find_contribution(request, slug, receipt)
    if request.method == "POST":
        act = support.take_back if request.POST.get("zurueck") else support.give
        try:
            supported = act(user=request.user, contribution=contribution)
        except DomainError as error:
            doors.refuse_as_message(request, error)
            return redirect(local_path(contribution.get_absolute_url()))
        return redirect(f"{local_path(supported.get_absolute_url())}#unterstuetzen")
    context = {"contribution": contribution, "breadcrumb": below(contribution, _("Unterstützen"))}
    return render(request, "dialogues/online/support.html", context)


@login_required
@require_POST
def vote(request: HttpRequest, slug: str, poll: int) -> HttpResponse:
    found = get_object_or_404(Poll.objects.select_related("dialogue"), pk=poll, dialogue__slug=slug)
    choices = [int(value) for value in request.POST.getlist("antwort") if value.isdecimal() and len(value) < 18]
    try:
        polls.vote(user=request.user, poll=found, choices=choices)
    except DomainError as error:
        doors.refuse_as_message(request, error)
    else:
        messages.success(request, _("Ihre Stimme ist gezählt."))
    return redirect(f"{local_path(found.dialogue.get_absolute_url())}#umfrage-{found.pk}")


@login_required
def vote_page(request: HttpRequest, slug: str, poll: int) -> HttpResponse:
    """The poll as a page of its own: where the way through the sign-in leads back to."""
    if request.method == "POST":
        return vote(request, slug, poll)
    dialogue = doors.find_dialogue(request, slug)
    found = next((item for item in polls.shown(dialogue=dialogue, user=request.user) if item.poll.pk == poll), None)
    doors.demand(found is not None)
    context = {"dialogue": dialogue, "shown": found, "breadcrumb": doors.trail(dialogue, _("Abstimmen"))}
    return render(request, "dialogues/online/poll.html", context)


def below(contribution: Contribution, title: str) -> list[dict[str, str]]:
    return doors.trail(contribution.dialogue, (contribution.title, contribution.get_absolute_url()), title)


def say_what_happened(request: HttpRequest, contribution: Contribution, done: str = "") -> None:
    if contribution.held_until and not contribution.is_visible:
        day = weekday(timezone.localtime(contribution.held_until), year=False)
        messages.warning(request, _("Ihr Beitrag wird geprüft, spätestens bis %(day)s.") % {"day": day})
    else:
        messages.success(request, done or _("Ihr Beitrag ist veröffentlicht."))

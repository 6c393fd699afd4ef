"""The teacher's pages: begin a class, lead it, change, hand over, end it, take the notes along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mapviews.class_exports import notes_csv
from mapviews.domain.classroom import classes, deputy, notes, pupils
from mapviews.forms.classroom import CardsForm, ClassroomForm, EndForm, InviteForm, TakeStationForm
from mapviews.models import ClassInvitation, ClassNote, Classroom
from mapviews.permissions import can_own_classroom
from mapviews.views.classroom.access import led
from mapviews.views.own import add_error
from portal.exceptions import DomainError
from portal.qr import qr_svg

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's own classes, the public ones, and the way in for members."""
    mine = Classroom.objects.led_by(request.user)
    public = Classroom.objects.public().select_related("project")
    return render(request, "mapviews/classroom/index.html", {"mine": mine, "public": public})


@login_required
@never_cache
@require_http_methods(METHODS)
def create(request: HttpRequest) -> HttpResponse:
    form = ClassroomForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = classes.create(request.user, **form.values())
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Die Klasse ist angelegt. Jetzt fehlen noch die Boxen."))
            return redirect("mapviews:classroom-boxes", made.slug)
    status = 400 if form.errors else 200
    return render(request, "mapviews/classroom/create.html", {"form": form}, status=status)


@login_required
@never_cache
@require_safe
def lead(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything at a glance: code, members, notes that wait, boxes and their cards."""
    classroom = led(request, slug)
    boxes = list(classroom.boxes.live().select_related("station").order_by("number"))
    found = list(notes.readable(classroom, pupil=None).order_by("-created_at")[:300])
    join_url = request.build_absolute_uri(reverse("mapviews:classroom-join"))
    context = {
        "classroom": classroom,
        "is_over": pupils.is_over(classroom),
        "boxes": boxes,
        "cards_form": CardsForm(rows=boxes),
        "take_form": TakeStationForm(user=request.user) if request.user.pk == classroom.teacher_id else None,
        "pupils": classroom.pupils.all(),
        "waiting": [note for note in found if note.state == "waiting"],
        "decided": [note for note in found if note.state != "waiting"],
        "join_url": join_url,
        "qr": qr_svg(f"{join_url}?code={classroom.join_code}") if classroom.join_code else "",
        "is_teacher": can_own_classroom(request.user, classroom),
        "invitation": ClassInvitation.objects.filter(classroom=classroom).first(),
    }
    return render(request, "mapviews/classroom/lead.html", context)


@login_required
@never_cache
@require_http_methods(METHODS)
def change(request: HttpRequest, slug: str) -> HttpResponse:
    classroom = led(request, slug)
    names = ("name", "kind", "ends_on", "project", "description", "is_public")
    initial = {name: getattr(classroom, name) for name in names} | {
        "approve_first": "1" if classroom.approve_first else ""
    }
    form = ClassroomForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            classes.change(request.user, classroom=classroom, **form.values())
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("mapviews:classroom-lead", slug)
    context = {"form": form, "classroom": classroom}
    return render(request, "mapviews/classroom/change.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """A new code, or none."""
    classroom = led(request, slug)
    is_open = request.POST.get("act") != "close"
    classes.set_code(request.user, classroom=classroom, is_open=is_open)
    messages.success(request, _("Der Code ist neu.") if is_open else _("Es kommt niemand mehr dazu."))
    return redirect("mapviews:classroom-lead", slug)


@login_required
@require_POST
def remove_pupil(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    pupil = get_object_or_404(led(request, slug).pupils, uuid=uuid)
    pupils.remove(request.user, pupil=pupil)
    messages.success(request, _("Entfernt, mit allen Notizen."))
    return redirect(reverse("mapviews:classroom-lead", args=[slug]) + "#mitglieder")


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """What the teacher does with a note."""
    rows = ClassNote.objects.select_related("classroom", "channel__station")
    note = get_object_or_404(rows, classroom=led(request, slug), uuid=uuid)
    acts: dict[str, Any] = {
        "show": notes.show, "hide": notes.hide, "publish": notes.publish, "unpublish": notes.unpublish,
        "delete": _delete,
    }  # fmt: skip
    act = acts.get(request.POST.get("act", ""))
    try:
        if act is not None:
            act(request.user, note=note)
            messages.success(request, _("Gespeichert."))
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect(reverse("mapviews:classroom-lead", args=[slug]) + "#notizen")


def _delete(user: Any, *, note: ClassNote) -> None:
    notes.delete(note=note, user=user)


@login_required
@never_cache
@require_http_methods(METHODS)
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    classroom = led(request, slug)
    act = request.POST.get("act", "")
    form = InviteForm(request.POST if act == "invite" else None)
    try:
        if act == "dismiss":
            deputy.dismiss(request.user, classroom=classroom)
            messages.success(request, _("Gespeichert."))
            own = can_own_classroom(request.user, classroom)
            return redirect("mapviews:classroom-lead", slug) if own else redirect("mapviews:classroom-index")
        if act == "invite" and form.is_valid():
            deputy.invite(request.user, classroom=classroom, email=form.cleaned_data["email"])
            messages.success(request, _("Die Einladung ist unterwegs."))
            return redirect("mapviews:classroom-invite", slug)
    except DomainError as error:
        add_error(form, error)
    context = {
        "form": form,
        "classroom": classroom,
        "invitation": ClassInvitation.objects.filter(classroom=classroom).first(),
        "is_teacher": can_own_classroom(request.user, classroom),
    }
    return render(request, "mapviews/classroom/invite.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(METHODS)
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """The link of the mail; opening it alone does nothing."""
    invitation = deputy.find(code)
    if invitation is None:
        return render(request, "mapviews/classroom/no_invitation.html", status=404)
    error = None
    if request.method == "POST":
        try:
            classroom = deputy.accept(request.user, code=code)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Sie leiten die Klasse jetzt mit."))
            return redirect("mapviews:classroom-lead", classroom.slug)
    context = {"invitation": invitation, "error": error}
    return render(request, "mapviews/classroom/accept.html", context, status=error.status if error else 200)


@login_required
@never_cache
@require_http_methods(METHODS)
def end(request: HttpRequest, slug: str) -> HttpResponse:
    classroom = led(request, slug)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            classes.end(request.user, classroom=classroom)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Die Klasse ist gelöscht. Ihre Boxen stehen unter „Meine Stationen“."))
            return redirect("mapviews:classroom-index")
    context = {"form": form, "classroom": classroom}
    return render(request, "mapviews/classroom/end.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """All notes of the class with their pseudonyms, for the class alone, before they go."""
    return notes_csv(led(request, slug))

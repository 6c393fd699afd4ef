"""Lead a talk: pin and let go, close and reopen. For project lead and communications, 404 for others."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.comments import permissions, targets
from portal.comments.domain import steering
from portal.comments.forms import ClosingForm
from portal.comments.models import Comment
from portal.comments.views import doors
from portal.exceptions import DomainError


@login_required
@require_POST
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    comment = doors.find_comment(request, pk)
    if not permissions.can_steer(request.user, comment.thread):
        raise Http404
    act = steering.unpin if request.POST.get("zurueck") else steering.pin
    try:
        act(user=request.user, comment=comment)
    except DomainError as error:
        doors.refuse_as_message(request, error)
    return doors.to_comment(request, comment)


@login_required
def lead(request: HttpRequest, thread_pk: int) -> HttpResponse:
    """Close with a reason, or open again."""
    thread = doors.find_thread(request, thread_pk)
    if not permissions.can_steer(request.user, thread):
        raise Http404
    form, status = ClosingForm(), 200
    if request.method == "POST" and request.POST.get("oeffnen"):
        try:
            steering.reopen(user=request.user, thread=thread)
        except DomainError as error:
            doors.refuse_as_message(request, error)
        else:
            messages.success(request, _("Das Gespräch ist wieder offen."))
        return redirect("comments:thread-steer", thread.pk)
    if request.method == "POST":
        form = ClosingForm(request.POST)
        status = 400
        if form.is_valid():
            try:
                steering.close(user=request.user, thread=thread, reason=form.cleaned_data["reason"])
            except DomainError as error:
                if error.field is None:
                    doors.refuse_as_message(request, error)
                    return redirect("comments:thread-steer", thread.pk)
                status = doors.refuse(form, error)
            else:
                messages.success(request, _("Das Gespräch ist geschlossen. Der Grund steht über den Kommentaren."))
                return redirect("comments:thread-steer", thread.pk)
    context = {
        "form": form,
        "thread": thread,
        "pinned": Comment.objects.filter(thread=thread, pinned=True).select_related("author").order_by("-created_at"),
        "phase_open": targets.get(thread.target).is_open(thread),
        "where": doors.where(thread, _("Gespräch leiten")),
    }
    return render(request, "comments/steer.html", context, status=status)

"""The statement of reasons: for the person it is about, who can object here, and for moderators."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.comments import kinds, permissions
from portal.comments.domain import letters, objections
from portal.comments.enums import RESTRICTING
from portal.comments.models import ModerationDecision
from portal.comments.moderation_forms import ObjectionForm
from portal.comments.views import doors
from portal.exceptions import DomainError


@login_required
def decision(request: HttpRequest, uuid: str) -> HttpResponse:
    found = get_object_or_404(
        ModerationDecision.objects.select_related("matter__author", "actor", "objection"), uuid=uuid
    )
    if not permissions.is_person_of(request.user, found.matter) and not permissions.can_moderate(request.user):
        raise Http404
    form = ObjectionForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            objections.object_to(user=request.user, decision=found, text=form.cleaned_data["text"])
        except DomainError as error:
            status = doors.refuse(form, error)
        else:
            messages.success(request, _("Ihr Widerspruch ist eingegangen. Eine andere Person entscheidet darüber."))
            return redirect(found)
    kind = kinds.registered().get(found.matter.kind)
    piece = kind.pieces([found.matter.object_key]).get(found.matter.object_key) if kind else None
    context = {
        "decision": found,
        "objection": getattr(found, "objection", None),
        "piece": piece,
        "kind": kind,
        "form": form,
        "restricts": found.measure in RESTRICTING,
        "objection_ends": letters.objection_ends(found),
        "is_person": permissions.is_person_of(request.user, found.matter),
        "can_object": permissions.can_object(request.user, found) and objections.is_in_force(found, found.matter),
        "crumbs": [{"title": _("Entscheidung der Moderation"), "url": ""}],
    }
    return render(request, "moderation/decision.html", context, status=400 if status == 200 and form.errors else status)

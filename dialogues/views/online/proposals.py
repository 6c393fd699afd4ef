"""Events of clubs and institutions: propose one, see what became of it, and the staff's queue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from dialogues import permissions
from dialogues.domain.online import proposals
from dialogues.enums import ProposalState
from dialogues.forms.contributions import DecisionForm, ProposalForm
from dialogues.models import EventProposal
from dialogues.views.online import doors
from portal.exceptions import DomainError

SHOWN = 50


@login_required
def propose(request: HttpRequest) -> HttpResponse:
    form = ProposalForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                proposals.propose(user=request.user, **form.cleaned_data)
            except DomainError as error:
                status = doors.refuse(form, error)
            else:
                messages.success(request, _("Danke! Wir sehen den Vorschlag an und sagen Ihnen Bescheid."))
                return redirect(request.path)
    own = EventProposal.objects.filter(proposer=request.user).select_related("event").order_by("-created_at")[:SHOWN]
    context = {"form": form, "own": own, "breadcrumb": doors.trail(None, _("Veranstaltung vorschlagen"))}
    return render(request, "dialogues/online/propose.html", context, status=status)


def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a short check, the soonest event first."""
    doors.demand(permissions.can_release(request.user))
    status = 200
    refused: dict[str, Any] = {}
    if request.method == "POST":
        proposal = find(request.POST.get("vorschlag", ""))
        form = DecisionForm(request.POST)
        if form.is_valid():
            act = proposals.release if "freigeben" in request.POST else proposals.decline
            try:
                act(user=request.user, proposal=proposal, answer=form.cleaned_data["answer"])
            except DomainError as error:
                status = doors.refuse(form, error)
            else:
                messages.success(request, _("Entschieden. Der Verein ist benachrichtigt."))
                return redirect(request.path)
        else:
            status = 400
        refused = {str(proposal.uuid): form}
    rows = EventProposal.objects.filter(state=ProposalState.NEW).order_by("starts_at", "pk")[:SHOWN]
    items = [
        {"proposal": row, "form": refused.get(str(row.uuid)) or DecisionForm(auto_id=f"v{row.pk}_%s")} for row in rows
    ]
    context = {"items": items, "breadcrumb": doors.trail(None, _("Vorschläge für den Kalender"))}
    return render(request, "dialogues/online/proposal_queue.html", context, status=status)


def find(given: str) -> EventProposal:
    try:
        return get_object_or_404(EventProposal, uuid=UUID(given))
    except ValueError as error:
        raise Http404 from error

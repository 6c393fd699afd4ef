"""`/moderation/`: the queue, one item with its context, the statement of reasons for its author. Outsiders get 404."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.comments import permissions, rules, targets
from portal.comments.domain import moderation, queue
from portal.comments.enums import Reason, State
from portal.comments.forms import FactsForm, HideForm, ObjectionDecisionForm, ObjectionForm
from portal.comments.models import Comment, ModerationDecision
from portal.comments.views import doors
from portal.exceptions import DomainError

PER_PAGE = 30


def overview(request: HttpRequest) -> HttpResponse:
    _demand(request)
    page = Paginator(queue.waiting(user=request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "moderation/queue.html", {"page_obj": page, "items": queue.described(page.object_list)})


def item(request: HttpRequest, pk: int) -> HttpResponse:
    _demand(request)
    comment = get_object_or_404(Comment.objects.select_related("thread", "author", "parent__author"), pk=pk)
    template = request.GET.get("vorlage", "")
    initial = {"reason": template, "facts": queue.TEMPLATES[template]} if template in queue.TEMPLATES else {}
    forms: dict[str, Any] = {
        "hide": HideForm(initial={"ground": "rules"} | initial, prefix="hide"),
        "facts": FactsForm(prefix="facts", required=comment.state == State.HIDDEN),
        "objection": ObjectionDecisionForm(prefix="objection"),
    }
    status = 200
    if request.method == "POST":
        try:
            done, failed = _act(request, comment, forms)
        except DomainError as error:
            if error.status == 404:
                raise Http404 from error
            messages.error(request, str(error.message))
            return redirect("moderation:comment-item", comment.pk)
        if done:
            messages.success(request, done)
            return _next(request, comment)
        forms |= failed
        status = 400
    return render(request, "moderation/item.html", _context(request, comment, forms), status=status)


@login_required
def decision(request: HttpRequest, uuid: str) -> HttpResponse:
    """The statement of reasons: for the author, who can object here, and for moderators."""
    found = get_object_or_404(
        ModerationDecision.objects.select_related("comment__thread", "comment__author", "actor"), uuid=uuid
    )
    if not permissions.is_author(request.user, found.comment) and not permissions.can_moderate(request.user):
        raise Http404
    form = ObjectionForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            moderation.object_to(user=request.user, decision=found, text=form.cleaned_data["text"])
        except DomainError as error:
            status = doors.refuse(form, error)
        else:
            messages.success(request, _("Ihr Widerspruch ist eingegangen. Eine andere Person entscheidet darüber."))
            return redirect(found)
    context = {
        "decision": found,
        "objection": getattr(found, "objection", None),
        "comment": found.comment,
        "form": form,
        "can_object": permissions.can_object(request.user, found) and found.comment.state == State.HIDDEN,
        "where": doors.where(found.comment.thread, _("Entscheidung der Moderation")),
    }
    return render(request, "moderation/decision.html", context, status=400 if status == 200 and form.errors else status)


def _demand(request: HttpRequest) -> None:
    if not permissions.can_moderate(request.user):
        raise Http404


def _act(request: HttpRequest, comment: Comment, forms: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Does what the pressed button says: (what was done, {}) or ("", forms with errors)."""
    act, user = request.POST.get("act", ""), request.user
    if act == "release":
        moderation.release(user=user, comment=comment)
        return _("Der Kommentar ist freigegeben."), {}
    if act in ("keep", "restore"):
        form: Any = FactsForm(request.POST, prefix="facts", required=act == "restore")
        if not form.is_valid():
            return "", {"facts": form}
        facts = form.cleaned_data["facts"]
        if act == "keep":
            moderation.keep(user=user, comment=comment, facts=facts)
            return _("Der Kommentar bleibt stehen. Wer ihn gemeldet hat, bekommt Bescheid."), {}
        moderation.restore(user=user, comment=comment, facts=facts)
        return _("Der Kommentar ist wieder sichtbar."), {}
    if act == "hide":
        form = HideForm(request.POST, prefix="hide")
        if not form.is_valid():
            return "", {"hide": form}
        moderation.hide(user=user, comment=comment, **form.cleaned_data)
        return _("Der Kommentar ist ausgeblendet. Die Person hat Begründung und Widerspruch per Mail."), {}
    if act == "objection":
        form = ObjectionDecisionForm(request.POST, prefix="objection")
        if not form.is_valid():
            return "", {"objection": form}
        upheld = form.cleaned_data["upheld"] == "ja"
        found = queue.open_objection(comment)
        if found is None:
            raise DomainError("already_decided", _("Hier wurde inzwischen schon entschieden."), status=409)
        moderation.decide_objection(user=user, objection=found, upheld=upheld, answer=form.cleaned_data["answer"])
        return _("Über den Widerspruch ist entschieden."), {}
    raise DomainError("unknown_act", _("Das ging nicht. Bitte versuchen Sie es noch einmal."))


def _next(request: HttpRequest, comment: Comment) -> HttpResponse:
    following = queue.waiting(user=request.user).exclude(pk=comment.pk).first()
    return redirect("moderation:comment-item", following.pk) if following else redirect("moderation:queue")


def _context(request: HttpRequest, comment: Comment, forms: dict[str, Any]) -> dict[str, Any]:
    objection = queue.open_objection(comment)
    return {
        "breadcrumb": [
            {"title": _("Moderation"), "url": reverse("moderation:queue")},
            {"title": _("Kommentar prüfen"), "url": ""},
        ],
        "comment": comment,
        "where": doors.where(comment.thread),
        "visible": targets.get(comment.thread.target).visible_to(comment.thread, request.user),
        "rule": rules.RULES.get(comment.held_rule),
        "notices": list(comment.notices.select_related("reporter", "decision")),
        "decisions": list(comment.decisions.select_related("actor", "objection")),
        "objection": objection,
        "decides_objection": objection and permissions.can_decide_objection(request.user, objection.decision),
        "own": permissions.is_author(request.user, comment),
        "history": queue.history(comment.author) if comment.author else None,
        "revisions": list(comment.revisions.all()),
        "forms": forms,
        "templates": [(key, Reason(key).label) for key in queue.TEMPLATES],
    }

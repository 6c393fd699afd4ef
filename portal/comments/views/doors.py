"""What the pages of talk share: finding what is there for this person, and showing a refusal in its form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from portal.comments import permissions, targets
from portal.comments.domain import reading
from portal.comments.enums import Sort
from portal.comments.models import Comment, Thread
from portal.exceptions import DomainError


def find_thread(request: HttpRequest, pk: int) -> Thread:
    thread = get_object_or_404(Thread, pk=pk)
    if not permissions.can_view_thread(request.user, thread):
        raise Http404
    return thread


def find_comment(request: HttpRequest, pk: int) -> Comment:
    comment = get_object_or_404(Comment.objects.select_related("thread", "author", "parent__author"), pk=pk)
    if not permissions.can_view(request.user, comment):
        raise Http404
    return comment


def where(thread: Thread, here: str = "") -> dict[str, Any]:
    """Title and address of what is talked about, and the breadcrumb of the page called `here`."""
    target = targets.get(thread.target)
    title, url = target.title(thread), target.url(thread)
    return {"title": title, "url": url, "crumbs": [{"title": title, "url": url}, {"title": here or title, "url": ""}]}


def to_comment(request: HttpRequest, comment: Comment) -> HttpResponseRedirect:
    """The place where the comment stands, with its fragment; the sorting of the address is kept."""
    sort = request.GET.get("sortierung", "")
    place = reading.place(comment=comment, user=request.user, sort=sort)
    query: dict[str, Any] = {"ab": place.start} if place.start else {}
    if place.kind == "page":
        base = targets.get(comment.thread.target).url(comment.thread)
        if sort in Sort.values and sort != Sort.NEWEST:
            query["sortierung"] = sort
    else:
        base = reverse("comments:reply-list", args=[comment.parent_id])
    return redirect(f"{base}{'?' + urlencode(query) if query else ''}#{comment.anchor}")


def refuse(form: Any, error: DomainError) -> int:
    """Puts the refusal at its field and gives the HTTP status; 404 stays a 404."""
    if error.status == 404:
        raise Http404
    field = error.field if error.field in form.fields else None
    form.add_error(field, str(error.message))
    return error.status


def refuse_as_message(request: HttpRequest, error: DomainError) -> None:
    if error.status == 404:
        raise Http404
    messages.error(request, str(error.message))

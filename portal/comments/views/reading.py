"""Read beyond the page itself: a place, all answers, earlier wordings, and whether something new was said."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_safe

from portal.comments import permissions
from portal.comments.domain import reading, versions
from portal.comments.enums import State
from portal.comments.models import Comment, Thread
from portal.comments.readers import key_of, reader_of
from portal.comments.views import doors


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to where the comment stands; where its author deleted it, says so (410)."""
    comment = get_object_or_404(Comment.objects.select_related("thread", "parent"), pk=pk)
    if permissions.can_view(request.user, comment):
        return doors.to_comment(request, comment)
    if comment.state != State.DELETED or not permissions.can_view_thread(request.user, comment.thread):
        raise Http404
    context = {"comment": comment, "where": doors.where(comment.thread, _("Gelöschter Kommentar"))}
    return render(request, "comments/gone.html", context, status=410)


@require_safe
def replies(request: HttpRequest, pk: int) -> HttpResponse:
    comment = doors.find_comment(request, pk)
    if comment.parent_id:
        return redirect("comments:reply-list", comment.parent_id)
    page = reading.replies(comment=comment, user=request.user, start=key_of(request.GET.get("ab", "")))
    context = {
        "page": page,
        "where": doors.where(comment.thread, _("Alle Antworten")),
        "reader": reader_of(request, comment.thread, [page.shown]),
    }
    return render(request, "comments/replies.html", context)


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Earlier wordings and what changed."""
    comment = get_object_or_404(Comment.objects.select_related("thread", "author", "parent"), pk=pk)
    if not permissions.can_read_versions(request.user, comment):
        raise Http404
    moderates = permissions.can_moderate(request.user)
    context = {
        "comment": comment,
        "versions": versions.of(comment, all_of_them=moderates or permissions.is_author(request.user, comment)),
        "where": doors.where(comment.thread, _("Fassungen")),
    }
    return render(request, "comments/history.html", context)


@require_GET
def news(request: HttpRequest, thread_pk: int) -> HttpResponse:
    """How many comments are newer than `seit`, in words. The same for everyone and HTML, so the page cache keeps it."""
    thread = get_object_or_404(Thread, pk=thread_pk)
    since = key_of(request.GET.get("seit", ""))
    if since is None or not permissions.can_view_thread(AnonymousUser(), thread):
        raise Http404
    number = reading.number_newer(thread=thread, than=since)
    words = ngettext("%(number)s neuer Kommentar", "%(number)s neue Kommentare", number) % {"number": number}
    return HttpResponse(format_html('<data value="{}">{}</data>', number, words))

"""Write, change, delete and support. Everything works by form and redirect."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.comments import permissions
from portal.comments.domain import support, writing
from portal.comments.forms import CommentForm
from portal.comments.models import Comment, Thread
from portal.comments.readers import key_of, why_closed
from portal.comments.views import doors, drafts
from portal.dates import weekday
from portal.exceptions import DomainError


def write(request: HttpRequest, thread_pk: int) -> HttpResponse:
    """The form as a page of its own: for answers, and with what was typed before signing in."""
    thread = doors.find_thread(request, thread_pk)
    if not request.user.is_authenticated:
        here = request.get_full_path()
        return drafts.to_sign_in(request, thread, here) if request.method == "POST" else redirect_to_login(here)
    parent, is_gone = _answered(request)
    if is_gone and request.method != "POST":
        raise Http404
    may_answer, status = permissions.can_answer_officially(request.user), 200
    given = {"may_answer": may_answer, "draft_key": _draft_key(thread.pk, parent)}
    if request.method == "POST":
        form = CommentForm(request.POST, **given)
        comment, status = _create(request, thread, form, parent, is_gone=is_gone)
        if comment is not None:
            drafts.forget(request, thread.pk)
            _say_what_happened(request, comment)
            return doors.to_comment(request, comment)
    else:
        form = CommentForm(initial={"text": drafts.typed(request, thread.pk)}, **given)
    context = {
        "form": form,
        "thread": thread,
        "parent": parent,
        "where": doors.where(thread, _("Antworten") if parent else _("Kommentar schreiben")),
        "may_write": permissions.is_open(thread) or may_answer,
        "closed": None if permissions.is_open(thread) else why_closed(thread),
    }
    return render(request, "comments/write.html", context, status=status)


def _create(
    request: HttpRequest, thread: Thread, form: CommentForm, parent: Comment | None, *, is_gone: bool
) -> tuple[Comment | None, int]:
    """The comment, or the status of the refusal that now stands in the form."""
    if not form.is_valid():
        return None, 400
    if is_gone:
        form.add_error(None, _("Der Kommentar, auf den Sie antworten, steht nicht mehr da."))
        return None, 409
    text, official = form.cleaned_data["text"], bool(request.POST.get("official"))
    try:
        return writing.create(user=request.user, thread=thread, text=text, parent=parent, official=official), 200
    except DomainError as error:
        return None, doors.refuse(form, error)


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    comment = doors.find_comment(request, pk)
    form = CommentForm(request.POST or None, initial={"text": comment.text})
    status = 200
    if not permissions.is_author(request.user, comment):
        return redirect(comment)
    if request.method == "POST" and form.is_valid():
        try:
            comment = writing.edit(user=request.user, comment=comment, text=form.cleaned_data["text"])
        except DomainError as error:
            status = doors.refuse(form, error)
        else:
            _say_what_happened(request, comment, _("Ihre Änderung ist gespeichert."))
            return doors.to_comment(request, comment)
    context = {"form": form, "comment": comment, "where": doors.where(comment.thread, _("Kommentar ändern"))}
    return render(request, "comments/edit.html", context, status=400 if status == 200 and form.errors else status)


@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    comment = doors.find_comment(request, pk)
    where = doors.where(comment.thread, _("Kommentar löschen"))
    if request.method == "POST":
        try:
            writing.delete(user=request.user, comment=comment)
        except DomainError as error:
            doors.refuse_as_message(request, error)
            return doors.to_comment(request, comment)
        messages.success(request, _("Ihr Kommentar ist gelöscht."))
        return redirect(f"{where['url']}#kommentare")
    return render(request, "comments/delete.html", {"comment": comment, "where": where})


@login_required
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Support by POST; by GET (after signing in) a page with the one button."""
    comment = doors.find_comment(request, pk)
    if request.method == "POST":
        act = support.take_back if request.POST.get("zurueck") else support.give
        try:
            act(user=request.user, comment=comment)
        except DomainError as error:
            doors.refuse_as_message(request, error)
        return doors.to_comment(request, comment)
    context = {"comment": comment, "where": doors.where(comment.thread, _("Unterstützen"))}
    return render(request, "comments/support.html", context)


def _answered(request: HttpRequest) -> tuple[Comment | None, bool]:
    """The comment that is answered, and whether there is one no longer."""
    key = key_of(request.GET.get("antwort", ""))
    if key is None:
        return None, False
    try:
        return doors.find_comment(request, key), False
    except Http404:
        return None, True


def _draft_key(thread_pk: int, parent: Comment | None) -> str:
    return f"kommentar-{thread_pk}-{parent.pk}" if parent else f"kommentar-{thread_pk}"


def _say_what_happened(request: HttpRequest, comment: Comment, done: str = "") -> None:
    if comment.held_until and not comment.is_visible:
        day = weekday(timezone.localtime(comment.held_until), year=False)
        messages.warning(request, _("Ihr Kommentar wird geprüft, spätestens bis %(day)s.") % {"day": day})
    else:
        messages.success(request, done or _("Ihr Kommentar ist veröffentlicht."))

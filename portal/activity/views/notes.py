"""`/konto/neuigkeiten/`: notes to me, what is new where I follow, and what I follow."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.activity import targets
from portal.activity.domain import following
from portal.activity.forms import CadenceForm
from portal.activity.models import Activity, Follow, Notification, Preference
from portal.exceptions import DomainError

SHOWN = 30


@login_required
def notes(request: HttpRequest) -> HttpResponse:
    wish = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    news = list(Activity.objects.visible_to(request.user).followed_by(request.user)[:SHOWN])
    for activity in news:
        activity.unread = wish.seen_at is None or activity.occurred_at > wish.seen_at  # type: ignore[attr-defined]
    unread = Notification.objects.filter(user=request.user, read_at=None).count()
    context = {
        "notes": list(Notification.objects.filter(user=request.user)[:SHOWN]),
        "unread": unread,
        "anything_unread": unread or any(activity.unread for activity in news),  # type: ignore[attr-defined]
        "news": news,
        "follows": _follows(request.user),
        "cadence_form": CadenceForm(initial={"cadence": wish.notes_cadence}, auto_id="notiz-%s"),
    }
    return render(request, "activity/notes.html", context)


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Marks everything as read; with `note` that one, and goes on to what it tells of."""
    number = request.POST.get("note", "")
    if not number.isdecimal() or len(number) > 18:
        following.mark_read(user=request.user)
        return redirect("activity:note-list")
    following.mark_read(user=request.user, note=int(number))
    note = Notification.objects.filter(user=request.user, pk=int(number)).first()
    return redirect(note.url if note else "activity:note-list")


@login_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """How often mail comes about notes to me."""
    try:
        following.choose_notes_cadence(user=request.user, cadence=request.POST.get("cadence", ""))
        messages.success(request, _("Ihre Wahl ist gespeichert."))
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("activity:note-list")


def _follows(user: Any) -> list[dict[str, Any]]:
    """What the person follows, by title; things that are gone or hidden can still be ended."""
    rows = list(Follow.objects.filter(user=user).select_related("topic"))
    subjects = targets.find(user, [row.topic.key for row in rows])
    found = []
    for row in rows:
        target, object_id = targets.split(row.topic.key)
        subject = subjects.get(row.topic.key)
        found.append(
            {
                "follow": row,
                "subject": subject,
                "kind": targets.label_of(row.topic.key),
                "target": target,
                "object_id": object_id,
            }
        )
    return sorted(found, key=lambda entry: (entry["subject"] is None, getattr(entry["subject"], "title", "").lower()))


@login_required
@require_POST
def end(request: HttpRequest, target: str, object_id: str) -> HttpResponse:
    """Stops following from the list in the account, also what can no longer be seen."""
    following.unfollow(user=request.user, target=target, object_id=object_id)
    messages.success(request, _("Sie folgen dem nicht mehr."))
    return redirect("activity:note-list")

"""Follow a project, the list of what is new for me, and the way out of all mails."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.activity.domain import following
from portal.activity.forms import CadenceForm
from portal.activity.models import Activity, Follow, Notification
from portal.exceptions import DomainError

SHOWN = 30


@login_required
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    project = _project(request, slug)
    mine = Follow.objects.filter(user=request.user, project=project).first()
    form = CadenceForm(request.POST or None, initial={"cadence": mine.cadence} if mine else None)
    if request.method == "POST" and "stop" in request.POST:
        following.unfollow(user=request.user, project=project)
        messages.success(request, _("Sie folgen „%(title)s“ nicht mehr.") % {"title": project.title})
        return redirect(project.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        following.follow(user=request.user, project=project, cadence=form.cleaned_data["cadence"])
        messages.success(request, _("Sie folgen „%(title)s“.") % {"title": project.title})
        return redirect(project.get_absolute_url())
    context = {"project": project, "mine": mine, "form": form, "breadcrumb": _crumbs(project)}
    return render(request, "activity/follow.html", context, status=400 if form.errors else 200)


@login_required
def notes(request: HttpRequest) -> HttpResponse:
    """`/konto/neuigkeiten/`"""
    context = {
        "notes": list(Notification.objects.filter(user=request.user)[:SHOWN]),
        "unread": Notification.objects.filter(user=request.user, read_at=None).count(),
        "news": list(Activity.objects.visible_to(request.user).followed_by(request.user)[:SHOWN]),
        "follows": list(Follow.objects.filter(user=request.user).select_related("project").order_by("project__title")),
        "breadcrumb": [{"title": _("Konto"), "url": "/konto/"}, {"title": _("Neuigkeiten"), "url": ""}],
    }
    return render(request, "activity/notes.html", context)


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    following.mark_read(user=request.user)
    return redirect("activity:note-list")


@csrf_exempt  # RFC 8058: the mail programme posts without a session; the token allows this one thing
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST ends all mails to followers for the person named by the token."""
    if request.method == "POST":
        try:
            following.stop_mails(token=token)
        except DomainError as error:
            raise Http404 from error
    return render(request, "activity/stop.html", {"done": request.method == "POST"})


def _project(request: HttpRequest, slug: str) -> Any:
    projects: Any = Activity._meta.get_field("project").related_model
    return get_object_or_404(projects.objects.visible_to(request.user), slug=slug)


def _crumbs(project: Any) -> list[dict[str, str]]:
    return [{"title": project.title, "url": project.get_absolute_url()}, {"title": _("Folgen"), "url": ""}]

"""Follow a thing and stop; the way out of mails by link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from portal.activity import targets
from portal.activity.domain import following
from portal.activity.forms import CadenceForm
from portal.activity.models import Follow
from portal.exceptions import DomainError


@login_required
def follow(request: HttpRequest, target: str, object_id: str) -> HttpResponse:
    """`/folgen/<target>/<object id>/`: asks how often mail should come; saves, changes or ends the follow."""
    key = targets.topic(target, object_id)
    subject = targets.find(request.user, [key]).get(key)
    if subject is None:
        raise Http404
    mine = Follow.objects.filter(user=request.user, topic__key=key).first()
    form = CadenceForm(request.POST or None, initial={"cadence": mine.cadence} if mine else None)
    if request.method == "POST" and "stop" in request.POST:
        following.unfollow(user=request.user, target=target, object_id=object_id)
        messages.success(request, _("Sie folgen „%(title)s“ nicht mehr.") % {"title": subject.title})
        return redirect(_back(request, subject.url))
    if request.method == "POST" and form.is_valid():
        try:
            following.follow(user=request.user, target=target, object_id=object_id, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Sie folgen „%(title)s“.") % {"title": subject.title})
            return redirect(_back(request, subject.url))
    context = {
        "subject": subject,
        "kind": targets.label_of(key),
        "mine": mine,
        "form": form,
        "next": request.GET.get("next", ""),
        "breadcrumb": [{"title": subject.title, "url": subject.url}, {"title": _("Folgen"), "url": ""}],
    }
    return render(request, "activity/follow.html", context, status=400 if form.errors else 200)


@csrf_exempt  # RFC 8058: the mail programme posts without a session; the token allows this one thing
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST ends the mails that the token names: all, about one topic, or about notes to oneself."""
    try:
        _uuid, about = following.read_token(token)
        if request.method == "POST":
            following.stop_mails(token=token)
    except DomainError as error:
        raise Http404 from error
    context: dict[str, Any] = {"done": request.method == "POST", "all": not about}
    context["all_token"] = "" if context["all"] else following.token_for(_uuid)
    return render(request, "activity/stop.html", context)


def _back(request: HttpRequest, default: str) -> str:
    wanted = request.POST.get("next", "")
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else default

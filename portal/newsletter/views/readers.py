"""Order newsletters, confirm, change, end: for everyone, without an account."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from portal.exceptions import DomainError
from portal.newsletter.domain import subscribing
from portal.newsletter.forms import SegmentsForm, SubscribeForm
from portal.newsletter.models import Segment


@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """`/rundbriefe/`"""
    user = request.user
    initial = {"email": user.email} if user.is_authenticated else {}
    form = SubscribeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if not form.cleaned_data["telefon"]:
                subscribing.subscribe(email=form.cleaned_data["email"], segments=form.cleaned_data["segments"])
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            return redirect("newsletter:asked")
    context = {"form": form, "any": Segment.objects.filter(active=True).exists()}
    return render(request, "newsletter/subscribe.html", context, status=400 if form.errors else 200)


def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/asked.html")


@never_cache
@csrf_exempt  # the token is the proof; mail programmes that open links must not confirm, so GET only asks
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        if request.method == "POST":
            found = subscribing.confirm(token=token)
            manage = subscribing.stop_token(found)
            return render(request, "newsletter/confirmed.html", {"segments": found.segments.all(), "token": manage})
        subscribing.check(token=token)
    except DomainError as error:
        return render(request, "newsletter/expired.html", status=error.status)
    return render(request, "newsletter/confirm.html")


@never_cache
@csrf_exempt  # RFC 8058: the mail programme posts without a session; the token allows this one thing
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the order and asks; POST ends it, or changes it where the form of the page says so."""
    try:
        if request.method == "POST" and "change" in request.POST:
            return _change(request, token)
        if request.method == "POST":
            subscribing.stop(token=token)
            return render(request, "newsletter/stopped.html")
        return _manage(request, token)
    except DomainError as error:
        if request.method == "GET" and error.code == "bad_token":
            return render(request, "newsletter/expired.html", status=404)
        raise Http404 from error


def _manage(request: HttpRequest, token: str, saved: bool = False) -> HttpResponse:
    found = subscribing.by_token(token)
    context: dict[str, Any] = {"form": SegmentsForm(initial={"segments": found.segments.all()}), "saved": saved}
    return render(request, "newsletter/manage.html", context)


def _change(request: HttpRequest, token: str) -> HttpResponse:
    form = SegmentsForm(request.POST)
    if form.is_valid() and subscribing.choose(token=token, segments=form.cleaned_data["segments"]) is None:
        return render(request, "newsletter/stopped.html")
    return _manage(request, token, saved=True)

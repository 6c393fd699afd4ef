"""The own registration, by the signed link of a mail: no account, no cookie, no script.

GET never changes anything, since mail programmes open links to check them; the forms post. They are exempt from CSRF
because the token in the address is the proof, and it allows these things alone.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from dialogues.domain.registration import asking, invite, own, own_data, tokens
from dialogues.enums import EventStatus, RegistrationState
from dialogues.forms.registration import ChangeForm
from dialogues.models import Registration
from dialogues.models.registration import UNCONFIRMED
from portal.exceptions import DomainError
from portal.qr import qr_svg


@never_cache
@csrf_exempt
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """`/teilnahme/<token>/bestaetigen/`: GET asks, POST confirms or says "das war ich nicht"."""
    try:
        found = tokens.read(token, tokens.CONFIRM)
        if request.method == "POST" and "nicht" in request.POST:
            asking.decline(token=token)
            return page(request, "declined", found)
        if request.method == "POST":
            return redirect(tokens.own_path(asking.confirm(token=token)))
    except DomainError as error:
        return ended(request, error)
    if found.state not in UNCONFIRMED:
        return redirect(tokens.own_path(found)) if found.is_live else page(request, "ended", found, status=404)
    if found.held_until is not None and found.held_until <= timezone.now():
        return page(request, "ended", found, status=404)
    return page(request, "confirm", found)


@never_cache
@csrf_exempt
def status(request: HttpRequest, token: str) -> HttpResponse:
    """`/teilnahme/<token>/`: how it stands, the code for the door, smaller or larger party, needs."""
    try:
        found = own.see(token=token)
    except DomainError as error:
        return ended(request, error)
    if not found.is_live:
        return page(request, "ended", found)
    form = ChangeForm(
        request.POST or None,
        most=max(found.admission.party_max, found.persons),
        initial={"persons": found.persons, "needs": found.needs, "needs_ok": bool(found.needs)},
    )
    code = 200
    if request.method == "POST":
        code = 400
        if form.is_valid():
            try:
                own.change(token=token, persons=form.cleaned_data["persons"], needs=form.cleaned_data["needs"])
                return redirect(f"{request.path}?gespeichert=1")
            except DomainError as error:
                code = error.status
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
    return page(request, "own", found, status=code, form=form, token=token, saved="gespeichert" in request.GET)


@never_cache
@csrf_exempt
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """`/teilnahme/<token>/absagen/`: GET asks, POST cancels."""
    try:
        found = own.see(token=token)
        if request.method == "POST":
            own.cancel(token=token)
            return page(request, "cancelled", found)
    except DomainError as error:
        if error.code != "bad_token":
            return page(request, "cancel", found, status=error.status, token=token, refused=str(error.message))
        return ended(request, error)
    if not found.is_live:
        return page(request, "ended", found)
    return page(request, "cancel", found, token=token)


@never_cache
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """`/teilnahme/<token>/termin.ics`"""
    try:
        found = own.see(token=token)
    except DomainError as error:
        return ended(request, error)
    event = found.admission.event
    response = HttpResponse(
        invite.entry(found, event, off=not found.is_live), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


def page(request: HttpRequest, name: str, found: Registration, *, status: int = 200, **more: Any) -> HttpResponse:
    event = found.admission.event
    seated = found.state == RegistrationState.CONFIRMED
    context = {
        "registration": found,
        "event": event,
        "position": own.position(found),
        "running": event.status == EventStatus.PUBLISHED,
        "begun": event.starts_at <= timezone.now(),
        "qr": qr_svg(tokens.door_url(found, event.slug)) if seated and name == "own" else "",
        "days": own_data.days(),
        **more,
    }
    return render(request, f"dialogues/registration/{name}.html", context, status=status)


def ended(request: HttpRequest, error: DomainError) -> HttpResponse:
    return render(request, "dialogues/registration/ended.html", {"refused": str(error.message)}, status=error.status)

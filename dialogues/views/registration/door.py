"""The door on a phone: counter, search, check in, undo, walk-ins. Works by form post alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from dialogues.domain.registration import door, export, reading
from dialogues.enums import EventStatus
from dialogues.forms.registration import WalkInForm
from dialogues.models import Event, Registration
from dialogues.models.registration import LARGEST_PARTY
from dialogues.permissions import can_run_door
from dialogues.views.events import trail
from portal.exceptions import DomainError


@never_cache
def check_in(request: HttpRequest, slug: str) -> HttpResponse:
    """`/dialoge/<slug>/einlass/`, found by `?q=`."""
    event = hosted(request, slug)
    if request.method == "POST":
        return act(request, event)
    search = request.GET.get("q", "").strip()[:80]
    return render(request, "dialogues/registration/door.html", shown(event, search))


@never_cache
def by_code(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What the QR code of a guest opens: that one party, with the buttons to let it in."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    event = hosted(request, slug)
    found = Registration.objects.live().filter(admission__event=event, code=code.upper()).first()
    if found is None:
        messages.error(request, _("Zu diesem Code gibt es hier keine Anmeldung. Bitte suchen Sie nach dem Namen."))
        return redirect("dialogues:door", slug)
    return render(request, "dialogues/registration/door.html", shown(event, found.code, single=True))


def shown(event: Event, search: str, *, single: bool = False) -> dict[str, Any]:
    admission = door.look_up(event)
    rows = reading.attendees(admission, search)
    return {
        "event": event,
        "search": "" if single else search,
        "single": single,
        "rows": [{"registration": row, "place": place, "fewer": range(1, row.persons)}
                 for place, row in export.numbered(rows)],
        "count": door.count(admission, event),
        "walk_in": WalkInForm(initial={"persons": 1}),
        "running": event.status == EventStatus.PUBLISHED,
        "breadcrumb": trail(event, _("Einlass")),
    }  # fmt: skip


def act(request: HttpRequest, event: Event) -> HttpResponse:
    """One button: what it did or why not is said on the page it leads back to."""
    try:
        if "neu" in request.POST:
            size = number(request.POST.get("persons"))
            door.walk_in(user=request.user, event=event, persons=size, name=request.POST.get("name", ""))
            said = ngettext("%(n)s Person eingelassen.", "%(n)s Personen eingelassen.", size) % {"n": size}
        else:
            said = with_party(request, find(event, request.POST.get("anmeldung", "")))
        messages.success(request, said)
    except DomainError as error:
        messages.error(request, str(error.message))
    search = request.POST.get("q", "").strip()[:80]
    return redirect(reverse("dialogues:door", args=[event.slug]) + (f"?{urlencode({'q': search})}" if search else ""))


def with_party(request: HttpRequest, found: Registration) -> str:
    name = {"name": found.name or found.code}
    if "zurueck" in request.POST:
        door.undo(user=request.user, registration=found)
        return _("Zurückgenommen: %(name)s") % name
    arrived = number(request.POST.get("da"))
    door.check_in(user=request.user, registration=found, arrived=arrived)
    return ngettext(
        "%(name)s ist da: %(n)s Person.", "%(name)s ist da: %(n)s Personen.", arrived
    ) % (name | {"n": arrived})  # fmt: skip


def find(event: Event, given: str) -> Registration:
    try:
        return get_object_or_404(Registration, admission__event=event, uuid=UUID(given))
    except ValueError as error:
        raise Http404 from error


def number(given: str | None) -> int:
    """What a button sent; nonsense becomes 0, which the domain refuses."""
    return int(given) if given and given.isascii() and given.isdigit() and int(given[:3]) <= LARGEST_PARTY else 0


def hosted(request: HttpRequest, slug: str) -> Event:
    """404 for everyone who does not run the door."""
    if not can_run_door(request.user):
        raise Http404
    return get_object_or_404(Event.objects.visible_to(request.user), slug=slug)

"""Register for an event, with or without an account; the answer tells nobody who is registered already."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dialogues.domain.registration import asking, own_data, reading, tokens
from dialogues.enums import Window
from dialogues.forms.registration import RegisterForm
from dialogues.models import Event
from dialogues.views.events import trail, visible
from portal.comments import senders
from portal.exceptions import DomainError


@never_cache
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """`/dialoge/<slug>/anmelden/`"""
    event = visible(request, slug)
    offer = reading.offer(event, request.user)
    if offer is None or offer.window == Window.NOT_NEEDED:
        return redirect("dialogues:event-detail", slug)
    if offer.mine is not None and offer.mine.confirmed_at:
        return redirect(tokens.own_path(offer.mine))
    proven = request.user.is_authenticated and asking.is_confirmed(request.user)
    form = RegisterForm(
        request.POST or None,
        most=event.admission.party_max,
        proven=proven,
        initial={"name": getattr(request.user, "display_name", ""), "persons": 1},
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return answer(request, event, form)
            except DomainError as error:
                status = error.status
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
    context = {
        "event": event,
        "offer": offer,
        "form": form,
        "proven": proven,
        "days": own_data.days(),
        "breadcrumb": trail(event, _("Anmelden")),
    }
    return render(request, "dialogues/registration/register.html", context, status=status)


def answer(request: HttpRequest, event: Event, form: RegisterForm) -> HttpResponse:
    data = form.cleaned_data
    found = asking.register(
        user=request.user,
        event=event,
        name=data["name"],
        email=data.get("email", ""),
        persons=data["persons"],
        needs=data["needs"],
        language=get_language() or "de",
        sender=senders.of(request),
    )
    if found is None:
        return redirect("dialogues:registration-asked", event.slug)
    messages.success(request, _("Ihre Anmeldung ist da. Wir haben Ihnen eine Mail geschickt."))
    return redirect(tokens.own_path(found))


def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page for every address."""
    event = visible(request, slug)
    if not event.is_public:
        raise Http404
    context = {"event": event, "breadcrumb": trail(event, _("Anmelden"))}
    return render(request, "dialogues/registration/asked.html", context)

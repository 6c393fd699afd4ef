"""`/dialoge/<slug>/anmeldung/`: how one registers, set by those who edit events."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dialogues.domain.registration import reading, setup
from dialogues.forms.registration import SetupForm
from dialogues.models import Admission, Event
from dialogues.views.events import require_editor, trail
from portal.exceptions import DomainError


@never_cache
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    require_editor(request)
    event = get_object_or_404(Event, slug=slug)
    admission = Admission.objects.filter(event=event).first()
    form = SetupForm(request.POST or None, initial=initial(admission))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                setup.configure(user=request.user, event=event, **form.cleaned_data)
            except DomainError as error:
                status = error.status
                field = "seats_total" if error.field == "seats" else error.field
                form.add_error(field if field in form.fields else None, str(error.message))
            else:
                messages.success(request, _("Die Anmeldung ist eingerichtet."))
                return redirect("dialogues:event-detail", slug)
    context = {
        "event": event,
        "form": form,
        "figures": (admission.figures or reading.figures(admission)) if admission else {},
        "breadcrumb": trail(event, _("Anmeldung einrichten")),
    }
    return render(request, "dialogues/registration/setup.html", context, status=status)


def initial(admission: Admission | None) -> dict[str, object]:
    if admission is None:
        return {"needed": True, "waiting_list": True, "party_max": 2}
    return {
        "needed": admission.needed,
        "opens_at": admission.opens_at,
        "closes_at": admission.closes_at,
        "seats_total": admission.seats,
        "waiting_list": admission.waiting_list,
        "party_max": admission.party_max,
        "note": admission.note,
    }

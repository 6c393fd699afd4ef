"""Who comes: the list for the hosts, on paper, as a table; and registrations that staff take by telephone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dialogues.domain.registration import door, export, letters, reading
from dialogues.forms.registration import AddForm
from dialogues.models import Event
from dialogues.views.events import trail
from dialogues.views.registration.door import find, hosted
from portal import pdf
from portal.exceptions import DomainError


@never_cache
def attendees(request: HttpRequest, slug: str) -> HttpResponse:
    """`/dialoge/<slug>/angemeldete/`: with the form for the telephone; POST adds or takes out."""
    event = hosted(request, slug)
    admission = door.look_up(event)
    form = AddForm(request.POST if "eintragen" in request.POST else None, initial={"persons": 1})
    status = 200
    if request.method == "POST":
        try:
            if "streichen" in request.POST:
                door.remove(user=request.user, registration=find(event, request.POST["streichen"]))
                messages.success(request, _("Die Anmeldung ist gestrichen."))
                return redirect(request.path)
            status = 400
            if form.is_valid():
                found = door.add(user=request.user, event=event, **form.cleaned_data)
                messages.success(request, _("Eingetragen: %(state)s.") % {"state": found.get_state_display()})
                return redirect(request.path)
        except DomainError as error:
            status = error.status
            if "streichen" in request.POST:
                messages.error(request, str(error.message))
                return redirect(request.path)
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
    context = {
        "event": event,
        "rows": export.numbered(reading.attendees(admission)),
        "count": door.count(admission, event),
        "figures": admission.figures or reading.figures(admission),
        "form": form,
        "begun": event.starts_at <= timezone.now(),
        "breadcrumb": trail(event, _("Angemeldete")),
    }
    return render(request, "dialogues/registration/attendees.html", context, status=status)


@never_cache
def attendees_csv(request: HttpRequest, slug: str) -> HttpResponse:
    event = hosted(request, slug)
    headers = {"Content-Disposition": f'attachment; filename="angemeldete-{event.slug}.csv"'}
    text = export.table(door.look_up(event))
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@never_cache
def attendees_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """A list to tick off by hand, needs included; the file stays with the hosts."""
    event = hosted(request, slug)
    admission = door.look_up(event)
    number = door.count(admission, event)
    parts = [pdf.title(_("Angemeldete")), pdf.lead(event.title)]
    parts.append(pdf.facts([(_("Wann"), letters.when(event)), (_("Personen"), number.registered)]))
    parts += rows(event)
    parts += pdf.paragraph(_("Bitte nach dem Abend vernichten."), strong=True)
    twin = request.build_absolute_uri(request.path.replace("angemeldete.pdf", "angemeldete/"))
    data = pdf.build(parts, name=event.title, area=_("Einlass"), twin=twin, sample=event.sample)
    headers = {"Content-Disposition": f'inline; filename="angemeldete-{event.slug}.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def rows(event: Event) -> list[pdf.Flowable]:
    """A box, name, people, code and needs; the waiting list below."""
    found = export.numbered(reading.attendees(door.look_up(event)))
    parts: list[pdf.Flowable] = []
    for heading, waiting in ((_("Mit Platz"), False), (_("Warteliste"), True)):
        lines = []
        for place, row in found:
            if (place is not None) == waiting:
                mark = "[x]" if row.arrived else f"{place}." if place else "[  ]"
                words = [f"{row.name or _('ohne Namen')}, {row.persons}", *([row.needs] if row.needs else [])]
                lines.append((f"{mark}  {row.code}", "\n".join(words)))
        if lines:
            parts += [pdf.heading(heading), pdf.facts(lines)]
    return parts

"""Taking in and giving out DPIAs as files of CNIL's PIA software."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from ethics.domain.dpia import exchange
from ethics.models.visibility import grants
from ethics.views.assessments import dpia_or_404, shown_version
from portal.exceptions import DomainError
from projects.models import Project


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Datei"), help_text=gettext_lazy("Die JSON-Ausgabe der PIA-Software, höchstens 1,9 MB.")
    )
    project = forms.ModelChoiceField(
        label=gettext_lazy("Projekt"),
        queryset=Project.objects.none(),
        required=False,
        empty_label=gettext_lazy("zu keinem Projekt"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Reads a file as a whole; says what is not carried over beforehand, saving nothing, and afterwards."""
    if "request_review" not in grants(request.user):
        raise Http404
    form = ImportForm(request.POST or None, request.FILES or None)
    own: Any = form.fields["project"]
    own.queryset = Project.objects.filter(Q(lead_id=request.user.pk) | Q(lead__isnull=True))
    trail = [
        {"title": _("Folgenabschätzungen"), "url": reverse("ethics:dpia-list")},
        {"title": _("Aus der PIA-Software einlesen")},
    ]
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data["file"].read(exchange.LARGEST + 1)
            if "pruefen" in request.POST:
                context = {"form": form, "reading": exchange.read(data), "breadcrumb": trail}
                return render(request, "ethics/office/dpia_import.html", context)
            dpia, left = exchange.take_in(request.user, data=data, project=form.cleaned_data["project"])
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        else:
            context = {"dpia": dpia, "left": left, "breadcrumb": trail}
            return render(request, "ethics/office/dpia_imported.html", context, status=201)
    context = {"form": form, "breadcrumb": trail}
    return render(request, "ethics/office/dpia_import.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def before_giving_out(request: HttpRequest, slug: str) -> HttpResponse:
    """What the file will not hold, before it is downloaded; the page stays open, so it is there afterwards too."""
    dpia = dpia_or_404(request.user, slug)
    version = shown_version(request.user, dpia)
    version.dpia = dpia
    trail = [
        {"title": _("Folgenabschätzungen"), "url": reverse("ethics:dpia-list")},
        {"title": dpia.title, "url": dpia.get_office_url()},
        {"title": _("Für die PIA-Software ausgeben")},
    ]
    context = {"dpia": dpia, "version": version, "left": exchange.not_given_out(version), "breadcrumb": trail}
    return render(request, "ethics/office/dpia_export.html", context)


@login_required
@require_GET
def give_out(request: HttpRequest, slug: str) -> JsonResponse:
    dpia = dpia_or_404(request.user, slug)
    version = shown_version(request.user, dpia)
    version.dpia = dpia
    response = JsonResponse(exchange.give_out(version), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="pia-{dpia.slug}.json"'
    return response

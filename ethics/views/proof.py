"""A page where anybody checks a hash that is printed in minutes, dossiers and mails."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ethics.domain import proof
from portal.exceptions import DomainError

LONGEST = 300


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("wert", "").strip()[:LONGEST]
    failure, found = None, None
    if text:
        try:
            found = proof.check(text)
        except DomainError as error:
            failure = error
    context = {
        "text": text,
        "found": found,
        "failure": failure,
        "breadcrumb": [
            {"title": _("Ethikrat"), "url": reverse("ethics:council-show")},
            {"title": _("Echtheit prüfen")},
        ],
    }
    return render(request, "ethics/proof.html", context, status=422 if failure else 200)

"""Open to everyone: the rules for what people write, and the counts of the moderation."""

from __future__ import annotations

import csv
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import cache
from portal.comments.domain import figures
from portal.comments.enums import Reason


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    crumbs = [{"title": _("Regeln für Beiträge"), "url": ""}]
    return render(request, "moderation/rules.html", {"reasons": Reason.labels, "crumbs": crumbs})


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    cache.expires_at(request, timezone.now() + timedelta(hours=1))
    context = {
        "quarters": figures.quarters(),
        "measures": [measure.label for measure in figures.MEASURES],
        "sample": figures.holds_samples(),
        "crumbs": [
            {"title": _("Regeln für Beiträge"), "url": reverse("moderation:rules")},
            {"title": _("Zahlen der Moderation"), "url": ""},
        ],
    }
    return render(request, "moderation/figures.html", context)


@require_safe
def csv_file(request: HttpRequest) -> HttpResponse:
    """UTF-8 with a mark so that spreadsheets read the umlauts; semicolons as German spreadsheets expect them."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="moderation-zahlen.csv"'
    answer.write("\ufeff")
    csv.writer(answer, delimiter=";").writerows(figures.table())
    return answer

"""On paper: the answer as a letter, and the empty form; each as a page and as a PDF with the same content."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dialogues import permissions
from dialogues.domain.online import receipts
from dialogues.enums import ContributionKind
from dialogues.models import Contribution
from dialogues.pdf import letters
from dialogues.views.online import doors
from portal.cms.models import ContactSettings


@require_GET
def letter(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    contribution = doors.find_contribution(request, slug, receipt)
    context = {
        "contribution": contribution,
        "answers": list(contribution.answers.select_related("milestone").order_by("-created_at", "-pk")),
        "contact": contact_of(request, contribution),
        "spelled": receipts.spelled(contribution.receipt),
        "breadcrumb": doors.trail(
            contribution.dialogue, (contribution.title, contribution.get_absolute_url()), _("Antwort drucken")
        ),
    }
    return render(request, "dialogues/online/letter.html", context)


@require_GET
def letter_pdf(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    contribution = doors.find_contribution(request, slug, receipt)
    twin = request.build_absolute_uri(request.path.removesuffix("antwort.pdf") + "antwort/")
    rows = list(contribution.answers.select_related("milestone").order_by("-created_at", "-pk"))
    city = ContactSettings.load(request)
    data = letters.letter(contribution, rows, contact=contact_of(request, contribution), city=city, twin=twin)
    return as_pdf(data, f"antwort-{contribution.receipt}")


@require_GET
def paper_form(request: HttpRequest, slug: str) -> HttpResponse:
    dialogue = doors.find_dialogue(request, slug)
    context = {
        "dialogue": dialogue,
        "categories": list(dialogue.categories.all()),
        "kinds": ContributionKind.labels,
        "lines": range(14),
        "breadcrumb": doors.trail(dialogue, _("Formular zum Drucken")),
    }
    return render(request, "dialogues/online/paper.html", context)


@require_GET
def paper_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    dialogue = doors.find_dialogue(request, slug)
    twin = request.build_absolute_uri(request.path.removesuffix("papier.pdf") + "papier/")
    data = letters.paper_form(dialogue, list(dialogue.categories.all()), city=ContactSettings.load(request), twin=twin)
    return as_pdf(data, f"formular-{dialogue.slug}")


def contact_of(request: HttpRequest, contribution: Contribution) -> str:
    """The private address, for staff alone."""
    return contribution.contact if permissions.can_record(request.user) else ""


def as_pdf(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response

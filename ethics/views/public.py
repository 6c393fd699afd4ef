"""What citizens see: the Council, the published cases, the recommendation with its conditions, the dossier."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ethics.domain import dossiers, figures
from ethics.domain.redaction import public
from ethics.domain.register import public_content
from ethics.domain.topics import TOPIC
from ethics.enums import ConditionState, Form, SeatFunction
from ethics.models import Condition, CouncilSeat, DossierFile, Inquiry, Meeting, ReviewCase
from ethics.tasks import make_dossier
from portal.audit.domain.chain import head

PAGE = 20


@require_safe
def council(request: HttpRequest) -> HttpResponse:
    page = Paginator(published().select_related("project", "recommendation"), PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    seats = CouncilSeat.objects.filter(until__isnull=True).values_list("function", flat=True)
    context = {
        "breadcrumb": [{"title": _("Ethikrat")}],
        "page": page,
        "cases": [card(case) for case in page],
        "seats": [{"title": function.label, "count": list(seats).count(function)} for function in SeatFunction],
        "figures": figures.of_years(),
        "inquiries": Inquiry.objects.public().filter(answered_at__isnull=False).order_by("-answered_at")[:3],
        "upcoming": Meeting.objects.filter(starts_at__gte=now, invited_at__isnull=False).order_by("starts_at")[:5],
        "held": Meeting.objects.filter(starts_at__lt=now, attendances__isnull=False)
        .distinct()
        .order_by("-starts_at")[:5],
        "forms": [{"title": form.label, "text": FORM_TEXTS[form]} for form in Form],
        "topic": TOPIC,
        "has_samples": any(case.sample for case in page),
    }
    return render(request, "ethics/council.html", context)


@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_case_or_404(slug)
    return render(request, "ethics/case_public.html", page_context(found))


@never_cache
@require_safe
def dossier(request: HttpRequest, slug: str) -> HttpResponse:
    """The published case as a PDF, made in the background; until it is there, the page that shows how far it is."""
    row = _dossier_row(public_case_or_404(slug))
    if row.data is None:
        return redirect("ethics:dossier-show", slug=slug)
    response = HttpResponse(bytes(row.data), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="ethikrat-{slug}.pdf"'
    return response


@never_cache
@require_safe
def dossier_page(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_case_or_404(slug)
    row = _dossier_row(found)
    context = {
        "case": found,
        "row": row,
        "ready": row.data is not None,
        "breadcrumb": [
            {"title": _("Ethikrat"), "url": reverse("ethics:council-show")},
            {"title": found.title, "url": found.get_absolute_url()},
            {"title": _("Dossier")},
        ],
    }
    return render(request, "ethics/dossier.html", context)


def _dossier_row(found: ReviewCase) -> DossierFile:
    row, is_new = dossiers.wanted(found)
    if is_new:
        make_dossier.enqueue(row.pk)
        row.refresh_from_db()
    return row


def published() -> Any:
    return ReviewCase.objects.public().order_by("-published_at")


def public_case_or_404(slug: str) -> ReviewCase:
    found = (
        ReviewCase.objects.public()
        .select_related("project", "recommendation", "talk__thread")
        .prefetch_related("recommendation__conditions", "dissents__member", "votes", "outside_opinions")
        .filter(slug=slug)
        .first()
    )
    if found is None:
        raise Http404
    return found


def card(found: ReviewCase) -> dict[str, Any]:
    return {
        "case": found,
        "url": reverse("ethics:review-show", kwargs={"slug": found.slug}),
        "sentence": public(found.recommendation.sentence),
    }


def page_context(found: ReviewCase) -> dict[str, Any]:
    """Everything of the public page: what was published, and what became of the conditions since."""
    seq, hash_ = head(found.stream)
    return {
        "case": found,
        "content": public_content(found),
        "conditions": [condition_row(condition) for condition in found.recommendation.conditions.all()],
        "head": {"seq": seq, "hash": hash_},
        "form_text": FORM_TEXTS[Form(found.outcome)],
        "inquiries": found.inquiries.public().filter(answered_at__isnull=False)[:10],
        "breadcrumb": [{"title": _("Ethikrat"), "url": reverse("ethics:council-show")}, {"title": found.title}],
    }


def condition_row(condition: Condition) -> dict[str, Any]:
    """A row of components/checklist.html: the condition, its answer and its state."""
    states = {ConditionState.DONE: "met", ConditionState.VOID: "waived"}
    state = states.get(ConditionState(condition.state), "open")
    if state == "open" and condition.due and condition.due < timezone.localdate():
        state = "overdue"
    return {
        "title": public(condition.text),
        "state": state,
        "when": condition.due,
        "response": condition.get_response_display() if condition.response else "",
        "response_reason": public(condition.response_reason),
        "proof": public(condition.proof),
        "settled_at": condition.settled_at,
    }


FORM_TEXTS = {
    Form.RECOMMENDATION: gettext_lazy("Der Rat empfiehlt das Vorhaben."),
    Form.WITH_CONDITIONS: gettext_lazy("Der Rat empfiehlt das Vorhaben, wenn bestimmte Auflagen erfüllt werden."),
    Form.CLARIFY: gettext_lazy("Der Rat braucht weitere Angaben, bevor er sich äußert."),
    Form.CONCERNS: gettext_lazy("Der Rat hat Bedenken und begründet sie."),
    Form.NO_POSITION: gettext_lazy("Die Mitglieder sind verschiedener Auffassung; alle Auffassungen sind dargestellt."),
}

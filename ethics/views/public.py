"""What citizens see: the Council, the published cases, the recommendation with its conditions, the dossier."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ethics.domain.redaction import public
from ethics.domain.register import public_content
from ethics.enums import ConditionState, Form
from ethics.models import Condition, CouncilSeat, Meeting, ReviewCase
from portal.audit.domain.chain import head


@require_safe
def council(request: HttpRequest) -> HttpResponse:
    cases = list(published().select_related("project", "recommendation")[:50])
    now = timezone.now()
    figures = Condition.objects.filter(recommendation__case__in=published()).aggregate(
        total=Count("pk"), done=Count("pk", filter=Q(state=ConditionState.DONE))
    )
    context = {
        "breadcrumb": [{"title": _("Ethikrat")}],
        "cases": [card(case) for case in cases],
        "seats": CouncilSeat.objects.filter(until__isnull=True).count(),
        "case_count": published().count(),
        "conditions": figures,
        "upcoming": Meeting.objects.filter(starts_at__gte=now, invited_at__isnull=False).order_by("starts_at")[:5],
        "held": Meeting.objects.filter(starts_at__lt=now, attendances__isnull=False)
        .distinct()
        .order_by("-starts_at")[:5],
        "forms": [{"title": form.label, "text": FORM_TEXTS[form]} for form in Form],
        "has_samples": any(case.sample for case in cases),
    }
    return render(request, "ethics/council.html", context)


@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_case_or_404(slug)
    return render(request, "ethics/case_public.html", page_context(found))


@require_safe
def dossier(request: HttpRequest, slug: str) -> HttpResponse:
    """The published case as a PDF; the page itself is its accessible twin."""
    from ethics.pdf import dossier as write

    found = public_case_or_404(slug)
    twin = request.build_absolute_uri(reverse("ethics:review-show", kwargs={"slug": slug}))
    response = HttpResponse(write(found, twin=twin), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="ethikrat-{slug}.pdf"'
    return response


def published() -> Any:
    return ReviewCase.objects.public().order_by("-published_at")


def public_case_or_404(slug: str) -> ReviewCase:
    found = (
        ReviewCase.objects.public()
        .select_related("project", "recommendation")
        .prefetch_related("recommendation__conditions", "dissents__member", "votes")
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

"""The public register of data-protection impact assessments: a list and one page a record."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ethics.domain.dpia import record as register
from ethics.enums import DpiaState
from ethics.forms.assessments import STAGES
from ethics.models import DpiaRecord

PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(register.published().order_by("-published_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    return render(
        request, "ethics/register.html", {"page": page, "breadcrumb": _trail(), "rows": [_row(r) for r in page]}
    )


@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    record = get_object_or_404(register.published(), dpia__slug=slug)
    content = record.content
    case, project = record.dpia.case, record.dpia.project
    context = _row(record) | {
        "stages": [{"label": label, "numbers": content["risks"][stage]} for stage, label in STAGES.items()],
        "case": case if case is not None and case.is_public else None,
        "project_url": project.get_absolute_url() if project else "",
        "breadcrumb": [*_trail(), {"title": content["title"]}],
    }
    return render(request, "ethics/register_entry.html", context)


def _row(record: DpiaRecord) -> dict[str, object]:
    content = record.content
    return {
        "record": record,
        "content": content,
        "outcome": DpiaState(content["outcome"]).label,
        "decided_on": parse_date(content["decided_on"]),
        "url": reverse("ethics:dpia-record", kwargs={"slug": record.dpia.slug}),
    }


def _trail() -> list[dict[str, str]]:
    return [
        {"title": _("Ethikrat"), "url": reverse("ethics:council-show")},
        {"title": _("Folgenabschätzungen"), "url": reverse("ethics:dpia-register")},
    ]

"""The DPIA in the office: list, overview with matrix, one page for each section, risk and measure, versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ethics.domain import dpia as acts
from ethics.domain.dpia import desk, documents
from ethics.forms.assessments import STAGES, BeginForm, MeasureForm, RiskForm, SectionForm
from ethics.models import Dpia, DpiaVersion, ReviewCase
from ethics.models.visibility import grants
from ethics.views import assessment_steps as steps
from ethics.views.access import office_required
from portal.exceptions import DomainError
from projects.models import Project


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    office_required(request.user)
    context = {
        "dpias": Dpia.objects.visible_to(request.user).select_related("project")[:200],
        "can_begin": "request_review" in grants(request.user),
        "breadcrumb": _trail(),
    }
    return render(request, "ethics/office/dpia_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    if "request_review" not in grants(request.user):
        raise Http404
    projects = Project.objects.filter(Q(lead_id=request.user.pk) | Q(lead__isnull=True))
    cases = ReviewCase.objects.filter(Q(lead_id=request.user.pk) | Q(project__lead_id=request.user.pk))
    form = BeginForm(request.POST or None, projects=projects, cases=cases)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.begin(request.user, **form.cleaned_data)
        except DomainError as error:
            _refuse(form, error)
        else:
            return redirect("ethics:dpia-show", slug=made.slug)
    context = {"form": form, "title": _("Folgenabschätzung beginnen"), "breadcrumb": _trail()}
    return render(request, "ethics/office/dpia_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponse:
    return _overview(request, dpia_or_404(request.user, slug))


@login_required
@require_POST
def act(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Runs one step of the way; what was refused is shown where it was typed."""
    dpia = dpia_or_404(request.user, slug)
    step = steps.STEPS.get(key)
    if step is None:
        raise Http404
    form = step.form(request.POST, dpia=dpia, key=key)
    status = 422
    if form.is_valid():
        try:
            step.run(request.user, dpia, form.cleaned_data)
        except DomainError as error:
            _refuse(form, error)
            status = error.status
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("ethics:dpia-show", slug=slug)
    dpia.refresh_from_db()
    return _overview(request, dpia, bound=(key, form), status=status)


@login_required
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    dpia = editable_or_404(request.user, slug)
    row = next((r for r in (*_template(dpia)["art35_7"], *_template(dpia)["sdm"]) if r["id"] == key), None)
    if row is None:
        raise Http404
    initial = shown_version(request.user, dpia).content["sections"].get(key, {})
    form = SectionForm(request.POST or None, initial=initial)
    title = f"{row['id']} · {row['frage']}"

    def save() -> None:
        acts.save_section(request.user, dpia=dpia, key=key, **form.cleaned_data)

    return _entry(request, dpia, form, title, save, help=row["hilfe"], source=row["quelle"])


@login_required
@require_http_methods(["GET", "POST"])
def risk(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    dpia = editable_or_404(request.user, slug)
    known = _row_or_404(shown_version(request.user, dpia).content["risks"], number)
    form = RiskForm(request.POST or None, initial=known or {"kind": "gestaltung"}, template=_template(dpia))
    removes = "entfernen" in request.POST and number is not None

    def save() -> None:
        acts.save_risk(request.user, dpia=dpia, risk=None if removes else form.cleaned_data, number=number)

    matrices = [
        {"stage": stage, "label": label, "chosen": form.chosen(stage), "rows": _matrix(dpia, stage)}
        for stage, label in STAGES.items()
    ]
    title = known["title"] if known else _("Risiko hinzufügen")
    more = {"template": "ethics/office/dpia_risk.html", "matrices": matrices, "axes": _axes(dpia)}
    return _entry(request, dpia, form, title, save, removes=removes, removable=number is not None, **more)


@login_required
@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    dpia = editable_or_404(request.user, slug)
    content = shown_version(request.user, dpia).content
    known = _row_or_404(content["measures"], number)
    form = MeasureForm(request.POST or None, initial=known or {}, risks=content["risks"])
    removes = "entfernen" in request.POST and number is not None

    def save() -> None:
        acts.save_measure(request.user, dpia=dpia, measure=None if removes else form.cleaned_data, number=number)

    title = known["title"] if known else _("Maßnahme hinzufügen")
    return _entry(request, dpia, form, title, save, removes=removes, removable=number is not None)


@login_required
@require_GET
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """All versions, and what changed between two of them."""
    dpia = dpia_or_404(request.user, slug)
    rows = list(_readable_versions(request.user, dpia).order_by("-number"))
    by_number = {row.number: row for row in rows}
    newer = by_number.get(_number(request.GET.get("neu")), rows[0] if rows else None)
    older = by_number.get(_number(request.GET.get("alt")))
    if older is None and newer is not None:
        older = by_number.get(newer.number - 1)
    changes = documents.difference(older.content, newer.content) if older and newer else []
    context = {"dpia": dpia, "versions": rows, "newer": newer, "older": older, "changes": changes}
    return render(request, "ethics/office/dpia_versions.html", context | {"breadcrumb": _trail(dpia, _("Fassungen"))})


def dpia_or_404(user: Any, slug: str) -> Dpia:
    dpia = Dpia.objects.select_related("project", "case__project", "template", "releaser").filter(slug=slug).first()
    if dpia is None or not desk.can_read(user, dpia):
        raise Http404
    return dpia


def editable_or_404(user: Any, slug: str) -> Dpia:
    dpia = dpia_or_404(user, slug)
    if not desk.is_editor(user, dpia) or dpia.state == "schwellwert":
        raise Http404
    return dpia


def shown_version(user: Any, dpia: Dpia) -> DpiaVersion:
    """The newest version this person may read: its editor the one being written, all others what was handed over."""
    found = _readable_versions(user, dpia).order_by("-number").first()
    return found or DpiaVersion(dpia=dpia, number=1, content=documents.empty())


def _readable_versions(user: Any, dpia: Dpia) -> Any:
    rows = dpia.versions.all()
    return rows if desk.is_editor(user, dpia) else rows.filter(frozen_at__isnull=False)


def _overview(request: HttpRequest, dpia: Dpia, *, bound: Any = None, status: int = 200) -> HttpResponse:
    version = shown_version(request.user, dpia)
    template, content = _template(dpia), version.content
    texts = content["sections"]
    context = {
        "dpia": dpia,
        "version": version,
        "sections": [{"row": row, "given": texts.get(row["id"], {})} for row in template["art35_7"]],
        "goals": [{"row": row, "given": texts.get(row["id"], {})} for row in template["sdm"]],
        "risks": [_with_classes(template, row) for row in content["risks"]],
        "measures": [row | {"day": parse_date(row["due"])} for row in content["measures"]],
        "matrices": [
            {"stage": stage, "label": label, "rows": documents.matrix(template, content, stage)}
            for stage, label in STAGES.items()
        ],
        "axes": _axes(dpia),
        "high": documents.high_residual(template, content),
        "gaps": documents.gaps(template, content) if desk.is_editor(request.user, dpia) else [],
        "can_edit": desk.is_editor(request.user, dpia) and dpia.state != "schwellwert",
        "statements": version.statements.select_related("author") if version.pk else [],
        "consultations": version.consultations.all() if version.pk else [],
        "decisions": version.decisions.select_related("author") if version.pk else [],
        "record": dpia.records.select_related("dpia", "version").first(),
        "steps": steps.offered_to(request.user, dpia, bound),
        "breadcrumb": _trail(dpia),
    }
    return render(request, "ethics/office/dpia.html", context, status=status)


def _entry(
    request: HttpRequest,
    dpia: Dpia,
    form: Any,
    title: str,
    save: Any,
    *,
    template: str = "ethics/office/dpia_form.html",
    removes: bool = False,
    **more: Any,
) -> HttpResponse:
    """One section, risk or measure: saved, or shown again with what was typed."""
    status = 200
    if request.method == "POST":
        status = 422
        if removes or form.is_valid():
            try:
                save()
            except DomainError as error:
                _refuse(form, error)
                status = error.status
            else:
                messages.success(request, _("Gespeichert."))
                return redirect("ethics:dpia-show", slug=dpia.slug)
    context = {"dpia": dpia, "form": form, "title": title, "breadcrumb": _trail(dpia, title), **more}
    return render(request, template, context, status=status)


def _refuse(form: Any, error: DomainError) -> None:
    form.add_error(error.field if error.field in form.fields else None, str(error.message))


def _row_or_404(rows: list[dict[str, Any]], number: int | None) -> dict[str, Any] | None:
    found = next((row for row in rows if row["id"] == number), None)
    if number is not None and found is None:
        raise Http404
    return found


def _matrix(dpia: Dpia, stage: str) -> Any:
    return documents.matrix(_template(dpia), documents.empty(), stage)


def _axes(dpia: Dpia) -> list[str]:
    steps_: list[str] = _template(dpia)["risiko"]["stufen"]
    return steps_


def _with_classes(template: Any, row: dict[str, Any]) -> dict[str, Any]:
    return row | {f"{stage}_class": documents.risk_class(template, row[stage]) for stage in documents.STAGES}


def _template(dpia: Dpia) -> dict[str, Any]:
    content: dict[str, Any] = dpia.template.content
    return content


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


def _trail(dpia: Dpia | None = None, title: str = "") -> list[dict[str, str]]:
    trail = [
        {"title": _("Arbeitsliste"), "url": reverse("ethics:office-show")},
        {"title": _("Folgenabschätzungen"), "url": reverse("ethics:dpia-list")},
    ]
    if dpia is not None:
        trail.append({"title": dpia.title, "url": dpia.get_office_url()})
    if title:
        trail.append({"title": title, "url": ""})
    return trail

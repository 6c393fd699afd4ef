"""The office edits its templates in labelled fields; each change is a new version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ethics import permissions
from ethics.domain import blueprints, council
from ethics.enums import ChecklistKind
from ethics.forms.blueprints import FileForm, MatrixForm, RowForm, RuleForm, ThresholdForm
from portal.exceptions import DomainError


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    _office_or_404(request)
    lists = []
    for kind in ChecklistKind:
        checklist = council.current_checklist(kind)
        parts = [{"part": part, "rows": _titled(checklist.content, part)} for part in blueprints.PARTS[kind]]
        lists.append({"kind": kind.value, "checklist": checklist, "parts": parts})
    context = {"lists": lists, "rule": council.current_rule(), "breadcrumb": _trail()}
    return render(request, "ethics/office/blueprints.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, kind: str, row_id: str) -> HttpResponse:
    """One row in labelled fields; an id that is free makes a new row where the part grows."""
    found = _kind_or_404(request, kind)
    try:
        part = blueprints.part_of(found, row_id)
    except DomainError as error:
        raise Http404 from error
    rows = blueprints.rows_of(council.current_checklist(found).content, part)
    known = next((r for r in rows if r["id"] == row_id), {})
    form = RowForm(request.POST or None, part=part, row=known)

    def save() -> None:
        if "entfernen" in request.POST:
            blueprints.remove_row(request.user, kind=found, row_id=row_id)
        else:
            blueprints.save_row(request.user, kind=found, row_id=row_id, values=form.cleaned_data)

    return _form(request, form, f"{part.label}: {row_id}", save, removable=bool(known and part.prefix))


@login_required
@require_GET
def new_row(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Leads to the form of the next free id of a part that grows."""
    found = _kind_or_404(request, kind)
    part = next((p for p in blueprints.PARTS[found] if p.key == key and p.prefix), None)
    if part is None:
        raise Http404
    rows = blueprints.rows_of(council.current_checklist(found).content, part)
    taken = [int(r["id"].removeprefix(part.prefix)) for r in rows if r["id"].removeprefix(part.prefix).isdecimal()]
    number = max(taken, default=0) + 1
    row_id = f"{part.prefix}{number:02}" if part.prefix != "E" else f"E{number}"
    return redirect("ethics:blueprint-row", kind=kind, row_id=row_id)


@login_required
@require_http_methods(["GET", "POST"])
def threshold(request: HttpRequest) -> HttpResponse:
    _office_or_404(request)
    now = council.current_checklist(ChecklistKind.SCREENING).content["schwelle"]
    form = ThresholdForm(request.POST or None, initial={"threshold": now})
    return _form(request, form, _("Schwelle"), lambda: blueprints.set_threshold(request.user, **form.cleaned_data))


@login_required
@require_http_methods(["GET", "POST"])
def matrix(request: HttpRequest) -> HttpResponse:
    _office_or_404(request)
    risk = council.current_checklist(ChecklistKind.DPIA).content["risiko"]
    form = MatrixForm(request.POST or None, matrix=risk["matrix_standard"], steps=risk["stufen"])
    return _form(request, form, _("Risikomatrix"), lambda: blueprints.set_matrix(request.user, matrix=form.matrix()))


@login_required
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    _office_or_404(request)
    initial = {name: getattr(council.current_rule(), name) for name in RuleForm.Meta.fields}
    form = RuleForm(request.POST or None, initial=initial)
    return _form(
        request,
        form,
        _("Beschlussfähigkeit und Mehrheit"),
        lambda: blueprints.set_rule(request.user, **form.cleaned_data),
    )


@login_required
@require_GET
def give_out(request: HttpRequest, kind: str) -> HttpResponse:
    checklist = council.current_checklist(_kind_or_404(request, kind))
    response = HttpResponse(blueprints.give_out(checklist), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{kind}-{checklist.version}.json"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, kind: str) -> HttpResponse:
    found = _kind_or_404(request, kind)
    form = FileForm(request.POST or None, request.FILES or None)

    def save() -> None:
        data = form.cleaned_data["file"].read(blueprints.LARGEST + 1)
        blueprints.take_in(request.user, kind=found, data=data)

    return _form(request, form, _("Vorlage einlesen: %(kind)s") % {"kind": found.label}, save)


def _form(request: HttpRequest, form: Any, title: str, save: Any, *, removable: bool = False) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if "entfernen" in request.POST or form.is_valid():
            try:
                save()
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
                status = error.status
            else:
                messages.success(request, _("Gespeichert als neue Fassung. Laufende Fälle behalten ihre."))
                return redirect("ethics:blueprint-list")
    context = {"form": form, "title": title, "removable": removable, "breadcrumb": _trail(title)}
    return render(request, "ethics/office/blueprint_form.html", context, status=status)


def _titled(content: Any, part: blueprints.Part) -> list[dict[str, str]]:
    rows = blueprints.rows_of(content, part)
    return [{"id": r["id"], "title": r.get("prinzip") or r.get("frage") or r.get("kurz", "")} for r in rows]


def _office_or_404(request: HttpRequest) -> None:
    if not permissions.is_office(request.user):
        raise Http404


def _kind_or_404(request: HttpRequest, kind: str) -> ChecklistKind:
    _office_or_404(request)
    if kind not in ChecklistKind.values:
        raise Http404
    return ChecklistKind(kind)


def _trail(title: str = "") -> list[dict[str, str]]:
    trail = [{"title": _("Arbeitsliste"), "url": reverse("ethics:office-show")}]
    trail.append({"title": _("Vorlagen"), "url": reverse("ethics:blueprint-list")})
    return [*trail, {"title": title, "url": ""}] if title else trail

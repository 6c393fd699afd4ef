"""Applying for a review: begin, the project in words, the threshold questions, checking and handing in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ethics import permissions
from ethics.domain import cases, council
from ethics.domain.content import FIELDS, missing
from ethics.enums import CaseRole, State
from ethics.forms.application import BeginForm, ContentForm, ScreeningForm
from ethics.models import CaseVersion, ReviewCase
from ethics.models.visibility import grants
from ethics.screening import Rules
from ethics.views.access import case_or_404
from portal.exceptions import DomainError
from projects.models import Project


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    if "request_review" not in grants(request.user):
        raise Http404
    own = Project.objects.filter(Q(lead_id=request.user.pk) | Q(lead__isnull=True))
    wanted = own.filter(slug=request.GET.get("projekt", "")).first()
    initial = {"project": wanted.slug, "title": wanted.title} if wanted else {}
    form = BeginForm(request.POST or None, projects=own, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            case = cases.begin(request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        else:
            return redirect("ethics:case-describe", slug=case.slug)
    trail = [{"title": _("Arbeitsliste"), "url": reverse("ethics:office-show")}, {"title": _("Prüfung beantragen")}]
    status = 422 if form.is_bound else 200
    return render(request, "ethics/office/begin.html", {"form": form, "breadcrumb": trail}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest, slug: str) -> HttpResponse:
    """Page 1 of the application: the project in words."""
    case, version = _editable(request.user, slug)
    form = ContentForm(request.POST or None, initial=version.content)
    if request.method == "POST" and form.is_valid():
        try:
            cases.save_draft(request.user, case=case, content=form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        else:
            messages.success(request, _("Gespeichert."))
            onward = "ethics:case-screen" if "weiter" in request.POST else "ethics:case-describe"
            return redirect(onward, slug=slug)
    return _application(request, "ethics/office/describe.html", case, version, 1, form=form)


@login_required
@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest, slug: str) -> HttpResponse:
    """Page 2: the threshold questions. Saving always works and shows the interim result."""
    case, version = _editable(request.user, slug)
    rules = council.screening_rules(case.checklist)
    if request.GET.get("frage") in rules.ids():
        return _one_question(request, case, version, rules, request.GET["frage"])
    initial = {**version.screening.answers, "reason": version.screening.reason}
    form = ScreeningForm(request.POST or None, rules=rules, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            cases.save_draft(request.user, case=case, answers=form.answers(), reason=form.cleaned_data["reason"])
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        else:
            messages.success(request, _("Gespeichert."))
            onward = "ethics:case-check" if "weiter" in request.POST else "ethics:case-screen"
            return redirect(reverse(onward, kwargs={"slug": slug}))
    return _application(request, "ethics/office/screen.html", case, version, 2, form=form)


def _one_question(request: HttpRequest, case: ReviewCase, version: CaseVersion, rules: Rules, key: str) -> HttpResponse:
    """The same questions one at a time: saved at each step, with the interim result beside."""
    ids = [question.id for question in rules.questions]
    place = ids.index(key)
    alone = replace(rules, questions=(rules.questions[place],))
    given = version.screening.answers
    initial = {**given, "reason": version.screening.reason}
    form = ScreeningForm(request.POST or None, rules=alone, initial=initial)
    if request.method == "POST" and form.is_valid():
        others = {name: value for name, value in given.items() if name != key}
        cases.save_draft(request.user, case=case, answers={**others, **form.answers()})
        step = place - 1 if "zurueck" in request.POST else place + 1
        here = reverse("ethics:case-screen", kwargs={"slug": case.slug})
        return redirect(f"{here}?frage={ids[step]}" if 0 <= step < len(ids) else f"{here}#ergebnis")
    more = {"question": rules.questions[place], "field": form[key], "number": place + 1, "total": len(ids)}
    return _application(request, "ethics/office/screen_one.html", case, version, 2, form=form, **more)


@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Page 3: the result with its reasons, everything once more, and handing in."""
    case, version = _editable(request.user, slug)
    failure = None
    if request.method == "POST" and case.state == State.DRAFT:
        try:
            cases.submit(request.user, case=case)
        except DomainError as error:
            failure = error
        else:
            messages.success(request, _("Ihr Antrag ist eingereicht. Die Geschäftsstelle meldet sich bei Ihnen."))
            return redirect("ethics:case-show", slug=slug)
    return _application(request, "ethics/office/check.html", case, version, 3, failure=failure)


def _editable(user: Any, slug: str) -> tuple[ReviewCase, CaseVersion]:
    case = case_or_404(user, slug)
    if CaseRole.LEAD not in permissions.case_roles(user, case) or case.state not in (State.DRAFT, *cases.REVISABLE):
        raise Http404
    version = case.versions.select_related("screening").order_by("-number").first()
    if version is None:
        raise Http404
    return case, version


def _application(
    request: HttpRequest, template: str, case: ReviewCase, version: CaseVersion, step: int, **more: Any
) -> HttpResponse:
    trail = [{"title": _("Arbeitsliste"), "url": reverse("ethics:office-show")}, {"title": case.title}]
    context = {
        "breadcrumb": trail,
        "case": case,
        "version": version,
        "screening": version.screening,
        "outcome_label": OUTCOMES.get(version.screening.final_outcome, ""),
        "step": step,
        "texts": [
            {"label": f.label, "text": version.content.get(f.key, ""), "gap": f.key in missing(version.content)}
            for f in FIELDS
        ],
        **more,
    }
    refused = more.get("failure") or (more.get("form") is not None and more["form"].is_bound)
    return render(request, template, context, status=422 if refused else 200)


OUTCOMES = {
    "nicht_anwendbar": gettext_lazy("nicht anwendbar"),
    "offen": gettext_lazy("noch offen"),
    "erforderlich": gettext_lazy("erforderlich"),
    "einzelfall": gettext_lazy("im Einzelfall zu entscheiden"),
    "nicht_erforderlich": gettext_lazy("nicht erforderlich"),
}

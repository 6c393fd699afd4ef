"""The office: work list, applying for a review, the case page by role, and every act on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ethics import permissions
from ethics.domain import cases, council, meetings, votes, waiting
from ethics.enums import CaseRole, State
from ethics.forms.application import BeginForm, ContentForm, ScreeningForm
from ethics.models import CaseVersion, Meeting, ReviewCase
from ethics.models.visibility import grants
from ethics.views import desk, way
from portal.exceptions import DomainError
from projects.models import Project


def case_or_404(user: Any, slug: str) -> ReviewCase:
    case = (
        ReviewCase.objects.visible_to(user).select_related("project", "checklist", "criteria").filter(slug=slug).first()
    )
    if case is None:
        raise Http404
    return case


def office_required(user: Any) -> None:
    """The office exists only for those who work in it or apply to it."""
    if not grants(user):
        raise Http404


@login_required
@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    office_required(request.user)
    visible = ReviewCase.objects.visible_to(request.user).select_related("project")
    if not permissions.is_office(request.user) and not permissions.is_member(request.user):
        visible = visible.filter(
            Q(lead_id=request.user.pk) | Q(project__lead_id=request.user.pk) | Q(state=State.PREPARING)
        )
    context = {
        "breadcrumb": [{"title": _("Ethikrat"), "url": reverse("ethics:council-show")}, {"title": _("Arbeitsliste")}],
        "items": waiting.for_user(request.user),
        "cases": [{"case": case, "waits_for": way.waits_for(case)} for case in visible[:200]],
        "meetings": Meeting.objects.order_by("-starts_at")[:10] if _sees_meetings(request.user) else [],
        "can_begin": "request_review" in grants(request.user),
        "is_office": permissions.is_office(request.user),
    }
    return render(request, "ethics/office/work_list.html", context)


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


@login_required
@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_or_404(request.user, slug)
    if not _works_on(request.user, case):
        raise Http404
    return _case_page(request, case)


@login_required
@require_POST
def act(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Runs one act of the desk; what was refused is shown where it was typed."""
    case = case_or_404(request.user, slug)
    found = desk.ACTS.get(key)
    if found is None or not _works_on(request.user, case):
        raise Http404
    form = desk.form_for(found, request.user, case, request.POST)
    status = 422
    if form.is_valid():
        try:
            found.run(request.user, case, form)
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            messages.success(request, str(found.done))
            return redirect("ethics:case-show", slug=slug)
    case.refresh_from_db()
    return _case_page(request, case, form, key, status)


def _case_page(
    request: HttpRequest, case: ReviewCase, bound: Any = None, key: str = "", status: int = 200
) -> HttpResponse:
    user: Any = request.user
    offered = desk.offered_to(user, case, bound, key)
    refused = bound if bound is not None and key not in {o.key for o in offered} else None
    roles = permissions.case_roles(user, case)
    context = {
        "breadcrumb": [{"title": _("Arbeitsliste"), "url": reverse("ethics:office-show")}, {"title": case.title}],
        "case": case,
        "roles": [CaseRole(role).label for role in sorted(roles)],
        "steps": way.steps(case),
        "waits_for": way.waits_for(case),
        "main_acts": [o for o in offered if o.act.main and not o.act.own],
        "side_acts": [o for o in offered if not o.act.main],
        "own_acts": [o for o in offered if o.act.own],
        "refused": refused,
        "bound_key": key,
        "is_member": permissions.is_member(user),
        "is_recused": permissions.is_recused(user, case),
        "own_opinion": case.opinions.filter(member=user, current=True).first(),
        "own_declaration": case.declarations.filter(member=user, current=True).first(),
        "can_revise": CaseRole.LEAD in roles and case.state in cases.REVISABLE,
    }
    if permissions.can_read_paper(user, case):
        context |= _paper(case)
        context["events"] = case.events.select_related("actor").all()
    if permissions.can_see_internal(user, case):
        context |= _internal(user, case)
    return render(request, "ethics/office/case.html", context, status=status)


def _paper(case: ReviewCase) -> dict[str, Any]:
    from ethics.domain.content import FIELDS

    version = case.versions.filter(frozen_at__isnull=False).select_related("screening").first()
    if version is None:
        return {}
    texts = [{"label": field.label, "text": version.content.get(field.key, "")} for field in FIELDS]
    return {
        "version": version,
        "versions": case.versions.filter(frozen_at__isnull=False),
        "texts": [row for row in texts if row["text"]],
        "screening": version.screening,
        "outcome_label": OUTCOMES.get(version.screening.final_outcome, ""),
    }


def _internal(user: Any, case: ReviewCase) -> dict[str, Any]:
    names = dict(_names())
    declared = permissions.declarations(case)
    given = set(case.opinions.filter(submitted_at__isnull=False, current=True).values_list("member_id", flat=True))
    recused = permissions.recused_members(case)
    item = case.agenda_items.filter(current=True).select_related("meeting").first()
    return {
        "members": [
            {
                "name": names[pk],
                "declared": pk in declared,
                "recused": pk in recused,
                "opinion": pk in given,
            }
            for pk in names
        ],
        "rapporteur": case.assignments.filter(current=True).select_related("member").first(),
        "opinions": permissions.visible_opinions(user, case),
        "draft": getattr(case, "recommendation", None),
        "votes": case.votes.prefetch_related("ballots__member"),
        "agenda_item": item,
        "quorum_text": votes.explain(meetings.quorum_of(case, item))
        if item and item.meeting.attendances.exists()
        else "",
        "dissents": case.dissents.filter(waived=False).select_related("member"),
    }


def _names() -> list[tuple[int, str]]:
    from ethics.forms.base import people

    return people(permissions.seats())


def _works_on(user: Any, case: ReviewCase) -> bool:
    """Sees the file in the office, not only its public page."""
    return bool(permissions.case_roles(user, case)) or (permissions.is_member(user) and case.state != State.DRAFT)


def _sees_meetings(user: Any) -> bool:
    return permissions.is_office(user) or permissions.is_member(user)


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
    from ethics.domain.content import FIELDS, missing

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

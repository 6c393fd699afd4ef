"""The case page by role, every act on it, and its attachments."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ethics import permissions
from ethics.domain import cases, meetings, outside, quorum, votes
from ethics.domain.content import FIELDS
from ethics.domain.register import public_content
from ethics.enums import INTERNAL_ACTIONS, CaseRole, Section, State
from ethics.models import AgendaItem, Attachment, Ballot, Dpia, DpiaVersion, OutsideOpinion, ReviewCase
from ethics.views import desk, way
from ethics.views.access import case_or_404, worked_on_or_404
from ethics.views.application import OUTCOMES
from portal.exceptions import DomainError, NotAllowed

UNVOTED = (State.SUBMITTED, State.TRIAGE, State.QUERY, State.REVIEW, State.READY)  # no way leads back to these
# Who sees before the publication what will be published.
PUBLISHERS = {CaseRole.OFFICE, CaseRole.MEMBER, CaseRole.DPO, CaseRole.COMMUNICATIONS}


@login_required
@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponse:
    return _case_page(request, worked_on_or_404(request.user, slug, reading=True))


@login_required
@require_POST
def act(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Runs one act of the desk; what was refused is shown where it was typed."""
    case = worked_on_or_404(request.user, slug)
    found = desk.ACTS.get(key)
    if found is None:
        raise Http404
    form = desk.form_for(found, request.user, case, request.POST, request.FILES)
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
    elif not desk.may_see_errors(found, request.user, case):
        form, status = desk.refused(found, request.user, case), NotAllowed().status
    case.refresh_from_db()
    return _case_page(request, case, form, key, status)


@login_required
@require_GET
def attachment(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """The file, for readers of the paper alone; always offered for saving, never shown inside the portal."""
    case = case_or_404(request.user, slug)
    if not permissions.can_read_paper(request.user, case):
        raise Http404
    found = get_object_or_404(case.attachments, pk=pk)
    name = f"{found.title}.{found.file.name.rpartition('.')[2]}"
    return _to_save(found.file, name, found.media_type)


@login_required
@require_GET
def outside_scan(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """The scan of an opinion from outside, for those who may read that opinion."""
    case = case_or_404(request.user, slug)
    found = next((row for row in outside.visible(request.user, case) if row.pk == pk), None)
    if found is None:
        raise Http404
    name = f"stellungnahme-von-aussen-{found.pk}.{found.scan.name.rpartition('.')[2]}"
    return _to_save(found.scan, name, found.media_type)


def _to_save(file: Any, name: str, media_type: str) -> FileResponse:
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _case_page(
    request: HttpRequest, case: ReviewCase, bound: Any = None, key: str = "", status: int = 200
) -> HttpResponse:
    user: Any = request.user
    if request.method == "POST":
        permissions.remember(case)
    roles, is_member = permissions.case_roles(user, case), permissions.is_member(user)
    _read_together(user, case)
    offered = desk.offered_to(user, case, bound, key)
    refused = bound if bound is not None and key not in {o.key for o in offered} else None
    declared = permissions.declarations(case)
    mine, version = permissions.own_opinion(user, case) if is_member else None, cases.version_now(case)
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
        "is_member": is_member,
        "is_recused": user.pk in permissions.recused_members(case),
        "own_opinion": mine,
        "is_outdated": bool(mine and mine.submitted_at and version and mine.version_hash != version.hash),
        "own_declaration": {"conflicted": declared[user.pk]} if is_member and user.pk in declared else None,
        "can_revise": CaseRole.LEAD in roles and case.state in cases.REVISABLE,
    }
    if permissions.can_read_paper(user, case):
        context |= _paper(case, roles)
    if permissions.can_see_internal(user, case):
        context |= _internal(user, case)
    if case.state == State.PREPARING and hasattr(case, "recommendation") and roles & PUBLISHERS:
        context["preview"] = public_content(case)
    return render(request, "ethics/office/case.html", context, status=status)


def _read_together(user: Any, case: ReviewCase) -> None:
    """Related rows that several acts, forms and parts of the page ask for, read once."""
    beside = {"has_attachments": Attachment.objects.all(), "has_dpias": _submitted_dpias()}
    flags = {name: Exists(found.filter(case=OuterRef("case"))) for name, found in beside.items()}
    rows: list[Any] = [Prefetch("versions", cases.handed_in().annotate(**flags)[:1], to_attr=cases.HANDED_IN)]
    if permissions.can_read_paper(user, case):
        rows.append("questions")
    if permissions.is_member(user):
        rows.append(Prefetch("opinions", permissions.readable_opinions(user), to_attr=permissions.READ_OPINIONS))
    if permissions.can_see_internal(user, case):
        rows.append(Prefetch("agenda_items", AgendaItem.objects.select_related("meeting")))
        rows.append(Prefetch("outside_opinions", OutsideOpinion.objects.select_related("version")))
        rows.append("recommendation__conditions")
    prefetch_related_objects([case], *rows)
    if permissions.can_see_internal(user, case) and case.state not in UNVOTED:
        ballots = Prefetch("votes__ballots", Ballot.objects.select_related("member"))
        prefetch_related_objects([case], "agenda_items__meeting__attendances", ballots)
        items = {item.pk: item for item in case.agenda_items.all()}
        for vote in case.votes.all():
            vote.agenda_item = items.get(vote.agenda_item_id or 0)


def _submitted_dpias() -> QuerySet[Dpia]:
    return Dpia.objects.filter(Exists(DpiaVersion.objects.filter(dpia=OuterRef("pk"), frozen_at__isnull=False)))


def _paper(case: ReviewCase, roles: frozenset[CaseRole]) -> dict[str, Any]:
    events = list(case.events.all())
    if not roles & {CaseRole.OFFICE, CaseRole.MEMBER}:
        events = [event for event in events if event.action not in INTERNAL_ACTIONS]
    found: dict[str, Any] = {"events": events, "questions": case.questions.all()}
    version: Any = cases.version_now(case)
    if version is None:
        return found | {"attachments": case.attachments.all()}
    texts = [{"label": field.label, "text": version.content.get(field.key, "")} for field in FIELDS]
    return found | {
        "version": version,
        "attachments": case.attachments.all() if version.has_attachments else (),
        "texts": [row for row in texts if row["text"]],
        "screening": version.screening,
        "outcome_label": OUTCOMES.get(version.screening.final_outcome, ""),
        "dpias": _submitted_dpias().filter(case=case) if version.has_dpias else (),
    }


def _internal(user: Any, case: ReviewCase) -> dict[str, Any]:
    rows: list[Any] = sorted(permissions.seated(case), key=lambda seat: (seat.user.display_name, seat.user_id))
    declared, recused = permissions.declarations(case), permissions.recused_members(case)
    item = meetings.item_now(case)
    remarks = list(case.remarks.select_related("author"))
    return {
        "members": [
            {
                "name": row.user.public_name,
                "declared": row.user_id in declared,
                "recused": row.user_id in recused,
                "opinion": row.given_on,
            }
            for row in rows
        ],
        "rapporteur": next((row.user.public_name for row in rows if row.reports), ""),
        "opinions": permissions.visible_opinions(user, case) if permissions.is_member(user) else [],
        "outside_opinions": outside.visible(user, case),
        "draft": getattr(case, "recommendation", None),
        "votes": case.votes.all() if case.state not in UNVOTED else (),
        "agenda_item": item,
        "quorum_text": _quorum_text(case, item),
        "dissents": case.dissents.filter(waived=False).select_related("member") if case.outcome else (),
        "discussion": [
            {"title": section.label, "remarks": found}
            for section in Section
            if (found := [remark for remark in remarks if remark.section == section])
        ],
    }


def _quorum_text(case: ReviewCase, item: AgendaItem | None) -> str:
    """Empty before the attendance is recorded; from the vote on the calculation it was opened with, as the record keeps
    it, since seats and rule may be others later."""
    if item is None:
        return ""
    held = [vote for vote in case.votes.all() if vote.agenda_item_id == item.pk]
    vote = held[-1] if held else None
    if vote is not None and (case.outcome or vote.closed_at is None):
        return votes.explain(quorum.Quorum(**vote.quorum))
    return votes.explain(meetings.quorum_of(case, item)) if item.meeting.attendances.all() else ""

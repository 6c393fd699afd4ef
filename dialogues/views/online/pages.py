"""What everyone reads: a dialogue with its list, its map, one contribution, the table for spreadsheets."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dialogues import permissions
from dialogues.domain.online import export, places, polls, reading, receipts
from dialogues.enums import ContributionKind
from dialogues.forms.contributions import FilterForm
from dialogues.models import Contribution, OnlineDialogue
from dialogues.views import events
from dialogues.views.online import doors
from portal.comments.permissions import can_moderate as can_moderate_texts
from portal.templatetags.portal_ui import local_path

MOST_POINTS = 2000


def either(request: HttpRequest, slug: str) -> HttpResponse:
    """`/dialoge/<slug>/` is an online dialogue or an event; both share their short names."""
    dialogue = OnlineDialogue.objects.visible_to(request.user).select_related("project").filter(slug=slug).first()
    return show(request, dialogue) if dialogue is not None else events.event_detail(request, slug)


def show(request: HttpRequest, dialogue: OnlineDialogue) -> HttpResponse:
    filters = reading.filters_from(request.GET)
    page = reading.page(dialogue=dialogue, user=request.user, filters=filters, cursor=request.GET.get("weiter", ""))
    categories = list(dialogue.categories.all())
    doors.keep_until_next_change(request, dialogue, page.rows)
    context = {
        "dialogue": dialogue,
        "phases": doors.phases(dialogue),
        "stage_words": doors.stage_words(dialogue),
        "page": page,
        "rows": [row_of(row) for row in page.rows],
        "form": FilterForm(initial=request.GET.dict(), categories=categories),
        "active": chips(request, filters, categories),
        "polls": polls.shown(dialogue=dialogue, user=request.user) if page.is_first and not filters.is_active else [],
        "facts": facts(dialogue),
        "breadcrumb": doors.trail(dialogue),
        **rights(request, dialogue),
    }
    return render(request, "dialogues/online/dialogue.html", context)


@require_GET
def contribution_map(request: HttpRequest, slug: str) -> HttpResponse:
    """List first, then the map with the same filters."""
    dialogue = doors.find_dialogue(request, slug)
    filters = reading.filters_from(request.GET)
    rows = reading.narrowed(Contribution.objects.public().standing().filter(dialogue=dialogue), filters)
    found = list(rows.exclude(lat=None).select_related("dialogue", "category").order_by("-received_at")[:MOST_POINTS])
    doors.keep_until_next_change(request, dialogue, found)
    context = {
        "dialogue": dialogue,
        "rows": found[:100],
        "count": len(found),
        "points": [point(row) for row in found],
        "form": FilterForm(initial=request.GET.dict(), categories=list(dialogue.categories.all())),
        "breadcrumb": doors.trail(dialogue, _("Karte")),
    }
    return render(request, "dialogues/online/map.html", context)


@require_GET
def contribution_detail(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    contribution = doors.find_contribution(request, slug, receipt)
    answers = list(contribution.answers.select_related("milestone"))
    doors.keep_until_next_change(request, contribution.dialogue, [contribution])
    user = request.user
    context = {
        "contribution": contribution,
        "dialogue": contribution.dialogue,
        "answers": list(reversed(answers)),
        "steps": reading.trail(contribution, answers),
        "badges": [doors.status_badge(contribution)],
        "images": list(contribution.images.all()) if contribution.has_images else [],
        "merged": list(contribution.merged.select_related("author", "dialogue")) if contribution.has_merged else [],
        "revisions": list(contribution.revisions.all()) if contribution.edited_at else [],
        "place": places.name_of(contribution.district),
        "points": [point(contribution)] if contribution.has_place else [],
        "supported": contribution.supported,
        "is_own": permissions.is_author(user, contribution),
        "can_support": permissions.may_discuss(contribution.dialogue),
        "can_edit": permissions.can_edit_contribution(user, contribution),
        "can_delete": permissions.can_delete_contribution(user, contribution),
        "can_answer": permissions.can_answer(user, contribution) and permissions.may_answer(contribution.dialogue),
        "can_run": permissions.can_run(user),
        "can_moderate": can_moderate_texts(user),
        "breadcrumb": doors.trail(contribution.dialogue, contribution.title),
    }
    return render(request, "dialogues/online/contribution.html", context)


@require_GET
def contribution_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    dialogue = doors.find_dialogue(request, slug)
    lines = export.rows(dialogue, request.user, reading.filters_from(request.GET))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="beitraege-{dialogue.slug}.csv"'
    return response


@require_GET
def receipt_find(request: HttpRequest) -> HttpResponse:
    """Someone reads a receipt number from a letter or remembers it from the phone."""
    given = request.GET.get("nummer", "")
    if given:
        found = receipts.find(given)
        if found is not None:
            return redirect(local_path(found.get_absolute_url()))
    context = {"given": given[:40], "breadcrumb": doors.trail(None, _("Vorgang suchen"))}
    return render(request, "dialogues/online/receipt_find.html", context, status=404 if given else 200)


@require_GET
def image(request: HttpRequest, slug: str, receipt: str, uuid: Any) -> HttpResponse:
    """A picture is seen by whoever sees its contribution."""
    contribution = doors.find_contribution(request, slug, receipt)
    found = contribution.images.filter(uuid=uuid).first()
    if found is None or not found.file.storage.exists(found.file.name):
        raise Http404
    with found.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_GET
def similar_list(request: HttpRequest, slug: str) -> JsonResponse:
    """Suggestions while someone writes; public content, plain text."""
    from dialogues.domain.online import similar

    dialogue = doors.find_dialogue(request, slug)
    text = f"{request.GET.get('titel', '')[:200]} {request.GET.get('text', '')[:1500]}"
    rows = similar.suggest(dialogue=dialogue, text=text)
    items = [
        {
            "title": row.title,
            "url": local_path(row.get_absolute_url()),
            "status": doors.status_badge(row)["label"],
            "supports": row.support_count,
        }
        for row in rows
    ]
    return JsonResponse({"items": items})


def row_of(row: Contribution) -> dict[str, Any]:
    return {"item": row, "badge": doors.status_badge(row), "place": places.name_of(row.district)}


def point(row: Contribution) -> dict[str, Any]:
    return {
        "lat": row.lat,
        "lng": row.lng,
        "title": row.title,
        "lines": [f"{ContributionKind(row.kind).label} · {doors.status_badge(row)['label']}"],
        "url": local_path(row.get_absolute_url()),
    }


def rights(request: HttpRequest, dialogue: OnlineDialogue) -> dict[str, bool]:
    user = request.user
    return {
        "can_contribute": permissions.may_contribute(dialogue),
        "can_discuss": permissions.may_discuss(dialogue),
        "can_run": permissions.can_run(user),
        "can_record": permissions.can_record(user) and permissions.may_record(dialogue),
        "can_answer": permissions.can_answer_somewhere(user),
    }


def facts(dialogue: OnlineDialogue) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    if dialogue.project:
        url = local_path(dialogue.project.get_absolute_url())
        items.append({"label": _("Projekt"), "value": dialogue.project.title, "url": url, "icon": "flag"})
    days = _("innerhalb von %(days)s Tagen") % {"days": dialogue.answer_days}
    items.append({"label": _("Die Stadt antwortet"), "value": days, "icon": "clock"})
    table = reverse("dialogues:contribution-csv", args=[dialogue.slug])
    items.append({"label": _("Alle Beiträge"), "value": _("als Tabelle (CSV)"), "url": table, "icon": "download"})
    paper = reverse("dialogues:paper-form", args=[dialogue.slug])
    items.append({"label": _("Ohne Internet"), "value": _("Formular zum Drucken"), "url": paper, "icon": "print"})
    return items


def chips(request: HttpRequest, filters: reading.Filters, categories: list[Any]) -> list[dict[str, Any]]:
    """The active filters, each a link that takes it away."""
    form = FilterForm(initial=request.GET.dict(), categories=categories)
    found = []
    for name in ("q", "art", "thema", "antwort", "ort"):
        value = request.GET.get(name, "")
        label = value[:60] if name == "q" else dict(form.fields[name].choices).get(value, "")  # type: ignore[attr-defined]
        if value and label:
            query = request.GET.copy()
            query.pop(name)
            query.pop("weiter", None)
            found.append({"title": label, "url": f"?{query.urlencode()}#beitraege", "remove": True})
    return found

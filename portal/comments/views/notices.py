"""Anyone reports what somebody wrote, and looks up by receipt number what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.comments import kinds, senders
from portal.comments.domain import letters, notices
from portal.comments.enums import State
from portal.comments.kinds import Kind, Piece
from portal.comments.moderation_forms import NoticeForm, ReceiptForm
from portal.comments.views import doors
from portal.exceptions import DomainError


@never_cache
def report(request: HttpRequest, slug: str, key: int | str) -> HttpResponse:
    """With or without an account. Afterwards the page of the receipt, which can be opened again by its number."""
    name, kind, piece = _thing(request, slug, str(key))
    form = NoticeForm(request.POST or None, signed_in=request.user.is_authenticated)
    status = 200
    if request.method == "POST" and form.is_valid():
        words = {field: form.cleaned_data[field] for field in ("reason", "explanation")}
        email = form.cleaned_data.get("email", "")
        try:
            notice = notices.report(
                user=request.user, kind=name, key=key, email=email, sender=senders.of(request), **words
            )
        except DomainError as error:
            status = doors.refuse(form, error)
        else:
            return redirect(f"{notice.get_absolute_url()}?neu=1")
    context = {"form": form, "piece": piece, "kind": kind, "crumbs": _crumbs(piece, _("Melden"))}
    return render(request, "moderation/report.html", context, status=400 if status == 200 and form.errors else status)


@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """The form for a receipt number; a known one leads to its page."""
    form = ReceiptForm(request.GET or None)
    if form.is_valid():
        notice = notices.find(form.cleaned_data["nummer"])
        if notice is not None:
            return redirect(notice)
        form.add_error("nummer", _("Diese Nummer kennen wir nicht. Bitte prüfen Sie, ob alle Zeichen stimmen."))
    crumbs = [{"title": _("Stand einer Meldung"), "url": ""}]
    return render(request, "moderation/notice_find.html", {"form": form, "crumbs": crumbs})


@never_cache
def show(request: HttpRequest, receipt: str) -> HttpResponse:
    """What became of a notice. Whoever knows the number may read it; it names neither reporter nor author."""
    notice = notices.find(receipt)
    if notice is None:
        raise Http404
    kind = kinds.registered().get(notice.matter.kind)
    piece = kind.pieces([notice.matter.object_key]).get(notice.matter.object_key) if kind else None
    visible = piece is not None and kind is not None and kind.visible_to(notice.matter.object_key, request.user)
    context = {
        "notice": notice,
        "kind": kind,
        "piece": piece if visible else None,
        "outcome": letters.outcome(notice),
        "is_new": request.GET.get("neu") == "1",
        "crumbs": [
            {"title": _("Stand einer Meldung"), "url": reverse("notices:notice-find")},
            {"title": notice.receipt, "url": ""},
        ],
    }
    return render(request, "moderation/notice.html", context)


def _thing(request: HttpRequest, slug: str, key: str) -> tuple[str, Kind, Piece]:
    known = kinds.by_slug(slug)
    if known is None or not known[1].visible_to(key, request.user):
        raise Http404
    piece = known[1].pieces([key]).get(key)
    if piece is None:
        raise Http404
    return *known, piece if piece.state == State.VISIBLE else replace(piece, text="", author_name="")


def _crumbs(piece: Piece, here: str) -> list[dict[str, Any]]:
    return [{"title": piece.title, "url": piece.url}, {"title": here, "url": ""}]

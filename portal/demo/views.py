"""`/demo/postfach/`: every mail of the demo, readable by all who try it. Exists only where DEMO is on."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from portal.outbox.models import Mail

PER_PAGE = 30


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    _only_in_demo()
    mails = Mail.objects.defer("message").order_by("-pk")
    address = request.GET.get("an", "").strip()
    if address:
        mails = mails.to_address(address)
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "demo/outbox.html", {"page_obj": page, "address": address})


@never_cache
def mail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    _only_in_demo()
    return render(request, "demo/mail.html", {"mail": get_object_or_404(Mail, uuid=uuid)})

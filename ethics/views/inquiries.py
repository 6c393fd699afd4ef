"""Frag den Ethikrat: everybody reads, people with an account ask, office and chair answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ethics.domain import inquiries
from ethics.forms.inquiries import InquiryAnswerForm, InquiryForm
from ethics.models import Inquiry
from portal.exceptions import DomainError

PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    signed_in = request.user.is_authenticated
    form = InquiryForm(request.POST or None) if signed_in else None
    status = 200
    if request.method == "POST":
        if form is None:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        status = 422
        if form.is_valid():
            try:
                inquiry = inquiries.ask(request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error("question", str(error.message))
                status = error.status
            else:
                held = inquiry.state != "visible"
                messages.success(
                    request,
                    _("Danke. Wir sehen uns Ihre Frage zuerst an.")
                    if held
                    else _("Danke. Ihre Frage steht jetzt hier."),
                )
                return redirect("ethics:inquiry-list")
    rows = Inquiry.objects.visible_to(request.user).exclude(state="hidden").select_related("case", "author")
    page = Paginator(rows.order_by(F("answered_at").desc(nulls_first=True), "-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "form": form,
        "may_answer": inquiries.may_answer(request.user),
        "breadcrumb": [
            {"title": _("Ethikrat"), "url": reverse("ethics:council-show")},
            {"title": _("Frag den Ethikrat")},
        ],
    }
    return render(request, "ethics/inquiries.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    if not inquiries.may_answer(request.user):
        raise Http404
    inquiry = get_object_or_404(Inquiry.objects.public(), pk=pk)
    form = InquiryAnswerForm(request.POST or None, initial={"text": inquiry.answer, "case": inquiry.case_id})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                inquiries.answer(request.user, inquiry=inquiry, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
                status = error.status
            else:
                messages.success(request, _("Die Antwort ist veröffentlicht."))
                return redirect(inquiry.get_absolute_url())
    trail = [
        {"title": _("Ethikrat"), "url": reverse("ethics:council-show")},
        {"title": _("Frag den Ethikrat"), "url": reverse("ethics:inquiry-list")},
        {"title": _("Antworten")},
    ]
    return render(
        request, "ethics/inquiry_answer.html", {"inquiry": inquiry, "form": form, "breadcrumb": trail}, status=status
    )

"""`/konto/sessions/`: end one session; allauth lists them and ends all others."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.domain import sessions


@login_required
@require_POST
def end_one(request: HttpRequest, number: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=number, user=request.user)
    sessions.end(user=request.user, session=session)
    messages.success(request, _("Das Gerät ist abgemeldet."))
    return redirect("usersessions_list")

"""`/konto/`: what waits for me, where I work, what is mine; and the profile."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.accounts import own_work, todo
from portal.accounts.domain import profile
from portal.accounts.enums import Role
from portal.accounts.forms import ProfileForm

FEW, MANY = 5, 200


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    doors = todo.doors_for(request.user)
    context = {
        "items": todo.items_for(request.user),
        "work": [door for door in doors if not door.own],
        "own": [door for door in doors if door.own],
        "roles": [Role(role).label for role in Role.values if role in request.user.granted_roles],
    }
    return render(request, "accounts/overview.html", context)


@login_required
def own_contributions(request: HttpRequest) -> HttpResponse:
    """`/konto/beitraege/`: everything one wrote or made, by kind; `?art=` shows more of one kind."""
    kind = request.GET.get("art", "")
    kind = kind if kind in own_work.kinds() else ""
    parts = own_work.of(request.user, MANY if kind else FEW, kind)
    context = {"parts": parts, "kind": kind, "few": FEW}
    return render(request, "accounts/contributions.html", context)


@login_required
def edit_profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        profile.update(user=request.user, **form.cleaned_data)
        messages.success(request, _("Ihre Angaben sind gespeichert."))
        return redirect("accounts:overview")
    return render(request, "accounts/profile.html", {"form": form}, status=400 if form.errors else 200)

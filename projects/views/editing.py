"""Forms for those who run a project: a report, a milestone, the facts. Outsiders get 404."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.exceptions import DomainError
from portal.templatetags.portal_ui import local_path
from projects.domain.facts import change_facts, relations_of
from projects.domain.life import add_milestone, add_update, reach_milestone
from projects.forms import FactsForm, MilestoneForm, UpdateForm
from projects.models import Milestone, Project
from projects.permissions import can_edit


@login_required
@never_cache
def update_create(request: HttpRequest, slug: str) -> HttpResponse:
    project = _editable(request, slug)
    form = UpdateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _try(form, lambda: add_update(request.user, project=project, **_texts(form, "title", "text")))
        if done:
            messages.success(request, _("Die Neuigkeit ist veröffentlicht."))
            return redirect(local_path(project.get_absolute_url()))
    return _form(request, project, form, _("Neues aus dem Projekt"), _("Veröffentlichen"))


@login_required
@never_cache
def milestone_create(request: HttpRequest, slug: str) -> HttpResponse:
    project = _editable(request, slug)
    form = MilestoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = _try(
            form,
            lambda: add_milestone(
                request.user,
                project=project,
                title=values["title"],
                description=values["description"],
                on=values["date"],
                precision=values["precision"],
                reached=values["reached"],
            ),
        )
        if done:
            messages.success(request, _("Der Meilenstein ist eingetragen."))
            return redirect(local_path(project.get_absolute_url()))
    return _form(request, project, form, _("Meilenstein eintragen"), _("Eintragen"))


@login_required
@require_POST
def milestone_reach(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project = _editable(request, slug)
    milestone = get_object_or_404(Milestone, pk=pk, project=project)
    try:
        reach_milestone(request.user, milestone=milestone)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Der Meilenstein ist als erreicht eingetragen."))
    return redirect(local_path(project.get_absolute_url()))


@login_required
@never_cache
def facts_change(request: HttpRequest, slug: str) -> HttpResponse:
    project = _editable(request, slug)
    form = FactsForm(request.POST or None, instance=Project.objects.get(pk=project.pk))
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in FactsForm.Meta.fields}
        further = [area for area in form.cleaned_data["further_areas"] if area != facts["area"]]
        relations = relations_of(project, further_areas=further)
        if _try(form, lambda: change_facts(request.user, project=project, relations=relations, **facts)):
            messages.success(request, _("Die Angaben sind gespeichert."))
            return redirect(local_path(project.get_absolute_url()))
    return _form(request, project, form, _("Angaben zum Projekt ändern"), _("Speichern"))


def _editable(request: HttpRequest, slug: str) -> Project:
    project = Project.objects.filter(slug=slug).first()
    if project is None or not can_edit(request.user, project):
        raise Http404
    return project


def _texts(form: forms.Form | forms.ModelForm[Any], *names: str) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in names}


def _try(form: Any, write: Any) -> bool:
    """Runs a domain function; what it refuses becomes an error of the form."""
    try:
        write()
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return False
    return True


def _form(request: HttpRequest, project: Project, form: Any, title: str, button: str) -> HttpResponse:
    url = local_path(project.get_absolute_url())
    trail = [{"title": _("Projekte"), "url": local_path("/projekte/")}, {"title": project.title, "url": url}]
    context = {
        "form": form,
        "project": project,
        "project_url": url,
        "form_title": title,
        "button": button,
        "breadcrumb": [*trail, {"title": title, "url": ""}],
    }
    return render(request, "projects/edit_form.html", context, status=422 if form.errors else 200)

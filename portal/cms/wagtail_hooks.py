"""What editors find in `/verwaltung/` beside pages, pictures and documents."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.cms.domain.feedback import close_note
from portal.cms.domain.warnings import end_warning, remove_warning
from portal.cms.forms import SiteWarningForm
from portal.cms.models import BarrierNote, SiteWarning
from portal.exceptions import DomainError


class WarningDeleteView(DeleteView):
    def delete_action(self) -> None:
        remove_warning(user=self.request.user, warning=self.object)


class WarningState(Column):
    def get_value(self, instance: SiteWarning) -> str:
        if instance.is_running():
            return _("läuft jetzt")
        from django.utils import timezone

        return _("geplant") if instance.starts > timezone.now() else _("beendet")


class SiteWarningViewSet(ModelViewSet):
    model = SiteWarning
    name = "warnhinweise"
    url_prefix = "warnhinweise"
    icon = "warning"
    menu_label = gettext_lazy("Warnhinweis")
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    search_fields = ["title", "text"]
    delete_view_class = WarningDeleteView
    list_display = [
        "title",
        WarningState("state", label=gettext_lazy("Stand")),
        Column("get_kind_display", label=gettext_lazy("Art")),
        DateColumn("starts", label=gettext_lazy("beginnt")),
        DateColumn("ends", label=gettext_lazy("endet")),
    ]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("title"), FieldPanel("text"), FieldPanel("link"), FieldPanel("kind")],
                heading=gettext_lazy("Deutsch"),
            ),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")], heading=gettext_lazy("Zeitraum")),
            MultiFieldPanel(
                [FieldPanel("title_en"), FieldPanel("text_en")], heading=gettext_lazy("Englisch"), classname="collapsed"
            ),
            MultiFieldPanel(
                [FieldPanel("title_plain"), FieldPanel("text_plain")],
                heading=gettext_lazy("Leichte Sprache"),
                classname="collapsed",
            ),
            FieldPanel("sample"),
        ],
        base_form_class=SiteWarningForm,
    )


class BarrierNoteViewSet(ModelViewSet):
    model = BarrierNote
    name = "barrieren"
    url_prefix = "barrieren"
    icon = "help"
    menu_label = gettext_lazy("Barrieren")
    menu_order = 900
    add_to_admin_menu = True
    inspect_view_enabled = True
    copy_view_enabled = False
    form_fields = ["page"]
    list_display = ["__str__", "page", DateColumn("created_at"), DateColumn("handled_at")]


@hooks.register("register_admin_viewset")
def viewsets() -> list[ModelViewSet]:
    return [SiteWarningViewSet(), BarrierNoteViewSet()]


@require_POST
def end_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a banner down before its time."""
    warning = SiteWarning.objects.filter(pk=pk).first()
    if warning is not None:
        try:
            end_warning(user=request.user, warning=warning)
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Der Warnhinweis ist beendet."))
    return redirect("warnhinweise:index")


@require_POST
def close_barrier(request: HttpRequest, pk: int) -> HttpResponse:
    note = BarrierNote.objects.filter(pk=pk).first()
    if note is not None:
        close_note(user=request.user, note=note)
    return redirect("barrieren:index")


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("warnhinweise/<int:pk>/beenden/", end_now, name="cms-warning-end"),
        path("barrieren/<int:pk>/erledigt/", close_barrier, name="cms-barrier-close"),
    ]
